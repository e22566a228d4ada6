// transform/set_pairs.h
//
// Sets keys with string values in maps: labels and annotations.
#pragma once

#include "doc/decode.h"
#include "transform/context.h"
#include "transform/field_spec_list.h"

struct set_pairs;

// `specs` name the maps. `specs_of_user`: some of them come from the user, and may create fields on the path of others.
const struct set_pairs *set_pairs_new(struct transform_context *, const struct text_map *,
                                      const struct field_specs *specs, bool specs_of_user);

bool set_pairs_apply(struct transform_context *, const struct set_pairs *, struct resource_map *);
