// engine/words.h
//
// Words as a shell reads them.
#pragma once

#include "base/buffer.h"
#include "load/glob.h"

// Splits at blanks; quotes and backslashes are those of a shell, and nothing else means more than itself. False: a
// quote has no end, or the text ends with a backslash.
bool words_split(struct arena *, struct slice text, struct path_list *words);
// Appends one word, in quotes where it needs them.
void words_add(struct buffer *, struct slice word);
// Appends words with blanks between them.
void words_add_all(struct buffer *, const struct path_list *words);
// The same in a file of an engine, which reads them before the shell does: `escape` appends a text that it reads so.
void words_add_escaped(struct buffer *, const struct path_list *words, void (*escape)(struct buffer *, struct slice));
void words_add_one_escaped(struct buffer *, struct slice word, void (*escape)(struct buffer *, struct slice));
