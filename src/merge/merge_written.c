#include "merge/merge_written.h"

#include "resource/written.h"

static struct tree *tree_of(const struct merge *merge, const struct node *node)
{
    const struct written_pair *pair = merge->written && node ? written_find(merge->written, node) : NULL;
    return pair ? pair->tree : NULL;
}

static void take_comment(struct slice *to, struct slice from)
{
    if (from.length)
        *to = from;
}

void merge_written_take_comments(struct merge *merge, const struct node *target, const struct node *patch)
{
    struct tree *to = tree_of(merge, target);
    const struct tree *from = tree_of(merge, patch);
    if (!to || !from)
        return;
    take_comment(&to->head, from->head);
    take_comment(&to->line, from->line);
    take_comment(&to->foot, from->foot);
    if (to->kind != TREE_SCALAR && !to->count) {
        to->style = from->style;
        to->tagged = from->tagged;
    }
}

void merge_written_replace(struct merge *merge, const struct node *old, const struct node *value)
{
    struct written_pair *pair = merge->written ? written_find(merge->written, value) : NULL;
    struct tree *tree = tree_of(merge, old);
    if (!pair || !tree)
        return;
    written_quote_ambiguous(merge->context, pair->tree);
    if (pair->tree != tree)
        written_set(tree, pair->tree);
    pair->tree = tree;
}

enum { TREE_REMOVED = 0xFF };  // an additional tree_kind, until merge_written_close

static void remove_here(struct merge *merge, struct tree *map, const struct tree *value)
{
    for (uint32_t i = 1; i < map->count; i += 2)
        if (map->items[i] == value) {
            map->items[i] = tree_new(merge->context->arena, TREE_SCALAR);
            map->items[i]->kind = TREE_REMOVED;
        }
}

void merge_written_remove(struct merge *merge, const struct node *map, const struct node *value)
{
    struct tree *from = tree_of(merge, map), *tree = tree_of(merge, value);
    if (!from || !tree)
        return;
    if (value->flags & NODE_SHARED)
        remove_here(merge, from, tree);  // other maps share the value and keep it
    else
        tree->kind = TREE_REMOVED;
}

void merge_written_close(struct merge *merge, const struct node *map)
{
    struct tree *tree = tree_of(merge, map);
    uint32_t kept = 0;
    if (!tree)
        return;
    for (uint32_t i = 0; i + 1 < tree->count; i += 2)
        if (tree->items[i + 1]->kind != TREE_REMOVED) {
            tree->items[kept++] = tree->items[i];
            tree->items[kept++] = tree->items[i + 1];
        }
    tree->count = kept;
}

// The style in which a key of the patch is added. A list that was created again loses the style of its key.
static uint8_t style_of_key(const struct tree *map, uint32_t at, struct slice key, const struct tree *value)
{
    if (!map || (value->kind == TREE_SEQUENCE && !value->position.line))
        return STYLE_PLAIN;
    size_t found = at < map->count && slice_equal(map->items[at]->text, key) ? at : tree_find(map, key);
    return found == SLICE_NOT_FOUND ? STYLE_PLAIN : map->items[found]->style;
}

void merge_written_add(struct merge *merge, const struct node *map, const struct node *patch, uint32_t at,
                       const struct node *value)
{
    struct tree *tree = tree_of(merge, map), *added = tree_of(merge, value);
    if (!tree || !added)
        return;
    struct slice text = patch->entries[at].key->text;
    if (written_is_note(text)) {  // the map may already contain it
        written_set_field(merge->context, tree, text, added, STYLE_PLAIN);
        written_find(merge->written, value)->tree = tree_get(tree, text);
        return;
    }
    struct tree *key = tree_new_scalar(merge->context->arena, text);
    key->style = style_of_key(tree_of(merge, patch), 2 * at, text, added);
    written_quote_ambiguous(merge->context, added);
    tree_append(merge->context->arena, tree, key);
    tree_append(merge->context->arena, tree, added);
}

void merge_written_keep_null(struct merge *merge, const struct node *null)
{
    struct tree *tree = tree_of(merge, null);
    if (tree)
        written_set(tree, &(struct tree){.kind = TREE_SCALAR, .tag = slice_literal("!!null"), .text = tree->text});
}

void merge_written_take_directive(struct merge *merge, const struct node *map)
{
    struct tree *tree = tree_of(merge, map);
    if (tree)
        written_clear_field(tree, slice_literal("$patch"));
}

uint32_t merge_written_count(const struct merge *merge, const struct node *map)
{
    const struct tree *tree = tree_of(merge, map);
    return tree ? tree->count : 0;
}

void merge_written_added(struct merge *merge, const struct node *map, const struct node *patch, uint32_t count)
{
    struct tree *tree = tree_of(merge, map);
    const struct tree *from = tree_of(merge, patch);
    if (!tree)
        return;
    for (uint32_t i = 0; from && i + 1 < from->count; i += 2)
        if (written_is_note(from->items[i]->text))
            written_set_field(merge->context, tree, from->items[i]->text, from->items[i + 1],
                              (enum node_style)from->items[i]->style);
    written_sort(tree, count);
}

void merge_written_renew(struct merge *merge, const struct node *scalar)
{
    struct tree *tree = tree_of(merge, scalar);
    if (tree && tree->kind == TREE_SCALAR)
        written_set(tree, &(struct tree){.kind = TREE_SCALAR, .text = tree->text});
}

void merge_written_complete(struct merge *merge, const struct node *element, const struct name *key, struct slice text)
{
    struct tree *tree = tree_of(merge, element);
    if (tree)
        written_set_field(merge->context, tree, key->text, written_new_scalar(merge->context->arena, text),
                          STYLE_PLAIN);
}

void merge_written_items(struct merge *merge, const struct node *list)
{
    struct tree *tree = tree_of(merge, list);
    if (!tree)
        return;
    tree->items = NULL;
    tree->count = tree->capacity = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        struct tree *item = tree_of(merge, list->items[i]);
        if (item)
            tree_append(merge->context->arena, tree, item);
    }
}

void merge_written_list(struct merge *merge, const struct node *list, bool block)
{
    struct tree *tree = tree_of(merge, list);
    if (!tree)
        return;
    if (block)
        *tree = (struct tree){0};
    written_set(tree, &(struct tree){.kind = TREE_SEQUENCE});
    merge_written_items(merge, list);
}
