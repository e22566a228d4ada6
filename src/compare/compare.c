// compare/compare.c
//
// The passes, in order: pair objects, compare the fields of each pair, drop equal pairs, sort, and mask.
#include <stdlib.h>

#include "compare/comparison.h"
#include "compare/mask.h"
#include "compare/meaning.h"
#include "compare/walk.h"
#include "schema/kind_order.h"

struct work {
    struct comparison *comparison;
    const struct compare_options *options;
    struct object_pairs pairs;
    struct renames renames;
    struct object_difference **renamed;  // by the number of the pair
};

static bool is_renamed(const struct object_pair *pair)
{
    return pair->before && pair->after && pair->reason;
}

static void prepare_renamed(struct work *work)
{
    struct arena *arena = work->comparison->arena;
    work->renamed = arena_array(arena, struct object_difference *, work->pairs.count + 1);
    for (size_t i = 0; i < work->pairs.count; i++) {
        const struct object_pair *pair = &work->pairs.items[i];
        if (!is_renamed(pair))
            continue;
        work->renamed[i] = arena_new(arena, struct object_difference);
        *work->renamed[i] = (struct object_difference){
            .kind = OBJECT_RENAMED, .reason = pair->reason, .before = pair->before, .after = pair->after};
    }
}

static void compare_trees(struct work *work, struct object_difference *object)
{
    struct comparison *comparison = work->comparison;
    const struct resource *after = object->after;
    struct slice kind = after->id.gvk.kind->text;
    const struct node *version = field_of(after->root, "apiVersion");
    struct walk walk = {
        .arena = comparison->arena,
        .before = comparison->before,
        .after = comparison->after,
        .options = work->options,
        .renames = &work->renames,
        .object = object,
        .changes = &object->changes,
        .renamed = work->renamed,
        .is_secret = mask_is_secret_object(after),
    };
    struct slice api_version = node_is_scalar(version) ? node_text(version) : (struct slice){0};
    walk_values(&walk, schema_of_kind(comparison->after->build->resource_context.schema, api_version, kind),
                object->before->root, after->root);
    for (size_t i = 0; i < object->changes.count; i++)
        object->shown += object->changes.items[i]->noise == NOISE_NONE;
}

static void keep(struct work *work, struct object_difference *object)
{
    list_append(work->comparison->arena, &work->comparison->objects, object);
}

static void compare_pair(struct work *work, size_t number)
{
    const struct object_pair *pair = &work->pairs.items[number];
    struct arena *arena = work->comparison->arena;
    struct object_difference found = {.before = pair->before, .after = pair->after}, *object = work->renamed[number];
    if (!pair->before || !pair->after) {
        found.kind = pair->before ? OBJECT_REMOVED : OBJECT_ADDED;
    } else if (object) {
        compare_trees(work, object);
        keep(work, object);
        return;
    } else {
        found.kind = OBJECT_CHANGED;
        compare_trees(work, &found);
        work->comparison->unchanged += !found.changes.count;
        if (!found.changes.count)
            return;
    }
    object = arena_new(arena, struct object_difference);
    *object = found;
    keep(work, object);
}

static const struct resource *resource_of(const struct object_difference *object)
{
    return object->after ? object->after : object->before;
}

static int compare_objects(const void *a, const void *b)
{
    const struct object_difference *first = *(struct object_difference *const *)a;
    const struct object_difference *second = *(struct object_difference *const *)b;
    const struct resource_id *one = &resource_of(first)->id, *two = &resource_of(second)->id;
    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    int ranks = kind_rank(one->gvk.kind->text) - kind_rank(two->gvk.kind->text);
    if (!ranks)
        ranks = slice_compare(one->gvk.kind->text, two->gvk.kind->text);
    if (!ranks)
        ranks = slice_compare(one->gvk.group->text, two->gvk.group->text);
    if (!ranks)
        ranks = slice_compare(one->namespace->text, two->namespace->text);
    return ranks ? ranks : slice_compare(one->name->text, two->name->text);
}

struct comparison *compare_sides(const struct side *before, const struct side *after,
                                 const struct compare_options *options)
{
    struct arena *arena = &after->build->arena;
    struct comparison *comparison = arena_new(arena, struct comparison);
    *comparison = (struct comparison){.options = options, .before = before, .after = after, .arena = arena};
    struct work work = {.comparison = comparison, .options = options};
    work.pairs = pair_objects(arena, before, after, options->no_rename);
    renames_init(&work.renames, arena, &work.pairs);
    prepare_renamed(&work);
    for (size_t i = 0; i < work.pairs.count; i++)
        compare_pair(&work, i);
    if (comparison->objects.count)
        qsort(comparison->objects.items, comparison->objects.count, sizeof *comparison->objects.items, compare_objects);
    if (comparison->objects.count && !options->show_secrets) {
        mask_learn(before);
        mask_learn(after);
    }
    for (size_t i = 0; i < comparison->objects.count; i++) {
        struct object_difference *object = comparison->objects.items[i];
        mask_difference(comparison, object);
        if (object_is_shown(object))
            comparison->counts[object->kind]++;
        else
            comparison->unchanged++;
    }
    comparison->unchanged += after->skipped.count;
    return comparison;
}

bool comparison_differs(const struct comparison *comparison)
{
    size_t count = 0;
    for (size_t i = 0; i < countof(comparison->counts); i++)
        count += comparison->counts[i];
    return count > 0;
}
