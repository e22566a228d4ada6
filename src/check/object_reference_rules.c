// check/object_reference_rules.c
//
// References to objects that don't exist, to keys that they don't have, and to names with an old hash.
#include <string.h>

#include "base/near_names.h"
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/data_keys.h"
#include "check/drops.h"
#include "check/examples.h"
#include "check/label_match.h"
#include "check/references.h"
#include "check/visits.h"
#include "resource/name_hash.h"
#include "transform/misfit.h"
#include "transform/unlisted.h"

// --- References that are never checked.

// Objects that every cluster has, and those that Istio and OpenShift create in each namespace.
static const char given[][2][44] = {
    {"ServiceAccount", "default"},
    {"ConfigMap", "kube-root-ca.crt"},
    {"Service", "kubernetes"},
    {"ClusterRole", "cluster-admin"},
    {"ClusterRole", "admin"},
    {"ClusterRole", "edit"},
    {"ClusterRole", "view"},
    {"Role", "extension-apiserver-authentication-reader"},
    {"ConfigMap", "istio-ca-root-cert"},
    {"ConfigMap", "openshift-service-ca.crt"},
    {"ServiceAccount", "builder"},
    {"ServiceAccount", "deployer"},
    {"ClusterRole", "basic-user"},
    {"ClusterRole", "cluster-reader"},
    {"ClusterRole", "cluster-status"},
    {"ClusterRole", "self-provisioner"},
    {"ClusterRole", "cluster-monitoring-view"},
};

static bool is_given(struct slice kind, struct slice name)
{
    bool is_role = slice_equals(kind, "ClusterRole") || slice_equals(kind, "Role");
    if (is_role && slice_find_byte(name, ':') != SLICE_NOT_FOUND)  // "system:auth-delegator"
        return true;
    if (slice_equals(kind, "PriorityClass") && slice_starts_with(name, slice_literal("system-")))
        return true;
    for (size_t i = 0; i < countof(given); i++)
        if (slice_equals(kind, given[i][0]) && slice_equals(name, given[i][1]))
            return true;
    return false;
}

struct search {
    struct judge *judge;
    const struct objects *objects;
    void (*found)(struct search *, const struct object_reference *);
    struct hash_index generated;  // kind and name without the hash → number of an object
};

// Subjects may also be users and groups, and accounts in other namespaces.
static bool is_checked(const struct search *search, const struct object_reference *reference)
{
    struct slice kind = reference->kind, name = node_text(reference->name);
    if (!kind.length || is_placeholder(name) || is_placeholder(reference->namespace) || is_given(kind, name))
        return false;
    return !reference->field->is_subject ||
           (slice_equals(kind, "ServiceAccount") &&
            (!reference->namespace.length || objects_use_namespace(search->objects, reference->namespace)));
}

static void for_each_reference(struct search *search)
{
    const struct object_reference_list *references = judge_references(search->judge);
    for (size_t i = 0; i < references->count; i++)
        if (is_checked(search, &references->items[i]))
            search->found(search, &references->items[i]);
}

static const struct resource *referred(const struct search *search, const struct object_reference *reference)
{
    return objects_find(search->objects, reference->kind, node_text(reference->name), reference->namespace);
}

// --- Names of generated objects.

static void index_generated(struct search *search)
{
    const struct resource_map *resources = search->objects->resources;
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource *resource = resources->items[i];
        struct slice base;
        if (resource->needs_hash && name_without_hash(resource->id.name->text, &base))
            hash_index_add(&search->judge->scratch, &search->generated,
                           slice_hash_pair(resource->id.gvk.kind->text, base), (uint32_t)i);
    }
}

// The object that has this name with another hash.
static const struct resource *find_with_new_hash(const struct search *search, const struct object_reference *reference)
{
    struct slice base, other;
    uint32_t number;
    if (!name_without_hash(node_text(reference->name), &base))
        return NULL;
    for (struct hash_cursor at = hash_index_find(&search->generated, slice_hash_pair(reference->kind, base));
         hash_cursor_next(&at, &number);) {
        const struct resource *resource = search->objects->resources->items[number];
        if (name_without_hash(resource->id.name->text, &other) && slice_equal(other, base) &&
            slice_equal(resource->id.gvk.kind->text, reference->kind))
            return resource;
    }
    return NULL;
}

static void judge_stale_name(struct search *search, const struct object_reference *reference)
{
    struct judge *judge = search->judge;
    const struct resource *now = referred(search, reference) ? NULL : find_with_new_hash(search, reference);
    if (!now)
        return;
    struct slice name = node_text(reference->name), base = name;
    name_without_hash(name, &base);
    struct sighting *sighting = judge_find(judge, object_place(reference->holder, reference->name),
                                           "'%.*s' is %.*s '%.*s' with an old hash", SLICE_ARGS(name),
                                           SLICE_ARGS(reference->kind), SLICE_ARGS(now->id.name->text));
    sighting_about(judge, sighting, reference->holder, trail_text(judge, reference->trail, reference->field->name));
    sighting_hint(judge, sighting, "write '%.*s': the build adds the hash", SLICE_ARGS(base));
}

static void find_stale_names(struct judge *judge)
{
    struct search search = {.judge = judge, .objects = judge_objects(judge), .found = judge_stale_name};
    index_generated(&search);
    if (search.generated.count)
        for_each_reference(&search);
}

const struct rule ref_generated_name_literal_rule = {
    .id = "ref-generated-name-literal",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a reference to a generated resource has an old hash",
    .why = "The content of the resource has changed, and so has its name. If the cluster still has the resource with "
           "the old name, the Pod gets the old content; if not, the Pod waits forever.",
    .remedy = "write the name without the hash: the build adds it",
    .found = "resources: [pod.yaml]\n"
             "configMapGenerator: [{name: settings, literals: [a=b]}]\n" EXAMPLE_CONTAINER(
                 "    envFrom: [{configMapRef: {name: settings-6ct58987ht}}]\n"),
    .not_found = "resources: [pod.yaml]\n"
                 "configMapGenerator: [{name: settings, literals: [a=b]}]\n" EXAMPLE_CONTAINER(
                     "    envFrom: [{configMapRef: {name: settings}}]\n"),
    .stream = find_stale_names,
};

// --- Missing objects.

// Kinds whose objects usually come from elsewhere get a lower level.
static enum level level_of(const struct object_reference *reference)
{
    static const char notes[][16] = {"Secret", "ClusterRole", "PriorityClass", "StorageClass", "IngressClass"};
    for (size_t i = 0; i < countof(notes); i++)
        if (slice_equals(reference->kind, notes[i]))
            return LEVEL_NOTE;
    return reference->field->is_subject ? LEVEL_NOTE : LEVEL_WARNING;
}

// "KIND/NAMESPACE/NAME"
static struct slice offer_text(struct judge *judge, struct slice kind, struct slice namespace, struct slice name)
{
    const struct slice parts[] = {kind, slice_literal("/"), namespace, slice_literal("/"), name};
    struct slice text = {0};
    for (size_t i = 0; i < countof(parts); i++)
        text.length += parts[i].length;
    char *at = arena_array(&judge->scratch, char, text.length + 1);
    text.data = at;
    for (size_t i = 0; i < countof(parts); at += parts[i].length, i++)
        if (parts[i].length)
            memcpy(at, parts[i].data, parts[i].length);
    return text;
}

static void offer(struct judge *judge, struct slice kind, struct slice namespace, struct slice name)
{
    judge_offer(judge, offer_text(judge, kind, namespace, name));
    judge_offer(judge, offer_text(judge, kind, ANY_NAMESPACE, name));
}

static bool can_be_referenced(const struct resource *resource)
{
    static const char kinds[][24] = {"ConfigMap",    "Secret",       "ServiceAccount", "PersistentVolumeClaim",
                                     "Service",      "Role",         "ClusterRole",    "PriorityClass",
                                     "StorageClass", "IngressClass", "Deployment",     "StatefulSet"};
    for (size_t i = 0; i < countof(kinds); i++)
        if (slice_equals(resource->id.gvk.kind->text, kinds[i]))
            return true;
    return false;
}

// Kinds that operators create with the name of their custom resource.
static const char operated_kinds[][16] = {"ConfigMap", "Secret", "Service", "ServiceAccount"};

static void offer_all(struct search *search)
{
    const struct objects *objects = search->objects;
    struct judge *judge = search->judge;
    for (size_t i = 0; i < objects->resources->count; i++) {
        const struct resource *resource = objects->resources->items[i];
        if (can_be_referenced(resource))
            offer(judge, resource->id.gvk.kind->text, object_namespace(resource), resource->id.name->text);
    }
    for (size_t i = 0; i < objects->made.count; i++)
        offer(judge, objects->made.items[i].kind, objects->made.items[i].namespace, objects->made.items[i].name);
    for (size_t i = 0; i < objects->operated.count; i++)
        for (size_t k = 0; k < countof(operated_kinds); k++)
            offer(judge, slice_from(operated_kinds[k]), object_namespace(objects->operated.items[i]),
                  objects->operated.items[i]->id.name->text);
}

static void set_needs(struct judge *judge, struct sighting *sighting, const struct object_reference *reference)
{
    struct slice name = node_text(reference->name), namespace = reference->namespace;
    if (!sighting || !judge_has_others(judge))
        return;
    if (!namespace.length) {
        sighting_needs(judge, sighting, offer_text(judge, reference->kind, ANY_NAMESPACE, name));
        return;
    }
    sighting_needs(judge, sighting, offer_text(judge, reference->kind, namespace, name));
    sighting_needs(judge, sighting, offer_text(judge, reference->kind, (struct slice){0}, name));
}

// The edits after which a name may still be a misspelling of another.
enum { EDITS_MAX = 2 };

static struct slice original_name(const struct search *search, struct slice kind, struct slice name)
{
    const struct resource *resource = objects_find(search->objects, kind, name, (struct slice){0});
    return resource ? resource_original_id(resource).name->text : name;
}

static void use_names_in_file(const struct search *search, const struct object_reference *reference,
                              struct near_names *near)
{
    struct near_names renamed = {0};
    if (!near->count || !file_is_renamed_after(search->judge, object_place(reference->holder, reference->name).file))
        return;
    for (size_t i = 0; i < near->count; i++) {
        struct slice name = original_name(search, reference->kind, near->items[i]);
        bool is_new = true;
        for (size_t k = 0; k < renamed.count; k++)
            is_new &= !slice_equal(renamed.items[k], name);
        if (is_new)
            renamed.items[renamed.count++] = name;
    }
    *near = renamed;
}

static bool is_referred_to(const struct search *search, struct slice kind, struct slice name)
{
    const struct object_reference_list *references = judge_references(search->judge);
    for (size_t i = 0; i < references->count; i++) {
        const struct resource *resource = slice_equal(references->items[i].kind, kind)
                                              ? referred(search, &references->items[i])
                                              : NULL;
        bool has_name = resource && slice_equal(resource->id.name->text, name);
        for (size_t k = 0; resource && !has_name && k < resource->previous.count; k++)
            has_name = slice_equal(resource->previous.items[k].name->text, name);
        if (has_name)
            return true;
    }
    return false;
}

// A resource that nothing else refers to is probably the one that is meant.
static void put_unused_first(const struct search *search, struct slice kind, struct near_names *near)
{
    struct near_names sorted = {0}, used = {0};
    for (size_t i = 0; near->count > 1 && i < near->count; i++) {
        struct near_names *list = is_referred_to(search, kind, near->items[i]) ? &used : &sorted;
        list->items[list->count++] = near->items[i];
    }
    for (size_t i = 0; i < used.count; i++)
        sorted.items[sorted.count++] = used.items[i];
    if (sorted.count)
        *near = sorted;
}

static void add_name(struct arena *arena, struct text_set *names, struct slice name)
{
    if (name.length)
        text_set_add(arena, names, name);
}

// With several roots, another root may list the file.
static bool hint_unlisted(struct judge *judge, struct sighting *sighting, const struct object_reference *reference)
{
    struct build *build = judge->build;
    if (!sighting || judge_has_others(judge))
        return false;
    struct slice hint = unlisted_hint(&build->resource_context, &build->resources, build->loader, &reference->kind, 1,
                                      node_text(reference->name));
    if (hint.length)
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(hint));
    return hint.length;
}

// The only headless Service that selects the Pods of the StatefulSet. NULL: there is none, there are several, or the
// reference is not from a StatefulSet to a Service.
static const struct resource *find_governing(const struct search *search, const struct object_reference *reference)
{
    const struct resource *holder = reference->holder, *found = NULL;
    const struct node *labels = field_at(holder->root, "spec.template.metadata.labels");
    if (!is_kind(holder, "apps", "StatefulSet") || !slice_equals(reference->kind, "Service"))
        return NULL;
    for (size_t i = 0; i < search->objects->services.count; i++) {
        const struct resource *service = search->objects->services.items[i];
        const struct node *spec = field_get(service->root, "spec");
        struct requirements wanted = requirements_of_labels(search->judge, field_get(spec, "selector"));
        if (!slice_equals(field_text(spec, "clusterIP"), "None") || !wanted.count || wanted.is_open ||
            !requirements_fit(&wanted, labels) ||
            !namespaces_overlap(object_namespace(service), object_namespace(holder)))
            continue;
        if (found)
            return NULL;
        found = service;
    }
    return found;
}

static bool hint_governing(const struct search *search, struct sighting *sighting,
                           const struct object_reference *reference)
{
    const struct resource *service = find_governing(search, reference);
    if (service)
        sighting_hint(search->judge, sighting, "did you mean '%.*s', the headless Service that selects these Pods?",
                      SLICE_ARGS(original_name(search, reference->kind, service->id.name->text)));
    return service;
}

static void hint_missing(struct search *search, struct sighting *sighting, const struct object_reference *reference)
{
    struct judge *judge = search->judge;
    const struct resource_map *resources = search->objects->resources;
    struct slice name = node_text(reference->name);
    const struct resource *elsewhere = objects_find(search->objects, reference->kind, name, (struct slice){0});
    if (elsewhere) {
        sighting_hint(judge, sighting,
                      "set the same namespace in both: the resource is in '%.*s', but this refers to '%.*s'",
                      SLICE_ARGS(object_namespace(elsewhere)), SLICE_ARGS(reference->namespace));
        return;
    }
    const struct drop *drop = drop_of_object(judge, reference->kind, name, reference->namespace);
    struct slice where = drop ? sighting_other_place(judge, sighting, drop->place) : (struct slice){0};
    if (where.length) {
        sighting_hint(judge, sighting, "remove the reference, too, or keep the resource: a patch %.*s deletes it",
                      SLICE_ARGS(where));
        return;
    }
    if (!judge_may_search(judge) || hint_unlisted(judge, sighting, reference) ||
        hint_governing(search, sighting, reference))
        return;
    struct text_set names = {0};
    for (size_t i = 0; i < resources->count; i++)
        if (slice_equal(resources->items[i]->id.gvk.kind->text, reference->kind))
            add_name(&judge->scratch, &names, resource_nearest_name(&judge->scratch, resources->items[i], name));
    struct near_names near = near_names(name, names.items, names.count);
    // A resource from elsewhere is unlikely to have a name similar to one in the build.
    if (near.count && slice_edit_distance(name, near.items[0], EDITS_MAX) <= EDITS_MAX)
        sighting->level = LEVEL_WARNING;
    put_unused_first(search, reference->kind, &near);
    use_names_in_file(search, reference, &near);
    if (near.count)
        sighting_hint(judge, sighting, "did you mean %.*s?", SLICE_ARGS(near_names_text(&judge->arena, &near)));
}

// If a Pod uses the object's former name, another rule reports it.
static bool is_old_name(const struct search *search, const struct object_reference *reference)
{
    struct build *build = search->judge->build;
    if (reference->field->holder)
        return false;
    struct resource_list named = resource_map_named(&build->resources,
                                                    name_intern(build->names, node_text(reference->name)));
    for (size_t i = 0; i < named.count; i++)
        if (slice_equal(named.items[i]->id.gvk.kind->text, reference->kind) &&
            !slice_equal(named.items[i]->id.name->text, node_text(reference->name)))
            return true;
    return false;
}

// The resource with this name whose kind is probably meant; NULL: there is none.
static const struct resource *find_other_kind(const struct search *search, const struct object_reference *reference)
{
    static const char *const kinds[][5] = {{"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"},
                                           {"Role", "ClusterRole"}};
    bool is_cluster_wide = slice_equals(reference->holder->id.gvk.kind->text, "ClusterRoleBinding");
    for (size_t i = 0; !reference->field->kind && i < countof(kinds); i++) {
        if (!slice_is_one_of(reference->kind, kinds[i]))
            continue;
        for (size_t k = 0; kinds[i][k]; k++) {
            const struct resource *other = objects_find(search->objects, slice_from(kinds[i][k]),
                                                        node_text(reference->name), reference->namespace);
            // A ClusterRoleBinding can refer only to a ClusterRole.
            if (other && !(is_cluster_wide && slice_equals(other->id.gvk.kind->text, "Role")))
                return other;
        }
    }
    return NULL;
}

static void report_kind(struct search *search, const struct object_reference *reference, const struct resource *other)
{
    struct judge *judge = search->judge;
    const struct node *version = field_get(reference->map, "apiVersion");
    struct slice kind = other->id.gvk.kind->text, api_version = judge_text(other->root, "apiVersion");
    struct sighting *sighting = judge_find(judge, object_place(reference->holder, field_get(reference->map, "kind")),
                                           "%.*s '%.*s' is not in the build, but %.*s is", SLICE_ARGS(reference->kind),
                                           SLICE_ARGS(node_text(reference->name)),
                                           SLICE_ARGS(resource_shown(judge, other)));
    if (!sighting)
        return;
    sighting->level = LEVEL_WARNING;
    sighting_about(judge, sighting, reference->holder, trail_text(judge, reference->trail, "kind"));
    set_needs(judge, sighting, reference);
    if (node_is_scalar(version) && !slice_equal(node_text(version), api_version))
        sighting_hint(judge, sighting, "write `apiVersion: %.*s` and `kind: %.*s`", SLICE_ARGS(api_version),
                      SLICE_ARGS(kind));
    else
        sighting_hint(judge, sighting, "write `kind: %.*s`", SLICE_ARGS(kind));
}

static void judge_missing(struct search *search, const struct object_reference *reference)
{
    struct judge *judge = search->judge;
    const struct objects *objects = search->objects;
    struct slice name = node_text(reference->name), kind = reference->kind;
    if (reference_is_optional(reference) || referred(search, reference) || find_with_new_hash(search, reference) ||
        is_old_name(search, reference) || objects_create(objects, kind, name, reference->namespace) ||
        objects_have_operator(objects, name, reference->namespace) ||
        judge_is_external(judge, arena_copy(&judge->scratch, kind).data, name))
        return;
    const struct resource *other = find_other_kind(search, reference);
    if (other && field_get(reference->map, "kind")) {
        report_kind(search, reference, other);
        return;
    }
    struct sighting *sighting = judge_find(judge, object_place(reference->holder, reference->name),
                                           "%.*s '%.*s' is not in the build", SLICE_ARGS(kind), SLICE_ARGS(name));
    if (!sighting)
        return;
    sighting->level = level_of(reference);
    sighting_about(judge, sighting, reference->holder, trail_text(judge, reference->trail, reference->field->name));
    set_needs(judge, sighting, reference);
    hint_missing(search, sighting, reference);
}

static void find_missing(struct judge *judge)
{
    struct search search = {.judge = judge, .objects = judge_objects(judge), .found = judge_missing};
    index_generated(&search);
    for_each_reference(&search);
    if (judge_has_others(judge))
        offer_all(&search);
}

const struct rule ref_missing_rule = {
    .id = "ref-missing",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a resource refers to another one that no root builds",
    .why = "A Pod waits forever for a ConfigMap that doesn't exist. A missing Secret, ClusterRole, class, or "
           "subject is only a note, since it often comes from elsewhere. If the build contains a resource with almost "
           "the same name, or with the same name and a similar kind, the finding is a warning. With `--all`, kiln also "
           "looks for the resource in other roots that build it in the same namespace.",
    .remedy = "correct the name or the kind, or list the resource under `check.external` in `.kiln.yaml`",
    .found = "resources: [pod.yaml]\n" EXAMPLE_CONTAINER("    envFrom: [{configMapRef: {name: settings}}]\n"),
    .not_found = "resources: [pod.yaml]\n" EXAMPLE_CONTAINER(
        "    envFrom: [{configMapRef: {name: settings, optional: true}}]\n"),
    .stream = find_missing,
};

// --- Keys.

static bool is_plain_mark(struct slice key)
{
    static const char prefixes[][24] = {
        "kubectl.kubernetes.io/", "app.kubernetes.io/", "argocd.argoproj.io/", "config.kubernetes.io/", "helm.sh/",
        "meta.helm.sh/",          "kustomize.",         "kiln.dev/",           "app.openshift.io/"};
    if (slice_find_byte(key, '/') == SLICE_NOT_FOUND)
        return true;
    for (size_t i = 0; i < countof(prefixes); i++)
        if (slice_starts_with(key, slice_from(prefixes[i])))
            return true;
    return false;
}

static bool is_empty_map(const struct node *map)
{
    return !map || !map->count;
}

// True if something else adds keys: whatever fills empty objects, an operator that a label or an annotation refers to,
// or Kubernetes itself.
static bool is_filled(const struct resource *resource)
{
    static const char marks[][24] = {"metadata.annotations", "metadata.labels"};
    struct slice type = field_text(resource->root, "type");
    for (size_t i = 0; i < countof(marks); i++) {
        const struct node *map = field_at(resource->root, marks[i]);
        for (uint32_t k = 0; node_is_map(map) && k < map->count; k++)
            if (!is_plain_mark(map->entries[k].key->text))
                return true;
    }
    if (slice_equals(type, "kubernetes.io/service-account-token"))
        return true;
    // Nothing fills in a generated resource whose name has a hash.
    return !(resource->generated && resource->needs_hash) && is_empty_map(field_get(resource->root, "data")) &&
           is_empty_map(field_get(resource->root, "stringData")) &&
           is_empty_map(field_get(resource->root, "binaryData"));
}

struct key_search {
    struct search *search;
    const struct object_reference *reference;
    const struct resource *resource;
};

static struct slice nearest_key(const struct key_search *keys, struct slice key)
{
    struct text_set names = data_keys(&keys->search->judge->scratch, keys->resource);
    return nearest_text(key, names.items, names.count);
}

// True if a line of a generator's file was meant to set this key (`PORT: 80`, `export PORT=80`). generator-key-invalid
// reports the line.
static bool is_in_invalid_key(const struct key_search *keys, struct slice wanted)
{
    const struct node *map = field_get(keys->resource->root, "data");
    const struct slice export = slice_literal("export ");
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        struct slice key = map->entries[i].key->text;
        if (is_data_key(key))
            continue;
        if (slice_starts_with(key, export))
            key = slice_from_index(key, export.length);
        if (slice_starts_with(key, wanted) && (key.length == wanted.length || strchr(": \t", key.data[wanted.length])))
            return true;
    }
    return false;
}

// Adds a hint that says where a step drops the key. False: no step does, or the reference is not in a file of the
// step's kustomization or of one below it, so its author may not have relied on the key.
static bool hint_drop(const struct key_search *keys, struct sighting *sighting, const struct node *key)
{
    struct judge *judge = keys->search->judge;
    const struct drop *drop = drop_of_key(judge, keys->resource, node_text(key));
    if (!drop)
        return false;
    size_t visit = visit_with_file(judge, object_place(keys->reference->holder, key).file);
    if (!visit_is_within(judge, visit, drop->visit))
        return false;
    struct slice where = sighting_other_place(judge, sighting, drop->place);
    if (!where.length)
        return false;
    if (drop->cause == DROPPED_BY_GENERATOR)
        sighting_hint(judge, sighting, "write `behavior: merge` %.*s, where `behavior: replace` drops the key",
                      SLICE_ARGS(where));
    else
        sighting_hint(judge, sighting, "change the %s %.*s so that it does not drop the key",
                      drop->cause == DROPPED_BY_PATCH ? "patch" : "generator", SLICE_ARGS(where));
    return true;
}

// The only other object of the kind that has the key: a reference that was copied may still have the old name. NULL:
// there is none, or there are several.
static const struct resource *find_with_key(const struct key_search *keys, struct slice key)
{
    const struct resource_map *resources = keys->search->objects->resources;
    const struct resource *found = NULL;
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource *resource = resources->items[i];
        if (resource == keys->resource || is_defined_above(keys->search->judge, keys->reference->holder, resource) ||
            resource->id.gvk.group != keys->resource->id.gvk.group ||
            !slice_equal(resource->id.gvk.kind->text, keys->reference->kind) ||
            !namespaces_overlap(object_namespace(resource), keys->reference->namespace) || !data_has_key(resource, key))
            continue;
        if (found)
            return NULL;
        found = resource;
    }
    return found;
}

static void hint_keys(const struct key_search *keys, struct sighting *sighting, const struct node *key)
{
    struct judge *judge = keys->search->judge;
    struct text_set others = data_keys(&judge->scratch, keys->resource);
    if (others.count == 1 && slice_ends_with(others.items[0], slice_literal(".env"))) {
        sighting_hint(judge, sighting,
                      "list the file under `envs`, not `files`, to turn each line into a key: the only "
                      "key is '%.*s'",
                      SLICE_ARGS(others.items[0]));
        return;
    }
    const struct resource *owner = find_with_key(keys, node_text(key));
    if (others.count)
        sighting_hint(judge, sighting, "%.*s",
                      SLICE_ARGS(word_list_fact(&judge->arena, "key", (struct slice){0}, others.items, others.count,
                                                HINT_NAMES_MAX)));
    sighting_offer_owner(judge, sighting, owner, keys->resource, "key");
}

static void judge_key(void *state, const struct node *key, const struct field_trail *trail)
{
    const struct key_search *keys = state;
    struct judge *judge = keys->search->judge;
    struct slice text = node_is_scalar(key) ? node_text(key) : (struct slice){0};
    if (!text.length || is_placeholder(text) || data_has_key(keys->resource, text) || is_in_invalid_key(keys, text))
        return;
    struct sighting *sighting = judge_find(judge, object_place(keys->reference->holder, key), "%.*s has no key '%.*s'",
                                           SLICE_ARGS(resource_shown(judge, keys->resource)), SLICE_ARGS(text));
    sighting_about(judge, sighting, keys->reference->holder, trail_text(judge, trail, NULL));
    if (hint_drop(keys, sighting, key))
        return;
    if (!sighting || !judge_may_search(judge))
        return;
    struct slice nearest = nearest_key(keys, text);
    if (nearest.length)
        sighting_suggest(judge, sighting, nearest);
    else
        hint_keys(keys, sighting, key);
}

static void judge_keys(struct search *search, const struct object_reference *reference)
{
    struct key_search keys = {search, reference, referred(search, reference)};
    if (reference->field->keys && keys.resource && !reference_is_optional(reference) && !is_filled(keys.resource))
        for_each_at(reference->map, reference->field->keys, reference->trail, judge_key, &keys);
}

static void find_missing_keys(struct judge *judge)
{
    struct search search = {.judge = judge, .objects = judge_objects(judge), .found = judge_keys};
    for_each_reference(&search);
}

const struct rule ref_missing_key_rule = {
    .id = "ref-missing-key",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a Pod uses a key that a ConfigMap or a Secret doesn't have",
    .why = "The container never starts.",
    .remedy = "correct the key, or add it",
    .found = "resources: [pod.yaml]\n"
             "configMapGenerator: [{name: settings, literals: [password=b]}]\n" EXAMPLE_CONTAINER(
                 "    env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: pasword}}}]\n"),
    .not_found =
        "resources: [pod.yaml]\n"
        "configMapGenerator: [{name: settings, literals: [password=b]}]\n" EXAMPLE_CONTAINER(
            "    env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: more, optional: true}}}]\n"),
    .stream = find_missing_keys,
};
