// load/shared_remote.h
//
// What several builds fetch, side by side: each URL once, even where two ask at the same time. What has failed is not
// tried again: all get the same message.
#pragma once

#include <pthread.h>

#include "load/git.h"
#include "load/http.h"

struct shared_fetch;

struct shared_remote {
    pthread_mutex_t lock;  // of all below
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

// git_clones_get for all: `own` says what the user allows. NULL: diagnosed.
const struct git_clone *shared_remote_clone(struct shared_remote *, const struct git_clones *own,
                                            const struct git_url *, struct diagnostics *, struct position);
// http_get for all. The content lives as long as the remote.
struct http_result shared_remote_get(struct shared_remote *, struct slice url);
