// base/shown.h
//
// User input as messages show it. Every message and output format that repeats user input uses this.
#pragma once

#include "base/buffer.h"
#include "base/source.h"

// Appends the text
// - without secrets: those of the sources (base/secrets.h; NULL: none), everything in a URL except scheme, host, path,
//   and the query parameters ref, version, timeout, and submodules, and the word after `--password` and similar flags
// - with control characters, line breaks, and characters that change the writing direction as escapes (`\n`, `\u202e`),
//   so that no name can fake a line
// - shortened in the middle to at most `max` bytes
void shown_add(struct sources *, struct slice text, size_t max, struct buffer *);
// The same for a text without secrets.
void shown_add_public(struct slice text, size_t max, struct buffer *);

// Appends the text without secrets but otherwise unchanged.
void shown_add_without_secrets(struct sources *, struct slice text, struct buffer *);
// Appends the text with those escapes but otherwise unchanged.
void shown_escape(struct slice text, struct buffer *);
// The same, as a string in the arena.
struct slice shown_escaped(struct arena *, struct slice text);

// The same as shown_add, as a string in the arena, of at most SHOWN_MAX bytes.
struct slice shown_text(struct arena *, struct sources *, struct slice text);

enum {
    SHOWN_MAX = 1600,       // bytes of a message, a hint, and so on
    SHOWN_PATH_MAX = 1000,  // bytes of the path before it
};

// Appends the text without the secrets of its URLs.
void shown_add_urls(struct slice text, struct buffer *);
// Calls `found` for each secret in its URLs: logins, their parts, and values of query parameters.
void shown_find_url_secrets(struct slice text, void (*found)(void *state, struct slice), void *state);
// True if a URL in it has a part that isn't shown.
bool shown_has_url_secret(struct slice text);

// The length in bytes of the first character of the text, which must not be empty. Sets `*hidden` if it must not be
// sent to a terminal. `*code` is 0 for a byte that isn't UTF-8.
size_t shown_character(struct slice text, uint32_t *code, bool *hidden);
