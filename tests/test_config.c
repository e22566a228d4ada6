// `.kiln.yaml`, and the other ways to configure a build.
#include "tests/world.h"

#include <stdio.h>

#define GENERATED "configMapGenerator: [{name: a, literals: [k=v]}]\n"

// A build that depends on nothing but the tree.
static void add_root(struct test_build *test, const char *kustomization)
{
    test->options.name_hash = NAME_HASH_UNSET;
    test->options.default_name_hash = NAME_HASH_V3;
    tree_add(test, "repo/.git/HEAD", "ref: refs/heads/main\n");
    tree_add(test, "repo/clusters/one/kustomization.yaml", kustomization);
}

static void expect_setting(struct test_build *test, enum setting_id id, int value, enum setting_origin origin)
{
    expect_silence(test, "repo/clusters/one");
    assert_int_equal(test->build->settings[id].value, value);
    assert_int_equal(test->build->settings[id].origin, origin);
}

static void a_repository_configures_its_name_hash_once(void **state)
{
    struct test_build *test = *state;
    add_root(test, GENERATED);
    tree_add(test, "repo/.kiln.yaml", "# names\nnameHash: v4\ncompat: v5.8.1\n");
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V4, SETTING_BY_FILE);
    assert_int_equal(test->build->settings[SETTING_NAME_HASH].position.line, 2);
    assert_int_equal(test->build->settings[SETTING_COMPAT].value, RELEASE_V5_8_1);
    assert_int_equal(test->build->diagnostics.release, RELEASE_V5_8_1);
}

static void only_the_file_next_to_git_is_read(void **state)
{
    struct test_build *test = *state;
    add_root(test, GENERATED);
    tree_add(test, ".kiln.yaml", "nameHash: v4\n");
    tree_add(test, "repo/clusters/.kiln.yaml", "nameHash: v4\n");
    tree_add(test, "repo/clusters/one/.kiln.yaml", "nameHash: v4\n");
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V3, SETTING_BY_DEFAULT);
}

static void a_linked_work_tree_has_a_configuration(void **state)
{
    struct test_build *test = *state;
    add_root(test, GENERATED);
    tree_add(test, "repo/clusters/one/.git", "gitdir: elsewhere\n");
    tree_add(test, "repo/.kiln.yaml", "nameHash: v3\n");
    tree_add(test, "repo/clusters/one/.kiln.yaml", "nameHash: v4\n");
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V4, SETTING_BY_FILE);
}

static void no_file_is_read_outside_a_repository(void **state)
{
    struct test_build *test = *state;
    test->options.name_hash = NAME_HASH_UNSET;
    test->options.default_name_hash = NAME_HASH_V3;
    tree_add(test, "repo/.kiln.yaml", "nameHash: v4\n");
    tree_add(test, "repo/clusters/one/kustomization.yaml", GENERATED);
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V3, SETTING_BY_DEFAULT);
}

static void the_annotation_overrides_the_file_and_the_caller_overrides_both(void **state)
{
    struct test_build *test = *state;
    add_root(test, "metadata: {annotations: {kiln.dev/name-hash: v3}}\n" GENERATED);
    tree_add(test, "repo/.kiln.yaml", "nameHash: v4\n");
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V3, SETTING_BY_ANNOTATION);
    assert_int_equal(test->build->settings[SETTING_NAME_HASH].position.line, 1);
    test->options.name_hash = NAME_HASH_V4;
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V4, SETTING_BY_CALLER);
}

static void the_file_overrides_the_name_of_the_program(void **state)
{
    struct test_build *test = *state;
    add_root(test, GENERATED);
    test->options.default_name_hash = NAME_HASH_V4;
    tree_add(test, "repo/.kiln.yaml", "nameHash: v3\n");
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V3, SETTING_BY_FILE);
    tree_add(test, "repo/.kiln.yaml", "# nothing yet\n");
    expect_setting(test, SETTING_NAME_HASH, NAME_HASH_V4, SETTING_BY_DEFAULT);
}

// Not even a broken file matters then.
static void the_file_is_not_read_if_it_cannot_matter(void **state)
{
    struct test_build *test = *state;
    add_root(test, "metadata: {annotations: {kiln.dev/compat: v5.8.3}}\n" GENERATED);
    tree_add(test, "repo/.kiln.yaml", "nameHash: [\n");
    test->options.name_hash = NAME_HASH_V4;
    expect_silence(test, "repo/clusters/one");
    test->options.name_hash = NAME_HASH_UNSET;
    expect_error(test, "repo/clusters/one", "repo/.kiln.yaml:1:11: ");
    test->options.no_config = true;
    expect_silence(test, "repo/clusters/one");
}

static void errors_in_the_file_have_positions(void **state)
{
    static const char *const wrong[][2] = {
        {"chek: {}\n", "repo/.kiln.yaml:1:1: unknown field 'chek' in .kiln.yaml"},
        {"chek: {}\n", "did you mean 'check'?"},
        {"nameHash: v5\n", "repo/.kiln.yaml:1:11: nameHash must be v3 or v4, not 'v5'"},
        {"compat: v5\n", "repo/.kiln.yaml:1:9: compat must be v5.8.1 or v5.8.3, not 'v5'"},
        {"nameHash: 4\n", "repo/.kiln.yaml:1:11: expected a string for 'nameHash'"},
        {"nameHash: v3\nnameHash: v4\n", "repo/.kiln.yaml:2:1: "},
        {"- nameHash: v3\n", "repo/.kiln.yaml:1:1: "},
        {"nameHash: v4\nroots: [a, '!']\n", "repo/.kiln.yaml:2:12: invalid pattern '!'"},
        {"notRoots: ['[a']\n", "repo/.kiln.yaml:1:12: invalid pattern '[a'"},
        {"rootFlags: [{enableHelm: true}]\n", "repo/.kiln.yaml:1:13: an entry of rootFlags requires 'match'"},
        {"rootFlags: [{match: a, loadRestrictor: none}]\n", "loadRestrictor must be LoadRestrictionsRootOnly or "},
        {"check: {rule: {}}\n", "repo/.kiln.yaml:1:9: unknown field 'rule' in check"},
        {"diff: {masks: []}\n", "repo/.kiln.yaml:1:8: unknown field 'masks' in diff"},
    };
    struct test_build *test = *state;
    add_root(test, GENERATED);
    for (size_t i = 0; i < countof(wrong); i++) {
        tree_add(test, "repo/.kiln.yaml", wrong[i][0]);
        expect_error(test, "repo/clusters/one", wrong[i][1]);
    }
}

// --- Annotations that are ignored.

static void an_annotation_of_a_base_is_a_warning(void **state)
{
    struct test_build *test = *state;
    add_root(test, "resources: [../../base]\n");
    tree_add(test, "repo/base/kustomization.yaml", "metadata:\n  annotations:\n    kiln.dev/name-hash: v4\n" GENERATED);
    expect_warning(test, "repo/clusters/one",
                   "repo/base/kustomization.yaml:3:5: warning: the annotation 'kiln.dev/name-hash' has no effect here: "
                   "it must be in the root kustomization");
    tree_add(test, "repo/.kiln.yaml", "nameHash: v4\n");
    expect_silence(test, "repo/clusters/one");
}

static void an_annotation_with_another_spelling_is_a_warning(void **state)
{
    static const char *const keys[] = {"kiln.io/name-hash", "kiln.dev/namehash", "kiln.dev/nameHash"};
    struct test_build *test = *state;
    for (size_t i = 0; i < countof(keys); i++) {
        char text[200];
        snprintf(text, sizeof text, "metadata: {annotations: {%s: v4}}\n" GENERATED, keys[i]);
        add_root(test, text);
        snprintf(text, sizeof text, "the annotation '%s' has no effect", keys[i]);
        expect_warning(test, "repo/clusters/one", text);
        expect_warning(test, "repo/clusters/one", "did you mean 'kiln.dev/name-hash'?");
    }
    add_root(test, "metadata: {annotations: {kiln.dev/colour: blue}}\n" GENERATED);
    expect_warning(test, "repo/clusters/one", "the annotation 'kiln.dev/colour' has no effect");
    add_root(test, "metadata: {annotations: {kiln.example.com/owner: me, name-hash: v4}}\n" GENERATED);
    expect_silence(test, "repo/clusters/one");
}

// --- The command line.

static struct world *repository(void **state)
{
    struct world *world = *state;
    world_run(world, arena_format(&world->arena,
                                  "mkdir bin && ln -s '%s' bin/kiln && ln -s kiln bin/kustomize && "
                                  "ln -s kiln bin/kubectl-kiln",
                                  test_program())
                         .data);
    world_put_on_path(world, "bin");
    world_write(world, "repo/.git/HEAD", "ref: refs/heads/main\n");
    world_write(world, "repo/root/kustomization.yaml", GENERATED);
    return world;
}

static void the_file_is_searched_from_the_real_path_of_the_root(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/.kiln.yaml", "nameHash: v4\n");
    world_run(world,
              "ln -s repo/root link; kiln build repo/root --name-hash=v4 >v4; kiln build repo/root --name-hash=v3 >v3");
    expect_text(world_run(world,
                          "kiln build repo/root | cmp - v4; kiln build link | cmp - v4; "
                          "(cd repo/root && kiln build) | cmp - v4; kiln build repo/root --no-config | cmp - v3; "
                          "KILN_NAME_HASH=v3 kiln build repo/root | cmp - v3; "
                          "kiln build repo/root --name-hash=v3 | cmp - v3"),
                "");
    world_write(world, "repo/.kiln.yaml", "nameHash: v3\n");
    expect_text(world_run(world, "kustomize build repo/root | cmp - v3; kubectl-kiln build repo/root | cmp - v3"), "");
}

static void another_file_can_be_given(void **state)
{
    struct world *world = repository(state);
    world_write(world, "other.yaml", "nameHash: v4\n");
    world_write(world, "repo/.kiln.yaml", "nameHash: [\n");
    expect_text(world_run(world, "kiln build repo/root --config other.yaml --print-settings"),
                "nameHash: v4  # other.yaml:1:11\ncompat: v5.8.3  # kiln's default");
    expect_text(world_run(world, "kiln build repo/root --config nothing.yaml 2>&1; echo $?; "
                                 "kiln build repo/root --config other.yaml --no-config 2>&1; echo $?"),
                "kiln: --config: cannot read 'nothing.yaml': No such file or directory\n2\n"
                "kiln: --config cannot be used with --no-config\n2");
}

static void a_link_that_leaves_the_repository_is_refused(void **state)
{
    struct world *world = repository(state);
    world_write(world, "other.yaml", "nameHash: v4\n");
    world_run(world, "ln -s ../other.yaml repo/.kiln.yaml");
    expect_contains(world_run(world, "kiln build repo/root 2>&1; echo $?"),
                    "kiln: 'repo/.kiln.yaml' is outside its repository\n");
    world_run(world, "mv other.yaml repo/names.yaml; ln -sf names.yaml repo/.kiln.yaml");
    expect_contains(world_run(world, "kiln build repo/root --print-settings"), "nameHash: v4  # ");
}

static void settings_are_printed_with_their_origin(void **state)
{
    struct world *world = repository(state);
    expect_text(world_run(world, "kiln build repo/root --print-settings; kustomize build repo/root --print-settings; "
                                 "KILN_NAME_HASH=v4 kiln build repo/root --print-settings --compat v5.8.1"),
                "nameHash: v3  # kiln's default\ncompat: v5.8.3  # kiln's default\n"
                "nameHash: v4  # kustomize's default\ncompat: v5.8.3  # kustomize's default\n"
                "nameHash: v4  # KILN_NAME_HASH in the environment\ncompat: v5.8.1  # --compat");
    world_write(world, "repo/.kiln.yaml", "compat: v5.8.1\n");
    world_write(world, "repo/root/kustomization.yaml",
                "metadata:\n  annotations:\n    kiln.dev/name-hash: v4\n" GENERATED);
    expect_text(world_run(world, "kiln build repo/root --print-settings"),
                "nameHash: v4  # kiln.dev/name-hash at repo/root/kustomization.yaml:3:25\n"
                "compat: v5.8.1  # repo/.kiln.yaml:1:9");
    // The output is itself a valid .kiln.yaml.
    expect_text(world_run(world, "kiln build repo/root --print-settings >all.yaml; "
                                 "kiln build repo/root --config all.yaml --print-settings --name-hash v3"),
                "nameHash: v3  # --name-hash\ncompat: v5.8.1  # all.yaml:2:9");
}

static const struct CMUnitTest tests[] = {
    build_test(a_repository_configures_its_name_hash_once),
    build_test(only_the_file_next_to_git_is_read),
    build_test(a_linked_work_tree_has_a_configuration),
    build_test(no_file_is_read_outside_a_repository),
    build_test(the_annotation_overrides_the_file_and_the_caller_overrides_both),
    build_test(the_file_overrides_the_name_of_the_program),
    build_test(the_file_is_not_read_if_it_cannot_matter),
    build_test(errors_in_the_file_have_positions),
    build_test(an_annotation_of_a_base_is_a_warning),
    build_test(an_annotation_with_another_spelling_is_a_warning),
    world_test(the_file_is_searched_from_the_real_path_of_the_root),
    world_test(another_file_can_be_given),
    world_test(a_link_that_leaves_the_repository_is_refused),
    world_test(settings_are_printed_with_their_origin),
};

int test_config(void)
{
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
