#include "load/ring.h"

#include "base/word_list.h"
#include "load/path.h"

enum { STEPS_MAX = 6 };

// "'b', which lists 'c', which lists 'a' again", where `parent` is 'c' and `visited` is 'a'.
static struct slice steps_text(struct arena *arena, const struct file_loader *parent, const struct file_loader *visited)
{
    struct slice steps = arena_format(arena, "'%.*s' again", SLICE_ARGS(visited->shown));
    size_t count = 0;
    for (const struct file_loader *at = parent; at != visited; at = at->parent)
        if (++count < STEPS_MAX)
            steps = arena_format(arena, "'%.*s', which lists %.*s", SLICE_ARGS(at->shown), SLICE_ARGS(steps));
        else if (count == STEPS_MAX)
            steps = arena_format(arena, "… %.*s", SLICE_ARGS(steps));
    return steps;
}

// --- Which entry to remove.

// True for a directory that is called a base, as in `base/web` or `bases`.
static bool is_base(struct slice path)
{
    struct slice name;
    for (bool more = true; more;) {
        more = slice_cut(path, '/', &name, &path);
        if (slice_equals(name, "base") || slice_equals(name, "bases"))
            return true;
    }
    return false;
}

// One directory of the ring, and the entry in it that leads to the next one.
struct ring_entry {
    const struct file_loader *from;
    struct text entry;
    bool leaves_base;  // leads from a base to a directory that isn't one
};

struct ring {
    struct ring_entry *items;
    size_t count;
};

// In the order of the build, starting at `visited`.
static struct ring find_entries(const struct file_loader *parent, const struct file_loader *visited, struct text listed)
{
    struct ring ring = {.count = 1};
    for (const struct file_loader *at = parent; at != visited; at = at->parent)
        ring.count++;
    ring.items = arena_array(parent->loader->arena, struct ring_entry, ring.count);
    const struct file_loader *to = visited;
    struct text entry = listed;
    for (size_t i = ring.count; i-- > 0; parent = parent->parent) {
        ring.items[i] = (struct ring_entry){parent, entry, is_base(parent->shown) && !is_base(to->shown)};
        to = parent;
        entry = parent->listed;
    }
    return ring;
}

// The probable mistake: the only entry that leads out of a base, or the last one, which closes the ring.
static size_t find_mistake(const struct ring *ring)
{
    size_t mistake = ring->count - 1, count = 0;
    for (size_t i = 0; i < ring->count; i++)
        if (ring->items[i].leaves_base) {
            mistake = i;
            count++;
        }
    return count == 1 ? mistake : ring->count - 1;
}

static struct slice entry_text(const struct ring_entry *entry)
{
    return loader_entry_text(entry->from->loader, entry->entry);
}

// "the other entries are `../b` at a/kustomization.yaml:2:3 and `../c` at b/kustomization.yaml:2:3"
static struct slice others_text(struct arena *arena, const struct ring *ring, size_t mistake)
{
    struct slice shown[STEPS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < ring->count && count < STEPS_MAX; i++)
        if (i != mistake)
            shown[count++] = entry_text(&ring->items[i]);
    struct slice list = word_list(arena, shown, ring->count - 1, STEPS_MAX, "and");
    return arena_format(arena, "the other %s %.*s", ring->count == 2 ? "entry is" : "entries are", SLICE_ARGS(list));
}

void hint_ring(const struct file_loader *parent, const struct file_loader *visited, struct text listed)
{
    struct diagnostics *diagnostics = parent->loader->diagnostics;
    struct ring ring = find_entries(parent, visited, listed);
    size_t mistake = find_mistake(&ring);
    if (ring.count == 1) {
        diagnose_hint(diagnostics, "remove this entry");
        return;
    }
    struct slice remove = mistake == ring.count - 1 ? slice_literal("this entry") : entry_text(&ring.items[mistake]);
    diagnose_hint(diagnostics, "remove %.*s%s; %.*s", SLICE_ARGS(remove),
                  ring.items[mistake].leaves_base ? ": a base must not list what is built on it"
                                                  : ", which closes the cycle",
                  SLICE_ARGS(others_text(diagnostics->arena, &ring, mistake)));
}

void diagnose_ring(const struct file_loader *parent, struct slice resolved, struct slice shown, struct text listed)
{
    struct loader *loader = parent->loader;
    struct diagnostics *diagnostics = loader->diagnostics;
    const struct file_loader *visited = parent, *inside = NULL;
    for (; visited && !slice_equal(visited->path, resolved); visited = visited->parent)
        if (!inside && path_is_within(visited->path, resolved))
            inside = visited;
    if (!visited) {
        diagnose(diagnostics, listed.position, "cycle: '%.*s' contains '%.*s', which is being built", SLICE_ARGS(shown),
                 SLICE_ARGS(inside->shown));
        diagnose_hint(diagnostics,
                      "list only what it needs from there: a kustomization cannot list a directory above it");
        return;
    }
    if (visited == parent)
        diagnose(diagnostics, listed.position, "cycle: '%.*s' lists itself", SLICE_ARGS(visited->shown));
    else
        diagnose(diagnostics, listed.position, "cycle: '%.*s' lists %.*s", SLICE_ARGS(visited->shown),
                 SLICE_ARGS(steps_text(loader->arena, parent, visited)));
    hint_ring(parent, visited, listed);
}
