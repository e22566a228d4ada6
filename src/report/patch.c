// report/patch.c
//
// RFC 6902: the operations that turn each old object into the new one. An operation with a hidden secret value can't be
// applied, so it has the extra member `masked`, which other programs ignore.
#include "json/json.h"
#include "report/json_object.h"

static void add_mark(struct report *report, bool masked)
{
    if (!masked)
        return;
    buffer_add_text(report->out, ",\"masked\":true");
    report->hidden++;
}

static void begin(struct buffer *out, bool *any, const char *operation, struct slice path)
{
    buffer_add_format(out, "%s{\"op\":\"%s\",\"path\":", *any ? "," : "", operation);
    json_write_string(out, path);
    *any = true;
}

static void add_moves(struct report *report, const struct change *change, bool *any)
{
    for (size_t i = 0; i < change->move_count; i++) {
        const struct list_move *move = &change->moves[i];
        struct slice list = change->patch;
        begin(report->out, any, "move", arena_format(report->arena, "%.*s/%u", SLICE_ARGS(list), move->to));
        buffer_add_text(report->out, ",\"from\":");
        json_write_string(report->out, arena_format(report->arena, "%.*s/%u", SLICE_ARGS(list), move->from));
        buffer_add_byte(report->out, '}');
    }
}

static void add_operations(struct report *report, const struct change_list *changes)
{
    bool any = false;
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = changes->items[i];
        if (change->kind == CHANGE_REORDERED) {
            add_moves(report, change, &any);
            continue;
        }
        begin(report->out, &any,
              change->kind == CHANGE_REPLACED ? "replace"
              : change->kind == CHANGE_ADDED  ? "add"
                                              : "remove",
              change->patch);
        if (change->after) {
            buffer_add_text(report->out, ",\"value\":");
            json_add_node(report, change->after);
            add_mark(report, change->masked);
        }
        buffer_add_byte(report->out, '}');
    }
}

// References that follow a rename need operations, too.
static void add_object(struct report *report, const struct comparison *comparison,
                       const struct object_difference *object)
{
    struct buffer *out = report->out;
    const char *operation = object->kind == OBJECT_ADDED ? "add" : object->kind == OBJECT_REMOVED ? "remove" : "patch";
    buffer_add_format(out, "{\"op\":\"%s\",\"object\":", operation);
    json_add_object_id(report, object->before ? object->before : object->after);
    if (object->kind == OBJECT_ADDED) {
        buffer_add_text(out, ",\"value\":");
        const struct node *tree = comparison_tree(comparison, object, true);
        json_add_node(report, tree);
        add_mark(report, tree != object->after->root);
    } else if (object->after) {
        buffer_add_text(out, ",\"patch\":[");
        add_operations(report, &object->changes);
        buffer_add_byte(out, ']');
    }
    buffer_add_byte(out, '}');
}

static void write_compact(struct report *report)
{
    struct buffer *out = report->out;
    bool any = false;
    buffer_add_text(out, "{\"schemaVersion\":1,\"roots\":[");
    for (size_t i = 0; i < report->count; i++) {
        const struct comparison *comparison = report->comparisons[i];
        if (!comparison_differs(comparison))
            continue;
        buffer_add_text(out, any ? ",{\"path\":" : "{\"path\":");
        any = true;
        json_write_string(out, comparison->path);
        buffer_add_text(out, ",\"objects\":[");
        for (size_t k = 0; k < comparison->objects.count; k++) {
            if (k)
                buffer_add_byte(out, ',');
            add_object(report, comparison, comparison->objects.items[k]);
        }
        buffer_add_text(out, "]}");
    }
    buffer_add_text(out, "],\"failed\":");
    json_add_failed(report);
    buffer_add_byte(out, '}');
}

static void write(struct report *report)
{
    json_write_report(report, write_compact);
}

const struct report_format patch_format = {.name = "patch", .write = write};
