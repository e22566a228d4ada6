// yaml/misread_case.h
//
// What the rules about refused text share: its lines, the levels of its indentation, and the tokens before the problem.
// Lines and columns count from 0 in the chunk; a line that doesn't exist is SIZE_MAX. Internal to yaml.
#pragma once

#include <yaml.h>

#include "doc/node.h"
#include "yaml/chunk.h"

struct text_line {
    struct slice text;
    size_t indent;    // the number of spaces at its start
    size_t content;   // the column where its content starts, after the dashes of items
    bool is_skipped;  // blank, or only a comment
    bool is_tabbed;   // a tab follows the spaces at its start
};

struct bracket {
    yaml_mark_t mark;
    char sign;
};

// The tokens before the problem.
struct scan {
    struct bracket open[NODE_DEPTH_MAX];
    size_t depth;            // of `open`
    bool is_closed;          // the innermost of them closes after the problem
    yaml_token_type_t type;  // of the last token
    yaml_scalar_style_t style;
    yaml_mark_t start, end;
};

struct misread {
    struct diagnostics *diagnostics;
    const yaml_parser_t *parser;
    const struct yaml_chunk *chunk;
    size_t line, column;            // where libyaml stopped
    const struct text_line *lines;  // up to some lines after the problem
    size_t line_count;
    struct scan scan;
};

bool misread_is_problem(const struct misread *, const char *start);
bool misread_is_context(const struct misread *, const char *context);

struct position misread_position(const struct misread *, size_t line, size_t column);
struct position misread_position_of_mark(const struct misread *, yaml_mark_t);
// The number of a line in the file, for hints.
unsigned misread_number(const struct misread *, size_t line);
// The spaces that a line needs in the file to start in a column: the chunk may be a string that is itself indented.
unsigned misread_spaces(const struct misread *, size_t line, size_t column);

// Empty if there is no such line.
struct text_line misread_line(const struct misread *, size_t line);
// The text of a line from a column on.
struct slice misread_text(const struct misread *, size_t line, size_t column);
char misread_byte(const struct misread *);  // at the problem; 0: at the end of a line
// The nearest line that isn't skipped.
size_t misread_line_above(const struct misread *, size_t line);
size_t misread_line_below(const struct misread *, size_t line);

static inline bool line_is_item(struct text_line line)
{
    return line.content > line.indent;
}

// The content of a line, without a comment or white space at its end.
struct slice line_content(struct text_line);
// The key of `key:` or `key: value`; empty: it has none.
struct slice line_key(struct text_line);
// True for `key: |`, whose string has to be indented further.
bool line_opens_string(struct text_line);
// True for `key:` without a value on the same line.
bool line_lacks_value(struct text_line);
// True for either: the next line may be indented further.
bool line_opens(struct text_line);

// A column in which the keys of a map, or the items of a list, start.
struct level {
    size_t line;  // the last that starts there
    size_t column;
    bool is_item;
};

struct level_list {
    struct level *items;
    size_t count, capacity;
};

// The levels around the lines before `line`, outermost first. Columns don't decrease; where they are equal, the list is
// the value of the key above it.
struct level_list misread_levels(const struct misread *, size_t line);
// True if the map that a level belongs to already has the key.
bool misread_has_key(const struct misread *, struct level, struct slice key);

// Each returns false if its rule doesn't apply; otherwise, the problem is diagnosed.
bool misread_tab(const struct misread *);
bool misread_open_quote(const struct misread *);
bool misread_text_after_quote(const struct misread *);
bool misread_comment(const struct misread *);
bool misread_brackets(const struct misread *);
bool misread_missing_comma(const struct misread *);
bool misread_line_without_colon(const struct misread *);
bool misread_colon(const struct misread *);
bool misread_indentation(const struct misread *);

// A key above the problem that is indented less than the map that it interrupts.
bool misread_outdented_key(const struct misread *, size_t line);
// A line that should be an item of a list but has no dash.
bool misread_missing_dash(const struct misread *, size_t line);
// Reports that the line, an item of a list, has no dash.
void misread_report_dash(const struct misread *, size_t line);
// Hints at the column in which the keys of the item on the line `item` start.
void misread_hint_key_of_item(const struct misread *, size_t item, size_t column);

// --- misread_levels.c. Where the line of the problem should start, judged from the lines around it.

// The spaces by which the first line that is indented further differs from the line above it.
size_t misread_step(const struct misread *);
// Hints at a column, and at a line that starts there. `rest` follows.
void misread_hint_indent(const struct misread *, size_t column, size_t like, const char *rest);
// True if the line below may tell where the line of the problem belongs.
bool misread_is_clear_below(const struct misread *);
// Hints at one of two levels, or at both. One of them may be NULL. `rest` follows.
void misread_hint_levels(const struct misread *, const struct level *inner, const struct level *outer,
                         const char *rest);
// The same with all levels around the line, except the first column.
void misread_hint_level(const struct misread *, bool is_item, const char *rest);
