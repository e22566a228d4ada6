// load/glob.h
//
// Shell patterns for file names, as kustomize has them: `*` and `?` do not match '/', `[a-z]`, `[^a-z]`, and `\`
// before a character that is meant itself. There is no `**` and there are no braces.
#pragma once

#include <dirent.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct path_list {
    struct slice *items;
    size_t count, capacity;
};

// For qsort and bsearch: the paths of a list, by bytes.
int path_compare(const void *, const void *);
// Sorts the paths and keeps each once.
void path_list_sort_once(struct path_list *);

struct glob_failure {
    struct slice path;
    int error;  // 0: none
};

// Without a special character: it matches itself alone.
bool glob_is_literal(struct slice pattern);

// The whole text against the pattern. False: the pattern is malformed.
bool glob_match(struct slice pattern, struct slice text, bool *matches);

// The same for a path and a pattern of several elements, in which an element `**` stands for any number of elements,
// none too. Elements that are not such match one by one, also those that start with '.'.
bool glob_match_path(struct slice pattern, struct slice path, bool *matches);

// The paths in the current directory's world that match, sorted in each directory; one without special characters
// matches itself where it exists. Names that start with '.' match only patterns whose last element does.
// What cannot be looked at matches nothing, and `*failure` keeps the first. False: the pattern is malformed.
bool glob_paths(struct arena *, struct slice pattern, struct path_list *, struct glob_failure *failure);

// True for an entry of the open directory that is a directory itself, not a link to one.
bool entry_is_directory(int directory, const struct dirent *);
// The names in a directory, sorted, without `.` and `..`. False: errno says why.
bool directory_list(struct arena *, struct slice directory, struct path_list *);
// The same for an open directory, whose descriptor (below 0: errno says why) is used up.
bool directory_list_opened(struct arena *, int directory, struct path_list *);
