// base/text_diff.c
//
// The shortest edit script of Myers ("An O(ND) difference algorithm and its variations", 1986), over the lines that are
// not equal at the start and the end anyway.
#include "base/text_diff.h"

#include <stdint.h>

enum {
    CONTEXT = 3,      // equal lines around a change
    STEPS_MAX = 2000  // with more differences everything between the ends is replaced
};

struct lines {
    struct slice *items;
    size_t count, capacity;
    bool unfinished;  // the last one has no line break
};

enum line_fate { KEPT, TAKEN_OUT, PUT_IN };

struct line {
    enum line_fate fate;
    struct slice text;
    bool unfinished;
};

struct script {
    struct line *items;
    size_t count, capacity;
};

static struct lines lines_of(struct arena *arena, struct slice text)
{
    struct lines lines = {.unfinished = text.length && text.data[text.length - 1] != '\n'};
    while (text.length) {
        struct slice line;
        slice_cut(text, '\n', &line, &text);
        list_append(arena, &lines, line);
    }
    return lines;
}

static void add(struct arena *arena, struct script *script, enum line_fate fate, const struct lines *from, size_t index)
{
    struct line line = {fate, from->items[index], from->unfinished && index + 1 == from->count};
    list_append(arena, script, line);
}

static bool is_equal(const struct lines *a, size_t i, const struct lines *b, size_t k)
{
    return slice_equal(a->items[i], b->items[k]) &&
           (a->unfinished && i + 1 == a->count) == (b->unfinished && k + 1 == b->count);
}

// The middle parts: lines [start, start + rows) of `a`, [start, start + columns) of `b`.
struct middle {
    struct arena *arena;
    const struct lines *a, *b;
    size_t start, rows, columns;
};

static void replace_all(const struct middle *middle, struct script *script)
{
    for (size_t i = 0; i < middle->rows; i++)
        add(middle->arena, script, TAKEN_OUT, middle->a, middle->start + i);
    for (size_t i = 0; i < middle->columns; i++)
        add(middle->arena, script, PUT_IN, middle->b, middle->start + i);
}

// `reached[d]` holds, for each diagonal -d … d, the furthest row after d steps. Walks it back from the end.
static void walk_back(const struct middle *middle, ptrdiff_t **reached, ptrdiff_t steps, struct script *script)
{
    struct script reversed = {0};
    ptrdiff_t row = (ptrdiff_t)middle->rows, column = (ptrdiff_t)middle->columns;
    for (ptrdiff_t d = steps; d >= 0; d--) {
        ptrdiff_t diagonal = row - column, from_row = 0, from_column = 0;
        if (d > 0) {
            const ptrdiff_t *before = reached[d - 1] + d;  // before[k] for -(d-1) … d-1
            bool down = diagonal == -d || (diagonal != d && before[diagonal - 1] < before[diagonal + 1]);
            ptrdiff_t from = down ? diagonal + 1 : diagonal - 1;
            from_row = before[from];
            from_column = from_row - from;
        }
        while (row > from_row && column > from_column)
            add(middle->arena, &reversed, KEPT, middle->a, middle->start + (size_t)--row), column--;
        if (d > 0 && row > from_row)
            add(middle->arena, &reversed, TAKEN_OUT, middle->a, middle->start + (size_t)--row);
        else if (d > 0)
            add(middle->arena, &reversed, PUT_IN, middle->b, middle->start + (size_t)--column);
    }
    for (size_t i = reversed.count; i > 0; i--)
        list_append(middle->arena, script, reversed.items[i - 1]);
}

static void compare(const struct middle *middle, struct script *script)
{
    ptrdiff_t rows = (ptrdiff_t)middle->rows, columns = (ptrdiff_t)middle->columns;
    ptrdiff_t most = rows + columns < STEPS_MAX ? rows + columns : STEPS_MAX;
    ptrdiff_t **reached = arena_array(middle->arena, ptrdiff_t *, (size_t)most + 1);
    for (ptrdiff_t d = 0; d <= most; d++) {
        reached[d] = arena_array(middle->arena, ptrdiff_t, (size_t)(2 * d + 3));
        ptrdiff_t *now = reached[d] + d + 1;
        const ptrdiff_t *before = d ? reached[d - 1] + d : NULL;
        for (ptrdiff_t k = -d; k <= d; k += 2) {
            ptrdiff_t row = !before                                                ? 0
                            : k == -d || (k != d && before[k - 1] < before[k + 1]) ? before[k + 1]
                                                                                   : before[k - 1] + 1;
            while (row < rows && row - k < columns && row - k >= 0 &&
                   is_equal(middle->a, middle->start + (size_t)row, middle->b, middle->start + (size_t)(row - k)))
                row++;
            now[k] = row;
            if (row >= rows && row - k >= columns) {
                walk_back(middle, reached, d, script);
                return;
            }
        }
    }
    replace_all(middle, script);
}

static struct script make_script(struct arena *arena, const struct lines *a, const struct lines *b)
{
    struct script script = {0};
    size_t start = 0, end = 0;
    while (start < a->count && start < b->count && is_equal(a, start, b, start))
        start++;
    while (end < a->count - start && end < b->count - start && is_equal(a, a->count - 1 - end, b, b->count - 1 - end))
        end++;
    for (size_t i = 0; i < start; i++)
        add(arena, &script, KEPT, a, i);
    struct middle middle = {arena, a, b, start, a->count - start - end, b->count - start - end};
    compare(&middle, &script);
    for (size_t i = a->count - end; i < a->count; i++)
        add(arena, &script, KEPT, a, i);
    return script;
}

static void print_range(struct buffer *out, char sign, size_t before, size_t count)
{
    // A range without lines is named by the line before it.
    buffer_add_format(out, " %c%zu", sign, count ? before + 1 : before);
    if (count != 1)
        buffer_add_format(out, ",%zu", count);
}

static void print_hunk(const struct script *script, size_t start, size_t end, size_t row, size_t column,
                       struct buffer *out)
{
    size_t taken = 0, put = 0;
    for (size_t i = start; i < end; i++) {
        taken += script->items[i].fate != PUT_IN;
        put += script->items[i].fate != TAKEN_OUT;
    }
    buffer_add_text(out, "@@");
    print_range(out, '-', row, taken);
    print_range(out, '+', column, put);
    buffer_add_text(out, " @@\n");
    for (size_t i = start; i < end; i++) {
        const struct line *line = &script->items[i];
        buffer_add_format(out, "%c%.*s\n", " -+"[line->fate], SLICE_ARGS(line->text));
        if (line->unfinished)
            buffer_add_text(out, "\\ No newline at end of file\n");
    }
}

static size_t next_change(const struct script *script, size_t at)
{
    while (at < script->count && script->items[at].fate == KEPT)
        at++;
    return at;
}

void text_diff(struct arena *arena, const struct text_diff_names *names, struct slice before, struct slice after,
               struct buffer *out)
{
    struct lines a = lines_of(arena, before), b = lines_of(arena, after);
    struct script script = make_script(arena, &a, &b);
    size_t change = next_change(&script, 0), counted = 0, row = 0, column = 0;
    if (change == script.count)
        return;
    buffer_add_format(out, "--- %.*s\n+++ %.*s\n", SLICE_ARGS(names->before), SLICE_ARGS(names->after));
    while (change < script.count) {
        size_t start = change < counted + CONTEXT ? counted : change - CONTEXT, end = change;
        for (size_t next = change; next < script.count && next <= end + (size_t)2 * CONTEXT;
             next = next_change(&script, end))
            for (end = next; end < script.count && script.items[end].fate != KEPT;)
                end++;
        change = next_change(&script, end);
        end = end + CONTEXT < script.count ? end + CONTEXT : script.count;
        for (; counted < start; counted++) {
            row += script.items[counted].fate != PUT_IN;
            column += script.items[counted].fate != TAKEN_OUT;
        }
        print_hunk(&script, start, end, row, column, out);
        for (; counted < end; counted++) {
            row += script.items[counted].fate != PUT_IN;
            column += script.items[counted].fate != TAKEN_OUT;
        }
    }
}
