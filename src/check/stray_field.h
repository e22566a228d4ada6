// check/stray_field.h
//
// Where a correctly named field of a Kubernetes object belongs if the map that contains it can't have it: deeper, in an
// item of a neighboring list, or in an enclosing map.
#pragma once

#include "check/validation.h"

// If the map at the step lacks the field, and the enclosing map has it as an unknown field, adds a hint to move it.
// Returns false if it adds no hint.
bool stray_field_hint_missing(struct validation *, struct sighting *, const struct step *, struct slice field);

// A hint that says where the field belongs. `*becomes` gets the name of the field of `map` that the entry should
// move into, if any; if several fit, the first of them. NULL: there is no such place nearby.
const char *stray_field_place(struct validation *, const struct step *, uint16_t definition, const struct node *map,
                              const struct map_entry *, struct slice *becomes);
