#include <stdlib.h>

#include "images/formats.h"
#include "images/images.h"

static struct slice sort_text(const struct image_use *use)
{
    return use->is_valid ? use->reference.normalized : use->text;
}

// Sorts by image, then by text, and keeps the order of equal uses.
static int compare_uses(const void *a, const void *b)
{
    const struct image_use *const *left = a, *const *right = b;
    int order = slice_compare(sort_text(*left), sort_text(*right));
    if (!order)
        order = slice_compare((*left)->text, (*right)->text);
    if (order)
        return order;
    return (*left > *right) - (*left < *right);
}

void images_sort(struct image_list *list)
{
    size_t count = list->uses.count;
    struct image_use *sorted = arena_array(list->arena, struct image_use, count);
    const struct image_use **order = arena_array(list->arena, const struct image_use *, count);
    for (size_t i = 0; i < count; i++)
        order[i] = &list->uses.items[i];
    qsort(order, count, sizeof *order, compare_uses);
    for (size_t i = 0; i < count; i++)
        sorted[i] = *order[i];
    list->uses.items = sorted;
    list->uses.capacity = count;
}

size_t images_run_end(const struct image_list *list, size_t first)
{
    size_t end = first + 1;
    while (end < list->uses.count && slice_equal(list->uses.items[end].text, list->uses.items[first].text))
        end++;
    return end;
}

struct slice image_use_object(struct arena *arena, const struct image_use *use)
{
    return arena_format(arena, "%.*s/%.*s%s%.*s", SLICE_ARGS(use->kind), SLICE_ARGS(use->namespace),
                        use->namespace.length ? "/" : "", SLICE_ARGS(use->name));
}

size_t images_same_end(const struct image_list *list, size_t first)
{
    const struct image_use *use = &list->uses.items[first];
    size_t end = first + 1;
    while (end < list->uses.count && list->uses.items[end].is_valid == use->is_valid &&
           slice_equal(sort_text(&list->uses.items[end]), sort_text(use)))
        end++;
    return end;
}

const struct image_format image_formats[] = {
#define FORMAT(name) {#name, images_write_##name},
    IMAGE_FORMATS(FORMAT)
#undef FORMAT
        {0},
};

const struct image_format *image_format_find(const char *name)
{
    for (const struct image_format *format = image_formats; format->name; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}
