#include "pipeline/origin.h"

#include "doc/scalar.h"
#include "load/path.h"
#include "resource/written.h"
#include "schema/well_known_names.h"

const struct origin *origin_of_file(struct file_loader *directory, struct slice path)
{
    struct arena *arena = directory->loader->arena;
    struct origin *origin = arena_new(arena, struct origin);
    struct git_url url;
    if (url_is_http(path))
        path = url_shown(arena, url_without_login(arena, path));
    if (git_url_parse(arena, path, &url)) {
        // As in kustomize, a file at an https URL with enough path elements counts as part of a repository.
        origin->path = url.directory.length ? path_clean(arena, url.directory) : slice_literal("notCloned");
        origin->repository = url.repository;
        origin->reference = url.reference;
    } else {
        origin->path = path_join(arena, directory->from_root, path);
        origin->repository = directory->origin_repository;
        origin->reference = directory->origin_reference;
    }
    return origin;
}

const struct origin *origin_of_configuration(struct file_loader *directory, struct slice file, const char *kind)
{
    struct origin *origin = arena_new(directory->loader->arena, struct origin);
    origin->configured_in = path_join(directory->loader->arena, directory->from_root, file);
    origin->repository = directory->origin_repository;
    origin->reference = directory->origin_reference;
    origin->configured_by_api_version = slice_literal("builtin");
    origin->configured_by_kind = slice_from(kind);
    return origin;
}

static void add_line(struct buffer *out, const char *start, const char *field, struct slice value)
{
    bool quoted = scalar_needs_quotes(value);
    buffer_add_format(out, "%s%s: %s%.*s%s\n", start, field, quoted ? "\"" : "", SLICE_ARGS(value), quoted ? "\"" : "");
}

// Adds one origin. If it is a list item, it starts with "- " and the other lines are indented.
static void add_origin(struct buffer *out, const struct origin *origin, bool item)
{
    const struct {
        const char *field;
        struct slice value;
    } lines[] = {
        {"path", origin->path},
        {"repo", origin->repository},
        {"ref", origin->reference},
        {"configuredIn", origin->configured_in},
    };
    const char *start = item ? "- " : "";
    for (size_t i = 0; i < countof(lines); i++) {
        if (!lines[i].value.length)
            continue;
        add_line(out, start, lines[i].field, lines[i].value);
        start = item ? "  " : "";
    }
    if (!origin->configured_by_kind.length)
        return;
    buffer_add_format(out, "%sconfiguredBy:\n", start);
    const struct {
        const char *field;
        struct slice value;
    } members[] = {
        {"apiVersion", origin->configured_by_api_version},
        {"kind", origin->configured_by_kind},
        {"name", origin->configured_by_name},
        {"namespace", origin->configured_by_namespace},
    };
    for (size_t i = 0; i < countof(members); i++)
        if (members[i].value.length)
            add_line(out, item ? "    " : "  ", members[i].field, members[i].value);
}

static void set_annotation(struct resource_context *context, struct resource *resource, const char *key,
                           struct slice text)
{
    struct node *metadata = node_map_get(resource->root, NAME(metadata));
    if (!text.length || !metadata)
        return;
    struct node *annotations = node_map_ensure(context->arena, metadata, NAME(annotations));
    node_map_set(context->arena, annotations, name_intern(context->names, slice_from(key)),
                 node_new_string(context->arena, text, metadata->position));
}

struct slice origin_text(struct arena *arena, const struct resource *resource)
{
    struct buffer text = {0};
    if (resource->origin)
        add_origin(&text, resource->origin, false);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

struct slice origin_transformations_text(struct arena *arena, const struct resource *resource)
{
    struct buffer text = {0};
    for (size_t i = 0; i < resource->transformations.count; i++)
        add_origin(&text, resource->transformations.items[i], true);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

static const char origin_key[] = "config.kubernetes.io/origin";
static const char transformations_key[] = "alpha.config.kubernetes.io/transformations";

bool origin_add(struct resource_context *context, struct resource *resource, const struct origin *origin)
{
    resource->origin = origin;
    if (!origin)
        return true;
    const struct node *annotations = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    if (annotations && !node_is_map(annotations) && !node_is_null(annotations))
        return diagnose(context->diagnostics, annotations->position,
                        "expected a map for 'metadata.annotations', found %s", node_kind_phrase(annotations));
    set_annotation(context, resource, origin_key, origin_text(context->arena, resource));
    // kustomize adds this annotation in the plain style even if it has several lines, which affects the hash of a Job.
    struct node *added = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    if (node_is_map(added) && added->count)
        added->entries[added->count - 1].value->style = STYLE_PLAIN;
    return true;
}

bool origin_set(struct resource_context *context, struct resource *resource, const struct origin *origin)
{
    if (!origin)
        return origin_add(context, resource, origin);
    if (!resource_rewrite_annotations(context, resource) || !origin_add(context, resource, origin))
        return false;
    written_annotate(context, resource, origin_key, origin_text(context->arena, resource));
    return true;
}

static bool has_lost_origin(const struct resource *resource, const struct name *key)
{
    const struct node *metadata = node_map_get(resource->root, NAME(metadata));
    return !resource->origin || (metadata && !node_map_find(node_map_get(metadata, NAME(annotations)), key));
}

bool origin_remember_step(struct resource_context *context, struct resource_map *resources, const struct origin *step)
{
    const struct name *key = name_intern(context->names, slice_from(origin_key));
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        if (resource->removed)
            continue;
        if (has_lost_origin(resource, key)) {
            resource->transformations = (struct origin_list){0};
            if (!origin_set(context, resource, step))
                return false;
        } else {
            list_append(context->arena, &resource->transformations, step);
            if (!resource_rewrite_annotations(context, resource))
                return false;
            written_annotate(context, resource, transformations_key,
                             origin_transformations_text(context->arena, resource));
        }
    }
    return true;
}

void origin_annotate(struct resource_context *context, struct resource_map *resources, bool origins,
                     bool transformations)
{
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        if (origins)
            set_annotation(context, resource, origin_key, origin_text(context->arena, resource));
        if (transformations)
            set_annotation(context, resource, transformations_key,
                           origin_transformations_text(context->arena, resource));
    }
}
