// cli/edit_fix.c
//
// `kiln edit fix`, which reports on standard output what it did and whether the build is still the same;
// `kiln edit alpha-list-builtin-plugin`.
#include "edit/fix.h"

#include "cli/build.h"
#include "cli/edit.h"
#include "cli/terminal.h"
#include "load/file_overlay.h"
#include "load/path.h"

static const struct option fix_options[] = {
    {.name = "vars",
     .kind = OPTION_BOOL,
     EDIT_AT(vars),
     .help = "also convert vars to replacements, which changes the files that use them"},
    EDIT_COMMON_OPTIONS,
};

// The result of building the current directory.
struct outcome {
    struct buffer stream;
    bool built;
    struct slice error;   // the first message
    struct slice phrase;  // what kustomize says of it
};

// kustomize reports deprecated fields for each build.
static void repeat_notices(struct invocation *call, const struct diagnostics *from)
{
    for (size_t i = 0; call->as_kustomize && i < from->count; i++)
        if (from->items[i].severity == SEVERITY_NOTICE)
            diagnose_notice(call->diagnostics, "%.*s", SLICE_ARGS(from->items[i].message));
}

static const struct diagnostic *first_error(const struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < diagnostics->count; i++)
        if (diagnostics->items[i].severity == SEVERITY_ERROR)
            return &diagnostics->items[i];
    return NULL;
}

static struct outcome build_directory(struct invocation *call, const struct file_system *files)
{
    struct outcome outcome = {0};
    struct build *build = build_new();
    struct build_options options = {.files = files,
                                    .fetches = true,
                                    .default_name_hash = build_name_hash_of_program(call),
                                    .default_release = build_default_release(call)};
    outcome.built = build_run(build, &options, slice_literal(".")) && build_write_stream(build, &outcome.stream);
    repeat_notices(call, &build->diagnostics);
    const struct diagnostic *error = outcome.built ? NULL : first_error(&build->diagnostics);
    if (error) {
        struct buffer text = {0};
        diagnostics_render(&build->diagnostics, error, &text);
        outcome.error = arena_copy(call->arena, buffer_slice(&text));
        outcome.phrase = arena_copy(call->arena, error->phrase);
        buffer_free(&text);
    }
    if (!outcome.built)
        outcome.stream.length = 0;
    build_free(build);
    return outcome;
}

// kustomize prints the same fields for every file.
static void report_as_kustomize(bool converts_vars, struct buffer *out)
{
    buffer_add_text(out, "\nFixed fields:\n"
                         "  patchesJson6902 -> patches\n"
                         "  patchesStrategicMerge -> patches\n"
                         "  commonLabels -> labels\n");
    if (converts_vars)
        buffer_add_text(out, "  vars -> replacements\n");
    else
        buffer_add_text(out,
                        "\nTo convert vars -> replacements, run the command `kustomize edit fix --vars`\n\n"
                        "WARNING: Converting vars to replacements will potentially overwrite many resource files \n"
                        "and the resulting files may not produce the same output when `kustomize build` is run. \n"
                        "We recommend doing this in a clean git repository where the change is easy to undo.\n");
}

static void report_fields(const struct edit *edit, bool converts_vars, bool has_vars, struct buffer *out)
{
    buffer_add_text(out, edit->replaced.count ? "\nFixed fields:\n" : "\nNo deprecated field was replaced.\n");
    for (size_t i = 0; i < edit->replaced.count; i++)
        buffer_add_format(out, "  %s -> %s\n", edit->replaced.items[i].from, edit->replaced.items[i].to);
    if (has_vars && !converts_vars)
        buffer_add_text(out, "\nThis kustomization has vars. `kiln edit fix --vars` converts them to replacements.\n"
                             "This changes the files that use them, so commit those files first.\n");
}

// Scripts may search for kustomize's words.
static void report_failure(const struct invocation *call, const struct outcome *after, struct buffer *out)
{
    if (call->as_kustomize)
        buffer_add_format(out,
                          "Warning: 'Fixed' kustomization now produces the error when running `kustomize build`: "
                          "accumulating resources: %.*s%s%.*s",
                          SLICE_ARGS(after->phrase), after->phrase.length ? ": " : "", SLICE_ARGS(after->error));
    else
        buffer_add_format(out, "\nWarning: the fixed kustomization does not build:\n%.*s", SLICE_ARGS(after->error));
}

static void report_difference(const struct invocation *call, struct slice stream, struct buffer *out)
{
    if (call->as_kustomize)
        buffer_add_format(out,
                          "Warning: 'Fixed' kustomization now produces different output when running `kustomize "
                          "build`:\n...%.*s...\n",
                          SLICE_ARGS(stream));
    else
        buffer_add_format(out, "\nWarning: the fixed kustomization builds different resources than before:\n%.*s",
                          SLICE_ARGS(stream));
}

static void cover(struct edit *edit, struct file_overlay *overlay, struct slice path, struct slice content)
{
    struct arena *arena = &edit->build->arena;
    const struct file_system *files = overlay->files;
    struct slice directory, resolved, reason;
    // A path that can't be resolved isn't read by the build.
    if (files->current_directory(files->state, arena, &directory) &&
        files->resolve(files->state, arena, path_join(arena, directory, path), &resolved, &reason))
        file_overlay_cover(overlay, arena, resolved, content);
}

// Nothing is written yet, so the build gets the changed files through an overlay.
static struct outcome build_changed(struct invocation *call, struct edit *edit, struct slice text)
{
    struct file_overlay overlay = {.files = edit->files};
    cover(edit, &overlay, edit->path, text);
    for (size_t i = 0; i < edit->others.count; i++)
        cover(edit, &overlay, edit->others.items[i].path, edit->others.items[i].content);
    struct file_system files = file_overlay_system(&overlay);
    return build_directory(call, &files);
}

static void report_build(struct invocation *call, struct edit *edit, struct slice text, struct slice before,
                         struct buffer *out)
{
    struct outcome after = build_changed(call, edit, text);
    if (!after.built)
        report_failure(call, &after, out);
    else if (!slice_equal(before, buffer_slice(&after.stream)))
        report_difference(call, buffer_slice(&after.stream), out);
    buffer_wipe(&after.stream);
}

// Prints the report while the files can still be restored.
static enum status write_changes(struct invocation *call, struct edit *edit, int lock, struct slice text,
                                 struct slice report)
{
    struct output_batch batch;
    if (!edit_place(edit, text, lock, &batch))
        return STATUS_FAILED;
    enum status status = terminal_write_result(call->diagnostics, report);
    if (status == STATUS_DONE)
        output_batch_finish(&batch);
    else
        output_batch_discard(&batch);
    return status;
}

static enum status change(struct invocation *call, const struct edit_arguments *arguments, struct edit *edit, int lock,
                          struct slice before)
{
    struct buffer text = {0}, report = {0};
    enum status status = STATUS_FAILED;
    const struct node *vars = edit_get(edit->root, "vars");
    bool has_vars = vars && vars->count;
    if (edit_fix(edit) && (!arguments->vars || edit_fix_vars(edit)) && edit_text(edit, &text)) {
        if (call->as_kustomize)
            report_as_kustomize(arguments->vars, &report);
        else
            report_fields(edit, arguments->vars, has_vars, &report);
        report_build(call, edit, buffer_slice(&text), before, &report);
        status = write_changes(call, edit, lock, buffer_slice(&text), buffer_slice(&report));
    }
    buffer_free(&text);
    buffer_wipe(&report);
    return status;
}

static enum status fix(struct invocation *call, struct edit_arguments *arguments)
{
    struct edit edit;
    int lock;
    if (!edit_lock(arguments->build, &lock))
        return STATUS_FAILED;
    struct outcome before = build_directory(call, NULL);
    bool opened = edit_open(&edit, arguments->build, &file_system_posix,
                            arguments->kustomize_layout ? EDIT_KUSTOMIZE_LAYOUT : EDIT_IN_PLACE);
    enum status status = opened ? change(call, arguments, &edit, lock, buffer_slice(&before.stream)) : STATUS_FAILED;
    output_unlock(lock);
    buffer_wipe(&before.stream);
    return status;
}

static const struct edit_job fix_job = {0, EDIT_ANY, "no arguments", NULL, NULL, NULL};

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
    .summary = "replace deprecated fields with their successors",
    .description =
        "kiln converts patchesJson6902 and patchesStrategicMerge to patches, and commonLabels to labels. It builds\n"
        "the kustomization before and after, and reports any difference.\n",
    .examples = "  kiln edit fix\n"
                "  kiln edit fix --vars\n",
    .options = fix_options,
    .option_count = countof(fix_options),
    .run = run_fix,
};

// --- The built-in plugins.

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
    .summary = "list the built-in generators and transformers",
    .run = run_list,
};
