// The limits of docs/kustomize.md that need files, programs, or kiln itself.
#include "tests/world.h"

#include <stdlib.h>

// Runs kiln in the folder and expects it to fail with a message that contains `part`.
static void expect_refusal(struct world *world, const char *arguments, const char *part)
{
    struct slice line = arena_format(&world->arena, "if %s %s >out 2>&1; then echo succeeded; fi; cat out",
                                     test_program(), arguments);
    struct slice said = world_run(world, line.data);
    if (slice_find(said, slice_from(part)) == SLICE_NOT_FOUND || slice_find(said, slice_literal("succeeded")) == 0)
        fail_msg("%s: expected '%s', found:\n%.*s", arguments, part, SLICE_ARGS(said));
}

static void a_file_of_more_than_a_gibibyte_is_refused_without_reading_it(void **state)
{
    struct world *world = *state;
    world_run(world, "truncate -s 6G large; ln large kustomization.yaml");
    expect_refusal(world, "build", "cannot read 'kustomization.yaml': it is larger than 1 GiB");
    expect_refusal(world, "fmt", "it is larger than 1 GiB");
    world_run(world, "rm kustomization.yaml");
    world_write(world, "kustomization.yaml", "resources: [large]\n");
    expect_refusal(world, "build", "kustomization.yaml:1:13: cannot read 'large': it is larger than 1 GiB");
    world_write(world, "kustomization.yaml", "configMapGenerator: [{name: a, files: [large]}]\n");
    expect_refusal(world, "build", "kustomization.yaml:1:40: cannot read 'large': it is larger than 1 GiB");
}

// About 8 MiB of resources.
static void write_large_resources(struct world *world)
{
    world_write(world, "kustomization.yaml", "resources: [maps.yaml]\n");
    world_run(world,
              "for i in $(seq 20000); do printf -- '---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: m%s\\n"
              "data: {a: \"1\", b: \"2\"}\\n' $i; done >maps.yaml");
}

static void a_build_that_exceeds_its_memory_limit_is_stopped(void **state)
{
    struct world *world = *state;
    write_large_resources(world);
    expect_refusal(world, "build --max-memory=8MiB",
                   "kiln: the build needs more than 8 MiB of memory\n  hint: raise the limit with --max-memory");
    expect_refusal(world, "build -o stream --max-memory=8MiB", "the build needs more than 8 MiB of memory");
    assert_false(world_has(world, "stream"));
    setenv("KILN_MAX_MEMORY", "8192KiB", 1);
    expect_refusal(world, "build", "the build needs more than 8 MiB of memory");
    // A flag overrides the environment.
    world_run(world, arena_format(&world->arena, "%s build --max-memory=1GiB >stream", test_program()).data);
    world_run(world, arena_format(&world->arena, "%s build --max-memory=none >stream", test_program()).data);
    unsetenv("KILN_MAX_MEMORY");
}

static void a_remote_root_has_a_limit_by_default(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "repo/map.yaml", CONFIG_MAP("a"));
    world_write(world, "repo/kustomization.yaml", "resources: [map.yaml]\n");
    world_commit(world, "repo");
    world_build(world, NULL, "file://{W}/repo?ref=main");
    assert_true(world->build->memory.limit == MEMORY_MAX_REMOTE);
    world_build(world, &(struct build_options){.max_memory = SIZE_MAX}, "file://{W}/repo?ref=main");
    assert_true(world->build->memory.limit == 0);
    world_build(world, NULL, "repo");
    assert_true(world->build->memory.limit == 0);
}

static void expect_helm_error(struct world *world, const struct build_options *options, const char *script,
                              const char *message)
{
    world_write_script(world, "bin/helm", script);
    world_put_on_path(world, "bin");
    world_write(world, "charts/app/values.yaml", "a: b\n");
    world_write(world, "kustomization.yaml", "helmCharts: [{name: app}]\n");
    world_expect_error(world, options, ".", message);
}

static void helm_is_stopped_if_it_prints_endlessly(void **state)
{
    const struct build_options options = {.enable_helm = true};
    expect_helm_error(*state, &options, "#!/bin/sh\nexec yes\n", "chart 'app': helm version printed more than 256 MiB");
    expect_helm_error(*state, &options, "#!/bin/sh\nexec yes >&2\n",
                      "chart 'app': helm version printed more than 256 MiB");
}

static void expect_function_error(struct world *world, const struct build_options *options, const char *script,
                                  const char *message)
{
    world_write_script(world, "slow", script);
    world_write(world, "kustomization.yaml", "generators: [slow.yaml]\n");
    world_write(world, "slow.yaml",
                "apiVersion: example.com/v1\nkind: Slow\nmetadata:\n  name: slow\n  annotations:\n"
                "    config.kubernetes.io/function: 'exec: {path: ./slow}'\n");
    world_expect_error(world, options, ".", message);
}

static void expect_plugin_error(struct world *world, const struct build_options *options, const char *script,
                                const char *message)
{
    world_write_script(world, "plugins/example.com/v1/plug/Plug", script);
    setenv("KUSTOMIZE_PLUGIN_HOME", world_path(world, "plugins"), 1);
    world_write(world, "kustomization.yaml",
                "generators: ['{apiVersion: example.com/v1, kind: Plug, metadata: {name: plug}}']\n");
    world_expect_error(world, options, ".", message);
    unsetenv("KUSTOMIZE_PLUGIN_HOME");
}

static void functions_and_plugins_are_stopped_if_they_print_endlessly(void **state)
{
    const struct build_options options = {.enable_plugins = true, .enable_exec = true};
    expect_function_error(*state, &options, "#!/bin/sh\nexec yes\n", "printed more than 256 MiB");
    expect_plugin_error(*state, &options, "#!/bin/sh\nexec yes\n", "printed more than 256 MiB");
    expect_plugin_error(*state, &options, "#!/bin/sh\nexec yes >&2\n", "printed more than 256 MiB");
}

static void git_and_kubectl_are_stopped_if_they_print_endlessly(void **state)
{
    struct world *world = *state;
    world_write_script(world, "bin/git",
                       "#!/bin/sh\nif [ \"$1\" = version ]; then echo git version 2.50.0; else exec yes >&2; fi\n");
    world_write_script(world, "bin/kubectl", "#!/bin/sh\nexec yes\n");
    world_put_on_path(world, "bin");
    world_expect_error(world, NULL, "https://example.com/org/repo?ref=main", "printed more than 256 MiB");
    expect_refusal(world, "openapi fetch", "cannot get the schema from the cluster: kubectl printed more than 256 MiB");
}

static void standard_input_of_more_than_a_gibibyte_is_refused(void **state)
{
    struct world *world = *state;
    world_run(world, "truncate -s 1073741825 large");
    expect_refusal(world, "cfg cat <large", "standard input is longer than 1 GiB");
    expect_refusal(world, "cfg count <large", "standard input is longer than 1 GiB");
    expect_refusal(world, "fn run <large", "standard input is longer than 1 GiB");
}

static void a_function_of_fn_run_that_takes_too_long_is_stopped(void **state)
{
    struct world *world = *state;
    world_write(world, "web/map.yaml", CONFIG_MAP("a"));
    world_write_script(world, "slow", "#!/bin/sh\nsleep 60\n");
    expect_refusal(world, "fn run web --enable-exec --exec-path ./slow --program-timeout 1s", "timed out after 1 s");
    setenv("KILN_PROGRAM_TIMEOUT", "1", 1);
    expect_refusal(world, "fn run web --enable-exec --exec-path ./slow", "timed out after 1 s");
    unsetenv("KILN_PROGRAM_TIMEOUT");
    expect_refusal(world, "fn run web --program-timeout soon",
                   "invalid value 'soon' for --program-timeout: expected a time such as '90s'");
    world_write_script(world, "slow", "#!/bin/sh\nexec yes\n");
    expect_refusal(world, "fn run web --enable-exec --exec-path ./slow", "printed more than 256 MiB");
}

// --- A process with a small stack.

// A resource with a value nested `depth` deep, and a patch for it.
static void write_nested(struct world *world, int depth)
{
    struct buffer text = {0};
    buffer_add_text(&text, "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec: ");
    for (int i = 0; i < depth; i++)
        buffer_add_text(&text, i % 2 ? "[" : "{a: ");
    buffer_add_text(&text, "1");
    while (depth--)
        buffer_add_byte(&text, depth % 2 ? ']' : '}');
    buffer_add_text(&text, "\n");
    buffer_add_byte(&text, '\0');
    world_write(world, "web/service.yaml", text.data);
    world_write(world, "web/patch.yaml", text.data);
    world_write(world, "web/kustomization.yaml", "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n");
    buffer_free(&text);
}

// The output with 128 KiB of stack is the same as with 8 MiB.
static void a_small_stack_is_enough_for_every_command(void **state)
{
    static const char *const commands[] = {
        "build web",        "fmt --check web/service.yaml", "cfg cat web", "cfg tree web", "cfg count web",
        "cfg grep a=1 web", "cfg fmt web/patch.yaml",       "fn run web",
    };
    struct world *world = *state;
    for (int depth = 990; depth <= 5000; depth += 4010) {
        write_nested(world, depth);
        for (size_t i = 0; i < countof(commands); i++)
            world_run(world,
                      arena_format(&world->arena,
                                   "sh -c 'ulimit -s 128; %s %s' >small 2>&1; status=$?; "
                                   "%s %s >large 2>&1; test $? = $status && test $status -lt 3 && cmp small large",
                                   test_program(), commands[i], test_program(), commands[i])
                          .data);
    }
}

static void a_program_that_takes_too_long_is_stopped(void **state)
{
    const struct build_options options = {
        .enable_helm = true, .enable_plugins = true, .enable_exec = true, .program_timeout_seconds = 1};
    struct world *world = *state;
    expect_helm_error(world, &options, "#!/bin/sh\nsleep 60\n", "chart 'app': helm version timed out after 1 s");
    expect_function_error(world, &options, "#!/bin/sh\nsleep 60\n", "timed out after 1 s");
    expect_plugin_error(world, &options, "#!/bin/sh\nsleep 60\n", "timed out after 1 s");
}

static const struct CMUnitTest tests[] = {
    world_test(helm_is_stopped_if_it_prints_endlessly),
    world_test(functions_and_plugins_are_stopped_if_they_print_endlessly),
    world_test(git_and_kubectl_are_stopped_if_they_print_endlessly),
    world_test(standard_input_of_more_than_a_gibibyte_is_refused),
    world_test(a_function_of_fn_run_that_takes_too_long_is_stopped),
    world_test(a_small_stack_is_enough_for_every_command),
    world_test(a_program_that_takes_too_long_is_stopped),
    world_test(a_file_of_more_than_a_gibibyte_is_refused_without_reading_it),
    world_test(a_build_that_exceeds_its_memory_limit_is_stopped),
    world_test(a_remote_root_has_a_limit_by_default),
};

int test_bounds(void)
{
    return cmocka_run_group_tests_name("bounds", tests, NULL, NULL);
}
