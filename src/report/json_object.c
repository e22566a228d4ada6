#include "report/json_object.h"

#include "json/json.h"
#include "report/value.h"

void json_add_object_id(struct report *report, const struct resource *object)
{
    struct buffer *out = report->out;
    const struct gvk *gvk = &object->id.gvk;
    struct slice api_version = name_is_empty(gvk->group)
                                   ? gvk->version->text
                                   : arena_format(report->arena, "%.*s/%.*s", SLICE_ARGS(gvk->group->text),
                                                  SLICE_ARGS(gvk->version->text));
    buffer_add_byte(out, '{');
    json_write_member(out, "apiVersion", api_version);
    buffer_add_byte(out, ',');
    json_write_member(out, "kind", gvk->kind->text);
    if (!name_is_empty(object->id.namespace)) {
        buffer_add_byte(out, ',');
        json_write_member(out, "namespace", object->id.namespace->text);
    }
    buffer_add_byte(out, ',');
    json_write_member(out, "name", object->id.name->text);
    buffer_add_byte(out, '}');
}

void json_add_node(struct report *report, const struct node *node)
{
    size_t mark = report->diagnostics->count, length = report->out->length;
    bool written = json_write(report->out, node, true, report->diagnostics);
    diagnostics_forget(report->diagnostics, mark);
    if (written)
        return;
    struct buffer text = {0};
    report->out->length = length;
    add_value(&text, node);
    json_write_string(report->out, buffer_slice(&text));
    buffer_wipe(&text);
}

void json_write_report(struct report *report, void (*write_compact)(struct report *))
{
    struct buffer compact = {0}, *out = report->out;
    report->out = &compact;
    write_compact(report);
    report->out = out;
    json_indent(out, buffer_slice(&compact));
    buffer_add_byte(out, '\n');
    buffer_wipe(&compact);
}

void json_add_failed(struct report *report)
{
    struct buffer *out = report->out;
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < report->failed_count; i++) {
        const struct failed_root *failed = &report->failed[i];
        buffer_add_text(out, i ? ",{\"path\":" : "{\"path\":");
        json_write_string(out, failed->path);
        buffer_add_format(out, ",\"failedBefore\":%s,\"failedAfter\":%s,\"message\":",
                          failed->failed_before ? "true" : "false", failed->failed_after ? "true" : "false");
        json_write_string(out, failed->message);
        buffer_add_byte(out, '}');
    }
    buffer_add_byte(out, ']');
}
