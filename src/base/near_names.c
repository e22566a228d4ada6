#include "base/near_names.h"

#include "base/diagnostics.h"

// With up to CLEAR_MAX edits, a name is clearly a misspelling: only names with the same number of edits are equally
// likely. A part shorter than PART_MIN doesn't count.
enum { CLEAR_MAX = 2, PART_MIN = 2 };

struct candidate {
    struct slice name;
    size_t edits, shared;  // `shared`: the length of the name that the other one extends; 0: none
};

// The length of `part` if `whole` is `part` with something before or after it: `shop-nginx` and `nginx`. Otherwise 0.
static size_t shared_length(struct slice whole, struct slice part)
{
    if (part.length < PART_MIN || whole.length < part.length + 2)
        return 0;
    bool is_start = slice_starts_with(whole, part) && whole.data[part.length] == '-';
    bool is_end = slice_ends_with(whole, part) && whole.data[whole.length - part.length - 1] == '-';
    return is_start || is_end ? part.length : 0;
}

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    bool is_clear = a->edits <= CLEAR_MAX && a->edits < b->edits;
    if (is_clear || (b->edits <= CLEAR_MAX && b->edits < a->edits))
        return is_clear;
    return a->shared != b->shared ? a->shared > b->shared : a->edits < b->edits;
}

// True if they are about equally likely. `a` is the better one.
static bool is_rival(const struct candidate *a, const struct candidate *b)
{
    if (a->edits <= CLEAR_MAX)
        return a->edits == b->edits;
    return a->shared ? b->shared == a->shared || !b->shared : a->edits == b->edits;
}

static void place(struct candidate *best, size_t *count, const struct candidate *added)
{
    for (size_t i = 0; i < *count; i++)
        if (slice_equal(best[i].name, added->name))
            return;
    size_t at = *count < HINT_NAMES_MAX ? (*count)++ : HINT_NAMES_MAX;
    while (at > 0 && is_better(added, &best[at - 1])) {
        if (at < HINT_NAMES_MAX)
            best[at] = best[at - 1];
        at--;
    }
    if (at < HINT_NAMES_MAX)
        best[at] = *added;
}

struct near_names near_names(struct slice wanted, const struct slice *candidates, size_t count)
{
    struct candidate best[HINT_NAMES_MAX] = {{{0}, 0, 0}};
    struct near_names near = {0};
    size_t found = 0;
    for (size_t i = 0; i < count && wanted.length; i++) {
        struct slice name = candidates[i];
        bool is_similar = nearest_text(wanted, &name, 1).length > 0, is_whole = name.length >= wanted.length;
        size_t shared = shared_length(is_whole ? name : wanted, is_whole ? wanted : name);
        if (is_similar || shared)
            place(best, &found, &(struct candidate){name, slice_edit_distance(wanted, name, SIZE_MAX - 1), shared});
    }
    for (size_t i = 0; i < found; i++)
        if (is_rival(&best[0], &best[i]))
            near.items[near.count++] = best[i].name;
    return near;
}

struct slice near_names_text(struct arena *arena, const struct near_names *near)
{
    return near->count ? word_list_quoted(arena, near->items, near->count, HINT_NAMES_MAX, "or") : (struct slice){0};
}
