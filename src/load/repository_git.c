#include "load/repository_git.h"

#include <string.h>

static bool is_kept(const void *state, struct slice name)
{
    (void)state;
    // Variables that would make git write, run programs, or look elsewhere than where it is.
    static const char *const dropped[] = {"GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_EDITOR", "GIT_TRACE"};
    for (size_t i = 0; i < countof(dropped); i++)
        if (slice_equals(name, dropped[i]))
            return false;
    return true;
}

struct process_request git_repository_request(const struct git_repository *repository, const char *const *words)
{
    static const char *const first[] = {"git",
                                        "--no-pager",
                                        "--literal-pathspecs",
                                        "-c",
                                        "core.fsmonitor=false",
                                        "-c",
                                        "core.hooksPath=/dev/null",
                                        "-c",
                                        "protocol.allow=never"};
    static const char *const settings[] = {"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1",
                                           "LC_ALL=C"};
    struct arena *arena = repository->arena;
    struct {
        struct slice *items;
        size_t count, capacity;
    } all = {0}, environment = {0};
    for (size_t i = 0; i < countof(first); i++)
        list_append(arena, &all, slice_from(first[i]));
    for (; *words; words++)
        list_append(arena, &all, slice_from(*words));
    for (size_t i = 0; i < countof(settings); i++)
        list_append(arena, &environment, slice_from(settings[i]));
    return (struct process_request){
        .arguments = process_arguments(arena, all.items, all.count),
        .environment = process_environment_where(arena, is_kept, NULL, environment.items, environment.count),
        .directory = repository->top.data,
    };
}

static void refuse(const struct git_repository *repository, struct process_result *result)
{
    struct diagnostics *diagnostics = repository->diagnostics;
    struct slice said = slice_trim(buffer_slice(&result->errors), "\r\n ");
    struct slice line, rest;
    slice_cut(said, '\n', &line, &rest);
    if (slice_starts_with(line, slice_literal("fatal: ")))
        line = slice_from_index(line, strlen("fatal: "));
    if (result->outcome == PROCESS_NOT_STARTED)
        diagnose(diagnostics, (struct position){0}, "cannot run git: %s", result->reason);
    else
        diagnose(diagnostics, (struct position){0}, "git: %.*s", SLICE_ARGS(line));
    if (slice_find(said, slice_literal("safe.directory")) != SLICE_NOT_FOUND)
        diagnose_hint(diagnostics, "if you trust it, run: git config --global --add safe.directory '%.*s'",
                      SLICE_ARGS(repository->top));
}

bool git_repository_ask(const struct git_repository *repository, const char *const *words, bool quiet,
                        struct slice *output)
{
    struct process_request request = git_repository_request(repository, words);
    struct process_result result;
    process_run(&request, &result);
    bool done = result.outcome == PROCESS_EXITED && result.status == 0;
    if (done)
        *output = arena_copy(repository->arena, buffer_slice(&result.output));
    else if (!quiet)
        refuse(repository, &result);
    process_result_free(&result);
    return done;
}

bool git_repository_find(struct git_repository *repository, struct arena *arena, struct diagnostics *diagnostics,
                         struct slice directory)
{
    static const char *const words[] = {"rev-parse", "--is-bare-repository", "--absolute-git-dir", NULL};
    static const char *const top_words[] = {"rev-parse", "--show-toplevel", NULL};
    struct slice answer, bare, git_directory;
    *repository = (struct git_repository){
        .arena = arena, .diagnostics = diagnostics, .top = arena_copy(arena, directory)};
    if (!git_repository_ask(repository, words, false, &answer))
        return false;
    slice_cut(answer, '\n', &bare, &git_directory);
    repository->bare = slice_equals(bare, "true");
    if (!repository->bare && !git_repository_ask(repository, top_words, false, &git_directory))
        return false;
    repository->top = arena_copy(arena, slice_trim(git_directory, "\r\n"));
    return true;
}

bool git_repository_commit(const struct git_repository *repository, struct slice revision, struct slice *commit)
{
    struct slice wanted = arena_format(repository->arena, "%.*s^{commit}", SLICE_ARGS(revision));
    const char *const words[] = {"rev-parse", "--verify", "--quiet", "--end-of-options", wanted.data, NULL};
    if (!revision.length || revision.data[0] == '-' || !git_repository_ask(repository, words, true, commit))
        return diagnose(repository->diagnostics, (struct position){0}, "unknown revision '%.*s'", SLICE_ARGS(revision));
    *commit = slice_trim(*commit, "\r\n");
    return true;
}

bool git_repository_merge_base(const struct git_repository *repository, struct slice a, struct slice b,
                               struct slice *commit)
{
    const char *const words[] = {"merge-base", arena_copy(repository->arena, a).data,
                                 arena_copy(repository->arena, b).data, NULL};
    if (!git_repository_ask(repository, words, true, commit))
        return diagnose(repository->diagnostics, (struct position){0}, "'%.*s' and '%.*s' have no common ancestor",
                        SLICE_ARGS(a), SLICE_ARGS(b));
    *commit = slice_trim(*commit, "\r\n");
    slice_cut(*commit, '\n', commit, &(struct slice){0});
    return true;
}
