// cli/masks.h
//
// KIND/NAME/FIELD: the values that are not shown, as flags and .kiln.yaml have them.
#pragma once

#include "cli/build.h"
#include "cli/options.h"

// False: diagnosed at the position, the text has another form. `where` names the flag or the field.
bool masks_check(struct diagnostics *, struct position, const char *where, struct slice text);

// Adds the masks of the .kiln.yaml that counts for a directory, as the files have it, in memory of the arena. The build
// is for messages. False: diagnosed.
bool masks_read(struct build *, const struct build_settings *, const struct file_system *, struct slice directory,
                struct arena *, struct text_values *masks);

// The directory whose .kiln.yaml counts for an operand: what is no directory belongs to the current one.
struct slice masks_directory(struct slice operand);
