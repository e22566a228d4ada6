// KRM functions: the input of a program or container, and how its output is used.
#include "tests/world.h"

#include <stdlib.h>

static const struct build_options enabled = {.enable_plugins = true, .enable_exec = true};

// A kustomization with a resource, a prefix, and a function under `field`.
static void use_function(struct world *world, const char *field, const char *function)
{
    world_write(world, "k/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  key: value\n");
    world_write(world, "k/kustomization.yaml",
                arena_format(&world->arena,
                             "namePrefix: p-\n"
                             "resources: [a.yaml]\n"
                             "%s:\n"
                             "- |-\n"
                             "  apiVersion: example.com/v1\n"
                             "  kind: Fn\n"
                             "  metadata:\n"
                             "    name: fn\n"
                             "    annotations:\n"
                             "      config.kubernetes.io/function: |\n"
                             "        %s\n"
                             "  spec: {n: 1}\n",
                             field, function)
                    .data);
}

#define OBJECT_A "apiVersion: v1\ndata:\n  key: value\nkind: ConfigMap\nmetadata:\n  name: p-a\n"

static void a_transformer_gets_all_objects_with_internal_annotations(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: ../fn.sh}");
    world_write_script(world, "fn.sh", "#!/bin/sh\ntee {W}/input\n");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
    expect_text(world_read(world, "input"),
                "apiVersion: config.kubernetes.io/v1\n"
                "kind: ResourceList\n"
                "items:\n"
                "- apiVersion: v1\n"
                "  data:\n"
                "    key: value\n"
                "  kind: ConfigMap\n"
                "  metadata:\n"
                "    annotations:\n"
                "      internal.config.kubernetes.io/prefixes: p-\n"
                "      internal.config.kubernetes.io/previousKinds: ConfigMap\n"
                "      internal.config.kubernetes.io/previousNames: a\n"
                "      internal.config.kubernetes.io/previousNamespaces: default\n"
                "      kustomize.config.k8s.io/id: |\n"
                "        kind: ConfigMap\n"
                "        name: p-a\n"
                "        version: v1\n"
                "      config.kubernetes.io/index: '0'\n"
                "      internal.config.kubernetes.io/index: '0'\n"
                "      internal.config.kubernetes.io/annotations-migration-resource-id: '0'\n"
                "      internal.config.kubernetes.io/id: '1'\n"
                "      config.k8s.io/id: '1'\n"
                "    name: p-a\n"
                "functionConfig:\n"
                "  apiVersion: example.com/v1\n"
                "  kind: Fn\n"
                "  metadata:\n"
                "    annotations:\n"
                "      config.kubernetes.io/function: |\n"
                "        exec: {path: ../fn.sh}\n"
                "      config.kubernetes.io/local-config: 'true'\n"
                "    name: fn\n"
                "  spec:\n"
                "    \"n\": 1\n");
}

static void a_transformer_changes_adds_and_removes_objects(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: ../fn.sh}");
    world_write(world, "k/b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n");
    world_run(world, "sed -i.old 's/a.yaml/a.yaml, b.yaml/' k/kustomization.yaml");
    world_write_script(world, "fn.sh",
                       "#!/bin/sh\nprintf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: p-a}\\n---\\n"
                       "apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: new}\\n'\n");
    world_expect_stream(world, &enabled, "k",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: new\n---\n"
                        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: p-a\n");
}

static void a_transformer_that_prints_a_duplicate_is_an_error(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: ../fn.sh}");
    world_write_script(world, "fn.sh",
                       "#!/bin/sh\nfor i in 1 2; do\n"
                       "printf -- '---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: new}\\n'\ndone\n");
    world_expect_error(world, &enabled, "k", "ConfigMap 'new' is already defined");
}

static void a_generator_requests_hash_and_behavior_with_annotations(void **state)
{
    struct world *world = *state;
    use_function(world, "generators", "exec: {path: ../fn.sh}");
    world_run(world, "sed -i.old /namePrefix/d k/kustomization.yaml");
    world_write_script(world, "fn.sh",
                       "#!/bin/sh\ncat > {W}/input\ncat <<'END'\n"
                       "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n"
                       "- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n    annotations:\n"
                       "      kustomize.config.k8s.io/behavior: merge\n"
                       "  data: {more: words}\n"
                       "- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: c\n    annotations:\n"
                       "      kustomize.config.k8s.io/needs-hash: 'true'\n"
                       "  data: {a: b}\nEND\n");
    world_expect_stream(
        world, &enabled, "k",
        "apiVersion: v1\ndata:\n  key: value\n  more: words\nkind: ConfigMap\nmetadata:\n  name: a\n---\n"
        "apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: c-4h2mbtbbt6\n");
    // Its input is its own configuration.
    expect_contains(world_read(world, "input"), "items:\n- apiVersion: example.com/v1\n  kind: Fn\n");
}

static void a_configuration_that_a_generator_sends_back_is_not_printed(void **state)
{
    struct world *world = *state;
    use_function(world, "generators", "exec: {path: cat}");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
}

static void a_validator_that_changes_nothing_passes(void **state)
{
    struct world *world = *state;
    use_function(world, "validators", "exec: {path: cat}");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
    use_function(world, "validators", "exec: {path: 'true'}");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
}

static void a_validator_that_changes_something_is_an_error(void **state)
{
    struct world *world = *state;
    use_function(world, "validators", "exec: {path: sed, args: ['s/value/other/']}");
    world_expect_error(world, &enabled, "k",
                       "the validator changed ConfigMap 'p-a', but validators must not change resources");
}

static void a_validator_may_annotate_an_object_without_labels(void **state)
{
    struct world *world = *state;
    use_function(world, "validators", "exec: {path: ../fn.sh}");
    world_write_script(world, "fn.sh",
                       "#!/bin/sh\nsed 's/^    name: p-a$/    name: p-a\\\n    labels: {validated-by: me}/'\n");
    world_expect_stream(
        world, &enabled, "k",
        "apiVersion: v1\ndata:\n  key: value\nkind: ConfigMap\nmetadata:\n  labels:\n    validated-by: me\n"
        "  name: p-a\n");
}

static void results_are_reported(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: ../fn.sh}");
    world_write_script(world, "fn.sh",
                       "#!/bin/sh\ncat\nprintf 'results:\\n- {message: look here, severity: warning}\\n'\n");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
    expect_contains(buffer_slice(&world->messages), "warning: function result, warning: look here");
}

static void results_and_the_exit_status_of_a_failure_are_reported(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: ../fn.sh}");
    world_write_script(world, "fn.sh",
                       "#!/bin/sh\ncat\nprintf 'results:\\n- {message: no limit, severity: error}\\n'\nexit 3\n");
    world_expect_error(world, &enabled, "k", "function result, error: no limit");
    world_expect_error(world, &enabled, "k", "function 'fn' failed with exit status 3");
}

static void a_program_runs_in_the_directory_of_its_kustomization_with_its_variables(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: ../fn.sh, args: [one, 'two words'], envs: [A=1, B=2, Y]}");
    world_write_script(world, "fn.sh", "#!/bin/sh\nprintf '%s|' \"$@\" \"$A\" \"$B\" \"$(pwd)\" > ../seen\ncat\n");
    const struct slice environment[] = {slice_literal("B=3")};
    struct build_options options = enabled;
    options.environment = environment;
    options.environment_count = 1;
    world_expect_stream(world, &options, "k", OBJECT_A);
    expect_text(world_read(world, "seen"), arena_format(&world->arena, "one|two words|1|3|%s/k|", world->folder).data);
}

static void without_the_flags_nothing_is_executed(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: touch, args: [../marker]}");
    const struct {
        struct build_options options;
        const char *flags;
    } cases[] = {
        {{0}, "requires --enable-alpha-plugins and --enable-exec"},
        {{.enable_plugins = true}, "requires --enable-exec"},
        {{.enable_exec = true}, "requires --enable-alpha-plugins"},
        {{.enable_helm = true, .network = true}, "requires --enable-alpha-plugins and --enable-exec"},
    };
    const char *const fields[] = {"generators", "transformers", "validators"};
    for (size_t i = 0; i < countof(cases); i++)
        for (size_t k = 0; k < countof(fields); k++) {
            use_function(world, fields[k], "exec: {path: touch, args: [../marker]}");
            world_expect_error(world, &cases[i].options, "k", cases[i].flags);
        }
    use_function(world, "transformers", "container: {image: a}");
    world_expect_error(world, NULL, "k", "runs a container, which requires --enable-alpha-plugins");
    assert_false(world_has(world, "marker"));
}

static void a_declaration_with_an_unknown_field_is_an_error(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {pth: cat}");
    world_expect_error(world, &enabled, "k", "unknown field 'pth'");
    use_function(world, "transformers", "{}");
    world_expect_error(world, &enabled, "k", "neither 'container.image' nor 'exec.path'");
}

static void output_that_is_not_an_object_is_an_error(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: echo, args: [hello]}");
    world_expect_error(world, &enabled, "k", "output of 'fn':1:1: ");
}

static void a_missing_program_is_an_error(void **state)
{
    struct world *world = *state;
    use_function(world, "transformers", "exec: {path: ./none.sh}");
    world_expect_error(world, &enabled, "k", "cannot run './none.sh': No such file or directory");
}

// --- Containers.

// A fake docker that records its arguments and prints its input.
static void put_engine_on_path(struct world *world, const char *name)
{
    const char *path = arena_format(&world->arena, "bin/%s", name).data;
    world_write_script(world, path, "#!/bin/sh\necho \"$@\" > {W}/words\nexec cat\n");
    world_put_on_path(world, "bin");
}

static void a_container_gets_the_arguments_of_kustomize(void **state)
{
    struct world *world = *state;
    put_engine_on_path(world, "docker");
    use_function(world, "transformers", "container: {image: 'example.com/fn:v1'}");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
    expect_text(
        world_read(world, "words"),
        "run --rm -i -a STDIN -a STDOUT -a STDERR --network none --user nobody "
        "--security-opt=no-new-privileges -e LOG_TO_STDERR=true -e STRUCTURED_RESULTS=true example.com/fn:v1\n");
}

static void a_container_gets_network_mounts_and_variables(void **state)
{
    struct world *world = *state;
    put_engine_on_path(world, "docker");
    use_function(
        world, "transformers",
        "container: {image: fn, network: true, envs: [Z=5, A=1, B], mounts: [{type: bind, src: ./in, dst: /in}, "
        "{type: bind, src: out, dst: /out, rw: true}]}");
    const struct slice environment[] = {slice_literal("Z=6"), slice_literal("Q")};
    const struct slice mounts[] = {slice_literal("type=bind,src=/data,dst=/data,rw=true")};
    struct build_options options = {.enable_plugins = true,
                                    .network = true,
                                    .environment = environment,
                                    .environment_count = 2,
                                    .mounts = mounts,
                                    .mount_count = 1};
    world_expect_stream(world, &options, "k", OBJECT_A);
    expect_text(
        world_read(world, "words"),
        arena_format(&world->arena,
                     "run --rm -i -a STDIN -a STDOUT -a STDERR --network host --user nobody "
                     "--security-opt=no-new-privileges --mount type=bind,source=%s/k/in,target=/in,readonly "
                     "--mount type=bind,source=%s/k/out,target=/out --mount type=bind,source=/data,target=/data "
                     "-e A=1 -e LOG_TO_STDERR=true -e STRUCTURED_RESULTS=true -e Z=6 -e B -e Q fn\n",
                     world->folder, world->folder)
            .data);
    options.network = false;
    world_expect_error(world, &options, "k", "which requires --network");
}

static void podman_is_used_without_docker(void **state)
{
    struct world *world = *state;
    world_run(world, "mkdir bin && for p in sh cat; do ln -s \"$(command -v $p)\" bin/$p; done");
    put_engine_on_path(world, "podman");
    setenv("PATH", world_path(world, "bin"), 1);
    use_function(world, "transformers", "container: {image: fn}");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
    setenv("PATH", world_path(world, "none"), 1);
    world_build(world, &enabled, "k");
    setenv("PATH", world->path_before, 1);
    assert_false(world->succeeded);
    expect_contains(buffer_slice(&world->messages), "require docker or podman on PATH");
    expect_contains(world_read(world, "words"), "run --rm -i ");
}

static void a_mount_stays_in_the_directory_of_the_kustomization(void **state)
{
    struct world *world = *state;
    put_engine_on_path(world, "docker");
    world_write(world, "k/inside", "");
    world_run(world, "ln -s /etc k/link");
    const char *const sources[] = {"/etc", "../other", "a/../../x", "..foo", "link", "'x,source=/etc'"};
    for (size_t i = 0; i < countof(sources); i++) {
        use_function(
            world, "transformers",
            arena_format(&world->arena, "container: {image: fn, mounts: [{type: bind, src: %s, dst: /d}]}", sources[i])
                .data);
        world_expect_error(world, &enabled, "k", "mount");
    }
    use_function(world, "transformers", "container: {image: '--privileged'}");
    world_expect_error(world, &enabled, "k", "invalid image name");
    assert_false(world_has(world, "words"));
}

static void older_ways_to_declare_a_function_work(void **state)
{
    struct world *world = *state;
    put_engine_on_path(world, "docker");
    use_function(world, "transformers", "fn:v2");
    world_run(world, "sed -i.old 's,io/function: |,io/container: |-,' k/kustomization.yaml");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
    expect_contains(world_read(world, "words"), " fn:v2\n");
    use_function(world, "transformers", "container: {image: 'fn:v3'}");
    world_run(world, "sed -i.old 's,config.kubernetes.io/function,config.k8s.io/function,' k/kustomization.yaml");
    world_expect_stream(world, &enabled, "k", OBJECT_A);
    expect_contains(world_read(world, "words"), " fn:v3\n");
}

static const struct CMUnitTest tests[] = {
    world_test(a_transformer_gets_all_objects_with_internal_annotations),
    world_test(a_transformer_changes_adds_and_removes_objects),
    world_test(a_transformer_that_prints_a_duplicate_is_an_error),
    world_test(a_generator_requests_hash_and_behavior_with_annotations),
    world_test(a_configuration_that_a_generator_sends_back_is_not_printed),
    world_test(a_validator_that_changes_nothing_passes),
    world_test(a_validator_that_changes_something_is_an_error),
    world_test(a_validator_may_annotate_an_object_without_labels),
    world_test(results_are_reported),
    world_test(results_and_the_exit_status_of_a_failure_are_reported),
    world_test(a_program_runs_in_the_directory_of_its_kustomization_with_its_variables),
    world_test(without_the_flags_nothing_is_executed),
    world_test(a_declaration_with_an_unknown_field_is_an_error),
    world_test(output_that_is_not_an_object_is_an_error),
    world_test(a_missing_program_is_an_error),
    world_test(a_container_gets_the_arguments_of_kustomize),
    world_test(a_container_gets_network_mounts_and_variables),
    world_test(podman_is_used_without_docker),
    world_test(a_mount_stays_in_the_directory_of_the_kustomization),
    world_test(older_ways_to_declare_a_function_work),
};

int test_functions(void)
{
    return cmocka_run_group_tests_name("functions", tests, NULL, NULL);
}
