#include "repository/rings.h"

struct numbers {
    uint32_t *items;
    size_t count, capacity;
};

// The neighbors of number n are items[start[n]] to items[start[n + 1]].
struct neighbors {
    uint32_t *start, *items;
};

static struct neighbors collect(struct arena *arena, const struct namings *namings, size_t count, bool of_namers)
{
    struct neighbors found = {arena_array(arena, uint32_t, count + 2), arena_array(arena, uint32_t, namings->count)};
    uint32_t *next = found.start + 1;
    for (size_t i = 0; i < count + 2; i++)
        found.start[i] = 0;
    for (size_t i = 0; i < namings->count; i++)
        next[(of_namers ? namings->items[i].to : namings->items[i].from) + 1]++;
    for (size_t i = 0; i < count; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < namings->count; i++) {
        const struct naming *naming = &namings->items[i];
        uint32_t number = of_namers ? naming->to : naming->from;
        found.items[next[number]++] = of_namers ? naming->from : naming->to;
    }
    return found;
}

// Marks the number and all that it leads to. `waiting` is empty before and after.
static void mark_from(struct arena *arena, const struct neighbors *neighbors, uint32_t number, struct numbers *waiting,
                      bool *marked)
{
    marked[number] = true;
    list_append(arena, waiting, number);
    while (waiting->count) {
        uint32_t at = waiting->items[--waiting->count];
        for (uint32_t i = neighbors->start[at]; i < neighbors->start[at + 1]; i++) {
            uint32_t to = neighbors->items[i];
            if (marked[to])
                continue;
            marked[to] = true;
            list_append(arena, waiting, to);
        }
    }
}

bool *rings_find_tops(struct arena *arena, const struct namings *namings, size_t count)
{
    struct neighbors named = collect(arena, namings, count, false), namers = collect(arena, namings, count, true);
    bool *reached = arena_array(arena, bool, count), *again = arena_array(arena, bool, count);
    bool *tops = arena_array(arena, bool, count);
    struct numbers starts = {0}, waiting = {0};
    for (size_t i = 0; i < count; i++)
        reached[i] = again[i] = tops[i] = false;
    for (uint32_t i = 0; i < count; i++) {
        if (reached[i])
            continue;
        list_append(arena, &starts, i);
        reached[i] = true;
        // Most files name nothing.
        if (named.start[i] < named.start[i + 1])
            mark_from(arena, &named, i, &waiting, reached);
    }
    // Nothing but a later start can lead to a start. If no later start leads to a start, only its own ring names it, so
    // everything that leads to it belongs to that ring.
    for (size_t i = starts.count; i-- > 0;) {
        uint32_t start = starts.items[i];
        if (again[start])
            continue;
        tops[start] = true;
        if (named.start[start] < named.start[start + 1])
            mark_from(arena, &named, start, &waiting, again);
        if (namers.start[start] < namers.start[start + 1])
            mark_from(arena, &namers, start, &waiting, tops);
    }
    return tops;
}
