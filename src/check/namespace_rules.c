// check/namespace_rules.c
//
// Namespaces that nothing creates or that an object can't have, and custom resources that come before their kind.
#include "base/text_set.h"
#include "check/objects.h"
#include "schema/api.h"

// --- Missing namespaces.

static struct slice offer_text(struct judge *judge, struct slice namespace)
{
    return arena_format(&judge->scratch, "Namespace/%.*s", SLICE_ARGS(namespace));
}

// Offered by roots that build a Namespace: if none does, namespaces are managed elsewhere.
#define SOME_NAMESPACE slice_literal("a Namespace")

static bool makes_namespace(const struct resource *resource)
{
    return is_kind(resource, "", "Namespace") || is_kind(resource, "project.openshift.io", "Project") ||
           is_kind(resource, "project.openshift.io", "ProjectRequest");
}

static bool creates_any(const struct objects *objects)
{
    for (size_t i = 0; i < objects->resources->count; i++)
        if (makes_namespace(objects->resources->items[i]))
            return true;
    return false;
}

static void offer_namespaces(struct judge *judge, const struct objects *objects)
{
    for (size_t i = 0; i < objects->resources->count; i++)
        if (makes_namespace(objects->resources->items[i]))
            judge_offer(judge, offer_text(judge, objects->resources->items[i]->id.name->text));
    if (creates_any(objects))
        judge_offer(judge, SOME_NAMESPACE);
}

static const struct node *namespace_node(const struct resource *resource)
{
    return field_get(field_get(resource->root, "metadata"), "namespace");
}

// Only the first object in each namespace is reported.
static void find_missing_namespaces(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    struct text_set known = {0};
    bool here = creates_any(objects);
    for (size_t i = 0; i < objects->resources->count; i++) {
        const struct resource *resource = objects->resources->items[i];
        struct slice name = object_namespace(resource);
        if (!name.length || is_placeholder(name) || slice_equals(name, "default") || is_given_namespace(name) ||
            !text_set_add(&judge->scratch, &known, name) || judge_is_external(judge, "Namespace", name))
            continue;
        struct position place = object_place(resource, namespace_node(resource));
        const char *format = "no root builds the Namespace '%.*s'";
        struct sighting *sighting = here ? judge_find(judge, place, format, SLICE_ARGS(name))
                                         : judge_suspect(judge, place, format, SLICE_ARGS(name));
        if (sighting && !here)
            sighting->level = LEVEL_NOTE;
        sighting_about(judge, sighting, resource, "metadata.namespace");
        sighting_needs(judge, sighting, offer_text(judge, name));
        sighting_only_if(judge, sighting, SOME_NAMESPACE);
    }
    offer_namespaces(judge, objects);
}

const struct rule namespace_missing_rule = {
    .id = "namespace-missing",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a resource is in a namespace that no root builds",
    .why = "The API server rejects the resource until somebody creates the namespace. In a root without a Namespace, "
           "the finding is a note. If no root has one, kiln reports nothing, because namespaces are then managed "
           "elsewhere.",
    .remedy = "correct the name, or list `Namespace/NAME` under `check.external` in `.kiln.yaml`",
    .found = "resources: [namespace.yaml, map.yaml]\n"
             "--- namespace.yaml\n"
             "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n"
             "--- map.yaml\n"
             "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shpo}}\n",
    .not_found = "resources: [namespace.yaml, map.yaml]\n"
                 "--- namespace.yaml\n"
                 "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n"
                 "--- map.yaml\n"
                 "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: kube-system}}\n",
    .stream = find_missing_namespaces,
};

// --- Namespaces of cluster-scoped objects.

// Also true for kinds that are newer than kustomize's built-in scopes.
static bool is_cluster_kind(const struct resource *resource)
{
    struct api_kind kind;
    return resource->cluster_scoped ||
           (api_kind_find(judge_text(resource->root, "apiVersion"), resource->id.gvk.kind->text, &kind) &&
            kind.scope == SCOPE_CLUSTER);
}

static bool is_cluster_definition(const struct resource *definition)
{
    return slice_equals(field_text(field_get(definition->root, "spec"), "scope"), "Cluster");
}

static struct slice scope_text(struct judge *judge, struct slice group, struct slice kind)
{
    return arena_format(&judge->scratch, "cluster-scoped %.*s/%.*s", SLICE_ARGS(group), SLICE_ARGS(kind));
}

static void offer_scopes(struct judge *judge, const struct objects *objects)
{
    for (size_t i = 0; i < objects->definitions.count; i++) {
        const struct node *spec = field_get(objects->definitions.items[i]->root, "spec");
        if (is_cluster_definition(objects->definitions.items[i]))
            judge_offer(judge,
                        scope_text(judge, field_text(spec, "group"), field_text(field_get(spec, "names"), "kind")));
    }
}

static bool is_built_in(const struct resource *resource)
{
    return !is_custom_resource(resource) && schema_scope(NULL, RELEASE_NEWEST, judge_text(resource->root, "apiVersion"),
                                                         resource->id.gvk.kind->text) != SCOPE_UNKNOWN;
}

// One field of a kustomization is the namespace of many objects.
static uint64_t place_hash(struct position position, struct slice kind)
{
    return hash_combine(slice_hash(kind), position_hash(position));
}

static void judge_scope(struct judge *judge, const struct objects *objects, const struct resource *resource,
                        struct hash_index *places)
{
    const struct node *namespace = namespace_node(resource);
    const struct resource *definition = objects_definition(objects, resource);
    bool is_certain = is_cluster_kind(resource) || (definition && is_cluster_definition(definition));
    if (!node_is_scalar(namespace) || !namespace->count || (!is_certain && (definition || is_built_in(resource))) ||
        (!is_certain && !judge_has_others(judge)) ||
        hash_index_has(places, place_hash(namespace->position, resource->id.gvk.kind->text)))
        return;
    hash_index_add(&judge->scratch, places, place_hash(namespace->position, resource->id.gvk.kind->text), 0);
    struct slice shown = resource_shown(judge, resource);
    struct position place = object_place(resource, namespace);
    const char *format = "the cluster-scoped %.*s has a namespace";
    struct sighting *sighting = is_certain ? judge_find(judge, place, format, SLICE_ARGS(shown))
                                           : judge_suspect(judge, place, format, SLICE_ARGS(shown));
    sighting_about(judge, sighting, resource, "metadata.namespace");
    if (!is_certain)
        sighting_only_if(judge, sighting, scope_text(judge, resource->id.gvk.group->text, resource->id.gvk.kind->text));
}

static void find_needless_namespaces(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    struct hash_index places = {0};
    for (size_t i = 0; i < objects->resources->count; i++)
        judge_scope(judge, objects, objects->resources->items[i], &places);
    offer_scopes(judge, objects);
}

const struct rule namespace_on_cluster_scoped_rule = {
    .id = "namespace-on-cluster-scoped",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a cluster-scoped resource has a namespace",
    .why = "Some tools reject the resource, and others look for it in the wrong place. The field `namespace` of a "
           "kustomization also sets the namespace of custom resources whose scope kustomize doesn't know.",
    .remedy = "remove the namespace, or add a schema under `openapi`, which tells kustomize the scope",
    .found =
        "resources: [role.yaml]\n"
        "--- role.yaml\n"
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: reader, namespace: shop}}\n",
    .not_found = "resources: [cup.yaml, definition.yaml]\n"
                 "namespace: kube-system\n"
                 "--- cup.yaml\n"
                 "{apiVersion: example.com/v1, kind: Cup, metadata: {name: cup}}\n"
                 "--- definition.yaml\n"
                 "apiVersion: apiextensions.k8s.io/v1\n"
                 "kind: CustomResourceDefinition\n"
                 "metadata: {name: cups.example.com}\n"
                 "spec:\n"
                 "  group: example.com\n"
                 "  scope: Namespaced\n"
                 "  names: {kind: Cup, plural: cups}\n"
                 "  versions: [{name: v1, served: true, storage: true}]\n",
    .stream = find_needless_namespaces,
};

// --- Order.

// The lowest bits of all addresses are the same.
static uint64_t address_hash(const struct resource *definition)
{
    return hash_combine(0, (uintptr_t)definition);
}

static void find_too_early(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    struct hash_index seen = {0};
    for (size_t i = 0; objects->definitions.count && i < objects->resources->count; i++) {
        const struct resource *resource = objects->resources->items[i];
        const struct resource *definition = objects_definition(objects, resource);
        if (is_kind(resource, "apiextensions.k8s.io", "CustomResourceDefinition"))
            hash_index_add(&judge->scratch, &seen, address_hash(resource), 0);
        if (definition && !hash_index_has(&seen, address_hash(definition)))
            sighting_about(judge,
                           judge_find(judge, resource_position(resource),
                                      "%.*s comes before the definition of its kind",
                                      SLICE_ARGS(resource_shown(judge, resource))),
                           resource, NULL);
    }
}

#define ORDER(order)                                                                                                   \
    "resources: [all.yaml]\n" order "--- all.yaml\n"                                                                   \
    "{apiVersion: example.com/v1, kind: Cup, metadata: {name: cup}}\n"                                                 \
    "---\n"                                                                                                            \
    "apiVersion: apiextensions.k8s.io/v1\n"                                                                            \
    "kind: CustomResourceDefinition\n"                                                                                 \
    "metadata: {name: cups.example.com}\n"                                                                             \
    "spec:\n"                                                                                                          \
    "  group: example.com\n"                                                                                           \
    "  scope: Namespaced\n"                                                                                            \
    "  names: {kind: Cup, plural: cups}\n"                                                                             \
    "  versions: [{name: v1, served: true, storage: true}]\n"

const struct rule crd_after_use_rule = {
    .id = "crd-after-use",
    .level = LEVEL_NOTE,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a custom resource comes before the definition of its kind",
    .why = "If you apply the resources in this order, the API server doesn't know the kind yet.",
    .remedy = "list the definitions first, or set `sortOptions: {order: legacy}`",
    .found = ORDER("sortOptions: {order: fifo}\n"),
    .not_found = ORDER("sortOptions: {order: legacy}\n"),
    .stream = find_too_early,
};
