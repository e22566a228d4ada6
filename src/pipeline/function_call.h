// pipeline/function_call.h
//
// Decodes the annotation of a KRM function, and calls its program or container.
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
    bool defer_failure;  // has no effect, because a build runs one function at a time
    struct function_container *container;
    struct function_program *program;
};

struct function_context {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct slice directory;               // the working directory and the base of mounts; NUL-terminated
    const struct build_options *options;  // for mounts, variables, and the user
    bool is_remote;                       // the function comes from a repository, so it gets few variables
};

// Decodes `container: {image: …}` or `exec: {path: …}`. NULL: diagnosed.
struct function *function_decode(const struct function_context *, const struct node *description);
// Creates the function for a configuration that names only an image.
struct function *function_of_image(struct arena *, struct text image);

bool function_is_container(const struct function *);
bool function_is_program(const struct function *);

// Runs a function; the caller frees the result. False: diagnosed, and nothing was run.
bool function_call(const struct function_context *, const struct function *, struct slice input,
                   struct process_result *);
// Reports how the function failed. The message starts with `who`, as in "function 'x'".
void function_diagnose_failure(const struct function_context *, const struct function *, struct position,
                               struct slice who, const struct process_result *);
