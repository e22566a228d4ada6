// Files that the system doesn't let kiln read: they never count as missing, and the message contains the system's
// error. Another user runs kiln where root could read everything, and a failing file system simulates a broken disk.
#include "tests/world.h"

#include <errno.h>
#include <unistd.h>

#include "edit/edit.h"
#include "edit/paths.h"

#define MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

// --- As another user.

// Runs shell commands as a user who is subject to permissions. `kiln` is the program, with its messages and exit status
// on standard output. The directories `closed` (no access at all) and `listed` (only its names can be read) are opened
// again afterwards.
static struct slice run_closed(struct world *world, const char *lines)
{
    world_write(world, "closed/kustomization.yaml", "namePrefix:   x-\n");
    world_write(world, "listed/kustomization.yaml", "namePrefix:   x-\n");
    world_write(world, "listed/a.yaml", MAP("a"));
    const char *become = geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups" : "env";
    const char *command = arena_format(
                              &world->arena,
                              "kiln() { '%s' \"$@\" 2>&1; echo \"status $?\"; }; chmod 000 closed; chmod 444 listed;"
                              " %s; chmod 755 closed listed",
                              test_program(), lines)
                              .data;
    world_write(world, "lines", command);
    world_run(world, geteuid() == 0 ? "chown -R 65534:65534 ." : "true");
    struct slice can = world_run(
        world,
        arena_format(&world->arena, "%s '%s' version >/dev/null 2>&1 && echo yes; true", become, test_program()).data);
    if (!slice_equals(can, "yes"))
        test_skip("no other user can run kiln here");
    return world_run(world, arena_format(&world->arena, "%s sh lines", become).data);
}

static void an_unreadable_root_is_not_missing(void **state)
{
    struct slice said = run_closed(*state, "kiln build closed/sub; kiln build listed; kiln build closed");
    expect_text(said,
                "kiln: cannot open the directory 'closed/sub': Permission denied\n  while building closed/sub\n"
                "status 1\n"
                "kiln: cannot read 'listed/kustomization.yaml': Permission denied\n  while building listed\nstatus 1\n"
                "kiln: cannot read 'closed/kustomization.yaml': Permission denied\n  while building closed\nstatus 1");
}

static void an_unreadable_package_is_not_a_plain_directory(void **state)
{
    struct world *world = *state;
    world_write(world, "app/sub/a.yaml", MAP("a"));
    struct slice said = run_closed(*state, "ln -s ../../closed/Krmfile app/sub; kiln cfg tree app");
    expect_text(said, "kiln: cannot read 'app/sub/Krmfile': Permission denied\nstatus 1");
}

static void fmt_fails_if_it_cannot_read(void **state)
{
    struct world *world = *state;
    world_write(world, "good/kustomization.yaml", "namePrefix:   y-\n");
    struct slice said = run_closed(*state, "kiln fmt good closed; kiln fmt good listed");
    expect_contains(said, "cannot read 'closed': Permission denied");
    expect_contains(said, "cannot read 'listed/kustomization.yaml': Permission denied");
    expect_contains(said, "status 1");
}

static void fmt_only_lists_files_that_it_has_written(void **state)
{
    struct world *world = *state;
    world_write(world, "app/kustomization.yaml", "resources: []\n\n\n\nnamePrefix: y-\n");
    struct slice said = run_closed(*state,
                                   "chmod 444 app/kustomization.yaml; chmod 555 app; kiln fmt app; chmod 755 app");
    expect_contains(said, "kiln: app/kustomization.yaml: cannot ");
    expect_contains(said, ": Permission denied\nstatus 1");
    expect_text(slice_part(said, 0, strlen("kiln: ")), "kiln: ");
}

static void nothing_is_written_if_earlier_files_cannot_be_listed(void **state)
{
    struct world *world = *state;
    world_write(world, "app/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "app/a.yaml", MAP("a"));
    struct slice said = run_closed(
        *state,
        "mkdir -p out/one; chmod 000 out/one; kiln build app -o out --output-layout '{kind}/{name}.yaml'; ls out;"
        "chmod 755 out/one; touch out/one/a; chmod 444 out/one;"
        "kiln build app -o out --output-layout '{kind}/{name}.yaml'; ls out; chmod 755 out/one");
    expect_text(said,
                "kiln: cannot look for files of an earlier build in 'out/one': Permission denied\nstatus 1\none\n"
                "kiln: cannot look for files of an earlier build in 'out/one/a': Permission denied\nstatus 1\none");
}

static void an_unreadable_plugin_home_is_not_skipped(void **state)
{
    struct world *world = *state;
    world_write(world, "app/kustomization.yaml", "generators: [g.yaml]\n");
    world_write(world, "app/g.yaml", "apiVersion: example.com/v1\nkind: Maker\nmetadata: {name: g}\n");
    struct slice said = run_closed(*state, "export XDG_CONFIG_HOME=$PWD/closed; kiln build app --enable-alpha-plugins");
    expect_contains(said, "cannot read the plugin home '");
    expect_contains(said, "/closed/kustomize/plugin': Permission denied");
    expect_contains(said, "status 1");
}

// git leaves a clone whose files can't be examined.
static void a_clone_whose_submodules_cannot_be_read_is_not_built(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "repo/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "repo/a.yaml", MAP("a"));
    world_commit(world, "repo");
    world_write_script(world, "bin/git",
                       "#!/bin/sh\nPATH=${PATH#*:} git \"$@\" || exit\n"
                       "case $1 in checkout) chmod 444 .; esac\n");
    struct slice said = run_closed(*state,
                                   "export PATH=$PWD/bin:$PATH GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory "
                                   "GIT_CONFIG_VALUE_0='*'; kiln build file://$PWD/repo?ref=main; chmod -R 755 tmp");
    expect_contains(said, "Permission denied");
    expect_contains(said, "status 1");
}

static void edit_reports_what_it_cannot_read(void **state)
{
    struct world *world = *state;
    world_write(world, "kustomization.yaml", "namePrefix: x-\n");
    struct slice said = run_closed(
        *state, "cp kustomization.yaml before; kiln edit add base closed/base;"
                "kiln edit add resource 'closed/*.yaml'; kiln edit add generator 'closed/*.yaml';"
                "kiln edit add configmap m --from-file 'closed/*'; cmp before kustomization.yaml;"
                "mkdir app; ln -s ../closed/kustomization.yaml app; cd app; kiln edit set namesuffix y; cd ..");
    expect_contains(said, "kiln: cannot access the base 'closed/base': Permission denied\nstatus 1\n");
    expect_contains(said, "kiln: warning: 'closed/*.yaml': cannot list 'closed': Permission denied\n");
    expect_contains(said, "kiln: warning: 'closed/*': cannot list 'closed': Permission denied\n");
    expect_contains(said, "kiln: cannot access 'kustomization.yaml': Permission denied\nstatus 1");
}

static void create_fails_if_it_cannot_read(void **state)
{
    struct slice said = run_closed(*state, "kiln create --autodetect --recursive; ls kustomization.yaml 2>/dev/null");
    expect_text(said, "kiln: cannot read 'closed/kustomization.yaml': Permission denied\nstatus 1");
}

// --- With a broken disk.

static struct slice broken;

static enum file_kind kind_unless_broken(void *state, struct slice path)
{
    if (!slice_equal(path, broken))
        return file_system_posix.kind(state, path);
    errno = EIO;
    return FILE_UNKNOWN;
}

static struct file_system broken_at(struct world *world, const char *path)
{
    struct file_system files = file_system_posix;
    broken = slice_from(world_path(world, "%s", path));
    files.kind = kind_unless_broken;
    return files;
}

static void a_root_on_a_broken_disk_is_not_a_file(void **state)
{
    struct world *world = *state;
    world_write(world, "app/kustomization.yaml", "resources: []\n");
    struct file_system files = broken_at(world, "app");
    struct build_options options = {.files = &files};
    world_expect_error(world, &options, "app", "app': Input/output error");
    assert_true(slice_find(buffer_slice(&world->messages), slice_literal("wanted")) == SLICE_NOT_FOUND);
}

static void a_base_on_a_broken_disk_is_refused(void **state)
{
    struct world *world = *state;
    world_write(world, "kustomization.yaml", "namePrefix: x-\n");
    world_write(world, "base/kustomization.yaml", "namePrefix: b-\n");
    struct file_system files = broken_at(world, "base");
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(world->folder), 0);
    world->build = build_new();
    struct edit edit;
    assert_true(edit_open(&edit, world->build, &files, EDIT_IN_PLACE));
    assert_false(edit_add_bases(&edit, slice_literal("base")));
    assert_int_equal(chdir(before), 0);
    expect_text(world->build->diagnostics.items[0].message, "cannot access the base 'base': Input/output error");
}

static const struct CMUnitTest tests[] = {
    world_test(an_unreadable_root_is_not_missing),
    world_test(an_unreadable_package_is_not_a_plain_directory),
    world_test(fmt_fails_if_it_cannot_read),
    world_test(fmt_only_lists_files_that_it_has_written),
    world_test(nothing_is_written_if_earlier_files_cannot_be_listed),
    world_test(an_unreadable_plugin_home_is_not_skipped),
    world_test(a_clone_whose_submodules_cannot_be_read_is_not_built),
    world_test(edit_reports_what_it_cannot_read),
    world_test(create_fails_if_it_cannot_read),
    world_test(a_root_on_a_broken_disk_is_not_a_file),
    world_test(a_base_on_a_broken_disk_is_refused),
};

int test_unreadable(void)
{
    return cmocka_run_group_tests_name("unreadable", tests, NULL, NULL);
}
