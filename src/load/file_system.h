// load/file_system.h
//
// The operating system's files behind a few functions, so that tests, fuzz targets and users of the
// library can hand in a tree in memory.
#pragma once

#include "base/arena.h"
#include "base/beneath.h"
#include "base/name.h"
#include "base/slice.h"

struct path_list;    // load/glob.h
struct shared_text;  // yaml/shared_text.h

enum file_kind {
    FILE_MISSING,
    FILE_REGULAR,
    FILE_DIRECTORY,
    FILE_PIPE,
    FILE_SOCKET,
    FILE_DEVICE,
    FILE_UNKNOWN  // the system does not say: the disk is broken, a directory on the way is closed
};

// A directory, a named pipe …: what was found in place of a regular file.
const char *file_kind_text(enum file_kind);

enum read_outcome {
    READ_DONE,
    READ_FAILED,  // `*reason` says why
    READ_MOVED    // there is a link on the path, which may be new: resolve it (again)
};

struct file_system {
    // All paths are absolute and end with NUL. On failure `*reason` says why, in the system's words. No path has a NUL
    // inside: all but `kind`, which finds nothing there, refuse it with `file_path_refused`.

    // The path with all links resolved; false when something on it is missing.
    bool (*resolve)(void *state, struct arena *, struct slice path, struct slice *resolved, struct slice *reason);
    // The same where it is known that no link is on the way of the first `known` bytes of the path, which is clean:
    // only the rest is looked at. `*kind` is what is there.
    bool (*resolve_from)(void *state, struct arena *, struct slice path, size_t known, struct slice *resolved,
                         enum file_kind *kind, struct slice *reason);
    // What is at the path, links followed. FILE_MISSING, FILE_UNKNOWN: errno says why.
    enum file_kind (*kind)(void *state, struct slice path);
    // The content of a regular file, links followed.
    bool (*read)(void *state, struct arena *, struct slice path, struct slice *content, struct slice *reason);
    // The same for whatever can be read to an end, such as a pipe, which only the user himself may name.
    bool (*read_any)(void *state, struct arena *, struct slice path, struct slice *content, struct slice *reason);
    // The content of a regular file at a clean path without links, opened below the root (base/beneath.h), which may be
    // NULL. Any thread may call it.
    enum read_outcome (*read_below)(void *state, struct arena *, const struct file_root *, struct slice path,
                                    struct slice *content, struct slice *reason);
    // Opens a root for read_below, at a path whose links have been resolved. May be NULL: read_below needs none.
    bool (*open_root)(void *state, struct slice path, struct file_root *);
    // The names in a directory, sorted, appended; for hints. False: it cannot be read.
    bool (*list)(void *state, struct arena *, struct slice directory, struct path_list *names);
    // The current directory, absolute.
    bool (*current_directory)(void *state, struct arena *, struct slice *path);
    // Told that a program is given a file, or a directory with all below it, to read by itself. May be NULL.
    void (*hand_over)(void *state, struct slice path);
    // What several builds share of a content that was read (yaml/shared_text.h); NULL: nothing. May be NULL.
    struct shared_text *(*shared_text)(void *state, struct slice content);
    bool detached;  // what it has is not on the disk, where programs could read it
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
