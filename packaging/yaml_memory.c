// Memory for libyaml, in programs that are linked with musl.
//
// libyaml allocates its buffers, queues, and strings for each document and frees them afterwards. musl has one lock for
// all threads, and maps and unmaps memory each time, which took a third of a large build. So each thread keeps freed
// blocks, by size.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Sizes are powers of two, from 32 bytes to 64 KiB, which libyaml's largest buffer needs. Larger ones are not kept.
enum { LEAST_SHIFT = 5, MOST_SHIFT = 16, SHELVES = MOST_SHIFT - LEAST_SHIFT + 1, KEPT_MOST = 64 * 1024 };

struct block {
    union {
        size_t size;         // of all of it, while it is in use
        struct block *next;  // on the same shelf
    };
    _Alignas(16) char memory[];
};

static _Thread_local struct shelf {
    struct block *first;
    size_t kept;  // bytes
} shelves[SHELVES];

// packaging/libraries.zig compiles libyaml with its malloc, realloc, free, and strdup renamed to these.
void *packaged_malloc(size_t size);
void *packaged_realloc(void *memory, size_t size);
void packaged_free(void *memory);
char *packaged_strdup(const char *text);

static struct block *block_of(void *memory)
{
    return (struct block *)((char *)memory - offsetof(struct block, memory));
}

// The shelf with blocks of at least this size; SHELVES: there is none.
static unsigned shelf_for(size_t size)
{
    if (size > (size_t)1 << MOST_SHIFT)
        return SHELVES;
    return size <= (size_t)1 << LEAST_SHIFT ? 0 : 64 - (unsigned)__builtin_clzll(size - 1) - LEAST_SHIFT;
}

void *packaged_malloc(size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size += sizeof(struct block);
    unsigned number = shelf_for(size);
    if (number < SHELVES) {
        size = (size_t)1 << (LEAST_SHIFT + number);
        struct shelf *shelf = &shelves[number];
        struct block *block = shelf->first;
        if (block) {
            shelf->first = block->next;
            shelf->kept -= size;
            block->size = size;
            return block->memory;
        }
    }
    struct block *block = malloc(size);
    if (!block)
        return NULL;
    block->size = size;
    return block->memory;
}

void *packaged_realloc(void *memory, size_t size)
{
    if (!memory)
        return packaged_malloc(size);
    size_t room = block_of(memory)->size - sizeof(struct block);
    if (size <= room)
        return memory;
    void *larger = packaged_malloc(size);
    if (!larger)
        return NULL;
    memcpy(larger, memory, room);
    packaged_free(memory);
    return larger;
}

void packaged_free(void *memory)
{
    if (!memory)
        return;
    struct block *block = block_of(memory);
    unsigned number = shelf_for(block->size);
    if (number == SHELVES || shelves[number].kept >= KEPT_MOST) {
        free(block);
        return;
    }
    struct shelf *shelf = &shelves[number];
    shelf->kept += block->size;
    block->next = shelf->first;
    shelf->first = block;
}

char *packaged_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = packaged_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}
