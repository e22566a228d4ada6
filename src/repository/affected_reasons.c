// Why a root is affected, and which of its inputs can't be known.
#include "repository/affected.h"

#include <stdlib.h>

// --- Reasons.

struct way {
    uint32_t node;
    uint32_t edge;  // the edge that led here
    size_t from;    // the previous step, as an index in the list
};

struct ways {
    struct way *items;
    size_t count, capacity;
};

static void add_reason(struct affected *affected, const struct ways *ways, size_t end, uint32_t change,
                       struct affected_reasons *reasons)
{
    struct affected_numbers edges = {0};
    const struct change *changed = &affected->changes.list.items[change];
    for (size_t i = 0; i < reasons->count; i++)
        if (reasons->items[i].change == changed)
            return;
    for (size_t at = end; at; at = ways->items[at].from)
        list_append(&affected->build->arena, &edges, ways->items[at].edge);
    struct affected_reason reason = {changed, edges.items, edges.count};
    list_append(&affected->build->arena, reasons, reason);
}

// Explains a new root by the change to the kustomization that no longer names it.
static void explain_new(struct affected *affected, const struct affected_root *root, struct affected_reasons *reasons)
{
    const struct graph *graph = &affected->graph;
    struct ways ways = {0};
    list_append(&affected->build->arena, &ways, ((struct way){root->node, GRAPH_NONE, 0}));
    for (uint32_t i = graph->nodes.items[root->node].first_in; i != GRAPH_NONE; i = graph->edges.items[i].next_in) {
        uint32_t change = graph->nodes.items[graph->edges.items[i].from].change;
        if (!graph->edges.items[i].is_after && change != GRAPH_NONE) {
            add_reason(affected, &ways, 0, change, reasons);
            return;
        }
    }
    const struct change *config = changes_at(&affected->changes, slice_literal(CONFIG_FILE_NAME));
    if (config)
        add_reason(affected, &ways, 0, (uint32_t)(config - affected->changes.list.items), reasons);
}

void affected_explain(struct affected *affected, const struct affected_root *root, size_t most,
                      struct affected_reasons *reasons)
{
    struct arena *arena = &affected->build->arena;
    struct graph *graph = &affected->graph;
    struct ways ways = {0};
    uint32_t mark = ++graph->last_mark;
    unsigned char wanted = affected->reached[root->node] & REACHED ? REACHED : REACHED_POSSIBLY;
    list_append(arena, &ways, ((struct way){root->node, GRAPH_NONE, 0}));
    graph->nodes.items[root->node].mark = mark;
    for (size_t next = 0; next < ways.count && reasons->count < most; next++) {
        uint32_t node = ways.items[next].node;
        for (uint32_t i = affected->first_touch[node]; i != GRAPH_NONE && reasons->count < most;
             i = affected->touches.items[i].next)
            add_reason(affected, &ways, next, affected->touches.items[i].change, reasons);
        for (uint32_t i = graph->nodes.items[node].first_out; i != GRAPH_NONE; i = graph->edges.items[i].next_out) {
            const struct graph_edge *edge = &graph->edges.items[i];
            struct graph_node *to = &graph->nodes.items[edge->to];
            bool leads = (affected->reached[edge->to] & wanted) && !(wanted == REACHED && edge->is_possible);
            if (!leads || to->mark == mark)
                continue;
            to->mark = mark;
            list_append(arena, &ways, ((struct way){edge->to, i, next}));
        }
    }
    if (!reasons->count)
        explain_new(affected, root, reasons);
}

// --- Inputs that can't be known.

static int compare_unknown(const void *a, const void *b)
{
    const struct affected_unknown *left = a, *right = b;
    int order = slice_compare(left->root, right->root);
    return order ? order : slice_compare(left->why, right->why);
}

static void add_unknown(struct affected *affected, const struct graph_unknown *unknown, struct affected_unknowns *list)
{
    struct arena *arena = &affected->build->arena;
    struct graph *graph = &affected->graph;
    struct affected_numbers waiting = {0};
    uint32_t mark = ++graph->last_mark;
    list_append(arena, &waiting, unknown->node);
    for (size_t next = 0; next < waiting.count; next++) {
        struct graph_node *node = &graph->nodes.items[waiting.items[next]];
        if (node->mark == mark)
            continue;
        node->mark = mark;
        if (affected->listed[waiting.items[next]])
            list_append(arena, list, ((struct affected_unknown){affected_shown(affected, node->path), unknown->why}));
        for (uint32_t i = node->first_in; i != GRAPH_NONE; i = graph->edges.items[i].next_in)
            if (graph->edges.items[i].is_after)
                list_append(arena, &waiting, graph->edges.items[i].from);
    }
}

void affected_find_unknown(struct affected *affected, struct affected_unknowns *list)
{
    size_t count = 0;
    for (size_t i = 0; i < affected->graph.unknown.count; i++)
        add_unknown(affected, &affected->graph.unknown.items[i], list);
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_unknown);
    for (size_t i = 0; i < list->count; i++)
        if (!count || compare_unknown(&list->items[count - 1], &list->items[i]) != 0)
            list->items[count++] = list->items[i];
    list->count = count;
}
