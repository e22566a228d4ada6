#include "yaml/misread_case.h"

// --- A key that interrupts a map.

// True if the lines between `first` and `last` could be the value of `first` if it started in `column`.
static bool are_below_column(const struct misread *misread, size_t first, size_t last, size_t column)
{
    for (size_t i = first + 1; i < last; i++) {
        struct text_line line = misread_line(misread, i);
        if (!line.is_skipped &&
            (line.is_tabbed || line.indent < column || (line.indent == column && !line_is_item(line))))
            return false;
    }
    return true;
}

// True if the keys that start in the column of the problem belong to a map that ends above the line.
static bool interrupts_map(const struct misread *misread, size_t line)
{
    struct text_line problem = misread_line(misread, misread->line);
    struct level_list levels = misread_levels(misread, line);
    size_t next = misread_line_below(misread, misread->line);
    while (next != SIZE_MAX && misread->lines[next].indent > problem.indent)
        next = misread_line_below(misread, next);
    // If the key has no lines of its own below it, it may be right, and a single line after it wrong.
    bool goes_on = line_opens(misread->lines[line]) ||
                   (next != SIZE_MAX && misread->lines[next].indent == problem.indent);
    for (size_t i = 0; i < levels.count; i++)
        if (!levels.items[i].is_item && levels.items[i].column == problem.indent)
            return goes_on && !misread_has_key(misread, levels.items[i], line_key(misread_line(misread, line)));
    return false;
}

// True if the line above is a key in the same column that is left without a value.
static bool leaves_key_empty(const struct misread *misread, size_t line)
{
    size_t above = misread_line_above(misread, line);
    struct text_line opening = misread_line(misread, above);
    return above != SIZE_MAX && opening.content == misread_line(misread, line).indent && line_lacks_value(opening);
}

bool misread_outdented_key(const struct misread *misread, size_t line)
{
    struct text_line key = misread_line(misread, line), problem = misread_line(misread, misread->line);
    if (key.is_skipped || line_is_item(key) || line_is_item(problem) || !line_key(key).length ||
        !line_key(problem).length || key.indent >= problem.indent ||
        !are_below_column(misread, line, misread->line, problem.indent) ||
        !(interrupts_map(misread, line) || leaves_key_empty(misread, line)))
        return false;
    diagnose(misread->diagnostics, misread_position(misread, line, key.indent),
             "wrong indentation: this key is indented less than line %u, which is part of the same map",
             misread_number(misread, misread->line));
    misread_hint_indent(misread, problem.indent, misread->line, "");
    return true;
}

// --- Items among keys, and keys among items.

// The nearest line above with an item whose content starts in the column. SIZE_MAX: none, or a line between them starts
// before it.
static size_t item_line_above(const struct misread *misread, size_t column)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < misread->line; i++) {
        struct text_line line = misread->lines[i];
        if (line.is_skipped || line.indent >= column)
            continue;
        found = line.content == column ? i : SIZE_MAX;
    }
    return found;
}

// The first of the keys that end right above the problem and start in its column. SIZE_MAX: there is none.
static size_t first_key_above(const struct misread *misread)
{
    size_t found = SIZE_MAX;
    for (size_t i = misread_line_above(misread, misread->line); i != SIZE_MAX; i = misread_line_above(misread, i)) {
        struct text_line line = misread->lines[i];
        if (line.indent < misread->column || (line.indent == misread->column && line_is_item(line)))
            break;
        if (line.indent == misread->column)
            found = i;
    }
    return found;
}

// The keys above an item belong to the item before them, or to the first item of the list, which has no dash.
static bool refuse_keys_of_item(const struct misread *misread)
{
    size_t first = first_key_above(misread), above = first == SIZE_MAX ? first : misread_line_above(misread, first);
    if (above == SIZE_MAX)
        return false;
    struct slice key = line_key(misread->lines[first]), item_key = line_key(misread->lines[misread->line]);
    struct level_list levels = misread_levels(misread, first);
    const struct level *last = NULL, *item = NULL;
    for (size_t i = 0; i < levels.count; i++) {
        if (levels.items[i].is_item && levels.items[i].column == misread->column)
            item = &levels.items[i];
        else if (item && !last && !levels.items[i].is_item)
            last = &levels.items[i];
    }
    bool is_first = misread->lines[above].indent < misread->column && line_opens(misread->lines[above]) && key.length &&
                    slice_equal(key, item_key);
    if (item && last && key.length && line_key(misread->lines[item->line]).length &&
        !misread_has_key(misread, *last, key)) {
        diagnose(misread->diagnostics, misread_position(misread, first, misread->column),
                 "wrong indentation: this key ends the list, which continues on line %u",
                 misread_number(misread, misread->line));
        misread_hint_key_of_item(misread, item->line, last->column);
        return true;
    }
    if (!is_first && !(item && last && key.length && slice_equal(key, item_key)))
        return false;
    misread_report_dash(misread, first);
    diagnose_hint(misread->diagnostics, "write '- ' before it, as on line %u%s", misread_number(misread, misread->line),
                  misread_line_below(misread, first) == misread->line ? ""
                                                                      : ", and indent the other keys of the item to "
                                                                        "match");
    return true;
}

// The lines of a string that start in the column of its key:
//
//     patch: |-
//     - op: remove
static bool refuse_item_of_string(const struct misread *misread)
{
    size_t above = misread_line_above(misread, misread->line);
    struct text_line opening = misread_line(misread, above);
    if (!line_opens_string(opening) || opening.content != misread->column)
        return false;
    struct slice key = line_key(opening);
    unsigned number = misread_number(misread, above);
    diagnose(misread->diagnostics, misread_position(misread, misread->line, misread->column),
             "this line does not belong to the string that starts on line %u, because it is not indented further",
             number);
    diagnose_hint(misread->diagnostics,
                  "indent it, and the lines of the string below it, further than `%.*s:` on line %u", SLICE_ARGS(key),
                  number);
    return true;
}

// An item in the column of the key of its list, whose other items are indented further.
static bool refuse_outdented_item(const struct misread *misread)
{
    struct level_list levels = misread_levels(misread, misread->line);
    for (size_t i = 0; i + 1 < levels.count; i++) {
        const struct level *key = &levels.items[i], *item = &levels.items[i + 1];
        if (key->is_item || !item->is_item || key->column != misread->column || item->column == key->column ||
            !line_opens(misread->lines[key->line]))
            continue;
        diagnose(misread->diagnostics, misread_position(misread, misread->line, misread->column),
                 "wrong indentation: the other items of this list are indented further");
        misread_hint_indent(misread, item->column, item->line, "");
        return true;
    }
    return false;
}

static bool refuse_item(const struct misread *misread)
{
    if (refuse_item_of_string(misread) || refuse_keys_of_item(misread) || refuse_outdented_item(misread))
        return true;
    size_t above = item_line_above(misread, misread->column);
    diagnose(misread->diagnostics, misread_position(misread, misread->line, misread->column),
             "expected a key, found an item of a list");
    if (above != SIZE_MAX)
        diagnose_hint(misread->diagnostics,
                      "indent it with %u spaces, like the item on line %u; if it starts a list of its own, write the "
                      "key of that list on the line above",
                      misread_spaces(misread, above, misread->lines[above].indent), misread_number(misread, above));
    else
        diagnose_hint(misread->diagnostics, "write the key of the list on the line above its first item, such as "
                                            "`resources:`, or remove the '- '");
    return true;
}

// For a key in the column of the items of a list whose last item has keys.
static void hint_key(const struct misread *misread, size_t item)
{
    struct text_line line = misread->lines[item];
    const struct level keys = {misread_line_above(misread, misread->line), line.content, false};
    if (misread_has_key(misread, keys, line_key(misread_line(misread, misread->line))))
        diagnose_hint(misread->diagnostics, "write '- ' before it to start another item, as on line %u",
                      misread_number(misread, item));
    else
        misread_hint_key_of_item(misread, item, line.content);
}

static bool refuse_key(const struct misread *misread)
{
    struct level_list levels = misread_levels(misread, misread->line);
    const struct level *item = NULL, *around = NULL;
    for (size_t i = 0; i < levels.count; i++) {
        if (levels.items[i].is_item && levels.items[i].column == misread->column)
            item = &levels.items[i];
        else if (!levels.items[i].is_item && levels.items[i].column < misread->column)
            around = &levels.items[i];
    }
    diagnose(misread->diagnostics, misread_position(misread, misread->line, misread->column),
             "expected the next item of the list, which starts with '- '");
    if (item && line_key(misread->lines[item->line]).length)
        hint_key(misread, item->line);
    else if (item && around)
        misread_hint_indent(misread, around->column, around->line,
                            ", if it is a key after the list; otherwise, write '- ' before it");
    else
        diagnose_hint(misread->diagnostics,
                      "write '- ' before each item, and give the list a key, such as `resources:`");
    return true;
}

// --- A list whose first item has no dash:
//
//     patches:
//         path: a.yaml
//       - path: b.yaml

// True if the item that starts on the line, with its keys in the column, has the key.
static bool item_has_key(const struct misread *misread, size_t line, size_t column, struct slice key)
{
    bool has_key = false;
    for (size_t i = line; i != SIZE_MAX && !has_key; i = misread_line_below(misread, i)) {
        if (i != line && misread->lines[i].indent < column)
            break;
        has_key = misread->lines[i].content == column && slice_equal(line_key(misread->lines[i]), key);
    }
    return has_key;
}

// The first of the keys between a key without a value and the item on the line. SIZE_MAX: those lines aren't keys that
// are indented further than the item.
static size_t first_key_without_dash(const struct misread *misread, struct text_line item)
{
    size_t first = SIZE_MAX, at = misread_line_above(misread, misread->line), least = SIZE_MAX;
    for (; at != SIZE_MAX && misread->lines[at].indent > item.indent; at = misread_line_above(misread, at)) {
        first = at;
        if (misread->lines[at].indent < least)
            least = misread->lines[at].indent;
    }
    bool opens = at != SIZE_MAX && misread->lines[at].content <= item.indent && line_lacks_value(misread->lines[at]);
    bool is_map = first != SIZE_MAX && misread->lines[first].indent == least && !line_is_item(misread->lines[first]);
    return opens && is_map ? first : SIZE_MAX;
}

static bool refuse_first_item(const struct misread *misread)
{
    struct text_line item = misread_line(misread, misread->line);
    size_t first = line_is_item(item) && line_key(item).length ? first_key_without_dash(misread, item) : SIZE_MAX;
    struct text_line start = misread_line(misread, first);
    if (first == SIZE_MAX || !line_key(start).length ||
        (!item_has_key(misread, first, start.indent, line_key(item)) &&
         !item_has_key(misread, misread->line, item.content, line_key(start))))
        return false;
    bool has_other_keys = false;
    for (size_t i = first + 1; i < misread->line; i++)
        has_other_keys |= !misread->lines[i].is_skipped && misread->lines[i].indent == start.indent;
    misread_report_dash(misread, first);
    diagnose_hint(misread->diagnostics, "write '- ' before it, in the same column as on line %u%s",
                  misread_number(misread, misread->line),
                  has_other_keys && start.indent != item.content ? ", and indent the other keys of the item to match"
                                                                 : "");
    return true;
}

// --- A line in a column in which no line above starts.

// An item without its dash.
static bool refuse_word(const struct misread *misread, const struct level_list *levels)
{
    struct text_line line = misread_line(misread, misread->line);
    const struct level *item = NULL;
    for (size_t i = 0; i < levels->count; i++)
        if (levels->items[i].is_item && !line_key(misread->lines[levels->items[i].line]).length)
            item = &levels->items[i];
    if (!item || line_key(line).length || line_is_item(line))
        return false;
    misread_report_dash(misread, misread->line);
    diagnose_hint(misread->diagnostics, "write '- ' before it, in the same column as on line %u",
                  misread_number(misread, item->line));
    return true;
}

bool misread_indentation(const struct misread *misread)
{
    struct text_line line = misread_line(misread, misread->line);
    size_t above = misread_line_above(misread, misread->line);
    if (above == SIZE_MAX || misread->column != line.indent ||
        !(misread_is_problem(misread, "did not find expected key") ||
          misread_is_problem(misread, "did not find expected '-'")))
        return false;
    struct text_line before = misread->lines[above];
    struct position position = misread_position(misread, misread->line, line.indent);
    if (line.indent > before.content) {
        diagnose(misread->diagnostics, position,
                 "wrong indentation: the line is indented further than line %u, which already has a value",
                 misread_number(misread, above));
        misread_hint_indent(misread, before.content, above, "");
        return true;
    }
    if (refuse_first_item(misread))
        return true;
    struct level_list levels = misread_levels(misread, misread->line);
    const struct level *inner = NULL, *outer = NULL;
    bool fits = false;
    for (size_t i = 0; i < levels.count; i++) {
        const struct level *level = &levels.items[i];
        fits |= level->column == line.indent;
        // An item belongs beside other items, a key beside the keys in them.
        if (level->is_item != line_is_item(line))
            continue;
        if (level->column < line.indent)
            outer = level;
        else if (!inner)
            inner = level;
    }
    // An item right after a key without a value starts the list of that key.
    bool is_first = line_is_item(line) && line_key(before).length && line_lacks_value(before);
    if (fits || (!inner && !outer && !is_first))
        return line_is_item(line) ? refuse_item(misread) : refuse_key(misread);
    if (refuse_word(misread, &levels) || (outer && misread_outdented_key(misread, outer->line)))
        return true;
    diagnose(misread->diagnostics, position, "wrong indentation: the line starts between two levels");
    if (is_first)
        misread_hint_indent(misread, before.content, above, "");
    else
        misread_hint_levels(misread, inner, outer, "");
    return true;
}
