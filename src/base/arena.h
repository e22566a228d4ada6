// base/arena.h
//
// Memory that lives until its owner is done and is then freed all at once. Everything a build creates lives in the
// build's arena; a function whose result outlives the call takes the arena.
//
// Memory is zeroed. If the thread's budget holds a secret (base/memory.h), arena_free overwrites the used part. Running
// out of memory doesn't return (base/fatal.h), so callers never check for NULL. An arena belongs to one thread at a
// time; arena_adopt hands a worker's memory to the build.
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "base/slice.h"

// Defined when every allocation gets a block of its own.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_SANITIZED 1
#endif

struct arena_block;

struct arena {
    struct arena_block *blocks;  // newest first
    char *next;                  // free memory of the newest block
    char *end;
};

// A zeroed `struct arena` is an empty arena.
void arena_free(struct arena *);

// An empty arena that starts with the caller's memory, which must be zeroed, aligned to 16 bytes, and valid until
// arena_free. For scratch memory that is nearly always small. It must not be adopted.
struct arena arena_over(void *memory, size_t size);

// Zeroed memory. `alignment` is a power of two, at most 16.
void *arena_allocate(struct arena *, size_t size, size_t alignment);

// Announces that about `size` bytes will be needed, so that they can come from large pages, which cost a fifth as much,
// if the system has them. Small sizes have no effect.
void arena_expect(struct arena *, size_t size);

// Moves all memory of `from` to `into` and leaves `from` empty.
void arena_adopt(struct arena *into, struct arena *from);

#define arena_new(arena, type) ((type *)arena_allocate((arena), sizeof(type), _Alignof(type)))
#define arena_array(arena, type, count) ((type *)arena_allocate_array((arena), (count), sizeof(type), _Alignof(type)))

void *arena_allocate_array(struct arena *, size_t count, size_t size, size_t alignment);

// A larger copy of an array whose first `count` items are in use; the rest is zero.
void *arena_grow(struct arena *, const void *items, size_t count, size_t capacity, size_t size, size_t alignment);

// The copies are followed by a NUL that isn't part of the length.
struct slice arena_copy(struct arena *, struct slice);
struct slice arena_join(struct arena *, struct slice, struct slice);
struct slice arena_format(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct slice arena_format_list(struct arena *, const char *format, va_list);

// A string that grows at the end in linear time (arena_join in a loop takes quadratic time and memory). A zeroed struct
// is the empty string. Slices of it remain valid when more is added.
struct arena_text {
    struct slice slice;
    size_t capacity;  // 0: the slice points to memory that the arena doesn't own
};
void arena_text_add(struct arena *, struct arena_text *, struct slice more);

// Appends `item` to a list struct with the members `items`, `count`, and `capacity`.
#define list_append(arena, list, item)                                                                                 \
    do {                                                                                                               \
        if ((list)->count == (list)->capacity) {                                                                       \
            size_t list_capacity_ = (list)->capacity ? (size_t)(list)->capacity * 2 : 4;                               \
            (list)->items = arena_grow((arena), (list)->items, (list)->count, list_capacity_, sizeof *(list)->items,   \
                                       16);                                                                            \
            (list)->capacity = list_capacity_;                                                                         \
        }                                                                                                              \
        (list)->items[(list)->count++] = (item);                                                                       \
    } while (0)

// Makes room for `wanted` items in all, when that many are expected.
#define list_reserve(arena, list, wanted)                                                                              \
    do {                                                                                                               \
        if ((list)->capacity < (wanted)) {                                                                             \
            (list)->items = arena_grow((arena), (list)->items, (list)->count, (wanted), sizeof *(list)->items, 16);    \
            (list)->capacity = (wanted);                                                                               \
        }                                                                                                              \
    } while (0)

#define countof(array) (sizeof(array) / sizeof *(array))
