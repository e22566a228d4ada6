// kustomization/encode.h
//
// The form in which kustomize writes a kustomization that it has decoded: no comments, the names of fields in their own
// spelling, and nothing of what says nothing: empty texts, lists and maps, `false`, 0.
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

// All fields of what decode_struct made by kustomization_shape, for the writer of resources.
struct node *kustomization_encode(const struct encode_context *, const struct decode_type *shape, const void *decoded);
// One of them. NULL: it is left out.
struct node *kustomization_encode_field(const struct encode_context *, const struct decode_field *,
                                        const void *decoded);
