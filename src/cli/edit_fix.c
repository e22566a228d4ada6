// cli/edit_fix.c
//
// `kiln edit fix`, which tells on standard output what it did and whether the build is still the same;
// `kiln edit alpha-list-builtin-plugin`.
#include "edit/fix.h"

#include "cli/build.h"
#include "cli/edit.h"
#include "cli/terminal.h"

static const struct option fix_options[] = {
    {.name = "vars",
     .kind = OPTION_BOOL,
     EDIT_AT(vars),
     .help = "turn vars into replacements too; this changes the files that use them"},
    EDIT_COMMON_OPTIONS,
};

// The stream of the current directory. False: it does not build, and `*error` is the first message.
static bool current_stream(struct invocation *call, struct buffer *stream, struct slice *error)
{
    struct build *build = build_new();
    struct build_options options = {.default_name_hash = build_name_hash_of_program(call),
                                    .default_release = build_default_release(call)};
    bool built = build_run(build, &options, slice_literal(".")) && build_write_stream(build, stream);
    struct buffer text = {0};
    for (size_t i = 0; !built && i < build->diagnostics.count && !text.length; i++)
        if (build->diagnostics.items[i].severity == SEVERITY_ERROR)
            diagnostics_render(&build->diagnostics, &build->diagnostics.items[i], &text);
    *error = arena_copy(call->arena, buffer_slice(&text));
    if (!built)
        stream->length = 0;
    buffer_free(&text);
    build_free(build);
    return built;
}

static void report_fields(struct buffer *out, const struct edit_arguments *arguments, bool has_vars)
{
    buffer_add_text(out, "\nFixed fields:\n"
                         "  patchesJson6902 -> patches\n"
                         "  patchesStrategicMerge -> patches\n"
                         "  commonLabels -> labels\n");
    if (arguments->vars)
        buffer_add_text(out, "  vars -> replacements\n");
    else if (has_vars)
        buffer_add_text(out, "\nThis kustomization has vars. `kiln edit fix --vars` turns them into replacements.\n"
                             "It changes the files that use them, so have them committed first.\n");
}

static void report_build(struct invocation *call, struct slice before, struct buffer *out)
{
    struct buffer after = {0};
    struct slice error;
    if (!current_stream(call, &after, &error))
        buffer_add_format(out, "\nWarning: the fixed kustomization does not build:\n%.*s", SLICE_ARGS(error));
    else if (!slice_equal(before, buffer_slice(&after)))
        buffer_add_format(out, "\nWarning: the fixed kustomization builds something else than before:\n%.*s",
                          SLICE_ARGS(buffer_slice(&after)));
    buffer_wipe(&after);
}

static enum status fix(struct invocation *call, struct edit_arguments *arguments)
{
    struct edit edit;
    struct buffer before = {0}, report = {0};
    struct slice error;
    current_stream(call, &before, &error);
    enum status status = STATUS_FAILED;
    if (edit_open(&edit, arguments->build, &file_system_posix,
                  arguments->kustomize_layout ? EDIT_KUSTOMIZE_LAYOUT : EDIT_IN_PLACE)) {
        const struct node *vars = edit_get(edit.root, "vars");
        bool has_vars = vars && vars->count;
        if (edit_fix(&edit) && (!arguments->vars || edit_fix_vars(&edit)) && edit_write(&edit)) {
            report_fields(&report, arguments, has_vars);
            report_build(call, buffer_slice(&before), &report);
            status = terminal_write_result(call->diagnostics, buffer_slice(&report));
        }
    }
    buffer_wipe(&before);
    buffer_wipe(&report);
    return status;
}

static const struct edit_job fix_job = {0, EDIT_ANY, "no words", NULL, NULL, NULL};

static enum status run_fix(struct invocation *call)
{
    struct edit_arguments arguments = {0};
    enum status status;
    if (!edit_arguments_parse(call, &fix_job, &arguments, &status))
        return status;
    arguments.build = command_build_new(call);
    status = fix(call, &arguments);
    command_build_end(arguments.build);
    return status;
}

const struct command edit_fix_command = {
    .name = "fix",
    .summary = "turn deprecated fields into those that replace them",
    .description = "patchesJson6902 and patchesStrategicMerge become patches, commonLabels become labels. The\n"
                   "kustomization is built before and after; a difference is reported.\n",
    .examples = "  kiln edit fix\n"
                "  kiln edit fix --vars\n",
    .options = fix_options,
    .option_count = countof(fix_options),
    .run = run_fix,
};

// --- The builtin plugins.

static enum status run_list(struct invocation *call)
{
    static const char text[] =
        "Builtin plugins:\n\n"
        " * AnnotationsTransformer\n * ConfigMapGenerator\n * HashTransformer\n * HelmChartInflationGenerator\n"
        " * IAMPolicyGenerator\n * ImageTagTransformer\n * LabelTransformer\n * NamespaceTransformer\n"
        " * PatchJson6902Transformer\n * PatchStrategicMergeTransformer\n * PatchTransformer\n"
        " * PrefixSuffixTransformer\n * PrefixTransformer\n * ReplacementTransformer\n * ReplicaCountTransformer\n"
        " * SecretGenerator\n * SuffixTransformer\n * ValueAddTransformer\n";
    struct edit_arguments arguments = {0};
    enum status status;
    if (!edit_arguments_parse(call, &fix_job, &arguments, &status))
        return status;
    return terminal_write_result(call->diagnostics, slice_literal(text));
}

const struct command edit_list_builtin_command = {
    .name = "alpha-list-builtin-plugin",
    .summary = "list the generators and transformers that need no program",
    .run = run_list,
};
