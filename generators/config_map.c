// generators/config_map.c
//
// Generates ConfigMaps from literals, files, and env files.
//
//     configMapGenerator:
//     - name: app-config
//       literals: [LOG_LEVEL=debug]
//       files: [app.properties]
//
// Values that are valid UTF-8 go into `data`, all others into `binaryData`.
#include "base/utf8.h"
#include "generators/object.h"
#include "schema/well_known_names.h"

static const void *configure(struct generate_context *context, const struct node *entry)
{
    return generator_entry_decode(context, &config_map_entry_type, entry);
}

static const void *configure_object(struct generate_context *context, const struct node *object)
{
    return generator_object_decode(context, &config_map_entry_type, object);
}

static bool generate(struct generate_context *context, const void *settings, struct resource_list *made)
{
    const struct generator_entry *entry = settings;
    struct key_values pairs = {0};
    if (!generator_collect(context, entry, &pairs))
        return false;
    struct resource *config_map = generator_object(context, entry, NAME(ConfigMap));
    if (!config_map)
        return false;
    for (size_t i = 0; i < pairs.count; i++) {
        bool text = text_is_utf8(pairs.items[i].value);
        struct slice value = text ? pairs.items[i].value : generator_base64(context->arena, pairs.items[i].value);
        struct node *map = node_map_ensure(context->arena, config_map->root, text ? NAME(data) : NAME(binaryData));
        generator_set_data(context, map, &pairs.items[i], value);
    }
    list_append(context->arena, made, config_map);
    return true;
}

const struct generator config_map_generator = {
    .field = "configMapGenerator",
    .shape = {"configMapGenerator", DECODE_LIST, 0, &config_map_entry_type,
              .mistaken_for = "configMap configMaps configmap configmaps"},
    .kind = "ConfigMapGenerator",
    .configure = configure,
    .configure_object = configure_object,
    .object_type = &config_map_entry_type,
    .generate = generate,
};
