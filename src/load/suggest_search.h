// load/suggest_search.h
//
// What the suggestions for paths, files to create, and kustomizations share. Internal to load.
#pragma once

#include "load/glob.h"
#include "load/suggest.h"

enum { LOOKED_AT_MAX = 500 };  // names or directories for one hint

bool suggest_is_directory(const struct file_system *, struct slice path);
// False for anything but a directory that can be read.
bool suggest_list(const struct file_system *, struct arena *, struct slice directory, struct path_list *names);
bool suggest_has_kustomization(const struct file_system *, struct arena *, struct slice directory);

// True if the file of the newest error already names the path, other than as part of `written`.
bool suggest_is_in_use(const struct diagnostics *, struct slice written, struct slice path);
// The path `meant` in place of `missing` at the end of `written`, as the user wrote it.
struct slice suggest_words_of_path(struct arena *, struct slice written, struct slice missing, struct slice meant);
// The part of a kustomization's text up to the next character that can't be in a plain path; may be empty.
struct slice suggest_next_word(struct slice text, size_t *at);
