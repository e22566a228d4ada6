#include "pipeline/vars.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "doc/field_path.h"
#include "doc/path_misfit.h"
#include "doc/scalar.h"
#include "kustomization/kustomization.h"
#include "transform/matches.h"
#include "transform/misfit.h"
#include "transform/resource_typo.h"
#include "transform/set_fields.h"
#include "yaml/inline_text.h"

struct variable {
    struct var var;
    struct resource *resource;  // that the objref refers to; may be NULL
    // Set in variables_replace.
    struct slice text;   // the value within a longer string
    struct slice alone;  // the value if it replaces a whole field; has the type `tag`
    enum node_tag tag;
    bool is_collection;  // the value is a map or list, which can't be part of a string
    bool used;
};

// --- Registering.

static struct variable *find_variable(const struct variables *variables, struct slice name)
{
    uint32_t number;
    struct hash_cursor at = hash_index_find(&variables->by_name, slice_hash(name));
    while (hash_cursor_next(&at, &number))
        if (slice_equal(variables->items[number]->var.name.slice, name))
            return variables->items[number];
    return NULL;
}

static bool add_variable(struct resource_context *context, struct variables *variables, struct variable *variable)
{
    struct slice name = variable->var.name.slice;
    const struct variable *other = find_variable(variables, name);
    if (other) {
        struct slice where = position_text(context->diagnostics->sources, context->arena, other->var.position);
        diagnose(context->diagnostics, variable->var.position, "the var '%.*s' is already defined at %.*s",
                 SLICE_ARGS(name), SLICE_ARGS(where));
        diagnose_hint(context->diagnostics,
                      "rename one: a var of a base is also defined in every kustomization that uses the base");
        return false;
    }
    hash_index_add(context->arena, &variables->by_name, slice_hash(name), (uint32_t)variables->count);
    list_append(context->arena, variables, variable);
    return true;
}

static struct gvk gvk_of(struct resource_context *context, const struct var_object *object)
{
    struct slice group = object->group.slice, version = object->version.slice, first, rest;
    bool grouped = slice_cut(object->api_version.slice, '/', &first, &rest);
    if (!grouped && first.length)
        version = first;
    if (grouped && slice_find_byte(rest, '/') == SLICE_NOT_FOUND) {
        group = first;
        version = rest;
    }
    return (struct gvk){name_intern(context->names, group), name_intern(context->names, version),
                        name_intern(context->names, object->kind.slice)};
}

// An objref without a namespace fits an object in any namespace; with one, it never fits a cluster-scoped object.
static bool fits(const struct gvk *gvk, const struct var_object *object, const struct resource *resource)
{
    struct slice name = object->name.slice, namespace = object->namespace.slice;
    if (resource->id.gvk.group != gvk->group || resource->id.gvk.version != gvk->version)
        return false;
    if (namespace.length && resource->cluster_scoped)
        return false;
    if (resource->id.gvk.kind == gvk->kind && slice_equal(resource->id.name->text, name) &&
        (!namespace.length || slice_equal(resource_effective_namespace(resource)->text, namespace)))
        return true;
    for (size_t i = 0; i < resource->previous.count; i++) {
        const struct previous_id *previous = &resource->previous.items[i];
        if (previous->kind == gvk->kind && slice_equal(previous->name->text, name) &&
            (!namespace.length || slice_equal(previous->namespace->text, namespace)))
            return true;
    }
    return false;
}

static bool bind_variable(struct resource_context *context, struct variable *variable, struct resource_map *resources)
{
    if (!variable->var.object)
        return true;
    struct gvk gvk = gvk_of(context, variable->var.object);
    const struct name *name = name_intern(context->names, variable->var.object->name.slice);
    struct resource_list named = resource_map_named(resources, name);
    for (size_t i = 0; i < named.count; i++) {
        struct resource *resource = named.items[i];
        if (resource->removed || !fits(&gvk, variable->var.object, resource))
            continue;
        if (variable->resource) {
            struct slice one = resource_text(context->arena, variable->resource);
            struct slice other = resource_text(context->arena, resource);
            diagnose(context->diagnostics, variable->var.object->position,
                     "the var '%.*s' is ambiguous: it could refer to %.*s or %.*s",
                     SLICE_ARGS(variable->var.name.slice), SLICE_ARGS(one), SLICE_ARGS(other));
            diagnose_hint(context->diagnostics, "add `namespace` to objref to choose one");
            return false;
        }
        variable->resource = resource;
    }
    return true;
}

bool variables_register(struct resource_context *context, struct variables *variables, const struct node *field,
                        struct resource_map *resources)
{
    for (uint32_t i = 0; node_is_sequence(field) && i < field->count; i++) {
        const struct var *var = decode_strict(context->arena, context->diagnostics, &var_type, field->items[i]);
        if (!var)
            return false;
        struct variable *variable = arena_new(context->arena, struct variable);
        variable->var = *var;
        if (!bind_variable(context, variable, resources) || !add_variable(context, variables, variable))
            return false;
    }
    return true;
}

bool variables_absorb(struct resource_context *context, struct variables *into, const struct variables *from)
{
    if (!into->count) {
        *into = *from;
        return true;
    }
    for (size_t i = 0; i < from->count; i++)
        if (!add_variable(context, into, from->items[i]))
            return false;
    return true;
}

// --- Values.

// Writes a number without an exponent: 1.5e-07 becomes 0.00000015.
static void write_positional(struct buffer *out, double number)
{
    enum { NEVER = 400 };  // no number has more digits before its point
    size_t start = out->length;
    scalar_write_float(out, number, NEVER);
    struct slice text = {out->data + start, out->length - start}, mantissa, exponent;
    if (!slice_cut(text, 'e', &mantissa, &exponent))
        return;
    // Only numbers near zero still have an exponent.
    char digits[32], power[8];
    size_t count = 0;
    for (size_t i = 0; i < mantissa.length; i++)
        if (mantissa.data[i] >= '0' && mantissa.data[i] <= '9')
            digits[count++] = mantissa.data[i];
    snprintf(power, sizeof power, "%.*s", SLICE_ARGS(exponent));
    out->length = start;
    buffer_add_text(out, number < 0 ? "-0." : "0.");
    for (long zeros = -strtol(power, NULL, 10) - 1; zeros > 0; zeros--)
        buffer_add_byte(out, '0');
    buffer_add(out, digits, count);
}

static bool take_integer(struct resource_context *context, struct variable *variable, struct slice text)
{
    bool has_sign = text.length > 0 && (text.data[0] == '-' || text.data[0] == '+');
    struct slice digits = slice_from_index(text, has_sign);
    if (!digits.length || digits.length > 19 || slice_trim(digits, "0123456789").length)
        return false;
    char copy[24];
    snprintf(copy, sizeof copy, "%.*s", SLICE_ARGS(text));
    errno = 0;
    long long value = strtoll(copy, NULL, 10);
    variable->text = variable->alone = arena_format(context->arena, "%lld", value);
    return errno == 0;
}

static bool take_float(struct resource_context *context, struct variable *variable, struct slice text)
{
    struct scalar_value value = scalar_resolve(text);
    double number = value.type == SCALAR_FLOAT  ? value.number
                    : value.type == SCALAR_INT  ? (double)value.integer
                    : value.type == SCALAR_UINT ? (double)value.unsigned_integer
                                                : NAN;
    if (!isfinite(number) || slice_find_byte(text, '_') != SLICE_NOT_FOUND)
        return false;
    enum { EXPONENT_LIMIT = 21, TEXT_EXPONENT_LIMIT = 6 };
    struct buffer out = {0};
    scalar_write_float(&out, number, TEXT_EXPONENT_LIMIT);
    variable->text = arena_copy(context->arena, buffer_slice(&out));
    out.length = 0;
    write_positional(&out, number);
    variable->alone = arena_copy(context->arena, buffer_slice(&out));
    buffer_free(&out);
    return true;
}

// False: the value is a number in a form that kustomize doesn't accept here.
static bool take_value(struct resource_context *context, struct variable *variable, const struct node *value)
{
    variable->is_collection = value->kind != NODE_SCALAR;
    if (variable->is_collection)
        return true;
    struct slice text = node_text(value);
    variable->tag = node_resolved_tag(value);
    if (variable->tag == TAG_INT)
        return take_integer(context, variable, text);
    if (variable->tag == TAG_FLOAT)
        return take_float(context, variable, text);
    if (variable->tag == TAG_BOOL)
        text = slice_from(text.length && (text.data[0] == 't' || text.data[0] == 'T') ? "true" : "false");
    else
        variable->tag = TAG_STRING;  // dates, and null too
    variable->text = variable->alone = text;
    return true;
}

// The object of a variable, or, if a generator has replaced it since, the one with its ID.
static struct resource *present_object(const struct variable *variable, struct resource_map *resources)
{
    if (!variable->resource || !variable->resource->removed)
        return variable->resource;
    struct resource_list same = resource_map_with_id(resources, &variable->resource->id, false);
    for (size_t i = 0; i < same.count; i++)
        if (!same.items[i]->removed)
            return same.items[i];
    return NULL;
}

static void diagnose_missing_object(struct resource_context *context, const struct variable *variable,
                                    struct resource_map *resources, struct loader *loader)
{
    const struct var *var = &variable->var;
    struct misfit misfit = {.position = var->position};
    if (var->object) {
        const struct sought sought = {
            .api_version = var->object->api_version,
            .group = var->object->group,
            .version = var->object->version,
            .kind = var->object->kind,
            .name = var->object->name,
            .namespace = var->object->namespace,
            .is_exact = true,
            .position = var->object->position,
        };
        misfit = misfit_find(context, resources, &sought, loader);
    }
    diagnose(context->diagnostics, misfit.position, "no resource matches the objref of the var '%.*s'",
             SLICE_ARGS(var->name.slice));
    if (misfit.hint.length)
        diagnose_hint(context->diagnostics, "%.*s", SLICE_ARGS(misfit.hint));
    else
        diagnose_hint(context->diagnostics, "use the apiVersion, kind, and name that the resource has in its file");
}

// Where the path leads to nothing, and what to write instead; empty: it isn't known.
static struct slice explain_path(struct resource_context *context, struct text text, const struct field_path *path,
                                 const struct node *root, struct position *position)
{
    struct path_parts parts = path_parts_of_field(context->arena, path);
    parts.names = context->names;
    parts.is_single = true;
    resource_judge_path(context, root, &parts);
    struct path_misfit misfit = path_misfit_find(context->arena, &parts, root);
    *position = inline_text_position(context->diagnostics->sources, context->arena, text.slice, text.position,
                                     misfit.start);
    return resource_path_hint(context, root, &parts, &misfit);
}

static bool resolve(struct resource_context *context, struct variable *variable, struct resource_map *resources,
                    struct loader *loader)
{
    const struct resource *resource = present_object(variable, resources);
    if (!resource) {
        diagnose_missing_object(context, variable, resources, loader);
        return false;
    }
    struct text text = {slice_literal("metadata.name"), variable->var.position};
    if (variable->var.field && variable->var.field->path.slice.length)
        text = variable->var.field->path;
    struct slice problem = {0}, what = resource_text(context->arena, resource);
    struct field_path *path = field_path_parse(context->arena, context->names, text.slice, '.',
                                               FIELD_PATH_TRIM | FIELD_PATH_BRACKETS, &problem);
    struct node *value = NULL;
    if (path && field_path_get(context->arena, path, resource->root, &value, &problem) && value)
        return take_value(context, variable, value) ||
               diagnose(context->diagnostics, text.position,
                        "var '%.*s': the number %.*s at '%.*s' in %.*s cannot be the value of a var",
                        SLICE_ARGS(variable->var.name.slice), SLICE_ARGS(node_text(value)), SLICE_ARGS(text.slice),
                        SLICE_ARGS(what));
    struct position position = text.position;
    struct slice hint = {0};
    if (path && !value)
        hint = explain_path(context, text, path, resource->root, &position);
    diagnose(context->diagnostics, position, "var '%.*s': %.*s has no field '%.*s'%s%.*s",
             SLICE_ARGS(variable->var.name.slice), SLICE_ARGS(what), SLICE_ARGS(text.slice), problem.length ? ": " : "",
             SLICE_ARGS(problem));
    if (hint.length)
        diagnose_hint(context->diagnostics, "%.*s", SLICE_ARGS(hint));
    return false;
}

// --- Replacing.

struct replacing {
    struct resource_context *context;
    const struct variables *variables;
};

// Returns the variable of a reference and marks it as used. NULL: `$(NAME)` stays as it is.
static const struct variable *use_variable(const struct replacing *replacing, struct slice name)
{
    struct variable *variable = find_variable(replacing->variables, name);
    if (!variable || variable->is_collection)
        return NULL;
    variable->used = true;
    return variable;
}

// Reads the reference at a `$`, which has `*length` bytes. `*variable` replaces it, or, if that is NULL, `*text`.
// False: diagnosed.
static bool read_reference(const struct replacing *replacing, const struct node *node, struct slice rest,
                           size_t *length, struct slice *text, const struct variable **variable)
{
    *variable = NULL;
    *length = rest.length > 1 ? 2 : 1;
    *text = slice_part(rest, 0, *length);
    if (rest.length < 2)
        return true;
    if (rest.data[1] == '$')
        *text = slice_literal("$");
    if ((unsigned char)rest.data[1] >= 0x80) {
        diagnose(replacing->context->diagnostics, node->position,
                 "a '$' before a non-ASCII character is not allowed where vars are replaced");
        diagnose_hint(replacing->context->diagnostics, "write `$$` for a dollar sign");
        return false;
    }
    if (rest.data[1] != '(')
        return true;
    size_t close = slice_find_byte(rest, ')');
    if (close == SLICE_NOT_FOUND)
        return true;
    *length = close + 1;
    *text = slice_part(rest, 0, *length);
    *variable = use_variable(replacing, slice_part(rest, 2, close));
    return true;
}

static void set_text(struct node *node, struct slice text, enum node_tag tag)
{
    bool lines = slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
    node_set_text(node, text);
    node->tag = (uint8_t)tag;
    node->style = lines ? STYLE_LITERAL : STYLE_PLAIN;
    node->flags = 0;
}

static bool replace_in_text(const struct replacing *replacing, struct node *node)
{
    struct slice rest = node_text(node);
    if (slice_find_byte(rest, '$') == SLICE_NOT_FOUND) {
        set_text(node, rest, TAG_STRING);
        return true;
    }
    struct buffer out = {0};
    bool good = true;
    for (size_t at; good && (at = slice_find_byte(rest, '$')) != SLICE_NOT_FOUND;) {
        size_t length;
        struct slice text;
        const struct variable *variable;
        buffer_add(&out, rest.data, at);
        rest = slice_from_index(rest, at);
        good = read_reference(replacing, node, rest, &length, &text, &variable);
        if (good && variable && length == node->count) {
            set_text(node, variable->alone, variable->tag);
            buffer_free(&out);
            return true;
        }
        buffer_add_slice(&out, variable ? variable->text : text);
        rest = slice_from_index(rest, length);
    }
    buffer_add_slice(&out, rest);
    if (good)
        set_text(node, arena_copy(replacing->context->arena, buffer_slice(&out)), TAG_STRING);
    buffer_free(&out);
    return good;
}

static bool is_string(const struct node *node)
{
    return node->kind == NODE_SCALAR && (node->flags & NODE_UNTYPED || node_resolved_tag(node) == TAG_STRING);
}

static bool replace_in_map(const struct replacing *replacing, struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        enum node_tag tag = (enum node_tag)entry->key_tag;
        if (tag == TAG_IMPLICIT)
            tag = scalar_resolve_tag(entry->key->text);
        if (tag != TAG_STRING)
            return diagnose(replacing->context->diagnostics, entry->value->position,
                            "the key '%.*s' must be a string where vars are replaced", SLICE_ARGS(entry->key->text));
        if (is_string(entry->value) && !replace_in_text(replacing, entry->value))
            return false;
    }
    return true;
}

static bool replace_in_place(void *state, struct node **leaf)
{
    const struct replacing *replacing = state;
    struct node *node = *leaf;
    if (node->kind == NODE_MAP)
        return replace_in_map(replacing, node);
    if (node->kind == NODE_SCALAR)
        return !is_string(node) || replace_in_text(replacing, node);
    for (uint32_t i = 0; i < node->count; i++) {
        if (!is_string(node->items[i]))
            return diagnose(replacing->context->diagnostics, node->items[i]->position,
                            "expected a string in a list where vars are replaced, found %s",
                            node_kind_phrase(node->items[i]));
        if (!replace_in_text(replacing, node->items[i]))
            return false;
    }
    return true;
}

// --- Unused variables.

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void report_unused(struct resource_context *context, const struct variables *variables)
{
    struct slice *names = arena_array(context->arena, struct slice, variables->count);
    size_t count = 0;
    for (size_t i = 0; i < variables->count; i++)
        if (!variables->items[i]->used)
            names[count++] = variables->items[i]->var.name.slice;
    if (!count)
        return;
    qsort(names, count, sizeof *names, compare_names);
    struct buffer all = {0};
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_add_byte(&all, ',');
        buffer_add_slice(&all, names[i]);
    }
    diagnose_notice(context->diagnostics, "well-defined vars that were never replaced: %.*s",
                    SLICE_ARGS(buffer_slice(&all)));
    buffer_free(&all);
}

static void report_variables(const struct transform_context *context, const struct variables *variables)
{
    for (size_t i = 0; i < variables->count; i++) {
        const struct var *var = &variables->items[i]->var;
        const struct text *name = &var->name;
        notify_match(context, (struct match){.kind = MATCH_VAR,
                                             .position = name->slice.length ? name->position : var->position,
                                             .name = *name,
                                             .count = variables->items[i]->used});
    }
}

bool variables_replace(struct resource_context *context, const struct variables *variables,
                       struct resource_map *resources, const struct field_specs *references,
                       const struct match_observer *matches, struct loader *loader)
{
    if (!variables->count)
        return true;
    for (size_t i = 0; i < variables->count; i++) {
        struct variable *variable = variables->items[i];
        if (!resolve(context, variable, resources, loader))
            return false;
        if (variable->is_collection)
            diagnose_warning(context->diagnostics, variable->var.position,
                             "the value of the var '%.*s' is a map or a list, which cannot be part of a string",
                             SLICE_ARGS(variable->var.name.slice));
    }
    struct transform_context transform = {.resources = context,
                                          .arena = context->arena,
                                          .names = context->names,
                                          .diagnostics = context->diagnostics,
                                          .matches = matches};
    struct replacing replacing = {context, variables};
    struct set_fields fields = set_fields_start(&transform, resources, references, FIELD_LEAF_ANY, replace_in_place,
                                                &replacing);
    fields.walk.create = false;
    for (size_t i = 0; i < resources->count; i++)
        if (!set_fields_in(&fields, resources->items[i]))
            return false;
    if (matches)
        report_variables(&transform, variables);
    else
        report_unused(context, variables);
    return true;
}
