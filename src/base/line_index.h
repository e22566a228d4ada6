// base/line_index.h
//
// Finds lines and columns in a text without scanning it from the start each time.
#pragma once

#include "base/arena.h"

struct line_index_entry {
    uint32_t line, column;  // counted from 1; a column is a character
    size_t offset;
};

struct line_index {
    struct slice text;
    struct line_index_entry *items;  // the start of each line, and places inside long lines
    size_t count, capacity;
};

// The text isn't copied. Lines end with line feeds; a byte order mark at the start doesn't count as a column.
struct line_index line_index_new(struct arena *, struct slice text);

// The offset of a place in the text; SLICE_NOT_FOUND if there is no such line or column.
size_t line_index_find(const struct line_index *, uint32_t line, uint32_t column);
