#include "tests/support.h"

#include "yaml/edit.h"

// A text, a change to its tree, and the resulting text.
struct edit_case {
    struct test_reader reader;
    const struct source *source;
    struct node *tree;
};

static void begin(struct edit_case *test, const char *text)
{
    reader_begin(&test->reader);
    test->source = reader_source(&test->reader, "kustomization.yaml", slice_from(text));
    struct node *tree;
    assert_true(yaml_read_first(&test->reader.context, test->source, &tree));
    test->tree = tree ? node_copy(&test->reader.arena, tree) : node_new_map(&test->reader.arena, (struct position){0});
}

static void expect(struct edit_case *test, const char *wanted)
{
    struct buffer out = {0};
    assert_true(yaml_edit(&test->reader.context, test->source, test->tree, &out));
    expect_text(buffer_slice(&out), wanted);
    buffer_free(&out);
    reader_end(&test->reader);
}

static const struct name *name(struct edit_case *test, const char *text)
{
    return name_intern(&test->reader.names, slice_from(text));
}

static struct node *string(struct edit_case *test, const char *text)
{
    return node_new_string(&test->reader.arena, slice_from(text), (struct position){0});
}

static struct node *field(struct edit_case *test, const char *key)
{
    return node_map_get(test->tree, name(test, key));
}

static void set(struct edit_case *test, struct node *map, const char *key, struct node *value)
{
    node_map_set(&test->reader.arena, map, name(test, key), value);
}

static void an_unedited_file_does_not_change(void **state)
{
    (void)state;
    static const char text[] = "# head\n---\nresources: # these\n  - a   # one\n\n  - 'b'\nfoo: {x: [1,2]}\n\n# end\n";
    struct edit_case test;
    begin(&test, text);
    expect(&test, text);
}

static void an_item_is_added_after_the_last_one_with_its_indentation(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "resources:\n  - a   # one\n# two\n  - b # last\n\n# namespace\nnamespace: x\n");
    node_sequence_append(&test.reader.arena, field(&test, "resources"), string(&test, "c"));
    expect(&test, "resources:\n  - a   # one\n# two\n  - b # last\n  - c\n\n# namespace\nnamespace: x\n");
}

static void a_scalar_keeps_its_quotes_and_its_comment(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "namePrefix:   'a-'   # short\nnamespace: old # here\n");
    set(&test, test.tree, "namePrefix", string(&test, "b-"));
    set(&test, test.tree, "namespace", string(&test, "yes"));
    expect(&test, "namePrefix:   'b-'   # short\nnamespace: \"yes\" # here\n");
}

static void a_new_field_goes_to_the_end_even_without_a_final_newline(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "resources:\n- a");
    set(&test, test.tree, "namespace", string(&test, "ns"));
    expect(&test, "resources:\n- a\nnamespace: ns\n");
}

static void an_item_is_removed_with_its_line_only(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "resources:\n# first\n- a\n# second\n- b\n- c\n");
    node_sequence_remove(field(&test, "resources"), 1);
    expect(&test, "resources:\n# first\n- a\n# second\n- c\n");
}

static void a_field_is_removed_with_all_its_lines(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "a: 1\nlist:\n- x: |\n    text\n\n    more\n- y\n# about b\nb: 2\n");
    node_map_remove(test.tree, name(&test, "list"));
    expect(&test, "a: 1\n# about b\nb: 2\n");
}

static void an_entry_with_the_same_name_is_changed_in_place(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "images:\n# the app\n- newTag: v1 # tag\n  name: app\n- name: db\n");
    struct node *images = field(&test, "images");
    set(&test, images->items[0], "newTag", string(&test, "1.10"));
    struct node *added = node_new_map(&test.reader.arena, (struct position){0});
    set(&test, added, "newTag", string(&test, "v2"));
    set(&test, added, "name", string(&test, "cache"));
    node_sequence_insert(&test.reader.arena, images, 1, added);
    expect(&test,
           "images:\n# the app\n- newTag: \"1.10\" # tag\n  name: app\n- name: cache\n  newTag: v2\n- name: db\n");
}

static void the_first_key_of_an_item_leaves_its_dash(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "images:\n- digest: x\n  name: app\n");
    node_map_remove(field(&test, "images")->items[0], name(&test, "digest"));
    expect(&test, "images:\n- name: app\n");
}

static void flow_collections_stay_flow_while_they_hold_scalars(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "resources: [a, b]  # two\ncommonLabels: {app: x}\nimages: []\n");
    node_sequence_append(&test.reader.arena, field(&test, "resources"), string(&test, "c,d"));
    set(&test, field(&test, "commonLabels"), "tier", string(&test, "y"));
    struct node *image = node_new_map(&test.reader.arena, (struct position){0});
    set(&test, image, "name", string(&test, "app"));
    node_sequence_append(&test.reader.arena, field(&test, "images"), image);
    expect(&test, "resources: [a, b, \"c,d\"]  # two\ncommonLabels: {app: x, tier: \"y\"}\nimages:\n- name: app\n");
}

static void a_missing_value_becomes_a_block(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "resources: # none yet\nnamespace:\n");
    struct node *list = node_new_sequence(&test.reader.arena, (struct position){0});
    node_sequence_append(&test.reader.arena, list, string(&test, "a"));
    set(&test, test.tree, "resources", list);
    set(&test, test.tree, "namespace", string(&test, "ns"));
    expect(&test, "resources: # none yet\n- a\nnamespace: ns\n");
}

static void carriage_returns_are_kept(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "resources:\r\n- a\r\nnamespace: x\r\n");
    node_sequence_append(&test.reader.arena, field(&test, "resources"), string(&test, "b"));
    set(&test, test.tree, "nameSuffix", string(&test, "-z"));
    expect(&test, "resources:\r\n- a\r\n- b\r\nnamespace: x\r\nnameSuffix: -z\r\n");
}

static void non_ascii_letters_do_not_shift_positions(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "# größe ✓\nnamespace: größe # ü\nnamePrefix: b\n");
    set(&test, test.tree, "namespace", string(&test, "ä"));
    set(&test, test.tree, "namePrefix", string(&test, "c"));
    expect(&test, "# größe ✓\nnamespace: ä # ü\nnamePrefix: c\n");
}

static void an_empty_file_gets_the_fields(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "# nothing yet\n");
    set(&test, test.tree, "kind", string(&test, "Kustomization"));
    expect(&test, "# nothing yet\nkind: Kustomization\n");
}

static void a_block_scalar_is_written_below_its_key(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "patches:\n  - path: a.yaml\n");
    struct node *patch = node_new_map(&test.reader.arena, (struct position){0});
    set(&test, patch, "patch", string(&test, "- op: add\n  path: /x\n"));
    node_sequence_append(&test.reader.arena, field(&test, "patches"), patch);
    expect(&test, "patches:\n  - path: a.yaml\n  - patch: |\n      - op: add\n        path: /x\n");
}

static struct node *named(struct edit_case *test, const char *text)
{
    struct node *map = node_new_map(&test->reader.arena, (struct position){0});
    set(test, map, "name", string(test, text));
    return map;
}

static void a_moved_item_keeps_its_comment(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "images:\n# zed\n- name: z\n  newTag: 'v1' # old\n\n# alpha\n- name: a\n\n# end\nkind: K\n");
    struct node *images = field(&test, "images"), *first = images->items[0];
    images->items[0] = images->items[1];
    images->items[1] = first;
    set(&test, first, "newTag", string(&test, "v2"));
    expect(&test, "images:\n# alpha\n- name: a\n\n# zed\n- name: z\n  newTag: 'v2' # old\n\n# end\nkind: K\n");
}

static void an_item_from_another_list_keeps_its_lines(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "resources:\n  - a\nbases:\n# one\n- b   # first\n- 'c'\nkind: K\n");
    struct node *bases = field(&test, "bases");
    node_sequence_append(&test.reader.arena, field(&test, "resources"), bases->items[0]);
    node_sequence_append(&test.reader.arena, field(&test, "resources"), bases->items[1]);
    node_map_remove(test.tree, name(&test, "bases"));
    expect(&test, "resources:\n  - a\n  # one\n  - b   # first\n  - 'c'\nkind: K\n");
}

static void a_value_under_a_new_key_keeps_its_lines(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "# the bases\nbases:   # here\n# one\n- b\nkind: K\n");
    struct node *bases = field(&test, "bases");
    node_map_remove(test.tree, name(&test, "bases"));
    set(&test, test.tree, "resources", bases);
    expect(&test, "# the bases\nresources:   # here\n# one\n- b\nkind: K\n");
}

static void a_value_that_goes_deeper_is_indented(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "commonLabels:\n  a: x   # a\n  b: |\n    text\n\n    more\nkind: K\n");
    struct node *labels = field(&test, "commonLabels"), *entry = named(&test, "m");
    struct node *list = node_new_sequence(&test.reader.arena, (struct position){0});
    set(&test, entry, "pairs", labels);
    node_sequence_append(&test.reader.arena, list, entry);
    set(&test, test.tree, "labels", list);
    node_map_remove(test.tree, name(&test, "commonLabels"));
    expect(&test, "kind: K\nlabels:\n- name: m\n  pairs:\n    a: x   # a\n    b: |\n      text\n\n      more\n");
}

static void lines_between_brackets_stay_lines(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "r: [\n  a, # one\n  b  # two\n]\ns: [ x, y, z ]\n");
    node_sequence_append(&test.reader.arena, field(&test, "r"), string(&test, "c"));
    node_sequence_remove(field(&test, "s"), 0);
    expect(&test, "r: [\n  a, # one\n  b,  # two\n  c\n]\ns: [ y, z ]\n");
}

static void maps_between_brackets_are_changed_inside(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "l: [{name: 'a', n: 1}, {name: b}]   # all\n");
    set(&test, field(&test, "l")->items[1], "tag", string(&test, "yes"));
    set(&test, field(&test, "l")->items[0], "name", string(&test, "A"));
    expect(&test, "l: [{name: 'A', n: 1}, {name: b, tag: \"yes\"}]   # all\n");
}

static void json_stays_json(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "{\n  \"a\": [\"x\"]\n}\n");
    node_sequence_append(&test.reader.arena, field(&test, "a"), string(&test, "two\nlines \"\x01"));
    set(&test, test.tree, "b", string(&test, "1"));
    expect(&test, "{\n  \"a\": [\"x\", \"two\\nlines \\\"\\x01\"],\n  \"b\": \"1\"\n}\n");
}

static void an_alias_is_expanded_when_only_its_anchor_changes(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "a: &x\n  k: v\nb: *x\n");
    set(&test, field(&test, "a"), "l", string(&test, "m"));
    expect(&test, "a: &x\n  k: v\n  l: m\nb:\n  k: v\n");
    assert_int_equal(test.reader.diagnostics.count, 0);
}

static void an_alias_is_expanded_when_its_anchor_is_removed(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "# head\na: &x [k]\nb: *x  # b\nc: {<<: {d: e}}\n");
    node_map_remove(test.tree, name(&test, "a"));
    expect(&test, "# head\nb:  # b\n- k\nc: {<<: {d: e}}\n");
}

static void keys_of_a_merged_map_can_be_overridden(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "a: &x\n  k: v\nb:\n  <<: *x\n  own: o # own\n");
    set(&test, field(&test, "b"), "k", string(&test, "w"));
    expect(&test, "a: &x\n  k: v\nb:\n  <<: *x\n  own: o # own\n  k: w\n");
}

static void a_dash_in_a_comment_is_not_an_item(void **state)
{
    (void)state;
    struct edit_case test;
    begin(&test, "l:\n- # a - b\n  name: a\n- - x\n  - y\n");
    node_sequence_remove(field(&test, "l")->items[1], 0);
    node_sequence_append(&test.reader.arena, field(&test, "l"), string(&test, "end"));
    expect(&test, "l:\n- # a - b\n  name: a\n- - y\n- end\n");
}

static void entries_between_brackets_keep_line_breaks_and_positions(void **state)
{
    (void)state;
    struct edit_case test;
    // The line break of a removed entry has two characters, and so has that of a new one.
    begin(&test, "{\r\n  a: 1,\r\n  b: 2\r\n}\r\n");
    node_map_remove(test.tree, name(&test, "a"));
    set(&test, test.tree, "c", string(&test, "x"));
    expect(&test, "{\r\n  b: 2,\r\n  c: x\r\n}\r\n");
    // A value under another key stays where it is.
    begin(&test, "{\n  # old\n  bases: [a],  # one\n  n: x\n}\n");
    set(&test, test.tree, "resources", field(&test, "bases"));
    node_map_remove(test.tree, name(&test, "bases"));
    expect(&test, "{\n  # old\n  resources: [a],  # one\n  n: x\n}\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_unedited_file_does_not_change),
    cmocka_unit_test(an_item_is_added_after_the_last_one_with_its_indentation),
    cmocka_unit_test(a_scalar_keeps_its_quotes_and_its_comment),
    cmocka_unit_test(a_new_field_goes_to_the_end_even_without_a_final_newline),
    cmocka_unit_test(an_item_is_removed_with_its_line_only),
    cmocka_unit_test(a_field_is_removed_with_all_its_lines),
    cmocka_unit_test(an_entry_with_the_same_name_is_changed_in_place),
    cmocka_unit_test(the_first_key_of_an_item_leaves_its_dash),
    cmocka_unit_test(flow_collections_stay_flow_while_they_hold_scalars),
    cmocka_unit_test(a_missing_value_becomes_a_block),
    cmocka_unit_test(carriage_returns_are_kept),
    cmocka_unit_test(non_ascii_letters_do_not_shift_positions),
    cmocka_unit_test(an_empty_file_gets_the_fields),
    cmocka_unit_test(a_block_scalar_is_written_below_its_key),
    cmocka_unit_test(a_moved_item_keeps_its_comment),
    cmocka_unit_test(an_item_from_another_list_keeps_its_lines),
    cmocka_unit_test(a_value_under_a_new_key_keeps_its_lines),
    cmocka_unit_test(a_value_that_goes_deeper_is_indented),
    cmocka_unit_test(lines_between_brackets_stay_lines),
    cmocka_unit_test(maps_between_brackets_are_changed_inside),
    cmocka_unit_test(entries_between_brackets_keep_line_breaks_and_positions),
    cmocka_unit_test(json_stays_json),
    cmocka_unit_test(an_alias_is_expanded_when_only_its_anchor_changes),
    cmocka_unit_test(an_alias_is_expanded_when_its_anchor_is_removed),
    cmocka_unit_test(keys_of_a_merged_map_can_be_overridden),
    cmocka_unit_test(a_dash_in_a_comment_is_not_an_item),
};

int test_yaml_edit(void)
{
    return cmocka_run_group_tests_name("yaml_edit", tests, NULL, NULL);
}
