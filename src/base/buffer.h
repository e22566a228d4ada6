// base/buffer.h
//
// A byte string that grows at the end, for output or for data to hash. Owns its memory, which buffer_free releases. A
// zeroed struct is empty. Running out of memory doesn't return (base/fatal.h).
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

// Makes room for `more` bytes and returns where to write them; the caller adds the bytes written to `length`.
char *buffer_reserve(struct buffer *, size_t more);

// False if there isn't enough memory; the buffer is then unchanged. For callbacks of other libraries.
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
