// cli/signals.h
//
// How the program ends before its time: by a signal, by `exit`, or because memory has run out. The library does none of
// this; a host's signals are its own.
#pragma once

// From now on, HUP, INT, QUIT, PIPE and TERM are caught while something is noted in base/interrupt.h, if they would have
// ended the process. Noted programs are then ended and noted directories removed, as they are by `exit`. A failed
// allocation prints one line and ends the process with exit status 1. Children are waited for, whoever has started this
// process, and a file that becomes larger than its limit is an error of the write.
void signals_watch(void);
