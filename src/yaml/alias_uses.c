#include "yaml/alias_uses.h"

#include "base/hash_index.h"
#include "doc/scalar.h"
#include "yaml/tree.h"

enum { USES_MAX = 1 << 16 };  // aliases of aliases stand for more than anybody wants to look at

struct step {
    struct slice key;
    uint32_t index;  // of an item, which has no key
    bool is_item;
    uint32_t up;  // 1 + the number of the step before; 0: none
};

struct use {
    struct position text, alias;  // alias: line 0, the text itself
    uint32_t step;                // 1 + the number of the last step
};

struct alias_uses {
    struct arena *arena;
    struct {
        struct step *items;
        size_t count, capacity;
    } steps;
    struct {
        struct use *items;
        size_t count, capacity;
    } uses;
    struct hash_index by_text;
    size_t seen;
};

static uint64_t place_hash(struct position position)
{
    return hash_combine(position.line, position.column);
}

static uint32_t add_step(struct alias_uses *uses, struct step step)
{
    list_append(uses->arena, &uses->steps, step);
    return (uint32_t)uses->steps.count;
}

static void add_use(struct alias_uses *uses, struct position text, struct position alias, uint32_t step)
{
    hash_index_add(uses->arena, &uses->by_text, place_hash(text), (uint32_t)uses->uses.count);
    list_append(uses->arena, &uses->uses, ((struct use){text, alias, step}));
}

// `alias` has line 0 outside of any; `is_anchored`: an anchor is here or above.
static void look(struct alias_uses *uses, const struct tree *tree, struct position alias, bool is_anchored,
                 uint32_t step)
{
    if (++uses->seen > USES_MAX)
        return;
    is_anchored |= tree->anchor.length > 0;
    if (tree->kind == TREE_ALIAS) {
        if (tree->target)
            look(uses, tree->target, alias.line ? alias : tree->position, true, step);
        return;
    }
    if (is_anchored)
        add_use(uses, tree->position, alias, step);
    for (uint32_t i = 0; tree->kind == TREE_SEQUENCE && i < tree->count; i++)
        look(uses, tree->items[i], alias, is_anchored, add_step(uses, (struct step){{0}, i, true, step}));
    for (uint32_t i = 0; tree->kind == TREE_MAP && i + 1 < tree->count; i += 2) {
        const struct tree *key = tree->items[i];
        // What `<<` brings is a part of the map around it.
        uint32_t below = slice_equals(key->text, "<<") ? step
                                                       : add_step(uses, (struct step){key->text, 0, false, step});
        if (is_anchored)
            add_use(uses, key->position, alias, below);
        look(uses, tree->items[i + 1], alias, is_anchored, below);
    }
}

struct alias_uses *alias_uses_read(struct read_context *read, const struct source *source)
{
    struct tree_documents documents = {0};
    size_t mark = read->diagnostics->count;
    if (slice_find_byte(source->content, '&') == SLICE_NOT_FOUND ||
        slice_find_byte(source->content, '*') == SLICE_NOT_FOUND)
        return NULL;
    bool reads = tree_read(read, source, &documents);
    diagnostics_forget(read->diagnostics, mark);
    if (!reads)
        return NULL;
    struct alias_uses *uses = arena_new(read->arena, struct alias_uses);
    uses->arena = read->arena;
    for (size_t i = 0; i < documents.count; i++)
        if (documents.items[i]->root)
            look(uses, documents.items[i]->root, (struct position){0}, false, 0);
    return uses->seen > USES_MAX ? NULL : uses;
}

// How well a way ends as the field does: first the keys, then the places in lists.
struct likeness {
    size_t keys, items;
};

static struct likeness compare(const struct alias_uses *uses, uint32_t step, const struct alias_step *field,
                               size_t count)
{
    struct likeness likeness = {0};
    while (step && count) {
        const struct step *own = &uses->steps.items[step - 1];
        const struct alias_step *wanted = &field[count - 1];
        int64_t index;
        if (own->is_item && wanted->is_item)
            likeness.items += scalar_parse_decimal(wanted->text, &index) && index == own->index;
        else if (!own->is_item && !wanted->is_item && slice_equal(own->key, wanted->text))
            likeness.keys++;
        else if (own->is_item == wanted->is_item)
            break;
        // A field may be written without its items.
        step = own->is_item || !wanted->is_item ? own->up : step;
        count -= wanted->is_item || !own->is_item;
    }
    return likeness;
}

struct position alias_uses_find(const struct alias_uses *uses, struct position text, const struct alias_step *field,
                                size_t count)
{
    struct likeness best = {0};
    struct position found = {0};
    bool is_ambiguous = false;
    uint32_t number;
    if (!uses)
        return found;
    for (struct hash_cursor at = hash_index_find(&uses->by_text, place_hash(text)); hash_cursor_next(&at, &number);) {
        const struct use *use = &uses->uses.items[number];
        if (use->text.line != text.line || use->text.column != text.column)
            continue;
        struct likeness likeness = compare(uses, use->step, field, count);
        bool is_as_good = likeness.keys == best.keys && likeness.items == best.items;
        bool is_better = likeness.keys > best.keys || (likeness.keys == best.keys && likeness.items > best.items);
        if (!likeness.keys || (!is_better && !is_as_good))
            continue;
        is_ambiguous = is_as_good &&
                       (is_ambiguous || use->alias.line != found.line || use->alias.column != found.column);
        best = likeness;
        found = use->alias;
    }
    return is_ambiguous ? (struct position){0} : found;
}
