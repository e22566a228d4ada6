#include "check/path_walk.h"

#include "base/ascii.h"
#include "base/pattern.h"
#include "base/text_set.h"

static void follow(struct path_walk *walk, size_t at, const struct node *node);

static struct slice value_of_item(const struct field_path_element *element, const struct node *item)
{
    const struct node *value = name_is_empty(element->match_key) ? item : node_map_get(item, element->match_key);
    return node_is_scalar(value) ? node_text(value) : (struct slice){0};
}

static struct slice nearest_item(struct judge *judge, const struct field_path_element *element, const struct node *list)
{
    struct text_set values = {0};
    for (uint32_t i = 0; i < list->count; i++)
        text_set_add(&judge->scratch, &values, value_of_item(element, list->items[i]));
    return nearest_text(element->match_value, values.items, values.count);
}

static void follow_matches(struct path_walk *walk, size_t at, const struct node *list)
{
    const struct field_path_element *element = &walk->path->elements[at];
    struct slice error;
    const struct pattern *pattern = pattern_compile(&walk->judge->arena, element->match_value, &error);
    struct slice other = {0};
    bool has_exact = false;
    for (uint32_t i = 0; pattern && i < list->count; i++) {
        struct slice value = value_of_item(element, list->items[i]);
        if (!value.length || !pattern_matches(pattern, value))
            continue;
        if (slice_equal(value, element->match_value))
            has_exact = true;
        else
            other = value;
        follow(walk, at + 1, list->items[i]);
    }
    if (has_exact && other.length) {
        walk->open = element;
        walk->other = other;
    }
    if (has_exact || !slice_consists_of(element->match_value, byte_is_path))
        return;
    bool searches = !other.length && walk->creates && judge_may_search(walk->judge);
    struct slice near = searches ? nearest_item(walk->judge, element, list) : other;
    if (near.length) {
        walk->inexact = element;
        walk->near = near;
        walk->is_part = other.length > 0;
    }
}

static void follow(struct path_walk *walk, size_t at, const struct node *node)
{
    const struct field_path *path = walk->path;
    if (!node)
        return;
    if (walk->visit)
        walk->visit(walk->state, node, at == path->count);
    if (at == path->count)
        return;
    const struct field_path_element *element = &path->elements[at];
    if (node->kind == NODE_MAP && element->step == FIELD_PATH_FIELD)
        follow(walk, at + 1, node_map_get(node, element->key));
    if (node->kind != NODE_SEQUENCE)
        return;
    if (element->step == FIELD_PATH_MATCH && element->match_key)
        follow_matches(walk, at, node);
    if (element->step == FIELD_PATH_INDEX && element->index < node->count)
        follow(walk, at + 1, node->items[element->index]);
    for (uint32_t i = 0; element->step == FIELD_PATH_EVERY && i < node->count; i++)
        follow(walk, at + 1, node->items[i]);
}

void path_walk_run(struct path_walk *walk, const struct node *root)
{
    follow(walk, 0, root);
}
