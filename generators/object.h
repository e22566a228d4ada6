// generators/object.h
//
// What ConfigMap and Secret generators have in common: their entries, the key/value pairs from
// literals, files and env files, and the object around the data.
#pragma once

#include "generators/generator.h"

// One entry of configMapGenerator or secretGenerator.
struct generator_entry {
    struct position position;
    struct text name, namespace, behavior;
    struct text_list literals, files, envs;
    struct text env;   // the older form of one item of `envs`
    struct text type;  // secrets only
    struct generator_options *options;
};

extern const struct decode_type generator_options_type;
extern const struct decode_type config_map_entry_type;
extern const struct decode_type secret_entry_type;

struct key_value {
    struct slice key, value;
    struct position position;        // of the value's text
    struct position entry_position;  // of what names it in the generator's entry
};

struct key_values {
    struct key_value *items;
    size_t count, capacity;
    bool secret;  // they go into a Secret
};

// One entry of a generator's field, decoded.
const struct generator_entry *generator_entry_decode(struct generate_context *, const struct decode_type *,
                                                     const struct node *entry);
// The same for a builtin configuration object: its name and namespace default to those of its metadata.
const struct generator_entry *generator_object_decode(struct generate_context *, const struct decode_type *,
                                                      const struct node *object);

// All pairs of an entry: envs, literals, files. False: diagnosed (also for a repeated key).
bool generator_collect(struct generate_context *, const struct generator_entry *, struct key_values *);

// The object with metadata and options, without data. `behavior` and `needs_hash` are set.
struct resource *generator_object(struct generate_context *, const struct generator_entry *, const struct name *kind);

// Adds a pair, of a key that is not there yet, to the data of a generated object. kustomize writes these keys without
// quotes: one that reads as a number, a boolean or nothing is refused where it is printed.
void generator_set_data(struct generate_context *, struct node *data, const struct key_value *, struct slice value);

// Base64 as kustomize writes it: one line below 70 characters, else lines of 70, each with its line break.
struct slice generator_base64(struct arena *, struct slice bytes);
