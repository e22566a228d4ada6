#include "load/remote.h"

void remote_init(struct remote *remote, struct arena *arena, struct sources *sources, struct temporary *temporary)
{
    *remote = (struct remote){
        .arena = arena,
        .sources = sources,
        .temporary = temporary,
        .clones = {.arena = arena, .temporary = temporary},
    };
}

const struct git_clone *remote_clone(struct remote *remote, const struct git_url *url, struct diagnostics *diagnostics,
                                     struct position position)
{
    return remote->shared ? shared_remote_clone(remote->shared, &remote->clones, url, diagnostics, position)
                          : git_clones_get(&remote->clones, url, diagnostics, position);
}

const struct remote_file *remote_fetch(struct remote *remote, struct slice url)
{
    for (size_t i = 0; i < remote->files.count; i++)
        if (slice_equal(remote->files.items[i]->url, url))
            return remote->files.items[i];
    struct remote_file *file = arena_new(remote->arena, struct remote_file);
    file->url = url;
    file->result = remote->shared ? shared_remote_get(remote->shared, url) : http_get(remote->arena, url);
    if (file->result.outcome == HTTP_DONE)
        file->source = sources_add(remote->sources, url_shown(remote->arena, url), file->result.content);
    list_append(remote->arena, &remote->files, file);
    return file;
}
