// cfg/package_write.h
//
// Puts objects back into the files that they say they are from.
#pragma once

#include "cfg/object.h"
#include "load/glob.h"

// `read` are the paths of the files that were read, as the objects said then: those that no object is from any more are
// removed. Nothing is written outside of the directory, and nothing at all unless everything can be. False: diagnosed.
bool package_write(struct cfg *, struct slice directory, const struct tree_documents *, const struct path_list *read);

// The paths that objects say they are from, each once.
void package_paths(struct cfg *, const struct tree_documents *, struct path_list *);
