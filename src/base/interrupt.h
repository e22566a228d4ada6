// base/interrupt.h
//
// What must not be left behind when the process ends before its time: programs that it started, and private
// directories that it made. They are noted here while they exist, for a program that watches the list
// (src/cli/signals.h). A host of the library doesn't watch, so nothing is noted, and its signals are its own.
//
// The list belongs to the process and not to a build, because a signal doesn't know a build.
//
// What several threads do at once can't be noted step by step: a thread that is between making something and noting
// it, or between two files that belong together, defers the end of the process for so long.
#pragma once

#include <signal.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// A note is free, or holds a path or a process.
struct interrupt_note {
    _Atomic(const char *) directory;
    atomic_int process;
};

// A program and its directory for each of the roots that are built at once, and some more.
enum { INTERRUPT_NOTE_COUNT_MAX = 1024 };
extern struct interrupt_note interrupt_notes[INTERRUPT_NOTE_COUNT_MAX];

// From now on, `begin` is called before something is noted while the list is empty, and `end` after the last note was
// released. Called once, before there are threads.
void interrupt_watch(void (*begin)(void), void (*end)(void));

// Returns the number of the note for interrupt_release, or -1 if nobody watches or there is no room. `path` is absolute
// and stays alive until then.
int interrupt_guard_directory(const char *path);
// A process that leads a process group.
int interrupt_guard_process(pid_t leader);
void interrupt_release(int note);

// Until interrupt_watch_threads_end, signals are watched although nothing is noted: threads are at work, whose mask
// does not keep the process alive. The caller waits for them, and does nothing else.
void interrupt_watch_threads(void);
void interrupt_watch_threads_end(void);

// Signals that end the process wait until interrupt_allow, in whichever thread they arrive. Calls may be nested.
void interrupt_defer(sigset_t *before);
void interrupt_allow(const sigset_t *before);
// Called by who ends the process: from now on, other threads don't come back from interrupt_defer. Returns when those
// that have come back before are done, or take too long. Safe in a signal handler.
void interrupt_settle(void);

// In a child after fork: what is noted belongs to the parent.
void interrupt_disown(void);
