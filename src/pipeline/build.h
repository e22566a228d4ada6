// pipeline/build.h
//
// One build: from a directory with a kustomization to the ordered resources and their stream.
//
//     struct build *build = build_new();
//     if (build_run(build, &options, directory) && build_write_stream(build, &out)) …
//     for each of build->diagnostics: render
//     build_free(build);
//
// Everything that a build makes lives until build_free. If the build held a Secret, the used bytes of files, trees,
// names, and the stream are overwritten before they are freed.
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

// REORDER_UNSET: the kustomization's sortOptions, else the legacy order.
enum reorder { REORDER_UNSET, REORDER_LEGACY, REORDER_NONE };

// A root that somebody else can change has a limit without being asked.
#define MEMORY_MAX_REMOTE ((size_t)4 << 30)

struct build_options {
    const struct file_system *files;   // NULL: the real one
    bool fetches;                      // also with `files`, and runs programs: they stand for the real ones
    enum name_hash name_hash;          // chosen by the caller; wins over the root's annotation
    enum name_hash default_name_hash;  // when nothing else chooses
    enum release release;              // chosen by the caller; wins over the root's annotation
    enum release default_release;      // when nothing else chooses; unset: the newest
    bool no_remote;                    // a URL is an error: no process and no socket is opened for it
    struct slice config;               // a file in place of the .kiln.yaml that would be looked for
    bool no_config;                    // none is looked for
    bool settings_only;                // the build ends when build->settings are decided
    enum output_format output_format;
    enum reorder reorder;
    bool unrestricted;  // LoadRestrictionsNone
    bool managed_by_label;
    unsigned thread_count;  // for parsing and printing; 0: as many as there are processors

    // Bytes that the build may hold; SIZE_MAX: any number. 0: MEMORY_MAX_REMOTE if the root is remote, else any number.
    size_t max_memory;

    // Programs: nothing is executed without its flag.
    unsigned program_timeout_seconds;  // of helm, functions and plugins; 0: none
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
    // Of this process's environment, what programs that work on the content of a repository get beside what each needs.
    struct variable_names passed_variables;
    // Programs and http that the user's Git configuration allows serve to fetch what he has named himself.
    bool git_user_configuration;
    const struct build_observer *observer;  // pipeline/observer.h; NULL: nobody looks
};

// A tree in memory has no world around it: no network, no programs.
static inline bool build_is_apart(const struct build_options *options)
{
    return options->files && !options->fetches;
}

struct build_observer;
struct task_pool;
struct workers;

struct build {
    struct memory_budget memory;
    struct arena arena;
    struct sources sources;
    struct diagnostics diagnostics;
    struct name_table *names;
    struct name_table own_names;            // unless the names are those of several builds
    struct shared_remote *shared_remote;    // load/shared_remote.h: of several builds; NULL: it fetches for itself
    struct field_defaults *field_defaults;  // schema/field_spec.h: of several builds; NULL: it makes its own
    struct name_cache name_cache;           // of the thread that runs the build
    struct task_pool *pool;
    struct workers *workers;
    struct resource_context resource_context;
    struct build_options options;
    struct setting settings[SETTING_COUNT];  // what was decided, and by what
    struct temporary temporary;              // of the programs that are run; removed when build_run returns
    struct slice private_directory;          // where it was, after build_run; empty: none was needed
    struct resource_map resources;           // after build_run: the result, in the order of the stream
    struct field_config *fields;             // after build_run: the field specs of the root
};

struct build *build_new(void);
// The same with names that several builds share, which outlive it.
struct build *build_new_with(struct name_table *);
void build_free(struct build *);

// For who reads files into its memory.
static inline struct read_context build_read_context(struct build *build)
{
    return (struct read_context){&build->arena, &build->name_cache, &build->diagnostics};
}

// Builds the kustomization in `directory` (relative to the current directory, or absolute; the empty
// text is an error). False: build->diagnostics says why.
bool build_run(struct build *, const struct build_options *, struct slice directory);

// The stream in parts, which follow each other without anything between them: it is not held twice in memory.
struct build_stream {
    struct buffer *parts;
    size_t count;
};

// Prints all resources, documents separated by `---` lines. False: diagnosed; the parts are to be freed all the same.
bool build_print(struct build *, struct build_stream *);
void build_stream_free(struct build *, struct build_stream *);

// The same, appended to one buffer. False: diagnosed.
bool build_write_stream(struct build *, struct buffer *);

// Appends one resource as a document of its own.
bool build_write_resource(struct build *, const struct resource *, struct buffer *);
