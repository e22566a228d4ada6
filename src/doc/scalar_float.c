// The digits of floats (doc/scalar.h).
#include "doc/scalar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"

struct shortest {
    char digits[24];
    int count;
    int exponent;  // of the first digit
};

static bool reads_back(const struct shortest *decimal, double number)
{
    char text[48];
    snprintf(text, sizeof text, "%.*se%d", decimal->count, decimal->digits, decimal->exponent - decimal->count + 1);
    return strtod(text, NULL) == number;
}

static void round_to(double number, int count, struct shortest *decimal)
{
    char text[40];
    snprintf(text, sizeof text, "%.*e", count - 1, number);
    char *exponent = strchr(text, 'e');
    decimal->count = 0;
    // Takes all digits but not the decimal point, which depends on the locale.
    for (const char *at = text; at < exponent; at++)
        if (byte_is_digit(*at))
            decimal->digits[decimal->count++] = *at;
    decimal->exponent = (int)strtol(exponent + 1, NULL, 10);
}

// The next larger decimal of the same length. False if there is none, as for 9.99.
static bool increment(struct shortest *decimal)
{
    for (int i = decimal->count - 1; i >= 0; i--) {
        if (decimal->digits[i] < '9') {
            decimal->digits[i]++;
            return true;
        }
        decimal->digits[i] = '0';
    }
    return false;
}

// The fewest digits that read back as the same positive number.
static struct shortest shortest_decimal(double number)
{
    struct shortest decimal;
    // A normal double always preserves 15 digits, so a shorter result has trailing zeros.
    for (int count = number < 1e-290 ? 1 : 15; count <= 17; count++) {
        round_to(number, count, &decimal);
        if (reads_back(&decimal, number))
            break;
        // At a power of two, the gap above is twice the gap below, so the next larger decimal may be the right one.
        struct shortest above = decimal;
        if (increment(&above) && reads_back(&above, number)) {
            decimal = above;
            break;
        }
    }
    while (decimal.count > 1 && decimal.digits[decimal.count - 1] == '0')
        decimal.count--;
    return decimal;
}

static void write_with_exponent(struct buffer *out, const struct shortest *decimal, bool short_exponent)
{
    buffer_add_byte(out, decimal->digits[0]);
    if (decimal->count > 1) {
        buffer_add_byte(out, '.');
        buffer_add(out, decimal->digits + 1, (size_t)decimal->count - 1);
    }
    int exponent = decimal->exponent;
    buffer_add_format(out, short_exponent ? "e%c%d" : "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
}

static void write_positional(struct buffer *out, const struct shortest *decimal)
{
    int point = decimal->exponent + 1;  // digits before the decimal point
    if (point <= 0) {
        buffer_add_text(out, "0.");
        for (; point < 0; point++)
            buffer_add_byte(out, '0');
        buffer_add(out, decimal->digits, (size_t)decimal->count);
        return;
    }
    for (int i = 0; i < point; i++)
        buffer_add_byte(out, i < decimal->count ? decimal->digits[i] : '0');
    if (decimal->count > point) {
        buffer_add_byte(out, '.');
        buffer_add(out, decimal->digits + point, (size_t)(decimal->count - point));
    }
}

// Most numbers are small integers, whose digits need no search.
static bool write_small_integer(struct buffer *out, double number, int exponent_limit)
{
    if (number < 0 || number >= 1e15 || number != (double)(int64_t)number)
        return false;
    char digits[20];
    size_t count = 0;
    for (uint64_t rest = (uint64_t)number; rest || !count; rest /= 10)
        digits[sizeof digits - ++count] = (char)('0' + rest % 10);
    if ((int)count > exponent_limit)
        return false;
    buffer_add(out, digits + sizeof digits - count, count);
    return true;
}

void scalar_write_float(struct buffer *out, double number, int exponent_limit)
{
    bool json = exponent_limit > 20;  // Go's JSON uses exponents from 1e-7 on and writes `e-7`, not `e-07`
    if (isnan(number)) {
        buffer_add_text(out, "NaN");
        return;
    }
    if (signbit(number)) {
        buffer_add_byte(out, '-');
        number = -number;
    }
    if (isinf(number)) {
        buffer_add_text(out, "Inf");
        return;
    }
    if (number == 0) {
        buffer_add_byte(out, '0');
        return;
    }
    if (write_small_integer(out, number, exponent_limit))
        return;
    struct shortest decimal = shortest_decimal(number);
    if (decimal.exponent < (json ? -6 : -4) || decimal.exponent >= exponent_limit)
        write_with_exponent(out, &decimal, json);
    else
        write_positional(out, &decimal);
}
