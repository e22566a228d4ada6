// The operations of `edit` on a file in memory, and what the program does to files on the disk. The outcome of each
// command is in fixtures/edit.
#include "tests/support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"
#include "edit/edit.h"
#include "edit/fix.h"
#include "edit/generated.h"
#include "edit/images.h"
#include "edit/paths.h"
#include "pipeline/plugins.h"

// --- In memory.

struct edit_test {
    struct memory_files *files;
    struct file_system system;
    struct build *build;
    struct edit edit;
};

static void begin(struct edit_test *test, const char *text, enum edit_layout layout)
{
    test->files = memory_files_new();
    memory_files_add(test->files, "kustomization.yaml", slice_from(text));
    memory_files_add(test->files, "patch.yaml", slice_literal("kind: X\n"));
    test->system = memory_files_system(test->files);
    test->build = build_new();
    assert_true(edit_open(&test->edit, test->build, &test->system, layout));
}

static void end(struct edit_test *test)
{
    build_free(test->build);
    memory_files_free(test->files);
}

static void expect(struct edit_test *test, const char *wanted)
{
    struct buffer text = {0};
    assert_true(edit_text(&test->edit, &text));
    expect_text(buffer_slice(&text), wanted);
    buffer_free(&text);
    end(test);
}

#define HEAD "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"

static void opening_a_file_only_adds_missing_fields(void **state)
{
    (void)state;
    struct edit_test test;
    begin(&test, "namespace:   'x' # here\n", EDIT_IN_PLACE);
    expect(&test, "namespace:   'x' # here\n" HEAD);
}

static void fixed_patches_replace_the_older_ones(void **state)
{
    (void)state;
    struct edit_test test;
    begin(&test, HEAD "patchesStrategicMerge:\n# a file\n- patch.yaml # yes\n- nofile.yaml\n", EDIT_IN_PLACE);
    assert_true(edit_fix(&test.edit));
    expect(&test, HEAD "patches:\n# a file\n- path: patch.yaml # yes\n- patch: nofile.yaml\n");
}

static void a_file_that_a_generator_reads_must_exist(void **state)
{
    (void)state;
    struct edit_test test;
    struct generated_arguments arguments = {.name = slice_literal("cm"), .env_file = slice_literal("nope.env")};
    begin(&test, HEAD, EDIT_IN_PLACE);
    assert_false(edit_add_generated(&test.edit, &edit_config_maps, &arguments));
    assert_int_equal(test.build->diagnostics.error_count, 1);
    end(&test);
}

static void each_of_many_paths_is_added_once(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    struct edit_test test;
    struct path_list paths = {0};
    begin(&test, HEAD, EDIT_IN_PLACE);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < COUNT; i++)
            list_append(&test.build->arena, &paths, arena_format(&test.build->arena, "r%d.yaml", i));
    edit_add_paths(&test.edit, &edit_resources, &paths);
    assert_int_equal(edit_get(test.edit.root, "resources")->count, COUNT);
    assert_int_equal(test.build->diagnostics.count, COUNT);
    end(&test);
}

static void an_image_is_split_after_the_port_of_its_registry(void **state)
{
    (void)state;
    struct build *build = build_new();
    struct image_arguments images = {0};
    const char *const arguments[] = {"reg:5000/a/b:v1@sha256:c", "x=/odd:1"};
    assert_true(edit_parse_images(build, arguments, 2, &images));
    expect_text(images.items[0].name, "reg:5000/a/b");
    expect_text(images.items[0].new_tag, "v1");
    expect_text(images.items[0].digest, "sha256:c");
    expect_text(images.items[1].new_name, "/odd");
    expect_text(images.items[1].new_tag, "1");
    const char *const wrong[] = {"reg:5000/a"};
    assert_false(edit_parse_images(build, wrong, 1, &images));
    build_free(build);
}

static void a_layout_prints_fields_that_kustomize_never_omits(void **state)
{
    (void)state;
    struct edit_test test;
    begin(&test, HEAD "replicas:\n- {name: a}\nvars:\n- name: v\nimages: []\n", EDIT_KUSTOMIZE_LAYOUT);
    expect(&test,
           HEAD "replicas:\n- count: 0\n  name: a\nvars:\n- fieldref: {}\n  name: v\n  objref:\n    name: \"\"\n");
}

// --- On the disk.

struct disk_test {
    char folder[64];
    struct process_result result;
};

static int disk_setup(void **state)
{
    struct disk_test *test = calloc(1, sizeof *test);
    assert_non_null(test);
    strcpy(test->folder, "/tmp/kiln-test-XXXXXX");
    assert_non_null(mkdtemp(test->folder));
    *state = test;
    return 0;
}

static int disk_teardown(void **state)
{
    struct disk_test *test = *state;
    const char *const arguments[] = {"rm", "-rf", test->folder, NULL};
    process_result_free(&test->result);
    process_run(&(struct process_request){.arguments = arguments}, &test->result);
    process_result_free(&test->result);
    free(test);
    return 0;
}

// Runs a shell command in the folder, with the program as $KILN, and returns its output.
static const char *shell(struct disk_test *test, const char *line)
{
    struct arena arena = {0};
    struct slice setting = arena_format(&arena, "KILN=%s", test_program());
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    struct process_request request = {
        .arguments = arguments,
        .environment = process_environment(&arena, &setting, 1),
        .directory = test->folder,
        .timeout_seconds = 60,
    };
    process_result_free(&test->result);
    test->result = (struct process_result){0};
    process_run(&request, &test->result);
    assert_int_equal(test->result.outcome, PROCESS_EXITED);
    buffer_add_byte(&test->result.output, '\0');
    arena_free(&arena);
    return test->result.output.data;
}

static void an_edited_file_keeps_its_mode(void **state)
{
    struct disk_test *test = *state;
    const char *output = shell(test,
                               "printf 'kind: Kustomization\\n' > kustomization.yaml && chmod 640 kustomization.yaml &&"
                               "\"$KILN\" edit set namespace x && ls -l kustomization.yaml | cut -c1-10");
    assert_string_equal(output, "-rw-r-----\n");
}

static void a_file_is_replaced_atomically_without_leftovers(void **state)
{
    struct disk_test *test = *state;
    const char *output = shell(test, "echo 'namespace: a' > kustomization.yaml && ln kustomization.yaml before &&"
                                     "\"$KILN\" edit set namespace b && cat before && ls -A");
    assert_string_equal(output, "namespace: a\nbefore\nkustomization.yaml\n");
}

static void a_link_is_never_written_through(void **state)
{
    struct disk_test *test = *state;
    const char *output = shell(test, "echo 'namespace: a' > theirs && ln -s theirs kustomization.yaml &&"
                                     "\"$KILN\" edit set namespace b 2>/dev/null && cat theirs &&"
                                     "grep -c 'namespace: b' kustomization.yaml && test ! -L kustomization.yaml");
    assert_string_equal(output, "namespace: a\n1\n");
    assert_int_equal(test->result.status, 0);
}

static void an_edit_that_changes_nothing_writes_nothing(void **state)
{
    struct disk_test *test = *state;
    const char *output = shell(test,
                               "printf '" HEAD "namespace: a\\n' > kustomization.yaml; ln kustomization.yaml same;"
                               "\"$KILN\" edit set namespace a; test kustomization.yaml -ef same; echo $?");
    assert_string_equal(output, "0\n");
}

static void a_refused_edit_leaves_the_file(void **state)
{
    struct disk_test *test = *state;
    const char *output = shell(test, "echo 'commonLabels: {a: b}' > kustomization.yaml;"
                                     "\"$KILN\" edit add label n:m a:c 2>/dev/null; echo $?; cat kustomization.yaml");
    assert_string_equal(output, "1\ncommonLabels: {a: b}\n");
}

static void all_files_of_a_fix_are_written_or_none(void **state)
{
    struct disk_test *test = *state;
    if (geteuid() == 0)
        test_skip("root may write everywhere");
    const char *output = shell(
        test,
        "mkdir base; printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: p}\\nspec: {a: $(V)}\\n' > base/p.yaml;"
        "printf 'resources: [base/p.yaml]\\nvars: [{name: V, objref: {kind: Pod, name: p, apiVersion: v1}}]\\n'"
        " > kustomization.yaml; cp kustomization.yaml before; chmod 444 base/p.yaml; chmod 555 base;"
        "\"$KILN\" edit fix --vars >/dev/null 2>&1; echo $?; chmod 755 base; cmp kustomization.yaml before;"
        "grep -c PLACEHOLDER base/p.yaml");
    assert_string_equal(output, "1\n0\n");
}

static void directories_are_searched_500_levels_deep(void **state)
{
    struct disk_test *test = *state;
    shell(test, "i=0; p=.; while [ $i -lt 500 ]; do p=$p/d; i=$((i + 1)); done; mkdir -p $p;"
                "printf 'apiVersion: v1\\nkind: Foo\\nmetadata: {name: a}\\n' >$p/a.yaml");
    assert_non_null(
        strstr(shell(test, "\"$KILN\" create --autodetect --recursive; cat kustomization.yaml"), "/a.yaml"));
    const char *output = shell(test,
                               "rm kustomization.yaml; mkdir e; mv d e/d; \"$KILN\" create --autodetect --recursive"
                               " 2>&1; ls kustomization.yaml 2>&1");
    assert_non_null(strstr(output, "it is nested too deeply"));
}

static void bases_are_searched_for_vars_500_levels_deep(void **state)
{
    struct disk_test *test = *state;
    const char *output = shell(
        test, "i=1; while [ $i -le 501 ]; do mkdir d$i; echo \"resources: [../d$((i + 1))]\" >d$i/kustomization.yaml;"
              "i=$((i + 1)); done; echo 'resources: []' >d499/kustomization.yaml; mkdir top; cd top;"
              "echo '{resources: [../d1], vars: [{name: V, objref: {apiVersion: v1, kind: Foo, name: a}}]}'"
              " >kustomization.yaml; \"$KILN\" edit fix --vars >/dev/null 2>&1; echo $?;"
              "echo 'resources: [../d500]' >../d499/kustomization.yaml;"
              "echo '{resources: [../d1], vars: [{name: V, objref: {apiVersion: v1, kind: Foo, name: a}}]}'"
              " >kustomization.yaml; \"$KILN\" edit fix --vars 2>&1; echo $?");
    assert_int_equal(output[0], '0');
    assert_non_null(strstr(output, "directories refer to each other more than 500 levels deep"));
}

static void the_help_of_a_group_names_its_commands(void **state)
{
    struct disk_test *test = *state;
    const char *output = shell(test, "\"$KILN\" edit set; echo $?");
    assert_non_null(strstr(output, "\n  namesuffix "));
    assert_non_null(strstr(output, "\n0\n"));
    output = shell(test, "\"$KILN\" help edit add patch");
    assert_non_null(strstr(output, "--annotation-selector"));
    assert_non_null(strstr(output, "--kustomize-layout"));
}

static bool is_in(const char *name, const struct decode_type *shape)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (strcmp(shape->fields[i].name, name) == 0)
            return true;
    return false;
}

// The layout would lose a field without a place; a place without a field is obsolete.
static void each_field_has_one_place_in_the_layout(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct decode_type shape = plugins_kustomization_shape(&arena);
    for (size_t i = 0; i < kustomization_field_count; i++)
        if (!is_in(kustomization_field_order[i], &shape))
            fail_msg("no field has the name %s", kustomization_field_order[i]);
    assert_true(is_in("imageTags", &shape));
    assert_int_equal(kustomization_field_count, shape.field_count - 1);
    arena_free(&arena);
}

#define disk(function) cmocka_unit_test_setup_teardown(function, disk_setup, disk_teardown)

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(opening_a_file_only_adds_missing_fields),
    cmocka_unit_test(fixed_patches_replace_the_older_ones),
    cmocka_unit_test(a_file_that_a_generator_reads_must_exist),
    cmocka_unit_test(each_of_many_paths_is_added_once),
    cmocka_unit_test(an_image_is_split_after_the_port_of_its_registry),
    cmocka_unit_test(a_layout_prints_fields_that_kustomize_never_omits),
    cmocka_unit_test(each_field_has_one_place_in_the_layout),
    disk(an_edited_file_keeps_its_mode),
    disk(a_file_is_replaced_atomically_without_leftovers),
    disk(a_link_is_never_written_through),
    disk(an_edit_that_changes_nothing_writes_nothing),
    disk(a_refused_edit_leaves_the_file),
    disk(all_files_of_a_fix_are_written_or_none),
    disk(directories_are_searched_500_levels_deep),
    disk(bases_are_searched_for_vars_500_levels_deep),
    disk(the_help_of_a_group_names_its_commands),
};

int test_edit(void)
{
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
