// base/buffer.h
//
// Bytes that grow at the end: the output stream, the text to hash. Owns its memory; buffer_free
// releases it. A zeroed `struct buffer` is empty. Out of memory doesn't return (base/fatal.h).
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/slice.h"

struct buffer {
    char *data;
    size_t length;
    size_t capacity;
};

void buffer_free(struct buffer *);
// Overwrites the content before it is released: for secrets.
void buffer_wipe(struct buffer *);

// Makes room for `more` bytes and returns where they go; the caller adds to `length` what it used.
char *buffer_reserve(struct buffer *, size_t more);

// False: there is no memory for it, and nothing has changed. For a function that another library calls.
bool buffer_try_reserve(struct buffer *, size_t more);

static inline void buffer_add(struct buffer *buffer, const char *data, size_t length)
{
    if (length == 0)
        return;
    if (length > buffer->capacity - buffer->length)
        buffer_reserve(buffer, length);
    memcpy(buffer->data + buffer->length, data, length);
    buffer->length += length;
}

static inline void buffer_add_byte(struct buffer *buffer, char byte)
{
    if (buffer->length == buffer->capacity)
        buffer_reserve(buffer, 1);
    buffer->data[buffer->length++] = byte;
}

static inline void buffer_add_slice(struct buffer *buffer, struct slice slice)
{
    buffer_add(buffer, slice.data, slice.length);
}

static inline void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_add_format(struct buffer *, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer->data, buffer->length};
}
