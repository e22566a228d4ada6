// generators/generator.h
//
// A generator makes resources from its configuration and the files that this names.
#pragma once

#include "base/temporary.h"
#include "doc/decode.h"
#include "load/file_loader.h"
#include "resource/resource_map.h"
#include "yaml/read.h"

// `generatorOptions` of a kustomization, `options` of an entry.
struct generator_options {
    struct position position;
    struct text_map labels, annotations;
    bool disable_name_suffix_hash;
    bool immutable;
};

// What the caller of the build says about helm.
struct helm_options {
    bool enabled;
    struct slice command;  // empty: helm
    // Defaults of charts that do not say themselves.
    struct slice kube_version;
    const struct slice *api_versions;
    size_t api_version_count;
    bool debug;
    bool no_remote;                                 // nothing is pulled
    unsigned timeout_seconds;                       // of one helm; 0: none
    const struct variable_names *passed_variables;  // base/process.h; may be NULL
};

struct generate_context {
    struct resource_context *resources;
    struct arena *arena;
    struct name_table *names;
    struct name_cache *name_cache;  // for yaml_read
    struct diagnostics *diagnostics;
    struct file_loader *files;
    const struct generator_options *options;  // of the kustomization; NULL: none

    // For charts.
    struct helm_options helm;
    const struct node *helm_globals;    // of the kustomization, NULL: none
    const struct node *helm_inflation;  // its helmChartInflationGenerator, NULL: none
    struct slice namespace;             // of the kustomization, or the nearest above that has one
    struct temporary *temporary;        // for what programs read and write
};

// For who reads texts with it.
static inline struct read_context generate_read_context(const struct generate_context *context)
{
    return (struct read_context){context->arena, context->name_cache, context->diagnostics};
}

struct generator {
    const char *field;          // its key in kustomization.yaml, a list of entries; NULL: only as an object
    struct decode_field shape;  // of the field's value; checked when the kustomization is read
    const char *kind;           // its builtin kind

    // Decodes one entry. NULL: the reason is in diagnostics. All are configured before the first runs.
    const void *(*configure)(struct generate_context *, const struct node *entry);
    // The same for an object of `kind` (apiVersion builtin) under `generators`. NULL: not available.
    const void *(*configure_object)(struct generate_context *, const struct node *object);
    const struct decode_type *object_type;  // the fields that it knows
    bool runs_programs;
    // Appends what it makes, with `behavior` and `needs_hash` set. False: diagnosed.
    bool (*generate)(struct generate_context *, const void *settings, struct resource_list *);
};

// In the order of running, ended by NULL.
extern const struct generator *const generators[];
