// packaging/yaml_memory.c, as tests/release/run compiles it: blocks of random sizes keep their bytes, are aligned, and
// don't overlap, whether they are new, reused, or grown.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *packaged_malloc(size_t size);
void *packaged_realloc(void *memory, size_t size);
void packaged_free(void *memory);
char *packaged_strdup(const char *text);

enum { BLOCKS = 500, STEPS = 300 * 1000 };

static struct {
    unsigned char *memory;
    size_t size;
} blocks[BLOCKS];

// Each byte tells which block it belongs to, and where in it.
static unsigned char byte_of(size_t number, size_t at)
{
    return (unsigned char)(number * 7 + at);
}

static void check(size_t number, size_t size)
{
    for (size_t at = 0; at < size; at += at < 64 ? 1 : 61)
        if (blocks[number].memory[at] != byte_of(number, at)) {
            printf("block %zu has another byte at %zu of %zu\n", number, at, size);
            exit(1);
        }
}

static void fill(size_t number, size_t size)
{
    if (!blocks[number].memory || (uintptr_t)blocks[number].memory % 16) {
        printf("block %zu of %zu bytes is at %p\n", number, size, (void *)blocks[number].memory);
        exit(1);
    }
    blocks[number].size = size;
    for (size_t at = 0; at < size; at++)
        blocks[number].memory[at] = byte_of(number, at);
}

int main(void)
{
    uint64_t random = 1;
    for (unsigned step = 0; step < STEPS; step++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t number = (random >> 33) % BLOCKS, size = (random >> 20) % (random >> 61 ? 300 : 150 * 1000);
        if (blocks[number].memory)
            check(number, blocks[number].size);
        if (random >> 50 & 1) {
            size_t kept = blocks[number].memory && blocks[number].size < size ? blocks[number].size : size;
            kept = blocks[number].memory ? kept : 0;
            blocks[number].memory = packaged_realloc(blocks[number].memory, size);
            check(number, kept);
            fill(number, size);
        } else {
            packaged_free(blocks[number].memory);
            blocks[number].memory = packaged_malloc(size);
            fill(number, size);
        }
    }
    char *text = packaged_strdup("a text");
    if (packaged_malloc(SIZE_MAX - 8) || packaged_realloc(text, SIZE_MAX / 2 + 1) || strcmp(text, "a text") != 0) {
        puts("a block can't be that large");
        return 1;
    }
    puts("ok");
    return 0;
}
