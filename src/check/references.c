#include "check/references.h"

// In the specification of a Pod. `*` stands for each list of containers.
static const struct object_reference_field pod_fields[] = {
    {.path = "volumes[].configMap", .name = "name", .kind = "ConfigMap", .keys = "items[].key"},
    {.path = "volumes[].secret", .name = "secretName", .kind = "Secret", .keys = "items[].key"},
    {.path = "volumes[].projected.sources[].configMap", .name = "name", .kind = "ConfigMap", .keys = "items[].key"},
    {.path = "volumes[].projected.sources[].secret", .name = "name", .kind = "Secret", .keys = "items[].key"},
    {.path = "volumes[].persistentVolumeClaim", .name = "claimName", .kind = "PersistentVolumeClaim"},
    {.path = "volumes[].csi.nodePublishSecretRef", .name = "name", .kind = "Secret"},
    {.path = "imagePullSecrets[]", .name = "name", .kind = "Secret"},
    {.path = "", .name = "serviceAccountName", .kind = "ServiceAccount"},
    {.path = "", .name = "priorityClassName", .kind = "PriorityClass"},
    {.path = "*envFrom[].configMapRef", .name = "name", .kind = "ConfigMap"},
    {.path = "*envFrom[].secretRef", .name = "name", .kind = "Secret"},
    {.path = "*env[].valueFrom.configMapKeyRef", .name = "name", .kind = "ConfigMap", .keys = "key"},
    {.path = "*env[].valueFrom.secretKeyRef", .name = "name", .kind = "Secret", .keys = "key"},
};

#define RBAC "rbac.authorization.k8s.io"
#define WEBHOOKS "admissionregistration.k8s.io"
#define ROUTES "gateway.networking.k8s.io"

// Outside Pods.
static const struct object_reference_field fields[] = {
    {"networking.k8s.io", "Ingress", "spec.defaultBackend.service", "name", .kind = "Service"},
    {"networking.k8s.io", "Ingress", "spec.rules[].http.paths[].backend.service", "name", .kind = "Service"},
    {"networking.k8s.io", "Ingress", "spec", "ingressClassName", .kind = "IngressClass"},
    {"networking.k8s.io", "Ingress", "spec.tls[]", "secretName", .kind = "Secret"},
    {"apps", "StatefulSet", "spec", "serviceName", .kind = "Service"},
    {"apps", "StatefulSet", "spec.volumeClaimTemplates[].spec", "storageClassName", .kind = "StorageClass"},
    {"", "PersistentVolumeClaim", "spec", "storageClassName", .kind = "StorageClass"},
    {"", "ServiceAccount", "imagePullSecrets[]", "name", .kind = "Secret"},
    {RBAC, "RoleBinding", "roleRef", "name", .kind = NULL},
    {RBAC, "RoleBinding", "subjects[]", "name", .kind = NULL, .has_namespace = true, .is_subject = true},
    {RBAC, "ClusterRoleBinding", "roleRef", "name", .kind = NULL},
    {RBAC, "ClusterRoleBinding", "subjects[]", "name", .kind = NULL, .has_namespace = true, .is_subject = true},
    {WEBHOOKS, "ValidatingWebhookConfiguration", "webhooks[].clientConfig.service", "name", .kind = "Service",
     .has_namespace = true},
    {WEBHOOKS, "MutatingWebhookConfiguration", "webhooks[].clientConfig.service", "name", .kind = "Service",
     .has_namespace = true},
    {"apiextensions.k8s.io", "CustomResourceDefinition", "spec.conversion.webhook.clientConfig.service", "name",
     .kind = "Service", .has_namespace = true},
    {"apiregistration.k8s.io", "APIService", "spec.service", "name", .kind = "Service", .has_namespace = true},
    {"autoscaling", "HorizontalPodAutoscaler", "spec.scaleTargetRef", "name", .kind = NULL},
    {"autoscaling.k8s.io", "VerticalPodAutoscaler", "spec.targetRef", "name", .kind = NULL},
    {"keda.sh", "ScaledObject", "spec.scaleTargetRef", "name", .kind = NULL, .otherwise = "Deployment"},
    {"route.openshift.io", "Route", "spec.to", "name", .kind = NULL, .otherwise = "Service"},
    {ROUTES, "HTTPRoute", "spec.rules[].backendRefs[]", "name", .kind = NULL, .otherwise = "Service",
     .has_namespace = true},
    {ROUTES, "GRPCRoute", "spec.rules[].backendRefs[]", "name", .kind = NULL, .otherwise = "Service",
     .has_namespace = true},
};

struct reference_walk {
    void (*found)(void *state, const struct object_reference *);
    void *state;
    const struct object_reference_field *field;
    const struct resource *holder;
};

static void take_map(void *state, const struct node *map, const struct field_trail *trail)
{
    const struct reference_walk *walk = state;
    const struct object_reference_field *field = walk->field;
    const struct node *name = field_get(map, field->name);
    struct object_reference reference = {.field = field,
                                         .holder = walk->holder,
                                         .map = map,
                                         .name = name,
                                         .trail = trail,
                                         .kind = field->kind ? slice_from(field->kind) : field_text(map, "kind"),
                                         .namespace = object_namespace(walk->holder)};
    if (!node_is_scalar(name) || !name->count)
        return;
    if (!reference.kind.length && field->otherwise)
        reference.kind = slice_from(field->otherwise);
    if (field->has_namespace && field_text(map, "namespace").length)
        reference.namespace = field_text(map, "namespace");
    walk->found(walk->state, &reference);
}

static void take_container(void *state, const struct node *container, const struct field_trail *trail)
{
    const struct reference_walk *walk = state;
    for_each_at(container, walk->field->path + 1, trail, take_map, state);
}

static void for_each_of_pod(const struct pod *pod, void (*found)(void *state, const struct object_reference *),
                            void *state)
{
    struct pod_trail trail;
    struct reference_walk walk = {.found = found, .state = state, .holder = pod->resource};
    pod_trail_set(&trail, pod);
    for (size_t i = 0; i < countof(pod_fields); i++) {
        walk.field = &pod_fields[i];
        if (pod_fields[i].path[0] == '*')
            for_each_container(pod, take_container, &walk);
        else
            for_each_at(pod->spec, pod_fields[i].path, &trail.spec, take_map, &walk);
    }
}

void for_each_pod_reference(const struct resource *resource,
                            void (*found)(void *state, const struct object_reference *), void *state)
{
    struct pod pod;
    if (pod_of(resource, &pod))
        for_each_of_pod(&pod, found, state);
}

static void for_each_declared(const struct resource *resource,
                              void (*found)(void *state, const struct object_reference *), void *state)
{
    struct reference_walk walk = {.found = found, .state = state, .holder = resource};
    for (size_t i = 0; i < countof(fields); i++) {
        walk.field = &fields[i];
        if (is_kind(resource, fields[i].group, fields[i].holder))
            for_each_at(resource->root, fields[i].path, NULL, take_map, &walk);
    }
}

struct reference_collection {
    struct judge *judge;
    struct object_reference_list *list;
};

static const struct field_trail *keep_trail(struct arena *arena, const struct field_trail *trail)
{
    if (!trail)
        return NULL;
    struct field_trail *kept = arena_new(arena, struct field_trail);
    *kept = *trail;
    kept->outer = keep_trail(arena, trail->outer);
    return kept;
}

static void keep_reference(void *state, const struct object_reference *reference)
{
    struct reference_collection *collection = state;
    struct object_reference kept = *reference;
    kept.trail = keep_trail(&collection->judge->scratch, reference->trail);
    list_append(&collection->judge->scratch, collection->list, kept);
}

const struct object_reference_list *judge_references(struct judge *judge)
{
    struct objects *objects = judge_objects(judge);
    if (objects->references)
        return objects->references;
    struct reference_collection collection = {judge, arena_new(&judge->scratch, struct object_reference_list)};
    for (size_t i = 0; i < objects->pods.count; i++)
        for_each_of_pod(&objects->pods.items[i], keep_reference, &collection);
    for (size_t i = 0; i < objects->resources->count; i++)
        for_each_declared(objects->resources->items[i], keep_reference, &collection);
    objects->references = collection.list;
    return collection.list;
}

bool reference_is_optional(const struct object_reference *reference)
{
    return slice_equals(field_text(reference->map, "optional"), "true");
}
