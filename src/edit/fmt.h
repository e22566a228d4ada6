// edit/fmt.h
//
// `kiln fmt`: brings a kustomization file into a canonical form that builds the same.
//
//     bases, imageTags, env                  → resources, images, envs
//     patchesJson6902, patchesStrategicMerge → patches      if that builds the same
//     commonLabels                           → labels, with includeSelectors
//     helmChartInflationGenerator            → helmCharts
//     fields in kustomize's order, at most one blank line between two, a line break at the end
#pragma once

#include "edit/edit.h"

// A file to format.
struct fmt_file {
    struct slice directory, name;  // the directory is absolute, with all links resolved
    struct slice shown;            // the path in messages
    bool keeps_layout;             // only deprecated fields are replaced
    struct slice before, after;    // filled by fmt_run
    bool unreadable;               // also filled; the file could not be read
};

// Formats the file, which must be the kustomization file of its directory, and writes nothing. The directory is built
// before and after, without using the network or running programs. If the replacement of a deprecated field would build
// something else, the field stays, with a warning. If the directory doesn't build, the deprecated fields for patches
// stay, too. False: diagnosed (it does not decode, or can't be changed without losing comments).
bool fmt_run(struct build *, const struct file_system *, struct fmt_file *);
