// base/fatal.h
//
// The one way out that is not a diagnostic: memory has run out. A build of the library fails (base/recovery.h), and the
// program ends.
#pragma once

// Jumps to the edge of this thread's work, or ends the process as the program has said. Nothing that was being written
// is left behind: output goes to its place only after a whole build.
_Noreturn void fatal_out_of_memory(void);

// `end` doesn't return. Called once, before there are threads.
void fatal_end_by(void (*end)(void));
