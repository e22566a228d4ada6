// kustomization/kustomization.h
//
// A kustomization file, decoded strictly: every field of v1beta1 (Kustomization) and v1alpha1 (Component). The fields
// of transformers and generators are checked against the shapes that these declare and kept as nodes, because they
// decode their own entries.
#pragma once

#include "base/diagnostics.h"
#include "doc/decode.h"
#include "doc/node.h"
#include "yaml/read.h"

struct legacy_sort_options {
    struct position position;
    struct text_list order_first, order_last;
};

struct sort_options {
    struct position position;
    struct text order;
    struct legacy_sort_options *legacy;
};

struct object_meta {
    struct position position;
    struct text name, namespace;
    struct text_map labels, annotations;
};

// An entry of `vars`.
struct var_object {
    struct position position;
    struct text api_version, group, version, kind, name, namespace;
};

struct var_field {
    struct position position;
    struct text path;
};

struct var {
    struct position position;
    struct text name;
    struct var_object *object;
    struct var_field *field;
};

struct helm_globals {
    struct position position;
    struct text chart_home, config_home;
};

extern const struct decode_type var_type, helm_globals_type;

struct plugin_fields {
    const struct decode_field *items;  // offsets are unused
    size_t count;
};

struct kustomization {
    struct position position;
    const struct source *source;
    struct text api_version, kind;
    bool component;
    struct object_meta *metadata;
    struct text_map openapi;
    struct text_list resources;  // `bases` are appended
    struct text_list components, crds, configurations, generators, transformers, validators, build_metadata;
    struct node *generator_options;  // as written; generators/ decodes it
    struct sort_options *sort_options;
    struct node *vars;  // checked, kept as written
    struct node *helm_globals;
    // The value of each plugin field, in the order of `plugin_fields`; NULL if absent or null. `imageTags` are appended
    // to `images`; helmChartInflationGenerator stays as written.
    struct node **values;
};

// The names that a kustomization file can have.
extern const char *const kustomization_file_names[3];
bool kustomization_is_file_name(struct slice name);

// Decodes the first document of the source. For deprecated fields it reports the notices that kustomize prints. NULL:
// diagnosed (malformed, unknown field, wrong type, empty, wrong kind or apiVersion). If only some of its fields are
// wrong, and more errors are wanted, `*partial` is the kustomization without them; otherwise it is NULL.
struct kustomization *kustomization_read(struct read_context *, const struct source *, const struct plugin_fields *,
                                         struct kustomization **partial);

// The shape of every field that a kustomization may have, including those of the plugins, for walking its nodes. The
// offsets don't overlap, and leave room for any value.
struct decode_type kustomization_shape(struct arena *, const struct plugin_fields *);

// The fields in the order in which kustomize writes new ones, without the deprecated ones that it never writes.
extern const char *const kustomization_field_order[];
extern const size_t kustomization_field_count;

// The value of a plugin field by name; NULL when absent.
const struct node *kustomization_value(const struct kustomization *, const struct plugin_fields *, const char *field);

// The field that replaces a deprecated one; NULL: the field is not deprecated.
const char *kustomization_field_instead(const char *field);
