// report/markdown.c
//
// A comment for a pull request. Roots with the same changes are one section. If not everything fits, the last sections
// become one line each, and if these don't fit either, only their number is shown.
#include "report/escape.h"
#include "report/lines.h"
#include "report/sections.h"
#include "report/value.h"

#define MARKER "<!-- kiln-diff -->\n"  // identifies kiln's comment, so that a bot can replace it

// --- Changes.

static void add_change(void *state, const struct change *change)
{
    struct report *report = state;
    struct signed_lines lines = change_lines(report, change);
    struct slice place = place_text(report->arena, change);
    buffer_add_text(report->out, "@@ ");
    add_shown(report->out, change->path);
    buffer_add_text(report->out, " @@");
    if (place.length)
        buffer_add_format(report->out, " %.*s", SLICE_ARGS(place));
    buffer_add_byte(report->out, '\n');
    for (size_t i = 0; i < lines.count; i++) {
        const struct signed_line *line = &lines.items[i];
        if (line->sign == LINE_GAP)
            buffer_add_text(report->out, "  …");
        else
            buffer_add_format(report->out, "%c ", (char)line->sign);
        add_shown(report->out, line->text);
        buffer_add_byte(report->out, '\n');
    }
}

static size_t longest_fence(struct slice text)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.length; i++) {
        run = text.data[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_block(struct report *report, const struct object_difference *object)
{
    enum { FENCE_MIN = 3 };
    struct buffer block = {0}, *out = report->out;
    report->out = &block;
    visit_changes(&object->changes, add_change, report);
    report->out = out;
    size_t fence = longest_fence(buffer_slice(&block)) + 1;
    fence = fence < FENCE_MIN ? FENCE_MIN : fence;
    if (block.length) {
        for (size_t i = 0; i < fence; i++)
            buffer_add_byte(out, '`');
        buffer_add_format(out, "diff\n%.*s", SLICE_ARGS(buffer_slice(&block)));
        for (size_t i = 0; i < fence; i++)
            buffer_add_byte(out, '`');
        buffer_add_text(out, "\n\n");
    }
    buffer_wipe(&block);
}

static const char *const signs[] = {
    [OBJECT_REMOVED] = "➖", [OBJECT_RENAMED] = "✏️", [OBJECT_CHANGED] = "✏️", [OBJECT_ADDED] = "➕"};

static void add_object(struct report *report, const struct object_difference *object)
{
    struct buffer *out = report->out;
    buffer_add_format(out, "%s <code>", signs[object->kind]);
    escape_markdown(out, object_title(report->arena, object->after ? object->after : object->before));
    buffer_add_text(out, "</code>");
    if (object->kind == OBJECT_RENAMED) {
        buffer_add_text(out, " (");
        escape_markdown(out, rename_text(report->arena, object));
        buffer_add_format(out, "%.*s)", SLICE_ARGS(references_text(report->arena, object)));
    }
    buffer_add_text(out, "\n\n");
    add_block(report, object);
}

static void add_objects(struct report *report, const struct comparison *comparison)
{
    struct slice lone = lone_root_text(report, comparison);
    if (lone.length) {
        buffer_add_format(report->out, "%s <code>",
                          signs[comparison->before->is_missing ? OBJECT_ADDED : OBJECT_REMOVED]);
        escape_markdown(report->out, lone);
        buffer_add_text(report->out, "</code>\n\n");
        return;
    }
    for (size_t i = 0; i < comparison->objects.count; i++)
        if (object_is_shown(comparison->objects.items[i]))
            add_object(report, comparison->objects.items[i]);
}

// --- Sections.

static void add_path(struct buffer *out, struct slice path)
{
    buffer_add_text(out, "<b>");
    escape_markdown(out, path);
    buffer_add_text(out, "</b>");
}

static struct slice heading_of(struct report *report, const struct section *section)
{
    enum { NAMED = 2 };
    struct buffer text = {0};
    section_add_roots(&text, report, section, NAMED, add_path);
    buffer_add_format(&text, ": %.*s", SLICE_ARGS(section->counts));
    struct slice copy = arena_copy(report->arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

#define DETAILS "<details><summary>%.*s</summary>\n\n%.*s</details>\n\n"
#define COUNTS "- %.*s\n"
enum { LAST_LINE = 64 };  // the maximum size of the line that counts the rest

static struct slice failed_text(struct report *report)
{
    struct buffer text = {0};
    for (size_t i = 0; i < report->failed_count; i++) {
        const struct failed_root *failed = &report->failed[i];
        buffer_add_text(&text, "❌ ");
        add_path(&text, failed->path);
        buffer_add_format(&text, " %s: <code>", failed_root_text(failed));
        escape_markdown(&text, failed->message);
        buffer_add_text(&text, "</code>\n\n");
    }
    struct slice copy = arena_copy(report->arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

static void add_rest(struct report *report, const struct sections *sections, size_t from, size_t room)
{
    size_t roots = 0;
    for (; from < sections->count; from++) {
        struct slice line = arena_format(report->arena, COUNTS, SLICE_ARGS(heading_of(report, sections->items[from])));
        if (!roots && line.length + (from + 1 < sections->count ? LAST_LINE : 0) <= room) {
            buffer_add_slice(report->out, line);
            room -= line.length;
        } else {
            roots += sections->items[from]->roots.count;
        }
    }
    if (roots)
        buffer_add_format(report->out, "- %.*s more root%s not shown here\n",
                          SLICE_ARGS(count_text(report->arena, roots)), roots == 1 ? " that is" : "s that are");
}

// A section is written only if there is still room for the lines of all later sections.
static void add_sections(struct report *report, const struct sections *sections)
{
    size_t at = 0, counts = 0;
    for (size_t i = 0; i < sections->count; i++)
        counts += heading_of(report, sections->items[i]).length + strlen("- \n");
    for (; at < sections->count; at++) {
        const struct section *section = sections->items[at];
        struct slice heading = heading_of(report, section);
        struct slice text = arena_format(report->arena, DETAILS, SLICE_ARGS(heading), SLICE_ARGS(section->body));
        counts -= heading.length + strlen("- \n");
        size_t rest = counts && counts < LAST_LINE ? LAST_LINE : counts;
        if (report->out->length + text.length + rest > report->max_bytes)
            break;
        buffer_add_slice(report->out, text);
    }
    size_t used = report->out->length;
    add_rest(report, sections, at, used < report->max_bytes ? report->max_bytes - used : 0);
}

static void write(struct report *report)
{
    struct sections sections = {0};
    sections_collect(report, add_objects, &sections);
    buffer_add_text(report->out, MARKER);
    struct report_totals totals = report_totals(report);
    struct slice counts = counts_text(report->arena, totals.objects), failed = failed_text(report);
    if (!sections.count && !failed.length) {
        buffer_add_text(report->out, "No resource changes.\n");
        return;
    }
    if (counts.length)
        buffer_add_format(report->out, "**%.*s**", SLICE_ARGS(counts));
    if (counts.length && !report->is_pair)
        buffer_add_format(report->out, " in %.*s of %.*s root%s",
                          SLICE_ARGS(count_text(report->arena, totals.roots_changed)),
                          SLICE_ARGS(count_text(report->arena, report->compared)), report->compared == 1 ? "" : "s");
    buffer_add_text(report->out, "\n\n");
    size_t room = report->max_bytes - report->out->length;
    if (failed.length + (sections.count ? LAST_LINE : 0) <= room)
        buffer_add_slice(report->out, failed);
    else
        buffer_add_format(report->out, "❌ %zu root%s\n\n", report->failed_count,
                          report->failed_count == 1 ? " does not build" : "s do not build");
    add_sections(report, &sections);
}

const struct report_format markdown_format = {.name = "markdown", .write = write};
