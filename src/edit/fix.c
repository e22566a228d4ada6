#include "edit/fix.h"

// The list in `patches`. If it is absent or empty, the old field is renamed in place.
static struct node *get_patches(struct edit *edit, const struct node *old)
{
    struct node *patches = edit_get(edit->root, "patches");
    if (patches && patches->count)
        return patches;
    patches = node_new_sequence(&edit->build->arena, old->position);
    edit_set(edit, edit->root, "patches", patches);
    return patches;
}

void edit_fix_json_patches(struct edit *edit)
{
    const struct node *old = edit_get(edit->root, "patchesJson6902");
    if (old)
        edit_note_replaced(edit, "patchesJson6902", "patches");
    edit_drop(edit->root, "patchesJson6902");
    if (!old || !old->count)
        return;
    struct node *patches = get_patches(edit, old);
    for (uint32_t i = 0; i < old->count; i++)
        node_sequence_append(&edit->build->arena, patches, old->items[i]);
}

bool edit_fix_strategic_merge_patches(struct edit *edit)
{
    const struct node *old = edit_get(edit->root, "patchesStrategicMerge");
    if (old)
        edit_note_replaced(edit, "patchesStrategicMerge", "patches");
    edit_drop(edit->root, "patchesStrategicMerge");
    if (!old || !old->count)
        return true;
    struct node *patches = get_patches(edit, old);
    for (uint32_t i = 0; i < old->count; i++) {
        struct node *entry = node_new_map(&edit->build->arena, old->items[i]->position);
        struct slice content;
        enum edit_reading reading = edit_read_file(edit, node_text(old->items[i]), &content);
        if (reading == EDIT_UNREADABLE)
            return false;
        edit_set(edit, entry, reading == EDIT_READ ? "path" : "patch", old->items[i]);
        node_sequence_append(&edit->build->arena, patches, entry);
    }
    return true;
}

static bool check_labels(struct edit *edit, const struct node *common, const struct node *labels)
{
    for (uint32_t i = 0; labels && i < labels->count; i++) {
        const struct node *pairs = edit_get(labels->items[i], "pairs");
        for (uint32_t k = 0; pairs && k < pairs->count; k++)
            if (node_map_find(common, pairs->entries[k].key)) {
                diagnose(&edit->build->diagnostics, pairs->entries[k].value->position,
                         "the label '%.*s' is in both commonLabels and labels",
                         SLICE_ARGS(pairs->entries[k].key->text));
                return edit_phrase(edit, "label name '%.*s' exists in both commonLabels and labels",
                                   SLICE_ARGS(pairs->entries[k].key->text));
            }
    }
    return true;
}

bool edit_fix_common_labels(struct edit *edit)
{
    struct node *common = edit_get(edit->root, "commonLabels"), *labels = edit_get(edit->root, "labels");
    if (!common || !common->count)
        return true;
    if (!check_labels(edit, common, labels))
        return false;
    edit_note_replaced(edit, "commonLabels", "labels");
    edit_drop(edit->root, "commonLabels");
    if (!labels || !labels->count) {
        labels = node_new_sequence(&edit->build->arena, common->position);
        edit_set(edit, edit->root, "labels", labels);
    }
    struct node *entry = edit_new_map(edit);
    edit_set_bool(edit, entry, "includeSelectors", true);
    edit_set(edit, entry, "pairs", common);
    node_sequence_append(&edit->build->arena, labels, entry);
    return true;
}

bool edit_fix(struct edit *edit)
{
    edit_fix_json_patches(edit);
    return edit_fix_strategic_merge_patches(edit) && edit_fix_common_labels(edit);
}
