#include "tests/support.h"

#define BARE_DEPLOYMENT "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {}\n"

static void labels_are_set_in_the_listed_fields(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\n"
             "labels:\n"
             "- pairs: {a: metadata}\n"
             "- pairs: {b: templates}\n"
             "  includeTemplates: true\n"
             "- pairs: {c: selectors}\n"
             "  includeSelectors: true\n");
    tree_add(build, "web.yaml", BARE_DEPLOYMENT);

    expect_field(build, "Deployment", "web", "metadata.labels.a", "metadata");
    expect_field(build, "Deployment", "web", "spec.template.metadata.labels.a", NULL);
    expect_field(build, "Deployment", "web", "spec.template.metadata.labels.b", "templates");
    expect_field(build, "Deployment", "web", "spec.selector.matchLabels.b", NULL);
    expect_field(build, "Deployment", "web", "spec.template.metadata.labels.c", "selectors");
    expect_field(build, "Deployment", "web", "spec.selector.matchLabels.c", "selectors");
}

static void common_labels_come_last(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "commonLabels: {a: common}\nresources: [web.yaml]\nlabels: [{pairs: {a: entry}}]\n");
    tree_add(build, "web.yaml", BARE_DEPLOYMENT);

    expect_field(build, "Deployment", "web", "metadata.labels.a", "common");
}

// An oddity of kustomize that bases with commonLabels reveal.
static void a_label_changes_everywhere_that_a_base_added_it(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [base]\nlabels: [{pairs: {app: overlay}}]\n");
    tree_add(build, "base/kustomization.yaml", "resources: [web.yaml]\ncommonLabels: {app: base}\n");
    tree_add(build, "base/web.yaml", BARE_DEPLOYMENT);

    expect_field(build, "Deployment", "web", "metadata.labels.app", "overlay");
    expect_field(build, "Deployment", "web", "spec.selector.matchLabels.app", "overlay");
    expect_field(build, "Deployment", "web", "spec.template.metadata.labels.app", "overlay");
}

static void an_existing_label_stays_independent(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [base]\nlabels: [{pairs: {app: overlay}}]\n");
    tree_add(build, "base/kustomization.yaml", "resources: [web.yaml]\ncommonLabels: {app: base}\n");
    tree_add(build, "base/web.yaml", DEPLOYMENT("web"));

    expect_field(build, "Deployment", "web", "metadata.labels.app", "overlay");
    expect_field(build, "Deployment", "web", "spec.selector.matchLabels.app", "base");
}

static void a_field_may_not_differ_from_the_default_in_create(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\n"
             "labels:\n"
             "- pairs: {a: b}\n"
             "  fields: [{path: metadata/labels}]\n");
    tree_add(build, "web.yaml", BARE_DEPLOYMENT);

    expect_error(build, ".", "kustomization.yaml:4:19: the field 'metadata/labels' is also set by default");
}

static void labels_that_are_not_a_map_are_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a.yaml]\nlabels: [{pairs: {a: b}}]\n");
    tree_add(build, "a.yaml", "apiVersion: v1\nkind: Foo\nmetadata: {name: a, labels: [a, b]}\n");

    expect_error(build, ".", "a.yaml:3:29: expected a map for 'metadata.labels', found a list");
}

static void annotations_reach_templates(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [web.yaml]\ncommonAnnotations: {owner: team}\n");
    tree_add(build, "web.yaml", BARE_DEPLOYMENT);

    expect_field(build, "Deployment", "web", "metadata.annotations.owner", "team");
    expect_field(build, "Deployment", "web", "spec.template.metadata.annotations.owner", "team");
}

int test_labels(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(labels_are_set_in_the_listed_fields),
        build_test(common_labels_come_last),
        build_test(a_label_changes_everywhere_that_a_base_added_it),
        build_test(an_existing_label_stays_independent),
        build_test(a_field_may_not_differ_from_the_default_in_create),
        build_test(labels_that_are_not_a_map_are_refused),
        build_test(annotations_reach_templates),
    };
    return cmocka_run_group_tests_name("labels", tests, NULL, NULL);
}
