#include "base/line_index.h"

#include "base/utf8.h"

// The most characters to walk from a known place.
enum { STRIDE = 256 };

struct line_index line_index_new(struct arena *arena, struct slice text)
{
    struct line_index index = {.text = text};
    struct line_index_entry at = {1, 1, text_mark_length(text)};
    list_append(arena, &index, at);
    while (at.offset < text.length) {
        bool line_feed = text.data[at.offset] == '\n';
        at.offset += character_at(text, at.offset).length;
        at.line += line_feed;
        at.column = line_feed ? 1 : at.column + 1;
        if (at.column % STRIDE == 1)
            list_append(arena, &index, at);
    }
    return index;
}

size_t line_index_find(const struct line_index *index, uint32_t line, uint32_t column)
{
    size_t low = 0;  // not after the place
    for (size_t high = index->count; high - low > 1;) {
        size_t middle = low + (high - low) / 2;
        const struct line_index_entry *known = &index->items[middle];
        if (known->line < line || (known->line == line && known->column <= column))
            low = middle;
        else
            high = middle;
    }
    struct line_index_entry at = index->items[low];
    if (at.line != line)
        return SLICE_NOT_FOUND;
    for (; at.column < column; at.column++) {
        if (at.offset == index->text.length || index->text.data[at.offset] == '\n')
            return SLICE_NOT_FOUND;
        at.offset += character_at(index->text, at.offset).length;
    }
    return at.offset;
}
