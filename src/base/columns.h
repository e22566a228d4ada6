// base/columns.h
//
// Rows of cells for people to read. A column is as wide as its widest cell, with two blanks between columns. Empty
// columns take no room, and lines have no trailing blanks.
#pragma once

#include "base/arena.h"
#include "base/buffer.h"

enum { COLUMNS_MAX = 6 };

struct columns_row {
    struct slice cells[COLUMNS_MAX];
};

// Filled with list_append.
struct columns {
    struct columns_row *items;
    size_t count, capacity;
};

// `width_max`: the most that a column is padded to.
void columns_write(const struct columns *, size_t width_max, struct buffer *out);
