// Reads JSON patches, and says what is in them.
#include "merge/json_patch_operation.h"

#include <math.h>

#include "doc/scalar.h"
#include "json/json.h"
#include "schema/well_known_names.h"

const char *const json_patch_operation_names[] = {"add", "remove", "replace", "move", "copy", "test"};

// --- The values of a patch in YAML become JSON.

static bool become_string(struct node *node)
{
    node->style = STYLE_PLAIN;
    node->tag = TAG_STRING;
    node->flags = 0;
    return true;
}

// Converts a scalar of a YAML patch to its JSON value. False: diagnosed.
static bool convert_scalar(struct read_context *context, struct node *node)
{
    bool plain = node->tag == TAG_IMPLICIT || node->tag == TAG_NULL || node->tag == TAG_BOOL || node->tag == TAG_INT ||
                 node->tag == TAG_FLOAT;
    if (!plain)
        return become_string(node);
    struct scalar_value value = scalar_resolve_yaml11(node_text(node));
    struct buffer number = {0};
    switch (value.type) {
    case SCALAR_NULL:
        node_set_text(node, slice_literal("null"));
        break;
    case SCALAR_BOOL:
        node_set_text(node, value.boolean ? slice_literal("true") : slice_literal("false"));
        break;
    case SCALAR_INT:
        node_set_text(node, arena_format(context->arena, "%lld", (long long)value.integer));
        break;
    case SCALAR_UINT:
        node_set_text(node, arena_format(context->arena, "%llu", (unsigned long long)value.unsigned_integer));
        break;
    case SCALAR_FLOAT:
        if (!isfinite(value.number))
            return diagnose(context->diagnostics, node->position, "JSON cannot represent the number %.*s",
                            SLICE_ARGS(node_text(node)));
        scalar_write_float(&number, value.number, 21);
        node_set_text(node, arena_copy(context->arena, buffer_slice(&number)));
        buffer_free(&number);
        break;
    default:
        return become_string(node);
    }
    node->style = STYLE_PLAIN;
    node->tag = TAG_IMPLICIT;
    node->flags = 0;
    return true;
}

static bool convert_yaml(struct read_context *context, struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return convert_scalar(context, node);
    node->style = STYLE_PLAIN;
    for (uint32_t i = 0; i < node->count; i++)
        if (!convert_yaml(context, node->kind == NODE_MAP ? node->entries[i].value : node->items[i]))
            return false;
    return true;
}

// --- Operations.

static bool read_document(struct read_context *context, const struct source *source, struct json_patch *patch,
                          struct node **document)
{
    patch->strict = source->content.length && source->content.data[0] == '[';
    if (!patch->strict)
        return yaml_read_first(context, source, document) && (!*document || convert_yaml(context, *document));
    *document = json_read(context->arena, context->names, source, context->diagnostics);
    return *document != NULL;
}

static struct operation operation_from(const struct node *map)
{
    struct operation operation = {
        .kind = OPERATION_UNKNOWN,
        .position = map->position,
        .map = map,
        .op = node_map_get(map, NAME(op)),
        .path = node_map_get(map, NAME(path)),
        .from = node_map_get(map, NAME(from)),
        .value = node_map_get(map, NAME(value)),
    };
    for (size_t i = 0; json_patch_is_string(operation.op) && i < OPERATION_UNKNOWN; i++)
        if (slice_equals(node_text(operation.op), json_patch_operation_names[i]))
            operation.kind = (enum operation_kind)i;
    return operation;
}

static void mark_written(struct node *node)
{
    node->flags |= NODE_WRITTEN;
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        mark_written(node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
}

// Prepares for tests in strict JSON, which must know how strings are written and which values come from the patch.
static void prepare_tests(struct arena *arena, struct json_patch *patch, struct slice text)
{
    size_t tests = 0;
    for (size_t i = 0; i < patch->count; i++)
        tests += patch->items[i].kind == OPERATION_TEST;
    if (!patch->strict || !tests)
        return;
    patch->lines = line_index_new(arena, text);
    for (size_t i = 0; i < patch->count; i++)
        if (patch->items[i].value)
            mark_written(patch->items[i].value);
}

struct json_patch *json_patch_parse(struct read_context *context, const struct source *source)
{
    struct json_patch *patch = arena_new(context->arena, struct json_patch);
    struct node *document = NULL;
    struct position start = source_position(source, 0, 0);
    patch->file = source->file;
    if (!source->content.length) {
        diagnose(context->diagnostics, start, "the patch is empty");
        diagnose_hint(context->diagnostics, "write the patch, or remove the entry");
        return NULL;
    }
    if (!read_document(context, source, patch, &document))
        return NULL;
    if (!document || node_is_null(document))
        return patch;
    if (document->kind != NODE_SEQUENCE) {
        diagnose(context->diagnostics, document->position, "expected a list of operations, found %s",
                 node_kind_phrase(document));
        if (node_map_find(document, NAME(op)))
            diagnose_hint(context->diagnostics, "write '- ' before `op`, even for a single operation");
        else if (node_map_find(document, NAME(kind)))
            diagnose_hint(
                context->diagnostics,
                "list this strategic merge patch under `patches`, or write operations such as `- op: replace`");
        return NULL;
    }
    for (uint32_t i = 0; i < document->count; i++) {
        const struct node *item = document->items[i];
        if (!node_is_map(item) && !node_is_null(item)) {
            diagnose(context->diagnostics, item->position, "expected an operation of a JSON patch, found %s",
                     node_kind_phrase(item));
            return NULL;
        }
        struct operation operation = operation_from(item);
        list_append(context->arena, patch, operation);
    }
    prepare_tests(context->arena, patch, source->content);
    return patch;
}

// --- What a patch says.

size_t json_patch_count(const struct json_patch *patch)
{
    return patch->count;
}

const struct node *json_patch_path(const struct json_patch *patch, size_t number)
{
    const struct node *path = patch->items[number].path;
    return json_patch_is_string(path) ? path : NULL;
}

static bool may_name(const struct node *path)
{
    static const struct slice fields[] = {{"/metadata", 9}, {"/kind", 5}, {"/apiVersion", 11}};
    struct slice text = json_patch_is_string(path) ? node_text(path) : slice_literal("/");
    for (size_t i = 0; i < countof(fields); i++)
        if (slice_equal(text, fields[i]) || (slice_starts_with(text, fields[i]) && text.data[fields[i].length] == '/'))
            return true;
    return !text.length;
}

struct position json_patch_naming_position(const struct json_patch *patch)
{
    struct position position = patch->count ? patch->items[0].position : (struct position){.file = patch->file};
    for (size_t i = 0; i < patch->count; i++)
        if (may_name(patch->items[i].path) || (patch->items[i].from && may_name(patch->items[i].from)))
            position = patch->items[i].path ? patch->items[i].path->position : patch->items[i].position;
    return position;
}

const struct node *json_patch_from(const struct json_patch *patch, size_t number)
{
    const struct node *from = patch->items[number].from;
    return json_patch_is_string(from) ? from : NULL;
}

const struct node *json_patch_value(const struct json_patch *patch, size_t number)
{
    return patch->items[number].value;
}

bool json_patch_lists_resources(const struct json_patch *patch)
{
    for (size_t i = 0; i < patch->count; i++)
        if (patch->items[i].op || !node_map_find(patch->items[i].map, NAME(kind)))
            return false;
    return patch->count > 0;
}

struct slice json_patch_misspelled_value(const struct json_patch *patch, size_t number)
{
    const struct node *map = patch->items[number].map;
    struct slice value = NAME(value)->text;
    for (uint32_t i = 0; i < map->count; i++)
        if (nearest_text(map->entries[i].key->text, &value, 1).length)
            return map->entries[i].key->text;
    return (struct slice){0};
}

const char *json_patch_operation(const struct json_patch *patch, size_t number)
{
    enum operation_kind kind = patch->items[number].kind;
    return kind == OPERATION_UNKNOWN ? "" : json_patch_operation_names[kind];
}

uint32_t json_patch_file(const struct json_patch *patch)
{
    return patch->file;
}

// A relative path is used from its first slash on.
static enum doubt doubt_of_pointer(const struct node *pointer)
{
    struct slice before, first, second, rest;
    if (!pointer || !slice_cut(node_text(pointer), '/', &before, &rest))
        return pointer ? DOUBT_IDENTITY : DOUBT_NONE;
    slice_cut(rest, '/', &first, &rest);
    slice_cut(rest, '/', &second, &rest);
    return doubt_of_field(first, second);
}

enum doubt json_patch_doubt(const struct json_patch *patch)
{
    enum doubt doubt = DOUBT_CONTENT;
    for (size_t i = 0; i < patch->count; i++) {
        enum doubt path = doubt_of_pointer(json_patch_path(patch, i)),
                   from = doubt_of_pointer(json_patch_from(patch, i));
        doubt = path > doubt ? path : doubt;
        doubt = from > doubt ? from : doubt;
    }
    return doubt;
}
