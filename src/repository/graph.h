// repository/graph.h
//
// Which kustomization names which file and directory, in a whole repository. Nodes are paths; an edge leads from what
// depends to what it depends on, with the place where that is written. Both states of a repository (repository/
// changes.h) are in one graph: a kustomization that differs has the edges of both.
//
//     struct graph graph;
//     if (graph_open(build, &changes, &graph)) …
//
// What a kustomization names has a node also where nothing is there: a file that comes into being touches those who
// named it before. Only kustomizations are read, and the objects that configure their plugins; no resource is.
#pragma once

#include "config/config.h"
#include "kustomization/references.h"
#include "repository/changes.h"
#include "repository/rings.h"

#define GRAPH_NONE UINT32_MAX
// No file has a longer path, so that what names one leads nowhere.
#define GRAPH_PATH_MAX ((size_t)4096)

struct graph_node {
    struct slice path;         // from the top; with `/` at the end it stands for all that is below
    struct slice file;         // of a kustomization: its file; of the older state where the newer has none
    bool is_before, is_after;  // a kustomization in this state
    bool component_before, component_after;
    bool named_before, named_after;  // as a directory, by another kustomization
    bool top_before, top_after;      // by none but those of its own ring
    bool is_link;                    // or a submodule: what is below has changed when it has
    bool is_candidate;               // a directory in which Git, or a look at the disk, has found a kustomization
    bool is_read, is_settled;
    uint32_t change;                         // of the kustomization file, in the list of changes; GRAPH_NONE: as before
    uint32_t plugin_mark;                    // the same, of objects for plugins
    uint32_t mark;                           // for walks
    uint32_t first_out, last_out, first_in;  // edges
};

struct graph_edge {
    uint32_t from, to;
    uint32_t next_out, next_in;
    struct slice file;   // where it is written; empty: it follows from the paths alone
    struct slice field;  // "patches[0].path"
    uint32_t line, column;
    bool is_before, is_after;  // it is there in this state
    bool is_possible;          // nobody knows whether what it leads to is read
};

// What cannot be known of a kustomization.
struct graph_unknown {
    uint32_t node;
    struct slice why;
};

// What a kustomization needs that is no file here, by the node that names it.
struct graph_name {
    uint32_t node;
    struct slice text;
};

struct graph_names {
    struct graph_name *items;
    size_t count, capacity;
    struct hash_index by_node;
};

// A kustomization, or a file with objects for plugins, that cannot be read.
struct graph_unparsed {
    struct slice path;
    uint32_t line;
    struct slice message;
};

struct graph {
    struct build *build;
    struct changes *changes;
    struct {
        struct graph_node *items;
        size_t count, capacity;
    } nodes;
    struct hash_index by_path;
    uint32_t last_mark, last_plugin_mark;
    unsigned depth;  // of kustomizations that are being read on behalf of others
    struct {
        uint32_t *items;
        size_t count, capacity;
    } found,                       // directories that only another kustomization led to
        links;                     // numbers of listed files
    struct namings before, after;  // which node names which as a directory, in each state
    struct {
        struct graph_edge *items;
        size_t count, capacity;
    } edges;
    struct {
        struct graph_unknown *items;
        size_t count, capacity;
    } unknown;
    struct graph_names remotes,  // URLs, without what is secret in them; also those that do not move
        programs;                // "helm", kinds of plugins
    struct {
        struct graph_unparsed *items;
        size_t count, capacity;
    } unparsed;
};

// False: diagnosed.
bool graph_open(struct build *, struct changes *, struct graph *);

// The node of a path, GRAPH_NONE: nothing names it.
uint32_t graph_find(const struct graph *, struct slice path);
// The same; it is made where it is not there.
uint32_t graph_node_of(struct graph *, struct slice path);
// The same; where links on its way lead is found out, too.
uint32_t graph_settled_node_of(struct graph *, struct slice path);
// The node that stands for all that is below a directory.
struct slice graph_tree_path(struct arena *, struct slice directory);
void graph_add_edge(struct graph *, struct graph_edge);
// A root: a kustomization of kind Kustomization that no other one names, or only those of a ring that it is in, or what
// the configuration, which may be NULL, says.
bool graph_is_root_before(const struct graph_node *, const struct config *);
bool graph_is_root_after(const struct graph_node *, const struct config *);
