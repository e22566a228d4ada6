// base/percent.h
//
// Percent encoding in URIs.
#pragma once

#include "base/buffer.h"

// Appends the text with everything encoded but letters, digits, and `-._~/`, which have no special meaning in a path.
void percent_encode(struct buffer *, struct slice);
