// edit/patches.h
//
// Entries of `patches`, and the words of `buildMetadata`.
#pragma once

#include "edit/edit.h"

// What the flags of `add patch` and `remove patch` say; empty where one is absent.
struct patch_argument {
    struct slice path, patch;
    struct slice group, version, kind, name, namespace, annotation_selector, label_selector;
};

// False: diagnosed (both or none of path and patch; none is good for `remove`).
bool edit_check_patch(struct build *, const struct patch_argument *, bool needs_one);
// An entry that is there already is noted, and nothing is written.
void edit_add_patch(struct edit *, const struct patch_argument *);
// Takes out the entries that are equal in every member; where there is none that is noted, and nothing is written.
void edit_remove_patch(struct edit *, const struct patch_argument *);

// Options of buildMetadata from `a,b`. False: diagnosed (one that kustomize does not know).
bool edit_parse_build_metadata(struct build *, struct slice text, struct text_list *);
// False: diagnosed (one is there already).
bool edit_add_build_metadata(struct edit *, const struct text_list *);
void edit_set_build_metadata(struct edit *, const struct text_list *);
void edit_remove_build_metadata(struct edit *, const struct text_list *);
