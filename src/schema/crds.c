#include "schema/crds.h"

#include "base/hash_index.h"
#include "json/json.h"
#include "schema/openapi_types.h"
#include "schema/well_known_names.h"

// Definitions may refer to each other in many ways, so the paths through them are limited.
enum { DEPTH_MAX = 100, FIELDS_MAX = 1000000, SPECS_MAX = 10000 };

struct crds {
    struct read_context *read;
    struct field_config *config;
    const struct node *definitions;
    struct hash_index by_name;
    struct slice kind;                      // the kind whose properties are being followed
    const struct node *on_path[DEPTH_MAX];  // the definitions on the way here
    size_t depth, field_count, spec_count;
};

// An extension only counts if its value is a string, which may be empty.
static bool get_string(const struct node *map, const char *key, struct slice *text)
{
    const struct node *value = openapi_get(map, key);
    if (!openapi_is_text(value))
        return false;
    *text = node_text(value);
    return true;
}

static const struct node *find_definition(const struct crds *crds, struct slice name)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&crds->by_name, slice_hash(name)); hash_cursor_next(&at, &number);)
        if (slice_equal(crds->definitions->entries[number].key->text, name))
            return crds->definitions->entries[number].value;
    return NULL;
}

// Unlike the fields of a schema, those of a definition may be written in any case.
static const struct node *schema_of(const struct node *definition)
{
    return node_map_get_ignoring_case(definition, slice_literal("Schema"));
}

// The properties of a definition that has been checked; NULL if it has none.
static const struct node *properties_of(const struct node *definition)
{
    const struct node *properties = openapi_get(schema_of(definition), "properties");
    return node_is_map(properties) ? properties : NULL;
}

// --- Specs.

static struct field_spec make_spec(struct crds *crds, struct slice path, const struct node *property)
{
    struct field_spec spec = field_spec_new(crds->read->arena, crds->read->names->table, (struct slice){0},
                                            (struct slice){0}, crds->kind, path, false);
    spec.position = property->position;
    crds->spec_count++;
    return spec;
}

static void add_specs(struct crds *crds, const struct node *property, struct slice path)
{
    static const struct {
        const char *extension;
        enum field_spec_list list;
    } lists[] = {
        {"x-kubernetes-annotation", FIELD_SPECS_COMMON_ANNOTATIONS},
        {"x-kubernetes-label-selector", FIELD_SPECS_COMMON_LABELS},
        {"x-kubernetes-identity", FIELD_SPECS_NAME_PREFIX},
    };
    struct slice text, version, kind, key;
    for (size_t i = 0; i < countof(lists); i++)
        if (get_string(property, lists[i].extension, &text))
            field_config_add(crds->config, lists[i].list, make_spec(crds, path, property));
    if (!get_string(property, "x-kubernetes-object-ref-api-version", &version) ||
        !get_string(property, "x-kubernetes-object-ref-kind", &kind))
        return;
    if (!get_string(property, "x-kubernetes-object-ref-name-key", &key))
        key = slice_literal("name");
    struct name_reference reference = {
        .group = NAME(empty),
        .version = name_intern(crds->read->names->table, version),
        .kind = name_intern(crds->read->names->table, kind),
    };
    struct slice name_path = arena_format(crds->read->arena, "%.*s/%.*s", SLICE_ARGS(path), SLICE_ARGS(key));
    list_append(crds->read->arena, &reference.specs, make_spec(crds, name_path, property));
    field_config_add_reference(crds->config, reference);
}

static bool enter(struct crds *crds, const struct node *definition, struct slice path);

static bool follow_property(struct crds *crds, const struct map_entry *property, struct slice above)
{
    struct arena *arena = crds->read->arena;
    struct slice path = property->key->text, reference;
    if (above.length)
        path = arena_format(arena, "%.*s/%.*s", SLICE_ARGS(above), SLICE_ARGS(path));
    add_specs(crds, property->value, path);
    if (++crds->field_count > FIELDS_MAX || crds->spec_count > SPECS_MAX)
        return diagnose(crds->read->diagnostics, property->value->position, "the definitions refer to too many fields");
    if (!get_string(property->value, "$ref", &reference))
        return true;
    const struct node *definition = find_definition(crds, reference);
    return !definition || enter(crds, definition, path);
}

static bool enter(struct crds *crds, const struct node *definition, struct slice path)
{
    // Don't follow a definition that contains itself.
    for (size_t i = 0; i < crds->depth; i++)
        if (crds->on_path[i] == definition)
            return true;
    if (crds->depth == DEPTH_MAX)
        return diagnose(crds->read->diagnostics, definition->position, "definitions are nested more than %d deep",
                        DEPTH_MAX);
    const struct node *properties = properties_of(definition);
    crds->on_path[crds->depth++] = definition;
    for (uint32_t i = 0; properties && i < properties->count; i++)
        if (!follow_property(crds, &properties->entries[i], path))
            return false;
    crds->depth--;
    return true;
}

// --- Files.

static bool has_property(const struct node *properties, const char *name)
{
    for (uint32_t i = 0; properties && i < properties->count; i++)
        if (slice_equals(properties->entries[i].key->text, name))
            return true;
    return false;
}

static bool check_definition(struct crds *crds, const struct map_entry *entry)
{
    if (node_is_null(entry->value))
        return true;
    if (!node_is_map(entry->value)) {
        diagnose(crds->read->diagnostics, entry->value->position, "expected an OpenAPI definition for '%.*s', found %s",
                 SLICE_ARGS(entry->key->text), node_kind_phrase(entry->value));
        if (slice_equals(entry->key->text, "apiVersion") || slice_equals(entry->key->text, "kind"))
            diagnose_hint(
                crds->read->diagnostics,
                "list custom resource definitions under `resources`; `crds` is for files with OpenAPI definitions");
        return false;
    }
    const struct node *dependencies = node_map_get_ignoring_case(entry->value, slice_literal("Dependencies"));
    if (dependencies && !node_is_null(dependencies) && !node_is_sequence(dependencies))
        return diagnose(crds->read->diagnostics, dependencies->position,
                        "expected a list for the Dependencies of a definition, found %s",
                        node_kind_phrase(dependencies));
    return openapi_check_schema(schema_of(entry->value), crds->read->diagnostics);
}

static bool add_definition(struct crds *crds, const struct map_entry *entry)
{
    const struct node *properties = properties_of(entry->value);
    // Definitions that aren't kinds are reached only by reference.
    if (!has_property(properties, "kind") || !has_property(properties, "apiVersion") ||
        !has_property(properties, "metadata"))
        return true;
    size_t dot = slice_find_last_byte(entry->key->text, '.');
    crds->kind = dot == SLICE_NOT_FOUND ? entry->key->text : slice_from_index(entry->key->text, dot + 1);
    return enter(crds, entry->value, (struct slice){0});
}

static bool read_document(struct read_context *read, const struct source *source, const struct node **document)
{
    enum { SCHEMA_LEVEL = 3 };  // inside a member of a definition
    struct node *node = NULL;
    *document = NULL;
    if (!source->content.length)
        return diagnose(read->diagnostics, source_position(source, 0, 0),
                        "expected OpenAPI definitions, but the file is empty");
    if (source->content.data[0] == '{') {
        *document = json_read_openapi(read->arena, read->names, source, SCHEMA_LEVEL, read->diagnostics);
        return *document != NULL;
    }
    if (!yaml_read_first(read, source, &node))
        return false;
    *document = node;
    return !node || node_is_map(node) ||
           diagnose(read->diagnostics, node->position, "expected a map of OpenAPI definitions, found %s",
                    node_kind_phrase(node));
}

struct field_config *crds_read(struct read_context *read, const struct source *source)
{
    struct crds crds = {.read = read, .config = field_config_new_empty(read->arena, read->names->table)};
    if (!read_document(read, source, &crds.definitions))
        return NULL;
    if (!crds.definitions)
        return crds.config;
    for (uint32_t i = 0; i < crds.definitions->count; i++)
        hash_index_add(read->arena, &crds.by_name, slice_hash(crds.definitions->entries[i].key->text), i);
    for (uint32_t i = 0; i < crds.definitions->count; i++)
        if (!check_definition(&crds, &crds.definitions->entries[i]))
            return NULL;
    for (uint32_t i = 0; i < crds.definitions->count; i++)
        if (!add_definition(&crds, &crds.definitions->entries[i]))
            return NULL;
    field_config_sort(crds.config);
    return crds.config;
}
