#include "check/misspelled.h"

unsigned api_form_holds(enum api_form form)
{
    switch (form) {
    case API_ANY:
        return HOLDS_ANY;
    case API_LIST:
        return HOLDS_LIST;
    case API_MAP:
    case API_OBJECT:
        return HOLDS_MAP;
    default:
        return HOLDS_SCALAR;
    }
}

bool field_can_hold(unsigned holds, const struct node *value)
{
    unsigned kind = value->kind == NODE_MAP ? HOLDS_MAP : value->kind == NODE_SEQUENCE ? HOLDS_LIST : HOLDS_SCALAR;
    return holds & kind || node_is_null(value);
}

void misspelled_add(struct misspelled *misspelled, const struct map_entry *entry)
{
    if (misspelled->count < MISSPELLED_MAX)
        misspelled->items[misspelled->count++].entry = entry;
}

// True if the map has the field from the same file. Another file, such as a patch, may be meant to change it.
static bool has_beside(struct validation *validation, const struct step *step, const struct node *map,
                       struct slice field, const struct map_entry *entry)
{
    const struct map_entry *other = node_map_find_text(map, field);
    return other &&
           validation_key_place(validation, step, other).file == validation_key_place(validation, step, entry).file;
}

static struct slice nearest_choice(struct validation *validation, const struct step *step, const struct node *map,
                                   const struct map_entry *entry, const struct field_choice *choices, size_t count)
{
    enum { NEAR_MAX = 16 };
    struct slice near[NEAR_MAX];
    size_t found = 0;
    for (size_t i = 0; i < count && found < NEAR_MAX; i++)
        if (field_can_hold(choices[i].holds, entry->value) &&
            nearest_text(entry->key->text, &choices[i].name, 1).length &&
            !has_beside(validation, step, map, choices[i].name, entry))
            near[found++] = choices[i].name;
    return nearest_text(entry->key->text, near, found);
}

void misspelled_find(struct misspelled *misspelled, struct validation *validation, const struct step *step,
                     const struct field_choice *choices, size_t count)
{
    for (size_t i = 0; i < misspelled->count; i++) {
        const struct map_entry *entry = misspelled->items[i].entry;
        struct slice meant = nearest_choice(validation, step, misspelled->map, entry, choices, count);
        bool is_case = slice_equal_ignoring_case(meant, entry->key->text);
        misspelled->items[i].meant = meant;
        misspelled->items[i].distance = is_case ? 0 : slice_edit_distance(meant, entry->key->text, SIZE_MAX - 1);
        // Of several keys, only the most similar one is meant to be the field.
        for (size_t k = 0; meant.length && k < i; k++) {
            if (!slice_equal(misspelled->items[k].meant, meant))
                continue;
            bool is_nearer = misspelled->items[i].distance < misspelled->items[k].distance;
            misspelled->items[is_nearer ? k : i].meant = (struct slice){0};
        }
    }
}

void misspelled_set(struct misspelled *misspelled, const struct map_entry *entry, struct slice meant)
{
    for (size_t i = 0; i < misspelled->count; i++)
        if (misspelled->items[i].entry == entry)
            misspelled->items[i].meant = meant;
}

struct slice misspelled_meaning(const struct misspelled *misspelled, const struct map_entry *entry)
{
    for (size_t i = 0; i < misspelled->count; i++)
        if (misspelled->items[i].entry == entry)
            return misspelled->items[i].meant;
    return (struct slice){0};
}

bool misspelled_has(const struct misspelled *misspelled, struct slice field)
{
    for (size_t i = 0; misspelled && i < misspelled->count; i++)
        if (slice_equal(misspelled->items[i].meant, field))
            return true;
    return false;
}
