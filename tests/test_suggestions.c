// Hints for misspelled paths, kinds, and names.
#include "tests/support.h"

#include <stdio.h>

#include "base/near_names.h"
#include "base/word_list.h"
#include "schema/similar_kind.h"

static void a_missing_file_is_searched_in_the_same_directory(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml", "resources: [wbe.yaml]\n");
    expect_error(build, ".", "hint: did you mean 'web.yaml'?");
    tree_add(build, "kustomization.yaml", "resources: [./web]\n");
    expect_error(build, ".", "hint: did you mean './web.yaml'?");
}

static void a_directory_in_the_middle_of_a_path_may_be_misspelled(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/shop/kustomization.yaml", "resources: []\nnamePrefix: a\n");
    tree_add(build, "overlay/kustomization.yaml", "resources: [../bsae/shop]\n");
    expect_error(build, "overlay", "hint: did you mean '../base/shop'?");
    expect_error(build, "bas/shop", "hint: did you mean 'base/shop'?");
}

static void a_file_that_has_moved_is_searched_below(void **state)
{
    enum { MORE = 600 };
    struct test_build *build = *state;
    char path[32];
    tree_add(build, "parts/web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml", "resources: [web.yaml]\n");
    expect_error(build, ".", "hint: did you mean 'parts/web.yaml'?\n");
    for (int i = 0; i < MORE; i++) {
        snprintf(path, sizeof path, "pieces/%d.yaml", i);
        tree_add(build, path, "");
    }
    expect_error(build, ".",
                 "did you mean 'parts/web.yaml'? The search stopped after 500 names, so there may be others");
    tree_add(build, "pieces/0/web.yaml", DEPLOYMENT("web"));
    expect_error(build, ".", "did you mean 'parts/web.yaml'? The search stopped");
}

static void a_file_of_another_program_is_not_an_entry_that_is_missing(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "Chart.yaml", "name: a\nversion: 1.0.0\n");
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml", "resources: [all-manifests.yaml]\n");
    expect_error(build, ".",
                 "use 'web.yaml', which is not listed yet, or create 'all-manifests.yaml', or remove this entry\n");
}

static void a_url_without_its_scheme_may_have_a_query(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: ['raw.githubusercontent.com/a/b/main/web.yaml?x=1']\n");
    expect_error(build, ".", "hint: if it is a URL, start it with 'https://'");
}

static void a_path_that_would_be_missing_too_is_not_suggested(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/kustomization.yaml", "resources: []\nnamePrefix: a\n");
    test_build_run(build, "bsae/shop");
    assert_int_equal(slice_find(buffer_slice(&build->messages), slice_literal("did you mean")), SLICE_NOT_FOUND);
}

static void a_missing_kustomization_may_be_elsewhere_or_misspelled(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "overlays/prod/kustomization.yaml", "resources: []\nnamePrefix: a\n");
    expect_error(build, ".", "hint: use a directory that has one: overlays/prod");
    tree_add(build, "a/kustomisation.yaml", "resources: []\n");
    expect_error(build, "a", "hint: rename 'kustomisation.yaml' to 'kustomization.yaml'");
    tree_add(build, "b/web.yaml", DEPLOYMENT("web"));
    expect_error(build, "b", "'cd b && kiln create --autodetect'");
    expect_error(build, "overlays/prod/kustomization.yaml", "hint: use its directory: 'overlays/prod'");
}

static void a_component_that_fails_alone_mentions_its_users(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "repo/.git/HEAD", "ref: refs/heads/main\n");
    tree_add(build, "repo/components/ha/kustomization.yaml",
             "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
             "patches: [{patch: '{kind: ConfigMap, apiVersion: v1, metadata: {name: web}}'}]\n");
    expect_error(build, "repo/components/ha", "hint: build a kustomization that lists it under `components`\n");
    tree_add(build, "repo/overlays/prod/kustomization.yaml", "components: [\"../../components/ha\"]\n");
    tree_add(build, "repo/overlays/dev/kustomization.yaml", "components:\n- ../../components/ha-not\n");
    expect_error(build, "repo/components/ha", "lists it under `components`: 'overlays/prod' in ");
}

static void a_target_similar_to_an_object_gets_a_warning(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("frontend"));
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\npatches:\n- target: {kind: Deploymnet}\n  patch: '[]'\n"
             "- target: {kind: Deploymnet}\n  patch: '[{\"op\":\"remove\",\"path\":\"/spec\"}]'\n");
    expect_warning(
        build, ".",
        "kustomization.yaml:5:18: warning: the target matches no resource: no resource has the kind 'Deploymnet'");
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\npatches:\n- target: {name: fronted}\n"
             "  patch: '[{\"op\":\"remove\",\"path\":\"/spec\"}]'\n");
    expect_warning(build, ".", "hint: did you mean 'frontend'?");
}

#define PATCH_OF(target)                                                                                               \
    "resources: [web.yaml]\npatches:\n- target: " target "\n  patch: '[{\"op\":\"remove\",\"path\":\"/spec\"}]'\n"
#define REPLACEMENT_OF(select)                                                                                         \
    "resources: [web.yaml]\nreplacements:\n- sourceValue: x\n  targets: [{select: " select                             \
    ", fieldPaths: [spec.replicas]}]\n"
#define LABELED                                                                                                        \
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: frontend, namespace: staging, labels: {tier: "           \
    "frontend}, "                                                                                                      \
    "annotations: {owner: somebody}}}\n"

static void the_part_of_a_target_that_differs_gets_the_warning(void **state)
{
    static const struct {
        const char *kustomization, *warning, *hint;
    } rows[] = {
        {PATCH_OF("{kind: deployment}"), ":3:18: warning: the target matches no resource: no resource has the kind",
         ""},
        {PATCH_OF("{kind: Deployment, name: frontend, version: v1beta1}"),
         ":3:55: warning:", "hint: did you mean 'v1'?"},
        {PATCH_OF("{version: apps/v1, kind: Deployment}"), "has the version 'v1'", "hint: did you mean 'v1'?"},
        {PATCH_OF("{group: app, kind: Deployment}"), ":3:19: warning:", "hint: did you mean 'apps'?"},
        {PATCH_OF("{kind: Deployment, namespace: stagin}"), ":3:41: warning:", "hint: did you mean 'staging'?"},
        {PATCH_OF("{labelSelector: 'x in (a), tier=fronted'}"), "no resource has the label 'tier=fronted'",
         "hint: did you mean 'tier=frontend'?"},
        {PATCH_OF("{annotationSelector: owners=somebody}"), "no resource has the annotation",
         "hint: did you mean 'owner=somebody'?"},
        {REPLACEMENT_OF("{kind: Deploymnet}"), ":4:29: warning:", "hint: did you mean 'Deployment'?"},
        {REPLACEMENT_OF("{kind: Deployment, name: fronted}"), ":4:47: warning:", "hint: did you mean 'frontend'?"},
        {REPLACEMENT_OF("{version: v2, kind: Deployment, name: frontend}"),
         ":4:32: warning:", "hint: did you mean 'v1'?"},
        {REPLACEMENT_OF("{kind: Deployment}, reject: [{kind: Job}, {name: front.*}]"),
         ":4:64: warning: the target matches no resource: 'reject' excludes Deployment 'frontend'",
         "hint: correct `reject`"},
        {REPLACEMENT_OF("{kind: Deployment}, reject: [{kind: Deployment}, {name: other}]"),
         ":4:51: warning:", "hint: write `kind` and `name` in the same entry"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct test_build *build = *state;
        tree_add(build, "web.yaml", LABELED);
        tree_add(build, "kustomization.yaml", rows[i].kustomization);
        expect_warning(build, ".", rows[i].warning);
        expect_warning(build, ".", rows[i].hint);
    }
    struct test_build *build = *state;
    tree_add(build, "web.yaml", "{apiVersion: v1, kind: Service, metadata: {name: web}}\n");
    tree_add(build, "kustomization.yaml", PATCH_OF("{group: core, kind: Service, name: web}"));
    expect_warning(build, ".", "Service 'web' has no group\n");
    expect_warning(build, ".", "hint: remove `group` from the target");
}

static size_t count_warnings(struct test_build *build, const char *part)
{
    test_build_run(build, ".");
    size_t count = 0;
    struct slice rest = buffer_slice(&build->messages);
    for (size_t at; (at = slice_find(rest, slice_from(part))) != SLICE_NOT_FOUND; count++)
        rest = slice_from_index(rest, at + 1);
    return count;
}

// Each of them looks at all resources.
static void only_the_first_of_many_misspelled_targets_get_a_warning(void **state)
{
    enum { COUNT = 500 };
    struct test_build *build = *state;
    struct buffer objects = {0}, patches = {0};
    buffer_add_text(&patches, "resources: [a.yaml]\npatches:\n");
    for (int i = 0; i < COUNT; i++) {
        buffer_add_format(&objects, "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: settings-%03d}}\n", i);
        buffer_add_format(&patches, "- {target: {name: setings-%03d}, patch: '- {op: remove, path: /data}'}\n", i);
    }
    buffer_add_byte(&objects, '\0');
    buffer_add_byte(&patches, '\0');
    tree_add(build, "a.yaml", objects.data);
    tree_add(build, "kustomization.yaml", patches.data);
    size_t count = count_warnings(build, "the target matches no resource");
    assert_in_range(count, 20, COUNT / 2);
    buffer_free(&objects);
    buffer_free(&patches);
}

static void only_the_first_colons_of_an_env_file_get_a_warning(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
    for (int i = 0; i < 100; i++)
        buffer_add_format(&text, "KEY_%d: value\n", i);
    buffer_add_byte(&text, '\0');
    tree_add(build, "a.env", text.data);
    tree_add(build, "kustomization.yaml", "configMapGenerator: [{name: a, envs: [a.env]}]\n");
    assert_int_equal(count_warnings(build, "expected KEY=VALUE"), 20);
    buffer_free(&text);
}

static void an_older_json_patch_is_checked_in_the_same_way(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", LABELED);
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\npatchesJson6902:\n- target: {kind: Deployment, name: fronted}\n"
             "  patch: '[{\"op\":\"remove\",\"path\":\"/spec\"}]'\n");
    expect_warning(build, ".", "no resource has the name 'fronted'");
}

static void a_target_for_other_objects_gets_no_warning(void **state)
{
    static const char *const targets[] = {
        PATCH_OF("{kind: StatefulSet}"),
        PATCH_OF("{name: web-2}"),
        PATCH_OF("{name: web-.*x}"),
        PATCH_OF("{kind: Deployment, version: v1beta1}"),
        PATCH_OF("{kind: Deployment, group: extensions}"),
        PATCH_OF("{kind: Deployment, namespace: other}"),
        PATCH_OF("{kind: Deployment, labelSelector: 'app!=wbe'}"),
        PATCH_OF("{kind: Deployment, labelSelector: 'tier=backend'}"),
        REPLACEMENT_OF("{kind: StatefulSet}"),
        REPLACEMENT_OF("{name: web-2}"),
        REPLACEMENT_OF("{kind: StatefulSet}, reject: [{name: web-1}]"),
    };
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web-1"));
    for (size_t i = 0; i < countof(targets); i++) {
        tree_add(build, "kustomization.yaml", targets[i]);
        expect_silence(build, ".");
    }
    tree_add(build, "web.yaml", DEPLOYMENT("shop-eu"));
    tree_add(build, "kustomization.yaml", PATCH_OF("{name: shop-us}"));
    expect_silence(build, ".");
    tree_add(build, "web.yaml", "{apiVersion: v1, kind: TCPRoute, metadata: {name: a}}\n");
    tree_add(build, "kustomization.yaml", PATCH_OF("{kind: TLSRoute}"));
    expect_silence(build, ".");
    tree_add(build, "web.yaml", DEPLOYMENT("api-test"));
    tree_add(build, "kustomization.yaml", PATCH_OF("{name: api-rest}"));
    expect_silence(build, ".");
}

static void a_kind_is_similar_if_it_is_misspelled(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *other;
        bool is_similar;
    } rows[] = {
        {"Deploymnet", "Deployment", true},
        {"deployments", "Deployment", true},
        {"Configmaps", "ConfigMap", true},
        {"statefulset", "StatefulSet", true},
        {"StatefullSets", "StatefulSet", true},
        {"Pods", "Pod", true},
        {"Job", "Pod", false},
        {"Deploy", "Deployment", false},
        {"TCPRoute", "TLSRoute", false},
        {"TCPRoute", "HTTPRoute", false},
        {"NodeV1", "NodeV2", false},
        {"CiliumNetworkPolicy", "CalicoNetworkPolicy", false},
        {"", "Pod", false},
    };
    for (size_t i = 0; i < countof(rows); i++)
        assert_int_equal(kinds_are_similar(slice_from(rows[i].kind), slice_from(rows[i].other)), rows[i].is_similar);
    static const struct slice kinds[] = {{"ConfigMap", 9}, {"Deployment", 10}, {"Secret", 6}};
    expect_text(nearest_kind(slice_literal("Deploymen"), kinds, countof(kinds)), "Deployment");
    expect_text(nearest_kind(slice_literal("Ingress"), kinds, countof(kinds)), "");
}

// What a build warns of, and what kiln check suggests, is the same.
static void kinds_of_targets_are_similar_everywhere(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml", PATCH_OF("{kind: deploymnts, name: web}"));
    expect_warning(build, ".", "hint: did you mean 'Deployment'?");
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\npatches: [{patch: '{apiVersion: apps/v1, kind: deploymnts, metadata: {name: "
             "web}}'}]\n");
    expect_error(build, ".", "hint: did you mean the kind 'Deployment'");
}

static void a_list_has_the_word_before_its_last_item(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct slice items[] = {slice_literal("a"), slice_literal("b"), slice_literal("c"), slice_literal("d")};
    expect_text(word_list(&arena, items, 0, 4, "and"), "");
    expect_text(word_list(&arena, items, 1, 4, "and"), "a");
    expect_text(word_list(&arena, items, 2, 4, "and"), "a and b");
    expect_text(word_list(&arena, items, 4, 4, "or"), "a, b, c, or d");
    expect_text(word_list_quoted(&arena, items, 4, 2, "and"), "'a', 'b', and 2 more");
    expect_text(word_list(&arena, items, 4, 2, "or"), "a, b, or one of 2 more");
    expect_text(word_list(&arena, items, 4, 3, "or"), "a, b, c, or 1 more");
    arena_free(&arena);
}

static void facts_name_one_or_several(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct slice items[] = {slice_literal("a"), slice_literal("b"), slice_literal("c")};
    expect_text(word_list_fact(&arena, "key", slice_literal(" of 'x'"), items, 1, 4), "the only key of 'x' is 'a'");
    expect_text(word_list_fact(&arena, "key", slice_literal(""), items, 2, 4), "the keys are 'a' and 'b'");
    expect_text(word_list_fact(&arena, "key", slice_literal(""), items, 3, 1), "the keys are 'a', and 2 more");
    arena_free(&arena);
}

static void names_are_similar_by_letters_or_parts(void **state)
{
    static const struct {
        const char *wanted;
        const char *names[6];
        const char *expected;
    } rows[] = {
        {"shop-nginx-config", {"shop-config", "shop-nginx", "shop"}, "'shop-nginx' or 'shop-config'"},
        {"nginx", {"shop-config", "shop-nginx"}, "'shop-nginx'"},
        {"shop-nginx", {"nginx", "shop-config"}, "'nginx'"},
        {"shop-confg", {"shop-config", "shop-confg-x"}, "'shop-config'"},
        {"web-ap", {"web-api", "web-app", "web"}, "'web-api' or 'web-app'"},
        {"db", {"shop-db", "blog-db", "dbs"}, "'shop-db' or 'blog-db'"},
        {"cache",
         {"a-cache", "b-cache", "c-cache", "d-cache", "e-cache"},
         "'a-cache', 'b-cache', 'c-cache', or 'd-cache'"},
        {"cache", {"a-cache", "a-cache"}, "'a-cache'"},
        {"cache", {"cachet-x", "x-cached", "entirely-different"}, ""},
        {"", {"web"}, ""},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < countof(rows); i++) {
        struct slice names[countof(rows[i].names)];
        size_t count = 0;
        for (; count < countof(names) && rows[i].names[count]; count++)
            names[count] = slice_from(rows[i].names[count]);
        struct near_names near = near_names(slice_from(rows[i].wanted), names, count);
        expect_text(near_names_text(&arena, &near), rows[i].expected);
    }
    arena_free(&arena);
}

static void a_path_is_corrected_only_as_far_as_it_leads(void **state)
{
#define CONTAINER "spec.template.spec.containers."
    static const struct {
        const char *path, *hint;
    } cases[] = {
        {"metadata.nmae.0", "hint: did you mean 'metadata.name'?\n"},
        {"metadata.name.first", "hint: did you mean 'metadata.name'?\n"},
        {"spec.tmeplate.spec.contaners.0.imag", "hint: did you mean '" CONTAINER "0.image'?\n"},
        {"spec.template.spec.contaners.7.image",
         "hint: start the path with 'spec.template.spec.containers'; the only index of 'containers' is 0\n"},
        {"spec.template.spec.contaners.[name=proxy].image",
         "hint: start the path with 'spec.template.spec.containers'; the only item of 'containers' is 'web'\n"},
        {CONTAINER "[name=wbe].resources.limits",
         "hint: did you mean '" CONTAINER
         "[name=web].resources.limits'? If so, also add `options: {create: true}` to the target\n"},
        {CONTAINER "0.imagePullPolcy", "hint: did you mean '" CONTAINER
                                       "0.imagePullPolicy'? If so, also add `options: {create: true}` to the target\n"},
        {CONTAINER "0.resources.limit.cpu",
         "hint: did you mean '" CONTAINER
         "0.resources.limits.cpu'? If so, also add `options: {create: true}` to the target\n"},
        {"spec.tmeplate.spec.replicas",
         "hint: start the path with 'spec.template.spec'; the only key of 'spec.template.spec' is 'containers'\n"},
        {"spec.template.spec.contaners.0.imagePullPolcy",
         "hint: did you mean '" CONTAINER
         "0.imagePullPolicy'? If so, also add `options: {create: true}` to the target\n"},
        {"spec.template.spec.contaners.0.picture",
         "hint: start the path with 'spec.template.spec.containers.0'; the keys of 'containers.0' are"},
        {"spec.template.spec.initContaners.0.image", "hint: the only key of 'spec.template.spec' is 'containers'\n"},
        {"spec.template.spec.initContainers.0.image", "hint: the only key of 'spec.template.spec' is 'containers'\n"},
        {CONTAINER "0.picture", "hint: the keys of 'containers.0' are 'name' and 'image'\n"},
        {"metadata.annotations.picture", "hint: add `options: {create: true}` to the target to create it\n"},
    };
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    for (size_t i = 0; i < countof(cases); i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "resources: [web.yaml]\nreplacements:\n- source: {kind: Deployment, fieldPath: kind}\n"
                 "  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ['%s']\n",
                 cases[i].path);
        tree_add(build, "kustomization.yaml", text);
        expect_error(build, ".", cases[i].hint);
    }
}

static void letters_in_the_wrong_order_count_as_one_mistake(void **state)
{
    static const struct slice names[] = {{"web", 3}, {"name", 4}, {"LOG", 3}, {"frontend", 8}};
    static const struct {
        const char *wanted, *nearest;
    } cases[] = {
        {"wbe", "web"}, {"nmae", "name"}, {"FOO", ""}, {"port", ""}, {"ewb", "web"}, {"fornted", "frontend"}, {"x", ""},
    };
    (void)state;
    for (size_t i = 0; i < countof(cases); i++) {
        struct slice found = nearest_text(slice_from(cases[i].wanted), names, countof(names));
        assert_true(slice_equals(found, cases[i].nearest));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(facts_name_one_or_several),
    cmocka_unit_test(names_are_similar_by_letters_or_parts),
    cmocka_unit_test(a_list_has_the_word_before_its_last_item),
    cmocka_unit_test(a_kind_is_similar_if_it_is_misspelled),
    build_test(a_missing_file_is_searched_in_the_same_directory),
    build_test(a_directory_in_the_middle_of_a_path_may_be_misspelled),
    build_test(a_file_that_has_moved_is_searched_below),
    build_test(a_file_of_another_program_is_not_an_entry_that_is_missing),
    build_test(a_url_without_its_scheme_may_have_a_query),
    build_test(a_path_that_would_be_missing_too_is_not_suggested),
    build_test(a_missing_kustomization_may_be_elsewhere_or_misspelled),
    build_test(a_component_that_fails_alone_mentions_its_users),
    build_test(a_target_similar_to_an_object_gets_a_warning),
    build_test(the_part_of_a_target_that_differs_gets_the_warning),
    build_test(only_the_first_of_many_misspelled_targets_get_a_warning),
    build_test(only_the_first_colons_of_an_env_file_get_a_warning),
    build_test(an_older_json_patch_is_checked_in_the_same_way),
    build_test(a_target_for_other_objects_gets_no_warning),
    build_test(kinds_of_targets_are_similar_everywhere),
    build_test(a_path_is_corrected_only_as_far_as_it_leads),
    cmocka_unit_test(letters_in_the_wrong_order_count_as_one_mistake),
};

int test_suggestions(void)
{
    return cmocka_run_group_tests_name("suggestions", tests, NULL, NULL);
}
