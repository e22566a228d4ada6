// cli/diff_revisions.c
//
// `kiln diff --against REV`, `--staged`, and `REV1..REV2`: compares directories in two states of the repository. Older
// states are built from Git's objects; nothing is checked out.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/build.h"
#include "cli/diff.h"
#include "cli/diff_roots.h"
#include "cli/root_choice.h"
#include "cli/root_report.h"
#include "base/shown.h"
#include "load/file_system_git.h"
#include "load/path.h"
#include "repository/root_builds.h"

// One state of the repository. `files` is NULL for the work tree.
struct state {
    struct git_files *files;
    struct file_system system;
    struct session *session;
};

// The result for one root.
struct compared {
    struct side sides[2];
    struct comparison *comparison;  // NULL: nothing differs
    struct failed_root failed;      // its path is empty if both sides build
    bool is_missing;                // on both sides
    bool *used;                     // patterns of --select
};

struct work {
    struct invocation *call;
    struct diff_settings *settings;
    struct build *build;  // for messages that belong to no root
    struct git_repository repository;
    struct state states[2];
    struct diff_roots wanted;
    struct root_list roots;
    struct root_result *results;
    struct compared *compared;
};

// "REV1..REV2", "REV1...REV2". False: it is a path.
static bool cut_range(struct slice operand, struct slice *from, struct slice *to, bool *from_base)
{
    size_t dots = slice_find(operand, slice_literal(".."));
    if (dots == SLICE_NOT_FOUND || dots == 0 || slice_find_byte(operand, '\0') != SLICE_NOT_FOUND)
        return false;
    *from = slice_part(operand, 0, dots);
    *to = slice_from_index(operand, dots + 2);
    *from_base = to->length && to->data[0] == '.';
    if (*from_base)
        *to = slice_from_index(*to, 1);
    // `a/../b` is a path.
    return from->data[from->length - 1] != '/' && !(to->length && to->data[0] == '/');
}

bool diff_has_revisions(const struct diff_settings *settings, const struct operands *operands)
{
    struct slice from, to;
    bool from_base;
    return settings->against || settings->exact_against || settings->staged ||
           (operands->count && access(operands->items[0], F_OK) != 0 &&
            cut_range(slice_from(operands->items[0]), &from, &to, &from_base));
}

static bool open_state(struct work *work, struct slice commit, struct state *state)
{
    struct git_files *older = state == &work->states[1] ? work->states[0].files : NULL;
    state->files = git_files_open_beside(&work->repository, commit, older);
    if (state->files)
        state->system = git_files_system(state->files);
    return state->files != NULL;
}

static bool open_range(struct work *work, struct slice from, struct slice to, bool from_base)
{
    struct arena *arena = work->call->arena;
    struct slice before, after;
    if (!git_repository_commit(&work->repository, from, &before) ||
        !git_repository_commit(&work->repository, to.length ? to : slice_literal("HEAD"), &after) ||
        (from_base && !git_repository_merge_base(&work->repository, before, after, &before)))
        return false;
    work->wanted.since = arena_copy(arena, before).data;
    work->wanted.to = arena_copy(arena, after).data;
    return open_state(work, before, &work->states[0]) && open_state(work, after, &work->states[1]);
}

// Before the first commit, everything is compared with nothing.
static bool open_first(struct work *work)
{
    static const char *const words[] = {"hash-object", "-t", "tree", "/dev/null", NULL};
    struct slice empty;
    work->wanted.staged = work->settings->staged;
    return git_repository_ask(&work->repository, words, false, &empty) &&
           open_state(work, slice_trim(empty, "\r\n"), &work->states[0]) &&
           (!work->settings->staged || open_state(work, (struct slice){0}, &work->states[1]));
}

static bool open_against(struct work *work)
{
    const struct diff_settings *settings = work->settings;
    const char *revision = settings->exact_against ? settings->exact_against
                           : settings->against     ? settings->against
                                                   : "HEAD";
    struct slice before, head;
    bool is_first = settings->exact_against || settings->against ? git_revision_is_none(revision)
                                                                 : !work->repository.head.length;
    if (is_first && !work->repository.bare) {
        work->wanted.since = settings->against ? settings->against : settings->exact_against;
        return open_first(work);
    }
    if (!git_repository_commit(&work->repository, slice_from(revision), &before))
        return false;
    if (settings->against && (!git_repository_commit(&work->repository, slice_literal("HEAD"), &head) ||
                              !git_repository_merge_base(&work->repository, before, head, &before)))
        return false;
    if (work->repository.bare)
        return diagnose(work->call->diagnostics, (struct position){0},
                        "a bare repository has no work tree: name two revisions as in REV1..REV2");
    work->wanted.since = arena_copy(work->call->arena, before).data;
    work->wanted.exact = true;
    work->wanted.staged = settings->staged;
    return open_state(work, before, &work->states[0]) &&
           (!settings->staged || open_state(work, (struct slice){0}, &work->states[1]));
}

// --- Which roots.

static bool is_in_either(const struct work *work, struct arena *arena, struct slice directory)
{
    return roots_have_file(arena, &work->states[0].system, directory) ||
           roots_have_file(arena, &work->states[1].system, directory);
}

static void add_root(struct work *work, struct slice path)
{
    struct root root = {.directory = path, .path = path};
    list_append(&work->build->arena, &work->roots, root);
}

static int compare_paths(const void *a, const void *b)
{
    return slice_compare(((const struct root *)a)->path, ((const struct root *)b)->path);
}

// The current directory counts even if it isn't a root: being in it is a request for it.
static void add_current(struct work *work)
{
    for (size_t i = 0; i < work->roots.count; i++)
        if (slice_equals(work->roots.items[i].path, "."))
            return;
    if (is_in_either(work, &work->build->arena, slice_literal(".")))
        add_root(work, slice_literal("."));
}

static bool find_roots(struct work *work, const struct operands *named)
{
    static const char *const current[] = {"."};
    struct diff_roots *wanted = &work->wanted;
    const struct build_settings *settings = &work->settings->build;
    bool is_listed = !settings->all && !work->settings->by_change && named->count;
    if (is_listed) {
        for (size_t i = 0; i < named->count; i++)
            add_root(work, path_clean(&work->build->arena, slice_from(named->items[i])));
        return true;
    }
    wanted->all = settings->all;
    wanted->tops = named->count ? (const char *const *)named->items : current;
    wanted->top_count = named->count ? named->count : 1;
    wanted->config = slice_from(settings->config);
    wanted->no_config = settings->no_config;
    if (!diff_find_roots(work->build, wanted, &work->roots))
        return false;
    if (!named->count)
        add_current(work);
    if (work->roots.count)
        qsort(work->roots.items, work->roots.count, sizeof *work->roots.items, compare_paths);
    return true;
}

// --- One root, on any thread.

// A side without the root has no objects.
static bool build_side(struct work *work, size_t index, int number)
{
    const struct root *root = &work->roots.items[index];
    struct state *state = &work->states[number];
    struct arena *arena = &work->results[index].arena;
    struct build *build = session_build_new(state->session);
    struct build_options options = build_settings_options(work->call, &work->settings->build);
    root_apply_flags(root, &options, arena);
    build->diagnostics.columns = work->build->diagnostics.columns;
    // The other state reads the files of the root as well.
    options.files = session_files(state->session, build, (struct slice){0});
    options.fetches = true;
    if (work->roots.count > 1)
        options.thread_count = 1;
    bool is_missing = !roots_have_file(arena, &state->system, root->directory);
    work->compared[index].sides[number] = (struct side){
        .build = build, .shown = root->path, .is_missing = is_missing, .is_build = true};
    return is_missing || build_run(build, &options, root->directory);
}

// The first error, on one line.
static void explain_failure(struct arena *arena, const struct build *build, struct failed_root *failed)
{
    failed->message = slice_literal("it does not build");
    for (size_t i = 0; i < build->diagnostics.count; i++) {
        const struct diagnostic *diagnostic = &build->diagnostics.items[i];
        if (diagnostic->severity != SEVERITY_ERROR)
            continue;
        const struct source *source = sources_get(&build->sources, diagnostic->position.file);
        struct slice place = position_text(&build->sources, arena, diagnostic->position);
        failed->message = arena_format(
            arena, "%.*s%s%.*s", SLICE_ARGS(place), place.length ? ": " : "",
            SLICE_ARGS(shown_text(arena, (struct sources *)&build->sources, diagnostic->message)));
        if (source) {
            failed->file = arena_copy(arena, source->path);
            failed->line = diagnostic->position.line;
            failed->column = diagnostic->position.column;
        }
        return;
    }
}

static void note_failure(struct work *work, size_t index, const bool built[2])
{
    struct compared *compared = &work->compared[index];
    compared->failed = (struct failed_root){
        .path = work->roots.items[index].path,
        .failed_before = !built[0],
        .failed_after = !built[1],
        .is_new = compared->sides[0].is_missing,
        .is_gone = compared->sides[1].is_missing,
    };
    explain_failure(&work->results[index].arena, compared->sides[built[0] ? 1 : 0].build, &compared->failed);
}

static void compare_built(struct work *work, size_t index)
{
    struct compared *compared = &work->compared[index];
    if (!diff_select(work->settings, compared->sides, compared->used))
        return;
    struct comparison *comparison = compare_sides(&compared->sides[0], &compared->sides[1], &work->settings->compare);
    comparison->path = work->roots.items[index].path;
    if (comparison_differs(comparison))
        compared->comparison = comparison;
}

static void free_sides(struct work *work, struct compared *compared)
{
    for (int i = 0; i < 2; i++) {
        if (compared->sides[i].build)
            session_build_free(work->states[i].session, compared->sides[i].build);
        compared->sides[i].build = NULL;
    }
}

static void compare_root(void *state, size_t index)
{
    struct work *work = state;
    struct compared *compared = &work->compared[index];
    struct root_result *result = &work->results[index];
    compared->used = arena_array(&result->arena, bool, work->settings->build.select.count + 1);
    compared->is_missing = !is_in_either(work, &result->arena, work->roots.items[index].directory);
    bool built[2] = {false, false};
    for (int i = 0; i < 2; i++)
        built[i] = build_side(work, index, i);
    if (built[0] && built[1])
        compare_built(work, index);
    else
        note_failure(work, index, built);
    // Warnings about the older state are old news.
    root_result_keep(result, compared->sides[1].build);
    result->status = built[1] && !compared->sides[1].build->diagnostics.error_count ? ROOT_BUILT : ROOT_FAILED;
    if (!compared->comparison)
        free_sides(work, compared);
}

// --- All of them.

static bool check_all_exist(const struct work *work)
{
    bool all = true;
    for (size_t i = 0; i < work->roots.count; i++)
        if (work->compared[i].is_missing)
            all = diagnose(work->call->diagnostics, (struct position){0}, "no kustomization in '%.*s' on either side",
                           SLICE_ARGS(work->roots.items[i].path));
    return all;
}

static bool check_selected(const struct work *work)
{
    size_t count = work->settings->build.select.count;
    bool *used = arena_array(work->call->arena, bool, count + 1);
    for (size_t i = 0; i < work->roots.count; i++)
        for (size_t k = 0; k < count; k++)
            used[k] = used[k] || work->compared[i].used[k];
    return !work->roots.count || diff_check_selected(work->call->diagnostics, work->settings, used);
}

static enum status report_roots(struct work *work)
{
    struct arena *arena = &work->build->arena;
    struct comparison **comparisons = arena_array(arena, struct comparison *, work->roots.count + 1);
    struct failed_root *failed = arena_array(arena, struct failed_root, work->roots.count + 1);
    struct report report = {
        .arena = arena,
        .comparisons = comparisons,
        // Roots that the change doesn't affect are the same.
        .compared = work->wanted.total > work->roots.count ? work->wanted.total : work->roots.count,
        .failed = failed,
        .diagnostics = work->call->diagnostics,
    };
    bool lost = !check_selected(work);
    for (size_t i = 0; i < work->roots.count; i++) {
        const struct compared *compared = &work->compared[i];
        lost = lost || work->results[i].status != ROOT_BUILT;
        if (compared->comparison)
            comparisons[report.count++] = compared->comparison;
        if (compared->failed.path.length)
            failed[report.failed_count++] = compared->failed;
    }
    enum status status = diff_print(work->call, work->settings, &report);
    return lost ? (enum status)DIFF_UNKNOWN : status;
}

static enum status compare_roots(struct work *work)
{
    struct arena *arena = &work->build->arena;
    const struct build_settings *settings = &work->settings->build;
    work->results = arena_array(arena, struct root_result, work->roots.count);
    work->compared = arena_array(arena, struct compared, work->roots.count);
    struct root_builds builds = {
        .roots = &work->roots,
        .results = work->results,
        .thread_count = root_choice_jobs(settings),
        .state = work,
        .run = compare_root,
    };
    root_builds_run(&builds);
    root_report_messages(arena, &work->roots, work->results, settings->verbose);
    enum status status = check_all_exist(work) ? report_roots(work) : (enum status)DIFF_UNKNOWN;
    for (size_t i = 0; i < work->roots.count; i++)
        free_sides(work, &work->compared[i]);
    root_results_free(work->results, work->roots.count);
    return status;
}

// Masks of both states apply, so a change to the masks can't reveal what was hidden.
static bool read_configs(struct work *work)
{
    bool read = true;
    for (size_t i = 0; i < countof(work->states); i++)
        read &= diff_read_config(work->call, work->settings, work->build, &work->states[i].system, slice_literal("."));
    return read;
}

static bool open_states(struct work *work, const struct operands *operands, bool *is_range)
{
    const struct diff_settings *settings = work->settings;
    struct slice from = {0}, to = {0}, current;
    bool from_base = false;
    *is_range = operands->count && access(operands->items[0], F_OK) != 0 &&
                cut_range(slice_from(operands->items[0]), &from, &to, &from_base);
    if (*is_range && (settings->against || settings->exact_against || settings->staged))
        return diagnose(work->call->diagnostics, (struct position){0}, "REV1..REV2 cannot be used with %s",
                        settings->staged ? "--staged" : "--against");
    struct arena *arena = work->call->arena;
    file_system_posix.current_directory(file_system_posix.state, arena, &current);
    work->states[0].system = work->states[1].system = file_system_posix;
    return git_repository_find(&work->repository, arena, work->call->diagnostics, arena_copy(arena, current)) &&
           (*is_range ? open_range(work, from, to, from_base) : open_against(work));
}

enum status diff_revisions(struct invocation *call, struct diff_settings *settings, const struct operands *operands)
{
    struct work work = {.call = call, .settings = settings};
    enum status status = (enum status)DIFF_UNKNOWN;
    bool is_range;
    if (open_states(&work, operands, &is_range)) {
        struct operands named = *operands;
        if (is_range) {
            named.items++;
            named.count--;
        }
        for (size_t i = 0; i < countof(work.states); i++)
            work.states[i].session = session_new_beside(&work.states[i].system, SESSION_TREES_MAX,
                                                        i ? work.states[0].session : NULL);
        work.build = command_session_build_new(call, work.states[1].session);
        if (read_configs(&work) && find_roots(&work, &named))
            status = compare_roots(&work);
        command_session_build_end(work.states[1].session, work.build);
        for (size_t i = countof(work.states); i > 0; i--)
            session_free(work.states[i - 1].session);
    }
    git_files_close(work.states[1].files);
    git_files_close(work.states[0].files);
    return status;
}
