// doc/decode_messages.h
//
// What decoding reports about a value that doesn't fit its row, or a field that has none, and what to write instead.
// Internal to doc.
#pragma once

#include "doc/decode.h"
#include "doc/scalar.h"

enum step_kind {
    STEP_ROOT,  // the root: part of the path only if nothing follows
    STEP_FIELD,
    STEP_INDEX,
    STEP_KEY,  // in a string map
};

struct step {
    const struct step *parent;
    enum step_kind kind;
    struct slice name;
    size_t index;
    const struct decode_type *owner;   // of a field: the type that has it
    const struct decode_field *field;  // its row
    const struct node *list;           // of an item
};

// The field of the type with this name, ignoring case; NULL: there is none.
const struct decode_field *decode_field_named(const struct decode_type *, struct slice name);
// By the rules of the context. False: the value doesn't match its tag.
bool decode_resolve(const struct decode_context *, const struct node *scalar, struct scalar_value *);

// The path to a value: `images[2].newTag`.
struct slice decode_path(struct arena *, const struct step *);

// --- Hints. The first adds the row's own hint; false: it has none for this value.

bool decode_hint_row(struct decode_context *, const struct step *, const struct node *);
// Lists the fields of the type, unless there are too many.
void decode_hint_fields(struct decode_context *, const struct decode_type *);
bool decode_has_known_field(const struct decode_type *, const struct node *map);
// The only field that is a map of strings, such as `pairs` of labels. NULL: there is none, or there are several.
const struct decode_field *decode_only_text_map(const struct decode_type *);

// --- Problems. These report the problem and return false.

// For a value of a type other than `wanted`, such as "a map".
bool decode_refuse_type(struct decode_context *, const struct step *, const struct node *, const char *wanted);
// For something other than a boolean or an integer, which may be in quotes.
bool decode_refuse_scalar(struct decode_context *, const struct step *, const struct node *, enum scalar_type wanted);
// For something other than a string, or a map of strings.
bool decode_refuse_string(struct decode_context *, const struct step *, const struct node *);
bool decode_refuse_text_map(struct decode_context *, const struct step *, const struct node *);
// For something other than a list; `type` is that of its items, NULL for strings.
bool decode_refuse_list(struct decode_context *, const struct step *, const struct decode_type *, const struct node *);
// For something other than a map with the fields of the type.
bool decode_refuse_struct(struct decode_context *, const struct step *, const struct decode_type *,
                          const struct node *);
// decode_unknown.c. For a field that the type doesn't have.
bool decode_refuse_unknown(struct decode_context *, const struct step *, const struct decode_type *,
                           const struct node *map, const struct map_entry *);
