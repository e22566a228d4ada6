// transformers/value_add.c
//
// Adds one value to fields of many objects, as a whole or as part of a file path. Only available as a configuration
// object:
//
//     apiVersion: builtin
//     kind: ValueAddTransformer
//     metadata: {name: project}
//     value: tiger                     # default: the name of the kustomization's directory
//     targets:
//     - fieldPath: metadata/namespace
//     - selector: {kind: Deployment}
//       fieldPath: spec/template/spec/containers/[name=web]/image
//       filePathPosition: 2            # pie becomes pie/tiger
//     targetFilePath: more.yaml        # a file with `targets`
#include <inttypes.h>

#include "doc/field_path.h"
#include "doc/scalar.h"
#include "load/loader.h"
#include "load/path.h"
#include "resource/selector.h"
#include "schema/well_known_names.h"
#include "transform/field_spec_list.h"
#include "transform/set_fields.h"
#include "transformers/transformer.h"
#include "yaml/read.h"

struct value_target {
    struct position position;
    struct selector *selector;
    struct text field_path;
    struct integer file_path_position;
};

struct value_targets {
    struct value_target **items;
    size_t count, capacity;
};

struct value_add {
    struct position position;
    struct text value, target_file_path;
    struct value_targets targets;
};

static const struct decode_field target_fields[] = {
    {"selector", DECODE_STRUCT, offsetof(struct value_target, selector), &selector_type, selector_hint_string},
    {"fieldPath", DECODE_TEXT, offsetof(struct value_target, field_path), NULL},
    {"filePathPosition", DECODE_INTEGER, offsetof(struct value_target, file_path_position), NULL},
};
static const struct decode_type target_type = DECODE_TYPE("target", struct value_target, target_fields);

static const struct decode_field value_add_fields[] = {
    {"value", DECODE_TEXT, offsetof(struct value_add, value), NULL},
    {"targets", DECODE_LIST, offsetof(struct value_add, targets), &target_type},
    {"targetFilePath", DECODE_TEXT, offsetof(struct value_add, target_file_path), NULL},
};
static const struct decode_type value_add_type = DECODE_TYPE("ValueAddTransformer", struct value_add, value_add_fields);

// --- Configuring.

static bool add_file(struct transform_context *context, struct value_add *settings)
{
    struct read_context read = transform_read_context(context);
    const struct source *source = file_loader_read(context->files, settings->target_file_path);
    struct node *document;
    if (!source || !yaml_read_first(&read, source, &document))
        return false;
    if (!document)
        return true;
    const struct value_add *file = configuration_object_decode(context, &value_add_type, document);
    for (size_t i = 0; file && i < file->targets.count; i++)
        list_append(context->arena, &settings->targets, file->targets.items[i]);
    return file != NULL;
}

static bool check_target(struct transform_context *context, const struct value_target *target)
{
    if (!target->field_path.slice.length)
        return diagnose(context->diagnostics, target->position, "the target has no fieldPath");
    if (target->file_path_position.value < 0)
        return diagnose(context->diagnostics, target->position, "filePathPosition must not be negative, found %" PRId64,
                        target->file_path_position.value);
    return true;
}

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    struct value_add *settings = configuration_object_decode(context, &value_add_type, object);
    if (!settings)
        return NULL;
    settings->value.slice = slice_trim(settings->value.slice, " \t\r\n\v\f");
    if (!settings->value.slice.length)
        settings->value.slice = path_base(context->files->path);
    if (settings->target_file_path.slice.length && !add_file(context, settings))
        return NULL;
    if (!settings->targets.count) {
        diagnose(context->diagnostics, settings->position, "a ValueAddTransformer needs at least one target");
        return NULL;
    }
    for (size_t i = 0; i < settings->targets.count; i++)
        if (!check_target(context, settings->targets.items[i]))
            return NULL;
    return settings;
}

// --- Finding the field.

static bool is_last(const struct field_path_element *element)
{
    return element->step == FIELD_PATH_FIELD && slice_equals(element->key->text, "-");
}

// Creates the value of a missing element: the collection that the next element requires, or a scalar.
static struct node *create_value(struct transform_context *context, const struct field_path_element *next,
                                 struct position position)
{
    if (!next)
        return node_new_scalar(context->arena, (struct slice){0}, STYLE_PLAIN, TAG_IMPLICIT, position);
    if (next->step == FIELD_PATH_INDEX || next->step == FIELD_PATH_MATCH)
        return node_new_sequence(context->arena, position);
    return node_new_map(context->arena, position);
}

// Creates a missing field or list element `[key=value]`. Elements with an index are never created (NULL).
static struct node *create_missing(struct transform_context *context, const struct field_path_element *element,
                                   const struct field_path_element *next, struct node *from)
{
    if (element->step == FIELD_PATH_FIELD && !is_last(element)) {
        struct node *value = create_value(context, next, from->position);
        node_map_set_unquoted(context->arena, from, element->key, value);
        return value;
    }
    if (element->step != FIELD_PATH_MATCH)
        return NULL;
    struct node *item = node_new_scalar(context->arena, element->match_value, STYLE_PLAIN, TAG_IMPLICIT,
                                        from->position);
    if (!name_is_empty(element->match_key)) {
        struct node *value = item;
        item = node_new_map(context->arena, from->position);
        node_map_set_unquoted(context->arena, item, element->match_key, value);
    }
    if (from->kind == NODE_SEQUENCE)
        node_sequence_append(context->arena, from, item);  // if `from` is null, the item is lost
    return item;
}

// Finds or creates the field. `*place` is NULL if there is none, and nothing must be done. False: `*problem` says why.
static bool find_place(struct transform_context *context, const struct field_path *path, struct node *root,
                       struct node **place, struct slice *problem)
{
    struct node *at = root;
    *place = NULL;
    for (size_t i = 0; i < path->count; i++) {
        const struct field_path_element *element = &path->elements[i], *next = NULL;
        struct node *found;
        if (element->step == FIELD_PATH_BLANK)
            continue;
        for (size_t k = i + 1; !next && k < path->count; k++)
            next = path->elements[k].step != FIELD_PATH_BLANK ? &path->elements[k] : NULL;
        if (!field_path_step_into(context->arena, element, at, &found, problem))
            return false;
        if (!found && is_last(element)) {
            *problem = slice_literal("an empty list has no last item");
            return false;
        }
        if (!found && (!node_is_null(at) || element->step == FIELD_PATH_MATCH))
            found = create_missing(context, element, next, at);
        if (!found)
            return true;
        at = found;
    }
    *place = at;
    if (at->kind == NODE_SCALAR)
        return true;
    *problem = arena_format(context->arena, "expected a single value, found %s", node_kind_phrase(at));
    return false;
}

// --- The value.

struct path_parts {
    struct slice *items;
    size_t count, capacity;
};

static void split_path(struct arena *arena, struct slice path, struct path_parts *parts)
{
    // Two leading slashes count as one.
    struct slice part, rest = slice_starts_with(path, slice_literal("//")) ? slice_from_index(path, 1) : path;
    if (!path.length)
        return;
    if (slice_equals(rest, "/")) {
        list_append(arena, parts, slice_literal(""));
        if (path.length > 1)
            list_append(arena, parts, slice_literal(""));
        return;
    }
    for (bool more = true; more;) {
        more = slice_cut(rest, '/', &part, &rest);
        list_append(arena, parts, part);
    }
}

// With position 1, `pie` becomes `value/pie` and `/pie` becomes `/value/pie`. A position after the end appends.
static struct slice insert_part(struct arena *arena, struct slice path, int64_t position, struct slice value)
{
    struct path_parts parts = {0};
    split_path(arena, path, &parts);
    size_t at = (uint64_t)position - 1 < parts.count ? (size_t)position - 1 : parts.count;
    bool absolute = parts.count > 0 && !parts.items[0].length;
    if (absolute && at < parts.count)
        at++;
    struct buffer joined = {0};
    for (size_t i = 0; i <= parts.count; i++) {
        struct slice part = i == at ? value : parts.items[i < at ? i : i - 1];
        if (!part.length)
            continue;
        if (joined.length)
            buffer_add_byte(&joined, '/');
        buffer_add_slice(&joined, part);
    }
    struct slice text = path_clean(arena, buffer_slice(&joined));
    if (absolute)
        text = arena_join(arena, slice_literal("/"), text);
    else
        text = arena_copy(arena, text);
    buffer_free(&joined);
    return text;
}

// --- Applying.

// A value without a position is the name of the directory, the default.
static void take_position(struct node *node, struct text value)
{
    if (value.position.line)
        node_move(node, value.position);
}

static void set_namespace_field(struct transform_context *context, struct node *map, struct text value)
{
    struct node *field = node_map_get(map, NAME(namespace));
    if (node_is_scalar(field))
        scalar_set_typed(field, value.slice, TAG_STRING);
    else
        node_map_set(context->arena, map, NAME(namespace), node_new_string(context->arena, value.slice, map->position));
    take_position(node_map_get(map, NAME(namespace)), value);
}

// For metadata/namespace. This works like the namespace transformer without field specs, but doesn't remember former
// IDs.
static bool set_namespace(struct transform_context *context, struct resource *resource, struct text value)
{
    struct node *metadata = node_map_get(resource->root, NAME(metadata));
    const struct node *field = node_map_get(metadata, NAME(namespace));
    if (!resource->cluster_scoped) {
        if (field && !require_scalar(context, NULL, field, "metadata.namespace"))
            return false;
        resource_set_namespace(context->resources, resource, value.slice);
        take_position(node_get_path(resource->root, NAME(metadata), NAME(namespace), NULL), value);
    }
    if (resource->id.gvk.kind != NAME(RoleBinding) && resource->id.gvk.kind != NAME(ClusterRoleBinding))
        return true;
    const struct node *subjects = node_map_get(resource->root, NAME(subjects));
    if (!node_is_null(subjects) && !node_is_sequence(subjects))
        return diagnose(context->diagnostics, subjects->position, "expected a list for 'subjects', found %s",
                        node_kind_phrase(subjects));
    for (uint32_t i = 0; node_is_sequence(subjects) && i < subjects->count; i++) {
        const struct node *name = node_map_get(subjects->items[i], NAME(name));
        if (!node_is_null(subjects->items[i]) && !node_is_map(subjects->items[i]))
            return diagnose(context->diagnostics, subjects->items[i]->position,
                            "expected a map for a subject, found %s", node_kind_phrase(subjects->items[i]));
        if (node_is_scalar(name) && slice_equals(node_text(name), "default"))
            set_namespace_field(context, subjects->items[i], value);
    }
    return true;
}

static bool set_field(struct transform_context *context, const struct value_target *target,
                      const struct field_path *path, struct resource *resource, struct text value)
{
    struct slice problem = {0};
    struct node *place;
    // A missing field is ignored, unless a part should be inserted into its value.
    if (find_place(context, path, resource->root, &place, &problem) && !place && target->file_path_position.value > 0)
        problem = slice_literal("the field has no value to insert a part into");
    if (problem.length) {
        struct slice what = resource_text(context->arena, resource);
        return diagnose(context->diagnostics, target->field_path.position,
                        "cannot follow the field path '%.*s' in %.*s: %.*s", SLICE_ARGS(path->text), SLICE_ARGS(what),
                        SLICE_ARGS(problem));
    }
    if (!place)
        return true;
    if (target->file_path_position.value > 0)
        value.slice = insert_part(context->arena, node_text(place), target->file_path_position.value, value.slice);
    else
        take_position(place, value);
    scalar_set_untyped(place, value.slice);
    return resource_refresh_id(context->resources, resource) ||
           resource_blame(context->resources, resource, target->field_path.position);
}

static bool apply_target(struct transform_context *context, const struct value_target *target, struct text value,
                         struct resource_map *resources)
{
    struct slice problem = {0};
    struct field_path *path = field_path_parse(context->arena, context->names, target->field_path.slice, '/',
                                               FIELD_PATH_TRIM, &problem);
    if (!path)
        return diagnose(context->diagnostics, target->field_path.position, "'%.*s': %.*s",
                        SLICE_ARGS(target->field_path.slice), SLICE_ARGS(problem));
    struct resource_list selected = {resources->items, resources->count, 0};
    if (target->selector) {
        struct compiled_selector *selector = selector_compile(context->resources, target->selector);
        if (!selector)
            return false;
        selected = selector_select(selector, resources);
    }
    bool is_namespace = slice_equals(target->field_path.slice, "metadata/namespace");
    for (size_t i = 0; i < selected.count; i++) {
        struct resource *resource = selected.items[i];
        struct resource_id before = resource->id;
        bool done = is_namespace ? set_namespace(context, resource, value)
                                 : set_field(context, target, path, resource, value);
        if (!done)
            return false;
        if (memcmp(&before, &resource->id, sizeof before) != 0) {
            resource->id_set_at = target->field_path.position;
            resource_map_reindex(resources, resource);
        }
    }
    return true;
}

static bool apply(struct transform_context *context, const void *opaque, struct resource_map *resources)
{
    const struct value_add *settings = opaque;
    for (size_t i = 0; i < settings->targets.count; i++)
        if (!apply_target(context, settings->targets.items[i], settings->value, resources))
            return false;
    return true;
}

const struct transformer value_add_transformer = {
    .field = NULL,
    .unit = TRANSFORMER_WHOLE,
    .kind = "ValueAddTransformer",
    .configure_object = configure_object,
    .apply = apply,
};
