#include "check/objects.h"

#include <string.h>

// --- Kinds.

bool namespaces_overlap(struct slice a, struct slice b)
{
    return !a.length || !b.length || slice_equal(a, b);
}

struct slice object_namespace(const struct resource *resource)
{
    return resource->cluster_scoped ? (struct slice){0} : resource->id.namespace->text;
}

bool is_given_namespace(struct slice name)
{
    return slice_starts_with(name, slice_literal("kube-")) || slice_equals(name, "openshift") ||
           slice_starts_with(name, slice_literal("openshift-"));
}

uint64_t object_id_hash(struct slice kind, struct slice name, struct slice namespace)
{
    return hash_combine(slice_hash_pair(kind, name), slice_hash(namespace));
}

static const struct {
    const char *group, *kind, *template;
} workloads[] = {
    {"", "Pod", ""},
    {"apps", "Deployment", "spec.template"},
    {"apps", "StatefulSet", "spec.template"},
    {"apps", "DaemonSet", "spec.template"},
    {"apps", "ReplicaSet", "spec.template"},
    {"", "ReplicationController", "spec.template"},
    {"batch", "Job", "spec.template"},
    {"batch", "CronJob", "spec.jobTemplate.spec.template"},
};

static const char *template_of(const struct resource *resource)
{
    for (size_t i = 0; i < countof(workloads); i++)
        if (is_kind(resource, workloads[i].group, workloads[i].kind))
            return workloads[i].template;
    return NULL;
}

// Groups whose objects only configure something that exists, and make no other objects.
static bool makes_nothing(struct slice group)
{
    static const char *const groups[] = {"networking.istio.io", "security.istio.io",  "telemetry.istio.io",
                                         "route.openshift.io",  "image.openshift.io", "kyverno.io",
                                         "traefik.io",          "cilium.io",          "security.openshift.io"};
    for (size_t i = 0; i < countof(groups); i++)
        if (slice_equals(group, groups[i]))
            return true;
    return false;
}

static bool is_monitor(const struct resource *resource)
{
    static const char *const kinds[] = {"ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe"};
    for (size_t i = 0; i < countof(kinds); i++)
        if (is_kind(resource, "monitoring.coreos.com", kinds[i]))
            return true;
    return false;
}

static void set_pod(struct pod *pod, const struct resource *resource, const char *path)
{
    const struct node *template = path[0] ? field_at(resource->root, path) : resource->root;
    *pod = (struct pod){
        .resource = resource,
        .labels = field_at(template, "metadata.labels"),
        .spec = field_get(template, "spec"),
        .path = path,
    };
}

bool pod_of(const struct resource *resource, struct pod *pod)
{
    const char *template = template_of(resource);
    if (template)
        set_pod(pod, resource, template);
    return template;
}

static size_t *find_count(const struct label_index *index, uint64_t hash)
{
    uint32_t number;
    struct hash_cursor at = hash_index_find(&index->counted, hash);
    return hash_cursor_next(&at, &number) ? &index->counts.items[number] : NULL;
}

size_t label_index_count(const struct label_index *index, struct slice key, struct slice value)
{
    const size_t *count = find_count(index, slice_hash_pair(key, value));
    return count ? *count : 0;
}

static void count_label(struct arena *arena, struct label_index *index, uint64_t hash)
{
    size_t *count = find_count(index, hash), first = 1;
    if (count) {
        ++*count;
        return;
    }
    hash_index_add(arena, &index->counted, hash, (uint32_t)index->counts.count);
    list_append(arena, &index->counts, first);
}

static void index_labels(struct judge *judge, const struct node *labels, size_t number, struct label_index *index)
{
    for (uint32_t i = 0; node_is_map(labels) && i < labels->count; i++) {
        if (!node_is_scalar(labels->entries[i].value))
            continue;
        uint64_t hash = slice_hash_pair(labels->entries[i].key->text, node_text(labels->entries[i].value));
        count_label(&judge->scratch, index, hash);
        hash_index_add(&judge->scratch, &index->items, hash, (uint32_t)number);
    }
}

static void add_pod(struct judge *judge, struct objects *objects, struct pod pod)
{
    index_labels(judge, pod.labels, objects->pods.count, &objects->pods_by_label);
    list_append(&judge->scratch, &objects->pods, pod);
}

static void add_service(struct judge *judge, struct objects *objects, const struct resource *resource)
{
    index_labels(judge, field_at(resource->root, "metadata.labels"), objects->services.count,
                 &objects->services_by_label);
    list_append(&judge->scratch, &objects->services, resource);
}

// --- Objects made by operators.

// Adds a name with and without its namespace, each once. Two names with the same 64-bit hash are so unlikely that the
// hash is enough.
static void add_names(struct arena *arena, struct hash_index *index, uint64_t name, struct slice namespace)
{
    const uint64_t hashes[] = {name, hash_combine(name, slice_hash(namespace))};
    for (size_t i = 0; i < countof(hashes); i++)
        if (!hash_index_has(index, hashes[i]))
            hash_index_add(arena, index, hashes[i], 0);
}

struct made_search {
    struct judge *judge;
    struct objects *objects;
    const struct resource *by;
    const char *kind;
};

static void add_made(const struct made_search *search, struct slice name)
{
    struct objects *objects = search->objects;
    const struct made_object made = {slice_from(search->kind), name, object_namespace(search->by)};
    if (!name.length)
        return;
    add_names(&search->judge->scratch, &objects->made_by_name, slice_hash_pair(made.kind, made.name), made.namespace);
    list_append(&search->judge->scratch, &objects->made, made);
}

static void take_made(void *state, const struct node *name, const struct field_trail *trail)
{
    (void)trail;
    if (node_is_scalar(name))
        add_made(state, node_text(name));
}

static void add_made_by(struct made_search *search)
{
    static const struct {
        const char *group, *by, *path, *kind;
    } makers[] = {
        {"cert-manager.io", "Certificate", "spec.secretName", "Secret"},
        {"external-secrets.io", "ExternalSecret", "spec.target.name", "Secret"},
        {"bitnami.com", "SealedSecret", "spec.template.metadata.name", "Secret"},
        {"secrets.hashicorp.com", "VaultStaticSecret", "spec.destination.name", "Secret"},
        {"secrets.hashicorp.com", "VaultDynamicSecret", "spec.destination.name", "Secret"},
        {"secrets.hashicorp.com", "VaultPKISecret", "spec.destination.name", "Secret"},
        {"isindir.github.com", "SopsSecret", "spec.secretTemplates[].name", "Secret"},
    };
    for (size_t i = 0; i < countof(makers); i++) {
        search->kind = makers[i].kind;
        if (is_kind(search->by, makers[i].group, makers[i].by))
            for_each_at(search->by->root, makers[i].path, NULL, take_made, search);
    }
}

// OpenShift makes certificates for Services, and cert-manager makes them for Ingresses.
static void add_certificates(struct made_search *search)
{
    static const char *const secrets[] = {"service.beta.openshift.io/serving-cert-secret-name",
                                          "service.alpha.openshift.io/serving-cert-secret-name"};
    const struct node *annotations = field_at(search->by->root, "metadata.annotations");
    search->kind = "Secret";
    for (size_t i = 0; i < countof(secrets); i++)
        add_made(search, field_text(annotations, secrets[i]));
    bool is_issued = field_get(annotations, "cert-manager.io/issuer") ||
                     field_get(annotations, "cert-manager.io/cluster-issuer") ||
                     field_get(annotations, "kubernetes.io/tls-acme");
    if (is_issued)
        for_each_at(search->by->root, "spec.tls[].secretName", NULL, take_made, search);
}

static void add_domains(struct judge *judge, struct objects *objects, const struct resource *resource)
{
    struct slice domain = resource->id.gvk.group->text;
    while (slice_find_byte(domain, '.') != SLICE_NOT_FOUND && !objects_have_domain(objects, domain)) {
        hash_index_add(&judge->scratch, &objects->domains, slice_hash(domain), (uint32_t)(objects->operated.count - 1));
        domain = slice_from_index(domain, slice_find_byte(domain, '.') + 1);
    }
}

static void add_custom(struct judge *judge, struct objects *objects, const struct resource *resource)
{
    struct pod pod;
    if (node_is_sequence(field_at(resource->root, "spec.template.spec.containers"))) {
        set_pod(&pod, resource, "spec.template");
        add_pod(judge, objects, pod);
    }
    if (makes_nothing(resource->id.gvk.group->text) || is_monitor(resource))
        return;
    add_names(&judge->scratch, &objects->operated_by_name, slice_hash(resource->id.name->text),
              object_namespace(resource));
    list_append(&judge->scratch, &objects->operated, resource);
    add_domains(judge, objects, resource);
}

static void add_definition(struct judge *judge, struct objects *objects, const struct resource *resource)
{
    const struct node *spec = field_get(resource->root, "spec");
    uint64_t hash = slice_hash_pair(field_text(spec, "group"), field_text(field_get(spec, "names"), "kind"));
    hash_index_add(&judge->scratch, &objects->definitions_by_kind, hash, (uint32_t)objects->definitions.count);
    list_append(&judge->scratch, &objects->definitions, resource);
}

static void add_object(struct judge *judge, struct objects *objects, size_t number)
{
    const struct resource *resource = objects->resources->items[number];
    struct pod pod;
    struct slice kind = resource->id.gvk.kind->text, name = resource->id.name->text;
    hash_index_add(&judge->scratch, &objects->by_name, slice_hash_pair(kind, name), (uint32_t)number);
    hash_index_add(&judge->scratch, &objects->by_id, object_id_hash(kind, name, object_namespace(resource)),
                   (uint32_t)number);
    struct made_search made = {.judge = judge, .objects = objects, .by = resource};
    struct slice namespace = object_namespace(resource);
    if (namespace.length && !objects_use_namespace(objects, namespace))
        hash_index_add(&judge->scratch, &objects->namespaces, slice_hash(namespace), (uint32_t)number);
    if (pod_of(resource, &pod)) {
        add_pod(judge, objects, pod);
    } else if (is_custom_resource(resource)) {
        add_made_by(&made);
        add_custom(judge, objects, resource);
    } else if (is_kind(resource, "", "Service")) {
        add_certificates(&made);
        add_service(judge, objects, resource);
    } else if (is_kind(resource, "networking.k8s.io", "Ingress")) {
        add_certificates(&made);
    } else if (is_kind(resource, "apiextensions.k8s.io", "CustomResourceDefinition")) {
        add_definition(judge, objects, resource);
    }
}

struct objects *judge_objects(struct judge *judge)
{
    if (judge->objects)
        return judge->objects;
    judge->objects = arena_new(&judge->scratch, struct objects);
    judge->objects->resources = &judge->build->resources;
    for (size_t i = 0; i < judge->objects->resources->count; i++)
        add_object(judge, judge->objects, i);
    return judge->objects;
}

// --- Queries.

static const struct resource *find_exactly(const struct objects *objects, struct slice kind, struct slice name,
                                           struct slice namespace)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&objects->by_id, object_id_hash(kind, name, namespace));
         hash_cursor_next(&at, &number);) {
        const struct resource *resource = objects->resources->items[number];
        if (slice_equal(resource->id.name->text, name) && slice_equal(resource->id.gvk.kind->text, kind) &&
            slice_equal(object_namespace(resource), namespace))
            return resource;
    }
    return NULL;
}

static const struct resource *find_anywhere(const struct objects *objects, struct slice kind, struct slice name)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&objects->by_name, slice_hash_pair(kind, name));
         hash_cursor_next(&at, &number);) {
        const struct resource *resource = objects->resources->items[number];
        if (slice_equal(resource->id.name->text, name) && slice_equal(resource->id.gvk.kind->text, kind))
            return resource;
    }
    return NULL;
}

const struct resource *objects_find(const struct objects *objects, struct slice kind, struct slice name,
                                    struct slice namespace)
{
    if (!namespace.length)
        return find_anywhere(objects, kind, name);
    const struct resource *found = find_exactly(objects, kind, name, namespace);
    return found ? found : find_exactly(objects, kind, name, (struct slice){0});
}

const struct resource *objects_definition(const struct objects *objects, const struct resource *resource)
{
    struct slice group = resource->id.gvk.group->text, kind = resource->id.gvk.kind->text;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&objects->definitions_by_kind, slice_hash_pair(group, kind));
         hash_cursor_next(&at, &number);) {
        const struct node *spec = field_get(objects->definitions.items[number]->root, "spec");
        if (slice_equal(field_text(spec, "group"), group) &&
            slice_equal(field_text(field_get(spec, "names"), "kind"), kind))
            return objects->definitions.items[number];
    }
    return NULL;
}

bool objects_create(const struct objects *objects, struct slice kind, struct slice name, struct slice namespace)
{
    const struct slice none = {0};
    if (!namespace.length)
        return hash_index_has(&objects->made_by_name, slice_hash_pair(kind, name));
    return hash_index_has(&objects->made_by_name, object_id_hash(kind, name, namespace)) ||
           hash_index_has(&objects->made_by_name, object_id_hash(kind, name, none));
}

bool objects_use_namespace(const struct objects *objects, struct slice namespace)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&objects->namespaces, slice_hash(namespace));
         hash_cursor_next(&at, &number);)
        if (slice_equal(object_namespace(objects->resources->items[number]), namespace))
            return true;
    return false;
}

static bool is_operated_by(const struct objects *objects, struct slice name, struct slice namespace)
{
    const struct slice none = {0};
    if (!namespace.length)
        return hash_index_has(&objects->operated_by_name, slice_hash(name));
    return hash_index_has(&objects->operated_by_name, slice_hash_pair(name, namespace)) ||
           hash_index_has(&objects->operated_by_name, slice_hash_pair(name, none));
}

bool objects_have_domain(const struct objects *objects, struct slice domain)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&objects->domains, slice_hash(domain));
         hash_cursor_next(&at, &number);)
        if (slice_ends_with(objects->operated.items[number]->id.gvk.group->text, domain))
            return true;
    return false;
}

bool objects_have_operator(const struct objects *objects, struct slice text, struct slice namespace)
{
    if (!objects->operated.count)
        return false;
    for (size_t i = 1; i < text.length; i++)
        if (strchr("-.", text.data[i]) && is_operated_by(objects, slice_part(text, 0, i), namespace))
            return true;
    return is_operated_by(objects, text, namespace);
}

// --- Pods.

void pod_trail_set(struct pod_trail *trail, const struct pod *pod)
{
    trail->template = (struct field_trail){.key = slice_from(pod->path)};
    trail->spec = (struct field_trail){.outer = pod->path[0] ? &trail->template : NULL, .key = slice_literal("spec")};
}

void for_each_container(const struct pod *pod,
                        void (*found)(void *state, const struct node *container, const struct field_trail *),
                        void *state)
{
    static const char *const lists[] = {"initContainers[]", "containers[]", "ephemeralContainers[]"};
    struct pod_trail trail;
    pod_trail_set(&trail, pod);
    for (size_t i = 0; i < countof(lists); i++)
        for_each_at(pod->spec, lists[i], &trail.spec, found, state);
}
