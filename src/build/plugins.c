#include "build/plugins.h"

#include "generators/generator.h"
#include "transformers/transformer.h"

struct plugin_fields plugins_fields(struct arena *arena)
{
    size_t count = 0;
    for (size_t i = 0; generators[i]; i++)
        count += generators[i]->field != NULL;
    for (size_t i = 0; transformers[i]; i++)
        count += transformers[i]->field != NULL;

    struct decode_field *items = arena_array(arena, struct decode_field, count);
    size_t at = 0;
    for (size_t i = 0; generators[i]; i++)
        if (generators[i]->field)
            items[at++] = generators[i]->shape;
    for (size_t i = 0; transformers[i]; i++)
        if (transformers[i]->field)
            items[at++] = transformers[i]->shape;
    return (struct plugin_fields){items, count};
}
