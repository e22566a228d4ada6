// check/name_rules.c
//
// Names that were not renamed with their objects: a prefix, suffix, or hash renames an object, and references to the
// old name break.
#include "base/hash_index.h"
#include "check/examples.h"
#include "check/judge.h"
#include "check/references.h"
#include "load/path.h"

struct renamed {
    struct judge *judge;
    const struct resource **items;
    size_t count;
    // By kind and name, with and without the namespace: objects with this former name, and those with this current name
    struct hash_index former, present;
    const struct resource *referrer;
};

static bool is_renamed(const struct resource *resource)
{
    return resource->previous.count && resource_original_id(resource).name != resource->id.name;
}

static void add_name(struct renamed *renamed, struct hash_index *index, const struct resource *resource,
                     struct slice name)
{
    struct arena *arena = &renamed->judge->arena;
    struct slice kind = resource->id.gvk.kind->text, namespace = resource_effective_namespace(resource)->text;
    hash_index_add(arena, index, object_id_hash(kind, name, namespace), (uint32_t)renamed->count);
    hash_index_add(arena, index, object_id_hash(kind, name, ANY_NAMESPACE), (uint32_t)renamed->count);
}

static struct renamed find_renamed(struct judge *judge)
{
    const struct resource_map *resources = &judge->build->resources;
    struct renamed renamed = {.judge = judge,
                              .items = arena_array(&judge->arena, const struct resource *, resources->count + 1)};
    for (size_t i = 0; i < resources->count; i++) {
        if (!is_renamed(resources->items[i]))
            continue;
        add_name(&renamed, &renamed.former, resources->items[i], resource_original_id(resources->items[i]).name->text);
        renamed.items[renamed.count++] = resources->items[i];
    }
    for (size_t i = 0; renamed.count && i < resources->count; i++)
        add_name(&renamed, &renamed.present, resources->items[i], resources->items[i]->id.name->text);
    return renamed;
}

static const struct resource *find_former_in(const struct renamed *renamed, uint64_t hash)
{
    struct hash_cursor at = hash_index_find(&renamed->former, hash);
    uint32_t number;
    return hash_cursor_next(&at, &number) && !hash_index_has(&renamed->present, hash) ? renamed->items[number] : NULL;
}

// An object of the kind that once had the name, in this namespace or in none. NULL: there is none, or another object
// has the name now.
static const struct resource *find_former(const struct renamed *renamed, struct slice kind, struct slice name,
                                          struct slice namespace)
{
    const struct resource *former = find_former_in(renamed, object_id_hash(kind, name, namespace));
    return former ? former : find_former_in(renamed, object_id_hash(kind, name, (struct slice){0}));
}

// --- Custom resources: fields that look like references.

static bool contains(struct slice text, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= text.length; at++)
        if (slice_equal_ignoring_case(slice_part(text, at, at + length), (struct slice){word, length}))
            return true;
    return false;
}

// The kind that a field with such a key refers to; empty: unknown.
static struct slice kind_of_key(struct slice key)
{
    static const char kinds[][2][24] = {{"configmap", "ConfigMap"},
                                        {"secret", "Secret"},
                                        {"serviceaccount", "ServiceAccount"},
                                        {"claimname", "PersistentVolumeClaim"},
                                        {"persistentvolumeclaim", "PersistentVolumeClaim"}};
    for (size_t i = 0; i < countof(kinds); i++)
        if (contains(key, kinds[i][0]))
            return slice_from(kinds[i][1]);
    return (struct slice){0};
}

// `namespace` is the one next to the name. If it is empty, the object's own namespace applies, or any for a
// cluster-scoped object.
static void judge_name(const struct renamed *renamed, struct slice kind, const struct node *name,
                       struct slice namespace)
{
    struct judge *judge = renamed->judge;
    if (!kind.length || !node_is_scalar(name) || !name->count)
        return;
    if (!namespace.length)
    namespace = renamed->referrer->cluster_scoped ? ANY_NAMESPACE
                                                  : resource_effective_namespace(renamed->referrer)->text;
    const struct resource *former = find_former(renamed, kind, node_text(name), namespace);
    if (!former)
        return;
    struct sighting *sighting = judge_find(judge, name->position, "'%.*s' is the old name of %.*s",
                                           SLICE_ARGS(node_text(name)), SLICE_ARGS(resource_shown(judge, former)));
    sighting_about(judge, sighting, renamed->referrer, NULL);
    sighting_hint(judge, sighting, "add the field to `nameReference` in a file listed under `configurations`");
}

static void walk_custom(const struct renamed *renamed, const struct node *node, struct slice key)
{
    struct slice kind = judge_text(node, "kind");
    if (node->kind == NODE_MAP && !kind.length)
        kind = kind_of_key(key);
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        const struct map_entry *entry = &node->entries[i];
        if (entry->value->kind != NODE_SCALAR)
            walk_custom(renamed, entry->value, entry->key->text);
        else if (entry->key == NAME(name))
            judge_name(renamed, kind, entry->value, judge_text(node, "namespace"));
        else
            judge_name(renamed, kind_of_key(entry->key->text), entry->value, (struct slice){0});
    }
    for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++)
        if (node->items[i]->kind != NODE_SCALAR)
            walk_custom(renamed, node->items[i], key);
}

static void find_broken(struct judge *judge)
{
    struct renamed renamed = find_renamed(judge);
    const struct resource_map *resources = &judge->build->resources;
    for (size_t i = 0; renamed.count && i < resources->count; i++) {
        renamed.referrer = resources->items[i];
        if (!is_custom_resource(renamed.referrer))
            continue;
        for (uint32_t k = 0; k < renamed.referrer->root->count; k++) {
            const struct map_entry *entry = &renamed.referrer->root->entries[k];
            if (entry->key != NAME(metadata) && entry->value->kind != NODE_SCALAR)
                walk_custom(&renamed, entry->value, entry->key->text);
        }
    }
}

const struct rule prefix_breaks_reference_rule = {
    .id = "prefix-breaks-reference",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a custom resource refers to another resource by its old name",
    .why =
        "A prefix, a suffix, or a hash has renamed the resource. kustomize knows which fields of built-in kinds refer "
        "to other resources, but doesn't know this for custom resources.",
    .remedy = "add the field to `nameReference` in a file listed under `configurations`",
    .found = "resources: [cup.yaml]\n"
             "configMapGenerator: [{name: settings}]\n"
             "--- cup.yaml\n"
             "{apiVersion: example.com/v1, kind: Cup, metadata: {name: cup}, spec: {configMapName: settings}}\n",
    .not_found = "resources: [cup.yaml]\n"
                 "configMapGenerator: [{name: settings}]\n"
                 "--- cup.yaml\n"
                 "{apiVersion: example.com/v1, kind: Cup, metadata: {name: cup}, spec: {configMapName: elsewhere}}\n",
    .stream = find_broken,
};

// --- Workloads, whose references kustomize knows. Here the namespaces differ.

// For a generator whose resource is in a different namespace than the resource that refers to it.
static void hint_namespace(const struct renamed *renamed, struct sighting *sighting,
                           const struct object_reference *reference, const struct resource *former)
{
    struct judge *judge = renamed->judge;
    struct slice own = resource_effective_namespace(renamed->referrer)->text, other = former->id.namespace->text;
    struct slice kind = reference->kind, where = sighting_other_place(judge, sighting, resource_position(former));
    const char *space = where.length ? " " : "";
    bool has_own = !name_is_empty(renamed->referrer->id.namespace);
    bool is_moved = !slice_equal(resource_original_id(former).namespace->text,
                                 resource_effective_namespace(former)->text);
    if (is_moved)
        sighting_hint(
            judge, sighting,
            "use one namespace for both resources: a kustomization sets the namespace '%.*s' for the %.*s of the "
            "generator%s%.*s, but the resource that refers to it %s%.*s%s",
            SLICE_ARGS(other), SLICE_ARGS(kind), space, SLICE_ARGS(where), has_own ? "is in '" : "has no namespace",
            SLICE_ARGS(has_own ? own : (struct slice){0}), has_own ? "'" : "");
    else if (!has_own)
        sighting_hint(judge, sighting,
                      "remove `namespace: %.*s` from the generator%s%.*s: the resource that refers to its %.*s has no "
                      "namespace",
                      SLICE_ARGS(other), space, SLICE_ARGS(where), SLICE_ARGS(kind));
    else
        sighting_hint(judge, sighting, "set `namespace: %.*s` in the generator%s%.*s: its %.*s %s%.*s%s",
                      SLICE_ARGS(own), space, SLICE_ARGS(where), SLICE_ARGS(kind),
                      other.length ? "is in the namespace '" : "has no namespace", SLICE_ARGS(other),
                      other.length ? "'" : "");
}

static void judge_reference(void *state, const struct object_reference *reference)
{
    struct renamed *renamed = state;
    struct judge *judge = renamed->judge;
    const struct node *name = reference->name;
    struct slice own = resource_effective_namespace(renamed->referrer)->text, text = node_text(name);
    const struct resource *near = find_former(renamed, reference->kind, text, own), *former = near;
    if (!near && !hash_index_has(&renamed->present, object_id_hash(reference->kind, text, own)))
        former = find_former(renamed, reference->kind, text, ANY_NAMESPACE);
    if (!former)
        return;
    struct sighting *sighting = judge_find(judge, name->position, "'%.*s' is the old name of %.*s", SLICE_ARGS(text),
                                           SLICE_ARGS(resource_shown(judge, former)));
    sighting_about(judge, sighting, renamed->referrer, NULL);
    if (!near)
        hint_namespace(renamed, sighting, reference, former);
}

static void find_not_renamed(struct judge *judge)
{
    struct renamed renamed = find_renamed(judge);
    const struct resource_map *resources = &judge->build->resources;
    for (size_t i = 0; renamed.count && i < resources->count; i++) {
        renamed.referrer = resources->items[i];
        for_each_pod_reference(renamed.referrer, judge_reference, &renamed);
    }
}

const struct rule reference_not_renamed_rule = {
    .id = "reference-not-renamed",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a workload refers to a resource by its old name",
    .why =
        "kustomize updates such a reference only if both resources are in the same namespace. A generator without "
        "`namespace` creates a resource without a namespace, so a workload that has one still refers to the old name, "
        "and its Pods don't find the resource.",
    .remedy = "give the generator the namespace of the workload",
    .found = "resources: [job.yaml]\n"
             "configMapGenerator: [{name: settings}]\n"
             "--- job.yaml\n"
             "{apiVersion: batch/v1, kind: Job, metadata: {name: job, namespace: shop}, spec: {template: {spec: "
             "{containers: [{name: a, image: b, envFrom: [{configMapRef: {name: settings}}]}]}}}}\n",
    .not_found = "resources: [job.yaml]\n"
                 "configMapGenerator: [{name: settings, namespace: shop}]\n"
                 "--- job.yaml\n"
                 "{apiVersion: batch/v1, kind: Job, metadata: {name: job, namespace: shop}, spec: {template: {spec: "
                 "{containers: [{name: a, image: b, envFrom: [{configMapRef: {name: settings}}]}]}}}}\n",
    .stream = find_not_renamed,
};

// --- Namespaces.

static void find_renamed_namespace(struct judge *judge, const struct resource *resource)
{
    if (resource->id.gvk.kind != NAME(Namespace) || !name_is_empty(resource->id.gvk.group) || !is_renamed(resource))
        return;
    const struct node *name = node_get_path(resource->root, NAME(metadata), NAME(name), NULL);
    size_t visit = name ? judge_visit_of(judge, name->position.file) : SIZE_MAX;
    const struct source *own = sources_get(&judge->build->sources, resource_position(resource).file);
    // Renaming is intended for a Namespace of a base or a component, and for the name `_`.
    if (visit == SIZE_MAX || !own || slice_equals(resource_original_id(resource).name->text, "_") ||
        !slice_equal(path_directory(own->path), path_directory(judge->visits.items[visit].file)))
        return;
    judge->visit = visit;
    struct sighting *sighting = judge_find(judge, name->position, "'namespace' renames the Namespace '%.*s'",
                                           SLICE_ARGS(resource_original_id(resource).name->text));
    sighting_about(judge, sighting, resource, "metadata.name");
    sighting_hint(judge, sighting, "build the Namespace in a kustomization without `namespace` to keep its name");
}

const struct rule namespace_object_renamed_rule = {
    .id = "namespace-object-renamed",
    .level = LEVEL_NOTE,
    .since = "0.2",
    .summary = "`namespace` renames a resource of kind Namespace",
    .why = "The field sets not only the namespace of resources, but also the name of every Namespace, so the "
           "Namespace in your file is never created. In a base or a component, that may be intended.",
    .remedy = "write the same name in both places, or build the Namespace in another kustomization",
    .found = "namespace: shop\n"
             "resources: [namespace.yaml]\n"
             "--- namespace.yaml\n"
             "{apiVersion: v1, kind: Namespace, metadata: {name: other}}\n",
    .not_found = "namespace: shop\n"
                 "resources: [namespace.yaml]\n"
                 "--- namespace.yaml\n"
                 "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n",
    .resource = find_renamed_namespace,
};
