// compare/side.h
//
// One side of a comparison: the objects of a kustomization, a file, a directory of files, or a pipe.
#pragma once

#include "pipeline/build.h"
#include "yaml/read.h"

struct side {
    struct build *build;        // has the objects, also those that were read from a stream
    struct slice shown;         // as the user has named it
    struct yaml_parts parts;    // documents of a stream that wait for sides_read
    struct yaml_parts skipped;  // those that both sides have word for word: none of them is read
    bool is_missing;            // a root that only the other state has
    bool is_build;  // of a kustomization: positions are those of its files, and kiln knows which names have a hash
};

// Fills a side by what the path leads to, a stream as far as its documents; `text` is standard input for `-`.
// `any_name`: the files of a directory are all YAML, whatever they are called. False: diagnosed in the side's build.
bool side_load(struct side *, const struct build_options *, struct slice path, struct slice text, bool any_name);

// Adds the documents of a text.
void side_add(struct side *, struct slice shown, struct slice text);

// Makes objects of the documents; unless `all`, of those that are not on both sides word for word. False: diagnosed.
bool sides_read(struct side *before, struct side *after, bool all);
