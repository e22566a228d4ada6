// tests/golden_commands.h
//
// Commands in a fresh copy of their input, whose effects on files are compared, too: the cases of fixtures/edit,
// fixtures/localize, fixtures/cli, fixtures/cfg, fixtures/fn, fixtures/diff, and others.
//
//     fixtures/edit/resources-go-to-the-end-of-the-list/
//         input/               the tree before; if missing, an empty directory
//         command              lines such as `edit add resource 'a b.yaml'`, run one by one until one fails; `cd DIR`
//                              changes the directory, and a line that begins with `kustomize` runs the program under
//                              that name; quotes are those of the shell; `< FILE` at the end is the input. A folder
//                              `bin` in the tree comes first on PATH
//         expected/            the tree after; if missing, the tree must not change
//         expected-output.txt  the output
//         expected-stderr.txt  the messages on standard error
//         expected-exit        the exit status, if it isn't 0
//         differs.txt          the reason why tests/compare-edit must not compare it with kustomize
#pragma once

#include "base/slice.h"

struct test_totals;

// True for a folder of fixtures/ whose cases are of this kind.
bool golden_commands_own(struct slice area);

// Like golden_run.
void golden_commands_run(int count, char **arguments, struct test_totals *);
