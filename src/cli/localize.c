// cli/localize.c
//
// `kiln localize`: makes a copy of a kustomization that needs nothing from elsewhere.
#include "localize/localize.h"

#include "cli/build.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"

struct settings {
    const char *scope;
    bool no_verify;
};

static const struct option options[] = {
    {.name = "scope",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct settings, scope),
     .value = "DIR",
     .help = "the directory that must contain all local bases (the target)"},
    {.name = "no-verify",
     .kind = OPTION_BOOL,
     .offset = offsetof(struct settings, no_verify),
     .help = "don't build and compare the original and the copy"},
};

#define SAY(call, ...) diagnose_notice((call)->diagnostics, __VA_ARGS__)

static void explain_flags(struct invocation *call, struct slice directory)
{
    SAY(call, "If your target directory requires flags to build: ");
    SAY(call, "1. Add executable permissions for the downloaded exec binaries in '%.*s'. ", SLICE_ARGS(directory));
    SAY(call, "2. Run %s build with the necessary flags and self-verify the outputs.",
        call->as_kustomize ? "kustomize" : "kiln");
}

// These lines are kustomize's; scripts may search for them.
static enum status verify(struct invocation *call, struct slice target, const struct localize_result *result,
                          enum release release)
{
    const struct build_options chosen = {.default_name_hash = build_name_hash_of_program(call),
                                         .default_release = release};
    const char *program = call->as_kustomize ? "kustomize" : "kiln";
    struct verification verification;
    enum verify_outcome outcome = localize_verify(&chosen, target, result->copy, &verification);
    terminal_report(&verification.original->diagnostics);
    switch (outcome) {
    case VERIFY_SAME:
        SAY(call, "VERIFICATION SUCCESS: `%s build` for %.*s and %.*s are the same after localization.", program,
            SLICE_ARGS(target), SLICE_ARGS(result->destination));
        break;
    case VERIFY_DIFFERENT:
        SAY(call, "VERIFICATION FAILED: `%s build` for %.*s and %.*s are different after localization.", program,
            SLICE_ARGS(target), SLICE_ARGS(result->destination));
        diagnose(call->diagnostics, (struct position){0}, "%.*s is different in the copy",
                 SLICE_ARGS(verification.difference));
        break;
    case VERIFY_ORIGINAL_FAILED:
        explain_flags(call, target);
        break;
    case VERIFY_COPY_FAILED:
        terminal_report(&verification.copy->diagnostics);
        explain_flags(call, result->copy);
        break;
    }
    // Freed last, because it holds the text of the difference.
    terminal_report(call->diagnostics);
    diagnostics_forget(call->diagnostics, 0);
    localize_verify_free(&verification);
    return outcome == VERIFY_SAME ? STATUS_DONE : STATUS_FAILED;
}

static enum status localize(struct invocation *call, const struct settings *settings,
                            const struct localize_request *request)
{
    enum release release;
    if (!build_environment_release(call, &release))
        return STATUS_USAGE;
    struct build *build = command_build_new(call);
    build->diagnostics.release = release;
    struct localize_result result;
    bool done = localize_run(build, request, &result);
    // Formatted in advance: nothing may allocate memory after the copy is in place.
    struct slice success = done ? arena_format(call->arena, "SUCCESS: localized \"%.*s\" to directory %.*s",
                                               SLICE_ARGS(request->target), SLICE_ARGS(result.destination))
                                : (struct slice){0};
    size_t mark = call->diagnostics->count;
    if (done && settings->no_verify)
        SAY(call, "%.*s", SLICE_ARGS(success));
    done = done && localize_commit(&result);
    if (!done)
        diagnostics_forget(call->diagnostics, mark);
    terminal_report(&build->diagnostics);
    enum status status = done ? STATUS_DONE : STATUS_FAILED;
    if (done && !settings->no_verify)
        status = verify(call, request->target, &result, release);
    if (status == STATUS_DONE && !settings->no_verify)
        SAY(call, "%.*s", SLICE_ARGS(success));
    build_free(build);
    return status;
}

static enum status run(struct invocation *call)
{
    struct settings settings = {0};
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, &settings, &operands, &status))
        return status;
    if (operands.count > 2) {
        diagnose(call->diagnostics, (struct position){0},
                 "localize takes a target and a destination, but also found '%s'", operands.items[2]);
        diagnose_phrase(call->diagnostics, "accepts at most 2 arg(s), received %zu", operands.count);
        return STATUS_USAGE;
    }
    struct localize_request request = {
        .target = slice_from(operands.count ? operands.items[0] : "."),
        .destination = operands.count > 1 ? slice_from(operands.items[1]) : (struct slice){0},
        .scope = slice_from(settings.scope),
    };
    return localize(call, &settings, &request);
}

const struct command localize_command = {
    .name = "localize",
    .operands = "[TARGET [DESTINATION]]",
    .summary = "copy a kustomization and everything that it refers to, including remote files",
    .description =
        "TARGET is a directory (the current one by default) or a Git URL with `ref=`. DESTINATION must not exist; by\n"
        "default, kiln creates `localized-NAME` in the current directory, or `localized-NAME-REF` for a Git URL. kiln\n"
        "copies remote files and directories to localized-files/ in the copy, and changes the references to them. In\n"
        "copied kustomizations, fields are sorted and comments are lost. At the end, kiln builds the original and the\n"
        "copy, and compares them.\n",
    .examples = "  kiln localize overlays/prod --scope .\n"
                "  kiln localize 'https://github.com/org/repo//overlays/prod?ref=v1.2.0' prod\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
