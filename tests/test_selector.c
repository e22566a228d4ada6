// Label selectors and targets of patches.
#include "tests/support.h"

#include "resource/label_selector.h"

static struct label_selector *parse(struct test_reader *reader, const char *text)
{
    return label_selector_parse(&reader->arena, &reader->diagnostics, (struct text){.slice = slice_from(text)});
}

static void set_label(struct test_reader *reader, struct node *labels, const char *key, const char *value)
{
    node_map_set(&reader->arena, labels, name_intern(&reader->names, slice_from(key)),
                 node_new_string(&reader->arena, slice_from(value), (struct position){0}));
}

// {app: web, empty: "", n: 7, a.b/c: d}
static bool selects(struct test_reader *reader, const char *text)
{
    struct label_selector *selector = parse(reader, text);
    if (!selector)
        fail_msg("'%s' does not parse", text);
    struct node *labels = node_new_map(&reader->arena, (struct position){0});
    set_label(reader, labels, "app", "web");
    set_label(reader, labels, "empty", "");
    set_label(reader, labels, "n", "7");
    set_label(reader, labels, "a.b/c", "d");
    return label_selector_matches(selector, labels);
}

static void operators_are_those_of_kubernetes(void **state)
{
    struct test_reader *reader = *state;
    static const struct {
        const char *selector;
        bool selects;
    } rows[] = {
        {"", true},
        {"app", true},
        {"other", false},
        {"!app", false},
        {"!other", true},
        {"app=web", true},
        {"app==web", true},
        {"app=db", false},
        {"app!=db", true},
        {"app!=web", false},
        {"other!=web", true},
        {"app in (web,db)", true},
        {"app in (db)", false},
        {"app notin (db)", true},
        {"app notin (web)", false},
        {"other notin (web)", true},
        {"empty=", true},
        {"app=", false},
        {"empty in (,x)", true},
        {"empty in (x,)", true},
        {"empty in (x,,y)", true},
        {"n>6", true},
        {"n>7", false},
        {"n<8", true},
        {"app>1", false},
        {"other<1", false},
        {"a.b/c=d", true},
        {"app=web,n=7", true},
        {"app=web,n=8", false},
        {"  app  =  web  ,  !other  ", true},
        {"in notin (x)", true},
    };
    for (size_t i = 0; i < countof(rows); i++)
        if (selects(reader, rows[i].selector) != rows[i].selects)
            fail_msg("'%s' should %sselect", rows[i].selector, rows[i].selects ? "" : "not ");
}

static void an_object_without_labels_has_none(void **state)
{
    struct test_reader *reader = *state;
    assert_true(label_selector_matches(parse(reader, "!app"), NULL));
    assert_false(label_selector_matches(parse(reader, "app"), NULL));
}

static void parse_errors_are_reported(void **state)
{
    struct test_reader *reader = *state;
    static const struct {
        const char *selector, *message;
    } rows[] = {
        {"app in (web", "expected ',' or ')' at the end"},
        {"app in web", "expected '(', found 'web'"},
        {"app in ()", "the list of values is empty"},
        {"app in (a b)", "expected ',' or ')', found 'b'"},
        {"app in (a,,)", "expected a value, found ')'"},
        {"app web", "expected '=', '!=', 'in', or 'notin', found 'web'"},
        {"app=a b", "expected ',', found 'b'"},
        {"app,", "expected a key at the end"},
        {",app", "expected a key, found ','"},
        {"=a", "expected a key, found '='"},
        {"!app=a", "expected ',', found '='"},
        {"n>x", "need an integer"},
        {"a/b/c=d", "'a/b/c' is not a valid key"},
        {"A.b/c=d", "'A.b/c' is not a valid key"},
        {"-a=d", "'-a' is not a valid key"},
        {"a=b/c", "'b/c' is not a valid value"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        size_t before = reader->diagnostics.count;
        if (parse(reader, rows[i].selector))
            fail_msg("'%s' parses", rows[i].selector);
        assert_int_equal(reader->diagnostics.count, before + 1);
        expect_contains(reader->diagnostics.items[before].message, rows[i].message);
    }
}

// --- Targets.

static void expect_patched(struct test_build *build, const char *target, const char *name, bool patched)
{
    struct buffer kustomization = {0};
    buffer_add_format(
        &kustomization,
        "resources: [base]\npatches:\n- target: {%s}\n  patch: |-\n    kind: Any\n    metadata: {name: any}\n"
        "    data: {key: patched}\n%c",
        target, 0);
    tree_add(build, "kustomization.yaml", kustomization.data);
    buffer_free(&kustomization);
    expect_field(build, "ConfigMap", name, "data.key", patched ? "patched" : "value");
}

static void a_target_matches_the_original_and_the_current_name(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/kustomization.yaml", "resources: [a.yaml]\nnamePrefix: p-\nnameSuffix: -s\nnamespace: new\n");
    tree_add(build, "base/a.yaml", CONFIG_MAP("a"));

    expect_patched(build, "name: a", "p-a-s", true);
    expect_patched(build, "name: p-a-s", "p-a-s", true);
    expect_patched(build, "name: p-a", "p-a-s", false);
    expect_patched(build, "name: p-", "p-a-s", false);
    expect_patched(build, "name: 'p-.*'", "p-a-s", true);
    expect_patched(build, "namespace: default", "p-a-s", true);
    expect_patched(build, "namespace: new", "p-a-s", true);
    expect_patched(build, "namespace: old", "p-a-s", false);
}

static void a_target_matches_the_current_type(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/kustomization.yaml", "resources: [a.yaml]\n");
    tree_add(build, "base/a.yaml", CONFIG_MAP("a"));

    expect_patched(build, "", "a", true);
    expect_patched(build, "kind: ConfigMap", "a", true);
    expect_patched(build, "kind: Config", "a", false);
    expect_patched(build, "kind: 'Config.*', version: v1, group: ''", "a", true);
    expect_patched(build, "group: .+", "a", false);
    expect_patched(build, "labelSelector: '!app'", "a", true);
    expect_patched(build, "annotationSelector: app", "a", false);
}

static void an_invalid_expression_is_an_error_at_its_position(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "resources: [a.yaml]\npatches:\n- target: {name: '['}\n  patch: '{kind: A, metadata: {name: a}}'\n");
    tree_add(build, "a.yaml", CONFIG_MAP("a"));

    expect_error(build, ".", "kustomization.yaml:3:18: name: invalid regular expression '[': missing ']'");
}

static void an_invalid_label_selector_is_an_error_when_it_is_used(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/kustomization.yaml", "resources: [a.yaml]\n");
    tree_add(build, "base/a.yaml", CONFIG_MAP("a"));

    expect_patched(build, "name: b, labelSelector: 'x in ('", "a", false);
    tree_add(build, "kustomization.yaml",
             "resources: [base]\npatches:\n- target: {labelSelector: 'x in ('}\n"
             "  patch: '{kind: A, metadata: {name: a}}'\n");
    expect_error(build, ".", "kustomization.yaml:3:27: selector 'x in ('");
}

int test_selector(void)
{
    static const struct CMUnitTest tests[] = {
        reader_test(operators_are_those_of_kubernetes),
        reader_test(an_object_without_labels_has_none),
        reader_test(parse_errors_are_reported),
        build_test(a_target_matches_the_original_and_the_current_name),
        build_test(a_target_matches_the_current_type),
        build_test(an_invalid_expression_is_an_error_at_its_position),
        build_test(an_invalid_label_selector_is_an_error_when_it_is_used),
    };
    return cmocka_run_group_tests_name("selector", tests, NULL, NULL);
}
