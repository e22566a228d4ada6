// report/check_sarif.c
//
// SARIF 2.1.0, for code scanning. Suppressed findings are included and marked. GitHub shows 5,000 results of a run, so
// the report has at most the 5,000 most severe ones.
#include "base/percent.h"
#include "json/machine.h"
#include "report/check_report.h"

enum { RESULTS_MAX = 5000 };

static json_t *text_object(struct slice text)
{
    json_t *object = machine_object();
    machine_set(object, "text", machine_text(text));
    return object;
}

// "a patch matches no resource" → "A patch matches no resource"
static json_t *rule_object(struct arena *arena, const struct rule *rule)
{
    json_t *object = machine_object(), *level = machine_object(), *properties = machine_object();
    json_t *tags = machine_array();
    struct slice remedy = rule_sentence(arena, rule->remedy), why = slice_from(rule->why);
    json_t *help = text_object(arena_format(arena, "%.*s %.*s.", SLICE_ARGS(why), SLICE_ARGS(remedy)));
    machine_set(object, "id", machine_text(slice_from(rule->id)));
    machine_set(object, "shortDescription", text_object(rule_sentence(arena, rule->summary)));
    machine_set(object, "fullDescription", text_object(why));
    machine_set(help, "markdown",
                machine_text(arena_format(arena, "%.*s\n\n**%.*s.**\n", SLICE_ARGS(why), SLICE_ARGS(remedy))));
    machine_set(object, "help", help);
    machine_set(level, "enabled", json_boolean(rule->level != LEVEL_OFF));
    machine_set(level, "level",
                machine_text(slice_from(level_text(rule->level == LEVEL_OFF ? LEVEL_WARNING : rule->level))));
    machine_set(object, "defaultConfiguration", level);
    machine_append(tags, machine_text(slice_from(rule_group_text(rule->group))));
    machine_set(properties, "tags", tags);
    machine_set(object, "properties", properties);
    return object;
}

static json_t *tool_object(const struct check_report *report)
{
    json_t *tool = machine_object(), *driver = machine_object(), *list = machine_array();
    machine_set(driver, "name", machine_text(slice_literal("kiln")));
    machine_set(driver, "semanticVersion", machine_text(slice_from(report->version)));
    for (size_t i = 0; i < rule_count; i++)
        machine_append(list, rule_object(report->arena, rules[i]));
    machine_set(driver, "rules", list);
    machine_set(tool, "driver", driver);
    return tool;
}

static struct slice file_uri(struct arena *arena, struct slice path, const char *end)
{
    struct buffer uri = {0};
    buffer_add_text(&uri, "file://");
    percent_encode(&uri, path);
    buffer_add_text(&uri, end);
    struct slice copy = arena_copy(arena, buffer_slice(&uri));
    buffer_free(&uri);
    return copy;
}

// Escapes the characters of a URL that must not appear in one.
static struct slice escaped_url(struct arena *arena, struct slice url)
{
    struct buffer uri = {0};
    for (size_t i = 0; i < url.length; i++) {
        unsigned char byte = (unsigned char)url.data[i];
        if (byte <= ' ' || byte >= 0x7F || strchr("\"<>\\^`{|}", byte))
            buffer_add_format(&uri, "%%%02X", byte);
        else
            buffer_add_byte(&uri, (char)byte);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&uri));
    buffer_free(&uri);
    return copy;
}

static json_t *artifact_object(const struct check_report *report, struct slice file)
{
    json_t *object = machine_object();
    struct slice path;
    if (check_path_below_top(report->check, report->arena, file, &path)) {
        struct buffer uri = {0};
        percent_encode(&uri, path);
        machine_set(object, "uri", machine_text(buffer_slice(&uri)));
        machine_set(object, "uriBaseId", machine_text(slice_literal("SRCROOT")));
        buffer_free(&uri);
    } else {
        bool is_url = path.length && path.data[0] != '/';
        machine_set(object, "uri",
                    machine_text(is_url ? escaped_url(report->arena, path) : file_uri(report->arena, path, "")));
    }
    return object;
}

static void set_number(json_t *object, const char *key, uint32_t number)
{
    machine_set(object, key, json_integer(number));
}

static json_t *location_object(const struct check_report *report, const struct sighting *sighting)
{
    json_t *location = machine_object(), *physical = machine_object(), *region = machine_object();
    machine_set(physical, "artifactLocation", artifact_object(report, sighting->file));
    set_number(region, "startLine", sighting->line ? sighting->line : 1);
    if (sighting->line && sighting->column) {
        set_number(region, "startColumn", sighting->column);
        set_number(region, "endLine", sighting->end_line);
        set_number(region, "endColumn", sighting->end_column);
    }
    machine_set(physical, "region", region);
    machine_set(location, "physicalLocation", physical);
    if (sighting->kind.length) {
        json_t *logical = machine_object(), *list = machine_array();
        machine_set(
            logical, "fullyQualifiedName",
            machine_text(check_report_object(report->arena, sighting->kind, sighting->namespace, sighting->name)));
        machine_set(logical, "kind", machine_text(slice_literal("resource")));
        machine_append(list, logical);
        machine_set(location, "logicalLocations", list);
    }
    return location;
}

static json_t *suppressions_array(const struct finding *finding)
{
    json_t *list = machine_array();
    if (finding->silence != FINDING_SHOWN) {
        json_t *object = machine_object();
        bool in_source = finding->silence == FINDING_SUPPRESSED;
        machine_set(object, "kind", machine_text(in_source ? slice_literal("inSource") : slice_literal("external")));
        machine_append(list, object);
    }
    return list;
}

static json_t *result_object(const struct check_report *report, const struct finding *finding)
{
    const struct sighting *sighting = finding->sighting;
    json_t *object = machine_object(), *locations = machine_array(), *prints = machine_object();
    json_t *properties = machine_object(), *roots = machine_array();
    machine_set(object, "ruleId", machine_text(slice_from(finding->rule->id)));
    machine_set(object, "ruleIndex", json_integer((json_int_t)rule_number(finding->rule)));
    machine_set(object, "level", machine_text(slice_from(level_text(finding->level))));
    machine_set(object, "message", text_object(sighting->message));
    machine_append(locations, location_object(report, sighting));
    machine_set(object, "locations", locations);
    machine_set(prints, "kilnFinding/v1", machine_text(slice_from(finding->fingerprint)));
    machine_set(object, "partialFingerprints", prints);
    // If one result of a run has `suppressions`, all must have it.
    if (report->findings->suppressed)
        machine_set(object, "suppressions", suppressions_array(finding));
    machine_set_text(properties, "hint", sighting->hint);
    machine_set_text(properties, "field", sighting->field);
    for (size_t i = 0; i < finding->root_count; i++)
        machine_append(roots, machine_text(report->check->root_paths[finding->roots[i]]));
    machine_set(properties, "roots", roots);
    machine_set(object, "properties", properties);
    return object;
}

// Suppressed findings get the room that the others leave.
static json_t *results_array(const struct check_report *report)
{
    const struct finding_list *findings = report->findings;
    size_t shown = findings->count - findings->suppressed;
    size_t room = shown < RESULTS_MAX ? RESULTS_MAX - shown : 0, left = RESULTS_MAX;
    json_t *list = machine_array();
    for (size_t i = 0; i < findings->count; i++) {
        size_t *count = findings->items[i].silence == FINDING_SHOWN ? &left : &room;
        if (*count) {
            machine_append(list, result_object(report, &findings->items[i]));
            --*count;
        }
    }
    if (findings->count > RESULTS_MAX)
        diagnose_warning(report->diagnostics, (struct position){0},
                         "the SARIF report has the first %d of %zu findings, by severity: GitHub shows no more",
                         RESULTS_MAX, findings->count);
    return list;
}

static json_t *run_object(const struct check_report *report)
{
    json_t *run = machine_object(), *bases = machine_object(), *base = machine_object();
    json_t *invocations = machine_array(), *invocation = machine_object();
    bool is_root = slice_equals(report->check->top, "/");
    machine_set(run, "tool", tool_object(report));
    machine_set(run, "columnKind", machine_text(slice_literal("unicodeCodePoints")));
    machine_set(base, "uri", machine_text(file_uri(report->arena, report->check->top, is_root ? "" : "/")));
    machine_set(bases, "SRCROOT", base);
    machine_set(run, "originalUriBaseIds", bases);
    machine_set(invocation, "executionSuccessful", json_true());
    machine_set(invocation, "exitCode", json_integer(report->fails));
    machine_append(invocations, invocation);
    machine_set(run, "invocations", invocations);
    machine_set(run, "results", results_array(report));
    return run;
}

static void write_sarif(const struct check_report *report)
{
    json_t *log = machine_object(), *runs = machine_array();
    machine_set(log, "$schema", machine_text(slice_literal("https://json.schemastore.org/sarif-2.1.0.json")));
    machine_set(log, "version", machine_text(slice_literal("2.1.0")));
    machine_append(runs, run_object(report));
    machine_set(log, "runs", runs);
    machine_write(report->out, log, JSON_INDENT(2));
}

const struct check_format check_sarif_format = {.name = "sarif", .write = write_sarif};
