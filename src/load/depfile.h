// load/depfile.h
//
// What a build has read, in the forms that other build tools take:
//
//     rendered/prod.yaml: overlays/prod/kustomization.yaml base/deployment.yaml
//     base/deployment.yaml:
//
//     depfile_find(&depfile, &lookups);
//     depfile_write(&depfile, DEPFILE_MAKE, &out, &problem)
#pragma once

#include "base/buffer.h"
#include "load/glob.h"
#include "load/recording.h"

enum depfile_format {
    DEPFILE_MAKE,          // a rule for GNU make, and an empty one for each file, so that it may go
    DEPFILE_NINJA,         // the same for ninja
    DEPFILE_JSON,          // also what was looked for in vain
    DEPFILE_BAZEL_UNUSED,  // the files around that were not read, one on a line: unused_inputs_list
};

struct depfile {
    struct arena *arena;
    const struct file_system *files;
    struct slice target;       // as the other tool names it
    struct slice current;      // the directory to which paths are relative; absolute
    struct slice outputs[2];   // the depfile and the output: no inputs, wherever they are; absolute, may be empty
    bool reads_itself;         // found: the build has read the first of these
    bool directories;          // also the directories in which something was looked for in vain
    bool lists_missing;        // fill `missing`
    struct path_list inputs;   // relative, sorted, each once; links as they are named and where they lead
    struct path_list missing;  // the same for what is not there
};

// Fills `inputs`, and `missing` where it is asked for. What a program was given counts with all below it. False:
// `*problem` says that an output is in one of the directories, so that each build would make the next one necessary.
bool depfile_find(struct depfile *, const struct lookup_list *, struct slice *problem);

// Adds an input that is no lookup: a program. Before depfile_find.
void depfile_add(struct depfile *, struct slice path);

// A file of this name can be in a depfile of make or ninja. Ninja takes few characters there, whatever is in front of
// them.
bool depfile_can_say(enum depfile_format, struct slice path);

// Appends the text. False: `*problem` names a path that the format cannot say.
bool depfile_write(struct depfile *, enum depfile_format, struct buffer *, struct slice *problem);
