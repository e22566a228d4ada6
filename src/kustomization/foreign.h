// kustomization/foreign.h
//
// Recognizes files with the name of a kustomization that are something else: a resource, Flux's Kustomization, a
// Chart.yaml, the values of a chart, a list. Internal to kustomization.
#pragma once

#include "base/diagnostics.h"
#include "doc/decode.h"
#include "doc/node.h"

// True: diagnosed, because the map isn't a kustomization. `type` has the fields of one.
bool foreign_refuse(struct arena *, struct diagnostics *, const struct decode_type *type, const struct node *map);
// Diagnoses a list or a scalar.
void foreign_refuse_no_map(struct diagnostics *, const struct decode_type *type, const struct node *);
// Kustomization or Component, whichever is near; empty: neither.
struct slice foreign_nearest_kind(struct slice kind);
