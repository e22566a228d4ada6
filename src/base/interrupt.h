// base/interrupt.h
//
// What must be cleaned up if the process ends early: programs that it started and private directories that it made.
// While they exist, they are noted here for a program that watches the list (src/cli/signals.h). A host of the library
// doesn't watch it, so nothing is noted, and its signals are its own.
//
// The list belongs to the process rather than to a build, because a signal arrives for the whole process.
//
// Threads can't create something and note it in one step. A thread that is between the two, or between two files that
// belong together, therefore defers the end of the process.
#pragma once

#include <signal.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// A slot of the list: free, or holding a path or a process.
struct interrupt_note {
    _Atomic(const char *) directory;
    atomic_int process;
};

// Enough for a program and a directory for each of the roots that are built at once, and some more.
enum { INTERRUPT_NOTE_COUNT_MAX = 1024 };
extern struct interrupt_note interrupt_notes[INTERRUPT_NOTE_COUNT_MAX];

// From now on, `begin` is called before the first note on an empty list, and `end` after the last note is released.
// Called once, before there are threads.
void interrupt_watch(void (*begin)(void), void (*end)(void));

// Returns the note's number for interrupt_release, or -1 if nobody watches or the list is full. `path` must be absolute
// and remain valid until the release.
int interrupt_guard_directory(const char *path);
// The same for a process that leads a process group.
int interrupt_guard_process(pid_t leader);
void interrupt_release(int note);

// Watches signals until interrupt_watch_threads_end even if nothing is noted, because a signal that the other threads
// block still ends the process through this one. Meanwhile, the caller does nothing but wait for the threads.
void interrupt_watch_threads(void);
void interrupt_watch_threads_end(void);

// Defers signals that would end the process until interrupt_allow, whichever thread they arrive in. Calls may be
// nested.
void interrupt_defer(sigset_t *before);
void interrupt_allow(const sigset_t *before);
// Called by the thread that ends the process. From now on, other threads block in interrupt_defer. Returns when all
// threads that are already past it are done, or after five seconds. Safe in a signal handler.
void interrupt_settle(void);

// Called in a child after fork, because the notes belong to the parent.
void interrupt_disown(void);
