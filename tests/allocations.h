// tests/allocations.h
//
// Counts what the test program allocates, and makes allocations fail. It replaces functions of the C library, which is
// only possible with glibc and without sanitizers.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// False if nothing is counted and nothing can fail.
bool allocations_are_counted(void);
// The number of blocks that are allocated now.
long allocations_live(void);
// The number of allocation calls so far.
long allocations_asked(void);

// Makes the `number`th call from now on fail, and all later ones if `forever`. 0 makes none fail.
void allocations_fail(long number, bool forever);
