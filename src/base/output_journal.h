// base/output_journal.h
//
// How a file comes into its place, and the journal of a batch with several of them (base/output_file.h). The journal
// stands in the stage, beside the new files, which have their numbers for names, and links to the old ones (`3.old`).
// It is there from when everything is ready until everything is in its place. After a header it has a kind, a number
// and a path below the stage's directory for each file, all ended by NUL. A kiln that finds it without its owner goes
// on, but where somebody else has written a file since, that one stays. Where it is called `undo`, the owner had begun
// to take everything back.
//
// Of those that return bool, errno says why it is false. But for journal_finish and the text of a journal nothing here
// takes memory.
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/slice.h"

// --- Files. A directory's descriptor comes before each name.

// The folder takes no new file, or lets go of no old one: read-only, not ours, sticky; or the file is a mount point.
bool output_is_forbidden(int error);
bool output_is_regular(int directory, const char *name);
// What was a file must not have become a link. It is empty afterwards, and has these permissions; 0: its own. Below 0:
// nothing has been changed.
int output_open_in_place(int parent, const char *name, mode_t mode);
// Copies a file with its mode and owner to a new name.
bool output_copy(int from, const char *name, int to, const char *new_name);
// Moves a file that is complete to its place, or its content, where it can be moved no further.
bool output_put(int from, const char *name, int to, const char *place);
// True, too, when it is not there.
bool output_unlink(int directory, const char *name);

// --- One change.

enum change { CHANGE_NEW = '+', CHANGE_REPLACED = '=', CHANGE_REMOVED = '-' };

struct change_of_file {
    enum change change;
    const char *staged, *old;  // their names in the stage
};

// Both may be called again for a file that they have dealt with.
bool change_do(int stage, const struct change_of_file *, int parent, const char *name);
bool change_undo(int stage, const struct change_of_file *, int parent, const char *name);

// --- The journal.

void journal_begin(struct buffer *text);
// `below` is the way to the name, or empty.
void journal_add(struct buffer *text, enum change, size_t number, const char *below, const char *name);
bool journal_write(int stage, struct slice text, bool sync);
// From here on a kiln that finds it takes everything back.
void journal_turn_back(int stage);
void journal_remove(int stage);
// Brings what a dead kiln has begun to its end.
bool journal_finish(int home, int stage);
