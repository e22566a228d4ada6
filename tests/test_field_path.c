#include "tests/support.h"

#include "doc/field_path.h"
#include "yaml/read.h"

// What following a path through a document needs.
struct path_test {
    struct test_reader reader;
    struct node *root;
    struct slice problem;
};

static const char document[] = "data: {k: v, a.b: dotted}\n"
                               "list:\n"
                               "- {name: one, port: 80}\n"
                               "- {name: two.x, port: 81}\n"
                               "texts: [x, xy, z]\n"
                               "empty: null\n";

static int setup(void **state)
{
    struct path_test *test = test_calloc(1, sizeof *test);
    reader_begin(&test->reader);
    const struct source *source = reader_source(&test->reader, "a.yaml", slice_from(document));
    struct node_list documents = {0};
    assert_true(yaml_read_resources(&test->reader.context, source, &documents));
    test->root = documents.items[0];
    *state = test;
    return 0;
}

static int teardown(void **state)
{
    struct path_test *test = *state;
    reader_end(&test->reader);
    test_free(test);
    return 0;
}

#define path_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

static struct field_path *parse(struct path_test *test, const char *text, unsigned flags)
{
    struct field_path *path = field_path_parse(&test->reader.arena, &test->reader.names, slice_from(text), '.', flags,
                                               &test->problem);
    assert_non_null(path);
    return path;
}

// --- Parsing.

static void expect_elements(struct path_test *test, const char *text, unsigned flags, const char *elements)
{
    const struct field_path *path = parse(test, text, flags);
    struct slice joined = {0};
    for (size_t i = 0; i < path->count; i++)
        joined = arena_format(&test->reader.arena, "%.*s%s%.*s", SLICE_ARGS(joined), i ? "|" : "",
                              SLICE_ARGS(path->elements[i].key->text));
    expect_text(joined, elements);
}

static void paths_are_split_at_dots_outside_brackets_and_escapes(void **state)
{
    expect_elements(*state, "a.b.c", 0, "a|b|c");
    expect_elements(*state, "a.b\\.c.d", 0, "a|b.c|d");
    expect_elements(*state, "a.[b.c/d].e", 0, "a|b.c/d|e");
    expect_elements(*state, "a.[name=x.y].b", 0, "a|[name=x.y]|b");
    expect_elements(*state, ".a.b", 0, "a|b");
    expect_elements(*state, "a..b", 0, "a||b");
    expect_elements(*state, "a.[b", 0, "a|b");
    expect_elements(*state, "", 0, "");
}

static void spaces_are_trimmed_on_request(void **state)
{
    expect_elements(*state, " a . b", 0, " a | b");
    expect_elements(*state, " a . b", FIELD_PATH_TRIM, "a|b");
}

static void an_index_in_brackets_is_a_separate_element_in_vars(void **state)
{
    expect_elements(*state, "ports[0].x", FIELD_PATH_BRACKETS, "ports|0|x");
    expect_elements(*state, "[0]", FIELD_PATH_BRACKETS, "0");
    expect_elements(*state, "ports[0].x", 0, "ports[0]|x");
    expect_elements(*state, "ports[a].x", FIELD_PATH_BRACKETS, "ports[a]|x");
}

static void the_syntax_of_an_element_determines_its_kind(void **state)
{
    const struct field_path *path = parse(*state, "a.0.+1.-1.*.[k=v=w].[=x].[k].", 0);
    static const enum field_path_step steps[] = {
        FIELD_PATH_FIELD, FIELD_PATH_INDEX, FIELD_PATH_INDEX, FIELD_PATH_FIELD, FIELD_PATH_EVERY,
        FIELD_PATH_MATCH, FIELD_PATH_MATCH, FIELD_PATH_MATCH, FIELD_PATH_BLANK,
    };
    assert_int_equal(path->count, countof(steps));
    for (size_t i = 0; i < countof(steps); i++)
        assert_int_equal(path->elements[i].step, steps[i]);
    assert_int_equal(path->elements[2].index, 1);
    assert_true(path->elements[3].negative);
    expect_text(path->elements[5].match_key->text, "k");
    expect_text(path->elements[5].match_value, "v=w");
    assert_true(name_is_empty(path->elements[6].match_key));
    assert_null(path->elements[7].match_key);
}

static void a_path_with_too_many_elements_is_refused(void **state)
{
    struct path_test *test = *state;
    struct buffer text = {0};
    for (int i = 0; i <= NODE_DEPTH_MAX; i++)
        buffer_add_text(&text, "a.");
    assert_null(
        field_path_parse(&test->reader.arena, &test->reader.names, buffer_slice(&text), '.', 0, &test->problem));
    expect_contains(test->problem, "at most 1000 are allowed");
    buffer_free(&text);
}

// --- Finding one place.

static void expect_found(struct path_test *test, const char *text, const char *value)
{
    struct node *found;
    assert_true(
        field_path_get(&test->reader.arena, parse(test, text, FIELD_PATH_TRIM), test->root, &found, &test->problem));
    if (!value) {
        assert_null(found);
        return;
    }
    assert_non_null(found);
    expect_text(node_text(found), value);
}

static void expect_problem(struct path_test *test, const char *text, const char *problem)
{
    struct node *found;
    assert_false(
        field_path_get(&test->reader.arena, parse(test, text, FIELD_PATH_TRIM), test->root, &found, &test->problem));
    expect_contains(test->problem, problem);
}

static void a_source_path_selects_one_value(void **state)
{
    expect_found(*state, "data.k", "v");
    expect_found(*state, "data . k.", "v");
    expect_found(*state, "data.[a.b]", "dotted");
    expect_found(*state, "list.0.name", "one");
    expect_found(*state, "list.-.name", "two.x");
    expect_found(*state, "list.[name=two.x].port", "81");
    expect_found(*state, "texts.[=xy]", "xy");
}

static void a_source_path_may_match_nothing(void **state)
{
    expect_found(*state, "data.zz", NULL);
    expect_found(*state, "empty.x", NULL);
    expect_found(*state, "list.2", NULL);
    expect_found(*state, "list.[name=two].port", NULL);
}

static void an_invalid_source_path_is_explained(void **state)
{
    expect_problem(*state, "data.k.x", "expected a map, found a string");
    expect_problem(*state, "data.0", "'0' is read as the index of a list, but this is a map");
    expect_problem(*state, "list.*.name", "matches many fields");
    expect_problem(*state, "list.-1", "must not be negative");
    expect_problem(*state, "list.[name]", "[key=value]");
}

// --- Finding all places.

static struct tree *refuse_scalar(void *state, struct slice text, struct slice *problem)
{
    (void)state, (void)text;
    *problem = slice_literal("no structure");
    return NULL;
}

static struct slice plain_text(void *state, struct field_path_at at)
{
    (void)state;
    return at.node->kind == NODE_SCALAR ? node_text(at.node) : slice_literal("a map");
}

static bool find(struct path_test *test, const char *text, bool create, struct field_path_places *places)
{
    struct field_path_search search = {
        .arena = &test->reader.arena,
        .create = create,
        .create_kind = NODE_SCALAR,
        .open = refuse_scalar,
        .print = plain_text,
    };
    struct field_path *path = parse(test, text, 0);
    test->problem = (struct slice){0};
    return field_path_find(&search, path->elements, path->count, (struct field_path_at){.node = test->root}, places,
                           &test->problem);
}

static void expect_places(struct path_test *test, const char *text, const char *texts)
{
    struct field_path_places places = {0};
    assert_true(find(test, text, false, &places));
    struct slice joined = {0};
    for (size_t i = 0; i < places.count; i++)
        joined = arena_format(&test->reader.arena, "%.*s%s%.*s", SLICE_ARGS(joined), i ? "|" : "",
                              SLICE_ARGS(node_text(places.items[i].at.node)));
    expect_text(joined, texts);
}

static void a_target_path_selects_all_matching_values(void **state)
{
    expect_places(*state, "data.k", "v");
    expect_places(*state, "list.*.port", "80|81");
    expect_places(*state, "list.1.port", "81");
    expect_places(*state, "list.[name=o].port", "80|81");
    expect_places(*state, "list.[name=^o].port", "80");
    expect_places(*state, "texts.[=x]", "x|xy");
    expect_places(*state, "list.*.zz", "");
    expect_places(*state, "zz.a", "");
}

static void an_invalid_target_path_is_explained(void **state)
{
    struct field_path_places places = {0};
    assert_false(find(*state, "list.2.port", false, &places));
    expect_contains(((struct path_test *)*state)->problem, "index 2 is out of range: the list has 2 items");
    assert_false(find(*state, "data.*", false, &places));
    expect_contains(((struct path_test *)*state)->problem, "expected a list");
    assert_false(find(*state, "data..k", false, &places));
    expect_contains(((struct path_test *)*state)->problem, "empty");
    assert_false(find(*state, "data.k.x", false, &places));
    expect_contains(((struct path_test *)*state)->problem, "no structure");
    assert_false(find(*state, "list.[name=(].port", false, &places));
    assert_true(((struct path_test *)*state)->problem.length > 0);
}

static void expect_created(struct path_test *test, const char *text, const char *where, const char *dump)
{
    struct field_path_places places = {0};
    assert_true(find(test, text, true, &places));
    assert_int_equal(places.count, 1);
    assert_true(places.items[0].created);
    node_set_text(places.items[0].at.node, slice_literal("NEW"));
    struct node *found;
    assert_true(field_path_get(&test->reader.arena, parse(test, where, 0), test->root, &found, &test->problem));
    assert_non_null(found);
    expect_contains(node_dump(&test->reader.arena, found), dump);
}

static void missing_fields_are_created(void **state)
{
    expect_created(*state, "data.new", "data.new", "[NEW]");
    expect_created(*state, "deep.a.b", "deep.a.b", "[NEW]");
    expect_created(*state, "made.0.x", "made.0.x", "[NEW]");
    expect_created(*state, "list.2.name", "list.2.name", "[NEW]");
    expect_created(*state, "list.[name=four].port", "list.[name=four].port", "[NEW]");
    expect_created(*state, "fresh.[=v]", "fresh.0", "[NEW]");
}

static void an_element_cannot_be_created_if_its_expression_does_not_match_itself(void **state)
{
    struct field_path_places places = {0};
    assert_false(find(*state, "list.[name=^five$].port", true, &places));
    expect_contains(((struct path_test *)*state)->problem, "would not match");
}

int test_field_path(void)
{
    static const struct CMUnitTest tests[] = {
        path_test(paths_are_split_at_dots_outside_brackets_and_escapes),
        path_test(spaces_are_trimmed_on_request),
        path_test(an_index_in_brackets_is_a_separate_element_in_vars),
        path_test(the_syntax_of_an_element_determines_its_kind),
        path_test(a_path_with_too_many_elements_is_refused),
        path_test(a_source_path_selects_one_value),
        path_test(a_source_path_may_match_nothing),
        path_test(an_invalid_source_path_is_explained),
        path_test(a_target_path_selects_all_matching_values),
        path_test(an_invalid_target_path_is_explained),
        path_test(missing_fields_are_created),
        path_test(an_element_cannot_be_created_if_its_expression_does_not_match_itself),
    };
    return cmocka_run_group_tests_name("field_path", tests, NULL, NULL);
}
