#include "check/custom_kinds.h"

bool is_definition(struct slice api_version, struct slice kind)
{
    return slice_equals(kind, "CustomResourceDefinition") &&
           slice_starts_with(api_version, slice_literal("apiextensions.k8s.io/"));
}

void custom_kinds_add_kind(struct arena *arena, struct custom_kinds *kinds, struct custom_kind kind)
{
    if (!kind.kind.length || !kind.version.length)
        return;
    hash_index_add(arena, &kinds->by_kind, slice_hash_pair(kind.group, kind.kind), (uint32_t)kinds->count);
    list_append(arena, kinds, kind);
}

static bool has_status(const struct node *subresources)
{
    return judge_field(subresources, "status") != NULL;
}

// In v1beta1, all versions may share one schema, and unknown fields are kept by default.
static void add_version(struct arena *arena, struct custom_kinds *kinds, struct custom_kind kind,
                        const struct node *spec, const struct node *version)
{
    const struct node *schema = judge_field(judge_field(version, "schema"), "openAPIV3Schema");
    const struct node *subresources = judge_field(version, "subresources");
    struct slice served = judge_text(version, "served");
    if (!schema)
        schema = judge_field(judge_field(spec, "validation"), "openAPIV3Schema");
    if (!subresources)
        subresources = judge_field(spec, "subresources");
    kind.version = judge_text(version, "name");
    kind.served = !slice_equals(served, "false");
    kind.ignores_status = has_status(subresources);
    kind.schema = node_is_map(schema) ? schema : NULL;
    custom_kinds_add_kind(arena, kinds, kind);
}

void custom_kinds_add(struct arena *arena, struct custom_kinds *kinds, const struct node *definition)
{
    const struct node *spec = judge_field(definition, "spec"), *versions = judge_field(spec, "versions");
    bool is_beta = slice_ends_with(judge_text(definition, "apiVersion"), slice_literal("/v1beta1"));
    struct custom_kind kind = {.group = judge_text(spec, "group"),
                               .kind = judge_text(judge_field(spec, "names"), "kind")};
    kind.is_structural = !slice_equals(judge_text(spec, "preserveUnknownFields"), "true") &&
                         (!is_beta || slice_equals(judge_text(spec, "preserveUnknownFields"), "false"));
    for (uint32_t i = 0; node_is_sequence(versions) && i < versions->count; i++)
        add_version(arena, kinds, kind, spec, versions->items[i]);
    if (versions || !judge_text(spec, "version").length)
        return;
    add_version(arena, kinds, kind, spec, NULL);
    if (kinds->count)
        kinds->items[kinds->count - 1].version = judge_text(spec, "version");
}

// --- Copies.

static bool is_description(const struct map_entry *entry)
{
    return slice_equals(entry->key->text, "description") && node_is_scalar(entry->value);
}

static struct node *copy_schema(struct arena *arena, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return node_new_scalar(arena, arena_copy(arena, node_text(node)), (enum node_style)node->style,
                               (enum node_tag)node->tag, (struct position){0});
    if (node->kind == NODE_SEQUENCE) {
        struct node *copy = node_new_sequence(arena, (struct position){0});
        for (uint32_t i = 0; i < node->count; i++)
            node_sequence_append(arena, copy, copy_schema(arena, node->items[i]));
        return copy;
    }
    struct node *copy = node_new_map(arena, (struct position){0});
    for (uint32_t i = 0; i < node->count; i++) {
        struct map_entry entry = node->entries[i];
        if (is_description(&entry))
            continue;
        entry.value = copy_schema(arena, entry.value);
        node_map_append(arena, copy, entry);
    }
    return copy;
}

void custom_kinds_add_copy(struct arena *arena, struct custom_kinds *kinds, const struct node *definition)
{
    custom_kinds_add(arena, kinds, copy_schema(arena, definition));
}

// --- Finding.

const struct custom_kind *custom_kinds_find(const struct custom_kinds *kinds, struct slice group, struct slice kind,
                                            struct slice version, const struct custom_kind **other)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&kinds->by_kind, slice_hash_pair(group, kind));
         hash_cursor_next(&at, &number);) {
        const struct custom_kind *found = &kinds->items[number];
        if (!slice_equal(found->group, group) || !slice_equal(found->kind, kind))
            continue;
        if (slice_equal(found->version, version))
            return found;
        *other = found;
    }
    return NULL;
}

struct slice custom_kinds_served(struct arena *arena, const struct custom_kinds *kinds, struct slice group,
                                 struct slice kind)
{
    struct buffer served = {0};
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&kinds->by_kind, slice_hash_pair(group, kind));
         hash_cursor_next(&at, &number);) {
        const struct custom_kind *found = &kinds->items[number];
        if (found->served && slice_equal(found->group, group) && slice_equal(found->kind, kind))
            buffer_add_format(&served, "%s%.*s", served.length ? ", " : "", SLICE_ARGS(found->version));
    }
    struct slice copy = arena_copy(arena, buffer_slice(&served));
    buffer_free(&served);
    return copy;
}
