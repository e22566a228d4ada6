#include "doc/tree.h"

#include "doc/scalar.h"

struct tree *tree_new(struct arena *arena, enum tree_kind kind)
{
    struct tree *tree = arena_new(arena, struct tree);
    tree->kind = (uint8_t)kind;
    return tree;
}

struct tree *tree_new_scalar(struct arena *arena, struct slice text)
{
    struct tree *scalar = tree_new(arena, TREE_SCALAR);
    scalar->text = text;
    return scalar;
}

struct tree *tree_new_string(struct arena *arena, struct slice text, enum node_style style)
{
    struct tree *scalar = tree_new_scalar(arena, text);
    scalar->tag = slice_literal("!!str");
    scalar->style = (uint8_t)style;
    return scalar;
}

struct tree *tree_copy(struct arena *arena, const struct tree *tree)
{
    struct tree *copy = arena_new(arena, struct tree);
    *copy = *tree;
    copy->capacity = copy->count;
    copy->items = tree->count ? arena_array(arena, struct tree *, tree->count) : NULL;
    for (uint32_t i = 0; i < tree->count; i++)
        copy->items[i] = tree_copy(arena, tree->items[i]);
    return copy;
}

struct slice tree_tag_text(enum node_tag tag)
{
    static const char *const texts[] = {
        [TAG_IMPLICIT] = "",     [TAG_STRING] = "!!str",  [TAG_NULL] = "!!null",           [TAG_BOOL] = "!!bool",
        [TAG_INT] = "!!int",     [TAG_FLOAT] = "!!float", [TAG_TIMESTAMP] = "!!timestamp", [TAG_BINARY] = "!!binary",
        [TAG_MERGE] = "!!merge", [TAG_OTHER] = "",
    };
    return slice_from(texts[tag]);
}

static struct tree *scalar_from_node(struct arena *arena, const struct node *node)
{
    struct tree *scalar = tree_new_scalar(arena, node_text(node));
    scalar->style = node->style;
    scalar->tagged = node->flags & NODE_TAG_EXPLICIT && node->tag != TAG_OTHER;
    if (!(node->flags & NODE_UNTYPED))
        scalar->tag = tree_tag_text(node_resolved_tag(node));
    return scalar;
}

// A map doesn't record how its keys were quoted.
static struct tree *key_from_entry(struct arena *arena, const struct map_entry *entry)
{
    if (entry->key_tag == TAG_STRING)
        return tree_new_string(arena, entry->key->text, STYLE_DOUBLE_QUOTED);
    struct tree *key = tree_new_scalar(arena, entry->key->text);
    key->tag = tree_tag_text((enum node_tag)entry->key_tag);
    return key;
}

struct tree *tree_from_node(struct arena *arena, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return scalar_from_node(arena, node);
    struct tree *tree = tree_new(arena, node->kind == NODE_MAP ? TREE_MAP : TREE_SEQUENCE);
    tree->style = node->style;
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP)
            tree_append(arena, tree, key_from_entry(arena, &node->entries[i]));
        tree_append(arena, tree,
                    tree_from_node(arena, node->kind == NODE_MAP ? node->entries[i].value : node->items[i]));
    }
    return tree;
}

void tree_append(struct arena *arena, struct tree *tree, struct tree *item)
{
    list_append(arena, tree, item);
}

bool tree_is_null(const struct tree *tree)
{
    return !tree || slice_equals(tree->tag, "!!null");
}

bool tree_is_empty(const struct tree *tree)
{
    return tree_is_null(tree) || ((tree->kind == TREE_MAP || tree->kind == TREE_SEQUENCE) && !tree->count);
}

size_t tree_find(const struct tree *map, struct slice key)
{
    if (!map || map->kind != TREE_MAP)
        return SLICE_NOT_FOUND;
    for (uint32_t i = 0; i + 1 < map->count; i += 2)
        if (slice_equal(map->items[i]->text, key))
            return i;
    return SLICE_NOT_FOUND;
}

struct tree *tree_get(const struct tree *map, struct slice key)
{
    size_t at = tree_find(map, key);
    return at == SLICE_NOT_FOUND ? NULL : map->items[at + 1];
}

void tree_remove_entry(struct tree *map, size_t at)
{
    memmove(map->items + at, map->items + at + 2, (map->count - at - 2) * sizeof *map->items);
    map->count -= 2;
}

void tree_strip_comments(struct tree *tree)
{
    tree->head = tree->line = tree->foot = (struct slice){0};
    for (uint32_t i = 0; i < tree->count; i++)
        tree_strip_comments(tree->items[i]);
}
