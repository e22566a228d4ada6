// base/json_pointer.h
//
// Elements of JSON pointers (RFC 6901), in which `~1` is a slash and `~0` a tilde.
#pragma once

#include "base/arena.h"
#include "base/buffer.h"

// Returns the element itself if it contains no escape.
struct slice json_pointer_unescape(struct arena *, struct slice element);
void json_pointer_add_escaped(struct buffer *, struct slice key);
