// yaml/chunk.h
//
// The part of a file that is parsed in one go, and its position in the file.
#pragma once

#include "base/diagnostics.h"
#include "base/source.h"

struct yaml_chunk {
    const struct source *source;
    struct slice text;
    uint32_t lines_before;
};

// From a line and a column that count from 0 within the chunk.
static inline struct position yaml_chunk_position(const struct yaml_chunk *chunk, size_t line, size_t column)
{
    return (struct position){
        .file = chunk->source->file,
        .line = (uint32_t)line + 1 + chunk->lines_before,
        .column = (uint32_t)column + 1,
    };
}

// Cuts a file of resources at the lines that start with `---`, as kustomize does before it parses:
//
//     a: 1          first chunk
//     --- # note    cut: nothing but a comment may follow
//     ---           stays in the second chunk: the first of two such lines in a row cuts, the second doesn't
//     b: 2
//
// The first line of a file never cuts, and neither does a last line without a line break.
struct yaml_splitter {
    const struct source *source;
    struct slice rest;
    uint32_t line;  // lines before `rest`
    bool done;
};

enum yaml_split { YAML_CHUNK, YAML_NO_MORE, YAML_BAD_SEPARATOR };

enum yaml_split yaml_splitter_next(struct yaml_splitter *, struct diagnostics *, struct yaml_chunk *);

// Copies a string, replacing each CR LF by LF; `to` must have room for all of it. Returns the copy.
struct slice yaml_copy_with_line_feeds(char *to, struct slice text);

// Finds the chunk of a line. It remembers the last one, so looking up the lines of a file in order takes one pass.
// Initialize it with zeros.
struct yaml_chunk_search {
    struct yaml_splitter splitter;
    struct yaml_chunk next;  // already cut; comes after `found`
    struct source found;     // the chunk as a file of its own
};

// False: there is none.
bool yaml_chunk_find(struct yaml_chunk_search *, const struct source *, uint32_t line, struct diagnostics *);
