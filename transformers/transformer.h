// transformers/transformer.h
//
// A transformer changes the resources of one kustomization in place. It sees its own configuration, the resource map,
// and its context, but no commands and no other transformers. It reads only files that its configuration names.
#pragma once

#include <stdbool.h>

#include "doc/decode.h"
#include "transform/context.h"

enum transformer_unit {
    TRANSFORMER_WHOLE,  // `configure` gets the value of the field
    TRANSFORMER_ENTRY,  // the field is a list; `configure` is called for each item, which becomes a separate step
};

struct transformer {
    const char *field;  // its key in kustomization.yaml; NULL: only available as an object under `transformers`
    // Another field, for TRANSFORMER_WHOLE. If that has entries, this transformer runs even if `skip` is set or its own
    // field is absent (`configure` then gets NULL). May be NULL.
    const char *companion;
    enum transformer_unit unit;
    struct decode_field shape;  // of the field's value: kind and type; checked when the kustomization is read
    const char *kind;           // its built-in kind

    // Decodes the value of `field` or one of its entries. NULL: diagnosed. All transformers of a kustomization are
    // configured before the first one is applied. May set `*skip` to true if this configuration is not a step at all.
    const void *(*configure)(struct transform_context *, const struct node *value, bool *skip);

    // Decodes an object of `kind` (apiVersion builtin) under `transformers`. NULL: not available.
    const void *(*configure_object)(struct transform_context *, const struct node *object);

    // False: diagnosed; the build then prints nothing.
    bool (*apply)(struct transform_context *, const void *settings, struct resource_map *);
    // True if a failed `apply` itself puts the resources that it should have changed in doubt (transform/doubt.h).
    // Otherwise, the caller puts all of them in doubt.
    bool limits_doubt;
};

// In the order in which they run; the last element is NULL.
extern const struct transformer *const transformers[];
