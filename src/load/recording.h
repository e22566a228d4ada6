// load/recording.h
//
// A file system that records what is asked of it: every file that is read, every directory that is listed, and every
// path that doesn't exist. Anything that depends on the files of a build (a depfile, a watcher, a cache) uses this
// record instead of listing files itself.
//
//     struct recording *recording = recording_new(&file_system_posix);
//     options.files = recording_files(recording); options.fetches = true;
//     build_run(build, &options, directory);
//     recording_forget_below(recording, build->private_directory);
//     recording_list(recording, arena, true, &lookups);
//     recording_free(recording);
//
// Paths are absolute and clean. The file system is thread-safe. URLs and clones are not recorded as such: what a build
// fetches is in its private directory, which should be forgotten.
#pragma once

#include "load/file_system.h"

// The result for a path, strongest first: a path that was examined and then read is listed as read.
enum lookup_kind {
    LOOKUP_READ,        // a file whose content was read
    LOOKUP_TREE,        // a file or directory that a program was given, with everything below it
    LOOKUP_LISTED,      // a directory whose names were read
    LOOKUP_UNREADABLE,  // it exists but can't be read, or the system can't tell
    LOOKUP_LINK,        // a link on the way; its target is listed separately
    LOOKUP_FOUND,       // it exists
    LOOKUP_MISSING,     // it doesn't exist
};

struct lookup {
    struct slice path;
    enum lookup_kind kind;
};

struct lookup_list {
    struct lookup *items;
    size_t count, capacity;
};

struct recording;

// The other file system must outlive the recording.
struct recording *recording_new(const struct file_system *);
void recording_free(struct recording *);
const struct file_system *recording_files(struct recording *);

// Leaves out a directory with everything below it, including later lookups. An empty path does nothing.
void recording_forget_below(struct recording *, struct slice directory);
// Appends the lookups so far, each path once, sorted by bytes; LOOKUP_MISSING only if `missing`. The paths live as long
// as the arena.
void recording_list(struct recording *, struct arena *, bool missing, struct lookup_list *);
