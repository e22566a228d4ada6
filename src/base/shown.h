// base/shown.h
//
// Texts of users as messages show them. Every message and every format that repeats one goes through here.
#pragma once

#include "base/buffer.h"
#include "base/source.h"

// Appends the text
// - without secrets: those of the sources (base/secrets.h; NULL: none), what URLs show beside scheme, host, path and
//   the queries ref, version, timeout and submodules, and the word after `--password` and its like;
// - with control characters, and those that break lines or turn the direction of writing, as escapes (`\n`, `\u202e`),
//   so that no name forges a line of its own;
// - of at most `max` bytes: a longer one loses its middle.
void shown_add(struct sources *, struct slice text, size_t max, struct buffer *);
// The same for a text in which there are no secrets.
void shown_add_public(struct slice text, size_t max, struct buffer *);

// Appends the text without secrets, and nothing else changed.
void shown_add_without_secrets(struct sources *, struct slice text, struct buffer *);
// Appends the text with these escapes, and nothing else changed.
void shown_escape(struct slice text, struct buffer *);
// The same, in memory of the arena.
struct slice shown_escaped(struct arena *, struct slice text);

// What shown_add appends, in memory of the arena, of a whole message's length.
struct slice shown_text(struct arena *, struct sources *, struct slice text);

enum {
    SHOWN_MAX = 1600,       // bytes of a message, a hint, …
    SHOWN_PATH_MAX = 1000,  // of a path beside it
};

// Appends the text without the secrets of its URLs.
void shown_add_urls(struct slice text, struct buffer *);
// Calls `found` for each secret of its URLs: logins, their parts, and values of queries.
void shown_find_url_secrets(struct slice text, void (*found)(void *state, struct slice), void *state);
// True when a URL in it has something that is not shown.
bool shown_has_url_secret(struct slice text);

// The length in bytes of the character that the text begins with, which is not empty. `*hidden`: it is not to be sent
// to a terminal. `*code` is 0 for a byte that is not UTF-8.
size_t shown_character(struct slice text, uint32_t *code, bool *hidden);
