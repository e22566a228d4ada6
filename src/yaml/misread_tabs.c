#include "yaml/misread_case.h"

#define NO_TABS ": YAML does not allow tabs there"

// --- The first line below a key.

// For `- name: a` above `    image: b`, which is the next key of the item. False: the line below isn't.
static bool hint_above_key(const struct misread *misread, size_t below, size_t least)
{
    struct slice content = slice_trim(misread_line(misread, misread->line).text, " \t");
    size_t gap = 1;
    if (!slice_starts_with(content, slice_literal("- ")) || line_is_item(misread->lines[below]))
        return false;
    while (gap < content.length && content.data[gap] == ' ')
        gap++;
    size_t indent = misread->lines[below].indent;
    if (indent < least + gap || !line_key(misread->lines[below]).length)
        return false;
    unsigned spaces = misread_spaces(misread, misread->line, indent - gap);
    if (spaces)
        diagnose_hint(misread->diagnostics, "indent it with %u space%s, %zu fewer than line %u" NO_TABS, spaces,
                      spaces == 1 ? "" : "s", gap, misread_number(misread, below));
    else
        diagnose_hint(misread->diagnostics, "start it in the first column" NO_TABS);
    return true;
}

static void hint_step(const struct misread *misread, size_t above, size_t step)
{
    size_t column = misread->lines[above].content;
    diagnose_hint(misread->diagnostics, "indent it with %u spaces, %zu more than line %u" NO_TABS,
                  misread_spaces(misread, misread->line, column + step), step, misread_number(misread, above));
}

static void hint_below_key(const struct misread *misread, size_t above, bool is_item)
{
    size_t below = misread_line_below(misread, misread->line), column = misread->lines[above].content;
    // What follows a key without a value belongs to that key, so it says nothing about the key's own column.
    bool opens = misread_is_clear_below(misread) && line_opens(misread_line(misread, misread->line));
    while (below != SIZE_MAX && misread->lines[below].is_tabbed)
        below = misread_line_below(misread, below);
    if (below != SIZE_MAX && hint_above_key(misread, below, column))
        return;
    bool is_beside = below != SIZE_MAX && is_item && line_is_item(misread->lines[below]) &&
                     misread->lines[below].indent == column && column;
    if (is_beside || (below != SIZE_MAX && misread->lines[below].indent > column && !opens))
        misread_hint_indent(misread, misread->lines[below].indent, below, NO_TABS);
    else
        hint_step(misread, above, misread_step(misread));
}

// `-`, tab, value
static bool refuse_tab_after_sign(const struct misread *misread)
{
    struct slice text = misread_line(misread, misread->line).text;
    struct slice before = slice_part(text, 0,
                                     text.length - misread_text(misread, misread->line, misread->column).length);
    if (misread_byte(misread) != '\t' || !before.length || !strchr("-?:", before.data[before.length - 1]) ||
        !misread_is_problem(misread, "found character that cannot start any token"))
        return false;
    diagnose(misread->diagnostics, misread_position(misread, misread->line, misread->column),
             "found a tab where YAML needs a space");
    diagnose_hint(misread->diagnostics, "write a space after '%c' instead of the tab", before.data[before.length - 1]);
    return true;
}

bool misread_tab(const struct misread *misread)
{
    struct text_line line = misread_line(misread, misread->line);
    size_t above = misread_line_above(misread, misread->line);
    if (misread->scan.depth)
        return false;  // tabs are allowed between brackets
    if (!line.is_tabbed)
        return refuse_tab_after_sign(misread);
    struct slice content = slice_trim(line.text, " \t");
    diagnose(misread->diagnostics, misread_position(misread, misread->line, line.indent),
             "found a tab in the indentation");
    if (!content.length)
        diagnose_hint(misread->diagnostics, "remove the tab: the rest of the line is empty");
    else if (above != SIZE_MAX && line_opens(misread->lines[above]))
        hint_below_key(misread, above, slice_starts_with(content, slice_literal("- ")));
    else
        misread_hint_level(misread, slice_starts_with(content, slice_literal("- ")), NO_TABS);
    return true;
}
