#include "compare/walk.h"

#include "base/json_pointer.h"
#include "base/secrets.h"
#include "compare/ignore.h"
#include "compare/mask.h"
#include "compare/meaning.h"
#include "compare/pair_items.h"

// --- The current path.

void walk_push_field(struct walk *walk, struct slice key)
{
    list_append(walk->arena, &walk->steps, ((struct walk_step){.kind = STEP_FIELD, .text = key}));
}

static void push_item(struct walk *walk, struct walk_step step)
{
    step.kind = STEP_ITEM;
    list_append(walk->arena, &walk->steps, step);
}

void walk_pop(struct walk *walk)
{
    walk->steps.count--;
}

static struct slice path_of(const struct walk *walk, size_t count)
{
    struct arena_text text = {0};
    if (walk->outer.length) {
        arena_text_add(walk->arena, &text, walk->outer);
        arena_text_add(walk->arena, &text, slice_literal(" → "));
    }
    for (size_t i = 0; i < count; i++) {
        const struct walk_step *step = &walk->steps.items[i];
        bool is_item = step->kind == STEP_ITEM;
        if (is_item || i)
            arena_text_add(walk->arena, &text, is_item ? slice_literal("[") : slice_literal("."));
        arena_text_add(walk->arena, &text, step->text);
        if (is_item)
            arena_text_add(walk->arena, &text, slice_literal("]"));
    }
    return text.slice;
}

struct slice walk_path(const struct walk *walk)
{
    return path_of(walk, walk->steps.count);
}

// Only the keys, joined with `/`, as in field specs.
static struct slice spec_path(const struct walk *walk)
{
    struct arena_text text = {0};
    for (size_t i = 0; i < walk->steps.count; i++) {
        if (walk->steps.items[i].kind == STEP_ITEM)
            continue;
        if (text.slice.length)
            arena_text_add(walk->arena, &text, slice_literal("/"));
        arena_text_add(walk->arena, &text, walk->steps.items[i].text);
    }
    return text.slice;
}

enum pointer_side { POINTER_BEFORE, POINTER_AFTER, POINTER_PATCH };

static struct slice pointer_of(const struct walk *walk, enum pointer_side side)
{
    struct buffer text = {0};
    for (size_t i = 0; i < walk->steps.count; i++) {
        const struct walk_step *step = &walk->steps.items[i];
        buffer_add_byte(&text, '/');
        if (step->kind == STEP_ITEM) {
            buffer_add_format(&text, "%u",
                              side == POINTER_BEFORE  ? step->before
                              : side == POINTER_AFTER ? step->after
                                                      : step->patch);
            continue;
        }
        json_pointer_add_escaped(&text, step->text);
    }
    struct slice pointer = arena_copy(walk->arena, buffer_slice(&text));
    buffer_free(&text);
    return pointer;
}

static bool is_exact(const struct walk *walk)
{
    return walk->options->show_equivalent;
}

bool walk_is_ignored(const struct walk *walk, const struct node *before, const struct node *after)
{
    return walk->options->ignored_count && !walk->outer.length &&
           is_ignored(walk->options, walk_path(walk), before, after);
}

bool walk_is_secret(const struct walk *walk, const struct node *before, const struct node *after)
{
    const struct resource *object = walk->object->after ? walk->object->after : walk->object->before;
    if (walk->options->show_secrets || !walk->steps.count)
        return false;
    return mask_is_secret_field(object, walk->outer.length > 0, walk->steps.items, walk->steps.count, before, after) ||
           (walk->options->masked_count && is_masked(walk->options, object, walk_path(walk)));
}

// --- Changes.

static void place_change(const struct walk *walk, struct change *change)
{
    const struct node *node = change->after ? change->after : change->before;
    if (walk->outer.length)
        node = walk->outer_after ? walk->outer_after : walk->outer_before;
    const struct side *side = change->after || walk->outer.length ? walk->after : walk->before;
    if (!node || !side->is_build || !node->position.line)
        return;
    change->place = sources_file_position(&side->build->sources, node->position);
    change->place_side = side;
}

struct change *walk_add_change(struct walk *walk, enum change_kind kind, const struct node *before,
                               const struct node *after)
{
    struct change *change = arena_new(walk->arena, struct change);
    *change = (struct change){
        .kind = kind,
        .path = walk_path(walk),
        .pointer = pointer_of(walk, kind == CHANGE_REMOVED ? POINTER_BEFORE : POINTER_AFTER),
        .patch = pointer_of(walk, POINTER_PATCH),
        .document = walk->outer_pointer,
        .before = before,
        .after = after,
        .type_before = value_type_of(walk->before, before),
        .type_after = value_type_of(walk->after, after),
    };
    size_t count = walk->steps.count;
    if (count && walk->steps.items[count - 1].kind == STEP_ITEM && kind != CHANGE_REPLACED &&
        kind != CHANGE_REORDERED) {
        change->list = path_of(walk, count - 1);
        change->item = walk->steps.items[count - 1].text;
    }
    change->secret = walk_is_secret(walk, before, after);
    place_change(walk, change);
    list_append(walk->arena, walk->changes, change);
    return change;
}

// True for the name of the renamed object itself.
static bool is_own_name(const struct walk *walk)
{
    const struct walk_step *steps = walk->steps.items;
    return walk->object->reason && walk->steps.count == 2 && !walk->outer.length &&
           slice_equals(steps[0].text, "metadata") &&
           (slice_equals(steps[1].text, "name") || slice_equals(steps[1].text, "namespace"));
}

static void note_reference(struct walk *walk, struct change *change)
{
    if (!walk->renames->count || walk->outer.length)
        return;
    size_t pair = renames_follow(walk->renames, &walk->object->after->id.gvk, spec_path(walk),
                                 node_text(change->before), node_text(change->after));
    if (pair == SIZE_MAX)
        return;
    change->noise = NOISE_REFERENCE;
    struct object_difference *renamed = walk->renamed[pair];
    list_append(walk->arena, &renamed->references, ((struct followed_reference){walk->object->after, change->path}));
}

// --- Scalars.

static bool is_quantity(const struct walk *walk)
{
    size_t count = walk->steps.count;
    const struct walk_step *steps = walk->steps.items;
    if (walk->outer.length || !count || steps[count - 1].kind != STEP_FIELD || slice_equals(steps[0].text, "data") ||
        slice_equals(steps[0].text, "metadata"))
        return false;
    struct slice parent = count > 1 && steps[count - 2].kind == STEP_FIELD ? steps[count - 2].text : (struct slice){0};
    return is_quantity_field(parent, steps[count - 1].text);
}

static bool is_same(const struct walk *walk, const struct node *before, const struct node *after)
{
    if (is_exact(walk) && value_type_of(walk->before, before) != VALUE_NUMBER)
        return is_same_scalar(walk->before, before, walk->after, after, false);
    return is_same_scalar(walk->before, before, walk->after, after, is_quantity(walk));
}

static void compare_scalars(struct walk *walk, const struct node *before, const struct node *after)
{
    if (is_same(walk, before, after) || walk_is_ignored(walk, before, after))
        return;
    struct change *change = walk_add_change(walk, CHANGE_REPLACED, before, after);
    if (is_own_name(walk)) {
        change->noise = NOISE_RENAME;
        return;
    }
    if (value_type_of(walk->before, before) != VALUE_STRING || value_type_of(walk->after, after) != VALUE_STRING)
        return;
    note_reference(walk, change);
    if (!change->noise && !walk->is_secret && !walk->options->no_embedded && !walk->outer.length)
        walk_documents(walk, change, before, after);
}

// --- Maps.

// A null value counts as absent.
static bool is_absent(const struct walk *walk, const struct node *node)
{
    return !node || (!is_exact(walk) && node_is_null(node));
}

// True if the field next to it names a secret: `{name: DB_PASSWORD, value: x}`.
static bool is_named_secret(const struct name *key, const struct node *before, const struct node *after)
{
    return slice_equals(key->text, "value") && (mask_names_secret(before) || mask_names_secret(after));
}

static void compare_field(struct walk *walk, struct schema_type type, const struct name *key, const struct node *before,
                          const struct node *after, bool secret)
{
    walk_push_field(walk, key->text);
    walk->steps.items[walk->steps.count - 1].secret = secret;
    struct slice text = key->text;
    walk_values(walk, schema_field(type, text), before, after);
    walk_pop(walk);
}

// A repeated key doesn't count.
static bool is_first_entry(const struct node *map, uint32_t i, struct name_table *names)
{
    enum { FEW = 16 };
    if (map->count > FEW)
        return node_map_find(map, name_intern(names, map->entries[i].key->text)) == &map->entries[i];
    for (uint32_t k = 0; k < i; k++)
        if (map->entries[k].key == map->entries[i].key)
            return false;
    return true;
}

static void compare_maps(struct walk *walk, struct schema_type type, const struct node *before,
                         const struct node *after)
{
    struct name_table *before_names = walk->before->build->names, *after_names = walk->after->build->names;
    for (uint32_t i = 0; i < before->count; i++) {
        const struct map_entry *entry = &before->entries[i];
        const struct map_entry *other = entry_with_key(after, after_names, entry->key, i);
        if (!is_first_entry(before, i, before_names))
            continue;
        if (walk->is_secret && walk->steps.count == 0 && !is_exact(walk) &&
            (entry->key == NAME(data) || entry->key == NAME(stringData)))
            continue;
        compare_field(walk, type, entry->key, entry->value, other ? other->value : NULL,
                      is_named_secret(entry->key, before, after));
    }
    for (uint32_t i = 0; i < after->count; i++) {
        const struct map_entry *entry = &after->entries[i];
        if (entry_with_key(before, before_names, entry->key, i) || !is_first_entry(after, i, after_names))
            continue;
        if (walk->is_secret && walk->steps.count == 0 && !is_exact(walk) &&
            (entry->key == NAME(data) || entry->key == NAME(stringData)))
            continue;
        compare_field(walk, type, entry->key, NULL, entry->value, is_named_secret(entry->key, before, after));
    }
    if (walk->is_secret && walk->steps.count == 0 && !is_exact(walk))
        walk_secret_values(walk, before, after);
}

// --- Lists.

// The list while changes are being applied to it.
struct list_state {
    uint32_t *items;  // indexes in the old list
    uint32_t count;
};

struct list_walk {
    struct walk *walk;
    const struct node *before, *after;
    struct pairing pairing;
    struct schema_type items;
    struct list_state state;
    uint32_t *position;  // for each new item: its index after all items have been added and removed
};

static struct slice label(struct list_walk *list, bool is_after, uint32_t number)
{
    struct slice *labels = is_after ? list->pairing.after_labels : list->pairing.before_labels;
    return labels ? labels[number] : arena_format(list->walk->arena, "%u", number);
}

static void remove_items(struct list_walk *list)
{
    struct walk *walk = list->walk;
    list->state.items = arena_array(walk->arena, uint32_t, list->before->count + 1);
    for (uint32_t i = 0; i < list->before->count; i++) {
        if (!list->pairing.after_of[i]) {
            const struct node *item = list->before->items[i];
            push_item(walk, (struct walk_step){.text = label(list, false, i),
                                               .before = i,
                                               .patch = list->state.count,
                                               .secret = mask_follows_flag(list->before, i)});
            bool gone = !walk_is_ignored(walk, item, NULL);
            if (gone)
                walk_add_change(walk, CHANGE_REMOVED, item, NULL);
            walk_pop(walk);
            if (gone)
                continue;
        }
        list->state.items[list->state.count++] = i;
    }
}

// True if a change of order is worth reporting.
static bool order_matters(const struct walk *walk)
{
    const struct walk_step *last = walk->steps.count ? &walk->steps.items[walk->steps.count - 1] : NULL;
    return walk->options->order || is_exact(walk) ||
           (last && (slice_equals(last->text, "env") || slice_equals(last->text, "initContainers")));
}

static const struct node *label_list(struct list_walk *list, bool is_after)
{
    struct arena *arena = list->walk->arena;
    const struct node *from = is_after ? list->after : list->before;
    const uint32_t *partners = is_after ? list->pairing.before_of : list->pairing.after_of;
    struct node *labels = node_new_sequence(arena, from->position);
    for (uint32_t i = 0; i < from->count; i++) {
        // Without keys, items are identified by their old indexes.
        struct slice text = list->pairing.after_labels || !is_after ? label(list, is_after, i)
                                                                    : label(list, false, partners[i] - 1);
        if (partners[i])
            node_sequence_append(arena, labels, node_new_string(arena, text, from->items[i]->position));
    }
    return labels;
}

static void move_item(struct list_state *state, uint32_t from, uint32_t to)
{
    uint32_t item = state->items[from];
    memmove(&state->items[to + 1], &state->items[to], (from - to) * sizeof item);
    state->items[to] = item;
}

static void reorder(struct list_walk *list)
{
    struct walk *walk = list->walk;
    struct list_state *state = &list->state;
    struct {
        struct list_move *items;
        size_t count, capacity;
    } moves = {0};
    uint32_t to = 0;
    for (uint32_t k = 0; k < list->after->count; k++) {
        if (!list->pairing.before_of[k])
            continue;
        uint32_t from = to;
        while (state->items[from] != list->pairing.before_of[k] - 1)
            from++;
        if (from != to) {
            move_item(state, from, to);
            list_append(walk->arena, &moves, ((struct list_move){from, to}));
        }
        to++;
    }
    struct change *change = walk_add_change(walk, CHANGE_REORDERED, label_list(list, false), label_list(list, true));
    change->moves = moves.items;
    change->move_count = moves.count;
}

static bool add_item(struct list_walk *list, uint32_t number, uint32_t at)
{
    struct walk *walk = list->walk;
    push_item(walk, (struct walk_step){.text = label(list, true, number),
                                       .after = number,
                                       .patch = at,
                                       .secret = mask_follows_flag(list->after, number)});
    bool comes = !walk_is_ignored(walk, NULL, list->after->items[number]);
    if (comes)
        walk_add_change(walk, CHANGE_ADDED, NULL, list->after->items[number]);
    walk_pop(walk);
    return comes;
}

// Adds items at their new places, or at the end if the order is left alone.
static void add_items(struct list_walk *list, bool ordered)
{
    struct list_state *state = &list->state;
    uint32_t done = 0, next = 0;  // items of the final list, and of the current one
    uint32_t *where = arena_array(list->walk->arena, uint32_t, list->before->count + 1);
    for (uint32_t k = 0; ordered && k < list->after->count; k++) {
        uint32_t partner = list->pairing.before_of[k];
        if (!partner) {
            done += add_item(list, k, done);
            continue;
        }
        for (bool found = false; !found; next++) {
            found = state->items[next] == partner - 1;
            where[state->items[next]] = done++;
        }
    }
    for (; next < state->count; next++)
        where[state->items[next]] = done++;
    for (uint32_t k = 0; k < list->after->count; k++) {
        uint32_t partner = list->pairing.before_of[k];
        if (partner)
            list->position[k] = where[partner - 1];
        else if (!ordered)
            done += add_item(list, k, done);
    }
}

static bool is_plainly_equal(const struct walk *walk, const struct node *before, const struct node *after)
{
    if (before->count != after->count)
        return false;
    for (uint32_t i = 0; i < before->count; i++)
        if (before->items[i]->kind != NODE_SCALAR || after->items[i]->kind != NODE_SCALAR ||
            !is_same_scalar(walk->before, before->items[i], walk->after, after->items[i], false))
            return false;
    return true;
}

static void compare_lists(struct walk *walk, struct schema_type type, const struct node *before,
                          const struct node *after)
{
    enum { MOVED_MAX = 4096 };
    if (is_plainly_equal(walk, before, after))
        return;
    struct pair_items_request request = {
        walk->arena, walk->before, walk->after, before, after, type, walk->renames, walk->options->no_merge_keys,
    };
    struct list_walk list = {
        .walk = walk,
        .before = before,
        .after = after,
        .pairing = pair_items(&request),
        .items = schema_items(type),
        .position = arena_array(walk->arena, uint32_t, after->count + 1),
    };
    bool reorders = list.pairing.reordered && order_matters(walk) && !walk_is_ignored(walk, before, after);
    // Each move has to search for its item.
    if (reorders && before->count > MOVED_MAX) {
        walk_add_change(walk, CHANGE_REPLACED, before, after);
        return;
    }
    remove_items(&list);
    if (reorders)
        reorder(&list);
    add_items(&list, reorders || !list.pairing.reordered);
    for (uint32_t k = 0; k < after->count; k++) {
        if (!list.pairing.before_of[k])
            continue;
        uint32_t partner = list.pairing.before_of[k] - 1;
        push_item(walk,
                  (struct walk_step){.text = label(&list, true, k),
                                     .before = partner,
                                     .after = k,
                                     .patch = list.position[k],
                                     .secret = mask_follows_flag(before, partner) || mask_follows_flag(after, k)});
        // A null item still exists.
        if (node_is_null(before->items[partner]) != node_is_null(after->items[k]))
            walk_add_change(walk, CHANGE_REPLACED, before->items[partner], after->items[k]);
        else
            walk_values(walk, list.items, before->items[partner], after->items[k]);
        walk_pop(walk);
    }
}

void walk_values(struct walk *walk, struct schema_type type, const struct node *before, const struct node *after)
{
    bool was = !is_absent(walk, before), is = !is_absent(walk, after);
    if (!was && !is)
        return;
    if (was && is && before->kind == after->kind) {
        if (before->kind == NODE_SCALAR)
            compare_scalars(walk, before, after);
        else if (before->kind == NODE_MAP)
            compare_maps(walk, type, before, after);
        else
            compare_lists(walk, type, before, after);
        return;
    }
    if (!walk_is_ignored(walk, was ? before : NULL, is ? after : NULL))
        walk_add_change(walk,
                        was && is ? CHANGE_REPLACED
                        : is      ? CHANGE_ADDED
                                  : CHANGE_REMOVED,
                        was ? before : NULL, is ? after : NULL)
            ->noise = is_own_name(walk) ? NOISE_RENAME : NOISE_NONE;
}
