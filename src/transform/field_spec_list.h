// transform/field_spec_list.h
//
// Field specs as users write them, in `labels[].fields` and in the `fieldSpecs` of configuration objects.
//
//     fieldSpecs:
//     - {path: spec/template/metadata/labels, create: true, kind: Deployment}
#pragma once

#include "doc/decode.h"
#include "transform/context.h"

struct field_spec_entry {
    struct position position;
    struct text group, version, kind, path;
    bool create;
};

extern const struct decode_type field_spec_entry_type;

// A list of them as a member of a struct, for DECODE_LIST.
struct field_spec_entries {
    struct field_spec_entry **items;
    size_t count, capacity;
};

// Converts the entries without merging them.
struct field_specs *field_specs_from_entries(struct transform_context *, const struct field_spec_entries *);

// Merges `more` into `specs`. False: diagnosed at `position` (two specs for the same path conflict).
bool field_specs_add(struct transform_context *, struct field_specs *specs, const struct field_specs *more,
                     struct position position);

// Decodes a configuration object (`apiVersion: builtin` under `transformers`). Like kustomize, it ignores unknown
// fields and accepts numbers and booleans as strings. NULL: diagnosed.
void *configuration_object_decode(struct transform_context *, const struct decode_type *, const struct node *object);
