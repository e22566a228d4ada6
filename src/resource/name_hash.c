#include "resource/name_hash.h"

#include <sodium.h>

#include "json/json.h"
#include "resource/yaml_node_text.h"
#include "schema/well_known_names.h"

// Base64 without its line breaks: kustomize v3 hashed it before it was wrapped.
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
    struct yaml_document_search *search;
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

static void add_note(struct arena *arena, struct yaml_notes *notes, const char *key, struct slice text,
                     enum node_style style)
{
    list_append(arena, notes, ((struct yaml_note){key, text, style}));
}

static void add_names(struct buffer *out, const struct name *name)
{
    if (out->length)
        buffer_add_byte(out, ',');
    buffer_add_slice(out, name->text);
}

static void note_affixes(struct arena *arena, struct yaml_notes *notes, const char *key, const struct name_list *names)
{
    struct buffer text = {0};
    for (size_t i = 0; i < names->count; i++)
        add_names(&text, names->items[i]);
    if (names->count)
        add_note(arena, notes, key, arena_copy(arena, buffer_slice(&text)), STYLE_SINGLE_QUOTED);
    buffer_free(&text);
}

static void note_previous(struct arena *arena, struct yaml_notes *notes, const struct resource *resource)
{
    struct buffer names = {0}, namespaces = {0}, kinds = {0};
    for (size_t i = 0; i < resource->previous.count; i++) {
        add_names(&names, resource->previous.items[i].name);
        add_names(&namespaces, resource->previous.items[i].namespace);
        add_names(&kinds, resource->previous.items[i].kind);
    }
    if (resource->previous.count) {
        add_note(arena, notes, "internal.config.kubernetes.io/previousNames", arena_copy(arena, buffer_slice(&names)),
                 STYLE_SINGLE_QUOTED);
        add_note(arena, notes, "internal.config.kubernetes.io/previousNamespaces",
                 arena_copy(arena, buffer_slice(&namespaces)), STYLE_SINGLE_QUOTED);
        add_note(arena, notes, "internal.config.kubernetes.io/previousKinds", arena_copy(arena, buffer_slice(&kinds)),
                 STYLE_SINGLE_QUOTED);
    }
    buffer_free(&names);
    buffer_free(&namespaces);
    buffer_free(&kinds);
}

// The notes in the order in which kustomize came to them: that of the step that acted first is in front.
static void note_history(struct arena *arena, struct yaml_notes *notes, const struct resource *resource)
{
    const struct name_list *prefixes = &resource->prefixes, *suffixes = &resource->suffixes;
    const struct name *first = resource->previous.count ? resource->previous.items[0].name : resource->id.name;
    const struct name *next = resource->previous.count > 1 ? resource->previous.items[1].name : resource->id.name;
    bool renamed_first = first != next || !resource->previous.count;
    bool prefixed = prefixes->count && slice_starts_with(next->text, prefixes->items[0]->text) &&
                    !slice_starts_with(first->text, next->text);
    static const char prefix_key[] = "internal.config.kubernetes.io/prefixes";
    static const char suffix_key[] = "internal.config.kubernetes.io/suffixes";
    bool prefix_done = renamed_first && prefixed, suffix_done = renamed_first && !prefixed;
    if (prefix_done)
        note_affixes(arena, notes, prefix_key, prefixes);
    else if (suffix_done)
        note_affixes(arena, notes, suffix_key, suffixes);
    note_previous(arena, notes, resource);
    if (!prefix_done)
        note_affixes(arena, notes, prefix_key, prefixes);
    if (!suffix_done)
        note_affixes(arena, notes, suffix_key, suffixes);
}

static struct slice behavior_text(uint8_t behavior)
{
    return behavior == BEHAVIOR_CREATE    ? slice_literal("create")
           : behavior == BEHAVIOR_MERGE   ? slice_literal("merge")
           : behavior == BEHAVIOR_REPLACE ? slice_literal("replace")
                                          : slice_literal("unspecified");
}

// Of other kinds kustomize hashes the tree as its library has it. Where that cannot be told, the sorted JSON stands for
// it.
static bool add_other(struct hash_text *text, const struct resource *resource)
{
    struct arena *arena = text->context->arena;
    struct diagnostics *diagnostics = text->context->diagnostics;
    const struct node *root = resource->root, *metadata = node_map_get(root, NAME(metadata));
    const struct node *annotations = node_map_get(metadata, NAME(annotations));
    struct yaml_notes notes = {0};
    if (resource->generated) {
        add_note(arena, &notes, "internal.config.kubernetes.io/generatorBehavior", behavior_text(resource->behavior),
                 STYLE_PLAIN);
        add_note(arena, &notes, "internal.config.kubernetes.io/needsHashSuffix", slice_literal("enabled"), STYLE_PLAIN);
    }
    note_history(arena, &notes, resource);
    // A patch was allowed to change the kind.
    const struct node *kind = node_map_get(root, NAME(kind));
    if (resource->generated && kind && !(kind->flags & NODE_REPLACED))
        add_note(arena, &notes, "internal.config.kubernetes.io/allowKindChange", slice_literal("enabled"), STYLE_PLAIN);
    const struct source *source = sources_get(diagnostics->sources, root->position.file);
    if (resource->generated
            ? yaml_node_text_generated(arena, text->context->names, root, annotations, &notes, &text->buffer)
            : yaml_node_text(arena, text->search, source, root, annotations, &notes, &text->buffer))
        return true;
    struct slice what = resource_text(arena, resource);
    diagnose_warning(diagnostics, resource_position(resource), "the hash in the name of %.*s is not kustomize's",
                     SLICE_ARGS(what));
    diagnose_hint(diagnostics,
                  "kustomize hashes comments, lines and columns here, which kiln cannot tell after a patch");
    text->buffer.length = 0;
    return json_write_object(&text->buffer, root, false, diagnostics);
}

enum { HASH_LENGTH = 10 };

static bool hash_of(struct resource_context *context, const struct resource *resource, enum name_hash variant,
                    struct yaml_document_search *search, char hash[HASH_LENGTH + 1])
{
    struct hash_text text = {.context = context, .variant = variant, .search = search};
    bool done = resource->id.gvk.kind == NAME(ConfigMap) ? add_config_map(&text, resource)
                : resource->id.gvk.kind == NAME(Secret)  ? add_secret(&text, resource)
                                                         : add_other(&text, resource);
    if (done) {
        unsigned char digest[crypto_hash_sha256_BYTES];
        crypto_hash_sha256(digest, (const unsigned char *)text.buffer.data, text.buffer.length);
        // Letters that cannot spell words or be taken for digits.
        static const char letters[] = "gh2k456789mbcdtf";
        for (size_t i = 0; i < HASH_LENGTH; i++)
            hash[i] = letters[i % 2 ? digest[i / 2] & 15 : digest[i / 2] >> 4];
        hash[HASH_LENGTH] = '\0';
    }
    buffer_wipe(&text.buffer);
    return done;
}

bool name_hash_apply(struct resource_context *context, struct resource_map *resources, enum name_hash variant)
{
    struct yaml_document_search search = {0};
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        char hash[HASH_LENGTH + 1];
        if (!resource->needs_hash)
            continue;
        if (!hash_of(context, resource, variant, &search, hash))
            return false;
        resource_remember_id(context, resource);
        resource_set_name(context, resource,
                          arena_format(context->arena, "%.*s-%s", SLICE_ARGS(resource->id.name->text), hash));
        resource_map_reindex(resources, resource);
    }
    return true;
}
