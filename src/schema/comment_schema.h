// schema/comment_schema.h
//
// The schema that a comment gives to a field:
//
//     ports: # {"type": "array", "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "port"}
//     - port: 80
//     # {"$ref": "#/definitions/io.k8s.api.core.v1.PodTemplateSpec"}
//     template: {}
//
// It stands behind the key or the value, or is the first line of the comments above them. A comment that is no JSON
// object, or an empty one, is none. Which comment belongs to which node is said by yaml/tree.h.
#pragma once

#include "schema/schema.h"

// What is known of the sources so far, by their numbers. Starts as zeros; everything is in the arena.
struct comment_schemas {
    struct source_comments **items;
    size_t count, capacity;
};

// The schema of the field whose key is at `key`; zero: no comment gives one. `$ref` leads to the definitions of
// `schema`. A source is looked through once, when the first key in it is asked for.
struct schema_type comment_schema_of(struct comment_schemas *, struct arena *, struct name_table *,
                                     const struct sources *, const struct schema *schema, struct position key);
