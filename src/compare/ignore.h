// compare/ignore.h
//
// Patterns of users for fields: which changes are none, and which values are not shown. `*` stands for any bytes, `?`
// for one.
#pragma once

#include "compare/comparison.h"

// A path that the pattern covers is one that matches, or lies below one that does.
bool is_ignored(const struct compare_options *, struct slice path, const struct node *before, const struct node *after);
bool is_masked(const struct compare_options *, const struct resource *, struct slice path);

// The patterns of a preset, ended by NULL; NULL: there is no such preset.
const char *const *ignore_preset(struct slice name);
// KIND/NAME/FIELD in its parts; false: the text has another form.
bool mask_parse(struct slice text, struct slice *kind, struct slice *name, struct slice *field);
