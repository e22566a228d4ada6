// base/fatal.h
//
// The only exit that isn't a diagnostic, for when memory has run out. In the library, the build fails
// (base/recovery.h); the program ends.
#pragma once

// Jumps to the recovery point of this thread, or ends the process with the program's function. No partial output
// remains, because output files are put into place only after a whole build.
_Noreturn void fatal_out_of_memory(void);

// Sets the function that ends the process, which must not return. Called once, before there are threads.
void fatal_end_by(void (*end)(void));
