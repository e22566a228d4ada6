// cli/wrap.h
//
// Wraps help for terminals that are narrower than its lines:
//
//       --exclude KIND[/NAME]       without these objects; may be        |
//                                   repeated                             |
#pragma once

#include <stddef.h>

#include "base/buffer.h"
#include "base/slice.h"

// Adds `text`, with lines broken at spaces to fit into `columns`. Paragraphs are filled, and the second column of a
// list continues below itself. Lines under `Examples:` are kept, because people copy them.
void wrap_text(struct slice text, size_t columns, struct buffer *out);
