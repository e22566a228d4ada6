// compare/side.h
//
// One side of a comparison: the objects of a kustomization, a file, a directory of files, or a pipe.
#pragma once

#include "pipeline/build.h"

struct side {
    struct build *build;  // has the objects, also those that were read from a stream
    struct slice shown;   // as the user has named it
    bool is_build;  // of a kustomization: positions are those of its files, and kiln knows which names have a hash
};

// Fills a side by what the path leads to; `text` is standard input for `-`. `any_name`: the files of a directory are all
// YAML, whatever they are called. False: diagnosed in the side's build.
bool side_load(struct side *, const struct build_options *, struct slice path, struct slice text, bool any_name);

// Reads one stream into the side.
bool side_read(struct side *, struct slice shown, struct slice text);
