// Configurations of plugins: the objects that `generators`, `transformers`, and `validators` list.
#include "repository/graph_reading.h"

#include <stdlib.h>

#include "load/path.h"

enum { PLUGIN_DEPTH_MAX = 20 };

static const struct node *field(const struct node *map, const char *name)
{
    return node_map_get_ignoring_case(map, slice_from(name));
}

static bool is_text(const struct node *node, const char *text)
{
    return node_is_scalar(node) && slice_equals(node_text(node), text);
}

// Nobody knows what a program reads, so everything below the kustomization is a possible input.
static void add_program(const struct graph_reading *reading, const struct reference *reference, struct slice kind)
{
    struct graph *graph = reading->graph;
    struct arena *arena = &graph->build->arena;
    struct slice path = graph->nodes.items[reading->from].path;
    const char *home = getenv("KUSTOMIZE_PLUGIN_HOME");
    struct slice directory = path_join(arena, graph->changes->current, slice_from(home));
    graph_add_reference_edge(reading, graph_settled_tree_of(graph, path), reference, true);
    graph_add_name(graph, &graph->programs, reading->from, kind);
    // The directory of the plugin programs may be part of the repository.
    if (home && *home && path_is_within(directory, graph->changes->top))
        graph_add_reference_edge(reading,
                                 graph_settled_tree_of(graph, path_relative(arena, graph->changes->top, directory)),
                                 reference, true);
    graph_add_unknown(graph, reading->from,
                      arena_format(arena, "the plugin '%.*s' may read any file", SLICE_ARGS(kind)));
}

// Adds the program in `config.kubernetes.io/function: |- exec: {path: …}`, and files with arguments.
static void add_program_files(const struct graph_reading *reading, const struct reference *reference,
                              const struct node *object)
{
    static const char *const annotations[] = {"config.kubernetes.io/function", "config.k8s.io/function"};
    struct build *build = reading->graph->build;
    const struct node *notes = field(field(object, "metadata"), "annotations"), *file = field(object, "argsFromFile");
    struct reference named = *reference;
    named.kind = REFERENCE_FILE;
    for (size_t i = 0; i < countof(annotations); i++) {
        const struct node *text = field(notes, annotations[i]);
        struct read_context read = build_read_context(build);
        struct node *function = NULL;
        size_t mark = build->diagnostics.count;
        if (node_is_scalar(text))
            yaml_read_first(&read, sources_add(&build->sources, reading->file, node_text(text)), &function);
        diagnostics_forget(&build->diagnostics, mark);
        const struct node *path = field(field(function, "exec"), "path");
        named.path = (struct text){node_is_scalar(path) ? node_text(path) : (struct slice){0}, object->position};
        if (named.path.slice.length)
            graph_add_reference(reading, &named);
    }
    named.path = (struct text){node_is_scalar(file) ? node_text(file) : (struct slice){0}, object->position};
    if (named.path.slice.length)
        graph_add_reference(reading, &named);
}

static void add_object(const struct graph_reading *reading, const struct reference *reference,
                       const struct node *object)
{
    struct reference_list list = {0};
    const struct node *kind = field(object, "kind"), *items = field(object, "items");
    if (!node_is_map(object))
        return;
    for (uint32_t i = 0; node_is_sequence(items) && i < items->count; i++)
        add_object(reading, reference, items->items[i]);
    if (!is_text(field(object, "apiVersion"), "builtin")) {
        add_program_files(reading, reference, object);
        add_program(reading, reference, node_is_scalar(kind) ? node_text(kind) : slice_literal("?"));
        return;
    }
    references_in_object(&reading->graph->build->arena, object, &list);
    graph_add_references(reading, &list);
}

static void read_objects(const struct graph_reading *reading, const struct reference *reference, struct slice path,
                         struct slice content)
{
    struct graph *graph = reading->graph;
    struct build *build = graph->build;
    struct read_context read = build_read_context(build);
    struct node_list documents = {0};
    struct graph_reading inner = *reading;
    size_t mark = build->diagnostics.count;
    if (path.length)
        inner.file = path;
    struct source *source = graph_add_source(graph, inner.file, content);
    // Objects inside the kustomization begin on the line after their block's mark.
    if (!path.length)
        source->line_offset = reference->path.position.line;
    if (!yaml_read_resources(&read, source, &documents) && path.length)
        graph_add_unparsed(graph, path, mark);
    diagnostics_forget(&build->diagnostics, mark);
    for (size_t i = 0; i < documents.count; i++)
        add_object(&inner, reference, documents.items[i]);
}

// Reads a directory of objects, which is built like a base. Anything that changes the objects may change the paths in
// them.
static void read_plugin_directory(const struct graph_reading *reading, const struct reference *reference, uint32_t node)
{
    struct graph *graph = reading->graph;
    if (graph->nodes.items[node].plugin_mark == reading->plugin_mark)
        return;
    graph->nodes.items[node].plugin_mark = reading->plugin_mark;
    if (graph->depth == PLUGIN_DEPTH_MAX) {
        add_program(reading, reference, slice_literal("?"));
        return;
    }
    graph->depth++;
    if (!graph->nodes.items[node].is_read)
        graph_read_kustomization(graph, node);
    // Edges that are added from here on, even to this node, don't count.
    size_t count = graph->edges.count;
    bool is_changed = false;
    for (uint32_t i = graph->nodes.items[node].first_out; i < count; i = graph->edges.items[i].next_out) {
        struct graph_edge edge = graph->edges.items[i];
        bool is_resource = !edge.file.length || slice_starts_with(edge.field, slice_literal("resources")) ||
                           slice_starts_with(edge.field, slice_literal("bases"));
        if (is_resource)
            graph_read_plugin(reading, reference, graph->nodes.items[edge.to].path);
        is_changed = is_changed || !is_resource;
    }
    if (is_changed)
        add_program(reading, reference, slice_literal("?"));
    graph->depth--;
}

// `path` is empty for objects inside the kustomization itself.
void graph_read_plugin(const struct graph_reading *reading, const struct reference *reference, struct slice path)
{
    struct graph *graph = reading->graph;
    struct slice content, reason;
    if (!path.length) {
        read_objects(reading, reference, path, arena_copy(&graph->build->arena, reference->path.slice));
        return;
    }
    uint32_t node = graph_find(graph, path);
    if (node != GRAPH_NONE && (graph->nodes.items[node].is_candidate || graph->nodes.items[node].is_after))
        read_plugin_directory(reading, reference, node);
    else if (changes_after(graph->changes, path, &content, &reason))
        read_objects(reading, reference, path, content);
    else if (reference_may_be_inline(reference))
        read_objects(reading, reference, (struct slice){0}, arena_copy(&graph->build->arena, reference->path.slice));
}
