#include "report/trace_line_print.h"

#include "base/hash_index.h"
#include "json/json.h"
#include "report/escape.h"
#include "report/value.h"

static const char *const fate_names[] = {"kept", "changed", "overridden", "removed", "deleted"};

static struct slice outcome_text(struct arena *arena, const struct line_value *value)
{
    struct buffer place = {0};
    add_shown(&place, value->file);
    struct slice shown = arena_copy(arena, buffer_slice(&place));
    buffer_free(&place);
    switch (value->fate) {
    case FATE_KEPT:
        return arena_format(arena, "remains %.*s", SLICE_ARGS(value->value));
    case FATE_CHANGED:
        return arena_format(arena, "changed to %.*s", SLICE_ARGS(value->value));
    case FATE_OVERRIDDEN:
        return arena_format(arena, "overridden with %.*s at %.*s:%u:%u", SLICE_ARGS(value->value), SLICE_ARGS(shown),
                            value->line, value->column);
    case FATE_REMOVED:
        return slice_literal("the field was removed");
    default:
        return slice_literal("the resource was deleted");
    }
}

static struct slice place_of_line(const struct line_report *report)
{
    struct buffer place = {0};
    add_shown(&place, report->file);
    buffer_add_format(&place, ":%u", report->line);
    struct slice text = arena_copy(report->arena, buffer_slice(&place));
    buffer_free(&place);
    return text;
}

// --- Grouping equal outcomes.

struct line_outcome {
    struct slice text;
    struct {
        size_t *items;
        size_t count, capacity;
    } roots;
};

// A value as written in its file, with its outcomes.
struct line_group {
    struct slice title;  // "Deployment/web spec.replicas"
    size_t root_count, last_root;
    struct {
        struct line_outcome *items;
        size_t count, capacity;
    } outcomes;
    struct hash_index by_text;
};

struct line_groups {
    struct line_group *items;
    size_t count, capacity;
    struct hash_index by_title;
};

static struct line_group *group_of(const struct line_report *report, struct line_groups *groups,
                                   const struct line_value *value)
{
    struct slice name = report->is_one ? value->name : value->first_name;
    struct slice title = arena_format(report->arena, "%.*s/%.*s %.*s", SLICE_ARGS(value->kind), SLICE_ARGS(name),
                                      SLICE_ARGS(value->field));
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&groups->by_title, slice_hash(title)); hash_cursor_next(&at, &number);)
        if (slice_equal(groups->items[number].title, title))
            return &groups->items[number];
    struct line_group group = {.title = title, .last_root = SIZE_MAX};
    hash_index_add(report->arena, &groups->by_title, slice_hash(title), (uint32_t)groups->count);
    list_append(report->arena, groups, group);
    return &groups->items[groups->count - 1];
}

static void add_outcome(const struct line_report *report, struct line_group *group, const struct line_value *value,
                        size_t root)
{
    struct slice text = outcome_text(report->arena, value);
    struct line_outcome *outcome = NULL;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&group->by_text, slice_hash(text)); hash_cursor_next(&at, &number);)
        if (slice_equal(group->outcomes.items[number].text, text))
            outcome = &group->outcomes.items[number];
    if (!outcome) {
        hash_index_add(report->arena, &group->by_text, slice_hash(text), (uint32_t)group->outcomes.count);
        list_append(report->arena, &group->outcomes, (struct line_outcome){.text = text});
        outcome = &group->outcomes.items[group->outcomes.count - 1];
    }
    list_append(report->arena, &outcome->roots, root);
    group->root_count += group->last_root != root;
    group->last_root = root;
}

static struct line_groups groups_of(const struct line_report *report)
{
    struct line_groups groups = {0};
    for (size_t i = 0; i < report->count; i++)
        for (size_t k = 0; k < report->roots[i].values.count; k++) {
            const struct line_value *value = &report->roots[i].values.items[k];
            add_outcome(report, group_of(report, &groups, value), value, i);
        }
    return groups;
}

static void add_roots(const struct line_report *report, const struct line_outcome *outcome, struct buffer *out)
{
    enum { SHOWN = 5 };
    size_t count = outcome->roots.count;
    size_t shown = report->verbose || count <= SHOWN + 1 ? count : SHOWN;
    for (size_t i = 0; i < shown; i++) {
        buffer_add_text(out, i ? ", " : "");
        add_shown(out, report->roots[outcome->roots.items[i]].path);
    }
    if (shown < count)
        buffer_add_format(out, ", and %.*s more", SLICE_ARGS(count_text(report->arena, count - shown)));
}

// --- Formats.

static void print_text(const struct line_report *report, struct buffer *out)
{
    const struct line_groups groups = groups_of(report);
    struct slice place = place_of_line(report);
    for (size_t i = 0; i < groups.count; i++) {
        const struct line_group *group = &groups.items[i];
        buffer_add_format(out, "%.*s → ", SLICE_ARGS(place));
        add_shown(out, group->title);
        if (!report->is_one)
            buffer_add_format(out, " in %.*s of %.*s root%s\n",
                              SLICE_ARGS(count_text(report->arena, group->root_count)),
                              SLICE_ARGS(count_text(report->arena, report->count)), report->count == 1 ? "" : "s");
        for (size_t k = 0; k < group->outcomes.count; k++) {
            const struct line_outcome *outcome = &group->outcomes.items[k];
            buffer_add_format(out, report->is_one ? ": %.*s" : "  %.*s: ", SLICE_ARGS(outcome->text));
            if (!report->is_one)
                add_roots(report, outcome, out);
            buffer_add_byte(out, '\n');
        }
    }
    struct line_outcome failed = {.text = slice_literal("the build failed")};
    for (size_t i = 0; i < report->count; i++)
        if (report->roots[i].failed)
            list_append(report->arena, &failed.roots, i);
    if (!failed.roots.count || report->is_one)
        return;
    buffer_add_format(out, "%.*s: ", SLICE_ARGS(failed.text));
    add_roots(report, &failed, out);
    buffer_add_byte(out, '\n');
}

static void print_github(const struct line_report *report, struct buffer *out)
{
    const struct line_groups groups = groups_of(report);
    for (size_t i = 0; i < groups.count; i++) {
        const struct line_group *group = &groups.items[i];
        struct buffer message = {0};
        for (size_t k = 0; k < group->outcomes.count; k++) {
            const struct line_outcome *outcome = &group->outcomes.items[k];
            buffer_add_format(&message, "%s%.*s", k ? "\n" : "", SLICE_ARGS(outcome->text));
            if (!report->is_one) {
                buffer_add_text(&message, ": ");
                add_roots(report, outcome, &message);
            }
        }
        escape_github_notice(out, report->file, report->line, 0, group->title, buffer_slice(&message));
        buffer_free(&message);
    }
}

// Numbers keep all their digits, which jansson can't do.
static void add_json_value(const struct line_value *value, struct buffer *out)
{
    buffer_add_text(out, "{\"object\":{");
    json_write_member(out, "kind", value->kind);
    buffer_add_byte(out, ',');
    json_write_member(out, "name", value->name);
    buffer_add_byte(out, ',');
    json_write_member(out, "namespace", value->namespace);
    buffer_add_text(out, "},");
    json_write_member(out, "field", value->field);
    buffer_add_byte(out, ',');
    json_write_member(out, "fate", slice_from(fate_names[value->fate]));
    if (value->fate != FATE_REMOVED && value->fate != FATE_DELETED) {
        buffer_add_format(out, ",\"value\":%.*s,", SLICE_ARGS(value->json));
        json_write_member(out, "file", value->file);
        if (value->file.length)
            buffer_add_format(out, ",\"line\":%u,\"column\":%u", value->line, value->column);
    }
    buffer_add_byte(out, '}');
}

static void add_json_values(const struct line_root *root, struct buffer *out)
{
    buffer_add_text(out, "\"values\":[");
    for (size_t i = 0; i < root->values.count; i++) {
        buffer_add_text(out, i ? "," : "");
        add_json_value(&root->values.items[i], out);
    }
    buffer_add_byte(out, ']');
}

static void add_json_roots(const struct line_report *report, struct buffer *out)
{
    buffer_add_text(out, "\"roots\":[");
    const char *between = "";
    for (size_t i = 0; i < report->count; i++) {
        if (!report->roots[i].reads)
            continue;
        buffer_add_format(out, "%s{", between);
        json_write_member(out, "path", report->roots[i].path);
        buffer_add_byte(out, ',');
        add_json_values(&report->roots[i], out);
        buffer_add_byte(out, '}');
        between = ",";
    }
    buffer_add_text(out, "],\"failed\":[");
    between = "";
    for (size_t i = 0; i < report->count; i++) {
        if (!report->roots[i].failed)
            continue;
        buffer_add_text(out, between);
        json_write_string(out, report->roots[i].path);
        between = ",";
    }
    buffer_add_format(out, "],\"rootsCompared\":%zu", report->count);
}

static void print_json(const struct line_report *report, struct buffer *out)
{
    buffer_add_text(out, "{\"schemaVersion\":1,");
    json_write_member(out, "file", report->file);
    buffer_add_format(out, ",\"line\":%u,", report->line);
    if (report->is_one)
        add_json_values(&report->roots[0], out);
    else
        add_json_roots(report, out);
    buffer_add_text(out, "}\n");
}

void trace_line_print(const struct line_report *report, enum trace_format format, struct buffer *out)
{
    (format == TRACE_JSON ? print_json : format == TRACE_GITHUB ? print_github : print_text)(report, out);
}
