// A missing dash, space, or colon, and a colon where YAML allows none.
#include "base/ascii.h"
#include "yaml/misread_case.h"

// --- A missing dash.

// Text that may be an item without its dash: a word, a path, KEY=VALUE, or a flag such as --port; no key.
static bool is_bare(struct text_line line)
{
    struct slice content = line_content(line);
    bool is_flag = slice_starts_with(content, slice_literal("--")) && content.length > 2 && content.data[2] != '-';
    return content.length && !line_is_item(line) && (is_flag || !strchr("-?[]{}|>\"'&*!%@`", content.data[0])) &&
           !line_key(line).length;
}

// `web.yaml`, `../base`, `A=b c`, but not `kind Service`
static bool is_path_or_pair(struct slice content)
{
    struct slice word = slice_part(content, 0, slice_find_byte(content, ' '));
    return slice_find_byte(word, '=') != SLICE_NOT_FOUND || slice_starts_with(word, slice_literal("--")) ||
           (word.length == content.length &&
            (slice_find_byte(word, '/') != SLICE_NOT_FOUND || slice_find_byte(word, '.') != SLICE_NOT_FOUND));
}

struct neighbors {
    size_t item_above, item_below;  // items in the same column
    size_t key_above;               // a key without a value, for which the line is the first below
    bool opens;                     // the next line is indented further
};

static struct neighbors find_neighbors(const struct misread *misread, size_t number)
{
    struct neighbors found = {SIZE_MAX, SIZE_MAX, SIZE_MAX, false};
    size_t indent = misread->lines[number].indent, above = misread_line_above(misread, number);
    size_t first = above, below = misread_line_below(misread, number);
    while (above != SIZE_MAX && misread->lines[above].indent > indent)
        above = misread_line_above(misread, above);
    if (above != SIZE_MAX && misread->lines[above].indent == indent && line_is_item(misread->lines[above]))
        found.item_above = above;
    else if (above != SIZE_MAX && above == first && line_opens(misread->lines[above]))
        found.key_above = above;
    if (below != SIZE_MAX && misread->lines[below].indent == indent && line_is_item(misread->lines[below]))
        found.item_below = below;
    found.opens = below != SIZE_MAX && misread->lines[below].indent > indent;
    return found;
}

static bool is_scalar_item(const struct misread *misread, size_t line)
{
    return line != SIZE_MAX && !line_key(misread->lines[line]).length;
}

static void diagnose_dash(const struct misread *misread, size_t number, const struct neighbors *around)
{
    size_t like = around->item_above != SIZE_MAX ? around->item_above : around->item_below;
    misread_report_dash(misread, number);
    if (like != SIZE_MAX)
        diagnose_hint(misread->diagnostics, "write '- ' before it, as on line %u", misread_number(misread, like));
    else
        diagnose_hint(misread->diagnostics, "write '- ' before each item of the list that line %u starts",
                      misread_number(misread, around->key_above));
}

bool misread_missing_dash(const struct misread *misread, size_t number)
{
    struct text_line line = misread_line(misread, number);
    if (line.is_skipped || !is_bare(line))
        return false;
    struct slice content = line_content(line);
    struct neighbors around = find_neighbors(misread, number);
    bool follows_item = around.item_above != SIZE_MAX, precedes_item = around.item_below != SIZE_MAX;
    bool follows_key = around.key_above != SIZE_MAX, is_word = slice_find_byte(content, ' ') == SLICE_NOT_FOUND;
    bool is_path = is_path_or_pair(content);
    if (around.opens || (!follows_item && !follows_key))
        return false;
    bool is_between = is_scalar_item(misread, around.item_below) &&
                      (follows_key || is_scalar_item(misread, around.item_above));
    bool is_below = follows_item || precedes_item || misread->lines[around.key_above].indent == line.indent;
    if ((is_path && is_below) || is_between) {
        diagnose_dash(misread, number, &around);
        return true;
    }
    bool is_string = !follows_item && line_opens_string(misread->lines[around.key_above]);
    if (!is_word || precedes_item || is_path || !is_below || is_string)
        return false;
    diagnose(misread->diagnostics, misread_position(misread, number, line.indent),
             "expected a key or an item of a list, found a word");
    diagnose_hint(misread->diagnostics,
                  "write '- ' before it if it belongs to the list on line %u; write ':' after it if it is a key",
                  misread_number(misread, follows_item ? around.item_above : around.key_above));
    return true;
}

// --- A missing space or colon.

// The length of the word that the text starts with.
static size_t word_length(struct slice text)
{
    size_t length = 0;
    while (length < text.length && byte_is_path(text.data[length]))
        length++;
    return length;
}

// True if `rest` could be the value of a key without its colon: `kind Service`, `resources [a.yaml]`.
static bool is_value(struct slice text, size_t length, struct slice rest)
{
    bool follows = text.data[length] == ' ' && slice_find_byte(text, ':') == SLICE_NOT_FOUND;
    return follows && (strchr("[{\"'", rest.data[0]) || slice_find_byte(rest, ' ') == SLICE_NOT_FOUND);
}

// The line has text in the column, as a key or an item.
static bool refuse_missing_sign(const struct misread *misread, size_t line, size_t column)
{
    struct slice text = misread_text(misread, line, column);
    if (misread_line(misread, line).indent == column && misread_missing_dash(misread, line))
        return true;
    if (text.length > 1 && text.data[0] == '-' && !strchr(" -\t", text.data[1])) {
        diagnose(misread->diagnostics, misread_position(misread, line, column + 1), "missing space after '-'");
        diagnose_hint(misread->diagnostics, "write '- ' before each item of a list");
        return true;
    }
    if (text.length && slice_count_leading(text, '-') == text.length) {
        diagnose(misread->diagnostics, misread_position(misread, line, column), "expected '---' between two documents");
        diagnose_hint(misread->diagnostics, "write three dashes, and nothing else, on the line");
        return true;
    }
    size_t length = word_length(text);
    struct slice rest = slice_trim(slice_from_index(text, length), " \t");
    if (!length || (rest.length && rest.data[0] != ':' && rest.data[0] != '#' && !is_value(text, length, rest)))
        return false;
    if (rest.length > 1 && rest.data[0] == ':' && rest.data[1] != '/' && rest.data[1] != ' ') {
        diagnose(misread->diagnostics, misread_position(misread, line, column + length + 1), "missing space after ':'");
        diagnose_hint(misread->diagnostics, "write `key: value`, with a space after the colon");
        return true;
    }
    if (rest.length && rest.data[0] == ':')
        return false;
    diagnose(misread->diagnostics, misread_position(misread, line, column + length), "missing ':' after a key");
    diagnose_hint(misread->diagnostics,
                  "write `key:` or `key: value`; if the line belongs to the string above, indent it further");
    return true;
}

// The column in which the nearest string in a block above the line starts. SIZE_MAX: there is none.
static size_t string_column(const struct misread *misread, size_t line)
{
    for (size_t i = misread_line_above(misread, line); i != SIZE_MAX; i = misread_line_above(misread, i)) {
        if (!line_opens_string(misread->lines[i]))
            continue;
        size_t first = misread_line_below(misread, i);
        bool is_further = first < line && misread->lines[first].indent > misread->lines[i].indent;
        return is_further ? misread->lines[first].indent : SIZE_MAX;
    }
    return SIZE_MAX;
}

bool misread_line_without_colon(const struct misread *misread)
{
    yaml_mark_t start = misread->parser->context_mark;
    if (!misread_is_problem(misread, "could not find expected ':'") || misread->parser->error != YAML_SCANNER_ERROR)
        return false;
    if (refuse_missing_sign(misread, start.line, start.column))
        return true;
    diagnose(misread->diagnostics, misread_position_of_mark(misread, start), "expected `key: value`, found other text");
    size_t column = string_column(misread, start.line);
    unsigned spaces = column == SIZE_MAX ? 0 : misread_spaces(misread, start.line, column);
    if (spaces)
        diagnose_hint(misread->diagnostics,
                      "if the line belongs to the string above, indent it with at least %u space%s", spaces,
                      spaces == 1 ? "" : "s");
    else
        diagnose_hint(misread->diagnostics, "if the line belongs to the string above, indent it further than its key");
    return true;
}

// --- A colon where YAML allows none.

// A key in the column of a dash, between the other keys of that item:
//
//     - name: web
//     image: nginx
//       ports: []
static bool refuse_key_before_item_keys(const struct misread *misread)
{
    size_t first = misread->scan.start.line, item = misread_line_above(misread, first);
    if (item == SIZE_MAX || misread_line_above(misread, misread->line) != first)
        return false;
    struct text_line key = misread_line(misread, first), above = misread->lines[item];
    if (!line_is_item(above) || line_is_item(key) || !line_key(key).length || !line_key(above).length ||
        key.indent != above.indent || above.content != misread_line(misread, misread->line).indent)
        return false;
    diagnose(misread->diagnostics, misread_position(misread, first, key.indent),
             "wrong indentation: this key ends the item, which continues on line %u",
             misread_number(misread, misread->line));
    misread_hint_key_of_item(misread, item, above.content);
    return true;
}

// `patch: -|` and `patch: ->`, whose signs are in the wrong order.
static bool refuse_reversed_signs(const struct misread *misread)
{
    yaml_mark_t start = misread->scan.start;
    struct slice text = line_content(misread_line(misread, start.line)),
                 key = line_key(misread_line(misread, start.line));
    struct slice value = slice_trim(slice_from_index(text, key.length ? key.length + 1 : 0), " ");
    if (!key.length || value.length != 2 || !strchr("-+", value.data[0]) || !strchr("|>", value.data[1]))
        return false;
    diagnose(misread->diagnostics, misread_position_of_mark(misread, start),
             "'%.2s' does not start a multi-line string", value.data);
    diagnose_hint(misread->diagnostics, "write `%c%c`", value.data[1], value.data[0]);
    return true;
}

// A key that is indented further than the key above it, which already has a value.
static bool refuse_key_in_value(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    struct text_line first = misread_line(misread, scan->start.line), line = misread_line(misread, misread->line);
    unsigned number = misread_number(misread, scan->start.line);
    if (refuse_key_before_item_keys(misread) || refuse_reversed_signs(misread) ||
        misread_outdented_key(misread, scan->start.line))
        return true;
    diagnose(misread->diagnostics, misread_position(misread, misread->line, line.indent),
             "this key is part of the value on line %u, because it is indented further", number);
    if (!line_key(first).length || scan->start.line + 1 < misread->line) {
        diagnose_hint(misread->diagnostics, "indent the key like the other keys of its map; put a value that contains "
                                            "': ' in quotes");
        return true;
    }
    struct slice value = slice_from_index(line_content(first), line_key(first).length + 1);
    bool is_word = slice_find_byte(slice_trim(value, " "), ' ') == SLICE_NOT_FOUND;
    misread_hint_indent(misread, first.content, scan->start.line,
                        is_word ? "" : "; if it belongs to the value, put the value in quotes");
    return true;
}

bool misread_colon(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    if (!misread_is_problem(misread, "mapping values are not allowed"))
        return false;
    bool is_plain = scan->type == YAML_SCALAR_TOKEN && scan->style == YAML_PLAIN_SCALAR_STYLE;
    size_t above = misread_line_above(misread, misread->line);
    if (!is_plain || scan->start.line == misread->line || above == SIZE_MAX || scan->start.line > above) {
        diagnose(misread->diagnostics, misread_position(misread, misread->line, misread->column),
                 "a value that is not in quotes cannot contain ': '");
        diagnose_hint(misread->diagnostics,
                      "put the whole value in quotes, or start the second key on a line of its own");
        return true;
    }
    struct text_line first = misread_line(misread, scan->start.line), before = misread_line(misread, above);
    bool is_item = line_is_item(first);
    bool starts_line = misread_text(misread, scan->start.line, scan->start.column).data ==
                       first.text.data + first.content;
    if (starts_line && !is_item && misread_missing_dash(misread, scan->start.line))
        return true;
    size_t column = above == scan->start.line ? scan->start.column : before.indent;
    if (starts_line && !is_item && refuse_missing_sign(misread, above, column))
        return true;
    struct slice text = misread_text(misread, above, before.content);
    if (is_item && above == scan->start.line && slice_find_byte(text, ':') != SLICE_NOT_FOUND &&
        refuse_missing_sign(misread, above, before.content))
        return true;
    if (starts_line && !is_item && misread_line(misread, misread->line).indent <= scan->start.column) {
        diagnose(misread->diagnostics, misread_position_of_mark(misread, scan->start),
                 "expected `key: value`, found other text");
        diagnose_hint(misread->diagnostics, "write `key: value`, or put a multi-line string in quotes");
        return true;
    }
    return refuse_key_in_value(misread);
}
