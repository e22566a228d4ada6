// report/trace_print.h
//
// Prints a trace as text for people, as JSON, and as GitHub annotations.
#pragma once

#include "base/buffer.h"
#include "compare/comparison.h"
#include "compare/trace_field.h"

enum trace_format { TRACE_TEXT, TRACE_JSON, TRACE_GITHUB };

struct trace_print {
    enum trace_format format;
    const struct compare_options *options;  // what to hide
    bool without_values;                    // print the steps without values
    struct buffer *out;
};

// The steps of one field.
void trace_print_field(struct trace *, const struct trace_changes *, const struct trace_print *);
// The steps of the object, each with all that it changed.
void trace_print_steps(struct trace *, const struct trace_print *);
// Each value of the object and where it is written; the parameters are those of trace_leaves.
bool trace_print_leaves(struct trace *, struct trace_field *, struct slice text, const struct trace_print *);
