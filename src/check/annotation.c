#include "check/annotation.h"

#include "check/findings.h"

static const struct node *find_annotation(const struct resource *resource)
{
    const struct node *annotations = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    const struct node *names = judge_field(annotations, "kiln.dev/ignore");
    return node_is_scalar(names) && !node_is_null(names) ? names : NULL;
}

static uint64_t use_hash(const struct node *annotation, const struct rule *rule)
{
    return hash_combine(position_hash(annotation->position), (uintptr_t)rule);
}

static bool was_used(const struct judge *judge, const struct node *annotation, const struct rule *rule)
{
    return hash_index_has(&judge->used_annotations, use_hash(annotation, rule));
}

bool annotation_ignores(struct judge *judge, const struct resource *resource, const struct rule *rule)
{
    const struct node *annotation = find_annotation(resource);
    struct slice names = annotation ? node_text(annotation) : (struct slice){0}, name;
    while (names.length) {
        slice_cut(names, ',', &name, &names);
        if (!slice_equals(slice_trim(name, " "), rule->id))
            continue;
        if (!was_used(judge, annotation, rule))
            hash_index_add(&judge->arena, &judge->used_annotations, use_hash(annotation, rule), 0);
        return true;
    }
    return false;
}

// `key` differs for each name in an annotation.
static void judge_name(struct judge *judge, const struct resource *resource, const struct node *annotation,
                       struct slice name, struct position key)
{
    const struct rule *rule = rule_find(name);
    bool is_judged = rule && rule->group != RULE_REPOSITORY && levels_have(judge->check->levels, rule);
    struct sighting *sighting = NULL;
    if (rule && !is_judged)
        return;
    judge->rule = rule_find(rule ? slice_literal("suppression-unused") : slice_literal("suppression-unknown"));
    if (rule && was_used(judge, annotation, rule))
        judge_fits(judge, key);
    else if (rule)
        sighting = judge_miss(judge, key, annotation->position, "nothing to ignore: '%.*s' finds nothing here",
                              SLICE_ARGS(name));
    else
        sighting = judge_miss(judge, key, annotation->position, "unknown rule '%.*s'", SLICE_ARGS(name));
    struct slice nearest = rule ? (struct slice){0} : rule_nearest(name);
    sighting_suggest(judge, sighting, nearest);
    sighting_about(judge, sighting, resource, "metadata.annotations");
}

void annotations_judge(struct judge *judge)
{
    const struct resource_map *resources = &judge->build->resources;
    judge->visit = SIZE_MAX;
    for (size_t i = 0; i < resources->count; i++) {
        const struct node *annotation = find_annotation(resources->items[i]);
        struct slice text = annotation ? node_text(annotation) : (struct slice){0}, name;
        struct position key = annotation ? annotation->position : (struct position){0};
        while (text.length) {
            slice_cut(text, ',', &name, &text);
            key.column++;
            name = slice_trim(name, " ");
            if (name.length)
                judge_name(judge, resources->items[i], annotation, name, key);
        }
    }
}
