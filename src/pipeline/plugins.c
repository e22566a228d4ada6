#include "pipeline/plugins.h"

#include "generators/object.h"
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

struct decode_type plugins_kustomization_shape(struct arena *arena)
{
    struct plugin_fields plugins = plugins_fields(arena);
    struct decode_type shape = kustomization_shape(arena, &plugins);
    struct decode_field *fields = (struct decode_field *)shape.fields;
    for (size_t i = 0; i < shape.field_count; i++)
        if (strcmp(fields[i].name, "generatorOptions") == 0) {
            fields[i].kind = DECODE_STRUCT;
            fields[i].type = &generator_options_type;
        }
    return shape;
}
