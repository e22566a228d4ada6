#include "check/custom_type.h"

static const struct custom_type anything;

static bool read_bool(const struct node *value)
{
    return node_is_scalar(value) && slice_equals(node_text(value), "true");
}

static bool read_number(const struct node *value, double *number)
{
    if (!node_is_scalar(value))
        return false;
    struct scalar_value scalar = scalar_resolve(node_text(value));
    *number = scalar.type == SCALAR_INT     ? (double)scalar.integer
              : scalar.type == SCALAR_UINT  ? (double)scalar.unsigned_integer
              : scalar.type == SCALAR_FLOAT ? scalar.number
                                            : 0;
    return scalar.type == SCALAR_INT || scalar.type == SCALAR_UINT || scalar.type == SCALAR_FLOAT;
}

// In drafts up to 4, a boolean says whether a bound is exclusive; later drafts have the exclusive bound itself.
static void set_exclusive(struct custom_bound *bound, const struct node *value)
{
    double number;
    if (read_bool(value)) {
        bound->is_exclusive = true;
    } else if (read_number(value, &number)) {
        *bound = (struct custom_bound){true, true, number};
    }
}

static struct custom_count read_count(const struct node *value)
{
    double number;
    bool is_set = read_number(value, &number) && number >= 0;
    return (struct custom_count){is_set, is_set ? (uint64_t)number : 0};
}

static unsigned type_named(struct slice name)
{
    static const struct {
        const char *name;
        unsigned type;
    } types[] = {{"string", TYPE_STRING},   {"integer", TYPE_INTEGER}, {"number", TYPE_NUMBER | TYPE_INTEGER},
                 {"boolean", TYPE_BOOLEAN}, {"object", TYPE_OBJECT},   {"array", TYPE_ARRAY},
                 {"null", TYPE_NULL}};
    for (size_t i = 0; i < countof(types); i++)
        if (slice_equals(name, types[i].name))
            return types[i].type;
    return 0;
}

static unsigned read_types(const struct node *value)
{
    unsigned types = 0;
    if (node_is_scalar(value))
        return type_named(node_text(value));
    for (uint32_t i = 0; node_is_sequence(value) && i < value->count; i++)
        if (node_is_scalar(value->items[i]))
            types |= type_named(node_text(value->items[i]));
    return types;
}

static void note_unknown(struct custom_types *types, struct slice what)
{
    if (!types->root->unknown.length)
        types->root->unknown = arena_copy(types->arena, what);
}

static void read_pattern(struct custom_types *types, struct custom_type *type, const struct node *value)
{
    struct slice error = {0};
    if (!node_is_scalar(value))
        return;
    type->pattern_text = node_text(value);
    type->pattern = pattern_compile(types->arena, node_text(value), &error);
    if (!type->pattern)
        note_unknown(types, slice_literal("pattern"));
}

// --- Keywords.

enum keyword {
    KEY_NONE,
    KEY_TYPE,
    KEY_PROPERTIES,
    KEY_REQUIRED,
    KEY_ENUM,
    KEY_CONST,
    KEY_ITEMS,
    KEY_ADDITIONAL,
    KEY_PATTERN_PROPERTIES,
    KEY_MINIMUM,
    KEY_MAXIMUM,
    KEY_EXCLUSIVE_MINIMUM,
    KEY_EXCLUSIVE_MAXIMUM,
    KEY_MIN_LENGTH,
    KEY_MAX_LENGTH,
    KEY_MIN_ITEMS,
    KEY_MAX_ITEMS,
    KEY_MIN_PROPERTIES,
    KEY_MAX_PROPERTIES,
    KEY_UNIQUE_ITEMS,
    KEY_MULTIPLE_OF,
    KEY_PATTERN,
    KEY_FORMAT,
    KEY_ALL_OF,
    KEY_ANY_OF,
    KEY_ONE_OF,
    KEY_NOT,
    KEY_REFERENCE,
    KEY_NULLABLE,
    KEY_INT_OR_STRING,
    KEY_PRESERVE,
    KEY_EMBEDDED,
    KEY_LIST_TYPE,
    KEY_LIST_KEYS,
    KEY_RULES,
    KEY_IGNORED,
};

static enum keyword keyword_of(struct slice text)
{
    static const struct {
        const char *text;
        enum keyword keyword;
    } keywords[] = {
        {"type", KEY_TYPE},
        {"description", KEY_IGNORED},
        {"properties", KEY_PROPERTIES},
        {"items", KEY_ITEMS},
        {"required", KEY_REQUIRED},
        {"format", KEY_FORMAT},
        {"enum", KEY_ENUM},
        {"pattern", KEY_PATTERN},
        {"default", KEY_IGNORED},
        {"additionalProperties", KEY_ADDITIONAL},
        {"minimum", KEY_MINIMUM},
        {"maximum", KEY_MAXIMUM},
        {"minLength", KEY_MIN_LENGTH},
        {"maxLength", KEY_MAX_LENGTH},
        {"minItems", KEY_MIN_ITEMS},
        {"maxItems", KEY_MAX_ITEMS},
        {"nullable", KEY_NULLABLE},
        {"x-kubernetes-int-or-string", KEY_INT_OR_STRING},
        {"x-kubernetes-preserve-unknown-fields", KEY_PRESERVE},
        {"x-kubernetes-embedded-resource", KEY_EMBEDDED},
        {"x-kubernetes-list-type", KEY_LIST_TYPE},
        {"x-kubernetes-list-map-keys", KEY_LIST_KEYS},
        {"x-kubernetes-validations", KEY_RULES},
        {"anyOf", KEY_ANY_OF},
        {"oneOf", KEY_ONE_OF},
        {"allOf", KEY_ALL_OF},
        {"not", KEY_NOT},
        {"$ref", KEY_REFERENCE},
        {"const", KEY_CONST},
        {"exclusiveMinimum", KEY_EXCLUSIVE_MINIMUM},
        {"exclusiveMaximum", KEY_EXCLUSIVE_MAXIMUM},
        {"minProperties", KEY_MIN_PROPERTIES},
        {"maxProperties", KEY_MAX_PROPERTIES},
        {"uniqueItems", KEY_UNIQUE_ITEMS},
        {"multipleOf", KEY_MULTIPLE_OF},
        {"patternProperties", KEY_PATTERN_PROPERTIES},
        {"title", KEY_IGNORED},
        {"definitions", KEY_IGNORED},
        {"$defs", KEY_IGNORED},
        {"$schema", KEY_IGNORED},
        {"$id", KEY_IGNORED},
        {"id", KEY_IGNORED},
        {"$comment", KEY_IGNORED},
        {"example", KEY_IGNORED},
        {"examples", KEY_IGNORED},
        {"externalDocs", KEY_IGNORED},
        {"readOnly", KEY_IGNORED},
        {"writeOnly", KEY_IGNORED},
        {"deprecated", KEY_IGNORED},
        {"contentEncoding", KEY_IGNORED},
        {"contentMediaType", KEY_IGNORED},
    };
    for (size_t i = 0; i < countof(keywords); i++)
        if (slice_equals(text, keywords[i].text))
            return keywords[i].keyword;
    return slice_starts_with(text, slice_literal("x-")) ? KEY_IGNORED : KEY_NONE;
}

static enum list_type read_list_type(const struct node *value)
{
    struct slice text = node_is_scalar(value) ? node_text(value) : (struct slice){0};
    return slice_equals(text, "set") ? LIST_SET : slice_equals(text, "map") ? LIST_BY_KEYS : LIST_PLAIN;
}

// False: the keyword doesn't limit numbers, lengths, or counts.
static bool read_limit(struct custom_type *type, enum keyword keyword, const struct node *value)
{
    switch (keyword) {
    case KEY_MINIMUM:
        type->minimum.is_set |= read_number(value, &type->minimum.value);
        break;
    case KEY_MAXIMUM:
        type->maximum.is_set |= read_number(value, &type->maximum.value);
        break;
    case KEY_EXCLUSIVE_MINIMUM:
        set_exclusive(&type->minimum, value);
        break;
    case KEY_EXCLUSIVE_MAXIMUM:
        set_exclusive(&type->maximum, value);
        break;
    case KEY_MIN_LENGTH:
        type->min_length = read_count(value);
        break;
    case KEY_MAX_LENGTH:
        type->max_length = read_count(value);
        break;
    case KEY_MIN_ITEMS:
        type->min_items = read_count(value);
        break;
    case KEY_MAX_ITEMS:
        type->max_items = read_count(value);
        break;
    case KEY_MIN_PROPERTIES:
        type->min_properties = read_count(value);
        break;
    case KEY_MAX_PROPERTIES:
        type->max_properties = read_count(value);
        break;
    case KEY_MULTIPLE_OF:
        read_number(value, &type->multiple_of);
        break;
    default:
        return false;
    }
    return true;
}

// False: the keyword doesn't name other schemas for the same value.
static bool read_combination(struct custom_type *type, enum keyword keyword, const struct node *value)
{
    switch (keyword) {
    case KEY_ALL_OF:
        type->all_of = node_is_sequence(value) ? value : NULL;
        break;
    case KEY_ANY_OF:
        type->any_of = node_is_sequence(value) ? value : NULL;
        break;
    case KEY_ONE_OF:
        type->one_of = node_is_sequence(value) ? value : NULL;
        break;
    case KEY_NOT:
        type->not_of = value;
        break;
    case KEY_REFERENCE:
        type->reference = node_is_scalar(value) ? value : NULL;
        break;
    default:
        return false;
    }
    return true;
}

// False: the keyword isn't one of Kubernetes' extensions.
static bool read_extension(struct custom_types *types, struct custom_type *type, enum keyword keyword,
                           const struct node *value)
{
    switch (keyword) {
    case KEY_NULLABLE:
        type->nullable = read_bool(value);
        break;
    case KEY_INT_OR_STRING:
        type->int_or_string = read_bool(value);
        break;
    case KEY_PRESERVE:
        type->preserves = read_bool(value);
        break;
    case KEY_EMBEDDED:
        type->embedded = read_bool(value);
        break;
    case KEY_LIST_TYPE:
        type->list_type = read_list_type(value);
        break;
    case KEY_LIST_KEYS:
        type->list_keys = node_is_sequence(value) ? value : NULL;
        break;
    case KEY_RULES:
        types->root->has_rules = true;
        break;
    default:
        return false;
    }
    return true;
}

static void read_keyword(struct custom_types *types, struct custom_type *type, const struct map_entry *entry)
{
    const struct node *value = entry->value;
    enum keyword keyword = keyword_of(entry->key->text);
    if (read_limit(type, keyword, value) || read_combination(type, keyword, value) ||
        read_extension(types, type, keyword, value))
        return;
    switch (keyword) {
    case KEY_TYPE:
        type->types = read_types(value);
        break;
    case KEY_PROPERTIES:
        type->properties = node_is_map(value) ? value : NULL;
        break;
    case KEY_REQUIRED:
        type->required = node_is_sequence(value) ? value : NULL;
        break;
    case KEY_ENUM:
        type->values = node_is_sequence(value) ? value : NULL;
        break;
    case KEY_CONST:
        type->constant = value;
        break;
    case KEY_ITEMS:
        type->items = node_is_sequence(value) ? NULL : value;
        if (!type->items)
            note_unknown(types, entry->key->text);
        break;
    case KEY_ADDITIONAL:
        type->additional = value;
        break;
    case KEY_PATTERN_PROPERTIES:
        type->pattern_properties = node_is_map(value) ? value : NULL;
        note_unknown(types, entry->key->text);
        break;
    case KEY_UNIQUE_ITEMS:
        type->unique_items = read_bool(value);
        break;
    case KEY_PATTERN:
        read_pattern(types, type, value);
        break;
    case KEY_FORMAT:
        type->format = node_is_scalar(value) ? node_text(value) : (struct slice){0};
        break;
    case KEY_NONE:
        note_unknown(types, entry->key->text);
        break;
    default:
        break;
    }
}

void custom_types_enter(struct custom_types *types, const struct node *document, bool is_structural)
{
    uint64_t hash = hash_combine((uintptr_t)document, 1);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&types->roots_by_document, hash); hash_cursor_next(&at, &number);)
        if (types->roots.items[number]->document == document) {
            types->root = types->roots.items[number];
            return;
        }
    types->root = arena_new(types->arena, struct custom_root);
    types->root->document = document;
    types->root->is_structural = is_structural;
    hash_index_add(types->arena, &types->roots_by_document, hash, (uint32_t)types->roots.count);
    list_append(types->arena, &types->roots, types->root);
}

const struct custom_type *custom_type_of(struct custom_types *types, const struct node *schema)
{
    uint64_t hash = hash_combine((uintptr_t)schema, 1);
    uint32_t number;
    if (!schema)
        return &anything;
    for (struct hash_cursor at = hash_index_find(&types->by_schema, hash); hash_cursor_next(&at, &number);)
        if (types->types.items[number]->schema == schema)
            return types->types.items[number];
    struct custom_type *type = arena_new(types->arena, struct custom_type);
    type->schema = schema;
    type->is_structural = types->root->is_structural;
    type->never = node_is_scalar(schema) && slice_equals(node_text(schema), "false");
    hash_index_add(types->arena, &types->by_schema, hash, (uint32_t)types->types.count);
    list_append(types->arena, &types->types, (const struct custom_type *)type);
    for (uint32_t i = 0; node_is_map(schema) && i < schema->count; i++)
        read_keyword(types, type, &schema->entries[i]);
    return type;
}

// --- References.

// `~1` is a slash, `~0` a tilde.
static bool is_element(struct slice pointer, struct slice key)
{
    size_t at = 0;
    for (size_t i = 0; i < pointer.length; i++, at++) {
        char byte = pointer.data[i];
        if (byte == '~' && i + 1 < pointer.length) {
            i++;
            byte = pointer.data[i] == '1' ? '/' : '~';
        }
        if (at >= key.length || key.data[at] != byte)
            return false;
    }
    return at == key.length;
}

static const struct node *child(const struct node *node, struct slice element)
{
    for (uint32_t i = 0; node_is_map(node) && i < node->count; i++)
        if (is_element(element, node->entries[i].key->text))
            return node->entries[i].value;
    int64_t index;
    bool is_item = node_is_sequence(node) && scalar_parse_decimal(element, &index) && index >= 0 && index < node->count;
    return is_item ? node->items[index] : NULL;
}

const struct custom_type *custom_type_follow(struct custom_types *types, const struct custom_type *type)
{
    struct slice pointer = node_text(type->reference), element;
    const struct node *at = types->root->document;
    if (slice_equals(pointer, "#"))
        return custom_type_of(types, at);
    if (!slice_starts_with(pointer, slice_literal("#/"))) {
        note_unknown(types, slice_literal("$ref"));
        return NULL;
    }
    pointer = slice_from_index(pointer, 2);
    while (at && pointer.length) {
        slice_cut(pointer, '/', &element, &pointer);
        at = child(at, element);
    }
    if (!at)
        note_unknown(types, slice_literal("$ref"));
    return at ? custom_type_of(types, at) : NULL;
}
