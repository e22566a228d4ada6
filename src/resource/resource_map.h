// resource/resource_map.h
//
// The objects of a kustomization in order of arrival, with indexes: by id (present and former) and by
// name (present and former). Look-ups cost what they find, not what the map holds.
#pragma once

#include "base/hash_index.h"
#include "resource/resource.h"

// What kustomize says of a resource whose id another one has; the id follows.
#define RESOURCE_ID_TAKEN "may not add resource with an already registered id"

struct resource_map {
    struct resource_context *context;
    struct resource **items;  // in order; a removed object is taken out by resource_map_drop_removed
    size_t count, capacity;
    struct resource **by_serial;  // all that ever were in the map
    uint32_t serial_count, serial_capacity;
    struct hash_index by_id;    // hash of (gvk, name, effective namespace) → serial
    struct hash_index by_name;  // hash of the name → serial; made when first asked for
    uint32_t named_count;       // serials that are in by_name
    bool has_removed;           // resource_map_remove was called since the last drop
};

void resource_map_init(struct resource_map *, struct resource_context *);

// False: diagnosed, an object with the same id is there; the message names both places.
bool resource_map_append(struct resource_map *, struct resource *);
// All of `from`, which is empty afterwards.
bool resource_map_absorb(struct resource_map *, struct resource_map *from);
// Puts `by` in the place of `old` and takes over nothing else.
void resource_map_replace(struct resource_map *, struct resource *old, struct resource *by);

// To be called after any change of an object's id (resource_refresh_id, resource_remember_id …).
void resource_map_reindex(struct resource_map *, struct resource *);

// Objects whose present (`current_only`) or any id equals; in order of arrival. The list is in the arena.
struct resource_list resource_map_with_id(struct resource_map *, const struct resource_id *, bool current_only);
// Objects whose present or any former name equals.
struct resource_list resource_map_named(struct resource_map *, const struct name *);

// Marks an object as deleted: no look-up finds it any more.
void resource_map_remove(struct resource_map *, struct resource *);
// Takes out the objects that were deleted. To be called after every step.
void resource_map_drop_removed(struct resource_map *);

// False: diagnosed when two objects share an id now, after renaming.
bool resource_map_check_unique(struct resource_map *);
// The same for one object.
bool resource_map_check_unique_id(struct resource_map *, const struct resource *);

// A text with a line for each object, its flags, former names, prefixes and suffixes below: for tests and debuggers.
//
//     apps/v1 Deployment a-web in shop, web.yaml:3:1
//       was Deployment web in default
//       prefixes a-
struct slice resource_map_dump(struct arena *, const struct resource_map *);
