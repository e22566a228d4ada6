// yaml/chunk.h
//
// The part of a file that is parsed at once, and where it stands.
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
//     ---           stays in the second chunk: of two such lines in a row only the first cuts
//     b: 2
//
// The first line of a file never cuts, nor does a last line without a line break.
struct yaml_splitter {
    const struct source *source;
    struct slice rest;
    uint32_t line;  // lines before `rest`
    bool done;
};

enum yaml_split { YAML_CHUNK, YAML_NO_MORE, YAML_BAD_SEPARATOR };

enum yaml_split yaml_splitter_next(struct yaml_splitter *, struct diagnostics *, struct yaml_chunk *);

// Copies a text with LF for each CR LF; `to` has room for all of it. Returns the copy.
struct slice yaml_copy_with_line_feeds(char *to, struct slice text);

// Finds the chunk of a line. It remembers the last one, so that the chunks of a file, asked for in their order, are
// found in one pass. Zeroed at the start.
struct yaml_chunk_search {
    struct yaml_splitter splitter;
    struct yaml_chunk next;  // was cut, and is behind `found`
    struct source found;     // the chunk as a file of its own
};

// False: there is none.
bool yaml_chunk_find(struct yaml_chunk_search *, const struct source *, uint32_t line, struct diagnostics *);
