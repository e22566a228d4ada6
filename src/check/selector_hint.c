#include "check/selector_hint.h"

#include "base/near_names.h"
#include "merge/misspelled_target.h"
#include "pipeline/accumulate.h"
#include "pipeline/plugins.h"
#include "schema/similar_kind.h"
#include "transform/misfit.h"
#include "transform/resource_typo.h"

enum part { PART_GROUP, PART_VERSION, PART_KIND, PART_NAME, PART_NAMESPACE, PART_LABELS, PART_ANNOTATIONS, PART_COUNT };

static const char *const part_names[] = {"group",         "version",           "kind", "name", "namespace",
                                         "labelSelector", "annotationSelector"};

static struct text *part_of(struct selector *selector, enum part part)
{
    struct text *const parts[] = {&selector->group,
                                  &selector->version,
                                  &selector->kind,
                                  &selector->name,
                                  &selector->namespace,
                                  &selector->label_selector,
                                  &selector->annotation_selector};
    return parts[part];
}

static struct slice value_of(const struct resource *resource, enum part part)
{
    const struct resource_id *id = &resource->id;
    const struct name *const values[] = {id->gvk.group, id->gvk.version, id->gvk.kind, id->name,
                                         resource_effective_namespace(resource)};
    return part < countof(values) ? values[part]->text : (struct slice){0};
}

// The resources that would match without the part. Diagnoses nothing, since reading the target already did.
static struct resource_list select_without(const struct selector *selector, enum part part, struct resource_map *map)
{
    struct selector less = *selector;
    struct diagnostics *diagnostics = map->context->diagnostics;
    size_t mark = diagnostics->count;
    struct resource_list found = {0};
    *part_of(&less, part) = (struct text){0};
    const struct compiled_selector *compiled = selector_compile(map->context, &less);
    if (compiled)
        found = selector_select(compiled, map);
    diagnostics_forget(diagnostics, mark);
    return found;
}

// The resource whose value for the part is the most similar one; NULL: none is similar.
static const struct resource *nearest_resource(struct judge *judge, struct slice wanted, enum part part,
                                               const struct resource_list *list)
{
    struct slice *values = arena_array(&judge->arena, struct slice, list->count);
    for (size_t i = 0; i < list->count; i++)
        values[i] = value_of(list->items[i], part);
    struct slice nearest = part == PART_KIND ? nearest_kind(wanted, values, list->count)
                                             : nearest_text(wanted, values, list->count);
    for (size_t i = 0; nearest.length && i < list->count; i++)
        if (slice_equal(values[i], nearest))
            return list->items[i];
    return NULL;
}

static bool is_only_part(const struct selector *selector, enum part part)
{
    for (enum part other = 0; other < PART_COUNT; other++)
        if (other != part && part_of((struct selector *)selector, other)->slice.length)
            return false;
    return true;
}

// "did you mean Deployment 'web' or Deployment 'web-api'?"
static struct slice describe_name(struct judge *judge, struct slice wanted, const struct resource_list *found)
{
    struct slice *names = arena_array(&judge->arena, struct slice, found->count), texts[HINT_NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < found->count; i++)
        names[i] = resource_nearest_name(&judge->arena, found->items[i], wanted);
    struct near_names near = near_names(wanted, names, found->count);
    for (size_t k = 0; k < near.count; k++)
        for (size_t i = 0; i < found->count; i++)
            if (slice_equal(names[i], near.items[k])) {
                texts[count++] = arena_format(&judge->arena, "%.*s '%.*s'",
                                              SLICE_ARGS(found->items[i]->id.gvk.kind->text), SLICE_ARGS(names[i]));
                break;
            }
    if (!count && found->count == 1)
        texts[count++] = resource_shown(judge, found->items[0]);
    return count ? arena_format(&judge->arena, "did you mean %.*s?",
                                SLICE_ARGS(word_list(&judge->arena, texts, count, HINT_NAMES_MAX, "or")))
                 : (struct slice){0};
}

// For labels or annotations: `found` would match without them.
static struct slice describe_pairs(struct judge *judge, const struct selector *selector, enum part part,
                                   const struct resource_list *found)
{
    struct slice wanted = part_of((struct selector *)selector, part)->slice, texts[HINT_NAMES_MAX];
    struct misspelled_pair pair;
    if (misspelled_pair_find(wanted, found, part == PART_LABELS ? NAME(labels) : NAME(annotations), &pair))
        return arena_format(&judge->arena, "did you mean '%.*s=%.*s'?", SLICE_ARGS(pair.meant.key),
                            SLICE_ARGS(pair.meant.value));
    // Without its only part, a target matches everything, which says nothing about what was meant.
    if (found->count > 1 && is_only_part(selector, part))
        return (struct slice){0};
    for (size_t i = 0; i < found->count && i < HINT_NAMES_MAX; i++)
        texts[i] = resource_shown(judge, found->items[i]);
    return arena_format(&judge->arena, "correct or remove `%s`: without it, the target would match %.*s",
                        part_names[part],
                        SLICE_ARGS(word_list(&judge->arena, texts, found->count, HINT_NAMES_MAX, "and")));
}

// True if the kustomization moves its resources to the namespace, which it does after the patches.
static bool is_set_later(struct judge *judge, struct slice namespace)
{
    const struct visit *visit = judge_visit(judge);
    const struct plugin_fields fields = plugins_fields(&judge->scratch);
    const struct directory_work *work = visit ? visit->files->known->work : NULL;
    const struct node *set = work ? kustomization_value(work->kustomization, &fields, "namespace") : NULL;
    return set && node_is_scalar(set) && slice_equal(node_text(set), namespace);
}

static struct slice describe(struct judge *judge, const struct selector *selector, enum part part,
                             struct resource_context *context, const struct resource_list *found)
{
    const struct resource *object = found->items[0];
    struct arena *arena = &judge->arena;
    if (part == PART_NAME)
        return describe_name(judge, selector->name.slice, found);
    if (part == PART_LABELS || part == PART_ANNOTATIONS)
        return describe_pairs(judge, selector, part, found);
    struct slice wanted = part_of((struct selector *)selector, part)->slice;
    const struct resource *nearest = found->count > 1 ? nearest_resource(judge, wanted, part, found) : object;
    if (!nearest && is_only_part(selector, part))
        return (struct slice){0};
    object = nearest ? nearest : object;
    struct slice value = value_of(object, part), hint = {0};
    if (part == PART_KIND)
        hint = resource_typo_kind_hint(context, object, wanted);
    if (hint.length)
        return arena_copy(arena, hint);
    if (part == PART_NAMESPACE && is_set_later(judge, wanted))
        return arena_format(
            arena, "remove this namespace%s%.*s%s: the kustomization sets `namespace: %.*s` after the patches",
            value.length ? ", or use '" : "", SLICE_ARGS(value), value.length ? "'" : "", SLICE_ARGS(wanted));
    if (!value.length)
        return arena_format(arena, "remove the %s: %.*s has none", part_names[part],
                            SLICE_ARGS(resource_shown(judge, object)));
    return arena_format(arena, "use the %s '%.*s' to match %.*s", part_names[part], SLICE_ARGS(value),
                        SLICE_ARGS(resource_shown(judge, object)));
}

struct selector_hint selector_hint(struct judge *judge, const struct selector *selector, struct resource_map *map)
{
    struct selector_hint hint = {.place = selector->position};
    bool searches = judge_may_search(judge);
    for (enum part part = 0; searches && part < PART_COUNT; part++) {
        const struct text *text = part_of((struct selector *)selector, part);
        if (!text->slice.length)
            continue;
        struct resource_list found = select_without(selector, part, map);
        if (!found.count)
            continue;
        hint.place = text->position;
        hint.text = describe(judge, selector, part, map->context, &found);
        break;
    }
    return hint;
}
