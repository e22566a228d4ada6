// schema/field_spec.h
//
// Which fields a transformer changes: a path, and the group, version, and kind of the resources that have it.
//
//     {path: spec/template/metadata/labels, create: true, kind: Deployment}
//
// A path is split at `/`; `\/` is a slash in a key. Sequences don't take a step: the rest of the path applies to every
// element. `[]` after a step means that the field is never created.
#pragma once

#include <pthread.h>
#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/name.h"
#include "base/release.h"
#include "doc/node.h"
#include "doc/overwritten.h"

struct field_step {
    const struct name *key;
    bool sequence;  // written with []
    bool no_key;    // a number, `-`, `*`, or `[…]`, which kustomize reads as a list index and doesn't find
};

struct field_spec {
    const struct name *group, *version, *kind;  // the empty name matches any
    bool create;
    struct slice path;
    const struct field_step *steps;  // NULL: the path hasn't been parsed yet
    size_t step_count;
    struct position position;  // where it was configured; line 0 for a default
};

struct field_specs {
    struct field_spec *items;
    size_t count, capacity;
};

// The lists, named as in a transformer configuration.
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

// The fields that `specs` name refer to resources of `kind` by name.
struct name_reference {
    const struct name *group, *version, *kind;
    struct field_specs specs;
};

struct name_references {
    struct name_reference *items;
    size_t count, capacity;
};

// A spec from its parts, which may be empty. The path is parsed and its keys are interned.
struct field_spec field_spec_new(struct arena *, struct name_table *, struct slice group, struct slice version,
                                 struct slice kind, struct slice path, bool create);

// The spec with its path parsed: itself, or a copy in the arena. The unparsed form is for the default name references,
// of which a build uses only a few.
const struct field_spec *field_spec_parsed(struct arena *, struct name_table *, const struct field_spec *);
struct field_spec field_spec_new_unparsed(struct name_table *, struct slice group, struct slice version,
                                          struct slice kind, struct slice path, bool create);

// Adds a spec as kustomize merges lists: it is already present if one with the same path is equal or narrower. False if
// their `create` differs: nothing is added, and *conflict is set.
bool field_specs_merge(struct arena *, struct field_specs *, struct field_spec, bool *conflict);

// --- The field specs that apply to a kustomization.

// The specs of configurations and crds, the defaults, or both. Constant once it is in use, so that directories can
// share it. The default lists are built from the table when they are first needed.
struct field_config;

// The defaults of each release, built once for parallel builds that share a table of names.
struct field_defaults {
    struct name_table *names;
    pthread_mutex_t lock;  // protects everything below
    struct arena arena;
    struct field_config *configs[RELEASE_COUNT];
};

void field_defaults_init(struct field_defaults *, struct name_table *);
void field_defaults_free(struct field_defaults *);

// The defaults of a release. The lists are taken from `shared`, which must outlive the configuration, or built if it is
// NULL.
struct field_config *field_config_new(struct arena *, struct name_table *, enum release, struct field_defaults *shared);
// A configuration without any specs.
struct field_config *field_config_new_empty(struct arena *, struct name_table *);

const struct field_specs *field_config_list(struct field_config *, enum field_spec_list);
const struct name_references *field_config_name_references(struct field_config *);

// Appends without checking what is present, for the content of one file. Sort and merge it afterwards.
void field_config_add(struct field_config *, enum field_spec_list, struct field_spec);
void field_config_add_reference(struct field_config *, struct name_reference);

// Sorts every list by its kinds in the legacy order.
void field_config_sort(struct field_config *);

// A new configuration with `config` and then `other` merged and sorted, or one of the two if the result is the same.
// `config` may be NULL. On NULL, a diagnostic was added (two specs differ only in `create`).
struct field_config *field_config_merge(struct field_config *config, struct field_config *other, struct diagnostics *);

// The names of the lists as they are written in configurations.
extern const char *const field_spec_list_names[FIELD_SPECS_COUNT];

// --- Walking.

enum field_leaf { FIELD_LEAF_SCALAR, FIELD_LEAF_MAP, FIELD_LEAF_SEQUENCE, FIELD_LEAF_ANY };

struct field_walk {
    struct arena *arena;
    struct diagnostics *diagnostics;
    enum field_leaf create_leaf;  // what to create as a leaf
    bool create;                  // false: nothing is created, whatever the specs say
    // Called for each place that the path leads to. `*leaf` may be replaced. A leaf that was just created is an empty
    // scalar (a TAG_IMPLICIT null) or an empty map. False, with a diagnostic added, stops the walk.
    bool (*visit)(void *state, struct node **leaf);
    void *state;
    const struct overwritten *overwritten;  // for errors; may be NULL
};

// True if the spec matches this group, version, and kind.
bool field_spec_selects(const struct field_spec *, const struct name *group, const struct name *version,
                        const struct name *kind);

// Visits the places of `spec` in a resource. On false, a diagnostic was added (a scalar on the way, or an empty step).
bool field_spec_walk(const struct field_walk *, const struct field_spec *, struct node *root);
