// transformers/patches.c
//
// Applies patches of both kinds, which are told apart by their content:
//
//     patches:
//     - path: more-memory.yaml        # an object: a strategic merge patch for the object with the same ID
//     - target: {kind: Deployment}    # with a target: for all objects that match it
//       patch: |-
//         - op: add
//           path: /spec/replicas
//           value: 3
#include "base/utf8.h"
#include "merge/patch.h"
#include "merge/patch_entry.h"
#include "transform/field_spec_list.h"
#include "transformers/transformer.h"

struct patch_entry {
    struct position position;
    struct text path, patch;
    struct selector *target;
    struct patch_options *options;
};

static const struct decode_field option_fields[] = {
    {"allowNameChange", DECODE_BOOL, offsetof(struct patch_options, allow_name_change), NULL},
    {"allowKindChange", DECODE_BOOL, offsetof(struct patch_options, allow_kind_change), NULL},
};
const struct decode_type patch_options_type = DECODE_TYPE("options", struct patch_options, option_fields);

static const struct decode_field entry_fields[] = {
    PATCH_ENTRY_FIELDS(struct patch_entry),
    {"target", DECODE_STRUCT, offsetof(struct patch_entry, target), &selector_type, selector_hint_string},
    {"options", DECODE_STRUCT, offsetof(struct patch_entry, options), &patch_options_type},
};
static const struct decode_type entry_type = {"patches entry", entry_fields, countof(entry_fields),
                                              sizeof(struct patch_entry), patch_hint_unknown};

struct patch_settings {
    struct resource_list objects;   // strategic merge patches
    const struct json_patch *json;  // or a JSON patch; NULL without objects: nothing to do
    struct compiled_selector *target;
    const struct patch_options *options;
};

static const struct source *read_text(struct transform_context *context, const struct patch_entry *entry)
{
    struct text patch = entry->patch;
    patch.slice = text_trim_space(patch.slice);
    struct position empty = patch.position.line ? patch.position : entry->path.position;
    if (patch.slice.length || entry->path.slice.length || !empty.line)
        return patch_read_text(context, entry->position, entry->path, patch);
    diagnose(context->diagnostics, empty, "the patch is empty");
    diagnose_hint(context->diagnostics, "write the patch, or remove the entry");
    return NULL;
}

static bool looks_like_list(struct slice text)
{
    text = text_trim_space(text);
    bool item = slice_starts_with(text, slice_literal("-")) && !slice_starts_with(text, slice_literal("--"));
    return item || slice_starts_with(text, slice_literal("["));
}

// Tries to read the text as both kinds. If neither works, reports the errors for the kind that it looks like.
static bool read_patch(struct transform_context *context, const struct source *source, struct patch_settings *settings)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct read_context read = transform_read_context(context);
    size_t mark = diagnostics->count;
    // Objects are never lists, so try the JSON patch first.
    if (looks_like_list(source->content) && (settings->json = json_patch_parse(&read, source)))
        return true;
    // Reading the text as the other kind would exceed the limit again, and is expensive.
    if (diagnostics_has_limit(diagnostics, mark))
        return false;
    diagnostics_forget(diagnostics, mark);
    if (patch_read_objects(context, source, &settings->objects))
        return true;
    if (diagnostics_has_limit(diagnostics, mark))
        return false;
    settings->objects = (struct resource_list){0};
    diagnostics_forget(diagnostics, mark);
    settings->json = json_patch_parse(&read, source);
    if (settings->json)
        return true;
    if (!looks_like_list(source->content)) {
        diagnostics_forget(diagnostics, mark);
        struct resource_list objects = {0};
        patch_read_objects(context, source, &objects);
    }
    struct slice hint = diagnostics->items[diagnostics->count - 1].hint;
    if (slice_equals(hint, RESOURCE_NEEDS_HINT))
        diagnose_hint(diagnostics,
                      "start the patch with the apiVersion, kind, and metadata.name of the resource that it changes");
    else if (!hint.length && slice_starts_with(text_trim_space(source->content), slice_literal("[")))
        diagnose_hint(diagnostics,
                      "write keys and strings in double quotes, or each operation as `- op: …`: a patch that "
                      "starts with '[' is read as JSON");
    else if (!hint.length && !looks_like_list(source->content))
        diagnose_hint(diagnostics, "write a map with kind and metadata.name, or a list of JSON patch operations");
    return false;
}

static bool check_target(struct transform_context *context, const struct patch_entry *entry,
                         const struct patch_settings *settings)
{
    if (settings->json && json_patch_count(settings->json) && !entry->target) {
        diagnose(context->diagnostics, entry->position, "a JSON patch needs a target");
        if (json_patch_lists_resources(settings->json))
            diagnose_hint(context->diagnostics, "remove the '- ' before each patch: only a JSON patch is a list");
        else {
            diagnose_hint(context->diagnostics, "add one with the kind and the name of the resource, as in `target: "
                                                "{kind: KIND, name: NAME}`");
            diagnose_cause(context->diagnostics, CAUSE_INCOMPLETE_ENTRY);
        }
        return false;
    }
    if (settings->objects.count > 1 && entry->target) {
        diagnose(context->diagnostics, entry->target->position,
                 "found %zu patches, but an entry with a target can have only one", settings->objects.count);
        diagnose_hint(context->diagnostics, "remove the target to apply each patch to the resource that it names");
        return false;
    }
    return true;
}

// kustomize accepts a patch without content.
static void warn_of_empty(struct transform_context *context, const struct patch_entry *entry)
{
    struct text path = entry->path;
    if (path.slice.length)
        diagnose_warning(context->diagnostics, path.position, "the patch '%.*s' is empty, so it has no effect",
                         SLICE_ARGS(path.slice));
    else
        diagnose_warning(context->diagnostics, entry->patch.position, "the patch is empty, so it has no effect");
    diagnose_about(context->diagnostics, "patch-no-effect");
    diagnose_hint(context->diagnostics, "write the patch, or remove the entry");
}

static const void *configure_entry(struct transform_context *context, const struct patch_entry *entry)
{
    if (!entry)
        return NULL;
    struct patch_settings *settings = arena_new(context->arena, struct patch_settings);
    settings->options = entry->options;
    context->resources->kind_may_change |= entry->options && entry->options->allow_kind_change;
    const struct source *source = read_text(context, entry);
    if (!source)
        return NULL;
    if (!read_patch(context, source, settings)) {
        patch_suggest_path(context, entry->patch);
        return NULL;
    }
    if (!check_target(context, entry, settings))
        return NULL;
    bool acts = settings->objects.count || (settings->json && json_patch_count(settings->json));
    if (!acts)
        warn_of_empty(context, entry);
    if (acts && entry->target && !(settings->target = selector_compile(context->resources, entry->target)))
        return NULL;
    return settings;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    (void)skip;
    return configure_entry(context, decode_strict(context->arena, context->diagnostics, &entry_type, value));
}

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    return configure_entry(context, configuration_object_decode(context, &entry_type, object));
}

static bool apply(struct transform_context *context, const void *opaque, struct resource_map *resources)
{
    const struct patch_settings *settings = opaque;
    if (settings->json)
        return !settings->target || patch_apply_json(context, resources, settings->target, settings->json, true);
    if (settings->target)
        return patch_merge_selected(context, resources, settings->target, settings->objects.items[0],
                                    settings->options);
    return patch_merge_each(context, resources, &settings->objects, settings->options, false);
}

const struct transformer patches_transformer = {
    .field = "patches",
    .unit = TRANSFORMER_ENTRY,
    .shape = {"patches", DECODE_LIST, 0, &entry_type},
    .kind = "PatchTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
    .limits_doubt = true,
};
