// transform/set_fields.h
//
// What the transformers have in common that go by field specs: which specs concern an object is found out
// once for each kind; a scalar that is overwritten keeps its quotes; the identity of an object follows its
// fields.
#pragma once

#include "resource/gvk_table.h"
#include "transform/parallel_for.h"

// The specs that concern the objects of one group, version and kind.
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
    const struct field_spec *spec;  // the one that is being followed
    // May exclude specs from kinds. NULL: the group, version and kind of the spec decide alone.
    bool (*concerns)(const struct field_spec *, const struct gvk *);
    struct gvk_table kinds;  // of struct kind_specs
    const struct kind_specs *latest;
};

// `visit` sees every place that a spec leads to; `create_leaf` is what it finds where nothing was.
struct set_fields set_fields_start(struct transform_context *, struct resource_map *, const struct field_specs *,
                                   enum field_leaf create_leaf, bool (*visit)(void *state, struct node **leaf),
                                   void *state);

const struct kind_specs *set_fields_of_kind(struct set_fields *, const struct gvk *);

// Visits the places of all specs that concern the object. False: diagnosed.
bool set_fields_in(struct set_fields *, struct resource *);
// The same for one spec.
bool set_field_in(struct set_fields *, const struct field_spec *, struct resource *);

// Does the work on `count` objects as parallel_for does; one after the other where a spec leads to a part of what
// identifies an object, for then the map follows each change.
bool set_fields_parallel(struct transform_context *, const struct field_specs *, size_t count, object_work,
                         const void *settings);

// Stores the present id as a former one, before a change. False: diagnosed, there is a list where kustomize would
// store it.
bool remember_id(struct transform_context *, struct resource *);

// --- Writing scalars. The quotes of the old text stay.

// A plain scalar means what the new text resolves to, a quoted one stays a string.
void scalar_set_untyped(struct node *, struct slice);
// A plain scalar gets the tag, a quoted one stays a string.
void scalar_set_typed(struct node *, struct slice, enum node_tag);
// False: diagnosed, the node is a map or a list. `what` is the field in words.
bool require_scalar(struct transform_context *, const struct node *, const char *what);
