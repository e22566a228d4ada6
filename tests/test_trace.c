// Where values come from: traces of trees in memory and of the examples.
#include "tests/support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "compare/trace_line.h"
#include "report/trace_line_print.h"
#include "report/trace_print.h"

// --- One trace.

static const struct compare_options hidden = {.show_secrets = false};

struct traced {
    struct build *build, *observed;
    struct trace *trace;
    bool found;
};

static struct traced trace_of(struct test_build *test, const char *directory, const char *object)
{
    struct traced traced = {build_new(), build_new(), NULL, false};
    struct build_options options = test->options;
    struct file_system files = test->files ? memory_files_system(test->files) : file_system_posix;
    struct select_pattern pattern;
    options.files = &files;
    traced.trace = trace_new(traced.build, traced.observed);
    assert_true(select_parse(&traced.build->arena, &traced.build->diagnostics, "trace", slice_from(object), &pattern));
    traced.found = trace_find(traced.trace, &options, slice_from(directory), &pattern);
    if (traced.found)
        trace_observe(traced.trace);
    return traced;
}

static void traced_free(struct traced *traced)
{
    trace_free(traced->trace);
    build_free(traced->observed);
    build_free(traced->build);
}

// The first message of the first build; empty if there is none.
static struct slice message_of(const struct traced *traced, struct buffer *out)
{
    for (size_t i = 0; i < traced->build->diagnostics.count; i++)
        render_message(&traced->build->diagnostics, &traced->build->diagnostics.items[i], out);
    return buffer_slice(out);
}

// The output or the message of `kiln trace` for one field of a resource.
static void expect_trace(struct test_build *test, const char *directory, const char *object, const char *field,
                         const char *expected)
{
    struct traced traced = trace_of(test, directory, object);
    struct buffer out = {0};
    const struct trace_print print = {.format = TRACE_TEXT, .options = &hidden, .out = &out};
    struct trace_field parsed;
    struct trace_changes changes = {0};
    struct slice problem;
    if (!traced.found) {
        message_of(&traced, &out);
    } else if (!*field) {
        trace_print_steps(traced.trace, &print);
    } else {
        assert_true(trace_field_parse(traced.trace->arena, slice_from(field), &parsed, &problem));
        if (trace_field_changes(traced.trace, &parsed, slice_from(field), &changes))
            trace_print_field(traced.trace, &changes, &print);
        else
            message_of(&traced, &out);
    }
    expect_text(buffer_slice(&out), expected);
    buffer_free(&out);
    traced_free(&traced);
}

#define APP "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"

static void a_value_only_from_the_base_has_one_step(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "base/kustomization.yaml", "resources: [web.yaml]\n");
    tree_add(test, "base/web.yaml", APP "spec:\n  replicas: 1\n");
    tree_add(test, "kustomization.yaml", "resources: [base]\nnamePrefix: a-\n");
    expect_trace(test, ".", "Deployment/web", "spec.replicas",
                 "spec.replicas: 1    Deployment/a-web, was web\n"
                 "  1  base/web.yaml:5:13  set  1\n"
                 "10 other steps did not touch it\n"
                 "this value is written at base/web.yaml:5:13\n");
}

static void steps_are_listed_in_order(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "base/kustomization.yaml", "resources: [web.yaml]\n");
    tree_add(test, "base/web.yaml", APP "spec:\n  replicas: 1\n");
    tree_add(test, "ha/kustomization.yaml",
             "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{path: p.yaml}]\n");
    tree_add(test, "ha/p.yaml", APP "spec: {replicas: 2}\n");
    tree_add(
        test, "kustomization.yaml",
        "resources: [base, size.yaml]\ncomponents: [ha]\n"
        "patches:\n- path: p.yaml\n- patch: '[{\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 4}]'\n"
        "  target: {kind: Deployment}\n"
        "replicas: [{name: web, count: 5}]\n"
        "replacements:\n- source: {kind: ConfigMap, fieldPath: data.n, options: {delimiter: /, index: 1}}\n"
        "  targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]\n");
    tree_add(test, "p.yaml", APP "spec: {replicas: 3}\n");
    tree_add(test, "size.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata: {n: 4/5}\n");
    expect_trace(test, ".", "Deployment/web", "spec.replicas",
                 "spec.replicas: 5    Deployment/web\n"
                 "  1  base/web.yaml:5:13       set          1\n"
                 "  2  ha/p.yaml:4:18           patch        1 → 2  ha/kustomization.yaml:3:11  patches[0]\n"
                 "  3  p.yaml:4:18              patch        2 → 3  kustomization.yaml:4:3  patches[0]\n"
                 "  4  kustomization.yaml:5:65  patch        3 → 4  kustomization.yaml:5:3  patches[1]\n"
                 "  5  kustomization.yaml:7:31  replicas     4 → 5  replicas[0]\n"
                 "  6  kustomization.yaml:9:3   replacement  5 = 5  replacements[0]                         from "
                 "ConfigMap/s data.n, part 1 at '/' (size.yaml:4:11), no change\n"
                 "9 other steps did not touch it\n"
                 "this value is written at size.yaml:4:11\n");
}

static void images_show_the_value_before_and_after(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml", "resources: [web.yaml]\nimages:\n- name: web\n  newTag: v2\n");
    tree_add(test, "web.yaml", DEPLOYMENT("web"));
    expect_trace(test, ".", "Deployment/web", "spec.template.spec.containers[web].image",
                 "spec.template.spec.containers[web].image: web:v2    Deployment/web\n"
                 "  1  web.yaml:16:16           set     web:1\n"
                 "  2  kustomization.yaml:4:11  images  web:1 → web:v2  kustomization.yaml:3:3  images[0]\n"
                 "9 other steps did not touch it\n"
                 "this value is written at kustomization.yaml:4:11\n");
}

static void a_missing_namespace_is_created(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml", "resources: [a.yaml]\nnamespace: shop\n");
    tree_add(test, "a.yaml", CONFIG_MAP("a"));
    expect_trace(test, ".", "ConfigMap/shop/a", "metadata.namespace",
                 "metadata.namespace: shop    ConfigMap/a, namespace shop\n"
                 "  1  kustomization.yaml:2:12  namespace  shop  namespace  created\n"
                 "10 other steps did not touch it\n"
                 "this value is written at kustomization.yaml:2:12\n");
}

static void a_reference_names_its_target(void **state)
{
    struct test_build *test = *state;
    test->options.name_hash = NAME_HASH_V4;
    tree_add(test, "kustomization.yaml",
             "resources: [web.yaml]\nconfigMapGenerator:\n- name: conf\n  literals: [a=1]\n");
    tree_add(test, "web.yaml", DEPLOYMENT("web") "        envFrom: [{configMapRef: {name: conf}}]\n");
    expect_trace(test, ".", "Deployment/web", "spec.template.spec.containers[0].envFrom[0].configMapRef.name",
                 "spec.template.spec.containers[web].envFrom[0].configMapRef.name: conf-h29d89cmmt    Deployment/web\n"
                 "  1  web.yaml:17:41  set             conf\n"
                 "  2  web.yaml:17:41  name reference  conf → conf-h29d89cmmt  follows ConfigMap/conf-h29d89cmmt "
                 "(kustomization.yaml:3:9)\n"
                 "8 other steps did not touch it\n"
                 "this value is written at web.yaml:17:41\n");
}

// The position of the text of a field's last value.
static void expect_place(struct test_build *test, const char *object, const char *field, const char *place)
{
    struct traced traced = trace_of(test, ".", object);
    struct trace_field parsed;
    struct trace_changes changes = {0};
    struct slice problem;
    assert_true(traced.found);
    assert_true(trace_field_parse(traced.trace->arena, slice_from(field), &parsed, &problem));
    assert_true(trace_field_changes(traced.trace, &parsed, slice_from(field), &changes));
    expect_text(position_text(&traced.trace->observed->sources, traced.trace->arena,
                              changes.items[changes.count - 1].after.position),
                place);
    traced_free(&traced);
}

static void a_generated_key_has_the_position_of_its_source(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml",
             "configMapGenerator:\n- name: conf\n  files: [a.txt]\n  envs: [b.env]\n  literals:\n  - c=1\n");
    tree_add(test, "a.txt", "text\n");
    tree_add(test, "b.env", "# comment\nb=2\n");
    expect_place(test, "ConfigMap/conf", "data.a\\.txt", "a.txt:1:1");
    expect_place(test, "ConfigMap/conf", "data.b", "b.env:2:1");
    expect_place(test, "ConfigMap/conf", "data.c", "kustomization.yaml:6:5");
}

static void a_merge_only_changes_its_own_keys(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "base/kustomization.yaml", "configMapGenerator: [{name: conf, literals: [a=1, b=1]}]\n");
    tree_add(test, "kustomization.yaml",
             "resources: [base]\ngeneratorOptions: {disableNameSuffixHash: true}\n"
             "configMapGenerator: [{name: conf, behavior: merge, literals: [a=2]}]\n");
    expect_trace(test, ".", "ConfigMap/conf", "data.a",
                 "data.a: \"2\"    ConfigMap/conf\n"
                 "  1  base/kustomization.yaml:1:46  generate  \"1\"        configMapGenerator[0]\n"
                 "  2  kustomization.yaml:3:63       merge     \"1\" → \"2\"  configMapGenerator[0]\n"
                 "9 other steps did not touch it\n"
                 "this value is written at kustomization.yaml:3:63\n");
    expect_trace(test, ".", "ConfigMap/conf", "data.b",
                 "data.b: \"1\"    ConfigMap/conf\n"
                 "  1  base/kustomization.yaml:1:51  generate  \"1\"  configMapGenerator[0]\n"
                 "10 other steps did not touch it\n"
                 "this value is written at base/kustomization.yaml:1:51\n");
}

static void the_step_that_removes_a_field_is_named(void **state)
{
    struct test_build *test = *state;
    static const char *const patches[] = {
        "{data: null}",
        "{data: {key: null}}",
        "{data: {$patch: delete}}",
        "[{\"op\": \"remove\", \"path\": \"/data/key\"}]",
        "[{\"op\": \"remove\", \"path\": \"/data\"}]",
    };
    tree_add(test, "a.yaml", CONFIG_MAP("a"));
    for (size_t i = 0; i < countof(patches); i++) {
        char text[256];
        bool is_json = patches[i][0] == '[';
        snprintf(text, sizeof text, "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: '%s%s'\n",
                 is_json ? "" : "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, ",
                 is_json ? patches[i] : patches[i] + 1);
        tree_add(test, "kustomization.yaml", text);
        expect_trace(test, ".", "ConfigMap/a", "data.key",
                     "data.key: (absent)    ConfigMap/a\n"
                     "  1  a.yaml:6:8              set    value\n"
                     "  2  kustomization.yaml:3:3  patch  value → (absent)  patches[0]  deleted\n"
                     "9 other steps did not touch it\n"
                     "deleted by patch\n");
    }
}

static void a_field_that_never_existed_gets_a_suggestion(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml", "resources: [web.yaml]\n");
    tree_add(test, "web.yaml", APP "spec:\n  replicas: 1\n");
    expect_trace(test, ".", "Deployment/web", "spec.replicsa",
                 "kiln: Deployment 'web' has no field 'spec.replicsa'\n  hint: did you mean 'spec.replicas'?\n");
    expect_trace(
        test, ".", "Deployment/web", "metadata.labels.app",
        "kiln: Deployment 'web' has no field 'metadata.labels.app'\n  hint: choose a field of metadata: name\n");
    tree_add(test, "web.yaml", DEPLOYMENT("web"));
    expect_trace(test, ".", "Deployment/web", "spec.template.spec.containers[wbe].image",
                 "kiln: Deployment 'web' has no field 'spec.template.spec.containers[wbe].image'\n"
                 "  hint: did you mean 'spec.template.spec.containers[web].image'?\n");
    expect_trace(test, ".", "Deployment/web", "spec.template.spec.containers[7].image",
                 "kiln: Deployment 'web' has no field 'spec.template.spec.containers[7].image'\n"
                 "  hint: choose an item of spec.template.spec.containers: [web]\n");
}

// A step may add or remove one of two merge keys.
static void an_element_with_a_new_merge_key_keeps_its_trail(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "svc.yaml",
             "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports:\n  - port: 1\n  - port: 2\n    "
             "protocol: UDP\n");
    tree_add(test, "kustomization.yaml",
             "resources: [svc.yaml]\npatches:\n- target: {kind: Service}\n"
             "  patch: '[{\"op\": \"add\", \"path\": \"/spec/ports/0/protocol\", \"value\": \"TCP\"}]'\n");
    expect_trace(test, ".", "Service/s", "spec.ports[1/TCP].port",
                 "spec.ports[1/TCP].port: 1    Service/s\n"
                 "  1  svc.yaml:6:11  set  1\n"
                 "10 other steps did not touch it\n"
                 "this value is written at svc.yaml:6:11\n");
    expect_trace(test, ".", "Service/s", "spec.ports[port=2].port",
                 "spec.ports[2/UDP].port: 2    Service/s\n"
                 "  1  svc.yaml:7:11  set  2\n"
                 "10 other steps did not touch it\n"
                 "this value is written at svc.yaml:7:11\n");
}

static void an_element_keeps_its_trail_when_it_moves(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "web.yaml", DEPLOYMENT("web"));
    tree_add(test, "p.yaml", APP "spec: {template: {spec: {containers: [{name: first, image: one}]}}}\n");
    tree_add(test, "kustomization.yaml",
             "resources: [web.yaml]\npatches:\n- path: p.yaml\n- target: {kind: Deployment}\n"
             "  patch: '[{\"op\": \"add\", \"path\": \"/spec/template/spec/containers/-\", \"value\": {\"name\": "
             "\"last\"}}]'\n");
    static const char expected[] = "spec.template.spec.containers[web].image: web:1    Deployment/web\n"
                                   "  1  web.yaml:16:16          set    web:1\n"
                                   "  2  kustomization.yaml:3:3  patch  web:1  patches[0]  moved from [0] to [1]\n"
                                   "10 other steps did not touch it\n"
                                   "this value is written at web.yaml:16:16\n";
    static const char *const fields[] = {
        "spec.template.spec.containers[web].image", "spec.template.spec.containers[name=web].image",
        "spec.template.spec.containers[1].image", ".spec.template.spec.containers.1.image",
        "/spec/template/spec/containers/1/image"};
    for (size_t i = 0; i < countof(fields); i++)
        expect_trace(test, ".", "Deployment/web", fields[i], expected);
    expect_place(test, "Deployment/web", "spec.template.spec.containers[last].name", "kustomization.yaml:5:88");
    expect_place(test, "Deployment/web", "spec.template.spec.containers[first].image", "p.yaml:4:60");
}

static void an_alias_is_named_next_to_its_anchor(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml", "resources: [a.yaml]\npatches: [{path: p.yaml}]\n");
    tree_add(test, "a.yaml", CONFIG_MAP("a"));
    tree_add(test, "p.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: &l\n    x: &v one\n"
             "  annotations: *l\ndata:\n  key: *v\n  other: *v\n  own: one\n");
    expect_trace(
        test, ".", "ConfigMap/a", "data.key",
        "data.key: one    ConfigMap/a\n"
        "  1  a.yaml:6:8  set    value\n"
        "  2  p.yaml:6:8  patch  value → one  kustomization.yaml:2:11  patches[0]  by the alias at p.yaml:9:8\n"
        "9 other steps did not touch it\n"
        "this value is written at p.yaml:6:8\n");
    expect_trace(test, ".", "ConfigMap/a", "metadata.annotations.x",
                 "metadata.annotations.x: one    ConfigMap/a\n"
                 "  1  p.yaml:6:8  patch  one  kustomization.yaml:2:11  patches[0]  by the alias at p.yaml:7:16, "
                 "created\n"
                 "10 other steps did not touch it\n"
                 "this value is written at p.yaml:6:8\n");
    expect_trace(test, ".", "ConfigMap/a", "metadata.labels.x",
                 "metadata.labels.x: one    ConfigMap/a\n"
                 "  1  p.yaml:6:8  patch  one  kustomization.yaml:2:11  patches[0]  created\n"
                 "10 other steps did not touch it\n"
                 "this value is written at p.yaml:6:8\n");
}

static void the_old_name_and_the_new_one_have_the_same_trail(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml", "resources: [a.yaml]\nnamePrefix: p-\nnameSuffix: -s\n");
    tree_add(test, "a.yaml", CONFIG_MAP("a"));
    static const char *const names[] = {"ConfigMap/a", "configmap/p-a-s", "ConfigMap/p-a"};
    for (size_t i = 0; i < countof(names); i++)
        expect_trace(test, ".", names[i], "metadata.name",
                     "metadata.name: p-a-s    ConfigMap/p-a-s, was a\n"
                     "  1  a.yaml:4:9               set         a\n"
                     "  2  kustomization.yaml:2:13  namePrefix  a → p-a      namePrefix\n"
                     "  3  kustomization.yaml:3:13  nameSuffix  p-a → p-a-s  nameSuffix\n"
                     "9 other steps did not touch it\n"
                     "this value is written at a.yaml:4:9\n");
}

static void an_ambiguous_name_has_both_candidates(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml", "resources: [a.yaml]\n");
    tree_add(test, "a.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: x}\n---\n"
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: y}\n");
    expect_trace(test, ".", "ConfigMap/a", "kind",
                 "kiln: 'ConfigMap/a' is ambiguous: it could be ConfigMap/x/a (a.yaml:1:1) or ConfigMap/y/a "
                 "(a.yaml:5:1)\n  hint: write 'ConfigMap/x/a' for the one in namespace 'x'\n");
    expect_place(test, "ConfigMap/y/a", "metadata.namespace", "a.yaml:7:32");
}

static void a_deleted_value_is_traced_until_its_deletion(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml",
             "resources: [a.yaml]\npatches:\n- patch: '{$patch: delete, apiVersion: v1, kind: ConfigMap, metadata: "
             "{name: a}}'\n");
    tree_add(test, "a.yaml", CONFIG_MAP("a"));
    expect_trace(test, ".", "ConfigMap/a", "",
                 "ConfigMap/a\n"
                 "  1  a.yaml:1:1              set\n"
                 "  2  kustomization.yaml:3:3  patch  patches[0]  deleted\n"
                 "deleted by patch\n");
}

static void a_failed_build_is_traced_until_the_failure(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "kustomization.yaml",
             "resources: [a.yaml]\nnamePrefix: p-\npatches:\n- target: {kind: ConfigMap}\n"
             "  patch: '[{\"op\": \"remove\", \"path\": \"/none\"}]'\n");
    tree_add(test, "a.yaml", CONFIG_MAP("a"));
    struct traced traced = trace_of(test, ".", "ConfigMap/a");
    assert_true(traced.found);
    assert_false(traced.trace->built);
    assert_int_equal(traced.trace->steps.count, 1);
    assert_int_equal(traced.build->diagnostics.error_count, 1);
    traced_free(&traced);
}

// --- Field paths.

static void expect_path(const char *text, const char *problem, size_t count)
{
    struct arena arena = {0};
    struct trace_field field;
    struct slice said = {0};
    assert_int_equal(trace_field_parse(&arena, slice_from(text), &field, &said), !*problem);
    expect_text(said, problem);
    if (!*problem)
        assert_int_equal(field.count, count);
    arena_free(&arena);
}

static void field_paths_have_three_syntaxes(void **state)
{
    (void)state;
    expect_path("spec.replicas", "", 2);
    expect_path(".spec.replicas", "", 2);
    expect_path("metadata.labels.app\\.kubernetes\\.io/name", "", 3);
    expect_path("spec.containers[a.b].image", "", 4);
    expect_path("spec.containers[0][1]", "", 4);
    expect_path("/metadata/labels/app.kubernetes.io~1name", "", 3);
    expect_path("/a//b", "", 3);
    expect_path("data.x.!json.a.b", "", 4);
    expect_path("", "the path is empty", 0);
    expect_path(".", "the path is empty", 0);
    expect_path("a..b", "a name is missing between two dots", 0);
    expect_path("a.", "a name is missing after the last dot", 0);
    expect_path("a[b", "missing ']'", 0);
}

// --- Lines.

static void expect_line(struct test_build *test, const char *file, uint32_t line, const char *expected)
{
    struct build *build = build_new();
    struct file_system files = memory_files_system(test->files);
    struct build_options options = test->options;
    struct line_watch *watch = trace_line_watch(&build->arena, slice_literal("/here"), slice_from(file), line);
    struct line_root root = {.path = slice_literal("."), .reads = true};
    struct buffer out = {0};
    options.files = &files;
    options.observer = trace_line_observer(watch);
    assert_true(build_run(build, &options, slice_literal(".")));
    trace_line_values(watch, build, &hidden, &build->arena, &root.values);
    const struct line_report report = {
        .arena = &build->arena, .file = slice_from(file), .line = line, .roots = &root, .count = 1, .is_one = true};
    trace_line_print(&report, TRACE_TEXT, &out);
    expect_text(buffer_slice(&out), expected);
    buffer_free(&out);
    build_free(build);
}

static void a_line_is_traced_to_its_results(void **state)
{
    struct test_build *test = *state;
    tree_add(test, "a.yaml", CONFIG_MAP("a") "  other: '1'\n  gone: '2'\n");
    tree_add(test, "kustomization.yaml",
             "resources: [a.yaml]\nnamePrefix: p-\nlabels: [{pairs: {x: z}}]\npatches: [{path: p.yaml}]\n");
    tree_add(test, "p.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {other: '3', gone: null}\n");
    expect_line(test, "a.yaml", 4, "a.yaml:4 → ConfigMap/p-a metadata.name: changed to p-a\n");
    expect_line(test, "a.yaml", 6, "a.yaml:6 → ConfigMap/p-a data.key: remains value\n");
    expect_line(test, "a.yaml", 7, "a.yaml:7 → ConfigMap/p-a data.other: overridden with 3 at p.yaml:4:15\n");
    expect_line(test, "a.yaml", 8, "a.yaml:8 → ConfigMap/p-a data.gone: the field was removed\n");
    expect_line(test, "kustomization.yaml", 3, "kustomization.yaml:3 → ConfigMap/p-a metadata.labels.x: remains z\n");
    expect_line(test, "a.yaml", 5, "");
    expect_line(test, "../here/a.yaml", 6, "../here/a.yaml:6 → ConfigMap/p-a data.key: remains value\n");
    expect_line(test, "/here/a.yaml", 6, "/here/a.yaml:6 → ConfigMap/p-a data.key: remains value\n");
    expect_line(test, "/there/a.yaml", 6, "");
}

// A line of JSON may have very many values, and a label occurs in every resource.
static void many_values_of_a_line_are_found_by_an_index(void **state)
{
    struct test_build *test = *state;
    enum { COUNT = 20000 };
    struct buffer text = {0};
    buffer_add_text(&text, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{");
    for (unsigned i = 0; i < COUNT; i++)
        buffer_add_format(&text, "%s\"key-%u\":\"v\"", i ? "," : "", i);
    buffer_add_text(&text, "}}\n");
    tree_add_bytes(test, "a.json", text.data, text.length);
    tree_add(test, "kustomization.yaml", "resources: [a.json]\n");
    buffer_free(&text);

    struct build *build = build_new();
    struct file_system files = memory_files_system(test->files);
    struct build_options options = test->options;
    struct line_watch *watch = trace_line_watch(&build->arena, (struct slice){0}, slice_literal("a.json"), 1);
    struct line_values values = {0};
    options.files = &files;
    options.observer = trace_line_observer(watch);
    assert_true(build_run(build, &options, slice_literal(".")));
    assert_true(trace_line_values(watch, build, &hidden, &build->arena, &values));
    assert_int_equal(values.count, COUNT + 3);
    build_free(build);
}

// --- The last step of each value in each example has the printed value.

struct leaf_check {
    struct traced traced;
    const char *directory;
    size_t count;
};

static bool same(const struct node *a, const struct node *b)
{
    return a && b && a->kind == b->kind &&
           (a->kind != NODE_SCALAR ? a->count == b->count : slice_equal(node_text(a), node_text(b)));
}

static void check_leaf(void *state, struct slice path, const struct node *node)
{
    struct leaf_check *check = state;
    struct trace *trace = check->traced.trace;
    struct trace_field field;
    struct trace_changes changes = {0};
    struct slice problem;
    check->count++;
    if (!trace_field_parse(trace->arena, path, &field, &problem) || !trace_field_changes(trace, &field, path, &changes))
        fail_msg("%s: '%.*s' has no trail", check->directory, SLICE_ARGS(path));
    const struct trace_change *last = &changes.items[changes.count - 1];
    if (!same(last->after.node, node) || changes.items[0].before.node)
        fail_msg("%s: the trail of '%.*s' ends elsewhere", check->directory, SLICE_ARGS(path));
    for (size_t i = 1; i < changes.count; i++)
        if (!same(changes.items[i].before.node, changes.items[i - 1].after.node) &&
            (changes.items[i].before.node || changes.items[i - 1].after.node))
            fail_msg("%s: the trail of '%.*s' has a gap before step %zu", check->directory, SLICE_ARGS(path), i + 1);
}

static size_t check_example(struct test_build *test, const char *directory)
{
    struct build *build = build_new();
    struct build_options options = test->options;
    size_t count = 0;
    options.files = &file_system_posix;
    bool done = build_run(build, &options, slice_from(directory));
    for (size_t i = 0; done && i < build->resources.count; i++) {
        const struct resource *resource = build->resources.items[i];
        const struct resource_id *id = &resource->id;
        struct slice namespace = id->namespace->text;
        struct slice object = arena_format(&build->arena, "%.*s.%.*s/%.*s%s%.*s", SLICE_ARGS(id->gvk.kind->text),
                                           SLICE_ARGS(id->gvk.group->text), SLICE_ARGS(namespace),
                                           namespace.length ? "/" : "", SLICE_ARGS(id->name->text));
        if (!id->gvk.group->text.length)
            object = arena_format(&build->arena, "%.*s/%.*s%s%.*s", SLICE_ARGS(id->gvk.kind->text),
                                  SLICE_ARGS(namespace), namespace.length ? "/" : "", SLICE_ARGS(id->name->text));
        struct leaf_check check = {trace_of(test, directory, object.data), directory, 0};
        if (!check.traced.found)
            fail_msg("%s: no trace of %.*s", directory, SLICE_ARGS(object));
        assert_true(trace_leaves(check.traced.trace, trace_result(check.traced.trace), NULL, (struct slice){0},
                                 check_leaf, &check));
        count += check.count;
        traced_free(&check.traced);
    }
    build_free(build);
    return count;
}

static size_t check_below(struct test_build *test, const char *directory, unsigned depth)
{
    enum { DEPTH_MAX = 5 };
    char path[1024];
    struct stat status;
    size_t count = 0;
    snprintf(path, sizeof path, "%s/kustomization.yaml", directory);
    if (stat(path, &status) == 0)
        count += check_example(test, directory);
    DIR *entries = depth < DEPTH_MAX ? opendir(directory) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        if (entry->d_name[0] != '.' && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
            count += check_below(test, path, depth + 1);
    }
    if (entries)
        closedir(entries);
    return count;
}

static void each_value_of_the_examples_has_a_trail_without_gaps(void **state)
{
    struct test_build *test = *state;
    memory_files_free(test->files);
    test->files = NULL;
    size_t count = check_below(test, "examples", 0);
    assert_true(count > 1000);
    test->files = memory_files_new();
}

static const struct CMUnitTest tests[] = {
    build_test(a_value_only_from_the_base_has_one_step),
    build_test(steps_are_listed_in_order),
    build_test(images_show_the_value_before_and_after),
    build_test(a_missing_namespace_is_created),
    build_test(a_reference_names_its_target),
    build_test(a_generated_key_has_the_position_of_its_source),
    build_test(a_merge_only_changes_its_own_keys),
    build_test(the_step_that_removes_a_field_is_named),
    build_test(a_field_that_never_existed_gets_a_suggestion),
    build_test(an_element_with_a_new_merge_key_keeps_its_trail),
    build_test(an_element_keeps_its_trail_when_it_moves),
    build_test(an_alias_is_named_next_to_its_anchor),
    build_test(the_old_name_and_the_new_one_have_the_same_trail),
    build_test(an_ambiguous_name_has_both_candidates),
    build_test(a_deleted_value_is_traced_until_its_deletion),
    build_test(a_failed_build_is_traced_until_the_failure),
    cmocka_unit_test(field_paths_have_three_syntaxes),
    build_test(a_line_is_traced_to_its_results),
    build_test(many_values_of_a_line_are_found_by_an_index),
    build_test(each_value_of_the_examples_has_a_trail_without_gaps),
};

int test_trace(void)
{
    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
