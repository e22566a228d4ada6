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

#include "base/ascii.h"
#include "doc/timestamp.h"

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

// --- Interface.

static struct scalar_value resolve_number(struct slice text, enum dialect dialect)
{
    struct scalar_value value;
    if (timestamp_is(text))
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
        [SCALAR_STRING] = TAG_STRING, [SCALAR_NULL] = TAG_NULL,
        [SCALAR_BOOL] = TAG_BOOL,     [SCALAR_INT] = TAG_INT,
        [SCALAR_UINT] = TAG_INT,      [SCALAR_FLOAT] = TAG_FLOAT,
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

void node_map_set_unquoted(struct arena *arena, struct node *map, const struct name *key, struct node *value)
{
    bool is_new = !node_map_find(map, key);
    node_map_set(arena, map, key, value);
    if (is_new)
        node_map_find(map, key)->key_tag = scalar_unquoted_key_tag(key->text);
}

bool node_lacks_space(const struct node *scalar)
{
    struct slice key, value;
    if (scalar->style != STYLE_PLAIN || !slice_cut(node_text(scalar), ':', &key, &value) || !value.length)
        return false;
    for (size_t i = 0; i < key.length; i++)
        if (!byte_is_alphanumeric(key.data[i]))
            return false;
    return key.length > 0;
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
