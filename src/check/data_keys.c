#include "check/data_keys.h"

#include "base/ascii.h"
#include "check/object_fields.h"

static const char maps[][12] = {"data", "stringData", "binaryData"};

bool data_has_key(const struct resource *resource, struct slice key)
{
    for (size_t i = 0; i < countof(maps); i++)
        if (node_map_get_text(field_get(resource->root, maps[i]), key))
            return true;
    return false;
}

bool is_data_key(struct slice key)
{
    return slice_consists_of(key, byte_is_data_key);
}

bool data_next_key(const struct resource *resource, struct data_key_cursor *at)
{
    for (; at->map < countof(maps); at->map++, at->next = 0) {
        const struct node *map = field_get(resource->root, maps[at->map]);
        while (node_is_map(map) && at->next < map->count) {
            at->key = map->entries[at->next++].key->text;
            if (is_data_key(at->key))
                return true;
        }
    }
    return false;
}

struct text_set data_keys(struct arena *arena, const struct resource *resource)
{
    struct text_set keys = {0};
    for (struct data_key_cursor at = {0}; data_next_key(resource, &at);)
        text_set_add(arena, &keys, at.key);
    return keys;
}
