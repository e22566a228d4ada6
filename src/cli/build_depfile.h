// cli/build_depfile.h
//
// `kiln build --depfile`: what a build has read, for a tool that decides when to build again.
#pragma once

#include "cli/build.h"
#include "load/recording.h"

// False: the flags do not go together. Diagnosed.
bool build_depfile_check(struct invocation *, const struct build_settings *);

// Writes the depfile of a finished build whose files were recorded. `output` is the file that the stream goes to, as it
// was named, or empty; `root` stands for {root} in the name of the depfile. To be called before the output is written.
// With `join`, the text is appended there instead. False: diagnosed.
bool build_depfile_write(struct build *, const struct build_settings *, struct recording *, struct slice output,
                         struct slice root, struct buffer *join);

// One depfile is for all roots, with a rule for each.
bool build_depfile_is_joined(const struct build_settings *);
// Writes that one. False: diagnosed.
bool build_depfile_put(struct build *, const struct build_settings *, struct slice text);
