// edit/paths.h
//
// Fields that list paths: `resources`, `components`, `configurations`, `generators`, `transformers`.
#pragma once

#include "edit/edit.h"
#include "load/glob.h"

struct path_field {
    const char *field;
    const char *word;        // what messages call an entry
    bool leaves_itself_out;  // the kustomization file is no entry of it, also where a pattern matches it
};

extern const struct path_field edit_resources, edit_components, edit_configurations, edit_generators, edit_transformers;

enum path_check {
    PATH_OR_DIRECTORY,  // what matches nothing may be a directory elsewhere: a git URL, which is cloned to see
    PATH_IF_ANY,        // what matches nothing is left out, with a note
    PATH_AS_GIVEN,      // no pattern, no look at the disk
};

// glob_paths, with a warning for what could not be looked at.
bool edit_glob(struct build *, struct slice pattern, struct path_list *);
// The paths that the patterns mean. False: diagnosed.
bool edit_expand_paths(struct build *, const struct file_system *, enum path_check, const char *const *patterns,
                       size_t count, struct path_list *);
// Appends those that are not there yet.
void edit_add_paths(struct edit *, const struct path_field *, const struct path_list *);
// Appends directories, `a,b`; one that is missing or there already is an error.
bool edit_add_bases(struct edit *, struct slice directories);
// Takes the entries out that match a pattern. False: a pattern is malformed.
bool edit_remove_paths(struct edit *, const struct path_field *, const char *const *patterns, size_t count);
