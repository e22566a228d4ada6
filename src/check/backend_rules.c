// check/backend_rules.c
//
// Ports of Services that Ingresses and Gateway API routes use.
#include "base/word_list.h"
#include "check/objects.h"
#include "check/visits.h"
#include "doc/scalar.h"

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

static bool is_external_name(const struct resource *service)
{
    return slice_equals(field_text(field_get(service->root, "spec"), "type"), "ExternalName");
}

// The Service that the backend names; NULL: it is not in the build, or has no ports of its own.
static const struct resource *service_of(const struct backend_search *search, const struct backend *backend)
{
    const struct resource *service = objects_find(search->objects, slice_literal("Service"), backend->service,
                                                  backend->namespace);
    return service && is_kind(service, "", "Service") && !is_external_name(service) ? service : NULL;
}

enum fit { DIFFERS, MAY_FIT, FITS };

// A port may fit if its number or name is a placeholder or can't be read.
static enum fit fit_port(const struct backend *backend, const struct node *port)
{
    struct slice wanted = node_text(backend->port), text = field_text(port, backend->is_name ? "name" : "port");
    int64_t number, other;
    if (is_placeholder(text))
        return MAY_FIT;
    if (slice_equal(text, wanted))
        return FITS;
    if (backend->is_name || !scalar_parse_decimal(wanted, &number))
        return DIFFERS;
    return !scalar_parse_decimal(text, &other) ? MAY_FIT : other == number ? FITS : DIFFERS;
}

static bool has_port(const struct backend *backend, const struct resource *service, enum fit least)
{
    const struct node *ports = field_at(service->root, "spec.ports");
    for (uint32_t i = 0; node_is_sequence(ports) && i < ports->count; i++)
        if (fit_port(backend, ports->items[i]) >= least)
            return true;
    return false;
}

// The only other Service that has the port: a backend that was copied may still have the old name. NULL: there is none,
// or there are several.
static const struct resource *find_with_port(const struct backend_search *search, const struct backend *backend)
{
    const struct resource *found = NULL;
    for (size_t i = 0; i < search->objects->services.count; i++) {
        const struct resource *service = search->objects->services.items[i];
        if (!namespaces_overlap(object_namespace(service), backend->namespace) || is_external_name(service) ||
            !has_port(backend, service, FITS) || is_defined_above(search->judge, search->resource, service))
            continue;
        if (found)
            return NULL;
        found = service;
    }
    return found;
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
    if (nearest.length) {
        sighting_suggest(judge, sighting, nearest);
        return;
    }
    if (count)
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
    const struct resource *owner = sighting && count && judge_may_search(judge) ? find_with_port(search, backend)
                                                                                : NULL;
    sighting_offer_owner(judge, sighting, owner, service, "port");
}

static void judge_backend(struct backend_search *search, const struct backend *backend, const struct field_trail *trail,
                          const char *field)
{
    struct judge *judge = search->judge;
    struct slice wanted = node_is_scalar(backend->port) ? node_text(backend->port) : (struct slice){0};
    int64_t number;
    if (!wanted.length || is_placeholder(wanted) || (!backend->is_name && !scalar_parse_decimal(wanted, &number)))
        return;
    const struct resource *service = service_of(search, backend);
    const struct node *ports = service ? field_at(service->root, "spec.ports") : NULL;
    if (!node_is_sequence(ports) || !ports->count)
        return;
    if (has_port(backend, service, MAY_FIT))
        return;
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
           "the port of the Service (`port`), not that of the containers (`targetPort`).",
    .remedy = "correct the port, or add it to the Service",
    .found = ROUTED("{number: 8080}"),
    .not_found = ROUTED("{name: http}"),
    .stream = find_backend_ports,
};
