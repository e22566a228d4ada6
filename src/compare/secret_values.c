// compare/secret_values.c
//
// Compares a Secret's values, however they are written: as base64 under `data`, or plainly under `stringData`.
#include "base/base64.h"
#include "compare/meaning.h"
#include "compare/walk.h"

// One value of a Secret on one side.
struct secret_value {
    const struct node *node;  // NULL: there is none
    struct slice field;       // `data` or `stringData`
    struct slice bytes;
};

struct slice secret_value_decoded(struct arena *arena, struct slice text)
{
    struct slice decoded;
    return base64_decode_new(arena, text, BASE64_WRITTEN, &decoded) ? decoded : text;
}

// The value as the API server would store it: `stringData` wins.
static struct secret_value value_of(struct walk *walk, const struct node *root, struct slice key)
{
    static const char *const fields[] = {"stringData", "data"};
    for (size_t i = 0; i < countof(fields); i++) {
        const struct node *map = field_of(root, fields[i]);
        for (uint32_t k = 0; node_is_map(map) && k < map->count; k++) {
            const struct node *node = map->entries[k].value;
            if (!slice_equal(map->entries[k].key->text, key) || node_is_null(node))
                continue;
            struct slice text = node_is_scalar(node) ? node_text(node) : (struct slice){0};
            return (struct secret_value){node, slice_from(fields[i]),
                                         i ? secret_value_decoded(walk->arena, text) : text};
        }
    }
    return (struct secret_value){0};
}

// The length of a value that kubectl has already masked is unknown.
static size_t length_of(const struct secret_value *value)
{
    return value && !slice_starts_with(value->bytes, slice_literal("***")) ? value->bytes.length : 0;
}

static void add(struct walk *walk, struct slice field, struct slice key, const struct secret_value *before,
                const struct secret_value *after)
{
    walk_push_field(walk, field);
    walk_push_field(walk, key);
    const struct node *old = before ? before->node : NULL, *new = after ? after->node : NULL;
    if (!walk_is_ignored(walk, old, new)) {
        enum change_kind kind = !old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_REPLACED;
        struct change *change = walk_add_change(walk, kind, old, new);
        change->length_before = length_of(before);
        change->length_after = length_of(after);
    }
    walk_pop(walk);
    walk_pop(walk);
}

static void compare_key(struct walk *walk, struct slice key, const struct node *before, const struct node *after)
{
    struct secret_value old = value_of(walk, before, key), new = value_of(walk, after, key);
    if (old.node && new.node && slice_equal(old.bytes, new.bytes))
        return;
    if (old.node && new.node && slice_equal(old.field, new.field)) {
        add(walk, new.field, key, &old, &new);
        return;
    }
    if (old.node)
        add(walk, old.field, key, &old, NULL);
    if (new.node)
        add(walk, new.field, key, NULL, &new);
}

static bool has_key(const struct node *root, const char *const *fields, size_t count, struct slice key)
{
    for (size_t i = 0; i < count; i++)
        if (node_map_find_text(field_of(root, fields[i]), key))
            return true;
    return false;
}

void walk_secret_values(struct walk *walk, const struct node *before, const struct node *after)
{
    static const char *const fields[] = {"data", "stringData"};
    const struct node *roots[] = {before, after};
    for (size_t r = 0; r < countof(roots); r++)
        for (size_t f = 0; f < countof(fields); f++) {
            const struct node *map = field_of(roots[r], fields[f]);
            for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
                struct slice key = map->entries[i].key->text;
                // Each key is handled once, where it occurs first.
                if ((r == 0 && has_key(before, fields, f, key)) ||
                    (r == 1 && (has_key(before, fields, countof(fields), key) || has_key(after, fields, f, key))))
                    continue;
                compare_key(walk, key, before, after);
            }
        }
}
