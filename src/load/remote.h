// load/remote.h
//
// What the directories of a build fetch from elsewhere. Each file and each repository is fetched once.
#pragma once

#include "load/git.h"
#include "load/http.h"
#include "load/shared_remote.h"

struct remote_file {
    struct slice url;
    struct http_result result;
    const struct source *source;  // NULL: there is no content
};

// Initialize it with remote_init.
struct remote {
    struct arena *arena;
    struct sources *sources;
    struct temporary *temporary;
    struct git_clones clones;
    struct shared_remote *shared;  // shared by several builds; NULL: the build fetches on its own
    struct {
        struct remote_file **items;
        size_t count, capacity;
    } files;
};

void remote_init(struct remote *, struct arena *, struct sources *, struct temporary *);

// The clone for a URL, created unless it exists. NULL: diagnosed.
const struct git_clone *remote_clone(struct remote *, const struct git_url *, struct diagnostics *, struct position);

// The file at an http(s) URL, fetched unless it has been. Nothing is diagnosed.
const struct remote_file *remote_fetch(struct remote *, struct slice url);
