// transformers/transformer.h
//
// A transformer changes the resources of one kustomization in place. It sees its own
// configuration, the resource map and this context: no commands, no other transformers, and only
// those files that its configuration names.
#pragma once

#include <stdbool.h>

#include "doc/decode.h"
#include "transform/context.h"

enum transformer_unit {
    TRANSFORMER_WHOLE,  // `configure` gets the value of the field
    TRANSFORMER_ENTRY,  // the field is a list; `configure` is called for each item, each is a step of its own
};

struct transformer {
    const char *field;  // its key in kustomization.yaml; NULL: only as an object under `transformers`
    // Another field, for a whole one: when that has entries, this is a step too, whatever `skip` says, and even when
    // its own field is absent (`configure` then gets NULL). May be NULL.
    const char *companion;
    enum transformer_unit unit;
    struct decode_field shape;  // of the field's value: kind and type; checked when the kustomization is read
    const char *kind;  // its builtin kind

    // Decodes the value of `field` or one entry of it. NULL: the reason is in diagnostics.
    // All transformers of a kustomization are configured before the first is applied.
    // `*skip` set to true: this configuration does nothing and is no step at all.
    const void *(*configure)(struct transform_context *, const struct node *value, bool *skip);

    // The same for an object of `kind` (apiVersion builtin) under `transformers`. NULL: not available.
    const void *(*configure_object)(struct transform_context *, const struct node *object);

    // False: the reason is in diagnostics, and the build prints nothing.
    bool (*apply)(struct transform_context *, const void *settings, struct resource_map *);
};

// In the order of running, ended by NULL.
extern const struct transformer *const transformers[];
