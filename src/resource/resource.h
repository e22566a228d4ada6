// resource/resource.h
//
// One object of the build: its tree, its identity now and before, and what the build must remember of it.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/name.h"
#include "doc/node.h"
#include "schema/comment_schema.h"
#include "schema/schema.h"
#include "schema/well_known_names.h"
#include "yaml/chunk.h"

struct gvk {
    const struct name *group, *version, *kind;  // the empty name where absent
};

struct resource_id {
    struct gvk gvk;
    const struct name *name;
    const struct name *namespace;  // as written; the empty name where absent
};

// An id that the object had before a change. Group and version are always those of the object now.
struct previous_id {
    const struct name *kind, *name;
    const struct name *namespace;  // effective: `default` when it was absent; empty for cluster-scoped kinds
};

struct name_list {
    const struct name **items;
    size_t count, capacity;
};

// Where an object comes from, for originAnnotations.
struct origin {
    struct slice path;  // of the file, from the root; empty for a generated object
    struct slice repository, reference;
    struct slice configured_in;  // the kustomization or configuration file
    struct slice configured_by_api_version, configured_by_kind, configured_by_name, configured_by_namespace;
};

struct origin_list {
    const struct origin **items;
    size_t count, capacity;
};

enum generator_behavior { BEHAVIOR_UNSPECIFIED, BEHAVIOR_CREATE, BEHAVIOR_REPLACE, BEHAVIOR_MERGE };

// What kustomize notes of an object's names.
enum name_note { NOTE_NONE, NOTE_PREVIOUS, NOTE_PREFIXES, NOTE_SUFFIXES, NOTES };

struct resource {
    struct node *root;  // a map; NULL or an empty map when a patch deleted the object
    struct resource_id id;
    bool cluster_scoped;
    bool needs_hash;
    bool generated;  // by configMapGenerator or secretGenerator
    bool helm_generated;
    bool shares_nodes;               // a value stands in several places of the tree (transform/set_pairs.c)
    bool removed;                    // taken out of its map
    uint8_t behavior;                // enum generator_behavior
    uint8_t noted[NOTES];            // enum name_note, in the order in which kustomize came to them
    uint32_t serial;                 // its number in the map that holds it
    uint32_t generated_annotations;  // how many of them the generator wrote: the first ones
    struct {
        struct previous_id *items;  // oldest first
        size_t count, capacity;
        // What its map has in its indexes: so many of them, with this group and version.
        size_t indexed;
        const struct name *group, *version;
    } previous;
    struct name_list prefixes, suffixes;  // innermost first
    const struct origin *origin;
    struct origin_list transformations;
    struct written *written;  // for its hash; NULL: nobody needs it (resource/written.h)
};

// What making and reading resources needs.
struct resource_context {
    struct arena *arena;
    struct name_table *names;
    struct diagnostics *diagnostics;
    const struct schema *schema;  // the user's or the built-in one
    struct comment_schemas comment_schemas;
    // Seen so far, for resource/written.h: an annotation that asks for a hash, a patch that may change a kind.
    bool hash_is_asked, kind_may_change;
    struct yaml_chunk_search search;  // of resource/written.h; not for several threads
};

// A resource from a tree. Annotations with build state in the input are taken over (needsHashSuffix …).
// NULL: diagnosed (no map, no kind, no name).
struct resource *resource_new(struct resource_context *, struct node *root);

// Documents to resources: `List` kinds are expanded, empty documents skipped; appended to `resources`.
struct resource_list {
    struct resource **items;
    size_t count, capacity;
};
bool resources_from_documents(struct resource_context *, const struct node_list *documents, struct resource_list *);

// Reads the id again from the tree, after a change that may touch apiVersion, kind, name or namespace.
// False: diagnosed (a name or kind is missing now).
bool resource_refresh_id(struct resource_context *, struct resource *);

// Stores the present id as a former one.
void resource_remember_id(struct resource_context *, struct resource *);

// kustomize stores former ids and the behavior of a generator in annotations, so that from then on there are some:
// patches and field specs that create nothing find the map. It is not printed when it stays empty.
void resource_require_annotations(struct resource_context *, struct resource *);

// Does kustomize keep state of the object in annotations? Then it has annotations for patches and field specs.
bool resource_has_state(const struct resource *);

// An annotation can ask for a hash: to be called after steps that may have set it.
void resource_take_hash_annotation(struct resource *);

// Forgets needs_hash, former ids, prefixes and suffixes: what a patch does that removes all annotations.
void resource_forget_state(struct resource *);

// The first id that the object had: the oldest previous one, else the present one. The group and version are today's.
struct resource_id resource_original_id(const struct resource *);

// `default` for a namespaced object without namespace, the empty name for a cluster-scoped one.
const struct name *resource_effective_namespace(const struct resource *);
const struct name *effective_namespace(const struct resource_id *, bool cluster_scoped);

bool gvk_equal(struct gvk, struct gvk);
// Equal group, version, kind, name and effective namespace.
bool resource_has_id(const struct resource *, const struct resource_id *);
// The same for the present and all former ids.
bool resource_has_or_had_id(const struct resource *, const struct resource_id *);

// "group/version" or "version" split; the empty names where absent.
void gvk_from_api_version(struct name_table *, struct slice api_version, struct gvk *);

// What printing the object with its comments and reading it again adds to its last value, with a warning: to be called
// where kustomize does that.
void resource_settle_end(struct resource_context *, struct resource *);

struct position resource_position(const struct resource *);
struct position resource_name_position(const struct resource *);

// 'Deployment web' or 'Deployment web in namespace prod': for messages.
struct slice resource_text(struct arena *, const struct resource *);
// kustomize's form: Kind.version.group/name.namespace with [noGrp] …
struct slice resource_id_text(struct arena *, const struct resource_id *);

// Sets a field of metadata, making `metadata` where needed.
void resource_set_namespace(struct resource_context *, struct resource *, struct slice);
void resource_set_name(struct resource_context *, struct resource *, struct slice);

// metadata.annotations as strings, as kustomize rewrites them on every touch: values become strings with their
// source text, an empty map disappears. Build annotations are removed. To be called once, at the end, and
// by the steps whose rewriting is visible.
bool resource_normalize_annotations(struct resource_context *, struct resource *);
// The same within a build: build annotations stay, they still mean something. The map of an object with state stays
// even when it is empty.
bool resource_rewrite_annotations(struct resource_context *, struct resource *);
