// cfg/package_write.h
//
// Writes objects back to the files that their annotations name.
#pragma once

#include "cfg/object.h"
#include "load/glob.h"

// `read` contains the paths of the files that were read, as the objects named them then. Files that no object names any
// longer are removed. Nothing is written outside the directory, and if anything cannot be written, nothing is.
// False: diagnosed.
bool package_write(struct cfg *, struct slice directory, const struct tree_documents *, const struct path_list *read);

// Lists the paths that the objects name, without duplicates.
void package_paths(struct cfg *, const struct tree_documents *, struct path_list *);
