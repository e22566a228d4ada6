// doc/text_traits.h
//
// The properties of a text that matter for printing it: which YAML styles can represent it, and how it changes on its
// way through kustomize's text formats.
#pragma once

#include "base/buffer.h"
#include "base/utf8.h"

enum text_trait {
    TEXT_LINE_FEED = 1 << 0,
    TEXT_BREAK = 1 << 1,  // any line break: LF, CR, NEL, LS, PS
    TEXT_TAB = 1 << 2,
    TEXT_SPECIAL = 1 << 3,  // not printable (except a tab), or above U+FFFF
    TEXT_EDGE = 1 << 4,     // starts or ends with a space or a line break
    TEXT_TRAILING_SPACE = 1 << 5,
    TEXT_BREAK_SPACE = 1 << 6,  // a space directly after a line break
    TEXT_SPACE_BREAK = 1 << 7,  // a space directly before one
    TEXT_INDICATOR = 1 << 8,    // not allowed in a plain scalar outside flow collections
    TEXT_WIDE = 1 << 9,         // a character beyond ASCII: bytes are not columns
    TEXT_SEPARATOR = 1 << 10,   // LS or PS
    TEXT_NEXT_LINE = 1 << 11,
    TEXT_FORBIDDEN = 1 << 12,  // a character that YAML doesn't allow unescaped but JSON doesn't escape
    TEXT_INVALID = 1 << 13,    // bytes that aren't UTF-8
    TEXT_QUOTE = 1 << 14,      // '
};

// The traits of a text; a single fast pass for ASCII.
uint32_t text_traits(struct slice);

static inline bool traits_allow_plain(uint32_t traits)
{
    return !(traits & (TEXT_BREAK | TEXT_TAB | TEXT_SPECIAL | TEXT_EDGE | TEXT_INDICATOR));
}

static inline bool traits_allow_single_quotes(uint32_t traits)
{
    return !(traits & (TEXT_TAB | TEXT_SPECIAL | TEXT_BREAK_SPACE | TEXT_SPACE_BREAK));
}

// For a text that isn't empty, printed by the printer that allows tabs in blocks.
static inline bool traits_allow_block(uint32_t traits)
{
    return !(traits & (TEXT_SPECIAL | TEXT_TRAILING_SPACE | TEXT_SPACE_BREAK));
}

// How a text with NELs changes when it goes through JSON and is read as YAML, where NEL is a line break: line breaks in
// quotes are folded, so a single one becomes a space, several become one fewer, and spaces around them are removed.
// Replaces the content of the buffer. False if a line would look like a document marker, which readers reject.
bool text_fold_next_lines(struct buffer *, struct slice);
