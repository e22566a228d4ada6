// report/escape.h
//
// One function for each language that a format writes.
#pragma once

#include "base/buffer.h"

// Text and attribute values of HTML. Control characters, and those that turn the direction of writing, become escapes.
void escape_html(struct buffer *, struct slice);
// The same within Markdown, outside of a fence: it has no mark of Markdown either, and mentions and links nothing.
void escape_markdown(struct buffer *, struct slice);
// A notice of a workflow of GitHub at a place, as below.
void escape_github_notice(struct buffer *, struct slice file, uint32_t line, uint32_t column, struct slice title,
                          struct slice message);
// An annotation of a workflow of GitHub, a whole line. A path may have any character; a message may have several lines.
struct github_annotation {
    const char *level;                  // "error", "warning", "notice"
    struct slice file;                  // empty: at no place
    uint32_t line, column, end_column;  // 0: unknown
    struct slice title, message;
};
void escape_github(struct buffer *, const struct github_annotation *);
// Text or an attribute's value of XML 1.0: what XML can't hold becomes `?`, and bytes that are no UTF-8 U+FFFD.
void escape_xml(struct buffer *, struct slice);
// The path of a URI reference: all but letters, digits, `-._~/` in percent escapes.
void escape_uri_path(struct buffer *, struct slice);
// A string of Graphviz, with its quotes.
void escape_dot(struct buffer *, struct slice);
// A path on a line of its own, as git prints it: in quotes with escapes where it has control characters or quotes.
void escape_git_path(struct buffer *, struct slice);
