// base/line_index.h
//
// Where lines and columns of a text are, without reading it from its start for each.
#pragma once

#include "base/arena.h"

struct text_place {
    uint32_t line, column;  // from 1; a column is a character
    size_t offset;
};

struct text_places {
    struct slice text;
    struct text_place *items;  // the start of each line, and places within long ones
    size_t count, capacity;
};

// The text stays where it is. Lines end with line feeds; a mark of the encoding at the start is not counted.
struct text_places text_places_of(struct arena *, struct slice text);

// The offset of a place in the text; SLICE_NOT_FOUND when the line is not there or ends before it.
size_t text_places_find(const struct text_places *, uint32_t line, uint32_t column);
