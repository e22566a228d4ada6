// report/github.c
//
// Workflow annotations for GitHub, at the lines that caused the changes:
//
//     ::notice file=overlays/prod/replicas.yaml,line=6,col=10,title=Deployment/shop/web::spec.replicas: 3 → 5
//
// GitHub shows ten for a step, so the last one counts all of them.
#include "report/escape.h"
#include "report/lines.h"
#include "report/sections.h"
#include "report/value.h"

struct annotations {
    struct report *report;
    struct slice title;
};

static void add_change(void *state, const struct change *change)
{
    struct annotations *annotations = state;
    struct report *report = annotations->report;
    const struct source *source = change->place_side
                                      ? sources_get(&change->place_side->build->sources, change->place.file)
                                      : NULL;
    struct buffer message = {0};
    struct signed_lines lines = change_lines(report, change);
    add_shown(&message, change->path);
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.items[i].sign != LINE_OLD && lines.items[i].sign != LINE_NEW)
            continue;
        buffer_add_format(&message, "\n%c ", (char)lines.items[i].sign);
        add_shown(&message, lines.items[i].text);
    }
    escape_github_notice(report->out, source ? source->path : (struct slice){0}, change->place.line,
                         change->place.column, annotations->title, buffer_slice(&message));
    buffer_wipe(&message);
}

static void add_object(struct report *report, const struct comparison *comparison,
                       const struct object_difference *object)
{
    struct slice title = object_title(report->arena, object->after ? object->after : object->before);
    if (!report->is_pair)
        title = arena_format(report->arena, "%.*s: %.*s", SLICE_ARGS(comparison->path), SLICE_ARGS(title));
    struct annotations annotations = {report, title};
    if (object->kind != OBJECT_CHANGED)
        escape_github_notice(report->out, (struct slice){0}, 0, 0, title,
                             object->kind == OBJECT_ADDED     ? slice_literal("added")
                             : object->kind == OBJECT_REMOVED ? slice_literal("removed")
                                                              : rename_text(report->arena, object));
    visit_changes(&object->changes, add_change, &annotations);
}

// A root that builds again is not an error.
static void add_failed(struct report *report, const struct failed_root *failed)
{
    struct slice message = arena_format(report->arena, "%s: %.*s", failed_root_text(failed),
                                        SLICE_ARGS(failed->message));
    escape_github(report->out, &(struct github_annotation){.level = failed->failed_after ? "error" : "notice",
                                                           .file = failed->file,
                                                           .line = failed->line,
                                                           .column = failed->column,
                                                           .title = failed->path,
                                                           .message = message});
}

static void write(struct report *report)
{
    for (size_t i = 0; i < report->failed_count; i++)
        add_failed(report, &report->failed[i]);
    for (size_t i = 0; i < report->count; i++) {
        const struct comparison *comparison = report->comparisons[i];
        struct slice lone = lone_root_text(report, comparison);
        if (lone.length)
            escape_github_notice(report->out, (struct slice){0}, 0, 0, comparison->path, lone);
        for (size_t k = 0; !lone.length && k < comparison->objects.count; k++)
            if (object_is_shown(comparison->objects.items[k]))
                add_object(report, comparison, comparison->objects.items[k]);
    }
    struct report_totals totals = report_totals(report);
    struct slice counts = counts_text(report->arena, totals.objects);
    if (counts.length)
        escape_github_notice(report->out, (struct slice){0}, 0, 0, slice_literal("kiln diff"), counts);
}

const struct report_format github_format = {.name = "github", .write = write};
