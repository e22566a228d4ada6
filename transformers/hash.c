// transformers/hash.c
//
// Adds the hash to generated names immediately instead of at the end of the build. Only available as a configuration
// object:
//
//     apiVersion: builtin
//     kind: HashTransformer
//     metadata: {name: hashes}
#include "resource/name_hash.h"
#include "transformers/transformer.h"

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    (void)context;
    return object;
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    (void)settings;
    return name_hash_apply(context->resources, resources, context->name_hash);
}

const struct transformer hash_transformer = {
    .kind = "HashTransformer",
    .configure_object = configure_object,
    .apply = apply,
};
