// yaml/text.c
//
// The five styles of a string. ASCII is copied in chunks as long as possible, and columns are counted only where a line
// can become too long.
//
// Source: the writing functions of libyaml 0.2.5, or its Go port where that differs.
#include "yaml/text.h"

#include "base/utf8.h"
#include "doc/text_traits.h"

enum { BEST_WIDTH = 80 };

static size_t count_columns(struct slice text, uint32_t traits)
{
    if (!(traits & TEXT_WIDE))
        return text.length;
    size_t columns = 0;
    for (size_t i = 0; i < text.length; i++)
        columns += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return columns;
}

static size_t current_column(const struct yaml_lines *lines)
{
    struct slice line = {lines->out->data + lines->line_start, lines->out->length - lines->line_start};
    return count_columns(line, TEXT_WIDE);
}

static void continue_on_next_line(struct yaml_lines *lines, size_t indent)
{
    yaml_end_line(lines);
    yaml_add_spaces(lines, indent);
}

// True when the last space of the text is certainly at or before column 80.
static bool fits(const struct yaml_lines *lines, struct slice text)
{
    return lines->out->length - lines->line_start + text.length <= BEST_WIDTH;
}

static bool is_separator(const char *at, const char *end)
{
    return end - at >= 3 && at[0] == '\xE2' && at[1] == '\x80' && (at[2] == '\xA8' || at[2] == '\xA9');
}

// Appends a chunk of a string in single quotes. Quotes are doubled. Line breaks are written as they are, except that a
// single line feed, or the first of several, is written twice; the next line is indented if it isn't empty. Returns the
// new column.
static size_t add_quoted_piece(struct yaml_lines *lines, struct slice chunk, uint32_t traits, size_t indent,
                               size_t column)
{
    if (!(traits & (TEXT_QUOTE | TEXT_SEPARATOR | TEXT_LINE_FEED))) {
        buffer_add_slice(lines->out, chunk);
        return column + count_columns(chunk, traits);
    }
    bool line_is_new = false;
    const char *end = chunk.data + chunk.length;
    for (const char *at = chunk.data; at < end; at++) {
        bool line_feed = *at == '\n';
        if (line_feed || is_separator(at, end)) {
            if (line_feed && !line_is_new)
                buffer_add_byte(lines->out, '\n');
            buffer_add(lines->out, at, line_feed ? 1 : 3);
            lines->line_start = lines->out->length;
            column = 0;
            line_is_new = true;
            at += line_feed ? 0 : 2;
            continue;
        }
        if (line_is_new) {
            yaml_add_spaces(lines, indent);
            column = indent;
            line_is_new = false;
        }
        if (*at == '\'') {
            buffer_add_byte(lines->out, '\'');
            column++;
        }
        buffer_add_byte(lines->out, *at);
        column += ((unsigned char)*at & 0xC0) != 0x80;
    }
    return column;
}

static size_t count_spaces(const char *at, const char *end)
{
    const char *next = at;
    while (next < end && *next == ' ')
        next++;
    return (size_t)(next - at);
}

// Breaks lines at single spaces, which the line break replaces.
static void write_folding(struct yaml_lines *lines, struct slice text, uint32_t traits, size_t indent)
{
    size_t column = current_column(lines);
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *space = memchr(at, ' ', (size_t)(end - at));
        struct slice chunk = {at, (size_t)((space ? space : end) - at)};
        column = add_quoted_piece(lines, chunk, traits, indent, column);
        if (!space)
            return;
        size_t spaces = count_spaces(space, end);
        at = space + spaces;
        if (spaces == 1 && column > BEST_WIDTH && space > text.data && at < end) {
            continue_on_next_line(lines, indent);
            column = indent;
        } else {
            yaml_add_spaces(lines, spaces);
            column += spaces;
        }
    }
}

void yaml_write_plain(struct yaml_lines *lines, struct slice text, uint32_t traits, size_t indent, bool may_fold)
{
    if (!may_fold || fits(lines, text))
        buffer_add_slice(lines->out, text);
    else
        write_folding(lines, text, traits & ~(uint32_t)TEXT_QUOTE, indent);
}

void yaml_write_single_quoted(struct yaml_lines *lines, struct slice text, uint32_t traits, size_t indent,
                              bool may_fold)
{
    buffer_add_byte(lines->out, '\'');
    if (!may_fold || (!(traits & (TEXT_QUOTE | TEXT_SEPARATOR)) && fits(lines, text)))
        add_quoted_piece(lines, text, traits, indent, 0);
    else
        write_folding(lines, text, traits, indent);
    buffer_add_byte(lines->out, '\'');
}

// --- Double quotes.

char yaml_short_escape(uint32_t code)
{
    switch (code) {
    case 0:
        return '0';
    case 7:
        return 'a';
    case 8:
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case 11:
        return 'v';
    case 12:
        return 'f';
    case '\r':
        return 'r';
    case 27:
        return 'e';
    case '"':
        return '"';
    case '\\':
        return '\\';
    case CHARACTER_NEXT_LINE:
        return 'N';
    case 0xA0:
        return '_';
    case CHARACTER_LINE_SEPARATOR:
        return 'L';
    case CHARACTER_PARAGRAPH_SEPARATOR:
        return 'P';
    default:
        return 0;
    }
}

static void add_escape(struct buffer *out, uint32_t code)
{
    buffer_add_byte(out, '\\');
    char letter = yaml_short_escape(code);
    if (letter) {
        buffer_add_byte(out, letter);
        return;
    }
    unsigned digits = code <= 0xFF ? 2 : code <= 0xFFFF ? 4 : 8;
    buffer_add_byte(out, digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
    while (digits-- > 0)
        buffer_add_byte(out, "0123456789ABCDEF"[code >> (digits * 4) & 15]);
}

static bool needs_escape(uint32_t code)
{
    if (code < 0x80)
        return code < 0x20 || code == '"' || code == '\\' || code == 0x7F;
    return code < 0xA0 || code > 0xFFFD || code == CHARACTER_LINE_SEPARATOR || code == CHARACTER_PARAGRAPH_SEPARATOR ||
           code == CHARACTER_BYTE_ORDER_MARK;
}

// The length of the run from `start` on that has no space and needs no escape.
static size_t raw_length(struct slice text, size_t start)
{
    size_t at = start;
    while (at < text.length) {
        struct character character = character_at(text, at);
        if (character.code == ' ' || needs_escape(character.code))
            break;
        at += character.length;
    }
    return at - start;
}

void yaml_write_double_quoted(struct yaml_lines *lines, struct slice text, uint32_t traits, size_t indent,
                              bool may_fold)
{
    struct buffer *out = lines->out;
    buffer_add_byte(out, '"');
    size_t column = may_fold ? current_column(lines) : 0;
    // After a leading byte order mark, libyaml escapes every character.
    bool escape_all = text.length && character_at(text, 0).code == CHARACTER_BYTE_ORDER_MARK;
    for (size_t i = 0; i < text.length;) {
        size_t length = escape_all ? 0 : raw_length(text, i);
        buffer_add(out, text.data + i, length);
        column += count_columns((struct slice){text.data + i, length}, traits);
        i += length;
        if (i == text.length)
            break;
        if (text.data[i] != ' ' || escape_all) {
            struct character character = character_at(text, i);
            size_t before = out->length;
            add_escape(out, character.code);
            column += out->length - before;
            i += character.length;
            continue;
        }
        size_t spaces = count_spaces(text.data + i, text.data + text.length);
        if (may_fold && column > BEST_WIDTH && i > 0 && i + 1 < text.length) {
            continue_on_next_line(lines, indent);
            column = indent;
            // The line break replaces the first space. Further spaces would be lost at the start of a line without a
            // backslash.
            if (spaces > 1)
                buffer_add_byte(out, '\\');
            column += spaces > 1;
            i++;
            spaces--;
        }
        yaml_add_spaces(lines, spaces);
        column += spaces;
        i += spaces;
    }
    buffer_add_byte(out, '"');
}

// --- Blocks.

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

void yaml_write_block_header(struct yaml_lines *lines, char indicator, struct slice text)
{
    struct buffer *out = lines->out;
    buffer_add_byte(out, indicator);
    uint32_t first = character_at(text, 0).code;
    if (first == ' ' || character_is_break(first))
        buffer_add_byte(out, '2');
    size_t last = character_before(text, text.length);
    if (!character_is_break(character_at(text, last).code))
        buffer_add_byte(out, '-');
    else if (last == 0 || character_is_break(character_at(text, character_before(text, last)).code))
        buffer_add_byte(out, '+');
}

// Appends a line without its line feed. LS and PS in it start lines too.
static void add_block_line(struct yaml_lines *lines, struct slice line, uint32_t traits, size_t indent)
{
    if (!line.length)
        return;
    if (traits & TEXT_SEPARATOR) {
        const char *at = line.data, *end = at + line.length;
        bool line_is_new = true;
        for (; at < end; at++) {
            if (is_separator(at, end)) {
                buffer_add(lines->out, at, 3);
                lines->line_start = lines->out->length;
                line_is_new = true;
                at += 2;
                continue;
            }
            if (line_is_new)
                yaml_add_spaces(lines, indent);
            line_is_new = false;
            buffer_add_byte(lines->out, *at);
        }
        return;
    }
    yaml_add_spaces(lines, indent);
    buffer_add_slice(lines->out, line);
}

void yaml_write_literal_lines(struct yaml_lines *lines, struct slice text, uint32_t traits, size_t indent)
{
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        struct slice line = {at, (size_t)((feed ? feed : end) - at)};
        add_block_line(lines, line, traits, indent);
        if (feed || lines->out->length > lines->line_start)
            yaml_end_line(lines);
        at += line.length + 1;
    }
}

// A line break between two lines is written twice, except next to lines that start with a blank.
void yaml_write_folded_lines(struct yaml_lines *lines, struct slice text, size_t indent)
{
    size_t first = 0;  // after leading line breaks
    while (first < text.length && character_is_break(character_at(text, first).code))
        first += character_at(text, first).length;
    bool starts_blank = first == text.length || is_blank(text.data[first]);
    bool line_is_new = true, line_is_blank = true;
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(text, at);
        bool is_break = character_is_break(character.code);
        if (is_break && !line_is_new && !line_is_blank && character.code == '\n' && !starts_blank)
            yaml_end_line(lines);
        if (!is_break && line_is_new) {
            yaml_add_spaces(lines, indent);
            line_is_blank = is_blank(text.data[at]);
        }
        buffer_add(lines->out, text.data + at, character.length);
        if (is_break)
            lines->line_start = lines->out->length;
        line_is_new = is_break;
        at += character.length;
    }
    if (lines->out->length > lines->line_start)
        yaml_end_line(lines);
}
