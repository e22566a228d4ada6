#include "transformers/order.h"

#include <stdlib.h>

#include "schema/kind_order.h"

struct sort_key {
    struct resource *resource;
    const struct slice *group_version_kind;
    struct slice name;  // namespace|name
    int rank;
};

// The text by which two kinds compare, made once for each group, version and kind.
struct kind_text {
    struct gvk gvk;
    struct slice text;
    int rank;
};

struct kind_texts {
    struct kind_text **items;
    size_t count, capacity;
    struct hash_index by_gvk;
};

static int rank_in(const struct order_lists *lists, struct slice kind)
{
    if (!lists)
        return kind_rank(kind);
    // A later mention of a kind counts, as in kustomize.
    int rank = 0;
    for (size_t i = 0; i < lists->first_count; i++)
        if (slice_equal(lists->first[i], kind))
            rank = (int)i - (int)lists->first_count;
    for (size_t i = 0; i < lists->last_count; i++)
        if (slice_equal(lists->last[i], kind))
            rank = 1 + (int)i;
    return rank;
}

static struct slice or_else(const struct name *name, const char *absent)
{
    return name_is_empty(name) ? slice_from(absent) : name->text;
}

static const struct kind_text *kind_text(struct arena *scratch, struct kind_texts *texts, struct gvk gvk,
                                         const struct order_lists *lists)
{
    uint64_t hash = hash_combine(gvk.kind->hash, hash_combine(gvk.group->hash, gvk.version->hash));
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&texts->by_gvk, hash); hash_cursor_next(&at, &number);)
        if (gvk_equal(texts->items[number]->gvk, gvk))
            return texts->items[number];
    struct kind_text *text = arena_new(scratch, struct kind_text);
    struct slice group = or_else(gvk.group, "~G"), version = or_else(gvk.version, "~V"), kind = or_else(gvk.kind, "~K");
    *text = (struct kind_text){
        .gvk = gvk,
        .text = arena_format(scratch, "%.*s_%.*s_%.*s", SLICE_ARGS(group), SLICE_ARGS(version), SLICE_ARGS(kind)),
        .rank = rank_in(lists, gvk.kind->text),
    };
    list_append(scratch, texts, text);
    hash_index_add(scratch, &texts->by_gvk, hash, (uint32_t)(texts->count - 1));
    return text;
}

static int compare(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    const struct gvk *x = &a->resource->id.gvk, *y = &b->resource->id.gvk;
    int order;
    if (a->group_version_kind != b->group_version_kind) {
        order = slice_compare(*a->group_version_kind, *b->group_version_kind);
        // The core Namespace comes before those of other groups, against the rule.
        if (x->kind == NAME(Namespace) && y->kind == NAME(Namespace) && (name_is_empty(x->group) || name_is_empty(y->group)))
            order = -order;
    } else {
        order = slice_compare(a->name, b->name);
    }
    if (order)
        return order;
    return a->resource->serial < b->resource->serial ? -1 : a->resource->serial > b->resource->serial;
}

void order_legacy(struct resource_map *resources, const struct order_lists *lists)
{
    struct arena scratch = {0};
    struct kind_texts texts = {0};
    struct sort_key *keys = arena_array(&scratch, struct sort_key, resources->count);
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        const struct kind_text *kind = kind_text(&scratch, &texts, resource->id.gvk, lists);
        struct slice namespace = or_else(resource->id.namespace, "~X");
        struct slice name = resource->id.name->text;
        char *text = arena_allocate(&scratch, namespace.length + 1 + name.length, 1);
        memcpy(text, namespace.data, namespace.length);
        text[namespace.length] = '|';
        if (name.length)
            memcpy(text + namespace.length + 1, name.data, name.length);
        keys[i] = (struct sort_key){resource, &kind->text, {text, namespace.length + 1 + name.length}, kind->rank};
    }
    qsort(keys, resources->count, sizeof *keys, compare);
    for (size_t i = 0; i < resources->count; i++)
        resources->items[i] = keys[i].resource;
    arena_free(&scratch);
}
