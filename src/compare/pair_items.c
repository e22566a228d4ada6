#include "compare/pair_items.h"

#include "base/edit_script.h"
#include "compare/meaning.h"

static struct pairing new_pairing(const struct pair_items_request *request)
{
    return (struct pairing){
        .after_of = arena_array(request->arena, uint32_t, request->before->count + 1),
        .before_of = arena_array(request->arena, uint32_t, request->after->count + 1),
    };
}

static void join(struct pairing *pairing, uint32_t before, uint32_t after)
{
    pairing->after_of[before] = after + 1;
    pairing->before_of[after] = before + 1;
}

static bool is_reordered(const struct pair_items_request *request, const struct pairing *pairing)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < request->before->count; i++) {
        if (!pairing->after_of[i])
            continue;
        if (pairing->after_of[i] < last)
            return true;
        last = pairing->after_of[i];
    }
    return false;
}

// --- By keys.

struct keys {
    const struct slice *items;
    size_t count;
};

// The value that the API assumes if a key of a list is absent.
static struct slice default_of(struct slice key)
{
    return slice_equals(key, "protocol") ? slice_literal("TCP") : (struct slice){0};
}

// Makes a label such as `8081/TCP`. False: the item doesn't have all keys.
static bool label_of(const struct pair_items_request *request, const struct node *item, const struct keys *keys,
                     const struct renames *renames, struct slice *label)
{
    struct arena_text text = {0};
    bool found = false;
    if (!node_is_map(item))
        return false;
    for (size_t i = 0; i < keys->count; i++) {
        const struct node *value = field_of(item, keys->items[i].data);
        if (value && !node_is_scalar(value))
            return false;
        struct slice part = node_is_null(value) ? default_of(keys->items[i]) : node_text(value);
        found = found || !node_is_null(value);
        if (renames)
            part = renames_translate(renames, part);
        if (keys->count == 1) {
            *label = part;
            return found;
        }
        if (i)
            arena_text_add(request->arena, &text, slice_literal("/"));
        arena_text_add(request->arena, &text, part);
    }
    *label = text.slice;
    return found;
}

static bool label_all(const struct pair_items_request *request, const struct node *list, const struct keys *keys,
                      const struct renames *renames, struct slice *labels, struct hash_index *index)
{
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t number;
        if (!label_of(request, list->items[i], keys, renames, &labels[i]))
            return false;
        uint64_t hash = slice_hash(labels[i]);
        for (struct hash_cursor at = hash_index_find(index, hash); hash_cursor_next(&at, &number);)
            if (slice_equal(labels[number], labels[i]))
                return false;
        hash_index_add(request->arena, index, hash, i);
    }
    return true;
}

static void pair_equal_labels(const struct slice *before, const struct slice *after, const struct hash_index *index,
                              uint32_t count, struct pairing *pairing)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number;
        if (pairing->after_of[i])
            continue;
        for (struct hash_cursor at = hash_index_find(index, slice_hash(before[i])); hash_cursor_next(&at, &number);)
            if (!pairing->before_of[number] && slice_equal(after[number], before[i])) {
                join(pairing, i, number);
                break;
            }
    }
}

// Pairs items whose keys follow a rename. A container may have the name of a Deployment that is renamed, so items with
// equal keys come first.
static void pair_renamed(const struct pair_items_request *request, const struct keys *keys, const struct slice *after,
                         const struct hash_index *index, struct pairing *pairing)
{
    struct slice *translated = arena_array(request->arena, struct slice, request->before->count + 1);
    struct hash_index ignored = {0};
    if (label_all(request, request->before, keys, request->renames, translated, &ignored))
        pair_equal_labels(translated, after, index, request->before->count, pairing);
}

// False: an item lacks a key, or two items have the same keys.
static bool pair_by_keys(const struct pair_items_request *request, const struct keys *keys, struct pairing *pairing)
{
    struct hash_index before = {0}, after = {0};
    struct slice *before_labels = arena_array(request->arena, struct slice, request->before->count + 1);
    struct slice *after_labels = arena_array(request->arena, struct slice, request->after->count + 1);
    if (!label_all(request, request->before, keys, NULL, before_labels, &before) ||
        !label_all(request, request->after, keys, NULL, after_labels, &after))
        return false;
    *pairing = new_pairing(request);
    pairing->before_labels = before_labels;
    pairing->after_labels = after_labels;
    pair_equal_labels(before_labels, after_labels, &after, request->before->count, pairing);
    if (request->renames && request->renames->count)
        pair_renamed(request, keys, after_labels, &after, pairing);
    return true;
}

static bool pair_by_any_key(const struct pair_items_request *request, struct pairing *pairing)
{
    static const struct slice guesses[] = {{"name", 4}, {"key", 3}, {"id", 2}, {"type", 4}, {"mountPath", 9}};
    struct schema_merge merge = schema_list_merge(request->type);
    // pair_by_keys requires a NUL after each key, which keys of the schema may not have.
    struct slice copies[SCHEMA_MERGE_KEYS_MAX];
    for (uint8_t i = 0; i < merge.key_count; i++)
        copies[i] = arena_copy(request->arena, merge.keys[i]);
    if (merge.key_count && pair_by_keys(request, &(struct keys){copies, merge.key_count}, pairing))
        return true;
    for (size_t i = 0; i < countof(guesses); i++)
        if (pair_by_keys(request, &(struct keys){&guesses[i], 1}, pairing))
            return true;
    return false;
}

// --- By content.

struct hashes {
    const uint64_t *before, *after;
    const uint64_t *renamed;  // of old items, whose strings follow renames
};

static bool is_same_hash(const void *state, size_t before, size_t after)
{
    const struct hashes *hashes = state;
    return hashes->before[before] == hashes->after[after] || hashes->renamed[before] == hashes->after[after];
}

static uint64_t *hash_items(const struct pair_items_request *request, const struct side *side, const struct node *list,
                            const struct renames *renames)
{
    uint64_t *hashes = arena_array(request->arena, uint64_t, list->count + 1);
    for (uint32_t i = 0; i < list->count; i++)
        hashes[i] = value_hash(side, list->items[i], renames);
    return hashes;
}

static bool has_maps_only(const struct node *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i]->kind != NODE_MAP)
            return false;
    return true;
}

// Items without a partner between two that have one: [before_start, before_end), and the same for the new list.
struct gap {
    uint32_t before_start, before_end, after_start, after_end;
};

static bool is_like(const struct pair_items_request *request, const struct node *before, const struct node *after)
{
    struct arena scratch = {0};
    struct leaves first = {0}, second = {0};
    if (before->kind != after->kind || before->kind == NODE_SCALAR)
        return false;
    struct leaf_request wanted = {0, request->renames, false};
    leaves_collect(&scratch, request->before_side, before, wanted, &first);
    wanted.renames = NULL;
    leaves_collect(&scratch, request->after_side, after, wanted, &second);
    size_t most = first.count > second.count ? first.count : second.count;
    bool like = leaves_shared(&first, &second) * 2 >= most;
    arena_free(&scratch);
    return like;
}

static void pair_gap(const struct pair_items_request *request, struct gap gap, struct pairing *pairing)
{
    enum { TRIES_MAX = 4096 };
    size_t rows = gap.before_end - gap.before_start, columns = gap.after_end - gap.after_start;
    if (!rows || !columns)
        return;
    if (rows == columns) {
        for (uint32_t i = 0; i < rows; i++)
            if (request->before->items[gap.before_start + i]->kind == request->after->items[gap.after_start + i]->kind)
                join(pairing, gap.before_start + i, gap.after_start + i);
        return;
    }
    if (rows * columns > TRIES_MAX)
        return;
    uint32_t next = gap.after_start;
    for (uint32_t i = gap.before_start; i < gap.before_end; i++)
        for (uint32_t k = next; k < gap.after_end; k++)
            if (is_like(request, request->before->items[i], request->after->items[k])) {
                join(pairing, i, k);
                next = k + 1;
                break;
            }
}

static void pair_gaps(const struct pair_items_request *request, struct pairing *pairing)
{
    struct gap gap = {0};
    uint32_t before = request->before->count, after = request->after->count;
    while (gap.before_start < before || gap.after_start < after) {
        gap.before_end = gap.before_start;
        gap.after_end = gap.after_start;
        while (gap.before_end < before && !pairing->after_of[gap.before_end])
            gap.before_end++;
        while (gap.after_end < after && !pairing->before_of[gap.after_end])
            gap.after_end++;
        pair_gap(request, gap, pairing);
        gap.before_start = gap.before_end + 1;
        gap.after_start = gap.after_end + 1;
    }
}

// Pairs equal items at different places, in lists of maps.
static void pair_moved(const struct pair_items_request *request, const struct hashes *hashes, struct pairing *pairing)
{
    struct hash_index index = {0};
    for (uint32_t k = 0; k < request->after->count; k++)
        if (!pairing->before_of[k])
            hash_index_add(request->arena, &index, hashes->after[k], k);
    for (uint32_t i = 0; i < request->before->count; i++) {
        uint32_t number;
        if (pairing->after_of[i])
            continue;
        for (int pass = 0; pass < 2 && !pairing->after_of[i]; pass++) {
            uint64_t hash = pass ? hashes->renamed[i] : hashes->before[i];
            for (struct hash_cursor at = hash_index_find(&index, hash); hash_cursor_next(&at, &number);)
                if (!pairing->before_of[number]) {
                    join(pairing, i, number);
                    break;
                }
        }
    }
}

static struct pairing pair_by_content(const struct pair_items_request *request)
{
    struct pairing pairing = new_pairing(request);
    const uint64_t *before_hashes = hash_items(request, request->before_side, request->before, NULL);
    bool has_renames = request->renames && request->renames->count;
    struct hashes hashes = {before_hashes, hash_items(request, request->after_side, request->after, NULL),
                            has_renames ? hash_items(request, request->before_side, request->before, request->renames)
                                        : before_hashes};
    struct edit_sequences sequences = {request->before->count, request->after->count, is_same_hash, &hashes};
    struct edit_script script = edit_script_make(request->arena, &sequences);
    uint32_t before = 0, after = 0;
    for (size_t i = 0; i < script.count; i++) {
        if (script.items[i] == EDIT_KEEP)
            join(&pairing, before, after);
        before += script.items[i] != EDIT_PUT_IN;
        after += script.items[i] != EDIT_TAKE_OUT;
    }
    // Gaps are defined by items in order, so they come first.
    bool maps = has_maps_only(request->before) && has_maps_only(request->after);
    struct pairing ordered = pairing;
    if (maps)
        pair_moved(request, &hashes, &ordered);
    if (!is_reordered(request, &ordered))
        pair_gaps(request, &ordered);
    return ordered;
}

struct pairing pair_items(const struct pair_items_request *request)
{
    struct pairing pairing;
    bool maps = has_maps_only(request->before) && has_maps_only(request->after);
    if (!maps || request->no_keys || !pair_by_any_key(request, &pairing))
        pairing = pair_by_content(request);
    pairing.reordered = is_reordered(request, &pairing);
    return pairing;
}
