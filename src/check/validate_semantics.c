// check/validate_semantics.c
//
// What the API server rejects although the schema allows it: fields that exclude or need each other, and values
// that depend on other fields. One function for each definition of Kubernetes.
#include "check/examples.h"
#include "check/misspelled.h"
#include "check/object_fields.h"
#include "check/stray_field.h"

struct fields {
    struct validation *validation;
    const struct step *step;
    const struct node *map;
    const struct misspelled *misspelled;  // NULL: nothing is
};

static const struct map_entry *entry_of(const struct fields *fields, const char *field)
{
    const struct map_entry *entry = node_map_find_text(fields->map, slice_from(field));
    return entry && !node_is_null(entry->value) ? entry : NULL;
}

static const struct node *value_of(const struct fields *fields, const char *field)
{
    return field_get(fields->map, field);
}

static struct slice text_of(const struct fields *fields, const char *field)
{
    return field_text(fields->map, field);
}

// True if the field is in the map, or one that is meant to be it.
static bool has(const struct fields *fields, const char *field)
{
    return entry_of(fields, field) || misspelled_has(fields->misspelled, slice_from(field));
}

static bool is_set(const struct fields *fields, const char *field)
{
    const struct node *value = value_of(fields, field);
    return misspelled_has(fields->misspelled, slice_from(field)) ||
           (value && !(value->kind == NODE_SEQUENCE && !value->count));
}

// True if the value of the field is an integer.
static bool number_of(const struct fields *fields, const char *field, int64_t *number)
{
    const struct node *value = value_of(fields, field);
    if (!value || value->kind != NODE_SCALAR)
        return false;
    struct output_value read = validation_value(fields->validation, value, false);
    *number = read.value.integer;
    return read.type == SCALAR_INT;
}

__attribute__((format(printf, 4, 5))) static struct sighting *find_at(const struct fields *fields, const char *field,
                                                                      struct position position, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_format_list(&fields->validation->judge->arena, format, arguments);
    va_end(arguments);
    const struct name *name = field ? name_intern(fields->validation->judge->build->names, slice_from(field)) : NULL;
    const struct step at = {fields->step, name, 0, fields->step->depth + 1};
    return validation_find(fields->validation, &object_invalid_rule, name ? &at : fields->step, position, "%.*s",
                           SLICE_ARGS(text));
}

// Reports the field of the map.
#define find_entry(fields, field, ...)                                                                                 \
    find_at(fields, field, validation_key_place((fields)->validation, (fields)->step, entry_of(fields, field)),        \
            __VA_ARGS__)
#define find_value(fields, field, ...) find_at(fields, field, value_of(fields, field)->position, __VA_ARGS__)
// Reports that the map lacks something.
#define find_lack(fields, ...) find_at(fields, NULL, (fields)->map->position, __VA_ARGS__)

static void hint(const struct fields *fields, struct sighting *sighting, const char *text)
{
    sighting_hint(fields->validation->judge, sighting, "%s", text);
}

// The same for two fields that don't go together. `name` is the one that isn't reported.
static void hint_conflict(const struct fields *fields, struct sighting *sighting, const char *text, const char *name,
                          const struct node *other)
{
    struct judge *judge = fields->validation->judge;
    struct slice where = other ? sighting_other_place(judge, sighting, other->position) : (struct slice){0};
    if (where.length)
        sighting_hint(judge, sighting, "%s (`%s` is %.*s)", text, name, SLICE_ARGS(where));
    else
        hint(fields, sighting, text);
}

static void report_missing(const struct fields *fields, const char *what)
{
    validation_find(fields->validation, &schema_required_rule, fields->step, fields->map->position, "%s", what);
}

// --- Fields that exclude each other.

struct pair {
    const struct map_entry *first, *second;
};

// The first two of these fields that are set. If a patch was meant to replace one with the other, kustomize keeps both.
static struct pair pair_of(const struct fields *fields, const char *const *names, size_t count)
{
    struct pair pair = {0};
    for (uint32_t i = 0; i < fields->map->count; i++) {
        const struct map_entry *entry = &fields->map->entries[i];
        for (size_t k = 0; k < count && !pair.second; k++) {
            if (!slice_equals(entry->key->text, names[k]) || node_is_null(entry->value))
                continue;
            if (pair.first)
                pair.second = entry;
            else
                pair.first = entry;
        }
    }
    return pair;
}

static void report_second(const struct fields *fields, const struct rule *rule, struct pair pair, const char *what)
{
    const struct step at = {fields->step, pair.second->key, 0, fields->step->depth + 1};
    struct position first = validation_key_place(fields->validation, fields->step, pair.first),
                    second = validation_key_place(fields->validation, fields->step, pair.second);
    struct judge *judge = fields->validation->judge;
    struct sighting *sighting = validation_find(fields->validation, rule, &at, second, "%s", what);
    struct slice where = sighting_other_place(judge, sighting, first), name = pair.first->key->text;
    if (where.length)
        sighting_hint(
            judge, sighting,
            first.file == second.file
                ? "remove one of them: `%.*s` is %.*s"
                : "make the patch remove `%.*s`, too, which is set %.*s: set it to null, or use `op: remove` in "
                  "a JSON patch",
            SLICE_ARGS(name), SLICE_ARGS(where));
    else
        hint(fields, sighting, "remove one of them");
}

// True if the map has an unknown field, which is the cause if something is missing.
static bool has_unknown(const struct fields *fields)
{
    return fields->misspelled && fields->misspelled->count;
}

// Requires exactly one of the fields. NULL `none`: they may also be absent.
static void check_one(const struct fields *fields, const struct rule *rule, const char *const *names, size_t count,
                      const char *several, const char *none)
{
    struct pair pair = pair_of(fields, names, count);
    if (pair.second)
        report_second(fields, rule, pair, several);
    else if (!pair.first && none && !has_unknown(fields))
        validation_find(fields->validation, rule == &schema_one_of_rule ? &schema_required_rule : rule, fields->step,
                        fields->map->position, "%s", none);
}

#define NAMES(...) ((const char *const[]){__VA_ARGS__}), sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)

// --- Pods.

static void check_pod(const struct fields *fields)
{
    const struct node *containers = value_of(fields, "containers");
    const struct step at = {fields->step, NAME(containers), 0, fields->step->depth + 1};
    if (!containers || containers->kind != NODE_SEQUENCE || containers->count)
        return;
    const struct judge *judge = fields->validation->judge;
    struct hash_cursor cursor = hash_index_find(&judge->emptied,
                                                hash_combine(0, (uintptr_t)fields->validation->resource));
    uint32_t number;
    bool is_emptied = hash_cursor_next(&cursor, &number);
    struct sighting *sighting = validation_find(fields->validation, &schema_required_rule, &at,
                                                is_emptied ? judge->emptied_by.items[number] : containers->position,
                                                "a Pod requires at least one container");
    if (is_emptied)
        sighting_hint(fields->validation->judge, sighting,
                      "add the 'name' of the container to change: without it, this item empties the list");
}

static void check_probe(const struct fields *fields)
{
    check_one(fields, &schema_one_of_rule, NAMES("exec", "httpGet", "tcpSocket", "grpc"),
              "a probe cannot have more than one handler",
              "a probe requires 'exec', 'httpGet', 'tcpSocket', or 'grpc'");
}

static void check_handler(const struct fields *fields)
{
    check_one(fields, &schema_one_of_rule, NAMES("exec", "httpGet", "tcpSocket", "sleep"),
              "a lifecycle hook cannot have more than one handler",
              "a lifecycle hook requires 'exec', 'httpGet', or 'sleep'");
}

static void check_volume(const struct fields *fields)
{
    struct pair pair = {0};
    for (uint32_t i = 0; i < fields->map->count; i++) {
        const struct map_entry *entry = &fields->map->entries[i];
        if (entry->key == NAME(name) || !node_is_map(entry->value))
            continue;
        pair.second = pair.first ? entry : NULL;
        if (pair.second)
            report_second(fields, &schema_one_of_rule, pair, "a volume has more than one source");
        pair.first = entry;
    }
}

static void check_variable(const struct fields *fields)
{
    struct pair pair = pair_of(fields, NAMES("value", "valueFrom"));
    const struct node *text = value_of(fields, "value");
    if (pair.second && node_is_scalar(text) && text->count)
        report_second(fields, &schema_one_of_rule, pair, "a variable has both 'value' and 'valueFrom'");
}

static void check_source(const struct fields *fields)
{
    check_one(fields, &schema_one_of_rule,
              NAMES("configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef"),
              "a variable has more than one source", "'valueFrom' requires a source");
}

static void check_env_from(const struct fields *fields)
{
    check_one(fields, &object_invalid_rule, NAMES("configMapRef", "secretRef"),
              "an entry of 'envFrom' has both 'configMapRef' and 'secretRef'",
              "an entry of 'envFrom' requires 'configMapRef' or 'secretRef'");
}

static void check_mount(const struct fields *fields)
{
    check_one(fields, &object_invalid_rule, NAMES("subPath", "subPathExpr"),
              "a mount has both 'subPath' and 'subPathExpr'", NULL);
}

static void check_security(const struct fields *fields)
{
    if (slice_equals(text_of(fields, "privileged"), "true") &&
        slice_equals(text_of(fields, "allowPrivilegeEscalation"), "false"))
        hint_conflict(fields,
                      find_value(fields, "allowPrivilegeEscalation",
                                 "a privileged container cannot have 'allowPrivilegeEscalation: false'"),
                      "remove `privileged: true` or this field", "privileged", value_of(fields, "privileged"));
}

static void check_toleration(const struct fields *fields)
{
    bool exists = slice_equals(text_of(fields, "operator"), "Exists");
    struct slice effect = text_of(fields, "effect");
    if (exists && text_of(fields, "value").length)
        hint_conflict(fields,
                      find_value(fields, "value", "a toleration with the operator 'Exists' cannot have a value"),
                      "remove the value, or use the operator `Equal`", "operator", value_of(fields, "operator"));
    if (!exists && !has(fields, "key") && !has(fields, "operator"))
        hint(fields, find_lack(fields, "a toleration without a key requires the operator 'Exists'"),
             "add `operator: Exists` to match taints with any key, or add a key");
    if (entry_of(fields, "tolerationSeconds") && !slice_equals(effect, "NoExecute"))
        hint_conflict(fields,
                      find_entry(fields, "tolerationSeconds", "'tolerationSeconds' requires the effect 'NoExecute'"),
                      "write `effect: NoExecute`, or remove this field", "effect", value_of(fields, "effect"));
}

static void check_requirement(const struct fields *fields)
{
    struct slice operator= text_of(fields, "operator");
    bool needs = slice_equals(operator, "In") || slice_equals(operator, "NotIn");
    if (needs && !is_set(fields, "values"))
        find_lack(fields, "the operator '%.*s' requires 'values'", SLICE_ARGS(operator));
    else if ((slice_equals(operator, "Exists") || slice_equals(operator, "DoesNotExist")) &&
             entry_of(fields, "values") && is_set(fields, "values"))
        hint_conflict(fields,
                      find_entry(fields, "values", "the operator '%.*s' cannot have values", SLICE_ARGS(operator)),
                      "remove them, or use the operator `In` or `NotIn`", "operator", value_of(fields, "operator"));
}

// --- Workloads.

static void check_selector(const struct fields *fields)
{
    const struct node *selector = value_of(fields, "selector");
    for (uint32_t i = 0; node_is_map(selector) && i < selector->count; i++)
        if (selector->entries[i].value->count)
            return;
    if (node_is_map(selector))
        hint(fields, find_value(fields, "selector", "a workload cannot have an empty selector"),
             "write the labels of its Pods: `matchLabels: {app: …}`");
}

static const struct node *policy_of(const struct fields *fields)
{
    const struct node *spec = judge_field(judge_field(value_of(fields, "template"), "spec"), "restartPolicy");
    return node_is_scalar(spec) && !validation_is_open(spec) && node_text(spec).length ? spec : NULL;
}

static void find_policy(const struct fields *fields, const struct node *place, const char *message, const char *remedy)
{
    hint(fields, find_at(fields, "template", place->position, "%s", message), remedy);
}

static void check_workload(const struct fields *fields)
{
    const struct node *policy = policy_of(fields);
    check_selector(fields);
    if (policy && (slice_equals(node_text(policy), "Never") || slice_equals(node_text(policy), "OnFailure")))
        find_policy(fields, policy, "the Pods of this workload must have 'restartPolicy: Always'",
                    "remove the field, or use a Job for a program that ends");
}

static void check_job(const struct fields *fields)
{
    const struct node *policy = policy_of(fields), *spec = judge_field(value_of(fields, "template"), "spec");
    if (policy && slice_equals(node_text(policy), "Always"))
        find_policy(fields, policy, "the Pods of a Job cannot have 'restartPolicy: Always'",
                    "write `restartPolicy: OnFailure` or `restartPolicy: Never`");
    else if (!policy && node_is_map(spec) && node_is_null(judge_field(spec, "restartPolicy")))
        find_policy(fields, spec, "the Pods of a Job require 'restartPolicy': without it, Kubernetes assumes 'Always'",
                    "add `restartPolicy: OnFailure` or `restartPolicy: Never` next to `containers`");
}

// True for "0" and "0%".
static bool is_zero(const struct node *map, const char *field)
{
    struct slice text = judge_text(map, field);
    return slice_equals(text, "0") || slice_equals(text, "0%");
}

// The strategy of a workload, in the field `field`; only 'RollingUpdate' has settings.
static void check_strategy(const struct fields *fields, const char *field)
{
    const struct node *strategy = value_of(fields, field), *rolling = judge_field(strategy, "rollingUpdate");
    struct slice type = judge_text(strategy, "type");
    if (!node_is_null(rolling) && (slice_equals(type, "Recreate") || slice_equals(type, "OnDelete")))
        hint_conflict(fields,
                      find_at(fields, field, rolling->position, "the strategy '%.*s' cannot have 'rollingUpdate'",
                              SLICE_ARGS(type)),
                      "remove the field; if the base has it, set `rollingUpdate: null` in the patch", "type",
                      judge_field(strategy, "type"));
}

static void report_stuck(const struct fields *fields, const char *strategy, const struct node *rolling)
{
    hint(fields, find_at(fields, strategy, rolling->position, "'maxSurge' and 'maxUnavailable' cannot both be 0"),
         "set one of them to 1 or more, or no Pod can be replaced");
}

static void check_deployment(const struct fields *fields)
{
    const struct node *rolling = judge_field(value_of(fields, "strategy"), "rollingUpdate");
    check_workload(fields);
    check_strategy(fields, "strategy");
    if (is_zero(rolling, "maxSurge") && is_zero(rolling, "maxUnavailable"))
        report_stuck(fields, "strategy", rolling);
}

static void check_daemon_set(const struct fields *fields)
{
    const struct node *rolling = judge_field(value_of(fields, "updateStrategy"), "rollingUpdate");
    check_workload(fields);
    bool has_surge = judge_text(rolling, "maxSurge").length && !is_zero(rolling, "maxSurge");
    if (is_zero(rolling, "maxUnavailable") && !has_surge)
        report_stuck(fields, "updateStrategy", rolling);
}

static void check_stateful_set(const struct fields *fields)
{
    check_workload(fields);
    check_strategy(fields, "updateStrategy");
}

// --- Schedules.

static size_t count_words(struct slice text)
{
    struct slice word;
    size_t count = 0;
    while (text.length) {
        slice_cut(text, ' ', &word, &text);
        count += word.length > 0;
    }
    return count;
}

static const struct slice schedules[] = {{"@yearly", 7}, {"@annually", 9}, {"@monthly", 8}, {"@weekly", 7},
                                         {"@daily", 6},  {"@midnight", 9}, {"@hourly", 7}};

static bool is_schedule(struct slice text)
{
    enum { FIELDS = 5 };
    if (!slice_starts_with(text, slice_literal("@")))
        return count_words(text) == FIELDS;
    for (size_t i = 0; i < countof(schedules); i++)
        if (slice_equal(text, schedules[i]))
            return true;
    return slice_starts_with(text, slice_literal("@every "));
}

static void check_cron_job(const struct fields *fields)
{
    const struct node *schedule = value_of(fields, "schedule");
    if (!node_is_scalar(schedule) || validation_is_open(schedule))
        return;
    struct slice text = node_text(schedule);
    if (slice_starts_with(text, slice_literal("TZ=")) || slice_starts_with(text, slice_literal("CRON_TZ=")))
        hint(fields, find_value(fields, "schedule", "the schedule cannot contain a time zone"),
             "write the time zone in `timeZone`");
    else if (slice_starts_with(text, slice_literal("@")) && !is_schedule(text))
        sighting_suggest(fields->validation->judge,
                         find_value(fields, "schedule", "unknown schedule %.*s",
                                    SLICE_ARGS(validation_shown(fields->validation, schedule))),
                         nearest_text(text, schedules, countof(schedules)));
    else if (text.length && !is_schedule(text))
        hint(fields,
             find_value(fields, "schedule", "the schedule has %zu field%s instead of 5", count_words(text),
                        count_words(text) == 1 ? "" : "s"),
             "write the minute, hour, day of the month, month, and day of the week, as in `30 2 * * *`");
}

// --- Autoscalers and budgets.

static void check_autoscaler(const struct fields *fields)
{
    int64_t least, most;
    if (number_of(fields, "maxReplicas", &most) && number_of(fields, "minReplicas", &least) && most < least)
        hint_conflict(fields, find_value(fields, "maxReplicas", "'maxReplicas' is less than 'minReplicas'"),
                      "raise `maxReplicas`, or lower `minReplicas`", "minReplicas", value_of(fields, "minReplicas"));
}

static void check_metric(const struct fields *fields)
{
    static const char types[][2][20] = {{"Resource", "resource"},
                                        {"ContainerResource", "containerResource"},
                                        {"Pods", "pods"},
                                        {"Object", "object"},
                                        {"External", "external"}};
    struct slice type = text_of(fields, "type");
    for (size_t i = 0; i < countof(types); i++)
        if (slice_equals(type, types[i][0]) && !has(fields, types[i][1]))
            find_lack(fields, "a metric of type '%s' requires '%s'", types[i][0], types[i][1]);
    check_one(fields, &object_invalid_rule, NAMES("resource", "containerResource", "pods", "object", "external"),
              "a metric has more than one source", NULL);
}

static void check_metric_target(const struct fields *fields)
{
    check_one(fields, &object_invalid_rule, NAMES("value", "averageValue", "averageUtilization"),
              "the target of a metric has more than one value",
              "the target of a metric requires 'averageUtilization', 'averageValue', or 'value'");
}

static void check_budget(const struct fields *fields)
{
    check_one(fields, &object_invalid_rule, NAMES("minAvailable", "maxUnavailable"),
              "a PodDisruptionBudget cannot have both 'minAvailable' and 'maxUnavailable'", NULL);
}

// --- Services and Ingresses.

// True if a key of the port resembles `name`. It has a finding of its own.
static bool is_name_misspelled(const struct node *port)
{
    for (uint32_t i = 0; i < port->count; i++)
        if (slice_edit_distance(port->entries[i].key->text, slice_literal("name"), 2) <= 2)
            return true;
    return false;
}

static void check_port_names(const struct fields *fields)
{
    const struct node *ports = value_of(fields, "ports");
    const struct map_entry *entry = entry_of(fields, "ports");
    const struct step list = {fields->step, entry ? entry->key : NULL, 0, fields->step->depth + 1};
    for (uint32_t i = 0; node_is_sequence(ports) && ports->count > 1 && i < ports->count; i++) {
        const struct step at = {&list, NULL, i, list.depth + 1};
        const struct node *port = ports->items[i];
        if (!node_is_map(port) || !node_is_null(judge_field(port, "name")) || is_name_misspelled(port))
            continue;
        hint(fields,
             validation_find(fields->validation, &object_invalid_rule, &at, port->position,
                             "a Service with several ports requires a name for each of them"),
             "add a name, such as `name: http`");
    }
}

static void check_service(const struct fields *fields)
{
    struct slice type = text_of(fields, "type");
    bool is_headless = slice_equals(text_of(fields, "clusterIP"), "None");
    bool is_external = slice_equals(type, "ExternalName");
    if (!is_set(fields, "ports") && !is_headless && !is_external)
        report_missing(fields, "a Service requires 'ports' unless it is headless or an ExternalName");
    if (is_external && !is_set(fields, "externalName"))
        report_missing(fields, "an ExternalName Service requires 'externalName'");
    if (is_headless && (slice_equals(type, "NodePort") || slice_equals(type, "LoadBalancer")))
        hint_conflict(
            fields,
            find_value(fields, "clusterIP", "a Service of type '%.*s' cannot have 'clusterIP: None'", SLICE_ARGS(type)),
            "remove `clusterIP`, or remove `type`", "type", value_of(fields, "type"));
    check_port_names(fields);
}

static void check_ingress(const struct fields *fields)
{
    if (!is_set(fields, "rules") && !is_set(fields, "defaultBackend"))
        report_missing(fields, "an Ingress requires 'rules' or 'defaultBackend'");
}

static void check_backend(const struct fields *fields)
{
    check_one(fields, &object_invalid_rule, NAMES("service", "resource"), "a backend has both 'service' and 'resource'",
              "a backend requires 'service' or 'resource'");
}

static void check_backend_service(const struct fields *fields)
{
    // In earlier versions, the port is in the enclosing map.
    const struct node *backend = validation_node(fields->validation, fields->step->up);
    if (has(fields, "port") || !node_is_null(judge_field(backend, "servicePort")))
        return;
    struct sighting *sighting = find_lack(fields, "a backend requires the port of its Service");
    if (!stray_field_hint_missing(fields->validation, sighting, fields->step, slice_literal("port")))
        hint(fields, sighting, "add `port: {number: …}` or `port: {name: …}` next to `name`");
}

static void check_backend_port(const struct fields *fields)
{
    check_one(fields, &object_invalid_rule, NAMES("name", "number"), "the port has both a name and a number",
              "the port requires 'number' or 'name'");
}

static void check_ingress_path(const struct fields *fields)
{
    const struct node *path = value_of(fields, "path");
    bool is_needed = slice_equals(text_of(fields, "pathType"), "Exact") ||
                     slice_equals(text_of(fields, "pathType"), "Prefix");
    if (node_is_scalar(path) && !validation_is_open(path) && node_text(path).length &&
        !slice_starts_with(node_text(path), slice_literal("/")))
        hint(fields, find_value(fields, "path", "the path of an Ingress must start with '/'"),
             "write a '/' before it; whether a path may be a regular expression depends on the Ingress controller");
    else if (is_needed && !has(fields, "path"))
        find_lack(fields, "the path type '%.*s' requires 'path'", SLICE_ARGS(text_of(fields, "pathType")));
}

static void check_peer(const struct fields *fields)
{
    const struct map_entry *block = entry_of(fields, "ipBlock");
    struct pair pair = pair_of(fields, NAMES("podSelector", "namespaceSelector"));
    if (block && pair.first)
        hint(fields, find_entry(fields, "ipBlock", "a peer with 'ipBlock' cannot have selectors"),
             "write a separate list item for each: `- ipBlock: …`");
    else if (!block && !pair.first && !has_unknown(fields))
        hint(fields, find_lack(fields, "a peer requires 'ipBlock', 'podSelector', or 'namespaceSelector'"),
             "remove the item; to allow every peer, leave the list empty");
}

// --- Roles.

static void check_subject(const struct fields *fields)
{
    if (!slice_equals(text_of(fields, "kind"), "ServiceAccount"))
        return;
    if (text_of(fields, "apiGroup").length)
        hint(fields, find_value(fields, "apiGroup", "a ServiceAccount in `subjects` cannot have an 'apiGroup'"),
             "remove it");
    if (!is_kind(fields->validation->resource, "rbac.authorization.k8s.io", "ClusterRoleBinding"))
        return;
    static const char message[] = "a ServiceAccount in a ClusterRoleBinding requires a namespace";
    const struct node *namespace = value_of(fields, "namespace");
    struct sighting *sighting = NULL;
    if (!has(fields, "namespace"))
        sighting = find_lack(fields, "%s", message);
    else if (node_is_scalar(namespace) && !namespace->count)
        sighting = find_value(fields, "namespace", "%s", message);
    hint(fields, sighting, "set `namespace` to the namespace of the ServiceAccount");
}

// --- Storage.

static void check_claim(const struct fields *fields)
{
    const struct node *requests = judge_field(value_of(fields, "resources"), "requests");
    if (!is_set(fields, "accessModes"))
        hint(fields, find_lack(fields, "a claim requires 'accessModes'"),
             "add, for example, `accessModes: [ReadWriteOnce]`");
    if (!has(fields, "resources") || (value_of(fields, "resources") && node_is_null(judge_field(requests, "storage"))))
        hint(fields, find_lack(fields, "a claim requires 'resources.requests.storage'"),
             "add, for example, `resources: {requests: {storage: 1Gi}}`");
}

// --- CustomResourceDefinitions and webhooks.

static void check_definition(const struct fields *fields)
{
    const struct node *versions = value_of(fields, "versions");
    size_t stored = 0;
    for (uint32_t i = 0; node_is_sequence(versions) && i < versions->count; i++)
        stored += slice_equals(judge_text(versions->items[i], "storage"), "true");
    if (node_is_sequence(versions) && versions->count && stored != 1)
        hint(fields, find_value(fields, "versions", "%zu versions have 'storage: true' instead of one", stored),
             "set `storage: true` in the version that is stored, and `storage: false` in all others");
}

static void check_client(const struct fields *fields)
{
    check_one(fields, &object_invalid_rule, NAMES("service", "url"), "a webhook has both 'service' and 'url'",
              "a webhook requires 'service' or 'url'");
}

// --- All.

static void (*const checks[API_DEFINITIONS])(const struct fields *) = {
    [API_CONVERSION_CLIENT] = check_client,
    [API_CUSTOM_RESOURCE_DEFINITION_SPEC] = check_definition,
    [API_CRON_JOB_SPEC] = check_cron_job,
    [API_DAEMON_SET_SPEC] = check_daemon_set,
    [API_DEPLOYMENT_SPEC] = check_deployment,
    [API_ENV_FROM_SOURCE] = check_env_from,
    [API_ENV_VAR] = check_variable,
    [API_ENV_VAR_SOURCE] = check_source,
    [API_HPA_SPEC] = check_autoscaler,
    [API_INGRESS_BACKEND] = check_backend,
    [API_INGRESS_PATH] = check_ingress_path,
    [API_INGRESS_SERVICE_BACKEND] = check_backend_service,
    [API_INGRESS_SPEC] = check_ingress,
    [API_JOB_SPEC] = check_job,
    [API_LABEL_SELECTOR_REQUIREMENT] = check_requirement,
    [API_LIFECYCLE_HANDLER] = check_handler,
    [API_METRIC_SPEC] = check_metric,
    [API_METRIC_TARGET] = check_metric_target,
    [API_NETWORK_POLICY_PEER] = check_peer,
    [API_PERSISTENT_VOLUME_CLAIM_SPEC] = check_claim,
    [API_POD_DISRUPTION_BUDGET_SPEC] = check_budget,
    [API_POD_SPEC] = check_pod,
    [API_PROBE] = check_probe,
    [API_REPLICA_SET_SPEC] = check_workload,
    [API_SECURITY_CONTEXT] = check_security,
    [API_SERVICE_BACKEND_PORT] = check_backend_port,
    [API_SERVICE_SPEC] = check_service,
    [API_STATEFUL_SET_SPEC] = check_stateful_set,
    [API_SUBJECT] = check_subject,
    [API_TOLERATION] = check_toleration,
    [API_VOLUME] = check_volume,
    [API_VOLUME_MOUNT] = check_mount,
    [API_WEBHOOK_CLIENT] = check_client,
};

void validate_semantics(struct validation *validation, const struct step *step, uint16_t definition,
                        const struct node *map, const struct misspelled *misspelled)
{
    enum api_definition known = api_definition_known(definition);
    if (known != API_DEFINITIONS && checks[known])
        checks[known](&(struct fields){validation, step, map, misspelled});
}

#define INGRESS(backend)                                                                                               \
    "resources: [web.yaml]\n"                                                                                          \
    "--- web.yaml\n"                                                                                                   \
    "apiVersion: networking.k8s.io/v1\n"                                                                               \
    "kind: Ingress\n"                                                                                                  \
    "metadata: {name: web}\n"                                                                                          \
    "spec: {defaultBackend: {service: {" backend "}}}\n"                                                               \
    "---\n"                                                                                                            \
    "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: ExternalName, externalName: example.com}}\n"

const struct rule object_invalid_rule = {
    .id = "object-invalid",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a resource breaks a rule that isn't in its schema",
    .why = "The API server rejects the resource, although its schema allows it. The rule covers the mistakes that "
           "people make most often. In an Ingress, it finds a backend without a port and a path that doesn't start "
           "with `/`. In a Service with several ports, it finds a port without a name. In workloads, it finds a Job "
           "whose `restartPolicy` is `Always` (the default) and a Deployment whose `restartPolicy` isn't `Always`. It "
           "also finds `rollingUpdate` with `Recreate`, and `maxSurge` and `maxUnavailable` that are both 0. Other "
           "examples are a ServiceAccount without a namespace in a ClusterRoleBinding, a metric without its source, a "
           "NetworkPolicy peer with both `ipBlock` and selectors, a "
           "schedule with the wrong number of fields, and a PersistentVolumeClaim without a size.",
    .remedy = "correct the fields that the message names",
    .found = INGRESS("name: web"),
    .not_found = INGRESS("name: web, port: {number: 80}"),
};
