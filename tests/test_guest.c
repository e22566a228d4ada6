// kiln.h from a host's point of view: the effects of builds on the host's process, and running out of memory.
#include "tests/world.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiln.h"
#include "tests/allocations.h"

static const int watched[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM};

static void on_signal(int number)
{
    (void)number;
}

// The state of the process that a host can see.
struct process_state {
    struct sigaction actions[countof(watched)];
    sigset_t blocked;
    size_t files;
    long threads;
    char directory[4096];
};

static size_t count_entries(const char *path)
{
    DIR *directory = opendir(path);
    size_t count = 0;
    while (directory && readdir(directory))
        count++;
    if (directory)
        closedir(directory);
    return count;
}

static struct process_state look(void)
{
    struct process_state state = {.files = count_entries("/proc/self/fd"),
                                  .threads = (long)count_entries("/proc/self/task")};
    for (size_t i = 0; i < countof(watched); i++)
        sigaction(watched[i], NULL, &state.actions[i]);
    pthread_sigmask(SIG_BLOCK, NULL, &state.blocked);
    assert_non_null(getcwd(state.directory, sizeof state.directory));
    return state;
}

static void expect_same(const struct process_state *before, const struct process_state *after)
{
    for (size_t i = 0; i < countof(watched); i++) {
        assert_true(before->actions[i].sa_handler == after->actions[i].sa_handler);
        assert_int_equal(before->actions[i].sa_flags, after->actions[i].sa_flags);
        assert_int_equal(sigismember(&before->blocked, watched[i]), sigismember(&after->blocked, watched[i]));
    }
    assert_int_equal(before->files, after->files);
    assert_int_equal(before->threads, after->threads);
    assert_string_equal(before->directory, after->directory);
}

// --- Builds in several threads.

enum { THREADS = 8, REMOTE_BUILDS = 10, MEMORY_BUILDS = 500 };

struct host_thread {
    pthread_t thread;
    const struct kiln_tree *tree;
    const char *directory;
    int builds, done;
};

static const char tree_stream[] = "apiVersion: v1\nkind: Service\nmetadata:\n  name: shop-web\n";

static atomic_bool builds_run;
static atomic_int foreign_handlers;

static bool build_once(const struct kiln_tree *tree, const char *directory, const char *stream)
{
    struct kiln_options options = {.tree = tree};
    struct kiln *kiln = kiln_new();
    bool built = kiln_build(kiln, &options, directory);
    for (size_t i = 0; !built && i < kiln_diagnostic_count(kiln); i++)
        print_error("%s", kiln_diagnostic(kiln, i).text);
    built = built && kiln_stream_size(kiln) == strlen(stream) && memcmp(kiln_stream(kiln), stream, strlen(stream)) == 0;
    kiln_free(kiln);
    return built;
}

static void *build_many(void *state)
{
    struct host_thread *thread = state;
    for (int i = 0; i < thread->builds; i++)
        thread->done += build_once(thread->tree, thread->directory, tree_stream);
    return NULL;
}

// Watches signal dispositions while builds run.
static void *watch_signals(void *state)
{
    (void)state;
    while (atomic_load(&builds_run)) {
        for (size_t i = 0; i < countof(watched); i++) {
            struct sigaction action;
            sigaction(watched[i], NULL, &action);
            if (action.sa_handler != (watched[i] == SIGTERM ? on_signal : SIG_DFL))
                atomic_fetch_add(&foreign_handlers, 1);
        }
        usleep(100);
    }
    return NULL;
}

static void build_in_threads(const struct kiln_tree *tree, const char *directory, int builds)
{
    struct host_thread threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        threads[i] = (struct host_thread){.tree = tree, .directory = directory, .builds = builds};
        assert_int_equal(pthread_create(&threads[i].thread, NULL, build_many, &threads[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i].thread, NULL);
        assert_int_equal(threads[i].done, builds);
    }
}

// Builds once for one-time allocations of the C library, and then with a check before and after.
static void expect_no_trace(const struct kiln_tree *tree, const char *directory, int builds)
{
    struct sigaction saved[countof(watched)];
    for (size_t i = 0; i < countof(watched); i++) {
        struct sigaction action = {.sa_handler = watched[i] == SIGTERM ? on_signal : SIG_DFL};
        sigaction(watched[i], &action, &saved[i]);
    }
    build_in_threads(tree, directory, 1);
    struct process_state before = look();
    long live_before = allocations_live();

    pthread_t watcher;
    atomic_store(&foreign_handlers, 0);
    atomic_store(&builds_run, true);
    assert_int_equal(pthread_create(&watcher, NULL, watch_signals, NULL), 0);
    build_in_threads(tree, directory, builds);
    atomic_store(&builds_run, false);
    pthread_join(watcher, NULL);

    struct process_state after = look();
    long live_after = allocations_live();
    for (size_t i = 0; i < countof(watched); i++)
        sigaction(watched[i], &saved[i], NULL);
    expect_same(&before, &after);
    assert_int_equal(atomic_load(&foreign_handlers), 0);
    // The C library caches some blocks together with the stacks of ended threads.
    if (live_after > live_before)
        assert_in_range(live_after - live_before, 0, 4 * THREADS);
}

static struct kiln_tree *make_tree(void)
{
    static const char kustomization[] = "namePrefix: shop-\nresources: [service.yaml]\n";
    static const char service[] = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
    struct kiln_tree *tree = kiln_tree_new();
    assert_true(kiln_tree_add(tree, "shop/kustomization.yaml", kustomization, strlen(kustomization)));
    assert_true(kiln_tree_add(tree, "shop/service.yaml", service, strlen(service)));
    return tree;
}

static void builds_in_memory_leave_no_trace(void **state)
{
    (void)state;
    struct kiln_tree *tree = make_tree();
    expect_no_trace(tree, "shop", MEMORY_BUILDS);
    kiln_tree_free(tree);
}

static void make_repository(struct world *world)
{
    world_write(world, "repo/shop/kustomization.yaml", "namePrefix: shop-\nresources: [service.yaml]\n");
    world_write(world, "repo/shop/service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n");
    world_run(world, "cd repo && git init -q -b main . && git add . && git -c user.name=t -c user.email=t@localhost "
                     "commit -q -m one");
}

static void remote_builds_leave_no_trace(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    make_repository(world);
    const char *url = arena_format(&world->arena, "file://%s/repo//shop?ref=main", world->folder).data;
    expect_no_trace(NULL, url, REMOTE_BUILDS);
    expect_text(world_run(world, "ls tmp"), "");
}

// --- Small stacks.

// 190 directories, each with a patch nested 990 deep.
static struct kiln_tree *make_deep_tree(void)
{
    struct kiln_tree *tree = kiln_tree_new();
    struct buffer patch = {0}, service = {0};
    buffer_add_text(&patch, "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec: ");
    for (int i = 0; i < 990; i++)
        buffer_add_text(&patch, "{a: ");
    buffer_add_text(&patch, "1");
    for (int i = 0; i < 990; i++)
        buffer_add_byte(&patch, '}');
    buffer_add_byte(&patch, '\n');
    for (int i = 0; i < 190; i++) {
        char path[64], text[128];
        snprintf(path, sizeof path, "d%d/kustomization.yaml", i);
        snprintf(text, sizeof text,
                 i < 189 ? "resources: [../d%d]\npatches: [{path: patch.yaml}]\n"
                         : "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n",
                 i + 1);
        assert_true(kiln_tree_add(tree, path, text, strlen(text)));
        snprintf(path, sizeof path, "d%d/patch.yaml", i);
        assert_true(kiln_tree_add(tree, path, patch.data, patch.length));
    }
    buffer_add_text(&service, "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n");
    assert_true(kiln_tree_add(tree, "d189/service.yaml", service.data, service.length));
    buffer_free(&patch);
    buffer_free(&service);
    return tree;
}

static void *build_deep(void *state)
{
    struct kiln_options options = {.tree = state};
    struct kiln *kiln = kiln_new();
    bool built = kiln_build(kiln, &options, "d0");
    bool explained = kiln_diagnostic_count(kiln) > 0;
    if (explained)
        print_error("%s", kiln_diagnostic(kiln, 0).text);
    bool deep = built && kiln_stream_size(kiln) > 990 * 990;
    kiln_free(kiln);
    return deep || (!built && explained) ? state : NULL;
}

static void a_small_stack_of_the_host_is_enough(void **state)
{
    (void)state;
    struct kiln_tree *tree = make_deep_tree();
    pthread_attr_t attributes;
    pthread_t thread;
    void *result;
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, 256 * 1024), 0);
    assert_int_equal(pthread_create(&thread, &attributes, build_deep, tree), 0);
    pthread_join(thread, &result);
    assert_ptr_equal(result, tree);
    pthread_attr_destroy(&attributes);
    kiln_tree_free(tree);
}

// --- Running out of memory.

static bool is_about_memory(const struct kiln *kiln)
{
    const char *text = kiln_diagnostic(kiln, kiln_diagnostic_count(kiln) - 1).text;
    return strstr(text, "out of memory") || strstr(text, strerror(ENOMEM)) || strstr(text, strerror(EAGAIN));
}

static void require_counted_allocations(void)
{
    if (!allocations_are_counted())
        test_skip("no allocation can be made to fail in this program");
}

// Builds with this allocation failing. `*asked` is the number of allocations.
static bool build_without_memory(const struct kiln_tree *tree, const char *directory, struct slice stream, long number,
                                 bool forever, long *asked)
{
    struct kiln_options options = {.tree = tree};
    long before = allocations_asked();
    allocations_fail(number, forever);
    struct kiln *kiln = kiln_new();
    bool built = kiln_build(kiln, &options, directory);
    // Reading the diagnostics takes no memory.
    bool good = built ? kiln_stream_size(kiln) == stream.length &&
                            memcmp(kiln_stream(kiln), stream.data, stream.length) == 0
                      : kiln_stream_size(kiln) == 0 && kiln_diagnostic_count(kiln) > 0 && is_about_memory(kiln);
    allocations_fail(0, false);
    *asked = allocations_asked() - before;
    if (!good)
        print_error("allocation %ld%s: built %d, %s", number, forever ? " and all after it" : "", built,
                    kiln_diagnostic(kiln, 0).text);
    kiln_free(kiln);
    return good;
}

static void expect_failed_builds(const struct kiln_tree *tree, const char *directory, long step)
{
    struct kiln_options options = {.tree = tree};
    struct kiln *kiln = kiln_new();
    bool built = kiln_build(kiln, &options, directory);
    if (!built)
        print_error("%s", kiln_diagnostic(kiln, 0).text);
    assert_true(built);
    struct slice stream = {kiln_stream(kiln), kiln_stream_size(kiln)};
    long asked;
    assert_true(build_without_memory(tree, directory, stream, 0, false, &asked));
    assert_true(asked > 10);
    for (int forever = 0; forever < 2; forever++) {
        struct process_state before = look();
        long live = allocations_live(), again;
        for (long number = 1; number <= asked; number += step)
            assert_true(build_without_memory(tree, directory, stream, number, forever, &again));
        struct process_state after = look();
        expect_same(&before, &after);
        assert_in_range(allocations_live() - live + THREADS, 0, 2 * THREADS);
    }
    kiln_free(kiln);
}

static void an_allocation_that_fails_is_a_failed_build(void **state)
{
    (void)state;
    require_counted_allocations();
    struct kiln_tree *tree = make_tree();
    expect_failed_builds(tree, "shop", 1);
    kiln_tree_free(tree);
}

// A warning is searched for secrets, with trees of libyaml.
static void a_message_about_secrets_leaves_nothing(void **state)
{
    (void)state;
    require_counted_allocations();
    static const char kustomization[] = "resources: [a.yaml]\npatches: [{target: {kind: Secrett}, patch: '[{\"op\": "
                                        "\"remove\", \"path\": \"/data\"}]'}]\n";
    // Each value is copied while the tree exists, and is too large for a block of the arena.
    struct buffer secret = {0};
    buffer_add_text(&secret, "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n");
    for (int key = 0; key < 3; key++) {
        buffer_add_format(&secret, "  k%d: ", key);
        for (int i = 0; i < 200000; i++)
            buffer_add_byte(&secret, (char)('a' + key));
        buffer_add_byte(&secret, '\n');
    }
    struct kiln_tree *tree = kiln_tree_new();
    assert_true(kiln_tree_add(tree, "kustomization.yaml", kustomization, strlen(kustomization)));
    assert_true(kiln_tree_add(tree, "a.yaml", secret.data, secret.length));
    buffer_free(&secret);
    expect_failed_builds(tree, ".", 1);
    kiln_tree_free(tree);
}

// Large enough for threads that parse, transform, and print.
static struct kiln_tree *make_large_tree(void)
{
    static const char kustomization[] =
        "namePrefix: a-\nlabels: [{pairs: {team: a}}]\nimages: [{name: img-.*, newTag: v2}]\n"
        "resources: [many.yaml, one.json, base]\n"
        "configMapGenerator: [{name: c, literals: [a=b]}]\nbuildMetadata: [originAnnotations]\n"
        "patches: [{target: {kind: Deployment, name: d.*1}, patch: '[{\"op\": \"add\", \"path\": \"/spec/replicas\", "
        "\"value\": 2}]'}]\n";
    static const char base[] = "resources: [own.yaml]\n",
                      own[] = "kind: A\napiVersion: b\nmetadata: {name: \"\\x41\"}\n";
    static const char json[] = "{\"kind\": \"A\", \"apiVersion\": \"b\", \"metadata\": {\"name\": \"json\"}}";
    struct kiln_tree *tree = kiln_tree_new();
    struct buffer many = {0};
    for (int i = 0; i < 600; i++)
        buffer_add_format(&many,
                          "---\r\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d%d\nspec:\n"
                          "  template:\n    spec:\n      containers:\n      - name: c\n        image: img-%d:v1\n"
                          "        args: [\"some long text that makes the file longer than a part of it, %d\"]\n",
                          i, i, i);
    assert_true(kiln_tree_add(tree, "many.yaml", many.data, many.length));
    assert_true(kiln_tree_add(tree, "one.json", json, strlen(json)));
    assert_true(kiln_tree_add(tree, "base/kustomization.yaml", base, strlen(base)));
    assert_true(kiln_tree_add(tree, "base/own.yaml", own, strlen(own)));
    assert_true(kiln_tree_add(tree, "kustomization.yaml", kustomization, strlen(kustomization)));
    buffer_free(&many);
    return tree;
}

static void an_allocation_that_fails_in_a_thread_is_a_failed_build(void **state)
{
    (void)state;
    require_counted_allocations();
    struct kiln_tree *tree = make_large_tree();
    expect_failed_builds(tree, ".", 61);
    kiln_tree_free(tree);
}

static void an_allocation_that_fails_leaves_no_file_open_and_no_clone(void **state)
{
    struct world *world = *state;
    require_counted_allocations();
    make_repository(world);
    expect_failed_builds(NULL, world_path(world, "repo/shop"), 1);
    world_require_cloning(world);
    expect_failed_builds(NULL, arena_format(&world->arena, "file://%s/repo//shop?ref=main", world->folder).data, 7);
    expect_text(world_run(world, "ls tmp"), "");
}

static void a_failed_allocation_does_not_fall_back_to_the_file_system(void **state)
{
    (void)state;
    require_counted_allocations();
    static const char kustomization[] = "resources: [a.yaml]\n",
                      object[] = "kind: A\napiVersion: b\nmetadata: {name: c}\n";
    long live = allocations_live();
    for (long number = 1; number < 20; number++) {
        allocations_fail(number, true);
        struct kiln_tree *tree = kiln_tree_new();
        bool added = kiln_tree_add(tree, "kustomization.yaml", kustomization, strlen(kustomization)) &&
                     kiln_tree_add(tree, "a.yaml", object, strlen(object));
        allocations_fail(0, false);
        struct kiln_options options = {.tree = tree};
        struct kiln *kiln = kiln_new();
        assert_int_equal(kiln_build(kiln, &options, "."), added);
        if (!added)
            assert_string_equal(kiln_diagnostic(kiln, 0).message, "out of memory");
        kiln_free(kiln);
        kiln_tree_free(tree);
    }
    assert_in_range(allocations_live() - live + THREADS, 0, 2 * THREADS);
}

// --- Invalid calls.

static void nothing_crashes_without_an_object(void **state)
{
    (void)state;
    assert_false(kiln_build(NULL, NULL, "shop"));
    assert_int_equal(kiln_stream_size(NULL), 0);
    assert_string_equal(kiln_stream(NULL), "");
    assert_int_equal(kiln_diagnostic_count(NULL), 1);
    assert_string_equal(kiln_diagnostic(NULL, 0).text, "kiln: out of memory\n");
    assert_string_equal(kiln_diagnostic(NULL, 1).text, "");
    kiln_free(NULL);
    kiln_tree_free(NULL);
    assert_false(kiln_tree_add(NULL, "a", "b", 1));
    struct kiln_tree *tree = kiln_tree_new();
    assert_false(kiln_tree_add(tree, NULL, "b", 1));
    assert_false(kiln_tree_add(tree, "a", NULL, 1));
    assert_true(kiln_tree_add(tree, "a", NULL, 0));
    kiln_tree_free(tree);
}

static void options_may_be_null(void **state)
{
    struct world *world = *state;
    make_repository(world);
    struct kiln *kiln = kiln_new();
    assert_int_equal(kiln_diagnostic_count(kiln), 0);
    assert_string_equal(kiln_stream(kiln), "");
    assert_true(kiln_build(kiln, NULL, world_path(world, "repo/shop")));
    assert_int_equal(kiln_stream_size(kiln), strlen(tree_stream));
    kiln_free(kiln);
    kiln = kiln_new();
    assert_false(kiln_build(kiln, NULL, NULL));
    assert_true(kiln_diagnostic_count(kiln) > 0);
    kiln_free(kiln);
}

static void a_second_build_is_refused(void **state)
{
    (void)state;
    struct kiln_tree *tree = make_tree();
    struct kiln_options options = {.tree = tree};
    struct kiln *kiln = kiln_new();
    assert_true(kiln_build(kiln, &options, "shop"));
    assert_int_equal(kiln_diagnostic_count(kiln), 0);
    assert_false(kiln_build(kiln, &options, "shop"));
    assert_false(kiln_build(kiln, &options, "shop"));
    assert_int_equal(kiln_diagnostic_count(kiln), 1);
    assert_int_equal(kiln_diagnostic(kiln, 0).severity, KILN_ERROR);
    assert_string_equal(kiln_diagnostic(kiln, 0).message, "kiln_build was called twice for the same object");
    assert_int_equal(kiln_stream_size(kiln), strlen(tree_stream));
    assert_memory_equal(kiln_stream(kiln), tree_stream, strlen(tree_stream));
    kiln_free(kiln);
    kiln_tree_free(tree);
}

static void a_diagnostic_out_of_range_is_empty(void **state)
{
    (void)state;
    struct kiln_tree *tree = make_tree();
    struct kiln_options options = {.tree = tree};
    struct kiln *kiln = kiln_new();
    assert_false(kiln_build(kiln, &options, "nowhere"));
    assert_int_equal(kiln_stream_size(kiln), 0);
    assert_string_equal(kiln_stream(kiln), "");
    size_t count = kiln_diagnostic_count(kiln);
    assert_true(count > 0);
    // Every call returns the same strings.
    assert_ptr_equal(kiln_diagnostic(kiln, 0).text, kiln_diagnostic(kiln, 0).text);
    assert_ptr_equal(kiln_diagnostic(kiln, 0).message, kiln_diagnostic(kiln, 0).message);
    static const size_t beyond[] = {0, 1, 1000, SIZE_MAX};
    for (size_t i = 0; i < countof(beyond); i++) {
        size_t index = beyond[i] < 1000 ? count + beyond[i] : beyond[i];
        struct kiln_diagnostic none = kiln_diagnostic(kiln, index);
        assert_string_equal(none.text, "");
        assert_string_equal(none.file, "");
        assert_string_equal(none.message, "");
        assert_string_equal(none.hint, "");
    }
    kiln_free(kiln);
    kiln_tree_free(tree);
}

static void nothing_is_fetched_without_the_network(void **state)
{
    struct world *world = *state;
    world_write(world, "app/kustomization.yaml", "resources: ['https://example.invalid/a.yaml']\n");
    struct kiln *kiln = kiln_new();
    const struct kiln_options options = {.no_remote = true};
    assert_false(kiln_build(kiln, &options, world_path(world, "app")));
    expect_contains(slice_from(kiln_diagnostic(kiln, 0).message),
                    "cannot fetch 'https://example.invalid/a.yaml': remote access is disabled for this build");
    kiln_free(kiln);
}

static const struct CMUnitTest tests[] = {
    world_test(nothing_is_fetched_without_the_network),
    cmocka_unit_test(builds_in_memory_leave_no_trace),
    world_test(remote_builds_leave_no_trace),
    cmocka_unit_test(a_small_stack_of_the_host_is_enough),
    cmocka_unit_test(an_allocation_that_fails_is_a_failed_build),
    cmocka_unit_test(a_message_about_secrets_leaves_nothing),
    cmocka_unit_test(an_allocation_that_fails_in_a_thread_is_a_failed_build),
    world_test(an_allocation_that_fails_leaves_no_file_open_and_no_clone),
    cmocka_unit_test(a_failed_allocation_does_not_fall_back_to_the_file_system),
    cmocka_unit_test(nothing_crashes_without_an_object),
    world_test(options_may_be_null),
    cmocka_unit_test(a_second_build_is_refused),
    cmocka_unit_test(a_diagnostic_out_of_range_is_empty),
};

int test_guest(void)
{
    return cmocka_run_group_tests_name("guest", tests, NULL, NULL);
}
