// base/output_file.h
//
// Files that appear whole or not at all, and of several all or none.
//
//     struct output_batch batch;
//     output_batch_begin(&batch, arena);
//     if (output_batch_add(&batch, path, content) && output_batch_commit(&batch)) …
//     else: batch.failed_path, batch.reason
//
// A new file has no name until it is complete, where the file system has such files. What replaces another is written
// beside it, for this user only and locked, and renamed into its place. Several files are written into a directory of
// their own, the stage. When all are complete, a journal is put beside them, and then they are moved into their places:
// a failure takes them back, and when the process is killed, the next one that writes there goes on (base/leftover.h).
//
// Directories are held open from the first look to the last rename: one that is exchanged meanwhile gets nothing. What
// is named below a directory (output_batch_enter) stays below it, for no link is followed there.
//
// A link in the place of a file is replaced, never written through; an existing file keeps its mode unless the caller
// sets another. Until a file is in its place, only this user can read it. Devices and
// pipes, which cannot be renamed into, are written directly where the user himself names them. So is a file that may be
// written and not replaced: a mount point, or one in a folder that is not writable. That alone may leave a part, on a
// full disk.
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/leftover.h"
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
    const char
        *temporary;       // beside the name or in the stage; NULL: it has no name yet, is written directly, or removed
    const char *old;      // in the stage: what was in its place
    int file;             // what is written alone, open; below 0: another
    struct stat present;  // of the file in its place
    bool is_file;         // there was a file in its place
    bool is_named;        // `temporary` was made under its name
    bool staged, removal;
    bool is_late;  // a device or a pipe
    struct slice content;
};

// A directory that the batch has made, and that goes again if nothing comes of it.
struct output_made {
    size_t directory;  // OUTPUT_TOP: above all of them, `path` is as the user wrote it
    const char *path;
    const char *above, *name;  // its parts
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
    // The directory that several files go to, or below, open and, if it was entered, locked; below 0: there is none.
    int home;
    size_t home_directory;
    int stage;  // below 0: there is none
    char stage_name[LEFTOVER_NAME_SIZE];
    bool stage_stays;  // the next one has to take back what could not be
    bool placed;       // by output_batch_place
    mode_t mode;  // set by the caller after output_batch_begin: of each file; 0: as it was, or what the umask leaves
    bool sync;    // set by the caller after output_batch_begin: success means that the disk has everything
    // Set by the caller after output_batch_begin: one file below a directory is all that is written. It needs no stage
    // and no lock, and is replaced or left as it is.
    bool single;
    bool deferred;     // an interrupt waits until no temporary file is left
    sigset_t signals;  // those that were blocked before
    const char *failed_path;
    const char *reason;
};

// Waits until no other kiln changes what is in a directory, and keeps others waiting until output_unlock, or the end of
// the process. Who reads a file in order to write it takes this first. What a dead kiln has begun there is finished.
// `*lock` is below 0 where a directory or its file system cannot be locked, and nothing keeps others from writing.
// False: what was begun cannot be finished, errno says why.
bool output_lock(const char *directory, int *lock);
void output_unlock(int lock);

void output_batch_begin(struct output_batch *, struct arena *);
// A path that the user has named: links on the way to it are followed. False: the batch is over, nothing has been
// changed.
bool output_batch_add(struct output_batch *, struct slice path, struct slice content);

// Opens the directory for the next ones; it is made with all above it if `make`. Its links are followed, for the user
// has named it. False as above.
bool output_batch_enter(struct output_batch *, struct slice directory, bool make);
// The same for a directory whose lock (output_lock) is held already, until after the end of the batch.
bool output_batch_enter_locked(struct output_batch *, struct slice directory, int lock);
// The same for one batch after the other, made if it is not there: the lock stays with the caller, in `*lock`, which is
// below 0 at first, until output_unlock.
bool output_batch_enter_kept(struct output_batch *, struct slice directory, int *lock);
// A clean path below that directory, without `..`. Directories on the way are made. False as above.
bool output_batch_add_below(struct output_batch *, struct slice path, struct slice content);
// Removes a file there, if it is there, after the new files are in their places.
bool output_batch_remove_below(struct output_batch *, struct slice path);
// The directory's descriptor, until the batch is over.
int output_batch_directory(const struct output_batch *);

// Puts everything into its place, from where it can still be taken back: output_batch_finish or output_batch_discard
// must follow, which take no memory. Meanwhile signals wait, that of a broken pipe too. False: the batch is over, and
// everything is as it was, but for files that are written directly; one file alone that is not synchronized can't be
// taken back.
bool output_batch_place(struct output_batch *);
// The rest: nothing, or what is written to devices and pipes. False: that has failed.
bool output_batch_finish(struct output_batch *);
// Both.
bool output_batch_commit(struct output_batch *);
// Takes everything back, when the caller has a reason of its own.
void output_batch_discard(struct output_batch *);

// A regular file, no link, is at the path below an open directory (or AT_FDCWD) and has these bytes, and this
// mode unless it is 0.
bool output_is_same(int directory, const char *path, struct slice content, mode_t mode);

// Writes everything to a file descriptor; false: errno says why.
bool write_all(int file, struct slice);
// The same, and waits until the disk has it.
bool output_write(int file, struct slice, bool sync);
// Closes what has been written. False: errno says why, of the first that has failed.
bool output_close(int file, bool written);
// Waits until the disk has the names in a directory. False: errno says why.
bool output_sync_directory(int directory);
// What the process's mask leaves of a mode.
mode_t mode_for_new(mode_t);
