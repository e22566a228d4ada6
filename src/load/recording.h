// load/recording.h
//
// A file system that remembers what is asked of it: every file that is read, every directory that is looked into, and
// every path where nothing is. What depends on the files of a build (a depfile, a watcher, a cache) takes it from here
// and lists no files by itself.
//
//     struct recording *recording = recording_new(&file_system_posix);
//     options.files = recording_files(recording); options.fetches = true;
//     build_run(build, &options, directory);
//     recording_forget_below(recording, build->private_directory);
//     recording_list(recording, arena, true, &lookups);
//     recording_free(recording);
//
// Paths are absolute and clean. Any thread may use the file system. An http(s) URL or a clone is no path: what a build
// reads of these lies in its private directory, and is to be forgotten.
#pragma once

#include "load/file_system.h"

// What a path was found to be, the strongest first: a path that was looked at and then read is listed as read.
enum lookup_kind {
    LOOKUP_READ,        // a file whose content was read
    LOOKUP_TREE,        // a file or directory that a program was given: it may read all that is below
    LOOKUP_LISTED,      // a directory whose names were read
    LOOKUP_UNREADABLE,  // something is there that cannot be read, or the system does not say
    LOOKUP_LINK,        // a link on the way: where it leads is listed by itself
    LOOKUP_FOUND,       // something was looked at, and is there
    LOOKUP_MISSING,     // nothing is there
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

// The other file system stays alive as long as the recording.
struct recording *recording_new(const struct file_system *);
void recording_free(struct recording *);
const struct file_system *recording_files(struct recording *);

// Leaves out a directory with all below it, also from what is looked up later. The empty path changes nothing.
void recording_forget_below(struct recording *, struct slice directory);
// Appends what was looked up so far, each path once, sorted by bytes; without what is missing unless `missing`. The
// paths live as long as the arena.
void recording_list(struct recording *, struct arena *, bool missing, struct lookup_list *);
