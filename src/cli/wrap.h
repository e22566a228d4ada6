// cli/wrap.h
//
// Help as a person reads it on a terminal that is narrower than its lines:
//
//       --exclude KIND[/NAME]       without these objects; may be        |
//                                   repeated                             |
#pragma once

#include <stddef.h>

#include "base/buffer.h"
#include "base/slice.h"

// Adds `text` with no line longer than `columns` where there is a space to break it at. Paragraphs are filled, the
// second column of a list is continued below itself; what stands under `Examples:` is left alone, for it is copied.
void wrap_text(struct slice text, size_t columns, struct buffer *out);
