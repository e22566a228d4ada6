// repository/root_builds.h
//
// Builds many roots in one process, several at once. A failing root doesn't stop the others.
//
//     struct root_result *results = arena_array(arena, struct root_result, roots.count);
//     struct root_builds builds = {.roots = &roots, .results = results, .options = options_of, .use = write_file, …};
//     root_builds_run(&builds);
//     … results[i].status, .messages …
//     root_results_free(results, roots.count);
#pragma once

#include "load/recording.h"
#include "repository/roots.h"
#include "repository/session.h"

enum root_status { ROOT_SKIPPED, ROOT_BUILT, ROOT_FAILED };

// A message that outlives its build. It contains no secrets.
struct root_message {
    enum severity severity;
    struct slice file;  // empty: unknown
    uint32_t line, column;
    struct slice message, hint;
    struct slice chain;  // "building overlays/prod → resource ../../base"
    struct slice text;   // as printed, without the chain
};

struct root_result {
    enum root_status status;
    struct recording *recording;  // valid while `use` runs; NULL: nothing is recorded
    size_t object_count;
    struct arena arena;  // of the messages
    struct {
        struct root_message *items;
        size_t count, capacity;
    } messages;
};

struct root_builds {
    const struct root_list *roots;
    struct root_result *results;  // zeroed, one for each root
    unsigned thread_count;        // at least 1; doesn't affect the results
    bool fail_fast;               // don't start another root after a failure
    void *state;                  // for the functions
    struct session *session;
    bool finds_all;  // looks for the independent errors of a root, not only the first one; root_result_keep keeps 20
    bool record;     // records the files that the build reads, for `use`
    size_t columns;  // width of the terminal for messages; 0: unlimited
    // The options for building a root.
    struct build_options (*options)(void *state, const struct root *);
    // Consumes the result, on the thread that built it. False: diagnosed in the build.
    bool (*use)(void *state, size_t root, struct build *);
    // Called on the same thread when a build has ended, before it is freed; may be NULL.
    void (*finished)(void *state, size_t root, struct build *, bool done);
    // Called before a build begins, to observe it; may be NULL.
    const struct build_observer *(*observe)(void *state, size_t root, struct build *);
    // Replaces all of the above: does the work on a root and fills in its result. NULL: builds it.
    void (*run)(void *state, size_t root);
    // Called for each finished root, one at a time; may be NULL.
    void (*ended)(void *state, size_t root);
};

// Returns when all roots are finished.
void root_builds_run(struct root_builds *);
bool root_results_are_built(const struct root_result *, size_t count);
void root_results_free(struct root_result *, size_t count);
// For `run`: keeps the messages of a build.
void root_result_keep(struct root_result *, struct build *);

// The first root with a message, and the other roots that have it. The list is sorted by first root.
struct shared_message {
    size_t root, message;
    const size_t *others;
    size_t other_count;
};

struct shared_messages {
    struct shared_message *items;
    size_t count, capacity;
};

// The messages of all roots, in the order of the roots, each one once.
void root_messages_join(struct arena *, const struct root_result *, size_t count, struct shared_messages *);
