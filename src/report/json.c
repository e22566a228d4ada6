// report/json.c
//
// For programs. Fields may be added, but are never renamed:
//
//     {"schemaVersion":1,"roots":[{"path":"overlays/prod","changes":[{"kind":"changed","object":{…},"fields":[…]}]}],…}
#include "json/json.h"

#include "report/json_object.h"
#include "report/value.h"

static void add_text_field(struct buffer *out, const char *key, struct slice text)
{
    buffer_add_byte(out, ',');
    json_write_member(out, key, text);
}

static void add_origin(struct buffer *out, const struct change *change)
{
    const struct source *source = change->place_side
                                      ? sources_get(&change->place_side->build->sources, change->place.file)
                                      : NULL;
    if (!source)
        return;
    buffer_add_text(out, ",\"origin\":{\"file\":");
    json_write_string(out, source->path);
    buffer_add_format(out, ",\"line\":%u,\"column\":%u}", change->place.line, (unsigned)change->place.column);
}

struct fields {
    struct report *report;
    bool any;
};

static void add_field(void *state, const struct change *change)
{
    static const char *const operations[] = {[CHANGE_REPLACED] = "replace",
                                             [CHANGE_ADDED] = "add",
                                             [CHANGE_REMOVED] = "remove",
                                             [CHANGE_REORDERED] = "reorder"};
    struct fields *fields = state;
    struct buffer *out = fields->report->out;
    if (fields->any)
        buffer_add_byte(out, ',');
    fields->any = true;
    buffer_add_text(out, "{\"path\":");
    json_write_string(out, change->path);
    add_text_field(out, "pointer", change->pointer);
    if (change->document.length)
        add_text_field(out, "document", change->document);
    add_text_field(out, "op", slice_from(operations[change->kind]));
    if (change->before) {
        buffer_add_text(out, ",\"before\":");
        json_add_node(fields->report, change->before);
    }
    if (change->after) {
        buffer_add_text(out, ",\"after\":");
        json_add_node(fields->report, change->after);
    }
    if (change->secret)
        buffer_add_text(out, ",\"masked\":true");
    if (change->length_before || change->length_after)
        buffer_add_format(out, ",\"lengthBefore\":%zu,\"lengthAfter\":%zu", change->length_before,
                          change->length_after);
    add_origin(out, change);
    buffer_add_byte(out, '}');
}

static void add_fields(struct report *report, const struct object_difference *object)
{
    struct fields fields = {report, false};
    buffer_add_text(report->out, ",\"fields\":[");
    visit_changes(&object->changes, add_field, &fields);
    buffer_add_byte(report->out, ']');
}

static void add_renamed(struct report *report, const struct object_difference *object)
{
    struct buffer *out = report->out;
    add_text_field(out, "reason", slice_from(rename_reason_texts[object->reason]));
    buffer_add_text(out, ",\"from\":");
    json_add_object_id(report, object->before);
    buffer_add_text(out, ",\"to\":");
    json_add_object_id(report, object->after);
    buffer_add_text(out, ",\"references\":[");
    for (size_t i = 0; i < object->references.count; i++) {
        buffer_add_text(out, i ? ",{\"object\":" : "{\"object\":");
        json_add_object_id(report, object->references.items[i].object);
        add_text_field(out, "path", object->references.items[i].path);
        buffer_add_byte(out, '}');
    }
    buffer_add_byte(out, ']');
}

static void add_change(struct report *report, const struct object_difference *object)
{
    static const char *const kinds[] = {[OBJECT_REMOVED] = "removed",
                                        [OBJECT_RENAMED] = "renamed",
                                        [OBJECT_CHANGED] = "changed",
                                        [OBJECT_ADDED] = "added"};
    buffer_add_format(report->out, "{\"kind\":\"%s\"", kinds[object->kind]);
    if (object->kind == OBJECT_RENAMED) {
        add_renamed(report, object);
    } else {
        buffer_add_text(report->out, ",\"object\":");
        json_add_object_id(report, object->after ? object->after : object->before);
    }
    if (object->before && object->after)
        add_fields(report, object);
    buffer_add_byte(report->out, '}');
}

static void add_root(struct report *report, const struct comparison *comparison)
{
    bool any = false;
    buffer_add_text(report->out, "{\"path\":");
    json_write_string(report->out, comparison->path);
    buffer_add_text(report->out, ",\"changes\":[");
    for (size_t i = 0; i < comparison->objects.count; i++) {
        if (!object_is_shown(comparison->objects.items[i]))
            continue;
        if (any)
            buffer_add_byte(report->out, ',');
        any = true;
        add_change(report, comparison->objects.items[i]);
    }
    buffer_add_text(report->out, "]}");
}

static void add_summary(struct report *report)
{
    struct report_totals totals = report_totals(report);
    buffer_add_format(report->out,
                      ",\"summary\":{\"changed\":%zu,\"added\":%zu,\"removed\":%zu,\"renamed\":%zu,"
                      "\"rootsChanged\":%zu,\"rootsCompared\":%zu}",
                      totals.objects[OBJECT_CHANGED], totals.objects[OBJECT_ADDED], totals.objects[OBJECT_REMOVED],
                      totals.objects[OBJECT_RENAMED], totals.roots_changed, report->compared);
}

static void write_compact(struct report *report)
{
    struct buffer *out = report->out;
    bool any = false;
    buffer_add_text(out, "{\"schemaVersion\":1,\"roots\":[");
    for (size_t i = 0; i < report->count; i++) {
        if (!comparison_differs(report->comparisons[i]))
            continue;
        if (any)
            buffer_add_byte(out, ',');
        any = true;
        add_root(report, report->comparisons[i]);
    }
    buffer_add_text(out, "],\"failed\":");
    json_add_failed(report);
    add_summary(report);
    buffer_add_byte(out, '}');
}

static void write(struct report *report)
{
    json_write_report(report, write_compact);
}

const struct report_format json_format = {.name = "json", .write = write};
