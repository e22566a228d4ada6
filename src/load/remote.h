// load/remote.h
//
// What the directories of one build have fetched from elsewhere. Each file and each repository is fetched once.
#pragma once

#include "load/git.h"
#include "load/http.h"
#include "load/shared_remote.h"

struct remote_file {
    struct slice url;
    struct http_result result;
    const struct source *source;  // NULL when there is no content
};

// A zeroed struct with arena, sources, temporary and clones.arena, clones.temporary set, see remote_init.
struct remote {
    struct arena *arena;
    struct sources *sources;
    struct temporary *temporary;
    struct git_clones clones;
    struct shared_remote *shared;  // of several builds; NULL: it fetches for itself
    struct {
        struct remote_file **items;
        size_t count, capacity;
    } files;
};

void remote_init(struct remote *, struct arena *, struct sources *, struct temporary *);

// The clone for a URL, made now or before. NULL: diagnosed.
const struct git_clone *remote_clone(struct remote *, const struct git_url *, struct diagnostics *, struct position);

// The file behind an http(s) URL, fetched now or before. Nothing is diagnosed.
const struct remote_file *remote_fetch(struct remote *, struct slice url);
