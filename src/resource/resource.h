// resource/resource.h
//
// A resource of the build: its tree, its current and previous IDs, and the state that the build keeps about it.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/name.h"
#include "doc/node.h"
#include "doc/overwritten.h"
#include "schema/comment_schema.h"
#include "schema/schema.h"
#include "schema/well_known_names.h"
#include "yaml/chunk.h"

struct gvk {
    const struct name *group, *version, *kind;  // empty if absent
};

struct resource_id {
    struct gvk gvk;
    const struct name *name;
    const struct name *namespace;  // as written; empty if absent
};

// An ID that the resource had before a change. Its group and version are always the current ones.
struct previous_id {
    const struct name *kind, *name;
    const struct name *namespace;  // effective: `default` if it was absent; empty for cluster-scoped kinds
};

struct name_list {
    const struct name **items;
    size_t count, capacity;
};

// Where a resource comes from, for originAnnotations.
struct origin {
    struct slice path;  // of the file, relative to the root; empty for a generated resource
    struct slice repository, reference;
    struct slice configured_in;  // the kustomization or configuration file
    struct slice configured_by_api_version, configured_by_kind, configured_by_name, configured_by_namespace;
};

struct origin_list {
    const struct origin **items;
    size_t count, capacity;
};

enum generator_behavior { BEHAVIOR_UNSPECIFIED, BEHAVIOR_CREATE, BEHAVIOR_REPLACE, BEHAVIOR_MERGE };

// What kustomize records about the names of a resource.
enum name_note { NOTE_NONE, NOTE_PREVIOUS, NOTE_PREFIXES, NOTE_SUFFIXES, NOTES };

struct resource {
    struct node *root;  // a map; NULL or an empty map if a patch deleted the resource
    struct resource_id id;
    bool cluster_scoped;
    bool needs_hash;
    bool generated;  // by configMapGenerator or secretGenerator
    bool helm_generated;
    bool shares_nodes;               // the tree uses one node in several places (transform/set_pairs.c)
    bool removed;                    // removed from its map
    uint8_t doubt;                   // enum doubt (transform/doubt.h)
    uint8_t behavior;                // enum generator_behavior
    uint8_t noted[NOTES];            // enum name_note, in the order in which kustomize records them
    uint32_t serial;                 // its number in the map that holds it
    uint32_t generated_annotations;  // the generator wrote this many of them, which come first
    struct {
        struct previous_id *items;  // oldest first
        size_t count, capacity;
        // The entries in the indexes of its map: how many, and with which group and version.
        size_t indexed;
        const struct name *group, *version;
    } previous;
    struct name_list prefixes, suffixes;  // innermost first
    const struct origin *origin;
    struct origin_list transformations;
    struct position id_set_at;  // what gave it its current ID; line 0: the file that it is from
    struct written *written;    // for its hash (resource/written.h); NULL: not needed
};

struct resource_list {
    struct resource **items;
    size_t count, capacity;
};

// Two resources with one ID: `added` was refused because of `present`.
struct resource_conflict {
    const struct resource *added, *present;
    struct resource_list arriving;  // everything that a base was to add with it; empty: it came alone
};

// Everything needed to create and read resources.
struct resource_context {
    struct arena *arena;
    struct name_table *names;
    struct diagnostics *diagnostics;
    const struct schema *schema;  // the built-in one or the user's
    struct comment_schemas comment_schemas;
    // What was seen so far, for resource/written.h: an annotation that requests a hash, and a patch that may change a
    // kind.
    bool hash_is_requested, kind_may_change;
    struct resource_conflict conflict;  // the newest one between resources whose names haven't changed
    struct yaml_chunk_search search;    // for resource/written.h; not thread-safe
    size_t looked_at;                   // for merge/misspelled_target.h: the resources compared so far
    size_t unlisted_searches;           // for transform/unlisted.h
    struct overwritten overwritten;     // by replacements
};

// Makes a resource from a tree. Build state in its annotations (needsHashSuffix …) takes effect. NULL: diagnosed (not a
// map, no kind, no name).
struct resource *resource_new(struct resource_context *, struct node *root);

// The hint for a map that lacks them, unless something more specific can be said.
#define RESOURCE_NEEDS_HINT "write apiVersion, kind, and metadata.name, which every resource needs"

// Turns documents into resources, and appends them to `resources`. `List` kinds are expanded, and empty documents
// skipped.
bool resources_from_documents(struct resource_context *, const struct node_list *documents, struct resource_list *);

// Reads the ID from the tree again, after a change that may affect apiVersion, kind, name, or namespace. False:
// diagnosed (a name or kind is now missing).
bool resource_refresh_id(struct resource_context *, struct resource *);

// The key that is nearly `apiVersion` in a resource without one, of which resource_new has warned. NULL: there is none.
const struct map_entry *resource_misspelled_version(const struct resource *);

// Replaces the newest error, which resource_refresh_id has reported, with one at the patch or replacement that removed
// the name or kind. If `cause` has no line, the error stays. Always returns false.
bool resource_blame(struct resource_context *, const struct resource *, struct position cause);

// Records the current ID as a previous one.
void resource_remember_id(struct resource_context *, struct resource *);

// kustomize stores previous IDs and the behavior of a generator in annotations. From then on the resource has
// annotations: patches and field specs that create nothing find the map. It is not printed if it stays empty.
void resource_require_annotations(struct resource_context *, struct resource *);

// True when kustomize keeps state of the resource in annotations, so that patches and field specs find some.
bool resource_has_state(const struct resource *);

// Reads the annotation that requests a hash; call this after steps that may have set it.
void resource_take_hash_annotation(struct resource *);

// Clears needs_hash, previous IDs, prefixes, and suffixes, as a patch that removes all annotations does.
void resource_forget_state(struct resource *);

// The first ID of the resource: the oldest previous one, or else the current one. The group and version are the current
// ones.
struct resource_id resource_original_id(const struct resource *);

// `default` for a namespaced resource without a namespace; empty for a cluster-scoped one.
const struct name *resource_effective_namespace(const struct resource *);
const struct name *effective_namespace(const struct resource_id *, bool cluster_scoped);

bool gvk_equal(struct gvk, struct gvk);
// True when group, version, kind, name, and effective namespace are equal.
bool resource_has_id(const struct resource *, const struct resource_id *);
// The same for the current or any previous ID.
bool resource_has_or_had_id(const struct resource *, const struct resource_id *);

// Splits "group/version" or "version"; absent parts are empty names.
void gvk_from_api_version(struct name_table *, struct slice api_version, struct gvk *);

// Adds to the last value what printing the resource with its comments and reading it again adds, with a warning. Call
// this wherever kustomize prints and reads it.
void resource_settle_end(struct resource_context *, struct resource *);

// An empty kind matches any resource.
static inline bool resource_has_kind(const struct resource *resource, struct slice kind)
{
    return !kind.length || slice_equal(resource->id.gvk.kind->text, kind);
}

struct position resource_position(const struct resource *);
struct position resource_name_position(const struct resource *);
// The place of its name in the file that defines it; for a generated resource, the place of the entry that
// generates it.
struct position resource_definition_position(const struct resource *);

// "ConfigMap 'settings' is already defined at one.yaml:4:9", reported at the second definition.
void resource_diagnose_defined(struct resource_context *, const struct resource *, const struct resource *present);

// For messages: "Deployment 'web'" or "Deployment 'web' in namespace 'prod'".
struct slice resource_text(struct arena *, const struct resource *);
// The same with its apiVersion: "apps/v1 Deployment 'web'".
struct slice resource_typed_text(struct arena *, const struct resource *);
// kustomize's form: Kind.version.group/name.namespace, with [noGrp] and so on for absent parts.
struct slice resource_id_text(struct arena *, const struct resource_id *);

// These set a field of `metadata`, which is created if needed.
void resource_set_namespace(struct resource_context *, struct resource *, struct slice);
void resource_set_name(struct resource_context *, struct resource *, struct slice);

// Rewrites metadata.annotations as strings, as kustomize does whenever it changes them: values become strings with
// their source text, and an empty map is removed. Build annotations are removed. Call this once at the end, and after
// steps whose rewriting is visible.
bool resource_normalize_annotations(struct resource_context *, struct resource *);
// The same during a build: build annotations stay because they are still needed, and so does an empty map of a resource
// with state.
bool resource_rewrite_annotations(struct resource_context *, struct resource *);
