// report/trace_line_print.h
//
// Prints what becomes of a line, in one root or several: as text for people, as JSON, and as GitHub annotations.
#pragma once

#include "compare/trace_line.h"
#include "report/trace_print.h"

struct line_root {
    struct slice path;
    bool reads;   // the root reads the file
    bool failed;  // it does not build, so its outcome is unknown
    struct line_values values;
};

struct line_report {
    struct arena *arena;
    struct slice file;
    uint32_t line;
    const struct line_root *roots;
    size_t count;
    bool is_one;   // only one root was requested, so it isn't named
    bool verbose;  // name all roots, however many there are
};

void trace_line_print(const struct line_report *, enum trace_format, struct buffer *out);
