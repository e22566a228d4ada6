// load/path.h
//
// Joins and cleans paths as strings, without looking at the file system.
#pragma once

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/slice.h"

struct file_system;

bool path_is_absolute(struct slice);
// Removes `.`, empty, and `x/..` elements, like Go's filepath.Clean. The empty path becomes `.`.
struct slice path_clean(struct arena *, struct slice);
// Joins and cleans; if `path` is absolute, `directory` is ignored.
struct slice path_join(struct arena *, struct slice directory, struct slice path);
// The same for a clean directory, which isn't cleaned again.
struct slice path_join_clean(struct arena *, struct slice directory, struct slice path);
struct slice path_directory(struct slice);  // up to the last `/`; `.` if there is none
struct slice path_base(struct slice);       // after the last `/`
bool path_is_yaml(struct slice);            // ends with `.yaml` or `.yml`
bool path_is_manifest(struct slice);        // or with `.json`
// True for a clean path that is absolute, or starts with `..`.
bool path_leads_out(struct slice);
// True when `path` is `directory` or below it; both clean, and both absolute or both relative.
bool path_is_within(struct slice path, struct slice directory);
// `path` relative to `directory`, with `..` where needed; both clean and absolute.
struct slice path_relative(struct arena *, struct slice directory, struct slice path);
// The path for messages: relative to the current directory of the file system, if there is one; `path` as above.
struct slice path_shown(struct arena *, const struct file_system *, struct slice path);

// Reports that a directory can't be used, for a reason of the system. Returns false.
bool path_refuse_directory(struct diagnostics *, struct position, struct slice shown, struct slice reason);
// The same for a name that is already in quotes.
bool path_refuse_named(struct diagnostics *, struct position, struct slice name, struct slice reason);
