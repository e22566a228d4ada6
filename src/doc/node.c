#include "doc/node.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "doc/scalar.h"

// Maps with more entries than this have an index before their entries.
enum { INDEX_FROM = 24 };

// Precedes the entries of a map whose capacity is larger than that, so that smaller maps don't pay for it.
struct map_header {
    uint32_t *slots;      // 1 + number of the first entry with the key; NULL: no index yet
    uint32_t slot_count;  // a power of two
    uint32_t indexed;     // the number of entries in the index
};

// NULL if the map is too small to have one.
static struct map_header *header_of(const struct node *map)
{
    return map->capacity > INDEX_FROM ? (struct map_header *)(void *)map->entries - 1 : NULL;
}

struct node *node_new_scalar(struct arena *arena, struct slice text, enum node_style style, enum node_tag tag,
                             struct position position)
{
    struct node *node = arena_new(arena, struct node);
    assert(text.length <= UINT32_MAX);
    node->kind = NODE_SCALAR;
    node->style = (uint8_t)style;
    node->tag = (uint8_t)tag;
    node->position = position;
    node_set_text(node, text);
    return node;
}

struct node *node_new_string(struct arena *arena, struct slice text, struct position position)
{
    bool lines = slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
    return node_new_scalar(arena, text, lines ? STYLE_LITERAL : STYLE_PLAIN, TAG_STRING, position);
}

static struct node *new_collection(struct arena *arena, enum node_kind kind, struct position position)
{
    struct node *node = arena_new(arena, struct node);
    node->kind = (uint8_t)kind;
    node->position = position;
    return node;
}

struct node *node_new_map(struct arena *arena, struct position position)
{
    return new_collection(arena, NODE_MAP, position);
}

struct node *node_new_sequence(struct arena *arena, struct position position)
{
    return new_collection(arena, NODE_SEQUENCE, position);
}

static void reserve_entries(struct arena *arena, struct node *map, uint32_t capacity)
{
    const struct map_header *old = header_of(map);
    size_t before = capacity > INDEX_FROM ? sizeof *old : 0;
    char *memory = arena_allocate(arena, before + (size_t)capacity * sizeof *map->entries, _Alignof(struct map_header));
    struct map_entry *entries = (struct map_entry *)(void *)(memory + before);
    if (old)
        memcpy(memory, old, sizeof *old);
    if (map->count)
        memcpy(entries, map->entries, map->count * sizeof *entries);
    map->entries = entries;
    map->capacity = capacity;
}

static void index_entry(struct map_header *header, const struct node *map, uint32_t number)
{
    uint32_t mask = header->slot_count - 1;
    const struct name *key = map->entries[number].key;
    for (uint32_t at = key->hash & mask;; at = (at + 1) & mask) {
        if (!header->slots[at]) {
            header->slots[at] = number + 1;
            return;
        }
        if (map->entries[header->slots[at] - 1].key == key)
            return;  // lookups must find the first entry with the key
    }
}

static void extend_index(struct arena *arena, struct node *map)
{
    struct map_header *header = header_of(map);
    if (map->count * 2 > header->slot_count) {
        do
            header->slot_count = header->slot_count ? header->slot_count * 4 : 128;
        while (map->count * 2 > header->slot_count);
        header->slots = arena_array(arena, uint32_t, header->slot_count);
        header->indexed = 0;
    }
    while (header->indexed < map->count)
        index_entry(header, map, header->indexed++);
}

struct node *node_copy(struct arena *arena, const struct node *node)
{
    if (!node)
        return NULL;
    struct node *copy = arena_new(arena, struct node);
    *copy = *node;
    if (node->kind == NODE_MAP) {
        copy->entries = NULL;
        copy->count = copy->capacity = 0;
        if (node->count)
            reserve_entries(arena, copy, node->count);
        for (uint32_t i = 0; i < node->count; i++) {
            copy->entries[i] = node->entries[i];
            copy->entries[i].value = node_copy(arena, node->entries[i].value);
        }
        copy->count = node->count;
        if (copy->count > INDEX_FROM)
            extend_index(arena, copy);
    } else if (node->kind == NODE_SEQUENCE) {
        copy->capacity = node->count;
        copy->items = arena_array(arena, struct node *, node->count);
        for (uint32_t i = 0; i < node->count; i++)
            copy->items[i] = node_copy(arena, node->items[i]);
    }
    return copy;
}

size_t node_memory(const struct node *node, size_t level, size_t *deepest)
{
    if (level > *deepest)
        *deepest = level;
    size_t size = sizeof *node + sizeof *node->entries;
    if (node->kind == NODE_SCALAR)
        return size + node->count;
    for (uint32_t i = 0; i < node->count; i++)
        size += node_memory(node->kind == NODE_MAP ? node->entries[i].value : node->items[i], level + 1, deepest);
    return size;
}

bool node_is_null(const struct node *node)
{
    if (!node)
        return true;
    if (node->kind != NODE_SCALAR)
        return false;
    if (node->tag != TAG_IMPLICIT)
        return node->tag == TAG_NULL;
    struct slice text = node_text(node);
    return text.length == 0 || (text.length == 1 && text.data[0] == '~') ||
           (text.length == 4 && (text.data[0] == 'n' || text.data[0] == 'N') && scalar_resolve_tag(text) == TAG_NULL);
}

const char *node_kind_phrase(const struct node *node)
{
    if (node_is_null(node))
        return "null";
    if (node->kind == NODE_MAP)
        return "a map";
    if (node->kind == NODE_SEQUENCE)
        return "a list";
    switch (node_resolved_tag(node)) {
    case TAG_BOOL:
        return "a boolean";
    case TAG_INT:
    case TAG_FLOAT:
        return "a number";
    case TAG_MERGE:
        return "a merge key";
    default:
        return "a string";
    }
}

struct map_entry *node_map_find(const struct node *map, const struct name *key)
{
    if (!map || map->kind != NODE_MAP || !map->count)
        return NULL;
    uint32_t from = 0;
    if (map->count > INDEX_FROM && header_of(map)->slots) {
        const struct map_header *header = header_of(map);
        uint32_t mask = header->slot_count - 1;
        for (uint32_t at = key->hash & mask; header->slots[at]; at = (at + 1) & mask) {
            struct map_entry *entry = &map->entries[header->slots[at] - 1];
            if (entry->key == key)
                return entry;
        }
        from = header->indexed;
    }
    for (uint32_t i = from; i < map->count; i++)
        if (map->entries[i].key == key)
            return &map->entries[i];
    return NULL;
}

struct node *node_map_get(const struct node *map, const struct name *key)
{
    struct map_entry *entry = node_map_find(map, key);
    return entry ? entry->value : NULL;
}

const struct map_entry *node_map_find_text(const struct node *map, struct slice key)
{
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++)
        if (slice_equal(map->entries[i].key->text, key))
            return &map->entries[i];
    return NULL;
}

const struct node *node_map_get_text(const struct node *map, struct slice key)
{
    const struct map_entry *entry = node_map_find_text(map, key);
    return entry ? entry->value : NULL;
}

const struct map_entry *node_map_find_ignoring_case(const struct node *map, struct slice key)
{
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++)
        if (slice_equal_ignoring_case(map->entries[i].key->text, key))
            return &map->entries[i];
    return NULL;
}

const struct node *node_map_get_ignoring_case(const struct node *map, struct slice key)
{
    const struct map_entry *entry = node_map_find_ignoring_case(map, key);
    return entry ? entry->value : NULL;
}

struct node *node_get_path(const struct node *map, ...)
{
    va_list keys;
    va_start(keys, map);
    const struct node *node = map;
    for (const struct name *key; node && (key = va_arg(keys, const struct name *));)
        node = node_map_get(node, key);
    va_end(keys);
    return (struct node *)node;
}

void node_map_append(struct arena *arena, struct node *map, struct map_entry entry)
{
    assert(map->kind == NODE_MAP && entry.key && entry.value);
    if (map->count == map->capacity)
        reserve_entries(arena, map, map->capacity ? map->capacity * 2 : 4);
    map->entries[map->count++] = entry;
    if (map->count > INDEX_FROM)
        extend_index(arena, map);
}

void node_map_fill(struct arena *arena, struct node *map, const struct map_entry *entries, uint32_t count)
{
    assert(map->kind == NODE_MAP && !map->count);
    if (!count)
        return;
    if (count > map->capacity)
        reserve_entries(arena, map, count);
    memcpy(map->entries, entries, count * sizeof *entries);
    map->count = count;
    if (count > INDEX_FROM)
        extend_index(arena, map);
}

void node_map_set(struct arena *arena, struct node *map, const struct name *key, struct node *value)
{
    struct map_entry *entry = node_map_find(map, key);
    if (entry && entry->value) {
        entry->value = value;
        return;
    }
    // A `<<` from the build is written without quotes, and is then merged.
    bool plain = name_is_merge_key(key) || scalar_resolve_tag(key->text) == TAG_STRING;
    struct map_entry made = {.key = key,
                             .value = value,
                             .key_line = value->position.line,
                             .key_column = value->position.column & 0xFFFFFF,
                             .key_tag = plain ? TAG_IMPLICIT : TAG_STRING};
    if (entry)
        *entry = made;
    else
        node_map_append(arena, map, made);
}

struct node *node_map_ensure(struct arena *arena, struct node *map, const struct name *key)
{
    struct node *value = node_map_get(map, key);
    if (!node_is_map(value)) {
        value = node_new_map(arena, map->position);
        node_map_set(arena, map, key, value);
    }
    return value;
}

static void index_again(struct node *map)
{
    struct map_header *header = header_of(map);
    if (!header || !header->slots)
        return;
    memset(header->slots, 0, header->slot_count * sizeof *header->slots);
    for (header->indexed = 0; header->indexed < map->count; header->indexed++)
        index_entry(header, map, header->indexed);
}

bool node_map_remove(struct node *map, const struct name *key)
{
    if (!node_map_find(map, key))
        return false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->count; i++)
        if (map->entries[i].key != key)
            map->entries[kept++] = map->entries[i];
    map->count = kept;
    index_again(map);
    return true;
}

bool node_map_vacate(struct node *map, const struct name *key)
{
    struct map_entry *entry = node_map_find(map, key);
    if (!entry || !entry->value)
        return false;
    entry->value = NULL;
    return true;
}

void node_close_gaps(struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < node->count; i++) {
        struct node *child = node->kind == NODE_MAP ? node->entries[i].value : node->items[i];
        if (!child)
            continue;
        node_close_gaps(child);
        if (node->kind == NODE_MAP && kept != i)
            node->entries[kept] = node->entries[i];
        kept++;
    }
    if (kept == node->count)
        return;
    node->count = kept;
    index_again(node);
}

static void reserve_item(struct arena *arena, struct node *sequence)
{
    assert(sequence->kind == NODE_SEQUENCE);
    if (sequence->count < sequence->capacity)
        return;
    sequence->capacity = sequence->capacity ? sequence->capacity * 2 : 4;
    sequence->items = arena_grow(arena, sequence->items, sequence->count, sequence->capacity, sizeof *sequence->items,
                                 _Alignof(struct node *));
}

void node_sequence_append(struct arena *arena, struct node *sequence, struct node *item)
{
    assert(item);
    reserve_item(arena, sequence);
    sequence->items[sequence->count++] = item;
}

void node_sequence_fill(struct arena *arena, struct node *sequence, struct node *const *items, uint32_t count)
{
    assert(sequence->kind == NODE_SEQUENCE && !sequence->count);
    sequence->items = arena_array(arena, struct node *, count);
    sequence->count = sequence->capacity = count;
    if (count)
        memcpy(sequence->items, items, count * sizeof *items);
}

void node_sequence_insert(struct arena *arena, struct node *sequence, size_t index, struct node *item)
{
    assert(index <= sequence->count && item);
    reserve_item(arena, sequence);
    memmove(sequence->items + index + 1, sequence->items + index, (sequence->count - index) * sizeof *sequence->items);
    sequence->items[index] = item;
    sequence->count++;
}

void node_sequence_remove(struct node *sequence, size_t index)
{
    assert(index < sequence->count);
    size_t after = sequence->count - index - 1;
    if (index < after) {  // move the shorter side, because a list may be emptied from its front
        memmove(sequence->items + 1, sequence->items, index * sizeof *sequence->items);
        sequence->items++;
        sequence->capacity--;
    } else {
        memmove(sequence->items + index, sequence->items + index + 1, after * sizeof *sequence->items);
    }
    sequence->count--;
}

static void dump(struct buffer *out, const struct node *node, const char *prefix, struct slice key, int depth)
{
    static const char *const styles[] = {"plain", "single", "double", "literal", "folded", "flow"};
    static const char *const tags[] = {"implicit", "string",    "null",   "bool",  "int",
                                       "float",    "timestamp", "binary", "merge", "other"};
    buffer_add_format(out, "%*s%s%.*s%s", depth * 2, "", prefix, SLICE_ARGS(key), key.data ? ": " : "");
    buffer_add_format(out, "%u:%u ", node->position.line, node->position.column);
    if (node->kind == NODE_SCALAR) {
        buffer_add_format(out, "%s %s [%.*s]\n", styles[node->style], tags[node->tag], SLICE_ARGS(node_text(node)));
        return;
    }
    buffer_add_format(out, "%s%s\n", node->kind == NODE_MAP ? "map" : "sequence",
                      node->style == STYLE_FLOW ? " flow" : "");
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP)
            dump(out, node->entries[i].value, "", node->entries[i].key->text, depth + 1);
        else
            dump(out, node->items[i], "- ", (struct slice){0}, depth + 1);
    }
}

struct slice node_dump(struct arena *arena, const struct node *node)
{
    struct buffer out = {0};
    if (node)
        dump(&out, node, "", (struct slice){0}, 0);
    struct slice text = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}
