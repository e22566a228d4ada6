// Copies of remote files, from local repositories and a local server: where they are put, and that a copy is complete
// or doesn't exist. fixtures/localize tests local files.
#include "tests/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "localize/localize.h"
#include "localize/names.h"

#define OBJECT(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

// Two repositories, the second one with the tag group/v2.
static void make_repositories(struct world *world)
{
    world_require_cloning(world);
    world_write(world, "repo/base/kustomization.yaml", "resources: [a.yaml, ../other]\n");
    world_write(world, "repo/base/a.yaml", OBJECT("a"));
    world_write(world, "repo/other/kustomization.yaml", "resources: [o.yaml]\n");
    world_write(world, "repo/other/o.yaml", OBJECT("o"));
    world_write(world, "repo/kustomization.yaml", "resources: [base]\nnamePrefix: all-\n");
    world_write(world, "repo/nested/kustomization.yaml", "resources: ['file://{W}/repo2.git//d?ref=group/v2']\n");
    world_write(world, "repo/escape/kustomization.yaml", "resources: [../..]\n");
    world_run(world, "ln -s base repo/link");
    world_write(world, "repo2.git/d/kustomization.yaml", "resources: [d.yaml]\n");
    world_write(world, "repo2.git/d/d.yaml", OBJECT("d"));
    world_write(world, "repo2.git/c/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -c\n");
    world_commit(world, "repo");
    world_commit(world, "repo2.git");
    world_run(world, "cd repo && git tag v1 && cd ../repo2.git && git tag group/v2");
}

static struct slice in_world(struct world *world, const char *text)
{
    return slice_from(strstr(text, "://") ? text : world_path(world, "%s", text));
}

// Localizes FOLDER/target to FOLDER/out.
static bool localize(struct world *world, const char *target, const char *scope)
{
    build_free(world->build);
    world->build = build_new();
    world->messages.length = 0;
    const struct localize_request request = {
        .target = in_world(world, target),
        .destination = in_world(world, "out"),
        .scope = scope ? in_world(world, scope) : (struct slice){0},
    };
    struct localize_result result;
    world->succeeded = localize_run(world->build, &request, &result) && localize_commit(&result);
    for (size_t i = 0; i < world->build->diagnostics.count; i++)
        diagnostics_render(&world->build->diagnostics, &world->build->diagnostics.items[i], &world->messages);
    expect_text(world_run(world, "ls tmp; ls -A | grep '^[.]' || true"), "");
    return world->succeeded;
}

static void expect_copy(struct world *world, const char *target, const char *files)
{
    if (!localize(world, target, NULL))
        fail_msg("%.*s", SLICE_ARGS(buffer_slice(&world->messages)));
    // The folder is part of the paths of copies.
    const char *command = "cd out && find . -type f | sed 's:{W}::' | sort";
    expect_text(world_run(world, command), files);
}

static void expect_refusal(struct world *world, const char *target, const char *part)
{
    if (localize(world, target, NULL))
        fail_msg("it succeeded");
    expect_contains(buffer_slice(&world->messages), part);
    assert_false(world_has(world, "out"));
}

static struct slice url(struct world *world, const char *format)
{
    return arena_format(&world->arena, "file://%s/%s", world->folder, format);
}

// --- Repositories.

static void a_remote_base_is_copied_to_its_host_path_and_reference(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//base?ref=v1']\n");
    expect_copy(world, "k",
                "./kustomization.yaml\n"
                "./localized-files/file-schemed/repo/v1/base/a.yaml\n"
                "./localized-files/file-schemed/repo/v1/base/kustomization.yaml\n"
                "./localized-files/file-schemed/repo/v1/other/kustomization.yaml\n"
                "./localized-files/file-schemed/repo/v1/other/o.yaml");
    expect_text(world_run(world, "sed 's:{W}::' out/kustomization.yaml"),
                "resources:\n- localized-files/file-schemed/repo/v1/base");
}

static void the_root_of_a_repository_can_be_a_base(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml", "bases: ['file://{W}/repo?ref=v1&timeout=90&submodules=false']\n");
    if (!localize(world, "k", NULL))
        fail_msg("%.*s", SLICE_ARGS(buffer_slice(&world->messages)));
    expect_text(world_run(world, "sed 's:{W}::' out/kustomization.yaml"),
                "bases:\n- localized-files/file-schemed/repo/v1");
}

static void links_in_a_repository_are_resolved(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//link?ref=v1']\n");
    assert_true(localize(world, "k", NULL));
    expect_text(world_run(world, "sed 's:{W}::' out/kustomization.yaml"),
                "resources:\n- localized-files/file-schemed/repo/v1/base");
}

static void remote_bases_of_a_remote_base_are_copied_into_its_copy(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//nested?ref=v1']\n");
    assert_true(localize(world, "k", NULL));
    expect_text(world_run(world, "cd out && find . -name d.yaml | sed 's:{W}::g'"),
                "./localized-files/file-schemed/repo/v1/nested/localized-files/file-schemed/repo2/group/v2/d/d.yaml");
    world_expect_stream(world, NULL, "out", OBJECT("d"));
}

static void a_component_can_be_remote(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml",
                "resources: [a.yaml]\ncomponents: ['file://{W}/repo2.git//c?version=group/v2']\n");
    world_write(world, "k/a.yaml", OBJECT("a"));
    assert_true(localize(world, "k", NULL));
    world_run(world, "rm -r repo2.git");
    world_expect_stream(world, NULL, "out", OBJECT("a-c"));
}

static void a_remote_base_without_a_ref_is_refused(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//base']\n");
    expect_refusal(world, "k", "does not name a revision to copy\n");
    expect_contains(buffer_slice(&world->messages), "hint: name a branch, tag, or commit: '?ref=v1.0.0'");
}

static void a_repository_that_git_cannot_fetch_is_refused(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//base?ref=v9']\n");
    expect_refusal(world, "k", "couldn't find remote ref v9");
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//none?ref=v1']\n");
    expect_refusal(world, "k", "no directory 'none' in the repository");
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//escape?ref=v1']\n");
    expect_refusal(world, "k", "is outside the repository of its kustomization");
}

static void a_directory_with_the_name_of_the_copies_is_in_the_way(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml", "resources: ['file://{W}/repo//base?ref=v1']\n");
    world_write(world, "k/localized-files/old.yaml", "");
    expect_refusal(world, "k", "already has a 'localized-files'");
}

static void the_copy_of_a_remote_target_mirrors_its_repository(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    expect_copy(world, url(world, "repo//base?ref=v1").data,
                "./base/a.yaml\n./base/kustomization.yaml\n./other/kustomization.yaml\n./other/o.yaml");
}

static void a_remote_target_requires_a_ref_and_has_no_scope(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    expect_refusal(world, url(world, "repo//base").data, "does not name a revision to copy");
    assert_false(localize(world, url(world, "repo//base?ref=v1").data, "repo"));
    expect_contains(buffer_slice(&world->messages), "a remote target cannot have the scope");
    assert_false(world_has(world, "out"));
}

// --- Files over HTTP.

// Starts a server for the files in web/ of the folder, which runs until the test ends. Its port is written to `port`.
static unsigned start_server(struct world *world)
{
    world_write(world, "server.py",
                "import http.server, os, threading, time\n"
                "class Handler(http.server.SimpleHTTPRequestHandler):\n"
                "    def log_message(self, *arguments): pass\n"
                "os.chdir('{W}/web')\n"
                "server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)\n"
                "threading.Thread(target=server.serve_forever, daemon=True).start()\n"
                "with open('{W}/port.new', 'w') as file: file.write(str(server.server_port))\n"
                "os.rename('{W}/port.new', '{W}/port')\n"
                "start = time.time()\n"
                "while os.path.exists('{W}/server.py') and time.time() - start < 60: time.sleep(0.05)\n");
    world_run(world, "HOME=/ python3 server.py > log 2>&1 & "
                     "for i in $(seq 100); do test -e port && break; sleep 0.05; done");
    return world_has(world, "port") ? (unsigned)atoi(world_read(world, "port").data) : 0;
}

static void http_files_are_copied_to_their_host_without_port_and_query(void **state)
{
    struct world *world = *state;
    world_write(world, "web/x.yaml", OBJECT("x"));
    world_write(world, "web/a b.env", "A=b\n");
    unsigned port = start_server(world);
    if (!port)
        test_skip("no python3 on this machine");
    const char *text = arena_format(&world->arena,
                                    "resources: ['http://user@127.0.0.1:%u/q/../x.yaml?a=b']\n"
                                    "configMapGenerator:\n- {name: c, envs: ['http://127.0.0.1:%u/a%%20b.env']}\n",
                                    port, port)
                           .data;
    world_write(world, "k/kustomization.yaml", text);
    expect_copy(world, "k",
                "./kustomization.yaml\n"
                "./localized-files/127.0.0.1/a%20b.env\n"
                "./localized-files/127.0.0.1/x.yaml");
    expect_contains(world_read(world, "out/kustomization.yaml"), "resources:\n- localized-files/127.0.0.1/x.yaml\n");
    expect_contains(world_read(world, "out/kustomization.yaml"), "  - localized-files/127.0.0.1/a%20b.env\n");
    world_run(world, "rm -r out server.py");
}

static void a_missing_remote_file_leaves_no_copy(void **state)
{
    struct world *world = *state;
    world_write(world, "web/x.yaml", OBJECT("x"));
    unsigned port = start_server(world);
    if (!port)
        test_skip("no python3 on this machine");
    world_write(world, "k/kustomization.yaml",
                arena_format(&world->arena, "resources: ['http://127.0.0.1:%u/none.yaml']\n", port).data);
    expect_refusal(world, "k", "404");
    world_run(world, "rm server.py");
}

// --- Names.

static void copies_of_files_are_named_after_their_url(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"https://raw.example.com/org/repo/main/s.yaml", "localized-files/raw.example.com/org/repo/main/s.yaml"},
        {"http://user:pass@host:1234/path/file?query#part", "localized-files/host/path/file"},
        {"https://host", "localized-files/host"},
        {"https://host//", "localized-files/host"},
        {"https://host/file%2Eyaml", "localized-files/host/file%2Eyaml"},
        {"https://host/a b/\xC3\xBC", "localized-files/host/a%20b/%C3%BC"},
        {"https://host/*", "localized-files/host/*"},
        {"https://host/path/blah/../to/./file/", "localized-files/host/path/to/file"},
        {"https://host/foo/../../../file", "localized-files/host/file"},
        {"https://[2001:db8::1]:8443/file.yaml", "localized-files/2001:db8::1/file.yaml"},
        {"https://../x", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(names); i++)
        expect_text(localized_file_path(&arena, slice_from(names[i][0])), names[i][1]);
    arena_free(&arena);
}

static void copies_of_repositories_are_named_after_host_path_reference_and_directory(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"https://github.com/org/repo//d?ref=v1", "localized-files/github.com/org/repo/v1/d"},
        {"git@github.com:org/repo//d?ref=v1", "localized-files/github.com/org/repo/v1/d"},
        {"ssh://git@github.com/org/repo/d?ref=v1", "localized-files/github.com/org/repo/v1/d"},
        {"https://gitlab.com/a/b/c.git//d?ref=x/y", "localized-files/gitlab.com/a/b/c/x/y/d"},
        {"https://host:8080/org/repo//d?ref=v1", "localized-files/host/org/repo/v1/d"},
        {"ssh://git@host:2222/org/repo//d?ref=v1", "localized-files/host/org/repo/v1/d"},
        {"https://[2001:db8::1]/org/repo//d?ref=v1", "localized-files/2001:db8::1/org/repo/v1/d"},
        {"file:///var/run/repo//d?ref=v1", "localized-files/file-schemed/var/run/repo/v1/d"},
        {"https://host/./../org/../org/repo.git//d?ref=v1", "localized-files/host/org/repo/v1/d"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(names); i++) {
        struct git_url parsed;
        assert_true(git_url_parse(&arena, slice_from(names[i][0]), &parsed));
        expect_text(localized_root_path(&arena, &parsed, slice_literal("d")), names[i][1]);
    }
    arena_free(&arena);
}

static void destinations_are_named_after_the_target_and_its_reference(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct git_url parsed;
    assert_true(git_url_parse(&arena, slice_literal("https://github.com/org/repo//a/b?ref=group/v1"), &parsed));
    expect_text(localized_destination(&arena, slice_literal("/tmp/c/a/b"), &parsed, false), "localized-b-group-v1");
    expect_text(localized_destination(&arena, slice_literal("/tmp/c"), &parsed, true), "localized-repo-group-v1");
    expect_text(localized_destination(&arena, slice_literal("/srv/app"), NULL, false), "localized-app");
    expect_text(localized_destination(&arena, slice_literal("/"), NULL, false), "localized");
    arena_free(&arena);
}

// --- All or nothing.

static void a_dangling_link_as_the_destination_is_refused(void **state)
{
    struct world *world = *state;
    world_write(world, "k/kustomization.yaml", "namePrefix: x-\n");
    world_run(world, "ln -s nowhere out");
    assert_false(localize(world, "k", NULL));
    expect_contains(buffer_slice(&world->messages), "/out' already exists");
    expect_text(world_run(world, "readlink out"), "nowhere");
}

static void a_copy_has_the_modes_of_new_files(void **state)
{
    struct world *world = *state;
    world_write(world, "k/kustomization.yaml", "resources: [b/a.yaml]\n");
    world_write_script(world, "k/b/a.yaml", OBJECT("a"));
    mode_t before = umask(027);
    bool done = localize(world, "k", NULL);
    umask(before);
    assert_true(done);
    expect_text(world_run(world, "stat -c %a out out/b out/b/a.yaml"), "750\n750\n640");
}

static void charts_around_the_destination_are_copied_without_it(void **state)
{
    struct world *world = *state;
    world_write(world, "kustomization.yaml", "helmGlobals: {chartHome: charts}\n");
    world_write(world, "charts/c/Chart.yaml", "name: c\n");
    build_free(world->build);
    world->build = build_new();
    const struct localize_request request = {in_world(world, "."), in_world(world, "charts/out"), {0}};
    struct localize_result result;
    assert_true(localize_run(world->build, &request, &result) && localize_commit(&result));
    expect_text(world_run(world, "cd charts/out && find . -type f | sort"),
                "./charts/c/Chart.yaml\n./kustomization.yaml");
}

static void a_signal_leaves_no_copy(void **state)
{
    struct world *world = *state;
    world_write_script(world, "bin/git",
                       "#!/bin/sh\ntest \"$1\" = version && echo git version 2.40.0 && exit\n"
                       "test \"$1\" = fetch && touch {W}/fetching && sleep 30\nexit 0\n");
    world_put_on_path(world, "bin");
    world_write(world, "k/kustomization.yaml", "resources: [a.yaml, 'file:///none//x?ref=v1']\n");
    world_write(world, "k/a.yaml", OBJECT("a"));
    world_run(world, arena_format(&world->arena,
                                  "'%s' localize k out 2> log & child=$!\n"
                                  "for i in $(seq 100); do test -e fetching && break; sleep 0.05; done\n"
                                  "ls -d .out-* && kill $child; wait $child; test $? -gt 128",
                                  test_program())
                         .data);
    expect_text(world_run(world, "ls tmp; ls -A | grep out || true"), "");
}

// --- Verification.

static enum verify_outcome verify(struct world *world, const char *original, const char *copy, struct slice *difference)
{
    const struct build_options options = {.name_hash = NAME_HASH_V4};
    struct verification verification;
    enum verify_outcome outcome = localize_verify(&options, in_world(world, original), in_world(world, copy),
                                                  &verification);
    *difference = arena_copy(&world->arena, verification.difference);
    localize_verify_free(&verification);
    return outcome;
}

static void verification_compares_both_builds(void **state)
{
    struct world *world = *state;
    struct slice difference;
    world_write(world, "a/kustomization.yaml", "resources: [x.yaml]\n");
    world_write(world, "a/x.yaml", OBJECT("x"));
    world_run(world, "cp -r a b");
    assert_int_equal(verify(world, "a", "b", &difference), VERIFY_SAME);

    world_write(world, "b/x.yaml", OBJECT("x") "data: {k: v}\n");
    assert_int_equal(verify(world, "a", "b", &difference), VERIFY_DIFFERENT);
    expect_text(difference, "ConfigMap 'x'");

    world_write(world, "b/x.yaml", OBJECT("x") "---\n" OBJECT("y"));
    assert_int_equal(verify(world, "a", "b", &difference), VERIFY_DIFFERENT);
    expect_text(difference, "ConfigMap 'y'");

    world_write(world, "b/x.yaml", "a: b\n");
    assert_int_equal(verify(world, "a", "b", &difference), VERIFY_COPY_FAILED);
    assert_int_equal(verify(world, "b", "a", &difference), VERIFY_ORIGINAL_FAILED);
}

static void origin_annotations_are_not_compared(void **state)
{
    struct world *world = *state;
    struct slice difference;
    make_repositories(world);
    world_write(world, "k/kustomization.yaml",
                "resources: ['file://{W}/repo//base?ref=v1']\n"
                "buildMetadata: [originAnnotations, transformerAnnotations]\nnamePrefix: p-\n");
    assert_true(localize(world, "k", NULL));
    assert_int_equal(verify(world, "k", "out", &difference), VERIFY_SAME);
}

static void a_copy_below_its_scope_is_verified_in_place(void **state)
{
    struct world *world = *state;
    world_write(world, "s/base/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "s/base/a.yaml", OBJECT("a"));
    world_write(world, "s/x/y/kustomization.yaml", "resources: [../../base]\n");
    struct slice said = world_run(
        world, arena_format(&world->arena, "'%s' localize s/x/y --scope s 2>&1", test_program()).data);
    expect_text(said, "VERIFICATION SUCCESS: `kiln build` for s/x/y and localized-y are the same after localization.\n"
                      "SUCCESS: localized \"s/x/y\" to directory localized-y");
    assert_true(world_has(world, "localized-y/x/y/kustomization.yaml"));
}

static void a_copy_of_a_remote_target_is_verified_in_place(void **state)
{
    struct world *world = *state;
    make_repositories(world);
    world_run(world, arena_format(&world->arena, "ln -s '%s' kustomize", test_program()).data);
    struct slice said = world_run(world, "./kustomize localize 'file://{W}/repo//base?ref=v1' 2>&1");
    expect_contains(said, "VERIFICATION SUCCESS: `kustomize build` for file://");
    assert_true(world_has(world, "localized-base-v1/base/kustomization.yaml"));
}

static const struct CMUnitTest tests[] = {
    world_test(a_remote_base_is_copied_to_its_host_path_and_reference),
    world_test(the_root_of_a_repository_can_be_a_base),
    world_test(links_in_a_repository_are_resolved),
    world_test(remote_bases_of_a_remote_base_are_copied_into_its_copy),
    world_test(a_component_can_be_remote),
    world_test(a_remote_base_without_a_ref_is_refused),
    world_test(a_repository_that_git_cannot_fetch_is_refused),
    world_test(a_directory_with_the_name_of_the_copies_is_in_the_way),
    world_test(the_copy_of_a_remote_target_mirrors_its_repository),
    world_test(a_remote_target_requires_a_ref_and_has_no_scope),
    world_test(http_files_are_copied_to_their_host_without_port_and_query),
    world_test(a_missing_remote_file_leaves_no_copy),
    cmocka_unit_test(copies_of_files_are_named_after_their_url),
    cmocka_unit_test(copies_of_repositories_are_named_after_host_path_reference_and_directory),
    cmocka_unit_test(destinations_are_named_after_the_target_and_its_reference),
    world_test(a_dangling_link_as_the_destination_is_refused),
    world_test(a_copy_has_the_modes_of_new_files),
    world_test(charts_around_the_destination_are_copied_without_it),
    world_test(a_signal_leaves_no_copy),
    world_test(verification_compares_both_builds),
    world_test(origin_annotations_are_not_compared),
    world_test(a_copy_below_its_scope_is_verified_in_place),
    world_test(a_copy_of_a_remote_target_is_verified_in_place),
};

int test_localize(void)
{
    return cmocka_run_group_tests_name("localize", tests, NULL, NULL);
}
