#include "check/page.h"

#include "json/machine.h"

void rules_list(const struct levels *levels, struct buffer *out)
{
    for (size_t i = 0; i < rule_count; i++)
        buffer_add_format(out, "%-8s %-30s %s\n", level_text(levels->of_rule[i]), rules[i]->id, rules[i]->summary);
}

void rules_list_json(const struct levels *levels, struct buffer *out)
{
    json_t *root = machine_object(), *list = machine_array();
    machine_set(root, "schemaVersion", json_integer(1));
    for (size_t i = 0; i < rule_count; i++) {
        json_t *rule = machine_object();
        machine_set(rule, "id", machine_text(slice_from(rules[i]->id)));
        machine_set(rule, "severity", machine_text(slice_from(level_text(levels->of_rule[i]))));
        machine_set(rule, "group", machine_text(slice_from(rule_group_text(rules[i]->group))));
        machine_set(rule, "fixable", json_boolean(rules[i]->is_fixable));
        machine_set(rule, "since", machine_text(slice_from(rules[i]->since)));
        machine_set(rule, "summary", machine_text(slice_from(rules[i]->summary)));
        machine_set(rule, "why", machine_text(slice_from(rules[i]->why)));
        machine_set(rule, "remedy", machine_text(slice_from(rules[i]->remedy)));
        machine_append(list, rule);
    }
    machine_set(root, "rules", list);
    machine_write(out, root, JSON_INDENT(2));
}

// Indents each line with the margin. The first file of the tree has no name.
static void add_indented(struct buffer *out, struct slice text, const char *margin)
{
    struct slice line;
    while (text.length) {
        slice_cut(text, '\n', &line, &text);
        buffer_add_format(out, "%s%.*s\n", line.length ? margin : "", SLICE_ARGS(line));
    }
}

// Prose of the page, wrapped like the other pages.
static void add_wrapped(struct buffer *out, struct slice text)
{
    enum { COLUMNS = 125 };
    struct slice word;
    size_t column = 0;
    while (text.length) {
        slice_cut(text, ' ', &word, &text);
        if (column && column + 1 + word.length > COLUMNS) {
            buffer_add_byte(out, '\n');
            column = 0;
        }
        buffer_add_format(out, "%s%.*s", column ? " " : "", SLICE_ARGS(word));
        column += (column ? 1 : 0) + word.length;
    }
    buffer_add_byte(out, '\n');
}

static void add_prose(const struct rule *rule, struct buffer *out)
{
    struct arena arena = {0};
    struct slice summary = rule_sentence(&arena, rule->summary), remedy = rule_sentence(&arena, rule->remedy);
    add_wrapped(out, arena_format(&arena, "%.*s. %s %.*s.", SLICE_ARGS(summary), rule->why, SLICE_ARGS(remedy)));
    arena_free(&arena);
}

static void add_rule(const struct rule *rule, struct buffer *out)
{
    buffer_add_format(out, "\n### %s\n\n", rule->id);
    buffer_add_format(out, "Level: %s. Since %s.%s\n\n", level_text(rule->level), rule->since,
                      rule->is_fixable ? " `--fix` repairs it." : "");
    add_prose(rule, out);
    buffer_add_text(out, "\nFound:\n\n");
    add_indented(out, slice_from(rule->found), "    ");
    buffer_add_text(out, "\nNot found:\n\n");
    add_indented(out, slice_from(rule->not_found), "    ");
}

void rules_page(struct buffer *out)
{
    buffer_add_text(out, "| rule | level | problem |\n|---|---|---|\n");
    for (size_t i = 0; i < rule_count; i++)
        buffer_add_format(out, "| [`%s`](#%s) | %s | %s |\n", rules[i]->id, rules[i]->id, level_text(rules[i]->level),
                          rules[i]->summary);
    for (size_t i = 0; i < rule_count; i++)
        add_rule(rules[i], out);
}

void rule_explain(const struct rule *rule, struct buffer *out)
{
    buffer_add_format(out, "%s (%s)\n\n", rule->id, level_text(rule->level));
    add_prose(rule, out);
    buffer_add_text(out, "\nFound:\n\n");
    add_indented(out, slice_from(rule->found), "    ");
    buffer_add_text(out, "\nNot found:\n\n");
    add_indented(out, slice_from(rule->not_found), "    ");
}
