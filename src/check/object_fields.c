#include "check/object_fields.h"

#include <string.h>

#include "doc/scalar.h"

static const struct node *get(const struct node *map, struct slice name)
{
    const struct map_entry *entry = node_map_find_text(map, name);
    return entry && !node_is_null(entry->value) ? entry->value : NULL;
}

const struct node *field_get(const struct node *map, const char *name)
{
    return get(map, slice_from(name));
}

struct slice field_text(const struct node *map, const char *name)
{
    const struct node *value = field_get(map, name);
    return node_is_scalar(value) ? node_text(value) : (struct slice){0};
}

const struct node *field_at(const struct node *map, const char *path)
{
    return field_at_path(map, slice_from(path));
}

const struct node *field_at_path(const struct node *map, struct slice path)
{
    struct slice key;
    while (map && path.length) {
        slice_cut(path, '.', &key, &path);
        map = get(map, key);
    }
    return map;
}

// --- Paths.

struct path_walk {
    void (*found)(void *state, const struct node *, const struct field_trail *);
    void *state;
};

static void walk(const struct path_walk *, const struct node *, struct slice path, const struct field_trail *);

static void walk_items(const struct path_walk *to, const struct node *list, struct slice path,
                       const struct field_trail *outer)
{
    for (uint32_t i = 0; node_is_sequence(list) && i < list->count; i++) {
        const struct field_trail trail = {.outer = outer, .index = i};
        walk(to, list->items[i], path, &trail);
    }
}

static void walk_values(const struct path_walk *to, const struct node *map, struct slice path,
                        const struct field_trail *outer)
{
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        const struct field_trail trail = {.outer = outer, .key = map->entries[i].key->text};
        walk(to, map->entries[i].value, path, &trail);
    }
}

static void walk(const struct path_walk *to, const struct node *node, struct slice path,
                 const struct field_trail *outer)
{
    struct slice key, rest;
    if (!path.length) {
        to->found(to->state, node, outer);
        return;
    }
    slice_cut(path, '.', &key, &rest);
    char last = key.data[key.length - 1];
    bool items = last == ']', values = last == '}';
    if (items || values)
        key.length -= 2;
    const struct field_trail trail = {.outer = outer, .key = key};
    const struct node *value = get(node, key);
    if (!value)
        return;
    if (items)
        walk_items(to, value, rest, &trail);
    else if (values)
        walk_values(to, value, rest, &trail);
    else
        walk(to, value, rest, &trail);
}

void for_each_at(const struct node *node, const char *path, const struct field_trail *outer,
                 void (*found)(void *state, const struct node *, const struct field_trail *), void *state)
{
    const struct path_walk to = {found, state};
    if (node)
        walk(&to, node, slice_from(path), outer);
}

static void add_trail(struct buffer *out, const struct field_trail *trail)
{
    if (!trail)
        return;
    add_trail(out, trail->outer);
    if (!trail->key.length)
        buffer_add_format(out, "[%zu]", trail->index);
    else
        buffer_add_format(out, "%s%.*s", out->length ? "." : "", SLICE_ARGS(trail->key));
}

const char *trail_text(struct judge *judge, const struct field_trail *trail, const char *field)
{
    struct buffer out = {0};
    add_trail(&out, trail);
    if (field)
        buffer_add_format(&out, "%s%s", out.length ? "." : "", field);
    struct slice text = arena_copy(&judge->scratch, buffer_slice(&out));
    buffer_free(&out);
    return text.data;
}

// --- Properties of nodes.

bool is_placeholder(struct slice text)
{
    static const char *const marks[] = {"${", "$(", "{{"};
    for (size_t i = 0; text.length && i < countof(marks); i++)
        if (slice_find(text, slice_from(marks[i])) != SLICE_NOT_FOUND)
            return true;
    return false;
}

bool is_kind(const struct resource *resource, const char *group, const char *kind)
{
    struct slice own = resource->id.gvk.kind->text;
    return own.length && own.data[0] == kind[0] && slice_equals(own, kind) &&
           slice_equals(resource->id.gvk.group->text, group);
}

bool is_custom_resource(const struct resource *resource)
{
    struct slice group = resource->id.gvk.group->text;
    return slice_find_byte(group, '.') != SLICE_NOT_FOUND && !slice_ends_with(group, slice_literal(".k8s.io"));
}

struct position object_place(const struct resource *resource, const struct node *node)
{
    return node && node->position.line ? node->position : resource_position(resource);
}

bool is_text_node(const struct node *node)
{
    return node_is_scalar(node) && node_resolved_tag(node) == TAG_STRING;
}

uint64_t node_digest(const struct node *node)
{
    uint64_t digest = node->kind;
    if (node->kind == NODE_SCALAR)
        return hash_combine(slice_hash(node_is_null(node) ? (struct slice){0} : node_text(node)),
                            (uint64_t)node_resolved_tag(node));
    for (uint32_t i = 0; i < node->count; i++) {
        // Patches make and drop an empty map of annotations, in which kustomize keeps its state.
        if (node->kind == NODE_MAP && node_is_map(node->entries[i].value) && !node->entries[i].value->count)
            continue;
        if (node->kind == NODE_MAP)
            digest += hash_combine(node->entries[i].key->hash, node_digest(node->entries[i].value));
        else
            digest = hash_combine(digest, node_digest(node->items[i]));
    }
    return digest;
}
