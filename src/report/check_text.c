// report/check_text.c
//
// For people, in the form that editors know from compilers:
//
//     overlays/prod/kustomization.yaml:9:11: error: the patch matches no resource [patch-no-match]
//         9 |     name: nope
//           |           ^~~~
//       hint: did you mean Deployment 'web'?
#include "base/shown.h"
#include "report/check_report.h"

#define RED "\033[1;31m"
#define YELLOW "\033[1;33m"
#define CYAN "\033[36m"
#define FAINT "\033[2m"
#define PLAIN "\033[0m"

static const char *color_of(const struct check_report *report, enum level level)
{
    if (!report->color)
        return "";
    return level == LEVEL_ERROR ? RED : level == LEVEL_WARNING ? YELLOW : CYAN;
}

static const char *faint(const struct check_report *report)
{
    return report->color ? FAINT : "";
}

static const char *plain(const struct check_report *report)
{
    return report->color ? PLAIN : "";
}

static void add_path(struct buffer *out, struct slice path)
{
    shown_add(NULL, path, SHOWN_PATH_MAX, out);
}

static void add_place(const struct check_report *report, const struct sighting *sighting)
{
    struct buffer *out = report->out;
    add_path(out, sighting->file);
    if (sighting->line)
        buffer_add_format(out, ":%u:%u", sighting->line, sighting->column);
    buffer_add_text(out, ": ");
}

static void add_object(struct buffer *out, const struct sighting *sighting)
{
    add_path(out, sighting->kind);
    buffer_add_byte(out, '/');
    add_path(out, sighting->name);
    if (sighting->field.length)
        buffer_add_byte(out, ' ');
    add_path(out, sighting->field);
}

static bool is_in_root(const struct check_report *report, const struct finding *finding)
{
    struct slice root = report->check->root_paths[finding->roots[0]], file = finding->sighting->file;
    if (slice_equal(file, root))
        return true;
    if (slice_equals(root, "."))
        return file.length && file.data[0] != '.' && file.data[0] != '/';
    return slice_starts_with(file, root) && file.length > root.length && file.data[root.length] == '/';
}

static void add_roots(const struct check_report *report, const struct finding *finding)
{
    struct buffer *out = report->out;
    size_t shown = report->verbose ? finding->root_count : 1, more = finding->root_count - shown;
    buffer_add_text(out, "built by ");
    for (size_t i = 0; i < shown; i++) {
        buffer_add_text(out, i ? ", " : "");
        add_path(out, report->check->root_paths[finding->roots[i]]);
    }
    if (more)
        buffer_add_format(out, " and %zu more root%s", more, more == 1 ? "" : "s");
}

// "in Deployment/web spec.replicas, built by overlays/prod and 3 more roots": what the place doesn't say.
static void add_subject(const struct check_report *report, const struct finding *finding)
{
    bool object = finding->sighting->kind.length > 0;
    bool roots = finding->root_count > 1 || (finding->root_count && !is_in_root(report, finding));
    if (!object && !roots)
        return;
    buffer_add_format(report->out, "%s  ", faint(report));
    if (object) {
        buffer_add_text(report->out, "in ");
        add_object(report->out, finding->sighting);
    }
    if (object && roots)
        buffer_add_text(report->out, ", ");
    if (roots)
        add_roots(report, finding);
    buffer_add_format(report->out, "%s\n", plain(report));
}

void check_text_finding(const struct check_report *report, const struct finding *finding)
{
    const struct sighting *sighting = finding->sighting;
    struct buffer *out = report->out;
    add_place(report, sighting);
    buffer_add_format(out, "%s%s:%s ", color_of(report, finding->level), level_text(finding->level), plain(report));
    buffer_add_slice(out, sighting->message);
    buffer_add_format(out, " [%s]\n", finding->rule->id);
    if (sighting->snippet.length)
        buffer_add_format(out, "%s%.*s%s", faint(report), SLICE_ARGS(sighting->snippet), plain(report));
    if (sighting->hint.length)
        buffer_add_format(out, "  hint: %.*s\n", SLICE_ARGS(sighting->hint));
    add_subject(report, finding);
}

static void write_text(const struct check_report *report)
{
    const struct finding_list *findings = report->findings;
    struct buffer *out = report->out;
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].silence == FINDING_SHOWN)
            check_text_finding(report, &findings->items[i]);
    check_report_counts(out, findings->of_level);
    size_t ignored = findings->suppressed - findings->in_baseline;
    if (ignored)
        buffer_add_format(out, ", %zu ignored", ignored);
    if (findings->in_baseline) {
        buffer_add_text(out, ", ");
        check_report_count(out, findings->in_baseline, "baseline finding");
    }
    if (findings->old) {
        buffer_add_text(out, ", ");
        check_report_count(out, findings->old, "old finding");
    }
    buffer_add_text(out, " in ");
    check_report_count(out, report->built + report->failed, "root");
    buffer_add_text(out, " (");
    check_report_count(out, report->objects, "resource");
    buffer_add_byte(out, ')');
    if (report->releases.length)
        buffer_add_format(out, ", checked against the API of Kubernetes %.*s", SLICE_ARGS(report->releases));
    buffer_add_byte(out, '\n');
}

const struct check_format check_text_format = {.name = "text", .for_people = true, .write = write_text};
