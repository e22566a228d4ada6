// base/line_index.h
//
// Where lines and columns of a text are, without reading it from its start for each.
#pragma once

#include "base/arena.h"

struct line_index_entry {
    uint32_t line, column;  // from 1; a column is a character
    size_t offset;
};

struct line_index {
    struct slice text;
    struct line_index_entry *items;  // the start of each line, and places within long ones
    size_t count, capacity;
};

// The text stays where it is. Lines end with line feeds; a mark of the encoding at the start is not counted.
struct line_index line_index_new(struct arena *, struct slice text);

// The offset of a place in the text; SLICE_NOT_FOUND when the line is not there or ends before it.
size_t line_index_find(const struct line_index *, uint32_t line, uint32_t column);
