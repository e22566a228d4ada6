#include "base/arena.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>

#include <sys/mman.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "base/recovery.h"

enum {
    BLOCK_SIZE_FIRST = 10 * 1024,  // a build of a few files fits into three blocks
    BLOCK_SIZE_MAX = 256 * 1024,
    STEP_ZEROED = 1024,      // small blocks are zeroed in steps, because most of the last block is never used
    STEP_FROM = 128 * 1024,  // blocks of at least this size come zeroed, and their pages are requested in steps
    STEP = 64 * 1024,
    PAGE = 4096,
    LARGE_PAGE = 2 * 1024 * 1024,
    EXPECTED_MAX = 64 * 1024 * 1024,
};

struct arena_block {
    struct arena_block *older;
    size_t size;    // of the memory after this header
    size_t used;    // out of date for the newest block: arena->next is its end
    size_t mapped;  // length of its own mapping; 0: it was allocated with piece_new or piece_resize
    _Alignas(16) char memory[];
};

// Called before another block becomes the newest.
static void note_use(const struct arena *arena)
{
#ifndef ARENA_SANITIZED
    if (arena->blocks)
        arena->blocks->used = (size_t)(arena->next - arena->blocks->memory);
#else
    (void)arena;
#endif
}

#ifndef ARENA_SANITIZED
#ifdef MADV_POPULATE_WRITE
// Requests the pages up to `to` at once. One at a time, a page whose zeros are read before it is written costs two
// faults, and the second one stalls the other threads.
static void populate(char *from, char *to)
{
    uintptr_t first = (uintptr_t)from & ~(uintptr_t)(PAGE - 1), last = (uintptr_t)to & ~(uintptr_t)(PAGE - 1);
    int error = errno;
    if (last > first)
        madvise((void *)first, last - first, MADV_POPULATE_WRITE);  // if it fails, the pages are faulted in one by one
    errno = error;
}
#else
static void populate(char *from, char *to)
{
    (void)from, (void)to;
}
#endif

static bool is_already_zeroed(size_t block_size)
{
    return block_size >= STEP_FROM - sizeof(struct arena_block);
}

// The bytes left in the newest block, including those after arena->end, where its last step ended.
static size_t rest_of_block(const struct arena *arena)
{
    if (!arena->blocks)
        return 0;
    return (size_t)(arena->blocks->memory + arena->blocks->size - arena->next);
}

// Makes `wanted` bytes of the newest block usable. The block must have that many left.
static void extend(struct arena *arena, size_t wanted)
{
    char *from = arena->end;
    bool is_zeroed = is_already_zeroed(arena->blocks->size);
    size_t rest = rest_of_block(arena), step = is_zeroed ? STEP : STEP_ZEROED;
    if (step < wanted)
        step = wanted;
    arena->end = arena->next + (step < rest ? step : rest);
    if (is_zeroed)
        populate(from, arena->end);
    else
        memset(from, 0, (size_t)(arena->end - from));
}

static char *add_block(struct arena *arena, size_t wanted)
{
    // Each block is twice as large as the one before, so a small build takes few pages and a large one few blocks.
    size_t size = arena->blocks ? arena->blocks->size * 2 : BLOCK_SIZE_FIRST;
    if (size > BLOCK_SIZE_MAX - sizeof(struct arena_block))
        size = BLOCK_SIZE_MAX - sizeof(struct arena_block);
    bool dedicated = wanted > size / 2;
    if (dedicated)
        size = wanted;
    memory_take(size);
    bool is_zeroed = (dedicated && arena->blocks) || is_already_zeroed(size);
    struct arena_block *block = is_zeroed ? piece_new(sizeof *block + size) : piece_resize(NULL, sizeof *block + size);
    block->size = size;
    block->mapped = 0;
    if (dedicated && arena->blocks) {
        block->used = size;
        // A large piece gets a block of its own; the current block keeps its free memory.
        block->older = arena->blocks->older;
        arena->blocks->older = block;
        return block->memory;
    }
    note_use(arena);
    block->older = arena->blocks;
    arena->blocks = block;
    arena->next = arena->end = block->memory;
    extend(arena, wanted);
    return NULL;
}
#endif

#if defined(MADV_HUGEPAGE) && !defined(ARENA_SANITIZED)
static struct arena_block *map_large_pages(size_t length)
{
    char *found = mmap(NULL, length + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (found == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)found & (LARGE_PAGE - 1);
    if (before)
        munmap(found, before);
    munmap(found + before + length, LARGE_PAGE - before);
    madvise(found + before, length, MADV_HUGEPAGE);
    return (void *)(found + before);
}

void arena_expect(struct arena *arena, size_t size)
{
    int error = errno;
    size_t length = (size + LARGE_PAGE - 1) & ~(size_t)(LARGE_PAGE - 1);
    if (size > EXPECTED_MAX)
        length = EXPECTED_MAX;
    if (size < LARGE_PAGE || !memory_try_take(length - sizeof(struct arena_block)))
        return;
    struct arena_block *block = map_large_pages(length);
    if (block) {
        note_use(arena);
        *block = (struct arena_block){.older = arena->blocks, .size = length - sizeof *block, .mapped = length};
        arena->blocks = block;
        arena->next = arena->end = block->memory;
    } else {
        memory_return(length - sizeof *block);
    }
    errno = error;
}
#else
void arena_expect(struct arena *arena, size_t size)
{
    (void)arena, (void)size;
}
#endif

struct arena arena_over(void *memory, size_t size)
{
#ifdef ARENA_SANITIZED
    (void)memory, (void)size;
    return (struct arena){0};
#else
    return (struct arena){.next = memory, .end = (char *)memory + size};
#endif
}

void *arena_allocate(struct arena *arena, size_t size, size_t alignment)
{
    assert(alignment && alignment <= 16 && (alignment & (alignment - 1)) == 0);
#ifdef ARENA_SANITIZED
    // Each allocation gets a block, so that the sanitizer sees every overrun.
    memory_take(size);
    struct arena_block *block = piece_new(sizeof *block + size);
    block->size = block->used = size;
    block->older = arena->blocks;
    arena->blocks = block;
    return block->memory;
#else
    size_t padding = arena->next ? -(uintptr_t)arena->next & (alignment - 1) : 0;
    if (!arena->next || size + padding > (size_t)(arena->end - arena->next)) {
        if (size > SIZE_MAX / 2)
            fatal_out_of_memory();
        if (arena->next && size + padding <= rest_of_block(arena)) {
            extend(arena, size + padding);
        } else {
            char *own = add_block(arena, size);
            if (own)
                return own;
            padding = 0;
        }
    }
    char *memory = arena->next + padding;
    arena->next = memory + size;
    return memory;
#endif
}

void *arena_allocate_array(struct arena *arena, size_t count, size_t size, size_t alignment)
{
    if (size && count > SIZE_MAX / 2 / size)
        fatal_out_of_memory();
    return arena_allocate(arena, count * size, alignment);
}

void *arena_grow(struct arena *arena, const void *items, size_t count, size_t capacity, size_t size, size_t alignment)
{
    assert(capacity >= count);
    void *grown = arena_allocate_array(arena, capacity, size, alignment);
    if (count)
        memcpy(grown, items, count * size);
    return grown;
}

void arena_adopt(struct arena *into, struct arena *from)
{
    if (!from->blocks)
        return;
    if (!into->blocks) {
        *into = *from;
    } else {
        struct arena_block *oldest = from->blocks;
        while (oldest->older)
            oldest = oldest->older;
        note_use(from);
        // Insert them after the newest block, whose free memory is still used.
        oldest->older = into->blocks->older;
        into->blocks->older = from->blocks;
    }
    *from = (struct arena){0};
}

void arena_free(struct arena *arena)
{
    bool is_secret = memory_is_secret();
    note_use(arena);
    for (struct arena_block *block = arena->blocks; block;) {
        struct arena_block *older = block->older;
        memory_return(block->size);
        if (is_secret)
            memory_overwrite(block->memory, block->used);
        if (block->mapped)
            munmap(block, block->mapped);
        else
            piece_release(block);
        block = older;
    }
    *arena = (struct arena){0};
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
    char *copy = arena_allocate(arena, text.length + 1, 1);
    if (text.length)
        memcpy(copy, text.data, text.length);
    return (struct slice){copy, text.length};
}

struct slice arena_join(struct arena *arena, struct slice left, struct slice right)
{
    char *copy = arena_allocate(arena, left.length + right.length + 1, 1);
    if (left.length)
        memcpy(copy, left.data, left.length);
    if (right.length)
        memcpy(copy + left.length, right.data, right.length);
    return (struct slice){copy, left.length + right.length};
}

void arena_text_add(struct arena *arena, struct arena_text *text, struct slice more)
{
    if (!text->slice.length && !text->capacity) {
        text->slice = more;
        return;
    }
    size_t length = text->slice.length + more.length;
    if (length > text->capacity) {
        text->capacity = length * 2;
        char *grown = arena_allocate(arena, text->capacity, 1);
        if (text->slice.length)
            memcpy(grown, text->slice.data, text->slice.length);
        text->slice.data = grown;
    }
    if (more.length)
        memcpy((char *)text->slice.data + text->slice.length, more.data, more.length);
    text->slice.length = length;
}

struct slice arena_format_list(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    assert(length >= 0);
    char *text = arena_allocate(arena, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return (struct slice){text, (size_t)length};
}

struct slice arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_format_list(arena, format, arguments);
    va_end(arguments);
    return text;
}
