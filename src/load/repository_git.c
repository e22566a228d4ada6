#include "load/repository_git.h"

#include <string.h>

#include "base/word_list.h"
#include "load/file_system.h"
#include "load/path.h"

static bool is_kept(const void *state, struct slice name)
{
    (void)state;
    // Variables that would make git write or run programs.
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
    // Git prints the command with the directory quoted for a shell.
    size_t command = slice_find(said, slice_literal("git config --global --add safe.directory "));
    if (command != SLICE_NOT_FOUND)
        diagnose_hint(diagnostics, "run this if you trust it: %.*s", SLICE_ARGS(slice_from_index(said, command)));
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

enum git_entry git_entry_of_mode(struct slice mode)
{
    return slice_equals(mode, "120000")   ? GIT_ENTRY_LINK
           : slice_equals(mode, "160000") ? GIT_ENTRY_MODULE
           : slice_equals(mode, "000000") ? GIT_ENTRY_NONE
                                          : GIT_ENTRY_FILE;
}

static bool is_directory(struct arena *arena, struct slice path)
{
    return file_system_posix.kind(file_system_posix.state, arena_copy(arena, path)) == FILE_DIRECTORY;
}

// Cuts two absolute paths on lines of their own from what follows them. A path may contain line breaks, so the first
// split counts where both are directories.
static bool cut_paths(struct arena *arena, struct slice answers, struct slice *first, struct slice *second,
                      struct slice *rest)
{
    for (size_t middle = 0; middle < answers.length; middle++) {
        if (answers.data[middle] != '\n' || answers.data[middle + 1 < answers.length ? middle + 1 : middle] != '/')
            continue;
        *first = slice_part(answers, 0, middle);
        struct slice others = slice_from_index(answers, middle + 1);
        for (size_t end = others.length; end-- > 0;) {
            *second = slice_part(others, 0, end);
            *rest = slice_from_index(others, end + 1);
            if (others.data[end] == '\n' && is_directory(arena, *first) && is_directory(arena, *second))
                return true;
        }
    }
    return false;
}

// A single call answers everything. If there is no work tree or no commit yet, it fails after the answers that it has.
static bool read_answers(struct git_repository *repository, struct slice answers)
{
    struct slice bare, top = {0}, names = {0};
    if (!slice_cut(answers, '\n', &bare, &answers))
        return false;
    repository->bare = slice_equals(bare, "true");
    if (!cut_paths(repository->arena, answers, &repository->git_directory, &top, &names))
        repository->git_directory = slice_trim(answers, "\r\n");
    slice_cut(names, '\n', &repository->head, &names);
    slice_cut(names, '\n', &repository->tree, &names);
    // Without a commit, git repeats the question.
    if (slice_starts_with(repository->head, slice_literal("HEAD")))
        repository->head = repository->tree = (struct slice){0};
    if (repository->bare)
        top = repository->git_directory;
    if (top.length)
        repository->top = arena_copy(repository->arena, top);
    return top.length > 0;
}

bool git_repository_find(struct git_repository *repository, struct arena *arena, struct diagnostics *diagnostics,
                         struct slice directory)
{
    static const char *const words[] = {
        "rev-parse", "--is-bare-repository", "--absolute-git-dir", "--show-toplevel", "HEAD^{commit}", "HEAD^{tree}",
        NULL};
    *repository = (struct git_repository){
        .arena = arena, .diagnostics = diagnostics, .top = arena_copy(arena, directory)};
    struct process_request request = git_repository_request(repository, words);
    struct process_result result;
    process_run(&request, &result);
    bool found = result.outcome == PROCESS_EXITED &&
                 read_answers(repository, arena_copy(arena, buffer_slice(&result.output)));
    if (!found)
        refuse(repository, &result);
    process_result_free(&result);
    return found;
}

static struct slice read_file(const struct git_repository *repository, struct slice directory, const char *name)
{
    const struct file_system *files = &file_system_posix;
    struct slice content = {0}, reason, path = path_join(repository->arena, directory, slice_from(name));
    files->read(files->state, repository->arena, arena_copy(repository->arena, path), &content, &reason);
    return content;
}

// Git stores this setting when it creates a repository, so no process is needed.
bool git_repository_ignores_case(const struct git_repository *repository)
{
    struct slice common = slice_trim(read_file(repository, repository->git_directory, "commondir"), "\r\n");
    struct slice directory = common.length ? path_join(repository->arena, repository->git_directory, common)
                                           : repository->git_directory;
    struct slice text = read_file(repository, directory, "config"), line, key, value;
    bool ignores = false;
    while (text.length) {
        slice_cut(text, '\n', &line, &text);
        slice_cut(line, '=', &key, &value);
        if (slice_equal_ignoring_case(slice_trim(key, " \t"), slice_literal("ignorecase")))
            ignores = slice_equal_ignoring_case(slice_trim(value, " \t\r"), slice_literal("true"));
    }
    return ignores;
}

// Adds a hint if the clone is shallow, which may be why something is missing.
static bool explain_shallow(const struct git_repository *repository)
{
    static const char *const words[] = {"rev-parse", "--is-shallow-repository", NULL};
    struct slice answer;
    if (git_repository_ask(repository, words, true, &answer) && slice_starts_with(answer, slice_literal("true")))
        diagnose_hint(repository->diagnostics,
                      "fetch the whole history ('fetch-depth: 0' in GitHub's checkout): the clone is shallow");
    return false;
}

// Suggests a branch or tag with a similar name.
static void suggest_revision(const struct git_repository *repository, struct slice revision)
{
    static const char *const words[] = {"for-each-ref", "--format=%(refname:short)", "--count=10000", NULL};
    struct {
        struct slice *items;
        size_t count, capacity;
    } names = {0};
    struct slice list, name;
    if (!git_repository_ask(repository, words, true, &list))
        return;
    while (list.length) {
        slice_cut(list, '\n', &name, &list);
        list_append(repository->arena, &names, name);
    }
    name = nearest_text(revision, names.items, names.count);
    if (name.length)
        diagnose_hint(repository->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(name));
    else if (names.count && names.count <= HINT_NAMES_MAX)
        diagnose_hint(repository->diagnostics,
                      "use a branch or tag of this clone, or fetch it first: the clone has %.*s",
                      SLICE_ARGS(word_list_quoted(repository->arena, names.items, names.count, HINT_NAMES_MAX, "and")));
    else
        diagnose_hint(repository->diagnostics, "run 'git fetch' if only the remote repository has it");
}

bool git_revision_is_none(const char *revision)
{
    enum { SHA1_DIGITS = 40, SHA256_DIGITS = 64 };
    size_t length = revision ? strspn(revision, "0") : 0;
    return (length == SHA1_DIGITS || length == SHA256_DIGITS) && !revision[length];
}

bool git_repository_commit(const struct git_repository *repository, struct slice revision, struct slice *commit)
{
    struct slice wanted = arena_format(repository->arena, "%.*s^{commit}", SLICE_ARGS(revision));
    const char *const words[] = {"rev-parse", "--verify", "--quiet", "--end-of-options", wanted.data, NULL};
    if (!revision.length || revision.data[0] == '-' || !git_repository_ask(repository, words, true, commit)) {
        diagnose(repository->diagnostics, (struct position){0}, "unknown revision '%.*s'", SLICE_ARGS(revision));
        suggest_revision(repository, revision);
        return explain_shallow(repository);
    }
    *commit = slice_trim(*commit, "\r\n");
    return true;
}

bool git_repository_merge_base(const struct git_repository *repository, struct slice a, struct slice b,
                               struct slice *commit)
{
    const char *const words[] = {"merge-base", arena_copy(repository->arena, a).data,
                                 arena_copy(repository->arena, b).data, NULL};
    if (!git_repository_ask(repository, words, true, commit)) {
        diagnose(repository->diagnostics, (struct position){0}, "'%.*s' and '%.*s' have no common ancestor",
                 SLICE_ARGS(a), SLICE_ARGS(b));
        return explain_shallow(repository);
    }
    *commit = slice_trim(*commit, "\r\n");
    slice_cut(*commit, '\n', commit, &(struct slice){0});
    return true;
}
