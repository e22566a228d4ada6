// schema/field_spec.h
//
// Which fields a transformer changes: a path, and the group, version and kind of the objects that have it.
//
//     {path: spec/template/metadata/labels, create: true, kind: Deployment}
//
// A path is split at `/`; `\/` is a slash in a key. Sequences consume no step: the remaining path applies to
// every element. `[]` behind a step says that the field is never created.
#pragma once

#include <pthread.h>
#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/name.h"
#include "base/release.h"
#include "doc/node.h"

struct field_step {
    const struct name *key;
    bool sequence;  // written with []
    bool no_key;    // a number, `-`, `*` or `[…]`: kustomize takes it for a place in a list, and finds none
};

struct field_spec {
    const struct name *group, *version, *kind;  // the empty name: any
    bool create;
    struct slice path;
    const struct field_step *steps;  // NULL: the path is not parsed yet
    size_t step_count;
    struct position position;  // where it is configured; line 0 for a default
};

struct field_specs {
    struct field_spec *items;
    size_t count, capacity;
};

// The names of the lists, in the words of a transformer configuration.
enum field_spec_list {
    FIELD_SPECS_NAME_PREFIX,
    FIELD_SPECS_NAME_SUFFIX,
    FIELD_SPECS_NAMESPACE,
    FIELD_SPECS_COMMON_LABELS,
    FIELD_SPECS_LABELS,
    FIELD_SPECS_TEMPLATE_LABELS,
    FIELD_SPECS_CLAIM_LABELS,  // in volumeClaimTemplates
    FIELD_SPECS_COMMON_ANNOTATIONS,
    FIELD_SPECS_VAR_REFERENCE,
    FIELD_SPECS_IMAGES,
    FIELD_SPECS_REPLICAS,
    FIELD_SPECS_COUNT,
};

// Objects of `kind` are referred to by the fields `specs`.
struct name_reference {
    const struct name *group, *version, *kind;
    struct field_specs specs;
};

struct name_references {
    struct name_reference *items;
    size_t count, capacity;
};

// A spec from its parts; the texts may be empty. The path is parsed and its keys interned.
// Of the default name references, of which a build needs few, the path waits for field_spec_parsed.
struct field_spec field_spec_new(struct arena *, struct name_table *, struct slice group, struct slice version,
                                 struct slice kind, struct slice path, bool create);

// The spec with its path parsed: itself, or a copy in the arena.
const struct field_spec *field_spec_parsed(struct arena *, struct name_table *, const struct field_spec *);
struct field_spec field_spec_new_unparsed(struct name_table *, struct slice group, struct slice version,
                                          struct slice kind, struct slice path, bool create);

// Adds a spec as kustomize merges lists: counts as present when an existing one with the same path is
// equal or narrower. False (nothing added, *conflict set) when `create` differs.
bool field_specs_merge(struct arena *, struct field_specs *, struct field_spec, bool *conflict);

// --- The field specs in force for a kustomization.

// What configurations and crds ask for, or the defaults, or both. Constant once it is in use, so that directories
// share it. The lists of the defaults are made from the compiled-in table when they are first asked for.
struct field_config;

// The defaults of each release, for several builds side by side that have one table of names: made once.
struct field_defaults {
    struct name_table *names;
    pthread_mutex_t lock;  // of all below
    struct arena arena;
    struct field_config *configs[RELEASE_COUNT];
};

void field_defaults_init(struct field_defaults *, struct name_table *);
void field_defaults_free(struct field_defaults *);

// The defaults of a release. `shared` has the lists, and outlives the configuration; NULL: it makes its own.
struct field_config *field_config_new(struct arena *, struct name_table *, enum release, struct field_defaults *shared);
// No spec at all.
struct field_config *field_config_new_empty(struct arena *, struct name_table *);

const struct field_specs *field_config_list(struct field_config *, enum field_spec_list);
const struct name_references *field_config_name_references(struct field_config *);

// Appends without a look at what is there: for the content of one file. To be ordered and merged afterwards.
void field_config_add(struct field_config *, enum field_spec_list, struct field_spec);
void field_config_add_reference(struct field_config *, struct name_reference);

// Orders every list by the kinds in it, in the legacy order.
void field_config_sort(struct field_config *);

// `config` and then `other`, each spec merged and the lists ordered, as a configuration of its own; one of the two
// where that is the same. `config` may be NULL: nothing yet. NULL: diagnosed (specs differ in `create` alone).
struct field_config *field_config_merge(struct field_config *config, struct field_config *other, struct diagnostics *);

// The names of the lists, as they are written in configurations.
extern const char *const field_spec_list_names[FIELD_SPECS_COUNT];

// --- Walking.

enum field_leaf { FIELD_LEAF_SCALAR, FIELD_LEAF_MAP, FIELD_LEAF_SEQUENCE, FIELD_LEAF_ANY };

struct field_walk {
    struct arena *arena;
    struct diagnostics *diagnostics;
    enum field_leaf create_leaf;  // the kind of a leaf that is made
    bool create;                  // false: nothing is made, whatever the specs say
    // Called for every place that the path leads to. `*leaf` may be replaced. A leaf that was just made is an
    // empty scalar (TAG_IMPLICIT null) or an empty map. False: diagnosed, the walk stops.
    bool (*visit)(void *state, struct node **leaf);
    void *state;
};

// True when group, version and kind of the spec fit.
bool field_spec_selects(const struct field_spec *, const struct name *group, const struct name *version,
                        const struct name *kind);

// Visits the places of `spec` in the object. False: diagnosed (a scalar on the way, an empty step).
bool field_spec_walk(const struct field_walk *, const struct field_spec *, struct node *root);
