// resource/resource_map.h
//
// The resources of a kustomization in order of arrival, with indexes by ID and by name, both current and previous. The
// cost of a lookup depends on its result, not on the size of the map.
#pragma once

#include "base/hash_index.h"
#include "resource/resource.h"

// kustomize's message about a resource whose ID is already taken; the ID follows.
#define RESOURCE_ID_TAKEN "may not add resource with an already registered id"

struct resource_map {
    struct resource_context *context;
    struct resource **items;  // in order; resource_map_drop_removed drops the removed ones
    size_t count, capacity;
    struct resource **by_serial;  // everything that was ever in the map
    uint32_t serial_count, serial_capacity;
    struct hash_index by_id;    // hash of (gvk, name, effective namespace) → serial
    struct hash_index by_name;  // hash of the name → serial; made on first use
    uint32_t named_count;       // serials that are in by_name
    bool has_removed;           // resource_map_remove was called since the last drop
};

void resource_map_init(struct resource_map *, struct resource_context *);

// False: diagnosed (a resource with the same ID exists); the message names both positions.
bool resource_map_append(struct resource_map *, struct resource *);
// Appends all of `from`, which is empty afterwards. False: diagnosed.
bool resource_map_absorb(struct resource_map *, struct resource_map *from);
// Puts `by` in the place of `old`, without taking over any of its state.
void resource_map_replace(struct resource_map *, struct resource *old, struct resource *by);

// Call this after any change of a resource's ID (resource_refresh_id, resource_remember_id …).
void resource_map_reindex(struct resource_map *, struct resource *);

// Resources that have this ID or, unless `current_only` is set, once had it; in order of arrival. The list is in the
// arena.
struct resource_list resource_map_with_id(struct resource_map *, const struct resource_id *, bool current_only);
// Resources whose current name or any previous one equals this name.
struct resource_list resource_map_named(struct resource_map *, const struct name *);

// Marks a resource as deleted; lookups no longer find it.
void resource_map_remove(struct resource_map *, struct resource *);
// Drops the deleted resources. Call this after every step.
void resource_map_drop_removed(struct resource_map *);

// False: diagnosed (two resources share an ID after renaming).
bool resource_map_check_unique(struct resource_map *);
// The same for a single resource.
bool resource_map_check_unique_id(struct resource_map *, const struct resource *);

// How many resources of the map have serials in [from, to), and how many resources of a list have the ID of one of
// them.
size_t resource_map_count(const struct resource_map *, uint32_t from, uint32_t to);
size_t resource_map_count_twins(const struct resource_map *, const struct resource_list *, uint32_t from, uint32_t to);

// For tests and debuggers: a line for each resource with its flags, and below it its previous names, prefixes, and
// suffixes.
//
//     apps/v1 Deployment a-web in shop, web.yaml:3:1
//       was Deployment web in default
//       prefixes a-
struct slice resource_map_dump(struct arena *, const struct resource_map *);
