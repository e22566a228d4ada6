#include "tests/world.h"

#include <stdio.h>

static const unsigned thread_counts[] = {1, 2, 8};

// A tree with directories and many files, two of them large enough to be parsed in parts.
static void plant(struct test_build *build)
{
    struct buffer root = {0}, large = {0}, team_large = {0};
    buffer_add_text(&root, "namePrefix: x-\nlabels: [{pairs: {team: a}, includeSelectors: true}]\nresources:\n");
    for (int i = 0; i < 100; i++) {
        char path[64], text[512];
        snprintf(path, sizeof path, "part-%d.yaml", i);
        snprintf(text, sizeof text, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c%d\ndata:\n  key: %d\n", i,
                 i);
        tree_add(build, path, text);
        buffer_add_format(&root, "- part-%d.yaml\n- team-%d\n", i, i);
        snprintf(path, sizeof path, "team-%d/kustomization.yaml", i);
        tree_add(build, path, "resources: [service.yaml, pod.yaml]\n");
        snprintf(path, sizeof path, "team-%d/service.yaml", i);
        snprintf(text, sizeof text,
                 "apiVersion: v1\nkind: Service\nmetadata:\n  name: s%d\nspec: {selector: {a: b%d}}\n", i, i);
        tree_add(build, path, text);
        snprintf(path, sizeof path, "team-%d/pod.yaml", i);
        snprintf(text, sizeof text,
                 "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p%d\nspec: {containers: [{name: c, image: i}]}\n", i);
        tree_add(build, path, text);
    }
    for (int i = 0; i < 6000; i++)
        buffer_add_format(&large,
                          "%sapiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d%d\nspec:\n  replicas: %d\n  "
                          "template:\n    spec:\n      containers:\n      - name: c\n        envFrom:\n"
                          "        - configMapRef: {name: c%d}\n",
                          i ? "---\n" : "", i, i, i % 100);
    for (int i = 0; i < 6000; i++)
        buffer_add_format(&team_large,
                          "%sapiVersion: v1\nkind: Secret\nmetadata:\n  name: s%d\nstringData:\n"
                          "  text: something that is long enough for a part\n",
                          i ? "---\n" : "", i);
    tree_add(build, "team-50/kustomization.yaml", "resources: [large.yaml, service.yaml, pod.yaml]\n");
    tree_add_bytes(build, "team-50/large.yaml", team_large.data, team_large.length);
    buffer_free(&team_large);
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
    for (size_t i = 0; i < countof(thread_counts); i++) {
        build->options.thread_count = thread_counts[i];
        assert_true(test_build_run(build, "."));
        assert_true(build->stream.length > 100000);
        if (i == 0)
            buffer_add_slice(&first, buffer_slice(&build->stream));
        assert_true(slice_equal(buffer_slice(&first), buffer_slice(&build->stream)));
    }
    buffer_free(&first);
}

// Changes that transformers make in parallel: labels, annotations, images, and patches of both kinds for many
// resources.
static void plant_changes(struct test_build *build, const char *patches)
{
    struct buffer root = {0};
    buffer_add_text(&root,
                    "resources: [below]\nbuildMetadata: [transformerAnnotations]\ncommonAnnotations: {note: all}\n"
                    "labels: [{pairs: {team: b}, includeTemplates: true}]\n"
                    "images: [{name: img-.*, newTag: v2}, {name: none, newTag: v3}]\npatches:\n");
    buffer_add_text(&root, patches);
    plant(build);
    tree_add(build, "below/kustomization.yaml", "resources: [many.yaml]\n");
    struct buffer many = {0};
    for (int i = 0; i < 500; i++)
        buffer_add_format(
            &many,
            "%sapiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d%d\n  labels: {n: 'l%d'}\nspec:\n"
            "  replicas: %d\n  template:\n    spec:\n      containers:\n      - name: c\n"
            "        image: img-%d:v1 # a comment\n        env: [{name: A, value: b}]\n",
            i ? "---\n" : "", i, i % 7, i, i % 10);
    tree_add_bytes(build, "below/many.yaml", many.data, many.length);
    tree_add_bytes(build, "kustomization.yaml", root.data, root.length);
    buffer_free(&many);
    buffer_free(&root);
}

#define MERGE(target, body)                                                                                            \
    "- target: {" target "}\n  patch: |-\n    {apiVersion: x, kind: x, metadata: {name: x}, " body "}\n"

static void changes_do_not_depend_on_the_number_of_threads(void **state)
{
    struct test_build *build = *state;
    plant_changes(
        build, MERGE("kind: Deployment", "spec: {template: {spec: {containers: [{name: c, tty: true}]}}}")
                   MERGE("name: d.*5", "$patch: delete")
                       MERGE("name: d.*4",
                             "spec: {replicas: 1}") "- target: {kind: Deployment, labelSelector: n!=l3}\n"
                                                    "  patch: '- {op: add, path: /spec/paused, value: true}'\n"
                                                    "- target: {kind: Deployment, name: d1.*}\n"
                                                    "  patch: '- {op: add, path: /metadata/namespace, value: other}'\n"
                                                    "- target: {kind: Deployment, namespace: other}\n"
                                                    "  patch: '- {op: add, path: /spec/minReadySeconds, value: 3}'\n");
    struct buffer first = {0};
    for (size_t i = 0; i < countof(thread_counts); i++) {
        build->options.thread_count = thread_counts[i];
        assert_true(test_build_run(build, "."));
        if (i == 0)
            buffer_add_slice(&first, buffer_slice(&build->stream));
        assert_true(slice_equal(buffer_slice(&first), buffer_slice(&build->stream)));
    }
    buffer_add_byte(&first, '\0');
    assert_non_null(strstr(first.data, "minReadySeconds: 3"));
    assert_non_null(strstr(first.data, "image: img-3:v2"));
    assert_null(strstr(first.data, "name: d495\n"));
    buffer_free(&first);
}

static void the_first_object_that_cannot_be_changed_is_reported_alone(void **state)
{
    struct test_build *build = *state;
    plant_changes(build, "- target: {kind: Deployment}\n"
                         "  patch: '- {op: test, path: /metadata/labels/n, value: l0}'\n");
    for (size_t i = 0; i < countof(thread_counts); i++) {
        build->options.thread_count = thread_counts[i];
        expect_error(build, ".", "d1");
        assert_int_equal(build->build->diagnostics.error_count, 1);
        const struct diagnostic *error = &build->build->diagnostics.items[build->build->diagnostics.count - 1];
        expect_contains(error->chain, "building . → patching ");
    }
}

static void the_first_error_in_the_order_of_the_build_is_reported_alone(void **state)
{
    struct test_build *build = *state;
    plant(build);
    tree_add(build, "part-90.yaml", "a: [\n");
    tree_add(build, "part-60.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: tab\n");
    tree_add(build, "team-30/service.yaml", "kind: Service\n");
    for (size_t i = 0; i < countof(thread_counts); i++) {
        build->options.thread_count = thread_counts[i];
        expect_error(build, ".", "team-30/service.yaml:1:1");
        assert_int_equal(build->build->diagnostics.error_count, 1);
    }
}

static void messages_of_directories_come_in_build_order(void **state)
{
    struct test_build *build = *state;
    plant(build);
    tree_add(build, "team-7/kustomization.yaml", "bases: []\nresources: [service.yaml, pod.yaml]\n");
    tree_add(build, "team-3/kustomization.yaml", "commonLabels: {a: b}\nresources: [service.yaml, pod.yaml]\n");
    assert_true(test_build_run(build, "."));
    expect_text(
        buffer_slice(&build->messages),
        "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update "
        "your Kustomization automatically.\n"
        "# Warning: 'bases' is deprecated. Please use 'resources' instead. Run 'kustomize edit fix' to update your "
        "Kustomization automatically.\n");
}

static void an_error_in_a_large_file_of_a_directory_is_found(void **state)
{
    struct test_build *build = *state;
    plant(build);
    struct buffer text = {0};
    for (int i = 0; i < 12000; i++)
        buffer_add_text(&text, "# a line of a large comment, which is long enough\n");
    buffer_add_text(&text, "kind: Secret\n");
    tree_add_bytes(build, "team-50/large.yaml", text.data, text.length);
    for (size_t i = 0; i < countof(thread_counts); i++) {
        build->options.thread_count = thread_counts[i];
        expect_error(build, ".", "team-50/large.yaml:12001:1");
    }
    buffer_free(&text);
}

// --- Real directories, with links and with entries of unexpected types.

static void plant_teams(struct world *world)
{
    world_run(world, "mkdir all && echo 'resources:' > all/kustomization.yaml && "
                     "for i in $(seq 100 199); do mkdir team-$i && echo '- ../team-'$i >> all/kustomization.yaml && "
                     "printf 'resources: [a.yaml]\n' > team-$i/kustomization.yaml && "
                     "printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c'$i'}\n' > team-$i/a.yaml; done");
}

static void expect_teams(struct world *world)
{
    struct buffer expected = {0};
    for (int i = 100; i < 200; i++)
        buffer_add_format(&expected, "%sapiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c%d\n",
                          i > 100 ? "---\n" : "", i);
    buffer_add_byte(&expected, '\0');
    for (size_t i = 0; i < countof(thread_counts); i++)
        world_expect_stream(world, &(struct build_options){.thread_count = thread_counts[i]}, "all", expected.data);
    buffer_free(&expected);
}

static void expect_no_teams(struct world *world, const char *part)
{
    for (size_t i = 0; i < countof(thread_counts); i++)
        world_expect_error(world, &(struct build_options){.thread_count = thread_counts[i]}, "all", part);
}

static void links_are_followed(void **state)
{
    struct world *world = *state;
    plant_teams(world);
    world_run(world, "mv team-120 moved && ln -s moved team-120 && "
                     "cd team-130 && mv a.yaml b.yaml && ln -s b.yaml a.yaml && "
                     "cd ../team-140 && mv kustomization.yaml k && ln -s k kustomization.yaml && "
                     "cd ../team-150 && mkdir d && mv a.yaml d && ln -s d e && "
                     "echo 'resources: [e/a.yaml]' > kustomization.yaml");
    expect_teams(world);
}

static void the_extension_of_a_name_does_not_matter(void **state)
{
    struct world *world = *state;
    plant_teams(world);
    world_run(world, "mv team-110/kustomization.yaml team-110/kustomization.yml && "
                     "mv team-111/kustomization.yaml team-111/Kustomization && "
                     "mv team-120 t.yaml && sed -i 's|../team-120|../t.yaml|' all/kustomization.yaml && "
                     "mkdir team-130/d && mv team-130/*.yaml team-130/d && mv team-130/d team-130/d.yaml && "
                     "echo 'resources: [d.yaml]' > team-130/kustomization.yaml && "
                     "mv team-140/a.yaml team-140/a && echo 'resources: [a]' > team-140/kustomization.yaml && "
                     "mv team-150/a.yaml all/text && sed -i 's|../team-150|text|' all/kustomization.yaml");
    expect_teams(world);
}

static void a_link_out_of_a_directory_is_refused(void **state)
{
    struct world *world = *state;
    plant_teams(world);
    world_run(world, "mv team-150/a.yaml out.yaml && ln -s ../out.yaml team-150/a.yaml");
    expect_no_teams(world, "'a.yaml' resolves, through a symbolic link, to a file that is not in or below '");
}

static void a_link_out_of_a_directory_is_not_a_kustomization(void **state)
{
    struct world *world = *state;
    plant_teams(world);
    world_run(world, "mv team-150/kustomization.yaml out.yaml && ln -s ../out.yaml team-150/kustomization.yaml");
    expect_no_teams(world, "no kustomization.yaml, kustomization.yml, or Kustomization in");
}

static void two_kustomizations_in_a_directory_are_refused(void **state)
{
    struct world *world = *state;
    plant_teams(world);
    world_run(world, "cp team-150/kustomization.yaml team-150/Kustomization");
    expect_no_teams(world, "has both kustomization.yaml and Kustomization");
}

static void a_file_that_is_missing_in_a_directory_is_reported(void **state)
{
    struct world *world = *state;
    plant_teams(world);
    world_run(world, "rm team-150/a.yaml");
    expect_no_teams(world, "'a.yaml': No such file or directory");
}

static const struct CMUnitTest tests[] = {
    build_test(the_stream_does_not_depend_on_the_number_of_threads),
    build_test(changes_do_not_depend_on_the_number_of_threads),
    build_test(the_first_object_that_cannot_be_changed_is_reported_alone),
    build_test(the_first_error_in_the_order_of_the_build_is_reported_alone),
    build_test(messages_of_directories_come_in_build_order),
    build_test(an_error_in_a_large_file_of_a_directory_is_found),
    world_test(links_are_followed),
    world_test(the_extension_of_a_name_does_not_matter),
    world_test(a_link_out_of_a_directory_is_refused),
    world_test(a_link_out_of_a_directory_is_not_a_kustomization),
    world_test(two_kustomizations_in_a_directory_are_refused),
    world_test(a_file_that_is_missing_in_a_directory_is_reported),
};

int test_threads(void)
{
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
