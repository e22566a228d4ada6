#include "json/schema.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fatal.h"
#include "json/machine.h"

struct named_type {
    const struct decode_type *type;
    const char *name;
};

struct maker {
    struct arena *arena;
    const struct json_schema_request *request;
    json_t *definitions;
    struct {
        struct named_type *items;
        size_t count, capacity;
    } types;
};

static const struct json_schema_note *find_note(const struct json_schema_request *request, const char *type,
                                                const char *field)
{
    for (size_t i = 0; i < request->note_count; i++)
        if (strcmp(request->notes[i].type, type) == 0 && strcmp(request->notes[i].field, field) == 0)
            return &request->notes[i];
    return NULL;
}

static json_t *nullable(const char *type)
{
    json_t *schema = machine_object(), *types = machine_array();
    machine_append(types, json_string(type));
    machine_append(types, json_string("null"));
    machine_set(schema, "type", types);
    return schema;
}

// Turns "images entry" into imagesEntry.
static const char *write_in_camel_case(struct arena *arena, const char *name)
{
    char *text = arena_allocate(arena, strlen(name) + 1, 1);
    size_t length = 0;
    for (bool capital = false; *name; name++) {
        if (!isalnum((unsigned char)*name)) {
            capital = length > 0;
            continue;
        }
        text[length++] = (char)(capital ? toupper((unsigned char)*name) : *name);
        capital = false;
    }
    return text;
}

static json_t *object_schema(struct maker *, const struct decode_type *);

static const char *definitions_key(const struct maker *maker)
{
    return maker->request->draft == JSON_SCHEMA_DRAFT_7 ? "definitions" : "$defs";
}

// The name of a type in the definitions. Adds the type if it is new.
static const char *define(struct maker *maker, const struct decode_type *type)
{
    for (size_t i = 0; i < maker->types.count; i++)
        if (maker->types.items[i].type == type)
            return maker->types.items[i].name;
    const char *word = write_in_camel_case(maker->arena, type->name), *name = word;
    for (int number = 2; json_object_get(maker->definitions, name); number++)
        name = arena_format(maker->arena, "%s%d", word, number).data;
    list_append(maker->arena, &maker->types, ((struct named_type){type, name}));
    machine_set(maker->definitions, name, json_null());  // reserves its place before the types that it contains
    machine_set(maker->definitions, name, object_schema(maker, type));
    return name;
}

// A reference to a type, or null.
static json_t *reference(struct maker *maker, const struct decode_type *type)
{
    const char *name = define(maker, type);
    json_t *schema = machine_object(), *choices = machine_array(), *link = machine_object();
    machine_set(link, "$ref", json_string(arena_format(maker->arena, "#/%s/%s", definitions_key(maker), name).data));
    machine_append(choices, link);
    json_t *nothing = machine_object();
    machine_set(nothing, "type", json_string("null"));
    machine_append(choices, nothing);
    machine_set(schema, "anyOf", choices);
    return schema;
}

static json_t *list_of(json_t *item)
{
    json_t *schema = nullable("array");
    machine_set(schema, "items", item);
    return schema;
}

static json_t *map_of_texts(void)
{
    json_t *schema = nullable("object");
    machine_set(schema, "additionalProperties", nullable("string"));
    return schema;
}

static json_t *value_schema(struct maker *maker, const struct decode_field *field)
{
    switch (field->kind) {
    case DECODE_TEXT:
    case DECODE_STEPS:
        return nullable("string");
    case DECODE_BOOL:
        return nullable("boolean");
    case DECODE_INTEGER:
        return nullable("integer");
    case DECODE_TEXT_LIST:
        return list_of(nullable("string"));
    case DECODE_TEXT_MAP:
        return map_of_texts();
    case DECODE_STRUCT:
        return reference(maker, field->type);
    case DECODE_LIST:
        return list_of(reference(maker, field->type));
    case DECODE_MAP:
        return nullable("object");
    default:
        return machine_object();  // anything
    }
}

static void add_values(json_t *schema, const char *const *values)
{
    json_t *choices = machine_array();
    for (; *values; values++)
        machine_append(choices, json_string(*values));
    machine_append(choices, json_null());
    machine_set(schema, "enum", choices);
}

static json_t *field_schema(struct maker *maker, const struct decode_type *type, const struct decode_field *field)
{
    const struct json_schema_note *note = find_note(maker->request, type->name, field->name);
    json_t *schema = value_schema(maker, field);
    if (!note)
        return schema;
    if (note->description)
        machine_set(schema, "description", json_string(note->description));
    if (note->values)
        add_values(schema, note->values);
    if (note->instead) {
        machine_set(schema, "deprecated", json_true());
        machine_set(schema, "deprecationMessage",
                    json_string(arena_format(maker->arena, "use %s", note->instead).data));
    }
    return schema;
}

static json_t *object_schema(struct maker *maker, const struct decode_type *type)
{
    json_t *schema = machine_object(), *properties = machine_object();
    machine_set(schema, "type", json_string("object"));
    for (size_t i = 0; i < type->field_count; i++)
        machine_set(properties, type->fields[i].name, field_schema(maker, type, &type->fields[i]));
    machine_set(schema, "properties", properties);
    machine_set(schema, "additionalProperties", json_false());
    return schema;
}

struct slice json_schema(struct arena *arena, const struct json_schema_request *request)
{
    struct maker maker = {.arena = arena, .request = request, .definitions = machine_object()};
    json_t *schema = machine_object();
    machine_set(schema, "$schema",
                json_string(request->draft == JSON_SCHEMA_DRAFT_7 ? "http://json-schema.org/draft-07/schema#"
                                                                  : "https://json-schema.org/draft/2020-12/schema"));
    machine_set(schema, "title", json_string(request->title));
    machine_set(schema, "description", json_string(request->description));
    json_t *root = object_schema(&maker, request->type);
    if (json_object_update(schema, root) != 0)
        fatal_out_of_memory();
    json_decref(root);
    machine_set(schema, definitions_key(&maker), maker.definitions);
    struct buffer text = {0};
    machine_write(&text, schema, JSON_INDENT(2));
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}
