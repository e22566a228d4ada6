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

static void spread(struct arena *arena, struct hash_index *index, uint32_t bucket_count)
{
    index->bucket_count = bucket_count;
    index->heads = arena_array(arena, uint32_t, bucket_count);
    index->tails = arena_array(arena, uint32_t, bucket_count);
    for (uint32_t i = 0; i < index->count; i++)
        link_entry(index, i);
}

void hash_index_reserve(struct arena *arena, struct hash_index *index, uint32_t count)
{
    uint32_t bucket_count = index->bucket_count ? index->bucket_count : 16;
    while (bucket_count < count && bucket_count < UINT32_MAX / 4)
        bucket_count *= 2;
    list_reserve(arena, index, count);
    if (bucket_count > index->bucket_count)
        spread(arena, index, bucket_count);
}

void hash_index_add(struct arena *arena, struct hash_index *index, uint64_t hash, uint32_t number)
{
    struct hash_index_entry entry = {hash, number, 0};
    list_append(arena, index, entry);
    if (index->count > index->bucket_count)
        spread(arena, index, index->bucket_count ? index->bucket_count * 4 : 16);
    else
        link_entry(index, index->count - 1);
}
