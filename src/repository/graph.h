// repository/graph.h
//
// Which kustomization names which file and directory in a whole repository. Nodes are paths. An edge leads from a node
// to one that it depends on, with the place that says so. Both states of a repository (repository/changes.h) share one
// graph: a changed kustomization has the edges of both.
//
//     struct graph graph;
//     if (graph_open(build, &changes, &graph)) …
//
// A path that a kustomization names has a node even if it doesn't exist, since creating the file affects the
// kustomization. Only kustomizations and the configurations of their plugins are read, not resources.
#pragma once

#include "config/config.h"
#include "kustomization/references.h"
#include "repository/changes.h"
#include "repository/rings.h"

#define GRAPH_NONE UINT32_MAX
// No file has a longer path, so a longer name refers to nothing.
#define GRAPH_PATH_MAX ((size_t)4096)

struct graph_node {
    struct slice path;         // from the top; with a trailing `/`, it means everything below
    struct slice file;         // the kustomization file; that of the older state if the newer has none
    bool is_before, is_after;  // a kustomization in this state
    bool component_before, component_after;
    bool named_after;            // as a directory, by another kustomization
    bool top_before, top_after;  // named by none outside its own ring
    bool is_link;                // or a submodule: if it changes, everything below does
    bool is_candidate;           // a directory with a kustomization according to Git or the disk
    bool is_read, is_settled;
    uint32_t change;                         // of the kustomization file, in the list of changes; GRAPH_NONE: as before
    uint32_t plugin_mark;                    // the same for plugin configurations
    uint32_t mark;                           // for walks
    uint32_t first_out, last_out, first_in;  // edges
};

struct graph_edge {
    uint32_t from, to;
    uint32_t next_out, next_in;
    struct slice file;   // where it is written; empty: follows from the paths alone
    struct slice field;  // "patches[0].path"
    uint32_t line, column;
    bool is_before, is_after;  // exists in this state
    bool is_possible;          // the target may or may not be read
};

// A reason why the inputs of a kustomization can't be fully known.
struct graph_unknown {
    uint32_t node;
    struct slice why;
};

// An input of a kustomization that isn't a file here, by the node that names it.
struct graph_name {
    uint32_t node;
    struct slice text;
};

struct graph_names {
    struct graph_name *items;
    size_t count, capacity;
    struct hash_index by_node;
};

// A kustomization or a plugin configuration that can't be read.
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
    unsigned depth;               // nesting of kustomizations being read
    struct reference_list spare;  // reused for the references of each kustomization
    char *scratch;                // reused for the nodes of each kustomization; NULL: in use
    struct {
        uint32_t *items;
        size_t count, capacity;
    } found,                       // directories found only through another kustomization
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
    struct graph_names remotes,  // URLs without their secrets, including fixed revisions
        programs;                // "helm", kinds of plugins
    struct {
        struct graph_unparsed *items;
        size_t count, capacity;
    } unparsed;
};

// False: diagnosed.
bool graph_open(struct build *, struct changes *, struct graph *);

// The node of a path; GRAPH_NONE: nothing names it.
uint32_t graph_find(const struct graph *, struct slice path);
// The same, but creates a missing node.
uint32_t graph_node_of(struct graph *, struct slice path);
// The same, and resolves links in the path.
uint32_t graph_settled_node_of(struct graph *, struct slice path);
// The node for everything below a directory.
struct slice graph_tree_path(struct arena *, struct slice directory);
void graph_add_edge(struct graph *, struct graph_edge);
// A root: a kustomization of kind Kustomization that none outside its own ring names, unless the configuration,
// which may be NULL, defines the roots.
bool graph_is_root_before(const struct graph_node *, const struct config *);
bool graph_is_root_after(const struct graph_node *, const struct config *);
