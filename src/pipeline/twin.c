// pipeline/twin.c
//
// Explains why a resource is part of the build twice, and which entry to remove. The search starts only after the
// error, and looks at what the build has read until then.
#include "pipeline/kust_target.h"

#include "load/path.h"
#include "yaml/edit.h"

// The entries that lead from a kustomization to a file.
struct route {
    struct text *items;
    size_t count, capacity;
};

struct search {
    struct kust_target *target;
    struct slice file;   // as messages show it
    struct route route;  // in reverse
};

static bool find_below(struct search *, const struct file_loader *directory);

// The directory that an entry led to, even through a URL or a link; NULL: there is none.
static const struct file_loader *find_directory(const struct loader *loader, const struct file_loader *directory,
                                                struct text entry, struct slice shown)
{
    const struct known_directory *at = loader_known_at(loader, path_join(loader->arena, directory->path, entry.slice));
    for (uint32_t i = 0; !at && i < loader->known_directories.count; i++) {
        const struct file_loader *first = loader->known_directories.items[i]->first;
        bool is_of_url = first->parent && first->repository != first->parent->repository;
        if (is_of_url ? slice_equal(first->listed.slice, entry.slice) : slice_equal(first->shown, shown))
            at = first->known;
    }
    return at ? at->first : NULL;
}

static bool find_through(struct search *search, const struct file_loader *directory, struct text entry)
{
    struct loader *loader = search->target->shared->loader;
    struct slice shown = file_loader_shown(directory, entry.slice);
    bool found = slice_equal(shown, search->file);
    if (!found) {
        const struct file_loader *below = find_directory(loader, directory, entry, shown);
        found = below && find_below(search, below);
    }
    if (found)
        list_append(loader->arena, &search->route, entry);
    return found;
}

// Tries the first `count` entries.
static bool find_among(struct search *search, const struct file_loader *directory, const struct text_list *entries,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (find_through(search, directory, entries->items[i]))
            return true;
    return false;
}

static bool find_in(struct search *search, const struct file_loader *directory)
{
    const struct kustomization *kustomization = directory->known->work->kustomization;
    return find_among(search, directory, &kustomization->resources, kustomization->resources.count) ||
           find_among(search, directory, &kustomization->components, kustomization->components.count);
}

static bool find_below(struct search *search, const struct file_loader *directory)
{
    struct known_directory *place = directory->known->place;
    if (!directory->known->work || place->mark == search->target->shared->walks)
        return false;
    place->mark = search->target->shared->walks;
    return find_in(search, directory);
}

static struct search start_search(struct kust_target *target, const struct resource *resource)
{
    const struct source *source = sources_get(&target->build->sources, resource_position(resource).file);
    target->shared->walks++;
    return (struct search){.target = target, .file = source ? source->path : (struct slice){0}};
}

// The entries that led to the resource that was there first: earlier ones of the kustomization, or, for a component,
// those of the kustomizations that list it. `*levels` is how far up that is.
static struct route find_present(struct kust_target *target, const struct resource *present, size_t index,
                                 size_t *levels)
{
    struct search search = start_search(target, present);
    bool is_component = target->kustomization->component;
    const struct file_loader *above = target->files;
    bool found = find_among(&search, target->files, &target->kustomization->resources, index);
    while (!found && is_component && (above = above->parent) && above->known->work) {
        is_component = above->known->work->kustomization->component;
        target->shared->walks++;
        ++*levels;
        found = find_in(&search, above);
    }
    return search.route;
}

static struct route find_added(struct kust_target *target, const struct resource *added, size_t index)
{
    struct search search = start_search(target, added);
    find_through(&search, target->files, target->kustomization->resources.items[index]);
    return search.route;
}

// True if both are the same place in the same file, which may have been read twice.
static bool is_same_place(struct kust_target *target, struct position a, struct position b)
{
    const struct source *in = sources_get(&target->build->sources, a.file);
    const struct source *other = sources_get(&target->build->sources, b.file);
    return in && other && slice_equal(in->path, other->path) && a.line == b.line && a.column == b.column;
}

// Drops the entries that both routes have in common at their ends.
static void drop_common(struct kust_target *target, struct route *a, struct route *b)
{
    while (a->count && b->count && is_same_place(target, a->items[0].position, b->items[0].position)) {
        a->items++;
        b->items++;
        a->count--;
        b->count--;
    }
}

// Two routes lead to the same document of a file. They part `levels` above the component.
static void explain_same(struct kust_target *target, const struct resource *added, size_t mark, struct route *first,
                         struct route *second, size_t levels)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    struct arena *arena = &target->build->arena;
    struct slice phrase = diagnostics->items[diagnostics->count - 1].phrase;
    const struct file_loader *component = target->files;
    for (size_t i = 0; i < levels; i++, component = component->parent)
        list_append(arena, second, component->listed);
    drop_common(target, first, second);
    if (!first->count || !second->count)
        return;
    const struct text *earlier = &first->items[0], *here = &second->items[0];
    struct slice where = loader_entry_text(target->shared->loader, *earlier);
    diagnostics_forget(diagnostics, mark);
    diagnose(diagnostics, here->position, "this adds %.*s (%.*s) a second time: %.*s already adds it",
             SLICE_ARGS(resource_text(arena, added)),
             SLICE_ARGS(position_text(diagnostics->sources, arena, resource_position(added))), SLICE_ARGS(where));
    diagnose_phrase(diagnostics, "%.*s", SLICE_ARGS(phrase));
    if (second->count == 1 || levels)
        diagnose_hint(diagnostics, "remove this entry");
    else if (first->count == 1)
        diagnose_hint(diagnostics, "remove %.*s: `%.*s` already includes it", SLICE_ARGS(where),
                      SLICE_ARGS(second->items[second->count - 1].slice));
    else
        diagnose_hint(diagnostics, "remove one of the two entries, or give each its own namePrefix or namespace");
}

// For the end of a hint: why two namespaces make no difference.
static const char *namespace_note(const struct resource_conflict *conflict)
{
    const struct resource *added = conflict->added;
    return added->cluster_scoped && added->id.namespace != conflict->present->id.namespace
               ? " (the kind is cluster-scoped, so the namespaces do not distinguish them)"
               : "";
}

// Suggests removing an entry only if the other entry also adds every resource that this entry adds.
static void hint_entries(struct kust_target *target, const struct resource_conflict *conflict, struct text first,
                         size_t index)
{
    const struct resource_list *arriving = &conflict->arriving;
    struct diagnostics *diagnostics = &target->build->diagnostics;
    const struct loader *loader = target->shared->loader;
    const struct resource_map *resources = &target->into->resources;
    const struct text_list *entries = &target->kustomization->resources;
    size_t at = 0;
    while (at < index && !is_same_place(target, entries->items[at].position, first.position))
        at++;
    // The entries of a component's parents are not compared.
    uint32_t from = at < index ? target->serials[at] : 0, to = at < index ? target->serials[at + 1] : 0;
    size_t twins = resource_map_count_twins(resources, arriving, from, to);
    bool can_drop_first = twins && twins == resource_map_count(resources, from, to);
    bool can_drop_second = twins && twins == arriving->count;
    struct slice texts[] = {loader_entry_text(loader, first), loader_entry_text(loader, entries->items[index])};
    if (can_drop_first && can_drop_second)
        diagnose_hint(diagnostics, "give one of them another name, or remove either %.*s or %.*s%s",
                      SLICE_ARGS(texts[0]), SLICE_ARGS(texts[1]), namespace_note(conflict));
    else if (can_drop_first || can_drop_second)
        diagnose_hint(diagnostics, "give one of them another name, or remove %.*s: `%.*s` defines all of its resources",
                      SLICE_ARGS(texts[can_drop_second]),
                      SLICE_ARGS(can_drop_second ? first.slice : entries->items[index].slice));
    else
        diagnose_hint(diagnostics, "give one of them another name%s", namespace_note(conflict));
}

// True if the file of the resource holds others, too.
static bool is_one_of_several(struct kust_target *target, const struct resource *resource)
{
    struct read_context read = build_read_context(target->build);
    size_t mark = target->build->diagnostics.count;
    const struct source *source = sources_get(&target->build->sources, resource_position(resource).file);
    struct node_list documents = {0};
    bool reads = source && yaml_read_resources(&read, source, &documents);
    diagnostics_forget(&target->build->diagnostics, mark);
    if (!reads || !documents.count)
        return false;
    const struct node *items = node_map_get(documents.items[0], NAME(items));
    return documents.count > 1 || (node_is_sequence(items) && items->count > 1);
}

// The field, `patches` or `patchesStrategicMerge`, in which the kustomization also lists the path. NULL: none.
static const char *patches_with(const struct kust_target *target, struct slice path)
{
    struct arena *arena = &target->build->arena;
    static const char *const fields[] = {"patches", "patchesStrategicMerge"};
    for (size_t i = 0; i < countof(fields); i++) {
        const struct node *list = kustomization_value(target->kustomization, &target->shared->plugin_fields, fields[i]);
        for (uint32_t k = 0; node_is_sequence(list) && k < list->count; k++) {
            const struct node *item = list->items[k];
            const struct node *written = node_is_map(item) ? node_map_get_text(item, slice_literal("path")) : item;
            if (node_is_scalar(written) && slice_equal(path_clean(arena, node_text(written)), path_clean(arena, path)))
                return fields[i];
        }
    }
    return NULL;
}

// True if the resource has every top-level field of the other one, and every field directly in the other one's `spec`.
// It is then probably a copy rather than a patch.
static bool is_as_complete(const struct node *root, const struct node *other)
{
    for (uint32_t i = 0; i < other->count; i++) {
        const struct node *value = node_map_get(root, other->entries[i].key), *wanted = other->entries[i].value;
        bool is_spec = other->entries[i].key == NAME(spec) && node_is_map(value) && node_is_map(wanted);
        if (!value || (is_spec && !is_as_complete(value, wanted)))
            return false;
    }
    return true;
}

// True if two entries name one file, such as `web.yaml` and `../v/web.yaml`.
static bool is_same_file(struct kust_target *target, const struct resource *a, const struct resource *b)
{
    const struct source *one = sources_get(&target->build->sources, resource_position(a).file);
    const struct source *other = sources_get(&target->build->sources, resource_position(b).file);
    struct arena *arena = &target->build->arena;
    return one && other && one != other &&
           slice_equal(path_join(arena, target->files->path, one->path),
                       path_join(arena, target->files->path, other->path));
}

// Two documents have the same identity.
static void explain_different(struct kust_target *target, const struct resource_conflict *conflict, size_t index,
                              const struct route *first, const struct route *second)
{
    const struct resource *added = conflict->added, *present = conflict->present;
    struct diagnostics *diagnostics = &target->build->diagnostics;
    const struct loader *loader = target->shared->loader;
    const struct text *inner = &second->items[0];
    bool is_copy = node_equal(added->root, present->root);
    const struct text *twice = second->count == 1 && patches_with(target, inner->slice) ? inner : NULL;
    if (!twice && first->count == 1 && patches_with(target, first->items[0].slice))
        twice = &first->items[0];
    if (is_same_file(target, added, present) && first->count == 1 && second->count == 1)
        diagnose_hint(diagnostics, "remove the entry %.*s: `%.*s` is the same file",
                      SLICE_ARGS(loader_entry_text(loader, *inner)), SLICE_ARGS(first->items[0].slice));
    else if (resource_position(added).file == resource_position(present).file)
        diagnose_hint(diagnostics, "%s%s",
                      is_copy ? "remove one of the two resources: they are the same"
                              : "give one of them another name, or merge them into one",
                      is_copy ? "" : namespace_note(conflict));
    else if (is_one_of_several(target, added))
        diagnose_hint(diagnostics, "%s%s",
                      is_copy ? "remove this resource from its file: the two resources are the same"
                              : "move this resource to a file of its own, and list that file under `patches` to change "
                                "the first one, or give one of them another name to keep both",
                      is_copy ? "" : namespace_note(conflict));
    else if (twice)
        diagnose_hint(diagnostics, "remove the entry %.*s: `%s` lists the file, too",
                      SLICE_ARGS(loader_entry_text(loader, *twice)), patches_with(target, twice->slice));
    else if (is_copy)
        diagnose_hint(diagnostics, "remove the entry %.*s, %s", SLICE_ARGS(loader_entry_text(loader, *inner)),
                      second->count == 1 ? "and its file: the two resources are the same"
                                         : "or give one of the two resources another name: they are the same");
    else if (second->count == 1 && first->count == 1 && is_as_complete(added->root, present->root))
        diagnose_hint(
            diagnostics,
            "give one of them another name to keep both%s, or move %.*s to `patches`, as `- path: %.*s`, to change the "
            "first one",
            namespace_note(conflict), SLICE_ARGS(loader_entry_text(loader, *inner)), SLICE_ARGS(inner->slice));
    else if (second->count == 1)
        diagnose_hint(diagnostics,
                      "move %.*s to `patches`, as `- path: %.*s`, to change the first one, or "
                      "give one of them another name to keep both%s",
                      SLICE_ARGS(loader_entry_text(loader, *inner)), SLICE_ARGS(inner->slice),
                      namespace_note(conflict));
    else if (first->count)
        hint_entries(target, conflict, first->items[first->count - 1], index);
}

void kust_target_explain_twin(struct kust_target *target, size_t index, size_t mark)
{
    struct resource_conflict conflict = target->build->resource_context.conflict;
    const struct resource *added = conflict.added, *present = conflict.present;
    target->build->resource_context.conflict = (struct resource_conflict){0};
    if (!added)
        return;
    size_t levels = 0;
    struct route first = find_present(target, present, index, &levels), second = find_added(target, added, index);
    if (!second.count)
        return;
    if (is_same_place(target, resource_position(added), resource_position(present)))
        explain_same(target, added, mark, &first, &second, levels);
    else
        explain_different(target, &conflict, index, &first, &second);
}
