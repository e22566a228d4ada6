// merge/merge_written.h
//
// What a strategic merge does to the trees that are kept beside objects for their hashes (resource/written.h). The
// merge of the nodes calls these where kustomize's changes nodes. They do nothing when the object has no such tree.
#pragma once

#include "merge/merge_list.h"

// `target` meets `patch`, either of which may be NULL: comments of the patch go to the target.
void merge_written_meet(struct merge *, const struct node *target, const struct node *patch);

// --- Fields of a map.

// `value` takes the place of `old`, which may be the same.
void merge_written_replace(struct merge *, const struct node *old, const struct node *value);
// The field with this value goes; after the last one the map is closed.
void merge_written_remove(struct merge *, const struct node *map, const struct node *value);
void merge_written_close(struct merge *, const struct node *map);
// A null that was spelled out stays.
void merge_written_keep_null(struct merge *, const struct node *null);
// How many items the tree of a map has; entry `at` of the patch is added behind them, with a value that was merged;
// then all are there.
uint32_t merge_written_count(const struct merge *, const struct node *map);
void merge_written_add(struct merge *, const struct node *map, const struct node *patch, uint32_t at,
                       const struct node *value);
void merge_written_added(struct merge *, const struct node *map, const struct node *patch, uint32_t count);
// `$patch` is taken out.
void merge_written_take_directive(struct merge *, const struct node *map);

// --- Lists.

// A scalar in a list of scalars is written anew.
void merge_written_renew(struct merge *, const struct node *scalar);
// A key that an element lacks, from its merge keys.
void merge_written_complete(struct merge *, const struct node *element, const struct name *key, struct slice text);
// The list has its present items.
void merge_written_items(struct merge *, const struct node *list);
// The same for a list that has been made anew; in block style, or in that of the old one.
void merge_written_list(struct merge *, const struct node *list, bool block);
