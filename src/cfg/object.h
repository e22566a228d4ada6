// cfg/object.h
//
// The objects that `cfg` and `fn` work on: documents as they are written (yaml/tree.h), which need not be complete
// Kubernetes objects. While kiln works on an object, annotations say where it came from:
//
//     metadata:
//       annotations:
//         config.kubernetes.io/index: '0'
//         config.kubernetes.io/path: 'web/deployment.yaml'
//         internal.config.kubernetes.io/index: '0'
//         internal.config.kubernetes.io/path: 'web/deployment.yaml'
#pragma once

#include "doc/tree.h"
#include "pipeline/build.h"
#include "yaml/read.h"

// The state of a command.
struct cfg {
    struct build *build;
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct read_context read;
};

struct cfg cfg_start(struct build *);

#define CFG_INDEX "internal.config.kubernetes.io/index"
#define CFG_PATH "internal.config.kubernetes.io/path"
#define CFG_ID "internal.config.kubernetes.io/id"
#define CFG_OLD_INDEX "config.kubernetes.io/index"
#define CFG_OLD_PATH "config.kubernetes.io/path"
#define CFG_OLD_ID "config.k8s.io/id"
#define CFG_SEQUENCE_INDENT "internal.config.kubernetes.io/seqindent"

// --- The metadata of an object. Missing values are empty.

struct cfg_meta {
    struct slice api_version, kind, name, namespace;
    const struct tree *annotations;  // may be NULL
    bool known;                      // any of these, or labels, are present
};

struct cfg_meta cfg_meta_of(const struct tree *root);
// False: there is no such annotation. The text of a null is empty.
bool cfg_meta_annotation(const struct cfg_meta *, const char *key, struct slice *value);
// The value of an annotation; empty if it is absent.
struct slice cfg_annotation(const struct tree *root, const char *key);

// --- Changes. False: diagnosed (something should be a map but isn't).

// Stores the value of a field; NULL if it is absent or `map` is null.
bool cfg_look_up(struct cfg *, const struct tree *map, struct slice key, struct tree **value);
bool cfg_set_annotation(struct cfg *, struct tree *root, const char *key, struct slice value);
bool cfg_clear_annotation(struct cfg *, struct tree *root, const char *key);
// Removes `annotations` and `metadata` if they are empty.
bool cfg_clear_empty_annotations(struct cfg *, struct tree *root);
// Appends a field to a map, or sets the value of an existing one, which keeps its style unless `own_style` is set.
bool cfg_set_field(struct cfg *, struct tree *map, struct slice key, struct tree *value, bool own_style);

// Returns false.
bool cfg_diagnose_kind(struct cfg *, const struct tree *, enum tree_kind expected);

// --- The two names, an older and a newer one, that each of the annotations has.

// Adds the missing one of each pair.
bool cfg_complete_annotations(struct cfg *, struct tree *root);

// A round encloses anything that may change objects. cfg_round_begin stores the annotations of all objects.
// cfg_round_end gives both names of each annotation the same value again, whichever of them was changed, and removes
// names that were not used before.
struct cfg_round {
    struct tree **annotations;  // copies, by the number of the object
    size_t count;
};
bool cfg_round_begin(struct cfg *, const struct tree_documents *, struct cfg_round *);
bool cfg_round_end(struct cfg *, const struct tree_documents *, const struct cfg_round *);

// Must be called with the objects that were read, starting at this index. From then on, Secrets among them are kept
// private (base/memory.h).
void cfg_notice_secrets(const struct tree_documents *, size_t first);

// If `local`, keeps the objects that are only meant for tools (those with the annotation
// `config.kubernetes.io/local-config`, whatever its value), and if `others`, all others.
void cfg_keep(struct tree_documents *, bool local, bool others);

// Creates the document for an object that is an item of a list.
struct tree_document *cfg_item(struct cfg *, struct tree *root);
