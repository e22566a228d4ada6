#include "base/word_list.h"

#include <string.h>

#include "base/buffer.h"

static struct slice join(struct arena *arena, const struct slice *items, size_t count, size_t most, const char *word,
                         const char *quote)
{
    struct buffer text = {0};
    size_t shown = count < most ? count : most;
    for (size_t i = 0; i < shown; i++) {
        bool is_last = i > 0 && i + 1 == count;
        buffer_add_text(&text, i == 0 || (is_last && count == 2) ? "" : ",");
        buffer_add_format(&text, "%s%s%s", i == 0 ? "" : " ", is_last ? word : "", is_last ? " " : "");
        buffer_add_format(&text, "%s%.*s%s", quote, SLICE_ARGS(items[i]), quote);
    }
    bool is_choice = strcmp(word, "or") == 0;
    if (count > shown)
        buffer_add_format(&text, ", %s %s%zu more", word, is_choice && count - shown > 1 ? "one of " : "",
                          count - shown);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

struct slice word_list(struct arena *arena, const struct slice *items, size_t count, size_t most, const char *word)
{
    return join(arena, items, count, most, word, "");
}

struct slice word_list_quoted(struct arena *arena, const struct slice *items, size_t count, size_t most,
                              const char *word)
{
    return join(arena, items, count, most, word, "'");
}

struct slice word_list_fact(struct arena *arena, const char *noun, struct slice rest, const struct slice *items,
                            size_t count, size_t most)
{
    struct slice list = word_list_quoted(arena, items, count, most, "and");
    return count == 1 ? arena_format(arena, "the only %s%.*s is %.*s", noun, SLICE_ARGS(rest), SLICE_ARGS(list))
                      : arena_format(arena, "the %ss%.*s are %.*s", noun, SLICE_ARGS(rest), SLICE_ARGS(list));
}
