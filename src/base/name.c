#include "base/name.h"

#include "base/recovery.h"

enum { SLOTS_FIRST = 1024 };

void names_prepare(struct name *known, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        known[i].hash = (uint32_t)slice_hash(known[i].text);
        known[i].id = i;
    }
}

static struct name_slots *new_slots(struct name_table *table, uint32_t count)
{
    struct name_slots *slots = arena_allocate(&table->arena, sizeof *slots + count * sizeof *slots->items,
                                              _Alignof(struct name_slots));
    slots->count = count;
    return slots;
}

static void place(struct name_slots *slots, const struct name *name)
{
    uint32_t mask = slots->count - 1;
    uint32_t at = name->hash & mask;
    while (atomic_load_explicit(&slots->items[at], memory_order_relaxed))
        at = (at + 1) & mask;
    atomic_store_explicit(&slots->items[at], name, memory_order_release);
}

void name_table_init(struct name_table *table, const struct name *known, uint32_t count)
{
    *table = (struct name_table){.count = count};
    pthread_mutex_init(&table->lock, NULL);
    struct name_slots *slots = new_slots(table, SLOTS_FIRST);
    for (uint32_t i = 0; i < count; i++)
        place(slots, &known[i]);
    atomic_store(&table->slots, slots);
}

void name_table_free(struct name_table *table)
{
    arena_free(&table->arena);
    pthread_mutex_destroy(&table->lock);
}

static const struct name *find(struct name_table *table, struct slice text, uint32_t hash)
{
    const struct name_slots *slots = atomic_load_explicit(&table->slots, memory_order_acquire);
    uint32_t mask = slots->count - 1;
    const struct name *name;
    for (uint32_t at = hash & mask; (name = atomic_load_explicit(&slots->items[at], memory_order_acquire));
         at = (at + 1) & mask)
        if (name->hash == hash && slice_equal(name->text, text))
            return name;
    return NULL;
}

// Called with the lock held.
static const struct name *add(struct name_table *table, struct slice text, uint32_t hash)
{
    struct name *name = arena_new(&table->arena, struct name);
    name->text = arena_copy(&table->arena, text);
    name->hash = hash;
    name->id = table->count++;
    struct name_slots *slots = atomic_load_explicit(&table->slots, memory_order_relaxed);
    if (table->count > slots->count / 2) {
        struct name_slots *larger = new_slots(table, slots->count * 2);
        for (uint32_t i = 0; i < slots->count; i++) {
            const struct name *old = atomic_load_explicit(&slots->items[i], memory_order_relaxed);
            if (old)
                place(larger, old);
        }
        atomic_store_explicit(&table->slots, larger, memory_order_release);
        slots = larger;
    }
    place(slots, name);
    return name;
}

static const struct name *intern_hashed(struct name_table *table, struct slice text, uint32_t hash)
{
    const struct name *name = find(table, text, hash);
    if (name)
        return name;
    pthread_mutex_lock(&table->lock);
    name = find(table, text, hash);  // another thread may have been faster
    if (!name) {
        struct held lock;
        held_push_lock(&lock, &table->lock);
        name = add(table, text, hash);
        held_pop();
    }
    pthread_mutex_unlock(&table->lock);
    return name;
}

const struct name *name_intern(struct name_table *table, struct slice text)
{
    return intern_hashed(table, text, (uint32_t)slice_hash(text));
}

const struct name *name_intern_cached(struct name_cache *cache, struct slice text)
{
    uint32_t hash = (uint32_t)slice_hash(text);
    const struct name **slot = &cache->slots[hash % countof(cache->slots)];
    if (!*slot || (*slot)->hash != hash || !slice_equal((*slot)->text, text))
        *slot = intern_hashed(cache->table, text, hash);
    return *slot;
}
