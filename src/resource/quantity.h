// resource/quantity.h
//
// Quantities of Kubernetes: `500m`, `1.5Gi`, `2e3`. They are compared exactly, whatever their size.
#pragma once

#include "base/arena.h"
#include "base/slice.h"

// digits · 10^exponent, the first digit not 0; no digits: zero. Nothing is below a billionth, what is less counts as
// one.
struct quantity {
    bool negative;
    struct slice digits;
    long exponent;
};

// False: the text is no quantity.
bool quantity_read(struct arena *, struct slice text, struct quantity *);
// Like memcmp.
int quantity_compare(const struct quantity *, const struct quantity *);
