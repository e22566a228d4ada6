// load/shared_remote.h
//
// What several builds fetch in parallel: each URL once, even if two builds ask at the same time. A failure is not
// retried; all builds get the same message.
#pragma once

#include <pthread.h>

#include "load/git.h"
#include "load/http.h"

struct shared_fetch;

struct shared_remote {
    pthread_mutex_t lock;  // guards everything below
    struct arena arena;
    struct temporary temporary;
    struct {
        struct shared_fetch **items;
        size_t count, capacity;
    } fetches;
};

void shared_remote_init(struct shared_remote *);
// Removes the clones.
void shared_remote_free(struct shared_remote *);

// A shared git_clones_get; `own` says what the user allows. NULL: diagnosed.
const struct git_clone *shared_remote_clone(struct shared_remote *, const struct git_clones *own,
                                            const struct git_url *, struct diagnostics *, struct position);
// A shared http_get. The content lives as long as the remote.
struct http_result shared_remote_get(struct shared_remote *, struct slice url);
