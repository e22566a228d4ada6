// load/file_system_git.h
//
// The files of a commit or of the index of the user's own repository, at the paths that they have in the work tree.
// Nothing is checked out: names come from one `git ls-tree` or, for the index, from the index itself. Contents come
// from the work tree if they are the same there, or else from one `git cat-file --batch`. Links lead to other files of
// the tree; links that leave it lead nowhere. Outside the tree, nothing exists.
#pragma once

#include "load/file_system.h"
#include "load/repository_git.h"

struct git_files;

// `commit` is empty for the index. The repository, its arena, and its diagnostics must outlive the files. NULL:
// diagnosed.
struct git_files *git_files_open(const struct git_repository *, struct slice commit);
// The same, next to another state that outlives it: unchanged content that `older` has already read is not read again.
struct git_files *git_files_open_beside(const struct git_repository *, struct slice commit, struct git_files *older);
void git_files_close(struct git_files *);
struct file_system git_files_system(struct git_files *);

// Calls `visit` for each file, link, and submodule with its path from the top, and the name of its content.
void git_files_each(const struct git_files *,
                    void (*visit)(void *state, struct slice path, enum git_entry, struct slice object), void *state);
