// report/escape.h
//
// One function for each language that formats write.
#pragma once

#include "base/buffer.h"

// Escapes text and attribute values for HTML. Control characters and bidirectional controls become visible escapes.
void escape_html(struct buffer *, struct slice);
// The same inside Markdown, outside fences. Markdown markup has no effect, and nothing is mentioned or linked.
void escape_markdown(struct buffer *, struct slice);
// A notice in a GitHub workflow at a place, as below.
void escape_github_notice(struct buffer *, struct slice file, uint32_t line, uint32_t column, struct slice title,
                          struct slice message);
// An annotation in a GitHub workflow, as a whole line. A path may have any character; a message may have several lines.
struct github_annotation {
    const char *level;                  // "error", "warning", "notice"
    struct slice file;                  // empty: no place
    uint32_t line, column, end_column;  // 0: unknown
    struct slice title, message;
};
void escape_github(struct buffer *, const struct github_annotation *);
// Text or an attribute value in XML 1.0. Characters that XML can't contain become `?`, and invalid UTF-8 becomes
// U+FFFD.
void escape_xml(struct buffer *, struct slice);
// A Graphviz string, with its quotes.
void escape_dot(struct buffer *, struct slice);
// A path on a line of its own, as git prints it: quoted and escaped if it has control characters or quotes.
void escape_git_path(struct buffer *, struct slice);
