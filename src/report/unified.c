// report/unified.c
//
// Unified diffs of the printed YAML, one per object, for delta, diff-so-fancy, and patch.
#include "base/text_diff.h"
#include "report/sections.h"
#include "report/value.h"

static struct slice name_of(struct report *report, const char *side, const struct comparison *comparison,
                            const struct resource *object)
{
    struct slice path = report->is_pair ? (struct slice){0} : comparison->path;
    struct buffer name = {0};
    if (!object)
        return slice_literal("/dev/null");
    buffer_add_format(&name, "%s/", side);
    add_shown(&name, path);
    buffer_add_format(&name, "%s%.*s", path.length ? "/" : "", SLICE_ARGS(object_title(report->arena, object)));
    struct slice copy = arena_copy(report->arena, buffer_slice(&name));
    buffer_free(&name);
    return copy;
}

static struct slice yaml_of(struct report *report, const struct node *tree)
{
    struct buffer text = {0};
    if (tree)
        add_lines(report, &text, tree);
    struct slice copy = arena_copy(report->arena, buffer_slice(&text));
    buffer_wipe(&text);
    return copy;
}

// `patch` and similar programs skip such lines.
static void add_failed(struct report *report, const struct failed_root *failed)
{
    buffer_add_text(report->out, "# ");
    add_shown(report->out, failed->path);
    buffer_add_format(report->out, " %s: ", failed_root_text(failed));
    add_shown(report->out, failed->message);
    buffer_add_byte(report->out, '\n');
}

static void write(struct report *report)
{
    for (size_t i = 0; i < report->failed_count; i++)
        add_failed(report, &report->failed[i]);
    for (size_t i = 0; i < report->count; i++) {
        const struct comparison *comparison = report->comparisons[i];
        if (!comparison_differs(comparison))
            continue;
        for (size_t k = 0; k < comparison->objects.count; k++) {
            const struct object_difference *object = comparison->objects.items[k];
            struct text_diff_request request = {
                .before = name_of(report, "a", comparison, object->before),
                .after = name_of(report, "b", comparison, object->after),
                .context = report->context,
            };
            text_diff(report->arena, &request, yaml_of(report, comparison_tree(comparison, object, false)),
                      yaml_of(report, comparison_tree(comparison, object, true)), report->out);
        }
    }
}

const struct report_format unified_format = {.name = "unified", .write = write};
