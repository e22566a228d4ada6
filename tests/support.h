// tests/support.h
//
// Included first by every suite: cmocka with what it needs, a reader for single texts, and whole builds of a tree in
// memory.
//
//     static void count_is_set_by_the_name_in_the_base(void **state)
//     {
//         struct test_build *build = *state;
//         tree_add(build, "base/kustomization.yaml", "resources: [web.yaml]\nnamePrefix: a-\n");
//         tree_add(build, "base/web.yaml", DEPLOYMENT("web"));
//         tree_add(build, "kustomization.yaml", "resources: [base]\nreplicas: [{name: web, count: 5}]\n");
//
//         expect_field(build, "Deployment", "a-web", "spec.replicas", "5");
//     }
//
//     static const struct CMUnitTest tests[] = {
//         build_test(count_is_set_by_the_name_in_the_base),
//     };
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/build.h"
#include "yaml/read.h"

#define SUITE(name) int test_##name(void);
#include "tests/suites.h"
#undef SUITE

// Counts cmocka's tests for the last line of the test program.
struct test_totals {
    size_t passed, failed, skipped;
};
extern struct test_totals test_totals;

int test_run_group(const char *name, const struct CMUnitTest *, size_t count, int (*setup)(void **),
                   int (*teardown)(void **));
#undef cmocka_run_group_tests_name
#define cmocka_run_group_tests_name(name, tests, setup, teardown)                                                      \
    test_run_group((name), (tests), sizeof(tests) / sizeof *(tests), (setup), (teardown))

// Ends a test that can't run here, and prints `reason`.
_Noreturn void test_skip(const char *reason);

// --- Comparing text.

// Fails with both texts and the place where they differ.
void expect_text(struct slice actual, const char *expected);
void expect_contains(struct slice actual, const char *part);
void expect_absent(struct slice actual, const char *part);

// A message as the command line prints it, but without the line of the file.
void render_message(const struct diagnostics *, const struct diagnostic *, struct buffer *);

// --- Reading single texts.

struct test_reader {
    struct arena arena;
    struct sources sources;
    struct diagnostics diagnostics;
    struct name_table names;
    struct name_cache cache;
    struct read_context context;  // for all of these
    struct buffer out;            // the output of a test
};

void reader_begin(struct test_reader *);
void reader_end(struct test_reader *);

#define reader_test(function) cmocka_unit_test_setup_teardown(function, test_reader_setup, test_reader_teardown)
int test_reader_setup(void **state);
int test_reader_teardown(void **state);

struct source *reader_source(struct test_reader *, const char *path, struct slice text);
// The only resource of a text.
struct node *reader_resource(struct test_reader *, const char *path, const char *text);

// --- Builds of a tree in memory. A tree may be built more than once.

struct test_build {
    struct memory_files *files;
    struct build_options options;  // `files` is set by test_build_run
    struct build *build;           // the latest run; NULL before the first
    bool succeeded;
    struct buffer stream;
    struct buffer messages;  // all diagnostics as the command line prints them
};

// The program under test: the absolute path of the one in the environment variable KILN, or NULL if it isn't set.
// Static.
const char *test_program_or_null(void);
// The same, but skips the test if there is none.
const char *test_program(void);

#define build_test(function) cmocka_unit_test_setup_teardown(function, test_build_setup, test_build_teardown)
int test_build_setup(void **state);
int test_build_teardown(void **state);

void tree_add(struct test_build *, const char *path, const char *text);
void tree_add_bytes(struct test_build *, const char *path, const void *data, size_t size);

// Builds `directory` and fills in `stream` and `messages`. True if it succeeded.
bool test_build_run(struct test_build *, const char *directory);

// Each of these runs a new build, and fails with the messages of the build or with a difference.
void expect_stream(struct test_build *, const char *directory, const char *stream);
void expect_error(struct test_build *, const char *directory, const char *part_of_the_messages);
// Expects a build that succeeds with this message.
void expect_warning(struct test_build *, const char *directory, const char *part_of_the_messages);
// Expects a build that succeeds without messages.
void expect_silence(struct test_build *, const char *directory);

// Expects a scalar in a resource of the tree's root directory. `path` looks like
// "spec.template.spec.containers.0.image"; `\.` is a dot in a key. NULL as the value: the field is missing.
void expect_field(struct test_build *, const char *kind, const char *name, const char *path, const char *value);

// Resources to build with; NAME is a string literal.
#define DEPLOYMENT(name)                                                                                               \
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n"                                                               \
    "  name: " name "\nspec:\n  selector:\n    matchLabels:\n"                                                         \
    "      app: " name "\n  template:\n    metadata:\n      labels:\n        app: " name "\n"                          \
    "    spec:\n      containers:\n      - name: " name "\n        image: " name ":1\n"
#define CONFIG_MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\ndata:\n  key: value\n"
#define SERVICE(name)                                                                                                  \
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: " name "\nspec:\n  selector:\n    app: " name                   \
    "\n  ports:\n  - port: 80\n"
