// base/interrupt.h
//
// What must not be left behind when the process ends before its time: programs that it started, and private
// directories that it made. They are noted here while they exist, for a program that watches the list
// (src/cli/signals.h). A host of the library doesn't watch, so nothing is noted, and its signals are its own.
//
// The list belongs to the process and not to a build, because a signal doesn't know a build.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// A note is free, or holds a path or a process.
struct interrupt_note {
    _Atomic(const char *) directory;
    atomic_int process;
};

enum { INTERRUPT_NOTE_COUNT_MAX = 64 };
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

// In a child after fork: what is noted belongs to the parent.
void interrupt_disown(void);
