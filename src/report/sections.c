#include "report/sections.h"

#include "report/value.h"

static struct slice body_of(struct report *report, const struct comparison *comparison,
                            void (*write)(struct report *, const struct comparison *))
{
    struct buffer body = {0}, *out = report->out;
    report->out = &body;
    write(report, comparison);
    report->out = out;
    struct slice copy = arena_copy(report->arena, buffer_slice(&body));
    buffer_wipe(&body);
    return copy;
}

static struct section *find(const struct sections *sections, struct slice body)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&sections->by_body, slice_hash(body)); hash_cursor_next(&at, &number);)
        if (slice_equal(sections->items[number]->body, body))
            return sections->items[number];
    return NULL;
}

void sections_collect(struct report *report, void (*write)(struct report *, const struct comparison *),
                      struct sections *sections)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct comparison *comparison = report->comparisons[i];
        if (!comparison_differs(comparison))
            continue;
        struct slice body = body_of(report, comparison, write);
        struct section *section = find(sections, body);
        if (!section) {
            section = arena_new(report->arena, struct section);
            *section = (struct section){.body = body, .counts = counts_text(report->arena, comparison->counts)};
            hash_index_add(report->arena, &sections->by_body, slice_hash(body), (uint32_t)sections->count);
            list_append(report->arena, sections, section);
        }
        list_append(report->arena, &section->roots, comparison->path);
    }
}

void section_add_roots(struct buffer *out, struct report *report, const struct section *section, size_t named,
                       void (*add)(struct buffer *, struct slice path))
{
    size_t count = section->roots.count, shown = count <= named + 1 ? count : named;
    for (size_t i = 0; i < shown; i++) {
        buffer_add_text(out, i ? ", " : "");
        add(out, section->roots.items[i]);
    }
    if (shown < count)
        buffer_add_format(out, ", and %.*s more", SLICE_ARGS(count_text(report->arena, count - shown)));
}

struct slice lone_root_text(struct report *report, const struct comparison *comparison)
{
    enum { FEW = 3, NAMED = 2 };
    size_t count = comparison->objects.count;
    bool is_new = comparison->before->is_missing;
    if (report->show_all || count <= FEW || (!is_new && !comparison->after->is_missing))
        return (struct slice){0};
    struct buffer text = {0};
    for (size_t i = 0; i < NAMED; i++) {
        const struct object_difference *object = comparison->objects.items[i];
        buffer_add_format(&text, "%s%.*s", i ? ", " : "",
                          SLICE_ARGS(object_title(report->arena, object->after ? object->after : object->before)));
    }
    buffer_add_format(&text, ", and %.*s more: the root is %s", SLICE_ARGS(count_text(report->arena, count - NAMED)),
                      is_new ? "new" : "gone");
    struct slice copy = arena_copy(report->arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

const char *failed_root_text(const struct failed_root *failed)
{
    return failed->is_new          ? "is new and does not build"
           : failed->is_gone       ? "was broken, and is now gone"
           : !failed->failed_after ? "was broken, and now builds"
           : failed->failed_before ? "does not build on either side"
                                   : "no longer builds";
}
