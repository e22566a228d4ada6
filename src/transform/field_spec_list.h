// transform/field_spec_list.h
//
// Field specs as they are written: in `labels[].fields` and in the `fieldSpecs` of configuration objects.
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

// The member of a struct that holds such a list, for DECODE_LIST.
struct field_spec_entries {
    struct field_spec_entry **items;
    size_t count, capacity;
};

// One after the other, as written.
struct field_specs *field_specs_from_entries(struct transform_context *, const struct field_spec_entries *);

// Adds `more` to `specs` by the rules of merging. False: diagnosed at `position`: two specs for one path do not agree.
bool field_specs_add(struct transform_context *, struct field_specs *specs, const struct field_specs *more,
                     struct position position);

// A configuration object (`apiVersion: builtin` under `transformers`): its fields as kustomize reads them, which
// ignores what it does not know and takes numbers and booleans for texts. NULL: diagnosed.
void *configuration_object_decode(struct transform_context *, const struct decode_type *, const struct node *object);
