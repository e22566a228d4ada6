#include "report/lines.h"

#include "base/text_diff.h"
#include "report/value.h"

static void add(struct report *report, struct signed_lines *lines, enum line_sign sign, struct slice text)
{
    list_append(report->arena, lines, ((struct signed_line){sign, text}));
}

static void cut_lines(struct report *report, struct signed_lines *lines, enum line_sign sign, struct slice text)
{
    while (text.length) {
        struct slice line;
        slice_cut(text, '\n', &line, &text);
        add(report, lines, sign, line);
    }
}

void node_lines(struct report *report, enum line_sign sign, const struct node *node, struct signed_lines *lines)
{
    struct buffer text = {0};
    add_lines(report, &text, node);
    cut_lines(report, lines, sign, arena_copy(report->arena, buffer_slice(&text)));
    buffer_free(&text);
}

static void diff_lines(struct report *report, const struct change *change, struct signed_lines *lines)
{
    struct buffer diff = {0};
    struct text_diff_request request = {.context = report->context};
    text_diff(report->arena, &request, node_text(change->before), node_text(change->after), &diff);
    struct slice rest = arena_copy(report->arena, buffer_slice(&diff)), line;
    buffer_free(&diff);
    while (rest.length) {
        slice_cut(rest, '\n', &line, &rest);
        if (line.data[0] == '\\')
            add(report, lines, LINE_NOTE, slice_literal("no line break at the end"));
        else if (line.data[0] != '@')
            add(report, lines, (enum line_sign)line.data[0], slice_from_index(line, 1));
        else if (lines->count)
            add(report, lines, LINE_GAP, (struct slice){0});
    }
}

static void order_line(struct report *report, enum line_sign sign, const struct node *labels,
                       struct signed_lines *lines)
{
    struct buffer text = {0};
    buffer_add_text(&text, "order: ");
    for (uint32_t i = 0; i < labels->count; i++) {
        if (i)
            buffer_add_text(&text, ", ");
        add_value(&text, labels->items[i]);
    }
    add(report, lines, sign, arena_copy(report->arena, buffer_slice(&text)));
    buffer_free(&text);
}

static void typed_line(struct report *report, enum line_sign sign, const struct node *node, enum value_type type,
                       size_t length, struct signed_lines *lines)
{
    struct buffer text = {0};
    if (length) {
        add_value(&text, node);
        buffer_add_format(&text, "  %zu bytes", length);
    } else {
        add_typed_value(&text, node, type);
    }
    add(report, lines, sign, arena_copy(report->arena, buffer_slice(&text)));
    buffer_free(&text);
}

struct signed_lines change_lines(struct report *report, const struct change *change)
{
    struct signed_lines lines = {0};
    const struct node *before = change->before, *after = change->after;
    bool lengths = change->secret && change->length_before != change->length_after && before && after;
    if (change->kind == CHANGE_REORDERED) {
        order_line(report, LINE_OLD, before, &lines);
        order_line(report, LINE_NEW, after, &lines);
    } else if (changes_type(change) || lengths) {
        typed_line(report, LINE_OLD, before, change->type_before, lengths ? change->length_before : 0, &lines);
        typed_line(report, LINE_NEW, after, change->type_after, lengths ? change->length_after : 0, &lines);
    } else if (!change->secret && node_is_scalar(before) && node_is_scalar(after) &&
               (has_lines(before) || has_lines(after))) {
        diff_lines(report, change, &lines);
    } else {
        if (before)
            node_lines(report, LINE_OLD, before, &lines);
        if (after)
            node_lines(report, LINE_NEW, after, &lines);
    }
    return lines;
}

void visit_changes(const struct change_list *changes, void (*visit)(void *state, const struct change *), void *state)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = changes->items[i];
        if (change->noise)
            continue;
        if (change->nested.count)
            visit_changes(&change->nested, visit, state);
        else
            visit(state, change);
    }
}
