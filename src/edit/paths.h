// edit/paths.h
//
// Fields that list paths: `resources`, `components`, `configurations`, `generators`, `transformers`.
#pragma once

#include "edit/edit.h"
#include "load/glob.h"

struct path_field {
    const char *field;
    const char *word;      // the name of an entry in messages
    bool excludes_itself;  // never lists the kustomization file itself, even if a pattern matches it
};

extern const struct path_field edit_resources, edit_components, edit_configurations, edit_generators, edit_transformers;

enum path_check {
    PATH_OR_DIRECTORY,  // a pattern without a match may be a git URL, which is cloned as a check
    PATH_IF_ANY,        // a pattern without a match is skipped, with a notice
    PATH_AS_GIVEN,      // not a pattern; the disk is not consulted
};

// glob_paths, with a warning for directories that can't be read.
bool edit_glob(struct build *, struct slice pattern, struct path_list *);
// Expands the patterns into paths. False: diagnosed.
bool edit_expand_paths(struct build *, const struct file_system *, enum path_check, const char *const *patterns,
                       size_t count, struct path_list *);
// Appends the paths that are not listed yet.
void edit_add_paths(struct edit *, const struct path_field *, const struct path_list *);
// Appends directories, `a,b`. A directory that is missing or already listed is an error.
bool edit_add_bases(struct edit *, struct slice directories);
// Removes the entries that match a pattern. False: a pattern is malformed.
bool edit_remove_paths(struct edit *, const struct path_field *, const char *const *patterns, size_t count);
