// generators/helm_values.c
//
// The values file for helm. Inline values and those from a file are merged as maps: a null deletes a key, and lists
// are replaced as a whole.
//
//     values.yaml      valuesInline        override: img: {name: a, q: 1, tag: z}
//     img:             img:                merge:    img: {name: a, q: 1, tag: b}
//       name: a          tag: z            replace:  img: {q: 1, tag: z}
//       tag: b           q: 1
#include "generators/helm.h"

#include "doc/scalar.h"
#include "load/loader.h"
#include "yaml/read.h"
#include "yaml/write.h"

// --- Types. Values in a kustomization file are YAML 1.1, but the writer prints YAML 1.2.

static struct slice format_integer(struct arena *arena, struct scalar_value value)
{
    if (value.type == SCALAR_UINT)
        return arena_format(arena, "%llu", (unsigned long long)value.unsigned_integer);
    return arena_format(arena, "%lld", (long long)value.integer);
}

static void resolve_scalar(struct arena *arena, struct node *scalar)
{
    if (scalar->tag != TAG_IMPLICIT)
        return;
    struct scalar_value value = scalar_resolve_yaml11(node_text(scalar));
    switch (value.type) {
    case SCALAR_NULL:
        scalar->tag = TAG_NULL;
        node_set_text(scalar, slice_literal("null"));
        break;
    case SCALAR_BOOL:
        scalar->tag = TAG_BOOL;
        node_set_text(scalar, value.boolean ? slice_literal("true") : slice_literal("false"));
        break;
    case SCALAR_INT:
    case SCALAR_UINT:
        scalar->tag = TAG_INT;
        node_set_text(scalar, format_integer(arena, value));
        break;
    case SCALAR_FLOAT:
        scalar->tag = TAG_FLOAT;
        break;
    default:
        scalar->tag = TAG_STRING;
        break;
    }
}

static void resolve_yaml11(struct arena *arena, struct node *node)
{
    if (node_is_scalar(node))
        resolve_scalar(arena, node);
    for (uint32_t i = 0; node_is_map(node) && i < node->count; i++)
        resolve_yaml11(arena, node->entries[i].value);
    for (uint32_t i = 0; node_is_sequence(node) && i < node->count; i++)
        resolve_yaml11(arena, node->items[i]);
}

// --- Merging.

// Leaves gaps in the map (node_close_gaps).
static void remove_nulls(struct node *map)
{
    for (uint32_t i = map->count; i-- > 0;)
        if (node_is_null(map->entries[i].value))
            map->entries[i].value = NULL;
        else if (node_is_map(map->entries[i].value))
            remove_nulls(map->entries[i].value);
}

static bool merge(struct generate_context *context, struct node *into, const struct node *from);

static bool merge_entry(struct generate_context *context, struct node *into, const struct map_entry *from)
{
    struct node *present = node_map_get(into, from->key);
    if (node_is_null(from->value)) {
        node_map_vacate(into, from->key);
        return true;
    }
    if (!node_is_null(present) && present->kind != from->value->kind) {
        struct slice other = position_text(context->diagnostics->sources, context->arena, present->position);
        return diagnose(context->diagnostics, from->value->position,
                        "cannot merge the value '%.*s': it is %s here and %s at %.*s", SLICE_ARGS(from->key->text),
                        node_kind_phrase(from->value), node_kind_phrase(present), SLICE_ARGS(other));
    }
    if (node_is_map(present))
        return merge(context, present, from->value);
    struct node *copy = node_copy(context->arena, from->value);
    if (node_is_map(copy))
        remove_nulls(copy);
    node_map_set(context->arena, into, from->key, copy);
    return true;
}

// Leaves gaps in `into` (node_close_gaps).
static bool merge(struct generate_context *context, struct node *into, const struct node *from)
{
    // Drop nulls without text (`key:`), but keep `key: null`.
    for (uint32_t i = into->count; i-- > 0;)
        if (node_is_null(into->entries[i].value) && into->entries[i].value && !into->entries[i].value->count)
            into->entries[i].value = NULL;
    for (uint32_t i = 0; i < from->count; i++)
        if (!merge_entry(context, into, &from->entries[i]))
            return false;
    return true;
}

// --- The text.

static const struct source *read_file(struct generate_context *context, struct text path, bool pulled)
{
    return pulled ? file_loader_read_made(context->files, path) : file_loader_read(context->files, path);
}

static struct node *read_values(struct generate_context *context, struct text path, bool pulled)
{
    const struct source *source = read_file(context, path, pulled);
    if (!source)
        return NULL;
    struct read_context read = generate_read_context(context);
    struct node_list documents = {0};
    if (!yaml_read_resources(&read, source, &documents))
        return NULL;
    struct node *values = documents.count ? documents.items[0] : NULL;
    if (node_is_map(values))
        return values;
    diagnose(context->diagnostics, source_position(source, 0, 0), "expected a map of values, found %s",
             values ? node_kind_phrase(values) : "nothing");
    return NULL;
}

static bool write_values(struct generate_context *context, const struct node *values, struct slice *text)
{
    struct buffer out = {0};
    struct yaml_writer *writer = yaml_writer_new(context->diagnostics);
    bool done = yaml_write_document(writer, &out, values);
    *text = arena_copy(context->arena, buffer_slice(&out));
    yaml_writer_free(writer);
    buffer_wipe(&out);
    return done;
}

bool helm_values_text(struct generate_context *context, const struct helm_chart *chart, struct text values_file,
                      bool pulled, struct slice *text)
{
    if (!chart->values_inline || !chart->values_inline->count) {
        const struct source *source = read_file(context, values_file, pulled);
        if (source)
            *text = source->content;
        return source != NULL;
    }
    struct node *inlined = node_copy(context->arena, chart->values_inline);
    if (!chart->from_object)
        resolve_yaml11(context->arena, inlined);
    if (slice_equals(chart->values_merge.slice, "replace"))
        return write_values(context, inlined, text);
    struct node *file = read_values(context, values_file, pulled);
    if (!file)
        return false;
    bool file_wins = slice_equals(chart->values_merge.slice, "merge");
    struct node *into = file_wins ? inlined : file;
    if (!merge(context, into, file_wins ? file : inlined))
        return false;
    node_close_gaps(into);
    return write_values(context, into, text);
}
