#include "check/moved_fields.h"

#include <string.h>

#include "base/buffer.h"
#include "check/object_fields.h"
#include "check/sighting_place.h"

// A field with this name in the map `parent` of a kind (empty: any), and its place now, relative to that map. `written`
// is that place as YAML (empty: it needs none), with `<field>` for the value of a field of the map, and `<field?>` for
// `number` or `name`, depending on the value. Empty `place`: `written` is the hint. The strings are arrays, because
// pointers would have to be relocated whenever the program starts.
struct move {
    char kind[28], parent[24], field[32], place[48], written[136];
};

#define BACKEND "service: {name: <serviceName>, port: {<servicePort?>: <servicePort>}}"
#define UTILIZATION "target: {type: Utilization, averageUtilization: <targetAverageUtilization>}"
#define AVERAGE "target: {type: AverageValue, averageValue: <targetAverageValue>}"
#define VALUE "target: {type: Value, value: <targetValue>}"
#define METRIC "metric: {name: <metricName>}"
#define HPA "HorizontalPodAutoscaler"
#define CRD "CustomResourceDefinition"
#define HANDLER "remove this line, and indent the fields below it less"
#define GONE "remove it: the field no longer exists"

static const struct move moves[] = {
    {"Ingress", "backend", "serviceName", "service.name", BACKEND},
    {"Ingress", "backend", "servicePort", "service.port.<servicePort?>", BACKEND},
    {"Ingress", "defaultBackend", "serviceName", "service.name", BACKEND},
    {"Ingress", "defaultBackend", "servicePort", "service.port.<servicePort?>", BACKEND},
    {"Ingress", "spec", "backend", "defaultBackend",
     "defaultBackend: {service: {name: <backend.serviceName>, port: {<backend.servicePort?>: "
     "<backend.servicePort>}}}"},
    {HPA, "resource", "targetAverageUtilization", "target.averageUtilization", UTILIZATION},
    {HPA, "resource", "targetAverageValue", "target.averageValue", AVERAGE},
    {HPA, "containerResource", "targetAverageUtilization", "target.averageUtilization", UTILIZATION},
    {HPA, "containerResource", "targetAverageValue", "target.averageValue", AVERAGE},
    {HPA, "pods", "metricName", "metric.name", METRIC},
    {HPA, "pods", "selector", "metric.selector", ""},
    {HPA, "pods", "targetAverageValue", "target.averageValue", AVERAGE},
    {HPA, "object", "metricName", "metric.name", METRIC},
    {HPA, "object", "selector", "metric.selector", ""},
    {HPA, "object", "targetValue", "target.value", VALUE},
    {HPA, "external", "metricName", "metric.name", METRIC},
    {HPA, "external", "metricSelector", "metric.selector", ""},
    {HPA, "external", "targetValue", "target.value", VALUE},
    {HPA, "external", "targetAverageValue", "target.averageValue", AVERAGE},
    {HPA, "spec", "targetCPUUtilizationPercentage", "metrics[].resource.target.averageUtilization",
     "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: "
     "<targetCPUUtilizationPercentage>}}}]"},
    {CRD, "spec", "version", "versions[].name", ""},
    {CRD, "spec", "validation", "versions[].schema", ""},
    {CRD, "spec", "subresources", "versions[].subresources", ""},
    {CRD, "spec", "additionalPrinterColumns", "versions[].additionalPrinterColumns", ""},
    {CRD, "conversion", "webhookClientConfig", "webhook.clientConfig", ""},
    {CRD, "conversion", "conversionReviewVersions", "webhook.conversionReviewVersions", ""},
    {"Job", "spec", "schedule", "", "write `kind: CronJob`, and move `template` to `jobTemplate.spec`"},
    {"Deployment", "spec", "updateStrategy", "strategy", ""},
    {"Deployment", "spec", "rollbackTo", "", GONE},
    {"StatefulSet", "spec", "strategy", "updateStrategy", ""},
    {"DaemonSet", "spec", "strategy", "updateStrategy", ""},
    {"DaemonSet", "spec", "templateGeneration", "", GONE},
    {"EndpointSlice", "endpoints", "topology", "deprecatedTopology", ""},
    {"PriorityLevelConfiguration", "limited", "assuredConcurrencyShares", "nominalConcurrencyShares", ""},
    {"NetworkPolicy", "spec", "from", "ingress[].from", "ingress: [{from: <from>}]"},
    {"NetworkPolicy", "spec", "to", "egress[].to", "egress: [{to: <to>}]"},
    {"NetworkPolicy", "ingress", "podSelector", "from[].podSelector", "from: [{podSelector: <podSelector>}]"},
    {"NetworkPolicy", "egress", "podSelector", "to[].podSelector", "to: [{podSelector: <podSelector>}]"},
    {"Service", "ports", "containerPort", "targetPort", ""},
    {"", "containers", "containerPort", "ports[].containerPort", "ports: [{containerPort: <containerPort>}]"},
    {"", "containers", "cpu", "", "move it to `resources.limits` or `resources.requests`"},
    {"", "containers", "memory", "", "move it to `resources.limits` or `resources.requests`"},
    {"", "ports", "port", "containerPort", ""},
    {"", "ports", "targetPort", "containerPort", ""},
    {"", "livenessProbe", "handler", "", HANDLER},
    {"", "readinessProbe", "handler", "", HANDLER},
    {"", "startupProbe", "handler", "", HANDLER},
    {"", "preStop", "handler", "", HANDLER},
    {"", "postStart", "handler", "", HANDLER},
    {"", "secret", "name", "secretName", ""},
    {"", "configMap", "configMapName", "name", ""},
    {"", "persistentVolumeClaim", "name", "claimName", ""},
    {"", "envFrom", "configMap", "configMapRef", ""},
    {"", "envFrom", "secret", "secretRef", ""},
    {"", "valueFrom", "configMapRef", "configMapKeyRef", ""},
    {"", "valueFrom", "secretRef", "secretKeyRef", ""},
    {"", "resources", "storage", "requests.storage", "requests: {storage: <storage>}"},
};

static const struct move *find_move(struct slice kind, struct slice parent, struct slice field)
{
    for (size_t i = 0; i < countof(moves); i++)
        if (slice_equals(field, moves[i].field) && slice_equals(parent, moves[i].parent) &&
            (!moves[i].kind[0] || slice_equals(kind, moves[i].kind)))
            return &moves[i];
    return NULL;
}

static void add_value(struct judge *judge, const struct node *value, bool wants_kind, struct buffer *out)
{
    enum { VALUE_MAX = 60 };
    bool is_number = value->kind == NODE_SCALAR && scalar_resolve_tag(node_text(value)) == TAG_INT &&
                     value->style == STYLE_PLAIN;
    if (wants_kind)
        buffer_add_text(out, is_number ? "number" : "name");
    else if (value->kind == NODE_SCALAR && value->count <= VALUE_MAX)
        buffer_add_slice(out, written_text(judge, value));
    else
        buffer_add_text(out, "…");
}

// Appends the text with values for its placeholders. False: the map lacks one of them.
static bool fill_in(struct judge *judge, const char *text, const struct node *map, struct buffer *out)
{
    struct slice rest = slice_from(text), before, name;
    while (slice_cut(rest, '<', &before, &rest)) {
        buffer_add_slice(out, before);
        slice_cut(rest, '>', &name, &rest);
        bool wants_kind = slice_ends_with(name, slice_literal("?"));
        const struct node *value = field_at_path(map, slice_part(name, 0, name.length - wants_kind));
        if (!value)
            return false;
        add_value(judge, value, wants_kind, out);
    }
    buffer_add_slice(out, before);
    return true;
}

// The field that the place starts with: "service" for "service.port.name", "versions" for "versions[].name".
static struct slice first_field(const char *place)
{
    size_t end = strcspn(place, ".[");
    return (struct slice){place, end};
}

// The fields of the map that are written in the same text, in the order of the map. False: another one comes first.
static bool find_covered(const struct move *move, struct slice kind, struct slice parent, const struct node *map,
                         const struct map_entry *entry, struct moved_field *found)
{
    size_t count = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct move *other = find_move(kind, parent, map->entries[i].key->text);
        if (!other || other == move || !other->written[0] || strcmp(other->written, move->written) != 0)
            continue;
        if (&map->entries[i] < entry)
            return false;
        if (count + 1 < countof(found->covers))
            found->covers[count++] = &map->entries[i];
    }
    return true;
}

static void hint_written(struct validation *validation, const struct map_entry *entry, struct slice written,
                         struct moved_field *found)
{
    struct buffer hint = {0};
    buffer_add_format(&hint, "write `%.*s` instead of `%.*s`", SLICE_ARGS(written), SLICE_ARGS(entry->key->text));
    for (size_t i = 0; found->covers[i]; i++)
        buffer_add_format(&hint, " and `%.*s`", SLICE_ARGS(found->covers[i]->key->text));
    found->hint = arena_copy(&validation->judge->arena, buffer_slice(&hint));
    buffer_free(&hint);
}

// The hint for `cpu` or `memory` directly in `resources`. Empty: the field is neither of them, or is elsewhere.
static struct slice resources_hint(struct arena *arena, struct slice parent, const struct node *map, struct slice field)
{
    const struct node *limits = node_map_get_text(map, slice_literal("limits"));
    const struct node *requests = node_map_get_text(map, slice_literal("requests"));
    bool is_limited = node_map_get_text(limits, field), is_requested = node_map_get_text(requests, field);
    if (!slice_equals(parent, "resources") || (!slice_equals(field, "cpu") && !slice_equals(field, "memory")))
        return (struct slice){0};
    if (is_limited && is_requested)
        return arena_format(arena, "remove it: `limits` and `requests` already have '%.*s'", SLICE_ARGS(field));
    if (is_limited || is_requested) {
        const char *free = is_limited ? "requests" : "limits", *taken = is_limited ? "limits" : "requests";
        bool is_new = !(is_limited ? requests : limits);
        return arena_format(arena, "move it into %s`%s`%s, or remove it: `%s` already has '%.*s'",
                            is_new ? "a new " : "", free, is_new ? " field" : "", taken, SLICE_ARGS(field));
    }
    return slice_literal("make it a field of `limits` or `requests`");
}

bool moved_field_find(struct validation *validation, struct slice parent, const struct node *map,
                      const struct map_entry *entry, struct moved_field *found)
{
    struct arena *arena = &validation->judge->arena;
    struct slice kind = validation->resource->id.gvk.kind->text;
    const struct move *move = find_move(kind, parent, entry->key->text);
    *found = (struct moved_field){.hint = resources_hint(arena, parent, map, entry->key->text)};
    if (found->hint.length || !move)
        return found->hint.length;
    if (!move->place[0]) {
        found->hint = slice_from(move->written);
        return true;
    }
    struct slice first = first_field(move->place);
    bool is_there = node_map_find_text(map, first) != NULL, is_rename = slice_equals(first, move->place);
    struct buffer text = {0};
    found->becomes = first;
    if (move->written[0] && !is_there && fill_in(validation->judge, move->written, map, &text) &&
        find_covered(move, kind, parent, map, entry, found)) {
        hint_written(validation, entry, buffer_slice(&text), found);
    } else {
        text.length = 0;
        fill_in(validation->judge, move->place, map, &text);
        found->hint = is_rename && is_there
                          ? arena_format(arena, "remove it: `%s` is already set", move->place)
                          : arena_format(arena, is_rename ? "rename it to `%.*s`" : "move its value to `%.*s`",
                                         SLICE_ARGS(buffer_slice(&text)));
    }
    buffer_free(&text);
    return true;
}
