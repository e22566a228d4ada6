#include "compare/meaning.h"

#include <stdlib.h>

#include "doc/scalar.h"
#include "resource/quantity.h"

const char *const value_type_texts[] = {"null", "boolean", "number", "string", "list", "map"};

const struct map_entry *entry_with_key(const struct node *map, struct name_table *names, const struct name *key,
                                       uint32_t near)
{
    enum { FEW = 16 };
    if (near < map->count && is_same_name(map->entries[near].key, key))
        return &map->entries[near];
    if (map->count > FEW)
        return node_map_find(map, name_intern(names, key->text));
    for (uint32_t i = 0; i < map->count; i++)
        if (is_same_name(map->entries[i].key, key))
            return &map->entries[i];
    return NULL;
}

const struct node *field_of(const struct node *map, const char *key)
{
    return node_map_get_text(map, slice_from(key));
}

static bool may_be_bool11(const struct node *node)
{
    return node->style == STYLE_PLAIN && node->tag == TAG_IMPLICIT && node->count && node->count <= 3;
}

// The type as a tag; every kind of string is TAG_STRING.
static enum node_tag tag_of(const struct side *side, const struct node *node)
{
    enum node_tag tag = node_resolved_tag(node);
    if (tag == TAG_NULL || tag == TAG_BOOL || tag == TAG_INT || tag == TAG_FLOAT)
        return tag;
    if (!side->is_build && may_be_bool11(node) && scalar_resolve_yaml11(node_text(node)).type == SCALAR_BOOL)
        return TAG_BOOL;
    return TAG_STRING;
}

enum value_type value_type_of(const struct side *side, const struct node *node)
{
    if (!node)
        return VALUE_NULL;
    if (node->kind != NODE_SCALAR)
        return node->kind == NODE_MAP ? VALUE_MAP : VALUE_LIST;
    switch (tag_of(side, node)) {
    case TAG_NULL:
        return VALUE_NULL;
    case TAG_BOOL:
        return VALUE_BOOL;
    case TAG_INT:
    case TAG_FLOAT:
        return VALUE_NUMBER;
    default:
        return VALUE_STRING;
    }
}

static bool bool_of(const struct node *node)
{
    struct scalar_value value = scalar_resolve_yaml11(node_text(node));
    return value.type == SCALAR_BOOL && value.boolean;
}

static double number_of(const struct node *node)
{
    struct scalar_value value = scalar_resolve(node_text(node));
    return value.type == SCALAR_INT    ? (double)value.integer
           : value.type == SCALAR_UINT ? (double)value.unsigned_integer
                                       : value.number;
}

static bool is_same_number(const struct node *a, const struct node *b)
{
    struct scalar_value before = scalar_resolve(node_text(a)), after = scalar_resolve(node_text(b));
    if (before.type == SCALAR_INT && after.type == SCALAR_INT)
        return before.integer == after.integer;
    if (before.type == SCALAR_UINT && after.type == SCALAR_UINT)
        return before.unsigned_integer == after.unsigned_integer;
    // NaN equals NaN here.
    double first = number_of(a), second = number_of(b);
    return first == second || (first != first && second != second);
}

static bool is_same_quantity(struct slice a, struct slice b)
{
    enum { LONG = 64 };
    struct arena arena = {0};
    struct quantity before, after;
    bool same = a.length <= LONG && b.length <= LONG && quantity_read(&arena, a, &before) &&
                quantity_read(&arena, b, &after) && quantity_compare(&before, &after) == 0;
    arena_free(&arena);
    return same;
}

bool is_same_scalar(const struct side *before_side, const struct node *before, const struct side *after_side,
                    const struct node *after, bool quantity)
{
    bool same_text = slice_equal(node_text(before), node_text(after));
    if (same_text && before->style == after->style && before->tag == after->tag &&
        before_side->is_build == after_side->is_build)
        return true;
    enum value_type first = value_type_of(before_side, before), second = value_type_of(after_side, after);
    if (quantity && (first == VALUE_NUMBER || first == VALUE_STRING) &&
        (second == VALUE_NUMBER || second == VALUE_STRING) &&
        (same_text || is_same_quantity(node_text(before), node_text(after))))
        return true;
    if (first != second)
        return false;
    switch (first) {
    case VALUE_NULL:
        return true;
    case VALUE_BOOL:
        return bool_of(before) == bool_of(after);
    case VALUE_NUMBER:
        return is_same_number(before, after);
    default:
        return same_text;
    }
}

bool is_quantity_field(struct slice parent, struct slice key)
{
    static const char *const maps[] = {"limits",
                                       "requests",
                                       "hard",
                                       "used",
                                       "capacity",
                                       "allocatable",
                                       "default",
                                       "defaultRequest",
                                       "max",
                                       "min",
                                       "maxLimitRequestRatio",
                                       "podFixed",
                                       "allocatedResources"};
    static const char *const keys[] = {"sizeLimit", "averageValue", "divisor", "storageCapacity", "maximumVolumeSize"};
    for (size_t i = 0; i < countof(maps); i++)
        if (slice_equals(parent, maps[i]))
            return true;
    for (size_t i = 0; i < countof(keys); i++)
        if (slice_equals(key, keys[i]))
            return true;
    return false;
}

// --- Hashes.

static uint64_t scalar_hash(const struct side *side, const struct node *node, const struct renames *renames)
{
    enum value_type type = value_type_of(side, node);
    if (type == VALUE_BOOL)
        return hash_combine(type, bool_of(node));
    if (type == VALUE_NULL)
        return type;
    if (type == VALUE_NUMBER) {
        double number = number_of(node);
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        return hash_combine(type, number == 0 ? 0 : bits);
    }
    struct slice text = node_text(node);
    return hash_combine(type, slice_hash(renames ? renames_translate(renames, text) : text));
}

uint64_t value_hash(const struct side *side, const struct node *node, const struct renames *renames)
{
    if (node->kind == NODE_SCALAR)
        return scalar_hash(side, node, renames);
    uint64_t hash = hash_combine(node->kind, 0);
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_SEQUENCE) {
            hash = hash_combine(hash, value_hash(side, node->items[i], renames));
        } else if (!node_is_null(node->entries[i].value)) {
            uint64_t entry = hash_combine(node->entries[i].key->hash,
                                          value_hash(side, node->entries[i].value, renames));
            hash += entry * 0x9E3779B97F4A7C15u;  // the order of entries doesn't matter
        }
    }
    return hash;
}

struct collection {
    struct arena *arena;
    const struct side *side;
    const struct renames *renames;
    struct leaves *leaves;
};

static void collect(const struct collection *work, const struct node *node, uint64_t path, bool skip_name, int level)
{
    if (node->kind == NODE_SCALAR || !node->count) {
        uint64_t value = node->kind == NODE_SCALAR ? scalar_hash(work->side, node, work->renames) : node->kind;
        uint64_t leaf = hash_combine(path, value);
        list_append(work->arena, work->leaves, leaf);
        return;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_SEQUENCE) {
            collect(work, node->items[i], hash_combine(path, NODE_SEQUENCE), false, level + 1);
            continue;
        }
        const struct name *key = node->entries[i].key;
        bool is_metadata = level == 0 && key == NAME(metadata);
        if (skip_name && level == 1 && (key == NAME(name) || key == NAME(namespace)))
            continue;
        collect(work, node->entries[i].value, hash_combine(path, key->hash), skip_name && is_metadata, level + 1);
    }
}

static int compare_leaves(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a, second = *(const uint64_t *)b;
    return (first > second) - (first < second);
}

void leaves_collect(struct arena *arena, const struct side *side, const struct node *node, struct leaf_request request,
                    struct leaves *leaves)
{
    struct collection work = {arena, side, request.renames, leaves};
    collect(&work, node, request.seed, request.skip_name, 0);
    if (leaves->count)
        qsort(leaves->items, leaves->count, sizeof *leaves->items, compare_leaves);
}

size_t leaves_shared(const struct leaves *a, const struct leaves *b)
{
    size_t shared = 0, i = 0, k = 0;
    while (i < a->count && k < b->count) {
        if (a->items[i] == b->items[k]) {
            shared++;
            i++;
            k++;
        } else if (a->items[i] < b->items[k]) {
            i++;
        } else {
            k++;
        }
    }
    return shared;
}
