#include "doc/text_traits.h"

enum byte_class {
    BYTE_SPACE = 1,
    BYTE_COLON = 2,
    BYTE_HASH = 4,
    BYTE_LINE_FEED = 8,
    BYTE_TAB = 16,
    BYTE_CONTROL = 32,  // C0 except line feed and tab
    BYTE_BEYOND = 64,   // DEL and everything that isn't ASCII
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

// True if the text begins with an indicator or a document marker.
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

static bool is_printable(uint32_t code)
{
    return code == '\n' || (code >= 0x20 && code <= 0x7E) ||
           (code >= 0xA0 && code <= 0xFFFD && code != CHARACTER_BYTE_ORDER_MARK);
}

// Traits that need decoded characters.
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
        if (character_is_break(code)) {
            traits |= TEXT_BREAK;
            if (code == CHARACTER_NEXT_LINE)
                traits |= TEXT_NEXT_LINE;
            if (code == CHARACTER_LINE_SEPARATOR || code == CHARACTER_PARAGRAPH_SEPARATOR)
                traits |= TEXT_SEPARATOR;
            if (previous == ' ')
                traits |= TEXT_SPACE_BREAK;
            if (i == 0 || i + character.length == text.length)
                traits |= TEXT_EDGE;
        } else if (code == ' ' && character_is_break(previous)) {
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
