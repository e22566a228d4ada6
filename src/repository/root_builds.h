// repository/root_builds.h
//
// Many roots in one process: each is a build of its own, several at once. A root that fails stops no other.
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

// What a build has said, when the build is gone. Secrets are left out already.
struct root_message {
    enum severity severity;
    struct slice file;  // empty: unknown
    uint32_t line, column;
    struct slice message, hint;
    struct slice chain;  // "building overlays/prod → resource ../../base"
    struct slice text;   // as it is printed, without the chain
};

struct root_result {
    enum root_status status;
    struct recording *recording;  // while `use` runs; NULL: nothing is recorded
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
    unsigned thread_count;        // at least 1; it shows nowhere in the results
    bool fail_fast;               // after a failure no root is begun any more
    void *state;                  // for the functions
    struct session *session;
    bool record;     // `use` finds what the build has read in its result
    size_t columns;  // of the terminal on which messages are read, 0: as many as they take
    // What a root is built with.
    struct build_options (*options)(void *state, const struct root *);
    // Takes what has been built, on the thread that built it. False: diagnosed in the build.
    bool (*use)(void *state, size_t root, struct build *);
    // Told on the same thread of each build that has come to its end, before it is freed; may be NULL.
    void (*finished)(void *state, size_t root, struct build *, bool done);
    // A build that is about to begin, to be observed; may be NULL.
    const struct build_observer *(*observe)(void *state, size_t root, struct build *);
    // In place of all that: does the work on a root, and fills its result. NULL: it is built.
    void (*run)(void *state, size_t root);
    // Told of each root that has ended, one at a time; may be NULL.
    void (*ended)(void *state, size_t root);
};

// Returns when no root is being built any more.
void root_builds_run(struct root_builds *);
bool root_results_are_built(const struct root_result *, size_t count);
void root_results_free(struct root_result *, size_t count);
// For `run`: keeps what a build has said.
void root_result_keep(struct root_result *, struct build *);

// Where a message is said the first time, and for which other roots it is said, too. The list is sorted by first root.
struct shared_message {
    size_t root, message;
    const size_t *others;
    size_t other_count;
};

struct shared_messages {
    struct shared_message *items;
    size_t count, capacity;
};

// The messages of all roots in the order of the roots, each text once.
void root_messages_join(struct arena *, const struct root_result *, size_t count, struct shared_messages *);
