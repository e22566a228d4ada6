// generators/secret.c
//
// Generates Secrets from literals, files, and env files. All values are encoded as Base64.
//
//     secretGenerator:
//     - name: mysql-pass
//       literals: [password=YOUR_PASSWORD]
#include "base/memory.h"
#include "generators/object.h"
#include "schema/well_known_names.h"

static const void *configure(struct generate_context *context, const struct node *entry)
{
    return generator_entry_decode(context, &secret_entry_type, entry);
}

static const void *configure_object(struct generate_context *context, const struct node *object)
{
    memory_hold_secret();
    return generator_object_decode(context, &secret_entry_type, object);
}

static bool generate(struct generate_context *context, const void *settings, struct resource_list *made)
{
    const struct generator_entry *entry = settings;
    struct key_values pairs = {.secret = true};
    if (!generator_collect(context, entry, &pairs))
        return false;
    struct resource *secret = generator_object(context, entry, NAME(Secret));
    if (!secret)
        return false;
    struct slice type = entry->type.slice.length ? entry->type.slice : slice_literal("Opaque");
    node_map_set(context->arena, secret->root, NAME(type),
                 node_new_string(context->arena, type,
                                 entry->type.position.line ? entry->type.position : secret->root->position));
    // Unlike a ConfigMap, a Secret has the field `data` even if it is empty.
    struct node *data = node_new_map(context->arena, secret->root->position);
    node_map_set(context->arena, secret->root, NAME(data), data);
    for (size_t i = 0; i < pairs.count; i++)
        generator_set_data(context, data, &pairs.items[i], generator_base64(context->arena, pairs.items[i].value));
    list_append(context->arena, made, secret);
    return true;
}

const struct generator secret_generator = {
    .field = "secretGenerator",
    .shape = {"secretGenerator", DECODE_LIST, 0, &secret_entry_type, .mistaken_for = "secret secrets"},
    .kind = "SecretGenerator",
    .configure = configure,
    .configure_object = configure_object,
    .object_type = &secret_entry_type,
    .generate = generate,
};
