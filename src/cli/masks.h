// cli/masks.h
//
// Masks: KIND/NAME/FIELD patterns of values to hide, from flags and .kiln.yaml.
#pragma once

#include "cli/build.h"
#include "cli/options.h"

// False: the text is malformed; diagnosed at the position. `where` names the flag or the field.
bool masks_check(struct diagnostics *, struct position, const char *where, struct slice text);

// Adds the masks of the .kiln.yaml that applies to a directory of the file system. They live in the arena. The build is
// for messages. False: diagnosed.
bool masks_read(struct build *, const struct build_settings *, const struct file_system *, struct slice directory,
                struct arena *, struct text_values *masks);

// The directory whose .kiln.yaml applies to an operand: the current one unless the operand is a directory.
struct slice masks_directory(struct slice operand);
