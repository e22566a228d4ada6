// transformers/labels.c
//
// Labels on all objects; where besides `metadata.labels`, each entry says:
//
//     labels:
//     - pairs: {team: web}
//       includeTemplates: true   # pod templates too
//       includeVolumeClaimTemplates: true  # and the claim templates of a StatefulSet
//     - pairs: {app: shop}
//       includeSelectors: true   # selectors and pod templates too
//       fields:                  # and fields that are not known to hold labels
//       - {path: spec/claimLabels, kind: Cluster, create: true}
#include "transformers/field_spec_list.h"
#include "transformers/set_pairs.h"

struct label_entry {
    struct position position;
    struct text_map pairs;
    bool include_selectors, include_templates, include_claims;
    struct field_spec_entries fields;
};

static const struct decode_field label_entry_fields[] = {
    {"pairs", DECODE_TEXT_MAP, offsetof(struct label_entry, pairs), NULL},
    {"includeSelectors", DECODE_BOOL, offsetof(struct label_entry, include_selectors), NULL},
    {"includeTemplates", DECODE_BOOL, offsetof(struct label_entry, include_templates), NULL},
    {"includeVolumeClaimTemplates", DECODE_BOOL, offsetof(struct label_entry, include_claims), NULL},
    {"fields", DECODE_LIST, offsetof(struct label_entry, fields), &field_spec_entry_type},
};
static const struct decode_type label_entry_type = DECODE_TYPE("labels entry", struct label_entry, label_entry_fields);

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

// The root's annotations decide which release counts, so its fields are read before that is known.
static bool refuse_claims_before_v5_8_3(struct transform_context *context, const struct node *entry)
{
    static const char field[] = "includeVolumeClaimTemplates";
    for (uint32_t i = 0; context->diagnostics->release < RELEASE_V5_8_3 && i < entry->count; i++) {
        const struct map_entry *found = &entry->entries[i];
        if (!slice_equal_ignoring_case(found->key->text, slice_from(field)))
            continue;
        struct position position = {entry->position.file, found->key_line, found->key_column};
        diagnose(context->diagnostics, position, "kustomize v5.8.1 has no field '%s'", field);
        diagnose_hint(context->diagnostics, "build with '--compat=v5.8.3', or set the annotation 'kiln.dev/compat: v5.8.3'"
                                            " in the root kustomization");
        return false;
    }
    return true;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    (void)skip;  // an entry without pairs is a step that does nothing
    if (node_is_map(value) && !refuse_claims_before_v5_8_3(context, value))
        return NULL;
    struct decode_context decode = {.arena = context->arena, .diagnostics = context->diagnostics};
    const struct label_entry *entry = decode_struct(&decode, &label_entry_type, value);
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
    return added ? set_pairs_new(context, &entry->pairs, specs, entry->fields.count > 0) : NULL;
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
static const struct decode_type label_object_type =
    DECODE_TYPE("LabelTransformer", struct label_object, label_object_fields);

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    const struct label_object *decoded = configuration_object_decode(context, &label_object_type, object);
    return decoded
               ? set_pairs_new(context, &decoded->labels, field_specs_from_entries(context, &decoded->specs), true)
               : NULL;
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    return set_pairs_apply(context, settings, resources);
}

const struct transformer labels_transformer = {
    .field = "labels",
    .unit = TRANSFORMER_ENTRY,
    .shape = {"labels", DECODE_LIST, 0, &label_entry_type},
    .kind = "LabelTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
};
