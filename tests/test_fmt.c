// The output of `kiln fmt` for trees in memory; fixtures/fmt tests the command.
#include "tests/support.h"

#include "edit/fmt.h"

#define WEB "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n"

struct formatted {
    struct memory_files *files;
    struct file_system system;
    struct build *build;
    struct fmt_file file;
    bool good;
};

static void format(struct formatted *test, const char *text)
{
    test->files = memory_files_new();
    memory_files_add(test->files, "app/kustomization.yaml", slice_from(text));
    memory_files_add(test->files, "app/web.yaml", slice_literal(WEB));
    memory_files_add(test->files, "app/base/kustomization.yaml", slice_literal("resources: [map.yaml]\n"));
    memory_files_add(test->files, "app/base/map.yaml", slice_literal(CONFIG_MAP("map")));
    test->system = memory_files_system(test->files);
    test->build = build_new();
    test->file = (struct fmt_file){.directory = slice_literal("/app"),
                                   .name = slice_literal("kustomization.yaml"),
                                   .shown = slice_literal("app/kustomization.yaml")};
    test->good = fmt_run(test->build, &test->system, &test->file);
}

static void end(struct formatted *test)
{
    build_free(test->build);
    memory_files_free(test->files);
}

// Formats the result again, too.
static void expect_formatted(const char *text, const char *expected)
{
    struct formatted test, again;
    format(&test, text);
    assert_true(test.good);
    expect_text(test.file.after, expected);
    format(&again, expected);
    assert_true(again.good);
    expect_text(again.file.after, expected);
    end(&again);
    end(&test);
}

static void fields_are_in_kustomizes_order(void **state)
{
    (void)state;
    expect_formatted("namePrefix: a-\nresources: [web.yaml]\nkind: Kustomization\n",
                     "kind: Kustomization\nresources: [web.yaml]\nnamePrefix: a-\n");
    expect_formatted("Images: []\nNamespace: x\nresources: [web.yaml]\n",
                     "resources: [web.yaml]\nNamespace: x\nImages: []\n");
}

static void nothing_is_added(void **state)
{
    (void)state;
    expect_formatted("resources: [web.yaml]\n", "resources: [web.yaml]\n");
    expect_formatted("", "");
    expect_formatted("# nothing yet\n", "# nothing yet\n");
}

static void comments_above_a_field_move_with_it(void **state)
{
    (void)state;
    expect_formatted("# names\nnamePrefix: a-\n# files\nresources: [web.yaml]\n",
                     "# files\nresources: [web.yaml]\n# names\nnamePrefix: a-\n");
}

static void indented_comments_belong_to_the_field_above(void **state)
{
    (void)state;
    expect_formatted("namePrefix: a-\n  # still a\n\n  # and this\nresources: [web.yaml]\n",
                     "resources: [web.yaml]\nnamePrefix: a-\n  # still a\n\n  # and this\n");
}

static void commented_out_items_stay_with_their_list(void **state)
{
    (void)state;
    expect_formatted("components: []\nresources:\n- web.yaml\n# - b.yaml\n#   c\n# prefix\nnamePrefix: a-\n",
                     "resources:\n- web.yaml\n# - b.yaml\n#   c\n# prefix\nnamePrefix: a-\ncomponents: []\n");
}

static void several_blank_lines_become_one(void **state)
{
    (void)state;
    expect_formatted("\n\nresources: [web.yaml]\n\n\n\n# a\n\n\n# b\nnamePrefix: a-\n\n\n",
                     "resources: [web.yaml]\n\n# a\n\n# b\nnamePrefix: a-\n");
}

static void blank_lines_inside_a_string_stay(void **state)
{
    (void)state;
    expect_formatted("patches:\n- target: {kind: Deployment}\n  patch: |+\n    []\n\n\nresources: [web.yaml]\n",
                     "resources: [web.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: |+\n    []\n\n\n");
}

static void line_endings_are_kept_and_a_missing_one_is_added(void **state)
{
    (void)state;
    expect_formatted("namePrefix: a-\r\n\r\nbases:\r\n- base\r\nresources:\r\n- web.yaml",
                     "resources:\r\n- web.yaml\r\n- base\r\n\r\nnamePrefix: a-\r\n");
    expect_formatted("namePrefix: a-\n\nresources: [web.yaml]\r", "resources: [web.yaml]\r\n\r\nnamePrefix: a-\n");
}

static void a_license_stays_at_the_top(void **state)
{
    (void)state;
    expect_formatted("# Copyright somebody\n# names\nnamePrefix: a-\nresources: [web.yaml]\n",
                     "# Copyright somebody\nresources: [web.yaml]\n# names\nnamePrefix: a-\n");
}

static void other_documents_stay_after_the_first(void **state)
{
    (void)state;
    expect_formatted("namePrefix: a-\nresources: [web.yaml]\n---\nz: 1\na: 2\n",
                     "resources: [web.yaml]\nnamePrefix: a-\n---\nz: 1\na: 2\n");
}

static void a_label_in_both_fields_stays_in_both(void **state)
{
    (void)state;
    struct formatted test;
    static const char text[] = "resources: [web.yaml]\ncommonLabels:\n  app: a\nlabels:\n- pairs:\n    app: b\n";
    format(&test, text);
    assert_true(test.good);
    expect_text(test.file.after, text);
    assert_int_equal(test.build->diagnostics.count, 1);
    expect_contains(test.build->diagnostics.items[0].message, "kept 'commonLabels'");
    end(&test);
}

static void a_missing_base_does_not_prevent_sorting(void **state)
{
    (void)state;
    expect_formatted("namePrefix: a-\nbases: [nowhere]\n", "resources: [nowhere]\nnamePrefix: a-\n");
}

static void fields_that_do_not_decode_are_left_alone(void **state)
{
    (void)state;
    struct formatted test;
    format(&test, "resources: web.yaml\n");
    assert_false(test.good);
    assert_int_equal(test.build->diagnostics.error_count, 1);
    expect_text(position_text(&test.build->sources, &test.build->arena, test.build->diagnostics.items[0].position),
                "app/kustomization.yaml:1:12");
    end(&test);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(fields_are_in_kustomizes_order),
    cmocka_unit_test(nothing_is_added),
    cmocka_unit_test(comments_above_a_field_move_with_it),
    cmocka_unit_test(indented_comments_belong_to_the_field_above),
    cmocka_unit_test(commented_out_items_stay_with_their_list),
    cmocka_unit_test(several_blank_lines_become_one),
    cmocka_unit_test(blank_lines_inside_a_string_stay),
    cmocka_unit_test(line_endings_are_kept_and_a_missing_one_is_added),
    cmocka_unit_test(a_license_stays_at_the_top),
    cmocka_unit_test(other_documents_stay_after_the_first),
    cmocka_unit_test(a_label_in_both_fields_stays_in_both),
    cmocka_unit_test(a_missing_base_does_not_prevent_sorting),
    cmocka_unit_test(fields_that_do_not_decode_are_left_alone),
};

int test_fmt(void)
{
    return cmocka_run_group_tests_name("fmt", tests, NULL, NULL);
}
