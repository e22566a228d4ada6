// load/file_system_git.h
//
// The files of a commit, or of the index, of the user's own repository, at the paths that they have in the work tree.
// Nothing is checked out: names come from one `git ls-tree`, and contents of what is read from the work tree where it
// has the same, else from one `git cat-file --batch`. Links lead to other files of the tree; one that leaves it leads
// nowhere. Outside of the tree there is nothing.
#pragma once

#include "load/file_system.h"
#include "load/repository_git.h"

struct git_files;

// `commit` is empty for the index. The repository, its arena and diagnostics outlive the files. NULL: diagnosed.
struct git_files *git_files_open(const struct git_repository *, struct slice commit);
// The same beside another state, which outlives it: what that has read, and what is the same here, is not read again.
struct git_files *git_files_open_beside(const struct git_repository *, struct slice commit, struct git_files *older);
void git_files_close(struct git_files *);
struct file_system git_files_system(struct git_files *);

// Tells of each file, link and submodule: its path from the top, and the name of its content.
void git_files_each(const struct git_files *,
                    void (*tell)(void *state, struct slice path, enum git_entry, struct slice object), void *state);
