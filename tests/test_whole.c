// Nothing is left half done: the program from outside, with other processes and machines that fail at the wrong moment.
#include "tests/world.h"

// --- Programs.

static void write_chart(struct world *world)
{
    world_write(world, "web/kustomization.yaml", "helmCharts:\n- name: web\n");
    world_write(world, "web/charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    world_write(world, "web/charts/web/values.yaml", "{}\n");
    world_write_script(world, "bin/helm",
                       "#!/bin/sh\n[ $1 != version ] || { echo v3.17.0; exit; }\n"
                       "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: half\\n'\n"
                       "echo broken >&2\nexit 1\n");
}

static void a_failing_helm_is_noticed_even_if_child_signals_are_ignored(void **state)
{
    struct world *world = *state;
    write_chart(world);
    world_run(world, "PATH={W}/bin:$PATH bash -c 'trap \"\" CHLD; exec \"$KILN\" build --enable-helm web' >out 2>err; "
                     "[ $? = 1 ]");
    expect_text(world_read(world, "out"), "");
    expect_contains(world_read(world, "err"), "chart 'web': helm template: broken");
}

static void a_failing_plugin_is_noticed_even_if_child_signals_are_ignored(void **state)
{
    struct world *world = *state;
    world_write_script(world, "web/generate.sh",
                       "#!/bin/sh\nprintf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: half\\n'\nexit 1\n");
    world_write(world, "web/kustomization.yaml", "generators: [generate.yaml]\n");
    world_write(world, "web/generate.yaml",
                "apiVersion: example.com/v1\nkind: Generate\nmetadata:\n  name: g\n  annotations:\n"
                "    config.kubernetes.io/function: |\n      exec: {path: ./generate.sh}\n");
    world_run(world,
              "bash -c 'trap \"\" CHLD; exec \"$KILN\" build --enable-alpha-plugins --enable-exec web' >out 2>err; "
              "[ $? = 1 ]");
    expect_text(world_read(world, "out"), "");
    expect_contains(world_read(world, "err"), "failed with exit status 1");
}

static void programs_stop_when_kiln_is_killed(void **state)
{
    struct world *world = *state;
    write_chart(world);
    world_write_script(world, "bin/helm",
                       "#!/bin/sh\n[ $1 != version ] || { echo v3.17.0; exit; }\n"
                       "echo $$ > {W}/pid.new; mv {W}/pid.new {W}/pid; exec sleep 50\n");
    world_run(world, "PATH={W}/bin:$PATH; \"$KILN\" build --enable-helm web >out 2>&1 & kiln=$!\n"
                     "while ! [ -e pid ]; do sleep 0.01; done; kill -9 $kiln; wait $kiln\n"
                     "for i in $(seq 6000); do kill -0 $(cat pid) 2>/dev/null || break; "
                     "! grep -q '^State:.Z' /proc/$(cat pid)/status || break; sleep 0.01; done; [ $i != 6000 ]");
}

// --- Several processes at once.

static void concurrent_edits_lose_nothing(void **state)
{
    struct world *world = *state;
    world_write(world, "kustomization.yaml", "resources: []\n");
    world_run(world,
              "for i in $(seq 60); do echo > r$i.yaml; done\n"
              "for i in $(seq 60); do \"$KILN\" edit add resource r$i.yaml 2>>err || echo $i >> failed & done; wait");
    assert_false(world_has(world, "failed"));
    expect_text(world_run(world, "grep -o 'r[0-9]*[.]yaml' kustomization.yaml | sort -u | wc -l"), "60");
}

// --- Leftovers of a killed kiln.

// A stage whose process is dead: `a` was to be replaced, `b` is new, and `c` was to be removed.
static void write_stage(struct world *world, const char *journal)
{
    world_write(world, "other/kustomization.yaml", "resources: [map.yaml]\n");
    world_write(world, "other/map.yaml", CONFIG_MAP("other"));
    world_run(world,
              "mkdir -p out/.kiln-0123456789abcdef; cd out; echo mine > mine; echo old > a; echo old > c\n"
              "cd .kiln-0123456789abcdef; chmod 700 .; echo new > 0; echo new > 1; cp ../a 0.old; cp ../c 2.old");
    world_run(world, arena_format(
                         &world->arena,
                         "cd out/.kiln-*; printf 'kiln journal 1\\0=0\\0a\\0+1\\0sub/b\\0-2\\0c\\0+9\\0../x\\0' > %s; "
                         "mkdir ../sub; echo evil > 9",
                         journal)
                         .data);
}

static void the_work_of_a_killed_process_is_finished(void **state)
{
    struct world *world = *state;
    write_stage(world, "journal");
    world_run(world, "\"$KILN\" build other -o out");
    expect_text(world_run(world, "cd out; ls -A . sub; cat mine a sub/b"),
                ".:\na\nmine\nsub\nv1_configmap_other.yaml\n\nsub:\nb\nmine\nnew\nnew");
    assert_false(world_has(world, "x"));
}

static void an_interrupted_undo_is_finished(void **state)
{
    struct world *world = *state;
    write_stage(world, "undo");
    // Two of the three changes have been made.
    world_run(world, "cd out; mv .kiln-*/0 a; mv .kiln-*/1 sub/b");
    world_run(world, "\"$KILN\" build other -o out");
    expect_text(world_run(world, "cd out; ls -A . sub; cat mine a c"),
                ".:\na\nc\nmine\nsub\nv1_configmap_other.yaml\n\nsub:\nmine\nold\nold");
}

static void files_written_after_a_killed_process_are_kept(void **state)
{
    struct world *world = *state;
    write_stage(world, "journal");
    world_run(world, "cd out; echo theirs > a; echo theirs > sub/b; echo theirs > c");
    world_run(world, "\"$KILN\" build other -o out");
    expect_text(world_run(world, "cd out; ls -A . sub; cat a sub/b c"),
                ".:\na\nc\nmine\nsub\nv1_configmap_other.yaml\n\nsub:\nb\ntheirs\ntheirs\ntheirs");
}

static void only_unlocked_leftovers_are_removed(void **state)
{
    struct world *world = *state;
    write_stage(world, "not-yet");
    world_run(world, "cd out; touch .kiln-00000000000000aa .kiln-mine .kiln-00000000000000bb\n"
                     "exec 9<.kiln-00000000000000aa; flock 9; \"$KILN\" build ../other -o .");
    expect_text(world_run(world, "cd out; ls -A . sub; cat a"),
                ".:\n.kiln-00000000000000aa\n.kiln-mine\na\nc\nmine\nsub\nv1_configmap_other.yaml\n\nsub:\nold");
}

// --- All or none.

static const char unsorted[] = "namespace: a\nresources: [m.yaml]\n";

static void write_two_unsorted(struct world *world)
{
    world_write(world, "app/a/kustomization.yaml", unsorted);
    world_write(world, "app/a/m.yaml", CONFIG_MAP("m"));
    world_write(world, "app/b/kustomization.yaml", unsorted);
    world_write(world, "app/b/m.yaml", CONFIG_MAP("m"));
}

static void fmt_writes_all_files_or_none(void **state)
{
    struct world *world = *state;
    write_two_unsorted(world);
    world_run(world, "head -c 4000 /dev/zero | tr '\\0' '#' >> app/b/kustomization.yaml; cp -r app before");
    expect_text(world_run(world, "(ulimit -f 1; \"$KILN\" fmt app 2>err); echo $?"), "1");
    expect_contains(world_read(world, "err"), "app/b/kustomization.yaml: cannot write the file: File too large");
    world_run(world, "diff -r before app");
    expect_text(world_run(world, "\"$KILN\" fmt app && ls -A app app/a"),
                "app/a/kustomization.yaml\napp/b/kustomization.yaml\napp:\na\nb\n\napp/a:\nkustomization.yaml\nm.yaml");
}

static void fmt_writes_nothing_if_a_file_cannot_be_read(void **state)
{
    struct world *world = *state;
    write_two_unsorted(world);
    world_run(world, "cp -r app before");
    expect_text(world_run(world, "\"$KILN\" fmt app missing 2>err; echo $?"), "1");
    expect_text(world_read(world, "err"), "kiln: cannot read 'missing': No such file or directory\n"
                                          "kiln: no file was changed, because not everything could be read\n");
    world_run(world, "diff -r before app");
    // An error in a file only affects that file.
    world_run(world, "echo '- a' > app/a/kustomization.yaml");
    expect_text(world_run(world, "\"$KILN\" fmt app 2>err; echo $?"), "app/b/kustomization.yaml\n1");
}

static void changes_that_cannot_be_reported_are_not_made(void **state)
{
    struct world *world = *state;
    write_two_unsorted(world);
    world_write(world, "app/kustomization.yaml",
                "resources: [a]\npatchesStrategicMerge: [p.yaml]\n"
                "vars: [{name: V, objref: {kind: ConfigMap, name: m, apiVersion: v1}}]\n");
    world_write(world, "app/p.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, annotations: {a: $(V)}}\n");
    world_run(world,
              "cp -r app before; cd app; [ -w /dev/full ] || exit 0\n"
              "for command in fmt 'edit fix' 'edit fix --vars'; do "
              "\"$KILN\" $command >/dev/full 2>err; [ $? = 1 ] || exit 2; "
              "grep -q 'cannot write to standard output' err || exit 3; rm err; diff -r . ../before || exit 4; done");
}

static void fmt_does_not_need_too_many_open_files(void **state)
{
    struct world *world = *state;
    write_two_unsorted(world);
    world_run(world, "for i in $(seq 60); do cp -r app/a app/x$i; done; ulimit -Sn 50; \"$KILN\" fmt app >out 2>err");
    expect_text(world_run(world, "wc -l < out"), "62");
}

// --- Limits.

static void exceeding_the_file_size_limit_is_an_error(void **state)
{
    struct world *world = *state;
    world_write(world, "web/kustomization.yaml", "configMapGenerator:\n- name: large\n  files: [large]\n");
    world_run(world, "head -c 100000 /dev/zero | tr '\\0' a > web/large; echo old > old; mkdir dir");
    world_run(world,
              "ulimit -f 8; for to in '' '-o new' '-o old' '-o dir/'; do "
              "\"$KILN\" build web $to >out 2>err; [ $? = 1 ] || exit 2; grep -q 'File too large' err || exit 3; "
              "done");
    expect_text(world_read(world, "old"), "old\n");
    assert_false(world_has(world, "new"));
    expect_text(world_run(world, "ls -A dir; ls -A | grep kiln || true"), "");
}

static const struct CMUnitTest tests[] = {
    world_test(a_failing_helm_is_noticed_even_if_child_signals_are_ignored),
    world_test(a_failing_plugin_is_noticed_even_if_child_signals_are_ignored),
    world_test(programs_stop_when_kiln_is_killed),
    world_test(concurrent_edits_lose_nothing),
    world_test(the_work_of_a_killed_process_is_finished),
    world_test(an_interrupted_undo_is_finished),
    world_test(files_written_after_a_killed_process_are_kept),
    world_test(only_unlocked_leftovers_are_removed),
    world_test(fmt_writes_all_files_or_none),
    world_test(fmt_writes_nothing_if_a_file_cannot_be_read),
    world_test(changes_that_cannot_be_reported_are_not_made),
    world_test(fmt_does_not_need_too_many_open_files),
    world_test(exceeding_the_file_size_limit_is_an_error),
};

int test_whole(void)
{
    return cmocka_run_group_tests_name("whole", tests, NULL, NULL);
}
