// report/report.h
//
// The results of a command, and where to print them. A format sees nothing else: no environment, no clock, and no
// terminal.
#pragma once

#include "base/buffer.h"
#include "compare/comparison.h"

// A root that can't be built on one or both sides.
struct failed_root {
    struct slice path;
    struct slice message;
    bool failed_before, failed_after;
    bool is_new, is_gone;  // the other state has no such root
    struct slice file;     // the place of the message; empty: none
    uint32_t line, column;
};

// How formats for people group changes.
enum report_group { REPORT_BY_OBJECT, REPORT_BY_FILE };

struct report {
    struct arena *arena;
    struct buffer *out;
    struct comparison *const *comparisons;  // of the roots that differ, sorted by path
    size_t count;
    size_t compared;  // roots that were compared
    const struct failed_root *failed;
    size_t failed_count;
    size_t context;    // equal lines around a change
    size_t max_bytes;  // of Markdown
    bool color;
    enum report_group group;  // of text
    bool is_pair;             // two operands instead of roots
    bool show_all;            // list the objects of an added or removed root
    bool show_unchanged;      // count objects without a difference
    size_t hidden;            // set: number of values that the format needs but that are hidden
    struct diagnostics *diagnostics;
};

struct report_format {
    const char *name;
    void (*write)(struct report *);
};

// In help order, terminated by NULL.
extern const struct report_format *const report_formats[];
// NULL: no such format.
const struct report_format *report_format_find(struct slice name);

struct report_totals {
    size_t objects[OBJECT_ADDED + 1];
    size_t roots_changed;  // including those that build on one side only
};
struct report_totals report_totals(const struct report *);
