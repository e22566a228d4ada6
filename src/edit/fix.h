// edit/fix.h
//
// `edit fix`: replaces deprecated fields.
//
//     patchesJson6902, patchesStrategicMerge → patches
//     commonLabels                           → labels, with includeSelectors
//     vars                                   → replacements, if requested
#pragma once

#include "edit/edit.h"

// False: diagnosed (a label is in both commonLabels and labels, or a file can't be read).
bool edit_fix(struct edit *);
// The steps of edit_fix. False: diagnosed.
void edit_fix_json_patches(struct edit *);
bool edit_fix_strategic_merge_patches(struct edit *);
bool edit_fix_common_labels(struct edit *);

// Adds one replacement for each variable, with a target for each place in the kustomization's files that uses it. In
// the files, which go to `edit->others`, NAME_PLACEHOLDER replaces the variable. False: diagnosed.
bool edit_fix_vars(struct edit *);
