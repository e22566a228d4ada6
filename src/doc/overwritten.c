#include "doc/overwritten.h"

struct overwritten_node {
    const struct node *node;
    struct position value, path;
};

void overwritten_add(struct arena *arena, struct overwritten *all, const struct node *node, struct position path)
{
    const struct overwritten_node one = {node, node->position, path};
    list_append(arena, all, one);
}

struct position overwritten_path(const struct overwritten *all, const struct node *node)
{
    for (size_t i = all->count; i-- > 0;)
        if (all->items[i].node == node)
            return position_equal(all->items[i].value, node->position) ? all->items[i].path : (struct position){0};
    return (struct position){0};
}
