// load/loader.h
//
// Directories with kustomizations, one below the other on the way from the root of the build: where they
// are, what they may read, and that none comes back to itself.
#pragma once

#include "load/file_loader.h"
#include "load/file_system.h"

// What all directories of a build share.
struct loader {
    const struct file_system *files;
    struct arena *arena;
    struct sources *sources;
    struct diagnostics *diagnostics;
    bool unrestricted;  // files may lie outside of their kustomization's directory
};

// A directory that is being built.
struct file_loader {
    struct loader *loader;
    const struct file_loader *parent;  // the directory that names this one; NULL: the root
    struct slice path;                 // absolute, links resolved
    struct slice shown;                // as messages show it
    struct slice from_root;            // as seen from the root of the build, for origins; empty for the root
};

// The directory that the build was asked for. NULL: diagnosed.
struct file_loader *loader_open_root(struct loader *, struct slice directory);

// A directory that a kustomization names. NULL: diagnosed (missing, a file, absolute, a cycle).
struct file_loader *file_loader_open(struct file_loader *, struct text directory);

// What is at a path, seen from the directory.
enum file_kind file_loader_kind(struct file_loader *, struct slice path);

// The directory's kustomization file. NULL: diagnosed (none, more than one).
const struct source *file_loader_kustomization(struct file_loader *, struct position asked_for);
