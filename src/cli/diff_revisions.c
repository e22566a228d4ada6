// cli/diff_revisions.c
//
// `kiln diff --against REV`, `--staged` and `REV1..REV2`: the same directories in two states of the repository. What is
// compared is built from Git's objects; nothing is checked out.
#include <string.h>
#include <unistd.h>

#include "cli/build.h"
#include "cli/diff.h"
#include "load/file_system_git.h"
#include "load/path.h"

// One state of the repository. Both fields are zero for the work tree.
struct state {
    struct git_files *files;
    struct file_system system;
};

struct roots {
    struct comparison **items;
    size_t count, capacity;
};

struct failures {
    struct failed_root *items;
    size_t count, capacity;
};

struct builds {
    struct build **items;
    size_t count, capacity;
};

struct work {
    struct invocation *call;
    struct diff_settings *settings;
    struct git_repository repository;
    struct state before, after;
    struct roots roots;
    struct failures failures;
    struct builds builds;  // that the comparisons point into
    size_t compared;
    bool lost;  // a root does not build where the answer needs it
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
    state->files = git_files_open(&work->repository, commit);
    if (state->files)
        state->system = git_files_system(state->files);
    return state->files != NULL;
}

static bool open_range(struct work *work, struct slice from, struct slice to, bool from_base)
{
    struct slice before, after;
    if (!git_repository_commit(&work->repository, from, &before) ||
        !git_repository_commit(&work->repository, to.length ? to : slice_literal("HEAD"), &after))
        return false;
    return (!from_base || git_repository_merge_base(&work->repository, before, after, &before)) &&
           open_state(work, before, &work->before) && open_state(work, after, &work->after);
}

static bool open_against(struct work *work)
{
    const struct diff_settings *settings = work->settings;
    const char *revision = settings->exact_against ? settings->exact_against
                           : settings->against     ? settings->against
                                                   : "HEAD";
    struct slice before, head;
    if (!git_repository_commit(&work->repository, slice_from(revision), &before))
        return false;
    if (settings->against && (!git_repository_commit(&work->repository, slice_literal("HEAD"), &head) ||
                              !git_repository_merge_base(&work->repository, before, head, &before)))
        return false;
    if (work->repository.bare)
        return diagnose(work->call->diagnostics, (struct position){0},
                        "a bare repository has no work tree: name two revisions as in REV1..REV2");
    return open_state(work, before, &work->before) &&
           (!settings->staged || open_state(work, (struct slice){0}, &work->after));
}

// --- Building.

static const struct file_system *files_of(const struct state *state)
{
    return state->files ? &state->system : &file_system_posix;
}

static bool has_kustomization(const struct work *work, const struct state *state, struct slice directory)
{
    static const char *const names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};
    struct arena *arena = work->call->arena;
    struct slice current;
    const struct file_system *files = files_of(state);
    files->current_directory(files->state, arena, &current);
    for (size_t i = 0; i < countof(names); i++) {
        struct slice path = path_join(arena, path_join(arena, current, directory), slice_from(names[i]));
        if (files->kind(files->state, arena_copy(arena, path)) == FILE_REGULAR)
            return true;
    }
    return false;
}

// A side without the root has no objects.
static bool build_side(struct work *work, const struct state *state, struct slice directory, struct side *side)
{
    struct build_options options = build_settings_options(work->call, &work->settings->build);
    *side = (struct side){.build = command_build_new(work->call), .shown = directory, .is_build = true};
    if (state->files) {
        options.files = &state->system;
        options.fetches = true;
    }
    return !has_kustomization(work, state, directory) || build_run(side->build, &options, directory);
}

// The first error, on one line.
static struct slice message_of(struct work *work, const struct build *build)
{
    for (size_t i = 0; i < build->diagnostics.count; i++) {
        const struct diagnostic *diagnostic = &build->diagnostics.items[i];
        if (diagnostic->severity != SEVERITY_ERROR)
            continue;
        struct slice place = position_text(&build->sources, work->call->arena, diagnostic->position);
        return arena_format(work->call->arena, "%.*s%s%.*s", SLICE_ARGS(place), place.length ? ": " : "",
                            SLICE_ARGS(diagnostic->message));
    }
    return slice_literal("it does not build");
}

static void note_failure(struct work *work, struct slice directory, const struct side sides[2], const bool built[2])
{
    struct failed_root failed = {
        .path = directory,
        .message = message_of(work, sides[built[0] ? 1 : 0].build),
        .failed_before = !built[0],
        .failed_after = !built[1],
    };
    // That it was broken is told by the report alone.
    if (!built[0])
        diagnostics_forget(&sides[0].build->diagnostics, 0);
    work->lost = work->lost || !built[1];
    list_append(work->call->arena, &work->failures, failed);
}

static bool compare_root(struct work *work, struct slice directory)
{
    struct arena *arena = work->call->arena;
    if (!has_kustomization(work, &work->before, directory) && !has_kustomization(work, &work->after, directory)) {
        diagnose(work->call->diagnostics, (struct position){0}, "'%.*s' has a kustomization on neither side",
                 SLICE_ARGS(directory));
        return false;
    }
    struct side *sides = arena_array(arena, struct side, 2);
    bool built[2] = {build_side(work, &work->before, directory, &sides[0]),
                     build_side(work, &work->after, directory, &sides[1])};
    work->compared++;
    if (built[0] && built[1]) {
        if (!diff_select(work->call, work->settings, sides))
            work->lost = true;
        struct comparison *comparison = compare_sides(&sides[0], &sides[1], &work->settings->compare);
        comparison->path = directory;
        if (comparison_differs(comparison)) {
            list_append(arena, &work->roots, comparison);
            list_append(arena, &work->builds, sides[0].build);
            list_append(arena, &work->builds, sides[1].build);
            return true;
        }
    } else {
        note_failure(work, directory, sides, built);
    }
    command_build_end(sides[0].build);
    command_build_end(sides[1].build);
    return true;
}

static enum status compare_roots(struct work *work, const char *const *directories, size_t count)
{
    static const char *const current[] = {"."};
    if (!count) {
        directories = current;
        count = 1;
    }
    for (size_t i = 0; i < count; i++)
        if (!compare_root(work, path_clean(work->call->arena, slice_from(directories[i]))))
            return (enum status)DIFF_UNKNOWN;
    struct report report = {
        .arena = work->call->arena,
        .comparisons = work->roots.items,
        .count = work->roots.count,
        .compared = work->compared,
        .failed = work->failures.items,
        .failed_count = work->failures.count,
        .diagnostics = work->call->diagnostics,
    };
    enum status status = diff_print(work->call, work->settings, &report);
    return work->lost ? (enum status)DIFF_UNKNOWN : status;
}

// Masks of either state count: who changes them does not show what was hidden.
static bool read_configs(struct work *work)
{
    struct build *build = command_build_new(work->call);
    const struct state *states[] = {&work->before, &work->after};
    bool read = true;
    for (size_t i = 0; i < countof(states); i++)
        read &= diff_read_config(work->call, work->settings, build, files_of(states[i]), slice_literal("."));
    command_build_end(build);
    return read;
}

enum status diff_revisions(struct invocation *call, struct diff_settings *settings, const struct operands *operands)
{
    struct work work = {.call = call, .settings = settings};
    struct slice from = {0}, to = {0}, current;
    bool from_base = false;
    bool is_range = operands->count && access(operands->items[0], F_OK) != 0 &&
                    cut_range(slice_from(operands->items[0]), &from, &to, &from_base);
    if (is_range && (settings->against || settings->exact_against || settings->staged)) {
        diagnose(call->diagnostics, (struct position){0}, "REV1..REV2 names both sides: leave out %s",
                 settings->staged ? "--staged" : "--against");
        return STATUS_USAGE;
    }
    enum status status = (enum status)DIFF_UNKNOWN;
    file_system_posix.current_directory(file_system_posix.state, call->arena, &current);
    if (git_repository_find(&work.repository, call->arena, call->diagnostics, arena_copy(call->arena, current)) &&
        (is_range ? open_range(&work, from, to, from_base) : open_against(&work)) && read_configs(&work))
        status = compare_roots(&work, is_range ? operands->items + 1 : operands->items, operands->count - is_range);
    for (size_t i = 0; i < work.builds.count; i++)
        command_build_end(work.builds.items[i]);
    git_files_close(work.before.files);
    git_files_close(work.after.files);
    return status;
}
