// localize/localizer.h
//
// The state that the parts of a localization share. Internal to localize.
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
    struct slice scope;        // for a remote target, its clone
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

// Copies what a path names, and replaces the path with that of the copy. An empty path stays. False: diagnosed.
typedef bool localize_entry(struct localized_root *, struct text *path);

// The function for each kind of reference.
localize_entry *localize_reference(enum reference_kind);

localize_entry localize_file;
localize_entry localize_file_source;  // `key=path`
localize_entry localize_object;       // a file with resources, or inline resources
localize_entry localize_directory;    // a local directory, or one in a git repository
localize_entry localize_resource;     // a file or a directory
localize_entry localize_chart_home;   // a directory with charts; the default one if the path is empty
localize_entry localize_plugin;       // an entry of `generators`, `transformers`, `validators`

// Writes content to the place that its path has in the copy: a file that was read, or a changed version of it.
bool localize_content(struct localized_root *, struct text *path, struct slice content);

// Reads the resources of a source. False: diagnosed.
bool localize_read_objects(struct localized_root *, const struct source *, struct resource_map *);
// The same for an entry that is a path or inline YAML; `*is_path` says which.
bool localize_load_objects(struct localized_root *, struct text entry, struct resource_map *, bool *is_path);

// Copies the kustomization of a root and everything that it names.
bool localize_kustomization(struct localized_root *, struct position asked_for);
