#include "cfg/carry_over.h"

#include "schema/schema.h"

// --- Comments.

static bool carry(struct cfg *, const struct tree *from, struct tree *to, struct schema_type);

static void copy_comment(struct slice *to, struct slice from)
{
    if (!to->length)
        *to = from;
}

static void copy_comments(const struct tree *from, struct tree *to)
{
    if (!from || !to)
        return;
    copy_comment(&to->line, from->line);
    copy_comment(&to->head, from->head);
    copy_comment(&to->foot, from->foot);
}

// Like tree_find, but checks the likely index first.
static size_t find_near(const struct tree *map, struct slice key, uint32_t near)
{
    if (map->kind == TREE_MAP && near + 1 < map->count && slice_equal(map->items[near]->text, key) &&
        (near == 0 || !slice_equal(map->items[near - 2]->text, key)))
        return near;
    return tree_find(map, key);
}

// A folded scalar could not be followed by a comment.
static void unfold(struct tree *scalar)
{
    if (scalar->kind == TREE_SCALAR && scalar->style == STYLE_FOLDED && !scalar->tagged)
        scalar->style = STYLE_DOUBLE_QUOTED;
}

// The type from the context, or else that of an object with an apiVersion and kind.
static struct schema_type type_of(struct cfg *cfg, const struct tree *from, const struct tree *to,
                                  struct schema_type around)
{
    const struct tree *sources[] = {from, to};
    if (schema_type_known(around))
        return around;
    for (size_t i = 0; i < countof(sources); i++) {
        struct cfg_meta meta = cfg_meta_of(sources[i]);
        if (!meta.kind.length || !meta.api_version.length)
            continue;
        struct schema_type type = schema_of_kind(cfg->build->resource_context.schema, meta.api_version, meta.kind);
        if (schema_type_known(type))
            return type;
    }
    return around;
}

static bool carry_map(struct cfg *cfg, const struct tree *from, struct tree *to, struct schema_type type)
{
    copy_comments(from, to);
    for (uint32_t i = 0; to->kind == TREE_MAP && i + 1 < to->count; i += 2) {
        struct tree *key = to->items[i], *value = to->items[i + 1];
        size_t at = find_near(from, key->text, i);
        unfold(key);
        if (at == SLICE_NOT_FOUND) {
            unfold(value);
            continue;
        }
        copy_comments(from->items[at], key);
        if (!carry(cfg, from->items[at + 1], value, schema_field(type, key->text)))
            return false;
    }
    return true;
}

// Carries comments between elements with the same index, unless they are different scalars.
static bool carry_elements(struct cfg *cfg, const struct tree *from, struct tree *to)
{
    for (uint32_t i = 0; i < from->count && i < to->count; i++) {
        if (!slice_equal(from->items[i]->text, to->items[i]->text))
            continue;
        copy_comments(from->items[i], to->items[i]);
        if (!carry(cfg, from->items[i], to->items[i], (struct schema_type){0}))
            return false;
    }
    return true;
}

static struct slice key_text(const struct tree *element, struct slice key)
{
    const struct tree *value = tree_get(element, key);
    return tree_is_empty(value) ? (struct slice){0} : value->text;
}

// In a list of scalars, the text itself is the key. An element without any of the keys never matches another.
static bool same_element(const struct tree *a, const struct tree *b, const struct schema_merge *merge)
{
    if (!merge->key_count)
        return slice_equal(a->text, b->text);
    bool compared = false;
    for (size_t i = 0; i < merge->key_count; i++) {
        struct slice first = key_text(a, merge->keys[i]), second = key_text(b, merge->keys[i]);
        if (!first.length && !second.length)
            continue;
        // A key that is missing from one of them is not a difference.
        if (first.length && second.length && !slice_equal(first, second))
            return false;
        compared = compared || slice_equal(first, second);
    }
    return compared;
}

// The index of the first matching element, or the list's count if there is none.
static uint32_t find_matching(const struct tree *list, const struct tree *element, const struct schema_merge *merge)
{
    uint32_t i = 0;
    while (i < list->count && !same_element(list->items[i], element, merge))
        i++;
    return i;
}

// Only the first of several elements with the same keys is considered.
static bool carry_keyed_elements(struct cfg *cfg, const struct tree *from, struct tree *to,
                                 const struct schema_merge *merge, struct schema_type items)
{
    for (uint32_t i = 0; i < to->count; i++) {
        uint32_t at = find_matching(from, to->items[i], merge);
        if (at < from->count && find_matching(to, to->items[i], merge) == i &&
            !carry(cfg, from->items[at], to->items[i], items))
            return false;
    }
    return true;
}

static bool carry_list(struct cfg *cfg, const struct tree *from, struct tree *to, struct schema_type type)
{
    struct schema_merge merge = schema_type_known(type) ? schema_list_merge(type) : (struct schema_merge){0};
    copy_comments(from, to);
    if (tree_is_null(from) || tree_is_null(to))
        return true;
    // First the elements that kept their place, then those that have moved.
    return carry_elements(cfg, from, to) &&
           (!merge.merge || carry_keyed_elements(cfg, from, to, &merge, schema_items(type)));
}

static bool carry(struct cfg *cfg, const struct tree *from, struct tree *to, struct schema_type around)
{
    bool from_null = tree_is_null(from), to_null = tree_is_null(to);
    struct schema_type type = type_of(cfg, from, to, around);
    uint8_t kind = from_null ? to->kind : from->kind;
    if (kind == TREE_ALIAS && !from_null)
        return true;
    if (!from_null && !to_null && from->kind != to->kind)
        return cfg_diagnose_kind(cfg, to, (enum tree_kind)from->kind);
    if (from_null && to_null) {
        copy_comments(from, to);
        return true;
    }
    switch (kind) {
    case TREE_MAP:
        return carry_map(cfg, from, to, type);
    case TREE_SEQUENCE:
        return carry_list(cfg, from, to, type);
    case TREE_SCALAR:
        unfold(to);
        copy_comments(from, to);
        return true;
    default:
        return true;
    }
}

// Copies the comments around a document, or those of an item.
static void copy_outer_comments(const struct tree_document *from, struct tree_document *to)
{
    struct slice head = from->item ? from->root->head : from->head, foot = from->item ? from->root->foot : from->foot;
    copy_comment(to->item ? &to->root->head : &to->head, head);
    copy_comment(to->item ? &to->root->foot : &to->foot, foot);
    if (to->item && from->item)
        copy_comment(&to->root->line, from->root->line);
}

bool carry_over_comments(struct cfg *cfg, const struct tree_document *from, struct tree_document *to)
{
    struct tree *before = tree_copy(cfg->arena, from->root);
    if (!from->item) {
        // Treat the comments of the document as those of its top-level map.
        before->head = from->head;
        before->foot = from->foot;
        before->line = (struct slice){0};
    }
    copy_outer_comments(from, to);
    if (to->item)
        return carry(cfg, before, to->root, (struct schema_type){0});
    struct tree outer = *to->root;
    bool carried = carry(cfg, before, to->root, (struct schema_type){0});
    to->root->head = outer.head;
    to->root->line = outer.line;
    to->root->foot = outer.foot;
    return carried;
}

// --- Order.

static void sort_fields(struct cfg *cfg, const struct tree *from, struct tree *to)
{
    struct tree sorted = *to;
    sorted.items = NULL;
    sorted.count = sorted.capacity = 0;
    bool *taken = arena_array(cfg->arena, bool, to->count);
    for (uint32_t i = 0; i + 1 < from->count; i += 2) {
        size_t at = find_near(to, from->items[i]->text, i);
        if (at == SLICE_NOT_FOUND || taken[at])
            continue;
        taken[at] = true;
        tree_append(cfg->arena, &sorted, to->items[at]);
        tree_append(cfg->arena, &sorted, to->items[at + 1]);
    }
    for (uint32_t i = 0; i + 1 < to->count; i += 2) {
        if (taken[i])
            continue;
        tree_append(cfg->arena, &sorted, to->items[i]);
        tree_append(cfg->arena, &sorted, to->items[i + 1]);
    }
    *to = sorted;
}

static void order(struct cfg *cfg, const struct tree *from, struct tree *to)
{
    if (tree_is_empty(from) || tree_is_empty(to) || from->kind != to->kind)
        return;
    if (from->kind == TREE_MAP) {
        sort_fields(cfg, from, to);
        for (uint32_t i = 0; i + 1 < from->count; i += 2) {
            size_t at = find_near(to, from->items[i]->text, i);
            if (at != SLICE_NOT_FOUND)
                order(cfg, from->items[i + 1], to->items[at + 1]);
        }
    } else if (from->kind == TREE_SEQUENCE) {
        for (uint32_t i = 0; i < from->count && i < to->count; i++)
            order(cfg, from->items[i], to->items[i]);
    }
}

// Moves comments above the first field of an element to above the element.
static void raise_comments(struct cfg *cfg, struct tree *node)
{
    for (uint32_t i = 0; i < node->count; i++) {
        struct tree *item = node->items[i];
        if (node->kind == TREE_MAP) {
            raise_comments(cfg, item);
            continue;
        }
        struct tree *first = item->count && item->items[0]->kind == TREE_SCALAR ? item->items[0] : NULL;
        if (!first)
            continue;
        if (!item->head.length) {
            item->head = first->head;
        } else if (first->head.length) {
            item->head = arena_format(cfg->arena, "%.*s\n%.*s", SLICE_ARGS(item->head), SLICE_ARGS(first->head));
            first->head = (struct slice){0};
        }
    }
}

void carry_over_order(struct cfg *cfg, const struct tree_document *from, struct tree_document *to)
{
    // kustomize replaces the document with the reordered map, so its own comments are lost.
    if (!to->item && from->root->kind == TREE_MAP && to->root->kind == TREE_MAP && !tree_is_empty(from->root) &&
        !tree_is_empty(to->root))
        to->head = to->foot = (struct slice){0};
    order(cfg, from->root, to->root);
    raise_comments(cfg, to->root);
}
