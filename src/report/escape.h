// report/escape.h
//
// One function for each language that a format writes.
#pragma once

#include "base/buffer.h"

// Text and attribute values of HTML. Control characters, and those that turn the direction of writing, become escapes.
void escape_html(struct buffer *, struct slice);
// The same within Markdown, outside of a fence: it has no mark of Markdown either.
void escape_markdown(struct buffer *, struct slice);
// A notice of a workflow of GitHub, a whole line. `file` empty: at no place; `line` and `column` may be 0. The
// message may have several lines; what is the user's in it is to be escaped before.
void escape_github_notice(struct buffer *, struct slice file, uint32_t line, uint32_t column, struct slice title,
                          struct slice message);
// A string of Graphviz, with its quotes.
void escape_dot(struct buffer *, struct slice);
// A path on a line of its own, as git prints it: in quotes with escapes where it has control characters or quotes.
void escape_git_path(struct buffer *, struct slice);
