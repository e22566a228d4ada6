// yaml/edit_list.c
//
// Changes block lists. Items that keep their position don't change, items that move take their lines and comments
// along, and items that are removed leave behind the comments above them.
#include "yaml/editor.h"

static const size_t none = SIZE_MAX;

// Pairs equal items at the start and at the end. The rest is from `*start` up to `*is_end` and `*wanted_end`.
static void pair_ends(const struct node *is, const struct node *wanted, size_t *pairs, bool *taken, size_t *start,
                      size_t *is_end, size_t *wanted_end)
{
    size_t at = 0, left = is->count, right = wanted->count;
    while (at < left && at < right && node_equal(is->items[at], wanted->items[at])) {
        pairs[at] = at;
        taken[at++] = true;
    }
    while (left > at && right > at && node_equal(is->items[left - 1], wanted->items[right - 1])) {
        pairs[--left] = --right;
        taken[right] = true;
    }
    *start = at, *is_end = left, *wanted_end = right;
}

// The wanted item that each present item becomes: equal items first, then items that come from here, then items with
// the same name.
static size_t *pair_items(struct editor *editor, const struct place *place, const struct node *wanted)
{
    enum { EQUAL, SAME_PLACE, SAME_NAME, WAYS };
    const struct node *is = place->is;
    size_t *pairs = arena_array(editor->read->arena, size_t, is->count + 1);
    bool *taken = arena_array(editor->read->arena, bool, wanted->count + 1);
    size_t start, is_end, wanted_end;
    for (uint32_t i = 0; i < is->count; i++)
        pairs[i] = none;
    pair_ends(is, wanted, pairs, taken, &start, &is_end, &wanted_end);
    for (int way = EQUAL; way < WAYS; way++) {
        for (size_t i = start; i < is_end; i++) {
            const struct node *item = is->items[i];
            for (size_t k = start; k < wanted_end && pairs[i] == none; k++) {
                if (taken[k])
                    continue;
                const struct place *from = way == SAME_PLACE ? editor_place_of(editor, wanted->items[k]) : NULL;
                bool same = way == EQUAL        ? node_equal(item, wanted->items[k])
                            : way == SAME_PLACE ? from && from->tree == child_at(place->tree, i)
                                                : editor_same_name(editor, item, wanted->items[k], false);
                if (!same)
                    continue;
                pairs[i] = k;
                taken[k] = true;
            }
        }
    }
    return pairs;
}

// As many paired items as possible stay in place: those of a longest increasing subsequence of `pairs`.
static bool *items_that_stay(struct editor *editor, const size_t *pairs, size_t count)
{
    struct arena *arena = editor->read->arena;
    bool *stays = arena_array(arena, bool, count + 1);
    size_t *ends = arena_array(arena, size_t, count + 1);    // the item that ends the best subsequence of each length
    size_t *before = arena_array(arena, size_t, count + 1);  // the item before it in that subsequence
    size_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        if (pairs[i] == none)
            continue;
        size_t low = 0, high = longest;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (pairs[ends[middle]] < pairs[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? ends[low - 1] : none;
        ends[low] = i;
        if (low == longest)
            longest++;
    }
    for (size_t i = longest ? ends[longest - 1] : none; i != none; i = before[i])
        stays[i] = true;
    return stays;
}

// Between two items that stay, new items replace removed ones one by one if there are as many of each.
static void pair_gaps(size_t *pairs, bool *stays, size_t count, size_t wanted_count)
{
    size_t is_start = 0, wanted_start = 0;
    for (size_t i = 0; i <= count; i++) {
        if (i < count && !stays[i])
            continue;
        size_t wanted_end = i < count ? pairs[i] : wanted_count;
        bool free = i > is_start && i - is_start == wanted_end - wanted_start;
        for (size_t k = is_start; k < i; k++)
            free = free && pairs[k] == none;
        // A wanted item in the gap may be one that moves there from elsewhere.
        for (size_t k = 0; free && k < count; k++)
            free = pairs[k] == none || pairs[k] < wanted_start || pairs[k] >= wanted_end;
        for (size_t k = is_start; free && k < i; k++) {
            pairs[k] = wanted_start + (k - is_start);
            stays[k] = true;
        }
        is_start = i + 1;
        wanted_start = wanted_end + 1;
    }
}

struct list_edit {
    const struct place *place;
    const struct node *wanted;
    size_t *pairs;
    bool *stays;
    size_t *sources;  // the present item that each wanted item comes from, or `none`
};

// The lines that move with an item: the comments directly above it, and the blank lines that separate it from the item
// before it, or, for the first item, from the next one.
struct moved_lines {
    size_t start, end;    // the range to remove
    size_t blank, after;  // [start, blank) and [after, end) are blank lines
};

static struct moved_lines moved_lines(const struct editor *editor, const struct tree *list, size_t index)
{
    size_t start = editor_owned_start(editor, list, index, false),
           end = editor_lines_end(editor, child_at(list, index));
    struct moved_lines lines = {start, end, start, end};
    while (index && lines.start && yaml_is_blank(editor->source, yaml_line_start(editor->source, lines.start - 1)))
        lines.start = yaml_line_start(editor->source, lines.start - 1);
    while (!index && list->count > 1 && yaml_is_blank(editor->source, lines.end))
        lines.end = yaml_next_line(editor->source, lines.end);
    return lines;
}

static void print_item(struct editor *editor, const struct list_edit *list, size_t index, struct buffer *out)
{
    size_t source = list->sources[index];
    size_t indent = yaml_column(editor->source, child_at(list->place->tree, 0)->span.entry_start);
    if (source == none) {
        editor_print_item(editor, list->wanted->items[index], indent, out);
        return;
    }
    // The item moves with its lines and the comments above them.
    struct tree *tree = list->place->tree;
    struct place at = child_place(tree, source, list->place->is->items[source]);
    struct moved_lines lines = moved_lines(editor, tree, source);
    buffer_add_slice(out, slice_part(editor->source, lines.start, lines.blank));
    buffer_add_slice(out, slice_part(editor->source, lines.after, lines.end));
    buffer_add_slice(out, editor_edited_text(editor, &at, list->wanted->items[index], lines.blank, lines.after));
}

void editor_edit_list(struct editor *editor, const struct place *place, const struct node *wanted)
{
    struct tree *tree = place->tree;
    struct list_edit list = {.place = place, .wanted = wanted};
    list.pairs = pair_items(editor, place, wanted);
    list.stays = items_that_stay(editor, list.pairs, child_count(tree));
    pair_gaps(list.pairs, list.stays, child_count(tree), wanted->count);
    list.sources = arena_array(editor->read->arena, size_t, wanted->count + 1);
    for (uint32_t i = 0; i < wanted->count; i++)
        list.sources[i] = none;
    size_t first = none;
    bool first_line_moves = false;
    for (size_t i = 0; i < child_count(tree); i++) {
        if (list.pairs[i] != none)
            list.sources[list.pairs[i]] = i;
        if (list.stays[i] && first == none)
            first = i;
        first_line_moves |= i == 0 && list.pairs[i] != none && !list.stays[i];
    }
    bool after_dash = !yaml_begins_line(editor->source, child_at(tree, 0)->span.entry_start);
    if (first == none || (after_dash && (list.pairs[first] > 0 || first_line_moves))) {
        // Nothing stays, or a different item has to share the line of the outer dash.
        editor_replace_value(editor, place, wanted);
        return;
    }
    if (after_dash && first > 0)
        editor_remove_up_to(editor, tree, first);
    size_t next = 0, insert_at = editor_owned_start(editor, tree, 0, false);
    for (size_t i = after_dash ? first : 0; i <= child_count(tree); i++) {
        if (i < child_count(tree) && !list.stays[i]) {
            struct moved_lines lines = moved_lines(editor, tree, i);
            if (list.pairs[i] == none)
                editor_remove_lines(editor, child_at(tree, i));
            else
                editor_remove(editor, lines.start, lines.end);
            continue;
        }
        size_t until = i < child_count(tree) ? list.pairs[i] : wanted->count;
        struct buffer added = {0};
        for (; next < until; next++)
            print_item(editor, &list, next, &added);
        if (added.length)
            editor_change(editor, insert_at, insert_at, &added);
        if (i == child_count(tree))
            break;
        struct place at = child_place(tree, i, place->is->items[i]);
        editor_edit_value(editor, &at, wanted->items[until]);
        next = until + 1;
        insert_at = editor_lines_end(editor, child_at(tree, i));
    }
}
