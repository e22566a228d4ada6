// cli/signals.h
//
// How the program ends before its time: by a signal, by `exit`, or because memory has run out; and who may look into
// its memory. The library does none of this: a host's process is its own.
#pragma once

// From now on, HUP, INT, QUIT, PIPE and TERM are caught while something is noted in base/interrupt.h, if they would
// have ended the process. Noted programs are then ended and noted directories removed, as they are by `exit`. A failed
// allocation prints one line and ends the process with exit status 1, or that of signals_fail_with. Children are waited
// for, whoever has started this process, and a file that becomes larger than its limit is an error of the write. From
// the first Secret on, other programs of this user can't read the memory of the process, and a crash leaves no core
// file (PR_SET_DUMPABLE).
void signals_watch(void);

// The exit status where memory runs out.
void signals_fail_with(int status);
