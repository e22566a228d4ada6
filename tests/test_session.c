// What many builds share changes nothing: every kustomization of this repository is built alone, and in one session, in
// order, backwards, and on several threads. Runs in the checkout.
#include "tests/world.h"

#include <stdlib.h>

#include "load/glob.h"
#include "load/path.h"
#include "repository/root_builds.h"

struct outcome {
    struct buffer stream;
    struct buffer messages;
    bool succeeded;
};

static const struct build_options common = {.no_remote = true, .thread_count = 1, .unrestricted = false};

static struct build_options options_of(void *state, const struct root *root)
{
    (void)state, (void)root;
    return common;
}

static bool keep_stream(void *state, size_t index, struct build *build)
{
    struct outcome *outcomes = state;
    return build_write_stream(build, &outcomes[index].stream);
}

static void build_alone(const struct root *root, struct outcome *outcome)
{
    struct build *build = build_new();
    outcome->succeeded = build_run(build, &common, root->directory) && build_write_stream(build, &outcome->stream);
    for (size_t i = 0; i < build->diagnostics.count; i++) {
        build->diagnostics.items[i].chain = (struct slice){0};
        diagnostics_render(&build->diagnostics, &build->diagnostics.items[i], &outcome->messages);
    }
    build_free(build);
}

static size_t count_different(const struct root_list *roots, const struct root_result *results,
                              const struct outcome *together, const struct outcome *alone)
{
    size_t wrong = 0;
    for (size_t i = 0; i < roots->count; i++) {
        struct buffer messages = {0};
        for (size_t k = 0; k < results[i].messages.count; k++)
            buffer_add_slice(&messages, results[i].messages.items[k].text);
        bool same = (results[i].status == ROOT_BUILT) == alone[i].succeeded &&
                    (!alone[i].succeeded ||
                     slice_equal(buffer_slice(&together[i].stream), buffer_slice(&alone[i].stream))) &&
                    slice_equal(buffer_slice(&messages), buffer_slice(&alone[i].messages));
        if (!same)
            print_error("%.*s differs; alone: %.*s; in the session: %.*s\n", SLICE_ARGS(roots->items[i].path),
                        SLICE_ARGS(buffer_slice(&alone[i].messages)), SLICE_ARGS(buffer_slice(&messages)));
        wrong += !same;
        buffer_free(&messages);
    }
    return wrong;
}

static size_t build_together(const struct root_list *roots, const struct outcome *alone, unsigned threads,
                             size_t tree_limit)
{
    struct root_result *results = calloc(roots->count, sizeof *results);
    struct outcome *together = calloc(roots->count, sizeof *together);
    struct session *session = session_new(tree_limit);
    struct root_builds builds = {
        .roots = roots,
        .results = results,
        .thread_count = threads,
        .session = session,
        .state = together,
        .options = options_of,
        .use = keep_stream,
    };
    root_builds_run(&builds);
    session_free(session);
    size_t wrong = count_different(roots, results, together, alone);
    root_results_free(results, roots->count);
    for (size_t i = 0; i < roots->count; i++)
        buffer_wipe(&together[i].stream);
    free(together);
    free(results);
    return wrong;
}

static void turn_round(struct root_list *roots, struct outcome *alone)
{
    for (size_t i = 0, k = roots->count; i + 1 < k--; i++) {
        struct root root = roots->items[i];
        struct outcome outcome = alone[i];
        roots->items[i] = roots->items[k];
        roots->items[k] = root;
        alone[i] = alone[k];
        alone[k] = outcome;
    }
}

static void every_kustomization_is_what_it_is_alone(void **state)
{
    struct test_reader *reader = *state;
    struct build *build = build_new();
    struct path_list directories = {0};
    struct root_list roots = {0};
    struct slice current;
    assert_true(file_system_posix.current_directory(NULL, &reader->arena, &current));
    assert_true(kustomizations_find(build, current, &directories));
    for (size_t i = 0; i < directories.count; i++) {
        struct root root = {.directory = path_relative(&reader->arena, current, directories.items[i])};
        root.path = root.directory;
        list_append(&reader->arena, &roots, root);
    }
    build_free(build);
    assert_true(roots.count > 500);
    struct outcome *alone = calloc(roots.count, sizeof *alone);
    size_t succeeded = 0;
    for (size_t i = 0; i < roots.count; i++) {
        build_alone(&roots.items[i], &alone[i]);
        succeeded += alone[i].succeeded;
    }
    assert_true(succeeded > 300);
    size_t wrong = build_together(&roots, alone, 1, SESSION_TREES_MAX);
    wrong += build_together(&roots, alone, 4, SESSION_TREES_MAX);
    wrong += build_together(&roots, alone, 2, 0);
    turn_round(&roots, alone);
    wrong += build_together(&roots, alone, 1, SESSION_TREES_MAX);
    for (size_t i = 0; i < roots.count; i++) {
        buffer_wipe(&alone[i].stream);
        buffer_wipe(&alone[i].messages);
    }
    free(alone);
    assert_int_equal(wrong, 0);
}

// --- Fetched once.

#define MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static void a_remote_base_of_many_roots_is_cloned_once(void **state)
{
    struct world *world = *state;
    world_write(world, "base/d/kustomization.yaml", "resources: [map.yaml]\n");
    world_write(world, "base/d/map.yaml", MAP("m"));
    world_commit(world, "base");
    world_run(
        world,
        "mkdir bin && printf '#!/bin/sh\\ncase \"$*\" in *fetch*) echo x >> {W}/calls;; esac\\nexec %s \"$@\"\\n' "
        "\"$(command -v git)\" > bin/git && chmod +x bin/git");
    world_put_on_path(world, "bin");
    for (int i = 0; i < 10; i++)
        world_write(world, arena_format(&world->arena, "repo/r%d/kustomization.yaml", i).data,
                    "resources: ['file://{W}/base//d']\n");
    world_write(world, "repo/bad/kustomization.yaml", "resources: ['file://{W}/nowhere//d']\n");
    world_write(world, "repo/worse/kustomization.yaml", "resources: ['file://{W}/nowhere//d']\n");
    world_run(world, arena_format(&world->arena, "cd repo && %s build 'r*' --join -j8 > ../out", test_program()).data);
    expect_text(world_run(world, "grep -c 'name: m' out; wc -l < calls"), "10\n1");
    struct slice said = world_run(
        world, arena_format(&world->arena, "cd repo && rm ../calls && %s build bad worse --join -j8 2>&1 || true",
                            test_program())
                   .data);
    expect_contains(said, "bad/kustomization.yaml:1:13: ");
    expect_contains(said, "worse/kustomization.yaml:1:13: ");
    expect_text(world_run(world, "wc -l < calls; ls tmp"), "1");
}

static const struct CMUnitTest tests[] = {
    reader_test(every_kustomization_is_what_it_is_alone),
    world_test(a_remote_base_of_many_roots_is_cloned_once),
};

int test_session(void)
{
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
