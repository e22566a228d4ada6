// repository/affected.h
//
// Finds the roots that a change affects, from the graph of both states of a repository.
//
//     struct affected affected;
//     if (affected_find(build, files, &request, &affected))
//         … affected.roots.items[i].path …
//     affected_close(&affected);
#pragma once

#include "load/glob.h"
#include "repository/graph.h"
#include "repository/roots.h"

struct affected_request {
    struct changes_request changes;  // its directory is filled in
    const char *const *tops;         // directories, or patterns for them; none: everywhere
    size_t top_count;
    bool all_kustomizations;  // not only roots
    bool everything;          // whatever has changed; implied if `since` is all zeros
    size_t depth;             // levels of kustomizations above a changed file; 0: all
    struct slice config;      // a file in place of the repository's .kiln.yaml
    bool no_config;
};

struct affected_root {
    struct slice path;  // relative to the current directory
    uint32_t node;
    bool is_new;      // it wasn't a root before
    bool is_certain;  // false: a program may or may not read the changed files
};

// A chain from a changed file to a root: edges of the graph, the nearest to the file first.
struct affected_reason {
    const struct change *change;
    const uint32_t *edges;
    size_t edge_count;
};

struct affected_reasons {
    struct affected_reason *items;
    size_t count, capacity;
};

// A reason why the inputs of a root can't be fully known.
struct affected_unknown {
    struct slice root, why;
};

struct affected_unknowns {
    struct affected_unknown *items;
    size_t count, capacity;
};

// A change that touches a node.
struct affected_touch {
    uint32_t change, next;  // of the same node
};

// Numbers of nodes, edges, or changes.
struct affected_numbers {
    uint32_t *items;
    size_t count, capacity;
};

// How a change reaches a node: only through something that a program may read, or certainly.
enum { REACHED_POSSIBLY = 1, REACHED = 2 };

struct affected {
    struct build *build;
    struct slice current;  // the current directory
    struct changes changes;
    struct graph graph;
    const struct config *config_before, *config_after;  // NULL: none
    struct memory_files *old_config;
    struct {
        struct affected_root *items;
        size_t count, capacity;
    } roots;                   // sorted by path
    struct path_list removed;  // directories that are no longer roots
    struct path_list gone;     // those of them that no longer have a kustomization
    size_t total;              // number of roots below the tops
    size_t kustomization_total;
    bool *listed;            // per node: it is a root below the tops
    unsigned char *reached;  // per node: REACHED, REACHED_POSSIBLY, or both
    struct {
        struct affected_touch *items;
        size_t count, capacity;
    } touches;
    uint32_t *first_touch;  // of each node
};

// Reads the work tree through `files`. False: diagnosed.
bool affected_find(struct build *, const struct file_system *files, const struct affected_request *, struct affected *);
void affected_close(struct affected *);

// Up to `most` of the changed files nearest to a root, each with its shortest chain.
void affected_explain(struct affected *, const struct affected_root *, size_t most, struct affected_reasons *);
// The unknown inputs of the roots below the tops, sorted by root.
void affected_find_unknown(struct affected *, struct affected_unknowns *);
// The roots to build, with their flags from .kiln.yaml.
void affected_root_list(struct affected *, struct root_list *);
// A path from the top as seen from the current directory.
struct slice affected_shown(struct affected *, struct slice path);
