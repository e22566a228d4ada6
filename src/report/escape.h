// report/escape.h
//
// One function for each language that a format writes.
#pragma once

#include "base/buffer.h"

// Text and attribute values of HTML. Control characters, and those that turn the direction of writing, become escapes.
void escape_html(struct buffer *, struct slice);
// The message of a workflow command of GitHub, and the value of one of its properties.
void escape_github_data(struct buffer *, struct slice);
void escape_github_property(struct buffer *, struct slice);
