// schema/openapi.c
//
// Converts an OpenAPI v2 document to a schema:
//
//     definitions:
//       io.example.v1.FooSpec:
//         properties:
//           ports:
//             type: array
//             items: {$ref: "#/definitions/io.example.v1.Port"}
//             x-kubernetes-patch-strategy: merge
//             x-kubernetes-patch-merge-key: name
//
// A type gets its number when it is first mentioned and is filled in later. So circular references are no problem, and
// depth takes no stack. When a document is added to another schema, the types of that schema come first; a definition
// that replaces another takes over its number.
#include "schema/schema.h"

#include <stdlib.h>

#include "base/hash_index.h"
#include "base/json_pointer.h"
#include "schema/openapi_types.h"
#include "schema/schema_tables.h"

struct texts {
    char *items;
    size_t count, capacity;
};

struct builder {
    struct arena *arena;  // for the result
    struct arena scratch;
    struct diagnostics *diagnostics;
    struct {
        struct schema_field_row *items;
        size_t count, capacity;
    } definitions;  // of the base schema and of the document
    struct hash_index definition_by_name;
    struct hash_index type_by_node;
    struct {
        const struct node **items;  // of each type; NULL for one from the base schema
        size_t count, capacity;
    } nodes;
    uint32_t plain_type;  // 0: none yet
    struct texts texts;
    struct hash_index text_by_hash;
    struct {
        struct schema_text *items;
        size_t count, capacity;
    } text_list;
    struct {
        struct schema_type_row *items;
        size_t count, capacity;
    } types;
    struct {
        struct schema_field_row *items;
        size_t count, capacity;
    } fields;
    struct {
        struct schema_merge_row *items;
        size_t count, capacity;
    } merges;
    struct kind_rows {
        struct schema_kind_row *items;
        size_t count, capacity;
    } kinds, scopes;
};

// --- Strings.

static void append_text(struct builder *builder, struct slice text)
{
    struct texts *texts = &builder->texts;
    if (texts->count + text.length > texts->capacity) {
        size_t capacity = texts->capacity ? texts->capacity * 2 : 4096;
        while (capacity < texts->count + text.length)
            capacity *= 2;
        texts->items = arena_grow(builder->arena, texts->items, texts->count, capacity, 1, 1);
        texts->capacity = capacity;
    }
    if (text.length)
        memcpy(texts->items + texts->count, text.data, text.length);
    texts->count += text.length;
}

static struct slice text_at(const struct builder *builder, struct schema_text text)
{
    return (struct slice){builder->texts.items + text.offset, text.length};
}

static struct schema_text add_text(struct builder *builder, struct slice text)
{
    uint64_t hash = slice_hash(text);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&builder->text_by_hash, hash); hash_cursor_next(&at, &number);)
        if (slice_equal(text_at(builder, builder->text_list.items[number]), text))
            return builder->text_list.items[number];
    size_t room = SCHEMA_TEXT_PAGE - builder->texts.count % SCHEMA_TEXT_PAGE;
    if (text.length >= room && text.length < SCHEMA_TEXT_PAGE) {
        char *blank = arena_allocate(&builder->scratch, room, 1);
        append_text(builder, (struct slice){blank, room});
    }
    struct schema_text added = {(uint32_t)builder->texts.count, (uint32_t)text.length};
    append_text(builder, text);
    hash_index_add(&builder->scratch, &builder->text_by_hash, hash, (uint32_t)builder->text_list.count);
    list_append(&builder->scratch, &builder->text_list, added);
    return added;
}

static int compare_texts(const struct builder *builder, struct schema_text a, struct schema_text b)
{
    return slice_compare(text_at(builder, a), text_at(builder, b));
}

// --- The document. Keys are compared as strings, because the maps are small.

static struct slice get_text(const struct node *map, const char *key)
{
    const struct node *value = openapi_get(map, key);
    return node_is_scalar(value) && !node_is_null(value) ? node_text(value) : (struct slice){0};
}

// The type number of a definition; NULL if no definition has this name.
static const uint32_t *find_definition(const struct builder *builder, struct slice name)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&builder->definition_by_name, slice_hash(name));
         hash_cursor_next(&at, &number);)
        if (slice_equal(text_at(builder, builder->definitions.items[number].name), name))
            return &builder->definitions.items[number].type;
    return NULL;
}

static void add_definition_name(struct builder *builder, struct schema_text name, uint32_t type)
{
    struct schema_field_row row = {name, type};
    hash_index_add(&builder->scratch, &builder->definition_by_name, slice_hash(text_at(builder, name)),
                   (uint32_t)builder->definitions.count);
    list_append(builder->arena, &builder->definitions, row);
}

// --- Types.

static uint32_t add_node(struct builder *builder, const struct node *node)
{
    struct schema_type_row row = {0};
    list_append(&builder->scratch, &builder->nodes, node);
    list_append(builder->arena, &builder->types, row);
    return (uint32_t)builder->nodes.count;
}

static void remember_node(struct builder *builder, const struct node *node, uint32_t type)
{
    hash_index_add(&builder->scratch, &builder->type_by_node, hash_combine((uintptr_t)node, 1), type);
}

static uint32_t find_node(const struct builder *builder, const struct node *node)
{
    uint32_t type;
    for (struct hash_cursor at = hash_index_find(&builder->type_by_node, hash_combine((uintptr_t)node, 1));
         hash_cursor_next(&at, &type);)
        if (builder->nodes.items[type - 1] == node)
            return type;
    return 0;
}

// True for scalars and for anything about which nothing matters except that it is known.
static bool is_plain(const struct node *node)
{
    for (uint32_t i = 0; node_is_map(node) && i < node->count; i++) {
        struct slice key = node->entries[i].key->text;
        if (slice_equals(key, "properties") || slice_equals(key, "items") ||
            slice_equals(key, "additionalProperties") || slice_equals(key, "x-kubernetes-patch-strategy"))
            return false;
    }
    return true;
}

// The number of the type that a schema object describes. Plain types share one number, except for definitions.
static uint32_t add_type(struct builder *builder, const struct node *node)
{
    uint32_t type = find_node(builder, node);
    if (type)
        return type;
    if (is_plain(node)) {
        if (!builder->plain_type)
            builder->plain_type = add_node(builder, node);
        return builder->plain_type;
    }
    type = add_node(builder, node);
    remember_node(builder, node, type);
    return type;
}

// What a reference leads to: the number of a definition, or a node inside one. False if it leads nowhere.
static bool follow_reference(struct builder *builder, struct slice reference, uint32_t *type, const struct node **node)
{
    const struct slice prefix = slice_literal("#/definitions/");
    if (!slice_starts_with(reference, prefix))
        return false;
    struct slice token, rest = slice_from_index(reference, prefix.length);
    bool more = slice_cut(rest, '/', &token, &rest);
    const uint32_t *definition = find_definition(builder, json_pointer_unescape(&builder->scratch, token));
    if (!definition)
        return false;
    *type = *definition;
    *node = builder->nodes.items[*definition - 1];
    while (more && *node) {
        more = slice_cut(rest, '/', &token, &rest);
        const struct node *child = NULL;
        struct slice key = json_pointer_unescape(&builder->scratch, token);
        for (uint32_t i = 0; node_is_map(*node) && i < (*node)->count && !child; i++)
            if (slice_equal((*node)->entries[i].key->text, key))
                child = (*node)->entries[i].value;
        *node = child;
        *type = 0;
    }
    return !more && (*type || node_is_map(*node));
}

// The type after following all references; 0 if one leads nowhere. Fields next to `$ref` are ignored.
static uint32_t add_resolved_type(struct builder *builder, const struct node *node)
{
    enum { REFERENCES_MAX = 100 };
    struct slice reference;
    uint32_t type = 0;
    for (int i = 0; (reference = get_text(node, "$ref")).length; i++)
        if (i == REFERENCES_MAX || !follow_reference(builder, reference, &type, &node))
            return 0;
    return type ? type : add_type(builder, node);
}

static bool has_word(struct slice words, const char *word)
{
    struct slice one;
    for (bool more = true; more;) {
        more = slice_cut(words, ',', &one, &words);
        if (slice_equals(one, word))
            return true;
    }
    return false;
}

static bool add_merge_keys(struct builder *builder, const struct node *node, struct schema_merge_row *row)
{
    const struct node *keys = openapi_get(node, "x-kubernetes-list-map-keys");
    struct slice key = get_text(node, "x-kubernetes-patch-merge-key");
    if (!node_is_sequence(keys)) {
        if (key.length)
            row->keys[row->key_count++] = add_text(builder, key);
        return true;
    }
    if (keys->count > SCHEMA_MERGE_KEYS_MAX)
        return diagnose(builder->diagnostics, keys->position, "a list cannot merge by more than %d keys",
                        SCHEMA_MERGE_KEYS_MAX);
    for (uint32_t i = 0; i < keys->count; i++)
        if (node_is_scalar(keys->items[i]))
            row->keys[row->key_count++] = add_text(builder, node_text(keys->items[i]));
    return true;
}

static bool same_merge(const struct schema_merge_row *a, const struct schema_merge_row *b)
{
    if (a->key_count != b->key_count)
        return false;
    for (uint32_t i = 0; i < a->key_count; i++)
        if (a->keys[i].offset != b->keys[i].offset || a->keys[i].length != b->keys[i].length)
            return false;
    return true;
}

static bool fill_merge(struct builder *builder, const struct node *node, uint32_t *number)
{
    if (!has_word(get_text(node, "x-kubernetes-patch-strategy"), "merge"))
        return true;
    struct schema_merge_row row = {0};
    if (!add_merge_keys(builder, node, &row))
        return false;
    // There are few different ones. If one isn't among the first, it is stored again.
    for (size_t i = 0; i < builder->merges.count && i < 64; i++) {
        if (same_merge(&builder->merges.items[i], &row)) {
            *number = (uint32_t)i + 1;
            return true;
        }
    }
    list_append(builder->arena, &builder->merges, row);
    *number = (uint32_t)builder->merges.count;
    return true;
}

static int compare_fields(const void *left, const void *right)
{
    const struct map_entry *const *a = left, *const *b = right;
    return slice_compare((*a)->key->text, (*b)->key->text);
}

static void fill_fields(struct builder *builder, const struct node *properties, struct schema_type_row *row)
{
    row->field_start = (uint32_t)builder->fields.count;
    if (!node_is_map(properties))
        return;
    const struct map_entry **sorted = arena_array(&builder->scratch, const struct map_entry *, properties->count + 1);
    for (uint32_t i = 0; i < properties->count; i++)
        sorted[i] = &properties->entries[i];
    qsort(sorted, properties->count, sizeof *sorted, compare_fields);
    for (uint32_t i = 0; i < properties->count; i++) {
        struct schema_field_row field = {add_text(builder, sorted[i]->key->text),
                                         add_resolved_type(builder, sorted[i]->value)};
        list_append(builder->arena, &builder->fields, field);
    }
    row->field_count = properties->count;
}

static bool is_list(const struct node *node)
{
    const struct node *type = openapi_get(node, "type");
    if (node_is_sequence(type))
        type = type->count == 1 ? type->items[0] : NULL;
    return node_is_scalar(type) && slice_equals(node_text(type), "array");
}

static bool fill_type(struct builder *builder, size_t index)
{
    const struct node *node = builder->nodes.items[index];
    struct schema_type_row row = {0};
    const struct node *items = openapi_get(node, "items"), *values = openapi_get(node, "additionalProperties");
    if (is_list(node) && node_is_map(items))
        row.items = add_resolved_type(builder, items);
    if (node_is_map(values))
        row.values = add_resolved_type(builder, values);
    if (!fill_merge(builder, node, &row.merge))
        return false;
    fill_fields(builder, openapi_get(node, "properties"), &row);
    builder->types.items[index] = row;
    return true;
}

// --- Kinds and scopes.

// {group: apps, version: v1, kind: Deployment}
static bool add_kind(struct builder *builder, const struct node *gvk, struct kind_rows *rows, uint32_t type)
{
    struct slice group = get_text(gvk, "group"), version = get_text(gvk, "version"), kind = get_text(gvk, "kind");
    if (!openapi_is_text(openapi_get(gvk, "version")) || !openapi_is_text(openapi_get(gvk, "kind")))
        return diagnose(builder->diagnostics, gvk->position,
                        "x-kubernetes-group-version-kind requires a version and a kind");
    struct slice api_version = version;
    if (group.length)
        api_version = arena_format(&builder->scratch, "%.*s/%.*s", SLICE_ARGS(group), SLICE_ARGS(version));
    struct schema_kind_row row = {add_text(builder, kind), add_text(builder, api_version), type};
    list_append(builder->arena, rows, row);
    return true;
}

// Numbers a definition, reusing the number of one that it replaces. 0 if the base's definition wins.
static uint32_t number_definition(struct builder *builder, struct slice name, const struct node *node,
                                  enum schema_join join)
{
    const uint32_t *present = find_definition(builder, name);
    if (present && join == SCHEMA_BASE_COUNTS)
        return 0;
    uint32_t type = present ? *present : add_node(builder, node);
    if (present)
        builder->nodes.items[type - 1] = node;
    else
        add_definition_name(builder, add_text(builder, name), type);
    remember_node(builder, node, type);
    return type;
}

static bool add_definition(struct builder *builder, const struct map_entry *entry, enum schema_join join)
{
    if (!openapi_check_schema(entry->value, builder->diagnostics))
        return false;
    uint32_t type = number_definition(builder, entry->key->text, entry->value, join);
    const struct node *kinds = openapi_get(entry->value, "x-kubernetes-group-version-kind");
    for (uint32_t i = 0; node_is_sequence(kinds) && i < kinds->count; i++)
        if (node_is_map(kinds->items[i]) &&
            !add_kind(builder, kinds->items[i], &builder->kinds, type ? type : add_type(builder, entry->value)))
            return false;
    return true;
}

static bool is_map_or_null(const struct node *node)
{
    return node_is_map(node) || node_is_null(node);
}

static bool add_path(struct builder *builder, struct slice path, const struct node *item)
{
    if (!slice_starts_with(path, slice_literal("/")))
        return true;
    const struct node *operation = openapi_get(item, "get"),
                      *gvk = openapi_get(operation, "x-kubernetes-group-version-kind");
    if (!is_map_or_null(item) || !is_map_or_null(operation))
        return diagnose(builder->diagnostics, item->position,
                        "expected a map of maps for the path '%.*s' of an OpenAPI document", SLICE_ARGS(path));
    if (!node_is_map(gvk))
        return true;
    bool namespaced = slice_find(path, slice_literal("namespaces/{namespace}")) != SLICE_NOT_FOUND;
    return add_kind(builder, gvk, &builder->scopes, namespaced ? SCOPE_NAMESPACED : SCOPE_CLUSTER);
}

// A row with its strings, for sorting.
struct sort_row {
    struct slice kind, api_version;
    size_t index;
    struct schema_kind_row row;
};

static int compare_rows(const void *left, const void *right)
{
    const struct sort_row *a = left, *b = right;
    int order = slice_compare(a->kind, b->kind);
    if (!order)
        order = slice_compare(a->api_version, b->api_version);
    return order ? order : a->index < b->index ? -1 : 1;
}

// Sorts the rows and keeps one per kind: a namespaced scope wins, otherwise the first row.
static void sort_rows(struct builder *builder, struct kind_rows *rows, bool scopes)
{
    struct sort_row *sorted = arena_array(&builder->scratch, struct sort_row, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++)
        sorted[i] = (struct sort_row){text_at(builder, rows->items[i].kind),
                                      text_at(builder, rows->items[i].api_version), i, rows->items[i]};
    qsort(sorted, rows->count, sizeof *sorted, compare_rows);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct schema_kind_row *last = count ? &rows->items[count - 1] : NULL;
        if (!last || compare_texts(builder, last->kind, sorted[i].row.kind) ||
            compare_texts(builder, last->api_version, sorted[i].row.api_version))
            rows->items[count++] = sorted[i].row;
        else if (scopes && sorted[i].row.type == SCOPE_NAMESPACED)
            last->type = SCOPE_NAMESPACED;
    }
    rows->count = count;
}

// --- The whole schema.

static void add_kinds_of_base(struct builder *builder, const struct schema *base)
{
    for (uint32_t i = 0; i < base->kind_count; i++)
        list_append(builder->arena, &builder->kinds, base->kinds[i]);
}

#define COPY(builder, list, rows, row_count)                                                                           \
    ((list).items = arena_grow((builder)->arena, (rows), (row_count), (row_count) + 64, sizeof *(rows), 16),           \
     (list).count = (row_count), (list).capacity = (row_count) + 64)

static void start_with_base(struct builder *builder, const struct schema *base)
{
    COPY(builder, builder->texts, base->texts, base->text_size);
    COPY(builder, builder->types, base->types, base->type_count);
    COPY(builder, builder->fields, base->fields, base->field_count);
    COPY(builder, builder->merges, base->merges, base->merge_count);
    for (uint32_t i = 0; i < base->type_count; i++)
        list_append(&builder->scratch, &builder->nodes, NULL);
    for (uint32_t i = 0; i < base->definition_count; i++)
        add_definition_name(builder, base->definitions[i].name, base->definitions[i].type);
}

static bool add_document(struct builder *builder, enum schema_join join, const struct node *document)
{
    const struct node *definitions = openapi_get(document, "definitions"), *paths = openapi_get(document, "paths");
    if (!is_map_or_null(definitions))
        return diagnose(builder->diagnostics, definitions->position,
                        "expected a map for the definitions of an OpenAPI document, found %s",
                        node_kind_phrase(definitions));
    for (uint32_t i = 0; node_is_map(definitions) && i < definitions->count; i++)
        if (!add_definition(builder, &definitions->entries[i], join))
            return false;
    if (!is_map_or_null(paths))
        return diagnose(builder->diagnostics, paths->position,
                        "expected a map for the paths of an OpenAPI document, found %s", node_kind_phrase(paths));
    for (uint32_t i = 0; node_is_map(paths) && i < paths->count; i++)
        if (!add_path(builder, paths->entries[i].key->text, paths->entries[i].value))
            return false;
    // Filling in a type may append others that it mentions.
    for (size_t i = 0; i < builder->nodes.count; i++)
        if (builder->nodes.items[i] && !fill_type(builder, i))
            return false;
    return true;
}

static const struct schema *finish(struct builder *builder)
{
    sort_rows(builder, &builder->kinds, false);
    sort_rows(builder, &builder->scopes, true);
    struct schema *schema = arena_new(builder->arena, struct schema);
    *schema = (struct schema){
        .texts = builder->texts.items,
        .types = builder->types.items,
        .fields = builder->fields.items,
        .merges = builder->merges.items,
        .definitions = builder->definitions.items,
        .kinds = builder->kinds.items,
        .scopes = builder->scopes.items,
        .text_size = (uint32_t)builder->texts.count,
        .type_count = (uint32_t)builder->types.count,
        .field_count = (uint32_t)builder->fields.count,
        .merge_count = (uint32_t)builder->merges.count,
        .definition_count = (uint32_t)builder->definitions.count,
        .kind_count = (uint32_t)builder->kinds.count,
        .scope_count = (uint32_t)builder->scopes.count,
    };
    return schema;
}

const struct schema *schema_join_openapi(struct arena *arena, const struct schema *base, enum schema_join join,
                                         const struct node *document, struct diagnostics *diagnostics)
{
    if (!node_is_map(document)) {
        struct position position = document ? document->position : (struct position){0};
        diagnose(diagnostics, position, "expected a map for an OpenAPI document, found %s",
                 document ? node_kind_phrase(document) : "nothing");
        return NULL;
    }
    struct builder builder = {.arena = arena, .diagnostics = diagnostics};
    start_with_base(&builder, base);
    // The first of two rows for the same kind wins.
    if (join == SCHEMA_BASE_COUNTS)
        add_kinds_of_base(&builder, base);
    bool done = add_document(&builder, join, document);
    if (join == SCHEMA_DOCUMENT_COUNTS)
        add_kinds_of_base(&builder, base);
    const struct schema *schema = done ? finish(&builder) : NULL;
    arena_free(&builder.scratch);
    return schema;
}

const struct schema *schema_empty(void)
{
    static const struct schema empty = {0};
    return &empty;
}

const struct schema *schema_from_openapi(struct arena *arena, const struct node *document,
                                         struct diagnostics *diagnostics)
{
    return schema_join_openapi(arena, schema_empty(), SCHEMA_DOCUMENT_COUNTS, document, diagnostics);
}
