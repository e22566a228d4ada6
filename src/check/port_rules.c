// check/port_rules.c
//
// Ports that Services, probes, Ingresses, and Gateway API routes refer to.
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/examples.h"
#include "check/label_match.h"
#include "check/objects.h"
#include "doc/scalar.h"

// The name of a port; empty: a number, or a placeholder that is filled in later.
static struct slice port_name(const struct node *port)
{
    if (!is_text_node(port) || is_placeholder(node_text(port)))
        return (struct slice){0};
    return node_text(port);
}

struct port_search {
    struct judge *judge;
    const struct pod *pod;
    const struct node *container;
    struct slice name;
    const char *noun;  // of what uses it
    bool found;
    struct {
        struct slice *items;
        size_t count, capacity;
    } others;
};

static void compare_port(void *state, const struct node *name, const struct field_trail *trail)
{
    struct port_search *search = state;
    (void)trail;
    if (!node_is_scalar(name))
        return;
    search->found |= slice_equal(node_text(name), search->name);
    list_append(&search->judge->scratch, &search->others, node_text(name));
}

static void compare_ports(void *state, const struct node *container, const struct field_trail *trail)
{
    for_each_at(container, "ports[].name", trail, compare_port, state);
}

// `owner` says what has the ports, such as "the Pod".
static void hint_port(struct port_search *search, struct sighting *sighting, struct slice owner)
{
    struct judge *judge = search->judge;
    struct slice nearest = nearest_text(search->name, search->others.items, search->others.count);
    if (nearest.length)
        sighting_suggest(judge, sighting, nearest);
    struct text_set names = {0};
    for (size_t i = 0; i < search->others.count; i++)
        text_set_add(&judge->scratch, &names, search->others.items[i]);
    if (!nearest.length && names.count)
        sighting_hint(judge, sighting, "%.*s",
                      SLICE_ARGS(word_list_fact(&judge->scratch, "named port",
                                                arena_format(&judge->scratch, " of %.*s", SLICE_ARGS(owner)),
                                                names.items, names.count, HINT_NAMES_MAX)));
}

// --- Services.

struct service_search {
    struct judge *judge;
    const struct resource *service;
    struct pod_list pods;
};

static void judge_service_port(void *state, const struct node *port, const struct field_trail *trail)
{
    struct service_search *search = state;
    struct judge *judge = search->judge;
    struct port_search ports = {.judge = judge, .name = port_name(field_get(port, "targetPort"))};
    if (!ports.name.length || search->pods.is_cut)
        return;
    for (size_t i = 0; i < search->pods.count && !ports.found; i++)
        for_each_container(search->pods.items[i], compare_ports, &ports);
    if (ports.found || !search->pods.count)
        return;
    struct sighting *sighting = judge_find(judge, object_place(search->service, field_get(port, "targetPort")),
                                           "no container of %.*s%s has a port '%.*s'",
                                           SLICE_ARGS(resource_shown(judge, search->pods.items[0]->resource)),
                                           search->pods.count > 1 ? " or the others" : "", SLICE_ARGS(ports.name));
    sighting_about(judge, sighting, search->service, trail_text(judge, trail, "targetPort"));
    hint_port(&ports, sighting, slice_from(search->pods.count > 1 ? "the Pods" : "the Pod"));
}

static void find_service_ports(struct judge *judge)
{
    enum { PODS_MAX = 100 };  // a Service that selects more is not judged
    const struct objects *objects = judge_objects(judge);
    for (size_t i = 0; i < objects->services.count; i++) {
        const struct resource *service = objects->services.items[i];
        const struct node *selector = field_at(service->root, "spec.selector");
        struct service_search search = {.judge = judge, .service = service};
        if (!node_is_map(selector) || !selector->count)
            continue;
        struct requirements wanted = requirements_of_labels(judge, selector);
        search.pods = find_matching_pods(judge, objects, &wanted, object_namespace(service), PODS_MAX);
        for_each_at(service->root, "spec.ports[]", NULL, judge_service_port, &search);
    }
}

const struct rule service_port_missing_rule = {
    .id = "service-port-missing",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a Service uses a named port that no container has",
    .why = "The Service has no endpoints for the port, and nothing reports it.",
    .remedy = "correct `targetPort`, or give a container port that name",
    .found = "resources: [web.yaml, service.yaml]\n" EXAMPLE_WEB "--- service.yaml\n"
             "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, "
             "targetPort: htpp}]}}\n",
    .not_found = "resources: [web.yaml, service.yaml]\n" EXAMPLE_WEB "--- service.yaml\n"
                 "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: "
                 "80, targetPort: 8080}]}}\n",
    .stream = find_service_ports,
};

// --- Backends of Ingresses and routes.

struct backend_search {
    struct judge *judge;
    const struct objects *objects;
    const struct resource *resource;
};

struct backend {
    const struct node *port;  // a number, or the name of a port
    bool is_name;
    struct slice service, namespace;
};

// The Service that the backend names; NULL: it is not in the build, or has no ports of its own.
static const struct resource *service_of(const struct backend_search *search, const struct backend *backend)
{
    const struct resource *service = objects_find(search->objects, slice_literal("Service"), backend->service,
                                                  backend->namespace);
    if (!service || !is_kind(service, "", "Service") ||
        slice_equals(field_text(field_get(service->root, "spec"), "type"), "ExternalName"))
        return NULL;
    return service;
}

// Suggests a port of the Service. A wrong number is often the `targetPort`.
static void hint_backend(const struct backend_search *search, const struct backend *backend, struct sighting *sighting,
                         const struct resource *service)
{
    struct judge *judge = search->judge;
    const struct node *ports = field_at(service->root, "spec.ports");
    const char *field = backend->is_name ? "name" : "port";
    struct slice texts[HINT_NAMES_MAX], wanted = node_text(backend->port), nearest = {0};
    size_t count = 0;
    for (uint32_t i = 0; i < ports->count; i++) {
        struct slice text = field_text(ports->items[i], field);
        if (!text.length)
            continue;
        if (count++ < HINT_NAMES_MAX)
            texts[count - 1] = text;
        if (!backend->is_name && slice_equal(field_text(ports->items[i], "targetPort"), wanted)) {
            sighting_hint(judge, sighting, "use port %.*s of the Service: %.*s is its `targetPort`", SLICE_ARGS(text),
                          SLICE_ARGS(wanted));
            return;
        }
        if (backend->is_name && !nearest.length)
            nearest = nearest_text(wanted, &text, 1);
    }
    if (nearest.length)
        sighting_suggest(judge, sighting, nearest);
    else if (count)
        sighting_hint(judge, sighting, "%.*s",
                      SLICE_ARGS(word_list_fact(&judge->scratch, "port", slice_literal(" of the Service"), texts, count,
                                                HINT_NAMES_MAX)));
    else if (ports->count > 1)
        sighting_hint(
            judge, sighting,
            "add a name to each port of the Service: Kubernetes requires names if a Service has several ports");
    else if (field_text(ports->items[0], "port").length)
        sighting_hint(judge, sighting, "use `port: {number: %.*s}`: the port of the Service has no name",
                      SLICE_ARGS(field_text(ports->items[0], "port")));
}

static void judge_backend(struct backend_search *search, const struct backend *backend, const struct field_trail *trail,
                          const char *field)
{
    struct judge *judge = search->judge;
    struct slice wanted = node_is_scalar(backend->port) ? node_text(backend->port) : (struct slice){0};
    int64_t number, other;
    if (!wanted.length || is_placeholder(wanted) || (!backend->is_name && !scalar_parse_decimal(wanted, &number)))
        return;
    const struct resource *service = service_of(search, backend);
    const struct node *ports = service ? field_at(service->root, "spec.ports") : NULL;
    if (!node_is_sequence(ports) || !ports->count)
        return;
    for (uint32_t i = 0; i < ports->count; i++) {
        struct slice text = field_text(ports->items[i], backend->is_name ? "name" : "port");
        if (is_placeholder(text) || slice_equal(text, wanted) ||
            (!backend->is_name && (!scalar_parse_decimal(text, &other) || other == number)))
            return;
    }
    struct sighting *sighting = judge_find(judge, object_place(search->resource, backend->port),
                                           backend->is_name ? "%.*s has no port named '%.*s'" : "%.*s has no port %.*s",
                                           SLICE_ARGS(resource_shown(judge, service)), SLICE_ARGS(wanted));
    sighting_about(judge, sighting, search->resource, trail_text(judge, trail, field));
    hint_backend(search, backend, sighting, service);
}

static void judge_ingress_backend(void *state, const struct node *service, const struct field_trail *trail)
{
    struct backend_search *search = state;
    struct backend backend = {.port = field_at(service, "port.number"),
                              .service = field_text(service, "name"),
                              .namespace = object_namespace(search->resource)};
    backend.is_name = !backend.port;
    if (backend.is_name)
        backend.port = field_at(service, "port.name");
    // The AWS controller takes the port from an annotation.
    if (backend.port && !slice_equals(field_text(field_get(service, "port"), "name"), "use-annotation"))
        judge_backend(search, &backend, trail, backend.is_name ? "port.name" : "port.number");
}

static void judge_route_backend(void *state, const struct node *service, const struct field_trail *trail)
{
    struct backend_search *search = state;
    struct slice kind = field_text(service, "kind"), namespace = field_text(service, "namespace");
    const struct backend backend = {.port = field_get(service, "port"),
                                    .service = field_text(service, "name"),
                                    .namespace = namespace.length ? namespace : object_namespace(search->resource)};
    if (backend.port && (!kind.length || slice_equals(kind, "Service")) && !field_text(service, "group").length)
        judge_backend(search, &backend, trail, "port");
}

static void find_backend_ports(struct judge *judge)
{
    static const char *const ingress_paths[] = {"spec.defaultBackend.service",
                                                "spec.rules[].http.paths[].backend.service"};
    struct backend_search search = {.judge = judge, .objects = judge_objects(judge)};
    const struct resource_map *resources = search.objects->resources;
    for (size_t i = 0; search.objects->services.count && i < resources->count; i++) {
        search.resource = resources->items[i];
        if (is_kind(search.resource, "networking.k8s.io", "Ingress"))
            for (size_t k = 0; k < countof(ingress_paths); k++)
                for_each_at(search.resource->root, ingress_paths[k], NULL, judge_ingress_backend, &search);
        if (slice_equals(search.resource->id.gvk.group->text, "gateway.networking.k8s.io"))
            for_each_at(search.resource->root, "spec.rules[].backendRefs[]", NULL, judge_route_backend, &search);
    }
}

#define ROUTED(port)                                                                                                   \
    "resources: [service.yaml, ingress.yaml]\n"                                                                        \
    "--- service.yaml\n"                                                                                               \
    "apiVersion: v1\n"                                                                                                 \
    "kind: Service\n"                                                                                                  \
    "metadata: {name: web}\n"                                                                                          \
    "spec: {ports: [{name: http, port: 80, targetPort: 8080}]}\n"                                                      \
    "--- ingress.yaml\n"                                                                                               \
    "apiVersion: networking.k8s.io/v1\n"                                                                               \
    "kind: Ingress\n"                                                                                                  \
    "metadata: {name: web}\n"                                                                                          \
    "spec:\n"                                                                                                          \
    "  defaultBackend: {service: {name: web, port: " port "}}\n"

const struct rule backend_port_missing_rule = {
    .id = "backend-port-missing",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "an Ingress or a Gateway API route uses a port that its Service doesn't have",
    .why = "Requests fail, for example with status 503, although the API server accepts the resource. A backend needs "
           "the port of the Service "
           "(`port`), not that of the containers (`targetPort`).",
    .remedy = "correct the port, or add it to the Service",
    .found = ROUTED("{number: 8080}"),
    .not_found = ROUTED("{name: http}"),
    .stream = find_backend_ports,
};

// --- Probes.

// A search for another container of the Pod that has the port.
struct owner_search {
    const struct port_search *search;
    struct slice container;
};

// Most init containers can't have probes.
static bool is_main(const struct pod *pod, const struct node *container)
{
    const struct node *list = field_get(pod->spec, "containers");
    for (uint32_t i = 0; node_is_sequence(list) && i < list->count; i++)
        if (list->items[i] == container)
            return true;
    return false;
}

static void look_for_owner(void *state, const struct node *container, const struct field_trail *trail)
{
    struct owner_search *owner = state;
    struct port_search ports = {.judge = owner->search->judge, .name = owner->search->name};
    compare_ports(&ports, container, trail);
    if (ports.found && !owner->container.length && is_main(owner->search->pod, container))
        owner->container = field_text(container, "name");
}

static void judge_probe_port(void *state, const struct node *port, const struct field_trail *trail)
{
    struct port_search *search = state;
    struct judge *judge = search->judge;
    search->name = port_name(port);
    search->found = false;
    search->others.count = 0;
    if (!search->name.length)
        return;
    compare_ports(search, search->container, NULL);
    if (search->found)
        return;
    struct sighting *sighting = judge_find(judge, object_place(search->pod->resource, port),
                                           "the container '%.*s' has no port '%.*s'",
                                           SLICE_ARGS(field_text(search->container, "name")), SLICE_ARGS(search->name));
    sighting_about(judge, sighting, search->pod->resource, trail_text(judge, trail, NULL));
    struct owner_search owner = {search, {0}};
    for_each_container(search->pod, look_for_owner, &owner);
    struct slice own = field_text(search->container, "name");
    if (owner.container.length && search->others.count)
        sighting_hint(judge, sighting,
                      "move the %s to the container '%.*s', which has this port, or use a port of '%.*s'", search->noun,
                      SLICE_ARGS(owner.container), SLICE_ARGS(own));
    else if (owner.container.length)
        sighting_hint(judge, sighting,
                      "move the %s to the container '%.*s', which has this port, or give a port of '%.*s' this name",
                      search->noun, SLICE_ARGS(owner.container), SLICE_ARGS(own));
    else
        hint_port(search, sighting, slice_literal("the container"));
}

static void judge_probes(void *state, const struct node *container, const struct field_trail *trail)
{
    static const char *const paths[] = {
        "livenessProbe.httpGet.port",       "readinessProbe.httpGet.port",    "startupProbe.httpGet.port",
        "livenessProbe.tcpSocket.port",     "readinessProbe.tcpSocket.port",  "startupProbe.tcpSocket.port",
        "lifecycle.postStart.httpGet.port", "lifecycle.preStop.httpGet.port",
    };
    struct port_search *search = state;
    search->container = container;
    for (size_t i = 0; i < countof(paths); i++) {
        search->noun = slice_starts_with(slice_from(paths[i]), slice_literal("lifecycle")) ? "hook" : "probe";
        for_each_at(container, paths[i], trail, judge_probe_port, search);
    }
}

static void find_probe_ports(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    for (size_t i = 0; i < objects->pods.count; i++) {
        struct port_search search = {.judge = judge, .pod = &objects->pods.items[i]};
        for_each_container(search.pod, judge_probes, &search);
    }
}

#define PROBED(port)                                                                                                   \
    "resources: [pod.yaml]\n" EXAMPLE_CONTAINER("    ports: [{name: http, containerPort: 8080}]\n"                     \
                                                "    livenessProbe: {httpGet: {path: /, port: " port "}}\n")

const struct rule probe_port_missing_rule = {
    .id = "probe-port-missing",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a probe uses a named port that its container doesn't have",
    .why = "The probe always fails, so the Pod never becomes ready, or restarts forever.",
    .remedy = "correct the name, or give a port of the container that name",
    .found = PROBED("htpp"),
    .not_found = PROBED("8080"),
    .stream = find_probe_ports,
};
