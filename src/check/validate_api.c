// check/validate_api.c
//
// Checks Kubernetes objects against the API table.
#include <inttypes.h>

#include "check/formats.h"
#include "check/validation.h"

enum { SUGGESTIONS_MAX = 256 };

static void validate_type(struct validation *, const struct step *, const struct api_field *, uint16_t type,
                          const struct node *, bool in_flow);

// --- Fields that are unknown in a release.

// Not inlined, so that its names aren't on the stack at each level of an object.
__attribute__((noinline)) static struct slice nearest_field(uint16_t definition, unsigned release, struct slice name)
{
    struct slice names[SUGGESTIONS_MAX];
    struct api_field field;
    size_t count = 0;
    for (uint32_t at = 0; count < SUGGESTIONS_MAX && api_field_next(definition, &at, &field);)
        if (api_field_is_in(&field, release))
            names[count++] = field.name;
    return nearest_text(name, names, count);
}

// A field beside the unknown one that is an object with such a field: `spec` for `containers` in `template`.
static struct slice field_around(uint16_t definition, unsigned release, struct slice name)
{
    struct api_field field, inner;
    for (uint32_t at = 0; api_field_next(definition, &at, &field);)
        if (api_field_is_in(&field, release) && api_type_form(field.type) == API_OBJECT &&
            api_field_find(api_type_definition(field.type), release, name, &inner))
            return field.name;
    return (struct slice){0};
}

static void report_unknown(struct validation *validation, const struct step *step, uint16_t definition,
                           const struct map_entry *entry, const struct api_field *other)
{
    unsigned release = validation->release;
    struct slice nearest = {0};
    if (!other->last && !validation->trial)
        nearest = nearest_field(definition, release, entry->key->text);
    struct sighting *sighting = validation_unknown(validation, step, entry, nearest);
    struct slice around = sighting && !sighting->hint.length && !other->last && !nearest.length && !validation->trial
                              ? field_around(definition, release, entry->key->text)
                              : (struct slice){0};
    if (around.length)
        sighting_hint(validation->judge, sighting, "indent it further to make it a field of `%.*s`",
                      SLICE_ARGS(around));
    else if (sighting && other->last && other->first > release)
        sighting_hint(validation->judge, sighting, "remove it, or target Kubernetes 1.%u or later", other->first);
    else if (sighting && other->last)
        sighting_hint(validation->judge, sighting, "remove it: Kubernetes 1.%u removed the field", other->last + 1);
    // A release newer than the table may have the field.
    if (sighting && release > api_newest && !nearest.length && !other->last)
        sighting->level = LEVEL_WARNING;
}

// --- Objects that API servers reject although the OpenAPI schema allows them.

static bool is_set(const struct node *map, const char *field)
{
    const struct node *value = judge_field(map, field);
    return !node_is_null(value) && !(node_is_sequence(value) && !value->count);
}

static void report_missing(struct validation *validation, const struct step *step, const struct node *map,
                           const char *what)
{
    validation_find(validation, &schema_required_rule, step, map->position, "%s", what);
}

static void check_pod(struct validation *validation, const struct step *step, const struct node *map)
{
    const struct node *containers = judge_field(map, "containers");
    const struct step at = {step, NAME(containers), 0, step->depth + 1};
    if (node_is_sequence(containers) && !containers->count)
        report_missing(validation, &at, containers, "a Pod requires at least one container");
}

static void check_service(struct validation *validation, const struct step *step, const struct node *map)
{
    if (!is_set(map, "ports") && !slice_equals(judge_text(map, "clusterIP"), "None") &&
        !slice_equals(judge_text(map, "type"), "ExternalName"))
        report_missing(validation, step, map, "a Service requires 'ports' unless it is headless or an ExternalName");
    if (slice_equals(judge_text(map, "type"), "ExternalName") && !is_set(map, "externalName"))
        report_missing(validation, step, map, "an ExternalName Service requires 'externalName'");
}

static void check_ingress(struct validation *validation, const struct step *step, const struct node *map)
{
    if (!is_set(map, "rules") && !is_set(map, "defaultBackend"))
        report_missing(validation, step, map, "an Ingress requires 'rules' or 'defaultBackend'");
}

// Only one of these fields may be set. kustomize merges them if a patch was meant to replace.
static const struct map_entry *second_of(const struct node *map, const char *const *names, size_t count, bool *any)
{
    const struct map_entry *found = NULL;
    *any = false;
    for (uint32_t i = 0; i < map->count; i++)
        for (size_t k = 0; k < count; k++)
            if (slice_equals(map->entries[i].key->text, names[k]) && !node_is_null(map->entries[i].value)) {
                found = *any ? &map->entries[i] : found;
                *any = true;
            }
    return found;
}

static void report_second(struct validation *validation, const struct step *step, const struct map_entry *entry,
                          const char *what)
{
    const struct step at = {step, entry->key, 0, step->depth + 1};
    struct position place = validation_key_place(validation, step, entry);
    sighting_hint(validation->judge, validation_find(validation, &schema_one_of_rule, &at, place, "%s", what),
                  "set the other one to null in the patch");
}

static void check_handler(struct validation *validation, const struct step *step, const struct node *map, bool is_probe)
{
    static const char *const handlers[] = {"exec", "httpGet", "tcpSocket", "grpc", "sleep"};
    bool any;
    const struct map_entry *second = second_of(map, handlers, countof(handlers), &any);
    if (second)
        report_second(validation, step, second,
                      is_probe ? "a probe has more than one handler" : "the lifecycle has more than one handler");
    else if (!any)
        report_missing(validation, step, map,
                       is_probe ? "a probe requires 'exec', 'httpGet', 'tcpSocket', or 'grpc'"
                                : "a handler requires 'exec', 'httpGet', or 'sleep'");
}

static void check_volume(struct validation *validation, const struct step *step, const struct node *map)
{
    const struct map_entry *first = NULL;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        if (entry->key == NAME(name) || !node_is_map(entry->value))
            continue;
        if (first)
            report_second(validation, step, entry, "a volume has more than one source");
        first = entry;
    }
}

static void check_variable(struct validation *validation, const struct step *step, const struct node *map)
{
    static const char *const values[] = {"value", "valueFrom"};
    bool any;
    const struct map_entry *second = second_of(map, values, countof(values), &any);
    const struct node *text = judge_field(map, "value");
    if (second && node_is_scalar(text) && text->count)
        report_second(validation, step, second, "a variable has both 'value' and 'valueFrom'");
}

static void check_source(struct validation *validation, const struct step *step, const struct node *map)
{
    static const char *const sources[] = {"configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef",
                                          "fileKeyRef"};
    bool any;
    const struct map_entry *second = second_of(map, sources, countof(sources), &any);
    if (second)
        report_second(validation, step, second, "a variable has more than one source");
    else if (!any)
        report_missing(validation, step, map, "'valueFrom' requires a source");
}

static void check_more(struct validation *validation, const struct step *step, uint16_t definition,
                       const struct node *map)
{
    enum api_definition known = 0;
    while (known < API_DEFINITIONS && api_definition(known) != definition)
        known++;
    switch (known) {
    case API_POD_SPEC:
        check_pod(validation, step, map);
        break;
    case API_SERVICE_SPEC:
        check_service(validation, step, map);
        break;
    case API_INGRESS_SPEC:
        check_ingress(validation, step, map);
        break;
    case API_PROBE:
    case API_LIFECYCLE_HANDLER:
        check_handler(validation, step, map, known == API_PROBE);
        break;
    case API_VOLUME:
        check_volume(validation, step, map);
        break;
    case API_ENV_VAR:
        check_variable(validation, step, map);
        break;
    case API_ENV_VAR_SOURCE:
        check_source(validation, step, map);
        break;
    case API_OBJECT_META:
    case API_DEFINITIONS:
        break;
    }
}

// --- Objects.

static void find_missing(struct validation *validation, const struct step *step, uint16_t definition,
                         const struct node *map)
{
    struct api_field field;
    for (uint32_t at = 0; api_field_next(definition, &at, &field);) {
        if (!field.required || !api_field_is_in(&field, validation->release))
            continue;
        const struct name *name = name_intern(validation->judge->build->names, field.name);
        const struct node *value = node_map_get(map, name);
        if (node_is_null(value))
            validation_missing(validation, step, map, value, name);
    }
}

void validate_definition(struct validation *validation, const struct step *step, uint16_t definition,
                         const struct node *map, bool in_flow)
{
    unsigned required = 0;
    if (map->kind != NODE_MAP) {
        validation_wrong_type(validation, step, map, in_flow, "a map");
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        struct api_field field;
        if (!api_field_find(definition, validation->release, entry->key->text, &field)) {
            report_unknown(validation, step, definition, entry, &field);
            continue;
        }
        if (validation_is_null(validation, entry->value, in_flow))
            continue;
        required += field.required;
        const struct step at = {step, entry->key, 0, step->depth + 1};
        bool was_in_status = validation->is_in_status;
        validation->is_in_status |= !step->up && slice_equals(field.name, "status");
        validate_type(validation, &at, &field, field.type, entry->value, in_flow);
        validation->is_in_status = was_in_status;
    }
    if (validation->is_in_status)
        return;
    if (required < api_required_count(definition, validation->release))
        find_missing(validation, step, definition, map);
    check_more(validation, step, definition, map);
}

// --- Scalars.

static bool is_integral(const struct output_value *value)
{
    return value->type == SCALAR_INT || value->type == SCALAR_UINT;
}

// The limits of fields that have the same meaning in each kind. API servers check them, although no schema has them.
static void validate_range(struct validation *validation, const struct step *step, const struct node *node,
                           int64_t value)
{
    enum { PORT_MAX = 65535, MODE_MAX = 0777 };
    static const struct {
        const char *field;
        int64_t least, most;
    } ranges[] = {
        {"containerPort", 1, PORT_MAX},
        {"hostPort", 0, PORT_MAX},
        {"nodePort", 0, PORT_MAX},
        {"port", 1, PORT_MAX},
        {"targetPort", 1, PORT_MAX},
        {"defaultMode", 0, MODE_MAX},
        {"mode", 0, MODE_MAX},
        {"replicas", 0, INT32_MAX},
        {"minReadySeconds", 0, INT32_MAX},
        {"revisionHistoryLimit", 0, INT32_MAX},
        {"backoffLimit", 0, INT32_MAX},
        {"completions", 0, INT32_MAX},
        {"parallelism", 0, INT32_MAX},
    };
    for (size_t i = 0; i < countof(ranges); i++) {
        if (!slice_equals(step->key->text, ranges[i].field) || (value >= ranges[i].least && value <= ranges[i].most))
            continue;
        struct sighting *sighting;
        if (value < ranges[i].least)
            sighting = validation_find(validation, &schema_range_rule, step, node->position,
                                       "%.*s is too small: it must be at least %" PRId64,
                                       SLICE_ARGS(validation_shown(validation, node)), ranges[i].least);
        else
            sighting = validation_find(validation, &schema_range_rule, step, node->position,
                                       "%.*s is too large: it must be at most %" PRId64,
                                       SLICE_ARGS(validation_shown(validation, node)), ranges[i].most);
        if (ranges[i].most == MODE_MAX && value > MODE_MAX)
            sighting_hint(validation->judge, sighting, "write an octal mode with a leading zero, such as 0644");
        return;
    }
}

static void validate_integer(struct validation *validation, const struct step *step, const struct node *node,
                             bool in_flow, bool is_small)
{
    struct output_value value = validation_value(validation, node, in_flow);
    if (!is_integral(&value)) {
        validation_wrong_type(validation, step, node, in_flow, "an integer");
        return;
    }
    bool fits = value.type == SCALAR_INT &&
                (!is_small || (value.value.integer >= INT32_MIN && value.value.integer <= INT32_MAX));
    if (!fits)
        validation_find(validation, &schema_range_rule, step, node->position,
                        "%.*s is out of range for a %d-bit integer", SLICE_ARGS(validation_shown(validation, node)),
                        is_small ? 32 : 64);
    else if (step->key && !validation->is_in_status)
        validate_range(validation, step, node, value.value.integer);
}

__attribute__((noinline)) static void validate_set(struct validation *validation, const struct step *step,
                                                   const struct api_field *field, const struct node *node,
                                                   struct slice text)
{
    struct slice values[SUGGESTIONS_MAX], nearest = {0};
    uint32_t count = 0;
    if (!text.length && !field->required)
        return;
    for (; count < SUGGESTIONS_MAX && api_value(field->values, count, &values[count]); count++)
        if (slice_equal(values[count], text))
            return;
    struct buffer choices = {0};
    for (uint32_t i = 0; i < count; i++) {
        buffer_add_format(&choices, "%s%.*s", i ? ", " : "", SLICE_ARGS(values[i]));
        if (slice_equal_ignoring_case(values[i], text))
            nearest = values[i];
    }
    if (!nearest.length)
        nearest = nearest_text(text, values, count);
    validation_not_in_set(validation, step, node, buffer_slice(&choices), nearest);
    buffer_free(&choices);
}

static void validate_bytes(struct validation *validation, const struct step *step, const struct node *node,
                           struct slice text)
{
    if (format_is_base64(text) || validation_is_open(node))
        return;
    struct sighting *sighting = validation_find(validation, &schema_format_rule, step, node->position,
                                                "expected base64");
    const struct step *parent = step->up;
    if (validation->is_secret && parent && parent->key == NAME(data))
        sighting_hint(validation->judge, sighting, "use `stringData` for a value that is not encoded");
}

static void validate_text(struct validation *validation, const struct step *step, const struct api_field *field,
                          enum api_form form, const struct node *node, bool in_flow)
{
    struct output_value value = validation_value(validation, node, in_flow);
    if (value.type != SCALAR_STRING) {
        validation_wrong_type(validation, step, node, in_flow, "a string");
        return;
    }
    if (form == API_BYTES)
        validate_bytes(validation, step, node, value.text);
    else if (form == API_TIME && !format_is_date_time(value.text) && !validation_is_open(node))
        validation_find(validation, &schema_format_rule, step, node->position,
                        "expected a time such as 2026-01-31T12:00:00Z");
    else if (field->values && !validation->is_in_status)
        validate_set(validation, step, field, node, value.text);
}

static void validate_quantity(struct validation *validation, const struct step *step, const struct node *node,
                              bool in_flow)
{
    struct output_value value = validation_value(validation, node, in_flow);
    if (value.type == SCALAR_BOOL)
        validation_wrong_type(validation, step, node, in_flow, "a quantity");
    else if (value.type == SCALAR_STRING && !format_is_quantity(value.text) && !validation_is_open(node))
        sighting_hint(validation->judge,
                      validation_find(validation, &quantity_invalid_rule, step, node->position,
                                      "%.*s is not a quantity", SLICE_ARGS(validation_shown(validation, node))),
                      "write a number, alone or with m, k, M, G, T, Ki, Mi, Gi, or Ti");
}

static void validate_scalar(struct validation *validation, const struct step *step, const struct api_field *field,
                            enum api_form form, const struct node *node, bool in_flow)
{
    static const char *const expected[] = {
        [API_STRING] = "a string",   [API_BYTES] = "a string",      [API_TIME] = "a string",
        [API_INT32] = "an integer",  [API_INT64] = "an integer",    [API_NUMBER] = "a number",
        [API_BOOLEAN] = "a boolean", [API_QUANTITY] = "a quantity", [API_INT_OR_STRING] = "an integer or a string",
    };
    struct output_value value;
    if (node->kind != NODE_SCALAR) {
        validation_wrong_type(validation, step, node, in_flow, expected[form]);
        return;
    }
    switch (form) {
    case API_STRING:
    case API_BYTES:
    case API_TIME:
        validate_text(validation, step, field, form, node, in_flow);
        break;
    case API_INT32:
    case API_INT64:
        validate_integer(validation, step, node, in_flow, form == API_INT32);
        break;
    case API_QUANTITY:
        validate_quantity(validation, step, node, in_flow);
        break;
    case API_INT_OR_STRING:
        value = validation_value(validation, node, in_flow);
        if (is_integral(&value))
            validate_integer(validation, step, node, in_flow, true);
        else if (value.type != SCALAR_STRING)
            validation_wrong_type(validation, step, node, in_flow, expected[form]);
        break;
    default:
        value = validation_value(validation, node, in_flow);
        bool is_number = is_integral(&value) || value.type == SCALAR_FLOAT;
        if (form == API_NUMBER ? !is_number : value.type != SCALAR_BOOL)
            validation_wrong_type(validation, step, node, in_flow, expected[form]);
    }
}

// --- All nodes.

static void validate_items(struct validation *validation, const struct step *step, const struct api_field *field,
                           uint16_t type, const struct node *list, bool in_flow)
{
    if (list->kind != NODE_SEQUENCE) {
        validation_wrong_type(validation, step, list, in_flow, "a list");
        return;
    }
    bool is_of_objects = api_type_form(type) == API_OBJECT;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct step at = {step, NULL, i, step->depth + 1};
        struct sighting *sighting;
        // JSON may be null, such as a value of `enum` in a CustomResourceDefinition.
        if (api_type_form(type) == API_ANY || !validation_is_null(validation, list->items[i], in_flow)) {
            validate_type(validation, &at, field, type, list->items[i], in_flow);
            continue;
        }
        sighting = validation_find(validation, &schema_null_rule, &at, list->items[i]->position,
                                   "an item of the list is null");
        // API servers turn it into an empty string.
        if (sighting && !is_of_objects)
            sighting->level = LEVEL_NOTE;
    }
}

static void validate_values(struct validation *validation, const struct step *step, const struct api_field *field,
                            uint16_t type, const struct node *map, bool in_flow)
{
    if (map->kind != NODE_MAP) {
        validation_wrong_type(validation, step, map, in_flow, "a map");
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct step at = {step, map->entries[i].key, 0, step->depth + 1};
        if (!validation_is_null(validation, map->entries[i].value, in_flow))
            validate_type(validation, &at, field, type, map->entries[i].value, in_flow);
    }
}

static void validate_type(struct validation *validation, const struct step *step, const struct api_field *field,
                          uint16_t type, const struct node *node, bool in_flow)
{
    enum api_form form = api_type_form(type);
    if (form == API_ANY || !validation_continues(validation, step, node))
        return;
    in_flow |= node->kind != NODE_SCALAR && node->style == STYLE_FLOW;
    switch (form) {
    case API_LIST:
        validate_items(validation, step, field, api_type_items(type), node, in_flow);
        break;
    case API_MAP:
        validate_values(validation, step, field, api_type_items(type), node, in_flow);
        break;
    case API_OBJECT:
        validate_definition(validation, step, api_type_definition(type), node, in_flow);
        break;
    default:
        validate_scalar(validation, step, field, form, node, in_flow);
    }
}
