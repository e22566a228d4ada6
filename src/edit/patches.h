// edit/patches.h
//
// Entries of `patches`, and options in `buildMetadata`.
#pragma once

#include "edit/edit.h"

// The values of the flags of `add patch` and `remove patch`; empty if absent.
struct patch_argument {
    struct slice path, patch;
    struct slice group, version, kind, name, namespace, annotation_selector, label_selector;
};

// False: diagnosed (path and patch are both set, or both missing; `remove` allows the latter).
bool edit_check_patch(struct build *, const struct patch_argument *, bool needs_one);
// If the entry already exists, that is reported, and nothing is written.
void edit_add_patch(struct edit *, const struct patch_argument *);
// Removes the entries that are equal in every member; if there are none, that is reported, and nothing is written.
void edit_remove_patch(struct edit *, const struct patch_argument *);

// Parses options of buildMetadata from `a,b`. False: diagnosed (kustomize doesn't know one).
bool edit_parse_build_metadata(struct build *, struct slice text, struct text_list *);
// False: diagnosed (an option is already set).
bool edit_add_build_metadata(struct edit *, const struct text_list *);
void edit_set_build_metadata(struct edit *, const struct text_list *);
void edit_remove_build_metadata(struct edit *, const struct text_list *);
