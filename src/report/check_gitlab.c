// report/check_gitlab.c
//
// The code quality report of GitLab:
//
//     [{"description":"the patch matches no resource","check_name":"patch-no-match","fingerprint":"6f0c…",
//       "severity":"major","location":{"path":"overlays/prod/kustomization.yaml","lines":{"begin":9}}}]
#include "base/hash_index.h"
#include "json/machine.h"
#include "report/check_report.h"

static const char *severity_of(enum level level)
{
    return level == LEVEL_ERROR ? "major" : level == LEVEL_WARNING ? "minor" : "info";
}

struct prints {
    struct arena *arena;
    const struct finding_list *findings;
    struct hash_index seen;
    size_t *earlier;  // for each finding: the number of earlier ones with the same fingerprint
};

// GitLab drops an entry if another one in the report has the same fingerprint.
static struct slice unique_fingerprint(struct prints *prints, size_t at)
{
    const struct finding *items = prints->findings->items;
    struct slice own = slice_from(items[at].fingerprint);
    uint32_t number, latest = UINT32_MAX;
    for (struct hash_cursor i = hash_index_find(&prints->seen, slice_hash(own)); hash_cursor_next(&i, &number);)
        if (slice_equals(own, items[number].fingerprint))
            latest = number;
    if (latest == UINT32_MAX) {
        hash_index_add(prints->arena, &prints->seen, slice_hash(own), (uint32_t)at);
        return own;
    }
    return arena_format(prints->arena, "%.*s-%zu", SLICE_ARGS(own), ++prints->earlier[latest] + 1);
}

static json_t *entry_of(const struct check_report *report, const struct finding *finding, struct slice fingerprint)
{
    const struct sighting *sighting = finding->sighting;
    json_t *entry = machine_object(), *location = machine_object(), *lines = machine_object();
    machine_set(entry, "description", machine_text(sighting->message));
    machine_set(entry, "check_name", machine_text(slice_from(finding->rule->id)));
    machine_set(entry, "fingerprint", machine_text(fingerprint));
    machine_set(entry, "severity", machine_text(slice_from(severity_of(finding->level))));
    machine_set(location, "path", machine_text(check_report_path(report, finding)));
    machine_set(lines, "begin", json_integer(sighting->line ? sighting->line : 1));
    machine_set(location, "lines", lines);
    machine_set(entry, "location", location);
    if (sighting->hint.length) {
        json_t *content = machine_object();
        machine_set(content, "body", machine_text(sighting->hint));
        machine_set(entry, "content", content);
    }
    return entry;
}

static void write_gitlab(const struct check_report *report)
{
    const struct finding_list *findings = report->findings;
    struct prints prints = {report->arena, findings, {0}, arena_array(report->arena, size_t, findings->count + 1)};
    json_t *list = machine_array();
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].silence == FINDING_SHOWN)
            machine_append(list, entry_of(report, &findings->items[i], unique_fingerprint(&prints, i)));
    machine_write(report->out, list, JSON_INDENT(2));
}

const struct check_format check_gitlab_format = {.name = "gitlab", .write = write_gitlab};
