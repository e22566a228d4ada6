// load/shared_files.h
//
// Files that several builds read, side by side: each file is read once, and each path is looked at once, so that all
// builds see it in one state. A build looks through a view.
//
//     struct shared_files *files = shared_files_new(&file_system_posix, &names, limit);
//     options.files = shared_files_view(files, &build->arena, root_directory);
#pragma once

#include "load/file_system.h"
#include "yaml/shared_text.h"

struct shared_files;

// The other file system and the names stay alive. `tree_limit` is that of shared_texts_init. `older`: those of another
// state, with the same names, which outlive these; a file that is the same in both is parsed once. It may be NULL.
struct shared_files *shared_files_new(const struct file_system *, struct name_table *names, size_t tree_limit,
                                      struct shared_files *older);
void shared_files_free(struct shared_files *);

// What lies right in `own`, an absolute directory, is read for this build alone, and not kept: nobody else reads the
// files of a root. Empty: everything is kept. The view lives in the arena.
const struct file_system *shared_files_view(struct shared_files *, struct arena *, struct slice own);
