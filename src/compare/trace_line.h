// compare/trace_line.h
//
// The other way round: what becomes of a line of a file. One build, observed: each value that ever had its text on the
// line is followed to the result.
#pragma once

#include "base/buffer.h"
#include "pipeline/build.h"

struct trace_line_print {
    bool json, show_secrets;
    struct buffer *out;
};

// `line` is FILE:LINE, the file as messages show it. False: diagnosed (no such form, no value is on the line, the root
// does not build).
bool trace_line(struct build *, const struct build_options *, struct slice directory, struct slice line,
                const struct trace_line_print *);
