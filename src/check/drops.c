#include "check/drops.h"

#include "check/data_keys.h"
#include "check/objects.h"

struct drop_list {
    struct drop *items;
    size_t count, capacity;
};

struct drops {
    struct drop_list had;        // what the targets of the current patch have
    struct drop_list dropped;    // by the steps so far
    struct hash_index by_key;    // object and key, or kind and name → index in `dropped`
    struct hash_index replaced;  // object → index in `objects`
    struct {
        const struct resource **items;  // that a generator has replaced
        size_t count, capacity;
    } objects;
};

static bool has_data(const struct resource *resource)
{
    return resource->id.gvk.kind == NAME(ConfigMap) || resource->id.gvk.kind == NAME(Secret);
}

static uint64_t key_hash(const struct resource *resource, struct slice key)
{
    return hash_combine(slice_hash(key), (uintptr_t)resource);
}

static struct drops *drops_of(struct judge *judge)
{
    if (!judge->drops)
        judge->drops = arena_new(&judge->scratch, struct drops);
    return judge->drops;
}

static void add_drop(struct judge *judge, struct drop drop)
{
    struct drops *drops = drops_of(judge);
    const struct resource_id *id = &drop.resource->id;
    struct slice kind = id->gvk.kind->text, name = id->name->text;
    uint64_t any = object_id_hash(kind, name, ANY_NAMESPACE);
    uint32_t number = (uint32_t)drops->dropped.count;
    hash_index_add(
        &judge->scratch, &drops->by_key,
        drop.key.length ? key_hash(drop.resource, drop.key) : object_id_hash(kind, name, id->namespace->text), number);
    if (!drop.key.length && !hash_index_has(&drops->by_key, any))
        hash_index_add(&judge->scratch, &drops->by_key, any, number);
    list_append(&judge->scratch, &drops->dropped, drop);
}

void drops_note_event(struct judge *judge, const struct build_event *event)
{
    if (event->kind != EVENT_GENERATED || !event->replaced || !has_data(event->replaced))
        return;
    struct drops *drops = drops_of(judge);
    hash_index_add(&judge->scratch, &drops->replaced, hash_combine(0, (uintptr_t)event->made),
                   (uint32_t)drops->objects.count);
    list_append(&judge->scratch, &drops->objects, event->replaced);
    if (event->behavior != BEHAVIOR_REPLACE)
        return;
    enum drop_cause cause = event->program.length ? DROPPED_BY_PROGRAM : DROPPED_BY_GENERATOR;
    struct arena temporary = {0};
    struct text_set kept = data_keys(&temporary, event->made);
    for (struct data_key_cursor at = {0}; data_next_key(event->replaced, &at);)
        if (!text_set_has(&kept, at.key))
            add_drop(judge, (struct drop){event->made, at.key, event->ordered_by, judge->visit, cause});
    arena_free(&temporary);
}

// Remembers what the targets have before the patch: each object, then its keys.
static void note_targets(struct judge *judge, const struct match *match)
{
    struct drop_list *had = &drops_of(judge)->had;
    had->count = 0;
    for (size_t i = 0; i < match->targets->count; i++) {
        struct drop drop = {match->targets->items[i], {0}, match->position, judge->visit, DROPPED_BY_PATCH};
        list_append(&judge->scratch, had, drop);
        for (struct data_key_cursor at = {0}; has_data(drop.resource) && data_next_key(drop.resource, &at);) {
            drop.key = at.key;
            list_append(&judge->scratch, had, drop);
        }
    }
}

// `had` holds the keys of one object before the patch. Usually, they are the same after it.
static void compare_keys(struct judge *judge, const struct drop *had, size_t count)
{
    struct data_key_cursor at = {0};
    size_t same = 0;
    while (same < count && data_next_key(had->resource, &at) && slice_equal(at.key, had[same].key))
        same++;
    if (same == count)
        return;
    struct arena temporary = {0};
    struct text_set kept = data_keys(&temporary, had->resource);
    for (size_t i = same; i < count; i++)
        if (!text_set_has(&kept, had[i].key))
            add_drop(judge, had[i]);
    arena_free(&temporary);
}

static void compare_targets(struct judge *judge)
{
    const struct drop_list *had = &drops_of(judge)->had;
    size_t end;
    for (size_t i = 0; i < had->count; i = end) {
        for (end = i + 1; end < had->count && had->items[end].key.length; end++)
            ;
        if (had->items[i].resource->removed)
            add_drop(judge, had->items[i]);
        else
            compare_keys(judge, &had->items[i + 1], end - i - 1);
    }
}

void drops_note_match(struct judge *judge, const struct match *match)
{
    if (match->kind == MATCH_PATCH_BEFORE)
        note_targets(judge, match);
    else if (match->kind == MATCH_PATCH)
        compare_targets(judge);
}

// --- Look-ups.

static const struct drop *last_drop(const struct judge *judge, uint64_t hash, const struct resource *resource,
                                    struct slice key)
{
    const struct drops *drops = judge->drops;
    const struct drop *last = NULL;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&drops->by_key, hash); hash_cursor_next(&at, &number);) {
        const struct drop *drop = &drops->dropped.items[number];
        if (drop->resource == resource && slice_equal(drop->key, key))
            last = drop;
    }
    return last;
}

// The object that was in this one's place before a generator replaced it; NULL: none.
static const struct resource *replaced_by(const struct drops *drops, const struct resource *resource)
{
    uint32_t number;
    struct hash_cursor at = hash_index_find(&drops->replaced, hash_combine(0, (uintptr_t)resource));
    return hash_cursor_next(&at, &number) ? drops->objects.items[number] : NULL;
}

const struct drop *drop_of_key(const struct judge *judge, const struct resource *resource, struct slice key)
{
    const struct drop *drop = NULL;
    for (; judge->drops && resource && !drop; resource = replaced_by(judge->drops, resource))
        drop = last_drop(judge, key_hash(resource, key), resource, key);
    return drop;
}

static const struct drop *object_drop(const struct drops *drops, struct slice kind, struct slice name,
                                      struct slice namespace)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&drops->by_key, object_id_hash(kind, name, namespace));
         hash_cursor_next(&at, &number);) {
        const struct drop *drop = &drops->dropped.items[number];
        if (!drop->key.length && slice_equal(drop->resource->id.gvk.kind->text, kind) &&
            slice_equal(drop->resource->id.name->text, name))
            return drop;
    }
    return NULL;
}

const struct drop *drop_of_object(const struct judge *judge, struct slice kind, struct slice name,
                                  struct slice namespace)
{
    const struct drops *drops = judge->drops;
    if (!drops)
        return NULL;
    if (!namespace.length)
        return object_drop(drops, kind, name, ANY_NAMESPACE);
    const struct drop *drop = object_drop(drops, kind, name, namespace);
    return drop ? drop : object_drop(drops, kind, name, (struct slice){0});
}
