// kustomization/references.h
//
// Which fields of a kustomization, and of the objects that configure builtin plugins, name files or directories. There
// is this one table: a field that is added to it is known to all who follow references.
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
    REFERENCE_OBJECTS,     // a file with objects, or the objects themselves
    REFERENCE_DIRECTORY,   // a directory with a kustomization, local or in a git repository
    REFERENCE_RESOURCE,    // a file or such a directory
    REFERENCE_PLUGIN,      // REFERENCE_RESOURCE, or objects; the objects configure plugins, and may name files in turn
    REFERENCE_CHART_HOME,  // a directory with charts; an empty path: `charts`
    REFERENCE_CHART,       // a directory that helm reads with all below it. Only in lists: no field holds its path
};

// A field of a kustomization. `member` is that of its map, or of each entry of its list; NULL: the field itself is a
// list of paths. The order is that in which references are followed: those that are rewritten over others come last.
struct reference_field {
    const char *field, *member;
    enum reference_kind kind;
};
extern const struct reference_field reference_fields[];
extern const size_t reference_field_count;

// A field of an object of `apiVersion: builtin`; `path` has one step or two. Its value is a path or a list of paths.
struct reference_member {
    const char *kind;
    const char *path[2];
    enum reference_kind reference;
    bool stays;  // `localize` leaves it as it is, as kustomize does
};
extern const struct reference_member reference_members[];
extern const size_t reference_member_count;

struct reference {
    enum reference_kind kind;
    struct slice field;  // "patches[0].path"
    struct text path;    // as it is written, with its place
};

struct reference_list {
    struct reference *items;
    size_t count, capacity;
};

// Appends what a kustomization names, in the order of the table. The map need not decode: what is no path is passed
// over, unknown fields too, and of a repeated field the last one counts. The texts are those of the nodes.
void references_in_kustomization(struct arena *, const struct node *root, struct reference_list *);
// The same for an object under `generators`, `transformers` or `validators`; nothing if it configures no builtin
// plugin.
void references_in_object(struct arena *, const struct node *object, struct reference_list *);

// The path of a reference without the key of REFERENCE_KEYED_FILE.
struct slice reference_path(const struct reference *);
// True where the text may be objects instead of a path: it has several lines, or a `:` that a map has.
bool reference_may_be_inline(const struct reference *);
