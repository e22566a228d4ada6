#include "tests/support.h"

#include "schema/field_spec.h"
#include "schema/kind_order.h"
#include "schema/well_known_names.h"

static struct field_spec spec_of(struct test_reader *test, const char *kind, const char *path, bool create)
{
    return field_spec_new(&test->arena, &test->names, (struct slice){0}, (struct slice){0}, slice_from(kind),
                          slice_from(path), create);
}

// Sets each place to the string `X` or, if it is a map, its field `x` to `X`.
static bool mark(void *state, struct node **leaf)
{
    struct test_reader *test = state;
    struct node *text = node_new_string(&test->arena, slice_literal("X"), (*leaf)->position);
    if (node_is_map(*leaf))
        node_map_set(&test->arena, *leaf, name_intern(&test->names, slice_literal("x")), text);
    else
        *leaf = text;
    return true;
}

static bool walk(struct test_reader *test, struct node *root, const char *path, bool create, enum field_leaf leaf)
{
    struct field_walk marking = {&test->arena, &test->diagnostics, leaf, true, mark, test};
    struct field_spec spec = spec_of(test, "", path, create);
    return field_spec_walk(&marking, &spec, root);
}

// For comparing documents without their positions.
static void print(const struct node *node, struct buffer *out)
{
    if (node_is_scalar(node)) {
        buffer_add_format(out, "%.*s", SLICE_ARGS(node_text(node)));
    } else if (node_is_map(node)) {
        for (uint32_t i = 0; i < node->count; i++) {
            buffer_add_format(out, "%s%.*s:", i ? "," : "{", SLICE_ARGS(node->entries[i].key->text));
            print(node->entries[i].value, out);
        }
        buffer_add_text(out, node->count ? "}" : "{}");
    } else {
        for (uint32_t i = 0; i < node->count; i++) {
            buffer_add_text(out, i ? "," : "[");
            print(node->items[i], out);
        }
        buffer_add_text(out, node->count ? "]" : "[]");
    }
}

static void expect_walk(struct test_reader *test, const char *document, const char *path, bool create,
                        enum field_leaf leaf, const char *expected)
{
    struct node *root = reader_resource(test, "a.yaml", document);
    assert_true(walk(test, root, path, create, leaf));
    test->out.length = 0;
    print(root, &test->out);
    expect_text(buffer_slice(&test->out), expected);
}

static void expect_walk_error(struct test_reader *test, const char *document, const char *path, const char *message)
{
    assert_false(walk(test, reader_resource(test, "a.yaml", document), path, false, FIELD_LEAF_SCALAR));
    assert_int_equal(test->diagnostics.count, 1);
    test->out.length = 0;
    render_message(&test->diagnostics, &test->diagnostics.items[0], &test->out);
    expect_contains(buffer_slice(&test->out), message);
    diagnostics_forget(&test->diagnostics, 0);
}

static void sequences_consume_no_segment(void **state)
{
    expect_walk(*state, "a: [{b: 1}, {b: 2}, {c: 3}]\n", "a/b", false, FIELD_LEAF_SCALAR, "{a:[{b:X},{b:X},{c:3}]}");
    expect_walk(*state, "a: [{b: 1}]\n", "a[]/b", false, FIELD_LEAF_SCALAR, "{a:[{b:X}]}");
    expect_walk(*state, "a: [[{b: 1}], {b: 2}]\n", "a/b", false, FIELD_LEAF_SCALAR, "{a:[[{b:X}],{b:X}]}");
}

static void missing_fields_are_created_only_if_the_spec_says_so(void **state)
{
    expect_walk(*state, "k: v\n", "a/b/c", false, FIELD_LEAF_SCALAR, "{k:v}");
    expect_walk(*state, "k: v\n", "a/b/c", true, FIELD_LEAF_SCALAR, "{k:v,a:{b:{c:X}}}");
    expect_walk(*state, "k: v\n", "a/b", true, FIELD_LEAF_MAP, "{k:v,a:{b:{x:X}}}");
    expect_walk(*state, "k: v\n", "a/b", true, FIELD_LEAF_ANY, "{k:v}");
}

static void a_list_is_never_created(void **state)
{
    expect_walk(*state, "k: v\n", "a[]/b", true, FIELD_LEAF_SCALAR, "{k:v}");
    expect_walk(*state, "a: {}\n", "a/b[]/c", true, FIELD_LEAF_SCALAR, "{a:{}}");
}

static void null_counts_as_missing(void **state)
{
    expect_walk(*state, "a: {b: }\n", "a/b/c", false, FIELD_LEAF_SCALAR, "{a:{b:}}");
    expect_walk(*state, "a: {b: null}\n", "a/b/c", true, FIELD_LEAF_SCALAR, "{a:{b:{c:X}}}");
    expect_walk(*state, "a: {b: ~}\n", "a/b", true, FIELD_LEAF_MAP, "{a:{b:{x:X}}}");
    expect_walk(*state, "a: [{}, {b: {c: 1}}, {b: }]\n", "a/b/c", true, FIELD_LEAF_SCALAR,
                "{a:[{b:{c:X}},{b:{c:X}},{b:{c:X}}]}");
    expect_walk(*state, "a: [null, {b: 1}]\n", "a/b", true, FIELD_LEAF_SCALAR, "{a:[null,{b:X}]}");
}

static void a_null_list_becomes_an_empty_one(void **state)
{
    expect_walk(*state, "a: \n", "a[]/b", false, FIELD_LEAF_SCALAR, "{a:[]}");
    expect_walk(*state, "a: \n", "a[]/b", true, FIELD_LEAF_SCALAR, "{a:[]}");
}

static void a_slash_may_be_escaped(void **state)
{
    expect_walk(*state, "a: {b.io/c: 1}\n", "a/b.io\\/c", false, FIELD_LEAF_SCALAR, "{a:{b.io/c:X}}");
    expect_walk(*state, "a: {b/c/d: 1}\n", "a/b\\/c\\/d", false, FIELD_LEAF_SCALAR, "{a:{b/c/d:X}}");
    expect_walk(*state, "a: {b: 1}\n", "/a/b", false, FIELD_LEAF_SCALAR, "{a:{b:X}}");
}

static void a_scalar_in_the_middle_of_a_path_is_an_error(void **state)
{
    expect_walk_error(*state, "a: {b: text}\n", "a/b/c", "a.yaml:1:8: ");
    expect_walk_error(*state, "a: [1]\n", "a/b", "a.yaml:1:5: ");
}

static void an_empty_segment_is_an_error_once_it_is_reached(void **state)
{
    expect_walk_error(*state, "a: {b: 1}\n", "a//b", "empty element");
    expect_walk_error(*state, "a: 1\n", "", "empty element");
    expect_walk(*state, "k: v\n", "a//b", false, FIELD_LEAF_SCALAR, "{k:v}");
}

static void a_number_is_not_a_field_name(void **state)
{
    expect_walk_error(*state, "a: {1: b}\n", "a/1", "is not a field name");
    expect_walk_error(*state, "a: {'-': b}\n", "a/-", "is not a field name");
}

// --- Lists.

static void a_spec_counts_as_present_if_a_narrower_one_exists(void **state)
{
    struct test_reader *test = *state;
    struct field_specs specs = {0};
    bool conflict;
    field_specs_merge(&test->arena, &specs, spec_of(test, "Foo", "spec/x", false), &conflict);
    field_specs_merge(&test->arena, &specs, spec_of(test, "", "spec/x", false), &conflict);
    assert_int_equal(specs.count, 1);
    field_specs_merge(&test->arena, &specs, spec_of(test, "Bar", "spec/x", false), &conflict);
    assert_int_equal(specs.count, 2);
    assert_false(conflict);
    assert_false(field_specs_merge(&test->arena, &specs, spec_of(test, "Bar", "spec/x", true), &conflict));
    assert_true(conflict);
}

static void a_spec_selects_by_equal_parts(void **state)
{
    struct test_reader *test = *state;
    struct field_spec spec = field_spec_new(&test->arena, &test->names, slice_literal("apps"), slice_literal(""),
                                            slice_literal("Deployment"), slice_literal("spec"), false);
    const struct name *apps = name_intern(&test->names, slice_literal("apps"));
    const struct name *v1 = name_intern(&test->names, slice_literal("v1"));
    const struct name *deployment = name_intern(&test->names, slice_literal("Deployment"));
    assert_true(field_spec_selects(&spec, apps, v1, deployment));
    assert_false(field_spec_selects(&spec, NAME(empty), v1, deployment));
    assert_false(field_spec_selects(&spec, apps, v1, NAME(ConfigMap)));
}

static void defaults_are_those_of_kustomize(void **state)
{
    struct test_reader *test = *state;
    struct field_config *config = field_config_new(&test->arena, &test->names, RELEASE_NEWEST, NULL);
    static const size_t counts[FIELD_SPECS_COUNT] = {
        [FIELD_SPECS_NAME_PREFIX] = 1,    [FIELD_SPECS_NAME_SUFFIX] = 1,     [FIELD_SPECS_NAMESPACE] = 3,
        [FIELD_SPECS_COMMON_LABELS] = 32, [FIELD_SPECS_TEMPLATE_LABELS] = 9, [FIELD_SPECS_COMMON_ANNOTATIONS] = 9,
        [FIELD_SPECS_VAR_REFERENCE] = 72, [FIELD_SPECS_IMAGES] = 7,          [FIELD_SPECS_REPLICAS] = 4,
        [FIELD_SPECS_CLAIM_LABELS] = 1,
    };
    for (size_t i = 0; i < FIELD_SPECS_COUNT; i++)
        assert_int_equal(field_config_list(config, (enum field_spec_list)i)->count, counts[i]);
    struct field_config *old = field_config_new(&test->arena, &test->names, RELEASE_V5_8_1, NULL);
    assert_int_equal(field_config_list(old, FIELD_SPECS_COMMON_LABELS)->count, 32);
    assert_int_equal(field_config_list(old, FIELD_SPECS_TEMPLATE_LABELS)->count, 10);
    assert_int_equal(field_config_list(old, FIELD_SPECS_IMAGES)->count, 6);
    const struct name_references *references = field_config_name_references(config);
    assert_int_equal(references->count, 16);
    // In the legacy order of kinds.
    expect_text(references->items[0].kind->text, "StorageClass");
    expect_text(references->items[15].kind->text, "ReplicationController");
}

static void merging_the_defaults_with_themselves_costs_nothing(void **state)
{
    struct test_reader *test = *state;
    struct field_config *defaults = field_config_new(&test->arena, &test->names, RELEASE_NEWEST, NULL);
    assert_ptr_equal(field_config_merge(NULL, defaults, &test->diagnostics), defaults);
    assert_ptr_equal(field_config_merge(defaults, defaults, &test->diagnostics), defaults);
}

static void a_narrow_spec_replaces_a_default_if_it_comes_first(void **state)
{
    struct test_reader *test = *state;
    struct field_config *defaults = field_config_new(&test->arena, &test->names, RELEASE_NEWEST, NULL);
    struct field_config *own = field_config_new_empty(&test->arena, &test->names);
    field_config_add(own, FIELD_SPECS_COMMON_ANNOTATIONS, spec_of(test, "Foo", "metadata/annotations", true));
    struct field_config *both = field_config_merge(defaults, own, &test->diagnostics);
    assert_int_equal(field_config_list(both, FIELD_SPECS_COMMON_ANNOTATIONS)->count, 10);
    // If they are merged again, the general spec is the later one and is lost.
    struct field_config *again = field_config_merge(NULL, both, &test->diagnostics);
    assert_int_equal(field_config_list(again, FIELD_SPECS_COMMON_ANNOTATIONS)->count, 9);
    assert_int_equal(test->diagnostics.count, 0);
}

static void specs_that_differ_in_create_conflict(void **state)
{
    struct test_reader *test = *state;
    struct field_config *own = field_config_new_empty(&test->arena, &test->names);
    struct field_spec spec = spec_of(test, "", "metadata/annotations", false);
    spec.position = (struct position){0, 3, 1};
    field_config_add(own, FIELD_SPECS_COMMON_ANNOTATIONS, spec);
    assert_null(field_config_merge(field_config_new(&test->arena, &test->names, RELEASE_NEWEST, NULL), own,
                                   &test->diagnostics));
    assert_int_equal(test->diagnostics.count, 1);
    expect_contains(test->diagnostics.items[0].message, "commonAnnotations");
    assert_int_equal(test->diagnostics.items[0].position.line, 3);
}

static void kinds_have_a_rank(void **state)
{
    (void)state;
    assert_true(kind_rank(slice_literal("Namespace")) < kind_rank(slice_literal("ResourceQuota")));
    assert_int_equal(kind_rank(slice_literal("PodDisruptionBudget")), -1);
    assert_int_equal(kind_rank(slice_literal("Pod")), 0);
    assert_int_equal(kind_rank(slice_literal("ValidatingWebhookConfiguration")), 2);
}

static void kinds_of_equal_rank_compare_as_one_string(void **state)
{
    struct test_reader *test = *state;
    const struct name *group = name_intern(&test->names, slice_literal("apps"));
    const struct name *longer = name_intern(&test->names, slice_literal("apps.io"));
    const struct name *v1 = name_intern(&test->names, slice_literal("v1"));
    struct kind_key core = {NAME(empty), v1, NAME(ConfigMap)}, apps = {group, v1, NAME(ConfigMap)};
    assert_true(kind_compare(apps, core) < 0);
    // `_` comes after `.`, so the longer group is the smaller string.
    assert_true(kind_compare((struct kind_key){longer, v1, NAME(ConfigMap)}, apps) < 0);
    assert_int_equal(kind_compare(apps, apps), 0);
}

int test_field_spec(void)
{
    static const struct CMUnitTest tests[] = {
        reader_test(sequences_consume_no_segment),
        reader_test(missing_fields_are_created_only_if_the_spec_says_so),
        reader_test(a_list_is_never_created),
        reader_test(null_counts_as_missing),
        reader_test(a_null_list_becomes_an_empty_one),
        reader_test(a_slash_may_be_escaped),
        reader_test(a_scalar_in_the_middle_of_a_path_is_an_error),
        reader_test(an_empty_segment_is_an_error_once_it_is_reached),
        reader_test(a_number_is_not_a_field_name),
        reader_test(a_spec_counts_as_present_if_a_narrower_one_exists),
        reader_test(a_spec_selects_by_equal_parts),
        reader_test(defaults_are_those_of_kustomize),
        reader_test(merging_the_defaults_with_themselves_costs_nothing),
        reader_test(a_narrow_spec_replaces_a_default_if_it_comes_first),
        reader_test(specs_that_differ_in_create_conflict),
        reader_test(kinds_have_a_rank),
        reader_test(kinds_of_equal_rank_compare_as_one_string),
    };
    return cmocka_run_group_tests_name("field_spec", tests, NULL, NULL);
}
