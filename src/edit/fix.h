// edit/fix.h
//
// `edit fix`: deprecated fields become those that replace them.
//
//     patchesJson6902, patchesStrategicMerge → patches
//     commonLabels                           → labels, with includeSelectors
//     vars                                   → replacements, when asked for
#pragma once

#include "edit/edit.h"

// False: diagnosed (a label stands in commonLabels and in labels, a file cannot be read).
bool edit_fix(struct edit *);
// Its steps. False: diagnosed.
void edit_fix_json_patches(struct edit *);
bool edit_fix_strategic_merge_patches(struct edit *);
bool edit_fix_common_labels(struct edit *);

// One replacement a variable, with a target for each place in the files of the kustomization that names it; in the
// files, which go to `edit->others`, NAME_PLACEHOLDER stands then. False: diagnosed.
bool edit_fix_vars(struct edit *);
