#include "base/name.h"

#include <stdlib.h>

#include "base/fatal.h"

enum { SLOTS_FIRST = 1024 };

struct name well_known_names[WELL_KNOWN_NAME_COUNT] = {
#define NAME_TEXT(identifier, literal) {.text = {literal, sizeof(literal) - 1}, .id = NAME_##identifier},
    WELL_KNOWN_NAMES(NAME_TEXT)
#undef NAME_TEXT
};

static pthread_once_t well_known_once = PTHREAD_ONCE_INIT;

static void hash_well_known(void)
{
    for (size_t i = 0; i < WELL_KNOWN_NAME_COUNT; i++)
        well_known_names[i].hash = (uint32_t)slice_hash(well_known_names[i].text);
}

static void insert(struct name_table *table, const struct name *name)
{
    uint32_t mask = table->slot_count - 1;
    uint32_t at = name->hash & mask;
    while (table->slots[at])
        at = (at + 1) & mask;
    table->slots[at] = name;
    table->count++;
}

static const struct name **allocate_slots(uint32_t count)
{
    const struct name **slots = calloc(count, sizeof *slots);
    if (!slots)
        fatal_out_of_memory();
    return slots;
}

void name_table_init(struct name_table *table)
{
    pthread_once(&well_known_once, hash_well_known);
    *table = (struct name_table){.slot_count = SLOTS_FIRST};
    pthread_mutex_init(&table->lock, NULL);
    table->slots = allocate_slots(SLOTS_FIRST);
    for (size_t i = 0; i < WELL_KNOWN_NAME_COUNT; i++)
        insert(table, &well_known_names[i]);
}

void name_table_free(struct name_table *table)
{
    free(table->slots);
    arena_free(&table->arena);
    pthread_mutex_destroy(&table->lock);
    *table = (struct name_table){0};
}

static void grow(struct name_table *table)
{
    const struct name **old = table->slots;
    uint32_t old_count = table->slot_count;
    table->slot_count *= 2;
    table->slots = allocate_slots(table->slot_count);
    table->count = 0;
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i])
            insert(table, old[i]);
    free(old);
}

static const struct name *intern_hashed(struct name_table *table, struct slice text, uint32_t hash)
{
    pthread_mutex_lock(&table->lock);
    uint32_t mask = table->slot_count - 1;
    const struct name *found;
    for (uint32_t at = hash & mask; (found = table->slots[at]); at = (at + 1) & mask)
        if (found->hash == hash && slice_equal(found->text, text))
            break;
    if (!found) {
        struct name *name = arena_new(&table->arena, struct name);
        *name = (struct name){.text = arena_copy(&table->arena, text), .hash = hash, .id = table->count};
        insert(table, name);
        found = name;
        if (table->count > table->slot_count / 2)
            grow(table);
    }
    pthread_mutex_unlock(&table->lock);
    return found;
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
