// transformers/replacement_source.c
//
// Finds the value of a replacement: a literal, or a field of the one object that the source names. Names are compared
// as plain strings with the current and all former IDs of an object.
#include "transformers/replacement.h"

#include <inttypes.h>

#include "base/word_list.h"
#include "doc/scalar.h"
#include "schema/well_known_names.h"
#include "transform/doubt.h"
#include "transform/misfit.h"

static const struct slice default_path = {"metadata.name", 13};

struct field_path *replacement_parse_path(struct transform_context *context, struct text text, unsigned flags)
{
    struct slice problem = {0};
    struct field_path *path = field_path_parse(context->arena, context->names, text.slice, '.', flags, &problem);
    if (!path)
        diagnose(context->diagnostics, text.position, "'%.*s': %.*s", SLICE_ARGS(text.slice), SLICE_ARGS(problem));
    return path;
}

// --- Finding the object.

static bool fits(struct text wanted, const struct name *name)
{
    return !wanted.slice.length || slice_equal(wanted.slice, name->text);
}

static struct slice effective(struct slice namespace)
{
    return namespace.length ? namespace : slice_literal("default");
}

// Former namespaces are stored in their effective form, which is empty for a cluster-scoped object.
static bool fits_namespace(struct text wanted, struct slice namespace)
{
    return !wanted.slice.length || slice_equal(effective(wanted.slice), namespace);
}

static bool is_source(const struct replacement_source *source, const struct resource *resource)
{
    if (!fits(source->group, resource->id.gvk.group) || !fits(source->version, resource->id.gvk.version))
        return false;
    if (fits(source->kind, resource->id.gvk.kind) && fits(source->name, resource->id.name) &&
        fits_namespace(source->namespace, effective(resource->id.namespace->text)))
        return true;
    for (size_t i = 0; i < resource->previous.count; i++) {
        const struct previous_id *previous = &resource->previous.items[i];
        if (fits(source->kind, previous->kind) && fits(source->name, previous->name) &&
            fits_namespace(source->namespace, previous->namespace->text))
            return true;
    }
    return false;
}

// As in "kind ConfigMap, name settings".
static struct slice describe(struct arena *arena, const struct replacement_source *source)
{
    const struct {
        const char *word;
        struct slice text;
    } parts[] = {
        {"group", source->group.slice}, {"version", source->version.slice},     {"kind", source->kind.slice},
        {"name", source->name.slice},   {"namespace", source->namespace.slice},
    };
    struct slice all = {0};
    for (size_t i = 0; i < countof(parts); i++)
        if (parts[i].text.length)
            all = arena_format(arena, "%.*s%s%s %.*s", SLICE_ARGS(all), all.length ? ", " : "", parts[i].word,
                               SLICE_ARGS(parts[i].text));
    return all.length ? all : slice_literal("the build has no resources");
}

static void diagnose_missing_source(struct replacement_run *run, const struct replacement_source *source)
{
    struct transform_context *context = run->context;
    const struct sought sought = {
        .group = source->group,
        .version = source->version,
        .kind = source->kind,
        .name = source->name,
        .namespace = source->namespace,
        .position = source->position,
    };
    struct misfit misfit = misfit_find(context->resources, run->resources, &sought, context->files->loader);
    struct slice what = describe(context->arena, source);
    diagnose(context->diagnostics, misfit.position, "no resource matches the source of the replacement: %.*s",
             SLICE_ARGS(what));
    diagnose_about_missing(context->diagnostics, run->resources, source->kind.slice, source->name.slice);
    if (misfit.hint.length)
        diagnose_hint(context->diagnostics, "%.*s", SLICE_ARGS(misfit.hint));
}

// Adds to `fields` if the source can select one of the resources by this field, which it doesn't have yet.
static void offer(const char *fields[], size_t *count, const char *field, struct text set, const struct name *one,
                  const struct name *other)
{
    if (!set.slice.length && one != other)
        fields[(*count)++] = field;
}

// For a source that selects both resources.
static void hint_several(struct transform_context *context, const struct replacement_source *source,
                         const struct resource *one, const struct resource *other)
{
    bool is_named = source->name.slice.length && one->id.name != other->id.name;
    struct slice path = source->field_path.slice;
    const char *fields[5];
    size_t count = 0;
    offer(fields, &count, "kind", source->kind, one->id.gvk.kind, other->id.gvk.kind);
    offer(fields, &count, "name", source->name, one->id.name, other->id.name);
    offer(fields, &count, "namespace", source->namespace, one->id.namespace, other->id.namespace);
    // These seldom differ alone.
    if (!count && !is_named) {
        offer(fields, &count, "group", source->group, one->id.gvk.group, other->id.gvk.group);
        offer(fields, &count, "version", source->version, one->id.gvk.version, other->id.gvk.version);
    }
    struct slice quoted[countof(fields)];
    for (size_t i = 0; i < count; i++)
        quoted[i] = arena_format(context->arena, "`%s`", fields[i]);
    struct slice list = word_list(context->arena, quoted, count, countof(fields), "or");
    if (is_named)
        diagnose_hint(context->diagnostics, "change `name` to a name that only one of them has%s%.*s",
                      count ? ", or add " : "", SLICE_ARGS(list));
    else if (!count)
        diagnose_hint(context->diagnostics, "change `namespace` to a namespace that only one of them has");
    else if (count == 1 && slice_equals(quoted[0], "`name`") && path.length)
        diagnose_hint(context->diagnostics, "add the `name` of the resource to read '%.*s' from", SLICE_ARGS(path));
    else
        diagnose_hint(context->diagnostics, "add %.*s to select only one of them", SLICE_ARGS(list));
}

static const struct resource *find_source(struct replacement_run *run, const struct replacement_source *source)
{
    struct transform_context *context = run->context;
    struct resource_list candidates = {run->resources->items, run->resources->count, 0};
    if (source->name.slice.length)
        candidates = resource_map_named(run->resources, name_intern(context->names, source->name.slice));
    const struct resource *found = NULL;
    for (size_t i = 0; i < candidates.count; i++) {
        if (candidates.items[i]->removed || !is_source(source, candidates.items[i]))
            continue;
        if (found) {
            struct slice one = resource_text(context->arena, found);
            struct slice other = resource_text(context->arena, candidates.items[i]);
            diagnose(context->diagnostics, source->position,
                     "the source of the replacement matches several resources: %.*s, %.*s", SLICE_ARGS(one),
                     SLICE_ARGS(other));
            diagnose_about(context->diagnostics, "replacement-source-multiple");
            hint_several(context, source, found, candidates.items[i]);
            return NULL;
        }
        found = candidates.items[i];
    }
    if (!found)
        diagnose_missing_source(run, source);
    return found;
}

// --- Finding the value.

static size_t count_parts(struct slice text, struct slice delimiter)
{
    size_t count = 1;
    for (size_t end; (end = slice_find(text, delimiter)) != SLICE_NOT_FOUND; count++)
        text = slice_from_index(text, end + delimiter.length);
    return count;
}

static struct node *refine(struct replacement_run *run, const struct replacement_source *source,
                           const struct resource *resource, struct node *value)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    const struct replacement_options *options = source->options;
    if (!options || !options->delimiter.slice.length)
        return value;
    if (value->kind != NODE_SCALAR) {
        diagnose(diagnostics, options->delimiter.position,
                 "options.delimiter can only split a string, but the value is %s", node_kind_phrase(value));
        return NULL;
    }
    struct slice part, text = node_is_null(value) ? (struct slice){0} : node_text(value);
    if (!slice_split_at(text, options->delimiter.slice, options->index.value, &part)) {
        bool secret = resource->id.gvk.kind == NAME(Secret);
        diagnose(diagnostics, options->index.position.line ? options->index.position : options->position,
                 "options.index %" PRId64 " is out of range for the value '%.*s'", options->index.value,
                 SLICE_ARGS(secret ? slice_literal("***") : text));
        size_t parts = count_parts(text, options->delimiter.slice);
        if (!secret && parts == 1)
            diagnose_hint(diagnostics, "use index 0: the value does not contain '%.*s'",
                          SLICE_ARGS(options->delimiter.slice));
        else if (!secret)
            diagnose_hint(diagnostics, "use an index from 0 to %zu: '%.*s' splits the value into %zu parts", parts - 1,
                          SLICE_ARGS(options->delimiter.slice), parts);
        return NULL;
    }
    struct node *cut = node_copy(run->context->arena, value);
    cut->tag = (uint8_t)node_resolved_tag(value);
    node_set_text(cut, part);
    return cut;
}

static bool is_missing(const struct node *value)
{
    return node_is_null(value) || (value->kind != NODE_SCALAR && value->count == 0);
}

static void diagnose_path(struct transform_context *context, const struct resource *resource, struct text field,
                          const struct field_path *path, bool is_empty, struct slice problem)
{
    struct slice what = resource_text(context->arena, resource);
    struct path_misfit misfit = replacement_find_misfit(context, path, false, resource->root);
    struct slice hint = replacement_misfit_hint(context, path, &misfit, resource->root);
    struct position position = replacement_misfit_position(context, field, &misfit);
    if (problem.length)
        diagnose(context->diagnostics, position, "cannot follow the field path '%.*s' in %.*s: %.*s",
                 SLICE_ARGS(field.slice), SLICE_ARGS(what), SLICE_ARGS(problem));
    else if (is_empty)
        diagnose(context->diagnostics, position, "'%.*s' of %.*s is empty", SLICE_ARGS(field.slice), SLICE_ARGS(what));
    else
        diagnose(context->diagnostics, position, "%.*s has no field '%.*s'", SLICE_ARGS(what), SLICE_ARGS(field.slice));
    diagnose_about_resource(context->diagnostics, resource);
    if (hint.length)
        diagnose_hint(context->diagnostics, "%.*s", SLICE_ARGS(hint));
}

struct node *replacement_find_value(struct replacement_run *run, const struct replacement *replacement)
{
    struct transform_context *context = run->context;
    const struct replacement_source *source = replacement->source;
    run->source = NULL;
    if (!source)
        return node_new_scalar(context->arena, replacement->source_value.slice, STYLE_PLAIN, TAG_IMPLICIT,
                               replacement->source_value.position);
    const struct resource *resource = run->source = find_source(run, source);
    if (!resource)
        return NULL;
    struct text field = source->field_path;
    if (!field.slice.length)
        field = (struct text){default_path, source->position};
    struct field_path *path = replacement_parse_path(context, field, FIELD_PATH_TRIM);
    if (!path)
        return NULL;
    run->source_path = path;
    run->source_place = field.position;
    struct node *value;
    struct slice problem = {0};
    bool followed = field_path_get(context->arena, path, resource->root, &value, &problem);
    if (followed && !is_missing(value))
        return refine(run, source, resource, value);
    if (!resource->doubt)
        diagnose_path(context, resource, field, path, followed && value, problem);
    return NULL;
}
