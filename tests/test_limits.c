// The limits of docs/kustomize.md that a whole build can reach.
#include <stdio.h>

#include "tests/support.h"

static void add_directory(struct test_build *build, int number, const char *entry)
{
    char path[64], content[64];
    if (number)
        snprintf(path, sizeof path, "d%d/kustomization.yaml", number);
    else
        snprintf(path, sizeof path, "kustomization.yaml");
    snprintf(content, sizeof content, "resources: [%s]\n", entry);
    tree_add(build, path, content);
}

// `count` directories, each of which refers to the next; the last one has a resource.
static void add_chain(struct test_build *build, int count)
{
    for (int i = 0; i + 1 < count; i++) {
        char entry[32];
        snprintf(entry, sizeof entry, "%sd%d", i ? "../" : "", i + 1);
        add_directory(build, i, entry);
    }
    add_directory(build, count - 1, "map.yaml");
    char path[32];
    snprintf(path, sizeof path, "d%d/map.yaml", count - 1);
    tree_add(build, path, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
}

static void five_hundred_nested_bases_are_built(void **state)
{
    add_chain(*state, 500);
    expect_stream(*state, ".", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
}

static void one_more_base_is_refused(void **state)
{
    add_chain(*state, 501);
    expect_error(*state, ".", "directories refer to each other more than 500 levels deep");
}

static void a_field_path_with_too_many_elements_is_refused(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
    buffer_add_text(
        &text, "resources: [map.yaml]\nreplacements:\n- sourceValue: x\n  targets:\n  - select: {kind: ConfigMap}\n"
               "    fieldPaths: [a");
    for (int i = 0; i < 1000; i++)
        buffer_add_text(&text, ".a");
    buffer_add_text(&text, "]\n");
    buffer_add_byte(&text, '\0');
    tree_add(build, "kustomization.yaml", text.data);
    buffer_free(&text);
    tree_add(build, "map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
    expect_error(build, ".", "the path has 1001 elements; at most 1000 are allowed");
}

// A field spec with a path of that many steps.
static void add_field_spec(struct test_build *build, const char *path, const char *before, int count, const char *after)
{
    struct buffer text = {0};
    buffer_add_text(&text, before);
    for (int i = 1; i < count; i++)
        buffer_add_text(&text, "a/");
    buffer_add_text(&text, "a");
    buffer_add_text(&text, after);
    buffer_add_byte(&text, '\0');
    tree_add(build, path, text.data);
    buffer_free(&text);
}

static void a_field_spec_with_too_many_elements_is_refused(void **state)
{
    static const char before[] = "resources: [map.yaml]\nlabels: [{pairs: {a: b}, fields: [{create: true, path: ";
    struct test_build *build = *state;
    tree_add(build, "map.yaml", CONFIG_MAP("deep"));
    add_field_spec(build, "kustomization.yaml", before, 1000, "}]}]\n");
    expect_silence(build, ".");
    add_field_spec(build, "kustomization.yaml", before, 1001, "}]}]\n");
    expect_error(build, ".", "kustomization.yaml:2:56: the path has 1001 elements; at most 1000 are allowed");
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\nconfigurations: [specs.yaml]\nnamePrefix: a-\n");
    add_field_spec(build, "specs.yaml", "namePrefix: [{path: ", 40000, "}]\n");
    expect_error(build, ".", "specs.yaml:1:21: the path has 40000 elements; at most 1000 are allowed");
}

static void definitions_nested_too_deep_are_refused(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
    buffer_add_text(&text, "{");
    for (int i = 0; i <= 101; i++)
        buffer_add_format(&text,
                          "%s\"v1.D%d\": {\"Schema\": {\"properties\": {\"apiVersion\": {\"type\": \"string\"}, "
                          "\"kind\": {\"type\": \"string\"}, \"metadata\": {\"type\": \"object\"}, "
                          "\"x\": {\"$ref\": \"v1.D%d\"}}}}",
                          i ? ", " : "", i, i + 1);
    buffer_add_text(&text, "}");
    buffer_add_byte(&text, '\0');
    tree_add(build, "crds.json", text.data);
    buffer_free(&text);
    tree_add(build, "map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\ncrds: [crds.json]\n");
    expect_error(build, ".", "definitions are nested more than 100 deep");
}

// Twenty definitions, each of which leads to the next one in two ways.
static void definitions_with_too_many_fields_are_refused(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
#define OBJECT_FIELDS                                                                                                  \
    "\"apiVersion\": {\"type\": \"string\"}, \"kind\": {\"type\": \"string\"}, \"metadata\": {\"type\": \"object\"}"
    for (int i = 0; i < 20; i++)
        buffer_add_format(&text,
                          "%c\"v1.D%d\": {\"Schema\": {\"properties\": {%s\"x\": {\"$ref\": \"v1.D%d\"}, "
                          "\"y\": {\"$ref\": \"v1.D%d\"}}}}",
                          i ? ',' : '{', i, i ? "" : OBJECT_FIELDS ", ", i + 1, i + 1);
    buffer_add_text(&text, "}");
    buffer_add_byte(&text, '\0');
    tree_add(build, "crds.json", text.data);
    buffer_free(&text);
    tree_add(build, "map.yaml", CONFIG_MAP("a"));
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\ncrds: [crds.json]\n");
    expect_error(build, ".", "the definitions refer to too many fields");
}

static void add_definition_with_selectors(struct test_build *build, int count)
{
    struct buffer text = {0};
    buffer_add_text(&text, "{\"v1.D\": {\"Schema\": {\"properties\": {" OBJECT_FIELDS);
    for (int i = 0; i < count; i++)
        buffer_add_format(&text, ", \"x%d\": {\"x-kubernetes-label-selector\": \"\"}", i);
    buffer_add_text(&text, "}}}}");
    buffer_add_byte(&text, '\0');
    tree_add(build, "crds.json", text.data);
    buffer_free(&text);
}

static void ten_thousand_specs_from_definitions_are_accepted_but_no_more(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "map.yaml", CONFIG_MAP("a"));
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\ncrds: [crds.json]\n");
    add_definition_with_selectors(build, 10000);
    expect_silence(build, ".");
    add_definition_with_selectors(build, 10001);
    expect_error(build, ".", "the definitions refer to too many fields");
}

static void a_list_with_five_merge_keys_is_refused(void **state)
{
    struct test_build *build = *state;
#define FOO "{apiVersion: example.com/v1, kind: Foo, metadata: {name: a}, list: [{a: b}]}"
    tree_add(build, "foo.yaml", FOO "\n");
    tree_add(build, "schema.json",
             "{\"definitions\": {\"v1.Foo\": {\"x-kubernetes-group-version-kind\": [{\"group\": \"example.com\", "
             "\"version\": \"v1\", \"kind\": \"Foo\"}], \"properties\": {\"list\": {\"type\": \"array\", "
             "\"items\": {\"type\": \"object\"}, \"x-kubernetes-patch-strategy\": \"merge\", "
             "\"x-kubernetes-list-map-keys\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}}}}}");
    tree_add(build, "kustomization.yaml",
             "resources: [foo.yaml]\nopenapi: {path: schema.json}\npatches:\n- patch: '" FOO "'\n");
    expect_error(build, ".", "a list cannot merge by more than 4 keys");
}

static void select_by_groups(struct test_build *build, int depth)
{
    struct buffer text = {0};
    buffer_add_text(&text, "resources: [map.yaml]\npatches: [{patch: '- {op: remove, path: /data}', target: {name: '");
    for (int i = 0; i < depth; i++)
        buffer_add_text(&text, i % 2 ? "(" : "(?i:");
    buffer_add_byte(&text, 'A');
    for (int i = 0; i < depth; i++)
        buffer_add_byte(&text, ')');
    buffer_add_text(&text, "'}}]\n");
    buffer_add_byte(&text, '\0');
    tree_add(build, "kustomization.yaml", text.data);
    buffer_free(&text);
}

// kiln puts the whole expression into a group of its own.
static void groups_nested_too_deep_are_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "map.yaml", CONFIG_MAP("a"));
    select_by_groups(build, 299);
    expect_field(build, "ConfigMap", "a", "data", NULL);
    select_by_groups(build, 300);
    expect_error(build, ".", "groups are nested too deeply");
}

// A file with a long run of `x`.
static void add_long_text(struct test_build *build, const char *path, const char *before, size_t length,
                          const char *after)
{
    struct buffer text = {0};
    buffer_add_text(&text, before);
    while (length--)
        buffer_add_byte(&text, 'x');
    buffer_add_text(&text, after);
    buffer_add_byte(&text, '\0');
    tree_add(build, path, text.data);
    buffer_free(&text);
}

static void a_line_of_an_env_file_ends_it_where_kustomize_stops(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "configMapGenerator: [{name: a, envs: [a.env]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n");
    add_long_text(build, "a.env", "A=1\nB=", 65533, "\nC=3\n");
    expect_field(build, "ConfigMap", "a", "data.C", "3");
    add_long_text(build, "a.env", "A=1\nB=", 65534, "\nC=3\n");
    expect_warning(build, ".", "a.env:2:1: warning: this line is longer than 65535 bytes: like kustomize");
    expect_field(build, "ConfigMap", "a", "data.A", "1");
    expect_field(build, "ConfigMap", "a", "data.B", NULL);
    expect_field(build, "ConfigMap", "a", "data.C", NULL);
}

static void a_key_too_long_for_readers_is_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\n");
    add_long_text(build, "map.yaml", CONFIG_MAP("a") "spec:\n  ? ", 1022, "\n  : v\n");
    expect_silence(build, ".");
    add_long_text(build, "map.yaml", CONFIG_MAP("a") "spec:\n  ? ", 1023, "\n  : v\n");
    expect_error(build, ".", "the key is longer than 1024 characters");
}

// A list of aliases of a 1 MiB string.
static void add_aliases(struct test_build *build, int count)
{
    struct buffer text = {0};
    buffer_add_text(&text, CONFIG_MAP("a") "spec:\n  long: &long ");
    for (int i = 0; i < 1 << 20; i++)
        buffer_add_byte(&text, 'x');
    buffer_add_text(&text, "\n  list:\n");
    while (count--)
        buffer_add_text(&text, "  - *long\n");
    buffer_add_byte(&text, '\0');
    tree_add(build, "map.yaml", text.data);
    buffer_free(&text);
}

static void aliases_of_too_much_text_are_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\n");
    add_aliases(build, 64);
    expect_silence(build, ".");
    add_aliases(build, 65);
    expect_error(build, ".", "the aliases of this file expand to more than 64 MiB of text");
}

// Levels of two directories, `a0` and `b0` to the last level; each lists both directories of the next level in `field`.
static void add_diamonds(struct test_build *build, int levels, const char *field, const char *before, const char *last)
{
    char path[64], content[256];
    for (int level = 0; level < levels; level++) {
        for (const char *side = "ab"; *side; side++) {
            snprintf(path, sizeof path, "%c%d/kustomization.yaml", *side, level);
            if (level + 1 < levels)
                snprintf(content, sizeof content, "%s%s: [../a%d, ../b%d]\nnamePrefix: %c-\n", before, field, level + 1,
                         level + 1, *side);
            else
                snprintf(content, sizeof content, "%s%s\nnamePrefix: %c-\n", before, last, *side);
            tree_add(build, path, content);
        }
    }
}

static void empty_bases_reached_by_many_paths_cost_nothing(void **state)
{
    struct test_build *build = *state;
    add_diamonds(build, 100, "resources", "", "labels: []");
    tree_add(build, "map.yaml", CONFIG_MAP("a"));
    tree_add(build, "kustomization.yaml", "resources: [a0, map.yaml, b0]\n");
    build->options.max_memory = 16 << 20;
    expect_stream(build, ".", "apiVersion: v1\ndata:\n  key: value\nkind: ConfigMap\nmetadata:\n  name: a\n");
}

static void bases_and_components_reached_by_too_many_paths_are_refused(void **state)
{
    struct test_build *build = *state;
    add_diamonds(build, 19, "components", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n",
                 "labels: []");
    tree_add(build, "kustomization.yaml", "components: [a0]\n");
    expect_error(build, ".", "more than 262144 bases and components");
}

// A file system that counts how often each file below it is read.
struct counted_files {
    struct file_system tree;
    int reads;
};

static enum read_outcome count_read(void *state, struct arena *arena, const struct file_root *root, struct slice path,
                                    struct slice *content, struct slice *reason)
{
    struct counted_files *counted = state;
    counted->reads++;
    return counted->tree.read_below(counted->tree.state, arena, root, path, content, reason);
}

static bool counted_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                            struct slice *reason)
{
    struct counted_files *counted = state;
    return counted->tree.resolve(counted->tree.state, arena, path, resolved, reason);
}

static bool counted_resolve_from(void *state, struct arena *arena, struct slice path, size_t known,
                                 struct slice *resolved, enum file_kind *kind, struct slice *reason)
{
    struct counted_files *counted = state;
    return counted->tree.resolve_from(counted->tree.state, arena, path, known, resolved, kind, reason);
}

static enum file_kind counted_kind(void *state, struct slice path)
{
    struct counted_files *counted = state;
    return counted->tree.kind(counted->tree.state, path);
}

static bool counted_current_directory(void *state, struct arena *arena, struct slice *path)
{
    struct counted_files *counted = state;
    return counted->tree.current_directory(counted->tree.state, arena, path);
}

// Ten files: nine kustomizations, and a file with both the resource and the changes to it.
static void files_are_read_once_however_often_they_are_listed(void **state)
{
    struct test_build *build = *state;
    add_diamonds(build, 4, "resources", "", "resources: [map.yaml]\npatches: [{path: patch.yaml}]");
    for (const char *side = "ab"; *side; side++) {
        char path[32];
        snprintf(path, sizeof path, "%c3/map.yaml", *side);
        tree_add(build, path, CONFIG_MAP("m"));
        snprintf(path, sizeof path, "%c3/patch.yaml", *side);
        tree_add(build, path, CONFIG_MAP("m") "  more: text\n");
    }
    tree_add(build, "kustomization.yaml", "resources: [a0, b0]\n");
    struct counted_files counted = {.tree = memory_files_system(build->files)};
    const struct file_system files = {
        .resolve = counted_resolve,
        .resolve_from = counted.tree.resolve_from ? counted_resolve_from : NULL,
        .kind = counted_kind,
        .read_below = count_read,
        .current_directory = counted_current_directory,
        .state = &counted,
    };
    // With one thread, because two may examine the same directory at the same time.
    const struct build_options options = {.files = &files, .thread_count = 1, .no_config = true};
    struct build *run = build_new();
    assert_true(build_run(run, &options, slice_literal(".")));
    assert_int_equal(run->resources.count, 16);
    expect_text(run->resources.items[0]->id.name->text, "a-a-a-a-m");
    expect_text(run->resources.items[15]->id.name->text, "b-b-b-b-m");
    struct buffer stream = {0};
    assert_true(build_write_stream(run, &stream));
    size_t patched = 0;
    for (struct slice line, rest = buffer_slice(&stream); rest.length;) {
        slice_cut(rest, '\n', &line, &rest);
        patched += slice_equals(line, "  more: text");
    }
    assert_int_equal(patched, 16);
    buffer_free(&stream);
    build_free(run);
    assert_int_equal(counted.reads, 9 + 2 + 2);
}

static void an_empty_base_that_leads_back_is_a_cycle(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "d/kustomization.yaml", "resources: [../x]\n");
    tree_add(build, "x/kustomization.yaml", "labels: []\n");
    tree_add(build, "x/y/kustomization.yaml", "resources: [../../d]\n");
    tree_add(build, "map.yaml", CONFIG_MAP("a"));
    tree_add(build, "kustomization.yaml", "resources: [d, map.yaml]\n");
    expect_silence(build, ".");
    tree_add(build, "kustomization.yaml", "resources: [d, map.yaml, x/y]\n");
    expect_error(build, ".", "cycle: 'x' contains 'x/y', which is being built");
}

static void an_empty_base_below_too_many_directories_is_refused(void **state)
{
    struct test_build *build = *state;
    add_chain(build, 400);
    tree_add(build, "d399/kustomization.yaml", "labels: []\n");
    for (int i = 0; i < 150; i++) {
        char path[64], content[64];
        snprintf(path, sizeof path, "e%d/kustomization.yaml", i);
        if (i < 149)
            snprintf(content, sizeof content, "resources: [../e%d]\n", i + 1);
        else
            snprintf(content, sizeof content, "resources: [../d1]\n");
        tree_add(build, path, content);
    }
    tree_add(build, "map.yaml", CONFIG_MAP("a"));
    tree_add(build, "kustomization.yaml", "resources: [map.yaml, d1, e60]\n");
    expect_silence(build, ".");
    tree_add(build, "kustomization.yaml", "resources: [map.yaml, d1, e0]\n");
    expect_error(build, ".", "directories refer to each other more than 500 levels deep");
}

// Lists of aliases of lists of aliases: 10^9 values.
static void add_bomb(struct test_build *build, const char *path, const char *before, const char *margin)
{
    struct buffer text = {0};
    buffer_add_text(&text, before);
    buffer_add_format(&text, "%sa0: &a0 {a: b}\n", margin);
    for (int i = 1; i < 10; i++) {
        buffer_add_format(&text, "%sa%d: &a%d [", margin, i, i);
        for (int k = 0; k < 10; k++)
            buffer_add_format(&text, "%s*a%d", k ? ", " : "", i - 1);
        buffer_add_text(&text, "]\n");
    }
    buffer_add_byte(&text, '\0');
    tree_add(build, path, text.data);
    buffer_free(&text);
}

// It is detected once wherever it is, at the cost of the values that the limit allows.
static void an_alias_bomb_is_refused_everywhere(void **state)
{
    static const char message[] = "the aliases of this file expand to more than 262144 values";
    static const char object[] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    struct test_build *build = *state;
    build->options.max_memory = 50 << 20;
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\npatches: [{path: patch.yaml, target: {name: a}}]\n");
    tree_add(build, "map.yaml", object);
    add_bomb(build, "patch.yaml", object, "");
    expect_error(build, ".", message);
    add_bomb(build, "patch.yaml", "- op: add\n  path: /data\n  value:\n", "    ");
    expect_error(build, ".", message);
    add_bomb(build, "map.yaml", object, "");
    expect_error(build, ".", message);
    tree_add(build, "map.yaml", object);
    add_bomb(build, "specs.yaml", "", "");
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\nconfigurations: [specs.yaml]\n");
    expect_error(build, ".", message);
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\ncrds: [specs.yaml]\n");
    expect_error(build, ".", message);
    add_bomb(build, "kustomization.yaml", "resources: [map.yaml]\n", "");
    expect_error(build, ".", message);
    // In a block scalar, it is only text.
    add_bomb(build, "map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  text: |\n", "    ");
    tree_add(build, "kustomization.yaml",
             "resources: [map.yaml]\nreplacements:\n- sourceValue: x\n  targets:\n  - select: {kind: ConfigMap}\n"
             "    fieldPaths: [data.text.a0]\n");
    expect_silence(build, ".");
}

static void merge_keys_of_too_many_values_are_refused(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
    buffer_add_text(&text, CONFIG_MAP("a") "spec:\n  a0: &a0 {k: v}\n");
    for (int i = 1; i < 2000; i++)
        buffer_add_format(&text, "  a%d: &a%d {<<: *a%d, k%d: v}\n", i, i, i - 1, i);
    buffer_add_byte(&text, '\0');
    tree_add(build, "map.yaml", text.data);
    buffer_free(&text);
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\n");
    build->options.max_memory = 50 << 20;
    expect_error(build, ".", "the aliases of this file expand to more than 262144 values");
}

// A message shows the beginning of anything too long.
static void every_message_is_short(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "map.yaml", CONFIG_MAP("a"));
    add_long_text(build, "kustomization.yaml",
                  "resources: [map.yaml]\npatches:\n- patch: '[{op: remove, path: /data}]'\n  target: {name: '(",
                  1 << 20, "'}\n");
    expect_error(build, ".", "kustomization.yaml:");
    assert_in_range(build->messages.length, 100, 8000);
    add_long_text(build, "kustomization.yaml", "resources: [", 1 << 20, "]\n");
    expect_error(build, ".", "kustomization.yaml:");
    assert_in_range(build->messages.length, 100, 8000);
    add_long_text(build, "kustomization.yaml", "resources: [map.yaml]\n", 1 << 20, ": a\n");
    expect_error(build, ".", "kustomization.yaml:");
    assert_in_range(build->messages.length, 100, 8000);
}

static const struct CMUnitTest tests[] = {
    build_test(an_alias_bomb_is_refused_everywhere),
    build_test(merge_keys_of_too_many_values_are_refused),
    build_test(every_message_is_short),
    build_test(empty_bases_reached_by_many_paths_cost_nothing),
    build_test(bases_and_components_reached_by_too_many_paths_are_refused),
    build_test(files_are_read_once_however_often_they_are_listed),
    build_test(an_empty_base_that_leads_back_is_a_cycle),
    build_test(an_empty_base_below_too_many_directories_is_refused),
    build_test(aliases_of_too_much_text_are_refused),
    build_test(a_list_with_five_merge_keys_is_refused),
    build_test(groups_nested_too_deep_are_refused),
    build_test(a_line_of_an_env_file_ends_it_where_kustomize_stops),
    build_test(a_key_too_long_for_readers_is_refused),
    build_test(a_field_path_with_too_many_elements_is_refused),
    build_test(a_field_spec_with_too_many_elements_is_refused),
    build_test(definitions_nested_too_deep_are_refused),
    build_test(definitions_with_too_many_fields_are_refused),
    build_test(ten_thousand_specs_from_definitions_are_accepted_but_no_more),
    build_test(five_hundred_nested_bases_are_built),
    build_test(one_more_base_is_refused),
};

int test_limits(void)
{
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
