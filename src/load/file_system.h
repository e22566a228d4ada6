// load/file_system.h
//
// The operating system's files behind a few functions, so that tests, fuzz targets and users of the
// library can hand in a tree in memory.
#pragma once

#include "base/arena.h"
#include "base/name.h"
#include "base/slice.h"

struct path_list;  // load/glob.h

enum file_kind { FILE_MISSING, FILE_REGULAR, FILE_DIRECTORY };

struct file_system {
    // All paths are absolute and end with NUL. On failure `*reason` says why, in the system's words.

    // The path with all links resolved; false when something on it is missing.
    bool (*resolve)(void *state, struct arena *, struct slice path, struct slice *resolved, struct slice *reason);
    // The same where it is known that no link is on the way of the first `known` bytes of the path, which is clean: only
    // the rest is looked at. `*kind` is what is there.
    bool (*resolve_from)(void *state, struct arena *, struct slice path, size_t known, struct slice *resolved,
                         enum file_kind *kind, struct slice *reason);
    // What is at the path, links followed.
    enum file_kind (*kind)(void *state, struct slice path);
    bool (*read)(void *state, struct arena *, struct slice path, struct slice *content, struct slice *reason);
    // resolve_from and read in one, with fewer calls of the system, for what most often is so: a file with no link on
    // the way of the path behind the first `known` bytes. False: it is not so, or cannot be read; nothing says why.
    // May be NULL.
    bool (*read_plain)(void *state, struct arena *, struct slice path, size_t known, struct slice *content);
    // The names in a directory, sorted, appended; for hints. False: it cannot be read.
    bool (*list)(void *state, struct arena *, struct slice directory, struct path_list *names);
    // The current directory, absolute.
    bool (*current_directory)(void *state, struct arena *, struct slice *path);
    void *state;
};

// The real one.
extern const struct file_system file_system_posix;

// A tree in memory: paths and contents. Paths are relative to its root, `/`, or absolute.
struct memory_files;
struct memory_files *memory_files_new(void);
void memory_files_free(struct memory_files *);
void memory_files_add(struct memory_files *, const char *path, struct slice content);
struct file_system memory_files_system(struct memory_files *);
