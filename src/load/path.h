// load/path.h
//
// Paths as text: joined and cleaned without asking the file system what is there.
#pragma once

#include "base/arena.h"
#include "base/slice.h"

struct file_system;

bool path_is_absolute(struct slice);
// Removes `.`, empty and `x/..` elements, as Go's filepath.Clean. The empty path becomes `.`.
struct slice path_clean(struct arena *, struct slice);
// Cleaned; `path` alone when it is absolute.
struct slice path_join(struct arena *, struct slice directory, struct slice path);
struct slice path_directory(struct slice);  // before the last `/`; `.` when there is none
struct slice path_base(struct slice);       // behind the last `/`
// True when `path` is `directory` or below it; both clean, and both absolute or both relative.
bool path_is_within(struct slice path, struct slice directory);
// `path` as seen from `directory`, with `..` where needed; both clean and absolute.
struct slice path_relative(struct arena *, struct slice directory, struct slice path);
// As messages name it: as seen from the current directory of the file system, if there is one; `path` as above.
struct slice path_shown(struct arena *, const struct file_system *, struct slice path);
