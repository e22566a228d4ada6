#include "tests/support.h"

#include <stdio.h>

// A pod with one image, and one entry that acts on it.
static void expect_image(struct test_build *build, const char *image, const char *entry, const char *result)
{
    char kustomization[256], pod[256];
    snprintf(kustomization, sizeof kustomization, "resources: [pod.yaml]\nimages: [%s]\n", entry);
    snprintf(pod, sizeof pod,
             "apiVersion: foo.io/v1\nkind: Foo\nmetadata: {name: pod}\nspec: {containers: [{image: '%s'}]}\n", image);
    tree_add(build, "kustomization.yaml", kustomization);
    tree_add(build, "pod.yaml", pod);
    expect_field(build, "Foo", "pod", "spec.containers.0.image", result);
}

static void a_new_tag_replaces_tag_and_digest(void **state)
{
    expect_image(*state, "nginx", "{name: nginx, newTag: v2}", "nginx:v2");
    expect_image(*state, "nginx:1@sha256:00", "{name: nginx, newTag: v2}", "nginx:v2");
    expect_image(*state, "nginx:1@sha256:00", "{name: nginx, digest: 'sha256:11'}", "nginx@sha256:11");
    expect_image(*state, "nginx:1", "{name: nginx, newTag: v2, digest: 'sha256:11'}", "nginx:v2@sha256:11");
}

static void a_new_name_keeps_tag_and_digest(void **state)
{
    expect_image(*state, "nginx:1@sha256:00", "{name: nginx, newName: host/nginx}", "host/nginx:1@sha256:00");
    expect_image(*state, "nginx:", "{name: nginx, newName: other}", "other");
}

static void a_host_may_have_a_port(void **state)
{
    expect_image(*state, "host:5000/nginx:1", "{name: 'host:5000/nginx', newTag: v2}", "host:5000/nginx:v2");
    expect_image(*state, "host:5000/nginx:1", "{name: host, newTag: v2}", "host:5000/nginx:1");
}

static void the_whole_name_must_match(void **state)
{
    expect_image(*state, "x/nginx:1", "{name: nginx, newTag: v2}", "x/nginx:1");
    expect_image(*state, "nginxx:1", "{name: nginx, newTag: v2}", "nginxx:1");
    expect_image(*state, "nginx:1+2", "{name: nginx, newTag: v2}", "nginx:1+2");
}

static void the_name_is_an_expression(void **state)
{
    expect_image(*state, "a/b", "{name: 'a.b', newTag: v2}", "a/b:v2");
    expect_image(*state, "aßb", "{name: 'a.b', newTag: v2}", "aßb:v2");
    expect_image(*state, "alpine:1", "{name: 'a.*e', newTag: v2}", "alpine:v2");
    expect_image(*state, "abc", "{name: 'a|x', newTag: v2}", "abc:v2");
}

static void a_suffix_is_appended_twice_where_both_passes_reach(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [web.yaml]\nimages: [{name: web, tagSuffix: -x}]\n");
    tree_add(build, "web.yaml", DEPLOYMENT("web"));

    expect_field(build, "Deployment", "web", "spec.template.spec.containers.0.image", "web:1-x-x");

    tree_add(build, "web.yaml",
             "apiVersion: foo.io/v1\nkind: Foo\nmetadata: {name: foo}\n"
             "spec: {deep: {containers: [{image: 'web:1'}]}}\n");
    expect_field(build, "Foo", "foo", "spec.deep.containers.0.image", "web:1-x");
}

static void a_name_that_is_no_expression_is_refused_once_there_is_an_image(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [settings.yaml]\nimages: [{name: 'a(', newTag: v2}]\n");
    tree_add(build, "settings.yaml", CONFIG_MAP("settings"));
    expect_silence(build, ".");

    tree_add(build, "settings.yaml", DEPLOYMENT("web"));
    expect_warning(build, ".",
                   "kustomization.yaml:2:17: warning: images: the name 'a(' is an invalid regular expression and "
                   "matches nothing");
    build->options.release = RELEASE_V5_8_1;
    expect_error(build, ".", "kustomization.yaml:2:17: images: the name 'a(' is an invalid regular expression");
}

static void an_image_that_is_a_map_is_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: web, newTag: v2}]\n");
    tree_add(build, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec: {containers: [{image: {a: b}}]}\n");

    expect_error(build, ".", "pod.yaml:4:29: an image must be a single value, found a map");
}

int test_images(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(a_new_tag_replaces_tag_and_digest),
        build_test(a_new_name_keeps_tag_and_digest),
        build_test(a_host_may_have_a_port),
        build_test(the_whole_name_must_match),
        build_test(the_name_is_an_expression),
        build_test(a_suffix_is_appended_twice_where_both_passes_reach),
        build_test(a_name_that_is_no_expression_is_refused_once_there_is_an_image),
        build_test(an_image_that_is_a_map_is_refused),
    };
    return cmocka_run_group_tests_name("images", tests, NULL, NULL);
}
