#include "transformers/transformer.h"

#define TRANSFORMER(name) extern const struct transformer name##_transformer;
#include "transformers/registry.h"
#undef TRANSFORMER

const struct transformer *const transformers[] = {
#define TRANSFORMER(name) &name##_transformer,
#include "transformers/registry.h"
#undef TRANSFORMER
    NULL,
};
