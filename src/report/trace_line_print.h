// report/trace_line_print.h
//
// What becomes of a line, in one root or in many: as text for people, as JSON, and as annotations of GitHub.
#pragma once

#include "compare/trace_line.h"
#include "report/trace_print.h"

struct line_root {
    struct slice path;
    bool reads;   // the root reads the file
    bool failed;  // it does not build, so that nobody knows
    struct line_values values;
};

struct line_report {
    struct arena *arena;
    struct slice file;
    uint32_t line;
    const struct line_root *roots;
    size_t count;
    bool is_one;   // one root was asked for, and it is not named
    bool verbose;  // name all roots, however many they are
};

void trace_line_print(const struct line_report *, enum trace_format, struct buffer *out);
