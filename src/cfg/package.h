// cfg/package.h
//
// Where objects come from: the files of a directory, one file, or a stream.
//
// A directory below that holds a file `Krmfile` is a package of its own. A `.krmignore` in the top directory leaves out
// files and directories (cfg/ignore.h).
#pragma once

#include "cfg/object.h"
#include "load/glob.h"

#define PACKAGE_FILE "Krmfile"

struct package_request {
    struct slice path;     // as the user has given it
    bool within_package;   // what is below a `Krmfile` is left out
    bool json;             // `*.json` is read, too
    bool unmarked;         // no annotations are set
};

// All objects in the order of the walk: names in byte order, directories where their name stands. False: diagnosed.
bool package_read(struct cfg *, const struct package_request *, struct tree_documents *);

// What a list was besides its items.
struct package_wrapping {
    const struct tree *function_config, *results;  // NULL: absent
};

// The objects of a text. Of a List or ResourceList that is its only document those in it. False: diagnosed.
bool package_read_stream(struct cfg *, const struct source *, struct tree_documents *, struct package_wrapping *);

// The package itself and, when `recurse`, those below it, as kustomize calls them. False: diagnosed.
bool package_list(struct cfg *, struct slice path, bool recurse, struct path_list *);
