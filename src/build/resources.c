// build/resources.c
//
// The entries of `resources` and `components`: files, and directories that are built first.
#include "build/level.h"

#include "build/origin.h"

// Against endless chains that no cycle check sees.
enum { DIRECTORY_DEPTH_MAX = 200 };

// --- Resources.

bool level_add_objects(struct level *level, const struct source *source, struct slice path, struct resource_map *into)
{
    struct read_context read = level_read_context(level->build);
    struct node_list documents = {0};
    struct resource_list resources = {0};
    if (!yaml_read_resources(&read, source, &documents) ||
        !resources_from_documents(&level->build->resource_context, &documents, &resources))
        return false;
    const struct origin *origin = level->shared->track_origins ? origin_of_file(level->files, path) : NULL;
    for (size_t i = 0; i < resources.count; i++) {
        resources.items[i]->origin = origin;
        if (!resource_map_append(into, resources.items[i]))
            return false;
    }
    return true;
}

static bool load_resource_file(struct level *level, struct text path, struct resource_map *into)
{
    const struct source *source = file_loader_read(level->files, path);
    return source && level_add_objects(level, source, path.slice, into);
}

static bool check_depth(struct level *level, struct text path)
{
    size_t depth = 0;
    for (const struct file_loader *at = level->files; at; at = at->parent)
        depth++;
    return depth < DIRECTORY_DEPTH_MAX || diagnose(&level->build->diagnostics, path.position,
                                                   "more than %d directories refer to each other in a row",
                                                   DIRECTORY_DEPTH_MAX);
}

static bool load_base(struct level *level, struct text path, struct accumulation *into)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    struct file_loader *files = check_depth(level, path) ? file_loader_open(level->files, path) : NULL;
    if (!files)
        return false;
    struct kustomization *base = accumulate_read(level->shared, files, path.position);
    if (!base)
        return false;
    if (base->component) {
        diagnose(diagnostics, path.position, "'%.*s' is a Component, which cannot be a resource", SLICE_ARGS(path.slice));
        diagnose_hint(diagnostics, "name it under `components`");
        return false;
    }
    struct accumulation below;
    accumulation_init(&below, level->build);
    return accumulate_directory(level->shared, files, base, &below) && accumulation_absorb(into, &below);
}

static bool looks_remote(struct slice path)
{
    return slice_find(path, slice_literal("://")) != SLICE_NOT_FOUND || slice_starts_with(path, slice_literal("git@")) ||
           slice_starts_with(path, slice_literal("github.com"));
}

bool level_load_resource(struct level *level, struct text path, struct accumulation *into)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    enum file_kind kind = path.slice.length ? file_loader_kind(level->files, path.slice) : FILE_MISSING;
    if (kind == FILE_MISSING && looks_remote(path.slice))
        return diagnose(diagnostics, path.position, "'%.*s': remote resources are not supported yet", SLICE_ARGS(path.slice));
    if (kind != FILE_DIRECTORY)
        return load_resource_file(level, path, &into->resources);
    diagnostics_push(diagnostics, "resource %.*s", SLICE_ARGS(path.slice));
    bool done = load_base(level, path, into);
    diagnostics_pop(diagnostics);
    return done;
}

// --- Components.

static bool load_component_directory(struct level *level, struct text path)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    if (looks_remote(path.slice) && file_loader_kind(level->files, path.slice) == FILE_MISSING)
        return diagnose(diagnostics, path.position, "'%.*s': remote components are not supported yet", SLICE_ARGS(path.slice));
    if (!path.slice.length)
        return diagnose(diagnostics, path.position, "the path of the component is empty");
    struct file_loader *files = check_depth(level, path) ? file_loader_open(level->files, path) : NULL;
    if (!files)
        return false;
    struct kustomization *component = accumulate_read(level->shared, files, path.position);
    if (!component)
        return false;
    if (!component->component) {
        diagnose(diagnostics, path.position, "'%.*s' is a Kustomization, a Component is wanted", SLICE_ARGS(path.slice));
        diagnose_hint(diagnostics, "name it under `resources`, or give it `kind: Component` and "
                                   "`apiVersion: kustomize.config.k8s.io/v1alpha1`");
        return false;
    }
    return accumulate_directory(level->shared, files, component, level->into);
}

bool level_load_component(struct level *level, struct text path)
{
    diagnostics_push(&level->build->diagnostics, "component %.*s", SLICE_ARGS(path.slice));
    bool done = load_component_directory(level, path);
    diagnostics_pop(&level->build->diagnostics);
    return done;
}
