// Which folder may include which: checks the sources against the arrows of docs/architecture.md. Runs in the checkout.
#include "tests/support.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

struct room {
    const char *folder;
    const char *may_include[24];  // beginnings of the paths in quotes
};

#define TEXT "base/", "doc/", "json/", "yaml/"
#define MIDDLE TEXT, "schema/", "resource/", "kustomization/", "load/"
#define CHANGES MIDDLE, "transform/", "merge/"

static const struct room rooms[] = {
    {"src/base", {"base/"}},
    {"src/doc", {"base/", "doc/"}},
    {"src/json", {"base/", "doc/", "json/"}},
    {"src/yaml", {TEXT}},
    {"src/schema", {TEXT, "schema/"}},
    {"src/resource", {TEXT, "schema/", "resource/"}},
    {"src/load", {TEXT, "load/", "kustomization/"}},
    {"src/kustomization", {TEXT, "schema/", "kustomization/"}},
    {"generators", {MIDDLE, "generators/"}},
    {"src/transform", {MIDDLE, "transform/"}},
    {"src/merge", {MIDDLE, "transform/", "merge/"}},
    {"transformers", {CHANGES, "transformers/"}},
    {"src/config", {TEXT, "load/", "config/"}},
    {"src/pipeline", {CHANGES, "config/", "generators/", "transformers/", "pipeline/"}},
    {"src/edit", {MIDDLE, "config/", "generators/", "pipeline/", "edit/"}},
    {"src/localize", {MIDDLE, "config/", "pipeline/", "localize/"}},
    {"src/cfg", {MIDDLE, "config/", "pipeline/", "cfg/"}},
    {"src/compare", {MIDDLE, "pipeline/", "compare/"}},
    {"src/images", {MIDDLE, "pipeline/", "images/"}},
    {"src/repository", {MIDDLE, "config/", "pipeline/", "repository/"}},
    {"src/engine", {MIDDLE, "config/", "pipeline/", "repository/", "engine/"}},
    {"src/check", {CHANGES, "config/", "pipeline/", "repository/", "check/"}},
    {"src/report", {MIDDLE, "pipeline/", "check/", "compare/", "report/"}},
    {"src/cli",
     {MIDDLE, "config/", "pipeline/", "edit/", "localize/", "cfg/", "compare/", "images/", "report/", "repository/",
      "engine/", "check/", "cli/"}},
};

static bool is_allowed(const struct room *room, struct slice included)
{
    for (size_t i = 0; i < countof(room->may_include) && room->may_include[i]; i++)
        if (slice_starts_with(included, slice_from(room->may_include[i])))
            return true;
    return false;
}

// The path in quotes of one of our includes; empty for any other line.
static struct slice included_by(struct slice line)
{
    static const struct slice start = {"#include \"", 10};
    struct slice included, rest;
    if (!slice_starts_with(line, start) || !slice_cut(slice_from_index(line, start.length), '"', &included, &rest))
        return (struct slice){0};
    return included;
}

static size_t check_file(const struct room *room, const char *path)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t wrong = 0;
    char line[1024];
    while (fgets(line, sizeof line, file)) {
        struct slice included = included_by(slice_from(line));
        if (included.length && !is_allowed(room, included)) {
            print_error("%s must not include \"%.*s\"\n", path, SLICE_ARGS(included));
            wrong++;
        }
    }
    fclose(file);
    return wrong;
}

static bool is_source(const char *name)
{
    struct slice text = slice_from(name);
    return slice_ends_with(text, slice_literal(".c")) || slice_ends_with(text, slice_literal(".h"));
}

static void includes_point_one_way(void **state)
{
    (void)state;
    size_t wrong = 0, files = 0;
    for (size_t i = 0; i < countof(rooms); i++) {
        DIR *directory = opendir(rooms[i].folder);
        if (!directory)
            fail_msg("%s is missing: the tests run in the checkout", rooms[i].folder);
        for (struct dirent *entry; (entry = readdir(directory));) {
            if (!is_source(entry->d_name))
                continue;
            char path[1024];
            snprintf(path, sizeof path, "%s/%s", rooms[i].folder, entry->d_name);
            wrong += check_file(&rooms[i], path);
            files++;
        }
        closedir(directory);
    }
    assert_true(files > 50);
    assert_int_equal(wrong, 0);
}

static void each_folder_of_src_is_a_room(void **state)
{
    (void)state;
    DIR *directory = opendir("src");
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory));) {
        bool is_room = strchr(entry->d_name, '.') != NULL;  // a file, or the folder itself
        for (size_t i = 0; i < countof(rooms) && !is_room; i++)
            is_room = strcmp(rooms[i].folder + strlen("src/"), entry->d_name) == 0;
        if (!is_room)
            fail_msg("src/%s is missing in the table of rooms", entry->d_name);
    }
    closedir(directory);
}

static void an_include_in_the_wrong_direction_is_found(void **state)
{
    (void)state;
    struct slice included = included_by(slice_literal("#include \"resource/resource.h\"  // why\n"));
    expect_text(included, "resource/resource.h");
    assert_false(is_allowed(&rooms[1], included));
    assert_int_equal(included_by(slice_literal("#include <stdio.h>\n")).length, 0);
}

// Calls that affect the whole process belong to src/cli, because the library is a guest in another program.
static const char *const of_the_process[] = {
    " sigaction(",
    " signal(",
    "atexit(",
    " _exit(",
    " exit(",
    " prctl(",
    " setrlimit(",
    "setenv(",
    " putenv(",
    " chdir(",
    "setlocale(",
    " alarm(",
    " setitimer(",
    "sigprocmask(",
    "landlock_",
    "platform_keep_memory_private",
    "platform_end_with_parent",
};

// What a child does between fork and exec affects nobody else, and process_become ends this process.
static bool is_about_children(const char *path)
{
    return strcmp(path, "src/base/process.c") == 0;
}

// This file only gives system calls the same name on all systems.
static bool is_platform(const char *path)
{
    return strcmp(path, "src/base/platform.c") == 0 || strcmp(path, "src/base/platform.h") == 0;
}

static size_t count_process_calls(const char *path, bool allowed)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t wrong = 0;
    char line[1024];
    while (fgets(line, sizeof line, file)) {
        for (size_t i = 0; i < countof(of_the_process); i++) {
            const char *call = strstr(line, of_the_process[i]), *comment = strstr(line, "//");
            if (!call || (comment && comment < call))
                continue;
            if (!allowed)
                print_error("%s calls %s: that belongs to src/cli\n", path, of_the_process[i]);
            wrong++;
        }
    }
    fclose(file);
    return wrong;
}

static void only_the_command_line_changes_the_process(void **state)
{
    (void)state;
    size_t wrong = 0, below_cli = 0;
    for (size_t i = 0; i < countof(rooms); i++) {
        DIR *directory = opendir(rooms[i].folder);
        assert_non_null(directory);
        bool is_cli = strcmp(rooms[i].folder, "src/cli") == 0;
        for (struct dirent *entry; (entry = readdir(directory));) {
            char path[1024];
            snprintf(path, sizeof path, "%s/%s", rooms[i].folder, entry->d_name);
            if (!is_source(entry->d_name) || is_about_children(path) || is_platform(path))
                continue;
            if (!is_cli)
                wrong += count_process_calls(path, false);
            else if (strcmp(entry->d_name, "signals.c") == 0)
                below_cli += count_process_calls(path, true);
        }
        closedir(directory);
    }
    assert_int_equal(wrong, 0);
    assert_true(below_cli > 3);  // the search finds such calls
}

static void read_all(const char *path, struct buffer *text)
{
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("%s is missing", path);
    char part[4096];
    for (size_t length; (length = fread(part, 1, sizeof part, file));)
        buffer_add_slice(text, (struct slice){part, length});
    fclose(file);
}

// Macros and headers that tell systems apart.
static const char *const of_one_system[] = {
    "__linux__", "__APPLE__", "__FreeBSD__", "__GLIBC__", "__x86_64__", "__aarch64__", "<sys/syscall.h>", "<linux/",
};

static size_t count_systems(const char *path)
{
    struct buffer text = {0};
    read_all(path, &text);
    size_t found = 0;
    for (size_t i = 0; i < countof(of_one_system); i++) {
        if (slice_find(buffer_slice(&text), slice_from(of_one_system[i])) == SLICE_NOT_FOUND)
            continue;
        if (!is_platform(path))
            print_error("%s has %s: what one system has alone belongs to base/platform.h\n", path, of_one_system[i]);
        found++;
    }
    buffer_free(&text);
    return found;
}

static void only_one_header_distinguishes_systems(void **state)
{
    (void)state;
    size_t elsewhere = 0, there = 0;
    for (size_t i = 0; i < countof(rooms); i++) {
        DIR *directory = opendir(rooms[i].folder);
        assert_non_null(directory);
        for (struct dirent *entry; (entry = readdir(directory));) {
            char path[1024];
            snprintf(path, sizeof path, "%s/%s", rooms[i].folder, entry->d_name);
            if (is_source(entry->d_name))
                *(is_platform(path) ? &there : &elsewhere) += count_systems(path);
        }
        closedir(directory);
    }
    assert_int_equal(elsewhere, 0);
    assert_true(there > 6);  // the search finds them
}

// --- The diagram.

enum { ROOMS = countof(rooms) };

static struct slice name_of(const struct room *room)
{
    struct slice name = slice_from(room->folder), src = slice_literal("src/");
    return slice_starts_with(name, src) ? slice_from_index(name, src.length) : name;
}

static size_t find_room(struct slice name)
{
    for (size_t i = 0; i < ROOMS; i++)
        if (slice_equal(name_of(&rooms[i]), name))
            return i;
    fail_msg("docs/architecture.md has a room '%.*s' that this file does not know", SLICE_ARGS(name));
    return 0;
}

// Parses "    a["a: words"] --> b["b: words"]". False if the line has no arrow.
static bool read_arrow(struct slice line, struct slice *from, struct slice *to)
{
    size_t arrow = slice_find(line, slice_literal(" --> "));
    if (arrow == SLICE_NOT_FOUND)
        return false;
    struct slice rest;
    slice_cut(slice_trim(slice_part(line, 0, arrow), " "), '[', from, &rest);
    slice_cut(slice_from_index(line, arrow + strlen(" --> ")), '[', to, &rest);
    return true;
}

static bool lists(const struct room *room, size_t other)
{
    char path[64];
    snprintf(path, sizeof path, "%.*s/", SLICE_ARGS(name_of(&rooms[other])));
    for (size_t i = 0; i < countof(room->may_include) && room->may_include[i]; i++)
        if (strcmp(room->may_include[i], path) == 0)
            return true;
    return false;
}

// Each arrow is an include that the room may have, and every room that it may include is reached by arrows.
static void the_diagram_shows_what_rooms_may_include(void **state)
{
    (void)state;
    static bool leads[ROOMS][ROOMS];
    struct buffer text = {0};
    struct slice line, from, to;
    read_all("docs/architecture.md", &text);
    for (struct slice rest = buffer_slice(&text); slice_cut(rest, '\n', &line, &rest);) {
        if (!read_arrow(line, &from, &to))
            continue;
        leads[find_room(from)][find_room(to)] = true;
        if (!lists(&rooms[find_room(from)], find_room(to)))
            fail_msg("the arrow from %.*s to %.*s is not allowed", SLICE_ARGS(from), SLICE_ARGS(to));
    }
    buffer_free(&text);
    for (size_t by = 0; by < ROOMS; by++)
        for (size_t i = 0; i < ROOMS; i++)
            for (size_t k = 0; k < ROOMS; k++)
                leads[i][k] |= leads[i][by] && leads[by][k];
    for (size_t i = 0; i < ROOMS; i++)
        for (size_t k = 0; k < ROOMS; k++)
            if (i != k && lists(&rooms[i], k) && !leads[i][k])
                fail_msg("%s may include %s, but no arrow of the diagram leads there", rooms[i].folder,
                         rooms[k].folder);
}

// --- Lines.

enum { COLUMNS = 120 };

static bool line_fits(const char *path, size_t number, struct slice line)
{
    size_t columns = 0;
    for (size_t at = 0; at < line.length; columns++)
        at += character_at(line, at).length;
    if (columns > COLUMNS)
        print_error("%s:%zu: %zu columns; `./dev format %s`, or wrap it by hand\n", path, number, columns, path);
    return columns <= COLUMNS;
}

static size_t count_long_lines(const char *path)
{
    struct buffer text = {0};
    read_all(path, &text);
    struct slice rest = buffer_slice(&text), line;
    size_t wrong = 0;
    for (size_t number = 1; slice_cut(rest, '\n', &line, &rest); number++)
        wrong += !line_fits(path, number, line);
    buffer_free(&text);
    return wrong;
}

static size_t count_long_lines_in(const char *folder)
{
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    size_t wrong = 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        bool generated = strcmp(path, "src/schema/builtin_table.h") == 0 || strcmp(path, "src/schema/api_table.h") == 0;
        if (is_source(entry->d_name) && !generated)
            wrong += count_long_lines(path);
    }
    closedir(directory);
    return wrong;
}

static void no_line_is_longer_than_clang_format_allows(void **state)
{
    (void)state;
    static const char *const beside[] = {"src", "tests", "tests/fuzz"};
    size_t wrong = 0;
    for (size_t i = 0; i < countof(rooms); i++)
        wrong += count_long_lines_in(rooms[i].folder);
    for (size_t i = 0; i < countof(beside); i++)
        wrong += count_long_lines_in(beside[i]);
    assert_int_equal(wrong, 0);
}

// --- tests/mutants.txt

static size_t count_of(struct slice text, struct slice part)
{
    size_t count = 0;
    for (size_t at; (at = slice_find(text, part)) != SLICE_NOT_FOUND; count++)
        text = slice_from_index(text, at + part.length);
    return count;
}

static bool stands_once(struct slice path, struct slice part)
{
    char name[256];
    struct buffer text = {0};
    snprintf(name, sizeof name, "%.*s", SLICE_ARGS(path));
    read_all(name, &text);
    size_t count = count_of(buffer_slice(&text), part);
    buffer_free(&text);
    if (count != 1)
        print_error("tests/mutants.txt: %s has this %zu times: %.*s\n", name, count, SLICE_ARGS(part));
    return count == 1;
}

// `./dev mutants` can't make a change that no longer fits.
static void each_mutant_matches_its_file(void **state)
{
    (void)state;
    struct buffer text = {0};
    read_all("tests/mutants.txt", &text);
    struct slice rest = buffer_slice(&text), line, path = {0};
    size_t wrong = 0, changes = 0;
    while (slice_cut(rest, '\n', &line, &rest)) {
        if (slice_starts_with(line, slice_literal("- "))) {
            wrong += !stands_once(path, slice_from_index(line, 2));
            changes++;
        } else if (!slice_starts_with(line, slice_literal("+ "))) {
            path = line;
        }
    }
    buffer_free(&text);
    assert_true(changes >= 60);
    assert_int_equal(wrong, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(only_the_command_line_changes_the_process),
    cmocka_unit_test(only_one_header_distinguishes_systems),
    cmocka_unit_test(each_mutant_matches_its_file),
    cmocka_unit_test(includes_point_one_way),
    cmocka_unit_test(each_folder_of_src_is_a_room),
    cmocka_unit_test(the_diagram_shows_what_rooms_may_include),
    cmocka_unit_test(no_line_is_longer_than_clang_format_allows),
    cmocka_unit_test(an_include_in_the_wrong_direction_is_found),
};

int test_house(void)
{
    return cmocka_run_group_tests_name("house", tests, NULL, NULL);
}
