#include "base/utf8.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/unicode_ranges.h"

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

size_t character_write(uint32_t code, char bytes[CHARACTER_BYTES_MAX])
{
    static const unsigned char firsts[] = {0, 0xC0, 0xE0, 0xF0};
    unsigned more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes[0] = (char)(firsts[more] | code >> 6 * more);
    for (unsigned i = 1; i <= more; i++)
        bytes[i] = (char)(0x80 | (code >> 6 * (more - i) & 0x3F));
    return more + 1;
}

bool text_is_utf8(struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        uint64_t word = 0;
        if (text.length - at >= sizeof word)
            memcpy(&word, text.data + at, sizeof word);
        else
            word = 0x80;
        if (!(word & 0x8080808080808080u)) {
            at += sizeof word;
            continue;
        }
        struct character character = character_at(text, at);
        if (!character.valid)
            return false;
        at += character.length;
    }
    return true;
}

void text_add_valid(struct buffer *out, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(text, at);
        if (character.valid)
            buffer_add(out, text.data + at, character.length);
        else
            buffer_add_text(out, "\uFFFD");
        at += character.length;
    }
}

size_t text_mark_length(struct slice text)
{
    return slice_starts_with(text, slice_literal("\xEF\xBB\xBF")) ? 3 : 0;
}

size_t text_width(struct slice text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.length; i++)
        width += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return width;
}

size_t text_column_start(struct slice line, size_t column)
{
    size_t at = 0;
    for (size_t i = 1; i < column && at < line.length; i++)
        at += character_at(line, at).length;
    return at;
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

bool character_is_number(uint32_t code)
{
    if (code < 0x80)
        return code >= '0' && code <= '9';
    return in_ranges(unicode_numbers, countof(unicode_numbers), code);
}

bool character_is_printed(uint32_t code)
{
    if (code < 0x80)
        return code >= ' ' && code < 0x7F;
    return in_ranges(unicode_printed, countof(unicode_printed), code);
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

const char *character_space_name(uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *name;
    } spaces[] = {
        {0x00A0, "a no-break space (U+00A0)"},
        {0x2007, "a figure space (U+2007)"},
        {0x2009, "a thin space (U+2009)"},
        {0x200B, "a zero-width space (U+200B)"},
        {0x202F, "a narrow no-break space (U+202F)"},
        {0x3000, "an ideographic space (U+3000)"},
        {CHARACTER_BYTE_ORDER_MARK, "a byte order mark (U+FEFF)"},
    };
    for (size_t i = 0; i < countof(spaces); i++)
        if (spaces[i].code == code)
            return spaces[i].name;
    return NULL;
}
