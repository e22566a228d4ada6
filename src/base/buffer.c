#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>

#include <sodium.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "base/recovery.h"

void buffer_free(struct buffer *buffer)
{
    memory_return(buffer->capacity);
    piece_free(buffer->data);
    *buffer = (struct buffer){0};
}

void buffer_wipe(struct buffer *buffer)
{
    if (buffer->data && !memory_is_secret())  // otherwise buffer_free overwrites it
        sodium_memzero(buffer->data, buffer->capacity);
    buffer_free(buffer);
}

bool buffer_try_reserve(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 4 - buffer->length)
        return false;
    size_t needed = buffer->length + more;
    if (needed > buffer->capacity) {
        size_t capacity = buffer->capacity ? buffer->capacity : 256;
        while (capacity < needed)
            capacity *= 2;
        if (!memory_try_take(capacity - buffer->capacity))
            return false;
        char *grown = piece_try_resize(buffer->data, capacity);
        if (!grown)
            return false;
        buffer->data = grown;
        buffer->capacity = capacity;
    }
    return true;
}

char *buffer_reserve(struct buffer *buffer, size_t more)
{
    if (!buffer_try_reserve(buffer, more))
        fatal_out_of_memory();
    return buffer->data + buffer->length;
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        char *at = buffer_reserve(buffer, (size_t)length + 1);
        vsnprintf(at, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}
