// base/fatal.h
//
// The one way out that is not a diagnostic: memory has run out.
#pragma once

// Prints one line to stderr and ends the process with exit status 1. Nothing that was being
// written is left behind: output goes to its place only after a whole build.
_Noreturn void fatal_out_of_memory(void);
