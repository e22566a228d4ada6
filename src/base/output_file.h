// base/output_file.h
//
// Writes files atomically: a file appears whole or not at all, and a batch writes all of its files or none of them.
//
//     struct output_batch batch;
//     output_batch_begin(&batch, arena);
//     if (output_batch_add(&batch, path, content) && output_batch_commit(&batch)) …
//     else: batch.failed_path, batch.reason
//
// A new file has no name until it is complete, if the file system supports that. A file that replaces another is
// written next to it, private to this user and locked, and then renamed into place. Several files are written into a
// directory of their own, the stage. When all are complete, a journal is written next to them, and then they are moved
// into place. If that fails, the moves are undone. If the process is killed, the next one that writes there continues
// (base/leftover.h).
//
// Directories stay open from the first look to the last rename, so a directory that is swapped in meanwhile receives
// nothing. Paths below an entered directory (output_batch_enter) remain below it, because no link there is followed.
//
// A link in the place of a file is replaced, never written through. An existing file keeps its mode unless the caller
// sets another. Until a file is in place, only this user can read it.
//
// Some files can't be replaced by renaming and are written directly: devices and pipes that the user named, mount
// points, and writable files in a folder that isn't writable. Only there can a full disk leave a partial file.
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/leftover.h"
#include "base/slice.h"

// A directory that is held open.
struct output_directory {
    const char *path;  // as the user wrote it
    int descriptor;
};

struct output_item {
    const char *path;          // as messages show it
    size_t directory;          // index of the directory that it is in or below
    const char *below, *name;  // `below` leads from there to the name; empty: directly in it
    // Next to `name` or in the stage; NULL: it has no name yet, is written directly, or is a removal.
    const char *temporary;
    const char *old;      // in the stage: the file that it replaces
    int file;             // open, if it is the only file of the batch; else negative
    struct stat present;  // of the file that it replaces
    bool is_file;         // it replaces a file
    bool is_named;        // `temporary` was created with a name
    bool staged, removal;
    bool is_late;  // a device or a pipe, written last
    struct slice content;
};

// A directory that the batch has created and removes again on failure.
struct output_made {
    size_t directory;  // OUTPUT_TOP: above all of them; `path` is as the user wrote it
    const char *path;
    const char *above, *name;  // the parts of `path`
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
    // The last directory opened below it, kept because a file is usually in the same directory as the one before it.
    size_t last_directory;
    const char *last_below;
    int last_descriptor;
    // The directory that several files go to or below, open and, if it was entered, locked. Negative: none.
    int home;
    size_t home_directory;
    int stage;  // negative: none
    char stage_name[LEFTOVER_NAME_SIZE];
    bool keeps_stage;  // a move could not be undone, which is left to the next process
    bool placed;       // by output_batch_place
    // These three are set by the caller after output_batch_begin.
    mode_t mode;  // of each file; 0: the old mode, or what the umask allows
    bool sync;    // success means that everything is on the disk
    // A single file below a directory is written. It needs no stage and no lock: it is replaced or left alone.
    bool single;
    bool deferred;     // interrupts wait until no temporary file is left
    sigset_t signals;  // the signal mask from before
    const char *failed_path;
    const char *reason;
};

// Waits until no other kiln is changing files in a directory, and makes others wait until output_unlock or the end of
// the process. Call it before reading a file in order to rewrite it. Finishes what a dead kiln began there. `*lock` is
// negative if the directory or its file system can't be locked; nothing then keeps others from writing. False if
// unfinished changes can't be completed; errno says why.
bool output_lock(const char *directory, int *lock);
void output_unlock(int lock);

void output_batch_begin(struct output_batch *, struct arena *);
// Adds a file at a path that the user named; links on the way to it are followed. On false, the batch is over and
// nothing has changed.
bool output_batch_add(struct output_batch *, struct slice path, struct slice content);

// Opens the directory for the files that follow. If `make` is set, creates it and its missing parents. Links are
// followed, because the user named it. On false, the batch is over.
bool output_batch_enter(struct output_batch *, struct slice directory, bool make);
// The same for a directory whose lock (output_lock) the caller already holds, and keeps until after the batch.
bool output_batch_enter_locked(struct output_batch *, struct slice directory, int lock);
// The same for a series of batches, creating the directory if needed. The caller keeps the lock in `*lock`, which is
// negative at first, until output_unlock.
bool output_batch_enter_kept(struct output_batch *, struct slice directory, int *lock);
// Adds a file at a clean path below that directory, without `..`. Missing directories on the way are created. On false,
// the batch is over.
bool output_batch_add_below(struct output_batch *, struct slice path, struct slice content);
// Removes a file there, if it exists, after the new files are in place.
bool output_batch_remove_below(struct output_batch *, struct slice path);
// The directory's descriptor, valid until the batch is over.
int output_batch_directory(const struct output_batch *);

// Puts everything into place in a way that can still be undone. output_batch_finish or output_batch_discard must
// follow; neither allocates memory. Until then, signals wait, including that of a broken pipe. On false, the batch is
// over and everything is as before, except for files that are written directly. A single file that isn't synchronized
// can't be taken back.
bool output_batch_place(struct output_batch *);
// Ends the batch. Devices and pipes are written now; false if that fails.
bool output_batch_finish(struct output_batch *);
// output_batch_place and output_batch_finish.
bool output_batch_commit(struct output_batch *);
// Undoes everything, when the caller has failed for a reason of its own.
void output_batch_discard(struct output_batch *);

// Reports why a batch has failed: "cannot write 'FILE': REASON". Always false.
bool output_batch_report(const struct output_batch *, struct diagnostics *);

// True if a regular file (not a link) is at the path below an open directory (or AT_FDCWD) and has these bytes, and
// this mode unless it is 0.
bool output_is_same(int directory, const char *path, struct slice content, mode_t mode);

// Writes everything to a file descriptor. On false, errno says why.
bool write_all(int file, struct slice);
// The same; with `sync`, also waits until the data is on the disk.
bool output_write(int file, struct slice, bool sync);
// Closes a file. On false, errno says why: the failed write (`written` is false) or else the failed close.
bool output_close(int file, bool written);
// Waits until the names in a directory are on the disk. On false, errno says why.
bool output_sync_directory(int directory);
// A mode without the bits of the process's umask.
mode_t mode_for_new(mode_t);
