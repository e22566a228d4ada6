// compare/meaning.h
//
// Compares values by meaning instead of spelling. Each side has its own table of names, so keys are compared as
// strings.
#pragma once

#include "compare/side.h"

static inline bool is_same_name(const struct name *a, const struct name *b)
{
    return a == b || (a->hash == b->hash && slice_equal(a->text, b->text));
}

// The entry with the key of the other side's map, first looked up at index `near`. NULL: none.
const struct map_entry *entry_with_key(const struct node *map, struct name_table *, const struct name *key,
                                       uint32_t near);
// The value of a field in a map of either side. NULL: absent, or not a map.
const struct node *field_of(const struct node *map, const char *key);

enum value_type { VALUE_NULL, VALUE_BOOL, VALUE_NUMBER, VALUE_STRING, VALUE_LIST, VALUE_MAP };
extern const char *const value_type_texts[];

// Objects of a stream are interpreted as kubectl does: `yes` is true.
enum value_type value_type_of(const struct side *, const struct node *);

// The same type and value. `quantity`: `500m` and `0.5` are the same.
bool is_same_scalar(const struct side *, const struct node *before, const struct side *, const struct node *after,
                    bool quantity);

// True if the API has a quantity under `key` in the field `parent`.
bool is_quantity_field(struct slice parent, struct slice key);

// Renamed references: the name after the change.
struct renames;
struct slice renames_translate(const struct renames *, struct slice text);

// Hashes that are equal for values that mean the same. Those of all scalars below a node, with the fields on the way,
// are its leaves.
struct leaves {
    uint64_t *items;  // sorted by leaves_collect
    size_t count, capacity;
};
uint64_t value_hash(const struct side *, const struct node *, const struct renames *);
struct leaf_request {
    uint64_t seed;                  // leaves are equal only if this is
    const struct renames *renames;  // may be NULL
    bool skip_name;                 // leave out metadata.name and metadata.namespace
};
void leaves_collect(struct arena *, const struct side *, const struct node *, struct leaf_request, struct leaves *);
// The number of leaves that both have.
size_t leaves_shared(const struct leaves *, const struct leaves *);
