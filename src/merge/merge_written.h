// merge/merge_written.h
//
// Applies a strategic merge to the trees that are kept for the hashes of objects (resource/written.h). The merge of the
// nodes calls these functions where kustomize changes nodes. They do nothing if the object has no such tree.
#pragma once

#include "merge/merge_list.h"

// Copies comments of the patch to the target. Either may be NULL.
void merge_written_take_comments(struct merge *, const struct node *target, const struct node *patch);

// --- Fields of a map.

// Replaces `old` with `value`, which may be the same.
void merge_written_replace(struct merge *, const struct node *old, const struct node *value);
// Removes the field with this value. After the last removal, merge_written_close must be called for the map.
void merge_written_remove(struct merge *, const struct node *map, const struct node *value);
void merge_written_close(struct merge *, const struct node *map);
// Keeps a null that is written out.
void merge_written_keep_null(struct merge *, const struct node *null);
// To add fields: get the number of items in the map's tree, add each entry `at` of the patch with its merged value, and
// then call merge_written_added with that number.
uint32_t merge_written_count(const struct merge *, const struct node *map);
void merge_written_add(struct merge *, const struct node *map, const struct node *patch, uint32_t at,
                       const struct node *value);
void merge_written_added(struct merge *, const struct node *map, const struct node *patch, uint32_t count);
// Removes `$patch`.
void merge_written_take_directive(struct merge *, const struct node *map);

// --- Lists.

// Writes a scalar in a list of scalars again from its text.
void merge_written_renew(struct merge *, const struct node *scalar);
// Adds a merge key that an element lacks.
void merge_written_complete(struct merge *, const struct node *element, const struct name *key, struct slice text);
// Updates the items of the list's tree.
void merge_written_items(struct merge *, const struct node *list);
// The same for a list that was created again, in block style or in the style of the old one.
void merge_written_list(struct merge *, const struct node *list, bool block);
