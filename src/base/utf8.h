// base/utf8.h
//
// Decoding and encoding UTF-8, and properties of Unicode characters.
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
    bool valid;      // false: one byte that isn't UTF-8, read as CHARACTER_REPLACEMENT
};

// The character that starts at byte `at`, which must be less than the length.
struct character character_at(struct slice text, size_t at);
// Writes a character, which must not be a surrogate. Returns its length.
size_t character_write(uint32_t code, char bytes[CHARACTER_BYTES_MAX]);
// True if all of it is valid: no surrogates, no overlong forms.
bool text_is_utf8(struct slice);
// Appends the text with U+FFFD in place of each byte that isn't UTF-8.
void text_add_valid(struct buffer *, struct slice text);
// The name of a space that YAML doesn't treat as one, such as "a no-break space (U+00A0)", or NULL.
const char *character_space_name(uint32_t code);
// The bytes of a byte order mark at the start; 0: there is none.
size_t text_mark_length(struct slice);
// The width in columns, counting one for each character.
size_t text_width(struct slice);
// The byte of a line at a column, which is counted from 1; at most the length of the line.
size_t text_column_start(struct slice line, size_t column);
// The start of the character before byte `at`, which must be more than 0.
size_t character_before(struct slice text, size_t at);

// A line break of YAML: LF, CR, NEL, LS, PS.
static inline bool character_is_break(uint32_t code)
{
    return code == '\n' || code == '\r' || code == CHARACTER_NEXT_LINE || code == CHARACTER_LINE_SEPARATOR ||
           code == CHARACTER_PARAGRAPH_SEPARATOR;
}

// Unicode category L*.
bool character_is_letter(uint32_t code);
// Unicode category Nd.
bool character_is_digit(uint32_t code);
// Unicode categories N*.
bool character_is_number(uint32_t code);
// A visible character or the ASCII space: what Go calls printable.
bool character_is_printed(uint32_t code);
// White space, including that beyond ASCII.
bool character_is_space(uint32_t code);
// The text without leading and trailing white space.
struct slice text_trim_space(struct slice);
