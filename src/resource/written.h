// resource/written.h
//
// A resource as kustomize's YAML library holds it: with comments, styles, tags, lines, and columns, and with the
// annotations in which kustomize records what it has done. kustomize hashes all of that when a resource other than a
// ConfigMap or Secret requests a hash in its name. Only these resources, and generated ones that a patch changed, have
// such a tree.
//
// It is a tree (doc/tree.h) alongside the nodes of the resource. Most steps don't know of it: `written_update` finds
// out what they changed, and changes the tree as kustomize would have. For patches the result doesn't show what
// kustomize did, so they change both (merge/merge_written.h).
#pragma once

#include "base/hash_index.h"
#include "doc/tree.h"
#include "resource/resource.h"

// A node with its counterpart in the tree, as it was when the pair was recorded.
struct written_pair {
    const struct node *node;
    struct tree *tree;
    struct slice text;
    struct position position;
};

struct written {
    struct tree *root;  // NULL: kustomize's tree is unknown
    struct {
        struct written_pair *items;
        size_t count, capacity;
    } pairs;
    struct hash_index index;  // of the pairs, by node
};

// The document or list item that `root` was read from, with aliases resolved. NULL: it can't be found again.
struct tree *written_read(struct resource_context *, const struct node *root);
// Replaces the aliases in `part` of a document by copies of their targets, and merges maps. False: not possible.
bool written_resolve_aliases(struct arena *, struct tree *document, struct tree *part);
// The tree that kustomize's library makes of data: it is printed with sorted keys, then read. `notes` are annotations
// that the nodes lack; NULL: none.
struct tree *written_from_data(struct resource_context *, const struct node *root, const struct tree *notes);

// Starts to keep the tree of a resource that was just read. `converted`: its list was converted to JSON first.
void written_begin(struct resource_context *, struct resource *, bool converted);
// The same for a resource that had no tree so far. Earlier steps may have changed it.
void written_begin_late(struct resource_context *, struct resource *);
// Updates the tree from the resource and its state. False: kustomize's tree is unknown, and will stay so.
bool written_update(struct resource_context *, struct resource *);
// The annotations in which kustomize recorded something about the resource. NULL: unknown.
struct tree *written_notes(struct resource_context *, const struct resource *);
// Makes `tree` the tree of the resource, which must match it. NULL: unknown.
void written_set_tree(struct resource_context *, struct resource *, struct tree *);

// Follows kustomize setting an annotation, which rewrites all others too. The resource may have it already.
void written_annotate(struct resource_context *, struct resource *, const char *key, struct slice text);
// Marks a scalar as a number, even if it is quoted.
void written_mark_number(struct resource_context *, struct resource *, const struct node *scalar);
// Marks the tree as unknown from now on.
void written_discard(struct resource *);

// Pairs the nodes of two trees with the same content. The tree may have annotations that only kustomize keeps. False:
// they differ.
bool written_pair_nodes(struct resource_context *, struct written *, const struct node *, struct tree *);
struct written_pair *written_find(const struct written *, const struct node *);

// --- What kustomize does to its tree.

struct tree *written_new_scalar(struct arena *, struct slice text);  // without a type
bool written_is_string(const struct tree *);
// True when YAML 1.1 would not read the text as a string.
bool written_is_ambiguous(struct resource_context *, struct slice text);
// Quotes such a string, as kustomize does when it sets a value.
void written_quote_ambiguous(struct resource_context *, struct tree *);
bool written_is_null(const struct tree *);                     // NULL too
void written_set(struct tree *old, const struct tree *value);  // `old` keeps its style
// Appends the key if it is missing, in this style.
void written_set_field(struct resource_context *, struct tree *map, struct slice key, struct tree *value,
                       enum node_style);
// The map at a key, which is created if it is missing.
struct tree *written_ensure_map(struct resource_context *, struct tree *map, struct slice key);
void written_clear_field(struct tree *map, struct slice key);
// Sorts the entries of a map by key, starting at this item.
void written_sort(struct tree *map, uint32_t first);
// Rewrites the field of `metadata` as sorted strings; without pairs, it is removed.
void written_set_texts(struct resource_context *, struct tree *root, const char *field, const struct tree *pairs);
// The pairs of `metadata.FIELD`, a map of strings; empty when there are none.
struct tree *written_texts(struct arena *, const struct tree *root, const char *field);
// True for an annotation that kustomize keeps during a build and kiln's resource lacks.
bool written_is_note(struct slice annotation);
