// transformers/common_labels.c
//
// Adds labels like the newer field `labels`, but always to selectors and Pod templates, too:
//
//     commonLabels: {app: shop}
//
// It runs as a separate step after `labels`, even if only those are given.
#include "transform/set_pairs.h"
#include "transformers/labels.h"
#include "transformers/transformer.h"

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    static const struct decode_field field = {"commonLabels", DECODE_TEXT_MAP, 0, NULL};
    struct decode_context decode = {.arena = context->arena, .diagnostics = context->diagnostics};
    struct text_map *pairs = arena_new(context->arena, struct text_map);
    if (value && !decode_value(&decode, &field, value, pairs))
        return NULL;
    *skip = pairs->count == 0;
    return set_pairs_new(context, pairs, field_config_list(context->fields, FIELD_SPECS_COMMON_LABELS), false);
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    return set_pairs_apply(context, settings, resources);
}

const struct transformer common_labels_transformer = {
    .field = "commonLabels",
    .companion = "labels",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"commonLabels", DECODE_TEXT_MAP, 0, &label_entry_type},
    .kind = "LabelTransformer",
    .configure = configure,
    .apply = apply,
};
