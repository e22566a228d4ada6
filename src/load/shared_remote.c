#include "load/shared_remote.h"

#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "base/recovery.h"

struct shared_fetch {
    struct slice key;
    pthread_mutex_t lock;  // held while fetching
    bool done;
    struct arena arena;
    struct temporary temporary;  // inside the remote's
    struct git_clones clones;
    const struct git_clone *clone;
    struct diagnostics diagnostics;  // of the clone
    struct http_result file;
};

void shared_remote_init(struct shared_remote *remote)
{
    *remote = (struct shared_remote){0};
    pthread_mutex_init(&remote->lock, NULL);
}

void shared_remote_free(struct shared_remote *remote)
{
    for (size_t i = 0; i < remote->fetches.count; i++) {
        struct shared_fetch *fetch = remote->fetches.items[i];
        pthread_mutex_destroy(&fetch->lock);
        free(fetch->temporary.path);
        arena_free(&fetch->arena);
    }
    temporary_remove(&remote->temporary);
    pthread_mutex_destroy(&remote->lock);
    arena_free(&remote->arena);
}

static struct shared_fetch *find(struct shared_remote *remote, struct slice key)
{
    for (size_t i = 0; i < remote->fetches.count; i++)
        if (slice_equal(remote->fetches.items[i]->key, key))
            return remote->fetches.items[i];
    struct shared_fetch *fetch = arena_new(&remote->arena, struct shared_fetch);
    fetch->key = arena_copy(&remote->arena, key);
    pthread_mutex_init(&fetch->lock, NULL);
    diagnostics_init(&fetch->diagnostics, &fetch->arena, NULL);
    list_append(&remote->arena, &remote->fetches, fetch);
    return fetch;
}

// The memory of a fetch belongs to no build.
static struct shared_fetch *enter(struct shared_remote *remote, struct slice key, struct memory_budget **before)
{
    *before = memory_budget_enter(NULL);
    pthread_mutex_lock(&remote->lock);
    struct shared_fetch *fetch = find(remote, key);
    pthread_mutex_unlock(&remote->lock);
    pthread_mutex_lock(&fetch->lock);
    return fetch;
}

static void leave(struct shared_fetch *fetch, struct memory_budget *before)
{
    fetch->done = true;
    pthread_mutex_unlock(&fetch->lock);
    memory_budget_enter(before);
}

// Creates a directory in the shared one, so that only one entry is needed in the list of directories to clean up.
static bool make_temporary(struct shared_remote *remote, struct shared_fetch *fetch, struct slice *reason)
{
    struct slice path;
    pthread_mutex_lock(&remote->lock);
    bool made = temporary_directory(&remote->temporary, &remote->arena, "shared", &path, reason);
    pthread_mutex_unlock(&remote->lock);
    if (!made)
        return false;
    fetch->temporary.path = strdup(path.data);
    if (!fetch->temporary.path)
        fatal_out_of_memory();
    return true;
}

static void clone_once(struct shared_remote *remote, struct shared_fetch *fetch, const struct git_clones *own,
                       const struct git_url *url, const struct diagnostics *diagnostics)
{
    struct slice reason;
    struct git_url *kept = arena_new(&fetch->arena, struct git_url);
    // The strings of the URL belong to a build.
    git_url_parse(&fetch->arena, arena_copy(&fetch->arena, url->text), kept);
    kept->named_by_user = url->named_by_user;
    fetch->clones = *own;
    fetch->clones.arena = &fetch->arena;
    fetch->clones.temporary = &fetch->temporary;
    fetch->clones.items = NULL;
    fetch->clones.settings = NULL;
    fetch->clones.count = fetch->clones.capacity = 0;
    fetch->clones.setting_count = fetch->clones.setting_capacity = 0;
    fetch->clones.prepared = false;
    fetch->diagnostics.release = diagnostics->release;
    if (!make_temporary(remote, fetch, &reason))
        diagnose(&fetch->diagnostics, (struct position){0}, "cannot create a directory for a clone: %.*s",
                 SLICE_ARGS(reason));
    else
        fetch->clone = git_clones_get(&fetch->clones, kept, &fetch->diagnostics, (struct position){0});
}

static void repeat_diagnostics(const struct shared_fetch *fetch, struct diagnostics *diagnostics,
                               struct position position)
{
    size_t mark = diagnostics->count;
    diagnostics_adopt(diagnostics, &fetch->diagnostics);
    for (size_t i = mark; i < diagnostics->count; i++)
        diagnostics->items[i].position = position;
}

const struct git_clone *shared_remote_clone(struct shared_remote *remote, const struct git_clones *own,
                                            const struct git_url *url, struct diagnostics *diagnostics,
                                            struct position position)
{
    struct memory_budget *before;
    struct arena scratch = {0};
    // Fetches with different permissions are not shared.
    struct slice key = arena_format(&scratch, "git %d%d%d %u %.*s %.*s", url->submodules, url->named_by_user,
                                    own->user_configuration, url->timeout_seconds, SLICE_ARGS(url->repository),
                                    SLICE_ARGS(url->reference));
    struct shared_fetch *fetch = enter(remote, key, &before);
    if (!fetch->done)
        clone_once(remote, fetch, own, url, diagnostics);
    leave(fetch, before);
    arena_free(&scratch);
    repeat_diagnostics(fetch, diagnostics, position);
    return fetch->clone;
}

struct http_result shared_remote_get(struct shared_remote *remote, struct slice url)
{
    struct memory_budget *before;
    struct arena scratch = {0};
    struct shared_fetch *fetch = enter(remote, arena_join(&scratch, slice_literal("http "), url), &before);
    if (!fetch->done)
        fetch->file = http_get(&fetch->arena, url);
    leave(fetch, before);
    arena_free(&scratch);
    return fetch->file;
}
