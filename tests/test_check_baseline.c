// Findings that `kiln check` leaves out: those in the baseline, those of an older revision, and those beyond the
// maximum.
#include "tests/call.h"

#include <string.h>

#define MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static void plant(struct world *world)
{
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: a\n");
    add_root(world, "two",
             "resources: [web.yaml]\npatches:\n- target: {kind: A}\n  patch: '- {op: add, path: /a, value: b}'\n");
    world_write(world, "repo/one/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/two/web.yaml", DEPLOYMENT("web"));
}

#define ALL "check --all --baseline base.json "

// --- The baseline.

static void findings_in_the_baseline_are_known(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_call(world, "check --all", "1 error, 1 warning in 2 roots");
    expect_text(call_without_release(world, ALL "--write-baseline"),
                "0 errors, 0 warnings, 2 baseline findings in 2 roots (2 resources)\nstatus 0");
    struct slice text = world_read(world, "repo/base.json");
    struct slice line;
    slice_cut(text, '\n', &line, &text);
    expect_text(line, "{\"schemaVersion\":1,\"findings\":[");
    slice_cut(text, '\n', &line, &text);
    expect_contains(line,
                    "\"count\":1,\"rule\":\"image-no-match\",\"file\":\"one/kustomization.yaml\",\"root\":\"one\"},");
    slice_cut(text, '\n', &line, &text);
    expect_contains(line,
                    "\"count\":1,\"rule\":\"patch-no-match\",\"file\":\"two/kustomization.yaml\",\"root\":\"two\"}");
    expect_text(text, "]}\n");
    expect_text(call_without_release(world, ALL),
                "0 errors, 0 warnings, 2 baseline findings in 2 roots (2 resources)\nstatus 0");
    // Findings are found again when lines move.
    add_root(world, "one", "# moved\n\nresources: [web.yaml]\nimages:\n- name: a\n");
    expect_call(world, ALL, "0 errors, 0 warnings, 2 baseline findings");
    // A second finding like the first is new.
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: a\n- name: a\n");
    struct slice said = call_without_release(world, ALL "--fail-on warning");
    expect_contains(said, "one/kustomization.yaml:4:9: warning: no container uses the image 'a'");
    expect_contains(said, "0 errors, 1 warning, 2 baseline findings");
    expect_contains(said, "status 1");
    expect_call(world, ALL "--format sarif", "\"kind\": \"external\"");
    expect_call(world, ALL "--format json", "\"suppressedBy\": \"baseline\"");
    expect_call(world, ALL "--format json", "\"inBaseline\": 2");
    // The baseline has counts.
    call_without_release(world, ALL "--write-baseline");
    expect_contains(world_read(world, "repo/base.json"), "\"count\":2,\"rule\":\"image-no-match\"");
    expect_call(world, ALL "--fail-on note", "status 0");
}

static void entries_that_are_no_longer_found_are_reported(void **state)
{
    struct world *world = *state;
    plant(world);
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: a\n- name: a\n");
    call_without_release(world, ALL "--write-baseline");
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: a\n");
    add_root(world, "two", "resources: [web.yaml]\n");
    struct slice said = call_without_release(world, ALL);
    expect_contains(said, "base.json:2:16: note: only 1 of 2 findings remain: 'image-no-match' in "
                          "'one/kustomization.yaml' [baseline-stale]\n");
    expect_contains(said, "base.json:3:16: note: no longer found: 'patch-no-match' in 'two/kustomization.yaml'");
    expect_contains(said, "0 errors, 0 warnings, 2 notes, 1 baseline finding");
    expect_contains(said, "status 0");
    // Only findings that the run has looked for.
    expect_call(world, "check two --baseline base.json", "base.json:3:16: note: no longer found");
    expect_no(world, "check two --baseline base.json", "base.json:2:");
    expect_no(world, "check one --baseline base.json", "base.json:3:");
    expect_no(world, ALL "--rules -patch-no-match", "base.json:3:");
    expect_no(world, ALL "--rules image-no-match", "baseline-stale");
    expect_no(world, ALL "--rule baseline-stale=off", "baseline-stale");
    // Writing the baseline for a part doesn't lose the rest.
    call_without_release(world, "check one --baseline base.json --write-baseline");
    expect_contains(world_read(world, "repo/base.json"), "\"count\":1,\"rule\":\"image-no-match\"");
    expect_contains(world_read(world, "repo/base.json"), "patch-no-match");
    call_without_release(world, ALL "--write-baseline");
    assert_int_equal(slice_find(world_read(world, "repo/base.json"), slice_literal("patch-no-match")), SLICE_NOT_FOUND);
    expect_no(world, ALL, "baseline-stale");
    // A root that was deleted.
    world_run(world, "rm -r repo/one");
    expect_call(world, ALL, "no longer found: 'image-no-match'");
}

static void a_baseline_does_not_hide_a_failure(void **state)
{
    struct world *world = *state;
    plant(world);
    add_root(world, "two", "resources: [gone.yaml]\n");
    struct slice said = call_without_release(world, ALL "--write-baseline");
    expect_contains(said, "1 error, 0 warnings");
    expect_contains(said, "status 1");
    expect_no(world, ALL, "0 errors");
    assert_int_equal(slice_find(world_read(world, "repo/base.json"), slice_literal("gone")), SLICE_NOT_FOUND);
}

static void an_invalid_baseline_is_an_error_with_a_position(void **state)
{
    struct world *world = *state;
    plant(world);
    static const char *const wrong[][2] = {
        {"", "base.json:1:1: "},
        {"{\"schemaVersion\":1,\"findings\":[\n<<<<<<< HEAD\n", "base.json:2:1: "},
        {"{\"schemaVersion\":2}", "base.json:1:18: 'schemaVersion' of a baseline must be 1"},
        {"[]", "base.json:1:1: "},
        {"{\"schemaVersion\":1,\"finding\":[]}", "did you mean 'findings'?"},
        {"{\"schemaVersion\":1,\"findings\":[\n{\"fingerprint\":\"6f\",\"count\":1}]}",
         "base.json:2:16: 'fingerprint' must have 16 hexadecimal digits, not '6f'"},
        {"{\"schemaVersion\":1,\"findings\":[\n{\"fingerprint\":\"6f0c8e2f5d1b7a90\",\"count\":0}]}",
         "base.json:2:43: 'count' must be a number greater than 0"},
        {"{\"schemaVersion\":1,\"findings\":[\n{\"fingerprint\":\"6f0c8e2f5d1b7a90\"}]}",
         "base.json:2:1: 'count' must be a number greater than 0"},
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        world_write(world, "repo/base.json", wrong[i][0]);
        expect_call(world, ALL, wrong[i][1]);
        expect_call(world, ALL, "status 1");
        expect_no(world, ALL, "in 2 roots");
        expect_call(world, ALL "--write-baseline", "status 1");
        expect_text(world_read(world, "repo/base.json"), wrong[i][0]);
    }
    expect_call(world, "check --baseline gone.json", "cannot read the baseline 'gone.json': ");
    expect_call(world, "check --baseline gone.json", "hint: use --write-baseline to create it\nstatus 2");
    expect_call(world, "check --write-baseline", "--write-baseline requires a file\n  hint: add --baseline FILE");
    expect_call(world, "check --write-baseline", "status 2");
    expect_call(world, "check one --baseline away/base.json --write-baseline", "cannot write 'away/base.json': ");
}

static void the_configuration_names_a_baseline(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, "git init -q repo");
    world_write(world, "repo/.kiln.yaml", "check: {baseline: .kiln-baseline.json, rules: {file-not-in-git: 'off'}}\n");
    call_without_release(world, "check --all --write-baseline");
    expect_contains(world_read(world, "repo/.kiln-baseline.json"), "image-no-match");
    expect_call(world, "check --all", "0 errors, 0 warnings, 2 baseline findings");
    world_run(world, "mv repo all; ln -s all/one repo");
    expect_call(world, "check", "0 errors, 0 warnings, 1 baseline finding");
    expect_call(world, "check --no-config --rules image-no-match", "0 errors, 1 warning in");
}

// Duplicate lines from two branches, and lines in any order.
static void a_merged_baseline_is_read(void **state)
{
    struct world *world = *state;
    plant(world);
    call_without_release(world, ALL "--write-baseline");
    world_run(
        world,
        "cd repo && sed -n 2p base.json >line && { sed -n '1,2p' base.json; cat line; sed -n '3,$p' base.json; } >b "
        "&& mv b base.json && rm line");
    expect_call(world, ALL, "0 errors, 0 warnings, 2 baseline findings in 2 roots");
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: a\n- name: a\n");
    expect_call(world, ALL, "0 errors, 1 warning, 2 baseline findings in 2 roots");
}

// --- Revisions.

static void only_findings_missing_in_the_older_revision_are_new(void **state)
{
    struct world *world = *state;
    plant(world);
    world_commit(world, "repo");
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: c\n- name: a\n");
    struct slice said = call_without_release(world, "check --since HEAD --new");
    expect_contains(said, "one/kustomization.yaml:3:9: warning: no container uses the image 'c'");
    expect_contains(said, "0 errors, 1 warning, 1 old finding in 1 root (1 resource)");
    // A finding of a new root in an old base isn't new.
    add_root(world, "three", "resources: [../one]\nimages:\n- name: d\n");
    said = call_without_release(world, "check --since HEAD --new");
    expect_contains(said, "three/kustomization.yaml:3:9: warning: no container uses the image 'd'");
    expect_contains(said, "0 errors, 1 warning, 1 note, 1 old finding in 1 root (1 resource)");
    // Compares the index with HEAD.
    world_run(world, "cd repo && git add one && rm -r three");
    expect_call(world, "check --staged --new", "0 errors, 1 warning, 1 old finding in 1 root");
    expect_call(world, "check --staged --new --format json", "\"old\": 1");
    // If a comment is removed, the finding that it ignored isn't new.
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: a  # kiln: ignore image-no-match\n");
    world_commit(world, "repo");
    add_root(world, "one", "resources: [web.yaml]\nimages:\n- name: a\n");
    expect_call(world, "check --since HEAD --new", "0 errors, 1 warning in 1 root");
    // A build failure is reported, because it hides everything else.
    add_root(world, "two", "resources: [gone.yaml]\n");
    world_commit(world, "repo");
    add_root(world, "two", "resources: [gone.yaml]\n# changed\n");
    expect_call(world, "check --since HEAD --new", "1 error, 0 warnings in 1 root");
    expect_call(world, "check --new", "--new requires --since or --staged\nstatus 2");
    expect_call(world, "check --since HEAD --new --write-baseline --baseline a",
                "--new cannot be used with --write-baseline\nstatus 2");
}

// --- Limiting the number.

static void the_number_of_printed_findings_is_limited(void **state)
{
    struct world *world = *state;
    plant(world);
    struct slice said = call_without_release(world, "check --all --max-findings 1 --fail-on warning");
    expect_contains(said, "two/kustomization.yaml:3:");
    expect_contains(said, "1 error, 1 warning in 2 roots");
    expect_contains(said, "warning: 1 more finding is not printed\n");
    expect_contains(said, "status 1");
    expect_no(world, "check --all --max-findings 1", "image-no-match");
    expect_no(world, "check --all --max-findings 2", "not printed");
    // The check still fails.
    expect_call(world, "check one two --max-findings 1", "status 1");
    expect_call(world, "check --all --max-findings 1 --format json", "\"omitted\": 1");
    expect_call(world, "check --max-findings 0",
                "invalid value '0' for --max-findings: expected a whole number from 1 to 999999999\nstatus 2");
    expect_call(world, "check --max-findings x", "status 2");
}

static void only_the_baseline_is_written(void **state)
{
    struct world *world = *state;
    plant(world);
    world_commit(world, "repo");
    const char *list = "find repo -printf '%p %T@ %s\\n' | grep -v base.json | sort";
    struct slice before = world_run(world, list);
    call_without_release(world, "check --since HEAD --new");
    call_without_release(world, "check one two --baseline base.json --write-baseline");
    call_without_release(world, "check --all --baseline base.json");
    world_run(world, "rm repo/base.json && touch -d @0 repo");
    world_run(world, "true");
    struct slice after = world_run(world, list);
    // The directory's own time changed, because a file was added.
    expect_text(slice_from_index(after, slice_find(after, slice_literal("repo/"))),
                arena_copy(&world->arena, slice_from_index(before, slice_find(before, slice_literal("repo/")))).data);
}

static const struct CMUnitTest tests[] = {
    world_test(findings_in_the_baseline_are_known),
    world_test(entries_that_are_no_longer_found_are_reported),
    world_test(a_baseline_does_not_hide_a_failure),
    world_test(an_invalid_baseline_is_an_error_with_a_position),
    world_test(the_configuration_names_a_baseline),
    world_test(a_merged_baseline_is_read),
    world_test(only_findings_missing_in_the_older_revision_are_new),
    world_test(the_number_of_printed_findings_is_limited),
    world_test(only_the_baseline_is_written),
};

int test_check_baseline(void)
{
    return cmocka_run_group_tests_name("check_baseline", tests, NULL, NULL);
}
