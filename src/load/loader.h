// load/loader.h
//
// Directories with kustomizations, one below the other on the way from the root of the build: where they
// are, what they may read, and that none comes back to itself. A directory is local or part of a clone; what is
// in a clone never reads outside of it.
#pragma once

#include "load/file_loader.h"
#include "load/file_system.h"
#include "load/remote.h"

// A line of a file, and the text from it on.
struct line_cursor {
    const struct source *source;
    uint32_t line;
    struct slice rest;
};

// What all directories of a build share.
struct loader {
    const struct file_system *files;
    struct arena *arena;
    struct sources *sources;
    struct diagnostics *diagnostics;
    bool unrestricted;      // files may lie outside of their kustomization's directory
    struct remote *remote;  // NULL: nothing is fetched (a tree in memory)
    struct line_cursor cursor;  // where the last inline text was found
};

// A clone on the way to a directory.
struct repository_root {
    struct git_url url;
    struct slice clone;  // the clone's directory, links resolved
    struct slice shown;  // its URL, as messages show it
};

// A directory that is being built.
struct file_loader {
    struct loader *loader;
    const struct file_loader *parent;  // the directory that names this one; NULL: the root
    struct slice path;                 // absolute, links resolved
    struct slice shown;                // as messages show it
    const struct repository_root *repository;  // the clone that it is in; NULL: it is local
    // For origins: the directory as seen from the root of the build or from the root of its repository; empty for
    // the root itself.
    struct slice from_root;
    struct slice origin_repository, origin_reference;
};

// The directory that the build was asked for, also in a git repository. NULL: diagnosed.
struct file_loader *loader_open_root(struct loader *, struct slice directory);

// A directory that a kustomization names: a git URL, else a path. NULL: diagnosed (missing, a file, absolute, a
// cycle, outside of the clone that the kustomization is in, no clone).
struct file_loader *file_loader_open(struct file_loader *, struct text directory);

// True for a text that file_loader_open takes for a git URL.
bool file_loader_is_repository(struct file_loader *, struct slice text);

// The file behind an http(s) URL, like file_loader_read; `*outcome` says how far it came.
const struct source *file_loader_fetch(struct file_loader *, struct text url, enum http_outcome *outcome);

// What is at a path, seen from the directory.
enum file_kind file_loader_kind(struct file_loader *, struct slice path);

// The directory's kustomization file. NULL: diagnosed (none, more than one).
const struct source *file_loader_kustomization(struct file_loader *, struct position asked_for);
