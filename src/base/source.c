#include "base/source.h"

struct source *sources_add(struct sources *sources, struct slice path, struct slice content)
{
    struct source *source = arena_new(sources->arena, struct source);
    *source = (struct source){.path = path, .content = content, .file = sources->count + 1};
    list_append(sources->arena, sources, source);
    return source;
}

void sources_hide(struct sources *sources, const struct source *source, bool secret)
{
    sources->items[source->file - 1]->hidden = true;
    sources->items[source->file - 1]->secret |= secret;
}

const struct source *sources_get(const struct sources *sources, uint32_t file)
{
    return file && file <= sources->count ? sources->items[file - 1] : NULL;
}

bool source_line(const struct source *source, uint32_t number, struct slice *line)
{
    struct slice content = source->content, rest;
    if (slice_starts_with(content, slice_literal("\xEF\xBB\xBF")))
        content = slice_from_index(content, 3);
    for (; number > 1; number--) {
        size_t end = slice_find_byte(content, '\n');
        if (end == SLICE_NOT_FOUND)
            return false;
        content = slice_from_index(content, end + 1);
    }
    slice_cut(content, '\n', line, &rest);
    while (line->length && line->data[line->length - 1] == '\r')
        line->length--;
    return true;
}
