// compare/trace_mask.h
//
// What a trace shows of values, by the rule of compare/mask.h.
#pragma once

#include "compare/mask.h"

// A masking that shows of a hidden value how long it is, and the start of its hash, so that equal ones are seen.
struct masking trace_masking(struct build *, const struct resource *, const struct compare_options *);

// The value of a field, which is named as trace_field_parse reads it; the empty path is the whole object.
const struct node *trace_masked(const struct masking *, struct slice path, const struct node *);
