// compare/ignore.h
//
// User-defined field patterns: changes to ignore, and values to hide. `*` matches any bytes, `?` matches one.
#pragma once

#include "compare/comparison.h"

// A pattern covers a path that matches it, and all paths below that one.
bool is_ignored(const struct compare_options *, struct slice path, const struct node *before, const struct node *after);
bool is_masked(const struct compare_options *, const struct resource *, struct slice path);

// The patterns of a preset, terminated by NULL; NULL: no such preset.
const char *const *ignore_preset(struct slice name);
// Splits KIND/NAME/FIELD; false: the string has another form.
bool mask_parse(struct slice text, struct slice *kind, struct slice *name, struct slice *field);
