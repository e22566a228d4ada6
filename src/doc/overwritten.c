#include "doc/overwritten.h"

struct overwritten_node {
    const struct node *node;
    struct position value, path;
};

void overwritten_add(struct arena *arena, struct overwritten *all, const struct node *node, struct position path)
{
    const struct overwritten_node one = {node, node->position, path};
    hash_index_add(arena, &all->by_node, hash_combine(0, (uintptr_t)node), (uint32_t)all->count);
    list_append(arena, all, one);
}

struct position overwritten_path(const struct overwritten *all, const struct node *node)
{
    struct position path = {0};
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&all->by_node, hash_combine(0, (uintptr_t)node));
         hash_cursor_next(&at, &number);)
        if (all->items[number].node == node && position_equal(all->items[number].value, node->position))
            path = all->items[number].path;
    return path;
}
