#include "yaml/inline_text.h"

#include "base/utf8.h"

// A place in the text of the file.
struct cursor {
    struct slice text;
    size_t at;
    uint32_t line, column;
    char quote;  // '\0' for none
};

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\r' || code == '\n';
}

static char byte_at(const struct cursor *cursor, size_t ahead)
{
    return cursor->at + ahead < cursor->text.length ? cursor->text.data[cursor->at + ahead] : '\0';
}

static void step(struct cursor *cursor)
{
    struct character character = character_at(cursor->text, cursor->at);
    cursor->at += character.length;
    cursor->column++;
    if (character.code == '\n') {
        cursor->line++;
        cursor->column = 1;
    }
}

static void step_many(struct cursor *cursor, size_t count)
{
    for (; count && cursor->at < cursor->text.length; count--)
        step(cursor);
}

static bool is_at_end(const struct cursor *cursor)
{
    return cursor->at >= cursor->text.length;
}

// The number of digits after `\x`, `\u`, and `\U`.
static size_t digits_of(char letter)
{
    return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

static bool is_blank_code(const struct cursor *cursor, size_t digits)
{
    struct slice text = slice_part(cursor->text, cursor->at + 2, cursor->at + 2 + digits);
    uint32_t code = 0;
    for (size_t i = 0; i < text.length; i++) {
        char digit = text.data[i];
        code = code * 16 + (uint32_t)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return is_blank(code);
}

// The length of an escape in characters, or 0 if there is none. `*blank`: the escape means a blank, or nothing.
static size_t escape_length(const struct cursor *cursor, bool *blank)
{
    if (cursor->quote == '\'' && byte_at(cursor, 0) == '\'') {
        *blank = false;
        return 2;
    }
    if (cursor->quote != '"' || byte_at(cursor, 0) != '\\')
        return 0;
    char letter = byte_at(cursor, 1);
    size_t digits = digits_of(letter);
    *blank = digits ? is_blank_code(cursor, digits) : letter && strchr("ntr \t\r\n", letter);
    return 2 + digits;
}

static void skip_blanks(struct cursor *cursor)
{
    bool blank;
    while (!is_at_end(cursor)) {
        size_t escape = escape_length(cursor, &blank);
        if (escape && blank)
            step_many(cursor, escape);
        else if (!escape && is_blank((unsigned char)byte_at(cursor, 0)))
            step(cursor);
        else
            return;
    }
}

// Moves to the start of the scalar's text. Returns the indicator of its style; '\0': plain.
static char enter_scalar(struct cursor *cursor, uint32_t column)
{
    step_many(cursor, column - 1);
    // Skip the anchor and the tag.
    while (byte_at(cursor, 0) == '&' || byte_at(cursor, 0) == '!') {
        while (!is_at_end(cursor) && !is_blank((unsigned char)byte_at(cursor, 0)))
            step(cursor);
        skip_blanks(cursor);
    }
    char sign = byte_at(cursor, 0);
    if (sign == '"' || sign == '\'') {
        cursor->quote = sign;
        step(cursor);
        return sign;
    }
    if (sign != '|' && sign != '>')
        return '\0';
    uint32_t line = cursor->line;
    while (!is_at_end(cursor) && cursor->line == line)
        step(cursor);
    return sign;
}

// The indentation of a block: the leading spaces of its first line that isn't empty.
static uint32_t block_indentation(struct slice content)
{
    struct slice line;
    while (content.length) {
        slice_cut(content, '\n', &line, &content);
        size_t spaces = slice_count_leading(line, ' ');
        if (spaces < line.length && line.data[spaces] != '\r')
            return (uint32_t)spaces;
    }
    return 0;
}

// Counts the empty lines at the start of the text.
static uint32_t count_empty_lines(struct slice text)
{
    struct slice line;
    for (uint32_t count = 0;; count++)
        if (!slice_cut(text, '\n', &line, &text) || slice_trim(line, " \t\r").length)
            return count;
}

struct segments {
    struct text_segment *items;
    size_t count, capacity;
};

// Walks through both texts in parallel: they have the same characters except for blanks and escapes.
static void find_segments(struct arena *arena, struct cursor *written, const struct source *around,
                          struct source *inner)
{
    struct segments segments = {0};
    struct position place = {.line = 1, .column = 1};
    bool is_new_line = true, is_moved = true;
    uint32_t line = 0;
    for (size_t at = 0; at < inner->content.length;) {
        struct character character = character_at(inner->content, at);
        at += character.length;
        if (!is_blank(character.code)) {
            bool blank;
            skip_blanks(written);
            if (is_moved || written->line != line) {
                uint32_t before = is_new_line ? place.column - 1 : 0;
                struct position file = {around->file, written->line, written->column};
                file.column = file.column > before ? file.column - before : 1;
                file = source_place(around, file);
                list_append(arena, &segments,
                            ((struct text_segment){place.line, place.column - before, file.line, file.column}));
                is_new_line = false;
            }
            size_t escape = escape_length(written, &blank);
            line = written->line;
            step_many(written, escape ? escape : 1);
            is_moved = escape;
        }
        place.column++;
        if (character.code == '\n') {
            place = (struct position){.line = place.line + 1, .column = 1};
            is_new_line = is_moved = true;
        }
    }
    inner->segments = segments.items;
    inner->segment_count = segments.count;
}

void inline_text_place(struct arena *arena, struct source *inner, const struct source *around, struct slice content,
                       struct position position)
{
    struct cursor cursor = {.text = content, .line = position.line, .column = 1};
    char sign = enter_scalar(&cursor, position.column);
    bool is_block = sign == '|' || sign == '>';
    inner->outer = around->file;
    inner->line_offset = cursor.line - 1;
    // The caller may have dropped empty lines at the start of the text.
    if (sign == '|')
        inner->line_offset += count_empty_lines(slice_from_index(content, cursor.at)) -
                              count_empty_lines(inner->content);
    inner->column_offset = is_block ? block_indentation(slice_from_index(content, cursor.at)) : cursor.column - 1;
    if (sign != '|' || around->segment_count)
        find_segments(arena, &cursor, around, inner);
    inner->line_offset += around->line_offset;
    inner->column_offset += around->column_offset;
}

struct position inline_text_position(const struct sources *sources, struct arena *arena, struct slice text,
                                     struct position position, size_t offset)
{
    const struct source *around = sources ? sources_get(sources, position.file) : NULL, *outermost = around;
    struct slice line;
    while (outermost && outermost->outer && !outermost->hidden)
        outermost = sources_get(sources, outermost->outer);
    if (!outermost || outermost->hidden || !position.line || offset >= text.length ||
        !source_line(around, position.line, &line))
        return position;
    size_t start = position.line == 1 ? 0 : (size_t)(line.data - around->content.data);
    struct source inner = {.content = text};
    inline_text_place(arena, &inner, around, slice_from_index(around->content, start), position);
    struct position place = {outermost->file, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        bool is_break = text.data[i] == '\n';
        place.line += is_break;
        place.column = is_break ? 1 : place.column + (((unsigned char)text.data[i] & 0xc0) != 0x80);
    }
    return source_place(&inner, place);
}
