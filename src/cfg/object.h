// cfg/object.h
//
// The objects that `cfg` and `fn` work on: documents as they were written (yaml/tree.h), which need not be complete
// Kubernetes objects. While one is being worked on it carries where it came from in annotations:
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

// What lives as long as the command.
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

// --- What an object says of itself; empty where it says nothing.

struct cfg_meta {
    struct slice api_version, kind, name, namespace;
    const struct tree *annotations;  // NULL when there are none
    bool known;                      // there is any of these, or labels
};

struct cfg_meta cfg_meta_of(const struct tree *root);
// False: there is no such annotation. The text of a null is empty.
bool cfg_meta_annotation(const struct cfg_meta *, const char *key, struct slice *value);
// Empty when there is none.
struct slice cfg_annotation(const struct tree *root, const char *key);

// --- Changes. False: diagnosed, something is no map that should be one.

// The value of a field; NULL when it is absent, or `map` is null.
bool cfg_look_up(struct cfg *, const struct tree *map, struct slice key, struct tree **value);
bool cfg_set_annotation(struct cfg *, struct tree *root, const char *key, struct slice value);
bool cfg_clear_annotation(struct cfg *, struct tree *root, const char *key);
// Removes `annotations` and `metadata` where nothing is left in them.
bool cfg_clear_empty_annotations(struct cfg *, struct tree *root);
// A field at the end of a map, or the new value of one that is there, in its old style unless `own_style`.
bool cfg_set_field(struct cfg *, struct tree *map, struct slice key, struct tree *value, bool own_style);

bool cfg_diagnose_kind(struct cfg *, const struct tree *, enum tree_kind expected);

// --- The annotations exist under an older and a newer name each.

// Adds the missing one of each pair.
bool cfg_complete_annotations(struct cfg *, struct tree *root);

// Around what may change objects: `begin` remembers the annotations of all, `end` makes both names of each say the same
// again, whichever was changed, and takes out what nobody had used before.
struct cfg_round {
    struct tree **annotations;  // copies, by number
    size_t count;
};
bool cfg_round_begin(struct cfg *, const struct tree_documents *, struct cfg_round *);
bool cfg_round_end(struct cfg *, const struct tree_documents *, const struct cfg_round *);

// To be told of the objects that were read, from this index on: a Secret is kept private from then on (base/memory.h).
void cfg_notice_secrets(const struct tree_documents *, size_t first);

// Leaves the objects that are for tools only (annotation `config.kubernetes.io/local-config`, whatever it says), if
// `local`, and the others, if `others`.
void cfg_keep(struct tree_documents *, bool local, bool others);

// An object that stands in a list.
struct tree_document *cfg_item(struct cfg *, struct tree *root);
