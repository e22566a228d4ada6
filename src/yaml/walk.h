// yaml/walk.h
//
// Where one is in a text: by byte, and by character, line and column as the marks of libyaml count them. Internal to
// yaml.
#pragma once

#include "base/slice.h"

struct yaml_walk {
    struct slice text;
    size_t at;                   // byte
    size_t index, line, column;  // from 0; an index counts characters
    int unit;                    // bytes of a code unit: 1 is UTF-8, 2 is UTF-16
    bool big_endian;
};

// At the first character. A byte order mark in front of it is not counted.
struct yaml_walk yaml_walk_start(struct slice text);
bool yaml_walk_at_end(const struct yaml_walk *);
// The code unit there; 0 at the end.
uint32_t yaml_walk_unit(const struct yaml_walk *);
// Over one character, or CR LF. True: it was a line break.
bool yaml_walk_step(struct yaml_walk *);
// On to the character with this index, or to the end. Returns the byte. Marks come in order, so that all moves together
// cost one pass.
size_t yaml_walk_to(struct yaml_walk *, size_t index);
// On to the byte, or to the end.
void yaml_walk_to_byte(struct yaml_walk *, size_t at);

// The bytes of the line break that starts there in UTF-8, CR LF as one; 0: there is none.
size_t yaml_break_length(struct slice text, size_t at);

// --- Lines, which end with line feeds.

size_t yaml_line_start(struct slice text, size_t at);
size_t yaml_line_end(struct slice text, size_t at);   // where its line break is
size_t yaml_next_line(struct slice text, size_t at);  // behind that
size_t yaml_column(struct slice text, size_t at);     // in bytes, from 0
// True when only spaces stand before `at` in its line.
bool yaml_begins_line(struct slice text, size_t at);
// The line that starts there, without spaces around.
struct slice yaml_line(struct slice text, size_t line_start);
// True for a line with nothing but a comment, and for an empty one.
bool yaml_is_comment(struct slice text, size_t line_start);
bool yaml_is_blank(struct slice text, size_t line_start);
