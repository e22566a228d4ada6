// generators/object.h
//
// What ConfigMap and Secret generators have in common: their entries, the key/value pairs from literals, files, and env
// files, and the object around the data.
#pragma once

#include "generators/generator.h"

// One entry of configMapGenerator or secretGenerator.
struct generator_entry {
    struct position position;
    struct text name, namespace, behavior;
    struct text_list literals, files, envs;
    struct text env;   // an older field, like one item of `envs`
    struct text type;  // for Secrets only
    struct generator_options *options;
};

extern const struct decode_type generator_options_type;
extern const struct decode_type config_map_entry_type;
extern const struct decode_type secret_entry_type;

struct key_value {
    struct slice key, value;
    struct position position;        // of the value
    struct position entry_position;  // of the literal or path in the generator's entry
};

struct key_values {
    struct key_value *items;
    size_t count, capacity;
    bool secret;  // the pairs go into a Secret
};

// Decodes one entry of a generator's field. NULL: diagnosed.
const struct generator_entry *generator_entry_decode(struct generate_context *, const struct decode_type *,
                                                     const struct node *entry);
// Decodes a built-in configuration object. Its name and namespace default to those in its metadata. NULL: diagnosed.
const struct generator_entry *generator_object_decode(struct generate_context *, const struct decode_type *,
                                                      const struct node *object);

// Collects all pairs of an entry, from envs, literals, and files. False: diagnosed (for instance, a duplicate key).
bool generator_collect(struct generate_context *, const struct generator_entry *, struct key_values *);

// Creates the object with metadata and options, but without data. Sets `behavior` and `needs_hash`. NULL: diagnosed.
struct resource *generator_object(struct generate_context *, const struct generator_entry *, const struct name *kind);

// Adds a pair with a new key to the data of a generated object. kustomize writes these keys without quotes, so printing
// fails for a key that reads as a float, boolean, or null. Before kustomize v5.8.3, it also fails for one that reads as
// an integer or timestamp.
void generator_set_data(struct generate_context *, struct node *data, const struct key_value *, struct slice value);

// Encodes as Base64 like kustomize: up to 69 characters on one line, or else in lines of 70, each with a line break.
struct slice generator_base64(struct arena *, struct slice bytes);
