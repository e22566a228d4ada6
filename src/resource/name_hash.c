#include "resource/name_hash.h"

#include <sodium.h>

#include "json/json.h"
#include "resource/written.h"
#include "resource/yaml_node_text.h"
#include "schema/well_known_names.h"

// Removes the line breaks from base64, because kustomize v3 computed the hash before wrapping it.
static struct node *unwrap(struct arena *arena, const struct node *map)
{
    struct node *copy = node_copy(arena, map);
    for (uint32_t i = 0; i < copy->count; i++) {
        struct node *value = copy->entries[i].value;
        if (value->kind != NODE_SCALAR || slice_find_byte(node_text(value), '\n') == SLICE_NOT_FOUND)
            continue;
        char *text = arena_allocate(arena, value->count, 1);
        uint32_t length = 0;
        for (uint32_t k = 0; k < value->count; k++)
            if (value->text[k] != '\n' && value->text[k] != '\r')
                text[length++] = value->text[k];
        node_set_text(value, (struct slice){text, length});
    }
    return copy;
}

struct hash_text {
    struct resource_context *context;
    struct buffer buffer;
    enum name_hash variant;
};

static bool add_data(struct hash_text *text, const struct node *value, bool base64, bool null_when_empty)
{
    bool v3 = text->variant == NAME_HASH_V3;
    if (node_is_null(value) || (v3 && null_when_empty && node_is_map(value) && value->count == 0)) {
        buffer_add_text(&text->buffer, v3 ? "null" : "\"\"");
        return true;
    }
    if (value->kind == NODE_SEQUENCE) {
        buffer_add_text(&text->buffer, "null");
        return true;
    }
    if (value->kind == NODE_SCALAR) {
        json_write_string(&text->buffer, node_text(value));
        return true;
    }
    if (v3 && base64)
        value = unwrap(text->context->arena, value);
    return json_write_object(&text->buffer, value, false, text->context->diagnostics);
}

static void add_name(struct hash_text *text, const struct resource *resource)
{
    buffer_add_text(&text->buffer, ",\"name\":");
    json_write_string(&text->buffer, text->variant == NAME_HASH_V3 ? resource->id.name->text : slice_literal(""));
}

static bool add_config_map(struct hash_text *text, const struct resource *resource)
{
    const struct node *binary = node_map_get(resource->root, NAME(binaryData));
    buffer_add_byte(&text->buffer, '{');
    if (node_is_map(binary) || node_is_sequence(binary)) {
        buffer_add_text(&text->buffer, "\"binaryData\":");
        if (!add_data(text, binary, true, false))
            return false;
        buffer_add_byte(&text->buffer, ',');
    }
    buffer_add_text(&text->buffer, "\"data\":");
    if (!add_data(text, node_map_get(resource->root, NAME(data)), false, false))
        return false;
    buffer_add_text(&text->buffer, ",\"kind\":\"ConfigMap\"");
    add_name(text, resource);
    buffer_add_byte(&text->buffer, '}');
    return true;
}

static bool add_secret(struct hash_text *text, const struct resource *resource)
{
    const struct node *strings = node_map_get(resource->root, NAME(stringData));
    const struct node *type = node_map_get(resource->root, NAME(type));
    buffer_add_text(&text->buffer, "{\"data\":");
    if (!add_data(text, node_map_get(resource->root, NAME(data)), true, true))
        return false;
    buffer_add_text(&text->buffer, ",\"kind\":\"Secret\"");
    add_name(text, resource);
    if (node_is_map(strings) || node_is_sequence(strings)) {
        buffer_add_text(&text->buffer, ",\"stringData\":");
        if (!add_data(text, strings, false, false))
            return false;
    }
    buffer_add_text(&text->buffer, ",\"type\":");
    json_write_string(&text->buffer, node_is_scalar(type) && !node_is_null(type) ? node_text(type) : slice_literal(""));
    buffer_add_byte(&text->buffer, '}');
    return true;
}

// For other kinds, kustomize hashes its library's tree. If kiln can't know that tree, it hashes the sorted JSON
// instead.
static bool add_other(struct hash_text *text, struct resource *resource)
{
    struct diagnostics *diagnostics = text->context->diagnostics;
    written_begin_late(text->context, resource);
    if (written_update(text->context, resource)) {
        yaml_node_text(resource->written->root, &text->buffer);
        return true;
    }
    struct slice what = resource_text(text->context->arena, resource);
    diagnose_warning(diagnostics, resource_position(resource), "the hash in the name of %.*s differs from kustomize's",
                     SLICE_ARGS(what));
    diagnose_hint(diagnostics,
                  "remove the annotation 'kustomize.config.k8s.io/needs-hash' if both must give it the same name: "
                  "kustomize's hash depends on comments, lines, and columns, which kiln does not know here");
    return json_write_object(&text->buffer, resource->root, false, diagnostics);
}

enum { HASH_LENGTH = 10 };

// Consonants and digits, so that a hash can't spell a word; without 0, 1, and 3, which look like letters.
static const char letters[] = "gh2k456789mbcdtf";

static bool hash_of(struct resource_context *context, struct resource *resource, enum name_hash variant,
                    char hash[HASH_LENGTH + 1])
{
    struct hash_text text = {.context = context, .variant = variant};
    bool done = resource->id.gvk.kind == NAME(ConfigMap) ? add_config_map(&text, resource)
                : resource->id.gvk.kind == NAME(Secret)  ? add_secret(&text, resource)
                                                         : add_other(&text, resource);
    if (done) {
        unsigned char digest[crypto_hash_sha256_BYTES];
        crypto_hash_sha256(digest, (const unsigned char *)text.buffer.data, text.buffer.length);
        for (size_t i = 0; i < HASH_LENGTH; i++)
            hash[i] = letters[i % 2 ? digest[i / 2] & 15 : digest[i / 2] >> 4];
        hash[HASH_LENGTH] = '\0';
    }
    buffer_wipe(&text.buffer);
    return done;
}

bool name_hash_apply(struct resource_context *context, struct resource_map *resources, enum name_hash variant)
{
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        char hash[HASH_LENGTH + 1];
        if (!resource->needs_hash)
            continue;
        if (!hash_of(context, resource, variant, hash))
            return false;
        resource_remember_id(context, resource);
        resource_set_name(context, resource,
                          arena_format(context->arena, "%.*s-%s", SLICE_ARGS(resource->id.name->text), hash));
        resource_map_reindex(resources, resource);
    }
    return true;
}

bool name_without_hash(struct slice name, struct slice *base)
{
    if (name.length < HASH_LENGTH + 2 || name.data[name.length - HASH_LENGTH - 1] != '-')
        return false;
    for (size_t i = name.length - HASH_LENGTH; i < name.length; i++)
        if (!memchr(letters, name.data[i], sizeof letters - 1))
            return false;
    *base = slice_part(name, 0, name.length - HASH_LENGTH - 1);
    return true;
}
