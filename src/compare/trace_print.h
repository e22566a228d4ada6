// compare/trace_print.h
//
// A trace as text for people, and as JSON.
#pragma once

#include "base/buffer.h"
#include "compare/trace_field.h"

enum trace_format { TRACE_TEXT, TRACE_JSON };

struct trace_print {
    enum trace_format format;
    bool show_secrets;
    bool without_values;  // of the steps
    struct buffer *out;
};

enum { TRACE_VALUE_SHOWN = 120 };  // bytes of a value in a line of text

// The steps of one field.
void trace_print_field(struct trace *, const struct trace_changes *, const struct trace_print *);
// The steps of the object, each with all that it changed.
void trace_print_steps(struct trace *, const struct trace_print *);
// Each value of the object, with its place.
void trace_print_leaves(struct trace *, const struct trace_print *);
