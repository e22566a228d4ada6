// transform/set_fields.h
//
// Shared by transformers that use field specs. The specs that apply to an object are looked up once per kind. A scalar
// that is overwritten keeps its quotes. The ID of an object is updated when its fields change.
#pragma once

#include "resource/gvk_table.h"
#include "transform/parallel_for.h"

// The specs that apply to the objects of one group, version, and kind.
struct kind_specs {
    struct gvk gvk;
    const struct field_spec **items;
    size_t count, capacity;
};

// One run of one transformer over a map.
struct set_fields {
    struct transform_context *context;
    struct resource_map *resources;
    const struct field_specs *specs;
    struct field_walk walk;
    const struct field_spec *spec;  // the current one
    // May exclude a spec for a kind. NULL: only the group, version, and kind of the spec decide.
    bool (*concerns)(const struct field_spec *, const struct gvk *);
    struct gvk_table kinds;  // of struct kind_specs
    const struct kind_specs *latest;
};

// `visit` is called for every field that a spec matches. A field that is missing is created as `create_leaf`.
struct set_fields set_fields_start(struct transform_context *, struct resource_map *, const struct field_specs *,
                                   enum field_leaf create_leaf, bool (*visit)(void *state, struct node **leaf),
                                   void *state);

const struct kind_specs *set_fields_of_kind(struct set_fields *, const struct gvk *);

// Visits the fields of all specs that apply to the object. False: diagnosed.
bool set_fields_in(struct set_fields *, struct resource *);
// Visits the fields of one spec. False: diagnosed.
bool set_field_in(struct set_fields *, const struct field_spec *, struct resource *);

// Works like parallel_for, but on one thread if a spec names a field that is part of the ID, since the resource map
// must then be updated after each change.
bool set_fields_parallel(struct transform_context *, const struct field_specs *, size_t count, object_work,
                         const void *settings);

// Stores the current ID as a former one, before a change. False: diagnosed (kustomize would store it in the
// annotations, but they are a list).
bool remember_id(struct transform_context *, struct resource *);

// --- Writing scalars. The new text keeps the quotes of the old one.

// A plain scalar gets the type that the new text resolves to, and a quoted one stays a string.
void scalar_set_untyped(struct node *, struct slice);
// A plain scalar gets the tag, and a quoted one stays a string.
void scalar_set_typed(struct node *, struct slice, enum node_tag);
// False: diagnosed (the node is a map or list). `what` describes the field, as in "a name". `spec` leads to it; may be
// NULL.
bool require_scalar(struct transform_context *, const struct field_spec *spec, const struct node *, const char *what);
