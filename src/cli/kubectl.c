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
// which reads the stream. Without the link the same is `kiln kubectl apply`.
#include <string.h>

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
};

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

// Each flag of the command is kiln's, with its value; what else there is, and all behind `--`, is kubectl's.
static void divide(const struct invocation *call, struct division *division)
{
    for (size_t i = 0; i < call->argument_count; i++) {
        const char *word = call->arguments[i];
        bool takes_next = false;
        const struct option *option = option_find(call->command, slice_from(word), &takes_next);
        if (strcmp(word, "--") == 0) {
            while (++i < call->argument_count)
                list_append(call->arena, &division->kubectl, call->arguments[i]);
        } else if (is_help(word)) {
            division->wants_help = true;
            list_append(call->arena, &division->build, word);
        } else if (option) {
            division->has_directory = division->has_directory || option->letter == 'k';
            list_append(call->arena, &division->build, word);
            if (takes_next && i + 1 < call->argument_count)
                list_append(call->arena, &division->build, call->arguments[++i]);
        } else {
            list_append(call->arena, &division->kubectl, word);
        }
    }
}

// `details` is what the command ends with when kubectl has not been reached.
static enum status end(const struct invocation *call, enum status status)
{
    return status == STATUS_FAILED ? *(const enum status *)call->command->details : status;
}

static enum status run(struct invocation *call)
{
    struct division division = {0};
    list_append(call->arena, &division.kubectl, "kubectl");
    list_append(call->arena, &division.kubectl, call->command->name);
    list_append(call->arena, &division.kubectl, "-f");
    list_append(call->arena, &division.kubectl, "-");
    divide(call, &division);
    list_append(call->arena, &division.kubectl, NULL);
    if (!division.has_directory && !division.wants_help) {
        diagnose(call->diagnostics, (struct position){0}, "%s: the directory is missing", call->path);
        diagnose_hint(call->diagnostics, "'%s %s -k DIR'", call->program, call->path);
        return STATUS_USAGE;
    }
    call->arguments = division.build.items;
    call->argument_count = division.build.count;
    struct buffer stream = {0};
    enum status status;
    if (build_stream(call, &stream, &status)) {
        const char *reason = process_become(division.kubectl.items, buffer_slice(&stream));
        diagnose(call->diagnostics, (struct position){0}, "cannot run kubectl: %s", reason);
        status = STATUS_FAILED;
    }
    buffer_wipe(&stream);
    return end(call, status);
}

static const enum status failed = STATUS_FAILED;
// As kubectl has it: `diff` ends with 1 when there are differences, with more when it could not look.
static const enum status diff_failed = STATUS_FAILED + 1;

#define DESCRIPTION                                                                                     \
    "The flags below are kiln's and stand anywhere. Every other word goes to kubectl as it is, behind\n" \
    "'-f -', and so does all that follows '--'. kubectl is looked up on PATH; it is not run when the\n"  \
    "build fails.\n"

#define KUBECTL_COMMAND(identifier, text, what, example, failure) \
    static const struct command identifier##_command = {          \
        .name = text,                                             \
        .operands = "-k DIR [FLAGS OF KUBECTL]",                  \
        .summary = what,                                          \
        .description = DESCRIPTION,                               \
        .examples = example,                                      \
        .options = build_options_table + BUILD_OUTPUT_OPTION_COUNT, \
        .option_count = BUILD_OPTION_COUNT - BUILD_OUTPUT_OPTION_COUNT, \
        .run = run,                                               \
        .details = &(failure),                                    \
    }

KUBECTL_COMMAND(apply, "apply", "build, and let kubectl apply the objects",
                "  kubectl kiln apply -k overlays/prod\n"
                "  kubectl kiln apply -k overlays/prod --server-side --dry-run=server\n",
                failed);
KUBECTL_COMMAND(diff, "diff", "build, and let kubectl compare the objects with those of the cluster",
                "  kubectl kiln diff -k overlays/prod\n", diff_failed);
KUBECTL_COMMAND(delete, "delete", "build, and let kubectl delete the objects",
                "  kubectl kiln delete -k overlays/prod --ignore-not-found\n", failed);

static const struct command *const kubectl_commands[] = {&apply_command, &diff_command, &delete_command, NULL};

const struct command kubectl_command = {
    .name = "kubectl",
    .summary = "build, and hand the objects to kubectl",
    .examples = "  kiln kubectl diff -k overlays/prod\n"
                "  kiln kubectl apply -k overlays/prod --select Deployment\n",
    .commands = kubectl_commands,
};

extern const struct command build_command, version_command, help_command;
const struct command *const kubectl_plugin_commands[] = {
    &build_command, &apply_command, &diff_command, &delete_command, &version_command, &help_command, NULL,
};
