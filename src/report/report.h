// report/report.h
//
// What the command has found out, and where it is printed. A format sees this and nothing else: no environment, no
// clock, no terminal.
#pragma once

#include "base/buffer.h"
#include "compare/comparison.h"

// A root of which one side cannot be built.
struct failed_root {
    struct slice path;
    struct slice message;
    bool failed_before, failed_after;
    bool is_new, is_gone;  // the other state has no such root
    struct slice file;     // where the message is about; empty: nowhere
    uint32_t line, column;
};

// Of formats for people: what changes are ordered by.
enum report_group { REPORT_BY_OBJECT, REPORT_BY_FILE };

struct report {
    struct arena *arena;
    struct buffer *out;
    struct comparison *const *comparisons;  // of the roots that differ, by path
    size_t count;
    size_t compared;  // roots that were compared
    const struct failed_root *failed;
    size_t failed_count;
    size_t context;    // equal lines around a change
    size_t max_bytes;  // of Markdown
    bool color;
    enum report_group group;  // of text
    bool is_pair;             // two operands, and no roots
    bool show_all;            // the objects of a root that came or went
    bool show_unchanged;      // objects without a difference are counted
    size_t hidden;            // set: values that the format needs, and that are not shown
    struct diagnostics *diagnostics;
};

struct report_format {
    const char *name;
    void (*write)(struct report *);
};

// In the order of the help, ended by NULL.
extern const struct report_format *const report_formats[];
// NULL: there is none.
const struct report_format *report_format_find(struct slice name);

struct report_totals {
    size_t objects[OBJECT_ADDED + 1];
    size_t roots_changed;  // with those that build on one side only
};
struct report_totals report_totals(const struct report *);
