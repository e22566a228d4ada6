#include "tests/support.h"

#include "kustomization/secret_sources.h"
#include "schema/well_known_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct test_totals test_totals;

int test_run_group(const char *name, const struct CMUnitTest *tests, size_t count, int (*setup)(void **),
                   int (*teardown)(void **))
{
    size_t skipped_before = test_totals.skipped;
    int failed = _cmocka_run_group_tests(name, tests, count, setup, teardown);
    // For a group whose setup fails, cmocka returns a negative number; none of its tests ran.
    size_t failures = failed < 0 ? count : (size_t)failed;
    test_totals.failed += failures;
    test_totals.passed += count - (failures < count ? failures : count) - (test_totals.skipped - skipped_before);
    return failed;
}

_Noreturn void test_skip(const char *reason)
{
    test_totals.skipped++;
    print_message("skipped: %s\n", reason);
    skip();
    abort();
}

const char *test_program_or_null(void)
{
    static char absolute[4096];
    const char *path = getenv("KILN");
    char *real = path && access(path, X_OK) == 0 ? realpath(path, NULL) : NULL;
    if (!real)
        return NULL;
    snprintf(absolute, sizeof absolute, "%s", real);
    free(real);
    return absolute;
}

const char *test_program(void)
{
    const char *program = test_program_or_null();
    if (!program)
        test_skip("KILN in the environment names no program");
    return program;
}

void expect_text(struct slice actual, const char *expected)
{
    struct slice wanted = slice_from(expected);
    if (slice_equal(actual, wanted))
        return;
    size_t same = 0, line = 1;
    while (same < actual.length && same < wanted.length && actual.data[same] == wanted.data[same])
        line += actual.data[same++] == '\n';
    fail_msg("different from line %zu on\n--- expected\n%s\n--- actual\n%.*s\n---", line, expected, SLICE_ARGS(actual));
}

void expect_contains(struct slice actual, const char *part)
{
    if (slice_find(actual, slice_from(part)) == SLICE_NOT_FOUND)
        fail_msg("'%s' is not in\n---\n%.*s\n---", part, SLICE_ARGS(actual));
}

void expect_absent(struct slice actual, const char *part)
{
    if (slice_find(actual, slice_from(part)) != SLICE_NOT_FOUND)
        fail_msg("'%s' is in\n---\n%.*s\n---", part, SLICE_ARGS(actual));
}

static bool is_snippet(struct slice line)
{
    struct slice gutter, rest;
    return slice_cut(line, '|', &gutter, &rest) && gutter.length >= 6 && !slice_trim(gutter, " 0123456789").length;
}

void render_message(const struct diagnostics *diagnostics, const struct diagnostic *diagnostic, struct buffer *out)
{
    struct buffer text = {0};
    diagnostics_render(diagnostics, diagnostic, &text);
    struct slice line, rest = buffer_slice(&text);
    while (rest.length) {
        slice_cut(rest, '\n', &line, &rest);
        if (is_snippet(line))
            continue;
        buffer_add_slice(out, line);
        buffer_add_byte(out, '\n');
    }
    buffer_free(&text);
}

void reader_begin(struct test_reader *reader)
{
    *reader = (struct test_reader){0};
    reader->sources = (struct sources){.arena = &reader->arena, .rules = &secret_sources};
    diagnostics_init(&reader->diagnostics, &reader->arena, &reader->sources);
    well_known_names_init(&reader->names);
    reader->cache.table = &reader->names;
    reader->context = (struct read_context){&reader->arena, &reader->cache, &reader->diagnostics};
}

void reader_end(struct test_reader *reader)
{
    buffer_free(&reader->out);
    name_table_free(&reader->names);
    arena_free(&reader->arena);
}

int test_reader_setup(void **state)
{
    struct test_reader *reader = calloc(1, sizeof *reader);
    assert_non_null(reader);
    reader_begin(reader);
    *state = reader;
    return 0;
}

int test_reader_teardown(void **state)
{
    reader_end(*state);
    free(*state);
    return 0;
}

struct source *reader_source(struct test_reader *reader, const char *path, struct slice text)
{
    return sources_add(&reader->sources, slice_from(path), text);
}

struct node *reader_resource(struct test_reader *reader, const char *path, const char *text)
{
    struct node_list documents = {0};
    assert_true(yaml_read_resources(&reader->context, reader_source(reader, path, slice_from(text)), &documents));
    assert_int_equal(documents.count, 1);
    return documents.items[0];
}

int test_build_setup(void **state)
{
    struct test_build *build = calloc(1, sizeof *build);
    assert_non_null(build);
    build->files = memory_files_new();
    *state = build;
    return 0;
}

int test_build_teardown(void **state)
{
    struct test_build *build = *state;
    build_free(build->build);
    buffer_free(&build->stream);
    buffer_free(&build->messages);
    memory_files_free(build->files);
    free(build);
    return 0;
}

void tree_add(struct test_build *build, const char *path, const char *text)
{
    memory_files_add(build->files, path, slice_from(text));
}

void tree_add_bytes(struct test_build *build, const char *path, const void *data, size_t size)
{
    memory_files_add(build->files, path, (struct slice){data, size});
}

bool test_build_run(struct test_build *test, const char *directory)
{
    build_free(test->build);
    test->build = build_new();
    test->stream.length = test->messages.length = 0;
    struct file_system files = memory_files_system(test->files);
    struct build_options options = test->options;
    options.files = &files;
    test->succeeded = build_run(test->build, &options, slice_from(directory)) &&
                      build_write_stream(test->build, &test->stream);
    const struct diagnostics *diagnostics = &test->build->diagnostics;
    for (size_t i = 0; i < diagnostics->count; i++)
        render_message(diagnostics, &diagnostics->items[i], &test->messages);
    // A rule for the whole program: it fails if and only if it has reported an error.
    if (test->succeeded != (diagnostics->error_count == 0))
        fail_msg("the build %s with %zu errors\n%.*s", test->succeeded ? "succeeded" : "failed",
                 diagnostics->error_count, SLICE_ARGS(buffer_slice(&test->messages)));
    return test->succeeded;
}

static void require_success(struct test_build *test, const char *directory)
{
    if (!test_build_run(test, directory))
        fail_msg("the build of '%s' failed:\n%.*s", directory, SLICE_ARGS(buffer_slice(&test->messages)));
}

void expect_stream(struct test_build *test, const char *directory, const char *stream)
{
    require_success(test, directory);
    expect_text(buffer_slice(&test->stream), stream);
}

void expect_error(struct test_build *test, const char *directory, const char *part)
{
    if (test_build_run(test, directory))
        fail_msg("the build of '%s' succeeded:\n%.*s", directory, SLICE_ARGS(buffer_slice(&test->stream)));
    expect_contains(buffer_slice(&test->messages), part);
}

void expect_warning(struct test_build *test, const char *directory, const char *part)
{
    require_success(test, directory);
    expect_contains(buffer_slice(&test->messages), part);
}

void expect_silence(struct test_build *test, const char *directory)
{
    require_success(test, directory);
    expect_text(buffer_slice(&test->messages), "");
}

static const struct resource *find_resource(const struct test_build *test, const char *kind, const char *name)
{
    const struct resource_map *resources = &test->build->resources;
    for (size_t i = 0; i < resources->count; i++)
        if (slice_equals(resources->items[i]->id.gvk.kind->text, kind) &&
            slice_equals(resources->items[i]->id.name->text, name))
            return resources->items[i];
    fail_msg("no %s is named '%s' in\n%.*s", kind, name, SLICE_ARGS(buffer_slice(&test->stream)));
    return NULL;
}

// Takes a step from the front of `path`, and unescapes `\.`.
static struct slice next_step(struct arena *arena, const char **path)
{
    char *step = arena_array(arena, char, strlen(*path) + 1);
    size_t length = 0;
    while (**path && **path != '.') {
        if (**path == '\\' && (*path)[1] == '.')
            (*path)++;
        step[length++] = *(*path)++;
    }
    if (**path == '.')
        (*path)++;
    return (struct slice){step, length};
}

static const struct node *descend(const struct node *node, struct slice step)
{
    if (node_is_map(node)) {
        for (uint32_t i = 0; i < node->count; i++)
            if (slice_equal(node->entries[i].key->text, step))
                return node->entries[i].value;
    } else if (node_is_sequence(node)) {
        unsigned long index = strtoul(step.data, NULL, 10);
        if (index < node->count)
            return node->items[index];
    }
    return NULL;
}

void expect_field(struct test_build *test, const char *kind, const char *name, const char *path, const char *value)
{
    require_success(test, ".");
    const struct node *node = find_resource(test, kind, name)->root;
    for (const char *rest = path; node && *rest;)
        node = descend(node, next_step(&test->build->arena, &rest));
    if (!value) {
        if (node)
            fail_msg("%s %s has %s in\n%.*s", kind, name, path, SLICE_ARGS(buffer_slice(&test->stream)));
        return;
    }
    if (!node || node->kind != NODE_SCALAR)
        fail_msg("%s %s has no scalar at %s in\n%.*s", kind, name, path, SLICE_ARGS(buffer_slice(&test->stream)));
    else
        expect_text(node_text(node), value);
}
