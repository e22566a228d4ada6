// edit/generated.h
//
// Entries of `configMapGenerator` and `secretGenerator`.
#pragma once

#include "edit/edit.h"
#include "generators/generator.h"
#include "load/glob.h"

// The properties of one of the two fields.
struct generated_kind {
    const char *field;
    const char *word;  // in messages: configmap, secret
    const char *kind;  // ConfigMap, Secret
    const struct generator *generator;
};

extern const struct generated_kind edit_config_maps, edit_secrets;

struct generated_arguments {
    struct slice name, namespace, new_namespace;
    const struct slice *literals;
    size_t literal_count;
    struct path_list files;
    struct slice env_file, behavior, type;
    bool disable_name_suffix_hash;
};

// Expands `[key=]pattern` into files; a string may have several, separated by commas (CSV). False: diagnosed.
bool edit_expand_sources(struct build *, const struct slice *texts, size_t count, struct path_list *);

// Adds the arguments to the entry with this name, which is created if necessary, and generates it once as a check.
// False: diagnosed.
bool edit_add_generated(struct edit *, const struct generated_kind *, const struct generated_arguments *);
// Changes literals and the namespace of an entry. False: diagnosed (no such entry, no such literal).
bool edit_set_generated(struct edit *, const struct generated_kind *, const struct generated_arguments *);
// Removes the entries named `a,b`; absent names are reported. False: diagnosed (none exists).
bool edit_remove_generated(struct edit *, const struct generated_kind *, struct slice names, struct slice namespace);
