// base/hash_index.h
//
// Finds numbers (positions in an array of the caller) by hash. The caller compares what it finds, because different
// keys can have the same hash. Numbers with the same hash come in the order in which they were added.
//
//     for (struct hash_cursor at = hash_index_find(&index, hash); hash_cursor_next(&at, &number);)
//         if (matches(items[number])) …
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct hash_index_entry {
    uint64_t hash;
    uint32_t number;
    uint32_t next;  // 1 + position of the next entry in the same bucket; 0: none
};

// A zeroed struct is an empty index. Its memory comes from the arena given when adding.
struct hash_index {
    struct hash_index_entry *items;
    uint32_t count;
    uint32_t capacity;
    uint32_t *heads;  // 1 + position of the first entry
    uint32_t *tails;
    uint32_t bucket_count;  // a power of two
};

// Makes room when that many entries are expected.
void hash_index_reserve(struct arena *, struct hash_index *, uint32_t count);
void hash_index_add(struct arena *, struct hash_index *, uint64_t hash, uint32_t number);

struct hash_cursor {
    const struct hash_index *index;
    uint64_t hash;
    uint32_t next;
};

static inline struct hash_cursor hash_index_find(const struct hash_index *index, uint64_t hash)
{
    struct hash_cursor cursor = {index, hash, 0};
    if (index->bucket_count)
        cursor.next = index->heads[hash & (index->bucket_count - 1)];
    return cursor;
}

static inline bool hash_cursor_next(struct hash_cursor *cursor, uint32_t *number)
{
    while (cursor->next) {
        const struct hash_index_entry *entry = &cursor->index->items[cursor->next - 1];
        cursor->next = entry->next;
        if (entry->hash == cursor->hash) {
            *number = entry->number;
            return true;
        }
    }
    return false;
}

// True if a number was added with this hash, for callers for whom equal hashes are enough.
static inline bool hash_index_has(const struct hash_index *index, uint64_t hash)
{
    uint32_t number;
    struct hash_cursor at = hash_index_find(index, hash);
    return hash_cursor_next(&at, &number);
}
