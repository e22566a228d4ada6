#include "base/text_set.h"

bool text_set_has(const struct text_set *set, struct slice text)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&set->index, slice_hash(text)); hash_cursor_next(&at, &number);)
        if (slice_equal(set->items[number], text))
            return true;
    return false;
}

bool text_set_add(struct arena *arena, struct text_set *set, struct slice text)
{
    if (text_set_has(set, text))
        return false;
    hash_index_add(arena, &set->index, slice_hash(text), (uint32_t)set->count);
    list_append(arena, set, text);
    return true;
}
