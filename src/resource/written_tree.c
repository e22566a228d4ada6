// resource/written_tree.c
//
// Changes trees as kustomize's YAML library does: what stays of the old node, and what comes from the new one.
#include <stdlib.h>

#include "doc/scalar.h"
#include "resource/written.h"
#include "yaml/read.h"

struct tree *written_new_scalar(struct arena *arena, struct slice text)
{
    return tree_new_scalar(arena, text);
}

bool written_is_null(const struct tree *tree)
{
    return !tree || slice_equals(tree->tag, "!!null");
}

bool written_is_string(const struct tree *tree)
{
    return tree->kind == TREE_SCALAR && (!tree->tag.length || slice_equals(tree->tag, "!!str"));
}

void written_set(struct tree *old, const struct tree *value)
{
    uint8_t style = old->style;
    bool tagged = old->tagged;
    *old = *value;
    old->style = style;
    old->tagged = tagged;
}

bool written_is_ambiguous(struct resource_context *context, struct slice text)
{
    if (!text.length || slice_find_byte(text, '\n') != SLICE_NOT_FOUND)
        return false;
    enum scalar_type type = scalar_resolve_yaml11(text).type;
    if (type != SCALAR_STRING)
        return type != SCALAR_TIMESTAMP && type != SCALAR_MERGE;
    struct sources sources = {.arena = context->arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, context->arena, &sources);
    struct name_cache names = {.table = context->names};
    struct read_context read = {.arena = context->arena, .names = &names, .diagnostics = &ignored};
    const struct source source = {.content = text};
    struct node *document;
    if (!yaml_read_first(&read, &source, &document))
        return false;
    return !document || document->kind != NODE_SCALAR ||
           (document->style == STYLE_PLAIN && scalar_resolve_yaml11(node_text(document)).type != SCALAR_STRING);
}

void written_quote_ambiguous(struct resource_context *context, struct tree *value)
{
    if (written_is_string(value) && value->style == STYLE_PLAIN && !value->tagged &&
        written_is_ambiguous(context, value->text))
        value->style = STYLE_DOUBLE_QUOTED;
}

void written_set_field(struct resource_context *context, struct tree *map, struct slice key, struct tree *value,
                       enum node_style style)
{
    struct arena *arena = context->arena;
    written_quote_ambiguous(context, value);
    struct tree *old = tree_get(map, key);
    if (old == value)
        return;
    if (old) {
        written_set(old, value);
        return;
    }
    struct tree *name = tree_new_scalar(arena, key);
    name->style = (uint8_t)style;
    tree_append(arena, map, name);
    tree_append(arena, map, value);
}

void written_clear_field(struct tree *map, struct slice key)
{
    size_t at = tree_find(map, key);
    if (at != SLICE_NOT_FOUND)
        tree_remove_entry(map, at);
}

struct tree *written_ensure_map(struct resource_context *context, struct tree *map, struct slice key)
{
    struct tree *field = tree_get(map, key);
    if (field)
        return field;
    written_set_field(context, map, key, tree_new(context->arena, TREE_MAP), STYLE_PLAIN);
    return tree_get(map, key);
}

static int compare_keys(const void *left, const void *right)
{
    return slice_compare((*(struct tree *const *)left)->text, (*(struct tree *const *)right)->text);
}

void written_sort(struct tree *map, uint32_t first)
{
    if (first < map->count)
        qsort(map->items + first, (map->count - first) / 2, 2 * sizeof *map->items, compare_keys);
}

void written_set_texts(struct resource_context *context, struct tree *root, const char *field, const struct tree *pairs)
{
    struct arena *arena = context->arena;
    struct tree *metadata = written_ensure_map(context, root, slice_literal("metadata"));
    written_clear_field(metadata, slice_from(field));
    if (!pairs->count)
        return;
    struct tree *map = written_ensure_map(context, metadata, slice_from(field));
    for (uint32_t i = 0; i + 1 < pairs->count; i += 2) {
        struct slice text = pairs->items[i + 1]->text;
        bool lines = slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
        struct tree *value = tree_new_string(arena, text, lines ? STYLE_LITERAL : STYLE_PLAIN);
        written_quote_ambiguous(context, value);
        tree_append(arena, map, tree_new_scalar(arena, pairs->items[i]->text));
        tree_append(arena, map, value);
    }
    written_sort(map, 0);
}

struct tree *written_texts(struct arena *arena, const struct tree *root, const char *field)
{
    struct tree *copy = tree_new(arena, TREE_MAP);
    const struct tree *map = tree_get(tree_get(root, slice_literal("metadata")), slice_from(field));
    for (uint32_t i = 0; map && map->kind == TREE_MAP && i < map->count; i++)
        tree_append(arena, copy, map->items[i]);
    return copy;
}

bool written_is_note(struct slice annotation)
{
    return slice_starts_with(annotation, slice_literal("internal.config.kubernetes.io/")) ||
           slice_equals(annotation, "alpha.config.kubernetes.io/transformations");
}
