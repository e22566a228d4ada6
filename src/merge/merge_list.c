// merge/merge_list.c
//
// Merges lists whose elements have merge keys (containers by `name`) or are their own keys (finalizers).
//
// If every element has its keys and no keys repeat, the merge is simple and uses an index: elements of the patch come
// first, merged with those of the target, and then the others. With two keys, as for ports, only new elements come
// first. Missing or repeated keys make kustomize do surprising things; then its procedure is followed step by step.
#include "merge/merge_list.h"

#include "base/hash_index.h"
#include "doc/scalar.h"
#include "merge/merge_written.h"
#include "schema/well_known_names.h"

// The values of one element's merge keys, in the order of the keys; empty if a key is missing.
struct tuple {
    struct slice values[SCHEMA_MERGE_KEYS_MAX];
};

struct tuples {
    struct tuple *items;
    size_t count, capacity;
};

struct nodes {
    struct node **items;
    size_t count, capacity;
};

struct keys {
    const struct name *names[SCHEMA_MERGE_KEYS_MAX];  // the empty name: the element itself
    size_t count;
};

static bool is_own_key(const struct keys *keys)
{
    return name_is_empty(keys->names[0]);
}

static struct keys keys_from(struct merge *merge, const struct schema_merge *list)
{
    struct keys keys = {.names = {NAME(empty)}, .count = 1};
    for (uint8_t i = 0; i < list->key_count; i++)
        keys.names[i] = name_intern(merge->context->names, list->keys[i]);
    if (list->key_count)
        keys.count = list->key_count;
    return keys;
}

static struct nodes nodes_of(struct merge *merge, const struct node *list)
{
    struct nodes nodes = {0};
    if (!list)
        return nodes;
    nodes.items = arena_array(&merge->scratch, struct node *, list->count);
    nodes.count = nodes.capacity = list->count;
    if (list->count)
        memcpy(nodes.items, list->items, list->count * sizeof *nodes.items);
    return nodes;
}

static void set_items(struct merge *merge, struct node *list, const struct nodes *nodes)
{
    if (nodes->count <= list->capacity) {
        if (nodes->count)
            memcpy(list->items, nodes->items, nodes->count * sizeof *nodes->items);
        list->count = (uint32_t)nodes->count;
        return;
    }
    struct node *fresh = node_new_sequence(merge->context->arena, list->position);
    node_sequence_fill(merge->context->arena, fresh, nodes->items, (uint32_t)nodes->count);
    list->items = fresh->items;
    list->count = fresh->count;
    list->capacity = fresh->capacity;
}

static struct tuple tuple_of(const struct keys *keys, const struct node *element)
{
    struct tuple tuple = {0};
    if (is_own_key(keys)) {
        tuple.values[0] = raw_text(element);
        return tuple;
    }
    for (size_t i = 0; i < keys->count; i++) {
        const struct node *value = node_map_get(element, keys->names[i]);
        if (!node_is_null(value))
            tuple.values[i] = raw_text(value);
    }
    return tuple;
}

static bool tuples_equal(const struct tuple *a, const struct tuple *b)
{
    for (size_t i = 0; i < SCHEMA_MERGE_KEYS_MAX; i++)
        if (!slice_equal(a->values[i], b->values[i]))
            return false;
    return true;
}

static uint64_t hash_tuple(const struct tuple *tuple)
{
    uint64_t hash = slice_hash(tuple->values[0]);
    for (size_t i = 1; i < SCHEMA_MERGE_KEYS_MAX; i++)
        hash = hash_combine(hash, tuple->values[i].length ? slice_hash(tuple->values[i]) : 0);
    return hash;
}

static bool is_nothing(const struct node *node)
{
    return node_is_null(node) || (node->kind == NODE_MAP && !node->count);
}

// --- The list directive: an element that contains only `$patch`.

static void drop_directives(struct merge *merge, struct node *list, struct slice directive)
{
    struct nodes kept = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *value = node_map_get(list->items[i], NAME(patch_directive));
        if (!is_nothing(list->items[i]) && !(value && slice_equal(raw_text(value), directive)))
            list_append(&merge->scratch, &kept, list->items[i]);
    }
    set_items(merge, list, &kept);
    merge_written_items(merge, list);
}

static bool take_list_directive(struct merge *merge, struct node *patch, enum directive *directive)
{
    *directive = DIRECTIVE_MERGE;
    const struct node *value = NULL;
    for (uint32_t i = 0; patch && !value && i < patch->count; i++) {
        value = node_map_get(patch->items[i], NAME(patch_directive));
        if (value && patch->items[i]->count > 1)
            return true;
    }
    if (!value)
        return true;
    *directive = directive_from(value);
    if (*directive == DIRECTIVE_UNKNOWN)
        return diagnose_directive(merge, value);
    drop_directives(merge, patch, raw_text(value));
    return true;
}

// --- Lists whose elements all have their keys, without duplicates.

enum { INDEX_FROM = 8 };  // shorter lists are searched linearly

struct indexed {
    struct nodes nodes;
    struct tuple *tuples;
    bool *done;    // merged or removed
    size_t count;  // of the elements whose tuples are set
    struct hash_index index;
};

// The index of the element with the tuple, or the number of elements if there is none.
static size_t find_indexed(const struct indexed *list, const struct tuple *tuple)
{
    for (size_t i = 0; list->nodes.count < INDEX_FROM && i < list->count; i++)
        if (tuples_equal(&list->tuples[i], tuple))
            return i;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&list->index, hash_tuple(tuple)); hash_cursor_next(&at, &number);)
        if (tuples_equal(&list->tuples[number], tuple))
            return number;
    return list->nodes.count;
}

// False: an element cannot have keys, or repeats those of another.
static bool index_elements(struct merge *merge, const struct keys *keys, const struct node *list,
                           struct indexed *indexed)
{
    indexed->nodes = nodes_of(merge, list);
    indexed->tuples = arena_array(&merge->scratch, struct tuple, indexed->nodes.count);
    indexed->done = arena_array(&merge->scratch, bool, indexed->nodes.count);
    for (size_t i = 0; i < indexed->nodes.count; i++) {
        const struct node *element = indexed->nodes.items[i];
        if (node_is_null(element) || element->kind != (is_own_key(keys) ? NODE_SCALAR : NODE_MAP))
            return false;
        indexed->tuples[i] = tuple_of(keys, element);
        if (find_indexed(indexed, &indexed->tuples[i]) < indexed->nodes.count)
            return false;
        if (indexed->nodes.count >= INDEX_FROM)
            hash_index_add(&merge->scratch, &indexed->index, hash_tuple(&indexed->tuples[i]), (uint32_t)i);
        indexed->count++;
    }
    return true;
}

static void note_values(const struct indexed *list, bool some[], bool all[])
{
    for (size_t i = 0; i < list->nodes.count; i++)
        for (size_t k = 0; k < SCHEMA_MERGE_KEYS_MAX; k++) {
            bool has = list->tuples[i].values[k].length > 0;
            some[k] |= has;
            all[k] &= has;
        }
}

// Counts the keys that are used. False: a key is missing from some elements, or no key is used.
static bool keys_are_complete(const struct indexed *target, const struct indexed *patch, size_t *used)
{
    bool some[SCHEMA_MERGE_KEYS_MAX] = {0}, all[SCHEMA_MERGE_KEYS_MAX];
    memset(all, true, sizeof all);
    note_values(target, some, all);
    note_values(patch, some, all);
    *used = 0;
    for (size_t k = 0; k < SCHEMA_MERGE_KEYS_MAX; k++) {
        if (some[k] && !all[k])
            return false;
        *used += some[k];
    }
    return *used > 0;
}

// In a list of scalars, the elements that remain are written again from their text.
static void forget_tag(struct merge *merge, const struct keys *keys, struct node *element)
{
    if (!is_own_key(keys))
        return;
    merge_written_renew(merge, element);
    element->tag = element->style == STYLE_PLAIN ? TAG_IMPLICIT : TAG_STRING;
    element->flags &= (uint8_t)~NODE_TAG_EXPLICIT;
}

static bool merge_indexed(struct merge *merge, const struct keys *keys, struct indexed *target, struct indexed *patch,
                          struct schema_type element_type, bool in_order_of_target, struct nodes *result)
{
    struct node *merged;
    for (size_t i = 0; i < patch->nodes.count; i++) {
        size_t at = find_indexed(target, &patch->tuples[i]);
        bool found = at < target->nodes.count;
        struct node *old = found ? target->nodes.items[at] : NULL;
        if (!merge_nodes(merge, old, patch->nodes.items[i], element_type, &merged))
            return false;
        bool removed = !merged || is_nothing(merged);
        if (!removed)
            forget_tag(merge, keys, merged);
        if (found)
            target->done[at] = removed || !in_order_of_target;
        // The target's element stays in the list, even if the patch replaces its content.
        if (!removed && !(found && in_order_of_target))
            list_append(&merge->scratch, result, found ? old : merged);
    }
    for (size_t i = 0; i < target->nodes.count; i++) {
        if (target->done[i])
            continue;
        struct node *element = target->nodes.items[i];
        if (find_indexed(patch, &target->tuples[i]) == patch->nodes.count) {
            if (!merge_nodes(merge, element, NULL, element_type, &merged))
                return false;
            forget_tag(merge, keys, element);
        }
        list_append(&merge->scratch, result, element);
    }
    return true;
}

// Merges each element of the patch with itself.
static bool merge_alone(struct merge *merge, const struct keys *keys, struct indexed *patch,
                        struct schema_type element_type, struct nodes *result)
{
    for (size_t i = 0; i < patch->nodes.count; i++) {
        struct node *element = patch->nodes.items[i], *merged;
        if (!merge_nodes(merge, element, element, element_type, &merged))
            return false;
        if (!merged || is_nothing(merged))
            continue;
        forget_tag(merge, keys, merged);
        list_append(&merge->scratch, result, merged);
    }
    return true;
}

// --- Any other lists, merged step by step like kustomize.

struct careful_merge {
    struct merge *merge;
    const struct keys *keys;
    struct nodes target, patch;
    bool shared;  // the patch's list is the result, and `patch` is not used
    struct tuples tuples;
    struct keys used;  // the keys that have a value in some element
    size_t used_at[SCHEMA_MERGE_KEYS_MAX];
};

static void collect_tuples(struct careful_merge *careful, const struct nodes *nodes, struct hash_index *seen)
{
    struct arena *scratch = &careful->merge->scratch;
    for (size_t i = 0; i < nodes->count; i++) {
        struct tuple tuple = tuple_of(careful->keys, nodes->items[i]);
        uint64_t hash = hash_tuple(&tuple);
        uint32_t number;
        bool known = false;
        for (struct hash_cursor at = hash_index_find(seen, hash); !known && hash_cursor_next(&at, &number);)
            known = tuples_equal(&careful->tuples.items[number], &tuple);
        if (known)
            continue;
        hash_index_add(scratch, seen, hash, (uint32_t)careful->tuples.count);
        list_append(scratch, &careful->tuples, tuple);
    }
}

// Joins two tuples that agree in one value and differ only where one of them is empty. False: they can't be joined.
static bool join_tuple(const struct keys *keys, const struct tuple *a, const struct tuple *b, struct tuple *both)
{
    bool agree = false;
    *both = (struct tuple){0};
    for (size_t k = 0; k < keys->count; k++) {
        struct slice one = a->values[k], other = b->values[k];
        bool equal = slice_equal(one, other);
        agree |= equal;
        if (!equal && one.length && other.length)
            return false;
        both->values[k] = one.length ? one : other;
    }
    return agree;
}

static void join_tuples(struct careful_merge *careful)
{
    struct tuples *tuples = &careful->tuples;
    for (size_t i = 0; i < tuples->count; i++) {
        struct tuple first = tuples->items[i], both;
        for (size_t j = 0; j < tuples->count; j++)
            if (join_tuple(careful->keys, &first, &tuples->items[j], &both))
                tuples->items[i] = tuples->items[j] = both;
    }
}

static void choose_used_keys(struct careful_merge *careful)
{
    const struct keys *keys = careful->keys;
    bool used[SCHEMA_MERGE_KEYS_MAX] = {0}, any = false;
    for (size_t i = 0; i < careful->tuples.count; i++)
        for (size_t k = 0; k < keys->count; k++)
            used[k] |= careful->tuples.items[i].values[k].length > 0;
    for (size_t k = 0; k < keys->count; k++)
        any |= used[k];
    for (size_t k = 0; k < keys->count; k++)
        if (used[k] || !any) {
            careful->used_at[careful->used.count] = k;
            careful->used.names[careful->used.count++] = keys->names[k];
        }
}

// The first element with exactly these values. A missing key does not match an empty value.
static struct node *find_element(const struct nodes *nodes, const struct keys *keys, const struct slice *values)
{
    for (size_t i = 0; i < nodes->count; i++) {
        struct node *element = nodes->items[i];
        bool fits = is_own_key(keys) ? slice_equal(raw_text(element), values[0]) : node_is_map(element);
        for (size_t k = 0; fits && !is_own_key(keys) && k < keys->count; k++) {
            const struct node *value = node_map_get(element, keys->names[k]);
            fits = value && slice_equal(raw_text(value), values[k]);
        }
        if (fits)
            return element;
    }
    return NULL;
}

// Finds the field of `element` that `key` names, if its text is `value` or `value` is empty. `*field` becomes NULL if
// there is none. False: diagnosed.
static bool match_field(struct careful_merge *careful, struct node *element, const struct name *key, struct slice value,
                        const struct node **field)
{
    *field = NULL;
    bool itself = name_is_empty(key);
    if (element->kind != (itself ? NODE_SCALAR : NODE_MAP))
        return diagnose_kind(careful->merge, element, NULL, itself ? "scalar" : "map");
    const struct node *found = itself ? element : node_map_get(element, key);
    bool any = !value.length && !itself;
    if (found && (any || slice_equal(raw_text(found), value)))
        *field = found;
    return true;
}

// Replaces matching elements with `element`, or removes them if that is NULL. Appends it if nothing matches. There may
// be fewer values than keys. Also removes empty elements, and, without any values, everything that doesn't match.
// False: diagnosed.
static bool set_element(struct careful_merge *careful, struct nodes *list, const struct keys *keys,
                        const struct slice *values, size_t value_count, struct node *element)
{
    struct nodes kept = {0};
    struct arena *scratch = &careful->merge->scratch;
    bool matched = false, maps_only = !is_own_key(keys) && value_count && values[0].length;
    for (size_t i = 0; i < list->count; i++) {
        struct node *at = list->items[i];
        if (is_nothing(at))
            continue;
        bool found = !(maps_only && at->kind != NODE_MAP);
        const struct node *field = NULL;
        for (size_t k = 0; found && k < keys->count; k++) {
            if (k < value_count && !match_field(careful, at, keys->names[k], values[k], &field))
                return false;
            found = field != NULL;
        }
        if (!found && value_count)
            list_append(scratch, &kept, at);
        if (found && element)
            list_append(scratch, &kept, element);
        matched |= found;
    }
    *list = kept;
    if (element && !node_is_null(element) && !matched)
        list_append(scratch, list, element);
    return true;
}

// Adds keys that the merged element lacks from the tuple.
static void complete_keys(struct careful_merge *careful, struct node *element, const struct slice *values)
{
    struct arena *arena = careful->merge->context->arena;
    if (is_own_key(&careful->used)) {
        if (values[0].length)
            forget_tag(careful->merge, &careful->used, element);
        return;
    }
    for (size_t k = 0; k < careful->used.count; k++) {
        if (!values[k].length || node_map_find(element, careful->used.names[k]))
            continue;
        bool quoted = scalar_is_ambiguous(values[k]);
        struct node *value = node_new_scalar(arena, values[k], quoted ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN,
                                             quoted ? TAG_STRING : TAG_IMPLICIT, element->position);
        node_map_set(arena, element, careful->used.names[k], value);
        merge_written_complete(careful->merge, element, careful->used.names[k], values[k]);
    }
}

static bool merge_tuple(struct careful_merge *careful, const struct tuple *tuple, struct schema_type element_type,
                        struct nodes *result)
{
    const struct keys *used = &careful->used;
    struct slice values[SCHEMA_MERGE_KEYS_MAX], wanted[SCHEMA_MERGE_KEYS_MAX];
    struct keys matched = {0};
    for (size_t k = 0; k < used->count; k++) {
        values[k] = tuple->values[careful->used_at[k]];
        if (values[k].length) {
            wanted[matched.count] = values[k];
            matched.names[matched.count++] = used->names[k];
        }
    }
    bool empty = !matched.count;
    const struct keys *keys = empty ? used : &matched;
    const struct slice *texts = empty ? values : wanted;
    struct node *old = find_element(&careful->target, keys, texts);
    struct node *other = careful->shared ? old : find_element(&careful->patch, keys, texts), *merged;
    if (!merge_nodes(careful->merge, old, other, element_type, &merged))
        return false;
    if (!merged || is_nothing(merged))
        return set_element(careful, &careful->target, used, values, used->count, NULL);
    complete_keys(careful, merged, values);
    return set_element(careful, result, used, values, used->count, merged);
}

// Adds the target's remaining elements to the end of the result, or replaces those that match.
static bool add_rest(struct careful_merge *careful, struct nodes *result)
{
    const struct keys *used = &careful->used;
    for (size_t i = 0; i < careful->target.count; i++) {
        struct node *element = careful->target.items[i];
        struct slice values[SCHEMA_MERGE_KEYS_MAX] = {raw_text(element)};
        size_t count = is_own_key(used);
        for (size_t k = 0; !is_own_key(used) && k < used->count; k++) {
            if (!node_is_null(element) && element->kind != NODE_MAP)
                return diagnose_kind(careful->merge, element, NULL, "map");
            const struct node *value = node_map_get(element, used->names[k]);
            if (value)
                values[count++] = raw_text(value);
            else
                list_append(&careful->merge->scratch, result, element);
        }
        if (used->count > 1 && !set_element(careful, result, used, values, count, NULL))
            return false;
        if (!set_element(careful, result, used, values, count, element))
            return false;
    }
    return true;
}

static bool merge_carefully(struct merge *merge, const struct keys *keys, struct node *list, struct node *patch,
                            struct schema_type element_type, struct nodes *result)
{
    struct careful_merge careful = {.merge = merge, .keys = keys, .target = nodes_of(merge, list)};
    careful.shared = list == patch;
    if (!careful.shared)
        careful.patch = nodes_of(merge, patch);
    struct hash_index seen = {0};
    collect_tuples(&careful, &careful.patch, &seen);
    collect_tuples(&careful, &careful.target, &seen);
    if (keys->count > 1)
        join_tuples(&careful);
    choose_used_keys(&careful);
    for (size_t i = 0; i < careful.tuples.count; i++)
        if (!merge_tuple(&careful, &careful.tuples.items[i], element_type, result))
            return false;
    return add_rest(&careful, result);
}

bool merge_lists(struct merge *merge, struct node *target, struct node *patch, struct schema_type type,
                 const struct schema_merge *list, struct node **result)
{
    *result = NULL;
    struct node *into = patch;
    if (!node_is_null(target)) {
        enum directive directive;
        if (patch && node_is_null(patch))
            return true;
        if (!take_list_directive(merge, patch, &directive))
            return false;
        if (directive == DIRECTIVE_DELETE)
            return true;
        into = directive == DIRECTIVE_REPLACE ? patch : target;
    }
    struct keys keys = keys_from(merge, list);
    struct schema_type element_type = schema_items(type);
    struct indexed old = {0}, new = {0};
    struct nodes merged = {0};
    size_t used;
    bool alone = into == patch;
    *result = into;
    if (!into->count && (alone || !patch || !patch->count))
        return true;
    bool done;
    if ((alone || index_elements(merge, &keys, into, &old)) && (!patch || index_elements(merge, &keys, patch, &new)) &&
        keys_are_complete(&old, &new, &used))
        done = alone ? merge_alone(merge, &keys, &new, element_type, &merged)
                     : merge_indexed(merge, &keys, &old, &new, element_type, used > 1, &merged);
    else
        done = merge_carefully(merge, &keys, into, patch, element_type, &merged);
    set_items(merge, into, &merged);
    // A list from the patch alone is a new one, in block style.
    if (alone)
        into->style = STYLE_PLAIN;
    merge_written_list(merge, into, alone);
    return done;
}
