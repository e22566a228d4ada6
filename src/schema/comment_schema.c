#include "schema/comment_schema.h"

#include "json/json.h"
#include "yaml/tree.h"

// A field with a comment that begins like an object.
struct field {
    uint32_t line, column;  // of the key
    struct slice text;
    bool read;
    struct schema_type type;
};

// In the order of the source.
struct source_comments {
    struct field *items;
    size_t count, capacity;
    // The schema in which `$ref` was last resolved, and the schema with all fields that have one.
    const struct schema *around, *joined;
};

// --- Finding comments.

// The length of the object that a line begins with, without words after it; 0 if it isn't complete.
static size_t object_length(struct slice line)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t at = 0; at < line.length; at++) {
        char byte = line.data[at];
        if (quoted && byte == '\\')
            at++;
        else if (byte == '"')
            quoted = !quoted;
        else if (!quoted && byte == '{')
            depth++;
        else if (!quoted && byte == '}' && --depth == 0)
            return at + 1;
    }
    return 0;
}

// The object at the start of a comment, on its first line; empty if there is none.
static struct slice object_in(struct slice comment)
{
    size_t at = 0;
    while (at < comment.length && comment.data[at] == '#')
        at++;
    while (at < comment.length && (comment.data[at] == ' ' || comment.data[at] == '\t'))
        at++;
    struct slice line, rest;
    slice_cut(slice_from_index(comment, at), '\n', &line, &rest);
    return line.length && line.data[0] == '{' ? slice_part(line, 0, object_length(line)) : (struct slice){0};
}

// Most files have no such comment and need not be parsed again.
static bool may_have_objects(struct slice content)
{
    for (size_t at = 0; at < content.length; at++) {
        const char *found = memchr(content.data + at, '#', content.length - at);
        if (!found)
            return false;
        at = (size_t)(found - content.data);
        if (object_in(slice_from_index(content, at)).length)
            return true;
    }
    return false;
}

// Reads text whose errors nobody sees.
struct silent_reader {
    struct arena *arena;
    struct name_cache *cache;
    struct sources sources;
    struct diagnostics ignored;
};

static void silent_reader_init(struct silent_reader *reader, struct arena *arena, struct name_table *names)
{
    *reader = (struct silent_reader){.arena = arena, .cache = arena_new(arena, struct name_cache)};
    reader->cache->table = names;
    reader->sources.arena = arena;
    diagnostics_init(&reader->ignored, arena, &reader->sources);
}

static const struct node *read_json(struct silent_reader *reader, struct slice text)
{
    const struct source *source = sources_add(&reader->sources, (struct slice){0}, text);
    return json_read_openapi(reader->arena, reader->cache, source, 1, &reader->ignored);
}

static bool is_object(struct arena *arena, struct name_table *names, struct slice text)
{
    struct silent_reader reader;
    silent_reader_init(&reader, arena, names);
    const struct node *object = read_json(&reader, text);
    return node_is_map(object) && object->count > 0;
}

// The comment after a node counts or, if there is none, the one above it.
static struct slice object_of(struct arena *arena, struct name_table *names, const struct tree *node)
{
    struct slice text = object_in(node->line.length ? node->line : node->head);
    return text.length && is_object(arena, names, text) ? text : (struct slice){0};
}

// The depth of the recursion is limited, because trees are at most NODE_DEPTH_MAX deep.
static void find_fields(struct arena *arena, struct name_table *names, const struct tree *node,
                        struct source_comments *found)
{
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == TREE_MAP && i % 2 == 0) {
            const struct tree *key = node->items[i];
            struct slice text = object_of(arena, names, node->items[i + 1]);
            if (!text.length)
                text = object_of(arena, names, key);
            if (text.length)
                list_append(arena, found,
                            ((struct field){.line = key->position.line, .column = key->position.column, .text = text}));
        }
        find_fields(arena, names, node->items[i], found);
    }
}

static struct source_comments *find_comments(struct arena *arena, struct name_table *names, const struct source *source)
{
    struct source_comments *found = arena_new(arena, struct source_comments);
    if (!may_have_objects(source->content))
        return found;
    struct silent_reader reader;
    silent_reader_init(&reader, arena, names);
    struct read_context read = {arena, reader.cache, &reader.ignored};
    struct tree_documents documents = {0};
    // On an error, the documents before it still count.
    tree_read(&read, source, &documents);
    for (size_t i = 0; i < documents.count; i++)
        find_fields(arena, names, documents.items[i]->root, found);
    return found;
}

// --- Reading the schemas.

#define COMMENT_VERSION "comment/v1"

static bool has_reference(struct slice text)
{
    return slice_find(text, slice_literal("\"$ref\"")) != SLICE_NOT_FOUND;
}

// A definition for each field, with the comment's schema as that of its own field `field`.
static void add_definition(struct buffer *out, size_t number, struct slice text)
{
    buffer_add_format(out,
                      "\"comment %zu\":{\"properties\":{\"field\":%.*s},\"x-kubernetes-group-version-kind\":"
                      "[{\"group\":\"comment\",\"version\":\"v1\",\"kind\":\"%zu\"}]},",
                      number, SLICE_ARGS(text), number);
}

// The schema of an OpenAPI document with these definitions. NULL if they are invalid.
static const struct schema *schema_of_definitions(struct arena *arena, struct name_table *names,
                                                  const struct schema *around, struct slice definitions)
{
    struct slice text = arena_format(arena, "{\"definitions\":{%.*s\"\":{}}}", SLICE_ARGS(definitions));
    struct silent_reader reader;
    silent_reader_init(&reader, arena, names);
    const struct node *document = read_json(&reader, text);
    return document ? schema_join_openapi(arena, around, SCHEMA_DOCUMENT_COUNTS, document, &reader.ignored) : NULL;
}

static struct schema_type type_in(struct arena *arena, const struct schema *schema, size_t number)
{
    if (!schema)
        return (struct schema_type){0};
    struct schema_type comment = schema_of_kind(schema, slice_literal(COMMENT_VERSION),
                                                arena_format(arena, "%zu", number));
    struct schema_type field = schema_field(comment, slice_literal("field"));
    // An object without merge information still replaces what would be known without it.
    return schema_type_known(field) ? field : comment;
}

static struct schema_type type_alone(struct arena *arena, struct name_table *names, struct slice text)
{
    struct buffer definition = {0};
    add_definition(&definition, 0, text);
    const struct schema *schema = schema_of_definitions(arena, names, schema_empty(), buffer_slice(&definition));
    buffer_free(&definition);
    return type_in(arena, schema, 0);
}

// All fields with a `$ref` are added to the schema at once, because adding copies the schema.
static void join(struct source_comments *comments, struct arena *arena, struct name_table *names,
                 const struct schema *around)
{
    struct buffer definitions = {0};
    for (size_t i = 0; i < comments->count; i++) {
        struct field *field = &comments->items[i];
        // An invalid schema would make the whole document fail.
        if (has_reference(field->text) && schema_type_known(type_alone(arena, names, field->text)))
            add_definition(&definitions, i, field->text);
        field->read = field->read && !has_reference(field->text);
    }
    comments->around = around;
    comments->joined = schema_of_definitions(arena, names, around, buffer_slice(&definitions));
    buffer_free(&definitions);
}

static struct schema_type type_of(struct source_comments *comments, struct arena *arena, struct name_table *names,
                                  const struct schema *around, size_t at)
{
    struct field *field = &comments->items[at];
    bool refers = has_reference(field->text);
    if (refers && comments->around != around)
        join(comments, arena, names, around);
    if (!field->read)
        field->type = refers ? type_in(arena, comments->joined, at) : type_alone(arena, names, field->text);
    field->read = true;
    return field->type;
}

static int compare_places(const struct field *field, struct position key)
{
    if (field->line != key.line)
        return field->line < key.line ? -1 : 1;
    return field->column < key.column ? -1 : field->column > key.column;
}

struct schema_type comment_schema_of(struct comment_schemas *known, struct arena *arena, struct name_table *names,
                                     const struct sources *sources, const struct schema *schema, struct position key)
{
    const struct source *source = sources_get(sources, key.file);
    if (!source || !key.line)
        return (struct schema_type){0};
    while (known->count <= key.file)
        list_append(arena, known, NULL);
    if (!known->items[key.file])
        known->items[key.file] = find_comments(arena, names, source);
    struct source_comments *comments = known->items[key.file];
    for (size_t low = 0, high = comments->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = compare_places(&comments->items[middle], key);
        if (!order)
            return type_of(comments, arena, names, schema ? schema : schema_empty(), middle);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return (struct schema_type){0};
}
