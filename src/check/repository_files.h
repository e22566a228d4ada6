// check/repository_files.h
//
// The files below a directory, for rules about unused files.
#pragma once

#include "load/file_system.h"
#include "load/glob.h"

struct repository_file {
    struct slice path;  // absolute
    bool tracked;       // by Git
};

struct repository_files {
    bool has_git;
    struct slice repository;  // the work tree of Git
    struct slice top;         // the directory that contains them; empty: there is none
    struct {
        struct repository_file *items;
        size_t count, capacity;
    } files, outside;  // sorted by path; without files that Git ignores. `outside`: in other directories of the run
};

struct known;  // check/repository_rules.c

// The rules' view of the repository.
struct repository_view {
    const struct repository_files *files;
    struct known *known;
};

void repository_files_sort(struct repository_files *);
// Lists every file below a directory except hidden ones, for trees outside a Git repository.
void repository_files_walk(struct arena *, const struct file_system *, struct slice top, struct repository_files *);
