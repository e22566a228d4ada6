// schema/comment_schema.h
//
// The schema that a comment assigns to a field:
//
//     ports: # {"type": "array", "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "port"}
//     - port: 80
//     # {"$ref": "#/definitions/io.k8s.api.core.v1.PodTemplateSpec"}
//     template: {}
//
// The comment comes after the key or the value, or its object is on the first line of the comments above them. A
// comment that isn't a JSON object, or an empty object, is ignored. yaml/tree.h says which comment belongs to which
// node.
#pragma once

#include "schema/schema.h"

// What is known of each source so far, by its number. Zeroed at first; all memory is from the arena.
struct comment_schemas {
    struct source_comments **items;
    size_t count, capacity;
};

// The schema of the field whose key is at `key`; zero if no comment gives one. A `$ref` refers to the definitions of
// `schema`. A source is searched once, when the first of its keys is asked for.
struct schema_type comment_schema_of(struct comment_schemas *, struct arena *, struct name_table *,
                                     const struct sources *, const struct schema *schema, struct position key);
