// base/columns.h
//
// Rows of cells for people, each column as wide as its widest cell and two blanks apart. A column without text takes no
// room, and no line ends with blanks.
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

// `width_max`: no column is made wider than that for the sake of one cell.
void columns_write(const struct columns *, size_t width_max, struct buffer *out);
