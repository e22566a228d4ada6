// pipeline/resources.c
//
// The entries of `resources` and `components`: files, and directories that are built first.
#include "pipeline/level.h"

#include "pipeline/origin.h"
#include "pipeline/read_ahead.h"

// --- Resources.

static bool add_documents(struct level *level, const struct node_list *documents, struct slice path,
                          struct resource_map *into)
{
    struct resource_list resources = {0};
    if (!resources_from_documents(&level->build->resource_context, documents, &resources))
        return false;
    const struct origin *origin = level->shared->track_origins ? origin_of_file(level->files, path) : NULL;
    for (size_t i = 0; i < resources.count; i++) {
        if (!origin_add(&level->build->resource_context, resources.items[i], origin) ||
            !resource_map_append(into, resources.items[i]))
            return false;
    }
    return true;
}

bool level_add_objects(struct level *level, const struct source *source, struct slice path, struct resource_map *into)
{
    struct read_context read = level_read_context(level->build);
    struct node_list documents = {0};
    return yaml_read_resources(&read, source, &documents) && add_documents(level, &documents, path, into);
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
    return depth < DIRECTORY_DEPTH_MAX ||
           diagnose(&level->build->diagnostics, path.position, "more than %d directories refer to each other in a row",
                    DIRECTORY_DEPTH_MAX);
}

static struct file_loader *open_directory(struct level *level, struct text path)
{
    return check_depth(level, path) ? file_loader_open(level->files, path) : NULL;
}

static bool build_base(struct level *level, struct text path, struct file_loader *files, struct kustomization *base,
                       struct resource_ahead *ahead, struct accumulation *into)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    if (base->component) {
        diagnose(diagnostics, path.position, "'%.*s' is a Component, which cannot be a resource",
                 SLICE_ARGS(path.slice));
        diagnose_hint(diagnostics, "name it under `components`");
        return false;
    }
    struct accumulation below;
    accumulation_init(&below, level->build);
    return accumulate_directory(level->shared, files, base, ahead, &below) && accumulation_absorb(into, &below);
}

static bool load_base(struct level *level, struct text path, struct file_loader *files, struct accumulation *into)
{
    struct kustomization *base = accumulate_read(level->shared, files, path.position);
    return base && build_base(level, path, files, base, NULL, into);
}

static void push_context(struct level *level, const char *field, struct slice entry)
{
    struct slice shown = url_shown(&level->build->arena, entry);
    diagnostics_push(&level->build->diagnostics, "%s %.*s", field, SLICE_ARGS(shown));
}

static bool load_directory(struct level *level, struct text path, struct accumulation *into)
{
    push_context(level, "resource", path.slice);
    struct file_loader *files = open_directory(level, path);
    bool done = files && load_base(level, path, files, into);
    diagnostics_pop(&level->build->diagnostics);
    return done;
}

static bool load_directory_ahead(struct level *level, struct text path, const struct directory_ahead *directory)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    push_context(level, "resource", path.slice);
    for (size_t i = 0; i < directory->diagnostic_count; i++)
        diagnostics_add(diagnostics, &directory->diagnostics[i]);
    bool done = check_depth(level, path) &&
                build_base(level, path, directory->files, directory->kustomization, directory->resources, level->into);
    diagnostics_pop(diagnostics);
    return done;
}

bool level_load_entry(struct level *level, size_t index)
{
    struct text path = level->kustomization->resources.items[index];
    const struct resource_ahead *ahead = level->ahead ? &level->ahead[index] : NULL;
    if (ahead && ahead->directory)
        return load_directory_ahead(level, path, ahead->directory);
    struct node_list documents = {0};
    if (ahead && ahead->reading)
        return read_ahead_take(level->build, ahead->reading, &documents) &&
               add_documents(level, &documents, path.slice, &level->into->resources);
    return level_load_resource(level, path, level->into);
}

// --- URLs: a file first; what is none may still be a directory in a git repository.

// True for a URL that git could clone.
static bool is_clonable(struct level *level, struct slice url)
{
    return file_loader_is_repository(level->files, url);
}

static bool is_diagnosed_since(const struct diagnostics *diagnostics, size_t mark)
{
    for (size_t i = mark; i < diagnostics->count; i++)
        if (diagnostics->items[i].severity == SEVERITY_ERROR)
            return true;
    return false;
}

static bool load_url(struct level *level, struct text url, struct accumulation *into)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    size_t mark = diagnostics->count;
    enum http_outcome outcome;
    const struct source *source = file_loader_fetch(level->files, url, &outcome);
    if (source && level_add_objects(level, source, url.slice, &into->resources))
        return true;
    if (!is_clonable(level, url.slice) || !is_diagnosed_since(diagnostics, mark))
        return false;
    // The answer may have been the page of a repository. If there is none either, that counts which was there.
    struct diagnostic as_file = diagnostics->items[diagnostics->count - 1];
    diagnostics_forget(diagnostics, mark);
    push_context(level, "resource", url.slice);
    struct file_loader *files = open_directory(level, url);
    if (!files && source) {
        diagnostics_forget(diagnostics, mark);
        diagnose(diagnostics, as_file.position, "%.*s", SLICE_ARGS(as_file.message));
        if (as_file.hint.length)
            diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(as_file.hint));
    } else if (!files) {
        struct slice hint = diagnostics->items[diagnostics->count - 1].hint;
        bool plain_http = slice_starts_with(url.slice, slice_literal("http:"));
        if (!hint.length || plain_http)
            diagnose_hint(diagnostics, "%.*s%sit is no file either: %.*s", SLICE_ARGS(hint), hint.length ? "; " : "",
                          SLICE_ARGS(as_file.message));
    }
    bool done = files && load_base(level, url, files, into);
    diagnostics_pop(diagnostics);
    return done;
}

bool level_load_resource(struct level *level, struct text path, struct accumulation *into)
{
    if (url_is_http(path.slice))
        return load_url(level, path, into);
    enum file_kind kind = path.slice.length ? file_loader_kind(level->files, path.slice) : FILE_MISSING;
    if (kind == FILE_DIRECTORY || (kind == FILE_MISSING && file_loader_is_repository(level->files, path.slice)))
        return load_directory(level, path, into);
    return load_resource_file(level, path, &into->resources);
}

// --- Components.

static bool load_component_directory(struct level *level, struct text path)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    if (!path.slice.length)
        return diagnose(diagnostics, path.position, "the path of the component is empty");
    struct file_loader *files = open_directory(level, path);
    if (!files)
        return false;
    struct kustomization *component = accumulate_read(level->shared, files, path.position);
    if (!component)
        return false;
    if (!component->component) {
        diagnose(diagnostics, path.position, "'%.*s' is a Kustomization, a Component is wanted",
                 SLICE_ARGS(path.slice));
        diagnose_hint(diagnostics, "name it under `resources`, or give it `kind: Component` and "
                                   "`apiVersion: kustomize.config.k8s.io/v1alpha1`");
        return false;
    }
    return accumulate_directory(level->shared, files, component, NULL, level->into);
}

bool level_load_component(struct level *level, struct text path)
{
    push_context(level, "component", path.slice);
    bool done = load_component_directory(level, path);
    diagnostics_pop(&level->build->diagnostics);
    return done;
}
