// load/shared_files.h
//
// Files that several builds read in parallel. Each file is read once, and each path is examined once, so that all
// builds see the same state. A build reads through a view.
//
//     struct shared_files *files = shared_files_new(&file_system_posix, &names, limit, NULL);
//     options.files = shared_files_view(files, &build->arena, root_directory);
#pragma once

#include "load/file_system.h"
#include "yaml/shared_text.h"

struct shared_files;

// The other file system and the names must outlive it. `tree_limit` is the limit of shared_texts_init. `older`, which
// may be NULL, has the files of another state with the same names, and must outlive these; a file that is the same in
// both is parsed once.
struct shared_files *shared_files_new(const struct file_system *, struct name_table *names, size_t tree_limit,
                                      struct shared_files *older);
void shared_files_free(struct shared_files *);

// Files directly in `own`, an absolute directory, are read for this build only, and not kept: nobody else reads the
// files of a root. Empty: everything is kept. The view lives in the arena.
const struct file_system *shared_files_view(struct shared_files *, struct arena *, struct slice own);
