#include "report/check_report.h"

#define CHECK_FORMAT(name) extern const struct check_format check_##name##_format;
#include "report/check_registry.h"
#undef CHECK_FORMAT

#define CHECK_FORMAT(name) &check_##name##_format,
const struct check_format *const check_formats[] = {
#include "report/check_registry.h"
    NULL};
#undef CHECK_FORMAT

const struct check_format *check_format_find(struct slice name)
{
    for (size_t i = 0; check_formats[i]; i++)
        if (slice_equals(name, check_formats[i]->name))
            return check_formats[i];
    return NULL;
}

struct slice check_report_path(const struct check_report *report, const struct finding *finding)
{
    struct slice path;
    check_path_below_top(report->check, report->arena, finding->sighting->file, &path);
    return path;
}

struct slice check_report_object(struct arena *arena, struct slice kind, struct slice namespace, struct slice name)
{
    return arena_format(arena, "%.*s/%.*s%s%.*s", SLICE_ARGS(kind), SLICE_ARGS(namespace), namespace.length ? "/" : "",
                        SLICE_ARGS(name));
}

void check_report_count(struct buffer *out, size_t count, const char *what)
{
    buffer_add_format(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

void check_report_counts(struct buffer *out, const size_t of_level[LEVEL_ERROR + 1])
{
    check_report_count(out, of_level[LEVEL_ERROR], "error");
    buffer_add_text(out, ", ");
    check_report_count(out, of_level[LEVEL_WARNING], "warning");
    if (of_level[LEVEL_NOTE]) {
        buffer_add_text(out, ", ");
        check_report_count(out, of_level[LEVEL_NOTE], "note");
    }
}
