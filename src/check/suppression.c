#include "check/suppression.h"

#include "base/utf8.h"

static const struct slice word = {"kiln: ignore", 12};
enum { FILE_LINES = 10 };

static size_t indentation(struct slice line)
{
    size_t at = 0;
    while (at < line.length && line.data[at] == ' ')
        at++;
    return at;
}

static bool is_blank(struct slice line)
{
    struct slice rest = slice_trim(line, " \t\r");
    return !rest.length || rest.data[0] == '#';
}

static bool is_item(struct slice line)
{
    struct slice rest = slice_trim(line, " ");
    return rest.length && rest.data[0] == '-' && (rest.length == 1 || rest.data[1] == ' ');
}

// The node that begins in the first line of the text that is not blank: from there to the last line that belongs to it.
static void find_node(struct slice text, uint32_t number, uint32_t *first, uint32_t *last)
{
    struct slice line;
    size_t indent = 0;
    bool item = false, begun = false;
    *first = *last = number;
    for (; text.length; number++) {
        slice_cut(text, '\n', &line, &text);
        if (is_blank(line))
            continue;
        size_t own = indentation(line);
        if (!begun) {
            begun = true;
            indent = own;
            item = is_item(line);
            *first = number;
        } else if (own < indent || (own == indent && (item || !is_item(line)))) {
            return;
        }
        *last = number;
    }
}

static uint32_t column_of(struct slice line, const char *at)
{
    uint32_t column = 1;
    for (size_t i = 0; line.data + i < at; column++)
        i += character_at(line, i).length;
    return column;
}

// `names` is what follows the word, up to the colon in front of the reason.
static void add_names(struct arena *arena, struct slice line, struct slice names, struct suppression about,
                      struct suppressions *list)
{
    struct slice name, reason;
    slice_cut(names, ':', &names, &reason);
    while (names.length) {
        slice_cut(names, ',', &name, &names);
        name = slice_trim(name, " \t\r");
        if (!name.length)
            continue;
        about.rule = rule_find(name);
        about.name = arena_copy(arena, name);
        about.column = column_of(line, name.data);
        about.end_column = about.column + (uint32_t)name.length;
        list_append(arena, list, about);
    }
}

static void read_line(struct arena *arena, struct slice line, uint32_t number, struct slice rest,
                      struct suppressions *list)
{
    size_t hash = slice_find_byte(line, '#');
    size_t at = hash == SLICE_NOT_FOUND ? hash : slice_find(slice_from_index(line, hash), word);
    if (at == SLICE_NOT_FOUND)
        return;
    struct slice names = slice_from_index(line, hash + at + word.length);
    struct suppression about = {.line = number, .first = number, .last = number};
    const struct slice of_file = {"-file ", 6};
    if (slice_starts_with(names, of_file)) {
        if (number > FILE_LINES)
            return;
        names = slice_from_index(names, of_file.length);
        about.first = 0;
        about.last = UINT32_MAX;
    } else if (!names.length || names.data[0] != ' ') {
        return;
    } else if (is_blank(line)) {
        find_node(rest, number + 1, &about.first, &about.last);
    }
    add_names(arena, line, names, about, list);
}

void suppressions_read(struct arena *arena, struct slice text, struct suppressions *list)
{
    struct slice line;
    if (slice_find(text, word) == SLICE_NOT_FOUND)
        return;
    for (uint32_t number = 1; text.length; number++) {
        slice_cut(text, '\n', &line, &text);
        read_line(arena, line, number, text, list);
    }
}
