// pipeline/build.h
//
// One build, from a directory with a kustomization to its ordered resources and the stream.
//
//     struct build *build = build_new();
//     if (build_run(build, &options, directory) && build_write_stream(build, &out)) …
//     for each of build->diagnostics: render
//     build_free(build);
//
// Everything a build creates lives until build_free. If the build held a Secret, the memory used for files, trees,
// names, and the stream is overwritten before it is freed.
#pragma once

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/memory.h"
#include "base/name.h"
#include "base/process.h"
#include "base/temporary.h"
#include "config/settings.h"
#include "load/file_system.h"
#include "pipeline/output_format.h"
#include "resource/name_hash.h"
#include "resource/resource_map.h"
#include "yaml/read.h"

// REORDER_UNSET: the order that the kustomization's sortOptions ask for, or else the legacy order.
enum reorder { REORDER_UNSET, REORDER_LEGACY, REORDER_NONE };

// The default memory limit for remote roots, whose content somebody else controls.
#define MEMORY_MAX_REMOTE ((size_t)4 << 30)

struct build_options {
    const struct file_system *files;   // NULL: the real one
    bool fetches;                      // fetch and run programs even with `files`, which reflect the real files
    enum name_hash name_hash;          // chosen by the caller; wins over the root's annotation
    enum name_hash default_name_hash;  // if nothing else chooses
    enum release release;              // chosen by the caller; wins over the root's annotation
    enum release default_release;      // if nothing else chooses; unset: the newest
    bool no_remote;                    // URLs are errors; no process or socket is opened for them
    struct slice config;               // a file to read instead of searching for .kiln.yaml
    bool no_config;                    // neither search for .kiln.yaml nor read one
    bool settings_only;                // stop once build->settings are decided
    enum output_format output_format;
    enum reorder reorder;
    bool unrestricted;  // LoadRestrictionsNone
    bool managed_by_label;
    unsigned thread_count;  // for parsing and printing; 0: one per processor

    // Bytes that the build may hold. SIZE_MAX: unlimited. 0: MEMORY_MAX_REMOTE if the root is remote, or else
    // unlimited.
    size_t max_memory;

    // Helm runs if `enable_helm` or `enable_plugins` is set; functions and plugins, only if `enable_plugins` is.
    // Functions that are local programs also need `enable_exec`.
    unsigned program_timeout_seconds;  // of helm, functions, and plugins; 0: none
    bool enable_helm, enable_plugins, enable_exec;
    struct slice helm_command;  // empty: helm
    struct slice helm_kube_version;
    const struct slice *helm_api_versions;
    size_t helm_api_version_count;
    bool helm_debug;
    bool network;
    struct slice network_name;
    const struct slice *mounts, *environment;
    size_t mount_count, environment_count;
    bool as_current_user;
    // Environment variables that are passed to programs working on a repository's content, in addition to those that
    // each program needs.
    struct variable_names passed_variables;
    // Fetching what the user has named may use the programs and plain http that their Git configuration allows.
    bool git_user_configuration;
    const struct build_observer *observer;  // pipeline/observer.h; may be NULL
};

// A build with `files` but without `fetches` never touches the network and runs no programs.
static inline bool build_is_in_memory(const struct build_options *options)
{
    return options->files && !options->fetches;
}

struct build_observer;
struct loader;
struct task_pool;
struct workers;

struct build {
    struct memory_budget memory;
    struct arena arena;
    struct sources sources;
    struct diagnostics diagnostics;
    struct name_table *names;
    struct name_table own_names;            // used unless several builds share their names
    struct shared_remote *shared_remote;    // load/shared_remote.h: shared by several builds; NULL: fetch separately
    struct field_defaults *field_defaults;  // schema/field_spec.h: shared by several builds; NULL: create its own
    struct name_cache name_cache;           // for the thread that runs the build
    struct task_pool *pool;
    struct workers *workers;
    struct resource_context resource_context;
    struct build_options options;
    struct setting settings[SETTING_COUNT];  // the values in effect, and where each comes from
    struct loader *loader;                   // after build_run: closed, but it still knows what it has read
    struct temporary temporary;              // for the programs that are run; removed when build_run returns
    struct slice private_directory;          // after build_run: where `temporary` was; empty: it was not needed
    struct resource_map resources;           // after build_run: the result, in the order of the stream
    struct field_config *fields;             // after build_run: the field specs of the root
};

struct build *build_new(void);
// The same with names that several builds share. The table must outlive the build.
struct build *build_new_with(struct name_table *);
void build_free(struct build *);

// The context for reading files into the build's memory.
static inline struct read_context build_read_context(struct build *build)
{
    return (struct read_context){&build->arena, &build->name_cache, &build->diagnostics};
}

// Builds the kustomization in `directory`, which is absolute or relative to the current directory and must not be
// empty. False: build->diagnostics says why.
bool build_run(struct build *, const struct build_options *, struct slice directory);

// The stream in parts, to be written one directly after another. This avoids holding a second copy of it in memory.
struct build_stream {
    struct buffer *parts;
    size_t count;
};

// Prints all resources, as documents separated by `---` lines. False: diagnosed; the parts must be freed even then.
bool build_print(struct build *, struct build_stream *);
void build_stream_free(struct build *, struct build_stream *);

// Appends the whole stream to one buffer. False: diagnosed.
bool build_write_stream(struct build *, struct buffer *);

// Appends one resource as a separate document. False: diagnosed.
bool build_write_resource(struct build *, const struct resource *, struct buffer *);
