// pipeline/settings.h
//
// Decides, once a build and at its root, what config/settings.h lists.
#pragma once

#include "pipeline/accumulate.h"

// Fills build->settings. False: diagnosed (an annotation or a .kiln.yaml that is wrong).
bool settings_decide(struct accumulate_context *, const struct file_loader *root_files,
                     const struct kustomization *root);

// Warns of the annotations of a kustomization below the root: only those of the root count.
void settings_check_below(struct build *, const struct kustomization *);
