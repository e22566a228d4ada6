#include "merge/json_patch_items.h"

#include "base/word_list.h"
#include "doc/path_misfit.h"
#include "doc/scalar.h"
#include "schema/well_known_names.h"

enum { ITEMS_MAX = 4, COMPARED_MAX = 64 };

struct search {
    const struct resource_context *context;
    const struct resource *resource;
    struct path_parts parts;
    struct slice texts[ITEMS_MAX];
    size_t count;
    struct slice meant;
};

static struct slice text_of(const struct node *map, const struct name *key)
{
    const struct node *value = node_map_get(map, key);
    return node_is_scalar(value) ? node_text(value) : (struct slice){0};
}

// The key that tells the items of a list apart; NULL: unknown.
static const struct name *key_of(const struct search *search, struct schema_type list, const struct node *item)
{
    if (text_of(item, NAME(name)).length)
        return NAME(name);
    struct schema_merge merge = schema_list_merge(list);
    const struct name *key = merge.key_count ? name_intern(search->context->names, merge.keys[0]) : NULL;
    return key && text_of(item, key).length ? key : NULL;
}

static bool is_added(const struct search *search, const struct node *item)
{
    uint32_t own = resource_position(search->resource).file;
    return item->position.line && own && item->position.file != own;
}

// The similar name of an item from the resource's own file.
static struct slice meant_name(const struct search *search, const struct node *list, const struct node *item,
                               const struct name *key)
{
    struct slice names[COMPARED_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < list->count && count < COMPARED_MAX; i++)
        if (list->items[i] != item && !is_added(search, list->items[i]))
            names[count++] = text_of(list->items[i], key);
    return nearest_text(text_of(item, key), names, count);
}

static void describe(struct search *search, size_t part, const struct node *list, const struct node *item,
                     struct schema_type type)
{
    struct arena *arena = search->context->arena;
    const struct name *key = key_of(search, type, item);
    struct slice text = search->parts.text, where = {0};
    if (!key || search->count == ITEMS_MAX)
        return;
    const struct path_part *parts = search->parts.items;
    size_t end = part + 1 < search->parts.count ? parts[part + 1].start - 1 : text.length;
    struct slice path = slice_part(text, parts[part ? part - 1 : part].start, end), value = text_of(item, key);
    bool is_name = key == NAME(name);
    if (is_added(search, item)) {
        where = position_text(search->context->diagnostics->sources, arena, item->position);
        search->meant = is_name ? meant_name(search, list, item, key) : (struct slice){0};
    }
    search->texts[search->count++] = arena_format(arena, "'%.*s' %s%.*s%s'%.*s'%s%.*s", SLICE_ARGS(path),
                                                  is_name ? "is " : "has the ", is_name ? 0 : (int)key->text.length,
                                                  key->text.data, is_name ? "" : " ", SLICE_ARGS(value),
                                                  where.length ? " from " : "", SLICE_ARGS(where));
}

struct slice json_patch_items_text(const struct resource_context *context, const struct resource *resource,
                                   const struct node *root, struct slice pointer, struct slice *meant)
{
    struct search search = {context, resource, path_parts_of_pointer(context->arena, pointer), {{0}}, 0, {0}};
    struct schema_type type = schema_of_kind(context->schema, text_of(root, NAME(apiVersion)),
                                             resource->id.gvk.kind->text);
    const struct node *node = root;
    int64_t index;
    for (size_t i = 0; i < search.parts.count && node; i++) {
        struct slice part = search.parts.items[i].text;
        if (node_is_map(node)) {
            const struct map_entry *entry = node_map_find_text(node, part);
            node = entry ? entry->value : NULL;
            type = schema_field(type, part);
            continue;
        }
        if (!node_is_sequence(node) || !scalar_parse_decimal(part, &index))
            break;
        index += index < 0 ? node->count : 0;
        const struct node *item = index >= 0 && index < node->count ? node->items[index] : NULL;
        if (item)
            describe(&search, i, node, item, type);
        node = item;
        type = schema_items(type);
    }
    *meant = search.meant;
    return search.count ? word_list(context->arena, search.texts, search.count, ITEMS_MAX, "and") : (struct slice){0};
}
