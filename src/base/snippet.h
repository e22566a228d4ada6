// base/snippet.h
//
// The line of a file that a message is about, with a mark below the column:
//
//         7 |   name: fronted
//           |         ^
//
// Lines that may hold a secret are not shown: those that base/secrets.h knows, those of sources that are hidden, what
// stands below a hidden field of the rules, and what looks like `TOKEN=…` or `password: …`.
#pragma once

#include "base/buffer.h"
#include "base/source.h"

// Appends two lines, or nothing. A line that does not fit into `columns`, of which 0 are as many as are good to read,
// is cut.
void snippet_add(struct sources *, struct position, size_t columns, struct buffer *);
