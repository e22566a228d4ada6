#include "engine/engine.h"

#include <stdlib.h>

#include "engine/formats.h"
#include "engine/words.h"
#include "load/path.h"
#include "load/remote_url.h"

#define nowhere ((struct position){0})

const struct engine_format *engine_format_find(struct slice name)
{
#define ADDRESS(name) &engine_format_##name,
    static const struct engine_format *const formats[] = {ENGINE_FORMATS(ADDRESS)};
#undef ADDRESS
    for (size_t i = 0; i < countof(formats); i++)
        if (slice_equals(name, formats[i]->name))
            return formats[i];
    return NULL;
}

struct slice engine_shown(const struct engine *engine, struct slice path)
{
    if (slice_equal(engine->current, engine->changes.top))
        return path;
    return path_relative(&engine->build->arena, engine->current, changes_absolute(&engine->changes, path));
}

bool engine_makes(const struct engine *engine, struct slice path)
{
    const struct engine_request *request = engine->request;
    return path_is_within(path, request->out_directory) || (request->file.length && slice_equal(path, request->file));
}

struct slice engine_operand(struct arena *arena, struct slice directory)
{
    struct git_url url;
    bool is_misread = slice_starts_with(directory, slice_literal("-")) || url_is_http(directory) ||
                      git_url_parse(arena, directory, &url);
    return is_misread ? arena_format(arena, "./%.*s", SLICE_ARGS(directory)) : directory;
}

// --- The flags of a root.

static bool sets_api_versions(const struct path_list *flags)
{
    for (size_t i = 0; i < flags->count; i++)
        if (slice_starts_with(flags->items[i], slice_literal("--helm-api-versions")))
            return true;
    return false;
}

// Adds the flags from .kiln.yaml by the rules of root_apply_flags: the caller's flags take precedence over the file,
// where the first entry that sets a flag wins.
static void add_flags_of_file(struct engine *engine, const struct root *root, struct path_list *flags)
{
    struct arena *arena = &engine->build->arena;
    bool helm = false, unrestricted = false, version = false, api = sets_api_versions(&engine->request->flags);
    for (size_t i = 0; i < root->flag_count; i++) {
        const struct root_flags *found = root->flags[i];
        if (found->enable_helm && !helm)
            list_append(arena, flags, slice_literal("--enable-helm"));
        helm = helm || found->enable_helm;
        if (slice_equals(found->load_restrictor.slice, "LoadRestrictionsNone") && !unrestricted) {
            list_append(arena, flags, slice_literal("--load-restrictor=LoadRestrictionsNone"));
            unrestricted = true;
        }
        if (found->helm_kube_version.slice.length && !version) {
            list_append(arena, flags,
                        arena_format(arena, "--helm-kube-version=%.*s", SLICE_ARGS(found->helm_kube_version.slice)));
            version = true;
        }
        for (size_t k = 0; k < found->helm_api_versions.count && !api; k++)
            list_append(
                arena, flags,
                arena_format(arena, "--helm-api-versions=%.*s", SLICE_ARGS(found->helm_api_versions.items[k].slice)));
        api = api || found->helm_api_versions.count;
    }
}

static void add_flags(struct engine *engine, struct slice path, struct path_list *flags)
{
    const struct engine_request *request = engine->request;
    struct arena *arena = &engine->build->arena;
    struct root root = {.path = path};
    if (engine->config) {
        struct slice absolute = path_join(arena, engine->current, path);
        root_take_flags(arena, engine->config, path_relative(arena, engine->config_directory, absolute), &root);
    }
    add_flags_of_file(engine, &root, flags);
    if (request->config.length)
        list_append(arena, flags, arena_format(arena, "--config=%.*s", SLICE_ARGS(request->config)));
    if (request->no_config)
        list_append(arena, flags, slice_literal("--no-config"));
    for (size_t i = 0; i < request->flags.count; i++)
        list_append(arena, flags, request->flags.items[i]);
}

// --- Roots.

static bool add_root(struct engine *engine, uint32_t number)
{
    struct arena *arena = &engine->build->arena;
    const struct graph_node *node = &engine->graph.nodes.items[number];
    struct engine_root root = {.path = engine_shown(engine, node->path), .node = number};
    if (engine_makes(engine, root.path))
        return true;
    if (path_leads_out(root.path))
        return root_refuse_outside(&engine->build->diagnostics, root.path, engine->request->out_directory);
    // The name of the current directory isn't part of the tree, so its root is called `root`.
    struct slice name = slice_equals(root.path, ".") ? slice_literal("root") : root.path;
    root.output = path_join(arena, engine->request->out_directory, arena_format(arena, "%.*s.yaml", SLICE_ARGS(name)));
    root.file = engine_shown(engine, node->file);
    add_flags(engine, root.path, &root.flags);
    list_append(arena, &engine->roots, root);
    return true;
}

static int compare_roots(const void *a, const void *b)
{
    return slice_compare(((const struct engine_root *)a)->path, ((const struct engine_root *)b)->path);
}

// Only the root in the current directory has a name other than its path, so only that can clash. False: diagnosed.
static bool check_outputs(struct engine *engine)
{
    for (size_t i = 0, top = SIZE_MAX; i < engine->roots.count; i++) {
        if (slice_equals(engine->roots.items[i].path, "."))
            top = i;
        else if (top != SIZE_MAX && slice_equals(engine->roots.items[i].path, "root"))
            return diagnose(&engine->build->diagnostics, nowhere,
                            "'.' and 'root' would be written to the same file, '%.*s'",
                            SLICE_ARGS(engine->roots.items[i].output));
    }
    return true;
}

// Resolves the directory with the roots to an absolute path. False: diagnosed.
static bool find_top(struct engine *engine, const struct file_system *files, struct slice *top)
{
    struct arena *arena = &engine->build->arena;
    struct slice text = engine->request->top, reason;
    struct diagnostics *diagnostics = &engine->build->diagnostics;
    if (!files->resolve(files->state, arena, path_join(arena, engine->current, text), top, &reason))
        return path_refuse_directory(diagnostics, nowhere, text, reason);
    if (!path_is_within(*top, engine->changes.top) && !engine->changes.has_repository)
        return root_refuse_outside(diagnostics, text, engine->request->out_directory);
    if (!path_is_within(*top, engine->changes.top))
        return diagnose(diagnostics, nowhere, "'%.*s' is outside the repository '%.*s'", SLICE_ARGS(text),
                        SLICE_ARGS(engine->changes.top));
    return true;
}

static bool find_roots(struct engine *engine, struct slice top)
{
    struct arena *arena = &engine->build->arena;
    struct slice below = path_relative(arena, engine->changes.top, top);
    for (size_t i = 0; i < engine->graph.nodes.count; i++) {
        const struct graph_node *node = &engine->graph.nodes.items[i];
        bool is_wanted = slice_equals(below, ".") || path_is_within(node->path, below);
        if (is_wanted && node->is_candidate && graph_is_root_after(node, engine->config) &&
            !add_root(engine, (uint32_t)i))
            return false;
    }
    if (engine->roots.count)
        qsort(engine->roots.items, engine->roots.count, sizeof *engine->roots.items, compare_roots);
    return check_outputs(engine);
}

static void find_config_file(struct engine *engine)
{
    const struct engine_request *request = engine->request;
    struct arena *arena = &engine->build->arena;
    if (request->config.length)
        engine->config_file = path_clean(arena, request->config);
    else if (engine->config)
        engine->config_file = path_relative(
            arena, engine->current, path_join(arena, engine->config_directory, slice_literal(CONFIG_FILE_NAME)));
}

bool engine_find(struct build *build, const struct file_system *files, const struct engine_request *request,
                 struct engine *engine)
{
    // Compare with nothing, so that the graph shows the current state.
    struct changes_request changes = {.is_named = true};
    struct slice top, reason, current;
    *engine = (struct engine){.build = build, .request = request};
    // Resolve links like Git, since a shell may have changed to this directory through one.
    if (!files->current_directory(files->state, &build->arena, &current) ||
        !files->resolve(files->state, &build->arena, current, &engine->current, &reason))
        return diagnose(&build->diagnostics, nowhere, "the current directory no longer exists");
    changes.directory = engine->current;
    if (!changes_open(build, files, &changes, &engine->changes) || !find_top(engine, files, &top) ||
        !roots_config(build, files, request->top, request->config, request->no_config, &engine->config,
                      &engine->config_directory) ||
        !graph_open(build, &engine->changes, &engine->graph))
        return false;
    find_config_file(engine);
    if (!find_roots(engine, top))
        return false;
    if (request->format->has_inputs)
        engine_find_inputs(engine);
    return true;
}

void engine_close(struct engine *engine)
{
    changes_close(&engine->changes);
}

// --- Regenerating the graph.

struct path_list engine_call(const struct engine *engine)
{
    const struct engine_request *request = engine->request;
    struct arena *arena = &engine->build->arena;
    struct path_list words = {0};
    struct buffer flags = {0};
    list_append(arena, &words, slice_literal("graph"));
    list_append(arena, &words, engine_operand(arena, request->top));
    list_append(arena, &words, slice_literal("--format"));
    list_append(arena, &words, slice_from(request->format->name));
    list_append(arena, &words, slice_literal("-o"));
    list_append(arena, &words, request->file);
    if (!slice_equals(request->out_directory, "rendered"))
        list_append(arena, &words, arena_format(arena, "--out-dir=%.*s", SLICE_ARGS(request->out_directory)));
    if (request->flags.count) {
        words_add_all(&flags, &request->flags);
        list_append(arena, &words, arena_format(arena, "--build-flags=%.*s", SLICE_ARGS(buffer_slice(&flags))));
    }
    if (!slice_equals(request->kiln, "kiln"))
        list_append(arena, &words, arena_format(arena, "--kiln=%.*s", SLICE_ARGS(request->kiln)));
    if (request->batch > 1)
        list_append(arena, &words, arena_format(arena, "--batch=%zu", request->batch));
    if (request->config.length)
        list_append(arena, &words, arena_format(arena, "--config=%.*s", SLICE_ARGS(request->config)));
    if (request->no_config)
        list_append(arena, &words, slice_literal("--no-config"));
    buffer_free(&flags);
    return words;
}

struct slice engine_depfile_path(const struct engine *engine)
{
    const struct engine_request *request = engine->request;
    return arena_format(&engine->build->arena, "%.*s/%s/%.*s.d", SLICE_ARGS(request->out_directory),
                        request->format->directory, SLICE_ARGS(path_base(request->file)));
}

static void add_path(struct engine *engine, struct depfile *depfile, struct slice path)
{
    if (!engine_makes(engine, engine_shown(engine, path)))
        depfile_add(depfile, changes_absolute(&engine->changes, path));
}

// Adds the directories of the repository, because adding or removing a root changes one of them. With Git, these are
// the directories that contain listed files.
static bool add_directories(struct engine *engine, struct depfile *depfile)
{
    struct arena *arena = &engine->build->arena;
    const struct changes *changes = &engine->changes;
    struct slice before = {0};
    if (!changes->has_repository) {
        struct path_list walked = {0};
        if (!directories_find(engine->build, changes->top, &walked))
            return false;
        for (size_t i = 0; i < walked.count; i++)
            add_path(engine, depfile, path_relative(arena, changes->top, walked.items[i]));
        return true;
    }
    add_path(engine, depfile, slice_literal("."));
    for (size_t i = 0; i < changes->listed.count; i++) {
        struct slice directory = path_directory(changes->listed.items[i].path);
        // Directories that also contain the previous file have been added already.
        while (!slice_equals(directory, ".") && !(before.length && path_is_within(before, directory))) {
            struct slice absolute = changes_absolute(changes, directory);
            if (changes->files->kind(changes->files->state, absolute) == FILE_DIRECTORY)
                add_path(engine, depfile, arena_copy(arena, directory));
            directory = path_directory(directory);
        }
        before = path_directory(changes->listed.items[i].path);
    }
    return true;
}

bool engine_depfile_write(struct engine *engine, struct buffer *out, struct slice *problem)
{
    const struct engine_request *request = engine->request;
    struct arena *arena = &engine->build->arena;
    struct depfile depfile = {
        .arena = arena, .files = engine->changes.files, .target = request->file, .current = engine->current};
    const struct lookup_list none = {0};
    for (size_t i = 0; i < engine->graph.nodes.count; i++)
        if (engine->graph.nodes.items[i].is_after)
            add_path(engine, &depfile, engine->graph.nodes.items[i].file);
    if (engine->config_file.length)
        depfile_add(&depfile, path_join(arena, engine->current, engine->config_file));
    *problem = engine->changes.top;
    return add_directories(engine, &depfile) && depfile_find(&depfile, &none, problem) &&
           depfile_write(&depfile, request->format->depfile, out, problem);
}

static bool can_represent(bool (*says)(struct slice), struct slice text, struct slice *problem)
{
    *problem = text;
    return says(text);
}

bool engine_can_represent(const struct engine *engine, bool (*path)(struct slice), bool (*line)(struct slice),
                          struct slice *problem)
{
    const struct engine_request *request = engine->request;
    for (size_t i = 0; i < engine->roots.count; i++) {
        const struct engine_root *root = &engine->roots.items[i];
        if (!can_represent(path, root->output, problem) || !can_represent(path, root->file, problem))
            return false;
        for (size_t k = 0; k < root->flags.count; k++)
            if (!can_represent(line, root->flags.items[k], problem))
                return false;
    }
    return can_represent(path, request->out_directory, problem) && can_represent(path, request->file, problem) &&
           can_represent(path, engine->config_file, problem) && can_represent(line, request->kiln, problem) &&
           can_represent(line, request->top, problem);
}
