// tests/golden_commands.h
//
// Commands in a fresh copy of their input, where what they do to files is compared too: the cases of fixtures/edit,
// fixtures/localize, fixtures/cli, fixtures/cfg, fixtures/fn, fixtures/diff and others.
//
//     fixtures/edit/an-item-goes-to-the-end/
//         input/               the tree before; absent: an empty directory
//         command              lines as `edit add resource 'a b.yaml'`, run in it one after the other until one fails;
//                              `cd DIR` goes into a directory, a line that begins with `kustomize` calls the program
//                              by that name; quotes are those of the shell; `< FILE` at the end is its input. A
//                              folder `bin` in the tree comes first on PATH
//         expected/            the tree after; absent: it is as before
//         expected-output.txt  what they print
//         expected-stderr.txt  what they say on standard error
//         expected-exit        the exit status, where it is another than 0
//         differs.txt          why tests/compare-edit must not compare with kustomize
#pragma once

#include "base/slice.h"

struct test_totals;

// True for a folder of fixtures/ whose cases are of this kind.
bool golden_commands_own(struct slice area);

// As golden_run.
void golden_commands_run(int count, char **arguments, struct test_totals *);
