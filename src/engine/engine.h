// engine/engine.h
//
// Describes the roots of a repository to other build engines, such as ninja: how to call kiln for each root, and what
// it depends on. Scheduling, caching, and building on other machines are up to the engine.
//
//     struct engine engine;
//     if (engine_find(build, &file_system_posix, &request, &engine))
//         request.format->write(&engine, &out, &problem);
//     engine_close(&engine);
//
// Paths are relative to the current directory. The same tree produces the same text in any directory.
#pragma once

#include "load/depfile.h"
#include "repository/graph.h"
#include "repository/roots.h"

struct engine_format;

struct engine_request {
    const struct engine_format *format;
    struct slice top;     // only roots below this directory
    struct slice config;  // a file to read instead of the repository's .kiln.yaml; may be empty
    bool no_config;
    struct slice out_directory;  // of the outputs; clean
    struct slice file;           // the file to which the graph is written; empty: it can't be regenerated
    struct slice kiln;           // the program, as the engine calls it
    struct path_list flags;      // arguments for each build
    size_t batch;                // how many roots one call builds; at least 1
    struct path_list salt;       // what else the output depends on: the version, the environment
};

enum engine_input_kind { ENGINE_FILE, ENGINE_LINK_TO_FILE, ENGINE_LINK };

struct engine_input {
    struct slice path;
    enum engine_input_kind kind;
};

struct engine_input_list {
    struct engine_input *items;
    size_t count, capacity;
};

struct engine_root {
    struct slice path, output;
    struct slice file;       // its kustomization
    struct path_list flags;  // arguments for its build
    uint32_t node;           // in the graph
    // The rest is for formats with inputs. Lists are sorted, without duplicates.
    struct engine_input_list inputs;
    struct path_list missing;   // paths that would be inputs if they existed
    struct path_list remote;    // URLs without their credentials
    struct path_list programs;  // that the build may start
    struct slice digest;        // "sha256:…"; changes whenever the stream may change
};

// A place where a kustomization names a file or another kustomization.
struct engine_edge {
    struct slice from, to, file, field;
    uint32_t line, column;
};

struct engine {
    struct build *build;
    const struct engine_request *request;
    struct slice current;  // the current directory
    struct changes changes;
    struct graph graph;
    const struct config *config;  // may be NULL
    struct slice config_directory;
    struct slice config_file;  // may be empty
    struct {
        struct engine_root *items;
        size_t count, capacity;
    } roots;  // sorted by path
    struct {
        struct engine_edge *items;
        size_t count, capacity;
    } edges;  // of all roots, for formats with inputs
};

struct engine_format {
    const char *name;
    const char *directory;  // below the output directory, for the engine's own files; NULL: it reads no depfiles
    enum depfile_format depfile;
    bool has_inputs;
    bool has_batches;
    // Appends the text. False: `*problem` is a path or flag that the format cannot represent.
    bool (*write)(const struct engine *, struct buffer *, struct slice *problem);
};

// NULL: unknown format.
const struct engine_format *engine_format_find(struct slice name);

// False: diagnosed.
bool engine_find(struct build *, const struct file_system *, const struct engine_request *, struct engine *);
void engine_close(struct engine *);

// True if the engine can represent all paths and arguments of the graph. False: `*problem` is one that it cannot.
bool engine_can_represent(const struct engine *, bool (*path)(struct slice), bool (*line)(struct slice),
                          struct slice *problem);

// The arguments of kiln that regenerate the graph.
struct path_list engine_call(const struct engine *);
// Returns a directory as an operand. If it looks like a flag or URL, it starts with `./`.
struct slice engine_operand(struct arena *, struct slice directory);
// For formats with a directory: the path and content of the file that lists the files and directories on which the
// graph itself depends. False: `*problem` is a path that the file cannot represent.
struct slice engine_depfile_path(const struct engine *);
bool engine_depfile_write(struct engine *, struct buffer *, struct slice *problem);

// Fills the members for formats with inputs.
void engine_find_inputs(struct engine *);
// Converts a path relative to the top of the repository to one relative to the current directory.
struct slice engine_shown(const struct engine *, struct slice path);
// True for files that the engine generates, which are not inputs.
bool engine_makes(const struct engine *, struct slice path);
