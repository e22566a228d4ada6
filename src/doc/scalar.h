// doc/scalar.h
//
// What a scalar means. Two resolvers, as in kustomize: resources follow "YAML 1.2 with extras"
// (`yes` is a string, `010` is 8), kustomization files and JSON patches in YAML form follow YAML 1.1
// (`yes` is a boolean).
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

// What a plain scalar with this text is, in a resource.
struct scalar_value scalar_resolve(struct slice text);
// The same in a kustomization file (YAML 1.1). A timestamp is a string there.
struct scalar_value scalar_resolve_yaml11(struct slice text);

// The type without the value, as a tag: TAG_STRING, TAG_INT …; cheaper than scalar_resolve.
enum node_tag scalar_resolve_tag(struct slice text);
// The key_tag of a key that a program writes without quotes: TAG_IMPLICIT for a text, else the type that it reads as.
enum node_tag scalar_unquoted_key_tag(struct slice text);

// The tag of a scalar node with TAG_IMPLICIT resolved.
enum node_tag node_resolved_tag(const struct node *scalar);

// True when a YAML 1.1 reader takes the plain text for something else than a string (an empty text,
// `yes`, `010`, `1:30`, a date): such a string must be printed in quotes.
bool scalar_needs_quotes(struct slice text);

// True when a YAML 1.1 reader takes a text that stands alone for something else than a string: a number, a boolean,
// null, a comment, or a collection. kustomize puts it in double quotes when it stores it as a string.
bool scalar_is_ambiguous(struct slice text);

// Appends a number as kustomize prints it: the shortest digits that read back the same, with an exponent
// from `exponent_limit` on: 6 in YAML (and below -4), 21 in JSON (and below -6).
void scalar_write_float(struct buffer *, double, int exponent_limit);

// A decimal number as Go's ParseInt reads it: a sign, and digits alone. False: it is none, or has no place in 64 bits.
bool scalar_parse_decimal(struct slice text, int64_t *number);

// The text of a timestamp in RFC 3339 form with nanoseconds trimmed; false when the text is none.
bool scalar_timestamp_text(struct arena *, struct slice text, struct slice *rfc3339);
// Appends the same text to a buffer instead.
bool scalar_timestamp_write(struct buffer *, struct slice text);
