// cli/build_depfile.h
//
// `kiln build --depfile`: lists what a build has read, for tools that decide when to build again.
#pragma once

#include "base/output_file.h"
#include "cli/build.h"
#include "load/recording.h"

// False: the flags conflict; diagnosed.
bool build_depfile_check(struct invocation *, const struct build_settings *);

// The text of a depfile, before anything is written.
struct depfile_text {
    struct slice path;
    struct buffer text;
    bool in_root;  // creates the directories that {root} adds to the path
};

// Makes the depfile of a finished build whose files were recorded. `output` is the file of the stream as the caller
// named it, or empty; `root` replaces {root} in the name of the depfile. False: diagnosed. The caller frees the text in
// both cases.
bool build_depfile_make(struct build *, const struct build_settings *, struct recording *, struct slice output,
                        struct slice root, struct depfile_text *);

// Writes the depfile and then the output, which is complete in the batch: both appear or neither does. The batch may be
// NULL. False: diagnosed.
bool build_depfile_write(struct build *, const struct build_settings *, const struct depfile_text *,
                         struct output_batch *output);
// Takes the depfile back after the output could not be written.
void build_depfile_remove(const struct depfile_text *);

// True if one depfile has the rules of all roots.
bool build_depfile_is_joined(const struct build_settings *);
