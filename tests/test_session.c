// Sharing between builds changes nothing: every kustomization of this repository is built alone and in one session, in
// order, backwards, and on several threads. Runs in the checkout.
#include "tests/world.h"

#include <stdlib.h>
#include <unistd.h>

#include "load/glob.h"
#include "load/path.h"
#include "repository/root_builds.h"
#include "yaml/shared_text.h"

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

// The number of differences: in order on one thread, on several, backwards, and with too little room for parsed files.
static size_t count_wrong(struct root_list *roots, size_t at_least)
{
    struct outcome *alone = calloc(roots->count, sizeof *alone);
    size_t succeeded = 0;
    for (size_t i = 0; i < roots->count; i++) {
        build_alone(&roots->items[i], &alone[i]);
        succeeded += alone[i].succeeded;
    }
    assert_true(succeeded >= at_least);
    size_t wrong = build_together(roots, alone, 1, SESSION_TREES_MAX);
    wrong += build_together(roots, alone, 8, SESSION_TREES_MAX);
    wrong += build_together(roots, alone, 4, 20000);
    wrong += build_together(roots, alone, 2, 0);
    turn_round(roots, alone);
    wrong += build_together(roots, alone, 1, SESSION_TREES_MAX);
    for (size_t i = 0; i < roots->count; i++) {
        buffer_wipe(&alone[i].stream);
        buffer_wipe(&alone[i].messages);
    }
    free(alone);
    return wrong;
}

// Finds every kustomization below a directory, whether or not it is a root.
static void find_below(struct arena *arena, struct slice top, struct root_list *roots)
{
    struct build *build = build_new();
    struct path_list directories = {0};
    struct slice current, absolute;
    assert_true(file_system_posix.current_directory(NULL, arena, &current));
    absolute = path_join(arena, current, top);
    assert_true(kustomizations_find(build, absolute, &directories));
    for (size_t i = 0; i < directories.count; i++) {
        if (!path_is_within(directories.items[i], absolute))
            continue;
        struct root root = {.directory = path_relative(arena, current, directories.items[i])};
        root.path = root.directory;
        list_append(arena, roots, root);
    }
    build_free(build);
}

static void every_kustomization_builds_as_it_does_alone(void **state)
{
    struct test_reader *reader = *state;
    struct root_list roots = {0};
    find_below(&reader->arena, slice_literal("."), &roots);
    assert_true(roots.count > 500);
    assert_int_equal(count_wrong(&roots, 300), 0);
}

static void every_conformance_case_builds_as_it_does_alone(void **state)
{
    struct test_reader *reader = *state;
    struct root_list roots = {0};
    const char *conformance = getenv("KILN_CONFORMANCE");
    if (!conformance || access(conformance, R_OK) != 0)
        test_skip("there are no conformance cases");
    find_below(&reader->arena, slice_from(conformance), &roots);
    assert_true(roots.count > 0);
    assert_int_equal(count_wrong(&roots, roots.count / 4), 0);
}

// 100 bases, each with four overlays, some of them with shared components.
static void overlays_of_many_bases_build_as_they_do_alone(void **state)
{
    static const char *const environments[] = {"dev", "test", "stage", "prod"};
    struct world *world = *state;
    struct root_list roots = {0};
    world_write(world, "part/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: patch.yaml, target: "
                "{kind: Deployment}}]\n");
    world_write(world, "part/patch.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: any\n  annotations:\n    on: \"yes\"\n");
    for (int i = 0; i < 100; i++) {
        const char *base = arena_format(&world->arena, "base%d", i).data;
        world_write(world, arena_format(&world->arena, "%s/kustomization.yaml", base).data,
                    "resources: [all.yaml]\nconfigMapGenerator: [{name: g, files: [text]}]\n"
                    "secretGenerator: [{name: s, literals: [password=hidden]}]\nlabels: [{pairs: {team: a}}]\n");
        world_write(world, arena_format(&world->arena, "%s/text", base).data, base);
        world_write(
            world, arena_format(&world->arena, "%s/all.yaml", base).data,
            arena_format(&world->arena,
                         "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w%d\nspec:\n  template:\n"
                         "    spec:\n      containers:\n      - name: c\n        image: i:%d\n        envFrom:\n"
                         "        - configMapRef: {name: g}\n        - secretRef: {name: s}\n---\n"
                         "apiVersion: v1\nkind: Service\nmetadata: {name: \"w%d\"}\nspec: &a {selector: {a: "
                         "\"\\u0062\"}}\n",
                         i, i, i)
                .data);
        for (size_t k = 0; k < countof(environments); k++) {
            struct root root = {.directory = slice_from(world_path(world, "over%d/%s", i, environments[k]))};
            root.path = root.directory;
            world_write(world, arena_format(&world->arena, "over%d/%s/kustomization.yaml", i, environments[k]).data,
                        arena_format(&world->arena,
                                     "resources: [../../%s]\nnamespace: %s\nimages: [{name: i, newTag: '%zu'}]\n"
                                     "replicas: [{name: w%d, count: %zu}]\n%s%s",
                                     base, environments[k], k, i, k, k % 2 ? "components: [../../part]\n" : "",
                                     i % 10 == 9 ? "patches: [{path: missing.yaml}]\n" : "")
                            .data);
            list_append(&world->arena, &roots, root);
        }
    }
    assert_int_equal(count_wrong(&roots, 360), 0);
}

// --- Keeping parsed files.

static size_t parse_count;

// A document of 1,000 items with strings of their own.
static bool parse_counted(struct read_context *read, const struct source *source, struct node_list *documents)
{
    parse_count++;
    struct position position = source_position(source, 1, 1);
    struct node *document = node_new_sequence(read->arena, position);
    for (int i = 0; i < 1000; i++)
        node_sequence_append(read->arena, document,
                             node_new_string(read->arena,
                                             arena_format(read->arena, "%.*s-%d", SLICE_ARGS(source->content), i),
                                             position));
    list_append(read->arena, documents, document);
    return true;
}

static void take(struct test_reader *reader, struct shared_text *text, bool is_shared)
{
    struct node_list documents = {0};
    struct source *source = reader_source(reader, "a.yaml", text->content);
    source->shared = text;
    assert_int_equal(shared_text_take(&reader->context, source, SHARED_RESOURCES, parse_counted, &documents),
                     is_shared);
    assert_true(text->texts->held <= text->texts->limit);
    if (!is_shared)
        return;
    assert_int_equal(documents.count, 1);
    const struct node *last = documents.items[0]->items[999];
    expect_text(node_text(last), arena_format(&reader->arena, "%.*s-999", SLICE_ARGS(text->content)).data);
    assert_int_equal(last->position.file, source->file);
}

static void the_least_recently_used_file_is_parsed_again(void **state)
{
    struct test_reader *reader = *state;
    struct shared_texts texts;
    struct shared_text text[3];
    static const char *const contents[] = {"a", "b", "c"};
    shared_texts_init(&texts, &reader->names, (size_t)1 << 30);
    shared_text_init(&text[0], &texts, slice_literal("a"));
    parse_count = 0;
    take(reader, &text[0], true);
    size_t one = texts.held;
    assert_true(one > 1000 * sizeof(struct node));
    shared_text_free(&text[0]);
    shared_texts_free(&texts);

    // Room for two.
    shared_texts_init(&texts, &reader->names, one * 5 / 2);
    for (size_t i = 0; i < 3; i++)
        shared_text_init(&text[i], &texts, slice_from(contents[i]));
    parse_count = 0;
    take(reader, &text[0], true);
    take(reader, &text[1], true);
    take(reader, &text[0], true);
    assert_int_equal(parse_count, 2);
    take(reader, &text[2], true);  // replaces b
    take(reader, &text[0], true);
    assert_int_equal(parse_count, 3);
    take(reader, &text[1], true);
    assert_int_equal(parse_count, 4);
    assert_int_equal(texts.held, 2 * one);
    for (size_t i = 0; i < 3; i++)
        shared_text_free(&text[i]);
    shared_texts_free(&texts);

    // A text larger than the whole cache isn't kept: the first user gets it, and the others parse it themselves.
    shared_texts_init(&texts, &reader->names, one - 1);
    shared_text_init(&text[0], &texts, slice_literal("a"));
    parse_count = 0;
    take(reader, &text[0], true);
    take(reader, &text[0], false);
    assert_int_equal(parse_count, 1);
    shared_text_free(&text[0]);
    shared_texts_free(&texts);
}

// --- Fetching once.

#define MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static void a_remote_base_of_many_roots_is_cloned_once(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
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
    reader_test(every_kustomization_builds_as_it_does_alone),
    reader_test(every_conformance_case_builds_as_it_does_alone),
    world_test(overlays_of_many_bases_build_as_they_do_alone),
    reader_test(the_least_recently_used_file_is_parsed_again),
    world_test(a_remote_base_of_many_roots_is_cloned_once),
};

int test_session(void)
{
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
