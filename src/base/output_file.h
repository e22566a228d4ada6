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
// A link in the place of a file is replaced, never written through; an existing file keeps its mode. Devices and
// pipes, which cannot be renamed into, are written directly. So is a file that may be written and not replaced: a mount
// point, or one in a folder that is not writable. That alone may leave a part, on a full disk.
#pragma once

#include <signal.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct output_item {
    const char *path;
    const char *temporary;  // NULL: written directly at the end, from `content`
    struct slice content;
    bool is_file;  // there was a file in its place
};

struct output_batch {
    struct arena *arena;
    struct output_item *items;
    size_t count, capacity;
    sigset_t signals;  // those that were blocked before: an interrupt waits until no temporary file is left
    const char *failed_path;
    const char *reason;
};

void output_batch_begin(struct output_batch *, struct arena *);
// False: the batch is over, nothing has been changed.
bool output_batch_add(struct output_batch *, struct slice path, struct slice content);
// False: the files before `failed_path` are in their places, it and those behind it are as they were.
bool output_batch_commit(struct output_batch *);
// Takes everything back, when the caller has a reason of its own.
void output_batch_discard(struct output_batch *);

// Writes everything to a file descriptor; false: errno says why.
bool write_all(int file, struct slice);
