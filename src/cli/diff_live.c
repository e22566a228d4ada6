// cli/diff_live.c
//
// `kiln diff --live CONTEXT DIR`: shows what an apply would change in a cluster. kubectl asks the API server and passes
// both sides to `kiln diff --kubectl`.
#include "base/process.h"
#include "cli/diff.h"
#include "cli/terminal.h"

// kubectl passes on only words of letters, digits, `-`, and `=`, and drops others silently.
static bool refuse_patterns(struct invocation *call, const struct diff_settings *settings)
{
    const char *flag = settings->ignored.count ? "--ignore" : settings->masked.count ? "--mask" : NULL;
    if (!flag)
        return true;
    diagnose(call->diagnostics, (struct position){0}, "%s cannot be used with --live: kubectl does not pass it on",
             flag);
    diagnose_hint(call->diagnostics, "set masks in .kiln.yaml instead");
    return false;
}

static bool external_diff(struct invocation *call, const struct diff_settings *settings, struct buffer *command)
{
    struct slice program = process_own_path(call->arena, slice_literal("kiln"));
    // kubectl splits the variable at spaces.
    if (!program.length || slice_find_byte(program, ' ') != SLICE_NOT_FOUND)
        return diagnose(call->diagnostics, (struct position){0}, "kubectl cannot run kiln at '%.*s'",
                        SLICE_ARGS(program));
    const struct {
        bool given;
        const char *flag;
    } flags[] = {
        {settings->show_unchanged, "--show-unchanged"},
        {settings->compare.no_rename, "--no-rename"},
        {settings->compare.no_merge_keys, "--no-merge-keys"},
        {settings->compare.no_embedded, "--no-embedded"},
        {settings->compare.order, "--order"},
        {settings->compare.show_equivalent, "--show-equivalent"},
        {settings->compare.show_secrets, "--show-secrets"},
        {settings->quiet, "--quiet"},
    };
    buffer_add_format(command, "KUBECTL_EXTERNAL_DIFF=%.*s diff --kubectl", SLICE_ARGS(program));
    for (size_t i = 0; i < countof(flags); i++)
        if (flags[i].given)
            buffer_add_format(command, " %s", flags[i].flag);
    buffer_add_format(command, " --format=%s --context=%s --max-bytes=%s", settings->format, settings->context,
                      settings->max_bytes);
    return refuse_patterns(call, settings);
}

// The exit status of kubectl diff: 1 for differences, more for a failure.
static enum status run_kubectl(struct invocation *call, const struct diff_settings *settings, struct slice stream,
                               const struct buffer *command)
{
    const char *const words[] = {"kubectl", "diff", "--context", settings->live, "-f", "-", NULL};
    struct slice setting = buffer_slice(command);
    struct process_result result = {0};
    process_run(&(struct process_request){.arguments = words,
                                          .input = stream,
                                          .environment = process_environment(call->arena, &setting, 1)},
                &result);
    enum status status = (enum status)DIFF_UNKNOWN;
    if (result.outcome != PROCESS_EXITED)
        diagnose(call->diagnostics, (struct position){0}, "kubectl: %.*s",
                 SLICE_ARGS(process_failure(call->arena, &result)));
    else if (terminal_write_result(call->diagnostics, buffer_slice(&result.output)) == STATUS_DONE)
        status = (enum status)(result.status > DIFF_DIFFERENT ? DIFF_UNKNOWN : result.status);
    if (result.outcome == PROCESS_EXITED && result.status > DIFF_DIFFERENT)
        diagnose(call->diagnostics, (struct position){0}, "kubectl diff failed: %.*s",
                 SLICE_ARGS(slice_trim(buffer_slice(&result.errors), "\n")));
    process_result_free(&result);
    return status;
}

enum status diff_live(struct invocation *call, const struct diff_settings *settings, const struct operands *operands)
{
    struct buffer command = {0}, stream = {0};
    enum status status = (enum status)DIFF_UNKNOWN;
    if (!command_check_operands(call, operands, 0, 1, "one directory"))
        return STATUS_USAGE;
    struct build *build = command_build_new(call);
    const struct build_options options = build_settings_options(call, &settings->build);
    if (external_diff(call, settings, &command) &&
        build_run(build, &options, slice_from(operands->count ? operands->items[0] : ".")) &&
        build_settings_select(&settings->build, build) && build_write_stream(build, &stream))
        status = run_kubectl(call, settings, buffer_slice(&stream), &command);
    buffer_wipe(&stream);
    buffer_free(&command);
    command_build_end(build);
    return status;
}
