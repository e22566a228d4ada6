// load/depfile.h
//
// Lists what a build has read, in the formats of other build tools:
//
//     rendered/prod.yaml: overlays/prod/kustomization.yaml base/deployment.yaml
//     base/deployment.yaml:
//
//     if (depfile_find(&depfile, &lookups, &problem))
//         depfile_write(&depfile, DEPFILE_MAKE, &out, &problem);
#pragma once

#include "base/buffer.h"
#include "load/glob.h"
#include "load/recording.h"

enum depfile_format {
    DEPFILE_MAKE,          // a rule for GNU make, and an empty rule for each file, so that it may be deleted
    DEPFILE_NINJA,         // the same for ninja
    DEPFILE_JSON,          // also the paths that were looked for and not found
    DEPFILE_BAZEL_UNUSED,  // the files nearby that were not read, one per line: unused_inputs_list
};

// "make"
const char *depfile_format_text(enum depfile_format);

struct depfile {
    struct arena *arena;
    const struct file_system *files;
    struct slice target;       // the other tool's name for it
    struct slice current;      // paths are relative to this directory; absolute
    struct slice outputs[2];   // the depfile and the output, which are never inputs; absolute, may be empty
    bool reads_itself;         // set if the build has read the depfile itself
    bool directories;          // also list directories in which something was looked for and not found
    bool lists_missing;        // fill `missing`
    struct path_list inputs;   // relative, sorted, unique; links as named, and their targets
    struct path_list missing;  // the same for paths that don't exist
};

// Fills `inputs`, and `missing` if requested. Directories that a program was given count with everything below them.
// False: `*problem` is one of the directories that contains an output, so each build would trigger the next.
bool depfile_find(struct depfile *, const struct lookup_list *, struct slice *problem);

// Adds an input that isn't a lookup, such as a program. Call this before depfile_find.
void depfile_add(struct depfile *, struct slice path);

// True when a depfile of this format can contain the path. Ninja can't escape many characters.
bool depfile_can_represent(enum depfile_format, struct slice path);

// Appends the depfile. False: `*problem` is a path that the format can't express.
bool depfile_write(struct depfile *, enum depfile_format, struct buffer *, struct slice *problem);
