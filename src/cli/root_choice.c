#include "cli/root_choice.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/build_limits.h"
#include "base/task_pool.h"
#include "edit/paths.h"
#include "load/glob.h"
#include "load/path.h"
#include "load/remote_url.h"
#include "repository/affected.h"

#define nowhere ((struct position){0})

struct choice {
    struct session *session;
    struct build *build;
    const struct build_settings *settings;
    struct root_list *roots;
};

bool root_choice_is_url(struct arena *arena, struct slice text)
{
    struct git_url url;
    return url_is_http(text) || git_url_parse(arena, text, &url);
}

// A file name may contain `*`.
bool root_choice_is_pattern(struct arena *arena, const char *text)
{
    return !url_names_transport(slice_from(text)) && !glob_is_literal(slice_from(text)) && access(text, F_OK) != 0 &&
           !root_choice_is_url(arena, slice_from(text));
}

// Relative to the current directory if it is in or below it.
static struct slice root_path(struct choice *choice, struct slice directory)
{
    struct arena *arena = &choice->build->arena;
    struct slice current;
    if (root_choice_is_url(arena, directory))
        return url_shown(arena, directory);
    if (!path_is_absolute(directory) || !file_system_posix.current_directory(NULL, arena, &current) ||
        !path_is_within(path_clean(arena, directory), current))
        return path_clean(arena, directory);
    return path_relative(arena, current, path_clean(arena, directory));
}

static void add_root(struct choice *choice, struct slice directory)
{
    struct root root = {.directory = directory, .path = root_path(choice, directory)};
    list_append(&choice->build->arena, choice->roots, root);
}

static bool add_named(struct choice *choice, const char *text)
{
    struct build *build = choice->build;
    struct path_list found = {0};
    if (!root_choice_is_pattern(&build->arena, text)) {
        add_root(choice, slice_from(text));
        return true;
    }
    if (!edit_glob(build, slice_from(text), &found))
        return diagnose(&build->diagnostics, nowhere, "invalid pattern '%s'", text);
    size_t before = choice->roots->count;
    const struct file_system *files = session_files(choice->session, build, (struct slice){0});
    for (size_t i = 0; i < found.count; i++)
        if (root_has_kustomization(build, files, found.items[i]))
            add_root(choice, found.items[i]);
    return choice->roots->count > before ||
           diagnose(&build->diagnostics, nowhere, "no directory with a kustomization matches '%s'", text);
}

static bool add_listed(struct choice *choice)
{
    const struct build_settings *settings = choice->settings;
    struct build *build = choice->build;
    struct slice text, line, reason;
    bool is_input = strcmp(settings->from_file, "-") == 0;
    const char *path = is_input ? "/dev/stdin" : settings->from_file;
    if (!file_system_posix.read_any(NULL, &build->arena, slice_from(path), &text, &reason))
        return diagnose(&build->diagnostics, nowhere, "cannot read '%s': %.*s", path, SLICE_ARGS(reason));
    while (text.length) {
        slice_cut(text, settings->null_separated ? '\0' : '\n', &line, &text);
        if (!settings->null_separated && line.length && line.data[line.length - 1] == '\r')
            line.length--;
        if (line.length)
            add_root(choice, arena_copy(&build->arena, line));
    }
    return true;
}

static bool add_all(struct choice *choice)
{
    const struct build_settings *settings = choice->settings;
    const struct config *config;
    struct slice directory, top = slice_from(settings->directory);
    if (root_choice_is_url(&choice->build->arena, top))
        return diagnose(&choice->build->diagnostics, nowhere, "--all requires a local directory, not '%.*s'",
                        SLICE_ARGS(url_shown(&choice->build->arena, top)));
    const struct file_system *files = session_files(choice->session, choice->build, (struct slice){0});
    return roots_config(choice->build, files, top, slice_from(settings->config), settings->no_config, &config,
                        &directory) &&
           roots_find(choice->build, files, top, config, directory, choice->roots);
}

// A root named twice is built once.
static void drop_repeated(struct choice *choice)
{
    struct hash_index by_path = {0};
    size_t count = 0;
    for (size_t i = 0; i < choice->roots->count; i++) {
        struct root root = choice->roots->items[i];
        uint32_t number;
        bool known = false;
        for (struct hash_cursor at = hash_index_find(&by_path, slice_hash(root.path)); hash_cursor_next(&at, &number);)
            known = known || slice_equal(choice->roots->items[number].path, root.path);
        if (known)
            continue;
        hash_index_add(&choice->build->arena, &by_path, slice_hash(root.path), (uint32_t)count);
        choice->roots->items[count++] = root;
    }
    choice->roots->count = count;
}

// Keeps the roots that the list names, with their flags from .kiln.yaml.
static bool add_all_listed(struct choice *choice)
{
    struct root_list all = {0}, *listed = choice->roots;
    struct choice whole = *choice;
    struct hash_index by_path = {0};
    whole.roots = &all;
    if (!add_listed(choice) || !add_all(&whole))
        return false;
    for (size_t i = 0; i < all.count; i++)
        hash_index_add(&choice->build->arena, &by_path, slice_hash(all.items[i].path), (uint32_t)i);
    for (size_t i = 0; i < listed->count; i++) {
        const struct root *found = NULL;
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&by_path, slice_hash(listed->items[i].path));
             hash_cursor_next(&at, &number);)
            if (slice_equal(all.items[number].path, listed->items[i].path))
                found = &all.items[number];
        if (!found)
            return diagnose(&choice->build->diagnostics, nowhere, "'%.*s' is not one of the roots of --all",
                            SLICE_ARGS(listed->items[i].path));
        listed->items[i] = *found;
    }
    return true;
}

static bool read_jobs(struct invocation *call, struct build_settings *settings)
{
    enum { JOBS_MAX = 256 };
    unsigned count = 0;
    if (!settings->jobs)
        return true;
    for (const char *digit = settings->jobs; *digit >= '0' && *digit <= '9' && count <= JOBS_MAX; digit++)
        count = count * 10 + (unsigned)(*digit - '0');
    char text[16];
    snprintf(text, sizeof text, "%u", count);
    if (!count || count > JOBS_MAX || strcmp(text, settings->jobs) != 0)
        return diagnose(call->diagnostics, nowhere,
                        "invalid value '%s' for --jobs: expected a whole number from 1 to %d", settings->jobs,
                        JOBS_MAX);
    settings->job_count = count;
    return true;
}

bool root_choice_check(struct invocation *call, struct build_settings *settings)
{
    settings->cache_bytes = SESSION_TREES_MAX;
    if (!read_jobs(call, settings) || !build_limits_cache(call, settings->cache_limit, &settings->cache_bytes))
        return false;
    if (settings->null_separated && !settings->from_file)
        return diagnose(call->diagnostics, nowhere, "--null requires --from-file");
    if (settings->since && (settings->all || settings->from_file))
        return diagnose(call->diagnostics, nowhere, "--since cannot be used with %s",
                        settings->all ? "--all" : "--from-file");
    if (settings->from_file && settings->directories.count)
        return diagnose(call->diagnostics, nowhere, "--from-file cannot be used with directories");
    if (settings->all && settings->directories.count > 1)
        return diagnose(call->diagnostics, nowhere, "--all takes one directory, not %zu", settings->directories.count);
    return true;
}

struct affected_request root_choice_request(const struct build_settings *settings)
{
    // As with --all, directories above the current one are ignored.
    static const char *const current[] = {"."};
    const struct operands *named = &settings->directories;
    return (struct affected_request){
        .changes = {.since = settings->since},
        .tops = named->count ? named->items : current,
        .top_count = named->count ? named->count : 1,
        .config = slice_from(settings->config),
        .no_config = settings->no_config,
    };
}

bool root_choice_affected(struct session *session, struct build *build, const struct affected_request *request,
                          struct affected *affected, struct root_list *roots)
{
    const struct file_system *files = session_files(session, build, (struct slice){0});
    if (!affected_find(build, files, request, affected))
        return false;
    affected_root_list(affected, roots);
    return true;
}

static bool add_changed(struct choice *choice)
{
    const struct affected_request request = root_choice_request(choice->settings);
    struct affected affected;
    bool found = root_choice_affected(choice->session, choice->build, &request, &affected, choice->roots);
    affected_close(&affected);
    return found;
}

bool root_choice_find(struct session *session, struct build *build, const struct build_settings *settings,
                      struct root_list *roots)
{
    struct choice choice = {session, build, settings, roots};
    const struct operands *named = &settings->directories;
    bool found = true;
    if (settings->all && settings->from_file)
        found = add_all_listed(&choice);
    else if (settings->all)
        found = add_all(&choice);
    else if (settings->since)
        found = add_changed(&choice);
    else if (settings->from_file)
        found = add_listed(&choice);
    else if (!named->count)
        add_root(&choice, slice_literal("."));
    else
        for (size_t i = 0; i < named->count && found; i++)
            found = add_named(&choice, named->items[i]);
    drop_repeated(&choice);
    return found;
}

struct build_options root_choice_options(const struct invocation *call, const struct build_settings *settings,
                                         const struct root *root, struct arena *arena)
{
    struct build_options options = build_settings_options(call, settings);
    options.thread_count = 1;
    root_apply_flags(root, &options, arena);
    return options;
}

unsigned root_choice_jobs(const struct build_settings *settings)
{
    return settings->job_count ? settings->job_count : task_pool_default_threads() + 1;
}

struct root_builds root_choice_builds(struct session *session, struct build *build,
                                      const struct build_settings *settings, const struct root_list *roots)
{
    return (struct root_builds){
        .roots = roots,
        .results = arena_array(&build->arena, struct root_result, roots->count),
        .thread_count = root_choice_jobs(settings),
        .session = session,
        .columns = build->diagnostics.columns,
    };
}
