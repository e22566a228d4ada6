#include "pipeline/finish.h"

#include "pipeline/name_reference.h"
#include "pipeline/observer.h"
#include "pipeline/order.h"
#include "pipeline/origin.h"
#include "resource/name_hash.h"
#include "schema/well_known_names.h"
#include "transform/set_pairs.h"

struct finishing {
    struct accumulate_context *shared;
    struct build *build;
    struct resource_context *context;
    struct resource_map *resources;
    const struct kustomization *root;
    const struct variables *variables;
};

static const struct match_observer *matches_of(const struct finishing *finishing)
{
    const struct build_observer *observer = finishing->build->options.observer;
    return observer ? observer->matches : NULL;
}

static bool finish_name_hash(const struct finishing *finishing)
{
    return name_hash_apply(finishing->context, finishing->resources, finishing->shared->name_hash);
}

// Runs after the last renaming.
static bool finish_name_references(const struct finishing *finishing)
{
    return name_reference_apply(finishing->context, finishing->resources,
                                field_config_name_references(finishing->shared->fields), matches_of(finishing));
}

static bool finish_vars(const struct finishing *finishing)
{
    return !finishing->variables->count ||
           variables_replace(finishing->context, finishing->variables, finishing->resources,
                             field_config_list(finishing->shared->fields, FIELD_SPECS_VAR_REFERENCE),
                             matches_of(finishing), finishing->shared->loader);
}

// Objects that are only used during the build have this annotation. Any value except `false` counts.
static bool is_local_config(const struct resource *resource, const struct name *local)
{
    const struct node *annotations = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    const struct node *value = node_map_get(annotations, local);
    return value && !(node_is_scalar(value) && slice_equals(node_text(value), "false"));
}

static bool finish_local_config(const struct finishing *finishing)
{
    struct resource_map *resources = finishing->resources;
    const struct name *local = name_intern(finishing->build->names, slice_literal("config.kubernetes.io/local-config"));
    for (size_t i = 0; i < resources->count; i++)
        if (is_local_config(resources->items[i], local))
            resource_map_remove(resources, resources->items[i]);
    resource_map_drop_removed(resources);
    return true;
}

// Runs after the hashes, which may make equal names differ or produce a name that another object has.
static bool finish_unique(const struct finishing *finishing)
{
    return resource_map_check_unique(finishing->resources);
}

static struct order_lists order_lists(struct build *build, const struct legacy_sort_options *options)
{
    struct slice *first = arena_array(&build->arena, struct slice, options->order_first.count + 1);
    struct slice *last = arena_array(&build->arena, struct slice, options->order_last.count + 1);
    for (size_t i = 0; i < options->order_first.count; i++)
        first[i] = options->order_first.items[i].slice;
    for (size_t i = 0; i < options->order_last.count; i++)
        last[i] = options->order_last.items[i].slice;
    return (struct order_lists){first, last, options->order_first.count, options->order_last.count};
}

static bool finish_order(const struct finishing *finishing)
{
    struct build *build = finishing->build;
    const struct sort_options *options = finishing->root->sort_options;
    if (!options) {
        if (build->options.reorder != REORDER_NONE)
            order_legacy(&build->resources, NULL);
        return true;
    }
    if (build->options.reorder != REORDER_UNSET)
        diagnose_warning(&build->diagnostics, options->position,
                         "the flag --reorder has no effect: sortOptions overrides it");
    if (slice_equals(options->order.slice, "fifo")) {
        if (!options->legacy)
            return true;
        diagnose(&build->diagnostics, options->legacy->position,
                 "sortOptions.legacySortOptions cannot be used with 'order: fifo'");
        diagnose_hint(&build->diagnostics, "remove `legacySortOptions`, or write `order: legacy`");
        return false;
    }
    if (!slice_equals(options->order.slice, "legacy")) {
        struct position position = options->order.position.line ? options->order.position : options->position;
        if (options->order.slice.length)
            diagnose(&build->diagnostics, position, "sortOptions.order must be legacy or fifo, not '%.*s'",
                     SLICE_ARGS(options->order.slice));
        else
            diagnose(&build->diagnostics, position, "'sortOptions' has no 'order'");
        diagnose_hint(&build->diagnostics, "write `order: legacy` to sort by kind, or `order: fifo` to keep the order "
                                           "of `resources`");
        return false;
    }
    if (options->legacy) {
        struct order_lists lists = order_lists(build, options->legacy);
        order_legacy(&build->resources, &lists);
    } else {
        order_legacy(&build->resources, NULL);
    }
    return true;
}

static bool has_build_metadata(const struct kustomization *root, const char *word)
{
    for (size_t i = 0; i < root->build_metadata.count; i++)
        if (slice_equals(root->build_metadata.items[i].slice, word))
            return true;
    return false;
}

// Adds the label like any other. So if another label's transformer has shared one value between several fields, all of
// them change.
static bool finish_managed_by_label(const struct finishing *finishing)
{
    struct build *build = finishing->build;
    if (!build->options.managed_by_label && !has_build_metadata(finishing->root, "managedByLabel"))
        return true;
    struct transform_context context = {.resources = &build->resource_context,
                                        .arena = &build->arena,
                                        .names = build->names,
                                        .diagnostics = &build->diagnostics};
    struct slice version = arena_format(context.arena, "kustomize-%s", release_text(build->diagnostics.release));
    struct text_pair pair = {.key = {.slice = slice_literal("app.kubernetes.io/managed-by")},
                             .value = {.slice = version}};
    const struct text_map pairs = {.items = &pair, .count = 1};
    struct slice any = {0};
    struct field_spec spec = field_spec_new(context.arena, context.names, any, any, any,
                                            slice_literal("metadata/labels"), true);
    const struct field_specs specs = {.items = &spec, .count = 1};
    return set_pairs_apply(&context, set_pairs_new(&context, &pairs, &specs, false), &build->resources);
}

static bool finish_settle(const struct finishing *finishing)
{
    const struct resource_map *resources = finishing->resources;
    for (size_t i = 0; i < resources->count; i++) {
        resource_settle_end(finishing->context, resources->items[i]);
        if (!resource_normalize_annotations(finishing->context, resources->items[i]))
            return false;
    }
    return true;
}

static bool finish_origins(const struct finishing *finishing)
{
    bool origins = has_build_metadata(finishing->root, "originAnnotations");
    bool transformations = has_build_metadata(finishing->root, "transformerAnnotations");
    if (origins || transformations)
        origin_annotate(finishing->context, finishing->resources, origins, transformations);
    return true;
}

static void report_finish(struct build *build, const char *name)
{
    const struct build_observer *observer = build->options.observer;
    observer->notify(
        observer->state,
        &(struct build_event){
            .kind = EVENT_STEP, .build = build, .index = SIZE_MAX, .finish = name, .resources = &build->resources});
}

bool finish(struct accumulate_context *shared, const struct kustomization *root, const struct variables *variables)
{
    struct build *build = shared->build;
    const struct finishing finishing = {shared, build, &build->resource_context, &build->resources, root, variables};
    static const struct {
        const char *name;
        bool (*run)(const struct finishing *);
    } steps[] = {
#define STEP(name) {#name, finish_##name},
        FINISH_STEPS(STEP)
#undef STEP
    };
    for (size_t i = 0; i < countof(steps); i++) {
        if (!steps[i].run(&finishing))
            return false;
        if (build->options.observer)
            report_finish(build, steps[i].name);
    }
    return true;
}
