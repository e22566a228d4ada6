// The generators of ConfigMaps and Secrets: where their pairs come from, and the resource around them.
#include "tests/support.h"

#include <string.h>

#define PLAIN_NAMES "generatorOptions: {disableNameSuffixHash: true}\n"

static void generate(struct test_build *build, const char *text)
{
    struct buffer file = {0};
    buffer_add_text(&file, text);
    buffer_add_text(&file, PLAIN_NAMES);
    buffer_add_byte(&file, '\0');
    tree_add(build, "kustomization.yaml", file.data);
    buffer_free(&file);
}

static void pairs_come_from_env_files_literals_and_files(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator:\n- name: a\n  files: [c.txt, d=c.txt]\n  literals: [b=2]\n  envs: [a.env]\n");
    tree_add(build, "a.env", "\xEF\xBB\xBF# note\n\n  \xC2\xA0 a=1=x \r\nno-value\n=no-key\n");
    tree_add(build, "c.txt", "text\n");
    expect_field(build, "ConfigMap", "a", "data.a", "1=x ");
    expect_field(build, "ConfigMap", "a", "data.no-value", "");
    expect_field(build, "ConfigMap", "a", "data.b", "2");
    expect_field(build, "ConfigMap", "a", "data.c\\.txt", "text\n");
    expect_field(build, "ConfigMap", "a", "data.d", "text\n");
}

static void one_pair_of_quotes_around_a_literal_is_removed(void **state)
{
    struct test_build *build = *state;
    generate(
        build,
        "configMapGenerator:\n- name: a\n  literals: ['a=\"x\"', \"b='x'\", 'c=\"x', 'd=\"', 'e=\"\"x\"\"', f=]\n");
    expect_field(build, "ConfigMap", "a", "data.a", "x");
    expect_field(build, "ConfigMap", "a", "data.b", "x");
    expect_field(build, "ConfigMap", "a", "data.c", "\"x");
    expect_field(build, "ConfigMap", "a", "data.d", "\"");
    expect_field(build, "ConfigMap", "a", "data.e", "\"x\"");
    expect_field(build, "ConfigMap", "a", "data.f", "");
}

static void a_key_in_two_sources_is_refused_with_both_positions(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator:\n- name: a\n  literals: [k=1]\n  envs: [a.env]\n");
    tree_add(build, "a.env", "x=1\nk=2\n");
    expect_error(build, ".", "kustomization.yaml:3:14: duplicate key 'k' in 'a': it is already set at a.env:2:1");
}

static void a_literal_without_an_equals_sign_is_refused_but_not_shown(void **state)
{
    struct test_build *build = *state;
    generate(build, "secretGenerator:\n- name: a\n  literals: ['password: hunter2']\n");
    expect_error(build, ".", "kustomization.yaml:3:14: expected KEY=VALUE for a literal");
    assert_true(slice_find(buffer_slice(&build->messages), slice_literal("hunter2")) == SLICE_NOT_FOUND);
}

static void a_path_with_a_second_equals_sign_or_an_empty_side_is_refused(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator: [{name: a, files: [a=b=c]}]\n");
    expect_error(build, ".", "more than one '='");
    generate(build, "configMapGenerator: [{name: a, files: [=c]}]\n");
    expect_error(build, ".", "no key before the '='");
    generate(build, "configMapGenerator: [{name: a, files: [a=]}]\n");
    expect_error(build, ".", "no path after the '='");
}

static void an_entry_needs_a_name(void **state)
{
    struct test_build *build = *state;
    generate(build, "secretGenerator:\n- literals: [a=b]\n");
    expect_error(build, ".", "kustomization.yaml:2:3: the generator entry has no 'name'");
}

static void invalid_utf8_becomes_binary_data(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator: [{name: a, files: [b.bin, t.txt]}]\n");
    tree_add_bytes(build, "b.bin", "\xFF\x00\x01", 3);
    tree_add(build, "t.txt", "t");
    expect_field(build, "ConfigMap", "a", "binaryData.b\\.bin", "/wAB");
    expect_field(build, "ConfigMap", "a", "data.b\\.bin", NULL);
    expect_field(build, "ConfigMap", "a", "data.t\\.txt", "t");
}

// 51 bytes are 68 characters in base64, 52 are 72.
static void base64_of_70_characters_and_more_is_wrapped(void **state)
{
    struct test_build *build = *state;
    char bytes[53];
    memset(bytes, 'a', sizeof bytes);
    generate(build, "secretGenerator: [{name: a, files: [k]}]\n");
    tree_add_bytes(build, "k", bytes, 51);
    expect_field(build, "Secret", "a", "data.k",
                 "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh");
    tree_add_bytes(build, "k", bytes, 52);
    expect_field(build, "Secret", "a", "data.k",
                 "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYQ\n==\n");
}

static void a_secret_is_opaque_by_default(void **state)
{
    struct test_build *build = *state;
    generate(build, "secretGenerator:\n- {name: a, literals: [k=v]}\n- {name: b, type: kubernetes.io/basic-auth}\n");
    expect_field(build, "Secret", "a", "type", "Opaque");
    expect_field(build, "Secret", "a", "data.k", "dg==");
    expect_field(build, "Secret", "b", "type", "kubernetes.io/basic-auth");
}

static void a_config_map_has_no_type(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator: [{name: a, type: x}]\n");
    expect_error(build, ".", "kustomization.yaml:1:32: unknown field 'type'");
}

static void options_of_an_entry_override_those_of_the_kustomization(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "configMapGenerator:\n- name: a\n  namespace: ns\n  literals: [k=v]\n"
             "  options: {labels: {l: own, own: o}, annotations: {a: b}}\n- name: b\n"
             "generatorOptions: {disableNameSuffixHash: true, immutable: true, labels: {l: common, common: c}}\n");
    expect_field(build, "ConfigMap", "a", "metadata.labels.l", "own");
    expect_field(build, "ConfigMap", "a", "metadata.labels.own", "o");
    expect_field(build, "ConfigMap", "a", "metadata.labels.common", "c");
    expect_field(build, "ConfigMap", "a", "metadata.annotations.a", "b");
    expect_field(build, "ConfigMap", "a", "metadata.namespace", "ns");
    expect_field(build, "ConfigMap", "a", "immutable", "true");
    expect_field(build, "ConfigMap", "b", "metadata.labels.l", "common");
    expect_field(build, "ConfigMap", "b", "metadata.annotations.a", NULL);
}

static void either_side_can_disable_the_hash(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "configMapGenerator:\n- {name: a, options: {disableNameSuffixHash: true}}\n- {name: b}\n");
    build->options.name_hash = NAME_HASH_V4;
    expect_stream(build, ".",
                  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\n"
                  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b-6ct58987ht\n");
}

static void an_unknown_behavior_has_no_effect_and_is_reported(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator: [{name: a, behavior: marge}]\n");
    expect_warning(
        build, ".",
        "kustomization.yaml:1:42: warning: unknown behavior 'marge' has no effect: expected create, replace, or merge");
}

static void merge_keeps_and_replace_drops_existing_data(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/kustomization.yaml", "configMapGenerator: [{name: a, literals: [old=1, both=1]}]\n");
    generate(build, "resources: [base]\nconfigMapGenerator: [{name: a, behavior: merge, literals: [both=2]}]\n");
    expect_field(build, "ConfigMap", "a", "data.old", "1");
    expect_field(build, "ConfigMap", "a", "data.both", "2");
    generate(build, "resources: [base]\nconfigMapGenerator: [{name: a, behavior: replace, literals: [both=2]}]\n");
    expect_field(build, "ConfigMap", "a", "data.old", NULL);
    expect_field(build, "ConfigMap", "a", "data.both", "2");
}

static void merging_without_a_match_is_refused(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator:\n- {name: a, behavior: merge}\n");
    expect_error(build, ".", "kustomization.yaml:2:10: ");
    generate(build, "resources: [a.yaml]\nconfigMapGenerator:\n- {name: a}\n");
    tree_add(build, "a.yaml", CONFIG_MAP("a"));
    expect_error(build, ".", "kustomization.yaml:3:3: ");
}

static void the_older_env_field_adds_a_file(void **state)
{
    struct test_build *build = *state;
    generate(build, "configMapGenerator: [{name: a, env: a.env, envs: [b.env]}]\n");
    tree_add(build, "a.env", "a=1\n");
    tree_add(build, "b.env", "b=2\n");
    expect_field(build, "ConfigMap", "a", "data.a", "1");
    expect_field(build, "ConfigMap", "a", "data.b", "2");
}

static void a_generator_plugin_is_named_by_its_metadata_and_ignores_env(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "generators: [gen.yaml]\n" PLAIN_NAMES);
    tree_add(build, "a.env", "a=1\n");
    tree_add(build, "gen.yaml",
             "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: m, namespace: ns}\nenv: a.env\n"
             "literals: [k=v]\noptions: {disableNameSuffixHash: true}\n");
    expect_field(build, "ConfigMap", "m", "metadata.namespace", "ns");
    expect_field(build, "ConfigMap", "m", "data.k", "v");
    expect_field(build, "ConfigMap", "m", "data.a", NULL);
}

int test_generators(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(pairs_come_from_env_files_literals_and_files),
        build_test(one_pair_of_quotes_around_a_literal_is_removed),
        build_test(a_key_in_two_sources_is_refused_with_both_positions),
        build_test(a_literal_without_an_equals_sign_is_refused_but_not_shown),
        build_test(a_path_with_a_second_equals_sign_or_an_empty_side_is_refused),
        build_test(an_entry_needs_a_name),
        build_test(invalid_utf8_becomes_binary_data),
        build_test(base64_of_70_characters_and_more_is_wrapped),
        build_test(a_secret_is_opaque_by_default),
        build_test(a_config_map_has_no_type),
        build_test(options_of_an_entry_override_those_of_the_kustomization),
        build_test(either_side_can_disable_the_hash),
        build_test(an_unknown_behavior_has_no_effect_and_is_reported),
        build_test(merge_keeps_and_replace_drops_existing_data),
        build_test(merging_without_a_match_is_refused),
        build_test(the_older_env_field_adds_a_file),
        build_test(a_generator_plugin_is_named_by_its_metadata_and_ignores_env),
    };
    return cmocka_run_group_tests_name("generators", tests, NULL, NULL);
}
