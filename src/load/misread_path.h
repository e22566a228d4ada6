// load/misread_path.h
//
// Hints for entries that don't exist because they aren't written as paths: patterns, comments, Windows paths, and URLs
// without a scheme.
#pragma once

#include "base/diagnostics.h"
#include "load/file_system.h"

// Adds a hint to the newest diagnostic. `written` is the entry, `directory` the one of its kustomization. False: the
// entry looks like a path.
bool misread_path_hint(const struct file_system *, struct diagnostics *, struct slice written, struct slice directory);

// For a directory where a file belongs: names the files in it, as the user would write them. May add no hint.
void misread_directory_hint(const struct file_system *, struct diagnostics *, struct slice written,
                            struct slice absolute);
