#include "compare/renames.h"

#include <stdlib.h>

#include "compare/meaning.h"
#include "resource/name_hash.h"
#include "schema/default_field_specs.h"

const char *const rename_reason_texts[] = {"", "name-hash", "name", "namespace", "similar"};

// --- Pairing.

struct matching {
    struct arena *arena;
    const struct side *sides[2];
    size_t counts[2];
    const struct resource **partners[2];  // of each object; NULL: none yet
    uint8_t *reasons;                     // of each object before, enum rename_reason
};

static const struct resource *object_of(const struct matching *matching, int side, size_t number)
{
    return matching->sides[side]->build->resources.items[number];
}

static void join(struct matching *matching, size_t before, size_t after, enum rename_reason reason)
{
    matching->partners[0][before] = object_of(matching, 1, after);
    matching->partners[1][after] = object_of(matching, 0, before);
    matching->reasons[before] = (uint8_t)reason;
}

// What identifies an object in one pass, for hashing and for comparing.
struct object_key {
    struct slice group, kind, namespace, name;
};

static uint64_t key_hash(const struct object_key *key)
{
    uint64_t hash = slice_hash_pair(key->group, key->kind);
    return hash_combine(hash, slice_hash_pair(key->namespace, key->name));
}

static bool is_same_key(const struct object_key *a, const struct object_key *b)
{
    return slice_equal(a->name, b->name) && slice_equal(a->kind, b->kind) && slice_equal(a->group, b->group) &&
           slice_equal(a->namespace, b->namespace);
}

// False: the pass doesn't apply to the object.
typedef bool key_function(const struct side *, const struct resource *, struct object_key *);

static bool key_of_id(const struct side *side, const struct resource *object, struct object_key *key)
{
    (void)side;
    *key = (struct object_key){object->id.gvk.group->text, object->id.gvk.kind->text,
                               resource_effective_namespace(object)->text, object->id.name->text};
    return true;
}

static bool is_data(const struct resource *object)
{
    return name_is_empty(object->id.gvk.group) &&
           (object->id.gvk.kind == NAME(ConfigMap) || object->id.gvk.kind == NAME(Secret));
}

// For kiln's own objects, it is known which names have a hash. For other objects, a name that looks like one is assumed
// to have one.
static bool key_without_hash(const struct side *side, const struct resource *object, struct object_key *key)
{
    key_of_id(side, object, key);
    if (side->is_build ? object->needs_hash : is_data(object))
        name_without_hash(object->id.name->text, &key->name);
    return true;
}

static bool key_of_origin(const struct side *side, const struct resource *object, struct object_key *key)
{
    key_of_id(side, object, key);
    key->name = resource_original_id(object).name->text;
    return side->is_build;
}

static bool key_without_namespace(const struct side *side, const struct resource *object, struct object_key *key)
{
    key_without_hash(side, object, key);
    key->namespace = (struct slice){0};
    return true;
}

static bool key_of_origin_anywhere(const struct side *side, const struct resource *object, struct object_key *key)
{
    bool known = key_of_origin(side, object, key);
    key->namespace = (struct slice){0};
    return known;
}

struct keyed_objects {
    struct object_key *keys;
    bool *wanted;
    struct hash_index index;
};

static struct keyed_objects key_objects(const struct matching *matching, int side, key_function *function)
{
    size_t count = matching->counts[side];
    struct keyed_objects keyed = {
        arena_array(matching->arena, struct object_key, count + 1), arena_array(matching->arena, bool, count + 1), {0}};
    for (size_t i = 0; i < count; i++) {
        if (matching->partners[side][i])
            continue;
        keyed.wanted[i] = function(matching->sides[side], object_of(matching, side, i), &keyed.keys[i]);
        if (keyed.wanted[i])
            hash_index_add(matching->arena, &keyed.index, key_hash(&keyed.keys[i]), (uint32_t)i);
    }
    return keyed;
}

// The only object with the key; SIZE_MAX: none, or several.
static size_t only_with_key(const struct keyed_objects *keyed, const struct object_key *key)
{
    size_t found = SIZE_MAX;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&keyed->index, key_hash(key)); hash_cursor_next(&at, &number);) {
        if (!is_same_key(&keyed->keys[number], key))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = number;
    }
    return found;
}

// Pairs objects without a partner that have equal keys, if only one object on each side has the key.
static void pair_by(struct matching *matching, key_function *function, enum rename_reason reason)
{
    struct keyed_objects before = key_objects(matching, 0, function), after = key_objects(matching, 1, function);
    for (size_t i = 0; i < matching->counts[0]; i++) {
        if (!before.wanted[i] || only_with_key(&before, &before.keys[i]) != i)
            continue;
        size_t partner = only_with_key(&after, &before.keys[i]);
        if (partner != SIZE_MAX)
            join(matching, i, partner, reason);
    }
}

// --- Similarity.

enum {
    LIKE_PERCENT = 60,
    CANDIDATES = 16,  // of an object: those that share the most rare leaves with it
    COMMON_FROM = 64  // a leaf that this many objects have says little
};

struct likeness {
    size_t before, after;
    size_t percent;
};

struct likeness_list {
    struct likeness *items;
    size_t count, capacity;
};

// RBAC and Secrets are not guessed. A Namespace has little content besides its name.
static bool may_be_guessed(const struct resource *object)
{
    return !slice_equals(object->id.gvk.group->text, "rbac.authorization.k8s.io") &&
           object->id.gvk.kind != NAME(Secret) && !slice_equals(object->id.gvk.kind->text, "Namespace");
}

// Objects of different kinds or namespaces have no leaf in common.
static uint64_t kind_and_namespace_hash(const struct resource *object)
{
    uint64_t hash = hash_combine(object->id.gvk.kind->hash, object->id.gvk.group->hash);
    return hash_combine(hash, resource_effective_namespace(object)->hash);
}

static struct leaves *collect_leaves(const struct matching *matching, int side)
{
    struct leaves *leaves = arena_array(matching->arena, struct leaves, matching->counts[side] + 1);
    for (size_t i = 0; i < matching->counts[side]; i++) {
        const struct resource *object = object_of(matching, side, i);
        if (!matching->partners[side][i] && may_be_guessed(object) && object->root)
            leaves_collect(matching->arena, matching->sides[side], object->root,
                           (struct leaf_request){kind_and_namespace_hash(object), NULL, true}, &leaves[i]);
    }
    return leaves;
}

struct votes {
    uint32_t *counts;  // for each object before
    uint32_t *voted;   // the objects that have any
    size_t voted_count;
};

static void vote(const struct hash_index *index, const struct leaves *leaves, struct votes *votes)
{
    for (size_t k = 0; k < leaves->count; k++) {
        uint32_t number, found[COMMON_FROM];
        size_t count = 0;
        if (k && leaves->items[k] == leaves->items[k - 1])
            continue;
        for (struct hash_cursor at = hash_index_find(index, leaves->items[k]); hash_cursor_next(&at, &number);) {
            if (count == COMMON_FROM) {
                count = 0;
                break;
            }
            found[count++] = number;
        }
        for (size_t i = 0; i < count; i++)
            if (votes->counts[found[i]]++ == 0)
                votes->voted[votes->voted_count++] = found[i];
    }
}

// Takes the candidate with the most votes, and removes its votes.
static size_t take_best(struct votes *votes)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < votes->voted_count; i++) {
        uint32_t number = votes->voted[i];
        if (votes->counts[number] && (best == SIZE_MAX || votes->counts[number] > votes->counts[best]))
            best = number;
    }
    if (best != SIZE_MAX)
        votes->counts[best] = 0;
    return best;
}

static void compare_with_candidates(const struct matching *matching, struct votes *votes, size_t after,
                                    const struct leaves *before_leaves, const struct leaves *after_leaves,
                                    struct likeness_list *list)
{
    for (size_t tried = 0; tried < CANDIDATES; tried++) {
        size_t before = take_best(votes);
        if (before == SIZE_MAX)
            break;
        size_t first = before_leaves[before].count, second = after_leaves[after].count;
        size_t percent = leaves_shared(&before_leaves[before], &after_leaves[after]) * 100 /
                         (first > second ? first : second);
        if (percent >= LIKE_PERCENT)
            list_append(matching->arena, list, ((struct likeness){before, after, percent}));
    }
    for (size_t i = 0; i < votes->voted_count; i++)
        votes->counts[votes->voted[i]] = 0;
    votes->voted_count = 0;
}

static int compare_likeness(const void *a, const void *b)
{
    const struct likeness *first = a, *second = b;
    if (first->percent != second->percent)
        return first->percent < second->percent ? 1 : -1;
    if (first->before != second->before)
        return first->before < second->before ? -1 : 1;
    return first->after < second->after ? -1 : first->after > second->after;
}

// True if another pair with one of the two is just as good, so it isn't clear which one is meant.
static bool is_ambiguous(const struct matching *matching, const struct likeness_list *list, size_t at)
{
    const struct likeness *pair = &list->items[at];
    for (size_t i = at + 1; i < list->count && list->items[i].percent == pair->percent; i++) {
        const struct likeness *other = &list->items[i];
        if (other->before == pair->before ? !matching->partners[1][other->after]
                                          : other->after == pair->after && !matching->partners[0][other->before])
            return true;
    }
    for (size_t i = at; i > 0 && list->items[i - 1].percent == pair->percent; i--) {
        const struct likeness *other = &list->items[i - 1];
        if (other->before == pair->before ? !matching->partners[1][other->after]
                                          : other->after == pair->after && !matching->partners[0][other->before])
            return true;
    }
    return false;
}

static void pair_by_likeness(struct matching *matching)
{
    struct leaves *before = collect_leaves(matching, 0), *after = collect_leaves(matching, 1);
    struct hash_index index = {0};
    struct votes votes = {arena_array(matching->arena, uint32_t, matching->counts[0] + 1),
                          arena_array(matching->arena, uint32_t, matching->counts[0] + 1), 0};
    struct likeness_list list = {0};
    for (size_t i = 0; i < matching->counts[0]; i++)
        for (size_t k = 0; k < before[i].count; k++)
            if (!k || before[i].items[k] != before[i].items[k - 1])
                hash_index_add(matching->arena, &index, before[i].items[k], (uint32_t)i);
    for (size_t i = 0; i < matching->counts[1]; i++) {
        vote(&index, &after[i], &votes);
        compare_with_candidates(matching, &votes, i, before, after, &list);
    }
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_likeness);
    for (size_t i = 0; i < list.count; i++) {
        const struct likeness *pair = &list.items[i];
        if (!matching->partners[0][pair->before] && !matching->partners[1][pair->after] &&
            !is_ambiguous(matching, &list, i))
            join(matching, pair->before, pair->after, RENAME_LIKENESS);
    }
}

struct object_pairs pair_objects(struct arena *arena, const struct side *before, const struct side *after,
                                 bool no_rename)
{
    struct matching matching = {
        .arena = arena,
        .sides = {before, after},
        .counts = {before->build->resources.count, after->build->resources.count},
    };
    for (int side = 0; side < 2; side++)
        matching.partners[side] = arena_array(arena, const struct resource *, matching.counts[side] + 1);
    matching.reasons = arena_array(arena, uint8_t, matching.counts[0] + 1);
    pair_by(&matching, key_of_id, RENAME_NONE);
    if (!no_rename) {
        pair_by(&matching, key_without_hash, RENAME_HASH);
        pair_by(&matching, key_of_origin, RENAME_ORIGIN);
        pair_by(&matching, key_without_namespace, RENAME_NAMESPACE);
        pair_by(&matching, key_of_origin_anywhere, RENAME_ORIGIN);
        pair_by_likeness(&matching);
    }
    struct object_pairs pairs = {0};
    for (size_t i = 0; i < matching.counts[0]; i++)
        list_append(arena, &pairs,
                    ((struct object_pair){object_of(&matching, 0, i), matching.partners[0][i],
                                          (enum rename_reason)matching.reasons[i]}));
    for (size_t i = 0; i < matching.counts[1]; i++)
        if (!matching.partners[1][i])
            list_append(arena, &pairs, ((struct object_pair){NULL, object_of(&matching, 1, i), RENAME_NONE}));
    return pairs;
}

// --- References.

void renames_init(struct renames *renames, struct arena *arena, const struct object_pairs *pairs)
{
    *renames = (struct renames){.arena = arena, .pairs = pairs};
    for (size_t i = 0; i < pairs->count; i++) {
        const struct object_pair *pair = &pairs->items[i];
        if (!pair->before || !pair->after || slice_equal(pair->before->id.name->text, pair->after->id.name->text))
            continue;
        hash_index_add(arena, &renames->by_name, slice_hash(pair->before->id.name->text), (uint32_t)i);
        renames->count++;
    }
}

struct slice renames_translate(const struct renames *renames, struct slice text)
{
    uint32_t number;
    if (!renames->count || !text.length)
        return text;
    for (struct hash_cursor at = hash_index_find(&renames->by_name, slice_hash(text)); hash_cursor_next(&at, &number);)
        if (slice_equal(renames->pairs->items[number].before->id.name->text, text))
            return renames->pairs->items[number].after->id.name->text;
    return text;
}

static bool fits(const char *wanted, const struct name *name)
{
    return !wanted || !*wanted || slice_equals(name->text, wanted);
}

// The field itself, or the name inside it, as for `subjects`.
static bool is_path_of(struct slice path, struct slice spec)
{
    return slice_equal(path, spec) ||
           (slice_starts_with(path, spec) && slice_equals(slice_from_index(path, spec.length), "/name"));
}

static bool refers_to(const struct gvk *referrer, struct slice path, const struct gvk *target)
{
    for (size_t i = 0; i < default_name_reference_count; i++) {
        const struct default_reference *reference = &default_name_references[i];
        if (!fits(reference->kind, target->kind) || !fits(reference->group, target->group))
            continue;
        for (size_t k = 0; k < reference->specs.count; k++) {
            const struct default_spec *spec = &reference->specs.items[k];
            if (is_path_of(path, slice_from(spec->path)) && fits(spec->kind, referrer->kind) &&
                fits(spec->group, referrer->group))
                return true;
        }
    }
    return false;
}

size_t renames_follow(const struct renames *renames, const struct gvk *referrer, struct slice path, struct slice before,
                      struct slice after)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&renames->by_name, slice_hash(before));
         hash_cursor_next(&at, &number);) {
        const struct object_pair *pair = &renames->pairs->items[number];
        if (slice_equal(pair->before->id.name->text, before) && slice_equal(pair->after->id.name->text, after) &&
            refers_to(referrer, path, &pair->after->id.gvk))
            return number;
    }
    return SIZE_MAX;
}
