// resource/quantity.h
//
// Kubernetes quantities: `500m`, `1.5Gi`, `2e3`. They are compared exactly, however large they are.
#pragma once

#include "base/arena.h"
#include "base/slice.h"

// digits · 10^exponent, where the first digit isn't 0; zero has no digits. Numbers are rounded up to a multiple of one
// billionth.
struct quantity {
    bool negative;
    struct slice digits;
    long exponent;
};

// False: the text isn't a quantity.
bool quantity_read(struct arena *, struct slice text, struct quantity *);
// Returns a result like memcmp's.
int quantity_compare(const struct quantity *, const struct quantity *);
