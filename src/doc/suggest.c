#include "doc/suggest.h"

enum { COMPARED_MAX = 64, SHOWN_MAX = 12 };

static struct slice nearest_key(const struct node *map, struct slice wanted)
{
    struct slice keys[COMPARED_MAX] = {0};
    size_t count = 0;
    for (; count < map->count && count < COMPARED_MAX; count++)
        keys[count] = map->entries[count].key->text;
    return nearest_text(wanted, keys, count);
}

void suggest_key(struct diagnostics *diagnostics, const struct node *map, struct slice wanted)
{
    if (!node_is_map(map))
        return;
    struct slice nearest = nearest_key(map, wanted);
    if (nearest.length) {
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
        return;
    }
    struct buffer list = {0};
    for (size_t i = 0; i < map->count && i < SHOWN_MAX; i++)
        buffer_add_format(&list, "%s%.*s", i ? ", " : "", SLICE_ARGS(map->entries[i].key->text));
    if (map->count)
        diagnose_hint(diagnostics, "the map has these keys: %.*s%s", SLICE_ARGS(buffer_slice(&list)),
                      map->count > SHOWN_MAX ? " …" : "");
    buffer_free(&list);
}

bool suggest_field(struct diagnostics *diagnostics, struct arena *arena, const struct field_path *path,
                   struct node *root)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct field_path_element *element = &path->elements[i];
        struct node *found = NULL;
        struct slice problem;
        if (element->step == FIELD_PATH_BLANK)
            continue;
        if (element->step == FIELD_PATH_EVERY || !field_path_step_into(arena, element, root, &found, &problem))
            return false;
        if (found) {
            root = found;
            continue;
        }
        if (element->step != FIELD_PATH_FIELD || !node_is_map(root))
            return false;
        struct slice nearest = nearest_key(root, element->key->text);
        if (nearest.length)
            diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
        return nearest.length > 0;
    }
    return false;
}
