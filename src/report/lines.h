// report/lines.h
//
// A change as lines with signs, as in a diff.
#pragma once

#include "report/report.h"

enum line_sign {
    LINE_SAME = ' ',
    LINE_OLD = '-',
    LINE_NEW = '+',
    LINE_GAP = '.',    // equal lines left out
    LINE_NOTE = '\\',  // about the line before
};

struct signed_line {
    enum line_sign sign;
    struct slice text;  // as in the value, unescaped
};

struct signed_lines {
    struct signed_line *items;
    size_t count, capacity;
};

// The differing lines of multi-line strings, otherwise all lines of both values.
struct signed_lines change_lines(struct report *, const struct change *);
// All lines of a value.
void node_lines(struct report *, enum line_sign, const struct node *, struct signed_lines *);

// Calls `visit` for each visible change in order, including those inside documents.
void visit_changes(const struct change_list *, void (*visit)(void *state, const struct change *), void *state);
