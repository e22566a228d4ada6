// load/git_objects.h
//
// Contents of a repository by their names, from one `git cat-file --batch` that runs as long as it is asked.
#pragma once

#include "load/repository_git.h"

struct git_objects;

// The repository, its arena and its diagnostics outlive the objects. NULL: diagnosed.
struct git_objects *git_objects_open(const struct git_repository *);
void git_objects_close(struct git_objects *);
// Asks for contents, whose answers are taken in the same order. One thread at a time, as for the others.
void git_objects_ask(struct git_objects *, const struct slice *names, size_t count);
// False: `*reason` says why.
bool git_objects_answer(struct git_objects *, struct arena *, struct slice *content, struct slice *reason);
// Both, for one.
bool git_objects_read(struct git_objects *, struct arena *, struct slice name, struct slice *content,
                      struct slice *reason);

// True for the content that has this name, by SHA-1 or SHA-256.
bool git_object_has_name(struct slice content, struct slice name);
