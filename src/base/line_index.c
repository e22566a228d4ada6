#include "base/line_index.h"

#include "base/utf8.h"

// So many characters at most are walked over from a known place.
enum { STRIDE = 256 };

struct text_places text_places_of(struct arena *arena, struct slice text)
{
    struct text_places places = {.text = text};
    struct text_place at = {1, 1, slice_starts_with(text, slice_literal("\xEF\xBB\xBF")) ? 3 : 0};
    list_append(arena, &places, at);
    while (at.offset < text.length) {
        bool line_feed = text.data[at.offset] == '\n';
        at.offset += character_at(text, at.offset).length;
        at.line += line_feed;
        at.column = line_feed ? 1 : at.column + 1;
        if (at.column % STRIDE == 1)
            list_append(arena, &places, at);
    }
    return places;
}

size_t text_places_find(const struct text_places *places, uint32_t line, uint32_t column)
{
    size_t low = 0;  // is not behind the place
    for (size_t high = places->count; high - low > 1;) {
        size_t middle = low + (high - low) / 2;
        const struct text_place *known = &places->items[middle];
        if (known->line < line || (known->line == line && known->column <= column))
            low = middle;
        else
            high = middle;
    }
    struct text_place at = places->items[low];
    if (at.line != line)
        return SLICE_NOT_FOUND;
    for (; at.column < column; at.column++) {
        if (at.offset == places->text.length || places->text.data[at.offset] == '\n')
            return SLICE_NOT_FOUND;
        at.offset += character_at(places->text, at.offset).length;
    }
    return at.offset;
}
