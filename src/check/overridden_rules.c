// check/overridden_rules.c
//
// Entries of `images` and `replicas` that a later entry overrides.
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/examples.h"
#include "check/image_name.h"
#include "check/objects.h"
#include "check/visits.h"

// A finding whose hint needs the finished resources.
struct overridden_entry {
    size_t sighting;  // its number
    const struct node *list;
    bool is_image;
};

struct overridden_entries {
    struct overridden_entry *items;
    size_t count, capacity;
};

static struct slice entry_name(const struct node *entry)
{
    return node_is_map(entry) ? judge_text(entry, "name") : (struct slice){0};
}

// True if the earlier entry sets something, and the later one sets all of it again.
static bool overrides(const struct node *later, const struct node *earlier)
{
    for (uint32_t i = 0; i < earlier->count; i++)
        if (!node_map_find(later, earlier->entries[i].key))
            return false;
    return earlier->count > 1;
}

static bool renames(const struct node *entry)
{
    struct slice renamed = judge_text(entry, "newName");
    return renamed.length && !slice_equal(renamed, entry_name(entry));
}

static void report(struct judge *judge, const struct node *list, const struct node *entry, const struct node *earlier,
                   bool is_image)
{
    struct sighting *sighting = judge_find(
        judge, judge_field(entry, "name")->position, "this entry overrides the one for '%.*s' on line %u",
        SLICE_ARGS(entry_name(entry)),
        sources_line_in_file(&judge->build->sources, judge_field(earlier, "name")->position));
    if (!sighting)
        return;
    sighting_hint(judge, sighting, "correct one of the names, or remove one of the entries");
    if (!judge->overridden)
        judge->overridden = arena_new(&judge->arena, struct overridden_entries);
    struct overridden_entry overridden = {(size_t)(sighting - judge->sightings.items), list, is_image};
    list_append(&judge->arena, judge->overridden, overridden);
}

struct named_entry {
    const struct node *latest;
    bool is_renamed;  // so that no later entry for the old name matches
};

static void find_overridden_in(struct judge *judge, const struct node *list, bool is_image)
{
    struct hash_index by_name = {0};
    struct {
        struct named_entry *items;
        size_t count, capacity;
    } named = {0};
    for (uint32_t i = 0; node_is_sequence(list) && i < list->count; i++) {
        const struct node *entry = list->items[i];
        struct slice name = entry_name(entry);
        struct named_entry *known = NULL;
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&by_name, slice_hash(name)); hash_cursor_next(&at, &number);)
            if (slice_equal(entry_name(named.items[number].latest), name))
                known = &named.items[number];
        if (known && !known->is_renamed && overrides(entry, known->latest))
            report(judge, list, entry, known->latest, is_image);
        if (known) {
            known->latest = entry;
            known->is_renamed |= renames(entry);
        } else if (name.length) {
            hash_index_add(&judge->scratch, &by_name, slice_hash(name), (uint32_t)named.count);
            list_append(&judge->scratch, &named, ((struct named_entry){entry, renames(entry)}));
        }
    }
}

static void find_overridden(struct judge *judge, const struct node *root)
{
    find_overridden_in(judge, judge_field(root, "images"), true);
    find_overridden_in(judge, judge_field(root, "replicas"), false);
}

// --- The names that may be meant.

struct meant_names {
    struct judge *judge;
    const struct resource *resource;  // whose containers are visited
    struct text_set used;             // by the entries, before and after the change
    struct text_set names;
};

static void add_name(struct meant_names *meant, struct slice name)
{
    if (name.length && !is_placeholder(name) && !text_set_has(&meant->used, name))
        text_set_add(&meant->judge->scratch, &meant->names, name);
}

// Leaves out images that a kustomization has already changed, and those with a login.
static void add_image(void *state, const struct node *container, const struct field_trail *trail)
{
    struct meant_names *meant = state;
    const struct node *image = field_get(container, "image");
    (void)trail;
    if (!is_text_node(image) || is_placeholder(node_text(image)) ||
        object_place(meant->resource, image).file != resource_position(meant->resource).file)
        return;
    struct slice name = image_name(node_text(image));
    if (slice_find_byte(name, '@') == SLICE_NOT_FOUND)
        add_name(meant, name);
}

static void add_workload(struct meant_names *meant, uint32_t file)
{
    static const char *const scaled[] = {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", NULL};
    if (slice_is_one_of(meant->resource->id.gvk.kind->text, scaled))
        add_name(meant, name_in_file(meant->judge, file, meant->resource));
}

static void hint_name(struct judge *judge, const struct overridden_entry *overridden)
{
    const struct objects *objects = judge_objects(judge);
    struct sighting *sighting = &judge->sightings.items[overridden->sighting];
    uint32_t file = sighting->position.file;
    size_t visit = visit_with_file(judge, file);
    struct meant_names meant = {.judge = judge};
    for (uint32_t i = 0; i < overridden->list->count; i++) {
        const struct node *entry = overridden->list->items[i];
        text_set_add(&judge->scratch, &meant.used, entry_name(entry));
        if (node_is_map(entry))
            text_set_add(&judge->scratch, &meant.used, judge_text(entry, "newName"));
    }
    for (size_t i = 0; i < objects->pods.count; i++) {
        const struct pod *pod = &objects->pods.items[i];
        meant.resource = pod->resource;
        if (!visit_is_within(judge, visit_with_file(judge, resource_position(pod->resource).file), visit))
            continue;
        if (overridden->is_image)
            for_each_container(pod, add_image, &meant);
        else
            add_workload(&meant, file);
    }
    if (!meant.names.count)
        return;
    struct slice names = word_list_quoted(&judge->scratch, meant.names.items, meant.names.count, HINT_NAMES_MAX, "and");
    sighting_hint(judge, sighting, "correct one of the names, or remove one of the entries: no entry changes %.*s",
                  SLICE_ARGS(names));
}

static void hint_names(struct judge *judge)
{
    for (size_t i = 0; judge->overridden && i < judge->overridden->count && judge_may_search(judge); i++)
        hint_name(judge, &judge->overridden->items[i]);
}

const struct rule entry_overridden_rule = {
    .id = "entry-overridden",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a later entry of `images` or `replicas` overrides an earlier one",
    .why =
        "kustomize applies the entries in order, so the earlier one has no effect. Often, a copied entry still has the "
        "name of the original.",
    .remedy = "correct the name of one of the entries, or remove one of them",
    .found = "resources: [web.yaml]\n"
             "replicas:\n"
             "- {name: web, count: 2}\n"
             "- {name: web, count: 3}\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images:\n"
                 "- {name: nginx, newTag: '2'}\n"
                 "- {name: nginx, newName: proxy}\n" EXAMPLE_WEB,
    .kustomization = find_overridden,
    .stream = hint_names,
};
