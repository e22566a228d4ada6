#include "base/sha1.h"

#include <string.h>

enum { BLOCK = 64, LENGTH_AT = 56 };

struct state {
    uint32_t words[5];
    uint8_t block[BLOCK];
    size_t filled;
};

static uint32_t rotate(uint32_t word, int count)
{
    return (word << count) | (word >> (32 - count));
}

static uint32_t mix(int round, uint32_t b, uint32_t c, uint32_t d)
{
    return round < 20 ? (b & c) | (~b & d) : round >= 40 && round < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
}

static void digest_block(struct state *state, const uint8_t *block)
{
    static const uint32_t constants[] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
    uint32_t schedule[80], v[5];
    for (int i = 0; i < 16; i++)
        schedule[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
                      (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        schedule[i] = rotate(schedule[i - 3] ^ schedule[i - 8] ^ schedule[i - 14] ^ schedule[i - 16], 1);
    memcpy(v, state->words, sizeof v);
    for (int i = 0; i < 80; i++) {
        uint32_t next = rotate(v[0], 5) + mix(i, v[1], v[2], v[3]) + v[4] + constants[i / 20] + schedule[i];
        v[4] = v[3];
        v[3] = v[2];
        v[2] = rotate(v[1], 30);
        v[1] = v[0];
        v[0] = next;
    }
    for (int i = 0; i < 5; i++)
        state->words[i] += v[i];
}

static void add(struct state *state, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    while (length) {
        size_t room = BLOCK - state->filled, part = length < room ? length : room;
        memcpy(state->block + state->filled, at, part);
        at += part;
        length -= part;
        state->filled += part;
        if (state->filled == BLOCK) {
            digest_block(state, state->block);
            state->filled = 0;
        }
    }
}

void sha1(struct slice first, struct slice second, uint8_t digest[SHA1_BYTES])
{
    struct state state = {{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}, {0}, 0};
    uint64_t bits = ((uint64_t)first.length + second.length) * 8;
    uint8_t tail[8];
    static const uint8_t padding[BLOCK] = {0x80};
    if (first.length)
        add(&state, first.data, first.length);
    if (second.length)
        add(&state, second.data, second.length);
    add(&state, padding, 1 + (BLOCK + LENGTH_AT - 1 - state.filled) % BLOCK);
    for (int i = 0; i < 8; i++)
        tail[i] = (uint8_t)(bits >> (56 - 8 * i));
    add(&state, tail, sizeof tail);
    for (int i = 0; i < SHA1_BYTES; i++)
        digest[i] = (uint8_t)(state.words[i / 4] >> (24 - 8 * (i % 4)));
}
