// pipeline/steps.c
//
// The steps of one kustomization: its generators, its transformers, in the order of the registries. All
// are configured before the first one runs.
#include "pipeline/kust_target.h"

#include "generators/generator.h"
#include "generators/object.h"
#include "json/json.h"
#include "load/path.h"
#include "pipeline/external_plugins.h"
#include "pipeline/merge_generated.h"
#include "pipeline/origin.h"
#include "pipeline/plugin_objects.h"
#include "transformers/transformer.h"

// Where a step of this kustomization is configured; NULL when nobody asks.
static const struct origin *origin_of_step(struct kust_target *target, const char *kind)
{
    if (!target->shared->track_origins)
        return NULL;
    struct slice file = path_base(target->kustomization->source->path);
    return origin_of_configuration(target->files, file, kind);
}

struct configured_generator {
    const struct generator *generator;
    const void *settings;
    const struct external_plugin *external;  // instead of the two
    const struct origin *origin;             // of what it makes
};

struct configured_generators {
    struct configured_generator *items;
    size_t count, capacity;
};

static struct generate_context generate_context(struct kust_target *target)
{
    struct build *build = target->build;
    const struct build_options *options = &build->options;
    return (struct generate_context){
        .resources = &build->resource_context,
        .arena = &build->arena,
        .names = &build->names,
        .name_cache = &build->name_cache,
        .diagnostics = &build->diagnostics,
        .files = target->files,
        .helm =
            {
                // A tree in memory is nothing that a program could read.
                .enabled = (options->enable_helm || options->enable_plugins) && !build_is_apart(options),
                .command = options->helm_command,
                .kube_version = options->helm_kube_version,
                .api_versions = options->helm_api_versions,
                .api_version_count = options->helm_api_version_count,
                .debug = options->helm_debug,
                .timeout_seconds = options->program_timeout_seconds,
                .passed_variables = &options->passed_variables,
            },
        .helm_globals = target->kustomization->helm_globals,
        .helm_inflation = kustomization_value(target->kustomization, &target->shared->plugin_fields,
                                              "helmChartInflationGenerator"),
        .namespace = target->shared->namespace,
        .temporary = &build->temporary,
    };
}

static bool add_generator(struct kust_target *target, const struct generator *generator, const void *settings,
                          const struct origin *origin, struct configured_generators *configured)
{
    if (!settings)
        return false;
    struct configured_generator item = {.generator = generator, .settings = settings, .origin = origin};
    list_append(&target->build->arena, configured, item);
    return true;
}

static bool configure_generator_fields(struct kust_target *target, struct generate_context *context,
                                       struct configured_generators *configured)
{
    for (size_t i = 0; generators[i]; i++) {
        if (!generators[i]->field)
            continue;
        const struct node *entries = kustomization_value(target->kustomization, &target->shared->plugin_fields,
                                                         generators[i]->field);
        const struct origin *origin = origin_of_step(target, generators[i]->kind);
        for (uint32_t k = 0; entries && k < entries->count; k++)
            if (!add_generator(target, generators[i], generators[i]->configure(context, entries->items[k]), origin,
                               configured))
                return false;
    }
    return true;
}

static bool diagnose_unknown_builtin(struct kust_target *target, const struct resource *object, const char *role)
{
    return diagnose(&target->build->diagnostics, resource_position(object), "there is no builtin %s '%.*s'", role,
                    SLICE_ARGS(object->id.gvk.kind->text));
}

static const struct generator *builtin_generator(const struct resource *object)
{
    for (size_t i = 0; plugin_object_is_builtin(object) && generators[i]; i++)
        if (generators[i]->configure_object && slice_equals(object->id.gvk.kind->text, generators[i]->kind))
            return generators[i];
    return NULL;
}

static bool configure_generator_objects(struct kust_target *target, struct generate_context *context,
                                        struct configured_generators *configured)
{
    struct plugin_objects objects = {0};
    if (!plugin_objects_load(target, &target->kustomization->generators, &objects))
        return false;
    // `generatorOptions` do not reach them.
    context->options = NULL;
    for (size_t i = 0; i < objects.count; i++) {
        const struct resource *object = objects.items[i].resource;
        if (!plugin_object_is_builtin(object)) {
            struct configured_generator item = {.external = external_plugin_configure(target, object, "generator"),
                                                .origin = objects.items[i].origin};
            if (!item.external)
                return false;
            list_append(&target->build->arena, configured, item);
            continue;
        }
        const struct generator *generator = builtin_generator(object);
        if (!generator)
            return diagnose_unknown_builtin(target, object, "generator");
        if (!add_generator(target, generator, generator->configure_object(context, object->root),
                           objects.items[i].origin, configured))
            return false;
    }
    return true;
}

static bool run_generator(struct kust_target *target, struct generate_context *context,
                          const struct configured_generator *item, struct resource_list *made)
{
    if (item->external)
        return external_plugin_generate(target, item->external, made);
    return item->generator->generate(context, item->settings, made);
}

bool kust_target_run_generators(struct kust_target *target)
{
    struct build *build = target->build;
    struct generate_context context = generate_context(target);
    const struct generator_options *options = NULL;
    if (target->kustomization->generator_options) {
        options = decode_strict(&build->arena, &build->diagnostics, &generator_options_type,
                                target->kustomization->generator_options);
        if (!options)
            return false;
    }
    struct configured_generators configured = {0};
    if (!configure_generator_fields(target, &context, &configured))
        return false;
    size_t field_count = configured.count;
    if (!configure_generator_objects(target, &context, &configured))
        return false;
    for (size_t i = 0; i < configured.count; i++) {
        struct resource_list made = {0};
        context.options = i < field_count ? options : NULL;
        if (!run_generator(target, &context, &configured.items[i], &made))
            return false;
        for (size_t k = 0; k < made.count; k++) {
            if (!origin_set(&build->resource_context, made.items[k], configured.items[i].origin) ||
                !merge_generated(&build->resource_context, &target->into->resources, made.items[k]))
                return false;
        }
    }
    return true;
}

struct configured_transformer {
    const struct transformer *transformer;
    const void *settings;
    const struct external_plugin *external;  // instead of the two
    const struct origin *origin;
};

struct configured_transformers {
    struct configured_transformer *items;
    size_t count, capacity;
};

static struct transform_context transform_context(struct kust_target *target)
{
    struct build *build = target->build;
    return (struct transform_context){
        .resources = &build->resource_context,
        .arena = &build->arena,
        .names = &build->names,
        .name_cache = &build->name_cache,
        .diagnostics = &build->diagnostics,
        .fields = target->into->fields,
        .files = target->files,
        .name_hash = target->shared->name_hash,
        .workers = build->workers,
    };
}

// True when the companion of a transformer has entries.
static bool has_companion(const struct kust_target *target, const struct transformer *transformer)
{
    if (!transformer->companion)
        return false;
    const struct node *value = kustomization_value(target->kustomization, &target->shared->plugin_fields,
                                                   transformer->companion);
    return value && value->count;
}

static bool configure_value(struct kust_target *target, struct transform_context *context,
                            const struct transformer *transformer, const struct node *value, bool always,
                            struct configured_transformers *configured)
{
    bool skip = false;
    struct configured_transformer item = {.transformer = transformer,
                                          .settings = transformer->configure(context, value, &skip),
                                          .origin = origin_of_step(target, transformer->kind)};
    if (skip && !always)
        return true;
    if (!item.settings)
        return false;
    list_append(&target->build->arena, configured, item);
    return true;
}

static bool configure_transformer_fields(struct kust_target *target, struct transform_context *context,
                                         struct configured_transformers *configured)
{
    for (size_t i = 0; transformers[i]; i++) {
        const struct transformer *transformer = transformers[i];
        if (!transformer->field)
            continue;
        const struct node *value = kustomization_value(target->kustomization, &target->shared->plugin_fields,
                                                       transformer->field);
        bool always = has_companion(target, transformer);
        if (!value && !always)
            continue;
        if (transformer->unit == TRANSFORMER_WHOLE) {
            if (!configure_value(target, context, transformer, value, always, configured))
                return false;
            continue;
        }
        for (uint32_t k = 0; k < value->count; k++)
            if (!configure_value(target, context, transformer, value->items[k], false, configured))
                return false;
    }
    return true;
}

static const struct transformer *builtin_transformer(const struct resource *object)
{
    for (size_t i = 0; plugin_object_is_builtin(object) && transformers[i]; i++)
        if (transformers[i]->configure_object && slice_equals(object->id.gvk.kind->text, transformers[i]->kind))
            return transformers[i];
    return NULL;
}

static bool configure_transformer_objects(struct kust_target *target, struct transform_context *context,
                                          const char *role, const struct text_list *entries,
                                          struct configured_transformers *configured)
{
    struct plugin_objects objects = {0};
    if (!plugin_objects_load(target, entries, &objects))
        return false;
    for (size_t i = 0; i < objects.count; i++) {
        const struct resource *object = objects.items[i].resource;
        struct configured_transformer item = {.origin = objects.items[i].origin};
        if (plugin_object_is_builtin(object)) {
            item.transformer = builtin_transformer(object);
            if (!item.transformer)
                return diagnose_unknown_builtin(target, object, role);
            item.settings = item.transformer->configure_object(context, object->root);
        } else {
            item.external = external_plugin_configure(target, object, role);
        }
        if (!item.settings && !item.external)
            return false;
        list_append(&target->build->arena, configured, item);
    }
    return true;
}

static bool apply(struct kust_target *target, struct transform_context *context,
                  const struct configured_transformers *configured)
{
    struct resource_map *resources = &target->into->resources;
    for (size_t i = 0; i < configured->count; i++) {
        const struct configured_transformer *item = &configured->items[i];
        bool done = item->external ? external_plugin_transform(target, item->external, resources)
                                   : item->transformer->apply(context, item->settings, resources);
        if (!done)
            return false;
        if (item->origin && !origin_remember_step(&target->build->resource_context, resources, item->origin))
            return false;
        resource_map_drop_removed(resources);
    }
    return true;
}

bool kust_target_run_transformers(struct kust_target *target)
{
    struct transform_context context = transform_context(target);
    struct configured_transformers configured = {0};
    return configure_transformer_fields(target, &context, &configured) &&
           configure_transformer_objects(target, &context, "transformer", &target->kustomization->transformers,
                                         &configured) &&
           apply(target, &context, &configured);
}

// --- Validators: transformers that must not change anything.

static bool print_objects(struct kust_target *target, struct buffer *out)
{
    const struct resource_map *resources = &target->into->resources;
    for (size_t i = 0; i < resources->count; i++) {
        if (!json_write_object(out, resources->items[i]->root, true, &target->build->diagnostics))
            return false;
        buffer_add_byte(out, '\n');
    }
    return true;
}

bool kust_target_run_validators(struct kust_target *target)
{
    const struct text_list *entries = &target->kustomization->validators;
    if (!entries->count)
        return true;
    struct transform_context context = transform_context(target);
    struct configured_transformers configured = {0};
    struct buffer before = {0}, after = {0};
    bool done = configure_transformer_objects(target, &context, "validator", entries, &configured) &&
                print_objects(target, &before);
    for (size_t i = 0; done && i < configured.count; i++) {
        const struct configured_transformer *item = &configured.items[i];
        if (item->external) {
            done = external_plugin_validate(target, item->external, &target->into->resources);
            // It may have left its mark.
            before.length = 0;
            done = done && print_objects(target, &before);
            continue;
        }
        after.length = 0;
        done = item->transformer->apply(&context, item->settings, &target->into->resources) &&
               print_objects(target, &after);
        if (done && !slice_equal(buffer_slice(&before), buffer_slice(&after)))
            done = diagnose(&target->build->diagnostics, entries->items[0].position,
                            "a validator changed the resources, which it must not");
    }
    buffer_wipe(&before);
    buffer_wipe(&after);
    return done;
}
