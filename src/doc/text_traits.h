// doc/text_traits.h
//
// What of the characters of a text matters for printing it: which styles YAML allows for it, and what becomes of it on
// its way through kustomize's text forms.
#pragma once

#include "base/buffer.h"
#include "base/utf8.h"

enum text_trait {
    TEXT_LINE_FEED = 1 << 0,
    TEXT_BREAK = 1 << 1,  // any line break: LF, CR, NEL, LS, PS
    TEXT_TAB = 1 << 2,
    TEXT_SPECIAL = 1 << 3,  // not printable, or above U+FFFF; a tab is not meant
    TEXT_EDGE = 1 << 4,     // starts or ends with a space or a line break
    TEXT_TRAILING_SPACE = 1 << 5,
    TEXT_BREAK_SPACE = 1 << 6,  // a space directly behind a line break
    TEXT_SPACE_BREAK = 1 << 7,  // and before one
    TEXT_INDICATOR = 1 << 8,    // what a plain scalar must not contain outside of flow collections
    TEXT_WIDE = 1 << 9,         // something beyond ASCII: bytes are not columns
    TEXT_SEPARATOR = 1 << 10,   // LS or PS
    TEXT_NEXT_LINE = 1 << 11,
    TEXT_FORBIDDEN = 1 << 12,  // a character that YAML does not allow unescaped, and JSON does not escape
    TEXT_INVALID = 1 << 13,    // bytes that are no UTF-8
    TEXT_QUOTE = 1 << 14,      // '
};

// The traits of a text, in one quick pass for ASCII.
uint32_t text_traits(struct slice);

static inline bool traits_allow_plain(uint32_t traits)
{
    return !(traits & (TEXT_BREAK | TEXT_TAB | TEXT_SPECIAL | TEXT_EDGE | TEXT_INDICATOR));
}

static inline bool traits_allow_single_quotes(uint32_t traits)
{
    return !(traits & (TEXT_TAB | TEXT_SPECIAL | TEXT_BREAK_SPACE | TEXT_SPACE_BREAK));
}

// For a text that is not empty, by the printer that allows tabs in blocks.
static inline bool traits_allow_block(uint32_t traits)
{
    return !(traits & (TEXT_SPECIAL | TEXT_TRAILING_SPACE | TEXT_SPACE_BREAK));
}

// What becomes of NEL when a text goes through JSON and is read as YAML again: it is a line break there, and line
// breaks in quotes are folded: one is a space, of several one is lost, and the spaces around them go. Replaces the
// content of the buffer. False: a line would look like a document marker, which no reader accepts.
bool text_fold_next_lines(struct buffer *, struct slice);
