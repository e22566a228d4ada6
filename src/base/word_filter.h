// base/word_filter.h
//
// A set of words to find at any place of a long text, ignoring case. A table rules out most places at once.
#pragma once

#include "base/slice.h"

struct word_filter {
    // In lower case. A word may be a single byte only if all bits of that byte's entry in `seconds` are set.
    const char *const *words;
    size_t count;
    uint32_t seconds[256];  // for the first byte of a word: a LETTER_BIT for each possible second byte
};

#define LETTER_BIT(letter) (UINT32_C(1) << ((letter)&31))

static inline char lower_case(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

const char *word_filter_find(const struct word_filter *, struct slice text);

// The word that the text begins with, or NULL.
static inline const char *word_filter_match(const struct word_filter *filter, struct slice text)
{
    uint32_t seconds = text.length ? filter->seconds[(unsigned char)lower_case(text.data[0])] : 0;
    if (!seconds || (text.length > 1 && !(seconds & LETTER_BIT(text.data[1]))))
        return NULL;
    return word_filter_find(filter, text);
}
