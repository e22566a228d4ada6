// repository/roots.h
//
// The roots of a repository: the directories with a kustomization of kind Kustomization that no other local one names,
// or only those of a ring that it is in. A kustomization that cannot be read or decoded counts as a root unless another
// names it, so that nobody overlooks it.
#pragma once

#include "config/config.h"
#include "pipeline/build.h"

struct root {
    struct slice directory;                 // to build; relative to the current directory where it is in it or below it
    struct slice path;                      // the same, clean: as messages, outputs and formats name it
    const struct root_flags *const *flags;  // of .kiln.yaml, in its order
    size_t flag_count;
};

struct root_list {
    struct root *items;
    size_t count, capacity;
};

// The directories with a kustomization in the repository around `top`, or below `top` where there is none: absolute,
// sorted by bytes. They come from git's index and what git does not ignore, else from a walk that leaves out hidden
// directories, `node_modules`, and links. False: diagnosed.
bool kustomizations_find(struct build *, struct slice top, struct path_list *directories);
// `top` and all directories that this walk looks into. False: diagnosed.
bool directories_find(struct build *, struct slice top, struct path_list *directories);

struct tracked_file {
    struct slice path;  // absolute
    bool tracked;
};

struct tracked_files {
    bool has_git;
    struct tracked_file *items;
    size_t count, capacity;
};

// Every file below `top`, which is absolute, that Git doesn't ignore; nothing where there is no Git. False: diagnosed.
bool roots_list_files(struct build *, struct slice top, struct tracked_files *);

// Appends the roots below `top`, which may be relative, sorted by path. What is made lives in the build, which has run
// nothing; its diagnostics say why it failed. `config` may be NULL. Files are read through `files`.
bool roots_find(struct build *, const struct file_system *files, struct slice top, const struct config *,
                struct slice config_directory, struct root_list *);

// The directory, which may be relative, has a kustomization that is built by itself: not one of kind Component.
bool root_has_kustomization(struct build *, const struct file_system *files, struct slice directory);
// True for a directory that has a kustomization file in this state of the repository, in whatever condition.
bool roots_have_file(struct arena *, const struct file_system *, struct slice directory);
// Gives a root the flags that the configuration has for its path, seen from the directory of the file.
void root_take_flags(struct arena *, const struct config *, struct slice path, struct root *);

// The .kiln.yaml that counts for `top`, or the file that is named. `*config` is NULL without one; `*directory` is what
// its patterns are relative to. False: diagnosed.
bool roots_config(struct build *, const struct file_system *files, struct slice top, struct slice named, bool none,
                  const struct config **config, struct slice *directory);

// Adds what .kiln.yaml says of the root to what the caller has chosen. What is made lives in the arena.
void root_apply_flags(const struct root *, struct build_options *, struct arena *);
