#include "transform/resource_typo.h"

#include "base/diagnostics.h"
#include "doc/scalar.h"
#include "schema/api.h"
#include "schema/similar_kind.h"
#include "schema/well_known_names.h"

static struct slice text_of(const struct node *node)
{
    return node_is_scalar(node) ? node_text(node) : (struct slice){0};
}

// "write `kind: Service` in the resource at web.yaml:2:7: it has the kind 'service'"
static struct slice hint(struct resource_context *context, struct position position, struct slice right,
                         const char *what, struct slice wrong)
{
    struct slice where = position_text(context->diagnostics->sources, context->arena, position);
    return arena_format(context->arena, "write `%.*s` in the resource%s%.*s: it has the %s '%.*s'", SLICE_ARGS(right),
                        where.length ? " at " : "", SLICE_ARGS(where), what, SLICE_ARGS(wrong));
}

struct slice resource_typo_kind_hint(struct resource_context *context, const struct resource *resource,
                                     struct slice kind)
{
    const struct node *written = node_map_get(resource->root, NAME(kind));
    struct slice found = resource->id.gvk.kind->text,
                 api_version = text_of(node_map_get(resource->root, NAME(apiVersion)));
    struct api_kind known;
    if (!kinds_are_similar(found, kind) || !api_kind_find(api_version, kind, &known) ||
        api_kind_find(api_version, found, &known))
        return (struct slice){0};
    bool is_placed = written && written->position.line;
    return hint(context, is_placed ? written->position : resource_position(resource),
                arena_format(context->arena, "kind: %.*s", SLICE_ARGS(kind)), "kind", found);
}

static bool find_kind(const struct node *root, struct api_kind *kind)
{
    return api_kind_find(text_of(node_map_get(root, NAME(apiVersion))), text_of(node_map_get(root, NAME(kind))), kind);
}

// False: no release has the field.
static bool find_field(uint16_t definition, struct slice name, struct api_field *field)
{
    return api_field_find(definition, api_newest, name, field) || field->last;
}

// Gets the definition of the object that the parts before `end` lead to. False: it is unknown.
static bool follow_types(const struct path_parts *parts, size_t end, uint16_t *definition)
{
    for (size_t i = 0; i < end;) {
        struct api_field field;
        if (!find_field(*definition, parts->items[i++].text, &field))
            return false;
        uint16_t type = field.type;
        for (; i < end && (api_type_form(type) == API_LIST || api_type_form(type) == API_MAP); i++)
            type = api_type_items(type);
        if (api_type_form(type) != API_OBJECT)
            return false;
        *definition = api_type_definition(type);
    }
    return true;
}

struct slice resource_typo_field_hint(struct resource_context *context, const struct node *root,
                                      const struct path_parts *parts, const struct path_misfit *misfit)
{
    const struct map_entry *near = misfit->near;
    struct api_kind kind;
    struct api_field field;
    if (!near || misfit->is_in_text || !find_kind(root, &kind))
        return (struct slice){0};
    struct slice part = parts->items[misfit->part].text;
    uint16_t definition = kind.definition;
    if (!follow_types(parts, misfit->part, &definition) || !find_field(definition, part, &field) ||
        find_field(definition, near->key->text, &field))
        return (struct slice){0};
    // A patch may have added the entry to a map of another file.
    bool is_moved = near->value->position.file != misfit->at->position.file;
    return hint(context, is_moved ? near->value->position : key_position(misfit->at, near), part, "field",
                near->key->text);
}

// The most similar field of the newest release; empty: none is near.
static struct slice nearest_field(struct arena *arena, uint16_t definition, struct slice wanted)
{
    struct {
        struct slice *items;
        size_t count, capacity;
    } names = {0};
    struct api_field field;
    for (uint32_t at = 0; api_field_next(definition, &at, &field);)
        if (api_field_is_in(&field, api_newest))
            list_append(arena, &names, field.name);
    return nearest_text(wanted, names.items, names.count);
}

struct api_judge {
    struct arena *arena;
    uint16_t definition;  // of the resource
};

// False if the API knows both the part and the key, or if it doesn't know the part but has a field that is more similar
// to it than the key.
static bool may_mean(void *state, const struct path_parts *parts, size_t part, struct slice key)
{
    const struct api_judge *judge = state;
    struct slice text = parts->items[part].text;
    struct api_field field;
    uint16_t definition = judge->definition;
    if (!follow_types(parts, part, &definition))
        return true;
    if (find_field(definition, text, &field))
        return !find_field(definition, key, &field);
    struct slice name = nearest_field(judge->arena, definition, text);
    return !name.length || slice_equal(name, key) ||
           slice_edit_distance(text, name, SIZE_MAX - 1) >= slice_edit_distance(text, key, SIZE_MAX - 1);
}

void resource_judge_path(struct resource_context *context, const struct node *root, struct path_parts *parts)
{
    struct api_kind kind;
    if (!find_kind(root, &kind))
        return;
    struct api_judge *judge = arena_new(context->arena, struct api_judge);
    *judge = (struct api_judge){context->arena, kind.definition};
    parts->may_mean = may_mean;
    parts->judge = judge;
}

bool resource_refuses_key(const struct node *root, const struct path_parts *parts, size_t part)
{
    struct api_kind kind;
    struct api_field field;
    if (part >= parts->count || !find_kind(root, &kind))
        return false;
    uint16_t definition = kind.definition;
    return follow_types(parts, part, &definition) && !find_field(definition, parts->items[part].text, &field);
}

// True if the part can stand for an item of a list. `is_new`: the list has to be created, too, so it has no items yet.
static bool is_item_part(const struct path_parts *parts, size_t i, bool is_new)
{
    struct slice text = parts->items[i].text;
    int64_t index;
    if (scalar_parse_decimal(text, &index))
        return !is_new || !index;
    return parts->is_pointer ? slice_equals(text, "-")
                             : slice_starts_with(text, slice_literal("[")) || (!is_new && slice_equals(text, "*"));
}

// The path with each part replaced by its name in `names`, unless that is empty.
static struct slice with_names(struct arena *arena, const struct path_parts *parts, const struct slice *names)
{
    struct buffer text = {0};
    size_t start = 0;
    for (size_t i = 0; i < parts->count; i++) {
        size_t end = i + 1 < parts->count ? parts->items[i + 1].start - 1 : parts->text.length;
        buffer_add_slice(&text, slice_part(parts->text, start, parts->items[i].start));
        buffer_add_slice(&text, names[i].length ? names[i] : slice_part(parts->text, parts->items[i].start, end));
        start = end;
    }
    struct slice path = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return path;
}

bool resource_refuses_path(struct resource_context *context, const struct node *root, const struct path_parts *parts,
                           size_t first, struct slice *near)
{
    struct api_kind kind;
    *near = (struct slice){0};
    if (!find_kind(root, &kind))
        return false;
    struct slice *names = arena_array(context->arena, struct slice, parts->count + 1);
    enum api_form form = API_OBJECT;
    uint16_t type = 0, definition = kind.definition;
    bool is_refused = false, is_corrected = false;
    for (size_t i = 0; i < parts->count && form != API_ANY && !is_refused; i++) {
        struct slice part = parts->items[i].text;
        struct api_field field = {0};
        if (form == API_OBJECT && !find_field(definition, part, &field)) {
            names[i] = i < first ? (struct slice){0} : nearest_field(context->arena, definition, part);
            is_corrected |= names[i].length > 0;
            is_refused = !names[i].length || !find_field(definition, names[i], &field);
        } else if (form == API_LIST) {
            is_refused = !is_item_part(parts, i, first && i > first);
        } else if (form != API_OBJECT && form != API_MAP) {
            is_refused = true;
        }
        if (is_refused && i < first)
            return false;  // the resource has what the API doesn't
        if (is_refused)
            break;
        type = form == API_OBJECT ? field.type : api_type_items(type);
        form = api_type_form(type);
        definition = form == API_OBJECT ? api_type_definition(type) : 0;
    }
    if (is_corrected && !is_refused)
        *near = with_names(context->arena, parts, names);
    return is_corrected || is_refused;
}

struct slice resource_path_hint(struct resource_context *context, const struct node *root,
                                const struct path_parts *parts, const struct path_misfit *misfit)
{
    struct slice typo = resource_typo_field_hint(context, root, parts, misfit);
    if (typo.length)
        return typo;
    if (misfit->meant.length)
        return path_misfit_suggestion(context->arena, misfit);
    return path_misfit_alternatives(context->arena, parts, misfit);
}
