#include "check/selections.h"

void judge_offer_labels(struct judge *judge, bool services, const struct resource *resource, const struct node *labels)
{
    struct arena *arena = &judge->arena;
    struct selection selection = {.services = services, .namespace = arena_copy(arena, object_namespace(resource))};
    if (!node_is_map(labels))
        return;
    selection.pairs = arena_array(arena, struct label_pair, labels->count + 1);
    for (uint32_t i = 0; i < labels->count; i++)
        if (node_is_scalar(labels->entries[i].value))
            selection.pairs[selection.count++] = (struct label_pair){
                arena_copy(arena, labels->entries[i].key->text),
                arena_copy(arena, node_text(labels->entries[i].value))};
    list_append(arena, &judge->labels, selection);
}

void sighting_selects(struct judge *judge, struct sighting *sighting, bool services,
                      const struct requirements *requirements, struct slice namespace)
{
    struct arena *arena = &judge->arena;
    if (!sighting || !judge_has_others(judge))
        return;
    struct selection *selection = arena_new(arena, struct selection);
    selection->services = services;
    selection->namespace = arena_copy(arena, namespace);
    selection->pairs = arena_array(arena, struct label_pair, requirements->count + 1);
    for (size_t i = 0; i < requirements->count; i++)
        if (requirements->items[i].kind == REQUIRE_VALUE)
            selection->pairs[selection->count++] = (struct label_pair){arena_copy(arena, requirements->items[i].key),
                                                                       arena_copy(arena, requirements->items[i].value)};
    sighting->selects = selection;
}

static uint64_t pair_hash(bool services, const struct label_pair *pair)
{
    return hash_combine(slice_hash_pair(pair->key, pair->value), services);
}

void selections_add(struct selections *selections, const struct selection *selection)
{
    for (size_t i = 0; i < selection->count; i++)
        hash_index_add(selections->arena, &selections->by_pair, pair_hash(selection->services, &selection->pairs[i]),
                       (uint32_t)selections->known.count);
    list_append(selections->arena, &selections->known, selection);
}

static bool has_pair(const struct selection *selection, const struct label_pair *pair)
{
    for (size_t i = 0; i < selection->count; i++)
        if (slice_equal(selection->pairs[i].key, pair->key) && slice_equal(selection->pairs[i].value, pair->value))
            return true;
    return false;
}

static bool meets(const struct selection *known, const struct selection *wanted)
{
    if (known->services != wanted->services || !namespaces_overlap(known->namespace, wanted->namespace))
        return false;
    for (size_t i = 0; i < wanted->count; i++)
        if (!has_pair(known, &wanted->pairs[i]))
            return false;
    return true;
}

bool selection_has_match(const struct selections *selections, const struct selection *wanted)
{
    uint32_t number;
    if (!wanted || !wanted->count)
        return false;
    size_t looks = 0;
    // The last label of a selector usually distinguishes its Pods from others.
    const struct label_pair *last = &wanted->pairs[wanted->count - 1];
    for (struct hash_cursor at = hash_index_find(&selections->by_pair, pair_hash(wanted->services, last));
         hash_cursor_next(&at, &number);)
        if (looks++ == LOOKS_MAX || meets(selections->known.items[number], wanted))
            return true;
    return false;
}
