#include "yaml/alias_uses.h"

#include "base/hash_index.h"
#include "doc/scalar.h"
#include "yaml/tree.h"

enum { LOOKS_MAX = 1000 };    // uses of one text that are compared
enum { USES_MAX = 1 << 16 };  // aliases of aliases can expand without limit

struct step {
    struct slice key;
    uint32_t index;  // of an item, which has no key
    bool is_item;
    uint32_t up;    // 1 + the number of the step before; 0: none
    uint64_t hash;  // of the whole path
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
    struct hash_index by_text, by_way;  // by_way: the text and the whole path
    size_t seen;
};

static uint64_t place_hash(struct position position)
{
    return hash_combine(position.line, position.column);
}

static uint64_t way_hash(uint64_t above, struct slice key, bool is_item, int64_t index)
{
    return hash_combine(above, is_item ? (uint64_t)index : slice_hash(key));
}

static uint32_t add_step(struct alias_uses *uses, struct step step)
{
    step.hash = way_hash(step.up ? uses->steps.items[step.up - 1].hash : 0, step.key, step.is_item, step.index);
    list_append(uses->arena, &uses->steps, step);
    return (uint32_t)uses->steps.count;
}

static void add_use(struct alias_uses *uses, struct position text, struct position alias, uint32_t step)
{
    uint32_t number = (uint32_t)uses->uses.count;
    hash_index_add(uses->arena, &uses->by_text, place_hash(text), number);
    hash_index_add(uses->arena, &uses->by_way,
                   hash_combine(place_hash(text), step ? uses->steps.items[step - 1].hash : 0), number);
    list_append(uses->arena, &uses->uses, ((struct use){text, alias, step}));
}

// `alias`: line 0 outside all aliases. `is_anchored`: this node or one above has an anchor.
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
        // The keys of `<<` belong to the map that contains it.
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

static bool is_index(const struct alias_step *step, uint32_t index)
{
    int64_t number;
    return scalar_parse_decimal(step->text, &number) && number == index;
}

// How many of the last steps match: keys count before indices.
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
        if (own->is_item && wanted->is_item)
            likeness.items += is_index(wanted, own->index);
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

static bool is_at(const struct use *use, struct position text)
{
    return use->text.line == text.line && use->text.column == text.column;
}

// True if the path is exactly that of the field.
static bool is_way(const struct alias_uses *uses, uint32_t step, const struct alias_step *field, size_t count)
{
    for (; step && count; count--) {
        const struct step *own = &uses->steps.items[step - 1];
        const struct alias_step *wanted = &field[count - 1];
        if (own->is_item != wanted->is_item ||
            (own->is_item ? !is_index(wanted, own->index) : !slice_equal(own->key, wanted->text)))
            return false;
        step = own->up;
    }
    return !step && !count;
}

// Most fields are still where they were written. NULL: this one isn't.
static const struct use *find_exact(const struct alias_uses *uses, struct position text, const struct alias_step *field,
                                    size_t count)
{
    uint64_t hash = 0;
    uint32_t number;
    for (size_t i = 0; i < count; i++) {
        int64_t index = 0;
        if (field[i].is_item && !scalar_parse_decimal(field[i].text, &index))
            return NULL;
        hash = way_hash(hash, field[i].text, field[i].is_item, index);
    }
    struct hash_cursor at = hash_index_find(&uses->by_way, hash_combine(place_hash(text), hash));
    while (hash_cursor_next(&at, &number))
        if (is_at(&uses->uses.items[number], text) && is_way(uses, uses->uses.items[number].step, field, count))
            return &uses->uses.items[number];
    return NULL;
}

struct position alias_uses_find(const struct alias_uses *uses, struct position text, const struct alias_step *field,
                                size_t count)
{
    struct likeness best = {0};
    struct position found = {0};
    bool is_ambiguous = false;
    uint32_t number;
    size_t looks = 0;
    if (!uses)
        return found;
    const struct use *exact = find_exact(uses, text, field, count);
    if (exact)
        return exact->alias;
    for (struct hash_cursor at = hash_index_find(&uses->by_text, place_hash(text)); hash_cursor_next(&at, &number);) {
        const struct use *use = &uses->uses.items[number];
        if (!is_at(use, text))
            continue;
        if (looks++ == LOOKS_MAX)
            return (struct position){0};
        struct likeness likeness = compare(uses, use->step, field, count);
        bool is_equally_good = likeness.keys == best.keys && likeness.items == best.items;
        bool is_better = likeness.keys > best.keys || (likeness.keys == best.keys && likeness.items > best.items);
        if (!likeness.keys || (!is_better && !is_equally_good))
            continue;
        is_ambiguous = is_equally_good &&
                       (is_ambiguous || use->alias.line != found.line || use->alias.column != found.column);
        best = likeness;
        found = use->alias;
    }
    return is_ambiguous ? (struct position){0} : found;
}
