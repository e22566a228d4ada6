// edit/generated.h
//
// Entries of `configMapGenerator` and `secretGenerator`.
#pragma once

#include "edit/edit.h"
#include "generators/generator.h"
#include "load/glob.h"

// One of the two fields.
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

// The files of `[key=]pattern`, several in one text with commas between them (CSV). False: diagnosed.
bool edit_expand_sources(struct build *, const struct slice *texts, size_t count, struct path_list *);

// Puts the arguments into the entry of the name, made where there is none, and generates it once to see that it can be.
// False: diagnosed.
bool edit_add_generated(struct edit *, const struct generated_kind *, const struct generated_arguments *);
// Changes literals and the namespace of an entry. False: diagnosed (no such entry, no such literal).
bool edit_set_generated(struct edit *, const struct generated_kind *, const struct generated_arguments *);
// Takes the entries of the names `a,b` out; a name that is absent is noted. False: diagnosed (none is there).
bool edit_remove_generated(struct edit *, const struct generated_kind *, struct slice names, struct slice namespace);
