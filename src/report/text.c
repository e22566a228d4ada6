// report/text.c
//
// For people; the only format with terminal colors:
//
//     overlays/prod
//     ~ Deployment/shop/web
//         spec.replicas                               3 → 5                   overlays/prod/replicas.yaml:6
//     + NetworkPolicy/shop/web
//     1 changed, 1 added
#include "base/utf8.h"
#include <stdlib.h>

#include "report/lines.h"
#include "report/sections.h"
#include "report/value.h"
#include "resource/name_hash.h"

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define BOLD "\033[1m"
#define FAINT "\033[2m"
#define PLAIN "\033[0m"

enum {
    PATH_WIDTH_MAX = 50,  // after a longer path, the columns shift to the right
    VALUE_WIDTH_MAX = 32,
    ITEM_WIDTH_MAX = 60,  // longer items get their own lines
    SHORTENED_FROM = 24   // shorter values are shown in full
};

static const char *color(const struct report *report, const char *code)
{
    return report->color ? code : "";
}

static void pad(struct buffer *out, size_t width, size_t to)
{
    for (; width < to; width++)
        buffer_add_byte(out, ' ');
}

// --- A line for each change.

struct row {
    struct slice path, value, place;
    const char *color;
};

struct rows {
    struct row *items;
    size_t count, capacity;
    size_t path_width, value_width;
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Shortens `…/web:1.0.3 → …/web:1.0.4`: the length of the common start, up to a slash.
static size_t common_start(struct slice before, struct slice after)
{
    size_t i = 0, slash = 0;
    if (least(before.length, after.length) < SHORTENED_FROM)
        return 0;
    while (i < before.length && i < after.length && before.data[i] == after.data[i])
        if (before.data[i++] == '/')
            slash = i - 1;
    return slash;
}

static void add_replaced(struct buffer *out, const struct change *change)
{
    struct buffer before = {0}, after = {0};
    if (changes_type(change)) {
        add_typed_value(&before, change->before, change->type_before);
        add_typed_value(&after, change->after, change->type_after);
    } else {
        add_value(&before, change->before);
        add_value(&after, change->after);
    }
    size_t common = common_start(buffer_slice(&before), buffer_slice(&after));
    buffer_add_format(out, "%s%.*s → %s%.*s", common ? "…" : "",
                      SLICE_ARGS(slice_from_index(buffer_slice(&before), common)), common ? "…" : "",
                      SLICE_ARGS(slice_from_index(buffer_slice(&after), common)));
    if (change->secret && change->length_before != change->length_after)
        buffer_add_format(out, "  %zu → %zu bytes", change->length_before, change->length_after);
    buffer_free(&before);
    buffer_free(&after);
}

static void add_order(struct buffer *out, const struct node *labels)
{
    enum { SHOWN = 6 };
    for (uint32_t i = 0; i < labels->count && i < SHOWN; i++) {
        if (i)
            buffer_add_text(out, ", ");
        add_value(out, labels->items[i]);
    }
    if (labels->count > SHOWN)
        buffer_add_text(out, ", …");
}

static void add_one_line(struct buffer *out, const struct change *change)
{
    switch (change->kind) {
    case CHANGE_REPLACED:
        add_replaced(out, change);
        break;
    case CHANGE_ADDED:
        buffer_add_text(out, "+ ");
        add_value(out, change->after);
        break;
    case CHANGE_REMOVED:
        buffer_add_text(out, "- ");
        add_value(out, change->before);
        break;
    case CHANGE_REORDERED:
        buffer_add_text(out, "order: ");
        add_order(out, change->before);
        buffer_add_text(out, " → ");
        add_order(out, change->after);
        break;
    }
}

static struct slice shown(struct arena *arena, struct slice text)
{
    struct buffer out = {0};
    add_shown(&out, text);
    text = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}

static struct row row_of(struct report *report, const struct change *change)
{
    struct buffer value = {0};
    add_one_line(&value, change);
    struct row row = {
        .path = shown(report->arena, change->path),
        .value = arena_copy(report->arena, buffer_slice(&value)),
        .place = place_text(report->arena, change),
        .color = change->kind == CHANGE_ADDED     ? GREEN
                 : change->kind == CHANGE_REMOVED ? RED
                                                  : YELLOW,
    };
    buffer_free(&value);
    return row;
}

// --- Lines below a change.

static void add_signed_lines(struct report *report, const struct signed_lines *lines, const char *indentation)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct signed_line *line = &lines->items[i];
        const char *code = line->sign == LINE_NEW ? GREEN : line->sign == LINE_OLD ? RED : "";
        if (line->sign == LINE_GAP) {
            buffer_add_format(report->out, "%s…\n", indentation);
            continue;
        }
        buffer_add_format(report->out, "%s%s%c", indentation, color(report, code), (char)line->sign);
        if (line->text.length)
            buffer_add_byte(report->out, ' ');
        add_shown(report->out, line->text);
        buffer_add_format(report->out, "%s\n", *code ? color(report, PLAIN) : "");
    }
}

static void add_heading(struct report *report, struct slice path, struct slice place, size_t place_column)
{
    buffer_add_text(report->out, "    ");
    struct slice text = shown(report->arena, path);
    buffer_add_slice(report->out, text);
    if (place.length) {
        pad(report->out, text_width(text), place_column);
        buffer_add_format(report->out, "  %s%.*s%s", color(report, FAINT), SLICE_ARGS(place), color(report, PLAIN));
    }
    buffer_add_byte(report->out, '\n');
}

// Leaves out the field that identifies the item, because the label already has it.
static void add_item_value(struct buffer *out, const struct change *change)
{
    const struct node *node = change->after ? change->after : change->before;
    if (!node_is_map(node)) {
        add_value(out, node);
        return;
    }
    bool any = false;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *value = node->entries[i].value;
        if (node_is_scalar(value) && slice_equal(node_text(value), change->item))
            continue;
        if (any)
            buffer_add_text(out, ", ");
        add_shown(out, node->entries[i].key->text);
        buffer_add_text(out, ": ");
        add_value(out, value);
        any = true;
    }
}

static void add_item(struct report *report, const struct change *change, size_t place_column)
{
    bool is_added = change->kind == CHANGE_ADDED;
    const struct node *node = is_added ? change->after : change->before;
    struct buffer value = {0};
    add_item_value(&value, change);
    struct slice label = arena_format(report->arena, "%c [%.*s]", is_added ? '+' : '-',
                                      SLICE_ARGS(shown(report->arena, change->item)));
    bool fits = value.length <= ITEM_WIDTH_MAX && !has_lines(node);
    struct slice place = place_text(report->arena, change);
    size_t width = text_width(label) + 2;
    buffer_add_format(report->out, "      %s%.*s", color(report, is_added ? GREEN : RED), SLICE_ARGS(label));
    if (fits && value.length) {
        buffer_add_format(report->out, "  %.*s", SLICE_ARGS(buffer_slice(&value)));
        width += text_width(buffer_slice(&value)) + 2;
    }
    buffer_add_text(report->out, color(report, PLAIN));
    if (place.length) {
        pad(report->out, width, place_column);
        buffer_add_format(report->out, "  %s%.*s%s", color(report, FAINT), SLICE_ARGS(place), color(report, PLAIN));
    }
    buffer_add_byte(report->out, '\n');
    if (!fits) {
        struct signed_lines lines = {0};
        node_lines(report, is_added ? LINE_NEW : LINE_OLD, node, &lines);
        add_signed_lines(report, &lines, "        ");
    }
    buffer_free(&value);
}

// --- Changes of an object.

static bool is_long(const struct change *change)
{
    if (change->kind == CHANGE_REORDERED)
        return false;
    return has_lines(change->before) || has_lines(change->after) ||
           (change->before && change->before->kind != NODE_SCALAR && change->before->count) ||
           (change->after && change->after->kind != NODE_SCALAR && change->after->count);
}

// True for a change that is a row of the table.
static bool is_row(const struct change *change)
{
    return !change->list.length && !change->nested.count && !is_long(change);
}

static void measure(struct report *report, const struct change_list *changes, struct rows *rows)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = changes->items[i];
        if (change->noise)
            continue;
        measure(report, &change->nested, rows);
        if (!is_row(change))
            continue;
        struct row row = row_of(report, change);
        size_t path = text_width(row.path), value = text_width(row.value);
        if (path > rows->path_width && path <= PATH_WIDTH_MAX)
            rows->path_width = path;
        if (value > rows->value_width && value <= VALUE_WIDTH_MAX)
            rows->value_width = value;
    }
}

static void add_row(struct report *report, const struct row *row, const struct rows *widths)
{
    struct buffer *out = report->out;
    buffer_add_format(out, "    %.*s", SLICE_ARGS(row->path));
    pad(out, text_width(row->path), widths->path_width);
    buffer_add_format(out, "  %s%.*s%s", color(report, row->color), SLICE_ARGS(row->value), color(report, PLAIN));
    if (row->place.length) {
        pad(out, text_width(row->value), widths->value_width);
        buffer_add_format(out, "  %s%.*s%s", color(report, FAINT), SLICE_ARGS(row->place), color(report, PLAIN));
    }
    buffer_add_byte(out, '\n');
}

static void add_long(struct report *report, const struct change *change, size_t place_column)
{
    struct signed_lines lines = change_lines(report, change);
    add_heading(report, change->path, place_text(report->arena, change), place_column);
    add_signed_lines(report, &lines, "      ");
}

static void add_changes(struct report *report, const struct change_list *changes, const struct rows *widths)
{
    size_t place_column = widths->path_width + widths->value_width + 2;
    struct slice list = {0};
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = changes->items[i];
        bool same_list = list.length && slice_equal(list, change->list);
        list = change->list;
        if (change->noise)
            continue;
        if (change->nested.count) {
            add_changes(report, &change->nested, widths);
        } else if (change->list.length) {
            if (!same_list)
                add_heading(report, change->list, (struct slice){0}, 0);
            add_item(report, change, place_column);
        } else if (is_row(change)) {
            struct row row = row_of(report, change);
            add_row(report, &row, widths);
        } else {
            add_long(report, change, place_column);
        }
    }
}

static void add_object(struct report *report, const struct object_difference *object)
{
    static const char signs[] = {
        [OBJECT_REMOVED] = '-', [OBJECT_RENAMED] = '~', [OBJECT_CHANGED] = '~', [OBJECT_ADDED] = '+'};
    static const char *const codes[] = {
        [OBJECT_REMOVED] = RED, [OBJECT_RENAMED] = YELLOW, [OBJECT_CHANGED] = YELLOW, [OBJECT_ADDED] = GREEN};
    struct slice title = object_title(report->arena, object->after ? object->after : object->before);
    if (object->kind == OBJECT_RENAMED && object->reason == RENAME_HASH) {
        struct slice base = object->after->id.name->text;
        if (name_without_hash(base, &base))
            title.length -= object->after->id.name->text.length - base.length;
    }
    buffer_add_format(report->out, "%s%c %.*s%s", color(report, codes[object->kind]), signs[object->kind],
                      SLICE_ARGS(title), color(report, PLAIN));
    if (object->kind == OBJECT_RENAMED)
        buffer_add_format(report->out, "   (%.*s%.*s)", SLICE_ARGS(rename_text(report->arena, object)),
                          SLICE_ARGS(references_text(report->arena, object)));
    buffer_add_byte(report->out, '\n');
    struct rows widths = {0};
    measure(report, &object->changes, &widths);
    add_changes(report, &object->changes, &widths);
}

// --- Grouping by file: the effects of each changed line.

struct caused {
    const struct object_difference *object;
    const struct change *change;  // NULL: the object was added, removed, or renamed
    struct slice file;            // empty: unknown
    uint32_t line;
    size_t number;
};

struct caused_list {
    struct arena *arena;
    struct caused *items;
    size_t count, capacity;
    const struct object_difference *object;
};

static void add_caused(void *state, const struct change *change)
{
    struct caused_list *list = state;
    const struct source *source = change->place_side
                                      ? sources_get(&change->place_side->build->sources, change->place.file)
                                      : NULL;
    struct caused caused = {.object = list->object, .change = change, .number = list->count};
    if (source) {
        caused.file = source->path;
        caused.line = change->place.line;
    }
    list_append(list->arena, list, caused);
}

static int compare_caused(const void *a, const void *b)
{
    const struct caused *first = a, *second = b;
    int order = slice_compare(first->file, second->file);
    if (!order && first->line != second->line)
        order = first->line < second->line ? -1 : 1;
    return order ? order : first->number < second->number ? -1 : 1;
}

static void add_caused_lines(struct report *report, const struct caused *caused)
{
    struct signed_lines lines = {0};
    const struct object_difference *object = caused->object;
    struct slice title = object_title(report->arena, object->after ? object->after : object->before);
    buffer_add_text(report->out, "  ");
    if (caused->line)
        buffer_add_format(report->out, "%u: ", caused->line);
    if (!caused->change) {
        const char *sign = object->kind == OBJECT_ADDED ? "+" : object->kind == OBJECT_REMOVED ? "-" : "~";
        buffer_add_format(report->out, "%s %.*s", sign, SLICE_ARGS(title));
        if (object->kind == OBJECT_RENAMED)
            buffer_add_format(report->out, "   (%.*s%.*s)", SLICE_ARGS(rename_text(report->arena, object)),
                              SLICE_ARGS(references_text(report->arena, object)));
        buffer_add_byte(report->out, '\n');
        return;
    }
    buffer_add_format(report->out, "%.*s ", SLICE_ARGS(title));
    add_shown(report->out, caused->change->path);
    if (is_row(caused->change)) {
        struct row row = row_of(report, caused->change);
        buffer_add_format(report->out, "  %s%.*s%s\n", color(report, row.color), SLICE_ARGS(row.value),
                          color(report, PLAIN));
        return;
    }
    buffer_add_byte(report->out, '\n');
    lines = change_lines(report, caused->change);
    add_signed_lines(report, &lines, "      ");
}

static void add_files(struct report *report, const struct comparison *comparison)
{
    struct caused_list list = {.arena = report->arena};
    for (size_t i = 0; i < comparison->objects.count; i++) {
        list.object = comparison->objects.items[i];
        if (!object_is_shown(list.object))
            continue;
        if (list.object->kind != OBJECT_CHANGED)
            list_append(report->arena, &list, ((struct caused){.object = list.object, .number = list.count}));
        visit_changes(&list.object->changes, add_caused, &list);
    }
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_caused);
    for (size_t i = 0; i < list.count; i++) {
        struct slice file = list.items[i].file;
        if (file.length && (!i || !slice_equal(file, list.items[i - 1].file)))
            buffer_add_format(report->out, "  %s%.*s%s\n", color(report, FAINT), SLICE_ARGS(shown(report->arena, file)),
                              color(report, PLAIN));
        buffer_add_text(report->out, file.length ? "  " : "");
        add_caused_lines(report, &list.items[i]);
    }
}

static void add_summary(struct report *report)
{
    struct report_totals totals = report_totals(report);
    struct slice counts = counts_text(report->arena, totals.objects);
    if (!counts.length)
        return;
    buffer_add_slice(report->out, counts);
    if (!report->is_pair)
        buffer_add_format(report->out, " in %.*s of %.*s root%s",
                          SLICE_ARGS(count_text(report->arena, totals.roots_changed)),
                          SLICE_ARGS(count_text(report->arena, report->compared)), report->compared == 1 ? "" : "s");
    buffer_add_byte(report->out, '\n');
}

static void add_failed(struct report *report, const struct failed_root *failed)
{
    buffer_add_format(report->out, "%s%.*s%s\n", color(report, BOLD), SLICE_ARGS(shown(report->arena, failed->path)),
                      color(report, PLAIN));
    buffer_add_format(report->out, "! %s: %.*s\n", failed_root_text(failed),
                      SLICE_ARGS(shown(report->arena, failed->message)));
}

static void add_objects(struct report *report, const struct comparison *comparison)
{
    struct slice lone = lone_root_text(report, comparison);
    if (lone.length) {
        bool is_new = comparison->before->is_missing;
        buffer_add_format(report->out, "%s%c %.*s%s\n", color(report, is_new ? GREEN : RED), is_new ? '+' : '-',
                          SLICE_ARGS(lone), color(report, PLAIN));
        return;
    }
    for (size_t k = 0; k < comparison->objects.count; k++)
        if (object_is_shown(comparison->objects.items[k]))
            add_object(report, comparison->objects.items[k]);
    if (report->show_unchanged && comparison->unchanged)
        buffer_add_format(report->out, "  %.*s unchanged\n",
                          SLICE_ARGS(count_text(report->arena, comparison->unchanged)));
}

static void write(struct report *report)
{
    enum { NAMED = 5 };
    struct sections sections = {0};
    sections_collect(report, report->group == REPORT_BY_FILE ? add_files : add_objects, &sections);
    for (size_t i = 0; i < sections.count; i++) {
        buffer_add_text(report->out, color(report, BOLD));
        section_add_roots(report->out, report, sections.items[i], NAMED, add_shown);
        buffer_add_format(report->out, "%s\n%.*s", color(report, PLAIN), SLICE_ARGS(sections.items[i]->body));
    }
    for (size_t i = 0; i < report->failed_count; i++)
        add_failed(report, &report->failed[i]);
    add_summary(report);
}

const struct report_format text_format = {.name = "text", .write = write};
