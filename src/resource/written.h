// resource/written.h
//
// An object as kustomize's YAML library has it: with comments, styles, tags, lines and columns, and with the
// annotations in which kustomize notes what it has done. kustomize hashes all of that where an object that is neither
// ConfigMap nor Secret asks for a hash in its name. Only such objects have one, and objects that a generator made and
// a patch changed.
//
// It is a tree (doc/tree.h) beside the object's nodes. Most steps don't know of it: `written_update` finds out what
// they have changed, and changes the tree as kustomize would have. Patches, whose outcome doesn't tell what kustomize
// did, change both (merge/merge_written.h).
#pragma once

#include "base/hash_index.h"
#include "doc/tree.h"
#include "resource/resource.h"

// A node that has its part in the tree, as it was when it was told of.
struct written_pair {
    const struct node *node;
    struct tree *tree;
    struct slice text;
    struct position position;
};

struct written {
    struct tree *root;  // NULL: nobody knows what kustomize has
    struct {
        struct written_pair *items;
        size_t count, capacity;
    } pairs;
    struct hash_index index;  // of the pairs, by node
};

// The document or item of a list that was read to `root`, without its anchors. NULL: it cannot be found again.
struct tree *written_read(struct resource_context *, const struct node *root);
// Puts copies of what they name in place of the aliases in `part` of a document, and merges maps. False: it can't.
bool written_resolve_aliases(struct arena *, struct tree *document, struct tree *part);
// What kustomize's library makes of data: printed with sorted keys, and read. `notes` are annotations that the nodes
// lack; NULL: there are none.
struct tree *written_from_data(struct resource_context *, const struct node *root, const struct tree *notes);

// Begins to keep the tree of an object that was just read. `converted`: its list was turned into JSON first.
void written_begin(struct resource_context *, struct resource *, bool converted);
// The same for an object that has come so far without. Steps before may have changed it.
void written_begin_late(struct resource_context *, struct resource *);
// Brings the tree up to date with the object and its state. False: nobody knows what kustomize has, or ever will.
bool written_update(struct resource_context *, struct resource *);
// The annotations in which kustomize has noted something about the object. NULL: nobody knows.
struct tree *written_notes(struct resource_context *, const struct resource *);
// The object is now what `tree` says, however that has come about. NULL: nobody knows.
void written_become(struct resource_context *, struct resource *, struct tree *);

// kustomize writes an annotation, and with it all others anew. The object may have it too.
void written_annotate(struct resource_context *, struct resource *, const char *key, struct slice text);
// A scalar is a number now, even in quotes.
void written_become_number(struct resource_context *, struct resource *, const struct node *scalar);
// It is not known any more, and never will be.
void written_lose(struct resource *);

// Ties two trees of the same content together, node by node. Annotations that kustomize alone has may be in the tree.
// False: they are not the same.
bool written_tie(struct resource_context *, struct written *, const struct node *, struct tree *);
struct written_pair *written_find(const struct written *, const struct node *);

// --- What kustomize does to its tree.

struct tree *written_new_scalar(struct arena *, struct slice text);  // without a type
bool written_is_string(const struct tree *);
// Whether YAML 1.1 would not read the text as a string.
bool written_is_ambiguous(struct resource_context *, struct slice text);
// Such a string gets quotes where it is set.
void written_quote_ambiguous(struct resource_context *, struct tree *);
bool written_is_null(const struct tree *);                     // NULL too
void written_set(struct tree *old, const struct tree *value);  // `old` keeps its style
// The key is appended where it is not there; in the style given.
void written_set_field(struct resource_context *, struct tree *map, struct slice key, struct tree *value,
                       enum node_style);
// The map at a key; it is made where there is nothing.
struct tree *written_ensure_map(struct resource_context *, struct tree *map, struct slice key);
void written_clear_field(struct tree *map, struct slice key);
// Sorts the entries of a map by their keys, from this item on.
void written_sort(struct tree *map, uint32_t first);
// The field of `metadata` anew, sorted, its values strings. No pairs: it goes.
void written_set_texts(struct resource_context *, struct tree *root, const char *field, const struct tree *pairs);
// The pairs of `metadata.FIELD`, a map of strings; empty when there are none.
struct tree *written_texts(struct arena *, const struct tree *root, const char *field);
// One that kustomize has during a build, and kiln's object lacks.
bool written_is_note(struct slice annotation);
