#include "tests/golden_commands.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"
#include "load/file_system.h"
#include "load/glob.h"
#include "load/path.h"
#include "tests/support.h"

static const char *const areas[] = {"edit", "localize", "cli",    "fmt",     "output", "cfg",
                                    "fn",   "diff",     "images", "depfile", "graph"};

struct command_case {
    struct arena arena;
    struct slice folder;
    struct slice program, link;  // under the name kustomize
    struct slice work;           // the copy
    bool update;
    bool failed;
    struct buffer report, output, errors;
    int status;
};

// --- Files.

static struct slice join(struct command_case *test, struct slice folder, const char *name)
{
    return arena_format(&test->arena, "%.*s/%s", SLICE_ARGS(folder), name);
}

static bool read_file(struct command_case *test, struct slice path, struct slice *content)
{
    struct slice reason;
    *content = (struct slice){0};
    return access(path.data, F_OK) == 0 && file_system_posix.read(NULL, &test->arena, path, content, &reason);
}

static bool exists(struct slice path)
{
    struct stat status;
    return lstat(path.data, &status) == 0;
}

static void run_program(const char *const *arguments)
{
    struct process_result result = {0};
    process_run(&(struct process_request){.arguments = arguments}, &result);
    process_result_free(&result);
}

static void copy_tree(struct slice from, struct slice to)
{
    const char *const arguments[] = {"cp", "-a", from.data, to.data, NULL};
    run_program(arguments);
}

static void remove_tree(struct slice path)
{
    const char *const arguments[] = {"rm", "-rf", path.data, NULL};
    run_program(arguments);
}

// The difference between two trees; empty if they are the same. A missing tree counts as empty.
static struct slice difference(struct command_case *test, struct slice expected, struct slice actual)
{
    struct slice empty = join(test, path_directory(test->work), "empty");
    mkdir(empty.data, 0777);
    const char *const arguments[] = {
        "diff", "-ruN", "--no-dereference", exists(expected) ? expected.data : empty.data, actual.data, NULL};
    struct process_result result = {0};
    process_run(&(struct process_request){.arguments = arguments}, &result);
    struct slice text = arena_copy(&test->arena, buffer_slice(&result.output));
    process_result_free(&result);
    return text;
}

// --- Lines of a command file.

struct words {
    const char **items;
    size_t count, capacity;
};

static struct words split_words(struct command_case *test, struct slice line)
{
    struct words words = {0};
    struct buffer word = {0};
    bool begun = false;
    char quote = 0;
    for (size_t i = 0; i <= line.length; i++) {
        char byte = i < line.length ? line.data[i] : ' ';
        if (quote && byte == quote && i < line.length) {
            quote = 0;
        } else if (!quote && (byte == '\'' || byte == '"')) {
            quote = byte;
            begun = true;
        } else if (!quote && byte == ' ') {
            if (begun)
                list_append(&test->arena, &words, arena_copy(&test->arena, buffer_slice(&word)).data);
            word.length = 0;
            begun = false;
        } else {
            buffer_add_byte(&word, byte);
            begun = true;
        }
    }
    buffer_free(&word);
    return words;
}

// PATH with the case's own folder `bin` in front, if it has one.
static struct slice programs_first(struct command_case *test)
{
    const char *path = getenv("PATH");
    struct slice own = join(test, test->work, "bin");
    if (!exists(own))
        return arena_format(&test->arena, "PATH=%s", path ? path : "");
    return arena_format(&test->arena, "PATH=%.*s:%s", SLICE_ARGS(own), path ? path : "");
}

// Removes `< FILE` from the end of the words.
static struct slice take_input(struct command_case *test, struct words *words, struct slice directory)
{
    struct slice input = {0};
    if (words->count > 2 && strcmp(words->items[words->count - 2], "<") == 0) {
        read_file(test, path_join(&test->arena, directory, slice_from(words->items[words->count - 1])), &input);
        words->count -= 2;
    }
    return input;
}

static bool run_line(struct command_case *test, struct slice line, struct slice *directory)
{
    struct words words = split_words(test, line);
    struct slice input = take_input(test, &words, *directory);
    if (words.count == 0)
        return true;
    if (strcmp(words.items[0], "cd") == 0 && words.count == 2) {
        *directory = path_join(&test->arena, *directory, slice_from(words.items[1]));
        return true;
    }
    struct words call = {0};
    bool by_link = strcmp(words.items[0], "kustomize") == 0;
    list_append(&test->arena, &call, by_link ? test->link.data : test->program.data);
    for (size_t i = by_link; i < words.count; i++)
        list_append(&test->arena, &call, words.items[i]);
    list_append(&test->arena, &call, NULL);
    struct slice settings[] = {slice_literal("KILN_NAME_HASH="), slice_literal("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL="),
                               programs_first(test)};
    struct process_request request = {
        .arguments = call.items,
        .environment = process_environment(&test->arena, settings, countof(settings)),
        .directory = directory->data,
        .input = input,
        .timeout_seconds = 60,
    };
    struct process_result result = {0};
    process_run(&request, &result);
    buffer_add_slice(&test->output, buffer_slice(&result.output));
    buffer_add_slice(&test->errors, buffer_slice(&result.errors));
    test->status = result.outcome == PROCESS_EXITED ? result.status : 999;
    process_result_free(&result);
    return test->status == 0;
}

// --- One case.

static void report_failure(struct command_case *test, struct slice path, struct slice detail)
{
    test->failed = true;
    buffer_add_format(&test->report, "  %.*s:\n%.*s", SLICE_ARGS(path), SLICE_ARGS(detail));
    if (detail.length && detail.data[detail.length - 1] != '\n')
        buffer_add_byte(&test->report, '\n');
}

static void check_text(struct command_case *test, const char *name, struct slice actual)
{
    struct slice path = join(test, test->folder, name), expected;
    bool there = read_file(test, path, &expected);
    if (slice_equal(expected, actual) && (there == (actual.length > 0)))
        return;
    if (!test->update) {
        report_failure(
            test, path,
            arena_format(&test->arena, "--- expected\n%.*s--- actual\n%.*s", SLICE_ARGS(expected), SLICE_ARGS(actual)));
        return;
    }
    buffer_add_format(&test->report, "%s %.*s\n", actual.length ? "wrote" : "removed", SLICE_ARGS(path));
    if (!actual.length) {
        unlink(path.data);
        return;
    }
    FILE *file = fopen(path.data, "w");
    if (!file || fwrite(actual.data, 1, actual.length, file) != actual.length || fclose(file) != 0)
        report_failure(test, path, slice_literal("cannot be written"));
}

static void check_tree(struct command_case *test)
{
    struct slice input = join(test, test->folder, "input"), expected = join(test, test->folder, "expected");
    bool changed = difference(test, input, test->work).length > 0;
    struct slice detail = difference(test, exists(expected) ? expected : input, test->work);
    bool superfluous = exists(expected) && !changed;
    if (!detail.length && !superfluous)
        return;
    if (!test->update) {
        report_failure(test, expected,
                       superfluous ? slice_literal("the command changes nothing: this folder has to go") : detail);
        return;
    }
    buffer_add_format(&test->report, "%s %.*s\n", changed ? "wrote" : "removed", SLICE_ARGS(expected));
    remove_tree(expected);
    if (changed)
        copy_tree(test->work, expected);
}

static void check_names(struct command_case *test)
{
    static const char *const known[] = {"input",         "command",     "expected",           "expected-output.txt",
                                        "expected-exit", "differs.txt", "expected-stderr.txt"};
    struct path_list names = {0};
    directory_list(&test->arena, test->folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < countof(known); k++)
            is_known |= slice_equals(names.items[i], known[k]);
        if (!is_known)
            report_failure(test, names.items[i], slice_literal("belongs to no case"));
    }
}

static void run_case(struct command_case *test)
{
    struct slice commands, line, input = join(test, test->folder, "input");
    check_names(test);
    if (!read_file(test, join(test, test->folder, "command"), &commands)) {
        report_failure(test, test->folder, slice_literal("has no file `command`"));
        return;
    }
    if (exists(input))
        copy_tree(input, test->work);
    else
        mkdir(test->work.data, 0777);
    struct slice directory = test->work;
    for (bool going = true; going && commands.length;) {
        slice_cut(commands, '\n', &line, &commands);
        going = run_line(test, line, &directory);
    }
    check_text(test, "expected-output.txt", buffer_slice(&test->output));
    check_text(test, "expected-stderr.txt", buffer_slice(&test->errors));
    check_text(test, "expected-exit",
               test->status ? arena_format(&test->arena, "%d\n", test->status) : (struct slice){0});
    check_tree(test);
}

// --- All of them.

bool golden_commands_own(struct slice area)
{
    for (size_t i = 0; i < countof(areas); i++)
        if (slice_equals(area, areas[i]))
            return true;
    return false;
}

static bool is_wanted(struct slice folder, int count, char **names)
{
    for (int i = 0; i < count; i++)
        if (slice_find(folder, slice_from(names[i])) != SLICE_NOT_FOUND)
            return true;
    return count == 0;
}

static void run_one(struct slice folder, struct slice program, struct slice scratch, bool update,
                    struct test_totals *totals)
{
    struct command_case test = {.folder = folder, .program = program, .update = update};
    test.link = join(&test, scratch, "kustomize");
    test.work = join(&test, scratch, "work");
    run_case(&test);
    if (test.failed) {
        totals->failed++;
        printf("FAILED %.*s\n%.*s", SLICE_ARGS(folder), SLICE_ARGS(buffer_slice(&test.report)));
    } else {
        totals->passed++;
        printf("%.*s", SLICE_ARGS(buffer_slice(&test.report)));
    }
    remove_tree(test.work);
    buffer_free(&test.report);
    buffer_free(&test.output);
    buffer_free(&test.errors);
    arena_free(&test.arena);
}

void golden_commands_run(int count, char **arguments, struct test_totals *totals)
{
    bool update = count > 0 && strcmp(arguments[0], "--update") == 0;
    const char *program = test_program_or_null();
    char scratch[] = "/tmp/kiln-commands-XXXXXX";
    if (!program || !mkdtemp(scratch)) {
        printf("FAILED: KILN in the environment is not a program, or /tmp is not writable\n");
        totals->failed++;
        return;
    }
    struct arena arena = {0};
    struct slice link = arena_format(&arena, "%s/kustomize", scratch);
    if (symlink(program, link.data) != 0)
        totals->failed++;
    for (size_t area = 0; area < countof(areas); area++) {
        struct path_list names = {0};
        directory_list(&arena, arena_format(&arena, "fixtures/%s", areas[area]), &names);
        for (size_t i = 0; i < names.count; i++) {
            struct slice folder = arena_format(&arena, "fixtures/%s/%.*s", areas[area], SLICE_ARGS(names.items[i]));
            if (is_wanted(folder, count - update, arguments + update))
                run_one(folder, slice_from(program), slice_from(scratch), update, totals);
        }
    }
    remove_tree(slice_from(scratch));
    arena_free(&arena);
}
