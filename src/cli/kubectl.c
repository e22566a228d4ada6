// cli/kubectl.c
//
// kiln as a plugin of kubectl, `kubectl-kiln` on PATH:
//
//     kubectl kiln apply -k overlays/prod --name-hash=v4 --server-side -n shop
//
// builds overlays/prod with --name-hash=v4, and becomes
//
//     kubectl apply -f - --server-side -n shop
//
// which reads the stream. `kiln kubectl apply` does the same without the link.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"
#include "cli/build.h"
#include "cli/command.h"
#include "cli/options.h"

struct words {
    const char **items;
    size_t count, capacity;
};

// Both lists together are the arguments of the call.
struct division {
    struct words build, kubectl;
    bool has_directory, wants_help;
    bool has_files, is_recursive;  // kubectl's own -f or -R
};

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

// Notes kubectl flags that would add objects to the stream, or change what kubectl does with it.
static void note_input_flag(struct division *division, const char *word)
{
    if (word[0] != '-')
        return;
    if (word[1] == '-') {
        struct slice name, value;
        slice_cut(slice_from(word + 2), '=', &name, &value);
        division->has_files = division->has_files || slice_equals(name, "filename");
        division->is_recursive = division->is_recursive ||
                                 (slice_equals(name, "recursive") && !slice_equals(value, "false"));
        return;
    }
    // Letters without a value may come first: -Rf FILE, -Af FILE.
    for (const char *at = word + 1; *at; at++) {
        division->has_files = division->has_files || *at == 'f';
        division->is_recursive = division->is_recursive || (*at == 'R' && strcmp(at, "R=false") != 0);
        if (!strchr("RAw", *at) || at[1] == '=')
            break;
    }
}

// kiln's flag -k after single-letter flags of kubectl, as in -Rk DIR.
static bool is_letters_before_directory(const char *word)
{
    size_t letters = strspn(word + 1, "RAw");
    return word[0] == '-' && letters && word[1 + letters] == 'k';
}

static void add_for_kubectl(const struct invocation *call, struct division *division, const char *word)
{
    note_input_flag(division, word);
    list_append(call->arena, &division->kubectl, word);
}

// Flags of the command and their values are kiln's; everything else, and everything after `--`, is kubectl's.
static void divide(const struct invocation *call, struct division *division)
{
    for (size_t i = 0; i < call->argument_count; i++) {
        const char *word = call->arguments[i];
        bool takes_next = false;
        const struct option *option = option_find(call->command, slice_from(word), &takes_next);
        if (strcmp(word, "--") == 0) {
            while (++i < call->argument_count)
                add_for_kubectl(call, division, call->arguments[i]);
        } else if (is_help(word)) {
            division->wants_help = true;
            list_append(call->arena, &division->build, word);
        } else if (option) {
            division->has_directory = division->has_directory || option->letter == 'k';
            list_append(call->arena, &division->build, word);
            if (takes_next && i + 1 < call->argument_count)
                list_append(call->arena, &division->build, call->arguments[++i]);
        } else if (is_letters_before_directory(word)) {
            size_t letters = strspn(word + 1, "RAw");
            add_for_kubectl(call, division, arena_format(call->arena, "%.*s", (int)letters + 1, word).data);
            division->has_directory = true;
            list_append(call->arena, &division->build, arena_format(call->arena, "-%s", word + 1 + letters).data);
            if (!word[letters + 2] && i + 1 < call->argument_count)
                list_append(call->arena, &division->build, call->arguments[++i]);
        } else {
            add_for_kubectl(call, division, word);
        }
    }
}

// False: diagnosed, in kubectl's words.
static bool check_division(const struct invocation *call, const struct division *division)
{
    if (division->wants_help)
        return true;
    if (!division->has_directory) {
        diagnose(call->diagnostics, (struct position){0}, "%s requires a directory", call->path);
        diagnose_hint(call->diagnostics, "run '%s %s -k DIR'", call->program, call->path);
        return false;
    }
    if (division->has_files)
        return diagnose(call->diagnostics, (struct position){0}, "%s: only one of -f or -k can be specified",
                        call->path);
    return !division->is_recursive ||
           diagnose(call->diagnostics, (struct position){0}, "%s: the -k flag can't be used with -f or -R", call->path);
}

// `details` is the exit status if kubectl was not run.
static enum status end(const struct invocation *call, enum status status)
{
    return status == STATUS_FAILED ? *(const enum status *)call->command->details : status;
}

// kubectl shows differences with a program: kiln, unless the user has chosen one. NULL: the environment is unchanged.
static const char *const *environment_of(const struct invocation *call)
{
    static const char variable[] = "KUBECTL_EXTERNAL_DIFF";
    if (strcmp(call->command->name, "diff") != 0 || getenv(variable))
        return NULL;
    struct slice program = process_own_path(call->arena, slice_literal("kiln"));
    // kubectl splits the variable at spaces.
    if (!program.length || slice_find_byte(program, ' ') != SLICE_NOT_FOUND)
        return NULL;
    struct slice setting = arena_format(call->arena, "%s=%.*s diff --kubectl", variable, SLICE_ARGS(program));
    return process_environment(call->arena, &setting, 1);
}

// kubectl calls back by the name that it was called by: `kubectl-kiln diff --kubectl LIVE MERGED`.
static bool is_called_back(const struct invocation *call)
{
    for (size_t i = 0; i < call->argument_count; i++)
        if (strcmp(call->arguments[i], "--kubectl") == 0)
            return strcmp(call->command->name, "diff") == 0;
    return false;
}

extern const struct command diff_command;

static enum status run(struct invocation *call)
{
    struct division division = {0};
    if (is_called_back(call)) {
        call->command = &diff_command;
        return call->command->run(call);
    }
    list_append(call->arena, &division.kubectl, "kubectl");
    list_append(call->arena, &division.kubectl, call->command->name);
    list_append(call->arena, &division.kubectl, "-f");
    list_append(call->arena, &division.kubectl, "-");
    divide(call, &division);
    list_append(call->arena, &division.kubectl, NULL);
    if (!check_division(call, &division))
        return STATUS_USAGE;
    // `kiln kubectl apply` names objects as `kubectl kiln apply` does.
    call->as_plugin = true;
    call->arguments = division.build.items;
    call->argument_count = division.build.count;
    struct buffer stream = {0};
    enum status status;
    if (build_stream(call, &stream, &status)) {
        const char *reason = process_become(division.kubectl.items, environment_of(call), buffer_slice(&stream));
        diagnose(call->diagnostics, (struct position){0}, "cannot run kubectl: %s", reason);
        status = STATUS_FAILED;
    }
    buffer_wipe(&stream);
    return end(call, status);
}

static const enum status failed = STATUS_FAILED;
// As in kubectl, `diff` exits with 1 if there are differences, and with more if it failed.
static const enum status diff_failed = STATUS_FAILED + 1;

#define DESCRIPTION                                                                                                    \
    "The flags below are kiln's and may appear anywhere. kiln passes all other arguments, and everything after\n"      \
    "'--', to kubectl after '-f -'. It looks up kubectl on PATH, and doesn't run it if the build fails.\n"             \
    "\n"                                                                                                               \
    "Generated ConfigMaps and Secrets get the same names as with 'kubectl apply -k' (v4). To keep the\n"               \
    "names of 'kiln build' (v3), use --name-hash=v3, KILN_NAME_HASH=v3, the annotation\n"                              \
    "'kiln.dev/name-hash: v3' in the kustomization, or 'nameHash: v3' in .kiln.yaml.\n"

#define KUBECTL_COMMAND(identifier, text, what, example, failure)                                                      \
    static const struct command identifier##_command = {                                                               \
        .name = text,                                                                                                  \
        .operands = "-k DIR [KUBECTL FLAGS]",                                                                          \
        .summary = what,                                                                                               \
        .description = DESCRIPTION,                                                                                    \
        .examples = example,                                                                                           \
        .options = build_options_table + BUILD_OUTPUT_OPTION_COUNT,                                                    \
        .option_count = BUILD_OPTION_COUNT - BUILD_OUTPUT_OPTION_COUNT,                                                \
        .run = run,                                                                                                    \
        .details = &(failure),                                                                                         \
    }

KUBECTL_COMMAND(apply, "apply", "build and apply the resources with kubectl",
                "  kiln kubectl apply -k overlays/prod\n"
                "  kiln kubectl apply -k overlays/prod --server-side --dry-run=server\n",
                failed);
KUBECTL_COMMAND(compare, "diff", "build and show with kubectl how the cluster would change",
                "  kiln kubectl diff -k overlays/prod\n", diff_failed);
KUBECTL_COMMAND(delete, "delete", "build and delete the resources with kubectl",
                "  kiln kubectl delete -k overlays/prod --ignore-not-found\n", failed);

KUBECTL_COMMAND(create, "create", "build and create the resources with kubectl",
                "  kiln kubectl create -k overlays/prod\n", failed);
KUBECTL_COMMAND(replace, "replace", "build and replace the resources with kubectl",
                "  kiln kubectl replace -k overlays/prod\n", failed);
KUBECTL_COMMAND(get, "get", "build the resources and get them from the cluster with kubectl",
                "  kiln kubectl get -k overlays/prod -o wide\n", failed);

static const struct command *const kubectl_commands[] = {
    &apply_command, &compare_command, &delete_command, &create_command, &replace_command, &get_command, NULL,
};

const struct command kubectl_command = {
    .name = "kubectl",
    .is_extra = true,
    .summary = "build and pass the resources to kubectl",
    .examples = "  kiln kubectl diff -k overlays/prod\n"
                "  kiln kubectl apply -k overlays/prod --select Deployment\n",
    .commands = kubectl_commands,
};

// `kubectl kiln kustomize DIR` works like `kubectl kustomize DIR`, and also takes -k.
static const struct command kustomize_command = {
    .name = "kustomize",
    .operands = "[DIR]",
    .summary = "build and print the resources, as kubectl kustomize does",
    .examples = "  kiln kustomize overlays/prod\n",
    .options = build_options_table,
    .option_count = BUILD_OPTION_COUNT,
    .run = build_command_run,
};

extern const struct command build_command, version_command, help_command, complete_command_line_command,
    complete_bare_command;
const struct command *const kubectl_plugin_commands[] = {
    &build_command,
    &apply_command,
    &compare_command,
    &delete_command,
    &create_command,
    &replace_command,
    &get_command,
    &kustomize_command,
    &version_command,
    &help_command,
    &complete_command_line_command,
    &complete_bare_command,
    NULL,
};
