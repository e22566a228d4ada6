// transformers/prefix_suffix.c
//
// Both at once, only as a configuration object:
//
//     apiVersion: builtin
//     kind: PrefixSuffixTransformer
//     metadata: {name: names}
//     prefix: staging-
//     suffix: '-v2'
//     fieldSpecs: [{path: metadata/name}]
#include "transformers/affix.h"
#include "transformers/transformer.h"

struct prefix_suffix {
    const struct affix *prefix, *suffix;
};

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    struct prefix_suffix *both = arena_new(context->arena, struct prefix_suffix);
    both->prefix = affix_configure_object(context, AFFIX_PREFIX, object);
    both->suffix = both->prefix ? affix_configure_object(context, AFFIX_SUFFIX, object) : NULL;
    return both->suffix ? both : NULL;
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    const struct prefix_suffix *both = settings;
    return affix_apply(context, both->prefix, resources) && affix_apply(context, both->suffix, resources);
}

const struct transformer prefix_suffix_transformer = {
    .kind = "PrefixSuffixTransformer",
    .configure_object = configure_object,
    .apply = apply,
};
