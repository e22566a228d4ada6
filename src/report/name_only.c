// report/name_only.c
//
// The objects that differ, one per line: "overlays/prod/Deployment/shop/web". A root that builds on one side only has
// its own line.
#include "report/value.h"

static void write(struct report *report)
{
    for (size_t i = 0; i < report->failed_count; i++) {
        add_shown(report->out, report->failed[i].path);
        buffer_add_byte(report->out, '\n');
    }
    for (size_t i = 0; i < report->count; i++) {
        const struct comparison *comparison = report->comparisons[i];
        for (size_t k = 0; k < comparison->objects.count; k++) {
            const struct object_difference *object = comparison->objects.items[k];
            if (!object_is_shown(object))
                continue;
            if (!report->is_pair) {
                add_shown(report->out, comparison->path);
                buffer_add_byte(report->out, '/');
            }
            const struct resource *resource = object->after ? object->after : object->before;
            buffer_add_format(report->out, "%.*s\n", SLICE_ARGS(object_title(report->arena, resource)));
        }
    }
}

const struct report_format name_only_format = {.name = "name-only", .write = write};
