#include "build/accumulate.h"

#include "build/merge_generated.h"
#include "generators/generator.h"
#include "generators/object.h"
#include "transformers/transformer.h"

enum { DIRECTORY_DEPTH_MAX = 200 };

// One kustomization that is being built.
struct level {
    struct accumulate_context *shared;
    struct build *build;
    struct file_loader *files;
    struct kustomization *kustomization;
    struct resource_map *resources;
};

static struct read_context read_context(struct build *build)
{
    return (struct read_context){&build->arena, &build->name_cache, &build->diagnostics};
}

struct kustomization *accumulate_read(struct accumulate_context *shared, struct file_loader *files,
                                      struct position asked_for)
{
    const struct source *source = file_loader_kustomization(files, asked_for);
    if (!source)
        return NULL;
    struct read_context read = read_context(shared->build);
    return kustomization_read(&read, source, &shared->plugin_fields);
}

// --- Resources.

static bool load_resource_file(struct level *level, struct text path)
{
    const struct source *source = file_loader_read(level->files, path);
    if (!source)
        return false;
    struct read_context read = read_context(level->build);
    struct node_list documents = {0};
    struct resource_list resources = {0};
    if (!yaml_read_resources(&read, source, &documents) ||
        !resources_from_documents(&level->build->resource_context, &documents, &resources))
        return false;
    for (size_t i = 0; i < resources.count; i++)
        if (!resource_map_append(level->resources, resources.items[i]))
            return false;
    return true;
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

static bool load_base(struct level *level, struct text path)
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
    struct resource_map resources;
    resource_map_init(&resources, &level->build->resource_context);
    return accumulate_directory(level->shared, files, base, &resources) &&
           resource_map_absorb(level->resources, &resources);
}

static bool looks_remote(struct slice path)
{
    return slice_find(path, slice_literal("://")) != SLICE_NOT_FOUND || slice_starts_with(path, slice_literal("git@")) ||
           slice_starts_with(path, slice_literal("github.com"));
}

static bool load_resource(struct level *level, struct text path)
{
    struct diagnostics *diagnostics = &level->build->diagnostics;
    enum file_kind kind = path.slice.length ? file_loader_kind(level->files, path.slice) : FILE_MISSING;
    if (kind == FILE_MISSING && looks_remote(path.slice))
        return diagnose(diagnostics, path.position, "'%.*s': remote resources are not supported yet", SLICE_ARGS(path.slice));
    if (kind != FILE_DIRECTORY)
        return load_resource_file(level, path);
    diagnostics_push(diagnostics, "resource %.*s", SLICE_ARGS(path.slice));
    bool done = load_base(level, path);
    diagnostics_pop(diagnostics);
    return done;
}

// --- Components.

static bool load_component(struct level *level, struct text path)
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
    return accumulate_directory(level->shared, files, component, level->resources);
}

// --- Generators and transformers.

struct configured_generator {
    const struct generator *generator;
    const void *settings;
};

struct configured_generators {
    struct configured_generator *items;
    size_t count, capacity;
};

static bool run_generators(struct level *level)
{
    struct build *build = level->build;
    struct generate_context context = {
        .resources = &build->resource_context,
        .arena = &build->arena,
        .names = &build->names,
        .diagnostics = &build->diagnostics,
        .files = level->files,
    };
    if (level->kustomization->generator_options) {
        struct decode_context decode = {.arena = &build->arena, .diagnostics = &build->diagnostics};
        context.options = decode_struct(&decode, &generator_options_type, level->kustomization->generator_options);
        if (!context.options)
            return false;
    }
    struct configured_generators configured = {0};
    for (size_t i = 0; generators[i]; i++) {
        const struct node *entries =
            kustomization_value(level->kustomization, &level->shared->plugin_fields, generators[i]->field);
        for (uint32_t k = 0; entries && k < entries->count; k++) {
            struct configured_generator item = {generators[i], generators[i]->configure(&context, entries->items[k])};
            if (!item.settings)
                return false;
            list_append(&build->arena, &configured, item);
        }
    }
    for (size_t i = 0; i < configured.count; i++) {
        struct resource_list made = {0};
        if (!configured.items[i].generator->generate(&context, configured.items[i].settings, &made))
            return false;
        for (size_t k = 0; k < made.count; k++)
            if (!merge_generated(&build->resource_context, level->resources, made.items[k]))
                return false;
    }
    return true;
}

struct configured_transformer {
    const struct transformer *transformer;
    const void *settings;
};

struct configured_transformers {
    struct configured_transformer *items;
    size_t count, capacity;
};

static bool configure(struct level *level, struct transform_context *context, const struct transformer *transformer,
                      const struct node *value, struct configured_transformers *configured)
{
    bool skip = false;
    struct configured_transformer item = {transformer, transformer->configure(context, value, &skip)};
    if (skip)
        return true;
    if (!item.settings)
        return false;
    list_append(&level->build->arena, configured, item);
    return true;
}

static bool run_transformers(struct level *level)
{
    struct build *build = level->build;
    struct transform_context context = {
        .resources = &build->resource_context,
        .arena = &build->arena,
        .names = &build->names,
        .name_cache = &build->name_cache,
        .diagnostics = &build->diagnostics,
        .fields = level->shared->fields,
        .files = level->files,
    };
    struct configured_transformers configured = {0};
    for (size_t i = 0; transformers[i]; i++) {
        const struct node *value =
            transformers[i]->field
                ? kustomization_value(level->kustomization, &level->shared->plugin_fields, transformers[i]->field)
                : NULL;
        if (!value)
            continue;
        if (transformers[i]->unit == TRANSFORMER_WHOLE) {
            if (!configure(level, &context, transformers[i], value, &configured))
                return false;
            continue;
        }
        for (uint32_t k = 0; k < value->count; k++)
            if (!configure(level, &context, transformers[i], value->items[k], &configured))
                return false;
    }
    for (size_t i = 0; i < configured.count; i++) {
        if (!configured.items[i].transformer->apply(&context, configured.items[i].settings, level->resources))
            return false;
        resource_map_drop_removed(level->resources);
    }
    return true;
}

static bool refuse_unsupported(struct level *level)
{
    const struct kustomization *kustomization = level->kustomization;
    const struct {
        const char *field;
        const struct text_list *entries;
    } fields[] = {
        {"crds", &kustomization->crds},
        {"configurations", &kustomization->configurations},
        {"generators", &kustomization->generators},
        {"transformers", &kustomization->transformers},
        {"validators", &kustomization->validators},
    };
    for (size_t i = 0; i < countof(fields); i++)
        if (fields[i].entries->count)
            return diagnose(&level->build->diagnostics, fields[i].entries->items[0].position,
                            "%s is not supported yet", fields[i].field);
    if (kustomization->vars && kustomization->vars->count)
        return diagnose(&level->build->diagnostics, kustomization->vars->position, "vars is not supported yet");
    if (kustomization->openapi.count)
        return diagnose(&level->build->diagnostics, kustomization->openapi.items[0].key.position,
                        "openapi is not supported yet");
    return true;
}

bool accumulate_directory(struct accumulate_context *shared, struct file_loader *files,
                          struct kustomization *kustomization, struct resource_map *into)
{
    struct level level = {shared, shared->build, files, kustomization, into};
    if (!refuse_unsupported(&level))
        return false;
    for (size_t i = 0; i < kustomization->resources.count; i++)
        if (!load_resource(&level, kustomization->resources.items[i]))
            return false;
    if (!run_generators(&level))
        return false;
    for (size_t i = 0; i < kustomization->components.count; i++) {
        struct text path = kustomization->components.items[i];
        diagnostics_push(&shared->build->diagnostics, "component %.*s", SLICE_ARGS(path.slice));
        bool done = load_component(&level, path);
        diagnostics_pop(&shared->build->diagnostics);
        if (!done)
            return false;
    }
    return run_transformers(&level);
}
