// `kubectl kiln` from outside: what reaches kubectl. kubectl is a script that records its arguments and its input.
#include "tests/world.h"

#include <stdlib.h>
#include <unistd.h>

// Puts the program in KILN on PATH, as `kiln` and as the plugin.
static struct world *plugin_world(void **state)
{
    struct world *world = *state;
    const char *program = test_program();
    world_run(world, arena_format(&world->arena,
                                  "mkdir -p bin && ln -s '%s' bin/kiln && ln -s kiln bin/kubectl-kiln && "
                                  "ln -s kiln bin/kubectl_kiln",
                                  program)
                         .data);
    world_put_on_path(world, "bin");
    world_write(world, "web/kustomization.yaml", "resources: [web.yaml]\n");
    world_write(world, "web/web.yaml", SERVICE("web"));
    world_write(world, "broken/kustomization.yaml", "resources: [missing.yaml]\n");
    return world;
}

static struct world *world_with_kubectl(void **state)
{
    struct world *world = plugin_world(state);
    world_write_script(world, "bin/kubectl",
                       "#!/bin/sh\nprintf '<%s>' \"$@\" > {W}/arguments\ncat > {W}/stream\n"
                       "echo service/web created\necho a warning >&2\nexit ${KUBECTL_STATUS:-0}\n");
    return world;
}

static void kubectl_applies_the_stream(void **state)
{
    struct world *world = world_with_kubectl(state);
    expect_text(world_run(world, "kubectl-kiln apply -k web 2>errors"), "service/web created");
    expect_text(world_read(world, "arguments"), "<apply><-f><->");
    expect_text(world_read(world, "errors"), "a warning\n");
    expect_text(world_run(world, "kiln build web | cmp - stream"), "");
}

static void every_command_runs_the_kubectl_command_with_its_name(void **state)
{
    struct world *world = world_with_kubectl(state);
    expect_text(
        world_run(
            world,
            "for c in apply diff delete create replace get; do kubectl-kiln $c -k web >out 2>&1 && cat arguments; "
            "kiln kubectl $c --kustomize=web >out 2>&1 && cat arguments; done"),
        "<apply><-f><-><apply><-f><-><diff><-f><-><diff><-f><-><delete><-f><-><delete><-f><->"
        "<create><-f><-><create><-f><-><replace><-f><-><replace><-f><-><get><-f><-><get><-f><->");
}

static void a_plugin_may_be_called_with_an_underscore(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_run(world, "kubectl_kiln apply -k web 2>&1");
    expect_text(world_read(world, "arguments"), "<apply><-f><->");
}

static void flags_unknown_to_kiln_are_passed_to_kubectl(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_run(world, "kubectl-kiln apply --server-side -n 'my shop' -kweb -o yaml --name-hash v4 -l app=web --prune "
                     "--load-restrictor=LoadRestrictionsNone 2>&1");
    expect_text(world_read(world, "arguments"),
                "<apply><-f><-><--server-side><-n><my shop><-o><yaml><-l><app=web><--prune>");
}

static void files_in_addition_to_the_directory_are_refused(void **state)
{
    struct world *world = world_with_kubectl(state);
    expect_text(world_run(world, "for f in '-f x' -fx -f=x '--filename x' --filename=x '-Rf x' '-Af x' '-- -f x'; do "
                                 "kubectl-kiln delete -k web $f 2>&1; echo $?; done | sort | uniq -c | tr -s ' '"),
                " 8 2\n 8 kiln: delete: only one of -f or -k can be specified");
    expect_text(world_run(world, "for f in '-k web -R' '-Rk web' -Rkweb '-k web --recursive' '-k web --recursive=true' "
                                 "'-k web -R=true'; do "
                                 "kubectl-kiln apply $f 2>&1; echo $?; done | sort | uniq -c | tr -s ' '"),
                " 6 2\n 6 kiln: apply: the -k flag can't be used with -f or -R");
    assert_false(world_has(world, "arguments"));
    world_run(world, "kubectl-kiln get -Ak web -R=false --recursive=false --field-selector=a=b -of 2>&1");
    expect_text(world_read(world, "arguments"),
                "<get><-f><-><-A><-R=false><--recursive=false><--field-selector=a=b><-of>");
}

static void names_are_hashed_as_in_kubectl(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_write(world, "web/kustomization.yaml", "configMapGenerator: [{name: a, literals: [k=v]}]\n");
    expect_text(world_run(world, "kiln build web --name-hash=v4 >v4; kiln build web >v3; "
                                 "kubectl-kiln apply -k web >out 2>&1; cmp stream v4; "
                                 "kiln kubectl apply -k web >out 2>&1; cmp stream v4; "
                                 "for c in build kustomize; do kubectl-kiln $c web | cmp - v4; "
                                 "kubectl-kiln $c -k web | cmp - v4; done; "
                                 "KILN_NAME_HASH=v3 kubectl-kiln apply -k web >out 2>&1; cmp stream v3; "
                                 "kubectl-kiln apply -k web --name-hash=v3 >out 2>&1; cmp stream v3"),
                "");
    world_write(
        world, "web/kustomization.yaml",
        "metadata: {annotations: {kiln.dev/name-hash: v3}}\nconfigMapGenerator: [{name: a, literals: [k=v]}]\n");
    expect_text(world_run(world, "kubectl-kiln apply -k web >out 2>&1; cmp stream v3"), "");
}

// The scripts of a wheel call it like this. Only a program that is named kiln takes another name.
static void the_first_argument_may_name_the_plugin(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_write(world, "web/kustomization.yaml", "configMapGenerator: [{name: a, literals: [k=v]}]\n");
    world_run(world, "ln -s kiln bin/kustomize");
    expect_text(world_run(world,
                          "kubectl-kiln apply -k web >out 2>&1; mv stream linked; "
                          "kiln kubectl-kiln apply -k web >out 2>&1; cmp stream linked; cat arguments; "
                          "kiln kubectl-kiln apply --help | grep '^Usage' -A1; "
                          "kiln kubectl_complete-kiln repl 2>errors; "
                          "for name in kustomize kubectl-kiln; do $name kubectl-kiln build web 2>&1; echo $?; done "
                          "| grep -c unknown"),
                "<apply><-f><->Usage:\n  kubectl kiln apply -k DIR [KUBECTL FLAGS] [FLAGS]\n"
                "replace\tbuild and replace the resources with kubectl\n:4\n2");
}

// The whole process group gets the signal, as when a terminal is closed, and kubectl continues.
static void a_signal_does_not_cut_the_stream(void **state)
{
    struct world *world = plugin_world(state);
    world_write_script(world, "bin/kubectl",
                       "#!/bin/sh\ntrap : HUP INT TERM\nkill -HUP 0; kill -INT 0; kill -TERM 0\ncat >{W}/stream\n");
    world_run(world, "for i in $(seq 4000); do echo \"v$i=$(printf %0100d $i)\"; done >web/values; "
                     "echo 'configMapGenerator: [{name: a, envs: [values]}]' >web/kustomization.yaml");
    expect_text(world_run(world, "trap : HUP INT TERM; kubectl-kiln apply -k web; "
                                 "kubectl-kiln build web | cmp - stream"),
                "");
}

static void arguments_after_two_dashes_are_passed_to_kubectl(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_run(world, "kubectl-kiln apply -k web -- --network -h -k x 2>&1");
    expect_text(world_read(world, "arguments"), "<apply><-f><-><--network><-h><-k><x>");
}

static void build_flags_reach_the_build(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_write(world, "web/kustomization.yaml",
                "resources: [web.yaml]\nconfigMapGenerator: [{name: a, literals: [k=v]}]\n");
    expect_text(world_run(world, "for h in v3 v4; do kiln build web --name-hash=$h >expected && "
                                 "kubectl-kiln apply -k web --name-hash=$h >out 2>&1 && cmp stream expected && "
                                 "grep -c 'name: a-' stream; done"),
                "1\n1");
}

static void kiln_exits_with_the_status_of_kubectl(void **state)
{
    struct world *world = world_with_kubectl(state);
    expect_text(world_run(world, "KUBECTL_STATUS=7 kubectl-kiln diff -k web 2>&1; echo $?"),
                "service/web created\na warning\n7");
}

static void kubectl_is_not_called_if_the_build_fails(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_run(world, "for c in apply delete diff; do kubectl-kiln $c -k broken 2>errors; echo $? >>status; done");
    expect_text(world_read(world, "status"), "1\n1\n2\n");
    expect_contains(world_read(world, "errors"), "kiln: broken/kustomization.yaml:1:13: ");
    assert_false(world_has(world, "arguments"));
}

static void without_a_directory_nothing_is_built(void **state)
{
    struct world *world = world_with_kubectl(state);
    expect_text(world_run(world, "cd web; kubectl-kiln apply . 2>&1; echo $?; kiln kubectl diff 2>&1; echo $?"),
                "kiln: apply requires a directory\n  hint: run 'kubectl kiln apply -k DIR'\n2\n"
                "kiln: kubectl diff requires a directory\n  hint: run 'kiln kubectl diff -k DIR'\n2");
    assert_false(world_has(world, "arguments"));
}

static void a_stream_may_be_longer_than_a_pipe_buffer(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_run(world, "for i in $(seq 4000); do echo \"v$i=$(printf %0100d $i)\"; done >web/values; "
                     "echo 'configMapGenerator: [{name: a, envs: [values]}]' >web/kustomization.yaml; kubectl-kiln "
                     "apply -k web 2>&1");
    expect_text(world_run(world, "kubectl-kiln build web | cmp - stream && wc -c <stream | tr -d ' '"), "446961");
}

static void a_kubectl_that_does_not_read_gives_its_status(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_write_script(world, "bin/kubectl", "#!/bin/sh\nexit 3\n");
    world_run(world, "for i in $(seq 4000); do echo \"v$i=$(printf %0100d $i)\"; done >web/values; "
                     "echo 'configMapGenerator: [{name: a, envs: [values]}]' >web/kustomization.yaml");
    expect_text(world_run(world, "kubectl-kiln apply -k web 2>&1; echo $?"), "3");
}

static void a_missing_kubectl_is_an_error(void **state)
{
    struct world *world = plugin_world(state);
    expect_text(world_run(world, "PATH={W}/bin; kubectl-kiln apply -k web 2>&1; echo $?"),
                "kiln: cannot run kubectl: No such file or directory\n1");
}

// A fake kubectl that answers `__complete` with two flags and files, and records the question.
static struct world *world_with_completion(void **state)
{
    struct world *world = plugin_world(state);
    world_run(world, "ln -s kiln bin/kubectl_complete-kiln");
    world_write_script(world, "bin/kubectl",
                       "#!/bin/sh\nprintf '<%s>' \"$@\" > {W}/arguments\n"
                       "printf -- '--namespace\\tits namespace\\n--kustomize\\n--filename\\n:0\\n'\n");
    return world;
}

static void completion_of_the_plugin_knows_its_commands_and_flags(void **state)
{
    struct world *world = world_with_completion(state);
    expect_text(world_run(world, "kubectl_complete-kiln repl 2>&1"),
                "replace\tbuild and replace the resources with kubectl\n:4\n"
                "Completion ended with directive: ShellCompDirectiveNoFileComp");
    expect_text(world_run(world, "for a in '' ' -n x'; do kubectl_complete-kiln apply$a --name-hash ''; done 2>errors"),
                "v3\nv4\n:4\nv3\nv4\n:4");
    expect_text(world_run(world, "kubectl_complete-kiln apply -k '' 2>errors; kubectl_complete-kiln build '' 2>errors"),
                ":16\n:16");
    assert_false(world_has(world, "arguments"));
}

static void completion_of_the_plugin_gets_flags_from_kubectl(void **state)
{
    struct world *world = world_with_completion(state);
    expect_text(world_run(world, "kubectl_complete-kiln apply -k web --name-hash v4 --prune -n '' 2>errors"),
                "--namespace\tits namespace\n:0");
    expect_text(world_run(world, "cat arguments"), "<__complete><apply><--prune><-n><>");
    expect_contains(world_run(world, "kubectl_complete-kiln apply -k web --n 2>errors"),
                    "--network-name\tthe network of containers (bridge)\n--no-config\tdon't read .kiln.yaml\n"
                    "--no-remote\tdon't use the network: URLs and charts that must be pulled are errors\n"
                    "--namespace\tits namespace\n:0");
    expect_text(world_run(world, "rm bin/kubectl; PATH={W}/bin; kubectl_complete-kiln apply --name- 2>&1 | { read a; "
                                 "echo \"${a%% *}\"; }"),
                "--name-hash\tthe");
}

static void build_prints_the_stream_and_runs_no_kubectl(void **state)
{
    struct world *world = world_with_kubectl(state);
    world_run(world,
              "kubectl-kiln build -k web >out && kiln build web | cmp - out && kubectl-kiln build web | cmp - out");
    assert_false(world_has(world, "arguments"));
    expect_text(world_run(world, "kubectl-kiln build -k web web 2>&1; echo $?"),
                "kiln: build takes one directory, not 2: 'web', 'web'\n2");
}

static void help_uses_the_name_of_the_plugin(void **state)
{
    struct world *world = world_with_kubectl(state);
    expect_contains(world_run(world, "kubectl-kiln"), "Usage:\n  kubectl kiln COMMAND [ARGUMENTS]\n");
    struct slice help = world_run(world, "kubectl-kiln apply --help >a && kubectl-kiln help apply | cmp - a && cat a");
    expect_contains(help, "Usage:\n  kubectl kiln apply -k DIR [KUBECTL FLAGS]");
    expect_contains(help, "\n  -k, --kustomize DIR ");
    assert_null(strstr(help.data, "--output"));
    expect_contains(world_run(world, "kiln kubectl diff -h"), "Usage:\n  kiln kubectl diff -k DIR ");
    assert_false(world_has(world, "arguments"));
}

static void kubectl_itself_finds_the_plugin(void **state)
{
    struct world *world = plugin_world(state);
    if (!process_find(&world->arena, slice_literal("kubectl")).length)
        test_skip("kubectl is not on PATH");
    expect_text(world_run(world, "kiln build web >out; kubectl kiln build -k web | cmp - out"), "");
    // An address without a server: kubectl itself reports it, and kiln returns its status.
    expect_text(world_run(world, "kubectl kiln delete -k web --server=http://127.0.0.1:1 >errors 2>&1; echo $?"), "1");
    expect_contains(world_read(world, "errors"), "127.0.0.1:1");
}

// A fake kubectl that writes the cluster's state and the new state, and runs the program that shows the difference.
static struct world *world_with_cluster(void **state)
{
    struct world *world = plugin_world(state);
    world_write_script(world, "bin/kubectl",
                       "#!/bin/sh\nmkdir -p live merged\ncat > merged/v1.Service.default.web\n"
                       "sed \"s/port: 80/port: ${LIVE_PORT:-79}/\" merged/v1.Service.default.web > "
                       "live/v1.Service.default.web\n"
                       "${KUBECTL_EXTERNAL_DIFF:-diff -u -N} live merged\n");
    return world;
}

static void kiln_shows_the_difference_from_the_cluster(void **state)
{
    struct world *world = world_with_cluster(state);
    const char *expected = "cluster → build\n~ Service/web\n    spec.ports\n      - [79/TCP]  port: 79\n"
                           "      + [80/TCP]  port: 80\n1 changed\nstatus 1";
    expect_text(world_run(world, "kubectl-kiln diff -k web 2>&1; echo status $?"), expected);
    expect_text(world_run(world, "kiln kubectl diff -k web 2>&1; echo status $?"), expected);
    expect_text(world_run(world, "LIVE_PORT=80 kubectl-kiln diff -k web 2>&1; echo status $?"), "status 0");
}

static void an_invalid_live_object_is_a_failure(void **state)
{
    struct world *world = world_with_cluster(state);
    world_run(world, "LIVE_PORT='[' kubectl-kiln diff -k web >out 2>&1; echo status $? >>out");
    assert_int_not_equal(slice_find(world_read(world, "out"), slice_literal("status 2")), SLICE_NOT_FOUND);
}

static void the_diff_program_of_the_user_is_used(void **state)
{
    struct world *world = world_with_cluster(state);
    expect_text(world_run(world, "KUBECTL_EXTERNAL_DIFF='echo chosen' kubectl-kiln diff -k web"), "chosen live merged");
}

static const struct CMUnitTest tests[] = {
    world_test(kubectl_applies_the_stream),
    world_test(every_command_runs_the_kubectl_command_with_its_name),
    world_test(a_plugin_may_be_called_with_an_underscore),
    world_test(flags_unknown_to_kiln_are_passed_to_kubectl),
    world_test(files_in_addition_to_the_directory_are_refused),
    world_test(names_are_hashed_as_in_kubectl),
    world_test(the_first_argument_may_name_the_plugin),
    world_test(a_signal_does_not_cut_the_stream),
    world_test(arguments_after_two_dashes_are_passed_to_kubectl),
    world_test(build_flags_reach_the_build),
    world_test(kiln_exits_with_the_status_of_kubectl),
    world_test(kubectl_is_not_called_if_the_build_fails),
    world_test(without_a_directory_nothing_is_built),
    world_test(a_stream_may_be_longer_than_a_pipe_buffer),
    world_test(a_kubectl_that_does_not_read_gives_its_status),
    world_test(a_missing_kubectl_is_an_error),
    world_test(completion_of_the_plugin_knows_its_commands_and_flags),
    world_test(completion_of_the_plugin_gets_flags_from_kubectl),
    world_test(build_prints_the_stream_and_runs_no_kubectl),
    world_test(help_uses_the_name_of_the_plugin),
    world_test(kubectl_itself_finds_the_plugin),
    world_test(kiln_shows_the_difference_from_the_cluster),
    world_test(an_invalid_live_object_is_a_failure),
    world_test(the_diff_program_of_the_user_is_used),
};

int test_kubectl(void)
{
    return cmocka_run_group_tests_name("kubectl", tests, NULL, NULL);
}
