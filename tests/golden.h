// tests/golden.h
//
// Whole builds by the real program, compared with files next to their input:
//
//     fixtures/transformers/replicas/are-set-and-created/
//         input/             the tree
//         command            optional: what to run in this folder instead of `build input`, after settings of the
//                            environment in the form NAME=value
//         expected.yaml      the output, if the exit status is 0; or
//         expected-error.txt the messages on standard error, if the exit status isn't 0
//         expected-exit      the exit status, if it is neither 0 nor 1
//         expected-stderr.txt  the messages of a command that succeeds
//         git/, http/, bin/  optional: repositories, files of a server, programs; tests/remote_case.py then runs it
//
//     fixtures/examples/NAME/base.yaml, NAME/STEP.yaml, and .v4.yaml of both: see the README there
//
// A case without expected output fails, and so does a golden file without a case.
#pragma once

struct test_totals;

// Runs the cases whose path contains one of the names (all cases without names) with the program in the environment
// variable KILN, and adds to the totals. With `--update` as the first argument, writes the program's output to the
// files instead.
void golden_run(int count, char **arguments, struct test_totals *);
