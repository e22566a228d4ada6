// load/git_objects.h
//
// Contents of a repository by their names, from one `git cat-file --batch` that runs as long as it is asked.
#pragma once

#include "load/repository_git.h"

struct git_objects;

// The repository, its arena and its diagnostics outlive the objects. NULL: diagnosed.
struct git_objects *git_objects_open(const struct git_repository *);
void git_objects_close(struct git_objects *);
// False: `*reason` says why. One thread at a time.
bool git_objects_read(struct git_objects *, struct arena *, struct slice name, struct slice *content,
                      struct slice *reason);
