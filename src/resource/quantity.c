#include "base/ascii.h"
#include "resource/quantity.h"

#include <stdint.h>
#include <stdlib.h>

enum { SMALLEST_EXPONENT = -9 };

// The digits from `at` on; `at` moves past them.
static struct slice take_digits(struct slice text, size_t *at)
{
    size_t start = *at;
    while (*at < text.length && byte_is_digit(text.data[*at]))
        ++*at;
    return slice_part(text, start, *at);
}

// --- Suffixes.

// `e5`, `E-3`. The exponent wraps as a 32-bit number.
static bool read_exponent(struct slice text, long *exponent)
{
    size_t start = text.length && (text.data[0] == '-' || text.data[0] == '+');
    if (text.length == start || text.length > start + 18)
        return false;
    long value = 0;
    for (size_t i = start; i < text.length; i++) {
        if (!byte_is_digit(text.data[i]))
            return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *exponent = (int32_t)(uint32_t)(text.data[0] == '-' ? -value : value);
    return true;
}

static bool read_suffix(struct slice suffix, long *decimal, int *binary)
{
    static const struct {
        const char *text;
        int decimal, binary;
    } suffixes[] = {
        {"", 0, 0},    {"n", -9, 0},  {"u", -6, 0},  {"m", -3, 0},  {"k", 3, 0},   {"M", 6, 0},
        {"G", 9, 0},   {"T", 12, 0},  {"P", 15, 0},  {"E", 18, 0},  {"Ki", 0, 10}, {"Mi", 0, 20},
        {"Gi", 0, 30}, {"Ti", 0, 40}, {"Pi", 0, 50}, {"Ei", 0, 60},
    };
    for (size_t i = 0; i < countof(suffixes); i++)
        if (slice_equals(suffix, suffixes[i].text)) {
            *decimal = suffixes[i].decimal;
            *binary = suffixes[i].binary;
            return true;
        }
    *binary = 0;
    return suffix.length > 1 && (suffix.data[0] == 'e' || suffix.data[0] == 'E') &&
           read_exponent(slice_from_index(suffix, 1), decimal);
}

// --- Numbers.

static void strip_zeros(struct quantity *quantity)
{
    struct slice digits = quantity->digits;
    while (digits.length && digits.data[0] == '0')
        digits = slice_from_index(digits, 1);
    while (digits.length && digits.data[digits.length - 1] == '0') {
        digits.length--;
        quantity->exponent++;
    }
    quantity->digits = digits;
}

static struct slice doubled(struct arena *arena, struct slice digits)
{
    char *out = arena_allocate(arena, digits.length + 1, 1);
    int carry = 0;
    for (size_t i = digits.length; i > 0; i--) {
        int value = (digits.data[i - 1] - '0') * 2 + carry;
        out[i] = (char)('0' + value % 10);
        carry = value / 10;
    }
    out[0] = (char)('0' + carry);
    return (struct slice){out + !carry, digits.length + (size_t)carry};
}

static struct slice incremented(struct arena *arena, struct slice digits)
{
    char *out = arena_allocate(arena, digits.length + 1, 1);
    out[0] = '0';
    if (digits.length)
        memcpy(out + 1, digits.data, digits.length);
    size_t at = digits.length;
    while (out[at] == '9')
        out[at--] = '0';
    out[at]++;
    return (struct slice){out, digits.length + 1};
}

// Rounds up to a multiple of the smallest unit.
static void round_up(struct arena *arena, struct quantity *quantity)
{
    if (quantity->exponent >= SMALLEST_EXPONENT || !quantity->digits.length)
        return;
    size_t dropped = (size_t)(SMALLEST_EXPONENT - quantity->exponent);
    size_t kept = dropped < quantity->digits.length ? quantity->digits.length - dropped : 0;
    quantity->digits = incremented(arena, slice_part(quantity->digits, 0, kept));
    quantity->exponent = SMALLEST_EXPONENT;
    strip_zeros(quantity);
}

static int compare_sizes(const struct quantity *a, const struct quantity *b)
{
    long first = (long)a->digits.length + a->exponent, second = (long)b->digits.length + b->exponent;
    if (!a->digits.length || !b->digits.length)
        return (a->digits.length > 0) - (b->digits.length > 0);
    if (first != second)
        return first < second ? -1 : 1;
    return slice_compare(a->digits, b->digits);
}

bool quantity_read(struct arena *arena, struct slice text, struct quantity *quantity)
{
    size_t at = text.length && (text.data[0] == '-' || text.data[0] == '+');
    if (!text.length)
        return false;
    *quantity = (struct quantity){.negative = text.data[0] == '-'};
    struct slice whole = take_digits(text, &at), fraction = {0};
    if (at < text.length && text.data[at] == '.') {
        at++;
        fraction = take_digits(text, &at);
    }
    long decimal;
    int binary;
    if (!read_suffix(slice_from_index(text, at), &decimal, &binary))
        return false;
    quantity->digits = arena_join(arena, whole, fraction);
    quantity->exponent = decimal - (long)fraction.length;
    strip_zeros(quantity);
    for (int i = 0; i < binary; i++)
        quantity->digits = doubled(arena, quantity->digits);
    strip_zeros(quantity);
    round_up(arena, quantity);
    static const struct quantity most = {.digits = {"9223372036854775807", 19}};
    if (binary && compare_sizes(quantity, &most) > 0) {
        quantity->digits = most.digits;
        quantity->exponent = 0;
    }
    if (!quantity->digits.length)
        quantity->negative = false;
    return true;
}

int quantity_compare(const struct quantity *a, const struct quantity *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    return a->negative ? compare_sizes(b, a) : compare_sizes(a, b);
}
