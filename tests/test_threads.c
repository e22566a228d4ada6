#include "tests/support.h"

#include <stdio.h>

// A tree with many files, one of them large enough to be parsed in parts, and directories.
static void plant(struct test_build *build)
{
    struct buffer root = {0}, large = {0};
    buffer_add_text(&root, "namePrefix: x-\nlabels: [{pairs: {team: a}, includeSelectors: true}]\nresources:\n");
    for (int i = 0; i < 100; i++) {
        char path[64], text[512];
        snprintf(path, sizeof path, "part-%d.yaml", i);
        snprintf(text, sizeof text, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c%d\ndata:\n  key: %d\n", i, i);
        tree_add(build, path, text);
        buffer_add_format(&root, "- part-%d.yaml\n- team-%d\n", i, i);
        snprintf(path, sizeof path, "team-%d/kustomization.yaml", i);
        tree_add(build, path, "resources: [service.yaml, pod.yaml]\n");
        snprintf(path, sizeof path, "team-%d/service.yaml", i);
        snprintf(text, sizeof text, "apiVersion: v1\nkind: Service\nmetadata:\n  name: s%d\nspec: {selector: {a: b%d}}\n", i, i);
        tree_add(build, path, text);
        snprintf(path, sizeof path, "team-%d/pod.yaml", i);
        snprintf(text, sizeof text, "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p%d\nspec: {containers: [{name: c, image: i}]}\n", i);
        tree_add(build, path, text);
    }
    for (int i = 0; i < 6000; i++)
        buffer_add_format(&large, "%sapiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d%d\nspec:\n  replicas: %d\n  "
                                  "template:\n    spec:\n      containers:\n      - name: c\n        envFrom:\n"
                                  "        - configMapRef: {name: c%d}\n", i ? "---\n" : "", i, i, i % 100);
    buffer_add_text(&root, "- large.yaml\n");
    tree_add_bytes(build, "large.yaml", large.data, large.length);
    tree_add_bytes(build, "kustomization.yaml", root.data, root.length);
    buffer_free(&root);
    buffer_free(&large);
}

static void the_stream_does_not_depend_on_the_number_of_threads(void **state)
{
    struct test_build *build = *state;
    plant(build);
    struct buffer first = {0};
    static const unsigned counts[] = {1, 2, 8};
    for (size_t i = 0; i < countof(counts); i++) {
        build->options.thread_count = counts[i];
        assert_true(test_build_run(build, "."));
        assert_true(build->stream.length > 100000);
        if (i == 0)
            buffer_add_slice(&first, buffer_slice(&build->stream));
        assert_true(slice_equal(buffer_slice(&first), buffer_slice(&build->stream)));
    }
    buffer_free(&first);
}

static void the_first_error_in_the_order_of_the_build_is_reported_alone(void **state)
{
    struct test_build *build = *state;
    plant(build);
    tree_add(build, "part-90.yaml", "a: [\n");
    tree_add(build, "part-60.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: tab\n");
    tree_add(build, "team-30/service.yaml", "kind: Service\n");
    static const unsigned counts[] = {1, 2, 8};
    for (size_t i = 0; i < countof(counts); i++) {
        build->options.thread_count = counts[i];
        expect_error(build, ".", "team-30/service.yaml:1:1");
        assert_int_equal(build->build->diagnostics.error_count, 1);
    }
}

static void what_directories_say_comes_in_the_order_of_the_build(void **state)
{
    struct test_build *build = *state;
    plant(build);
    tree_add(build, "team-7/kustomization.yaml", "bases: []\nresources: [service.yaml, pod.yaml]\n");
    tree_add(build, "team-3/kustomization.yaml", "commonLabels: {a: b}\nresources: [service.yaml, pod.yaml]\n");
    assert_true(test_build_run(build, "."));
    expect_text(buffer_slice(&build->messages),
                "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update "
                "your Kustomization automatically.\n"
                "# Warning: 'bases' is deprecated. Please use 'resources' instead. Run 'kustomize edit fix' to update your "
                "Kustomization automatically.\n");
}

static const struct CMUnitTest tests[] = {
    build_test(the_stream_does_not_depend_on_the_number_of_threads),
    build_test(the_first_error_in_the_order_of_the_build_is_reported_alone),
    build_test(what_directories_say_comes_in_the_order_of_the_build),
};

int test_threads(void)
{
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
