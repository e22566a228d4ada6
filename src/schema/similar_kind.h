// schema/similar_kind.h
//
// Whether one kind is a misspelling of another: Deploymnet, Configmap, and Jobs are. TCPRoute and TLSRoute are
// different kinds.
#pragma once

#include "base/slice.h"

// True for the same kind, too.
bool kinds_are_similar(struct slice kind, struct slice other);

// The most similar one; empty: none is similar.
struct slice nearest_kind(struct slice kind, const struct slice *kinds, size_t count);
