// The formats of `kiln check` for other programs: what their schemas require, and paths that survive them unchanged.
#include "tests/world.h"

#include <jansson.h>
#include <string.h>

#define MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"
// Blanks, a percent sign, separators, a line break, quotes, XML markup, and a non-ASCII letter.
#define AWKWARD "a b%41:,\n\xC3\xA4\"<&>'"

static struct slice call(struct world *world, const char *arguments)
{
    return world_run(world, arena_format(&world->arena, "cd repo && (%s %s) 2>../errors; echo $? >../status",
                                         test_program(), arguments)
                                .data);
}

static void expect_status(struct world *world, const char *status)
{
    struct slice read = slice_trim(world_read(world, "status"), "\n");
    if (!slice_equals(read, status))
        fail_msg("status %.*s: %.*s", SLICE_ARGS(read), SLICE_ARGS(world_read(world, "errors")));
}

static json_t *parse(struct slice text)
{
    json_error_t error;
    json_t *value = json_loadb(text.data, text.length, 0, &error);
    if (!value)
        fail_msg("%s: %.*s", error.text, SLICE_ARGS(text));
    return value;
}

// jansson 2.13, in Debian 11 and Ubuntu 22.04, only finds members by NUL-terminated names.
static json_t *member(json_t *object, struct slice name)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) if (slice_equals(name, key)) return value;
    return NULL;
}

// A nested member such as "location.lines.begin". A number is an index.
static json_t *at(json_t *value, const char *path)
{
    struct slice rest = slice_from(path), name;
    while (rest.length) {
        slice_cut(rest, '.', &name, &rest);
        bool is_index = name.data[0] >= '0' && name.data[0] <= '9';
        value = is_index ? json_array_get(value, (size_t)strtoul(name.data, NULL, 10)) : member(value, name);
    }
    return value;
}

static void expect_member(json_t *value, const char *path, const char *expected)
{
    assert_non_null(at(value, path));
    assert_string_equal(json_string_value(at(value, path)), expected);
}

// Two errors, a warning, and an error that a comment ignores.
static void plant(struct world *world, const char *directory)
{
    char path[256];
    snprintf(path, sizeof path, "repo/%s/kustomization.yaml", directory);
    world_write(world, path,
                "resources: [web.yaml]\n"
                "patches:\n"
                "- target: {kind: Deployment, name: nope}\n"
                "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n"
                "- target: {}\n"
                "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n"
                "images: [{name: ngnix, newTag: '2'}]\n"
                "replacements:\n"
                "- sourceValue: x\n"
                "  targets: [{select: {kind: Service}}]  # kiln: ignore replacement-target-no-match\n");
    snprintf(path, sizeof path, "repo/%s/web.yaml", directory);
    world_write(world, path, DEPLOYMENT("web") "---\n" MAP("map"));
}

// --- SARIF.

enum requirement { ANYTHING, STRING, NUMBER, LIST, MAPPING };

static bool is_of(json_t *value, enum requirement type)
{
    return type == STRING    ? json_is_string(value)
           : type == NUMBER  ? json_is_integer(value)
           : type == LIST    ? json_is_array(value)
           : type == MAPPING ? json_is_object(value)
                             : value != NULL;
}

static void expect_fields(json_t *value, const char *const *fields, enum requirement type)
{
    for (; *fields; fields++)
        if (!is_of(at(value, *fields), type))
            fail_msg("'%s' is missing, or of another type", *fields);
}

// What the published schema requires, and what GitHub requires in addition.
static void expect_sarif(json_t *log)
{
    static const char *const texts[] = {
        "version",           "$schema", "runs.0.tool.driver.name", "runs.0.tool.driver.semanticVersion",
        "runs.0.columnKind", NULL};
    static const char *const rule_texts[] = {"id",
                                             "shortDescription.text",
                                             "fullDescription.text",
                                             "help.text",
                                             "help.markdown",
                                             "defaultConfiguration.level",
                                             "properties.tags.0",
                                             NULL};
    static const char *const result_texts[] = {"ruleId",
                                               "level",
                                               "message.text",
                                               "locations.0.physicalLocation.artifactLocation.uri",
                                               "partialFingerprints.kilnFinding/v1",
                                               NULL};
    static const char *const result_numbers[] = {"ruleIndex", "locations.0.physicalLocation.region.startLine", NULL};
    expect_fields(log, texts, STRING);
    expect_member(log, "version", "2.1.0");
    assert_int_equal(json_array_size(at(log, "runs")), 1);
    json_t *rules = at(log, "runs.0.tool.driver.rules"), *results = at(log, "runs.0.results"), *item;
    assert_true(json_is_boolean(at(log, "runs.0.invocations.0.executionSuccessful")));
    assert_true(json_is_array(results));
    size_t i;
    json_array_foreach(rules, i, item)
    {
        expect_fields(item, rule_texts, STRING);
        assert_true(json_array_size(at(item, "properties.tags")) <= 20);
    }
    json_array_foreach(results, i, item)
    {
        expect_fields(item, result_texts, STRING);
        expect_fields(item, result_numbers, NUMBER);
        json_t *rule = json_array_get(rules, (size_t)json_integer_value(at(item, "ruleIndex")));
        assert_string_equal(json_string_value(at(rule, "id")), json_string_value(at(item, "ruleId")));
        const char *level = json_string_value(at(item, "level"));
        assert_true(!strcmp(level, "error") || !strcmp(level, "warning") || !strcmp(level, "note"));
    }
}

static void sarif_has_what_its_schema_requires(void **state)
{
    struct world *world = *state;
    plant(world, ".");
    world_run(world, "git init -q repo");
    world_write(world, "repo/.kiln.yaml", "check: {ignore: [{rule: patch-empty-target}]}\n");
    json_t *log = parse(call(world, "check --format sarif --rules -file-not-in-git")), *results;
    expect_status(world, "1");
    expect_sarif(log);
    results = at(log, "runs.0.results");
    assert_int_equal(json_array_size(results), 4);
    assert_int_equal(json_integer_value(at(log, "runs.0.invocations.0.exitCode")), 1);
    expect_member(results, "0.ruleId", "patch-no-match");
    expect_member(results, "0.message.text", "the patch matches no resource");
    expect_member(results, "0.properties.hint", "did you mean Deployment 'web'?");
    assert_int_equal(json_integer_value(at(results, "0.locations.0.physicalLocation.region.startColumn")), 36);
    assert_int_equal(json_integer_value(at(results, "0.locations.0.physicalLocation.region.endColumn")), 40);
    // Either all results of a run have it, or none has.
    assert_int_equal(json_array_size(at(results, "0.suppressions")), 0);
    assert_non_null(at(results, "0.suppressions"));
    expect_member(results, "1.ruleId", "patch-empty-target");
    expect_member(results, "1.suppressions.0.kind", "external");
    expect_member(results, "2.ruleId", "replacement-target-no-match");
    expect_member(results, "2.suppressions.0.kind", "inSource");
    expect_member(results, "3.level", "warning");
    json_decref(log);
    // A finding about a resource names it.
    world_write(world, "repo/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "repo/a.yaml", "kind: A\nmetadata: {name: a, namespace: shop}\n");
    log = parse(call(world, "check --format sarif --rules object-no-api-version"));
    expect_sarif(log);
    expect_member(log, "runs.0.results.0.locations.0.logicalLocations.0.fullyQualifiedName", "A/shop/a");
    assert_null(at(log, "runs.0.results.0.suppressions"));
    json_decref(log);
}

static void sarif_has_the_five_thousand_worst_findings(void **state)
{
    struct world *world = *state;
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    world_run(
        world,
        "cd repo && { echo 'resources: [web.yaml]'; echo images:; seq 6000 | sed 's/.*/- {name: i&}/'; echo "
        "patches:; echo \"- {target: {kind: A}, patch: '- {op: add, path: /a, value: b}'}\"; } >kustomization.yaml");
    json_t *log = parse(call(world, "check --format sarif"));
    assert_int_equal(json_array_size(at(log, "runs.0.results")), 5000);
    expect_member(log, "runs.0.results.0.ruleId", "patch-no-match");
    json_decref(log);
    expect_contains(world_read(world, "errors"), "the SARIF report has the first 5000 of 6001 findings");
    // Ignored findings come first.
    world_run(world, "cd repo && { echo '# kiln: ignore-file image-no-match'; cat kustomization.yaml; } >k && mv k "
                     "kustomization.yaml");
    log = parse(call(world, "check --format sarif"));
    assert_int_equal(json_array_size(at(log, "runs.0.results")), 5000);
    expect_member(log, "runs.0.results.0.ruleId", "patch-no-match");
    json_decref(log);
}

// --- GitHub.

struct annotation {
    struct slice level, file, title, message;
    unsigned line, column, end_column;
};

static struct slice undo(struct arena *arena, struct slice text)
{
    char *into = arena_allocate(arena, text.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned code;
        if (text.data[i] == '%' && i + 2 < text.length && sscanf(text.data + i + 1, "%2X", &code) == 1) {
            into[length++] = (char)code;
            i += 2;
        } else {
            into[length++] = text.data[i];
        }
    }
    return (struct slice){into, length};
}

// Parses an annotation as the runner does: a command, its properties, and the text after the second `::`.
static struct annotation read_annotation(struct arena *arena, struct slice line)
{
    struct annotation read = {0};
    struct slice properties, property, name, value, command = slice_from_index(line, 2);
    assert_true(slice_starts_with(line, slice_literal("::")));
    size_t end = slice_find(command, slice_literal("::"));
    assert_int_not_equal(end, SLICE_NOT_FOUND);
    read.message = undo(arena, slice_from_index(command, end + 2));
    slice_cut(slice_part(command, 0, end), ' ', &read.level, &properties);
    while (properties.length) {
        slice_cut(properties, ',', &property, &properties);
        slice_cut(property, '=', &name, &value);
        value = undo(arena, value);
        if (slice_equals(name, "file"))
            read.file = value;
        else if (slice_equals(name, "title"))
            read.title = value;
        else if (slice_equals(name, "line"))
            read.line = (unsigned)strtoul(value.data, NULL, 10);
        else if (slice_equals(name, "col"))
            read.column = (unsigned)strtoul(value.data, NULL, 10);
        else if (slice_equals(name, "endColumn"))
            read.end_column = (unsigned)strtoul(value.data, NULL, 10);
        else
            fail_msg("unknown property '%.*s'", SLICE_ARGS(name));
    }
    return read;
}

static size_t read_annotations(struct world *world, struct slice text, struct annotation *read, size_t most)
{
    size_t count = 0;
    struct slice line;
    while (text.length) {
        slice_cut(text, '\n', &line, &text);
        assert_true(count < most);
        read[count++] = read_annotation(&world->arena, line);
    }
    return count;
}

static void github_gets_a_line_for_each_finding(void **state)
{
    struct world *world = *state;
    struct annotation read[8];
    plant(world, ".");
    size_t count = read_annotations(world, call(world, "check --format github"), read, countof(read));
    expect_status(world, "1");
    assert_int_equal(count, 3);
    expect_text(read[0].level, "error");
    expect_text(read[0].file, "kustomization.yaml");
    expect_text(read[0].title, "patch-no-match");
    expect_text(read[0].message, "the patch matches no resource\nhint: did you mean Deployment 'web'?");
    assert_int_equal(read[0].line, 3);
    assert_int_equal(read[0].column, 36);
    assert_int_equal(read[0].end_column, 40);
    expect_text(read[2].level, "warning");
    expect_text(read[2].title, "image-no-match");
}

static void github_gets_ten_of_a_kind_and_the_count_of_the_rest(void **state)
{
    struct world *world = *state;
    struct annotation read[32];
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/base/kustomization.yaml",
                "images: [{name: a1}, {name: a2}, {name: a3}, {name: a4}, {name: a5}]\n");
    world_run(world,
              "cd repo && { echo 'resources: [web.yaml, base]'; echo images:; seq 12 | sed 's/.*/- {name: i&}/'; } "
              ">kustomization.yaml");
    world_commit(world, "repo");
    const char *rules = "--rule image-no-match=note --rules image-no-match";
    size_t count = read_annotations(
        world, call(world, arena_format(&world->arena, "check --format github %s", rules).data), read, countof(read));
    assert_int_equal(count, 10);
    expect_text(read[0].file, "base/kustomization.yaml");
    expect_text(read[9].level, "notice");
    expect_text(read[9].title, "kiln check");
    assert_int_equal(read[9].file.length, 0);
    expect_text(read[9].message, "not shown here: 0 errors, 0 warnings, 8 notes");
    count = read_annotations(world, call(world, "check --format github --rules image-no-match"), read, countof(read));
    assert_int_equal(count, 11);
    expect_text(read[10].message, "not shown here: 0 errors, 7 warnings");
    // Findings in changed lines come first.
    world_run(world, "cd repo && echo '# changed' >>kustomization.yaml");
    count = read_annotations(world, call(world, "check --since HEAD --format github --rules image-no-match"), read,
                             countof(read));
    assert_int_equal(count, 11);
    for (size_t i = 0; i < 10; i++)
        expect_text(read[i].file, "kustomization.yaml");
}

// --- GitLab.

static void gitlab_gets_each_fingerprint_once(void **state)
{
    struct world *world = *state;
    plant(world, ".");
    json_t *list = parse(call(world, "check --format gitlab")), *item;
    static const char *const texts[] = {"description", "check_name", "fingerprint", "severity", "location.path", NULL};
    static const char *const numbers[] = {"location.lines.begin", NULL};
    size_t i;
    assert_int_equal(json_array_size(list), 3);
    json_array_foreach(list, i, item)
    {
        expect_fields(item, texts, STRING);
        expect_fields(item, numbers, NUMBER);
    }
    expect_member(list, "0.severity", "major");
    expect_member(list, "0.check_name", "patch-no-match");
    expect_member(list, "2.severity", "minor");
    json_decref(list);
    // Three identical entries.
    world_write(world, "repo/kustomization.yaml", "resources: [web.yaml]\nimages:\n- name: a\n- name: a\n- name: a\n");
    list = parse(call(world, "check --format gitlab"));
    assert_int_equal(json_array_size(list), 3);
    for (i = 0; i < 3; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(json_string_value(at(json_array_get(list, i), "fingerprint")),
                                    json_string_value(at(json_array_get(list, k), "fingerprint")));
    json_decref(list);
    world_write(world, "repo/kustomization.yaml", "resources: [web.yaml]\n");
    list = parse(call(world, "check --format gitlab"));
    assert_int_equal(json_array_size(list), 0);
    json_decref(list);
}

// --- JUnit.

// Each suite and case on a line with its content, as Python's XML parser reads it.
static struct slice read_junit(struct world *world, const char *arguments)
{
    world_write(world, "read.py",
                "import sys, xml.etree.ElementTree as tree\n"
                "root = tree.parse(sys.argv[1]).getroot()\n"
                "assert root.tag == 'testsuites' and root.get('name') == 'kiln' and float(root.get('time')) >= 0\n"
                "for name in 'tests', 'failures', 'errors':\n"
                "    assert int(root.get(name)) == sum(int(suite.get(name)) for suite in root)\n"
                "for suite in root:\n"
                "    assert suite.tag == 'testsuite'\n"
                "    assert int(suite.get('tests')) == len(suite)\n"
                "    assert int(suite.get('failures')) == len(suite.findall('*/failure'))\n"
                "    assert int(suite.get('errors')) == len(suite.findall('*/error'))\n"
                "    for case in suite:\n"
                "        assert case.tag == 'testcase' and case.get('classname') == suite.get('name')\n"
                "        assert len(case) <= 1\n"
                "        for it in case:\n"
                "            print([suite.get('name'), case.get('name'), it.tag, it.get('type'), it.get('message'),\n"
                "                   it.text])\n"
                "        if not len(case):\n"
                "            print([suite.get('name'), case.get('name')])\n");
    call(world, arena_format(&world->arena, "%s --format junit >../junit.xml", arguments).data);
    return world_run(world, "python3 read.py junit.xml");
}

static bool has_python(struct world *world)
{
    return !world_run(world, "python3 -c 'import xml.etree' 2>/dev/null || echo no").length;
}

static void junit_has_a_case_for_each_object(void **state)
{
    struct world *world = *state;
    if (!has_python(world))
        test_skip("no python3 on this machine");
    plant(world, "one");
    world_write(world, "repo/one/web.yaml", DEPLOYMENT("web") "---\nkind: A\nmetadata: {name: a, namespace: shop}\n");
    world_write(world, "repo/two/kustomization.yaml", "resources: [gone.yaml, away.yaml]\n");
    world_write(world, "repo/three/kustomization.yaml", "resources: [../base]\n");
    world_write(world, "repo/base/kustomization.yaml", "resources: [map.yaml]\n");
    world_write(world, "repo/base/map.yaml", MAP("map"));
    world_write(world, "repo/base/stray.yaml", MAP("stray"));
    expect_text(
        read_junit(world, "check --all --rules -field-deprecated"),
        "['one', 'kustomization', 'failure', 'patch-no-match', 'the patch matches no resource (and 2 more)', "
        "\"one/kustomization.yaml:3:36: error: the patch matches no resource [patch-no-match]\\n"
        "  hint: did you mean Deployment 'web'?\\n"
        "one/kustomization.yaml:5:11: error: the target is empty: it selects every resource [patch-empty-target]\\n"
        "  hint: add at least a kind\\n"
        "one/kustomization.yaml:7:17: warning: no container uses the image 'ngnix' [image-no-match]\\n"
        "  hint: the only image in the resources is 'web'\\n\"]\n"
        "['one', 'Deployment/web']\n"
        "['one', 'A/shop/a', 'failure', 'object-no-api-version', \"A 'a' has no apiVersion\", "
        "\"one/web.yaml:18:1: error: A 'a' has no apiVersion [object-no-api-version]\\n\"]\n"
        "['three', 'kustomization']\n"
        "['three', 'ConfigMap/map']\n"
        "['two', 'kustomization', 'error', 'reference-missing', \"'gone.yaml' does not exist (and 1 more)\", "
        "\"two/kustomization.yaml:1:13: error: 'gone.yaml' does not exist [reference-missing]\\n"
        "  hint: create it in 'two', or remove this entry\\n"
        "two/kustomization.yaml:1:24: error: 'away.yaml' does not exist [reference-missing]\\n\"]\n"
        "['repository', 'base/stray.yaml', 'failure', 'file-not-used', 'no kustomization reads this file', "
        "\"base/stray.yaml:1:1: warning: no kustomization reads this file [file-not-used]\\n"
        "  hint: add it to 'base/kustomization.yaml', or remove it\\n\"]");
    expect_status(world, "1");
    // A note isn't a failure unless it counts as one.
    world_write(world, "repo/four/kustomization.yaml", "commonLabels: {a: b}\nconfigMapGenerator: [{name: m}]\n");
    expect_contains(read_junit(world, "check four --rules field-deprecated"), "['four', 'kustomization', 'system-out'");
    expect_contains(read_junit(world, "check four --rules field-deprecated --fail-on note"),
                    "['four', 'kustomization', 'failure', 'field-deprecated'");
    // A finding of two roots is reported once; a build failure is reported for each root.
    world_write(world, "repo/six/kustomization.yaml", "resources: [../two]\n");
    world_write(world, "repo/five/kustomization.yaml", "resources: [../two]\n");
    struct slice said = read_junit(world, "check five six");
    expect_contains(said, "['six', 'kustomization', 'error', 'reference-missing'");
    expect_contains(said, "['five', 'kustomization', 'error', 'reference-missing'");
}

// --- All of them.

static void every_path_survives(void **state)
{
    struct world *world = *state;
    plant(world, AWKWARD);
    world_write(world, "list", AWKWARD);
    world_run(world, "printf '\\0' >>list");
#define CALL "check --from-file ../list -0 --rules patch-no-match,file-not-used "
    struct annotation read[2];
    assert_int_equal(read_annotations(world, call(world, CALL "--format github"), read, 2), 1);
    expect_text(read[0].file, AWKWARD "/kustomization.yaml");
    json_t *list = parse(call(world, CALL "--format gitlab"));
    expect_member(list, "0.location.path", AWKWARD "/kustomization.yaml");
    json_decref(list);
    list = parse(call(world, CALL "--format json"));
    expect_member(list, "findings.0.file", AWKWARD "/kustomization.yaml");
    json_decref(list);
    list = parse(call(world, CALL "--format sarif"));
    const char *uri = json_string_value(at(list, "runs.0.results.0.locations.0.physicalLocation.artifactLocation.uri"));
    assert_non_null(uri);
    expect_text(slice_from(uri), "a%20b%2541%3A%2C%0A%C3%A4%22%3C%26%3E%27/kustomization.yaml");
    expect_text(undo(&world->arena, slice_from(uri)), AWKWARD "/kustomization.yaml");
    json_decref(list);
    if (!has_python(world))
        test_skip("no python3 on this machine");
    call(world, CALL "--format junit >../junit.xml");
    expect_text(world_run(world, "python3 -c 'import xml.etree.ElementTree as t\n"
                                 "r = t.parse(\"junit.xml\").getroot()\n"
                                 "print(r[0].get(\"name\") + \"|\" + r[0][0][0].text.split(\"/kust\")[0], end=\"\")'"),
                AWKWARD "|" AWKWARD);
}

static void characters_invalid_in_xml_are_replaced(void **state)
{
    struct world *world = *state;
    if (!has_python(world))
        test_skip("no python3 on this machine");
    plant(world, "a\x01\x1B\t\x7F\xFF");
    world_write(world, "list", "a\x01\x1B\t\x7F\xFF");
    struct slice said = read_junit(world, "check --from-file ../list");
    expect_contains(said, "['a??\\t\\x7f\xEF\xBF\xBD', 'kustomization', 'failure'");
}

// Wherever kiln runs, these formats use paths relative to the top of the repository.
static void paths_begin_at_the_top_of_the_repository(void **state)
{
    struct world *world = *state;
    struct annotation read[8];
    plant(world, "deep/one");
    world_run(world, "git init -q repo");
    struct slice before = call(world, "check deep/one --format json --rules patch-no-match | grep fingerprint");
    read_annotations(world, call(world, "check deep/one --format github"), read, countof(read));
    expect_text(read[0].file, "deep/one/kustomization.yaml");
    world_run(world, "ln -s repo/deep deep; mv repo all; ln -s all/deep repo");
    read_annotations(world, call(world, "check one --format github"), read, countof(read));
    expect_text(read[0].file, "deep/one/kustomization.yaml");
    json_t *list = parse(call(world, "check one --format gitlab"));
    expect_member(list, "0.location.path", "deep/one/kustomization.yaml");
    json_decref(list);
    list = parse(call(world, "check one --format sarif"));
    expect_member(list, "runs.0.results.0.locations.0.physicalLocation.artifactLocation.uri",
                  "deep/one/kustomization.yaml");
    expect_member(list, "runs.0.results.0.locations.0.physicalLocation.artifactLocation.uriBaseId", "SRCROOT");
    expect_member(list, "runs.0.originalUriBaseIds.SRCROOT.uri",
                  arena_format(&world->arena, "file://%s", world_path(world, "all/")).data);
    json_decref(list);
    expect_text(call(world, "check one --format json --rules patch-no-match | grep fingerprint"),
                arena_copy(&world->arena, before).data);
    // Outside a repository, a path has no base.
    world_run(world, "mkdir -p away && cp all/deep/one/* away");
    list = parse(call(world, "check ../../away --format sarif"));
    expect_member(list, "runs.0.results.0.locations.0.physicalLocation.artifactLocation.uri",
                  arena_format(&world->arena, "file://%s", world_path(world, "away/kustomization.yaml")).data);
    assert_null(at(list, "runs.0.results.0.locations.0.physicalLocation.artifactLocation.uriBaseId"));
    json_decref(list);
}

static void no_format_shows_a_secret(void **state)
{
    struct world *world = *state;
    world_write(world, "repo/kustomization.yaml", "secretGenerator: [{name: s, envs: [s.env]}]\n");
    world_write(world, "repo/s.env", "TOKEN=\"hunter2hunter2\"\nexport KEY=correcthorsebattery\n");
    static const char *const formats[] = {"sarif", "junit", "github", "gitlab"};
    for (size_t i = 0; i < countof(formats); i++) {
        struct slice said = call(world, arena_format(&world->arena, "check --format %s", formats[i]).data);
        expect_contains(said, "generator-key-invalid");
        assert_int_equal(slice_find(said, slice_literal("hunter2")), SLICE_NOT_FOUND);
        assert_int_equal(slice_find(said, slice_literal("correcthorse")), SLICE_NOT_FOUND);
    }
}

// Programs that read a report always get one, even if no root has changed.
static void reports_are_complete_if_nothing_changed(void **state)
{
    struct world *world = *state;
    plant(world, ".");
    world_commit(world, "repo");
    json_t *value = parse(call(world, "check --since HEAD --format sarif"));
    expect_status(world, "0");
    expect_sarif(value);
    json_decref(value);
    value = parse(call(world, "check --since HEAD --format json"));
    assert_int_equal(json_integer_value(at(value, "schemaVersion")), 1);
    json_decref(value);
    value = parse(call(world, "check --since HEAD --format gitlab"));
    assert_int_equal(json_array_size(value), 0);
    json_decref(value);
    expect_contains(call(world, "check --since HEAD --format junit"), "<testsuites name=\"kiln\" tests=\"0\"");
    assert_int_equal(call(world, "check --since HEAD --format github").length, 0);
    assert_int_equal(call(world, "check --since HEAD").length, 0);
    expect_status(world, "0");
}

static const struct CMUnitTest tests[] = {
    world_test(sarif_has_what_its_schema_requires),
    world_test(sarif_has_the_five_thousand_worst_findings),
    world_test(github_gets_a_line_for_each_finding),
    world_test(github_gets_ten_of_a_kind_and_the_count_of_the_rest),
    world_test(gitlab_gets_each_fingerprint_once),
    world_test(junit_has_a_case_for_each_object),
    world_test(every_path_survives),
    world_test(characters_invalid_in_xml_are_replaced),
    world_test(paths_begin_at_the_top_of_the_repository),
    world_test(no_format_shows_a_secret),
    world_test(reports_are_complete_if_nothing_changed),
};

int test_check_formats(void)
{
    return cmocka_run_group_tests_name("check_formats", tests, NULL, NULL);
}
