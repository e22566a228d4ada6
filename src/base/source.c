#include "base/source.h"

struct source *sources_add(struct sources *sources, struct slice path, struct slice content)
{
    struct source *source = arena_new(sources->arena, struct source);
    *source = (struct source){.path = path, .content = content, .file = sources->count + 1};
    list_append(sources->arena, sources, source);
    return source;
}

void sources_hide(struct sources *sources, const struct source *source)
{
    sources->items[source->file - 1]->hidden = true;
}

const struct source *sources_get(const struct sources *sources, uint32_t file)
{
    return file && file <= sources->count ? sources->items[file - 1] : NULL;
}
