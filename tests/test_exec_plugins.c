// Exec plugins: programs in the plugin home.
#include "tests/world.h"

#include <stdlib.h>

static const struct build_options enabled = {.enable_plugins = true};

static void use_plugin(struct world *world, const char *field, const char *fields)
{
    world_write(world, "k/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
    world_write(world, "k/kustomization.yaml",
                arena_format(&world->arena,
                             "resources: [a.yaml]\n%s:\n- |-\n  apiVersion: example.com/v1\n  kind: Plug\n"
                             "  metadata: {name: plug}\n%s",
                             field, fields)
                    .data);
}

static void add_plugin(struct world *world, const char *script)
{
    world_write_script(world, "plugins/example.com/v1/plug/Plug", script);
    setenv("KUSTOMIZE_PLUGIN_HOME", world_path(world, "plugins"), 1);
}

#define OBJECT(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static void a_transformer_reads_objects_and_gets_its_configuration(void **state)
{
    struct world *world = *state;
    use_plugin(world, "transformers",
               "  argsOneLiner: a \"b c\" 'd\\e' f\\ g \"h\\\"i\" # not this\n  argsFromFile: args\n");
    world_write(world, "k/args", "x y\n\n  z\n");
    add_plugin(world, "#!/bin/sh\n"
                      "cat \"$1\" > ../config\nprintf %s \"$KUSTOMIZE_PLUGIN_CONFIG_STRING\" > ../string\n"
                      "printf '%s|' \"$KUSTOMIZE_PLUGIN_CONFIG_ROOT\" > ../root\n"
                      "shift\nprintf '%s|' \"$@\" > ../words\ntee ../input\n");
    world_expect_stream(world, &enabled, "k", OBJECT("a"));
    expect_text(world_read(world, "words"), "a|b c|d\\e|f g|h\"i|x y|z|");
    expect_contains(world_read(world, "config"), "apiVersion: example.com/v1\nargsFromFile: args\n");
    expect_contains(world_read(world, "string"), "kind: Plug\nmetadata:\n  name: plug");
    expect_text(world_read(world, "root"), arena_format(&world->arena, "%s/k|", world->folder).data);
    expect_text(world_read(world, "input"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    kustomize.config.k8s.io/id: |\n"
                "      kind: ConfigMap\n      name: a\n      version: v1\n  name: a\n");
}

static void a_generator_has_no_input(void **state)
{
    struct world *world = *state;
    use_plugin(world, "generators", "");
    add_plugin(world,
               "#!/bin/sh\nwc -c > ../size\nprintf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: b}\\n'\n");
    world_expect_stream(world, &enabled, "k", OBJECT("a") "---\n" OBJECT("b"));
    expect_text(slice_trim(world_read(world, "size"), " \n"), "0");
}

static void without_the_flag_nothing_is_executed(void **state)
{
    struct world *world = *state;
    add_plugin(world, "#!/bin/sh\ntouch ../marker\n");
    const char *const fields[] = {"generators", "transformers", "validators"};
    struct build_options exec_only = {.enable_exec = true, .enable_helm = true};
    for (size_t i = 0; i < countof(fields); i++) {
        use_plugin(world, fields[i], "");
        world_expect_error(world, &exec_only, "k", "external plugins require --enable-alpha-plugins");
    }
    assert_false(world_has(world, "marker"));
}

static void a_failure_is_reported_with_the_messages_of_the_plugin(void **state)
{
    struct world *world = *state;
    use_plugin(world, "transformers", "");
    add_plugin(world, "#!/bin/sh\necho no such thing >&2\nexit 4\n");
    world_expect_error(world, &enabled, "k", "failed with exit status 4: no such thing");
}

static void a_plugin_that_is_missing_or_not_a_program_is_reported(void **state)
{
    struct world *world = *state;
    use_plugin(world, "transformers", "");
    world_expect_error(world, &enabled, "k", "no plugin home directory exists");
    add_plugin(world, "#!/bin/sh\n");
    world_run(world, "chmod 644 plugins/example.com/v1/plug/Plug");
    world_expect_error(world, &enabled, "k", "is not executable");
    world_run(world, "rm plugins/example.com/v1/plug/Plug");
    world_expect_error(world, &enabled, "k", "no plugin for 'Plug'");
}

static void a_kind_cannot_lead_out_of_the_plugin_home(void **state)
{
    struct world *world = *state;
    use_plugin(world, "transformers", "");
    add_plugin(world, "#!/bin/sh\n");
    world_write_script(world, "evil/evil", "#!/bin/sh\ntouch {W}/marker\n");
    world_run(world, "sed -i.old 's,kind: Plug,kind: ../../../../evil/evil,' k/kustomization.yaml");
    world_build(world, &enabled, "k");
    assert_false(world->succeeded);
    assert_false(world_has(world, "marker"));
}

static void the_home_is_searched_in_four_places(void **state)
{
    struct world *world = *state;
    use_plugin(world, "transformers", "");
    const char *const homes[] = {"home/kustomize/plugin", "home/.config/kustomize/plugin"};
    for (size_t i = 0; i < countof(homes); i++) {
        world_write_script(world, arena_format(&world->arena, "%s/example.com/v1/plug/Plug", homes[i]).data,
                           arena_format(&world->arena, "#!/bin/sh\necho %s > ../home-used\ncat\n", homes[i]).data);
        world_expect_stream(world, &enabled, "k", OBJECT("a"));
        expect_contains(world_read(world, "home-used"), homes[i]);
    }
}

static void an_unterminated_quote_is_an_error(void **state)
{
    struct world *world = *state;
    use_plugin(world, "transformers", "  argsOneLiner: \"a 'b\"\n");
    add_plugin(world, "#!/bin/sh\ncat\n");
    world_expect_error(world, &enabled, "k", "unclosed quote");
}

// The first validator's annotation doesn't count as a change by the second one.
static void a_validator_ignores_the_annotation_of_an_earlier_one(void **state)
{
    struct world *world = *state;
    use_plugin(world, "validators",
               "- |-\n  apiVersion: builtin\n  kind: AnnotationsTransformer\n  metadata: {name: nothing}\n"
               "  annotations: {a: b}\n");
    add_plugin(world, "#!/bin/sh\nsed 's/^metadata:$/&\\n  labels: {validated-by: plug}/'\n");
    world_expect_stream(world, &enabled, "k",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    validated-by: plug\n  name: a\n");
}

static void a_validator_that_changes_something_is_refused(void **state)
{
    struct world *world = *state;
    use_plugin(world, "validators", "");
    add_plugin(world, "#!/bin/sh\nsed 's/^metadata:$/&\\n  labels: {other: plug}/'\n");
    world_expect_error(world, &enabled, "k",
                       "the validator changed ConfigMap 'a', but validators must not change resources");
}

static const struct CMUnitTest tests[] = {
    world_test(a_transformer_reads_objects_and_gets_its_configuration),
    world_test(a_generator_has_no_input),
    world_test(without_the_flag_nothing_is_executed),
    world_test(a_validator_ignores_the_annotation_of_an_earlier_one),
    world_test(a_validator_that_changes_something_is_refused),
    world_test(a_failure_is_reported_with_the_messages_of_the_plugin),
    world_test(a_plugin_that_is_missing_or_not_a_program_is_reported),
    world_test(a_kind_cannot_lead_out_of_the_plugin_home),
    world_test(the_home_is_searched_in_four_places),
    world_test(an_unterminated_quote_is_an_error),
};

int test_exec_plugins(void)
{
    return cmocka_run_group_tests_name("exec_plugins", tests, NULL, NULL);
}
