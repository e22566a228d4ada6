#include "base/word_filter.h"

const char *word_filter_find(const struct word_filter *filter, struct slice text)
{
    for (size_t i = 0; i < filter->count; i++) {
        if (lower_case(text.data[0]) != filter->words[i][0])
            continue;
        struct slice word = slice_from(filter->words[i]);
        if (text.length >= word.length && slice_equal_ignoring_case(slice_part(text, 0, word.length), word))
            return filter->words[i];
    }
    return NULL;
}
