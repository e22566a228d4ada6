// report/html.c
//
// A single page without scripts or external resources. It follows the reader's color theme.
#include "report/escape.h"
#include "report/lines.h"
#include "report/sections.h"
#include "report/value.h"

static const char head[] =
    "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<title>kiln diff</title>\n"
    "<style>\n"
    ":root { color-scheme: light dark; --text: #1f2328; --page: #ffffff; --quiet: #59636e; --line: #d1d9e0;\n"
    "  --old: #ffebe9; --new: #dafbe1; --old-text: #82071e; --new-text: #0f5323; --card: #f6f8fa }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  :root { --text: #f0f6fc; --page: #0d1117; --quiet: #9198a1; --line: #3d444d;\n"
    "    --old: #3c1618; --new: #12311d; --old-text: #ffb1ab; --new-text: #7ee2a0; --card: #151b23 } }\n"
    "body { color: var(--text); background: var(--page); font: 15px/1.5 system-ui, sans-serif;\n"
    "  max-width: 72rem; margin: 2rem auto; padding: 0 1rem }\n"
    "h1 { font-size: 1.4rem } summary { cursor: pointer; font-weight: 600; padding: .4rem 0 }\n"
    "section { border: 1px solid var(--line); border-radius: 6px; margin: .75rem 0; overflow: hidden }\n"
    "section h2 { font: 600 .95rem/1.5 ui-monospace, monospace; background: var(--card); margin: 0;\n"
    "  padding: .5rem .75rem; overflow-wrap: anywhere }\n"
    "h2 small { font-weight: 400; color: var(--quiet) }\n"
    ".field { padding: .4rem .75rem 0; font: .85rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }\n"
    ".field span { color: var(--quiet); float: right; margin-left: 1rem }\n"
    "pre { font: .85rem/1.5 ui-monospace, monospace; margin: .2rem 0 .5rem; overflow-x: auto }\n"
    "pre span { display: block; padding: 0 .75rem; width: max-content; min-width: 100%; box-sizing: border-box }\n"
    ".old { background: var(--old); color: var(--old-text) } .new { background: var(--new); color: var(--new-text) }\n"
    ".note { color: var(--quiet) } .sign { display: inline-block; width: 1em }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n";

static void add_change(void *state, const struct change *change)
{
    struct report *report = state;
    struct buffer *out = report->out;
    struct slice place = place_text(report->arena, change);
    buffer_add_text(out, "<div class=\"field\">");
    if (place.length) {
        buffer_add_text(out, "<span>");
        escape_html(out, place);
        buffer_add_text(out, "</span>");
    }
    escape_html(out, change->path);
    buffer_add_text(out, "</div>\n<pre>");
    struct signed_lines lines = change_lines(report, change);
    for (size_t i = 0; i < lines.count; i++) {
        const struct signed_line *line = &lines.items[i];
        const char *class = line->sign == LINE_OLD ? "old" : line->sign == LINE_NEW ? "new" : "note";
        buffer_add_format(out, "<span class=\"%s\">%s ", class,
                          line->sign == LINE_OLD   ? "-"
                          : line->sign == LINE_NEW ? "+"
                          : line->sign == LINE_GAP ? "…"
                                                   : " ");
        escape_html(out, line->text);
        buffer_add_text(out, "</span>");
    }
    buffer_add_text(out, "</pre>\n");
}

static void add_object(struct report *report, const struct object_difference *object)
{
    static const char *const kinds[] = {[OBJECT_REMOVED] = "removed",
                                        [OBJECT_RENAMED] = "renamed",
                                        [OBJECT_CHANGED] = "changed",
                                        [OBJECT_ADDED] = "added"};
    struct buffer *out = report->out;
    buffer_add_text(out, "<section>\n<h2>");
    escape_html(out, object_title(report->arena, object->after ? object->after : object->before));
    buffer_add_format(out, " <small>%s", kinds[object->kind]);
    if (object->kind == OBJECT_RENAMED) {
        buffer_add_text(out, ": ");
        escape_html(out, rename_text(report->arena, object));
        buffer_add_slice(out, references_text(report->arena, object));
    }
    buffer_add_text(out, "</small></h2>\n");
    visit_changes(&object->changes, add_change, report);
    buffer_add_text(out, "</section>\n");
}

static void add_objects(struct report *report, const struct comparison *comparison)
{
    struct slice lone = lone_root_text(report, comparison);
    if (lone.length) {
        buffer_add_text(report->out, "<section>\n<h2>");
        escape_html(report->out, lone);
        buffer_add_text(report->out, "</h2>\n</section>\n");
        return;
    }
    for (size_t i = 0; i < comparison->objects.count; i++)
        if (object_is_shown(comparison->objects.items[i]))
            add_object(report, comparison->objects.items[i]);
}

static void add_section(struct report *report, const struct section *section)
{
    buffer_add_text(report->out, "<details open>\n<summary>");
    section_add_roots(report->out, report, section, SIZE_MAX - 1, escape_html);
    buffer_add_format(report->out, ": %.*s</summary>\n%.*s</details>\n", SLICE_ARGS(section->counts),
                      SLICE_ARGS(section->body));
}

static void write(struct report *report)
{
    struct buffer *out = report->out;
    struct sections sections = {0};
    struct report_totals totals = report_totals(report);
    struct slice counts = counts_text(report->arena, totals.objects);
    buffer_add_text(out, head);
    buffer_add_format(out, "<h1>%.*s</h1>\n",
                      SLICE_ARGS(counts.length ? counts : slice_literal("No resource changes")));
    sections_collect(report, add_objects, &sections);
    for (size_t i = 0; i < sections.count; i++)
        add_section(report, sections.items[i]);
    for (size_t i = 0; i < report->failed_count; i++) {
        buffer_add_text(out, "<section>\n<h2>");
        escape_html(out, report->failed[i].path);
        buffer_add_format(out, " <small>%s</small></h2>\n<pre><span class=\"old\">",
                          failed_root_text(&report->failed[i]));
        escape_html(out, report->failed[i].message);
        buffer_add_text(out, "</span></pre>\n</section>\n");
    }
    buffer_add_text(out, "</body>\n</html>\n");
}

const struct report_format html_format = {.name = "html", .write = write};
