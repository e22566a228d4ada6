// check/patch_item_rules.c
//
// Items of merge patches without a merge key, and operations of JSON patches without a value.
#include "base/word_list.h"
#include "check/examples.h"
#include "check/object_fields.h"
#include "merge/json_patch.h"

// --- Items without a merge key.

static bool has_key(const struct node *item, const struct schema_merge *merge)
{
    bool found = false;
    for (size_t i = 0; i < merge->key_count && !found; i++)
        found = node_map_find_text(item, merge->keys[i]) != NULL;
    return found;
}

// Returns the position of the first item if none has a merge key. Line 0: the list is empty, an item has a merge key or
// a directive, or an item is not a map.
static struct position find_items(struct judge *judge, const struct resource *patch, const struct node *list,
                                  const struct schema_merge *merge)
{
    // With a directive in it, the list isn't merged by its keys.
    for (uint32_t i = 0; i < list->count; i++)
        if (!node_is_map(list->items[i]) || node_map_find(list->items[i], NAME(patch_directive)))
            return (struct position){0};
    bool has_keys = false;
    for (uint32_t i = 0; i < list->count; i++) {
        bool found = has_key(list->items[i], merge);
        has_keys |= found;
        if (found)
            continue;
        struct slice keys = word_list_quoted(&judge->arena, merge->keys, merge->key_count, SIZE_MAX, "or");
        struct sighting *sighting = judge_find(judge, list->items[i]->position,
                                               "the item has no %.*s, so kustomize drops it", SLICE_ARGS(keys));
        sighting_about(judge, sighting, patch, NULL);
        sighting_hint(judge, sighting, "add the '%.*s' of the item to change", SLICE_ARGS(merge->keys[0]));
    }
    return has_keys || !list->count ? (struct position){0} : list->items[0]->position;
}

// The item of the target that the item of the patch is merged into. NULL: there is none.
static const struct node *find_target_item(const struct node *item, const struct node *target,
                                           const struct schema_merge *merge)
{
    for (uint32_t i = 0; i < target->count; i++) {
        bool is_same = false, differs = !node_is_map(target->items[i]);
        for (size_t k = 0; k < merge->key_count && !differs; k++) {
            const struct map_entry *own = node_map_find_text(item, merge->keys[k]);
            const struct map_entry *other = node_map_find_text(target->items[i], merge->keys[k]);
            if (!own || !other || !node_is_scalar(own->value) || !node_is_scalar(other->value))
                continue;
            bool equal = slice_equal(node_text(own->value), node_text(other->value));
            is_same |= equal;
            differs = !equal;
        }
        if (is_same && !differs)
            return target->items[i];
    }
    return NULL;
}

static struct position find_in(struct judge *judge, const struct resource *patch, const struct name *field,
                               const struct node *node, const struct node *target, struct schema_type type);

static void find_in_items(struct judge *judge, const struct resource *patch, const struct node *list,
                          const struct node *target, struct schema_type type, const struct schema_merge *merge)
{
    enum { PAIRS_MAX = 10000 };
    if ((uint64_t)list->count * target->count > PAIRS_MAX)
        return;
    for (uint32_t i = 0; i < list->count; i++)
        if (node_is_map(list->items[i]))
            find_in(judge, patch, NULL, list->items[i], find_target_item(list->items[i], target, merge),
                    schema_items(type));
}

// Walks the fields that both the patch and its target have. Returns the position of an item of `containers`
// without a merge key, if no item has one; otherwise, line 0.
static struct position find_in(struct judge *judge, const struct resource *patch, const struct name *field,
                               const struct node *node, const struct node *target, struct schema_type type)
{
    if (!schema_type_known(type) || !target || node->kind != target->kind)
        return (struct position){0};
    struct position found = {0};
    if (node->kind == NODE_MAP && !node_map_find(node, NAME(patch_directive)))
        for (uint32_t i = 0; i < node->count; i++) {
            const struct map_entry *entry = &node->entries[i];
            struct position inner = find_in(judge, patch, entry->key, entry->value, node_map_get(target, entry->key),
                                            schema_field(type, entry->key->text));
            found = inner.line ? inner : found;
        }
    struct schema_merge merge = node->kind == NODE_SEQUENCE ? schema_list_merge(type) : (struct schema_merge){0};
    if (!merge.merge || !merge.key_count || !target->count)
        return found;
    struct position first = find_items(judge, patch, node, &merge);
    find_in_items(judge, patch, node, target, type, &merge);
    return field == NAME(containers) ? first : found;
}

static void find_no_merge_key(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATCH_BEFORE || !match->patch || !match->targets->count)
        return;
    const struct resource *target = match->targets->items[0];
    struct schema_type type = schema_of_kind(match->resources->context->schema, judge_text(target->root, "apiVersion"),
                                             target->id.gvk.kind->text);
    struct position item = find_in(judge, match->patch, NULL, match->patch->root, target->root, type);
    if (!item.line)
        return;
    for (size_t i = 0; i < match->targets->count; i++)
        hash_index_add(&judge->arena, &judge->emptied, hash_combine(0, (uintptr_t)match->targets->items[i]),
                       (uint32_t)judge->emptied_by.count);
    list_append(&judge->arena, &judge->emptied_by, item);
}

const struct rule patch_no_merge_key_rule = {
    .id = "patch-no-merge-key",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "an item of a merge patch lacks its merge key",
    .why = "Items of lists such as `containers` are matched by a key, such as `name`. kustomize drops an item without "
           "it. It may also drop items of the resource that no other item of the patch names.",
    .remedy = "add the key, with the value that it has in the resource",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: "
             "{containers: [{image: nginx}]}}}}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: "
                 "{containers: [{name: web, image: httpd}]}}}}'\n" EXAMPLE_WEB,
    .match = find_no_merge_key,
};

// --- Operations without a value.

static void find_no_value(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATCH_BEFORE || !match->json)
        return;
    for (size_t i = 0; i < json_patch_count(match->json); i++) {
        const char *operation = json_patch_operation(match->json, i);
        const struct node *path = json_patch_path(match->json, i);
        bool needs_value = strcmp(operation, "add") == 0 || strcmp(operation, "replace") == 0;
        if (!needs_value || !path || json_patch_value(match->json, i))
            continue;
        struct sighting *sighting = judge_find(
            judge, path->position, "the operation `%s` on '%.*s' has no value, so it sets the field to null", operation,
            SLICE_ARGS(node_text(path)));
        struct slice misspelled = json_patch_misspelled_value(match->json, i);
        if (misspelled.length)
            sighting_hint(judge, sighting, "write `value:` instead of `%.*s:`", SLICE_ARGS(misspelled));
        else
            sighting_hint(judge, sighting, "add `value:`, or use `op: remove`");
    }
}

const struct rule json_patch_no_value_rule = {
    .id = "json-patch-no-value",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "an operation of a JSON patch has no value",
    .why = "According to RFC 6902, `add` and `replace` need a value. kustomize sets the field to null.",
    .remedy = "add `value`, or use `op: remove`",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {kind: Deployment}\n"
             "  patch: '- {op: replace, path: /spec/replicas}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- target: {kind: Deployment}\n"
                 "  patch: '- {op: replace, path: /spec/replicas, value: 3}'\n" EXAMPLE_WEB,
    .match = find_no_value,
};
