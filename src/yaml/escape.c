#include "yaml/escape.h"

#include <stdlib.h>

#include "base/recovery.h"

// Each repaired scalar costs one more parse of its document.
enum { REPAIR_COST_MAX = 64 * 1024 * 1024 };

bool yaml_may_hold_slash(const struct yaml_walk *walk)
{
    return walk->unit == 2 || slice_find(walk->text, slice_literal("\\/")) != SLICE_NOT_FOUND;
}

bool yaml_check_slash(struct diagnostics *diagnostics, const struct yaml_chunk *chunk, struct yaml_walk *walk,
                      yaml_mark_t start, yaml_mark_t end)
{
    bool quoted = false, escape = false, comment = false;
    yaml_walk_to(walk, start.index);
    for (struct yaml_walk at = *walk; at.index < end.index && !yaml_walk_at_end(&at);) {
        uint32_t unit = yaml_walk_unit(&at);
        if (escape && unit == '/') {
            diagnose(diagnostics, yaml_chunk_position(chunk, at.line, at.column - 1),
                     "found unknown escape character '\\/'");
            diagnose_hint(diagnostics, "a slash needs no backslash");
            return false;
        }
        escape = quoted && !escape && unit == '\\';
        // Before the quote stand an anchor, a tag and comments.
        bool line_ends = yaml_walk_step(&at);
        comment = !quoted && (comment ? !line_ends : unit == '#');
        quoted |= !comment && unit == '"';
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
    struct yaml_walk walk = yaml_walk_start(*text);
    if (parser->error != YAML_SCANNER_ERROR || walk.unit != 1 ||
        strncmp(parser->problem, "found unknown escape", 20) != 0)
        return false;
    size_t at = yaml_walk_to(&walk, parser->problem_mark.index);
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

void yaml_repair_scalar(const struct yaml_repair *repair, yaml_char_t *scalar, size_t length)
{
    for (size_t i = 0; repair->text && i < length; i++)
        if (scalar[i] == (yaml_char_t)repair->character)
            scalar[i] = '\'';
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
    struct yaml_walk walk = yaml_walk_start(*text);
    yaml_walk_to_byte(&walk, start + found);
    marks->line = walk.line;
    marks->column = walk.column;
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

bool yaml_tags_extend(struct yaml_tags *tags, struct yaml_walk *walk, struct slice *text, yaml_mark_t start)
{
    if (walk->unit != 1)
        return false;
    size_t at = skip_anchor(*text, yaml_walk_to(walk, start.index)), end = at;
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
