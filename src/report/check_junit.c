// report/check_junit.c
//
// JUnit's XML, for servers that show tests: a suite for each root, with a case for each object and one for the
// kustomization. All findings of a case are in one element, because servers read only the first:
//
//     <testsuite name="overlays/prod" tests="2" failures="1" errors="0">
//       <testcase classname="overlays/prod" name="kustomization">
//         <failure type="patch-no-match" message="the patch matches no resource">overlays/prod/kustomization.yaml:9:…
#include "base/hash_index.h"
#include "load/path.h"
#include "report/check_report.h"
#include "report/escape.h"

struct junit_case {
    struct slice name;
    struct {
        const struct finding **items;
        size_t count, capacity;
    } findings;
    bool fails;
};

struct junit_suite {
    struct slice name;
    struct {
        struct junit_case *items;
        size_t count, capacity;
    } cases;
    bool is_error;  // the root doesn't build
    size_t failures;
};

struct junit {
    const struct check_report *report;
    struct arena *arena;
    struct junit_suite *suites;  // one for each root, and one for findings without a root
    size_t root_count;
    struct hash_index cases;  // by suite and name
    struct hash_index roots;  // by path
};

static uint64_t case_hash(size_t suite, struct slice name)
{
    return hash_combine(slice_hash(name), suite);
}

static struct junit_case *find_case(struct junit *junit, size_t suite, struct slice name)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&junit->cases, case_hash(suite, name));
         hash_cursor_next(&at, &number);)
        if (number < junit->suites[suite].cases.count &&
            slice_equal(junit->suites[suite].cases.items[number].name, name))
            return &junit->suites[suite].cases.items[number];
    return NULL;
}

static struct junit_case *add_case(struct junit *junit, size_t suite, struct slice name)
{
    struct junit_suite *into = &junit->suites[suite];
    struct junit_case junit_case = {.name = name};
    hash_index_add(junit->arena, &junit->cases, case_hash(suite, name), (uint32_t)into->cases.count);
    list_append(junit->arena, &into->cases, junit_case);
    return &into->cases.items[into->cases.count - 1];
}

static void add_suites(struct junit *junit)
{
    const struct check *check = junit->report->check;
    junit->suites = arena_array(junit->arena, struct junit_suite, junit->root_count + 1);
    junit->suites[junit->root_count].name = slice_literal("repository");
    for (size_t i = 0; i < junit->root_count; i++) {
        const struct judge *judge = check->judges[i];
        junit->suites[i].name = check->root_paths[i];
        junit->suites[i].is_error = !judge || !judge->built;
        hash_index_add(junit->arena, &junit->roots, slice_hash(check->root_paths[i]), (uint32_t)i);
        add_case(junit, i, slice_literal("kustomization"));
        for (size_t k = 0; judge && k < judge->object_count; k++) {
            const struct judged_object *object = &judge->built_objects[k];
            add_case(junit, i, check_report_object(junit->arena, object->kind, object->namespace, object->name));
        }
    }
}

// The root whose directory contains a file that no root reads.
static size_t root_around(const struct junit *junit, struct slice file)
{
    const struct check *check = junit->report->check;
    uint32_t number;
    while (file.length && !slice_equals(file, ".") && !slice_equals(file, "/")) {
        file = path_directory(file);
        for (struct hash_cursor at = hash_index_find(&junit->roots, slice_hash(file)); hash_cursor_next(&at, &number);)
            if (slice_equal(check->root_paths[number], file))
                return number;
    }
    return junit->root_count;
}

// A note is a failure only if it counts toward the exit status.
static bool is_failure(const struct check_report *report, const struct finding *finding)
{
    return finding->level > LEVEL_NOTE || report->fail_on == LEVEL_NOTE;
}

static void add_to_suite(struct junit *junit, size_t suite, const struct finding *finding)
{
    const struct sighting *sighting = finding->sighting;
    struct slice name = slice_literal("kustomization");
    if (suite == junit->root_count)
        name = sighting->file;
    else if (sighting->kind.length)
        name = check_report_object(junit->arena, sighting->kind, sighting->namespace, sighting->name);
    struct junit_case *into = find_case(junit, suite, name);
    if (!into)
        into = suite == junit->root_count ? add_case(junit, suite, name) : &junit->suites[suite].cases.items[0];
    list_append(junit->arena, &into->findings, finding);
    into->fails |= is_failure(junit->report, finding);
}

// A finding goes into the suite of the first root that has it. A reason why roots don't build goes into the suite of
// each of them.
static void add_finding(struct junit *junit, const struct finding *finding)
{
    if (!finding->root_count)
        add_to_suite(junit, root_around(junit, finding->sighting->file), finding);
    for (size_t i = 0; i < finding->root_count; i++)
        if (i == 0 || (finding->sighting->is_failure && junit->suites[finding->roots[i]].is_error))
            add_to_suite(junit, finding->roots[i], finding);
}

static void count_failures(struct junit_suite *suite)
{
    for (size_t i = 0; i < suite->cases.count; i++)
        suite->failures += suite->cases.items[i].fails && !(suite->is_error && i == 0);
}

// --- Printing.

static void add_attribute(struct buffer *out, const char *name, struct slice value)
{
    buffer_add_format(out, " %s=\"", name);
    escape_xml(out, value);
    buffer_add_byte(out, '"');
}

static void add_texts(const struct check_report *report, const struct junit_case *junit_case)
{
    struct buffer *out = report->out;
    for (size_t i = 0; i < junit_case->findings.count; i++) {
        const struct finding *finding = junit_case->findings.items[i];
        const struct sighting *sighting = finding->sighting;
        escape_xml(out, sighting->file);
        if (sighting->line)
            buffer_add_format(out, ":%u:%u", sighting->line, sighting->column);
        buffer_add_format(out, ": %s: ", level_text(finding->level));
        escape_xml(out, sighting->message);
        buffer_add_format(out, " [%s]\n", finding->rule->id);
        if (sighting->hint.length) {
            buffer_add_text(out, "  hint: ");
            escape_xml(out, sighting->hint);
            buffer_add_byte(out, '\n');
        }
        if (finding->root_count > 1)
            buffer_add_format(out, "  built by %zu roots\n", finding->root_count);
    }
}

static void write_element(const struct check_report *report, const struct junit_case *junit_case, const char *element)
{
    const struct finding *first = junit_case->findings.count ? junit_case->findings.items[0] : NULL;
    struct slice message = first ? first->sighting->message : slice_literal("the root does not build");
    if (junit_case->findings.count > 1)
        message = arena_format(report->arena, "%.*s (and %zu more)", SLICE_ARGS(message),
                               junit_case->findings.count - 1);
    buffer_add_format(report->out, "      <%s", element);
    add_attribute(report->out, "type", slice_from(first ? first->rule->id : build_failed_rule.id));
    add_attribute(report->out, "message", message);
    buffer_add_byte(report->out, '>');
    add_texts(report, junit_case);
    buffer_add_format(report->out, "</%s>\n", element);
}

static void write_case(const struct check_report *report, const struct junit_suite *suite,
                       const struct junit_case *junit_case)
{
    struct buffer *out = report->out;
    bool is_error = suite->is_error && junit_case == suite->cases.items;
    buffer_add_text(out, "    <testcase");
    add_attribute(out, "classname", suite->name);
    add_attribute(out, "name", junit_case->name);
    if (!is_error && !junit_case->findings.count) {
        buffer_add_text(out, "/>\n");
        return;
    }
    buffer_add_text(out, ">\n");
    if (is_error || junit_case->fails) {
        write_element(report, junit_case, is_error ? "error" : "failure");
    } else {
        buffer_add_text(out, "      <system-out>");
        add_texts(report, junit_case);
        buffer_add_text(out, "</system-out>\n");
    }
    buffer_add_text(out, "    </testcase>\n");
}

static void write_suite(const struct check_report *report, const struct junit_suite *suite)
{
    buffer_add_text(report->out, "  <testsuite");
    add_attribute(report->out, "name", suite->name);
    buffer_add_format(report->out, " tests=\"%zu\" failures=\"%zu\" errors=\"%d\">\n", suite->cases.count,
                      suite->failures, suite->is_error);
    for (size_t i = 0; i < suite->cases.count; i++)
        write_case(report, suite, &suite->cases.items[i]);
    buffer_add_text(report->out, "  </testsuite>\n");
}

static void write_junit(const struct check_report *report)
{
    const struct finding_list *findings = report->findings;
    struct junit junit = {.report = report, .arena = report->arena, .root_count = report->check->root_count};
    size_t tests = 0, failures = 0, errors = 0;
    add_suites(&junit);
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].silence == FINDING_SHOWN)
            add_finding(&junit, &findings->items[i]);
    for (size_t i = 0; i <= junit.root_count; i++) {
        count_failures(&junit.suites[i]);
        tests += junit.suites[i].cases.count;
        failures += junit.suites[i].failures;
        errors += junit.suites[i].is_error;
    }
    buffer_add_text(report->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buffer_add_format(report->out,
                      "<testsuites name=\"kiln\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" time=\"%.3f\">\n", tests,
                      failures, errors, report->seconds);
    for (size_t i = 0; i <= junit.root_count; i++)
        if (junit.suites[i].cases.count)
            write_suite(report, &junit.suites[i]);
    buffer_add_text(report->out, "</testsuites>\n");
}

const struct check_format check_junit_format = {.name = "junit", .needs_objects = true, .write = write_junit};
