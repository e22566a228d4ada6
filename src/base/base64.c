#include "base/base64.h"

#include <sodium.h>

enum { GROUP_DIGITS = 4, GROUP_BYTES = 3, DIGIT_BITS = 6, BYTE_BITS = 8 };

struct slice base64_encode(struct arena *arena, struct slice bytes)
{
    size_t size = sodium_base64_encoded_len(bytes.length, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_allocate(arena, size, 1);
    sodium_bin2base64(text, size, (const unsigned char *)bytes.data, bytes.length, sodium_base64_VARIANT_ORIGINAL);
    return (struct slice){text, size - 1};
}

// -1: the byte isn't a digit.
static int digit_of(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

static bool is_blank(enum base64_form form, char byte)
{
    return byte == '\n' || (byte == '\r' && form != BASE64_MADE) || (byte == ' ' && form == BASE64_WRITTEN);
}

// libsodium's decoder refuses bits that Go ignores.
bool base64_decode(struct slice text, enum base64_form form, unsigned char *bytes, size_t capacity, size_t *length)
{
    uint32_t digits = 0;
    unsigned bits = 0;  // the last ones of `digits` that aren't part of a byte yet
    size_t at = 0, count = 0;
    *length = 0;
    for (; at < text.length; at++) {
        int digit = digit_of(text.data[at]);
        if (digit < 0 && is_blank(form, text.data[at]))
            continue;
        if (digit < 0)
            break;
        digits = digits << DIGIT_BITS | (uint32_t)digit;
        bits += DIGIT_BITS;
        if (bits < BYTE_BITS)
            continue;
        if (count == capacity)
            return false;
        bits -= BYTE_BITS;
        bytes[count++] = (unsigned char)(digits >> bits);
    }
    bool is_single = bits == DIGIT_BITS, has_rest = digits & ((1U << bits) - 1);
    if (is_single || (has_rest && form != BASE64_GO))
        return false;
    unsigned padding = bits / 2;  // two digits need two, three digits need one
    for (; at < text.length && (is_blank(form, text.data[at]) || (padding && text.data[at] == '=')); at++)
        padding -= text.data[at] == '=';
    if (padding)
        return false;
    *length = count;
    return at == text.length;
}

bool base64_decode_new(struct arena *arena, struct slice text, enum base64_form form, struct slice *decoded)
{
    size_t capacity = (text.length / GROUP_DIGITS + 1) * GROUP_BYTES, length;
    unsigned char *bytes = arena_allocate(arena, capacity, 1);
    if (!base64_decode(text, form, bytes, capacity, &length))
        return false;
    *decoded = (struct slice){(const char *)bytes, length};
    return true;
}
