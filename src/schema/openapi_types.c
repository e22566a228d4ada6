#include "schema/openapi_types.h"

#include "doc/scalar.h"

enum shape {
    SHAPE_TEXT,
    SHAPE_TEXTS,
    SHAPE_TEXT_OR_TEXTS,
    SHAPE_BOOL,
    SHAPE_INTEGER,
    SHAPE_NUMBER,
    SHAPE_LIST,
    SHAPE_MAP,
    SHAPE_SCHEMA,
    SHAPE_SCHEMAS,     // a list
    SHAPE_SCHEMA_MAP,  // of any keys
    SHAPE_SCHEMA_OR_BOOL,
    SHAPE_ITEMS,  // a schema or a list of schemas; scalars are ignored
};

static const struct {
    const char *name;
    enum shape shape;
} fields[] = {
    {"type", SHAPE_TEXT_OR_TEXTS},
    {"properties", SHAPE_SCHEMA_MAP},
    {"items", SHAPE_ITEMS},
    {"additionalProperties", SHAPE_SCHEMA_OR_BOOL},
    {"description", SHAPE_TEXT},
    {"format", SHAPE_TEXT},
    {"required", SHAPE_TEXTS},
    {"title", SHAPE_TEXT},
    {"id", SHAPE_TEXT},
    {"pattern", SHAPE_TEXT},
    {"discriminator", SHAPE_TEXT},
    {"nullable", SHAPE_BOOL},
    {"readOnly", SHAPE_BOOL},
    {"uniqueItems", SHAPE_BOOL},
    {"exclusiveMaximum", SHAPE_BOOL},
    {"exclusiveMinimum", SHAPE_BOOL},
    {"maximum", SHAPE_NUMBER},
    {"minimum", SHAPE_NUMBER},
    {"multipleOf", SHAPE_NUMBER},
    {"maxLength", SHAPE_INTEGER},
    {"minLength", SHAPE_INTEGER},
    {"maxItems", SHAPE_INTEGER},
    {"minItems", SHAPE_INTEGER},
    {"maxProperties", SHAPE_INTEGER},
    {"minProperties", SHAPE_INTEGER},
    {"enum", SHAPE_LIST},
    {"allOf", SHAPE_SCHEMAS},
    {"anyOf", SHAPE_SCHEMAS},
    {"oneOf", SHAPE_SCHEMAS},
    {"not", SHAPE_SCHEMA},
    {"additionalItems", SHAPE_SCHEMA_OR_BOOL},
    {"patternProperties", SHAPE_SCHEMA_MAP},
    {"definitions", SHAPE_SCHEMA_MAP},
    {"dependencies", SHAPE_MAP},
    {"externalDocs", SHAPE_MAP},
};

static enum scalar_type scalar_type_of(const struct node *scalar)
{
    if (scalar->tag == TAG_STRING)
        return SCALAR_STRING;
    enum scalar_type type = scalar_resolve_yaml11(node_text(scalar)).type;
    return type == SCALAR_TIMESTAMP ? SCALAR_STRING : type;
}

static bool is_scalar_of(const struct node *node, enum scalar_type type)
{
    return node_is_scalar(node) && scalar_type_of(node) == type;
}

const struct node *openapi_get(const struct node *map, const char *key)
{
    return node_map_get_text(map, slice_from(key));
}

bool openapi_is_text(const struct node *node)
{
    return is_scalar_of(node, SCALAR_STRING);
}

static bool are_texts(const struct node *node)
{
    if (!node_is_sequence(node))
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (!node_is_null(node->items[i]) && !openapi_is_text(node->items[i]))
            return false;
    return true;
}

static bool is_integer(const struct node *node)
{
    return is_scalar_of(node, SCALAR_INT);
}

// Checks the outer form only; schemas inside are checked separately.
static bool has_shape(const struct node *node, enum shape shape)
{
    switch (shape) {
    case SHAPE_TEXT:
        return openapi_is_text(node);
    case SHAPE_TEXTS:
        return are_texts(node);
    case SHAPE_TEXT_OR_TEXTS:
        return openapi_is_text(node) || are_texts(node);
    case SHAPE_BOOL:
        return is_scalar_of(node, SCALAR_BOOL);
    case SHAPE_INTEGER:
        return is_integer(node);
    case SHAPE_NUMBER:
        return is_integer(node) || is_scalar_of(node, SCALAR_UINT) || is_scalar_of(node, SCALAR_FLOAT);
    case SHAPE_LIST:
    case SHAPE_SCHEMAS:
        return node_is_sequence(node);
    case SHAPE_MAP:
    case SHAPE_SCHEMA:
    case SHAPE_SCHEMA_MAP:
        return node_is_map(node);
    case SHAPE_SCHEMA_OR_BOOL:
        return node_is_map(node) || is_scalar_of(node, SCALAR_BOOL);
    case SHAPE_ITEMS:
        return true;
    }
    return false;
}

static const char *shape_text(enum shape shape)
{
    static const char *const texts[] = {
        [SHAPE_TEXT] = "a string",
        [SHAPE_TEXTS] = "a list of strings",
        [SHAPE_TEXT_OR_TEXTS] = "a string or a list of strings",
        [SHAPE_BOOL] = "true or false",
        [SHAPE_INTEGER] = "an integer",
        [SHAPE_NUMBER] = "a number",
        [SHAPE_LIST] = "a list",
        [SHAPE_MAP] = "a map",
        [SHAPE_SCHEMA] = "a schema",
        [SHAPE_SCHEMAS] = "a list of schemas",
        [SHAPE_SCHEMA_MAP] = "a map of schemas",
        [SHAPE_SCHEMA_OR_BOOL] = "a schema or a boolean",
        [SHAPE_ITEMS] = "a schema",
    };
    return texts[shape];
}

static bool check_field(const struct map_entry *entry, enum shape shape, struct diagnostics *diagnostics)
{
    const struct node *value = entry->value;
    if (node_is_null(value))
        return true;
    if (!has_shape(value, shape))
        return diagnose(diagnostics, value->position, "'%.*s' of an OpenAPI schema must be %s",
                        SLICE_ARGS(entry->key->text), shape_text(shape));
    if (shape < SHAPE_SCHEMA || node_is_scalar(value))
        return true;
    if (node_is_map(value) && shape != SHAPE_SCHEMA_MAP)
        return openapi_check_schema(value, diagnostics);
    for (uint32_t i = 0; i < value->count; i++)
        if (!openapi_check_schema(node_is_map(value) ? value->entries[i].value : value->items[i], diagnostics))
            return false;
    return true;
}

bool openapi_check_schema(const struct node *schema, struct diagnostics *diagnostics)
{
    if (node_is_null(schema))
        return true;
    if (!node_is_map(schema))
        return diagnose(diagnostics, schema->position, "expected a map for an OpenAPI schema, found %s",
                        node_kind_phrase(schema));
    for (uint32_t i = 0; i < schema->count; i++)
        for (size_t k = 0; k < countof(fields); k++)
            if (slice_equals(schema->entries[i].key->text, fields[k].name) &&
                !check_field(&schema->entries[i], fields[k].shape, diagnostics))
                return false;
    return true;
}
