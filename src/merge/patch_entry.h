// merge/patch_entry.h
//
// What the entries of `patches` and `patchesJson6902` share: the fields `path` and `patch`, and what to write when they
// are mixed up.
#pragma once

#include "transform/context.h"

// The rows of a table for members named `path` and `patch`, and the hint of the type.
#define PATCH_ENTRY_FIELDS(struct_type)                                                                                \
    {"path", DECODE_TEXT, offsetof(struct_type, path), NULL, patch_hint_path, .mistaken_for = "file filename"},        \
    {                                                                                                                  \
        "patch", DECODE_TEXT, offsetof(struct_type, patch), NULL, patch_hint_text                                      \
    }
bool patch_hint_path(struct diagnostics *, const struct node *found, bool is_item);
bool patch_hint_text(struct diagnostics *, const struct node *found, bool is_item);
bool patch_hint_unknown(struct diagnostics *, const struct node *map, const struct map_entry *unknown);

// The text of the patch: `patch`, or the file at `path`. NULL: diagnosed (`path` is itself a patch, the file can't be
// read, or the entry has both or neither).
const struct source *patch_read_text(struct transform_context *, struct position entry, struct text path,
                                     struct text patch);
// For a `patch` that couldn't be read: hints at `path` if the string is the name of a file.
void patch_suggest_path(struct transform_context *, struct text patch);
