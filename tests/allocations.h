// tests/allocations.h
//
// Counts what the test program has allocated, and lets allocations fail. The C library's functions are replaced by
// ours, which only glibc allows, and no sanitizer.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// False: nothing is counted, and nothing fails.
bool allocations_are_counted(void);
// Blocks that are allocated now.
long allocations_live(void);
// Calls so far that asked for memory.
long allocations_asked(void);

// The `number`th call from now on fails, and all after it if `forever`. 0: none.
void allocations_fail(long number, bool forever);
