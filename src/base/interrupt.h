// base/interrupt.h
//
// What must not be left behind when the process ends before its time: programs that it started, private
// directories that it made. Both are noted here while they exist. When a signal ends the process (INT, TERM,
// HUP, QUIT, PIPE), or `exit` is called, noted programs are ended and noted directories removed.
//
// The list is the only state of kiln that belongs to the process and not to a build: a signal knows no build.
// Signals are caught only while something is noted, and only those that would have ended the process.
#pragma once

#include <sys/types.h>

// The number of the note, for interrupt_release; -1 when there is no room. `path` is absolute and stays alive
// until then.
int interrupt_guard_directory(const char *path);
// A process that leads a process group.
int interrupt_guard_process(pid_t leader);
void interrupt_release(int note);

// Ends and removes what is noted, now. For the last moment of a process; safe in a signal handler.
void interrupt_clean(void);

// In a child after fork: what is noted belongs to the parent.
void interrupt_disown(void);
