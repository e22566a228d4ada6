// transformers/labels.c
//
// Adds labels to all objects. Each entry says where to add them in addition to `metadata.labels`:
//
//     labels:
//     - pairs: {team: web}
//       includeTemplates: true             # to Pod templates
//       includeVolumeClaimTemplates: true  # to the claim templates of a StatefulSet
//     - pairs: {app: shop}
//       includeSelectors: true             # to selectors and Pod templates
//       fields:                            # to other fields
//       - {path: spec/claimLabels, kind: Cluster, create: true}
#include "transformers/labels.h"

#include "schema/well_known_names.h"
#include "transform/field_spec_list.h"
#include "transform/set_pairs.h"
#include "transformers/transformer.h"

struct label_entry {
    struct position position;
    struct text_map pairs;
    bool include_selectors, include_templates, include_claims;
    struct field_spec_entries fields;
};

static const struct decode_field label_entry_fields[] = {
    {"pairs", DECODE_TEXT_MAP, offsetof(struct label_entry, pairs), NULL},
    {"includeSelectors", DECODE_BOOL, offsetof(struct label_entry, include_selectors), NULL,
     .mistaken_for = "selectors"},
    {"includeTemplates", DECODE_BOOL, offsetof(struct label_entry, include_templates), NULL,
     .mistaken_for = "templates"},
    {"includeVolumeClaimTemplates", DECODE_BOOL, offsetof(struct label_entry, include_claims), NULL},
    {"fields", DECODE_LIST, offsetof(struct label_entry, fields), &field_spec_entry_type},
};
const struct decode_type label_entry_type = DECODE_TYPE("labels entry", struct label_entry, label_entry_fields);

// For labels without an entry around them: `labels: {team: a}`, `labels: [team=a]`.
static bool hint_entry(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    struct slice key, value;
    if (is_item && decode_is_short(found) && slice_cut(node_text(found), '=', &key, &value) && key.length) {
        diagnose_hint(diagnostics, "write `- pairs:`, and `%.*s: %.*s` on the next line, indented further",
                      SLICE_ARGS(key), SLICE_ARGS(value));
        return true;
    }
    if (is_item || found->kind != NODE_MAP)
        return false;
    for (uint32_t i = 0; i < found->count; i++)
        if (decode_type_has(&label_entry_type, found->entries[i].key->text)) {
            diagnose_hint(diagnostics,
                          "write `- pairs:` below `labels:`, the labels below that, indented further, and `%.*s` in "
                          "the same column as `pairs:`",
                          SLICE_ARGS(found->entries[i].key->text));
            return true;
        }
    diagnose_hint(diagnostics, "write `- pairs:` below `labels:`, and the labels below that, indented further");
    return true;
}

static bool add_list(struct transform_context *context, struct field_specs *specs, enum field_spec_list list,
                     const struct label_entry *entry)
{
    return field_specs_add(context, specs, field_config_list(context->fields, list), entry->position);
}

static bool add_metadata(struct transform_context *context, struct field_specs *specs, const struct label_entry *entry)
{
    struct slice any = {0};
    struct field_spec own = field_spec_new(context->arena, context->names, any, any, any,
                                           slice_literal("metadata/labels"), true);
    struct field_specs list = {&own, 1, 1};
    return field_specs_add(context, specs, &list, entry->position);
}

// --- Claim templates, which `includeTemplates` has not labeled since v5.8.3.

struct label_settings {
    const void *pairs;  // for set_pairs_apply
    // The entry if v5.8.1 would have labeled volumeClaimTemplates, or else NULL.
    const struct label_entry *left_claims;
};

static bool has_pairs(const struct node *labels, const struct text_map *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        bool found = false;
        for (uint32_t k = 0; node_is_map(labels) && k < labels->count && !found; k++)
            found = slice_equal(labels->entries[k].key->text, pairs->items[i].key.slice) &&
                    node_is_scalar(labels->entries[k].value) &&
                    slice_equal(node_text(labels->entries[k].value), pairs->items[i].value.slice);
        if (!found)
            return false;
    }
    return true;
}

// The labels of claim templates cannot be changed in a cluster, so users who move to v5.8.3 need to know.
static void warn_of_claims(struct transform_context *context, const struct label_entry *entry,
                           const struct resource_map *resources)
{
    const struct name *templates = name_intern(context->names, slice_literal("volumeClaimTemplates"));
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource *resource = resources->items[i];
        const struct gvk *gvk = &resource->id.gvk;
        if (!slice_equals(gvk->kind->text, "StatefulSet") || !slice_equals(gvk->group->text, "apps"))
            continue;
        const struct node *claims = node_get_path(resource->root, NAME(spec), templates, NULL);
        bool labeled = true;
        for (uint32_t k = 0; node_is_sequence(claims) && k < claims->count && labeled; k++)
            labeled = has_pairs(node_get_path(claims->items[k], NAME(metadata), NAME(labels), NULL), &entry->pairs);
        if (labeled)
            continue;
        struct slice what = resource_text(context->arena, resource);
        diagnose_warning(
            context->diagnostics, entry->position,
            "the volumeClaimTemplates of %.*s do not get these labels, although kustomize v5.8.1 adds them",
            SLICE_ARGS(what));
        diagnose_hint(context->diagnostics, "if the StatefulSet is already in a cluster with these labels, add "
                                            "`includeVolumeClaimTemplates: true`: its "
                                            "`volumeClaimTemplates` cannot change");
    }
}

static const void *new_settings(struct transform_context *context, const void *pairs,
                                const struct label_entry *left_claims)
{
    struct label_settings *settings = arena_new(context->arena, struct label_settings);
    *settings = (struct label_settings){pairs, left_claims};
    return pairs ? settings : NULL;
}

// The decoder can't reject the field for v5.8.1, because the root's annotations, which choose the release, are decoded
// together with its fields.
static bool refuse_claims_before_v5_8_3(struct transform_context *context, const struct node *entry)
{
    static const char field[] = "includeVolumeClaimTemplates";
    for (uint32_t i = 0; context->diagnostics->release < RELEASE_V5_8_3 && i < entry->count; i++) {
        const struct map_entry *found = &entry->entries[i];
        if (!slice_equal_ignoring_case(found->key->text, slice_from(field)))
            continue;
        struct position position = {entry->position.file, found->key_line, found->key_column};
        diagnose(context->diagnostics, position, "kustomize v5.8.1 has no field '%s'", field);
        diagnose_hint(context->diagnostics,
                      "build with --compat=v5.8.3, or set the annotation `kiln.dev/compat: v5.8.3`"
                      " in the root kustomization");
        return false;
    }
    return true;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    (void)skip;  // an entry without pairs is still a step
    if (node_is_map(value) && !refuse_claims_before_v5_8_3(context, value))
        return NULL;
    const struct label_entry *entry = decode_strict(context->arena, context->diagnostics, &label_entry_type, value);
    if (!entry)
        return NULL;
    struct field_specs *specs = field_specs_from_entries(context, &entry->fields);
    if (!add_list(context, specs, FIELD_SPECS_LABELS, entry))
        return NULL;
    bool added = entry->include_selectors
                     ? add_list(context, specs, FIELD_SPECS_COMMON_LABELS, entry)
                     : (!entry->include_templates || add_list(context, specs, FIELD_SPECS_TEMPLATE_LABELS, entry)) &&
                           (!entry->include_claims || add_list(context, specs, FIELD_SPECS_CLAIM_LABELS, entry)) &&
                           add_metadata(context, specs, entry);
    bool left = context->diagnostics->release >= RELEASE_V5_8_3 && entry->include_templates &&
                !entry->include_selectors && !entry->include_claims;
    return added ? new_settings(context, set_pairs_new(context, &entry->pairs, specs, entry->fields.count > 0),
                                left ? entry : NULL)
                 : NULL;
}

struct label_object {
    struct position position;
    struct text_map labels;
    struct field_spec_entries specs;
};

static const struct decode_field label_object_fields[] = {
    {"labels", DECODE_TEXT_MAP, offsetof(struct label_object, labels), NULL},
    {"fieldSpecs", DECODE_LIST, offsetof(struct label_object, specs), &field_spec_entry_type},
};
static const struct decode_type label_object_type = DECODE_TYPE("LabelTransformer", struct label_object,
                                                                label_object_fields);

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    const struct label_object *decoded = configuration_object_decode(context, &label_object_type, object);
    if (!decoded)
        return NULL;
    const struct field_specs *specs = field_specs_from_entries(context, &decoded->specs);
    return new_settings(context, set_pairs_new(context, &decoded->labels, specs, true), NULL);
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    const struct label_settings *labels = settings;
    if (!set_pairs_apply(context, labels->pairs, resources))
        return false;
    if (labels->left_claims)
        warn_of_claims(context, labels->left_claims, resources);
    return true;
}

const struct transformer labels_transformer = {
    .field = "labels",
    .unit = TRANSFORMER_ENTRY,
    .shape = {"labels", DECODE_LIST, 0, &label_entry_type, hint_entry},
    .kind = "LabelTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
};
