// base/word_filter.h
//
// Some words to be looked for at each place of a long text, in any case: most places are passed by with one look.
#pragma once

#include "base/slice.h"

struct word_filter {
    const char *const *words;  // in lower case, of two bytes at least but for those with all bits
    size_t count;
    uint32_t seconds[256];  // for the first byte of a word, a LETTER_BIT for each second one
};

#define LETTER_BIT(letter) (UINT32_C(1) << ((letter)&31))

static inline char lower_case(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

const char *word_filter_find(const struct word_filter *, struct slice text);

// The word with which the text begins; NULL: none of them.
static inline const char *word_filter_match(const struct word_filter *filter, struct slice text)
{
    uint32_t seconds = text.length ? filter->seconds[(unsigned char)lower_case(text.data[0])] : 0;
    if (!seconds || (text.length > 1 && !(seconds & LETTER_BIT(text.data[1]))))
        return NULL;
    return word_filter_find(filter, text);
}
