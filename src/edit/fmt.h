// edit/fmt.h
//
// `kiln fmt`: a kustomization file in one form, which builds what it built before.
//
//     bases, imageTags, env                  → resources, images, envs
//     patchesJson6902, patchesStrategicMerge → patches      where that builds the same
//     commonLabels                           → labels, with includeSelectors
//     helmChartInflationGenerator            → helmCharts
//     fields in kustomize's order, at most one blank line between two, a line break at the end
#pragma once

#include "edit/edit.h"

// One file.
struct fmt_file {
    struct slice directory, name;  // the directory is absolute, with all links resolved
    struct slice shown;            // the path in messages
    bool keeps_layout;             // only deprecated fields are replaced
    struct slice before, after;    // filled by fmt_run
    bool unreadable;               // too: the system did not let it be read
};

// Formats the file, which must be the kustomization file of its directory; nothing is written. The directory is built
// before and after, without network and programs. A deprecated field whose successor would build something else
// stays, with a warning, and so does one of the first two kinds when the directory does not build.
// False: diagnosed (it does not decode, it cannot be changed without loss of comments).
bool fmt_run(struct build *, const struct file_system *, struct fmt_file *);
