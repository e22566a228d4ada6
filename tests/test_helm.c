// Charts: how helm is called, and how its output is used. helm is a script that records its arguments.
#include "tests/world.h"

#include <stdlib.h>

static const struct build_options enabled = {.enable_helm = true};

// A fake helm that prints its version, pulls a chart with one value, and renders one resource. It records the temporary
// directory as TMP.
static void put_helm_on_path(struct world *world, const char *version)
{
    world_write_script(
        world, "bin/helm",
        arena_format(
            &world->arena,
            "#!/bin/sh\n"
            "echo \"$@\" | sed 's,{W}/tmp/kiln-[A-Za-z0-9]*/helm-[0-9]*,TMP,g; s,{W},WORLD,g' >> {W}/words\n"
            "env | grep ^HELM_ | sort | sed 's,{W}/tmp/kiln-[A-Za-z0-9]*/helm-[0-9]*,TMP,g' > {W}/variables\n"
            "case $1 in\n"
            "version) echo '%s' ;;\n"
            "pull) mkdir -p \"$4/app\"; echo 'pulled: true' > \"$4/app/values.yaml\" ;;\n"
            "template)\n"
            "  for word in \"$@\"; do case $word in *-kustomize-values.yaml) cat \"$word\" > {W}/values ;; esac; done\n"
            "  printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: made\\n' ;;\n"
            "esac\n",
            version)
            .data);
    world_put_on_path(world, "bin");
}

static void set_up(struct world *world, const char *kustomization)
{
    put_helm_on_path(world, "v4.2.3+g43e8b7f");
    world_write(world, "k/charts/app/values.yaml",
                "# kept\nreplicas: 1\nimg: {name: a, tag: b}\nlist: [1, 2]\nnul: x\n");
    world_write(world, "k/kustomization.yaml", kustomization);
}

#define MADE(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static void a_chart_is_rendered_with_its_default_values(void **state)
{
    struct world *world = *state;
    set_up(world, "namePrefix: p-\nhelmCharts: [{name: app, releaseName: r}]\n");
    world_expect_stream(world, &enabled, "k", MADE("p-made"));
    expect_text(world_read(world, "words"),
                "version --short\ntemplate r WORLD/k/charts/app -f TMP/app-kustomize-values.yaml\n");
    expect_text(world_read(world, "values"), "# kept\nreplicas: 1\nimg: {name: a, tag: b}\nlist: [1, 2]\nnul: x\n");
    expect_text(world_read(world, "variables"),
                "HELM_CACHE_HOME=TMP/helm/.cache\nHELM_CONFIG_HOME=TMP/helm\nHELM_DATA_HOME=TMP/helm/.data\n");
}

static void all_settings_become_arguments_in_a_fixed_order(void **state)
{
    struct world *world = *state;
    set_up(world,
           "helmGlobals: {chartHome: other, configHome: conf}\n"
           "helmCharts:\n"
           "- {name: app, repo: 'https://example.com/charts', version: 1.2.3, nameTemplate: t, namespace: ns,\n"
           "   valuesFile: v.yaml, additionalValuesFiles: [w.yaml], apiVersions: [a/v1, b/v1], kubeVersion: '1.30',\n"
           "   includeCRDs: true, skipTests: true, skipHooks: true, debug: true, devel: true}\n");
    world_write(world, "k/v.yaml", "v: 1\n");
    world_write(world, "k/w.yaml", "w: 1\n");
    world_expect_stream(world, &enabled, "k", MADE("made"));
    expect_text(world_read(world, "words"),
                "version --short\n"
                "pull --untar --untardir WORLD/k/other/app-1.2.3 --repo https://example.com/charts app --version 1.2.3 "
                "--devel\n"
                "template --generate-name WORLD/k/other/app-1.2.3/app --namespace ns --name-template t "
                "-f TMP/app-kustomize-values.yaml -f WORLD/k/w.yaml --api-versions a/v1 --api-versions b/v1 "
                "--kube-version 1.30 --include-crds --skip-tests --no-hooks --debug --devel\n");
    expect_contains(world_read(world, "variables"), "HELM_CONFIG_HOME=conf\n");
}

static void options_of_the_caller_are_defaults(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts:\n- {name: app, releaseName: a}\n"
                  "- {name: app, releaseName: b, apiVersions: [own/v1], kubeVersion: '1.31'}\n");
    world_write_script(world, "bin/helm",
                       "#!/bin/sh\necho \"$@\" >> {W}/words\ncase $1 in version) echo v3.1.0 ;; esac\n");
    const struct slice versions[] = {slice_literal("x/v1"), slice_literal("y/v1")};
    struct build_options options = {.enable_helm = true,
                                    .helm_api_versions = versions,
                                    .helm_api_version_count = 2,
                                    .helm_kube_version = slice_literal("1.29"),
                                    .helm_debug = true};
    world_expect_stream(world, &options, "k", "");
    expect_contains(world_read(world, "words"),
                    " --api-versions x/v1 --api-versions y/v1 --kube-version 1.29 --debug\n");
    expect_contains(world_read(world, "words"), "values.yaml --api-versions own/v1 --kube-version 1.31 --debug\n");
}

static void a_chart_in_a_registry_is_given_by_its_url(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app, repo: 'oci://example.com/charts/', version: 1.0.0, releaseName: r}]\n");
    world_expect_stream(world, &enabled, "k", MADE("made"));
    expect_contains(world_read(world, "words"),
                    "pull --untar --untardir WORLD/k/charts/app-1.0.0 oci://example.com/charts/app --version 1.0.0\n");
}

static void an_existing_chart_is_not_pulled(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app, repo: 'https://example.com', releaseName: r}]\n");
    world_expect_stream(world, &enabled, "k", MADE("made"));
    assert_int_equal(slice_find(world_read(world, "words"), slice_literal("pull")), SLICE_NOT_FOUND);
}

static void a_missing_chart_is_an_error(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: none}]\n");
    world_expect_error(world, &enabled, "k", "no chart 'none' in 'charts', and no 'repo' to pull it from");
}

// --- Values.

static void expect_values(struct world *world, const char *merge, const char *values)
{
    world_write(world, "k/kustomization.yaml",
                arena_format(&world->arena,
                             "helmCharts:\n- name: app\n  releaseName: r\n  valuesMerge: %s\n"
                             "  valuesInline:\n    replicas: 5\n    img: {tag: z, q: 1}\n    list: [9]\n    nul: null\n"
                             "    yes: on\n    text: \"on\"\n    octal: 010\n",
                             merge)
                    .data);
    world_expect_stream(world, &enabled, "k", MADE("made"));
    expect_text(world_read(world, "values"), values);
}

static void inline_values_are_merged_with_those_of_the_file(void **state)
{
    struct world *world = *state;
    set_up(world, "");
    expect_values(
        world, "override",
        "img:\n  name: a\n  q: 1\n  tag: z\nlist:\n- 9\noctal: 8\nreplicas: 5\ntext: \"on\"\n\"true\": true\n");
    expect_values(world, "merge",
                  "img:\n  name: a\n  q: 1\n  tag: b\nlist:\n- 1\n- 2\nnul: x\noctal: 8\nreplicas: 1\ntext: "
                  "\"on\"\n\"true\": true\n");
    expect_values(
        world, "replace",
        "img:\n  q: 1\n  tag: z\nlist:\n- 9\nnul: null\noctal: 8\nreplicas: 5\ntext: \"on\"\n\"true\": true\n");
}

static void values_of_different_types_are_an_error(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts:\n- name: app\n  valuesInline: {img: [1]}\n");
    world_expect_error(world, &enabled, "k", "cannot merge the value 'img': it is a list here and a map at ");
}

static void a_word_for_valuesMerge_that_is_unknown_is_an_error(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app, valuesMerge: both}]\n");
    world_expect_error(world, &enabled, "k", "valuesMerge must be override, merge, or replace, not 'both'");
}

static void values_outside_the_root_are_refused(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app, valuesFile: ../v.yaml}]\n");
    world_write(world, "v.yaml", "a: b\n");
    world_expect_error(world, &enabled, "k", "is not in or below");
    set_up(world, "helmCharts: [{name: app, additionalValuesFiles: [../v.yaml]}]\n");
    world_expect_error(world, &enabled, "k", "is not in or below");
}

// --- Namespaces.

static void the_namespace_comes_from_the_nearest_kustomization_that_has_one(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app, releaseName: r}]\n");
    world_write(world, "middle/kustomization.yaml", "resources: [../k]\n");
    world_write(world, "top/kustomization.yaml", "resources: [../middle]\nnamespace: top\n");
    // `namespace` doesn't change resources from charts.
    world_expect_stream(world, &enabled, "top", MADE("made"));
    expect_contains(world_read(world, "words"), "charts/app --namespace top -f ");
    world_write(world, "k/kustomization.yaml", "helmCharts: [{name: app, releaseName: r}]\nnamespace: own\n");
    world_expect_stream(world, &enabled, "top", MADE("made"));
    expect_contains(world_read(world, "words"), "charts/app --namespace own -f ");
}

// --- Other fields.

static void the_older_field_is_equivalent(void **state)
{
    struct world *world = *state;
    set_up(world, "helmChartInflationGenerator:\n"
                  "- {chartName: app, chartRepoUrl: 'https://example.com', chartVersion: 1.0.0, releaseName: r,\n"
                  "   chartHome: ch, helmHome: hh, releaseNamespace: lost, extraArgs: [lost]}\n");
    world_expect_stream(world, &enabled, "k", MADE("made"));
    expect_text(world_read(world, "words"),
                "version --short\n"
                "pull --untar --untardir WORLD/k/ch/app-1.0.0 --repo https://example.com app --version 1.0.0\n"
                "template r WORLD/k/ch/app-1.0.0/app -f TMP/app-kustomize-values.yaml\n");
    expect_contains(world_read(world, "variables"), "HELM_CONFIG_HOME=hh\n");
}

static void a_chart_can_be_a_generator_plugin(void **state)
{
    struct world *world = *state;
    set_up(world,
           "generators:\n- |-\n  apiVersion: builtin\n  kind: HelmChartInflationGenerator\n  metadata: {name: x}\n"
           "  name: app\n  releaseName: r\n  chartHome: charts\n  valuesInline: {yes: on}\n");
    world_expect_stream(world, &enabled, "k", MADE("made"));
    expect_contains(world_read(world, "values"), "\"yes\": \"on\"\n");
}

// --- What helm may do.

static void without_the_flag_nothing_is_executed(void **state)
{
    struct world *world = *state;
    static const char object[] = "generators:\n- |-\n  apiVersion: builtin\n  kind: HelmChartInflationGenerator\n"
                                 "  metadata: {name: x}\n  name: app\n";
    const char *const kustomizations[] = {
        "helmCharts: [{name: app}]\n",
        "helmChartInflationGenerator: [{chartName: app}]\n",
        object,
    };
    for (size_t i = 0; i < countof(kustomizations); i++) {
        set_up(world, kustomizations[i]);
        world_expect_error(world, NULL, "k", "rendering a Helm chart requires --enable-helm");
    }
    assert_false(world_has(world, "words"));
}

static void other_versions_of_helm_are_refused(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app}]\n");
    put_helm_on_path(world, "Client: v2.17.0+gabc");
    world_expect_error(world, &enabled, "k", "expected helm 3 or 4, found version 2.17.0+gabc");
    put_helm_on_path(world, "nonsense 7");
    world_expect_error(world, &enabled, "k", "`helm version` printed no version: 'nonsense 7'");
    put_helm_on_path(world, "3.14.0");
    world_expect_stream(world, &enabled, "k", MADE("made"));
}

static void a_failure_is_reported_with_the_message_of_helm(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app}]\n");
    world_write_script(world, "bin/helm",
                       "#!/bin/sh\ncase $1 in version) echo v3.1.0 ;; *) echo 'Error: no way' >&2; exit 1 ;; esac\n");
    world_expect_error(world, &enabled, "k", "chart 'app': helm template: Error: no way");
    struct build_options options = {.enable_helm = true, .helm_command = slice_literal("kiln-no-such-helm")};
    world_expect_error(world, &options, "k", "cannot run helm: 'kiln-no-such-helm': No such file or directory");
}

static void a_release_that_looks_like_an_option_is_refused(void **state)
{
    struct world *world = *state;
    set_up(world, "helmCharts: [{name: app, releaseName: '--post-renderer=touch'}]\n");
    world_expect_error(world, &enabled, "k", "releaseName: '--post-renderer=touch' cannot start with '-'");
    set_up(world, "helmCharts: [{name: '-app', repo: 'https://example.com'}]\n");
    world_expect_error(world, &enabled, "k", "name: '-app' cannot start with '-'");
    assert_false(world_has(world, "words"));
}

static void charts_of_a_clone_must_be_inside_it(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    set_up(world, "");
    world_write(world, "repo/kustomization.yaml",
                "helmGlobals: {chartHome: ../../elsewhere}\nhelmCharts: [{name: app, repo: 'https://x'}]\n");
    world_commit(world, "repo");
    struct build_options options = {.enable_helm = true, .unrestricted = true};
    world_expect_error(world, &options, "file://{W}/repo", "chartHome '../../elsewhere' is not in the repository");
    assert_false(world_has(world, "words"));
}

// A chart in a repository, which is committed after the command has run in it.
static void commit_chart(struct world *world, const char *repository, const char *chart, const char *command)
{
    world_require_cloning(world);
    put_helm_on_path(world, "v4.2.3");
    world_write(world, arena_format(&world->arena, "%s/charts/app/values.yaml", repository).data, "own: true\n");
    world_write(world, arena_format(&world->arena, "%s/kustomization.yaml", repository).data,
                arena_format(&world->arena, "helmCharts: [%s]\n", chart).data);
    world_run(world, arena_format(&world->arena, "cd %s && %s", repository, command).data);
    world_commit(world, repository);
}

static void a_chart_of_a_clone_is_copied(void **state)
{
    struct world *world = *state;
    commit_chart(world, "repo", "{name: app, releaseName: r, additionalValuesFiles: [v.yaml]}", "echo 'v: 1' > v.yaml");
    world_expect_stream(world, &enabled, "file://{W}/repo", MADE("made"));
    struct slice words = world_read(world, "words");
    // Neither the chart nor the values are read from the clone.
    assert_int_equal(slice_find(words, slice_literal("/git-")), SLICE_NOT_FOUND);
    assert_true(slice_find(words, slice_literal("/charts-")) != SLICE_NOT_FOUND);
    assert_true(slice_find(words, slice_literal("TMP/additional-values-0.yaml")) != SLICE_NOT_FOUND);
    expect_text(world_read(world, "values"), "own: true\n");
}

static void a_chart_of_a_clone_has_no_links(void **state)
{
    struct world *world = *state;
    world_write(world, "secret", "planted");
    commit_chart(world, "file", "{name: app, releaseName: r}", "ln -s {W}/secret charts/app/secret");
    world_expect_error(world, &enabled, "file://{W}/file",
                       "charts/app/secret' for the program that reads it: it is a "
                       "symbolic link");
    commit_chart(world, "folder", "{name: app, releaseName: r}", "mkdir charts/app/t && ln -s {W} charts/app/t/x");
    world_expect_error(world, &enabled, "file://{W}/folder", "it is a symbolic link");
    commit_chart(world, "home", "{name: app, releaseName: r}", "mv charts {W}/away && ln -s {W}/away charts");
    world_expect_error(world, &enabled, "file://{W}/home", "it is not in the repository of its kustomization");
    assert_false(world_has(world, "words") &&
                 slice_find(world_read(world, "words"), slice_literal("template")) != SLICE_NOT_FOUND);
}

static void a_chart_for_a_clone_is_pulled_to_a_separate_directory(void **state)
{
    struct world *world = *state;
    world_run(world, "mkdir away");
    commit_chart(world, "repo", "{name: app, repo: 'https://example.com', version: 1.0.0, releaseName: r}",
                 "rm -r charts && ln -s {W}/away charts");
    world_expect_stream(world, &enabled, "file://{W}/repo", MADE("made"));
    expect_text(world_read(world, "values"), "pulled: true\n");
    expect_text(world_run(world, "ls away"), "");
}

static void name_and_version_cannot_lead_out_of_the_chart_home(void **state)
{
    static const char *const charts[][2] = {
        {"{name: ../app, releaseName: r}", "name: '../app' cannot contain '/' or '..'"},
        {"{name: a/b, releaseName: r}", "name: 'a/b' cannot contain '/' or '..'"},
        {"{name: .., releaseName: r}", "name: '..' cannot contain '/' or '..'"},
        {"{name: app, version: ../../x, repo: 'https://example.com'}", "version: '../../x' cannot contain"},
        {"{name: \"app\\0x\", releaseName: r}", "contains a NUL character"},
        {"{name: app, version: \"1\\0x\", repo: 'https://example.com'}", "contains a NUL character"},
    };
    for (size_t i = 0; i < countof(charts); i++) {
        set_up(*state, arena_format(&((struct world *)*state)->arena, "helmCharts: [%s]\n", charts[i][0]).data);
        world_expect_error(*state, &enabled, "k", charts[i][1]);
    }
}

static void a_clone_does_not_choose_the_configuration_of_helm(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "repo/kustomization.yaml",
                "helmGlobals: {configHome: conf}\nhelmCharts: [{name: app, releaseName: r}]\n");
    world_commit(world, "repo");
    world_expect_error(world, &enabled, "file://{W}/repo",
                       "configHome: a remote kustomization cannot choose helm's configuration");
}

static const struct CMUnitTest tests[] = {
    world_test(a_chart_is_rendered_with_its_default_values),
    world_test(all_settings_become_arguments_in_a_fixed_order),
    world_test(options_of_the_caller_are_defaults),
    world_test(a_chart_in_a_registry_is_given_by_its_url),
    world_test(an_existing_chart_is_not_pulled),
    world_test(a_missing_chart_is_an_error),
    world_test(inline_values_are_merged_with_those_of_the_file),
    world_test(values_of_different_types_are_an_error),
    world_test(a_word_for_valuesMerge_that_is_unknown_is_an_error),
    world_test(values_outside_the_root_are_refused),
    world_test(the_namespace_comes_from_the_nearest_kustomization_that_has_one),
    world_test(the_older_field_is_equivalent),
    world_test(a_chart_can_be_a_generator_plugin),
    world_test(without_the_flag_nothing_is_executed),
    world_test(other_versions_of_helm_are_refused),
    world_test(a_failure_is_reported_with_the_message_of_helm),
    world_test(a_release_that_looks_like_an_option_is_refused),
    world_test(charts_of_a_clone_must_be_inside_it),
    world_test(a_chart_of_a_clone_is_copied),
    world_test(a_chart_of_a_clone_has_no_links),
    world_test(a_chart_for_a_clone_is_pulled_to_a_separate_directory),
    world_test(name_and_version_cannot_lead_out_of_the_chart_home),
    world_test(a_clone_does_not_choose_the_configuration_of_helm),
};

int test_helm(void)
{
    return cmocka_run_group_tests_name("helm", tests, NULL, NULL);
}
