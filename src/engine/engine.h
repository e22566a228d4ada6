// engine/engine.h
//
// The roots of a repository for other build engines, such as ninja: for each the call of kiln that builds it, and what
// it depends on. They schedule, cache, and build on other machines; kiln only says what there is.
//
//     struct engine engine;
//     if (engine_find(build, &file_system_posix, &request, &engine))
//         request.format->write(&engine, &out, &problem);
//     engine_close(&engine);
//
// Paths are relative to the current directory. The same tree gives the same text in any directory.
#pragma once

#include "load/depfile.h"
#include "repository/graph.h"
#include "repository/roots.h"

struct engine_format;

struct engine_request {
    const struct engine_format *format;
    struct slice top;     // roots below this directory
    struct slice config;  // a file in place of the repository's .kiln.yaml; may be empty
    bool no_config;
    struct slice out_directory;  // of what is built; clean
    struct slice file;           // into which the graph is written; empty: nobody makes it again
    struct slice kiln;           // the program, as the engine calls it
    struct path_list flags;      // words for each build
    size_t batch;                // how many roots one call builds; at least 1
    struct path_list salt;       // what decides about bytes as well: the version, the environment
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
    struct path_list flags;  // words for its build
    uint32_t node;           // in the graph
    // What follows is for formats with inputs. Sorted, each once.
    struct engine_input_list inputs;
    struct path_list missing;   // paths that would be inputs if something were there
    struct path_list remote;    // URLs, without what is secret in them
    struct path_list programs;  // what the build may start
    struct slice digest;        // "sha256:…", another one if the stream may be another
};

// Where a kustomization names another, or a file.
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
    const struct config *config;  // NULL: there is none
    struct slice config_directory;
    struct slice config_file;  // empty: there is none
    struct {
        struct engine_root *items;
        size_t count, capacity;
    } roots;  // sorted by path
    struct {
        struct engine_edge *items;
        size_t count, capacity;
    } edges;  // of all roots; for formats with inputs
};

struct engine_format {
    const char *name;
    const char *directory;  // below the directory of outputs, for files of the engine; NULL: it reads no depfile
    enum depfile_format depfile;
    bool has_inputs;
    bool has_batches;
    // Appends the text. False: `*problem` is a path, or a flag, that the format cannot say.
    bool (*write)(const struct engine *, struct buffer *, struct slice *problem);
};

// NULL: there is none of this name.
const struct engine_format *engine_format_find(struct slice name);

// False: diagnosed.
bool engine_find(struct build *, const struct file_system *, const struct engine_request *, struct engine *);
void engine_close(struct engine *);

// True when the engine can say all paths and words of the graph. False: `*problem` is one that it cannot.
bool engine_can_say(const struct engine *, bool (*path)(struct slice), bool (*line)(struct slice),
                    struct slice *problem);

// The words after the program of the call that makes the graph again.
struct path_list engine_call(const struct engine *);
// A directory as an operand: one that looks like a flag or a URL begins with `./`.
struct slice engine_operand(struct arena *, struct slice directory);
// For formats with a directory: the file that says on which files and directories the graph itself depends, and its
// text. False: `*problem` is a path that it cannot say.
struct slice engine_depfile_path(const struct engine *);
bool engine_depfile_write(struct engine *, struct buffer *, struct slice *problem);

// Fills what formats with inputs have.
void engine_find_inputs(struct engine *);
// A path from the top of the repository as seen from the current directory.
struct slice engine_shown(const struct engine *, struct slice path);
// What the engine makes is no input.
bool engine_makes(const struct engine *, struct slice path);
