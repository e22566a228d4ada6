#include "pipeline/order.h"

#include <stdlib.h>

#include "resource/gvk_table.h"
#include "schema/kind_order.h"
#include "schema/well_known_names.h"

struct sort_key {
    struct resource *resource;
    const struct kind_text *kind;
    struct slice name;  // namespace|name
    uint64_t start;     // the eight bytes of the name after the common prefix of all names, big-endian
};

// The sort key of a kind, created once for each group, version, and kind.
struct kind_text {
    struct gvk gvk;
    struct slice text;
    int rank;
    size_t place;  // among all kinds
};

struct kind_texts {
    struct kind_text **items;  // in order of first use; order_kinds sorts them
    size_t count, capacity;
    struct gvk_table by_gvk;
};

static int rank_in(const struct order_lists *lists, struct slice kind)
{
    if (!lists)
        return kind_rank(kind);
    // As in kustomize, the last mention of a kind wins.
    int rank = 0;
    for (size_t i = 0; i < lists->first_count; i++)
        if (slice_equal(lists->first[i], kind))
            rank = (int)i - (int)lists->first_count;
    for (size_t i = 0; i < lists->last_count; i++)
        if (slice_equal(lists->last[i], kind))
            rank = 1 + (int)i;
    return rank;
}

static struct slice name_or(const struct name *name, const char *absent)
{
    return name_is_empty(name) ? slice_from(absent) : name->text;
}

static struct kind_text *kind_text(struct arena *scratch, struct kind_texts *texts, struct gvk gvk,
                                   const struct order_lists *lists)
{
    struct kind_text *text = gvk_table_get(&texts->by_gvk, &gvk);
    if (text)
        return text;
    text = arena_new(scratch, struct kind_text);
    struct slice group = name_or(gvk.group, "~G"), version = name_or(gvk.version, "~V"), kind = name_or(gvk.kind, "~K");
    *text = (struct kind_text){
        .gvk = gvk,
        .text = arena_format(scratch, "%.*s_%.*s_%.*s", SLICE_ARGS(group), SLICE_ARGS(version), SLICE_ARGS(kind)),
        .rank = rank_in(lists, gvk.kind->text),
    };
    list_append(scratch, texts, text);
    gvk_table_add(scratch, &texts->by_gvk, &gvk, text);
    return text;
}

static int compare_kinds(const void *left, const void *right)
{
    const struct kind_text *a = *(struct kind_text *const *)left, *b = *(struct kind_text *const *)right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    int order = slice_compare(a->text, b->text);
    // As an exception, the core Namespace comes before Namespaces of other groups.
    bool namespaces = a->gvk.kind == NAME(Namespace) && b->gvk.kind == NAME(Namespace);
    return namespaces && (name_is_empty(a->gvk.group) || name_is_empty(b->gvk.group)) ? -order : order;
}

static void order_kinds(struct kind_texts *kinds)
{
    if (kinds->count)
        qsort(kinds->items, kinds->count, sizeof(struct kind_text *), compare_kinds);
    for (size_t i = 0; i < kinds->count; i++)
        kinds->items[i]->place = i && !compare_kinds(&kinds->items[i - 1], &kinds->items[i])
                                     ? kinds->items[i - 1]->place
                                     : i;
}

static int compare(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    if (a->kind->place != b->kind->place)
        return a->kind->place < b->kind->place ? -1 : 1;
    // Different kinds with the same text keep their order, whatever their names.
    if (a->kind == b->kind) {
        if (a->start != b->start)
            return a->start < b->start ? -1 : 1;
        int order = slice_compare(a->name, b->name);
        if (order)
            return order;
    }
    return a->resource->serial < b->resource->serial ? -1 : a->resource->serial > b->resource->serial;
}

// The length of the common prefix of all names.
static size_t common_start(const struct sort_key *keys, size_t count)
{
    size_t common = count ? keys[0].name.length : 0;
    for (size_t i = 1; i < count; i++) {
        size_t most = keys[i].name.length < common ? keys[i].name.length : common;
        for (common = 0; common < most && keys[i].name.data[common] == keys[0].name.data[common];)
            common++;
    }
    return common;
}

// Most names differ in these bytes, and comparing numbers is faster than comparing strings.
static uint64_t start_of(struct slice name, size_t common)
{
    uint64_t start = 0;
    for (size_t i = common; i < common + sizeof start; i++)
        start = start << 8 | (i < name.length ? (unsigned char)name.data[i] : 0);
    return start;
}

void order_legacy(struct resource_map *resources, const struct order_lists *lists)
{
    struct arena scratch = {0};
    struct kind_texts texts = {0};
    struct sort_key *keys = arena_array(&scratch, struct sort_key, resources->count);
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        struct slice namespace = name_or(resource->id.namespace, "~X");
        struct slice name = resource->id.name->text;
        char *text = arena_allocate(&scratch, namespace.length + 1 + name.length, 1);
        memcpy(text, namespace.data, namespace.length);
        text[namespace.length] = '|';
        if (name.length)
            memcpy(text + namespace.length + 1, name.data, name.length);
        keys[i] = (struct sort_key){.resource = resource,
                                    .kind = kind_text(&scratch, &texts, resource->id.gvk, lists),
                                    .name = {text, namespace.length + 1 + name.length}};
    }
    order_kinds(&texts);
    size_t common = common_start(keys, resources->count);
    for (size_t i = 0; i < resources->count; i++)
        keys[i].start = start_of(keys[i].name, common);
    qsort(keys, resources->count, sizeof *keys, compare);
    for (size_t i = 0; i < resources->count; i++)
        resources->items[i] = keys[i].resource;
    arena_free(&scratch);
}
