// base/output_journal.h
//
// How a file gets into place, and the journal of a batch with several files (base/output_file.h). The journal is in the
// stage, next to the new files, whose names are numbers, and links to the old ones (`3.old`). It exists from when
// everything is ready until everything is in place. After a header, it lists a kind, a number, and a path below the
// stage's parent directory for each file, each ending with a NUL. A kiln that finds a journal without its owner
// finishes the work, except for files that someone else has written since. A journal named `undo` means that the owner
// had begun to undo everything.
//
// For functions that return a bool, errno says why they return false. Only journal_finish and the functions that build
// a journal's text allocate memory.
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/slice.h"

// --- Files. A directory's descriptor comes before each name.

// True if the directory accepts no new file or doesn't give up an old one (it is read-only, not ours, or sticky), or if
// the file is a mount point.
bool output_is_forbidden(int error);
bool output_is_regular(int directory, const char *name);
// Opens an existing file for overwriting: empties it and sets its permissions (0: keeps them). Fails if it has become a
// link. Negative: nothing has changed.
int output_open_in_place(int parent, const char *name, mode_t mode);
// Copies a file with its mode and owner to a new name.
bool output_copy(int from, const char *name, int to, const char *new_name);
// Moves a complete file into place, or copies its content if it can't be moved.
bool output_put(int from, const char *name, int to, const char *place);
// Removes a file. Also true if it doesn't exist.
bool output_unlink(int directory, const char *name);

// --- One change.

enum change { CHANGE_NEW = '+', CHANGE_REPLACED = '=', CHANGE_REMOVED = '-' };

struct change_of_file {
    enum change change;
    const char *staged, *old;  // their names in the stage
};

// Both may be called again for a file that they have already handled.
bool change_do(int stage, const struct change_of_file *, int parent, const char *name);
bool change_undo(int stage, const struct change_of_file *, int parent, const char *name);

// --- The journal.

void journal_begin(struct buffer *text);
// `below` is the path of the directory that `name` is in, or empty.
void journal_add(struct buffer *text, enum change, size_t number, const char *below, const char *name);
bool journal_write(int stage, struct slice text, bool sync);
// From now on, a kiln that finds the journal undoes everything.
void journal_roll_back(int stage);
void journal_remove(int stage);
// Finishes what a dead kiln has begun.
bool journal_finish(int home, int stage);
