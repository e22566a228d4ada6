// report/stat.c
//
// Shows how much has changed in each object, as `git diff --stat` does for files.
#include "report/lines.h"
#include "report/sections.h"
#include "report/value.h"

enum { SIGNS_MAX = 40 };

struct row {
    struct slice title;
    const char *failure;  // of a root that can't be compared
    size_t signs[3];      // added, removed, replaced
    size_t count;
};

struct rows {
    struct row *items;
    size_t count, capacity;
    size_t width;
};

static void count_change(void *state, const struct change *change)
{
    struct row *row = state;
    row->count++;
    row->signs[change->kind == CHANGE_ADDED ? 0 : change->kind == CHANGE_REMOVED ? 1 : 2]++;
}

static struct slice title_of(struct report *report, const struct comparison *comparison, const struct resource *object)
{
    struct slice title = object_title(report->arena, object);
    return report->is_pair ? title
                           : arena_format(report->arena, "%.*s/%.*s", SLICE_ARGS(comparison->path), SLICE_ARGS(title));
}

static void add_signs(struct buffer *out, const struct row *row)
{
    static const char signs[] = "+-~";
    size_t shown = 0;
    for (size_t i = 0; i < countof(row->signs); i++) {
        // Each kind of change that occurs gets at least one sign.
        size_t count = row->count > SIGNS_MAX ? row->signs[i] * SIGNS_MAX / row->count : row->signs[i];
        count += !count && row->signs[i];
        for (size_t k = 0; k < count; k++, shown++)
            buffer_add_byte(out, signs[i]);
    }
}

static void add_row(struct report *report, struct rows *rows, struct row row)
{
    rows->width = row.title.length > rows->width ? row.title.length : rows->width;
    list_append(report->arena, rows, row);
}

static void write(struct report *report)
{
    struct rows rows = {0};
    for (size_t i = 0; i < report->failed_count; i++)
        add_row(report, &rows,
                (struct row){.title = report->failed[i].path, .failure = failed_root_text(&report->failed[i])});
    for (size_t i = 0; i < report->count; i++)
        for (size_t k = 0; k < report->comparisons[i]->objects.count; k++) {
            const struct object_difference *object = report->comparisons[i]->objects.items[k];
            struct row row = {0};
            if (!object_is_shown(object))
                continue;
            row.title = title_of(report, report->comparisons[i], object->after ? object->after : object->before);
            visit_changes(&object->changes, count_change, &row);
            if (!object->before || !object->after)
                row.signs[object->before ? 1 : 0] = row.count = 1;
            add_row(report, &rows, row);
        }
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.items[i];
        buffer_add_byte(report->out, ' ');
        add_shown(report->out, row->title);
        for (size_t k = row->title.length; k < rows.width; k++)
            buffer_add_byte(report->out, ' ');
        if (row->failure)
            buffer_add_format(report->out, " | %s", row->failure);
        else
            buffer_add_format(report->out, " | %zu ", row->count);
        add_signs(report->out, row);
        buffer_add_byte(report->out, '\n');
    }
    struct report_totals totals = report_totals(report);
    struct slice counts = counts_text(report->arena, totals.objects);
    if (counts.length)
        buffer_add_format(report->out, " %.*s\n", SLICE_ARGS(counts));
}

const struct report_format stat_format = {.name = "stat", .write = write};
