// load/git_objects.h
//
// Reads objects of a repository by hash, from one long-running `git cat-file --batch`.
#pragma once

#include "load/repository_git.h"

struct git_objects;

// The repository, its arena, and its diagnostics must outlive the objects. NULL: diagnosed.
struct git_objects *git_objects_open(const struct git_repository *);
void git_objects_close(struct git_objects *);
// Requests contents; take the answers in the same order. One thread at a time, as for the others.
void git_objects_ask(struct git_objects *, const struct slice *names, size_t count);
// False: `*reason` says why.
bool git_objects_answer(struct git_objects *, struct arena *, struct slice *content, struct slice *reason);
// Requests one object and takes the answer.
bool git_objects_read(struct git_objects *, struct arena *, struct slice name, struct slice *content,
                      struct slice *reason);

// True when the content has this hash, SHA-1 or SHA-256.
bool git_object_has_name(struct slice content, struct slice name);
