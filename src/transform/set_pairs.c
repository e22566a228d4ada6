#include "transform/set_pairs.h"

#include <stdlib.h>

#include "doc/scalar.h"
#include "schema/well_known_names.h"
#include "transform/set_fields.h"

struct set_pairs {
    const struct field_specs *specs;
    const struct text_map *pairs;
    const struct name **keys;  // one per pair
    bool requests_hash;        // one of the keys is the annotation that asks for a hash
    bool one_by_one;           // each pair is added to all fields before the next one
};

static int compare_keys(const void *left, const void *right)
{
    return slice_compare(((const struct text_pair *)left)->key.slice, ((const struct text_pair *)right)->key.slice);
}

static const struct text_map *sorted(struct arena *arena, const struct text_map *pairs)
{
    struct text_map *copy = arena_new(arena, struct text_map);
    for (size_t i = 0; i < pairs->count; i++)
        list_append(arena, copy, pairs->items[i]);
    if (copy->count)
        qsort(copy->items, copy->count, sizeof *copy->items, compare_keys);
    return copy;
}

const struct set_pairs *set_pairs_new(struct transform_context *context, const struct text_map *pairs,
                                      const struct field_specs *specs, bool specs_of_user)
{
    struct set_pairs *settings = arena_new(context->arena, struct set_pairs);
    settings->specs = specs;
    settings->one_by_one = specs_of_user;
    // The order matters if fields are walked once per pair, and affects the hash of a Job.
    settings->pairs = pairs = pairs->count > 1 ? sorted(context->arena, pairs) : pairs;
    settings->keys = arena_array(context->arena, const struct name *, pairs->count);
    for (size_t i = 0; i < pairs->count; i++) {
        settings->keys[i] = name_intern(context->names, pairs->items[i].key.slice);
        settings->requests_hash |= settings->keys[i] == NAME(needs_hash_suffix);
    }
    context->resources->hash_is_requested |= settings->requests_hash;
    return settings;
}

// kustomize creates one value per object and pair, and uses the same value wherever the key is new. If it is changed
// later in one of these maps, it changes in all of them: with `commonLabels: {app: a}` in a base and
// `labels: [{pairs: {app: b}}]` in an overlay, the selector gets the new value, too.
struct shared_value {
    struct node *node;  // NULL: not in the object yet
    uint8_t style;
};

struct pairs_run {
    struct transform_context *context;
    const struct set_pairs *settings;
    const struct set_fields *fields;
    struct resource *resource;
    struct shared_value *values;  // one per pair
    size_t first, end;            // the pairs to set now
};

static void overwrite(struct shared_value *value, struct node *old, struct text text)
{
    value->style = old->kind == NODE_SCALAR ? old->style : STYLE_PLAIN;
    if (value->node)
        value->node->style = value->style;
    *old = (struct node){.kind = NODE_SCALAR,
                         .style = value->style,
                         .tag = TAG_STRING,
                         .flags = old->flags & NODE_SHARED,
                         .read_from = node_read_from(old),
                         .position = old->position};
    node_set_text(old, text.slice);
    if (text.position.line)
        node_move(old, text.position);
}

static bool insert(struct pairs_run *run, size_t number, struct node *map)
{
    const struct text_pair *pair = &run->settings->pairs->items[number];
    struct shared_value *value = &run->values[number];
    // kustomize writes new keys without quotes, and then fails to print one that isn't a string. v5.8.3 can print some.
    enum node_tag key_tag = scalar_unquoted_key_tag(pair->key.slice);
    if (scalar_resolve_tag(pair->key.slice) != TAG_STRING && run->context->diagnostics->release < RELEASE_V5_8_3) {
        diagnose(run->context->diagnostics, pair->key.position,
                 "kustomize v5.8.1 does not read the key '%.*s' of a label or annotation as a string, even in quotes",
                 SLICE_ARGS(pair->key.slice));
        diagnose_hint(run->context->diagnostics, "choose another key%s",
                      key_tag == TAG_INT || key_tag == TAG_TIMESTAMP ? ", or build with --compat=v5.8.3" : "");
        return false;
    }
    if (value->node) {
        value->node->flags |= NODE_SHARED;
        run->resource->shares_nodes = true;
    } else {
        value->node = node_new_string(run->context->arena, pair->value.slice,
                                      pair->value.position.line ? pair->value.position : map->position);
    }
    if (value->style != STYLE_PLAIN)
        value->node->style = value->style;
    node_map_set(run->context->arena, map, run->settings->keys[number], value->node);
    node_map_find(map, run->settings->keys[number])->key_tag = key_tag;
    return true;
}

static bool set_pairs_leaf(void *state, struct node **leaf)
{
    struct pairs_run *run = state;
    struct node *map = *leaf;
    if (node_is_null(map))
        return true;
    if (!node_is_map(map)) {
        // Only users' own field specs are written with slashes.
        const struct field_spec *spec = run->fields->spec;
        struct slice path = arena_copy(run->context->arena, spec->path);
        for (size_t i = 0; !spec->position.line && i < path.length; i++)
            if (path.data[i] == '/')
                ((char *)path.data)[i] = '.';
        diagnose(run->context->diagnostics, map->position, "expected a map for '%.*s', found %s", SLICE_ARGS(path),
                 node_kind_phrase(map));
        diagnose_hint(run->context->diagnostics, "write each entry as `key: value` on a line of its own, without '- '");
        return false;
    }
    for (size_t i = run->first; i < run->end; i++) {
        struct shared_value *value = &run->values[i];
        struct text text = run->settings->pairs->items[i].value;
        if (value->style == STYLE_PLAIN && scalar_is_ambiguous(text.slice))
            value->style = STYLE_DOUBLE_QUOTED;
        struct map_entry *entry = node_map_find(map, run->settings->keys[i]);
        if (entry)
            overwrite(value, entry->value, text);
        else if (!insert(run, i, map))
            return false;
    }
    return true;
}

// If kustomize records the steps, it rewrites the annotations of an object after each one, so they no longer share
// values.
static void separate_annotations(struct transform_context *context, const struct resource *resource)
{
    struct node *annotations = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    for (uint32_t i = 0; node_is_map(annotations) && i < annotations->count; i++)
        if (annotations->entries[i].value->flags & NODE_SHARED)
            annotations->entries[i].value = node_copy(context->arena, annotations->entries[i].value);
}

struct pairs_work {
    const struct set_pairs *settings;
    struct resource_map *resources;
};

static bool set_pairs_in(struct transform_context *context, const void *opaque, size_t first, size_t end)
{
    const struct pairs_work *work = opaque;
    const struct set_pairs *settings = work->settings;
    size_t count = settings->pairs->count;
    struct set_fields fields;
    struct pairs_run run = {.context = context,
                            .settings = settings,
                            .fields = &fields,
                            .values = arena_array(context->arena, struct shared_value, count)};
    fields = set_fields_start(context, work->resources, settings->specs, FIELD_LEAF_MAP, set_pairs_leaf, &run);
    for (size_t i = first; i < end; i++) {
        run.resource = work->resources->items[i];
        memset(run.values, 0, count * sizeof *run.values);
        for (run.first = 0; run.first < count; run.first = run.end) {
            run.end = settings->one_by_one ? run.first + 1 : count;
            if (!set_fields_in(&fields, run.resource))
                return false;
        }
        if (settings->requests_hash)
            resource_take_hash_annotation(run.resource);
        if (run.resource->transformations.count)
            separate_annotations(context, run.resource);
    }
    return true;
}

bool set_pairs_apply(struct transform_context *context, const struct set_pairs *settings,
                     struct resource_map *resources)
{
    struct pairs_work work = {settings, resources};
    if (!settings->pairs->count)
        return true;
    return set_fields_parallel(context, settings->specs, resources->count, set_pairs_in, &work);
}
