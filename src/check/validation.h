// check/validation.h
//
// Checks objects against the schemas of their kinds: the Kubernetes table (schema/api.h), schemas of custom resources,
// and JSON Schema files. It checks the finished object as kubectl reads kiln's output, and reports the place where the
// value was written.
#pragma once

#include "check/judge.h"
#include "doc/scalar.h"
#include "schema/api.h"

// One level of the path from the object to a value.
struct step {
    const struct step *up;  // NULL: this is the object
    const struct name *key;
    uint32_t index;  // of an item; a field has `key` instead
    uint32_t depth;
};

// A trial checks one of several alternative schemas. It reports nothing, but records how far it got.
struct trial {
    size_t errors;
    uint32_t farthest;  // level of the deepest error
};

struct validation {
    struct judge *judge;
    const struct resource *resource;
    unsigned release;
    bool is_range;   // there are several releases, so messages name theirs
    bool is_secret;  // messages contain no values
    bool ignores_status;
    bool is_in_status;  // API servers ignore the content of the status, so nothing is required there
    size_t count;       // number of findings
    size_t budget;      // remaining steps
    uint32_t nesting;   // number of nested schemas being checked
    struct trial *trial;
    const struct step *top;   // the outermost map that a definition of Kubernetes describes
    uint16_t top_definition;  // of that map
    struct buffer scratch;
    struct custom_types *types;  // of check/custom_type.h
};

extern const struct rule schema_type_rule, schema_unknown_field_rule, schema_required_rule, schema_enum_rule,
    schema_format_rule, schema_range_rule, schema_pattern_rule, schema_duplicate_item_rule, schema_null_rule,
    schema_one_of_rule, schema_unknown_kind_rule, kind_unknown_rule, schema_not_checked_rule, schema_file_invalid_rule,
    type_changed_by_quotes_rule, quantity_invalid_rule, object_invalid_rule, api_removed_rule, api_deprecated_rule,
    api_not_yet_rule;

// NULL: the finding isn't needed, or this is a trial.
struct sighting *validation_find(struct validation *, const struct rule *, const struct step *, struct position,
                                 const char *format, ...) __attribute__((format(printf, 5, 6)));

// "spec.template.spec" in the judge's arena; empty for the object itself.
struct slice validation_path(struct validation *, const struct step *);
// The node that the steps lead to; NULL: there is none.
const struct node *validation_node(const struct validation *, const struct step *);

// False: already reported (the object is too large to be checked any further).
bool validation_continues(struct validation *, const struct step *, const struct node *);

// Reports that the rest is not checked.
void validation_give_up(struct validation *, const struct step *, const struct node *);

// The type of a scalar in the output. The text of a string is valid until the next call.
struct output_value {
    enum scalar_type type;  // SCALAR_STRING for timestamps, too
    struct scalar_value value;
    struct slice text;
};
struct output_value validation_value(struct validation *, const struct node *, bool in_flow);
// Null in the output. An empty value in a flow map is a string there.
bool validation_is_null(struct validation *, const struct node *, bool in_flow);
// True for a scalar whose value another program fills in: Flux (`${name}`), Helm (`{{ … }}`), SOPS (`ENC[…]`).
bool validation_is_open(const struct node *);
// What was found: "a string", "an integer", "a list".
const char *validation_kind(struct validation *, const struct node *, bool in_flow);
// The value for a message: quoted, or a description if it may be secret.
struct slice validation_shown(struct validation *, const struct node *);

// Reports a wrong type, and how the author can fix it. `expected` is a noun with its article.
void validation_wrong_type(struct validation *, const struct step *, const struct node *, bool in_flow,
                           const char *expected);

// Reports a value outside a set. `near` is a similar value, or empty.
void validation_not_in_set(struct validation *, const struct step *, const struct node *, struct slice choices,
                           struct slice nearest);

// True if two words differ only in case or by one edit, so that one is surely meant to be the other.
bool words_are_near(struct slice, struct slice);

// Where the key of an entry of the map at the step is written (check/key_places.h).
struct position validation_key_place(struct validation *, const struct step *, const struct map_entry *);

// Checks the object, or a part of it, against a definition of Kubernetes.
void validate_definition(struct validation *, const struct step *, uint16_t definition, const struct node *,
                         bool in_flow);
// Checks what API servers check beyond the types of a map's fields. `misspelled` may be NULL.
struct misspelled;
void validate_semantics(struct validation *, const struct step *, uint16_t definition, const struct node *map,
                        const struct misspelled *);
// Checks an object against the schema of its kind, or a JSON Schema file (check/custom_type.h).
struct custom_type;
void validate_custom(struct validation *, const struct step *, const struct custom_type *, const struct node *,
                     bool in_flow);

// Reports a required field that is absent or null.
void validation_missing(struct validation *, const struct step *, const struct node *map, const struct node *value,
                        const struct name *field);
// Reports an unknown field; `suggestion` may be empty.
struct sighting *validation_unknown(struct validation *, const struct step *, const struct map_entry *,
                                    struct slice suggestion);
