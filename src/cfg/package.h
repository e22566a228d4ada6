// cfg/package.h
//
// Reads objects from the files of a directory, from one file, or from a stream.
//
// A subdirectory that contains a `Krmfile` is a separate package. A `.krmignore` in the top directory excludes files
// and directories (cfg/ignore.h).
#pragma once

#include "cfg/object.h"
#include "load/glob.h"

#define PACKAGE_FILE "Krmfile"

struct package_request {
    struct slice path;    // as given by the user
    bool within_package;  // skip packages in subdirectories
    bool json;            // also read `*.json`
    bool unmarked;        // don't set annotations
};

// Reads all objects. Files and directories are visited together, in byte order of their names. False: diagnosed.
bool package_read(struct cfg *, const struct package_request *, struct tree_documents *);

// The fields of a list other than its items.
struct package_wrapping {
    const struct tree *function_config, *results;  // NULL: absent
};

// Reads the objects of a stream. If its only document is a List or ResourceList, those are the items. False: diagnosed.
bool package_read_stream(struct cfg *, const struct source *, struct tree_documents *, struct package_wrapping *);

// Lists the package itself and, if `recurse`, those below it, with the paths that kustomize uses. False: diagnosed.
bool package_list(struct cfg *, struct slice path, bool recurse, struct path_list *);
