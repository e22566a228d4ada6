// yaml/inline_text.h
//
// A text inside a scalar of a YAML file, such as an inline patch: where its lines are in the file. The lines of a
// literal block are lines of the file; `\n` in quotes and folded lines are not.
#pragma once

#include "base/arena.h"
#include "base/source.h"

// Sets the offsets and the segments of `inner`. The scalar begins at `position` in the text of `around`, whose rest
// from that line on is `content`. Allocates in the arena, one segment at most for each line and each escape.
void inline_text_place(struct arena *, struct source *inner, const struct source *around, struct slice content,
                       struct position position);
