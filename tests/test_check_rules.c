// The rules of kiln check: each finds its bad example and accepts its good one, and the page lists all of them.
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "check/findings.h"
#include "check/page.h"
#include "check/schemas.h"
#include "config/config.h"

struct tree_check {
    struct memory_files *files;
    struct file_system system;
    struct levels levels;
    struct schema_settings schemas;
    struct check *check;
    struct build *build;
    struct finding_list findings;
};

static const struct slice in_root = {".", 1};

static void add_file(struct tree_check *tree, struct slice path, struct slice text)
{
    char name[256];
    snprintf(name, sizeof name, "%.*s", SLICE_ARGS(path));
    memory_files_add(tree->files, name, text);
}

// The first file is the kustomization. Each other file follows a line `--- path`.
static void add_tree(struct tree_check *tree, struct slice text)
{
    struct slice path = slice_literal("kustomization.yaml"), mark = slice_literal("\n--- ");
    for (;;) {
        size_t end = slice_find(text, mark);
        struct slice content = end == SLICE_NOT_FOUND ? text : slice_part(text, 0, end + 1);
        add_file(tree, path, content);
        if (end == SLICE_NOT_FOUND)
            return;
        slice_cut(slice_from_index(text, end + mark.length), '\n', &path, &text);
    }
}

// Takes the settings about schemas from .kiln.yaml.
static void read_schema_settings(struct tree_check *tree, struct build *whole)
{
    struct slice directory = slice_literal("/"), path = slice_literal("/" CONFIG_FILE_NAME);
    schema_settings_init(&tree->schemas);
    if (tree->system.kind(tree->system.state, path) != FILE_REGULAR)
        return;
    struct read_context read = build_read_context(whole);
    const struct config *config = config_read(&read, &whole->sources, &tree->system, path, (struct slice){0});
    assert_non_null(config);
    assert_true(schema_settings_config(&tree->schemas, &whole->arena, config, directory, &whole->diagnostics));
}

// Checks the tree like `kiln check --all` with a single root. `only`: with `--rules` and the rule.
static void check_tree(struct tree_check *tree, const struct rule *rule, const char *text, bool only)
{
    *tree = (struct tree_check){.files = memory_files_new(), .build = build_new()};
    struct build *whole = build_new();
    add_tree(tree, slice_from(text));
    tree->system = memory_files_system(tree->files);
    levels_init(&tree->levels);
    if (rule->level == LEVEL_OFF)
        tree->levels.of_rule[rule_number(rule)] = LEVEL_WARNING;
    if (only)
        assert_true(levels_choose(&tree->levels, slice_from(rule->id), &whole->diagnostics));
    tree->check = check_new(&tree->levels, &tree->system, &in_root, 1);
    tree->check->is_whole = true;
    read_schema_settings(tree, whole);
    tree->check->schemas = schemas_are_needed(&tree->levels) ? schemas_new(tree->check, &tree->schemas) : NULL;
    struct judge *judge = judge_new(tree->check, 0, tree->build);
    const struct build_options options = {.files = &tree->system, .observer = judge_observer(judge), .thread_count = 1};
    judge_end(judge, build_run(tree->build, &options, in_root));
    struct repository_files files = {0};
    repository_files_walk(&whole->arena, &tree->system, tree->check->current, &files);
    check_end(tree->check, whole, &files, &tree->findings);
    build_free(whole);
}

static void free_tree(struct tree_check *tree)
{
    build_free(tree->build);
    check_free(tree->check);
    memory_files_free(tree->files);
}

static size_t count_of(const struct tree_check *tree, const struct rule *rule, bool others)
{
    size_t count = 0;
    for (size_t i = 0; i < tree->findings.count; i++) {
        const struct finding *finding = &tree->findings.items[i];
        // A mistake in a kustomization often makes a wrong resource, too.
        bool follows = rule->group != RULE_OBJECT && finding->rule->group == RULE_OBJECT;
        if (finding->silence != FINDING_SHOWN || (finding->rule == rule) == others ||
            (others && (finding->level == LEVEL_NOTE || follows)))
            continue;
        count++;
        if (others)
            print_error("%s: [%s] %.*s\n", rule->id, finding->rule->id, SLICE_ARGS(finding->sighting->message));
    }
    return count;
}

static const struct finding *finding_of(const struct tree_check *tree, const struct rule *rule)
{
    for (size_t i = 0; i < tree->findings.count; i++)
        if (tree->findings.items[i].rule == rule)
            return &tree->findings.items[i];
    return NULL;
}

static void expect_form(const struct finding *finding)
{
    const struct sighting *sighting = finding->sighting;
    struct slice message = sighting->message;
    assert_true(sighting->file.length > 0);
    assert_true(sighting->line > 0);
    if (sighting->snippet.length)
        assert_true(sighting->end_column > sighting->column);
    assert_int_equal(strlen(finding->fingerprint), 16);
    static const char *const kinds[] = {"Cup ",    "Deployment ", "ConfigMap ", "PodDisruptionBudget ",
                                        "Secret ", "Service "};
    bool is_sentence = message.data[0] >= 'A' && message.data[0] <= 'Z' && message.data[1] >= 'a';
    for (size_t i = 0; i < countof(kinds); i++)
        is_sentence &= !slice_starts_with(message, slice_from(kinds[i]));
    assert_false(is_sentence);
    assert_true(message.data[message.length - 1] != '.');
}

static void every_rule_finds_its_example_and_nothing_else(void **state)
{
    (void)state;
    size_t wrong = 0, seen = 0;
    for (size_t i = 0; i < rule_count; i++) {
        struct tree_check tree;
        if (rules[i]->needs_more)
            continue;
        check_tree(&tree, rules[i], rules[i]->found, false);
        size_t count = count_of(&tree, rules[i], false), others = count_of(&tree, rules[i], true);
        if (count != 1 || others) {
            print_error("%s finds %zu in its example, others find %zu\n", rules[i]->id, count, others);
            wrong++;
        } else {
            expect_form(finding_of(&tree, rules[i]));
        }
        free_tree(&tree);
        check_tree(&tree, rules[i], rules[i]->not_found, false);
        if (count_of(&tree, rules[i], false) || count_of(&tree, rules[i], true)) {
            print_error("%s: something is found where nothing is wrong\n", rules[i]->id);
            wrong++;
        }
        free_tree(&tree);
        check_tree(&tree, rules[i], rules[i]->found, true);
        // This one is about other rules.
        bool stands_alone = !slice_equals(slice_from(rules[i]->id), "suppression-unused");
        if (stands_alone && count_of(&tree, rules[i], false) != 1) {
            print_error("%s finds nothing if it is the only rule\n", rules[i]->id);
            wrong++;
        }
        free_tree(&tree);
        seen++;
    }
    assert_true(seen > 40);
    assert_int_equal(wrong, 0);
}

static void every_rule_has_a_description_and_a_unique_name(void **state)
{
    (void)state;
    assert_true(rule_count < RULES_MAX);
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *rule = rules[i];
        assert_ptr_equal(rule_find(slice_from(rule->id)), rule);
        assert_non_null(rule->since);
        assert_true(rule->why[0] && rule->remedy[0] && rule->found[0] && rule->not_found[0]);
        assert_true(rule->summary[strlen(rule->summary) - 1] != '.');
        assert_false(rule->summary[0] >= 'A' && rule->summary[0] <= 'Z' && rule->summary[1] != '`' &&
                     strncmp(rule->summary, "Git", 3) != 0);
        assert_true(rule->why[strlen(rule->why) - 1] == '.');
        assert_true(rule->remedy[strlen(rule->remedy) - 1] != '.');
        for (const char *at = rule->id; *at; at++)
            assert_true((*at >= 'a' && *at <= 'z') || *at == '-');
    }
}

// In docs/check.md, the part after the mark is the output of kiln check --list-rules --format markdown.
static void the_page_lists_the_rules(void **state)
{
    (void)state;
    struct buffer page = {0}, made = {0};
    FILE *file = fopen("docs/check.md", "r");
    assert_non_null(file);
    char part[4096];
    for (size_t length; (length = fread(part, 1, sizeof part, file));)
        buffer_add_slice(&page, (struct slice){part, length});
    fclose(file);
    rules_page(&made);
    struct slice mark = slice_literal("<!-- made by: kiln check --list-rules --format markdown -->\n\n");
    size_t at = slice_find(buffer_slice(&page), mark);
    assert_true(at != SLICE_NOT_FOUND);
    struct slice shown = slice_from_index(buffer_slice(&page), at + mark.length);
    if (!slice_equal(shown, buffer_slice(&made)))
        fail_msg("docs/check.md is old: replace the text after the comment `made by` with the output of "
                 "`kiln check --list-rules --format markdown`");
    buffer_free(&page);
    buffer_free(&made);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_rule_finds_its_example_and_nothing_else),
    cmocka_unit_test(every_rule_has_a_description_and_a_unique_name),
    cmocka_unit_test(the_page_lists_the_rules),
};

int test_check_rules(void)
{
    return cmocka_run_group_tests_name("check_rules", tests, NULL, NULL);
}
