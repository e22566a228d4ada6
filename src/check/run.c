#include "check/run.h"

#include <sodium.h>

#include "check/schemas.h"
#include "load/path.h"

static struct build_options options_of(void *state, const struct root *root)
{
    struct check_run *run = state;
    return run->options(run->state, root, &run->results[root - run->roots->items].arena);
}

static const struct build_observer *observe(void *state, size_t root, struct build *build)
{
    struct check_run *run = state;
    return judge_observer(judge_new(run->check, root, build));
}

static void take_digest(const struct build_stream *stream, unsigned char digest[CHECK_DIGEST_SIZE])
{
    crypto_generichash_state hash;
    crypto_generichash_init(&hash, NULL, 0, CHECK_DIGEST_SIZE);
    for (size_t i = 0; i < stream->count; i++)
        crypto_generichash_update(&hash, (const unsigned char *)stream->parts[i].data, stream->parts[i].length);
    crypto_generichash_final(&hash, digest, CHECK_DIGEST_SIZE);
}

// A stream that can't be printed is a failed build.
static bool discard_build(void *state, size_t root, struct build *build)
{
    struct check_run *run = state;
    struct build_stream stream;
    bool printed = build_print(build, &stream);
    if (printed && run->digests)
        take_digest(&stream, run->digests + root * CHECK_DIGEST_SIZE);
    build_stream_free(build, &stream);
    return printed;
}

static void finished(void *state, size_t root, struct build *build, bool done)
{
    struct check_run *run = state;
    (void)build;
    judge_end(run->check->judges[root], done);
}

// The absolute directory whose files are checked. Empty: no root is local.
static struct slice find_top(const struct check_run *run)
{
    struct arena *arena = &run->build->arena;
    struct slice current, top = run->top, resolved, reason;
    if (!top.length && run->roots->count == 1)
        top = run->roots->items[0].directory;
    if (!top.length || slice_find(top, slice_literal("://")) != SLICE_NOT_FOUND ||
        !file_system_posix.current_directory(NULL, arena, &current) ||
        !file_system_posix.resolve(NULL, arena, path_join(arena, current, top), &resolved, &reason))
        return (struct slice){0};
    return resolved;
}

// The directory whose files are checked, and those of files outside it that a build has read.
static void find_directories(const struct check_run *run, struct slice top, struct path_list *directories)
{
    struct arena *arena = &run->build->arena;
    const struct check *check = run->check;
    struct slice last = {0};
    if (top.length)
        list_append(arena, directories, top);
    for (size_t i = 0; i < check->read.count; i++) {
        struct slice path = path_join(arena, check->current, check->read.items[i].path),
                     directory = path_directory(path);
        if (!check->read.items[i].is_read || (top.length && path_is_within(path, top)) || slice_equal(directory, last))
            continue;
        list_append(arena, directories, directory);
        last = directory;
    }
}

static bool list_files(struct check_run *run, struct repository_files *files)
{
    struct arena *arena = &run->build->arena;
    struct slice top = find_top(run);
    struct tracked_files listed = {0};
    struct path_list directories = {0};
    files->top = top;
    find_directories(run, top, &directories);
    if (!roots_list_files(run->build, top.length ? top : run->check->current, &directories, &listed))
        return false;
    for (size_t i = 0; i < listed.count; i++) {
        struct repository_file file = {listed.items[i].path, listed.items[i].tracked};
        if (top.length && path_is_within(file.path, top))
            list_append(arena, &files->files, file);
        else
            list_append(arena, &files->outside, file);
    }
    files->has_git = listed.has_git;
    files->repository = listed.repository;
    if (listed.has_git)
        repository_files_sort(files);
    else if (top.length)
        repository_files_walk(arena, &file_system_posix, top, files);
    return true;
}

static void count(struct check_run *run)
{
    const struct root_result *results = run->results;
    for (size_t i = 0; i < run->roots->count; i++) {
        run->built += results[i].status == ROOT_BUILT;
        run->failed += results[i].status == ROOT_FAILED;
        run->objects += results[i].object_count;
    }
}

// --- Roots with objects of kinds that other roots define.

struct second_pass {
    struct check_run *run;
    const size_t *numbers;
    struct root_result *results;
    const struct root *roots;
};

static struct build_options options_again(void *state, const struct root *root)
{
    struct second_pass *pass = state;
    size_t number = (size_t)(root - pass->roots);
    return pass->run->options(pass->run->state, &pass->run->roots->items[pass->numbers[number]],
                              &pass->results[number].arena);
}

static bool take_again(void *state, size_t root, struct build *build)
{
    struct second_pass *pass = state;
    judge_schemas_again(pass->run->check->judges[pass->numbers[root]], build);
    return true;
}

static void judge_pending(struct check_run *run)
{
    struct arena *arena = &run->build->arena;
    size_t *numbers = arena_array(arena, size_t, run->roots->count + 1);
    struct root_list roots = {.count = schemas_pending(run->check, numbers)};
    struct second_pass pass = {.run = run, .numbers = numbers};
    if (!roots.count)
        return;
    roots.items = arena_array(arena, struct root, roots.count);
    pass.roots = roots.items;
    pass.results = arena_array(arena, struct root_result, roots.count);
    for (size_t i = 0; i < roots.count; i++)
        roots.items[i] = run->roots->items[numbers[i]];
    struct root_builds builds = {
        .roots = &roots,
        .results = pass.results,
        .thread_count = run->thread_count,
        .state = &pass,
        .session = run->session,
        .columns = run->columns,
        .options = options_again,
        .use = take_again,
    };
    root_builds_run(&builds);
    root_results_free(pass.results, roots.count);
}

bool check_run(struct check_run *run)
{
    size_t root_count = run->roots->count;
    struct arena *arena = &run->build->arena;
    run->results = arena_array(arena, struct root_result, root_count + 1);
    struct slice *paths = arena_array(arena, struct slice, root_count + 1);
    struct repository_files files = {0};
    for (size_t i = 0; i < root_count; i++)
        paths[i] = run->roots->items[i].path;
    run->check = check_new(run->levels, run->files, paths, root_count);
    run->check->is_whole = run->is_whole;
    run->check->has_all_roots = run->has_all_roots;
    run->check->state = run->state;
    run->check->without_repository = run->without_repository;
    run->check->keeps_objects = run->keeps_objects;
    run->check->baseline = run->baseline;
    run->check->is_everything = run->is_whole && slice_equal(find_top(run), run->check->top);
    run->check->columns = run->columns;
    run->check->immutables = run->immutables;
    if (run->schemas)
        run->check->schemas = schemas_new(run->check, run->schemas);
    struct root_builds builds = {
        .roots = run->roots,
        .results = run->results,
        .thread_count = run->thread_count,
        .state = run,
        .session = run->session,
        .finds_all = true,
        .columns = run->columns,
        .options = options_of,
        .observe = observe,
        .use = discard_build,
        .finished = finished,
    };
    root_builds_run(&builds);
    judge_pending(run);
    count(run);
    root_results_free(run->results, root_count);
    bool looks_at_files = !run->without_repository;
    if (looks_at_files && !list_files(run, &files))
        return false;
    check_end(run->check, run->build, looks_at_files ? &files : NULL, &run->findings);
    return true;
}

void check_run_free(struct check_run *run)
{
    if (run->check)
        check_free(run->check);
}

bool check_fails(const struct finding_list *findings, enum level fail_on)
{
    for (enum level level = fail_on; level <= LEVEL_ERROR; level++)
        if (findings->of_level[level])
            return true;
    return false;
}
