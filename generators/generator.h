// generators/generator.h
//
// A generator makes resources from its configuration and the files that this names.
#pragma once

#include "doc/decode.h"
#include "load/file_loader.h"
#include "resource/resource_map.h"

// `generatorOptions` of a kustomization, `options` of an entry.
struct generator_options {
    struct position position;
    struct text_map labels, annotations;
    bool disable_name_suffix_hash;
    bool immutable;
};

struct generate_context {
    struct resource_context *resources;
    struct arena *arena;
    struct name_table *names;
    struct diagnostics *diagnostics;
    struct file_loader *files;
    const struct generator_options *options;  // of the kustomization; NULL: none
};

struct generator {
    const char *field;          // its key in kustomization.yaml, a list of entries
    struct decode_field shape;  // of the field's value; checked when the kustomization is read
    const char *kind;           // its builtin kind

    // Decodes one entry. NULL: the reason is in diagnostics. All are configured before the first runs.
    const void *(*configure)(struct generate_context *, const struct node *entry);
    // The same for an object of `kind` (apiVersion builtin) under `generators`. NULL: not available.
    const void *(*configure_object)(struct generate_context *, const struct node *object);
    // Appends what it makes, with `behavior` and `needs_hash` set. False: diagnosed.
    bool (*generate)(struct generate_context *, const void *settings, struct resource_list *);
};

// In the order of running, ended by NULL.
extern const struct generator *const generators[];
