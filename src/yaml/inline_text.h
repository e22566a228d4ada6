// yaml/inline_text.h
//
// Maps a text inside a scalar of a YAML file, such as an inline patch, to its lines in the file. Lines of a literal
// block are lines of the file; `\n` in quotes and folded lines are not.
#pragma once

#include "base/arena.h"
#include "base/source.h"

// Sets the offsets and segments of `inner`. The scalar begins at `position` in the text of `around`, and `content` is
// the rest of that text from the scalar's line on. Allocates in the arena, at most one segment for each line and each
// escape.
void inline_text_place(struct arena *, struct source *inner, const struct source *around, struct slice content,
                       struct position position);

// The place in its file of the character at `offset` in the text of the scalar at `position`. It remains `position` if
// the file is unknown, or hidden from messages. May be called by any thread, with its own arena.
struct position inline_text_position(const struct sources *, struct arena *, struct slice text,
                                     struct position position, size_t offset);
