#include "kustomization/encode.h"

#include <inttypes.h>

#include "doc/scalar.h"
#include "yaml/edit.h"

// Members that are printed even when they are empty.
enum always {
    OMIT,
    ZERO,        // as 0
    EMPTY_TEXT,  // as ""
    EMPTY_MAP,   // as a map of its own members that are always printed
    NULL_VALUE,  // as null; an empty list as []
    AS_GIVEN,    // as "", but only if the field is present
};

static const struct {
    const char *path;
    enum always always;
} members[] = {
    {"replicas.count", ZERO},
    {"vars.name", EMPTY_TEXT},
    {"vars.objref", EMPTY_MAP},
    {"vars.objref.name", EMPTY_TEXT},
    {"vars.fieldref", EMPTY_MAP},
    {"replacements.targets.select", NULL_VALUE},
    {"replacements.sourceValue", AS_GIVEN},
    {"sortOptions.legacySortOptions.orderFirst", NULL_VALUE},
    {"sortOptions.legacySortOptions.orderLast", NULL_VALUE},
};

enum { JSON_EXPONENT_LIMIT = 21 };

static enum always always_of(struct slice path)
{
    for (size_t i = 0; i < countof(members); i++)
        if (slice_equals(path, members[i].path))
            return members[i].always;
    return OMIT;
}

static struct node *new_text(const struct encode_context *context, struct slice text)
{
    return node_new_string(context->arena, text, (struct position){0});
}

static struct node *new_plain(const struct encode_context *context, struct slice text)
{
    return node_new_scalar(context->arena, text, STYLE_PLAIN, TAG_IMPLICIT, (struct position){0});
}

static struct node *encode_member(const struct encode_context *, const struct decode_field *, struct slice path,
                                  const void *base);

// `value` is NULL for an absent struct.
static struct node *encode_struct(const struct encode_context *context, const struct decode_type *type,
                                  struct slice path, const void *value)
{
    struct node *map = node_new_map(context->arena, (struct position){0});
    const void *base = value ? value : arena_allocate(context->arena, type->size, 16);
    for (size_t i = 0; i < type->field_count; i++) {
        const char *name = type->fields[i].name;
        struct slice at = path.length ? arena_format(context->arena, "%.*s.%s", SLICE_ARGS(path), name)
                                      : slice_from(name);
        struct node *printed = encode_member(context, &type->fields[i], at, base);
        if (printed)
            node_map_set(context->arena, map, name_intern(context->names, slice_from(name)), printed);
    }
    return map;
}

static struct node *text_list(const struct encode_context *context, const struct text_list *list)
{
    struct node *sequence = node_new_sequence(context->arena, (struct position){0});
    for (size_t i = 0; i < list->count; i++)
        node_sequence_append(context->arena, sequence, new_text(context, list->items[i].slice));
    return sequence;
}

static struct node *text_map(const struct encode_context *context, const struct text_map *pairs)
{
    struct node *map = node_new_map(context->arena, (struct position){0});
    for (size_t i = 0; i < pairs->count; i++)
        node_map_set(context->arena, map, name_intern(context->names, pairs->items[i].key.slice),
                     new_text(context, pairs->items[i].value.slice));
    return map;
}

// kustomize holds all numbers of an untyped map as doubles.
static void round_integers(const struct encode_context *context, struct node *node)
{
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        round_integers(context, node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
    if (node->kind != NODE_SCALAR || node_resolved_tag(node) != TAG_INT)
        return;
    struct scalar_value value = scalar_resolve(node_text(node));
    double number = value.type == SCALAR_UINT ? (double)value.unsigned_integer : (double)value.integer;
    if (number > -0x1p53 && number < 0x1p53)
        return;
    struct buffer text = {0};
    scalar_write_float(&text, number, JSON_EXPONENT_LIMIT);
    node_set_text(node, arena_copy(context->arena, buffer_slice(&text)));
    buffer_free(&text);
}

static struct node *encode_any_map(const struct encode_context *context, const struct node *map)
{
    if (!map || !map->count)
        return NULL;
    struct node *printed = node_for_writer(context->arena, map);
    round_integers(context, printed);
    return printed;
}

static struct node *encode_member(const struct encode_context *context, const struct decode_field *field,
                                  struct slice path, const void *base)
{
    const void *value = (const char *)base + field->offset;
    enum always always = always_of(path);
    switch (field->kind) {
    case DECODE_TEXT:
    case DECODE_STEPS: {
        const struct text *text = value;
        bool printed = text->slice.length || always == EMPTY_TEXT || (always == AS_GIVEN && text->position.line);
        return printed ? new_text(context, text->slice) : NULL;
    }
    case DECODE_BOOL:
        return *(const bool *)value ? new_plain(context, slice_literal("true")) : NULL;
    case DECODE_INTEGER: {
        int64_t number = ((const struct integer *)value)->value;
        return number || always == ZERO ? new_plain(context, arena_format(context->arena, "%" PRId64, number)) : NULL;
    }
    case DECODE_TEXT_LIST: {
        const struct text_list *list = value;
        if (always == NULL_VALUE && !list->items)
            return new_plain(context, slice_literal("null"));
        return list->count || always == NULL_VALUE ? text_list(context, list) : NULL;
    }
    case DECODE_TEXT_MAP: {
        const struct text_map *pairs = value;
        return pairs->count ? text_map(context, pairs) : NULL;
    }
    case DECODE_STRUCT: {
        const void *const *struct_at = value;
        if (*struct_at || always == EMPTY_MAP)
            return encode_struct(context, field->type, path, *struct_at);
        return always == NULL_VALUE ? new_plain(context, slice_literal("null")) : NULL;
    }
    case DECODE_LIST: {
        const struct decode_list *list = value;
        struct node *sequence = node_new_sequence(context->arena, (struct position){0});
        for (size_t i = 0; i < list->count; i++)
            node_sequence_append(context->arena, sequence, encode_struct(context, field->type, path, list->items[i]));
        return list->count ? sequence : NULL;
    }
    case DECODE_MAP:
    case DECODE_NODE:
        return encode_any_map(context, *(const struct node *const *)value);
    }
    return NULL;
}

struct node *kustomization_encode(const struct encode_context *context, const struct decode_type *shape,
                                  const void *decoded)
{
    return encode_struct(context, shape, (struct slice){0}, decoded);
}

struct node *kustomization_encode_field(const struct encode_context *context, const struct decode_field *field,
                                        const void *decoded)
{
    return encode_member(context, field, slice_from(field->name), decoded);
}
