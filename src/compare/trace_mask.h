// compare/trace_mask.h
//
// Which values a trace shows, by the rules of compare/mask.h.
#pragma once

#include "compare/mask.h"

// A masking that shows the length and the start of the hash of a hidden value, so that equal values can be recognized.
struct masking trace_masking(struct build *, const struct resource *, const struct compare_options *);

// The value of a field whose path has the form of trace_field_parse; the empty path is the whole object.
const struct node *trace_masked(const struct masking *, struct slice path, const struct node *);
