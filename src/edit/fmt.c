#include "edit/fmt.h"

#include "edit/fix.h"
#include "kustomization/kustomization.h"
#include "load/file_overlay.h"
#include "load/path.h"
#include "yaml/kyaml.h"

// --- Builds for comparison.

// False: the directory does not build, and `*error` is the first message.
static bool build_stream(struct file_overlay *overlay, struct arena *arena, struct buffer *stream, struct slice *error)
{
    struct file_system files = file_overlay_system(overlay);
    // As permissive as possible. If a build still needs a network or programs, there is nothing to compare.
    struct build_options options = {.files = &files, .unrestricted = true, .thread_count = 1};
    struct build *build = build_new();
    bool built = build_run(build, &options, slice_literal(".")) && build_write_stream(build, stream);
    for (size_t i = 0; !built && i < build->diagnostics.count && !error->length; i++)
        if (build->diagnostics.items[i].severity == SEVERITY_ERROR)
            *error = arena_copy(arena, build->diagnostics.items[i].message);
    build_free(build);
    return built;
}

// --- Fields that are replaced.

enum { JSON_PATCHES = 1, STRATEGIC_MERGE_PATCHES = 2, COMMON_LABELS = 4, ALL_FIELDS = 7 };

static const struct {
    unsigned field;
    const char *name, *instead;
} replaced_fields[] = {
    {JSON_PATCHES, "patchesJson6902", "patches"},
    {STRATEGIC_MERGE_PATCHES, "patchesStrategicMerge", "patches"},
    {COMMON_LABELS, "commonLabels", "labels"},
};

enum outcome {
    SAME,
    DIFFERENT,
    DISSOLVES,  // writes out what an alias stands for, or loses an anchor
    WRONG,
};

struct formatting {
    struct build *build;
    struct fmt_file *file;
    struct file_overlay overlay;
    struct edit edit;
    struct node *root;  // after the changes that every edit makes
    bool arranged;
    bool tried;  // to build the unchanged file
    bool builds;
    struct buffer stream;
    struct slice build_error;
    enum outcome outcomes[ALL_FIELDS + 1];  // of the sets of fields that were tried
};

// Builds the unchanged file, once.
static bool builds(struct formatting *formatting)
{
    if (!formatting->tried) {
        file_overlay_uncover(&formatting->overlay);
        formatting->builds = build_stream(&formatting->overlay, &formatting->build->arena, &formatting->stream,
                                          &formatting->build_error);
        formatting->tried = true;
    }
    return formatting->builds;
}

static bool builds_the_same(struct formatting *formatting, struct slice text)
{
    struct buffer stream = {0};
    struct slice error = {0};
    // Without a build, only changes that are equivalent by definition are made.
    if (slice_equal(text, formatting->file->before) || !builds(formatting))
        return true;
    file_overlay_uncover(&formatting->overlay);
    file_overlay_cover(&formatting->overlay, &formatting->build->arena, formatting->overlay.itself, text);
    bool same = build_stream(&formatting->overlay, &formatting->build->arena, &stream, &error) &&
                slice_equal(buffer_slice(&stream), buffer_slice(&formatting->stream));
    buffer_wipe(&stream);
    return same;
}

static unsigned fields_of(const struct node *root)
{
    unsigned fields = 0;
    for (size_t i = 0; i < countof(replaced_fields); i++)
        if (edit_get(root, replaced_fields[i].name))
            fields |= replaced_fields[i].field;
    return fields;
}

static unsigned count_fields(unsigned fields)
{
    unsigned count = 0;
    for (; fields; fields >>= 1)
        count += fields & 1;
    return count;
}

// False: a label is in both fields, or it is unknown whether an entry is a file.
static bool fix(struct edit *edit, unsigned fields)
{
    size_t mark = edit->build->diagnostics.count;
    const struct node *strategic = edit_get(edit->root, "patchesStrategicMerge");
    const struct node *json = edit_get(edit->root, "patchesJson6902");
    const struct node *before = edit_get(edit->root, "patches");
    bool fixed = !(fields & STRATEGIC_MERGE_PATCHES) || edit_fix_strategic_merge_patches(edit);
    if (fields & JSON_PATCHES)
        edit_fix_json_patches(edit);
    // The list in block style takes in the one in flow style: between brackets, anchors would be lost.
    struct node *patches = edit_get(edit->root, "patches");
    bool are_both = strategic && json && patches && fields & STRATEGIC_MERGE_PATCHES && fields & JSON_PATCHES;
    if (are_both && !(before && before->count) && strategic->style == STYLE_FLOW && json->style != STYLE_FLOW)
        patches->position = json->position;
    fixed = fixed && (!(fields & COMMON_LABELS) || edit_fix_common_labels(edit));
    diagnostics_forget(&edit->build->diagnostics, mark);
    return fixed;
}

static struct slice successor(struct slice field)
{
    static const char *const moved[][2] = {
        {"bases", "resources"},         {"imageTags", "images"},
        {"patchesJson6902", "patches"}, {"patchesStrategicMerge", "patches"},
        {"commonLabels", "labels"},     {"helmChartInflationGenerator", "helmCharts"},
    };
    for (size_t i = 0; i < countof(moved); i++)
        if (slice_equal_ignoring_case(field, slice_from(moved[i][0])))
            return slice_from(moved[i][1]);
    return field;
}

static bool reads_as(struct edit *edit, struct slice text, const struct node *wanted)
{
    struct diagnostics *diagnostics = edit->read.diagnostics;
    size_t mark = diagnostics->count;
    struct node *is = NULL;
    struct source source = *edit->source;
    source.content = text;
    bool same = yaml_read_first(&edit->read, &source, &is) && is && node_equal(is, wanted);
    diagnostics_forget(diagnostics, mark);
    return same;
}

// Sorts the fields.
static void arrange(struct formatting *formatting, struct slice *text)
{
    struct read_context *read = &formatting->edit.read;
    struct buffer arranged = {0};
    const struct source *source = sources_add(&formatting->build->sources, formatting->file->shown, *text);
    const struct yaml_order order = {kustomization_field_order, kustomization_field_count};
    if (kyaml_is_text(formatting->file->before))
        formatting->arranged = kyaml_rewrite(read, source, &order, &arranged);
    else
        formatting->arranged = yaml_arrange(read, source, &order, &arranged);
    *text = arena_copy(&formatting->build->arena, buffer_slice(&arranged));
    buffer_free(&arranged);
}

// Replaces the fields, and checks that the result builds the same.
static enum outcome attempt(struct formatting *formatting, unsigned fields, struct slice *text)
{
    struct edit *edit = &formatting->edit;
    struct diagnostics *diagnostics = &formatting->build->diagnostics;
    struct arena *arena = &formatting->build->arena;
    struct buffer edited = {0}, kept = {0};
    edit->root = node_copy(arena, formatting->root);
    if (!fix(edit, fields))
        return DIFFERENT;
    size_t mark = diagnostics->count;
    bool good = edit_text(edit, &edited);
    // A warning means that the file would be rewritten without its comments.
    bool lossless = diagnostics->count == mark;
    diagnostics_forget(diagnostics, mark);
    enum outcome outcome = WRONG;
    if (good && lossless) {
        yaml_keep_comments(arena, formatting->file->before, buffer_slice(&edited), successor, &kept);
        *text = arena_copy(arena, buffer_slice(&kept));
        if (formatting->file->keeps_layout)
            formatting->arranged = true;
        else
            arrange(formatting, text);
        if (!yaml_keeps_aliases(arena, formatting->file->before, *text))
            outcome = DISSOLVES;
        else if (reads_as(edit, *text, edit->root))
            outcome = builds_the_same(formatting, *text) ? SAME : DIFFERENT;
    }
    buffer_free(&edited);
    buffer_free(&kept);
    return outcome;
}

static void warn_about_kept(struct formatting *formatting, unsigned kept, unsigned replaced)
{
    struct diagnostics *diagnostics = &formatting->build->diagnostics;
    for (size_t i = 0; i < countof(replaced_fields); i++) {
        if (!(kept & replaced_fields[i].field))
            continue;
        const struct node *value = edit_get(formatting->root, replaced_fields[i].name);
        const char *name = replaced_fields[i].name, *instead = replaced_fields[i].instead;
        // If the directory builds, the replaced fields together with this one have already been tried.
        if (formatting->outcomes[replaced | replaced_fields[i].field] == DISSOLVES) {
            diagnose_warning(diagnostics, value->position, "kept '%s': replacing it would change an anchor or an alias",
                             name);
            continue;
        }
        if (formatting->builds || replaced_fields[i].field == COMMON_LABELS) {
            diagnose_warning(diagnostics, value->position, "kept '%s': '%s' would produce different output", name,
                             instead);
            continue;
        }
        diagnose_warning(diagnostics, value->position,
                         "kept '%s': cannot verify that '%s' would produce the same output", name, instead);
        diagnose_hint(diagnostics,
                      "run 'kiln edit fix' to replace it anyway; the build for the comparison failed: %.*s",
                      SLICE_ARGS(formatting->build_error));
    }
}

static bool choose(struct formatting *formatting)
{
    unsigned present = fields_of(formatting->root);
    bool needs_build = present & ~(unsigned)COMMON_LABELS;
    unsigned possible = !needs_build || builds(formatting) ? present : present & COMMON_LABELS;
    for (unsigned count = count_fields(possible) + 1; count-- > 0;) {
        for (unsigned fields = 0; fields <= ALL_FIELDS; fields++) {
            if ((fields & ~possible) || count_fields(fields) != count)
                continue;
            formatting->outcomes[fields] = attempt(formatting, fields, &formatting->file->after);
            switch (formatting->outcomes[fields]) {
            case SAME:
                warn_about_kept(formatting, present & ~fields, fields);
                if (!formatting->arranged)
                    diagnose_warning(&formatting->build->diagnostics, source_position(formatting->edit.source, 0, 0),
                                     "kept the order of the fields: they are not on separate lines, or an alias would "
                                     "come before its anchor");
                return true;
            case WRONG:
                return diagnose(&formatting->build->diagnostics, source_position(formatting->edit.source, 0, 0),
                                "left the file unchanged: its YAML cannot be edited without loss");
            case DIFFERENT:
            case DISSOLVES:
                break;
            }
        }
    }
    return diagnose(&formatting->build->diagnostics, source_position(formatting->edit.source, 0, 0),
                    formatting->outcomes[0] == DISSOLVES
                        ? "left the file unchanged: formatting it would change an anchor or an alias"
                        : "left the file unchanged: formatting it would change the output");
}

static bool open(struct formatting *formatting)
{
    struct file_system files = file_overlay_system(&formatting->overlay);
    struct sources *sources = &formatting->build->sources;
    uint32_t first = sources->count;
    bool opened = edit_open(&formatting->edit, formatting->build, &files, EDIT_IN_PLACE);
    formatting->file->unreadable = !formatting->edit.source;
    for (uint32_t i = first; i < sources->count; i++)
        sources->items[i]->path = formatting->file->shown;
    return opened;
}

bool fmt_run(struct build *build, const struct file_system *files, struct fmt_file *file)
{
    struct formatting formatting = {
        .build = build,
        .file = file,
        .overlay = {.files = files, .directory = file->directory},
    };
    struct edit *edit = &formatting.edit;
    // It was not a link when it was found.
    formatting.overlay.itself = path_join(&build->arena, file->directory, file->name);
    if (!open(&formatting))
        return false;
    struct file_system overlay = file_overlay_system(&formatting.overlay);
    edit->files = &overlay;
    file->before = file->after = edit->source->content;
    struct node *is;
    size_t mark = build->diagnostics.count;
    bool good = yaml_read_first(&edit->read, edit->source, &is);
    diagnostics_forget(&build->diagnostics, mark);
    if (!good || !is || !is->count)
        return true;
    // Every edit sets these, but formatting adds nothing.
    if (!edit_get(is, "apiVersion"))
        edit_drop(edit->root, "apiVersion");
    if (!edit_get(is, "kind"))
        edit_drop(edit->root, "kind");
    formatting.root = edit->root;
    bool done = choose(&formatting);
    buffer_wipe(&formatting.stream);
    return done;
}
