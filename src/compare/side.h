// compare/side.h
//
// One side of a comparison: the objects of a kustomization, a file, a directory of files, or a pipe.
#pragma once

#include "pipeline/build.h"
#include "yaml/read.h"

struct side {
    struct build *build;        // owns the objects, including those read from a stream
    struct slice shown;         // as the user named it
    struct yaml_parts parts;    // documents of a stream that sides_read has yet to read
    struct yaml_parts skipped;  // documents that are identical on both sides, and aren't read
    bool is_missing;            // a root that exists only in the other state
    bool is_build;              // a kustomization: has positions in its files, and knows which names have a hash
};

// Fills a side from a path; splits a stream into documents without reading them. For `-`, `text` is the standard input.
// `any_name`: all files of a directory are YAML, whatever their names. False: diagnosed in the side's build.
bool side_load(struct side *, const struct build_options *, struct slice path, struct slice text, bool any_name);

// Adds the documents of a string.
void side_add(struct side *, struct slice shown, struct slice text);

// Reads the documents as objects; unless `all`, skips those that are identical on both sides. False: diagnosed.
bool sides_read(struct side *before, struct side *after, bool all);
