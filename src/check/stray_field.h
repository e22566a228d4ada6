// check/stray_field.h
//
// Where a field of a Kubernetes object belongs if its name is right but the map that contains it can't have it: further
// inside, in an item of a list beside it, or further outside.
#pragma once

#include "check/validation.h"

// A hint that says where the field belongs. `*becomes` gets the field of the map that will contain it, if any. NULL:
// there is no such place nearby.
const char *stray_field_place(struct validation *, const struct step *, uint16_t definition, const struct node *map,
                              const struct map_entry *, struct slice *becomes);
