// doc/scalar.c
//
// Recognizes null, booleans, numbers, and timestamps. The first byte decides most cases: a text that doesn't begin with
// `+`, `-`, `.`, `~`, a digit, or a letter of a known word is a string.
#include "doc/scalar.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum first_byte { FIRST_OTHER, FIRST_WORD, FIRST_SIGN, FIRST_DIGIT, FIRST_DOT, FIRST_LESS };

static const unsigned char first_bytes[256] = {
    ['y'] = FIRST_WORD,  ['Y'] = FIRST_WORD,  ['n'] = FIRST_WORD,  ['N'] = FIRST_WORD,  ['t'] = FIRST_WORD,
    ['T'] = FIRST_WORD,  ['f'] = FIRST_WORD,  ['F'] = FIRST_WORD,  ['o'] = FIRST_WORD,  ['O'] = FIRST_WORD,
    ['~'] = FIRST_WORD,  ['+'] = FIRST_SIGN,  ['-'] = FIRST_SIGN,  ['.'] = FIRST_DOT,   ['<'] = FIRST_LESS,
    ['0'] = FIRST_DIGIT, ['1'] = FIRST_DIGIT, ['2'] = FIRST_DIGIT, ['3'] = FIRST_DIGIT, ['4'] = FIRST_DIGIT,
    ['5'] = FIRST_DIGIT, ['6'] = FIRST_DIGIT, ['7'] = FIRST_DIGIT, ['8'] = FIRST_DIGIT, ['9'] = FIRST_DIGIT,
};

struct word {
    const char *text;  // also accepted capitalized and in upper case
    bool yaml11_only;
    enum scalar_type type;
    bool boolean;
};

static const struct word words[] = {
    {"true", false, SCALAR_BOOL, true}, {"false", false, SCALAR_BOOL, false}, {"null", false, SCALAR_NULL, false},
    {"~", false, SCALAR_NULL, false},   {"yes", true, SCALAR_BOOL, true},     {"no", true, SCALAR_BOOL, false},
    {"on", true, SCALAR_BOOL, true},    {"off", true, SCALAR_BOOL, false},    {"y", true, SCALAR_BOOL, true},
    {"n", true, SCALAR_BOOL, false},
};

enum dialect { RESOURCE, YAML11 };

static const struct scalar_value string_value = {.type = SCALAR_STRING};

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

// `word`, `Word`, or `WORD`.
static bool is_word(struct slice text, const char *word)
{
    size_t lowers = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!word[i] || lower(text.data[i]) != word[i])
            return false;
        lowers += i > 0 && text.data[i] == word[i];
    }
    if (word[text.length])
        return false;
    return lowers + 1 == text.length || (lowers == 0 && text.data[0] != word[0]);
}

static struct scalar_value resolve_word(struct slice text, enum dialect dialect)
{
    if (text.length > 5)
        return string_value;
    for (size_t i = 0; i < countof(words); i++)
        if (lower(text.data[0]) == words[i].text[0] && is_word(text, words[i].text))
            return words[i].yaml11_only && dialect == RESOURCE
                       ? string_value
                       : (struct scalar_value){.type = words[i].type, .boolean = words[i].boolean};
    return string_value;
}

// `.inf` and `.nan` in the accepted cases; only the former may have a sign.
static bool resolve_not_finite(struct slice text, struct scalar_value *value)
{
    bool sign = text.data[0] != '.';
    struct slice dotted = slice_from_index(text, sign);
    if (dotted.length != 4 || dotted.data[0] != '.')
        return false;
    struct slice name = slice_from_index(dotted, 1);
    value->type = SCALAR_FLOAT;
    if (is_word(name, "inf")) {
        value->number = text.data[0] == '-' ? -INFINITY : INFINITY;
        return true;
    }
    if (!sign && (slice_equals(name, "nan") || slice_equals(name, "NaN") || slice_equals(name, "NAN"))) {
        value->number = NAN;
        return true;
    }
    return false;
}

// --- Numbers. Underscores are ignored wherever they are.

struct cursor {
    const char *at, *end;
};

static int peek(struct cursor *cursor)
{
    while (cursor->at < cursor->end && *cursor->at == '_')
        cursor->at++;
    return cursor->at < cursor->end ? (unsigned char)*cursor->at : -1;
}

static int digit_value(int byte)
{
    if (is_digit(byte))
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    return 99;
}

// Reads digits up to the end. False on another byte or on more than 64 bits.
static bool read_digits(struct cursor cursor, int base, uint64_t *number, size_t *digits)
{
    *number = 0;
    *digits = 0;
    for (int byte; (byte = peek(&cursor)) >= 0; cursor.at++) {
        int digit = digit_value(byte);
        if (digit >= base || *number > (UINT64_MAX - (uint64_t)digit) / (uint64_t)base)
            return false;
        *number = *number * (uint64_t)base + (uint64_t)digit;
        ++*digits;
    }
    return true;
}

static bool signed_value(uint64_t magnitude, bool negative, struct scalar_value *value)
{
    if (magnitude > (uint64_t)INT64_MAX + negative)
        return false;
    value->type = SCALAR_INT;
    value->integer = negative ? (int64_t)-magnitude : (int64_t)magnitude;
    return true;
}

static int base_of_prefix(int byte)
{
    switch (byte) {
    case 'x':
    case 'X':
        return 16;
    case 'b':
    case 'B':
        return 2;
    case 'o':
    case 'O':
        return 8;
    default:
        return 0;
    }
}

// Decimal, or in the base of the prefix. A leading zero without a prefix means octal.
static bool resolve_integer(struct cursor cursor, struct scalar_value *value)
{
    int sign = peek(&cursor);
    bool has_sign = sign == '+' || sign == '-';
    cursor.at += has_sign;
    int base = 10;
    size_t digits, needed = 1;
    if (peek(&cursor) == '0') {
        cursor.at++;
        base = base_of_prefix(peek(&cursor));
        if (base)
            cursor.at++;
        else
            base = 8, needed = 0;
    }
    uint64_t number;
    if (!read_digits(cursor, base, &number, &digits) || digits < needed)
        return false;
    if (signed_value(number, sign == '-', value))
        return true;
    value->type = SCALAR_UINT;
    value->unsigned_integer = number;
    return !has_sign;
}

// `0b-101` and, in resources, `0o-17`: a sign after the prefix is a quirk of the parsers.
static bool resolve_sign_after_prefix(struct cursor cursor, enum dialect dialect, struct scalar_value *value)
{
    if (peek(&cursor) != '0')
        return false;
    cursor.at++;
    int prefix = peek(&cursor);
    if (prefix != 'b' && (prefix != 'o' || dialect == YAML11))
        return false;
    cursor.at++;
    int sign = peek(&cursor);
    if (sign != '+' && sign != '-')
        return false;
    cursor.at++;
    uint64_t number;
    size_t digits;
    return read_digits(cursor, base_of_prefix(prefix), &number, &digits) && digits &&
           signed_value(number, sign == '-', value);
}

// 767 digits decide how a double is rounded; the rest can only break a tie.
enum { SIGNIFICANT_MAX = 800 };

struct decimal {
    char digits[SIGNIFICANT_MAX + 40];  // room for an exponent
    size_t count;
    int64_t exponent;  // the power of ten of the last digit
    bool rest;         // a digit after SIGNIFICANT_MAX isn't zero
};

static void add_digit(struct decimal *decimal, int byte, bool fraction)
{
    decimal->exponent -= fraction;
    if (decimal->count == 0 && byte == '0')
        return;
    if (decimal->count < SIGNIFICANT_MAX) {
        decimal->digits[decimal->count++] = (char)byte;
    } else {
        decimal->rest |= byte != '0';
        decimal->exponent++;
    }
}

// Matches [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? to the end. False if the number is out of range.
static bool resolve_float(struct cursor cursor, struct scalar_value *value)
{
    struct decimal decimal;
    decimal.count = 0;
    decimal.exponent = 0;
    decimal.rest = false;
    int sign = peek(&cursor);
    cursor.at += sign == '+' || sign == '-';

    bool digits = false;
    for (int byte; is_digit(byte = peek(&cursor)); cursor.at++, digits = true)
        add_digit(&decimal, byte, false);
    if (peek(&cursor) == '.') {
        cursor.at++;
        for (int byte; is_digit(byte = peek(&cursor)); cursor.at++, digits = true)
            add_digit(&decimal, byte, true);
    }
    if (!digits)
        return false;
    int byte = peek(&cursor);
    if (byte == 'e' || byte == 'E') {
        cursor.at++;
        byte = peek(&cursor);
        bool negative = byte == '-';
        cursor.at += byte == '+' || byte == '-';
        if (!is_digit(peek(&cursor)))
            return false;
        int64_t exponent = 0;
        // Like Go, ignores further digits of an exponent above 10000.
        for (; is_digit(byte = peek(&cursor)); cursor.at++)
            if (exponent < 10000)
                exponent = exponent * 10 + (byte - '0');
        decimal.exponent += negative ? -exponent : exponent;
    }
    if (peek(&cursor) >= 0)
        return false;

    value->type = SCALAR_FLOAT;
    value->number = 0;
    if (decimal.count) {
        if (decimal.rest) {
            decimal.digits[decimal.count++] = '1';
            decimal.exponent--;
        }
        // Without a decimal point, so that the locale doesn't matter.
        snprintf(decimal.digits + decimal.count, sizeof decimal.digits - decimal.count, "e%" PRId64, decimal.exponent);
        value->number = strtod(decimal.digits, NULL);
    }
    if (sign == '-')
        value->number = -value->number;
    return !isinf(value->number);
}

// True if all underscores are between digits, as required in a number that begins with a dot.
static bool underscores_between_digits(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '_' &&
            (!i || i + 1 == text.length || !is_digit(text.data[i - 1]) || !is_digit(text.data[i + 1])))
            return false;
    return true;
}

// --- Timestamps.

struct timestamp {
    int year, month, day, hour, minute, second, nanoseconds;
    int zone;  // minutes east of Greenwich
};

// One or two digits of at most `max`.
static bool read_part(struct cursor *cursor, int max, int *part)
{
    if (cursor->at == cursor->end || !is_digit(*cursor->at))
        return false;
    *part = *cursor->at++ - '0';
    if (cursor->at < cursor->end && is_digit(*cursor->at))
        *part = *part * 10 + (*cursor->at++ - '0');
    return *part <= max;
}

static bool read_byte(struct cursor *cursor, char byte)
{
    if (cursor->at == cursor->end || *cursor->at != byte)
        return false;
    cursor->at++;
    return true;
}

static void read_fraction(struct cursor *cursor, int *nanoseconds)
{
    if (cursor->end - cursor->at < 2 || (*cursor->at != '.' && *cursor->at != ',') || !is_digit(cursor->at[1]))
        return;
    cursor->at++;
    for (int unit = 100000000; cursor->at < cursor->end && is_digit(*cursor->at); cursor->at++, unit /= 10)
        *nanoseconds += unit * (*cursor->at - '0');
}

static bool read_zone(struct cursor *cursor, int *zone)
{
    if (read_byte(cursor, 'Z'))
        return true;
    const char *at = cursor->at;
    if (cursor->end - at < 6 || (at[0] != '+' && at[0] != '-') || at[3] != ':' || !is_digit(at[1]) ||
        !is_digit(at[2]) || !is_digit(at[4]) || !is_digit(at[5]))
        return false;
    int hours = (at[1] - '0') * 10 + (at[2] - '0'), minutes = (at[4] - '0') * 10 + (at[5] - '0');
    *zone = (hours * 60 + minutes) * (at[0] == '-' ? -1 : 1);
    cursor->at += 6;
    return hours <= 24 && minutes <= 60;
}

static int days_of_month(int month, int year)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

static bool read_time(struct cursor *cursor, struct timestamp *time)
{
    return read_part(cursor, 23, &time->hour) && read_byte(cursor, ':') && read_part(cursor, 59, &time->minute) &&
           read_byte(cursor, ':') && read_part(cursor, 59, &time->second);
}

// A zone must follow a time after `T`, and none may follow a time after a space.
static bool resolve_timestamp(struct slice text, struct timestamp *time)
{
    if (text.length < 8 || text.data[4] != '-' || !is_digit(text.data[0]))
        return false;
    *time = (struct timestamp){0};
    for (int i = 0; i < 4; i++) {
        if (!is_digit(text.data[i]))
            return false;
        time->year = time->year * 10 + (text.data[i] - '0');
    }
    struct cursor cursor = {text.data + 5, text.data + text.length};
    if (!read_part(&cursor, 12, &time->month) || !time->month || !read_byte(&cursor, '-') ||
        !read_part(&cursor, 31, &time->day) || !time->day || time->day > days_of_month(time->month, time->year))
        return false;
    if (cursor.at == cursor.end)
        return true;
    if (read_byte(&cursor, ' ')) {
        while (read_byte(&cursor, ' '))
            continue;
        if (!read_time(&cursor, time))
            return false;
        read_fraction(&cursor, &time->nanoseconds);
        return cursor.at == cursor.end;
    }
    if ((!read_byte(&cursor, 'T') && !read_byte(&cursor, 't')) || !read_time(&cursor, time))
        return false;
    read_fraction(&cursor, &time->nanoseconds);
    return read_zone(&cursor, &time->zone) && cursor.at == cursor.end;
}

// --- Interface.

static struct scalar_value resolve_number(struct slice text, enum dialect dialect)
{
    struct scalar_value value;
    struct timestamp time;
    if (resolve_timestamp(text, &time))
        return (struct scalar_value){.type = SCALAR_TIMESTAMP};
    struct cursor cursor = {text.data, text.data + text.length};
    if (resolve_integer(cursor, &value) || resolve_float(cursor, &value) ||
        resolve_sign_after_prefix(cursor, dialect, &value))
        return value;
    return string_value;
}

static struct scalar_value resolve(struct slice text, enum dialect dialect)
{
    if (text.length == 0)
        return (struct scalar_value){.type = SCALAR_NULL};
    struct scalar_value value;
    switch (first_bytes[(unsigned char)text.data[0]]) {
    case FIRST_WORD:
        return resolve_word(text, dialect);
    case FIRST_SIGN:
        if (resolve_not_finite(text, &value))
            return value;
        return resolve_number(text, dialect);
    case FIRST_DIGIT:
        return resolve_number(text, dialect);
    case FIRST_DOT:
        if (resolve_not_finite(text, &value))
            return value;
        if (underscores_between_digits(text) &&
            resolve_float((struct cursor){text.data, text.data + text.length}, &value))
            return value;
        return string_value;
    case FIRST_LESS:
        return text.length == 2 && text.data[1] == '<' ? (struct scalar_value){.type = SCALAR_MERGE} : string_value;
    default:
        return string_value;
    }
}

struct scalar_value scalar_resolve(struct slice text)
{
    return resolve(text, RESOURCE);
}

struct scalar_value scalar_resolve_yaml11(struct slice text)
{
    struct scalar_value value = resolve(text, YAML11);
    return value.type == SCALAR_TIMESTAMP ? string_value : value;
}

enum node_tag scalar_resolve_tag(struct slice text)
{
    static const unsigned char tags[] = {
        [SCALAR_STRING] = TAG_STRING, [SCALAR_NULL] = TAG_NULL,   [SCALAR_BOOL] = TAG_BOOL,
        [SCALAR_INT] = TAG_INT,       [SCALAR_UINT] = TAG_INT,    [SCALAR_FLOAT] = TAG_FLOAT,
        [SCALAR_MERGE] = TAG_MERGE,   [SCALAR_TIMESTAMP] = TAG_TIMESTAMP,
    };
    if (text.length && first_bytes[(unsigned char)text.data[0]] == FIRST_OTHER)
        return TAG_STRING;
    return (enum node_tag)tags[resolve(text, RESOURCE).type];
}

enum node_tag scalar_unquoted_key_tag(struct slice text)
{
    enum node_tag tag = scalar_resolve_tag(text);
    return tag == TAG_STRING || tag == TAG_MERGE ? TAG_IMPLICIT : tag;
}

enum node_tag node_resolved_tag(const struct node *scalar)
{
    return scalar->tag == TAG_IMPLICIT ? scalar_resolve_tag(node_text(scalar)) : (enum node_tag)scalar->tag;
}

// [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
static bool is_base60(struct slice text)
{
    const char *at = text.data, *end = text.data + text.length;
    at += *at == '+' || *at == '-';
    if (at == end || !is_digit(*at))
        return false;
    while (at < end && (is_digit(*at) || *at == '_'))
        at++;
    if (at == end || *at != ':')
        return false;
    while (at < end && *at == ':') {
        at++;
        if (at == end || !is_digit(*at))
            return false;
        if (at + 1 < end && is_digit(at[1])) {
            if (*at > '5')
                return false;
            at++;
        }
        at++;
    }
    if (at < end && *at == '.')
        for (at++; at < end && (is_digit(*at) || *at == '_'); at++)
            continue;
    return at == end;
}

bool scalar_needs_quotes(struct slice text)
{
    if (text.length == 0)
        return true;
    switch (first_bytes[(unsigned char)text.data[0]]) {
    case FIRST_OTHER:
    case FIRST_LESS:
        return false;
    case FIRST_WORD:
        return text.length <= 5 && resolve_word(text, YAML11).type != SCALAR_STRING;
    default:
        return resolve(text, YAML11).type != SCALAR_STRING || is_base60(text);
    }
}

// --- Floats as text.

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
        if (is_digit(*at))
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

bool scalar_timestamp_write(struct buffer *out, struct slice text)
{
    struct timestamp time;
    if (!resolve_timestamp(text, &time))
        return false;
    buffer_add_format(out, "%04d-%02d-%02dT%02d:%02d:%02d", time.year, time.month, time.day, time.hour, time.minute,
                      time.second);
    if (time.nanoseconds) {
        buffer_add_format(out, ".%09d", time.nanoseconds);
        while (out->data[out->length - 1] == '0')
            out->length--;
    }
    if (time.zone)
        buffer_add_format(out, "%c%02d:%02d", time.zone < 0 ? '-' : '+', abs(time.zone) / 60, abs(time.zone) % 60);
    else
        buffer_add_byte(out, 'Z');
    return true;
}

bool scalar_timestamp_text(struct arena *arena, struct slice text, struct slice *rfc3339)
{
    struct buffer out = {0};
    bool is_timestamp = scalar_timestamp_write(&out, text);
    if (is_timestamp)
        *rfc3339 = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return is_timestamp;
}

bool scalar_parse_decimal(struct slice text, int64_t *number)
{
    char digits[24];
    size_t sign = text.length && (text.data[0] == '+' || text.data[0] == '-');
    if (text.length <= sign || text.length >= sizeof digits)
        return false;
    for (size_t i = sign; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    memcpy(digits, text.data, text.length);
    digits[text.length] = 0;
    errno = 0;
    long long value = strtoll(digits, NULL, 10);
    *number = value;
    return errno == 0;
}

bool scalar_is_ambiguous(struct slice text)
{
    if (!text.length || slice_find_byte(text, '\n') != SLICE_NOT_FOUND)
        return false;
    enum scalar_type type = scalar_resolve_yaml11(text).type;
    if (type != SCALAR_STRING)
        return type != SCALAR_TIMESTAMP && type != SCALAR_MERGE;
    char first = text.data[0], last = text.data[text.length - 1];
    if (first == '"' || first == '\'')
        return false;
    return first == '#' || (first == '{' && last == '}') || (first == '[' && last == ']') ||
           slice_starts_with(text, slice_literal("- ")) || last == ':' ||
           slice_find(text, slice_literal(": ")) != SLICE_NOT_FOUND;
}
