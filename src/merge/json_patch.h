// merge/json_patch.h
//
// JSON patches (RFC 6902) as kustomize applies them:
//
//     - op: replace
//       path: /spec/replicas
//       value: 3
//
// This differs from the RFC: whatever precedes the first `/` of a path is dropped, negative indices count from the end,
// `replace` of a missing key adds it, and `copy` of a missing key copies null.
#pragma once

#include "resource/resource.h"
#include "transform/doubt.h"
#include "yaml/read.h"

struct json_patch;

// Suspicious findings from applying a patch. The lists are in the build's arena.
struct patch_notes {
    struct {
        const struct node **items;
        size_t count, capacity;
    } created;  // paths at which `replace` found nothing
};

// Parses text that starts with `[` as strict JSON and any other text as YAML 1.1. Checks only that it is a list of
// maps. NULL: diagnosed.
struct json_patch *json_patch_parse(struct read_context *, const struct source *);

size_t json_patch_count(const struct json_patch *);
// The number of its source.
uint32_t json_patch_file(const struct json_patch *);
// The `path` or `from` of an operation; NULL if it is absent or not a string.
const struct node *json_patch_path(const struct json_patch *, size_t number);
const struct node *json_patch_from(const struct json_patch *, size_t number);
// What is in doubt if the patch was not applied.
enum doubt json_patch_doubt(const struct json_patch *);
// The `value` of an operation; NULL if it is absent.
const struct node *json_patch_value(const struct json_patch *, size_t number);
// True for a list of resources, none of which is an operation.
bool json_patch_lists_resources(const struct json_patch *);
// A key of an operation without a value that is nearly `value`; empty: there is none.
struct slice json_patch_misspelled_value(const struct json_patch *, size_t number);
// The name of an operation, such as "add"; empty if it is unknown.
const char *json_patch_operation(const struct json_patch *, size_t number);

// The last operation that may change what an object is called, or the first one.
struct position json_patch_naming_position(const struct json_patch *);

// Changes the tree of the object, whose whole content is converted to JSON and back. The caller must call
// resource_refresh_id afterwards. `notes` may be NULL. False: diagnosed at the operation.
bool json_patch_apply(struct resource_context *, const struct json_patch *, struct resource *, bool has_others,
                      struct patch_notes *);
