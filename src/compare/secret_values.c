// compare/secret_values.c
//
// Compares a Secret's values, however they are written: as base64 under `data`, or plainly under `stringData`.
#include "base/base64.h"
#include "base/hash_index.h"
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

static const char *const fields[] = {"data", "stringData"};

// A Secret whose values can be looked up by key.
struct secret {
    const struct node *maps[countof(fields)];  // NULL: it lacks the field, or the field isn't a map
    struct hash_index keys[countof(fields)];
};

static struct secret secret_of(struct walk *walk, const struct node *root)
{
    struct secret secret = {0};
    for (size_t f = 0; f < countof(fields); f++) {
        const struct node *map = field_of(root, fields[f]);
        secret.maps[f] = node_is_map(map) ? map : NULL;
        for (uint32_t i = 0; secret.maps[f] && i < map->count; i++)
            hash_index_add(walk->arena, &secret.keys[f], slice_hash(map->entries[i].key->text), i);
    }
    return secret;
}

static const struct map_entry *find_key(const struct secret *secret, size_t field, struct slice key)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&secret->keys[field], slice_hash(key));
         hash_cursor_next(&at, &number);)
        if (slice_equal(secret->maps[field]->entries[number].key->text, key))
            return &secret->maps[field]->entries[number];
    return NULL;
}

// The value as the API server would store it: `stringData` wins.
static struct secret_value value_of(struct walk *walk, const struct secret *secret, struct slice key)
{
    for (size_t f = countof(fields); f-- > 0;) {
        const struct map_entry *entry = find_key(secret, f, key);
        if (!entry || node_is_null(entry->value))
            continue;
        struct slice text = node_is_scalar(entry->value) ? node_text(entry->value) : (struct slice){0};
        return (struct secret_value){entry->value, slice_from(fields[f]),
                                     f ? text : secret_value_decoded(walk->arena, text)};
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

static void compare_key(struct walk *walk, struct slice key, const struct secret *before, const struct secret *after)
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

// True if one of the first `count` fields has the key.
static bool has_key(const struct secret *secret, size_t count, struct slice key)
{
    for (size_t f = 0; f < count; f++)
        if (find_key(secret, f, key))
            return true;
    return false;
}

void walk_secret_values(struct walk *walk, const struct node *before, const struct node *after)
{
    const struct secret old = secret_of(walk, before), new = secret_of(walk, after), *secrets[] = {&old, &new};
    for (size_t s = 0; s < countof(secrets); s++)
        for (size_t f = 0; f < countof(fields); f++) {
            const struct node *map = secrets[s]->maps[f];
            for (uint32_t i = 0; map && i < map->count; i++) {
                struct slice key = map->entries[i].key->text;
                // Each key is handled once, where it occurs first.
                if (!has_key(secrets[s], f, key) && (s == 0 || !has_key(&old, countof(fields), key)))
                    compare_key(walk, key, &old, &new);
            }
        }
}
