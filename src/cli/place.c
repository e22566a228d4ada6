#include "base/ascii.h"
#include "cli/place.h"

static bool has(struct slice text, const char *part)
{
    return slice_find(text, slice_from(part)) != SLICE_NOT_FOUND;
}

static bool is_word(char c)
{
    return byte_is_alphanumeric(c) || c == '-';
}

enum place place_of(struct slice text)
{
    if (has(text, "FILE") || has(text, "PATH"))
        return PLACE_FILES;
    if (has(text, "KIND/NAME [FIELD]"))
        return PLACE_FIELDS;
    if (has(text, "DIR") || has(text, "TARGET"))
        return PLACE_DIRECTORIES;
    if (slice_equals(text, "KIND[/NAME]"))
        return PLACE_OBJECTS;
    return has(text, "|") ? PLACE_WORDS : PLACE_NOTHING;
}

struct slice place_words(struct arena *arena, struct slice text)
{
    char *words = (char *)arena_copy(arena, slice_trim(text, "[]")).data;
    for (char *at = words; *at; at++)
        *at = is_word(*at) ? *at : ' ';
    return slice_trim(slice_from(words), " ");
}
