// check/port_rules.c
//
// Named ports of containers that Services, probes, and hooks use.
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/examples.h"
#include "check/label_match.h"
#include "check/objects.h"
#include "check/visits.h"
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
    const char *noun;  // "probe" or "hook", for hints
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

// Suggests the nearest name, or else lists them. `owner` says what has the ports, such as "the Pod". False: none is
// near.
static bool hint_port(struct port_search *search, struct sighting *sighting, struct slice owner)
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
    return nearest.length;
}

// --- Services.

struct service_search {
    struct judge *judge;
    const struct objects *objects;
    const struct resource *service;
    struct pod_list pods;
};

// The only source of Pods that has a port of this name: a selector that was copied may still select others. NULL: there
// is none, or there are several.
static const struct pod *find_with_port(const struct service_search *search, struct slice name)
{
    const struct objects *objects = search->objects;
    const struct pod *found = NULL;
    for (size_t i = 0; i < objects->pods.count; i++) {
        const struct pod *pod = &objects->pods.items[i];
        struct port_search ports = {.judge = search->judge, .name = name};
        bool has_labels = node_is_map(pod->labels) && pod->labels->count;  // so that a selector can match
        if (has_labels && namespaces_overlap(object_namespace(pod->resource), object_namespace(search->service)))
            for_each_container(pod, compare_ports, &ports);
        if (!ports.found || is_defined_above(search->judge, search->service, pod->resource))
            continue;
        if (found)
            return NULL;
        found = pod;
    }
    return found;
}

static void hint_owner(const struct service_search *search, struct sighting *sighting, struct slice name)
{
    struct judge *judge = search->judge;
    const struct pod *owner = find_with_port(search, name);
    uint32_t file = sighting->position.file;
    if (!owner || have_one_name_in_file(judge, file, owner->resource, search->pods.items[0]->resource))
        return;
    bool is_pod = is_kind(owner->resource, "", "Pod");
    sighting_hint_more(judge, sighting, "did you mean to select %s%.*s, which %s this port?",
                       is_pod ? "" : "the Pods of ", SLICE_ARGS(resource_in_file(judge, file, owner->resource)),
                       is_pod ? "has" : "have");
}

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
    if (!hint_port(&ports, sighting, slice_from(search->pods.count > 1 ? "the Pods" : "the Pod")) && sighting &&
        judge_may_search(judge))
        hint_owner(search, sighting, ports.name);
}

static void find_service_ports(struct judge *judge)
{
    enum { PODS_MAX = 100 };  // a Service that selects more is not judged
    const struct objects *objects = judge_objects(judge);
    for (size_t i = 0; i < objects->services.count; i++) {
        const struct resource *service = objects->services.items[i];
        const struct node *selector = field_at(service->root, "spec.selector");
        struct service_search search = {.judge = judge, .objects = objects, .service = service};
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
        sighting_hint(
            judge, sighting,
            "move the %s to the container '%.*s', which has this port, or add a port with this name to '%.*s'",
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
