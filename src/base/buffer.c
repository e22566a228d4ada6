#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <sodium.h>

#include "base/fatal.h"
#include "base/memory.h"

void buffer_free(struct buffer *buffer)
{
    memory_give_back(buffer->capacity);
    free(buffer->data);
    *buffer = (struct buffer){0};
}

void buffer_wipe(struct buffer *buffer)
{
    if (buffer->data)
        sodium_memzero(buffer->data, buffer->capacity);
    buffer_free(buffer);
}

char *buffer_reserve(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 4 - buffer->length)
        fatal_out_of_memory();
    size_t needed = buffer->length + more;
    if (needed > buffer->capacity) {
        size_t capacity = buffer->capacity ? buffer->capacity : 256;
        while (capacity < needed)
            capacity *= 2;
        memory_take(capacity - buffer->capacity);
        char *grown = realloc(buffer->data, capacity);
        if (!grown)
            fatal_out_of_memory();
        buffer->data = grown;
        buffer->capacity = capacity;
    }
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
