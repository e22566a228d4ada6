// base/output_file.h
//
// Files that appear whole or not at all: each is written beside its place and renamed into it when all
// are complete. A failure leaves what was there before, and nothing else.
//
//     struct output_batch batch;
//     output_batch_begin(&batch, arena);
//     if (output_batch_add(&batch, path, content) && output_batch_commit(&batch)) …
//     else: batch.failed_path, batch.reason
//
// Directories are held open from the first look to the last rename: one that is exchanged meanwhile gets nothing. What is
// named below a directory (output_batch_enter) stays below it, for no link is followed there.
//
// A link in the place of a file is replaced, never written through; an existing file keeps its mode. Devices and
// pipes, which cannot be renamed into, are written directly where the user himself names them. So is a file that may be
// written and not replaced: a mount point, or one in a folder that is not writable. That alone may leave a part, on a full
// disk.
#pragma once

#include <signal.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

// A directory that is held open.
struct output_directory {
    const char *path;  // as it was named
    int descriptor;
};

struct output_item {
    const char *path;          // as messages show it
    size_t directory;          // index of the one it is in or below
    const char *below, *name;  // `below` is the way from there to the name; empty: right in it
    const char *temporary;     // beside the name; NULL: written directly at the end, from `content`, or removed
    bool is_file;              // there was a file in its place
    bool removal;
    struct slice content;
};

// A directory that the batch has made, and that goes again if nothing comes of it.
struct output_made {
    size_t directory;  // OUTPUT_TOP: above all of them, `path` is as the user wrote it
    const char *path;
};

#define OUTPUT_TOP SIZE_MAX

struct output_batch {
    struct arena *arena;
    struct output_item *items;
    size_t count, capacity;
    struct {
        struct output_directory *items;
        size_t count, capacity;
    } directories;
    struct {
        struct output_made *items;
        size_t count, capacity;
    } made;
    size_t entered;  // index of the directory that output_batch_enter has opened
    // The last directory below it that was opened, as most files have the one of the file before them.
    size_t last_directory;
    const char *last_below;
    int last_descriptor;
    sigset_t signals;  // those that were blocked before: an interrupt waits until no temporary file is left
    const char *failed_path;
    const char *reason;
};

// Waits until no other kiln changes what is in a directory, and keeps others waiting until
// output_unlock, or the end of the process. Who reads a file in order to write it takes this first. Below 0: the
// directory or its file system cannot be locked, and nothing keeps others from writing.
int output_lock(const char *directory);
void output_unlock(int lock);

void output_batch_begin(struct output_batch *, struct arena *);
// A path that the user has named: links on the way to it are followed. False: the batch is over, nothing has been changed.
bool output_batch_add(struct output_batch *, struct slice path, struct slice content);

// Opens the directory for the next three; it is made with all above it if `make`. Its links are followed, for the user
// has named it. False as above.
bool output_batch_enter(struct output_batch *, struct slice directory, bool make);
// A clean path below that directory, without `..`. Directories on the way are made. False as above.
bool output_batch_add_below(struct output_batch *, struct slice path, struct slice content);
// Removes a file there, if it is there, after the new files are in their places.
bool output_batch_remove_below(struct output_batch *, struct slice path);
// The directory's descriptor, until the batch is over.
int output_batch_directory(const struct output_batch *);

// False: the files before `failed_path` are in their places, it and those behind it are as they were.
bool output_batch_commit(struct output_batch *);
// Takes everything back, when the caller has a reason of its own.
void output_batch_discard(struct output_batch *);

// Writes everything to a file descriptor; false: errno says why.
bool write_all(int file, struct slice);
