#include "doc/yaml_escape.h"

#include <stdlib.h>

#include "base/fatal.h"
#include "doc/characters.h"

// Each repaired scalar costs one more parse of its document.
enum { REPAIR_COST_MAX = 64 * 1024 * 1024 };

struct yaml_source yaml_source_start(struct slice text)
{
    struct yaml_source source = {.text = text, .unit = 1};
    if (slice_starts_with(text, slice_literal("\xEF\xBB\xBF"))) {
        source.byte = 3;
    } else if (slice_starts_with(text, slice_literal("\xFF\xFE")) || slice_starts_with(text, slice_literal("\xFE\xFF"))) {
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
    for (size_t byte = seek(source, at->index); at->index < scalar->end_mark.index && is_inside(source, byte); at->index++) {
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
        repair->text = malloc(text->length);
        if (!repair->text)
            fatal_out_of_memory();
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
    free(repair->text);
    *repair = (struct yaml_repair){0};
}
