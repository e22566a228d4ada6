// kustomization/references.h
//
// The one table of the fields that name files or directories, in kustomizations and in the configurations of built-in
// plugins. Everything that follows references uses it.
//
//     struct reference_list references = {0};
//     references_in_kustomization(arena, root, &references);
//     for (size_t i = 0; i < references.count; i++)
//         … references.items[i].path.slice, .path.position, .field …
#pragma once

#include "doc/decode.h"

enum reference_kind {
    REFERENCE_FILE,        // a file
    REFERENCE_KEYED_FILE,  // `path` or `key=path`
    REFERENCE_OBJECTS,     // a file with resources, or inline resources
    REFERENCE_DIRECTORY,   // a directory with a kustomization, local or in a git repository
    REFERENCE_RESOURCE,    // a file, or such a directory
    REFERENCE_PLUGIN,      // REFERENCE_RESOURCE, or inline; the resources configure plugins, and may name files in turn
    REFERENCE_CHART_HOME,  // a directory with charts; `charts` if the path is empty
    REFERENCE_CHART,       // a directory that helm reads with everything below it; no field holds its path
};

// A field of a kustomization. `member` is a member of its map, or of each entry of its list; NULL: the field itself is
// a list of paths. The order is the one in which references are followed: those that override others when they are
// rewritten come last.
struct reference_field {
    const char *field, *member;
    enum reference_kind kind;
};
extern const struct reference_field reference_fields[];
extern const size_t reference_field_count;

// A field of a plugin configuration with `apiVersion: builtin`; `path` has one or two steps. Its value is a path or a
// list of paths.
struct reference_member {
    const char *kind;
    const char *path[2];
    enum reference_kind reference;
    bool stays;  // `localize` doesn't change it, as in kustomize
};
extern const struct reference_member reference_members[];
extern const size_t reference_member_count;

struct reference {
    enum reference_kind kind;
    struct slice field;  // "patches[0].path"
    struct text path;    // as written, with its position
};

struct reference_list {
    struct reference *items;
    size_t count, capacity;
};

// Appends the references of a kustomization, in the order of the table. The map needn't decode: values that aren't
// paths are skipped, and so are unknown fields; of a repeated field, the last one counts. The strings belong to the
// nodes.
void references_in_kustomization(struct arena *, const struct node *root, struct reference_list *);
// The same for a plugin configuration under `generators`, `transformers`, or `validators`; appends nothing unless it
// configures a built-in plugin.
void references_in_object(struct arena *, const struct node *object, struct reference_list *);

// The path of a reference without the key of REFERENCE_KEYED_FILE.
struct slice reference_path(const struct reference *);
// True when the string may be inline YAML instead of a path: it has several lines, or looks like a map.
bool reference_may_be_inline(const struct reference *);
