#include "pipeline/build.h"

#include "base/recovery.h"
#include "base/task_pool.h"
#include "kustomization/secret_sources.h"
#include "load/suggest.h"
#include "pipeline/accumulate.h"
#include "pipeline/finish.h"
#include "pipeline/openapi.h"
#include "pipeline/plugins.h"
#include "pipeline/read_ahead.h"
#include "pipeline/settings.h"
#include "schema/well_known_names.h"
#include "transform/parallel_for.h"
#include "yaml/write.h"

struct build *build_new_with(struct name_table *names)
{
    struct build *build = piece_new(sizeof *build);
    build->sources = (struct sources){.arena = &build->arena, .rules = &secret_sources};
    diagnostics_init(&build->diagnostics, &build->arena, &build->sources);
    if (!names)
        well_known_names_init(&build->own_names);
    build->names = names ? names : &build->own_names;
    build->name_cache.table = build->names;
    build->resource_context = (struct resource_context){
        .arena = &build->arena,
        .names = build->names,
        .diagnostics = &build->diagnostics,
        .schema = schema_builtin(),
    };
    resource_map_init(&build->resources, &build->resource_context);
    return build;
}

struct build *build_new(void)
{
    return build_new_with(NULL);
}

void build_free(struct build *build)
{
    if (!build)
        return;
    struct memory_budget *before = memory_budget_enter(&build->memory);
    task_pool_free(build->pool);
    workers_free(build->workers);
    temporary_remove(&build->temporary);
    if (build->names == &build->own_names)
        name_table_free(&build->own_names);
    arena_free(&build->arena);
    memory_budget_enter(before == &build->memory ? NULL : before);
    piece_free(build);
}

// A component that fails on its own may lack the resources of the kustomization that lists it. The warning comes before
// the errors, which may follow from that. kustomize has no such warning, so it is left out when kiln is called as
// kustomize.
static void warn_of_component(struct accumulate_context *shared, const struct file_loader *files,
                              const struct kustomization *root, size_t mark)
{
    struct diagnostics *diagnostics = &shared->build->diagnostics;
    if (!root->component || diagnostics->lead || files->repository)
        return;
    diagnose_warning(
        diagnostics, root->kind.position,
        "this is a Component: built on its own, it lacks the resources of the kustomizations that list it");
    suggest_users(shared->loader->files, diagnostics, files->path);
    struct diagnostic warning = diagnostics->items[diagnostics->count - 1];
    memmove(&diagnostics->items[mark + 1], &diagnostics->items[mark],
            (diagnostics->count - 1 - mark) * sizeof *diagnostics->items);
    diagnostics->items[mark] = warning;
}

static bool run_with(struct build *build, struct accumulate_context *shared, struct slice directory)
{
    struct file_loader *root_files = loader_open_root(shared->loader, directory);
    if (root_files && root_files->repository && !build->options.max_memory)
        build->memory.limit = MEMORY_MAX_REMOTE;
    struct kustomization *root = root_files ? accumulate_read(shared, root_files, (struct position){0}) : NULL;
    shared->track_origins = root && root->build_metadata.count > 0;
    struct accumulation accumulation;
    accumulation_init(&accumulation, build);
    if (!root && !shared->partial)
        return false;
    if (!settings_decide(shared, root_files, root ? root : shared->partial))
        return false;
    if (build->options.settings_only)
        return root != NULL;
    shared->fields = field_config_new(&build->arena, build->names, build->diagnostics.release, build->field_defaults);
    if (!root)
        return accumulate_examine(shared, root_files);
    size_t mark = build->diagnostics.count;
    if (!accumulate_directory(shared, root_files, &accumulation) || !openapi_check(shared)) {
        warn_of_component(shared, root_files, root, mark);
        return false;
    }
    shared->fields = accumulation.fields;  // with everything that was accumulated below
    build->resources = accumulation.resources;
    build->fields = shared->fields;
    return finish(shared, root, &accumulation.variables);
}

static void release_loader(void *loader)
{
    loader_close(loader);
}

static bool run(struct build *build, struct slice directory)
{
    struct remote remote;
    remote_init(&remote, &build->arena, &build->sources, &build->temporary);
    remote.shared = build->shared_remote;
    remote.clones.passed_variables = &build->options.passed_variables;
    remote.clones.user_configuration = build->options.git_user_configuration;
    struct loader *loader = build->loader = arena_new(&build->arena, struct loader);
    *loader = (struct loader){
        .files = build->options.files ? build->options.files : &file_system_posix,
        .arena = &build->arena,
        .sources = &build->sources,
        .diagnostics = &build->diagnostics,
        .unrestricted = build->options.unrestricted,
        .no_remote = build->options.no_remote,
        .remote = build->options.no_remote || build_is_in_memory(&build->options) ? NULL : &remote,
    };
    struct accumulate_context shared = {
        .build = build,
        .loader = loader,
        .plugin_fields = plugins_fields(&build->arena),
    };
    struct held held;
    held_push(&held, release_loader, loader);
    openapi_start(&shared);
    // Builds that share files don't read ahead, because the other threads are busy with other roots.
    if (!build->shared_remote)
        shared.read_ahead = read_ahead_new(build, build->pool);
    bool done = run_with(build, &shared, directory);
    read_ahead_free(shared.read_ahead);
    held_pop();
    loader_close(loader);
    return done;
}

bool build_run(struct build *build, const struct build_options *options, struct slice directory)
{
    build->options = *options;
    build->memory.limit = options->max_memory == SIZE_MAX ? 0 : options->max_memory;
    struct memory_budget *before = memory_budget_enter(&build->memory);
    build->pool = task_pool_new(options->thread_count ? options->thread_count - 1 : task_pool_default_threads());
    build->workers = workers_new(build->pool);
    diagnostics_push(&build->diagnostics, "building %.*s", SLICE_ARGS(url_shown(&build->arena, directory)));
    bool done = run(build, directory);
    if (build->temporary.path)
        build->private_directory = arena_copy(&build->arena, slice_from(build->temporary.path));
    temporary_remove(&build->temporary);
    diagnostics_pop(&build->diagnostics);
    memory_budget_enter(before);
    return done;
}

bool build_write_resource(struct build *build, const struct resource *resource, struct buffer *out)
{
    struct object_writer *writer = object_writer_new(build->options.output_format, &build->arena, &build->diagnostics);
    bool done = object_write(writer, out, resource->root);
    if (done && build->options.output_format == OUTPUT_JSON)
        buffer_add_byte(out, '\n');
    object_writer_free(writer);
    return done;
}
