// base/base64.h
//
// Base64 with padding, in the alphabet with `+` and `/`: the values of Secrets, and `!!binary`.
#pragma once

#include "base/arena.h"

// Without line breaks, in the arena, and with a NUL after it.
struct slice base64_encode(struct arena *, struct slice bytes);

// Which white space may appear anywhere in the text and is skipped.
enum base64_form {
    BASE64_MADE,     // "\n": kustomize's generators write long values in lines
    BASE64_WRITTEN,  // "\n", "\r", and " ": what a user may have written
    BASE64_GO,       // "\n" and "\r", and the bits after the last byte don't have to be zero, as in Go
};

// Decodes `text` into `bytes`, which has room for `capacity` bytes; three bytes for each group of four digits are
// enough. An empty text has no bytes. False: the text isn't base64 of this form, or there isn't enough room. Then
// `*length` is the number of bytes before the first wrong byte of the text, or 0 if the last group before it is
// incomplete or there isn't enough room.
bool base64_decode(struct slice text, enum base64_form, unsigned char *bytes, size_t capacity, size_t *length);

// The same, with the result in the arena. False: `*decoded` is unchanged.
bool base64_decode_new(struct arena *, struct slice text, enum base64_form, struct slice *decoded);
