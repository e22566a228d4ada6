// repository/changes.h
//
// Two states of a repository: the files of the newer one, and their differences from the older one, according to Git.
// Without a repository, the files are those on disk, and the caller must name the differences.
//
//     struct changes changes;
//     if (changes_open(build, files, &request, &changes)) …
//     changes_close(&changes);
//
// Paths are relative to the top of the repository and clean, as in Git. All results live in the build.
#pragma once

#include "load/file_system_git.h"
#include "load/git_objects.h"
#include "pipeline/build.h"

enum change_status {
    CHANGE_MODIFIED,
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_IGNORED,  // Git ignores it, so it may have changed
};

struct change {
    struct slice path;
    enum change_status status;
    enum git_entry before, after;
    struct slice object;  // the content before; empty: unknown
    bool is_named;        // by the caller, and not found by Git
};

// A file, link, or submodule of the newer state.
struct listed_file {
    struct slice path;
    enum git_entry entry;
    struct slice object;   // the content in the index; empty: none
    bool is_left_out;      // missing from a sparse work tree: its content is in the index
    struct slice content;  // of a file that has been read; data NULL: it has not
};

struct named_change {
    struct slice path;  // relative to the directory of the request
    bool removed;
};

// A path from the top that one of the named paths may mean.
struct named_path {
    size_t number;
    struct slice path;
};

struct changes_request {
    struct slice directory;  // the current one, absolute
    const char *since;       // a revision; NULL: HEAD
    bool exact;              // compares with `since` itself, not with the merge base
    const char *to;          // a revision instead of the work tree; `since` is then exact unless `of_branch` is set
    bool of_branch;          // compares `to` with its merge base with `since`
    bool staged;             // the index instead of the work tree
    bool is_named;           // the caller names the differences, and Git isn't asked
    const struct named_change *named;
    size_t named_count;
    bool has_list_flags;  // the command has --stdin and --exact-since, so hints may name them
};

struct changes {
    struct build *build;
    bool has_repository;
    struct git_repository repository;
    struct slice current;  // the current directory
    struct slice top;      // absolute, links resolved
    struct slice base;     // the commit of the older state; empty: none
    struct slice head;     // "worktree", "index", or a commit
    // Of the newer state; absolute paths.
    const struct file_system *files;
    struct file_system system;
    struct git_files *after;  // NULL: the work tree
    struct {
        struct listed_file *items;
        size_t count, capacity;
        size_t sorted_from;  // the items before and from here are each sorted by bytes
        bool has_links;      // or submodules
    } listed;
    struct hash_index listed_by_path;
    struct {
        struct change *items;
        size_t count, capacity;
    } list;
    struct hash_index by_path;
    struct {
        struct named_path *items;
        size_t count, capacity;
    } named;
    struct git_objects *objects;  // of the older state, opened on first use
    bool hides_kustomizations;    // in the work tree, there may be kustomization files that Git doesn't show
};

// Reads the work tree through `files`. False: diagnosed.
bool changes_open(struct build *, const struct file_system *files, const struct changes_request *, struct changes *);
void changes_close(struct changes *);

// NULL: nothing, or a directory.
const struct listed_file *changes_listed(const struct changes *, struct slice path);
// True for a directory with listed files.
bool changes_lists_below(const struct changes *, struct slice directory);
// NULL: no known difference.
const struct change *changes_at(const struct changes *, struct slice path);
// Adds a change that was found later, or returns the existing one.
const struct change *changes_add(struct changes *, struct change);
// True if the path exists in the work tree or in the newer state.
bool changes_exists(const struct changes *, struct slice path);
// Tells for each path whether it exists in the older state.
const bool *changes_existed(const struct changes *, const struct path_list *);
// The content of a file of the older state. False: unknown.
bool changes_before(struct changes *, const struct change *, struct slice *content);
// The content of a file of the newer state. False: `*reason` explains why.
bool changes_after(struct changes *, struct slice path, struct slice *content, struct slice *reason);
// True if there may be links or submodules, so that paths must be resolved.
bool changes_have_links(const struct changes *);
// The link or submodule of the newer state at a path. False: none.
bool changes_find_link(const struct changes *, struct slice path, struct listed_file *);
// The target of a link of the newer state, as written. False: not a link.
bool changes_link(struct changes *, const struct listed_file *, struct slice *target);
struct slice changes_absolute(const struct changes *, struct slice path);
