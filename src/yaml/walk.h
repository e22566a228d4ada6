// yaml/walk.h
//
// A position in a text: by byte, and by character, line, and column as libyaml's marks count them. Internal to yaml.
#pragma once

#include "base/slice.h"

struct yaml_walk {
    struct slice text;
    size_t at;                   // byte
    size_t index, line, column;  // from 0; an index counts characters
    int unit;                    // bytes of a code unit: 1 is UTF-8, 2 is UTF-16
    bool big_endian;
};

// Starts at the first character. A byte order mark before it is not counted.
struct yaml_walk yaml_walk_start(struct slice text);
bool yaml_walk_at_end(const struct yaml_walk *);
// The code unit at the position; 0 at the end.
uint32_t yaml_walk_unit(const struct yaml_walk *);
// Steps over one character, or CR LF. True: it was a line break.
bool yaml_walk_step(struct yaml_walk *);
// Moves on to the character with this index, or to the end. Returns the byte offset. Marks come in order, so all moves
// together cost one pass.
size_t yaml_walk_to(struct yaml_walk *, size_t index);
// Moves on to the byte, or to the end.
void yaml_walk_to_byte(struct yaml_walk *, size_t at);

// The length of the line break that starts at `at` in UTF-8, with CR LF counting as one; 0: there is none.
size_t yaml_break_length(struct slice text, size_t at);

// --- Lines, which end with a line feed.

size_t yaml_line_start(struct slice text, size_t at);
size_t yaml_line_end(struct slice text, size_t at);   // the offset of its line break
size_t yaml_next_line(struct slice text, size_t at);  // the offset after that
size_t yaml_column(struct slice text, size_t at);     // in bytes, from 0
// True when only spaces come before `at` on its line.
bool yaml_begins_line(struct slice text, size_t at);
// The line that starts there, without surrounding blanks.
struct slice yaml_line(struct slice text, size_t line_start);
// True for a line that has only a comment, and for a blank line.
bool yaml_is_comment(struct slice text, size_t line_start);
bool yaml_is_blank(struct slice text, size_t line_start);
