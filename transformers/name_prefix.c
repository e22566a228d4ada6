// transformers/name_prefix.c
//
// A text before the name of every object:
//
//     namePrefix: staging-
#include "transformers/affix.h"
#include "transformers/transformer.h"

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    return affix_configure(context, AFFIX_PREFIX, value, skip);
}

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    return affix_configure_object(context, AFFIX_PREFIX, object);
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    return affix_apply(context, settings, resources);
}

const struct transformer name_prefix_transformer = {
    .field = "namePrefix",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"namePrefix", DECODE_TEXT, 0, NULL},
    .kind = "PrefixTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
};
