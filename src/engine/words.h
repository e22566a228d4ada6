// engine/words.h
//
// Splits and quotes words like a shell.
#pragma once

#include "base/buffer.h"
#include "load/glob.h"

// Splits at blanks. Quotes and backslashes work as in a shell; nothing else is special. False: a quote is not closed,
// or the text ends with a backslash.
bool words_split(struct arena *, struct slice text, struct path_list *words);
// Appends one word, quoted if necessary.
void words_add(struct buffer *, struct slice word);
// Appends words, separated by blanks.
void words_add_all(struct buffer *, const struct path_list *words);
// The same for a file that an engine reads before the shell does. `escape` appends a string with the engine's own
// escapes.
void words_add_escaped(struct buffer *, const struct path_list *words, void (*escape)(struct buffer *, struct slice));
void words_add_one_escaped(struct buffer *, struct slice word, void (*escape)(struct buffer *, struct slice));
