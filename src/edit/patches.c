#include "edit/patches.h"

// --- Patches.

bool edit_check_patch(struct build *build, const struct patch_argument *patch, bool needs_one)
{
    if (patch->path.length && patch->patch.length) {
        diagnose(&build->diagnostics, (struct position){0}, "--path cannot be used with --patch");
        return diagnose_phrase(&build->diagnostics, "patch and path can't be set at the same time");
    }
    if (needs_one && !patch->path.length && !patch->patch.length) {
        diagnose(&build->diagnostics, (struct position){0}, "a patch requires --path or --patch");
        diagnose_hint(&build->diagnostics, "name its file, as in '--path patch.yaml'");
        return diagnose_phrase(&build->diagnostics, "must provide either patch or path");
    }
    return true;
}

struct target_member {
    const char *field;
    struct slice text;
};

enum { TARGET_MEMBERS = 7 };

static void target_members(const struct patch_argument *patch, struct target_member members[TARGET_MEMBERS])
{
    const struct target_member all[TARGET_MEMBERS] = {
        {"group", patch->group},
        {"version", patch->version},
        {"kind", patch->kind},
        {"name", patch->name},
        {"namespace", patch->namespace},
        {"annotationSelector", patch->annotation_selector},
        {"labelSelector", patch->label_selector},
    };
    memcpy(members, all, sizeof all);
}

static bool has_target(const struct target_member members[TARGET_MEMBERS])
{
    for (size_t i = 0; i < TARGET_MEMBERS; i++)
        if (members[i].text.length)
            return true;
    return false;
}

static bool equals(const struct node *entry, const struct patch_argument *patch)
{
    struct target_member members[TARGET_MEMBERS];
    target_members(patch, members);
    const struct node *target = edit_get(entry, "target");
    bool equal = slice_equal(edit_get_text(entry, "path"), patch->path) &&
                 slice_equal(edit_get_text(entry, "patch"), patch->patch) && !edit_get(entry, "options") &&
                 (target != NULL) == has_target(members);
    for (size_t i = 0; i < TARGET_MEMBERS && equal; i++)
        equal = slice_equal(edit_get_text(target, members[i].field), members[i].text);
    return equal;
}

// The name of a patch in messages.
static struct slice shown_patch(struct edit *edit, const struct patch_argument *patch)
{
    if (patch->path.length)
        return patch->path;
    struct slice first, rest;
    return slice_cut(patch->patch, '\n', &first, &rest) ? arena_format(&edit->build->arena, "%.*s…", SLICE_ARGS(first))
                                                        : first;
}

void edit_add_patch(struct edit *edit, const struct patch_argument *patch)
{
    struct node *patches = edit_list(edit, edit->root, "patches");
    for (uint32_t i = 0; i < patches->count; i++) {
        if (!equals(patches->items[i], patch))
            continue;
        edit_note(edit, "patch %.*s already in kustomization file", SLICE_ARGS(shown_patch(edit, patch)));
        edit->unchanged = true;
        return;
    }
    struct target_member members[TARGET_MEMBERS];
    target_members(patch, members);
    struct node *entry = edit_new_map(edit), *target = edit_new_map(edit);
    edit_set_text(edit, entry, "path", patch->path);
    edit_set_text(edit, entry, "patch", patch->patch);
    for (size_t i = 0; i < TARGET_MEMBERS; i++)
        edit_set_text(edit, target, members[i].field, members[i].text);
    if (has_target(members))
        edit_set(edit, entry, "target", target);
    node_sequence_append(&edit->build->arena, patches, entry);
}

void edit_remove_patch(struct edit *edit, const struct patch_argument *patch)
{
    const struct node *patches = edit_get(edit->root, "patches");
    struct node *kept = edit_new_list(edit);
    uint32_t count = patches ? patches->count : 0;
    for (uint32_t i = 0; i < count; i++)
        if (!equals(patches->items[i], patch))
            node_sequence_append(&edit->build->arena, kept, patches->items[i]);
    if (kept->count == count) {
        edit_note(edit, "patch %.*s doesn't exist in kustomization file", SLICE_ARGS(shown_patch(edit, patch)));
        edit->unchanged = true;
        return;
    }
    edit_set(edit, edit->root, "patches", kept);
    edit_drop_empty(edit->root, "patches");
}

// --- buildMetadata.

bool edit_parse_build_metadata(struct build *build, struct slice text, struct text_list *options)
{
    static const char *const known[] = {"originAnnotations", "transformerAnnotations", "managedByLabel"};
    for (bool more = true; more;) {
        struct text option = {0};
        bool found = false;
        more = slice_cut(text, ',', &option.slice, &text);
        for (size_t i = 0; i < countof(known); i++)
            found |= slice_equals(option.slice, known[i]);
        if (!found) {
            diagnose(&build->diagnostics, (struct position){0}, "unknown buildMetadata option '%.*s'",
                     SLICE_ARGS(option.slice));
            diagnose_hint(&build->diagnostics, "use originAnnotations, transformerAnnotations, or managedByLabel");
            return diagnose_phrase(&build->diagnostics, "invalid buildMetadata option: %.*s", SLICE_ARGS(option.slice));
        }
        list_append(&build->arena, options, option);
    }
    return true;
}

static bool has_text(const struct node *list, struct slice text)
{
    for (uint32_t i = 0; list && i < list->count; i++)
        if (node_is_scalar(list->items[i]) && slice_equal(node_text(list->items[i]), text))
            return true;
    return false;
}

bool edit_add_build_metadata(struct edit *edit, const struct text_list *options)
{
    struct node *list = edit_list(edit, edit->root, "buildMetadata");
    for (size_t i = 0; i < options->count; i++) {
        struct slice option = options->items[i].slice;
        if (has_text(list, option)) {
            edit_refuse(edit, "buildMetadata already has '%.*s'", SLICE_ARGS(option));
            return edit_phrase(edit, "buildMetadata option %.*s already in kustomization file", SLICE_ARGS(option));
        }
        node_sequence_append(&edit->build->arena, list, edit_new_text(edit, option));
    }
    return true;
}

void edit_set_build_metadata(struct edit *edit, const struct text_list *options)
{
    struct node *list = edit_new_list(edit);
    for (size_t i = 0; i < options->count; i++)
        node_sequence_append(&edit->build->arena, list, edit_new_text(edit, options->items[i].slice));
    edit_set(edit, edit->root, "buildMetadata", list);
}

void edit_remove_build_metadata(struct edit *edit, const struct text_list *options)
{
    const struct node *old = edit_get(edit->root, "buildMetadata");
    struct node *kept = edit_new_list(edit);
    for (uint32_t i = 0; old && i < old->count; i++) {
        bool removed = false;
        for (size_t k = 0; k < options->count; k++)
            removed |= slice_equal(node_text(old->items[i]), options->items[k].slice);
        if (!removed)
            node_sequence_append(&edit->build->arena, kept, old->items[i]);
    }
    if (!old)
        return;
    edit_set(edit, edit->root, "buildMetadata", kept);
    edit_drop_empty(edit->root, "buildMetadata");
}
