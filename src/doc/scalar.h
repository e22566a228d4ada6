// doc/scalar.h
//
// The meaning of scalars. As in kustomize, there are two resolvers: resources follow YAML 1.2 with extras (`yes` is a
// string, `010` is 8), kustomization files and JSON patches in YAML follow YAML 1.1 (`yes` is a boolean).
//
// Source: the resolve step of go.yaml.in/yaml v3 (resources) and of sigs.k8s.io/yaml (1.1).
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "doc/node.h"

enum scalar_type {
    SCALAR_STRING,
    SCALAR_NULL,
    SCALAR_BOOL,
    SCALAR_INT,
    SCALAR_UINT,  // an integer above INT64_MAX
    SCALAR_FLOAT,
    SCALAR_TIMESTAMP,
    SCALAR_MERGE,  // `<<`
};

struct scalar_value {
    enum scalar_type type;
    union {
        bool boolean;
        int64_t integer;
        uint64_t unsigned_integer;
        double number;
    };
};

// The value of a plain scalar in a resource.
struct scalar_value scalar_resolve(struct slice text);
// The value of a plain scalar in a kustomization file (YAML 1.1). A timestamp is a string there.
struct scalar_value scalar_resolve_yaml11(struct slice text);

// The type without the value, as a tag such as TAG_STRING or TAG_INT; cheaper than scalar_resolve.
enum node_tag scalar_resolve_tag(struct slice text);
// The key_tag of a key that a program writes without quotes: TAG_IMPLICIT for a string, else the type that it is read
// as.
enum node_tag scalar_unquoted_key_tag(struct slice text);
// Sets a field of a map as kustomize does, which writes a new key without quotes.
void node_map_set_unquoted(struct arena *, struct node *map, const struct name *key, struct node *value);

// True for `port:80`, which is a string because of the missing space.
bool node_lacks_space(const struct node *scalar);

// The tag of a scalar, with TAG_IMPLICIT resolved.
enum node_tag node_resolved_tag(const struct node *scalar);

// True if a YAML 1.1 reader takes the plain text for something other than a string (the empty text, `yes`, `010`,
// `1:30`, or a date). Such a string must be printed in quotes.
bool scalar_needs_quotes(struct slice text);

// True if a YAML 1.1 reader takes the text, as a whole document, for something other than a string: a number, a
// boolean, null, a comment, or a collection. kustomize stores such a string in double quotes.
bool scalar_is_ambiguous(struct slice text);

// Appends a number as kustomize prints it: the shortest digits that read back as the same number, with an exponent from
// `exponent_limit` on. The limit is 6 in YAML (and -4 for small numbers), 21 in JSON (and -6).
void scalar_write_float(struct buffer *, double, int exponent_limit);

// Reads a decimal number like Go's ParseInt: an optional sign and digits. False if it isn't one or doesn't fit into 64
// bits.
bool scalar_parse_decimal(struct slice text, int64_t *number);
