// kustomization/encode.h
//
// The form in which kustomize writes a decoded kustomization: without comments, with the canonical names of fields, and
// without empty values: empty strings, lists, and maps, `false`, and 0, except for the few that kustomize always
// writes, such as `count`.
//
//     # the shop                         namePrefix: x-
//     nameprefix: "x-"            →      replicas:
//     replicas: [{name: web}]            - count: 0
//     crds: []                             name: web
#pragma once

#include "base/name.h"
#include "doc/decode.h"

struct encode_context {
    struct arena *arena;
    struct name_table *names;
};

// All fields of a struct that decode_struct decoded with kustomization_shape, ready for the writer of resources.
struct node *kustomization_encode(const struct encode_context *, const struct decode_type *shape, const void *decoded);
// A single field. NULL: it is left out.
struct node *kustomization_encode_field(const struct encode_context *, const struct decode_field *,
                                        const void *decoded);
