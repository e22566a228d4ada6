// repository/changes.h
//
// Two states of a repository: which files the newer one has, and what differs from the older one. Git is asked; without
// a repository the files are those of the disk, and what differs has to be named.
//
//     struct changes changes;
//     if (changes_open(build, &request, &changes)) …
//     changes_close(&changes);
//
// Paths are relative to the top of the repository, clean, as Git has them. All that is made lives in the build.
#pragma once

#include "load/file_system_git.h"
#include "load/git_objects.h"
#include "pipeline/build.h"

enum change_status {
    CHANGE_MODIFIED,
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_IGNORED,  // Git does not look at it, so that nobody knows whether it is another
};

struct change {
    struct slice path;
    enum change_status status;
    enum git_entry before, after;
    struct slice object;  // the content before; empty: it is not known
    bool is_named;        // by the caller, and not found by Git
};

// A file, link or submodule of the newer state.
struct listed_file {
    struct slice path;
    enum git_entry entry;
    struct slice object;  // the content in the index; empty: there is none
    bool is_left_out;     // of a sparse work tree: its content is that of the index
};

struct named_change {
    struct slice path;  // relative to the directory of the request
    bool removed;
};

// A path from the top that one of these may mean.
struct named_path {
    size_t number;
    struct slice path;
};

struct changes_request {
    struct slice directory;  // the current one, absolute
    const char *since;       // a revision; NULL: HEAD
    bool exact;              // it is compared with `since` itself, not where the branch left it
    const char *to;          // a revision in place of the work tree; `since` is taken exactly then, but for
    bool of_branch;          // `to` is compared with where it left `since`
    bool staged;             // the index in place of the work tree
    bool is_named;           // what differs is this, whatever Git would say
    const struct named_change *named;
    size_t named_count;
    bool has_list_flags;  // hints may name --stdin and --exact-since, as flags of `kiln affected`
};

struct changes {
    struct build *build;
    bool has_repository;
    struct git_repository repository;
    struct slice current;  // the current directory
    struct slice top;      // absolute, links resolved
    struct slice base;     // the commit of the older state; empty: there is none
    struct slice head;     // "worktree", "index", or a commit
    // Of the newer state; absolute paths.
    const struct file_system *files;
    struct file_system system;
    struct git_files *after;  // NULL: the work tree
    struct {
        struct listed_file *items;
        size_t count, capacity;
        size_t sorted_from;  // up to here, and from here on, they are sorted by bytes
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
    struct git_objects *objects;  // of the older state, once they were asked for
};

// `files` is what the work tree is read by. False: diagnosed.
bool changes_open(struct build *, const struct file_system *files, const struct changes_request *, struct changes *);
void changes_close(struct changes *);

// NULL: nothing, or a directory.
const struct listed_file *changes_listed(const struct changes *, struct slice path);
// True for a directory in which something is listed.
bool changes_lists_below(const struct changes *, struct slice directory);
// NULL: nothing is known to differ there.
const struct change *changes_at(const struct changes *, struct slice path);
// Adds one that was found out, or returns the one that is there.
const struct change *changes_add(struct changes *, struct change);
// True where something is at the path, in the work tree or in the newer state.
bool changes_exists(const struct changes *, struct slice path);
// Whether the older state has something at each of the paths.
const bool *changes_existed(const struct changes *, const struct path_list *);
// The content of a file of the older state. False: it is not known.
bool changes_before(struct changes *, const struct change *, struct slice *content);
// The content of a file of the newer state. False: `*reason` says why.
bool changes_after(struct changes *, struct slice path, struct slice *content, struct slice *reason);
// True where there can be a link, or a submodule, so that paths have to be looked at.
bool changes_have_links(const struct changes *);
// The link or submodule of the newer state at a path. False: there is none.
bool changes_find_link(const struct changes *, struct slice path, struct listed_file *);
// Where a link of the newer state leads, as it is written. False: it is none.
bool changes_link(struct changes *, const struct listed_file *, struct slice *target);
struct slice changes_absolute(const struct changes *, struct slice path);
