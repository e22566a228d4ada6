#include "base/hash_index.h"

static void link_entry(struct hash_index *index, uint32_t position)
{
    uint32_t bucket = (uint32_t)(index->items[position].hash & (index->bucket_count - 1));
    index->items[position].next = 0;
    if (index->tails[bucket])
        index->items[index->tails[bucket] - 1].next = position + 1;
    else
        index->heads[bucket] = position + 1;
    index->tails[bucket] = position + 1;
}

void hash_index_add(struct arena *arena, struct hash_index *index, uint64_t hash, uint32_t number)
{
    struct hash_index_entry entry = {hash, number, 0};
    list_append(arena, index, entry);
    if (index->count > index->bucket_count) {
        index->bucket_count = index->bucket_count ? index->bucket_count * 4 : 16;
        index->heads = arena_array(arena, uint32_t, index->bucket_count);
        index->tails = arena_array(arena, uint32_t, index->bucket_count);
        for (uint32_t i = 0; i < index->count; i++)
            link_entry(index, i);
    } else {
        link_entry(index, index->count - 1);
    }
}
