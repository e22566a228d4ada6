// base/snippet.h
//
// The line of a file that a message is about, with a mark below the column:
//
//         7 |   name: fronted
//           |         ^
//
// Lines that may hold a secret are not shown: lines that base/secrets.h marks, lines of hidden sources, lines below a
// hidden field of the rules, and lines that look like `TOKEN=…` or `password: …`.
#pragma once

#include "base/buffer.h"
#include "base/source.h"

// Appends two lines or nothing. A line that doesn't fit into `columns` (0: a readable width) is cut.
void snippet_add(struct sources *, struct position, size_t columns, struct buffer *);
