// check/patch_rules.c
//
// Patches: their targets, and their effects.
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/examples.h"
#include "check/key_places.h"
#include "check/object_fields.h"
#include "check/selector_hint.h"
#include "doc/path_misfit.h"
#include "doc/scalar.h"
#include "merge/json_patch.h"
#include "merge/json_patch_items.h"

// --- Targets that match nothing.

static void find_no_match(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATCH || !match->selector)
        return;
    if (match->targets->count) {
        judge_fits(judge, match->position);
        return;
    }
    struct selector_hint hint = selector_hint(judge, match->selector, match->resources);
    struct sighting *sighting = judge_miss(judge, match->position, hint.place, "the patch matches no resource");
    if (hint.text.length)
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(hint.text));
}

const struct rule patch_no_match_rule = {
    .id = "patch-no-match",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a patch matches no resource",
    .why = "The patch never has an effect, and the build prints at most a warning. (The build fails only if the patch "
           "has no target.) A target that matches in at least one of the roots that use the entry is fine. In a "
           "component, the finding is a warning.",
    .remedy = "correct the target, or remove the patch",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {group: apps, version: v1beta1, kind: Deployment}\n"
             "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- target: {kind: Deployment, name: w.*}\n"
                 "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n" EXAMPLE_WEB,
    .match = find_no_match,
};

// --- Effects of a patch, by comparing objects before and after it.

struct lost_name {
    const struct node *list;  // of the patch
    struct slice name;        // of an item that only the object has
    const struct resource *resource;
};

struct patch_memory {
    uint64_t digest;
    struct {
        struct lost_name *items;
        size_t count, capacity;
    } lost;
};

static uint64_t digest_all(const struct resource_list *resources)
{
    uint64_t digest = 0;
    for (size_t i = 0; i < resources->count; i++)
        digest = hash_combine(digest, resources->items[i]->root ? node_digest(resources->items[i]->root) : 0);
    return digest;
}

static struct patch_memory *memory_of(struct judge *judge)
{
    if (!judge->patch)
        judge->patch = arena_new(&judge->arena, struct patch_memory);
    return judge->patch;
}

static bool only_tests(const struct json_patch *patch)
{
    for (size_t i = 0; i < json_patch_count(patch); i++)
        if (!slice_equals(slice_from(json_patch_operation(patch, i)), "test"))
            return false;
    return true;
}

static void find_no_effect(struct judge *judge, const struct match *match)
{
    bool before = match->kind == MATCH_PATCH_BEFORE;
    if ((!before && match->kind != MATCH_PATCH) || !match->targets->count || (match->json && only_tests(match->json)))
        return;
    uint64_t digest = digest_all(match->targets);
    if (before)
        memory_of(judge)->digest = digest;
    else if (memory_of(judge)->digest != digest)
        judge_fits(judge, match->position);
    else
        sighting_hint(judge, judge_miss(judge, match->position, match->position, "the patch changes nothing"),
                      "remove or correct it: the resources are the same without it");
}

const struct rule patch_no_effect_rule = {
    .id = "patch-no-effect",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a patch changes nothing",
    .why = "The resources already have these values, so nobody notices when the patch stops matching.",
    .remedy = "remove the patch, or correct its values",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {kind: Deployment}\n"
             "  patch: '- {op: replace, path: /spec/replicas, value: 1}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- target: {kind: Deployment}\n"
                 "  patch: '- {op: test, path: /spec/replicas, value: 1}'\n" EXAMPLE_WEB,
    .match = find_no_effect,
};

// --- A target without a condition.

static void judge_target(struct judge *judge, const struct node *target)
{
    bool empty = node_is_map(target);
    for (uint32_t i = 0; empty && i < target->count; i++)
        empty = node_is_null(target->entries[i].value) || !target->entries[i].value->count;
    if (empty)
        sighting_hint(judge, judge_find(judge, target->position, "the target is empty: it selects every resource"),
                      "add at least a kind");
}

static void find_empty_target(struct judge *judge, const struct node *root)
{
    const struct node *patches = judge_field(root, "patches");
    for (uint32_t i = 0; node_is_sequence(patches) && i < patches->count; i++)
        judge_target(judge, judge_field(patches->items[i], "target"));
}

static void find_empty_in_object(struct judge *judge, const struct match *match)
{
    if (match->kind == MATCH_CONFIGURATION && slice_equals(judge_text(match->object, "kind"), "PatchTransformer"))
        judge_target(judge, judge_field(match->object, "target"));
}

const struct rule patch_empty_target_rule = {
    .id = "patch-empty-target",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a patch has an empty target",
    .why = "An empty target selects every resource, including those added later. With `$patch: delete`, it "
           "deletes everything.",
    .remedy = "name a kind, a name, or a label",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {}\n"
             "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- target: {kind: .*}\n"
                 "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n" EXAMPLE_WEB,
    .kustomization = find_empty_target,
    .match = find_empty_in_object,
};

// --- Deleting.

static bool deletes(const struct match *match)
{
    return match->kind == MATCH_PATCH && match->patch && match->selector &&
           slice_equals(judge_text(match->patch->root, "$patch"), "delete");
}

static void find_match_all_delete(struct judge *judge, const struct match *match)
{
    enum { MANY = 10 };
    size_t count = deletes(match) ? match->targets->count : 0, all = match->resources ? match->resources->count : 0;
    if (count <= MANY && (count < 2 || count < all))
        return;
    struct sighting *sighting = judge_find(judge, match->position, "the patch deletes %zu of %zu resources", count,
                                           all);
    sighting_hint(judge, sighting, "select them by kind and name, or remove their files from `resources`");
}

const struct rule patch_match_all_delete_rule = {
    .id = "patch-match-all-delete",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a patch deletes all resources, or more than ten",
    .why = "If you apply with pruning, the cluster loses these resources, too.",
    .remedy = "select only the resources that you want to delete",
    .found =
        "resources: [web.yaml]\n"
        "configMapGenerator: [{name: a}, {name: b}, {name: c}, {name: d}, {name: e}, {name: f}, {name: g}, {name: h},\n"
        "  {name: i}, {name: j}, {name: k}]\n"
        "patches:\n"
        "- target: {kind: ConfigMap}\n"
        "  patch: '{$patch: delete, kind: Any, metadata: {name: any}}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml, settings.yaml]\n"
                 "patches:\n"
                 "- target: {kind: ConfigMap}\n"
                 "  patch: '{$patch: delete, kind: Any, metadata: {name: any}}'\n" EXAMPLE_WEB EXAMPLE_SETTINGS,
    .match = find_match_all_delete,
};

static void find_delete_more(struct judge *judge, const struct match *match)
{
    if (!deletes(match) || match->targets->count < 2)
        return;
    const struct resource_id *id = &match->patch->id;
    for (size_t i = 0; i < match->targets->count; i++) {
        const struct resource_id *other = &match->targets->items[i]->id;
        if (other->name != id->name || other->gvk.kind != id->gvk.kind)
            continue;
        struct sighting *sighting = judge_find(judge, resource_name_position(match->patch),
                                               "the patch names %.*s and deletes %zu resources",
                                               SLICE_ARGS(resource_shown(judge, match->patch)), match->targets->count);
        sighting_hint(judge, sighting,
                      "remove the target, or add the name to it: kiln does not select by the name in the patch");
        return;
    }
}

const struct rule patch_delete_more_rule = {
    .id = "patch-delete-more",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "`$patch: delete` deletes more than the resource that it names",
    .why = "In a patch with a target, the name in the patch has no meaning: the patch deletes everything that the "
           "target selects.",
    .remedy = "remove the target, or add the name to it",
    .found = "resources: [web.yaml, settings.yaml]\n"
             "configMapGenerator: [{name: more}]\n"
             "patches:\n"
             "- target: {kind: ConfigMap}\n"
             "  patch: '{$patch: delete, apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}'\n" EXAMPLE_WEB
                 EXAMPLE_SETTINGS,
    .not_found =
        "resources: [web.yaml, settings.yaml]\n"
        "configMapGenerator: [{name: more}]\n"
        "patches:\n"
        "- patch: '{$patch: delete, apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}'\n" EXAMPLE_WEB
            EXAMPLE_SETTINGS,
    .match = find_delete_more,
};

// --- Labels that are null.

static void find_null_in(struct judge *judge, const struct node *texts, const char *what)
{
    for (uint32_t i = 0; node_is_map(texts) && i < texts->count; i++) {
        if (!node_is_null(texts->entries[i].value) || texts->entries[i].key == NAME(patch_directive))
            continue;
        struct sighting *sighting = judge_find(judge, key_position(texts, &texts->entries[i]),
                                               "the %s '%.*s' is not removed: it becomes the string \"null\"", what,
                                               SLICE_ARGS(texts->entries[i].key->text));
        sighting_hint(judge, sighting, "use an entry of `patches` without a target, or a JSON patch with `op: remove`");
    }
}

static void find_null_label(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATCH_BEFORE || !match->patch || !match->has_target)
        return;
    const struct node *metadata = node_map_get(match->patch->root, NAME(metadata));
    find_null_in(judge, node_map_get(metadata, NAME(labels)), "label");
    find_null_in(judge, node_map_get(metadata, NAME(annotations)), "annotation");
}

const struct rule patch_null_label_rule = {
    .id = "patch-null-label",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a patch with a target sets a label or an annotation to null",
    .why = "kustomize turns labels and annotations into strings before it merges such a patch, or one of "
           "`patchesStrategicMerge`. So the null removes nothing, but becomes the string \"null\".",
    .remedy = "use an entry of `patches` without a target, or a JSON patch with `op: remove`",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {kind: Deployment}\n"
             "  patch: '{kind: Deployment, metadata: {name: any, labels: {app: null}}}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {app: "
                 "null}}}'\n" EXAMPLE_WEB,
    .match = find_null_label,
};

// --- Lists of custom resources.

// The first item of the object that the patch doesn't repeat; empty: none.
static struct slice find_lost(struct judge *judge, const struct node *patch, const struct node *object)
{
    struct text_set kept = {0};
    if (!patch->count || !judge_text(patch->items[0], "name").length)
        return (struct slice){0};
    for (uint32_t i = 0; i < patch->count; i++)
        text_set_add(&judge->arena, &kept, judge_text(patch->items[i], "name"));
    for (uint32_t i = 0; i < object->count; i++) {
        struct slice name = judge_text(object->items[i], "name");
        if (name.length && !text_set_has(&kept, name))
            return name;
    }
    return (struct slice){0};
}

static void note_lost(struct judge *judge, const struct resource *resource, const struct node *patch,
                      const struct node *object)
{
    struct patch_memory *memory = memory_of(judge);
    if (!object || patch->kind != object->kind)
        return;
    for (uint32_t i = 0; patch->kind == NODE_MAP && i < patch->count; i++)
        note_lost(judge, resource, patch->entries[i].value, node_map_get(object, patch->entries[i].key));
    struct slice name = patch->kind == NODE_SEQUENCE ? find_lost(judge, patch, object) : (struct slice){0};
    struct lost_name lost = {patch, arena_copy(&judge->arena, name), resource};
    if (name.length)
        list_append(&judge->arena, &memory->lost, lost);
}

static void find_replaced_list(struct judge *judge, const struct match *match)
{
    if (!match->patch || !match->targets->count)
        return;
    struct patch_memory *memory = memory_of(judge);
    if (match->kind == MATCH_PATCH_BEFORE) {
        memory->lost.count = 0;
        for (size_t i = 0; i < match->targets->count; i++)
            if (is_custom_resource(match->targets->items[i]) &&
                !schema_type_known(schema_of_kind(match->resources->context->schema,
                                                  judge_text(match->targets->items[i]->root, "apiVersion"),
                                                  match->targets->items[i]->id.gvk.kind->text)))
                note_lost(judge, match->targets->items[i], match->patch->root, match->targets->items[i]->root);
        return;
    }
    for (size_t i = 0; match->kind == MATCH_PATCH && i < memory->lost.count; i++) {
        const struct lost_name *lost = &memory->lost.items[i];
        struct sighting *sighting = judge_find(
            judge, lost->list->position, "the patch replaces the whole list: '%.*s' is lost", SLICE_ARGS(lost->name));
        sighting_about(judge, sighting, lost->resource, NULL);
        sighting_hint(judge, sighting,
                      "repeat all items, use a JSON patch, or add a schema under `openapi`: lists of custom resources "
                      "are not merged");
    }
}

const struct rule patch_replaces_list_rule = {
    .id = "patch-replaces-list",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a merge patch replaces a list of named items in a custom resource",
    .why = "In built-in kinds, the items of most such lists are merged by a key, such as `name`. kustomize doesn't "
           "know how lists of a custom resource merge, so the patch replaces the list and the other items are lost.",
    .remedy = "repeat all items, use a JSON patch, or add a schema under `openapi`",
    .found = "resources: [tap.yaml]\n"
             "patches:\n"
             "- patch: '{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}, spec: {pipes: [{name: a, size: "
             "2}]}}'\n" EXAMPLE_TAP,
    .not_found =
        "resources: [tap.yaml]\n"
        "patches:\n"
        "- patch: '{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}, spec: {pipes: [{name: a, size: "
        "2}, {name: b}]}}'\n" EXAMPLE_TAP,
    .match = find_replaced_list,
};

// --- JSON patches.

static void judge_json_path(struct judge *judge, const struct node *path, const char *field)
{
    // Without any '/', the build fails.
    if (!path || !path->count || path->text[0] == '/' || slice_find_byte(node_text(path), '/') == SLICE_NOT_FOUND)
        return;
    struct sighting *sighting = judge_find(judge, path->position,
                                           "%s '%.*s' does not start with '/', so its first element is dropped", field,
                                           SLICE_ARGS(node_text(path)));
    sighting_hint(judge, sighting, "start the path with '/': '/%.*s'", SLICE_ARGS(node_text(path)));
}

static void find_json_path(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATCH_BEFORE || !match->json)
        return;
    for (size_t i = 0; i < json_patch_count(match->json); i++) {
        judge_json_path(judge, json_patch_path(match->json, i), "the path");
        judge_json_path(judge, json_patch_from(match->json, i), "the 'from' path");
    }
}

const struct rule json_patch_path_rule = {
    .id = "json-patch-path",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "`path` or `from` of a JSON patch doesn't start with a slash",
    .why = "kustomize drops everything before the first slash, so `spec/replicas` sets `replicas` at the top of the "
           "resource.",
    .remedy = "start the path with a slash",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {kind: Deployment}\n"
             "  patch: '- {op: add, path: spec/replicas, value: 3}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- target: {kind: Deployment}\n"
                 "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n" EXAMPLE_WEB,
    .match = find_json_path,
};

// The fields that a patch has created.
struct created {
    struct hash_index counted;  // the paths, once for each resource
    struct text_set paths;
};

static struct created find_created(struct judge *judge, const struct patch_notes *notes)
{
    struct created created = {0};
    for (size_t i = 0; i < notes->created.count; i++) {
        const struct node *path = notes->created.items[i];
        hash_index_add(&judge->arena, &created.counted, hash_combine(0, (uintptr_t)path), 0);
        text_set_add(&judge->arena, &created.paths, node_text(path));
    }
    return created;
}

static size_t count_created(const struct created *created, const struct node *path)
{
    size_t count = 0;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&created->counted, hash_combine(0, (uintptr_t)path));
         hash_cursor_next(&at, &number);)
        count++;
    return count;
}

enum { KEYS_MAX = 32 };

// The keys of the map that contains the last part of the path, except those that the patch has created. None for a
// Secret.
static size_t list_other_keys(struct judge *judge, const struct resource *target, const struct path_parts *parts,
                              const struct created *created, struct slice keys[KEYS_MAX])
{
    const struct node *map = target->id.gvk.kind != NAME(Secret) ? path_parent_map(parts, target->root) : NULL;
    struct slice before = slice_part(parts->text, 0, parts->items[parts->count - 1].start);
    size_t count = 0;
    for (uint32_t i = 0; map && i < map->count && count < KEYS_MAX; i++) {
        struct slice key = map->entries[i].key->text;
        struct slice path = arena_format(&judge->scratch, "%.*s%.*s", SLICE_ARGS(before), SLICE_ARGS(key));
        if (!text_set_has(&created->paths, path) &&
            !path_entry_is_empty_annotations(parts, parts->count - 1, &map->entries[i]))
            keys[count++] = key;
    }
    return count;
}

static void hint_replace_missing(struct judge *judge, struct sighting *sighting, const struct match *match,
                                 const struct node *path, const struct created *created)
{
    const struct resource *target = match->targets->items[0];
    struct path_parts parts = path_parts_of_pointer(&judge->scratch, node_text(path));
    const struct path_part *last = &parts.items[parts.count - 1], *owner = parts.count > 1 ? last - 1 : NULL;
    struct slice keys[KEYS_MAX], meant, before = slice_part(node_text(path), 0, last->start);
    size_t count = judge_may_search(judge) ? list_other_keys(judge, target, &parts, created, keys) : 0;
    struct slice near = nearest_text(last->text, keys, count),
                 hint = slice_literal("if the path is right, use `op: add`");
    struct slice items = json_patch_items_text(match->resources->context, target, target->root, node_text(path),
                                               &meant);
    if (near.length)
        hint = arena_format(&judge->scratch, "did you mean '%.*s%.*s'? If the path is right, use `op: add`",
                            SLICE_ARGS(before), SLICE_ARGS(near));
    else if (count && owner)
        hint = arena_format(
            &judge->scratch, "%.*s; %.*s", SLICE_ARGS(hint),
            SLICE_ARGS(word_list_fact(&judge->scratch, "other key",
                                      arena_format(&judge->scratch, " of '%.*s'", SLICE_ARGS(owner->text)), keys, count,
                                      HINT_NAMES_MAX)));
    sighting_hint(judge, sighting, items.length ? "%.*s (%.*s)" : "%.*s%.*s", SLICE_ARGS(hint), SLICE_ARGS(items));
}

static void find_replace_missing(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATCH || !match->json || !match->targets->count)
        return;
    const struct created created = find_created(judge, match->notes);
    for (size_t i = 0; i < json_patch_count(match->json); i++) {
        const struct node *path = json_patch_path(match->json, i);
        if (!path || !path->count || path->text[0] != '/' ||
            !slice_equals(slice_from(json_patch_operation(match->json, i)), "replace"))
            continue;
        if (count_created(&created, path) < match->targets->count) {
            judge_fits(judge, path->position);
            continue;
        }
        struct sighting *sighting = judge_miss(judge, path->position, pointer_end_place(judge, path),
                                               "'%.*s' does not exist: the build adds it instead of replacing it",
                                               SLICE_ARGS(node_text(path)));
        sighting_about(judge, sighting, match->targets->items[0], NULL);
        if (sighting)
            hint_replace_missing(judge, sighting, match, path, &created);
    }
}

const struct rule json_patch_replace_missing_rule = {
    .id = "json-patch-replace-missing",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a JSON patch replaces a field that doesn't exist",
    .why = "According to RFC 6902, this is an error. kustomize adds the field instead, so a misspelled path goes "
           "unnoticed.",
    .remedy = "correct the path, or use `op: add`",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {kind: Deployment}\n"
             "  patch: '- {op: replace, path: /spec/replica, value: 3}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- target: {kind: Deployment}\n"
                 "  patch: '- {op: replace, path: /spec/replicas, value: 3}'\n" EXAMPLE_WEB,
    .match = find_replace_missing,
};

// True for fields that belong in `metadata`.
static bool is_in_metadata(struct slice key)
{
    static const char *const keys[] = {"name",       "namespace",       "labels", "annotations",
                                       "finalizers", "ownerReferences", NULL};
    return slice_is_one_of(key, keys);
}

// The path that was probably meant; empty: the field may belong where it is.
static struct slice meant_path(struct judge *judge, const struct match *match, const struct node *path,
                               const struct resource *target)
{
    const struct node *root = target->root;
    struct path_parts parts = path_parts_of_pointer(&judge->scratch, node_text(path));
    struct schema_type type = schema_of_kind(match->resources->context->schema, judge_text(root, "apiVersion"),
                                             target->id.gvk.kind->text);
    if (parts.count != 1 || !parts.items[0].text.length || schema_type_known(schema_field(type, parts.items[0].text)))
        return (struct slice){0};
    struct path_misfit misfit = path_misfit_find(&judge->scratch, &parts, root);
    if (misfit.part == 0 && !misfit.meant.length && is_in_metadata(parts.items[0].text))
        return arena_format(&judge->scratch, "/metadata%.*s", SLICE_ARGS(node_text(path)));
    return misfit.part == 0 ? misfit.meant : (struct slice){0};
}

static void find_new_field(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATCH_BEFORE || !match->json || !match->targets->count)
        return;
    const struct resource *target = match->targets->items[0];
    for (size_t i = 0; i < json_patch_count(match->json); i++) {
        const struct node *path = json_patch_path(match->json, i);
        struct slice operation = slice_from(json_patch_operation(match->json, i));
        if (!path || !path->count || path->text[0] != '/' || !slice_equals(operation, "add"))
            continue;
        struct slice meant = meant_path(judge, match, path, target);
        if (!meant.length) {
            judge_fits(judge, path->position);
            continue;
        }
        struct sighting *sighting = judge_miss(judge, path->position, pointer_end_place(judge, path),
                                               "'%.*s' is a new field at the top of %.*s", SLICE_ARGS(node_text(path)),
                                               SLICE_ARGS(resource_shown(judge, target)));
        sighting_about(judge, sighting, target, NULL);
        sighting_suggest(judge, sighting, meant);
    }
}

const struct rule json_patch_new_field_rule = {
    .id = "json-patch-new-field",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a JSON patch adds a field at the top level that the resource has at a deeper level",
    .why = "The first element of the path is missing, such as `/replicas` for `/spec/replicas`. `add` creates the "
           "field at the top of the resource, where the API server ignores or rejects it.",
    .remedy = "write the whole path",
    .found = "resources: [tap.yaml]\n"
             "patches:\n"
             "- target: {kind: Tap}\n"
             "  patch: '- {op: add, path: /pipes, value: []}'\n" EXAMPLE_TAP,
    .not_found = "resources: [tap.yaml]\n"
                 "patches:\n"
                 "- target: {kind: Tap}\n"
                 "  patch: '- {op: add, path: /spec/pipes, value: []}'\n" EXAMPLE_TAP,
    .match = find_new_field,
};
