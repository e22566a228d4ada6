// base/utf8.h
//
// The characters of a text in UTF-8, and what Unicode says of them. The one decoder, and the one encoder.
#pragma once

#include "base/slice.h"

struct buffer;

enum {
    CHARACTER_NEXT_LINE = 0x85,
    CHARACTER_LINE_SEPARATOR = 0x2028,
    CHARACTER_PARAGRAPH_SEPARATOR = 0x2029,
    CHARACTER_BYTE_ORDER_MARK = 0xFEFF,
    CHARACTER_REPLACEMENT = 0xFFFD,
};
enum { CHARACTER_BYTES_MAX = 4 };

struct character {
    uint32_t code;
    uint8_t length;  // in bytes
    bool valid;      // else one byte that is no UTF-8, as CHARACTER_REPLACEMENT
};

// The character that starts at byte `at`, which is less than the length.
struct character character_at(struct slice text, size_t at);
// Writes a character, which is no surrogate. Returns its length.
size_t character_write(uint32_t code, char bytes[CHARACTER_BYTES_MAX]);
// True when all of it is valid: no surrogates, no overlong forms.
bool text_is_utf8(struct slice);
// Appends the text, with U+FFFD in the place of each byte that is no UTF-8.
void text_add_valid(struct buffer *, struct slice text);
// What a space is called that YAML does not take for one, as "a no-break space (U+00A0)"; NULL: it is no such space.
const char *character_odd_space(uint32_t code);
// The columns that a text takes, a character each.
size_t text_width(struct slice);
// Where the character before byte `at` starts; `at` is more than 0.
size_t character_before(struct slice text, size_t at);

// A line break of YAML: LF, CR, NEL, LS, PS.
static inline bool character_is_break(uint32_t code)
{
    return code == '\n' || code == '\r' || code == CHARACTER_NEXT_LINE || code == CHARACTER_LINE_SEPARATOR ||
           code == CHARACTER_PARAGRAPH_SEPARATOR;
}

// Unicode categories L* and Nd.
bool character_is_letter(uint32_t code);
bool character_is_digit(uint32_t code);
// Categories N*.
bool character_is_number(uint32_t code);
// Something that can be seen, or the blank: what Go calls printable.
bool character_is_printed(uint32_t code);
// White space, also beyond ASCII.
bool character_is_space(uint32_t code);
// The text without the white space around it.
struct slice text_trim_space(struct slice);
