// transformers/patches_json6902.c
//
// The older field for JSON patches. It runs later than `patches`, when names have already been changed.
//
//     patchesJson6902:
//     - target: {group: apps, version: v1, kind: Deployment, name: web}
//       path: replicas.json
#include "merge/patch.h"
#include "merge/patch_entry.h"
#include "transform/field_spec_list.h"
#include "transformers/transformer.h"

struct json_entry {
    struct position position;
    struct text path, patch;
    struct selector *target;
    struct patch_options *options;  // has no effect
};

static const struct decode_field entry_fields[] = {
    PATCH_ENTRY_FIELDS(struct json_entry),
    {"target", DECODE_STRUCT, offsetof(struct json_entry, target), &selector_type, selector_hint_string},
    {"options", DECODE_STRUCT, offsetof(struct json_entry, options), &patch_options_type},
};
static const struct decode_type entry_type = {"patchesJson6902 entry", entry_fields, countof(entry_fields),
                                              sizeof(struct json_entry), patch_hint_unknown};

// The fields of a configuration object.
static const struct decode_field object_fields[] = {
    {"path", DECODE_TEXT, offsetof(struct json_entry, path), NULL},
    {"jsonOp", DECODE_TEXT, offsetof(struct json_entry, patch), NULL},
    {"target", DECODE_STRUCT, offsetof(struct json_entry, target), &selector_type, selector_hint_string},
};
static const struct decode_type object_type = DECODE_TYPE("PatchJson6902Transformer", struct json_entry, object_fields);

struct json_settings {
    const struct json_patch *patch;
    struct compiled_selector *target;
};

static const void *configure_entry(struct transform_context *context, const struct json_entry *entry)
{
    if (!entry)
        return NULL;
    if (!entry->target || !entry->target->name.slice.length) {
        diagnose(context->diagnostics, entry->position, "the entry needs a target with a name");
        diagnose_hint(context->diagnostics,
                      entry->target ? "add the name of the resource to the target, as in `name: NAME`"
                                    : "add a target with the kind and name of the resource, as in `target: {kind: "
                                      "KIND, name: NAME}`");
        diagnose_cause(context->diagnostics, CAUSE_INCOMPLETE_ENTRY);
        return NULL;
    }
    const struct source *source = patch_read_text(context, entry->position, entry->path, entry->patch);
    if (!source)
        return NULL;
    struct read_context read = transform_read_context(context);
    struct json_settings *settings = arena_new(context->arena, struct json_settings);
    settings->patch = json_patch_parse(&read, source);
    if (!settings->patch) {
        patch_suggest_path(context, entry->patch);
        return NULL;
    }
    if (!json_patch_count(settings->patch)) {
        diagnose(context->diagnostics, (entry->path.slice.length ? entry->path : entry->patch).position,
                 "the patch has no operations");
        return NULL;
    }
    settings->target = selector_compile(context->resources, entry->target);
    return settings->target ? settings : NULL;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    (void)skip;
    return configure_entry(context, decode_strict(context->arena, context->diagnostics, &entry_type, value));
}

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    return configure_entry(context, configuration_object_decode(context, &object_type, object));
}

static bool apply(struct transform_context *context, const void *opaque, struct resource_map *resources)
{
    const struct json_settings *settings = opaque;
    return patch_apply_json(context, resources, settings->target, settings->patch, false);
}

const struct transformer patches_json6902_transformer = {
    .field = "patchesJson6902",
    .unit = TRANSFORMER_ENTRY,
    .shape = {"patchesJson6902", DECODE_LIST, 0, &entry_type},
    .kind = "PatchJson6902Transformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
    .limits_doubt = true,
};
