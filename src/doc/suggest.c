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

// For `containers[0]`: an index must be a separate element. False: the element has another form.
static bool hint_index(struct diagnostics *diagnostics, const struct node *map, struct slice element)
{
    size_t open = slice_find_byte(element, '[');
    if (open == SLICE_NOT_FOUND || !open || !slice_ends_with(element, slice_literal("]")))
        return false;
    struct slice field = slice_part(element, 0, open), inside = slice_part(element, open + 1, element.length - 1);
    for (uint32_t i = 0; i < map->count; i++) {
        if (!slice_equal(map->entries[i].key->text, field))
            continue;
        if (slice_find_byte(inside, '=') == SLICE_NOT_FOUND)
            diagnose_hint(diagnostics, "write '%.*s.%.*s' for '%.*s'", SLICE_ARGS(field), SLICE_ARGS(inside),
                          SLICE_ARGS(element));
        else
            diagnose_hint(diagnostics, "write a '.' before the '[': '%.*s.[%.*s]'", SLICE_ARGS(field),
                          SLICE_ARGS(inside));
        return true;
    }
    return false;
}

// For `[name=app]` in a list without such a name. Only names are shown, because other values may be secret.
static bool hint_names(struct diagnostics *diagnostics, struct arena *arena, const struct node *list,
                       const struct field_path_element *element)
{
    struct slice names = {0};
    if (element->step != FIELD_PATH_MATCH || !node_is_sequence(list) || !element->match_key ||
        !slice_equals(element->match_key->text, "name"))
        return false;
    for (uint32_t i = 0; i < list->count && i < SHOWN_MAX; i++) {
        const struct node *name = node_is_map(list->items[i]) ? node_map_get(list->items[i], element->match_key) : NULL;
        if (node_is_scalar(name))
            names = arena_format(arena, "%.*s%s'%.*s'", SLICE_ARGS(names), names.length ? ", " : "",
                                 SLICE_ARGS(node_text(name)));
    }
    if (names.length)
        diagnose_hint(diagnostics, "no item of the list has the name '%.*s'; it has %.*s",
                      SLICE_ARGS(element->match_value), SLICE_ARGS(names));
    return names.length > 0;
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
        if (hint_names(diagnostics, arena, root, element))
            return true;
        if (element->step != FIELD_PATH_FIELD || !node_is_map(root))
            return false;
        if (hint_index(diagnostics, root, element->key->text))
            return true;
        struct slice nearest = nearest_key(root, element->key->text);
        if (nearest.length)
            diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
        return nearest.length > 0;
    }
    return false;
}
