// transformers/patches_strategic_merge.c
//
// The older field for strategic merge patches: files, or inline patches. Each is applied to the object with the same
// ID.
//
//     patchesStrategicMerge:
//     - more-memory.yaml
#include "merge/patch.h"
#include "transform/field_spec_list.h"
#include "transformers/transformer.h"

struct merge_settings {
    struct resource_list patches;
};

// An entry that can be read as objects is an inline patch; any other is a path.
static bool add_entry(struct transform_context *context, struct text entry, struct resource_list *patches)
{
    size_t mark = context->diagnostics->count, count = patches->count;
    const struct source *source = file_loader_inline(context->files, entry.slice, entry.position);
    if (patch_read_objects(context, source, patches))
        return true;
    // A multi-line string can't be a path, so keep the parse error.
    if (slice_find_byte(slice_trim(entry.slice, " \t\r\n"), '\n') != SLICE_NOT_FOUND &&
        !file_loader_exists(context->files, entry.slice))
        return false;
    diagnostics_forget(context->diagnostics, mark);
    patches->count = count;
    source = file_loader_read(context->files, entry);
    return source && patch_read_objects(context, source, patches);
}

static const void *configure_texts(struct transform_context *context, const struct text_list *paths,
                                   struct text patches, struct position position)
{
    struct merge_settings *settings = arena_new(context->arena, struct merge_settings);
    for (size_t i = 0; i < paths->count; i++)
        if (!add_entry(context, paths->items[i], &settings->patches))
            return NULL;
    if (patches.slice.length) {
        const struct source *source = file_loader_inline(context->files, patches.slice, patches.position);
        if (!patch_read_objects(context, source, &settings->patches))
            return NULL;
    }
    if (settings->patches.count)
        return settings;
    diagnose(context->diagnostics, paths->count ? paths->items[0].position : position,
             paths->count > 1 ? "these patches are all empty" : "the patch is empty");
    diagnose_hint(context->diagnostics, "write the patch, or remove the entry");
    return NULL;
}

static bool hint_patch(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    if (!is_item || found->kind != NODE_MAP)
        return false;
    diagnose_hint(diagnostics,
                  "write only the path of the file: `- patch.yaml`; entries with `path` or `patch` belong under "
                  "`patches`");
    return true;
}

#define SHAPE                                                                                                          \
    {                                                                                                                  \
        "patchesStrategicMerge", DECODE_TEXT_LIST, 0, NULL, hint_patch                                                 \
    }

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    static const struct decode_field list = SHAPE;
    struct decode_context decode = {.arena = context->arena, .diagnostics = context->diagnostics};
    struct text_list paths = {0};
    if (!decode_value(&decode, &list, value, &paths))
        return NULL;
    *skip = !paths.count;
    return paths.count ? configure_texts(context, &paths, (struct text){0}, value->position) : NULL;
}

struct merge_object {
    struct position position;
    struct text_list paths;
    struct text patches;
};

static const struct decode_field object_fields[] = {
    {"paths", DECODE_TEXT_LIST, offsetof(struct merge_object, paths), NULL},
    {"patches", DECODE_TEXT, offsetof(struct merge_object, patches), NULL},
};
static const struct decode_type object_type = DECODE_TYPE("PatchStrategicMergeTransformer", struct merge_object,
                                                          object_fields);

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    const struct merge_object *decoded = configuration_object_decode(context, &object_type, object);
    return decoded ? configure_texts(context, &decoded->paths, decoded->patches, decoded->position) : NULL;
}

static bool apply(struct transform_context *context, const void *opaque, struct resource_map *resources)
{
    const struct merge_settings *settings = opaque;
    return patch_merge_each(context, resources, &settings->patches, NULL, true);
}

const struct transformer patches_strategic_merge_transformer = {
    .field = "patchesStrategicMerge",
    .unit = TRANSFORMER_WHOLE,
    .shape = SHAPE,
    .kind = "PatchStrategicMergeTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
    .limits_doubt = true,
};
