// tests/golden.h
//
// Whole builds by the real program, compared with text that stands beside their input:
//
//     fixtures/transformers/replicas/sets-count-of-named-deployment/
//         input/             the tree
//         command            optional: what to run in this folder in place of `build input`; words before it of the
//                            form NAME=value are its environment
//         expected.yaml      what it prints, exit status 0; or
//         expected-error.txt what it says on standard error, with an exit status other than 0
//         expected-exit      the exit status, where it is another than 1
//         expected-stderr.txt  what it says although it succeeds
//         git/, http/, bin/  optional: repositories, what a server has, programs; tests/remote_case.py runs it then
//
//     fixtures/examples/NAME/base.yaml, NAME/STEP.yaml, and .v4.yaml of both: see the README there
//
// A case without expectation fails, and so does a golden file without a case.
#pragma once

struct test_totals;

// Runs the cases whose path contains one of the names (all without names) with the program in the environment variable
// KILN, and adds to the totals. `--update` as first argument: writes what the program prints instead.
void golden_run(int count, char **arguments, struct test_totals *);
