// load/glob.h
//
// Shell patterns for file names, as in kustomize: `*` and `?` do not match '/', `[a-z]` and `[^a-z]` match characters,
// and `\` makes the next character literal. There are no braces, and only glob_match_path knows `**`.
#pragma once

#include <dirent.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct path_list {
    struct slice *items;
    size_t count, capacity;
};

// Compares paths by bytes, for qsort and bsearch.
int path_compare(const void *, const void *);
// Sorts the paths and drops duplicates.
void path_list_sort_once(struct path_list *);

struct glob_failure {
    struct slice path;
    int error;  // 0: none
};

// True for a pattern without special characters, which matches only itself.
bool glob_is_literal(struct slice pattern);

// Matches the whole text against the pattern. False: the pattern is malformed.
bool glob_match(struct slice pattern, struct slice text, bool *matches);

// The same for a path and a pattern of several elements. An element `**` matches any number of elements, or none. All
// others match one by one, including elements that start with '.'.
bool glob_match_path(struct slice pattern, struct slice path, bool *matches);

// The matching paths, relative to the current directory, sorted within each directory; a literal pattern matches itself
// if it exists. Names that start with '.' match only patterns whose last element does. Directories that can't be read
// match nothing, and `*failure` keeps the first one. False: the pattern is malformed.
bool glob_paths(struct arena *, struct slice pattern, struct path_list *, struct glob_failure *failure);

// True for an entry of the open directory that is itself a directory, not a link to one.
bool entry_is_directory(int directory, const struct dirent *);
// Appends the names in a directory, sorted, without `.` and `..`. False: errno says why.
bool directory_list(struct arena *, struct slice directory, struct path_list *);
// The same for an open directory, whose descriptor is closed; if it is negative, errno says why.
bool directory_list_opened(struct arena *, int directory, struct path_list *);
