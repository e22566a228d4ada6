// merge/json_patch.h
//
// JSON patches (RFC 6902) as kustomize applies them:
//
//     - op: replace
//       path: /spec/replicas
//       value: 3
//
// It differs from the RFC: the first element of a path is dropped whatever it is, negative indices count from the end,
// `replace` sets a key that is not there, `copy` of a key that is not there copies null.
#pragma once

#include "resource/resource.h"
#include "yaml/read.h"

struct json_patch;

// What an application of a patch found odd, for who asks; the lists are in the arena of the build.
struct patch_notes {
    struct {
        const struct node **items;
        size_t count, capacity;
    } created;  // paths of `replace` at which nothing was
};

// A text that starts with `[` is strict JSON, any other is YAML 1.1. Only the frame is checked here: a list of
// operations, each a map. NULL: diagnosed.
struct json_patch *json_patch_parse(struct read_context *, const struct source *);

size_t json_patch_count(const struct json_patch *);
// The number of its source.
uint32_t json_patch_file(const struct json_patch *);
// The `path` of an operation, by its number; NULL where it is absent or no string.
const struct node *json_patch_path(const struct json_patch *, size_t number);
// The same for `from`.
const struct node *json_patch_from(const struct json_patch *, size_t number);
// "add", "test" …
const char *json_patch_operation(const struct json_patch *, size_t number);

// Changes the tree of the object; its whole content passes through JSON. To be followed by resource_refresh_id.
// False: diagnosed at the operation. `notes` may be NULL.
bool json_patch_apply(struct resource_context *, const struct json_patch *, struct resource *, struct patch_notes *);
