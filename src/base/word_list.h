// base/word_list.h
//
// Lists in sentences: "a and b", "a, b, or c".
#pragma once

#include "base/arena.h"

// The most names that a hint lists.
enum { HINT_NAMES_MAX = 4 };

// `word` comes before the last item; it is "or" if the reader chooses one of them. If there are more than `most` items,
// the rest is counted: "a, b, and 3 more", "a, b, or one of 3 more".
struct slice word_list(struct arena *, const struct slice *items, size_t count, size_t most, const char *word);
// The same with each item in single quotes.
struct slice word_list_quoted(struct arena *, const struct slice *items, size_t count, size_t most, const char *word);

// What there is, as a fact: "the only key of 'a' is 'b'", "the keys of 'a' are 'b', 'c', and 3 more". `noun` is "key",
// and `rest` is " of 'a'". At least one item.
struct slice word_list_fact(struct arena *, const char *noun, struct slice rest, const struct slice *items,
                            size_t count, size_t most);
