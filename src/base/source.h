// base/source.h
//
// The files of a build: each has a number, so that a position is three small integers.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct shared_text;

// A place in the input. `file` 0 is unknown; `line` 0 is the file as a whole.
struct position {
    uint32_t file;
    uint32_t line;    // counted from 1
    uint32_t column;  // counted from 1, in characters
};

static inline bool position_equal(struct position a, struct position b)
{
    return a.file == b.file && a.line == b.line && a.column == b.column;
}

static inline uint64_t position_hash(struct position position)
{
    return hash_combine(position.file, (uint64_t)position.line << 32 | position.column);
}

// Maps text from a line and column of an inner text on to a line and column of its file.
struct text_segment {
    uint32_t line, column;
    uint32_t file_line, file_column;
};

struct source {
    struct slice path;     // as shown in messages: relative to the current directory if possible
    struct slice content;  // remains valid as long as the build
    uint32_t file;         // its number, counted from 1
    // For a text inside a file (an inline patch): what to add to a line and column in the text to get those in the
    // file.
    uint32_t line_offset, column_offset;
    // For a text whose lines differ from those of the file (quoted or folded), in order. NULL: the offsets are enough.
    const struct text_segment *segments;
    size_t segment_count;
    uint32_t outer;                // the number of that file; 0: this is a file itself
    struct position printed_for;   // for the output of a program: the program's configuration; line 0: not an output
    bool hidden;                   // messages don't show its lines
    bool secret;                   // all of its content is secret
    bool patches_secret;           // its values are secret (secrets_expect_patch)
    struct shared_text *shared;    // shared by several builds (yaml/shared_text.h); NULL: only this build reads it
    size_t *line_starts;           // set by the first call of sources_line
    uint32_t line_count;           // of line_starts
    struct secret_lines *secrets;  // set when first needed (base/secrets.h)
    unsigned char *line_facts;     // by line number - 1; set when first needed (base/snippet.c)
};

struct secret_rules;
struct secrets;

struct sources {
    struct arena *arena;
    struct source **items;
    uint32_t count, capacity;
    const struct secret_rules *rules;  // what is secret in them (base/secrets.h); NULL: everything may be
    struct secrets *secrets;           // set when there is something to print
};

struct source *sources_add(struct sources *, struct slice path, struct slice content);
// For a file that may hold secrets; `secret` if it does.
void sources_hide(struct sources *, const struct source *, bool secret);
// NULL for number 0, and if `sources` is NULL, as when a file is read ahead of its turn.
const struct source *sources_get(const struct sources *, uint32_t file);

// The position itself or, in the output of a program, that of the program's configuration. For callers that name files.
struct position sources_file_position(const struct sources *, struct position);

// A line of the content, counted from 1, without the line break or a byte order mark. False if there is no such line.
bool source_line(const struct source *, uint32_t number, struct slice *line);

// The same for callers that ask for many lines: finds the line starts only once.
bool sources_line(struct sources *, const struct source *, uint32_t number, struct slice *line);

// The line in the file, for a place in an inner text, too.
uint32_t sources_line_in_file(const struct sources *, struct position);
// The place in its file of a position in a source. A line of 0 remains 0. With NULL, the position is unchanged.
struct position source_place(const struct source *, struct position);

static inline struct position source_position(const struct source *source, uint32_t line, uint32_t column)
{
    return (struct position){source ? source->file : 0, line, column};
}
