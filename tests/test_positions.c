// Every value knows the position of its source. Each tree in fixtures/ and examples/ is built, and for each leaf of the
// result, the text at its position is compared: it must be the value, or a part of it if the value is composed, unless
// the value is one of the few below. Runs in the checkout.
#include "tests/support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base64.h"
#include "load/file_system.h"

// Values that kiln computes, in trees whose path contains `tree` (NULL: in all), at field paths that end with `path`.
struct composed {
    const char *tree, *path;
    size_t used;
};

static struct composed composed[] = {
    {NULL, ".metadata.annotations.config.kubernetes.io/origin", 0},
    {NULL, ".metadata.annotations.alpha.config.kubernetes.io/transformations", 0},
    {NULL, ".app.kubernetes.io/managed-by", 0},
    // Vars and partial replacements keep the other parts.
    {"fixtures/edit/fix-", ".value", 0},
    {"fixtures/replacements/parts-of-strings-are-read-and-replaced", ".image", 0},
    {"fixtures/replacements/string-that-looks-like-null-as-a-part", ".data.url", 0},
    {"fixtures/replacements/inside-strings/", ".data.conf", 0},
    {"fixtures/generators/hash-of-other-kinds/with-a-replacement-in-a-string", ".spec.text", 0},
    {"fixtures/releases/replacements/part-of-", ".data.c.yaml", 0},
    // Names and namespaces follow the resource that is referred to.
    {"fixtures/replacements/references-follow-", ".configMapRef.name", 0},
    {"fixtures/patches/json-patch-renames-and-references-follow", ".configMap.name", 0},
    {"fixtures/transformers/names/", ".roleRef.name", 0},
    {"fixtures/transformers/names/", ".namespace", 0},
    // Prefixes, suffixes, and directories in fields that were empty or missing.
    {"fixtures/transformers/names/keep-the-type-of-the-old-name", ".metadata.name", 0},
    {"fixtures/transformers/names/as-a-plugin-with-fields", ".spec.list.4.name", 0},
    {"fixtures/transformers/names/as-a-plugin-with-fields", ".spec.created", 0},
    {"fixtures/configurations/", ".spec.backup.name", 0},
    {"fixtures/configurations/", ".spec.backup", 0},
    {"fixtures/value-add/value-becomes-part-of-a-path", ".spec.path", 0},
    {"fixtures/value-add/value-becomes-part-of-a-path", ".spec.new", 0},
    {"fixtures/value-add/directory-is-the-default-value", ".metadata.labels.app", 0},
    {"fixtures/value-add/directory-is-the-default-value", ".metadata.labels.directory", 0},
    // Elements created by a path get its text.
    {"fixtures/value-add/fields-and-elements-are-created", ".name", 0},
    {"fixtures/replacements/missing-fields-are-created-with-create", ".name", 0},
    {"fixtures/cli/check-finds-names-in-field-paths-", ".name", 0},
    {"fixtures/cli/check-finds-names-in-field-paths-", ".nam", 0},
    // Numbers, dates, and characters are written in another form; a missing count is 0.
    {"fixtures/transformers/replicas/", ".spec.replicas", 0},
    {"fixtures/transformers/replicas/", ".spec.size", 0},
    {"fixtures/patches/json-patch-", ".spec.big", 0},
    {"fixtures/generators/hash-of-other-kinds/with-a-json-patch", ".spec.deadline", 0},
    {"fixtures/patches/json-patch-", ".spec.yes", 0},
    {"fixtures/patches/json-patch-", ".spec.octal", 0},
    {"fixtures/patches/json-patch-in-json", ".data.json", 0},
    {"fixtures/build-metadata/json-patch-retypes-annotations", ".metadata.annotations.note", 0},
    {"fixtures/generators/next-line-character-in-a-literal-becomes-a-space", ".data.b", 0},
    {"fixtures/generators/folded-string-of-a-plugin-gains-lines", ".data.a", 0},
    {"fixtures/releases/secrets/unusual-scalars-in-string-data", ".data.d", 0},
    {"fixtures/resources/utf-16", "", 0},
    {"fixtures/documents/byte-order-marks/in-brackets", "data.a", 0},
};

static bool is_composed(const char *tree, const char *path)
{
    for (size_t i = 0; i < countof(composed); i++) {
        if (composed[i].tree && !strstr(tree, composed[i].tree))
            continue;
        if (!slice_ends_with(slice_from(path), slice_from(composed[i].path)))
            continue;
        composed[i].used++;
        return true;
    }
    return false;
}

// --- The text at a position.

static struct slice skip_blanks(struct slice text)
{
    while (text.length && strchr(" \t\r\n", text.data[0]))
        text = slice_from_index(text, 1);
    return text;
}

// The rest of the source from a position on; empty if there is no such line.
static struct slice content_at(const struct source *source, struct position position)
{
    struct slice line;
    if (!source || !source_line(source, position.line, &line))
        return (struct slice){0};
    size_t at = slice_starts_with(line, slice_literal("\xEF\xBB\xBF")) ? 3 : 0;
    for (uint32_t i = 1; i < position.column && at < line.length; i++) {
        at++;
        while (at < line.length && ((unsigned char)line.data[at] & 0xC0) == 0x80)
            at++;
    }
    return slice_from_index(source->content, (size_t)(line.data + at - source->content.data));
}

static struct slice skip_tag_and_anchor(struct slice text)
{
    while (text.length && (text.data[0] == '&' || text.data[0] == '!')) {
        while (text.length && !strchr(" \n", text.data[0]))
            text = slice_from_index(text, 1);
        text = skip_blanks(text);
    }
    return text;
}

// The beginning of a value, up to where some style would write it differently.
static struct slice first_words(struct slice value)
{
    size_t end = 0;
    while (end < value.length && end < 40 && value.data[end] >= ' ' && !strchr("\\\"'", value.data[end]))
        end++;
    while (end && value.data[end - 1] == ' ')
        end--;
    return slice_part(value, 0, end);
}

// A blank in the value may be a line break in the source.
static bool begins_with(struct slice text, struct slice value)
{
    struct slice words = first_words(value);
    for (size_t i = 0; i < words.length; i++) {
        if (i >= text.length)
            return false;
        if (text.data[i] == '\n' || text.data[i] == '\r')
            return i > 0 && words.data[i] == ' ';
        if (text.data[i] != words.data[i])
            return false;
    }
    return true;
}

static struct slice anchored(const struct source *source, struct slice alias)
{
    char anchor[256];
    size_t end = 1;
    while (end < alias.length && !strchr(" \n,]}", alias.data[end]))
        end++;
    snprintf(anchor, sizeof anchor, "&%.*s", (int)(end - 1), alias.data + 1);
    size_t at = slice_find(source->content, slice_from(anchor));
    return at == SLICE_NOT_FOUND ? (struct slice){0} : slice_from_index(source->content, at);
}

static bool holds(const struct source *source, struct slice text, struct slice value)
{
    text = skip_tag_and_anchor(text);
    if (!value.length)
        return true;
    if (!text.length)
        return false;
    switch (text.data[0]) {
    case '*':
        text = anchored(source, text);
        return text.length && holds(source, text, value);
    case '|':
    case '>':
        return begins_with(skip_blanks(slice_from_index(text, slice_find_byte(text, '\n'))), skip_blanks(value));
    case '"':
    case '\'':
        return begins_with(slice_from_index(text, 1), value);
    default:
        return begins_with(text, value);
    }
}

// `key=value` in the literals or env files of a generator.
static bool holds_pair(const struct source *source, struct slice text, struct slice value)
{
    struct slice key, rest, line = slice_part(text, 0, slice_find_byte(text, '\n'));
    if (!slice_cut(line, '=', &key, &rest))
        return false;
    return holds(source, slice_from_index(text, key.length + 1), value);
}

static bool holds_base64(const struct source *source, struct slice text, struct slice value)
{
    static unsigned char decoded[1 << 16];
    size_t length;
    if (!base64_decode(value, BASE64_MADE, decoded, sizeof decoded, &length))
        return false;
    struct slice plain = {(const char *)decoded, length};
    return holds(source, text, plain) || holds_pair(source, text, plain);
}

// The scalar at the start of the text, as far as it is unambiguous.
static struct slice token_at(struct slice text)
{
    text = skip_tag_and_anchor(text);
    char quote = text.length ? text.data[0] : 0;
    if (quote == '"' || quote == '\'') {
        text = slice_from_index(text, 1);
        return slice_part(text, 0, slice_find_byte(text, quote) == SLICE_NOT_FOUND ? 0 : slice_find_byte(text, quote));
    }
    size_t end = 0;
    while (end < text.length && !strchr(" \r\n,]}", text.data[end]))
        end++;
    return slice_part(text, 0, end);
}

// A prefix and a name, a name and a tag, and so on, or a string with vars.
static bool holds_part(struct slice text, struct slice value)
{
    struct slice token = token_at(text);
    return token.length &&
           (slice_find(value, token) != SLICE_NOT_FOUND || slice_find(token, slice_literal("$(")) != SLICE_NOT_FOUND);
}

// --- All leaves.

struct check {
    const char *tree;
    const struct build *build;
    const struct resource *resource;
    struct arena arena;
    char path[4096];
    size_t trees, leaves, wrong;
};

static bool is_made_by_generator(const struct check *check)
{
    static const char *const paths[] = {".apiVersion", ".kind", ".type", ".immutable"};
    for (size_t i = 0; check->resource->generated && i < countof(paths); i++)
        if (strcmp(check->path, paths[i]) == 0)
            return true;
    return false;
}

static void check_leaf(struct check *check, const struct node *node)
{
    const struct sources *sources = &check->build->sources;
    const struct source *source = sources_get(sources, node->position.file);
    struct slice value = node_text(node), text = content_at(source, node->position);
    check->leaves++;
    if (node_is_null(node) || is_made_by_generator(check) || is_composed(check->tree, check->path))
        return;
    if (source && (holds(source, text, value) || holds_pair(source, text, value) || holds_base64(source, text, value) ||
                   holds_part(text, value)))
        return;
    check->wrong++;
    struct slice place = position_text(sources, &check->arena, node->position);
    print_error("%s: %.*s%s is '%.*s', which does not stand at %.*s\n", check->tree,
                SLICE_ARGS(check->resource->id.gvk.kind->text), check->path, SLICE_ARGS(value), SLICE_ARGS(place));
}

static void check_leaves(struct check *check, size_t length, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        check_leaf(check, node);
        return;
    }
    for (uint32_t i = 0; i < node->count && length < sizeof check->path; i++) {
        size_t left = sizeof check->path - length;
        if (node->kind == NODE_MAP) {
            int more = snprintf(check->path + length, left, ".%.*s", SLICE_ARGS(node->entries[i].key->text));
            check_leaves(check, length + (size_t)more, node->entries[i].value);
        } else {
            int more = snprintf(check->path + length, left, ".%u", i);
            check_leaves(check, length + (size_t)more, node->items[i]);
        }
    }
}

static void check_tree(struct check *check, const char *tree)
{
    const struct build_options options = {.default_name_hash = NAME_HASH_V4, .no_config = true};
    struct build *build = build_new();
    check->tree = tree;
    check->build = build;
    if (build_run(build, &options, slice_from(tree))) {
        check->trees++;
        for (size_t i = 0; i < build->resources.count; i++) {
            check->resource = build->resources.items[i];
            check_leaves(check, 0, check->resource->root);
        }
    }
    build_free(build);
}

// True if the build fetches nothing.
static bool is_local(struct arena *arena, struct slice path)
{
    struct slice content, reason;
    return file_system_posix.read(NULL, arena, path, &content, &reason) &&
           slice_find(content, slice_literal("//")) == SLICE_NOT_FOUND &&
           slice_find(content, slice_literal("github.com")) == SLICE_NOT_FOUND;
}

static void find_trees(struct check *check, const char *folder)
{
    static const char *const names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};
    char path[2048];
    struct stat status;
    for (size_t i = 0; i < countof(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (is_local(&check->arena, slice_from(path)))
            check_tree(check, folder);
    }
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
            find_trees(check, path);
    }
    if (directory)
        closedir(directory);
}

static void each_leaf_of_each_tree_has_its_position(void **state)
{
    (void)state;
    struct check check = {0};
    find_trees(&check, "fixtures");
    find_trees(&check, "examples");
    for (size_t i = 0; i < countof(composed); i++)
        if (!composed[i].used)
            print_error("no value is composed at '%s' of '%s'\n", composed[i].path,
                        composed[i].tree ? composed[i].tree : "all trees");
    for (size_t i = 0; i < countof(composed); i++)
        assert_true(composed[i].used);
    assert_true(check.trees > 500);
    assert_true(check.leaves > 8000);
    assert_int_equal(check.wrong, 0);
    arena_free(&check.arena);
}

// --- The position after each step.

static struct slice place_of(struct test_build *build, const char *kind, const char *const *keys)
{
    const struct resource_map *resources = &build->build->resources;
    for (size_t i = 0; i < resources->count; i++) {
        struct node *node = resources->items[i]->root;
        if (!slice_equals(resources->items[i]->id.gvk.kind->text, kind))
            continue;
        for (size_t k = 0; keys[k] && node; k++)
            node = node->kind == NODE_SEQUENCE
                       ? node->items[atoi(keys[k])]
                       : node_map_get(node, name_intern(build->build->names, slice_from(keys[k])));
        assert_non_null(node);
        return position_text(&build->build->sources, &build->build->arena, node->position);
    }
    fail_msg("there is no %s", kind);
    return (struct slice){0};
}

#define expect_place(build, place, kind, ...)                                                                          \
    expect_text(place_of((build), (kind), (const char *const[]){__VA_ARGS__, NULL}), (place))

static void the_position_of_replicas_is_their_count(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml", "resources: [web.yaml]\nreplicas:\n- name: web\n  count: 5\n");
    assert_true(test_build_run(build, "."));
    expect_place(build, "kustomization.yaml:4:10", "Deployment", "spec", "replicas");
}

static void the_position_of_an_image_is_in_the_entry_that_changed_it(void **state)
{
    static const struct {
        const char *entry, *place;
    } cases[] = {
        {"  newTag: '2'\n", "kustomization.yaml:4:11"},
        {"  newName: own\n", "kustomization.yaml:4:12"},
        {"  newName: own\n  newTag: '2'\n", "kustomization.yaml:5:11"},
        {"  newName: own\n  newTag: '1'\n", "kustomization.yaml:4:12"},
        {"  newName: own\n  digest: sha256:00\n", "kustomization.yaml:5:11"},
        {"  newTag: '1'\n  digest: sha256:00\n", "kustomization.yaml:5:11"},
        {"  newTag: '2'\n  digest: sha256:00\n", "kustomization.yaml:4:11"},
        {"  newName: own\n  tagSuffix: -x\n", "kustomization.yaml:5:14"},
        {"  newName: web\n  newTag: '2'\n", "kustomization.yaml:5:11"},
        {"  digest: sha256:00\n", "kustomization.yaml:4:11"},
        {"  tagSuffix: -x\n", "kustomization.yaml:4:14"},
        {"", "web.yaml:16:16"},
    };
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    for (size_t i = 0; i < countof(cases); i++) {
        char text[256];
        snprintf(text, sizeof text, "resources: [web.yaml]\nimages:\n- name: web\n%s", cases[i].entry);
        tree_add(build, "kustomization.yaml", text);
        assert_true(test_build_run(build, "."));
        expect_place(build, cases[i].place, "Deployment", "spec", "template", "spec", "containers", "0", "image");
    }
}

static void the_position_of_a_namespace_is_the_line_that_set_it(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml", "namespace: shop\nresources: [web.yaml]\n");
    assert_true(test_build_run(build, "."));
    expect_place(build, "kustomization.yaml:1:12", "Deployment", "metadata", "namespace");
    expect_place(build, "web.yaml:4:9", "Deployment", "metadata", "name");
}

static void the_position_of_an_overwritten_label_is_the_new_value(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\nlabels:\n- includeTemplates: true\n  pairs: {app: new}\n");
    assert_true(test_build_run(build, "."));
    expect_place(build, "kustomization.yaml:4:16", "Deployment", "spec", "template", "metadata", "labels", "app");
}

static void the_position_of_a_replacement_is_its_source(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "sizing.yaml", CONFIG_MAP("sizing"));
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml, sizing.yaml]\nreplacements:\n"
             "- source: {kind: ConfigMap, fieldPath: data.key}\n  targets:\n"
             "  - select: {kind: Deployment}\n    fieldPaths: [metadata.labels.new]\n    options: {create: true}\n"
             "  - select: {kind: Deployment}\n    fieldPaths: [spec.template.metadata.labels.app]\n"
             "  - select: {kind: Deployment}\n    fieldPaths: [spec.template.spec.containers.0.image]\n"
             "    options: {delimiter: ':', index: 1}\n");
    assert_true(test_build_run(build, "."));
    expect_place(build, "sizing.yaml:6:8", "Deployment", "metadata", "labels", "new");
    expect_place(build, "sizing.yaml:6:8", "Deployment", "spec", "template", "metadata", "labels", "app");
    expect_place(build, "sizing.yaml:6:8", "Deployment", "spec", "template", "spec", "containers", "0", "image");
}

static void the_position_of_generated_data_is_in_its_file(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "app.conf", "port=80\n");
    tree_add(build, "app.env", "# comment\nA=1\n");
    tree_add(build, "kustomization.yaml",
             "configMapGenerator:\n- name: settings\n  files: [app.conf]\n  envs: [app.env]\n  literals: [b=2]\n");
    assert_true(test_build_run(build, "."));
    expect_place(build, "app.conf:1:1", "ConfigMap", "data", "app.conf");
    expect_place(build, "app.env:2:1", "ConfigMap", "data", "A");
    expect_place(build, "kustomization.yaml:5:14", "ConfigMap", "data", "b");
    expect_place(build, "kustomization.yaml:2:9", "ConfigMap", "metadata", "name");
}

static void a_duplicate_key_is_reported_in_the_generator(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "a", "x");
    tree_add(build, "kustomization.yaml", "configMapGenerator:\n- name: settings\n  files: [a]\n  literals: [a=1]\n");
    expect_error(build, ".",
                 "kustomization.yaml:3:11: duplicate key 'a' in 'settings': it is already set at "
                 "kustomization.yaml:4:14");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_leaf_of_each_tree_has_its_position),
    build_test(the_position_of_replicas_is_their_count),
    build_test(the_position_of_an_image_is_in_the_entry_that_changed_it),
    build_test(the_position_of_a_namespace_is_the_line_that_set_it),
    build_test(the_position_of_an_overwritten_label_is_the_new_value),
    build_test(the_position_of_a_replacement_is_its_source),
    build_test(the_position_of_generated_data_is_in_its_file),
    build_test(a_duplicate_key_is_reported_in_the_generator),
};

int test_positions(void)
{
    return cmocka_run_group_tests_name("positions", tests, NULL, NULL);
}
