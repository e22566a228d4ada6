#include "yaml/escape.h"

#include <stdlib.h>

#include "base/recovery.h"
#include "base/utf8.h"

// Each repaired scalar costs one more parse of its document.
enum { REPAIR_COST_MAX = 64 * 1024 * 1024 };

struct yaml_source yaml_source_start(struct slice text)
{
    struct yaml_source source = {.text = text, .unit = 1};
    if (slice_starts_with(text, slice_literal("\xEF\xBB\xBF"))) {
        source.byte = 3;
    } else if (slice_starts_with(text, slice_literal("\xFF\xFE")) ||
               slice_starts_with(text, slice_literal("\xFE\xFF"))) {
        source.byte = 2;
        source.unit = 2;
        source.big_endian = text.data[0] == '\xFE';
    }
    source.may_hold_slash = source.unit == 2 || slice_find(text, slice_literal("\\/")) != SLICE_NOT_FOUND;
    return source;
}

static uint32_t unit_at(const struct yaml_source *source, size_t byte)
{
    const unsigned char *data = (const unsigned char *)source->text.data + byte;
    if (source->unit == 1)
        return data[0];
    return source->big_endian ? (uint32_t)data[0] << 8 | data[1] : (uint32_t)data[1] << 8 | data[0];
}

static size_t width_at(const struct yaml_source *source, size_t byte)
{
    if (source->unit == 1)
        return character_at(source->text, byte).length;
    uint32_t unit = unit_at(source, byte);
    return unit >= 0xD800 && unit < 0xDC00 ? 4 : 2;
}

static bool is_inside(const struct yaml_source *source, size_t byte)
{
    return byte + (size_t)source->unit <= source->text.length;
}

// Marks come in order, so that all moves together cost one pass.
static size_t seek(struct yaml_source *source, size_t character)
{
    while (source->character < character && is_inside(source, source->byte)) {
        source->byte += width_at(source, source->byte);
        source->character++;
    }
    return source->byte;
}

bool yaml_source_check(struct yaml_source *source, const yaml_event_t *scalar, yaml_mark_t *at)
{
    if (!source->may_hold_slash)
        return true;
    *at = scalar->start_mark;
    bool quoted = false, escape = false, comment = false;
    for (size_t byte = seek(source, at->index); at->index < scalar->end_mark.index && is_inside(source, byte);
         at->index++) {
        uint32_t unit = unit_at(source, byte);
        byte += width_at(source, byte);
        if (escape && unit == '/') {
            at->column--;
            return false;
        }
        escape = quoted && !escape && unit == '\\';
        // Before the quote stand an anchor, a tag and comments.
        comment = !quoted && (comment ? unit != '\n' : unit == '#');
        quoted |= !comment && unit == '"';
        at->column++;
        if (unit == '\n')
            at->line++, at->column = 0;
    }
    return true;
}

// True when the text at a backslash may be an escape for the control character with the letter and the digit.
static bool is_escape_for(struct slice text, size_t at, char letter, char digit)
{
    char kind = at + 1 < text.length ? text.data[at + 1] : '\0';
    if (kind != 'x' && kind != 'u' && kind != 'U')
        return kind == letter;
    for (at += 2; at < text.length && text.data[at] == '0'; at++)
        continue;
    return at < text.length && (text.data[at] | 0x20) == (digit | 0x20);
}

// An escape that the text does not have, and neither has its character: control characters come from escapes only.
static char find_spare_escape(struct slice text, char *character)
{
    static const struct {
        char letter, character, digit;
    } spares[] = {{'a', '\a', '7'}, {'v', '\v', 'b'}, {'f', '\f', 'c'}, {'b', '\b', '8'}};
    for (size_t i = 0; i < countof(spares); i++) {
        bool found = false;
        for (size_t at = 0; !found && at < text.length; at++)
            found = text.data[at] == '\\' && is_escape_for(text, at, spares[i].letter, spares[i].digit);
        if (!found) {
            *character = spares[i].character;
            return spares[i].letter;
        }
    }
    return '\0';
}

bool yaml_repair_try(struct yaml_repair *repair, struct slice *text, const yaml_parser_t *parser)
{
    struct yaml_source source = yaml_source_start(*text);
    if (parser->error != YAML_SCANNER_ERROR || source.unit != 1 ||
        strncmp(parser->problem, "found unknown escape", 20) != 0)
        return false;
    size_t at = seek(&source, parser->problem_mark.index);
    if (at + 1 >= text->length || text->data[at] != '\\' || text->data[at + 1] != '\'')
        return false;
    if (!repair->text) {
        repair->text = piece_resize(NULL, text->length);
        memcpy(repair->text, text->data, text->length);
        text->data = repair->text;
    }
    static const char letters[] = {['\a'] = 'a', ['\v'] = 'v', ['\f'] = 'f', ['\b'] = 'b'};
    char letter = repair->character ? letters[(int)repair->character] : find_spare_escape(*text, &repair->character);
    repair->cost += text->length;
    if (!letter || repair->cost > REPAIR_COST_MAX)
        return false;
    for (; at + 1 < text->length && text->data[at] != '"'; at++) {
        if (text->data[at] != '\\')
            continue;
        at++;
        if (text->data[at] == '\'')
            repair->text[at] = letter;
    }
    return true;
}

void yaml_repair_scalar(const struct yaml_repair *repair, yaml_event_t *scalar)
{
    if (!repair->text)
        return;
    for (size_t i = 0; i < scalar->data.scalar.length; i++)
        if (scalar->data.scalar.value[i] == (yaml_char_t)repair->character)
            scalar->data.scalar.value[i] = '\'';
}

void yaml_repair_free(struct yaml_repair *repair)
{
    piece_free(repair->text);
    *repair = (struct yaml_repair){0};
}

// --- Byte order marks.

static const char byte_order_mark[] = "\xEF\xBB\xBF";

// A character for private use that the text does not have: U+E000 and what follows it.
static bool find_stand_in(struct slice text, char stand_in[3])
{
    for (uint32_t code = 0xE000; code < 0xF900; code++) {
        stand_in[0] = (char)(0xE0 | code >> 12);
        stand_in[1] = (char)(0x80 | (code >> 6 & 0x3F));
        stand_in[2] = (char)(0x80 | (code & 0x3F));
        if (slice_find(text, (struct slice){stand_in, 3}) == SLICE_NOT_FOUND)
            return true;
    }
    return false;
}

void yaml_marks_replace(struct yaml_marks *marks, struct slice *text)
{
    const struct slice mark = {byte_order_mark, 3};
    size_t start = slice_starts_with(*text, mark) ? 3 : 0;
    size_t found = text->length > start ? slice_find(slice_from_index(*text, start), mark) : SLICE_NOT_FOUND;
    if (found == SLICE_NOT_FOUND || !find_stand_in(*text, marks->stand_in))
        return;
    marks->text = piece_resize(NULL, text->length);
    memcpy(marks->text, text->data, text->length);
    marks->line = marks->column = 0;
    for (size_t at = start; at < start + found; at += character_at(*text, at).length) {
        marks->column++;
        if (text->data[at] == '\n')
            marks->line++, marks->column = 0;
    }
    for (size_t at = start + found; at + 3 <= text->length; at++)
        if (memcmp(marks->text + at, byte_order_mark, 3) == 0)
            memcpy(marks->text + at, marks->stand_in, 3);
    text->data = marks->text;
}

void yaml_marks_restore(const struct yaml_marks *marks, yaml_event_t *scalar)
{
    if (!marks->text)
        return;
    yaml_char_t *value = scalar->data.scalar.value;
    for (size_t at = 0; at + 3 <= scalar->data.scalar.length; at++)
        if (memcmp(value + at, marks->stand_in, 3) == 0)
            memcpy(value + at, byte_order_mark, 3);
}

void yaml_marks_free(struct yaml_marks *marks)
{
    piece_free(marks->text);
    marks->text = NULL;
}

// --- Tags.

static bool is_tag_character(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte && strchr("_-;/?:@&=+$,.!~*'()[]%", byte));
}

static size_t skip_anchor(struct slice text, size_t at)
{
    if (at >= text.length || text.data[at] != '&')
        return at;
    while (at < text.length && !strchr(" \t\r\n", text.data[at]))
        at++;
    while (at < text.length && strchr(" \t\r\n", text.data[at]))
        at++;
    return at;
}

bool yaml_tags_extend(struct yaml_tags *tags, struct slice *text, yaml_mark_t start)
{
    if (tags->source.unit != 1)
        return false;
    size_t at = skip_anchor(*text, seek(&tags->source, start.index)), end = at;
    if (at >= text->length || text->data[at] != '!' || (at + 1 < text->length && text->data[at + 1] == '<'))
        return false;
    bool goes_on = false;
    for (; end < text->length && is_tag_character(text->data[end]); end++)
        goes_on |= strchr(",[]", text->data[end]) != NULL;
    tags->cost += goes_on ? text->length : 0;
    if (!goes_on || tags->cost > REPAIR_COST_MAX)
        return false;
    if (!tags->text) {
        tags->text = piece_resize(NULL, text->length);
        memcpy(tags->text, text->data, text->length);
        text->data = tags->text;
    }
    for (; at < end; at++)
        if (strchr(",[]", tags->text[at]))
            tags->text[at] = '_';
    return true;
}

void yaml_tags_free(struct yaml_tags *tags)
{
    piece_free(tags->text);
    tags->text = NULL;
}
