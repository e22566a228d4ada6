// generators/generator.h
//
// A generator creates resources from its configuration and the files that the configuration names.
#pragma once

#include "base/temporary.h"
#include "doc/decode.h"
#include "load/file_loader.h"
#include "resource/resource_map.h"
#include "yaml/read.h"

// `generatorOptions` of a kustomization, or `options` of an entry.
struct generator_options {
    struct position position;
    struct text_map labels, annotations;
    bool disable_name_suffix_hash;
    bool immutable;
};

// The helm options that the caller of the build has chosen.
struct helm_options {
    bool enabled;
    struct slice command;  // empty: helm
    // Defaults for charts that don't set these fields themselves.
    struct slice kube_version;
    const struct slice *api_versions;
    size_t api_version_count;
    bool debug;
    bool no_remote;                                 // charts are not pulled
    unsigned timeout_seconds;                       // for each call of helm; 0: none
    const struct variable_names *passed_variables;  // base/process.h; may be NULL
};

struct generate_context {
    struct resource_context *resources;
    struct arena *arena;
    struct name_table *names;
    struct name_cache *name_cache;  // for reading YAML
    struct diagnostics *diagnostics;
    struct file_loader *files;
    const struct generator_options *options;  // of the kustomization; NULL: none

    // For charts.
    struct helm_options helm;
    const struct node *helm_globals;    // of the kustomization; may be NULL
    const struct node *helm_inflation;  // its helmChartInflationGenerator; may be NULL
    struct slice namespace;             // of the kustomization, or of the nearest one above that sets it
    struct temporary *temporary;        // for files that programs read and write
};

// The context for reading YAML.
static inline struct read_context generate_read_context(const struct generate_context *context)
{
    return (struct read_context){context->arena, context->name_cache, context->diagnostics};
}

struct generator {
    const char *field;          // its key in kustomization.yaml, a list of entries; NULL: only available as an object
    struct decode_field shape;  // of the field's value; checked when the kustomization is read
    const char *kind;           // its built-in kind

    // Decodes one entry. NULL: diagnosed. All generators are configured before the first one runs.
    const void *(*configure)(struct generate_context *, const struct node *entry);
    // Decodes an object of `kind` (apiVersion builtin) under `generators`. NULL: not available.
    const void *(*configure_object)(struct generate_context *, const struct node *object);
    const struct decode_type *object_type;  // the fields of such an object
    // Appends the generated resources, with `behavior` and `needs_hash` set. False: diagnosed.
    bool (*generate)(struct generate_context *, const void *settings, struct resource_list *);
    // For a generator that runs programs: after an error, called in place of `generate`, to report what is wrong with
    // the files that it names. NULL: it runs none.
    void (*examine)(struct generate_context *, const void *settings);
};

// In the order in which they run; the last element is NULL.
extern const struct generator *const generators[];
