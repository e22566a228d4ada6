// cli/build_depfile.h
//
// `kiln build --depfile`: what a build has read, for a tool that decides when to build again.
#pragma once

#include "base/output_file.h"
#include "cli/build.h"
#include "load/recording.h"

// False: the flags do not go together. Diagnosed.
bool build_depfile_check(struct invocation *, const struct build_settings *);

// What a depfile says, before anything is written.
struct depfile_text {
    struct slice path;
    struct buffer text;
    bool in_root;  // directories that the name of a root leads through are made
};

// Makes the depfile of a finished build whose files were recorded. `output` is the file that the stream goes to, as it
// was named, or empty; `root` stands for {root} in the name of the depfile. False: diagnosed. The text is the caller's
// in any case.
bool build_depfile_make(struct build *, const struct build_settings *, struct recording *, struct slice output,
                        struct slice root, struct depfile_text *);

// Writes it, and then the output, which is complete in the batch: both appear or none does. The batch may be NULL.
// False: diagnosed.
bool build_depfile_write(struct build *, const struct build_settings *, const struct depfile_text *,
                         struct output_batch *output);
// When the output that was to follow could not be written.
void build_depfile_take_back(const struct depfile_text *);

// One depfile is for all roots, with a rule for each.
bool build_depfile_is_joined(const struct build_settings *);
// Writes that one. False: diagnosed.
bool build_depfile_put(struct build *, const struct build_settings *, struct slice text);
