#include "schema/similar_kind.h"

enum { EDITS_MAX = 2, EDITS_MAX_IF_SHORT = 1, SHORT_MAX = 4 };

static size_t next_capital(struct slice text, size_t i)
{
    while (i < text.length && (text.data[i] < 'A' || text.data[i] > 'Z'))
        i++;
    return i;
}

// Kinds whose words begin with different letters are different kinds. A kind with no inner capitals may be several
// words written as one.
static bool have_same_words(struct slice kind, struct slice other)
{
    size_t i = next_capital(kind, 0), k = next_capital(other, 0);
    if (next_capital(kind, 1) >= kind.length)
        return true;
    for (; i < kind.length && k < other.length && kind.data[i] == other.data[k]; i = next_capital(kind, i + 1))
        k = next_capital(other, k + 1);
    return i >= kind.length && k >= other.length;
}

// More than EDITS_MAX: they aren't similar.
static size_t distance(struct slice kind, struct slice other)
{
    size_t most = kind.length > SHORT_MAX ? EDITS_MAX : EDITS_MAX_IF_SHORT;
    size_t edits = slice_edit_distance(kind, other, most);
    bool is_similar = edits == 0 || (edits <= most && kind.length && other.length && have_same_words(kind, other) &&
                                     !slices_differ_in_digits_only(kind, other));
    return is_similar ? edits : EDITS_MAX + 1;
}

bool kinds_are_similar(struct slice kind, struct slice other)
{
    return distance(kind, other) <= EDITS_MAX;
}

struct slice nearest_kind(struct slice kind, const struct slice *kinds, size_t count)
{
    struct slice nearest = {0};
    size_t least = EDITS_MAX + 1;
    for (size_t i = 0; i < count; i++) {
        size_t edits = distance(kind, kinds[i]);
        if (edits < least)
            nearest = kinds[i];
        least = edits < least ? edits : least;
    }
    return nearest;
}
