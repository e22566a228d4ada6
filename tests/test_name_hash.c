// The hash in the names of generated objects; all values but those of v3 are what kustomize v5.8.1 prints.
#include "tests/support.h"

#define MARK "annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}"

static void expect_name(struct test_build *build, const char *object, enum name_hash variant, const char *name)
{
    tree_add(build, "kustomization.yaml", "resources: [object.yaml]\n");
    tree_add(build, "object.yaml", object);
    build->options.name_hash = variant;
    assert_true(test_build_run(build, "."));
    expect_contains(buffer_slice(&build->stream), name);
}

static void expect_names(void **state, const char *object, const char *v4, const char *v3)
{
    expect_name(*state, object, NAME_HASH_V4, v4);
    expect_name(*state, object, NAME_HASH_V3, v3);
}

static void data_that_is_absent_or_empty_counts(void **state)
{
    expect_names(state, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain, " MARK "}\n",
                 "  name: plain-6ct58987ht\n", "  name: plain-mf875745bb\n");
    expect_names(state, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: empty, " MARK "}\ndata: {}\n",
                 "  name: empty-42745tchd9\n", "  name: empty-b6t642d2fb\n");
    expect_names(state, "apiVersion: v1\nkind: Secret\nmetadata: {name: plain, " MARK "}\n",
                 "  name: plain-2bg6t6bf6t\n", "  name: plain-8cbc9hbmkb\n");
}

static void all_data_and_the_type_count(void **state)
{
    expect_names(state,
                 "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: both, " MARK "}\n"
                 "data: {b: '1', a: \"<x>\"}\nbinaryData: {c: AAEC}\n",
                 "  name: both-8hm25k2hbd\n", "  name: both-2h85h7gt5t\n");
    expect_names(state,
                 "apiVersion: v1\nkind: Secret\nmetadata: {name: typed, " MARK "}\ntype: kubernetes.io/tls\n"
                 "data: {b: MQ==, a: Mg==}\nstringData: {c: d}\n",
                 "  name: typed-g95fkfmg7b\n", "  name: typed-hkff4gg6cb\n");
}

int test_name_hash(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(data_that_is_absent_or_empty_counts),
        build_test(all_data_and_the_type_count),
    };
    return cmocka_run_group_tests_name("name_hash", tests, NULL, NULL);
}
