// doc/decode.c
//
// The path to the current value is a chain of steps on the stack. It becomes a string only for a message (see
// doc/decode_messages.h): `expected a string for 'images[2].newTag', found the number 1.10`.
#include "doc/decode.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/base64.h"
#include "base/hash_index.h"
#include "doc/decode_messages.h"
#include "doc/text_traits.h"
#include "doc/timestamp.h"
#include "doc/yaml11.h"

const struct decode_field *decode_field_named(const struct decode_type *type, struct slice name)
{
    const struct decode_field *found = NULL;
    for (size_t i = 0; i < type->field_count; i++) {
        struct slice field = slice_from(type->fields[i].name);
        if (slice_equal(field, name))
            return &type->fields[i];
        if (!found && slice_equal_ignoring_case(field, name))
            found = &type->fields[i];
    }
    return found;
}

bool decode_type_has(const struct decode_type *type, struct slice name)
{
    return decode_field_named(type, name) != NULL;
}

struct slice decode_type_nearest(struct arena *arena, const struct decode_type *type, struct slice name)
{
    struct slice *names = arena_array(arena, struct slice, type->field_count);
    for (size_t i = 0; i < type->field_count; i++)
        names[i] = slice_from(type->fields[i].name);
    return nearest_text(name, names, type->field_count);
}

// --- Scalars.

bool decode_resolve(const struct decode_context *context, const struct node *scalar, struct scalar_value *value)
{
    return context->ignore_unknown ? resource_resolve(scalar, value) : yaml11_resolve(scalar, value);
}

// kustomize passes decoded values on as JSON, which is then read as YAML.
static bool fold_next_lines(struct arena *arena, struct slice *text)
{
    if (slice_find(*text, slice_literal("\xC2\x85")) == SLICE_NOT_FOUND)
        return true;
    struct buffer folded = {0};
    bool good = text_fold_next_lines(&folded, *text);
    *text = arena_copy(arena, buffer_slice(&folded));
    buffer_free(&folded);
    return good;
}

// Warns about quotes like “x” from a word processor, which are ordinary characters in YAML.
static void warn_of_curly_quote(struct decode_context *context, const struct node *node)
{
    static const struct slice quotes[] = {{"\xE2\x80\x9C", 3}, {"\xE2\x80\x98", 3}};
    struct slice text = node_text(node);
    if (!text.length || text.data[0] != '\xE2')
        return;
    for (size_t i = 0; i < countof(quotes); i++)
        if (slice_starts_with(text, quotes[i])) {
            diagnose_warning(context->diagnostics, node->position, "the curly quotes are part of the value");
            diagnose_hint(context->diagnostics, "use ' or \", or no quotes");
        }
}

static bool decode_text(struct decode_context *context, const struct step *step, const struct node *node,
                        struct text *text)
{
    struct scalar_value value;
    if (node->kind != NODE_SCALAR)
        return decode_refuse_string(context, step, node);
    if (!decode_resolve(context, node, &value))
        return decode_refuse_type(context, step, node, "a string");
    struct slice slice = node_text(node);
    switch (value.type) {
    case SCALAR_STRING:
    case SCALAR_MERGE:
        if (node->tag == TAG_BINARY && !base64_decode_new(context->arena, slice, BASE64_GO, &slice))
            return diagnose(context->diagnostics, node->position, "a !!binary value must be base64");
        break;
    case SCALAR_TIMESTAMP:
        timestamp_text(context->arena, slice, &slice);
        break;
    default:
        // Plugin configurations are printed and read again into the expected type, which converts them.
        if (!context->ignore_unknown)
            return decode_refuse_string(context, step, node);
        slice = scalar_value_text(context->arena, value);
    }
    if (!fold_next_lines(context->arena, &slice))
        return diagnose(context->diagnostics, node->position,
                        "the character U+0085 is not allowed before '---' or '...'");
    *text = (struct text){slice, node->position};
    if (!context->ignore_unknown && node->style == STYLE_PLAIN)
        warn_of_curly_quote(context, node);
    return true;
}

// Creating the fields of a path makes the document as deep as the path is long.
static bool check_steps(struct decode_context *context, const struct text *path)
{
    size_t count = 1;
    for (size_t i = 0; i < path->slice.length; i++)
        count += path->slice.data[i] == '/';
    return count <= NODE_DEPTH_MAX ||
           diagnose(context->diagnostics, path->position, "the path has %zu elements; at most %d are allowed", count,
                    NODE_DEPTH_MAX);
}

static bool decode_bool(struct decode_context *context, const struct step *step, const struct node *node, bool *boolean)
{
    struct scalar_value value;
    if (node->kind != NODE_SCALAR || !decode_resolve(context, node, &value) || value.type != SCALAR_BOOL)
        return decode_refuse_scalar(context, step, node, SCALAR_BOOL);
    *boolean = value.boolean;
    return true;
}

static bool decode_integer(struct decode_context *context, const struct step *step, const struct node *node,
                           struct integer *integer)
{
    struct scalar_value value;
    if (node->kind == NODE_SCALAR && decode_resolve(context, node, &value)) {
        if (value.type == SCALAR_INT) {
            *integer = (struct integer){value.integer, node->position};
            return true;
        }
        // kustomize converts `3.0` and `1e3` to 3 and 1000 on the way.
        if (value.type == SCALAR_FLOAT && value.number >= -0x1p63 && value.number < 0x1p63 &&
            (double)(int64_t)value.number == value.number) {
            *integer = (struct integer){(int64_t)value.number, node->position};
            return true;
        }
    }
    return decode_refuse_scalar(context, step, node, SCALAR_INT);
}

// --- Lists and maps of strings.

static bool decode_text_list(struct decode_context *context, const struct step *step, const struct node *node,
                             struct text_list *list)
{
    if (node->kind != NODE_SEQUENCE)
        return decode_refuse_list(context, step, NULL, node);
    bool good = true;
    list->items = arena_array(context->arena, struct text, node->count);
    list->count = list->capacity = node->count;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *item = node->items[i];
        struct step at = {.parent = step, .kind = STEP_INDEX, .index = i};
        list->items[i] = (struct text){slice_literal(""), item->position};
        good &= node_is_null(item) || decode_text(context, &at, item, &list->items[i]);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

// Finds the pair with a key. The index is only filled once a key may be repeated.
static struct text_pair *find_pair(struct arena *arena, struct text_map *map, struct hash_index *index,
                                   struct slice key)
{
    for (size_t i = index->count; i < map->count; i++)
        hash_index_add(arena, index, slice_hash(map->items[i].key.slice), (uint32_t)i);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(index, slice_hash(key)); hash_cursor_next(&at, &number);)
        if (slice_equal(map->items[number].key.slice, key))
            return &map->items[number];
    return NULL;
}

static bool decode_text_map(struct decode_context *context, const struct step *step, const struct node *node,
                            struct text_map *map)
{
    if (node->kind != NODE_MAP)
        return decode_refuse_text_map(context, step, node);
    bool was_empty = !map->count, good = true;
    struct hash_index index = {0};
    for (uint32_t i = 0; i < node->count; i++) {
        const struct map_entry *entry = &node->entries[i];
        struct step at = {.parent = step, .kind = STEP_KEY, .name = entry->key->text};
        struct text_pair pair = {.key = {entry->key->text, key_position(node, entry)},
                                 .value = {slice_literal(""), entry->value->position}};
        good &= node_is_null(entry->value) || decode_text(context, &at, entry->value, &pair.value);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
        bool repeated = node_map_find(node, entry->key) != entry;
        struct text_pair *old = was_empty && !repeated ? NULL
                                                       : find_pair(context->arena, map, &index, entry->key->text);
        if (repeated && old) {
            diagnose_warning(context->diagnostics, pair.key.position,
                             "duplicate key '%.*s' (first set on line %u); the last value wins",
                             SLICE_ARGS(entry->key->text),
                             sources_line_in_file(context->diagnostics->sources, old->key.position));
            diagnose_about(context->diagnostics, "key-duplicate");
        }
        if (old)
            *old = pair;
        else
            list_append(context->arena, map, pair);
    }
    return good;
}

// --- Structs.

static bool decode_field(struct decode_context *, const struct step *, const struct decode_field *, const struct node *,
                         void *base);

static bool decode_entry(struct decode_context *context, const struct step *step, const struct decode_type *type,
                         const struct map_entry *entry, void *base)
{
    const struct decode_field *field = decode_field_named(type, entry->key->text);
    if (!field)
        return true;
    struct step at = {
        .parent = step, .kind = STEP_FIELD, .name = slice_from(field->name), .owner = type, .field = field};
    return decode_field(context, &at, field, entry->value, base);
}

struct ordered_entry {
    const struct map_entry *entry;
    uint32_t number;
};

static int compare_entries(const void *left, const void *right)
{
    const struct ordered_entry *a = left, *b = right;
    int order = slice_compare(a->entry->key->text, b->entry->key->text);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

// What becomes of a field with two spellings.
static const char *outcome_of(const struct map_entry *before, const struct map_entry *entry)
{
    if (node_is_null(entry->value))
        return "";
    return node_is_map(before->value) && node_is_map(entry->value) ? "; kustomize merges both" : "; this spelling wins";
}

// Handles repeated fields: with the same spelling, the last one wins; with different spellings, the last one in byte
// order. With different spellings, maps are merged.
static bool decode_repeated(struct decode_context *context, const struct step *step, const struct decode_type *type,
                            const struct node *map, void *base)
{
    struct ordered_entry *entries = arena_array(context->arena, struct ordered_entry, map->count);
    const struct map_entry **given = arena_array(context->arena, const struct map_entry *, type->field_count);
    bool good = true;
    for (uint32_t i = 0; i < map->count; i++)
        entries[i] = (struct ordered_entry){&map->entries[i], i};
    qsort(entries, map->count, sizeof *entries, compare_entries);
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = entries[i].entry;
        const struct decode_field *field = decode_field_named(type, entry->key->text);
        if (!field)
            continue;
        const struct map_entry **before = &given[field - type->fields];
        if (*before) {
            struct slice first = (*before)->key->text, name = entry->key->text;
            uint32_t line = sources_line_in_file(context->diagnostics->sources, key_position(map, *before));
            if (slice_equal(first, name))
                diagnose_warning(context->diagnostics, key_position(map, entry),
                                 "duplicate field '%.*s' (first set on line %u); the last value wins", SLICE_ARGS(name),
                                 line);
            else
                diagnose_warning(context->diagnostics, key_position(map, entry),
                                 "duplicate field '%.*s' (set on line %u as '%.*s')%s", SLICE_ARGS(name), line,
                                 SLICE_ARGS(first), outcome_of(*before, entry));
            diagnose_about(context->diagnostics, "key-duplicate");
        }
        *before = entry;
        bool spelled_again = i + 1 < map->count && entries[i + 1].entry->key == entry->key;
        good &= spelled_again || decode_entry(context, step, type, entry, base);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

static bool decode_fields(struct decode_context *context, const struct step *step, const struct decode_type *type,
                          const struct node *map, void *base)
{
    if (map->kind != NODE_MAP)
        return decode_refuse_struct(context, step, type, map);
    bool *given = arena_array(context->arena, bool, type->field_count);
    bool repeated = false, good = true;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        const struct decode_field *field = decode_field_named(type, entry->key->text);
        if (!field && context->keep_unknown)
            diagnose_warning(context->diagnostics, key_position(map, entry),
                             "unknown field '%.*s' in %.*s; left unchanged", SLICE_ARGS(entry->key->text),
                             SLICE_ARGS(decode_path(context->arena, step)));
        else if (!field && !context->ignore_unknown) {
            good = decode_refuse_unknown(context, step, type, map, entry);
            if (!diagnostics_may_continue(context->diagnostics))
                return false;
        }
        if (!field)
            continue;
        if (!slice_equals(entry->key->text, field->name))
            diagnose_warning(context->diagnostics, key_position(map, entry),
                             "the field '%.*s' is read as '%s', and should be spelled that way",
                             SLICE_ARGS(entry->key->text), field->name);
        repeated |= given[field - type->fields];
        given[field - type->fields] = true;
    }
    if (repeated)
        return decode_repeated(context, step, type, map, base) && good;
    for (uint32_t i = 0; i < map->count; i++) {
        good &= decode_entry(context, step, type, &map->entries[i], base);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

static void *new_struct(struct decode_context *context, const struct decode_type *type, const struct node *node)
{
    void *value = arena_allocate(context->arena, type->size, 16);
    if (node)
        *(struct position *)value = node->position;
    return value;
}

static bool decode_list(struct decode_context *context, const struct step *step, const struct decode_type *type,
                        const struct node *node, struct decode_list *list)
{
    if (node->kind != NODE_SEQUENCE)
        return decode_refuse_list(context, step, type, node);
    list->items = arena_array(context->arena, void *, node->count);
    list->count = list->capacity = node->count;
    bool good = true;
    for (uint32_t i = 0; i < node->count; i++) {
        struct step at = {.parent = step, .kind = STEP_INDEX, .index = i, .list = node};
        list->items[i] = new_struct(context, type, node->items[i]);
        good &= node_is_null(node->items[i]) || decode_fields(context, &at, type, node->items[i], list->items[i]);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

// --- One value. Null leaves a string, number, or boolean as it is, and empties everything else.

static bool decode_null(const struct decode_field *field, const struct node *node, void *member)
{
    switch (field->kind) {
    case DECODE_TEXT:
    case DECODE_STEPS:
    case DECODE_BOOL:
    case DECODE_INTEGER:
        break;
    case DECODE_TEXT_LIST:
        *(struct text_list *)member = (struct text_list){0};
        break;
    case DECODE_TEXT_MAP:
        *(struct text_map *)member = (struct text_map){0};
        break;
    case DECODE_LIST:
        *(struct decode_list *)member = (struct decode_list){0};
        break;
    case DECODE_STRUCT:
        *(void **)member = NULL;
        break;
    case DECODE_MAP:
        *(struct node **)member = NULL;
        break;
    case DECODE_NODE: {
        const struct node **value = member;
        if (!node_is_scalar(*value))
            *value = node;
        break;
    }
    }
    return true;
}

// A repeated map adds its entries to the first one, as when JSON is decoded into an existing map. `deep`: the map has
// fields, so maps in it are merged, too, and nulls leave scalars as they are.
static const struct node *add_to(struct arena *arena, const struct node *before, const struct node *node, bool deep)
{
    if (!node_is_map(before) || node->kind != NODE_MAP)
        return node;
    struct node *both = node_copy(arena, before);
    for (uint32_t i = 0; i < node->count; i++) {
        struct map_entry entry = node->entries[i], *found = node_map_find(both, entry.key);
        if (!found)
            node_map_append(arena, both, entry);
        else if (!deep)
            *found = entry;
        else if (!(node_is_null(entry.value) && node_is_scalar(found->value))) {
            entry.value = (struct node *)add_to(arena, found->value, entry.value, true);
            *found = entry;
        }
    }
    return both;
}

// For a map with any content.
static bool diagnose_not_map(struct decode_context *context, const struct step *step, const struct node *node)
{
    decode_refuse_type(context, step, node, "a map");
    if (node->kind == NODE_SCALAR && (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED))
        diagnose_hint(context->diagnostics, "remove the '%c': the lines below it are keys, not a string",
                      node->style == STYLE_LITERAL ? '|' : '>');
    else
        diagnose_hint(context->diagnostics, "write each entry as `key: value` on a line of its own, below `%.*s:`",
                      SLICE_ARGS(step->name));
    return false;
}

static bool decode_field(struct decode_context *context, const struct step *step, const struct decode_field *field,
                         const struct node *node, void *base)
{
    void *member = (char *)base + field->offset;
    if (node_is_null(node))
        return decode_null(field, node, member);
    switch (field->kind) {
    case DECODE_TEXT:
        return decode_text(context, step, node, member);
    case DECODE_STEPS:
        return decode_text(context, step, node, member) && check_steps(context, member);
    case DECODE_BOOL:
        return decode_bool(context, step, node, member);
    case DECODE_INTEGER:
        return decode_integer(context, step, node, member);
    case DECODE_TEXT_LIST:
        return decode_text_list(context, step, node, member);
    case DECODE_TEXT_MAP:
        return decode_text_map(context, step, node, member);
    case DECODE_LIST:
        return decode_list(context, step, field->type, node, member);
    case DECODE_STRUCT: {
        void **value = member;
        if (!*value)
            *value = new_struct(context, field->type, node);
        return decode_fields(context, step, field->type, node, *value);
    }
    case DECODE_MAP:
        if (node->kind != NODE_MAP)
            return diagnose_not_map(context, step, node);
        *(const struct node **)member = add_to(context->arena, *(const struct node **)member, node, false);
        return true;
    case DECODE_NODE: {
        const struct node **value = member;
        *value = add_to(context->arena, *value, node, true);
        return true;
    }
    }
    assert(false);
    return false;
}

bool decode_struct_into(struct decode_context *context, const struct decode_type *type, const struct node *node,
                        void **value)
{
    struct step root = {.kind = STEP_ROOT, .name = slice_from(type->name)};
    *value = new_struct(context, type, node);
    return node_is_null(node) || decode_fields(context, &root, type, node, *value);
}

void *decode_struct(struct decode_context *context, const struct decode_type *type, const struct node *node)
{
    void *value;
    return decode_struct_into(context, type, node, &value) ? value : NULL;
}

void *decode_strict(struct arena *arena, struct diagnostics *diagnostics, const struct decode_type *type,
                    const struct node *node)
{
    struct decode_context context = {.arena = arena, .diagnostics = diagnostics};
    return decode_struct(&context, type, node);
}

void *decode_configuration(struct arena *arena, struct diagnostics *diagnostics, const struct decode_type *type,
                           const struct node *node)
{
    struct decode_context context = {.arena = arena, .diagnostics = diagnostics, .ignore_unknown = true};
    return decode_struct(&context, type, node);
}

bool decode_value(struct decode_context *context, const struct decode_field *field, const struct node *node, void *base)
{
    struct step root = {.kind = STEP_FIELD, .name = slice_from(field->name), .field = field};
    return decode_field(context, &root, field, node, base);
}
