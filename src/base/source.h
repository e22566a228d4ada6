// base/source.h
//
// The files of a build: each has a number, so that a position is three small integers.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct shared_text;

// Where something stands in the input. `file` 0 is unknown; `line` 0 is the file as a whole.
struct position {
    uint32_t file;
    uint32_t line;    // from 1
    uint32_t column;  // from 1, in characters
};

static inline bool position_equal(struct position a, struct position b)
{
    return a.file == b.file && a.line == b.line && a.column == b.column;
}

static inline uint64_t position_hash(struct position position)
{
    return hash_combine(position.file, (uint64_t)position.line << 32 | position.column);
}

// From this line and column of an inner text on, what follows is at that line and column of the file.
struct text_segment {
    uint32_t line, column;
    uint32_t file_line, file_column;
};

struct source {
    struct slice path;     // as messages show it: relative to the current directory where possible
    struct slice content;  // stays alive as long as the build
    uint32_t file;         // its number, from 1
    // For a text that stands inside a file (an inline patch): what to add to a line and a column in the
    // text to get those in the file.
    uint32_t line_offset, column_offset;
    // For a text whose lines are not those of the file (quoted, folded): in order; NULL: the offsets are enough.
    const struct text_segment *segments;
    size_t segment_count;
    uint32_t outer;                // the number of that file; 0: the text is a file itself
    struct position printed_for;   // of what a program has printed: what configures it; line 0: no program
    bool hidden;                   // messages do not show its lines
    bool secret;                   // nor anything of it: it is secret
    bool patches_secret;           // nor its values (secrets_expect_patch)
    struct shared_text *shared;    // of several builds (yaml/shared_text.h); NULL: this build reads it alone
    size_t *line_starts;           // once sources_line was asked
    uint32_t line_count;           // of these
    struct secret_lines *secrets;  // once somebody asked (base/secrets.h)
    unsigned char *line_facts;     // by number - 1, once somebody asked (base/snippet.c)
};

struct secret_rules;
struct secrets;

struct sources {
    struct arena *arena;
    struct source **items;
    uint32_t count, capacity;
    const struct secret_rules *rules;  // what is secret in them (base/secrets.h); NULL: all may be
    struct secrets *secrets;           // made when there is something to say
};

struct source *sources_add(struct sources *, struct slice path, struct slice content);
// For a file that may hold secrets. `secret`: it does.
void sources_hide(struct sources *, const struct source *, bool secret);
// NULL for number 0.
const struct source *sources_get(const struct sources *, uint32_t file);

// The same place, or that of what configures the program that has printed the text: for who names files.
struct position sources_file_position(const struct sources *, struct position);

// A line of its content, from 1, without the mark of UTF-8 and the line break. False: there is none.
bool source_line(const struct source *, uint32_t number, struct slice *line);

// The same for who asks for many lines: they are counted once.
bool sources_line(struct sources *, const struct source *, uint32_t number, struct slice *line);

// The line of the file, also for a place in a text that stands inside of it.
uint32_t sources_line_in_file(const struct sources *, struct position);
// Where a position in the text of the source is in its file. A line of 0 stays; NULL has no offsets.
struct position source_place(const struct source *, struct position);

static inline struct position source_position(const struct source *source, uint32_t line, uint32_t column)
{
    return (struct position){source ? source->file : 0, line, column};
}
