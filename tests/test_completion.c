// The scripts of `kiln completion` in the shells that this machine has, and `openapi fetch` with a fake kubectl.
#include "tests/world.h"

#include "cli/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int setup(void **state)
{
    const char *program = test_program_or_null();
    if (world_setup(state) != 0)
        return -1;
    if (!program)
        return 0;
    struct world *world = *state;
    world_run(world, arena_format(&world->arena, "mkdir bin && ln -s '%s' bin/kiln && ln -s '%s' bin/kustomize",
                                  program, program)
                         .data);
    world_put_on_path(world, "bin");
    world_write(world, "app/kustomization.yaml", "resources: [a.yaml, 'https://example.invalid/never.yaml']\n");
    world_write(world, "app/local/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "app/local/a.yaml", CONFIG_MAP("settings"));
    world_write(world, "web/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "web/a.yaml",
                DEPLOYMENT("web") "        ports: [{containerPort: 80, name: http}]\n"
                                  "        env: [{name: A.B, value: c}]\n");
    world_write(world, "web/deep/none", "");
    return 0;
}

static struct world *ready(void **state)
{
    struct world *world = *state;
    if (!world_has(world, "bin/kiln"))
        test_skip("KILN in the environment names no program");
    return world;
}

static struct world *with_shell(void **state, const char *shell)
{
    struct world *world = ready(state);
    const char *command = arena_format(&world->arena, "command -v %s || true", shell).data;
    if (!world_run(world, command).length)
        test_skip("this machine does not have the shell");
    return world;
}

// A command line as the shell splits it, and the completions of its last word.
struct completion {
    const char *words, *candidates;
};

static const struct completion common[] = {
    {"kiln comp", "completion"},
    {"kiln build --name-hash v", "v3 v4"},
    {"kiln build --load-restrictor LoadRestrictionsN", "LoadRestrictionsNone"},
    {"kiln edit add res", "resource"},
    {"kiln init --namesp", "--namespace"},
    {"kiln completion f", "fish"},
    {"kiln help edit re", "remove"},
    {"kiln build app/local --select ConfigMap/s", "ConfigMap/settings"},
    {"kiln build app --select C", ""},  // fetches nothing to find out
    {"kiln version --output j", "json"},
    {"kiln trace web D", "Deployment/web"},
    {"kiln explain --format json web D", "Deployment/web"},
    {"kiln trace -k web --leaves D", "Deployment/web"},
    {"kiln trace web Deployment/web spec.s", "spec.selector.matchLabels.app"},
    {"kiln trace web Deployment/web spec.template.m", "spec.template.metadata.labels.app"},
    {"kiln trace web Deployment/web kind more", ""},
    {"kiln trace web Service/web k", ""},
    {"kiln trace app C", ""},
    {"kiln trace --format j", "json"},
};

// Field names that shells must quote.
#define CONTAINER "spec.template.spec.containers"

// The output of `kiln __complete`.
static void the_program_completes_what_a_build_has(void **state)
{
    struct world *world = ready(state);
    static const struct completion asked[] = {
        {"trace web ''", "Deployment/web :4"},
        {"trace -k web ''", "Deployment/web :4"},
        {"trace -k web Deployment/web k", "kind :4"},
        {"trace --no-remote web Deployment/web k", "kind :4"},
        {"trace web Deployment/web " CONTAINER,
         CONTAINER "[web].name " CONTAINER "[web].image " CONTAINER "[web].ports[80].containerPort " CONTAINER
                   "[web].ports[80].name " CONTAINER "[web].env[A.B].name " CONTAINER "[web].env[A.B].value :4"},
        {"trace web Deployment/web kind ''", ":4"},
        {"trace web Nothing/web ''", ":4"},
        {"trace web no-slash ''", ":4"},
        {"trace app ''", ":4"},
        {"trace ''", ":16"},
        {"build web --select ''", "Deployment/web :4"},
        {"build -k web --select Dep", "Deployment/web :4"},
        {"diff web web --select=", "Deployment/web :4"},
    };
    for (size_t i = 0; i < countof(asked); i++) {
        const char *command = arena_format(&world->arena, "kiln __complete %s 2>/dev/null | tr '\n' ' ' | sed 's/ $//'",
                                           asked[i].words)
                                  .data;
        expect_text(world_run(world, command), asked[i].candidates);
    }
    expect_text(world_run(world, "cd web && kiln __complete trace Deployment/web k 2>/dev/null"), "kind\n:4");
    expect_text(world_run(world, "cd web && kiln __complete trace '' 2>/dev/null"), "Deployment/web\n:4");
}

static void bash_completes_commands_flags_and_values(void **state)
{
    struct world *world = with_shell(state, "bash");
    static const struct completion own[] = {
        {"kiln build --name-hash = v4", "v4"},
        {"kiln build --name-hash =", "v3 v4"},
        {"kiln build app --select = C", ""},
        {"kiln build app/local --reorder = none --select = C", "ConfigMap/settings"},
        {"kiln build app/l", "app/local"},
        {"kiln build app/local/k", ""},
        {"kiln edit add resource app/local/k", "app/local/kustomization.yaml"},
        {"kiln openapi fetch --format y", "yaml"},
        {"kiln docs", ""},
        {"kiln trace web Deployment/web " CONTAINER "'[web].i'", CONTAINER "\\[web\\].image"},
        {"kiln trace web Deployment/web \"'" CONTAINER "[web].i\"", CONTAINER "[web].image"},
        {"kiln trace web Deployment/web '" CONTAINER "\\[web\\].i'", CONTAINER "\\[web\\].image"},
        {"kiln trace app/l", "app/local"},
    };
    world_write(world, "try",
                "source <(kiln completion bash)\n"
                "COMP_WORDS=(\"$@\") COMP_CWORD=$(($# - 1))\n"
                "_kiln\n"
                "echo \"${COMPREPLY[*]}\"\n");
    for (size_t i = 0; i < countof(common) + countof(own); i++) {
        const struct completion *each = i < countof(common) ? &common[i] : &own[i - countof(common)];
        const char *command = arena_format(&world->arena, "bash try %s", each->words).data;
        expect_text(world_run(world, command), each->candidates);
    }
    expect_text(world_run(world, "bash -c 'source <(kustomize completion bash); complete -p kustomize'"),
                "complete -F _kustomize kustomize");
}

static void zsh_completes_commands_flags_and_values(void **state)
{
    struct world *world = with_shell(state, "zsh");
    // Stubs for the functions of zsh's completion system that are called.
    world_write(world, "try",
                "compdef() { :; }\n"
                "compset() { words[CURRENT]=${words[CURRENT]#*=} }\n"
                "offer() { for word in $@; do [[ $word == $words[CURRENT]* ]] && found+=$word; done }\n"
                "_describe() { offer ${(M)${(P)@[-1]}##[^:]#} }\n"
                "_files() { found+=(files $@) }\n"
                "compadd() { shift; offer $@ }\n"
                "setopt extended_glob\n"
                "source <(kiln completion zsh)\n"
                "words=(\"$@\") CURRENT=$# found=()\n"
                "_kiln\n"
                "echo $found\n");
    static const struct completion own[] = {
        {"kiln build --name-hash=v", "v3 v4"},
        {"kiln trace web Deployment/web '" CONTAINER "[web].i'", CONTAINER "[web].image"},
        {"kiln trace ''", "files -/"},
        {"kiln build ''", "files -/"},
        {"kiln edit add resource ''", "files"},
    };
    for (size_t i = 0; i < countof(common) + countof(own); i++) {
        const struct completion *each = i < countof(common) ? &common[i] : &own[i - countof(common)];
        const char *command = arena_format(&world->arena, "zsh -f try %s", each->words).data;
        expect_text(world_run(world, command), each->candidates);
    }
}

static void fish_completes_commands_flags_and_values(void **state)
{
    struct world *world = with_shell(state, "fish");
    for (size_t i = 0; i < countof(common); i++) {
        const char *command =
            arena_format(
                &world->arena,
                "fish --no-config -c 'kiln completion fish | source; complete -C \"%s\"' | cut -f 1 | tr '\\n' ' ' "
                "| sed 's/ $//'",
                common[i].words)
                .data;
        expect_text(world_run(world, command), common[i].candidates);
    }
}

static void powershell_gets_balanced_tables(void **state)
{
    struct world *world = ready(state);
    struct slice script = world_run(world, "kiln completion powershell");
    expect_contains(script, "\n        'edit add' = @(\n            @{ n = 'resource'; d = '");
    expect_contains(script, "\n        'build --name-hash' = @(\n            @{ n = 'v3'; d = 'v3' }\n");
    expect_contains(script, "\n    $asked = @('trace', 'explain')\n");
    expect_contains(script, "\n        & 'kiln' __completeNoDesc @words $last 2>$null |");
    int depth = 0;
    bool quoted = false, commented = false;
    for (size_t i = 0; i < script.length; i++) {
        char byte = script.data[i];
        commented = byte != '\n' && (commented || (byte == '#' && !quoted));
        quoted ^= byte == '\'' && !commented;
        depth += !quoted && !commented && strchr("({[", byte) != NULL;
        depth -= !quoted && !commented && strchr(")}]", byte) != NULL;
        assert_true(depth >= 0);
    }
    assert_int_equal(depth, 0);
    assert_false(quoted);
}

// --- Versions in machine formats.

static void versions_are_json_and_yaml(void **state)
{
    struct world *world = ready(state);
    expect_contains(world_run(world, "kiln version -o json"),
                    "{\n  \"version\": \"" KILN_VERSION "\",\n  \"kustomizeVersion\": \"v5.8.3\",\n");
    expect_contains(world_run(world, "kiln version -o json"), "  \"libraries\": {\n    \"libyaml\": \"0.");
    expect_contains(world_run(world, "kiln version -o yaml"), "version: " KILN_VERSION "\nkustomizeVersion: v5.8.3\n");
    // Four versions of digits and dots, without the date that pcre2 appends.
    expect_text(world_run(world, "kiln version -o yaml | sed -n '/^libraries:/,$p' | sed 's/[0-9][0-9.]*$/N/'"),
                "libraries:\n  libyaml: N\n  libsodium: N\n  pcre2: N\n  jansson: N");
    // The names that Go has for them.
    world_run(world,
              "uname -s | tr A-Z a-z >system; uname -m | sed 's/^x86_64$/amd64/; s/^aarch64$/arm64/' >processor");
    expect_text(world_run(world, "kiln version -o yaml | sed -n 's/^system: //p' | cmp - system; "
                                 "kiln version -o yaml | sed -n 's/^processor: //p' | cmp - processor; "
                                 "kustomize version -o yaml | sed -n 's/^goOs: //p' | cmp - system; "
                                 "kustomize version -o yaml | sed -n 's/^goArch: //p' | cmp - processor"),
                "");
    struct slice json = world_run(world, "kustomize version -o json");
    expect_contains(
        json,
        "{\n  \"version\": \"v5.8.3\",\n  \"gitCommit\": \"unknown\",\n  \"buildDate\": \"unknown\",\n  \"goOs\": \"");
    expect_contains(json, "\",\n  \"goVersion\": \"none\"\n}");
    expect_text(world_run(world, "kustomize version -o yaml | sed 's/:.*/:/'"),
                "version:\ngitCommit:\nbuildDate:\ngoOs:\ngoArch:\ngoVersion:");
    expect_text(world_run(world, "kustomize version --short 2>/dev/null | grep -o 'v[0-9]*[.][0-9]*[.][0-9]*'"),
                "v5.8.3");
}

static void a_group_explains_itself_when_called_as_kustomize(void **state)
{
    struct world *world = ready(state);
    const char *const calls[] = {"kustomize edit", "kustomize edit nothing", "kustomize edit --help",
                                 "kustomize help edit"};
    for (size_t i = 0; i < countof(calls); i++)
        expect_contains(world_run(world, calls[i]), "Usage:\n  kustomize edit COMMAND");
    expect_contains(world_run(world, "kustomize build --help"),
                    "\n  kustomize build overlays/prod | kubectl apply -f -\n");
}

static void the_help_lists_topics_and_hides_internal_commands(void **state)
{
    struct world *world = ready(state);
    struct slice help = world_run(world, "kiln help");
    expect_contains(help, "\nTopics:\n  exit-codes ");
    expect_contains(help, "\n  localize ");
    assert_int_equal(slice_find(help, slice_literal("complete-objects")), SLICE_NOT_FOUND);
    assert_int_equal(slice_find(help, slice_literal("openapi")), SLICE_NOT_FOUND);
    expect_contains(world_run(world, "kiln help openapi"), "  fetch ");
}

// --- The schema of a cluster.

static void a_schema_is_printed_with_sorted_keys(void **state)
{
    struct world *world = ready(state);
    world_write_script(world, "bin/kubectl",
                       "#!/bin/sh\ntest \"$*\" = 'get --raw /openapi/v2' &&\n"
                       "echo '{\"b\":[1,{\"c\":\"<}\"}],\"a\":{},\"d\":[],\"e\":\"x\\\"{\"}'\n");
    expect_text(world_run(world, "kiln openapi fetch"),
                "{\n  \"a\": {},\n  \"b\": [\n    1,\n    {\n      \"c\": \"\\u003c}\"\n    }\n  ],\n  \"d\": [],\n"
                "  \"e\": \"x\\\"{\"\n}");
    expect_text(world_run(world, "kiln openapi fetch --format yaml"), "a: {}\nb:\n- 1\n- c: <}\nd: []\ne: x\"{");
}

static void messages_of_kubectl_are_passed_on(void **state)
{
    struct world *world = ready(state);
    world_write_script(world, "bin/kubectl", "#!/bin/sh\necho The cluster is gone >&2\nexit 1\n");
    struct slice said = world_run(world, "kiln openapi fetch 2>&1; test $? = 1");
    expect_contains(said, "cannot get the schema from the cluster: The cluster is gone");
    world_write_script(world, "bin/kubectl", "#!/bin/sh\necho no JSON\n");
    expect_contains(world_run(world, "kiln openapi fetch 2>&1; test $? = 1"), "the response of the cluster");
}

static void a_reply_that_is_not_an_object_is_refused(void **state)
{
    static const char *const answers[] = {"[1]", "5", "true", "\\\"x\\\""};
    struct world *world = ready(state);
    for (size_t i = 0; i < countof(answers); i++) {
        char script[64];
        snprintf(script, sizeof script, "#!/bin/sh\necho \"%s\"\n", answers[i]);
        world_write_script(world, "bin/kubectl", script);
        expect_text(world_run(world, "kiln openapi fetch 2>&1; test $? = 1"),
                    "kiln: cannot get the schema from the cluster: the output of kubectl is not a JSON object\n"
                    "  hint: check that kubectl is installed and that its context points to a running cluster");
        expect_text(world_run(world, "kiln openapi fetch 2>/dev/null; test $? = 1"), "");
    }
    world_write_script(world, "bin/kubectl", "#!/bin/sh\necho null\n");
    expect_text(world_run(world, "kiln openapi fetch"), "null");
}

#define shell_test(function) cmocka_unit_test_setup_teardown(function, setup, world_teardown)

static const struct CMUnitTest tests[] = {
    shell_test(the_program_completes_what_a_build_has),
    shell_test(bash_completes_commands_flags_and_values),
    shell_test(zsh_completes_commands_flags_and_values),
    shell_test(fish_completes_commands_flags_and_values),
    shell_test(powershell_gets_balanced_tables),
    shell_test(versions_are_json_and_yaml),
    shell_test(a_group_explains_itself_when_called_as_kustomize),
    shell_test(the_help_lists_topics_and_hides_internal_commands),
    shell_test(a_schema_is_printed_with_sorted_keys),
    shell_test(messages_of_kubectl_are_passed_on),
    shell_test(a_reply_that_is_not_an_object_is_refused),
};

int test_completion(void)
{
    return cmocka_run_group_tests_name("completion", tests, NULL, NULL);
}
