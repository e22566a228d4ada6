#include "check/formats.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"

struct cursor {
    struct slice text;
    size_t at;
};

static char peek(const struct cursor *cursor)
{
    return cursor->at < cursor->text.length ? cursor->text.data[cursor->at] : '\0';
}

static bool is_end(const struct cursor *cursor)
{
    return cursor->at == cursor->text.length;
}

static bool take(struct cursor *cursor, char byte)
{
    if (is_end(cursor) || peek(cursor) != byte)
        return false;
    cursor->at++;
    return true;
}

static bool is_hex(char byte)
{
    return byte_is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

static size_t take_digits(struct cursor *cursor)
{
    size_t start = cursor->at;
    while (byte_is_digit(peek(cursor)))
        cursor->at++;
    return cursor->at - start;
}

// Parses a number from `least` to `most` that has exactly `digits` digits.
static bool take_number(struct cursor *cursor, size_t digits, int least, int most, int *number)
{
    *number = 0;
    for (size_t i = 0; i < digits; i++, cursor->at++) {
        if (!byte_is_digit(peek(cursor)))
            return false;
        *number = *number * 10 + (peek(cursor) - '0');
    }
    return *number >= least && *number <= most;
}

// --- Quantities.

static bool take_suffix(struct cursor *cursor)
{
    char unit = peek(cursor);
    if (is_end(cursor))
        return true;
    if (unit == 'e' || unit == 'E') {
        cursor->at++;
        bool is_exa = unit == 'E' && (is_end(cursor) || (peek(cursor) == 'i' && cursor->at + 1 == cursor->text.length));
        if (is_exa) {
            cursor->at = cursor->text.length;
            return true;
        }
        if (!take(cursor, '+'))
            take(cursor, '-');
        return take_digits(cursor) > 0;
    }
    if (!unit || !strchr("numkKMGTP", unit))
        return false;
    cursor->at++;
    bool binary = take(cursor, 'i');
    return binary ? strchr("KMGTP", unit) != NULL : unit != 'K';
}

bool format_is_quantity(struct slice text)
{
    struct cursor cursor = {text, 0};
    if (!take(&cursor, '+'))
        take(&cursor, '-');
    size_t digits = take_digits(&cursor);
    if (take(&cursor, '.'))
        digits += take_digits(&cursor);
    return digits && take_suffix(&cursor) && is_end(&cursor);
}

// --- Bytes and times.

bool format_is_base64(struct slice text)
{
    size_t count = 0, padding = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == '\n' || byte == '\r')
            continue;
        bool is_data = byte_is_alphanumeric(byte) || byte == '+' || byte == '/';
        if ((!is_data && byte != '=') || (is_data && padding))
            return false;
        padding += byte == '=';
        count++;
    }
    return count % 4 == 0 && padding <= 2;
}

static bool take_date(struct cursor *cursor)
{
    int year, month, day;
    if (!take_number(cursor, 4, 0, 9999, &year) || !take(cursor, '-') || !take_number(cursor, 2, 1, 12, &month) ||
        !take(cursor, '-') || !take_number(cursor, 2, 1, 31, &day))
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int days = month == 2 ? 28 + is_leap : 30 + (month + (month > 7)) % 2;
    return day <= days;
}

static bool take_time(struct cursor *cursor)
{
    int number;
    if (!take_number(cursor, 2, 0, 23, &number) || !take(cursor, ':') || !take_number(cursor, 2, 0, 59, &number) ||
        !take(cursor, ':') || !take_number(cursor, 2, 0, 60, &number))
        return false;
    if (take(cursor, '.') && !take_digits(cursor))
        return false;
    if (take(cursor, 'Z') || take(cursor, 'z'))
        return true;
    return (take(cursor, '+') || take(cursor, '-')) && take_number(cursor, 2, 0, 23, &number) && take(cursor, ':') &&
           take_number(cursor, 2, 0, 59, &number);
}

bool format_is_date_time(struct slice text)
{
    struct cursor cursor = {text, 0};
    return take_date(&cursor) && (take(&cursor, 'T') || take(&cursor, 't')) && take_time(&cursor) && is_end(&cursor);
}

static bool is_date(struct slice text)
{
    struct cursor cursor = {text, 0};
    return take_date(&cursor) && is_end(&cursor);
}

static bool take_unit(struct cursor *cursor)
{
    static const char *const units[] = {"ns", "us", "µs", "μs", "ms", "s", "m", "h"};
    struct slice rest = slice_from_index(cursor->text, cursor->at);
    for (size_t i = 0; i < countof(units); i++)
        if (slice_starts_with(rest, slice_from(units[i]))) {
            cursor->at += strlen(units[i]);
            return true;
        }
    return false;
}

// Go's form: 1h30m. API servers also accept words such as "3 days", which the same format allows.
static bool is_duration(struct slice text)
{
    static const char *const words[] = {"nano", "micro", "milli", "sec", "min", "hour",
                                        "hr",   "day",   "week",  "wk",  "d",   "w"};
    struct cursor cursor = {text, 0};
    if (!take(&cursor, '-'))
        take(&cursor, '+');
    if (slice_equals(slice_from_index(text, cursor.at), "0"))
        return true;
    bool any = false;
    while (!is_end(&cursor)) {
        size_t digits = take_digits(&cursor);
        if (take(&cursor, '.'))
            digits += take_digits(&cursor);
        if (!digits)
            return false;
        while (take(&cursor, ' '))
            continue;
        struct slice rest = slice_from_index(text, cursor.at);
        for (size_t i = 0; i < countof(words); i++)
            if (slice_starts_with(rest, slice_from(words[i])))
                return true;
        if (!take_unit(&cursor))
            return false;
        any = true;
    }
    return any;
}

// --- Addresses.

static bool take_ipv4(struct cursor *cursor)
{
    for (int part = 0; part < 4; part++) {
        size_t start = cursor->at, digits = take_digits(cursor);
        int number = 0;
        for (size_t i = start; i < cursor->at && digits <= 3; i++)
            number = number * 10 + (cursor->text.data[i] - '0');
        bool has_zero = digits > 1 && cursor->text.data[start] == '0';
        if (!digits || digits > 3 || number > 255 || has_zero || (part < 3 && !take(cursor, '.')))
            return false;
    }
    return true;
}

static bool is_ipv4(struct slice text)
{
    struct cursor cursor = {text, 0};
    return take_ipv4(&cursor) && is_end(&cursor);
}

static bool is_ipv6(struct slice text)
{
    struct cursor cursor = {text, 0};
    int groups = 0;
    bool has_gap = false, needs_group = true;
    if (slice_starts_with(text, slice_literal("::"))) {
        has_gap = true;
        needs_group = false;
        cursor.at = 2;
    }
    while (!is_end(&cursor) && groups < 8) {
        size_t start = cursor.at;
        struct cursor mapped = cursor;
        if (groups <= 6 && take_ipv4(&mapped) && is_end(&mapped)) {
            groups += 2;
            needs_group = false;
            cursor = mapped;
            break;
        }
        while (is_hex(peek(&cursor)))
            cursor.at++;
        if (cursor.at == start || cursor.at - start > 4)
            return false;
        groups++;
        needs_group = false;
        if (is_end(&cursor))
            break;
        if (!take(&cursor, ':'))
            return false;
        needs_group = true;
        if (peek(&cursor) == ':' && !is_end(&cursor)) {
            if (has_gap)
                return false;
            has_gap = true;
            needs_group = false;
            cursor.at++;
        }
    }
    return is_end(&cursor) && !needs_group && (has_gap ? groups < 8 : groups == 8);
}

static bool is_cidr(struct slice text)
{
    struct slice address, bits;
    if (!slice_cut(text, '/', &address, &bits) || !bits.length || bits.length > 3)
        return false;
    int number = 0;
    for (size_t i = 0; i < bits.length; i++) {
        if (!byte_is_digit(bits.data[i]))
            return false;
        number = number * 10 + (bits.data[i] - '0');
    }
    return (is_ipv4(address) && number <= 32) || (is_ipv6(address) && number <= 128);
}

// 6, 8, or 20 bytes, separated by colons or dashes, or in pairs separated by dots.
static bool is_mac(struct slice text)
{
    size_t digits = 0;
    char separator = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (is_hex(byte)) {
            digits++;
            continue;
        }
        if (!strchr(":-.", byte) || (separator && byte != separator))
            return false;
        separator = byte;
        if (!digits || digits % (byte == '.' ? 4 : 2) != 0)
            return false;
    }
    return separator && (digits == 12 || digits == 16 || digits == 40);
}

// --- Names.

static bool is_hostname(struct slice text)
{
    struct slice label;
    if (slice_ends_with(text, slice_literal(".")))
        text = slice_part(text, 0, text.length - 1);
    if (!text.length || text.length > 253)
        return false;
    while (text.length) {
        slice_cut(text, '.', &label, &text);
        if (!label.length || label.length > 63 || label.data[0] == '-' || label.data[label.length - 1] == '-')
            return false;
        for (size_t i = 0; i < label.length; i++)
            if (!byte_is_alphanumeric(label.data[i]) && label.data[i] != '-' && label.data[i] != '_' &&
                (unsigned char)label.data[i] < 0x80)
                return false;
    }
    return true;
}

static bool is_email(struct slice text)
{
    size_t at = slice_find_last_byte(text, '@');
    return at != SLICE_NOT_FOUND && at > 0 && at + 1 < text.length;
}

static bool is_uri(struct slice text)
{
    struct cursor cursor = {text, 0};
    if (peek(&cursor) == '/')
        return true;
    if (!byte_is_letter(peek(&cursor)))
        return false;
    while (byte_is_alphanumeric(peek(&cursor)) || (peek(&cursor) && strchr("+-.", peek(&cursor))))
        cursor.at++;
    return take(&cursor, ':') && !is_end(&cursor) && slice_find_byte(text, ' ') == SLICE_NOT_FOUND;
}

static bool is_uuid(struct slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '-')
            continue;
        if (!is_hex(text.data[i]))
            return false;
        digits++;
    }
    return digits == 32 && (text.length == 32 || text.length == 36);
}

bool format_fits(struct slice format, struct slice text, const char **expected)
{
    static const struct {
        const char *name, *expected;
        bool (*fits)(struct slice);
    } formats[] = {
        {"byte", "base64", format_is_base64},
        {"date", "a date such as 2026-01-31", is_date},
        {"date-time", "a time such as 2026-01-31T12:00:00Z", format_is_date_time},
        {"datetime", "a time such as 2026-01-31T12:00:00Z", format_is_date_time},
        {"duration", "a duration such as 1h30m", is_duration},
        {"email", "an email address", is_email},
        {"hostname", "a host name", is_hostname},
        {"ipv4", "an IPv4 address", is_ipv4},
        {"ipv6", "an IPv6 address", is_ipv6},
        {"cidr", "a network such as 10.0.0.0/8", is_cidr},
        {"mac", "a MAC address", is_mac},
        {"uri", "a URI", is_uri},
        {"uuid", "a UUID", is_uuid},
    };
    for (size_t i = 0; i < countof(formats); i++)
        if (slice_equals(format, formats[i].name)) {
            *expected = formats[i].expected;
            return formats[i].fits(text);
        }
    return true;
}
