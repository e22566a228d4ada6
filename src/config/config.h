// config/config.h
//
// `.kiln.yaml`: what a repository says about its builds, once for all of its kustomizations.
#pragma once

#include "base/diagnostics.h"
#include "config/settings.h"
#include "doc/decode.h"
#include "load/file_system.h"
#include "yaml/read.h"

struct config {
    struct position position;
    struct setting settings[SETTING_COUNT];  // origin SETTING_UNDECIDED where the file says nothing
};

// The fields of the file, as a table.
extern const struct decode_type config_type;

// The file that counts for a directory: the one in the nearest directory above it, or in it, that has `.git`. The
// directory is absolute, with all links resolved. `*repository` is where the file was found, `*path` the file. False:
// there is none.
bool config_find(const struct file_system *, struct arena *, struct slice directory, struct slice *repository,
                 struct slice *path);

// Reads and decodes a file. `within` is the directory that links may not lead out of; empty: any. NULL: diagnosed
// (unreadable, outside, an unknown field, a wrong value, a field that has no effect yet).
struct config *config_read(struct read_context *, struct sources *, const struct file_system *, struct slice path,
                           struct slice within);
