#include "doc/characters.h"

#include "base/arena.h"
#include "doc/unicode_ranges.h"

struct character character_at(struct slice text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = text.length - at;
    uint32_t first = bytes[0];
    if (first < 0x80)
        return (struct character){first, 1, true};
    unsigned length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first >= 0xC2 && first <= 0xF4 && left >= length) {
        static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
        uint32_t code = first & (0x7Fu >> length);
        bool valid = true;
        for (unsigned i = 1; i < length; i++) {
            valid &= (bytes[i] & 0xC0) == 0x80;
            code = code << 6 | (bytes[i] & 0x3F);
        }
        if (valid && code >= smallest[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF))
            return (struct character){code, (uint8_t)length, true};
    }
    return (struct character){CHARACTER_REPLACEMENT, 1, false};
}

size_t character_before(struct slice text, size_t at)
{
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start--;
    return start + character_at(text, start).length == at ? start : at - 1;
}

static bool in_ranges(const uint32_t (*ranges)[2], size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranges[middle][1] < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ranges[low][0] <= code;
}

bool character_is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
    return in_ranges(unicode_letters, countof(unicode_letters), code);
}

bool character_is_digit(uint32_t code)
{
    if (code < 0x80)
        return code >= '0' && code <= '9';
    return in_ranges(unicode_digits, countof(unicode_digits), code);
}

bool character_is_space(uint32_t code)
{
    return (code >= '\t' && code <= '\r') || code == ' ' || code == CHARACTER_NEXT_LINE || code == 0xA0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == CHARACTER_LINE_SEPARATOR ||
           code == CHARACTER_PARAGRAPH_SEPARATOR || code == 0x202F || code == 0x205F || code == 0x3000;
}

struct slice text_trim_space(struct slice text)
{
    size_t start = 0, end = text.length;
    while (start < end) {
        struct character character = character_at(text, start);
        if (!character_is_space(character.code))
            break;
        start += character.length;
    }
    while (end > start) {
        size_t before = character_before(text, end);
        if (!character_is_space(character_at(text, before).code))
            break;
        end = before;
    }
    return slice_part(text, start, end);
}

// --- Traits.

enum byte_class {
    BYTE_SPACE = 1,
    BYTE_COLON = 2,
    BYTE_HASH = 4,
    BYTE_LINE_FEED = 8,
    BYTE_TAB = 16,
    BYTE_CONTROL = 32,  // C0 but line feed and tab
    BYTE_BEYOND = 64,   // DEL and everything that is not ASCII
    BYTE_QUOTE = 128,
};

// clang-format off
#define C BYTE_CONTROL
#define X BYTE_BEYOND
static const uint8_t byte_classes[256] = {
    C, C, C, C, C, C, C, C, C, BYTE_TAB, BYTE_LINE_FEED, C, C, C, C, C,
    C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
    BYTE_SPACE, 0, 0, BYTE_HASH, 0, 0, 0, BYTE_QUOTE, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, BYTE_COLON, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
};
#undef C
#undef X
// clang-format on

static unsigned classes_of(struct slice text)
{
    const unsigned char *at = (const unsigned char *)text.data, *end = at + text.length;
    unsigned first = 0, second = 0;
    for (; end - at >= 4; at += 4) {
        first |= byte_classes[at[0]] | byte_classes[at[1]];
        second |= byte_classes[at[2]] | byte_classes[at[3]];
    }
    for (; at < end; at++)
        first |= byte_classes[*at];
    return first | second;
}

// Indicators by the first character, and document markers.
static bool starts_as_indicator(struct slice text)
{
    switch (text.data[0]) {
    case '#':
    case ',':
    case '[':
    case ']':
    case '{':
    case '}':
    case '&':
    case '*':
    case '!':
    case '|':
    case '>':
    case '\'':
    case '"':
    case '%':
    case '@':
    case '`':
        return true;
    case '-':
        if (text.length >= 3 && text.data[1] == '-' && text.data[2] == '-')
            return true;
        return text.length == 1 || text.data[1] == ' ';
    case '.':
        return text.length >= 3 && text.data[1] == '.' && text.data[2] == '.';
    case '?':
    case ':':
        return text.length == 1 || text.data[1] == ' ';
    default:
        return false;
    }
}

static bool colon_ends_a_key(struct slice text)
{
    const char *at = text.data, *end = text.data + text.length;
    while ((at = memchr(at, ':', (size_t)(end - at)))) {
        at++;
        if (at == end || *at == ' ')
            return true;
    }
    return false;
}

static bool hash_starts_a_comment(struct slice text)
{
    const char *at = text.data, *end = text.data + text.length;
    while ((at = memchr(at, '#', (size_t)(end - at)))) {
        if (at == text.data || at[-1] == ' ')
            return true;
        at++;
    }
    return false;
}

static uint32_t line_feed_traits(struct slice text)
{
    uint32_t traits = TEXT_LINE_FEED | TEXT_BREAK;
    const char *at = text.data, *end = text.data + text.length;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        if (at > text.data && at[-1] == ' ')
            traits |= TEXT_SPACE_BREAK;
        at++;
        if (at == end)
            break;
        if (*at == ' ')
            traits |= TEXT_BREAK_SPACE;
    }
    return traits;
}

static bool is_break(uint32_t code)
{
    return code == '\n' || code == '\r' || code == CHARACTER_NEXT_LINE || code == CHARACTER_LINE_SEPARATOR ||
           code == CHARACTER_PARAGRAPH_SEPARATOR;
}

static bool is_printable(uint32_t code)
{
    return code == '\n' || (code >= 0x20 && code <= 0x7E) ||
           (code >= 0xA0 && code <= 0xFFFD && code != CHARACTER_BYTE_ORDER_MARK);
}

// What only a walk by characters shows.
static uint32_t character_traits(struct slice text)
{
    uint32_t traits = 0;
    uint32_t previous = 0;
    for (size_t i = 0; i < text.length;) {
        struct character character = character_at(text, i);
        uint32_t code = character.code;
        if (code >= 0x80)
            traits |= TEXT_WIDE;
        if (!character.valid)
            traits |= TEXT_INVALID;
        if (code != '\t' && !is_printable(code))
            traits |= TEXT_SPECIAL;
        if ((code >= 0x7F && code <= 0x9F && code != CHARACTER_NEXT_LINE) || code == 0xFFFE || code == 0xFFFF)
            traits |= TEXT_FORBIDDEN;
        if (is_break(code)) {
            traits |= TEXT_BREAK;
            if (code == CHARACTER_NEXT_LINE)
                traits |= TEXT_NEXT_LINE;
            if (code == CHARACTER_LINE_SEPARATOR || code == CHARACTER_PARAGRAPH_SEPARATOR)
                traits |= TEXT_SEPARATOR;
            if (previous == ' ')
                traits |= TEXT_SPACE_BREAK;
            if (i == 0 || i + character.length == text.length)
                traits |= TEXT_EDGE;
        } else if (code == ' ' && is_break(previous)) {
            traits |= TEXT_BREAK_SPACE;
        }
        previous = code;
        i += character.length;
    }
    return traits;
}

uint32_t text_traits(struct slice text)
{
    if (text.length == 0)
        return 0;
    uint32_t traits = starts_as_indicator(text) ? TEXT_INDICATOR : 0;
    unsigned classes = classes_of(text);
    if (classes == 0)
        return traits;
    if (classes & BYTE_QUOTE)
        traits |= TEXT_QUOTE;
    if (classes & BYTE_TAB)
        traits |= TEXT_TAB;
    if (classes & BYTE_COLON && colon_ends_a_key(text))
        traits |= TEXT_INDICATOR;
    if (classes & BYTE_HASH && hash_starts_a_comment(text))
        traits |= TEXT_INDICATOR;
    char first = text.data[0], last = text.data[text.length - 1];
    if (first == ' ' || last == ' ' || first == '\n' || last == '\n')
        traits |= TEXT_EDGE;
    if (last == ' ')
        traits |= TEXT_TRAILING_SPACE;
    if (classes & BYTE_LINE_FEED)
        traits |= line_feed_traits(text);
    if (classes & (BYTE_CONTROL | BYTE_BEYOND))
        traits |= character_traits(text);
    return traits;
}

// --- NEL.

bool text_fold_next_lines(struct buffer *out, struct slice text)
{
    out->length = 0;
    for (size_t i = 0; i < text.length;) {
        struct character character = character_at(text, i);
        if (character.code != ' ' && character.code != CHARACTER_NEXT_LINE) {
            buffer_add(out, text.data + i, character.length);
            i += character.length;
            continue;
        }
        size_t start = i, breaks = 0;
        bool line_is_new = false;
        while (i < text.length) {
            character = character_at(text, i);
            if (character.code != ' ' && character.code != CHARACTER_NEXT_LINE)
                break;
            line_is_new = character.code == CHARACTER_NEXT_LINE;
            breaks += line_is_new;
            i += character.length;
        }
        if (breaks == 0)
            buffer_add(out, text.data + start, i - start);
        else if (breaks == 1)
            buffer_add_byte(out, ' ');
        else
            memset(buffer_reserve(out, breaks - 1), '\n', breaks - 1), out->length += breaks - 1;
        // A document marker at the start of a line.
        struct slice rest = slice_from_index(text, i);
        if (line_is_new && rest.length > 3 &&
            (slice_starts_with(rest, slice_literal("---")) || slice_starts_with(rest, slice_literal("..."))) &&
            (rest.data[3] == ' ' || character_at(rest, 3).code == CHARACTER_NEXT_LINE))
            return false;
    }
    return true;
}
