// transformers/name_suffix.c
//
// A text behind the name of every object:
//
//     nameSuffix: '-v2'
#include "transformers/affix.h"
#include "transformers/transformer.h"

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    return affix_configure(context, AFFIX_SUFFIX, value, skip);
}

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    return affix_configure_object(context, AFFIX_SUFFIX, object);
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    return affix_apply(context, settings, resources);
}

const struct transformer name_suffix_transformer = {
    .field = "nameSuffix",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"nameSuffix", DECODE_TEXT, 0, NULL},
    .kind = "SuffixTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
};
