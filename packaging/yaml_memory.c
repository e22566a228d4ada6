// Memory for libyaml, in programs that have musl linked in.
//
// libyaml takes its buffer anew for each document and gives it back afterwards. musl maps and unmaps a block of that size each time: it
// costs more than parsing a small document, and threads wait for each other. Here, each thread keeps the last block.
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

// Whoever compiles libyaml gives its malloc, realloc, free, and strdup these names.
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
