#include "tests/golden.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output_file.h"
#include "base/process.h"
#include "load/file_system.h"
#include "tests/golden_commands.h"
#include "tests/support.h"

enum { TIME_LIMIT_SECONDS = 60, WORKERS = 2 };
enum { STATUS_SKIPPED = 77 };  // from tests/remote_case.py, with the reason

struct golden_case {
    struct slice name;    // the argument for `./dev test`
    struct slice folder;  // where the program runs
    struct slice command;
    // The files with the expected output; empty if there can't be one.
    struct slice output, error, status, warnings;
    struct slice shared_output;  // used if there is no `output`: the stream with the other hash
    struct slice defect;         // the case itself is wrong
    bool remote;                 // needs repositories, a server, or programs: tests/remote_case.py
    bool failed, skipped;
    struct buffer report;
};

struct golden {
    struct arena arena;
    struct golden_case *items;
    size_t count, capacity;
    const char *program;
    bool update;
    atomic_size_t next;
};

// --- Files.

static bool exists(struct slice path)
{
    struct stat status;
    return path.length && stat(path.data, &status) == 0;
}

static bool is_directory(struct slice path)
{
    struct stat status;
    return stat(path.data, &status) == 0 && S_ISDIR(status.st_mode);
}

static struct slice join(struct arena *arena, struct slice folder, const char *name)
{
    return arena_format(arena, "%.*s/%s", SLICE_ARGS(folder), name);
}

static bool read_file(struct arena *arena, struct slice path, struct slice *content)
{
    struct slice reason;
    return path.length && file_system_posix.read(NULL, arena, path, content, &reason);
}

struct names {
    struct slice *items;
    size_t count, capacity;
};

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static struct names list_folder(struct arena *arena, struct slice folder)
{
    struct names names = {0};
    DIR *directory = opendir(folder.data);
    for (struct dirent *entry; directory && (entry = readdir(directory));)
        if (entry->d_name[0] != '.')
            list_append(arena, &names, arena_copy(arena, slice_from(entry->d_name)));
    if (directory)
        closedir(directory);
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    return names;
}

// --- Finding the cases.

static void add_defect(struct golden *golden, struct slice path, const char *what)
{
    struct golden_case defect = {.name = path, .defect = slice_from(what)};
    list_append(&golden->arena, golden, defect);
}

static void add_case(struct golden *golden, struct slice folder)
{
    struct arena *arena = &golden->arena;
    struct golden_case found = {
        .name = folder,
        .folder = folder,
        .command = slice_literal("build input"),
        .output = join(arena, folder, "expected.yaml"),
        .error = join(arena, folder, "expected-error.txt"),
        .status = join(arena, folder, "expected-exit"),
        .warnings = join(arena, folder, "expected-stderr.txt"),
        .remote = exists(join(arena, folder, "git")) || exists(join(arena, folder, "http")) ||
                  exists(join(arena, folder, "bin")),
    };
    if (read_file(arena, join(arena, folder, "command"), &found.command))
        found.command = slice_trim(found.command, " \n");
    if (!golden->update && exists(found.output) == exists(found.error))
        found.defect = exists(found.output) ? slice_literal("expects both a stream and an error")
                                            : slice_literal("expects nothing: write it with ./dev test --update");
    list_append(arena, golden, found);
}

static bool belongs_to_case(struct slice name)
{
    static const char *const names[] = {"input",         "command",   "expected.yaml",       "expected-error.txt",
                                        "expected-exit", "README.md", "expected-stderr.txt", "git",
                                        "http",          "bin"};
    for (size_t i = 0; i < countof(names); i++)
        if (slice_equals(name, names[i]))
            return true;
    return false;
}

static void find_cases(struct golden *golden, struct slice folder, int depth)
{
    struct names names = list_folder(&golden->arena, folder);
    bool is_case = exists(join(&golden->arena, folder, "input")) || exists(join(&golden->arena, folder, "command"));
    if (is_case)
        add_case(golden, folder);
    for (size_t i = 0; i < names.count; i++) {
        struct slice path = join(&golden->arena, folder, names.items[i].data);
        if (is_case && belongs_to_case(names.items[i]))
            continue;
        if (!is_case && is_directory(path) && depth < 8)
            find_cases(golden, path, depth + 1);
        else if (is_case || slice_starts_with(names.items[i], slice_literal("expected")))
            add_defect(golden, path, "belongs to no case");
    }
}

static void add_example(struct golden *golden, struct slice folder, struct slice golden_folder, const char *step,
                        struct names *owned)
{
    struct arena *arena = &golden->arena;
    struct slice plain = arena_format(arena, "%.*s/%s.yaml", SLICE_ARGS(golden_folder), step);
    struct slice v4 = arena_format(arena, "%.*s/%s.v4.yaml", SLICE_ARGS(golden_folder), step);
    struct golden_case example = {
        .name = plain,
        .folder = slice_literal("."),
        .command = arena_format(arena, "build %.*s", SLICE_ARGS(folder)),
        .output = plain,
    };
    list_append(arena, golden, example);
    example.name = example.output = v4;
    example.shared_output = plain;
    example.command = arena_format(arena, "build %.*s --name-hash=v4", SLICE_ARGS(folder));
    list_append(arena, golden, example);
    list_append(arena, owned, plain);
    list_append(arena, owned, v4);
}

static void find_examples(struct golden *golden)
{
    struct arena *arena = &golden->arena;
    struct names owned = {0};
    struct names examples = list_folder(arena, slice_literal("examples"));
    for (size_t i = 0; i < examples.count; i++) {
        struct slice folder = join(arena, slice_literal("examples"), examples.items[i].data);
        struct slice golden_folder = join(arena, slice_literal("fixtures/examples"), examples.items[i].data);
        if (!is_directory(folder))
            continue;
        add_example(golden, folder, golden_folder, "base", &owned);
        struct slice overlays = join(arena, folder, "overlays");
        struct names steps = list_folder(arena, overlays);
        for (size_t step = 0; step < steps.count; step++)
            add_example(golden, join(arena, overlays, steps.items[step].data), golden_folder, steps.items[step].data,
                        &owned);
    }
    if (owned.count)
        qsort(owned.items, owned.count, sizeof *owned.items, compare_names);
    struct names folders = list_folder(arena, slice_literal("fixtures/examples"));
    for (size_t i = 0; i < folders.count; i++) {
        struct slice folder = join(arena, slice_literal("fixtures/examples"), folders.items[i].data);
        struct names files = list_folder(arena, folder);
        for (size_t file = 0; file < files.count; file++) {
            struct slice path = join(arena, folder, files.items[file].data);
            if (!owned.count || !bsearch(&path, owned.items, owned.count, sizeof path, compare_names))
                add_defect(golden, path, "there is no such example");
        }
    }
}

static void find_all(struct golden *golden)
{
    struct names areas = list_folder(&golden->arena, slice_literal("fixtures"));
    for (size_t i = 0; i < areas.count; i++) {
        struct slice area = join(&golden->arena, slice_literal("fixtures"), areas.items[i].data);
        if (slice_equals(areas.items[i], "examples"))
            find_examples(golden);
        else if (is_directory(area) && !golden_commands_own(areas.items[i]))
            find_cases(golden, area, 0);
    }
}

// --- Running one.

struct words {
    const char **items;
    size_t count, capacity;
};

static bool is_setting(struct slice word)
{
    return word.length > 0 && word.data[0] != '-' && slice_find_byte(word, '=') != SLICE_NOT_FOUND;
}

static void set_by_default(struct arena *arena, struct names *settings, struct slice setting)
{
    size_t name = slice_find_byte(setting, '=') + 1;
    for (size_t i = 0; i < settings->count; i++)
        if (slice_starts_with(settings->items[i], (struct slice){setting.data, name}))
            return;
    list_append(arena, settings, setting);
}

// Splits a command into settings of the environment and arguments.
static void split_command(struct arena *arena, struct slice command, struct words *words, struct names *settings)
{
    struct slice word, rest = command;
    while (rest.length > 0) {
        slice_cut(rest, ' ', &word, &rest);
        if (word.length == 0)
            continue;
        word = arena_copy(arena, word);
        if (words->count == 0 && is_setting(word))
            list_append(arena, settings, word);
        else
            list_append(arena, words, word.data);
    }
    // The caller's own environment must not matter.
    set_by_default(arena, settings, slice_literal("KILN_NAME_HASH="));
    set_by_default(arena, settings, slice_literal("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL="));
}

static void report_difference(struct golden_case *golden_case, struct slice path, struct slice actual)
{
    const char *const arguments[] = {"diff", "-u", "--label", "expected", "--label", "actual", path.data, "-", NULL};
    struct process_request request = {.arguments = arguments, .input = actual};
    struct process_result result = {0};
    process_run(&request, &result);
    buffer_add_format(&golden_case->report, "  %.*s:\n", SLICE_ARGS(path));
    if (result.outcome == PROCESS_EXITED && result.status == 1)
        buffer_add_slice(&golden_case->report, buffer_slice(&result.output));
    else
        buffer_add_format(&golden_case->report, "--- actual\n%.*s\n", SLICE_ARGS(actual));
    process_result_free(&result);
    golden_case->failed = true;
}

static void require(struct golden_case *golden_case, bool holds, const char *what, struct slice detail)
{
    if (holds)
        return;
    golden_case->failed = true;
    buffer_add_format(&golden_case->report, "  %s\n%.*s", what, SLICE_ARGS(detail));
}

static void compare_file(struct golden_case *golden_case, struct arena *arena, struct slice path, struct slice actual)
{
    struct slice expected = {0};
    read_file(arena, path, &expected);
    if (!slice_equal(expected, actual))
        report_difference(golden_case, path, actual);
}

static void check(struct golden_case *golden_case, struct arena *arena, const struct process_result *result)
{
    struct slice output = buffer_slice(&result->output), errors = buffer_slice(&result->errors);
    if (!exists(golden_case->error)) {
        require(golden_case, result->status == 0, "the program failed:", errors);
        if (result->status != 0)
            return;
        bool own = exists(golden_case->output) || !golden_case->shared_output.length;
        compare_file(golden_case, arena, own ? golden_case->output : golden_case->shared_output, output);
        compare_file(golden_case, arena, golden_case->warnings, errors);
        return;
    }
    struct slice text = {0};
    int expected_status = read_file(arena, golden_case->status, &text) ? atoi(text.data) : 1;
    struct slice detail = arena_format(arena, "  not %d but %d\n", expected_status, result->status);
    require(golden_case, result->status == expected_status, "another exit status:", detail);
    require(golden_case, output.length == 0, "it failed, and printed a stream:", output);
    compare_file(golden_case, arena, golden_case->error, errors);
}

// Writes a golden file, or removes it if there is nothing to write.
static void write_golden(struct golden_case *golden_case, struct arena *arena, struct slice path, bool wanted,
                         struct slice content)
{
    if (!path.length)
        return;
    struct slice present;
    bool there = read_file(arena, path, &present);
    if (there ? wanted && slice_equal(present, content) : !wanted)
        return;
    buffer_add_format(&golden_case->report, "%s %.*s\n", wanted ? "wrote" : "removed", SLICE_ARGS(path));
    if (!wanted) {
        unlink(path.data);
        return;
    }
    struct output_batch batch;
    output_batch_begin(&batch, arena);
    if (!output_batch_add(&batch, path, content) || !output_batch_commit(&batch)) {
        buffer_add_format(&golden_case->report, "  cannot write it: %s\n", batch.reason);
        golden_case->failed = true;
    }
}

static void update(struct golden_case *golden_case, struct arena *arena, const struct process_result *result)
{
    struct slice output = buffer_slice(&result->output), errors = buffer_slice(&result->errors);
    bool succeeded = result->status == 0;
    if (!succeeded && !golden_case->error.length) {
        require(golden_case, false, "the program failed:", errors);
        return;
    }
    struct slice shared = {0};
    bool as_shared = read_file(arena, golden_case->shared_output, &shared) && slice_equal(shared, output);
    struct slice status = arena_format(arena, "%d\n", result->status);
    write_golden(golden_case, arena, golden_case->output, succeeded && !as_shared, output);
    write_golden(golden_case, arena, golden_case->warnings, succeeded && errors.length, errors);
    write_golden(golden_case, arena, golden_case->error, !succeeded, errors);
    write_golden(golden_case, arena, golden_case->status, !succeeded && result->status != 1, status);
}

// The command of the program itself, or of the script that provides what it needs.
static struct words whole_command(struct arena *arena, const char *program, const struct golden_case *golden_case,
                                  const struct words *arguments, const struct names *settings)
{
    struct words words = {0};
    if (golden_case->remote) {
        list_append(arena, &words, "python3");
        list_append(arena, &words, "tests/remote_case.py");
        list_append(arena, &words, golden_case->folder.data);
        for (size_t i = 0; i < settings->count; i++)
            list_append(arena, &words, settings->items[i].data);
    }
    list_append(arena, &words, program);
    for (size_t i = 0; i < arguments->count; i++)
        list_append(arena, &words, arguments->items[i]);
    list_append(arena, &words, NULL);
    return words;
}

static void skip_case(struct golden_case *golden_case, struct slice why)
{
    golden_case->skipped = true;
    buffer_add_format(&golden_case->report, "skipped %.*s: %.*s\n", SLICE_ARGS(golden_case->name), SLICE_ARGS(why));
}

static void run_case(const struct golden *golden, struct golden_case *golden_case)
{
    struct arena arena = {0};
    struct words arguments = {0};
    struct names settings = {0};
    struct process_result result = {0};
    split_command(&arena, golden_case->command, &arguments, &settings);
    struct process_request request = {
        .arguments = whole_command(&arena, golden->program, golden_case, &arguments, &settings).items,
        .environment = process_environment(&arena, settings.items, settings.count),
        .directory = golden_case->remote ? "." : golden_case->folder.data,
        .timeout_seconds = TIME_LIMIT_SECONDS,
    };
    process_run(&request, &result);
    if (golden_case->remote && result.outcome == PROCESS_NOT_STARTED)
        skip_case(golden_case, slice_literal("cannot find python3"));
    else if (golden_case->remote && result.outcome == PROCESS_EXITED && result.status == STATUS_SKIPPED)
        skip_case(golden_case, slice_trim(buffer_slice(&result.errors), "\n"));
    else if (result.outcome == PROCESS_EXITED && golden->update)
        update(golden_case, &arena, &result);
    else if (result.outcome == PROCESS_EXITED)
        check(golden_case, &arena, &result);
    else
        require(golden_case, false,
                result.outcome == PROCESS_TIMED_OUT ? "it did not end" : "it did not run to its end",
                buffer_slice(&result.errors));
    process_result_free(&result);
    arena_free(&arena);
}

static void *work(void *state)
{
    struct golden *golden = state;
    for (size_t i; (i = atomic_fetch_add(&golden->next, 1)) < golden->count;)
        if (!golden->items[i].defect.length)
            run_case(golden, &golden->items[i]);
    return NULL;
}

// --- All of them.

static bool is_wanted(const struct golden_case *golden_case, int count, char **names)
{
    for (int i = 0; i < count; i++)
        if (slice_find(golden_case->name, slice_from(names[i])) != SLICE_NOT_FOUND)
            return true;
    return count == 0;
}

static void keep_wanted(struct golden *golden, int count, char **names)
{
    size_t kept = 0;
    for (size_t i = 0; i < golden->count; i++)
        if (is_wanted(&golden->items[i], count, names))
            golden->items[kept++] = golden->items[i];
    golden->count = kept;
}

static void print_failure(const struct golden *golden, const struct golden_case *golden_case)
{
    if (golden_case->defect.length) {
        printf("FAILED %.*s: %.*s\n", SLICE_ARGS(golden_case->name), SLICE_ARGS(golden_case->defect));
        return;
    }
    printf("FAILED %.*s\n%.*s", SLICE_ARGS(golden_case->name), SLICE_ARGS(buffer_slice(&golden_case->report)));
    // The shell must not expand `$GIT`.
    const char *before = golden_case->remote ? "python3 tests/remote_case.py " : "cd ";
    const char *quote = golden_case->remote ? "'" : "", *then = golden_case->remote ? "" : "&& ";
    printf("  to reproduce it: (%s%.*s %s", before, SLICE_ARGS(golden_case->folder), then);
    struct slice command = golden_case->command, word, rest;
    for (slice_cut(command, ' ', &word, &rest); is_setting(word); slice_cut(command, ' ', &word, &rest)) {
        printf("%s%.*s%s ", quote, SLICE_ARGS(word), quote);
        command = rest;
    }
    printf("%s", golden->program);
    while (slice_cut(command, ' ', &word, &command), word.length)
        printf(" %s%.*s%s", quote, SLICE_ARGS(word), quote);
    printf(")\n");
}

static void run_all(struct golden *golden)
{
    pthread_t workers[WORKERS];
    size_t started = 0;
    while (started < WORKERS && pthread_create(&workers[started], NULL, work, golden) == 0)
        started++;
    if (started == 0)
        work(golden);
    while (started > 0)
        pthread_join(workers[--started], NULL);
}

void golden_run(int count, char **arguments, struct test_totals *totals)
{
    struct golden golden = {0};
    if (count > 0 && strcmp(arguments[0], "--update") == 0) {
        golden.update = true;
        count--, arguments++;
    }
    golden.program = test_program_or_null();
    if (!golden.program) {
        printf("FAILED: KILN in the environment is not a program\n");
        totals->failed++;
        return;
    }
    find_all(&golden);
    keep_wanted(&golden, count, arguments);
    run_all(&golden);
    for (size_t i = 0; i < golden.count; i++) {
        struct golden_case *golden_case = &golden.items[i];
        if (golden_case->defect.length || golden_case->failed) {
            totals->failed++;
            print_failure(&golden, golden_case);
        } else {
            totals->skipped += golden_case->skipped;
            totals->passed += !golden_case->skipped;
            printf("%.*s", SLICE_ARGS(buffer_slice(&golden_case->report)));
        }
        buffer_free(&golden_case->report);
    }
    arena_free(&golden.arena);
}
