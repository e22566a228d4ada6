// load/file_system.h
//
// Access to files through a few functions, so that tests, fuzz targets, and users of the library can provide a tree in
// memory instead of the disk.
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
    FILE_UNKNOWN  // the system can't tell: the disk is broken, or a directory on the way is not accessible
};

// For messages: "a directory", "a named pipe" …
const char *file_kind_text(enum file_kind);

enum read_outcome {
    READ_DONE,
    READ_FAILED,  // `*reason` says why
    READ_MOVED    // there is a link on the path, which may be new: resolve the path (again)
};

struct file_system {
    // All paths are absolute and end with NUL. On failure, `*reason` is the system's message. Paths with a NUL inside
    // are refused with `file_path_refused`, except by `kind`, which finds nothing there.

    // The path with all links resolved; false: a part of it is missing.
    bool (*resolve)(void *state, struct arena *, struct slice path, struct slice *resolved, struct slice *reason);
    // The same for a clean path whose first `known` bytes are known to have no links, so that only the rest is
    // examined. `*kind` is the kind of the result.
    bool (*resolve_from)(void *state, struct arena *, struct slice path, size_t known, struct slice *resolved,
                         enum file_kind *kind, struct slice *reason);
    // The kind of the file at the path, following links. FILE_MISSING, FILE_UNKNOWN: errno says why.
    enum file_kind (*kind)(void *state, struct slice path);
    // The content of a regular file, following links.
    bool (*read)(void *state, struct arena *, struct slice path, struct slice *content, struct slice *reason);
    // The same for anything that can be read to its end, such as a pipe; only for paths that come from the user.
    bool (*read_any)(void *state, struct arena *, struct slice path, struct slice *content, struct slice *reason);
    // The content of a regular file at a clean path without links, opened below the root (base/beneath.h), which may be
    // NULL. Thread-safe.
    enum read_outcome (*read_below)(void *state, struct arena *, const struct file_root *, struct slice path,
                                    struct slice *content, struct slice *reason);
    // Opens a root for read_below, at a path whose links have been resolved. May be NULL if read_below needs none.
    bool (*open_root)(void *state, struct slice path, struct file_root *);
    // Appends the names in a directory, sorted; for hints. False: it can't be read.
    bool (*list)(void *state, struct arena *, struct slice directory, struct path_list *names);
    // The current directory, absolute.
    bool (*current_directory)(void *state, struct arena *, struct slice *path);
    // Called when a program will read a file, or a directory with everything below it, on its own. May be NULL.
    void (*hand_over)(void *state, struct slice path);
    // What several builds share about file content (yaml/shared_text.h); NULL: nothing. The function may be NULL.
    struct shared_text *(*shared_text)(void *state, struct slice content);
    bool detached;  // its files are not on the disk, where programs could read them
    void *state;
};

// The nearest directory with `.git`, starting with `directory` itself; a part of its path. Empty: there is none.
struct slice file_system_repository(const struct file_system *, struct slice directory);

// The files on the disk.
extern const struct file_system file_system_posix;

// A tree in memory: paths and contents. Paths are relative to its root, `/`, or absolute.
struct memory_files;
struct memory_files *memory_files_new(void);
void memory_files_free(struct memory_files *);
void memory_files_add(struct memory_files *, const char *path, struct slice content);
struct file_system memory_files_system(struct memory_files *);
