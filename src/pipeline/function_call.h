// pipeline/function_call.h
//
// What the annotation of a KRM function says, and how its program or container is called.
#pragma once

#include "base/process.h"
#include "doc/decode.h"
#include "pipeline/build.h"

struct function_mount {
    struct position position;
    struct text type, source, target;
    bool writable;
};

struct function_container {
    struct position position;
    struct text image;
    bool network;
    DECODE_LIST_OF(struct function_mount) mounts;
    struct text_list environment;
};

struct function_program {
    struct position position;
    struct text path;
    struct text_list arguments, environment;
};

struct function {
    struct position position;
    bool defer_failure;  // has no effect: a build has one function at a time
    struct function_container *container;
    struct function_program *program;
};

struct function_context {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct slice directory;               // where programs run, and what mounts are relative to; ends with NUL
    const struct build_options *options;  // mounts, variables, the user
    bool is_remote;                       // the function is of a repository: it gets few variables
};

// From `container: {image: …}` or `exec: {path: …}`. NULL: diagnosed.
struct function *function_decode(const struct function_context *, const struct node *description);
// The function of a configuration that names only an image.
struct function *function_of_image(struct arena *, struct text image);

bool function_is_container(const struct function *);
bool function_is_program(const struct function *);

// Runs it; the caller frees the result. False: diagnosed, it cannot even be tried.
bool function_call(const struct function_context *, const struct function *, struct slice input,
                   struct process_result *);
// How it failed, after `who`: "function 'x'".
void function_diagnose_failure(const struct function_context *, const struct function *, struct position,
                               struct slice who, const struct process_result *);
