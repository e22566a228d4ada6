// repository/graph_reading.h
//
// How a kustomization, and the configurations of its plugins, become nodes and edges of a graph (repository/graph.h).
#pragma once

#include "repository/graph.h"

// The kustomization or plugin configuration that is being read.
struct graph_reading {
    struct graph *graph;
    uint32_t from;      // the kustomization on whose behalf it is read
    struct slice file;  // in which the reference is written
    bool is_before, is_after;
    uint32_t plugin_mark;  // marks directories of objects that were already visited for this reference
};

// Reads the kustomization of a node, and those of the directories that it names as far as that is necessary.
void graph_read_kustomization(struct graph *, uint32_t node);
// Reads the configurations of plugins in a file or a directory, or in the kustomization itself (`path` is empty), and
// adds the files that they name.
void graph_read_plugin(const struct graph_reading *, const struct reference *, struct slice path);

// Adds a reference, or several, with everything that they lead to.
void graph_add_reference(const struct graph_reading *, const struct reference *);
void graph_add_references(const struct graph_reading *, const struct reference_list *);
// Adds only an edge. `possible`: the target may or may not be read.
void graph_add_reference_edge(const struct graph_reading *, uint32_t to, const struct reference *, bool possible);
// The node for everything below a directory, with links resolved.
uint32_t graph_settled_tree_of(struct graph *, struct slice path);

// Records why the inputs of a node can't be fully known.
void graph_add_unknown(struct graph *, uint32_t node, struct slice why);
// Records an input that isn't a file; a node has each name once.
void graph_add_name(struct graph *, struct graph_names *, uint32_t node, struct slice text);
// Records that a file can't be read, with the first error since `mark`.
void graph_add_unparsed(struct graph *, struct slice path, size_t mark);

// A source that shares what was parsed from the same content.
struct source *graph_add_source(struct graph *, struct slice path, struct slice content);
