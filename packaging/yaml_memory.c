// Memory for libyaml, in programs that are linked with musl.
//
// libyaml allocates its buffer for each document and frees it afterwards. musl maps and unmaps a block of that size
// each time, which costs more than parsing a small document and makes threads wait for each other. So each thread keeps
// the last block.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_LEAST = 16 * 1024, KEPT_MOST = 64 * 1024 };

struct block {
    size_t size;
    _Alignas(16) char memory[];
};

static _Thread_local struct block *kept;

// packaging/libraries.zig compiles libyaml with its malloc, realloc, free, and strdup renamed to these.
void *packaged_malloc(size_t size);
void *packaged_realloc(void *memory, size_t size);
void packaged_free(void *memory);
char *packaged_strdup(const char *text);

static struct block *block_of(void *memory)
{
    return (struct block *)((char *)memory - offsetof(struct block, memory));
}

void *packaged_malloc(size_t size)
{
    struct block *block = kept;
    if (block && block->size == size) {
        kept = NULL;
        return block->memory;
    }
    block = size < SIZE_MAX / 2 ? malloc(sizeof *block + size) : NULL;
    if (!block)
        return NULL;
    block->size = size;
    return block->memory;
}

void *packaged_realloc(void *memory, size_t size)
{
    if (!memory)
        return packaged_malloc(size);
    struct block *block = size < SIZE_MAX / 2 ? realloc(block_of(memory), sizeof *block + size) : NULL;
    if (!block)
        return NULL;
    block->size = size;
    return block->memory;
}

void packaged_free(void *memory)
{
    if (!memory)
        return;
    struct block *block = block_of(memory);
    if (block->size >= KEPT_LEAST && block->size <= KEPT_MOST) {
        struct block *before = kept;
        kept = block->size >= (before ? before->size : 0) ? block : before;
        block = kept == block ? before : block;
    }
    free(block);
}

char *packaged_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = packaged_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}
