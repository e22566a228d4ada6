// report/check_json.c
//
// For programs. Fields may be added, but are never renamed:
//
//     {"schemaVersion":1,"findings":[{"rule":"patch-no-match","severity":"error","file":…}],"summary":{…}}
#include "json/machine.h"
#include "report/check_report.h"

static void set_number(json_t *object, const char *key, size_t number)
{
    machine_set(object, key, json_integer((json_int_t)number));
}

// For numbers that only few runs have: leaves out 0.
static void set_some(json_t *object, const char *key, size_t number)
{
    if (number)
        set_number(object, key, number);
}

static void set_place(json_t *object, const struct sighting *sighting)
{
    machine_set_text(object, "file", sighting->file);
    if (!sighting->line)
        return;
    set_number(object, "line", sighting->line);
    set_number(object, "column", sighting->column);
    set_number(object, "endLine", sighting->end_line);
    set_number(object, "endColumn", sighting->end_column);
}

static void set_object(json_t *object, const struct sighting *sighting)
{
    if (!sighting->kind.length)
        return;
    json_t *about = machine_object();
    machine_set_text(about, "apiVersion", sighting->api_version);
    machine_set(about, "kind", machine_text(sighting->kind));
    machine_set(about, "name", machine_text(sighting->name));
    machine_set_text(about, "namespace", sighting->namespace);
    machine_set(object, "object", about);
    machine_set_text(object, "field", sighting->field);
}

static json_t *finding_object(const struct check_report *report, const struct finding *finding)
{
    const struct sighting *sighting = finding->sighting;
    const struct slice *paths = report->check->root_paths;
    json_t *object = machine_object();
    machine_set(object, "rule", machine_text(slice_from(finding->rule->id)));
    machine_set(object, "severity", machine_text(slice_from(level_text(finding->level))));
    machine_set(object, "message", machine_text(sighting->message));
    machine_set_text(object, "hint", sighting->hint);
    set_place(object, sighting);
    if (finding->root_count) {
        json_t *roots = machine_array();
        for (size_t i = 0; i < finding->root_count; i++)
            machine_append(roots, machine_text(paths[finding->roots[i]]));
        machine_set(object, "root", machine_text(paths[finding->roots[0]]));
        machine_set(object, "roots", roots);
    }
    set_object(object, sighting);
    if (finding->chain_count)
        machine_set(object, "chain", machine_texts(finding->chain, finding->chain_count));
    machine_set(object, "suppressed", json_boolean(finding->silence != FINDING_SHOWN));
    if (finding->silence == FINDING_IN_BASELINE)
        machine_set(object, "suppressedBy", machine_text(slice_literal("baseline")));
    machine_set(object, "fingerprint", machine_text(slice_from(finding->fingerprint)));
    return object;
}

static void write_json(const struct check_report *report)
{
    const struct finding_list *findings = report->findings;
    json_t *root = machine_object(), *list = machine_array(), *summary = machine_object();
    machine_set(root, "schemaVersion", json_integer(1));
    for (size_t i = 0; i < findings->count; i++)
        machine_append(list, finding_object(report, &findings->items[i]));
    machine_set(root, "findings", list);
    set_number(summary, "errors", findings->of_level[LEVEL_ERROR]);
    set_number(summary, "warnings", findings->of_level[LEVEL_WARNING]);
    set_number(summary, "notes", findings->of_level[LEVEL_NOTE]);
    set_number(summary, "suppressed", findings->suppressed);
    set_some(summary, "inBaseline", findings->in_baseline);
    set_some(summary, "old", findings->old);
    set_some(summary, "omitted", report->omitted);
    set_number(summary, "roots", report->built + report->failed);
    set_number(summary, "failedRoots", report->failed);
    set_number(summary, "objects", report->objects);
    if (report->releases.length)
        machine_set(summary, "kubeVersion", machine_text(report->releases));
    machine_set(root, "summary", summary);
    machine_write(report->out, root, JSON_INDENT(2));
}

const struct check_format check_json_format = {.name = "json", .write = write_json};
