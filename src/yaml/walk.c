#include "yaml/walk.h"

#include "base/utf8.h"

struct yaml_walk yaml_walk_start(struct slice text)
{
    struct yaml_walk walk = {.text = text, .unit = 1};
    if (!text.length || (unsigned char)text.data[0] < 0xEF)
        return walk;
    if (text_mark_length(text)) {
        walk.at = text_mark_length(text);
    } else if (slice_starts_with(text, slice_literal("\xFF\xFE")) ||
               slice_starts_with(text, slice_literal("\xFE\xFF"))) {
        walk.at = 2;
        walk.unit = 2;
        walk.big_endian = text.data[0] == '\xFE';
    }
    return walk;
}

bool yaml_walk_at_end(const struct yaml_walk *walk)
{
    return walk->at + (size_t)walk->unit > walk->text.length;
}

uint32_t yaml_walk_unit(const struct yaml_walk *walk)
{
    if (yaml_walk_at_end(walk))
        return 0;
    const unsigned char *data = (const unsigned char *)walk->text.data + walk->at;
    if (walk->unit == 1)
        return data[0];
    return walk->big_endian ? (uint32_t)data[0] << 8 | data[1] : (uint32_t)data[1] << 8 | data[0];
}

static bool step_utf8(struct yaml_walk *walk)
{
    struct character character = character_at(walk->text, walk->at);
    walk->at += character.length;
    if (character.code != '\r' || walk->at == walk->text.length || walk->text.data[walk->at] != '\n')
        return character_is_break(character.code);
    walk->at++;
    walk->index++;
    return true;
}

static bool step_utf16(struct yaml_walk *walk)
{
    uint32_t unit = yaml_walk_unit(walk);
    walk->at += unit >= 0xD800 && unit < 0xDC00 ? 4 : 2;
    if (unit != '\r' || yaml_walk_unit(walk) != '\n')
        return character_is_break(unit);
    walk->at += 2;
    walk->index++;
    return true;
}

bool yaml_walk_step(struct yaml_walk *walk)
{
    bool is_break = walk->unit == 1 ? step_utf8(walk) : step_utf16(walk);
    walk->index++;
    walk->column = is_break ? 0 : walk->column + 1;
    walk->line += is_break;
    return is_break;
}

size_t yaml_walk_to(struct yaml_walk *walk, size_t index)
{
    while (walk->index < index && !yaml_walk_at_end(walk))
        yaml_walk_step(walk);
    return walk->at;
}

void yaml_walk_to_byte(struct yaml_walk *walk, size_t at)
{
    while (walk->at < at && !yaml_walk_at_end(walk))
        yaml_walk_step(walk);
}

size_t yaml_break_length(struct slice text, size_t at)
{
    if (at >= text.length)
        return 0;
    struct character character = character_at(text, at);
    if (!character_is_break(character.code))
        return 0;
    return character.code == '\r' && at + 1 < text.length && text.data[at + 1] == '\n' ? 2 : character.length;
}

// --- Lines.

size_t yaml_line_start(struct slice text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n')
        at--;
    return at;
}

size_t yaml_line_end(struct slice text, size_t at)
{
    size_t length = slice_find_byte(slice_from_index(text, at), '\n');
    return length == SLICE_NOT_FOUND ? text.length : at + length;
}

size_t yaml_next_line(struct slice text, size_t at)
{
    size_t end = yaml_line_end(text, at);
    return end < text.length ? end + 1 : end;
}

size_t yaml_column(struct slice text, size_t at)
{
    return at - yaml_line_start(text, at);
}

bool yaml_begins_line(struct slice text, size_t at)
{
    while (at > 0 && text.data[at - 1] == ' ')
        at--;
    return at == 0 || text.data[at - 1] == '\n';
}

struct slice yaml_line(struct slice text, size_t start)
{
    return slice_trim(slice_part(text, start, yaml_line_end(text, start)), " \t\r");
}

bool yaml_is_comment(struct slice text, size_t start)
{
    return slice_starts_with(yaml_line(text, start), slice_literal("#"));
}

bool yaml_is_blank(struct slice text, size_t start)
{
    return start < text.length && !yaml_line(text, start).length;
}
