#include "pipeline/accumulate.h"

#include "pipeline/kust_target.h"
#include "pipeline/observer.h"
#include "pipeline/openapi.h"
#include "pipeline/read_ahead.h"
#include "pipeline/settings.h"

void accumulation_init(struct accumulation *accumulation, struct build *build)
{
    *accumulation = (struct accumulation){0};
    resource_map_init(&accumulation->resources, &build->resource_context);
}

bool accumulation_absorb(struct accumulation *into, struct accumulation *from)
{
    if (!resource_map_absorb(&into->resources, &from->resources))
        return false;
    if (from->fields)
        into->fields = field_config_merge(into->fields, from->fields, into->resources.context->diagnostics);
    return (!from->fields || into->fields) &&
           variables_absorb(into->resources.context, &into->variables, &from->variables);
}

struct kustomization *accumulate_read(struct accumulate_context *shared, struct file_loader *files,
                                      struct position asked_for)
{
    struct diagnostics *diagnostics = &shared->build->diagnostics;
    struct directory_work *work = files->known->work;
    shared->partial = NULL;
    if (work) {
        for (size_t i = 0; i < work->diagnostic_count; i++)
            diagnostics_add(diagnostics, &work->diagnostics[i]);
        return work->kustomization;
    }
    size_t mark = diagnostics->count;
    const struct source *source = file_loader_kustomization(files, asked_for);
    if (!source)
        return NULL;
    struct read_context read = build_read_context(shared->build);
    struct kustomization *kustomization = kustomization_read(&read, source, &shared->plugin_fields, &shared->partial);
    if (!kustomization)
        return NULL;
    work = arena_new(&shared->build->arena, struct directory_work);
    *work = (struct directory_work){.kustomization = kustomization};
    work->diagnostic_count = diagnostics->count - mark;
    work->diagnostics = arena_array(&shared->build->arena, struct diagnostic, work->diagnostic_count);
    if (work->diagnostic_count)
        memcpy(work->diagnostics, diagnostics->items + mark, work->diagnostic_count * sizeof *work->diagnostics);
    files->known->work = work;
    return kustomization;
}

bool accumulate_count(struct accumulate_context *shared, struct position asked_for)
{
    if (shared->visits++ < VISITS_MAX)
        return true;
    diagnose(&shared->build->diagnostics, asked_for, "more than %d bases and components", VISITS_MAX);
    diagnose_hint(&shared->build->diagnostics,
                  "refer to each base from fewer directories: it is built once for every path that leads to it");
    return false;
}

static void report_directory(struct kust_target *target)
{
    const struct build_observer *observer = target->build->options.observer;
    const struct build_event event = {
        .kind = EVENT_DIRECTORY, .index = SIZE_MAX, .directory = target->files, .resources = &target->into->resources};
    observer->notify(observer->state, &event);
}

// Allows a few more fetches if the newest error is the first one, and says that this entry can't be fetched. After a
// timeout, the next URL may take just as long, so it allows none.
static void note_fetch_error(struct kust_target *target, struct text entry)
{
    enum { FETCHES_MAX = 4 };
    const struct diagnostics *diagnostics = &target->build->diagnostics;
    const struct diagnostic *error = &diagnostics->items[diagnostics->count - 1];
    bool is_of_entry = position_equal(error->position, entry.position);
    if (!is_of_entry || !kust_target_is_remote(target, entry.slice))
        return;
    if (error->cause == CAUSE_TIMEOUT)
        target->shared->fetches_left = 0;
    else if (diagnostics->error_count == 1)
        target->shared->fetches_left = FETCHES_MAX;
}

// After an error, the network is used only to find other URLs that are wrong, too.
static bool may_load(struct kust_target *target, struct text entry)
{
    if (!kust_target_is_remote(target, entry.slice))
        return true;
    if (!target->shared->fetches_left)
        return false;
    target->shared->fetches_left--;
    return true;
}

// If one entry fails, the others are still loaded to find more errors.
static bool load_resources(struct kust_target *target, bool good)
{
    const struct text_list *resources = &target->kustomization->resources;
    target->serials = arena_array(&target->build->arena, uint32_t, resources->count);
    for (size_t i = 0; i < resources->count; i++) {
        target->serials[i] = target->into->resources.serial_count;
        if (!good && !may_load(target, resources->items[i]))
            continue;
        bool done = kust_target_load_entry(target, i);
        if (!done)
            note_fetch_error(target, resources->items[i]);
        good &= done;
        if (!good && !diagnostics_may_continue(&target->build->diagnostics))
            return false;
    }
    return good;
}

static bool accumulate(struct kust_target *target)
{
    struct accumulate_context *shared = target->shared;
    struct kustomization *kustomization = target->kustomization;
    struct accumulation *into = target->into;
    const struct build_observer *observer = target->build->options.observer;
    if (observer && observer->matches)
        report_directory(target);
    // Users can't change the annotations in somebody else's repository, so don't warn about those.
    if (target->files->parent && !target->files->repository)
        settings_check_below(shared->build, kustomization);
    bool good = openapi_enter(shared, target->files, kustomization);
    if (!good && !diagnostics_may_continue(&target->build->diagnostics))
        return false;
    if (target->files->known->work)
        read_ahead_start(target);
    bool loaded = load_resources(target, good && !shared->examines);
    bool configured = (loaded || diagnostics_may_continue(&target->build->diagnostics)) &&
                      kust_target_read_field_specs(target);
    if (!loaded || !configured)
        return kust_target_examine(target);
    if (!kust_target_run_generators(target))
        return kust_target_examine_transformers(target);
    for (size_t i = 0; i < kustomization->components.count; i++) {
        if (!kust_target_load_component(target, kustomization->components.items[i]))
            return false;
        // After each component, kustomize absorbs its own accumulation as if it were another one, which merges the
        // specs again.
        into->fields = field_config_merge(NULL, into->fields, &target->build->diagnostics);
        if (!into->fields)
            return false;
    }
    return kust_target_run_transformers(target) && kust_target_run_validators(target) &&
           variables_register(&shared->build->resource_context, &into->variables, kustomization->vars,
                              &into->resources);
}

static bool accumulate_with(struct accumulate_context *shared, struct file_loader *files,
                            struct kustomization *kustomization, struct accumulation *into)
{
    struct kust_target target = {shared, shared->build, files, kustomization, NULL, into};
    // Charts are rendered for the nearest namespace above them.
    struct slice outer = shared->namespace;
    const struct node *own = kustomization_value(kustomization, &shared->plugin_fields, "namespace");
    if (node_is_scalar(own) && node_text(own).length)
        shared->namespace = node_text(own);
    struct accumulation *waiting = shared->innermost;
    if (into != waiting) {  // a component adds to the accumulation that lists it
        into->outer = waiting;
        shared->innermost = into;
    }
    bool done = accumulate(&target);
    shared->innermost = waiting;
    shared->namespace = outer;
    return done;
}

bool accumulate_directory(struct accumulate_context *shared, struct file_loader *files, struct accumulation *into)
{
    return accumulate_with(shared, files, files->known->work->kustomization, into);
}

bool accumulate_examine(struct accumulate_context *shared, struct file_loader *files)
{
    struct accumulation nothing;
    bool before = shared->examines;
    const struct build_observer *observer = shared->build->options.observer;
    if (!shared->partial)
        return false;
    accumulation_init(&nothing, shared->build);
    shared->examines = true;
    shared->build->options.observer = NULL;  // observers take every kustomization for a complete one
    accumulate_with(shared, files, shared->partial, &nothing);
    shared->examines = before;
    shared->build->options.observer = observer;
    return false;
}
