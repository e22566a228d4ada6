#include "compare/trace_element.h"

#include "base/hash_index.h"

static struct slice scalar_of(const struct element_context *context, const struct node *map, struct slice key)
{
    const struct node *value = node_is_map(map) ? node_map_get(map, name_intern(context->names, key)) : NULL;
    return node_is_scalar(value) ? node_text(value) : (struct slice){0};
}

static bool have_distinct_names(const struct element_context *context, const struct node *list)
{
    struct hash_index names = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        struct slice name = scalar_of(context, list->items[i], slice_literal("name"));
        uint32_t other;
        for (struct hash_cursor at = hash_index_find(&names, slice_hash(name)); hash_cursor_next(&at, &other);)
            if (slice_equal(name, scalar_of(context, list->items[other], slice_literal("name"))))
                return false;
        if (!name.length)
            return false;
        hash_index_add(context->arena, &names, slice_hash(name), i);
    }
    return list->count > 0;
}

static struct schema_merge merge_of(struct schema_type type)
{
    return schema_type_known(type) ? schema_list_merge(type) : (struct schema_merge){0};
}

struct schema_merge element_keys(const struct element_context *context, const struct node *list,
                                 struct schema_type type)
{
    struct schema_merge merge = merge_of(type);
    if (!merge.key_count && have_distinct_names(context, list)) {
        merge.keys[0] = slice_literal("name");
        merge.key_count = 1;
    }
    return merge;
}

void element_describe(const struct element_context *context, const struct schema_merge *merge, const struct node *item,
                      struct trace_element *element)
{
    element->follow = FOLLOW_NODE;
    element->merge_key_count = merge->key_count;
    for (size_t i = 0; i < merge->key_count; i++) {
        element->merge_keys[i].key = merge->keys[i];
        element->merge_keys[i].value = scalar_of(context, item, merge->keys[i]);
        if (element->merge_keys[i].value.length)
            element->follow = FOLLOW_MERGE_KEYS;
    }
}

enum likeness { KEYS_DIFFER, KEYS_DO_NOT_DIFFER, KEYS_EQUAL };

// If one of the two lacks a key, the key may have been added or removed.
static enum likeness likeness_of(const struct element_context *context, const struct trace_element *element,
                                 const struct node *item)
{
    bool shares = false, is_equal = true;
    for (size_t i = 0; i < element->merge_key_count; i++) {
        struct slice mine = element->merge_keys[i].value, other = scalar_of(context, item, element->merge_keys[i].key);
        if (slice_equal(mine, other))
            shares = shares || mine.length;
        else if (!mine.length || !other.length)
            is_equal = false;
        else
            return KEYS_DIFFER;
    }
    return !shares ? KEYS_DIFFER : is_equal ? KEYS_EQUAL : KEYS_DO_NOT_DIFFER;
}

bool element_has_keys(const struct element_context *context, const struct trace_element *element,
                      const struct node *item)
{
    return likeness_of(context, element, item) == KEYS_EQUAL;
}

size_t element_find(const struct element_context *context, const struct trace_element *element, const struct node *list)
{
    size_t found = SIZE_MAX, count = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        enum likeness likeness = likeness_of(context, element, list->items[i]);
        if (likeness == KEYS_EQUAL)
            return i;
        if (likeness == KEYS_DO_NOT_DIFFER) {
            found = i;
            count++;
        }
    }
    return count == 1 ? found : SIZE_MAX;
}

// --- The written form.

bool element_parse_place(struct slice text, size_t *place)
{
    *place = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i > 8)
            return false;
        *place = *place * 10 + (size_t)(text.data[i] - '0');
    }
    return text.length > 0;
}

// `name=main`, `port=80,protocol=TCP`. A value may contain a comma.
static bool has_pairs(const struct element_context *context, const struct node *item, struct slice text)
{
    struct slice key, value, pair, rest = text;
    if (slice_cut(text, '=', &key, &value) && slice_equal(scalar_of(context, item, key), value))
        return true;
    if (slice_find_byte(text, ',') == SLICE_NOT_FOUND)
        return false;
    for (bool more = true; more;) {
        more = slice_cut(rest, ',', &pair, &rest);
        if (!slice_cut(pair, '=', &key, &value) || !slice_equal(scalar_of(context, item, key), value))
            return false;
    }
    return true;
}

static struct slice joined_keys(const struct element_context *context, const struct trace_element *element)
{
    struct arena_text text = {0};
    for (size_t i = 0; i < element->merge_key_count; i++) {
        if (!element->merge_keys[i].value.length)
            continue;
        if (text.slice.length)
            arena_text_add(context->arena, &text, slice_literal("/"));
        arena_text_add(context->arena, &text, element->merge_keys[i].value);
    }
    return text.slice;
}

// How well the text identifies the element: not at all, by one of its values, or by all of them.
enum fit { FIT_NONE, FIT_KEY, FIT_ALL };

static enum fit fit_of(const struct element_context *context, const struct schema_merge *merge, const struct node *item,
                       struct slice text)
{
    struct trace_element element = {0};
    if (slice_find_byte(text, '=') != SLICE_NOT_FOUND && has_pairs(context, item, text))
        return FIT_KEY;
    if (slice_equal(scalar_of(context, item, slice_literal("name")), text))
        return FIT_ALL;
    element_describe(context, merge, item, &element);
    if (element.follow == FOLLOW_MERGE_KEYS && slice_equal(joined_keys(context, &element), text))
        return FIT_ALL;
    for (size_t i = 0; i < element.merge_key_count; i++)
        if (text.length && slice_equal(element.merge_keys[i].value, text))
            return FIT_KEY;
    return FIT_NONE;
}

size_t element_find_written(const struct element_context *context, const struct node *list, struct schema_type type,
                            struct slice text)
{
    const struct schema_merge merge = merge_of(type);
    size_t found = SIZE_MAX, count = 0, place;
    for (uint32_t i = 0; i < list->count; i++) {
        enum fit fit = fit_of(context, &merge, list->items[i], text);
        if (fit == FIT_ALL)
            return i;
        if (fit == FIT_KEY && !count++)
            found = i;
    }
    if (count)
        return count == 1 ? found : SIZE_MAX;
    return element_parse_place(text, &place) && place < list->count ? place : SIZE_MAX;
}

struct slice element_label(const struct element_context *context, const struct trace_element *element, size_t place)
{
    size_t count = 0, only = 0;
    if (element->follow != FOLLOW_MERGE_KEYS)
        return arena_format(context->arena, "%zu", place);
    for (size_t i = 0; i < element->merge_key_count; i++)
        if (element->merge_keys[i].value.length) {
            only = i;
            count++;
        }
    struct slice key = element->merge_keys[only].key, value = element->merge_keys[only].value;
    if (count > 1)
        return joined_keys(context, element);
    return slice_equals(key, "name") ? value
                                     : arena_format(context->arena, "%.*s=%.*s", SLICE_ARGS(key), SLICE_ARGS(value));
}

struct schema_type element_type_below(struct schema_type type, const struct node *node, struct slice key)
{
    if (!schema_type_known(type))
        return type;
    return node->kind == NODE_MAP ? schema_field(type, key) : schema_items(type);
}
