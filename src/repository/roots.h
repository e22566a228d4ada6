// repository/roots.h
//
// The roots of a repository: the directories with a kustomization of kind Kustomization that no other local
// kustomization names, except for members of its own ring. A kustomization that can't be read or decoded counts as a
// root unless another one names it, so that the error is reported.
#pragma once

#include "config/config.h"
#include "pipeline/build.h"

struct root {
    struct slice directory;                 // to build; relative if it is the current directory or below
    struct slice path;                      // the same, clean: the name in messages, outputs, and formats
    const struct root_flags *const *flags;  // of .kiln.yaml, in its order
    size_t flag_count;
};

struct root_list {
    struct root *items;
    size_t count, capacity;
};

// The directories with a kustomization in the repository around `top`, or below `top` without a repository: absolute,
// sorted by bytes. They come from Git's index and the files that Git doesn't ignore, otherwise from a walk that skips
// hidden directories, `node_modules`, and links. False: diagnosed.
bool kustomizations_find(struct build *, struct slice top, struct path_list *directories);
// `top` and all directories that this walk visits. False: diagnosed.
bool directories_find(struct build *, struct slice top, struct path_list *directories);

struct tracked_file {
    struct slice path;  // absolute
    bool tracked;
};

struct tracked_files {
    bool has_git;
    struct slice repository;  // the work tree that contains them
    struct tracked_file *items;
    size_t count, capacity;
};

// Every file below some directories that Git doesn't ignore; none without Git. All paths are absolute. Directories
// outside the repository around `top` are left out. False: diagnosed.
bool roots_list_files(struct build *, struct slice top, const struct path_list *directories, struct tracked_files *);

// Appends the roots below `top`, which may be relative, sorted by path. Results live in the build, which must not have
// run yet; its diagnostics explain a failure. `config` may be NULL. Reads files through `files`.
bool roots_find(struct build *, const struct file_system *files, struct slice top, const struct config *,
                struct slice config_directory, struct root_list *);

// True if the directory, which may be relative, has a kustomization other than a Component.
bool root_has_kustomization(struct build *, const struct file_system *files, struct slice directory);
// True if a parsed kustomization has the kind Component.
bool root_is_component(const struct node *kustomization);
// True if the directory has a kustomization file in this state of the repository, valid or not.
bool roots_have_file(struct arena *, const struct file_system *, struct slice directory);
// Gives a root the flags that the configuration sets for its path, relative to the configuration file.
void root_take_flags(struct arena *, const struct config *, struct slice path, struct root *);

// The .kiln.yaml that applies to `top`, or the given file. `*config` is NULL without one. `*directory` is the base of
// its patterns. False: diagnosed.
bool roots_config(struct build *, const struct file_system *files, struct slice top, struct slice named, bool none,
                  const struct config **config, struct slice *directory);

// Reports a root outside the current directory, which has no file below the output directory. Returns false.
bool root_refuse_outside(struct diagnostics *, struct slice path, struct slice directory);

// Adds the root's settings from .kiln.yaml to the caller's choices. Results live in the arena.
void root_apply_flags(const struct root *, struct build_options *, struct arena *);
