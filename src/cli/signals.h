// cli/signals.h
//
// Handles early ends of the program (a signal, `exit`, or running out of memory), and protects its memory from other
// processes. The library does none of this, because its host owns the process.
#pragma once

// From now on, while something is noted in base/interrupt.h, catches HUP, INT, QUIT, PIPE, and TERM unless they are
// ignored. A caught signal stops noted programs and removes noted directories, as `exit` does. A failed allocation
// prints one line and ends the process with exit status 1, or that of signals_fail_with. Waiting for children works
// whatever the parent process has set for SIGCHLD, and exceeding the file size limit is a write error. From the first
// Secret on, other programs of this user can't read the memory of the process, and a crash leaves no core file
// (PR_SET_DUMPABLE).
void signals_watch(void);

// Sets the exit status for running out of memory.
void signals_fail_with(int status);
