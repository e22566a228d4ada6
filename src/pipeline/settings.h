// pipeline/settings.h
//
// Decides the settings that config/settings.h lists, once per build, at its root.
#pragma once

#include "pipeline/accumulate.h"

// Fills build->settings. False: diagnosed (an invalid annotation or .kiln.yaml).
bool settings_decide(struct accumulate_context *, const struct file_loader *root_files,
                     const struct kustomization *root);

// Warns about settings in the annotations of a kustomization below the root, which have no effect there.
void settings_check_below(struct build *, const struct kustomization *);
