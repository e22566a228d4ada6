// localize/localizer.h
//
// What the parts of a localization share. Internal to localize.
#pragma once

#include "kustomization/references.h"
#include "load/loader.h"
#include "localize/destination.h"
#include "localize/localize.h"
#include "pipeline/build.h"

// A directory that has been copied.
struct copied_directory {
    struct slice from, to;
};

struct localizer {
    struct build *build;
    struct remote remote;
    struct loader loader;
    struct decode_type shape;  // of a kustomization
    struct slice scope;        // absolute, links resolved; of a remote target: its clone
    struct slice scope_shown;  // as messages show it
    struct destination destination;
    struct {
        struct copied_directory *items;
        size_t count, capacity;
        struct hash_index index;
    } copied;
};

// A directory with a kustomization that is being copied.
struct localized_root {
    struct localizer *localizer;
    struct file_loader *files;
    struct slice copy;  // relative to the destination
};

// Each takes the path of an entry and puts the path of its copy there. An empty path stays. False: diagnosed.
typedef bool localize_entry(struct localized_root *, struct text *path);

// What is done with each kind of reference.
localize_entry *localize_reference(enum reference_kind);

localize_entry localize_file;
localize_entry localize_file_source;  // `key=path`
localize_entry localize_object;       // a file that holds objects, or the objects themselves
localize_entry localize_directory;    // a local one or one in a git repository
localize_entry localize_resource;     // a file or a directory
localize_entry localize_chart_home;   // a directory with charts; an empty path is the default one
localize_entry localize_plugin;       // an entry of `generators`, `transformers`, `validators`

// Copies a file that has been read, or what has been made of it, to the place that its path has in the copy.
bool localize_content(struct localized_root *, struct text *path, struct slice content);

// The objects of a text. False: diagnosed.
bool localize_read_objects(struct localized_root *, const struct source *, struct resource_map *);
// The same for an entry that is a path or holds the objects itself; `*is_path` says which.
bool localize_load_objects(struct localized_root *, struct text entry, struct resource_map *, bool *is_path);

// The kustomization of a root and everything that it names.
bool localize_kustomization(struct localized_root *, struct position asked_for);
