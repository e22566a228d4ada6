// pipeline/steps.c
//
// The steps of one kustomization: its generators, then its transformers, each in the order of its registry. All are
// configured before the first one runs.
#include "pipeline/kust_target.h"

#include "generators/generator.h"
#include "generators/object.h"
#include "json/json.h"
#include "load/path.h"
#include "pipeline/external_plugins.h"
#include "pipeline/merge_generated.h"
#include "pipeline/observer.h"
#include "pipeline/origin.h"
#include "pipeline/plugin_objects.h"
#include "pipeline/stray_dash.h"
#include "schema/similar_kind.h"
#include "transform/doubt.h"
#include "transform/matches.h"
#include "transformers/transformer.h"

// Where a step of this kustomization is configured; NULL unless origins are tracked.
static const struct origin *origin_of_step(struct kust_target *target, const char *kind)
{
    if (!target->shared->track_origins)
        return NULL;
    struct slice file = path_base(target->kustomization->source->path);
    return origin_of_configuration(target->files, file, kind);
}

// The event with everything that is the same for each step of this kustomization.
static struct build_event event_of(struct kust_target *target, enum build_event_kind kind)
{
    return (struct build_event){.kind = kind,
                                .build = target->build,
                                .index = SIZE_MAX,
                                .directory = target->files,
                                .resources = &target->into->resources};
}

// Sets the field, and the index of the entry at a position. The index can't be counted, since entries may be left out.
static void set_entry(struct kust_target *target, const char *field, struct position entry, struct build_event *event)
{
    const struct node *value = kustomization_value(target->kustomization, &target->shared->plugin_fields, field);
    event->field = field;
    event->ordered_by = entry;
    // Entries are usually reported in order, so start at the last one.
    for (uint32_t i = 0; node_is_sequence(value) && i < value->count; i++) {
        uint32_t at = (target->latest_entry + i) % value->count;
        if (!position_equal(value->items[at]->position, entry))
            continue;
        event->index = target->latest_entry = at;
        return;
    }
}

struct configured_generator {
    const struct generator *generator;
    const void *settings;
    const struct external_plugin *external;  // instead of `generator` and `settings`
    const struct origin *origin;             // of what it generates
    struct position position;                // of the entry or the object
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
        .names = build->names,
        .name_cache = &build->name_cache,
        .diagnostics = &build->diagnostics,
        .files = target->files,
        .helm =
            {
                // helm could not read an in-memory tree.
                .enabled = (options->enable_helm || options->enable_plugins) && !build_is_in_memory(options),
                .command = options->helm_command,
                .kube_version = options->helm_kube_version,
                .api_versions = options->helm_api_versions,
                .api_version_count = options->helm_api_version_count,
                .debug = options->helm_debug,
                .no_remote = options->no_remote,
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
                          const struct origin *origin, struct position position,
                          struct configured_generators *configured)
{
    if (!settings)
        return false;
    struct configured_generator item = {
        .generator = generator, .settings = settings, .origin = origin, .position = position};
    list_append(&target->build->arena, configured, item);
    return true;
}

static bool configure_generator_fields(struct kust_target *target, struct generate_context *context,
                                       struct configured_generators *configured)
{
    bool good = true;
    for (size_t i = 0; generators[i]; i++) {
        if (!generators[i]->field)
            continue;
        const struct node *entries = kustomization_value(target->kustomization, &target->shared->plugin_fields,
                                                         generators[i]->field);
        const struct origin *origin = origin_of_step(target, generators[i]->kind);
        for (uint32_t k = 0; entries && k < entries->count; k++) {
            good &= add_generator(target, generators[i], generators[i]->configure(context, entries->items[k]), origin,
                                  entries->items[k]->position, configured);
            if (!good && !diagnostics_may_continue(&target->build->diagnostics))
                return false;
        }
    }
    return good;
}

static bool diagnose_unknown_builtin(struct kust_target *target, const struct resource *object, const char *role)
{
    const struct node *kind = node_map_get(object->root, NAME(kind));
    bool is_generator = strcmp(role, "generator") == 0;
    struct slice names[64];
    size_t count = 0;
    for (size_t i = 0; is_generator && generators[i] && count < countof(names); i++)
        names[count++] = slice_from(generators[i]->kind);
    for (size_t i = 0; !is_generator && transformers[i] && count < countof(names); i++)
        names[count++] = slice_from(transformers[i]->kind);
    struct slice nearest = nearest_kind(object->id.gvk.kind->text, names, count);
    diagnose(&target->build->diagnostics, kind ? kind->position : resource_position(object),
             "unknown built-in %s '%.*s'", role, SLICE_ARGS(object->id.gvk.kind->text));
    if (nearest.length)
        diagnose_hint(&target->build->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    return false;
}

static const struct generator *builtin_generator(const struct resource *object)
{
    for (size_t i = 0; plugin_object_is_builtin(object) && generators[i]; i++)
        if (generators[i]->configure_object && slice_equals(object->id.gvk.kind->text, generators[i]->kind))
            return generators[i];
    return NULL;
}

static const struct match_observer *matches_of(const struct kust_target *target)
{
    const struct build_observer *observer = target->build->options.observer;
    return observer ? observer->matches : NULL;
}

// Transformers do this themselves when they decode their objects.
static void report_configuration(struct kust_target *target, const struct generator *generator,
                                 const struct resource *object)
{
    const struct match_observer *matches = matches_of(target);
    const struct match match = {.kind = MATCH_CONFIGURATION,
                                .position = resource_position(object),
                                .directory = target->files,
                                .type = generator->object_type,
                                .object = object->root};
    if (matches)
        matches->notify(matches->state, &match);
}

static bool configure_generator_objects(struct kust_target *target, struct generate_context *context,
                                        struct configured_generators *configured)
{
    struct plugin_objects objects = {0};
    if (!plugin_objects_load(target, "generator", &target->kustomization->generators, &objects))
        return false;
    // `generatorOptions` don't apply to objects.
    context->options = NULL;
    for (size_t i = 0; i < objects.count; i++) {
        const struct resource *object = objects.items[i].resource;
        if (!plugin_object_is_builtin(object)) {
            struct configured_generator item = {.external = external_plugin_configure(target, object, "generator"),
                                                .origin = objects.items[i].origin,
                                                .position = resource_position(object)};
            if (!item.external)
                return false;
            list_append(&target->build->arena, configured, item);
            continue;
        }
        const struct generator *generator = builtin_generator(object);
        if (!generator)
            return diagnose_unknown_builtin(target, object, "generator");
        report_configuration(target, generator, object);
        if (!add_generator(target, generator, generator->configure_object(context, object->root),
                           objects.items[i].origin, resource_position(object), configured))
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

// The object that a generated one is going to replace. NULL: none, or there is no observer to tell.
static const struct resource *object_to_replace(struct kust_target *target, const struct resource *made)
{
    bool replaces = made->behavior == BEHAVIOR_MERGE || made->behavior == BEHAVIOR_REPLACE;
    struct resource_list found = {0};
    if (replaces && target->build->options.observer)
        found = resource_map_with_id(&target->into->resources, &made->id, false);
    return found.count ? found.items[0] : NULL;
}

static void report_generated(struct kust_target *target, const struct configured_generator *item,
                             const struct resource *made, const struct resource *replaced, uint8_t behavior)
{
    const struct build_observer *observer = target->build->options.observer;
    struct build_event event = event_of(target, EVENT_GENERATED);
    set_entry(target, item->generator && item->generator->field ? item->generator->field : "generators", item->position,
              &event);
    if (item->generator)
        event.transformer = item->generator->kind;
    else
        event.program = slice_literal("generator");
    event.made = made;
    event.replaced = replaced;
    event.behavior = replaced ? behavior : BEHAVIOR_UNSPECIFIED;
    observer->notify(observer->state, &event);
}

static bool add_generated(struct kust_target *target, const struct configured_generator *item, struct resource *made)
{
    const struct resource *replaced = object_to_replace(target, made);
    uint8_t behavior = made->behavior;
    if (!origin_set(&target->build->resource_context, made, item->origin) ||
        !merge_generated(&target->build->resource_context, &target->into->resources, made, target->shared->loader))
        return false;
    if (target->build->options.observer)
        report_generated(target, item, made, replaced, behavior);
    return true;
}

static bool decode_generator_options(struct kust_target *target, const struct generator_options **options)
{
    struct build *build = target->build;
    static const struct decode_field field = {"generatorOptions", DECODE_STRUCT, 0, &generator_options_type};
    struct decode_context decode = {.arena = &build->arena, .diagnostics = &build->diagnostics};
    *options = NULL;
    return !target->kustomization->generator_options ||
           decode_value(&decode, &field, target->kustomization->generator_options, options);
}

// Without `adds`, the objects are dropped, because those that they would merge with may be missing.
static bool generate_and_add(struct kust_target *target, struct generate_context *context,
                             const struct configured_generator *item, bool adds)
{
    struct resource_list made = {0};
    if (!run_generator(target, context, item, &made))
        return false;
    if (!adds)
        return true;
    for (size_t k = 0; k < made.count; k++)
        if (!add_generated(target, item, made.items[k]))
            return false;
    return true;
}

// Looks for more errors after the first one, without starting a program.
static void examine_generator(struct kust_target *target, struct generate_context *context,
                              const struct configured_generator *item)
{
    if (item->external)
        return;
    if (item->generator->examine)
        item->generator->examine(context, item->settings);
    else
        generate_and_add(target, context, item, false);
}

bool kust_target_run_generators(struct kust_target *target)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    struct generate_context context = generate_context(target);
    struct configured_generators configured = {0};
    const struct generator_options *options;
    bool good = decode_generator_options(target, &options) && configure_generator_fields(target, &context, &configured);
    size_t field_count = configured.count;
    if (good)
        good = configure_generator_objects(target, &context, &configured);
    for (size_t i = 0; i < configured.count && (good || diagnostics_may_continue(diagnostics)); i++) {
        context.options = i < field_count ? options : NULL;
        if (good)
            good = generate_and_add(target, &context, &configured.items[i], true);
        else
            examine_generator(target, &context, &configured.items[i]);
    }
    return good;
}

static void examine_generators(struct kust_target *target)
{
    struct generate_context context = generate_context(target);
    struct configured_generators configured = {0};
    const struct generator_options *options;
    decode_generator_options(target, &options);
    context.options = options;
    configure_generator_fields(target, &context, &configured);
    plugin_objects_examine(target, "generator", &target->kustomization->generators);
    for (size_t i = 0; i < configured.count && diagnostics_may_continue(&target->build->diagnostics); i++)
        examine_generator(target, &context, &configured.items[i]);
}

struct configured_transformer {
    const struct transformer *transformer;
    const void *settings;
    const struct external_plugin *external;  // instead of `transformer` and `settings`
    const struct origin *origin;
    struct position position;       // of the field's value or entry, or of the object
    const struct resource *object;  // NULL: a field of the kustomization
};

struct configured_transformers {
    struct configured_transformer *items;
    size_t count, capacity;
};

static struct transform_context transform_context(struct kust_target *target)
{
    struct build *build = target->build;
    const struct match_observer *matches = matches_of(target);
    return (struct transform_context){
        .resources = &build->resource_context,
        .arena = &build->arena,
        .names = build->names,
        .name_cache = &build->name_cache,
        .diagnostics = &build->diagnostics,
        .fields = target->into->fields,
        .files = target->files,
        .name_hash = target->shared->name_hash,
        .matches = matches,
        .workers = matches ? NULL : build->workers,  // an observer of matches is called without locks
    };
}

// True if the companion field of a transformer has entries.
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
                                          .origin = origin_of_step(target, transformer->kind),
                                          .position = value ? value->position : (struct position){0}};
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
    bool good = true;
    for (size_t i = 0; transformers[i]; i++) {
        const struct transformer *transformer = transformers[i];
        if (!transformer->field)
            continue;
        const struct node *value = kustomization_value(target->kustomization, &target->shared->plugin_fields,
                                                       transformer->field);
        bool always = has_companion(target, transformer);
        if (!value && !always)
            continue;
        bool whole = transformer->unit == TRANSFORMER_WHOLE;
        for (uint32_t k = 0; k < (whole ? 1 : value->count); k++) {
            size_t mark = target->build->diagnostics.count;
            good &= configure_value(target, context, transformer, whole ? value : value->items[k], whole && always,
                                    configured);
            if (!whole && target->build->diagnostics.count > mark)
                stray_dash_explain(&target->build->diagnostics, transformer->field, value, k);
            if (!good && !diagnostics_may_continue(&target->build->diagnostics))
                return false;
        }
    }
    return good;
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
    if (!plugin_objects_load(target, role, entries, &objects))
        return false;
    for (size_t i = 0; i < objects.count; i++) {
        const struct resource *object = objects.items[i].resource;
        struct configured_transformer item = {
            .origin = objects.items[i].origin, .position = resource_position(object), .object = object};
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

struct step_report {
    struct kust_target *target;
    const struct configured_transformer *item;
    bool entries;  // reported one by one, so the step as a whole is not
};

static struct build_event event_of_step(const struct step_report *report)
{
    const struct configured_transformer *item = report->item;
    struct build_event event = event_of(report->target, EVENT_STEP);
    if (!item->object)
        set_entry(report->target, item->transformer->field, item->position, &event);
    event.ordered_by = item->position;
    event.transformer = item->transformer ? item->transformer->kind : NULL;
    if (item->external)
        event.program = arena_format(&report->target->build->arena, "%.*s %.*s",
                                     SLICE_ARGS(item->object->id.gvk.kind->text),
                                     SLICE_ARGS(item->object->id.name->text));
    return event;
}

static void report_entry(void *state, const struct entry_done *entry)
{
    struct step_report *report = state;
    const struct build_observer *observer = report->target->build->options.observer;
    struct build_event event = event_of_step(report);
    report->entries = true;
    event.index = SIZE_MAX;
    if (event.field)
        set_entry(report->target, event.field, entry->position, &event);
    event.ordered_by = entry->position;
    event.detail = entry->detail;
    event.source = entry->source;
    observer->notify(observer->state, &event);
}

static void report_step(const struct step_report *report)
{
    const struct build_observer *observer = report->target->build->options.observer;
    const struct build_event event = event_of_step(report);
    if (!report->entries)
        observer->notify(observer->state, &event);
}

static void doubt_after(const struct configured_transformer *failed, struct resource_map *resources)
{
    if (failed->external || !failed->transformer->limits_doubt)
        doubt_all_resources(resources, DOUBT_IDENTITY);
}

// Runs the steps after one that failed, and keeps only errors that don't depend on it, such as a patch whose target
// doesn't exist.
static void examine_steps(struct kust_target *target, struct transform_context *context,
                          const struct configured_transformers *configured, size_t first)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    context->entries = NULL;
    context->matches = NULL;
    for (size_t i = first; i < configured->count && diagnostics_may_continue(diagnostics); i++) {
        const struct configured_transformer *item = &configured->items[i];
        size_t mark = diagnostics->count;
        // The list may still contain resources that the last step removed.
        resource_map_drop_removed(&target->into->resources);
        if (item->external || !item->transformer->apply(context, item->settings, &target->into->resources))
            doubt_after(item, &target->into->resources);
        diagnostics_keep_independent(diagnostics, mark);
    }
}

static bool apply(struct kust_target *target, struct transform_context *context,
                  const struct configured_transformers *configured)
{
    struct resource_map *resources = &target->into->resources;
    for (size_t i = 0; i < configured->count; i++) {
        const struct configured_transformer *item = &configured->items[i];
        struct step_report report = {target, item, false};
        const struct entry_observer entries = {report_entry, &report};
        context->entries = target->build->options.observer ? &entries : NULL;
        bool done = item->external ? external_plugin_transform(target, item->external, resources)
                                   : item->transformer->apply(context, item->settings, resources);
        if (!done) {
            doubt_after(item, resources);
            examine_steps(target, context, configured, i + 1);
            return false;
        }
        if (item->origin && !origin_remember_step(&target->build->resource_context, resources, item->origin))
            return false;
        resource_map_drop_removed(resources);
        if (target->build->options.observer)
            report_step(&report);
    }
    context->entries = NULL;
    return true;
}

// After an error. Always false.
static bool examine_plugins(struct kust_target *target)
{
    plugin_objects_examine(target, "transformer", &target->kustomization->transformers);
    plugin_objects_examine(target, "validator", &target->kustomization->validators);
    return false;
}

bool kust_target_run_transformers(struct kust_target *target)
{
    struct transform_context context = transform_context(target);
    struct configured_transformers configured = {0};
    if (!configure_transformer_fields(target, &context, &configured))
        return examine_plugins(target);
    return configure_transformer_objects(target, &context, "transformer", &target->kustomization->transformers,
                                         &configured) &&
           apply(target, &context, &configured);
}

bool kust_target_examine_transformers(struct kust_target *target)
{
    struct transform_context context = transform_context(target);
    struct configured_transformers configured = {0};
    if (!context.fields)
        context.fields = target->shared->fields;
    if (diagnostics_may_continue(&target->build->diagnostics))
        configure_transformer_fields(target, &context, &configured);
    return examine_plugins(target);
}

bool kust_target_examine(struct kust_target *target)
{
    const struct text_list *components = &target->kustomization->components;
    if (!diagnostics_may_continue(&target->build->diagnostics))
        return false;
    examine_generators(target);
    for (size_t i = 0; i < components->count && diagnostics_may_continue(&target->build->diagnostics); i++)
        kust_target_examine_component(target, components->items[i]);
    return kust_target_examine_transformers(target);
}

// --- Validators, which are transformers that must not change anything.

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
            // It may have added the label `validated-by`.
            before.length = 0;
            done = done && print_objects(target, &before);
            continue;
        }
        after.length = 0;
        done = item->transformer->apply(&context, item->settings, &target->into->resources) &&
               print_objects(target, &after);
        if (done && !slice_equal(buffer_slice(&before), buffer_slice(&after)))
            done = diagnose(&target->build->diagnostics, entries->items[0].position,
                            "a validator changed the resources, but validators must not change resources");
    }
    buffer_wipe(&before);
    buffer_wipe(&after);
    return done;
}
