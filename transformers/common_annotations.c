// transformers/common_annotations.c
//
// Adds annotations to all objects and to the Pod templates in them:
//
//     commonAnnotations: {owner: web-team}
#include "transform/field_spec_list.h"
#include "transform/set_pairs.h"
#include "transformers/transformer.h"

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    static const struct decode_field field = {"commonAnnotations", DECODE_TEXT_MAP, 0, NULL};
    struct decode_context decode = {.arena = context->arena, .diagnostics = context->diagnostics};
    struct text_map *pairs = arena_new(context->arena, struct text_map);
    if (!decode_value(&decode, &field, value, pairs))
        return NULL;
    *skip = pairs->count == 0;
    return set_pairs_new(context, pairs, field_config_list(context->fields, FIELD_SPECS_COMMON_ANNOTATIONS), false);
}

struct annotation_object {
    struct position position;
    struct text_map annotations;
    struct field_spec_entries specs;
};

static const struct decode_field annotation_object_fields[] = {
    {"annotations", DECODE_TEXT_MAP, offsetof(struct annotation_object, annotations), NULL},
    {"fieldSpecs", DECODE_LIST, offsetof(struct annotation_object, specs), &field_spec_entry_type},
};
static const struct decode_type annotation_object_type = DECODE_TYPE("AnnotationsTransformer", struct annotation_object,
                                                                     annotation_object_fields);

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    const struct annotation_object *decoded = configuration_object_decode(context, &annotation_object_type, object);
    return decoded
               ? set_pairs_new(context, &decoded->annotations, field_specs_from_entries(context, &decoded->specs), true)
               : NULL;
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    return set_pairs_apply(context, settings, resources);
}

const struct transformer common_annotations_transformer = {
    .field = "commonAnnotations",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"commonAnnotations", DECODE_TEXT_MAP, 0, NULL, .mistaken_for = "annotations"},
    .kind = "AnnotationsTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
};
