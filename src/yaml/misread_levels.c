// Judges from its neighbors which of the surrounding levels a wrongly indented line belongs to.
#include "yaml/misread_case.h"

// --- The habits of the file, from the lines without tabs.

static bool is_usable(struct text_line line)
{
    return !line.is_skipped && !line.is_tabbed;
}

size_t misread_step(const struct misread *misread)
{
    size_t above = SIZE_MAX;
    for (size_t i = 0; i < misread->line_count; i++) {
        struct text_line line = misread->lines[i];
        if (i == misread->line)
            above = SIZE_MAX;  // what is below the problem isn't indented further than what is above it
        if (i == misread->line || !is_usable(line))
            continue;
        if (above != SIZE_MAX && line.indent > misread->lines[above].content)
            return line.indent - misread->lines[above].content;
        above = i;
    }
    return 2;
}

struct habits {
    size_t step;     // misread_step
    bool has_list;   // there is a list
    bool is_at_key;  // the first one starts in the column of its key
};

static struct habits habits_of(const struct misread *misread)
{
    struct habits habits = {.step = misread_step(misread)};
    size_t above = SIZE_MAX;
    for (size_t i = 0; i < misread->line_count; i++) {
        struct text_line line = misread->lines[i];
        if (line.is_skipped || i == misread->line)
            continue;
        if (above != SIZE_MAX && is_usable(line) && line_is_item(line) && line_lacks_value(misread->lines[above])) {
            habits.has_list = true;
            habits.is_at_key = line.indent == misread->lines[above].content;
            break;
        }
        above = is_usable(line) ? i : SIZE_MAX;
    }
    return habits;
}

// The line below the problem. SIZE_MAX: there is none, or its own indentation is as wrong as that of the problem.
static size_t clear_line_below(const struct misread *misread)
{
    size_t below = misread_line_below(misread, misread->line);
    struct text_line line = misread_line(misread, misread->line), next = misread_line(misread, below);
    return next.is_tabbed || (!line.is_tabbed && next.indent == line.indent) ? SIZE_MAX : below;
}

bool misread_is_clear_below(const struct misread *misread)
{
    return clear_line_below(misread) != SIZE_MAX;
}

// --- How well a level suits the line of the problem.

enum fit { FIT_NOT, FIT_LOOSE, FIT_EXACT };

// True if the line below could follow a line of this level: it starts at the level, or at one around it, where its key
// is new.
static bool is_around(const struct misread *misread, const struct level_list *levels, const struct level *level,
                      struct text_line below)
{
    for (size_t i = 0; i < levels->count; i++) {
        const struct level *around = &levels->items[i];
        if (around->column == below.indent && around->is_item == line_is_item(below))
            return around->is_item || !misread_has_key(misread, *around, line_key(below));
        if (around->column == level->column && around->is_item == level->is_item)
            return false;
    }
    return false;
}

// True if the first line after the block could follow a block at this level, or if no line follows it.
static bool fits_end(const struct misread *misread, const struct level_list *levels, const struct level *level)
{
    struct text_line line = misread_line(misread, misread->line);
    size_t next = misread->line;
    do
        next = misread_line_below(misread, next);
    while (next != SIZE_MAX && misread->lines[next].indent >= line.indent && !misread->lines[next].is_tabbed);
    if (line.is_tabbed || next == SIZE_MAX || misread->lines[next].is_tabbed)
        return true;
    struct text_line end = misread->lines[next];
    bool is_value = line_opens(line) && line_is_item(end) && end.indent == level->column;
    return is_value || is_around(misread, levels, level, end);
}

// `level` is one of `levels`, which are those around the line.
static enum fit fit_of(const struct misread *misread, const struct habits *habits, const struct level_list *levels,
                       const struct level *level)
{
    struct text_line line = misread_line(misread, misread->line);
    struct slice content = slice_trim(line.text, " \t");
    size_t number = clear_line_below(misread);
    if (!level->is_item && misread_has_key(misread, *level, line_key(line)))
        return FIT_NOT;
    if ((line.is_tabbed && level->column <= line.indent) || !fits_end(misread, levels, level))
        return FIT_NOT;
    if (number == SIZE_MAX)
        return FIT_LOOSE;
    struct text_line below = misread->lines[number];
    size_t dash = 1 + slice_count_leading(slice_from_index(content, 1), ' ');
    size_t keys = level->is_item ? level->column + dash : level->column;
    if (line_opens(line)) {
        size_t wanted = line_is_item(below) && habits->is_at_key ? keys : keys + habits->step;
        if (below.indent < keys || (below.indent == keys && !line_is_item(below)))
            return FIT_NOT;
        return below.indent == wanted && (habits->has_list || !line_is_item(below)) ? FIT_EXACT : FIT_LOOSE;
    }
    if (level->is_item && below.indent == keys && !line_is_item(below) && line_key(line).length)
        return FIT_EXACT;
    return below.indent <= level->column && is_around(misread, levels, level, below) ? FIT_LOOSE : FIT_NOT;
}

// True if the line above starts an item, and the level is that of its keys.
static bool follows_dash(const struct misread *misread, const struct level *level)
{
    size_t above = misread_line_above(misread, misread->line);
    return !level->is_item && above == level->line && line_is_item(misread->lines[above]);
}

// --- Hints.

// "line 3", or "`name:` on line 3" where that is the first key of an item, which starts after the dash.
static struct slice place_text(const struct misread *misread, size_t line, size_t column)
{
    struct text_line like = misread->lines[line];
    struct slice key = line_is_item(like) && like.content == column ? line_key(like) : (struct slice){0};
    return arena_format(misread->diagnostics->arena, key.length ? "`%.*s:` on line %u" : "%.*sline %u", SLICE_ARGS(key),
                        misread_number(misread, line));
}

void misread_hint_indent(const struct misread *misread, size_t column, size_t like, const char *rest)
{
    unsigned spaces = misread_spaces(misread, misread->line, column);
    struct slice place = place_text(misread, like, column);
    if (spaces)
        diagnose_hint(misread->diagnostics, "indent it with %u space%s, like %.*s%s", spaces, spaces == 1 ? "" : "s",
                      SLICE_ARGS(place), rest);
    else
        diagnose_hint(misread->diagnostics, "start it in the first column, like %.*s%s", SLICE_ARGS(place), rest);
}

// One level, or either of two. `outer` may be NULL.
static void hint_levels(const struct misread *misread, const struct level *inner, const struct level *outer,
                        const char *rest)
{
    if (!outer) {
        misread_hint_indent(misread, inner->column, inner->line, rest);
        return;
    }
    struct slice in_inner = place_text(misread, inner->line, inner->column);
    struct slice in_outer = place_text(misread, outer->line, outer->column);
    unsigned spaces = misread_spaces(misread, outer->line, outer->column);
    struct slice instead = spaces ? arena_format(misread->diagnostics->arena, "with %u", spaces)
                                  : slice_literal("start it in the first column");
    diagnose_hint(misread->diagnostics, "indent it with %u spaces, like %.*s, or %.*s, like %.*s%s",
                  misread_spaces(misread, inner->line, inner->column), SLICE_ARGS(in_inner), SLICE_ARGS(instead),
                  SLICE_ARGS(in_outer), rest);
}

void misread_hint_levels(const struct misread *misread, const struct level *inner, const struct level *outer,
                         const char *rest)
{
    if (!inner || !outer) {
        hint_levels(misread, inner ? inner : outer, NULL, rest);
        return;
    }
    const struct habits habits = habits_of(misread);
    const struct level_list levels = misread_levels(misread, misread->line);
    enum fit in_inner = fit_of(misread, &habits, &levels, inner), in_outer = fit_of(misread, &habits, &levels, outer);
    bool is_next = (in_inner || !in_outer) && follows_dash(misread, inner);
    if (is_next ? in_outer > in_inner : in_outer == in_inner)
        hint_levels(misread, inner, outer, rest);
    else
        hint_levels(misread, in_outer > in_inner ? outer : inner, NULL, rest);
}

void misread_hint_level(const struct misread *misread, bool is_item, const char *rest)
{
    enum { LEVELS_MAX = 16 };
    struct level_list levels = misread_levels(misread, misread->line);
    const struct habits habits = habits_of(misread);
    const struct level *inner = NULL, *outer = NULL;
    enum fit best = FIT_NOT;
    size_t last = levels.count > LEVELS_MAX ? levels.count - LEVELS_MAX : 0;
    for (size_t i = levels.count; i-- > last;) {
        const struct level *level = &levels.items[i];
        if (!level->column || level->is_item != is_item || misread->lines[level->line].is_tabbed)
            continue;
        enum fit fit = fit_of(misread, &habits, &levels, level);
        bool is_only = inner && (best == FIT_EXACT || follows_dash(misread, inner));
        if (fit > best || (fit == best && !inner)) {
            inner = level;
            outer = NULL;
            best = fit;
        } else if (fit == best && !outer && !is_only) {
            outer = level;
        }
    }
    if (inner)
        hint_levels(misread, inner, outer, rest);
    else
        diagnose_hint(misread->diagnostics, "start it in the first column%s", rest);
}
