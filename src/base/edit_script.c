// base/edit_script.c
//
// The algorithm of Myers ("An O(ND) difference algorithm and its variations", 1986), applied between the equal items at
// the start and at the end.
#include "base/edit_script.h"

#include <stdint.h>

enum {
    STEPS_MAX = 2000  // with more differences, everything in the middle is replaced
};

// The parts to compare: items [start, start + rows) of the first sequence and [start, start + columns) of the second.
struct middle {
    struct arena *arena;
    const struct edit_sequences *sequences;
    size_t start, rows, columns;
};

static void add(struct arena *arena, struct edit_script *script, enum edit_step step, size_t count)
{
    for (size_t i = 0; i < count; i++)
        list_append(arena, script, step);
}

static bool is_equal(const struct edit_sequences *sequences, size_t before, size_t after)
{
    return sequences->equal(sequences->state, before, after);
}

static void replace_all(const struct middle *middle, struct edit_script *script)
{
    add(middle->arena, script, EDIT_TAKE_OUT, middle->rows);
    add(middle->arena, script, EDIT_PUT_IN, middle->columns);
}

// `reached[d]` has, for each diagonal -d … d, the furthest row after d steps. Walks from the end back to the start.
static void walk_back(const struct middle *middle, ptrdiff_t **reached, ptrdiff_t steps, struct edit_script *script)
{
    struct edit_script reversed = {0};
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
        for (; row > from_row && column > from_column; row--, column--)
            add(middle->arena, &reversed, EDIT_KEEP, 1);
        if (d > 0 && row > from_row) {
            add(middle->arena, &reversed, EDIT_TAKE_OUT, 1);
            row--;
        } else if (d > 0) {
            add(middle->arena, &reversed, EDIT_PUT_IN, 1);
            column--;
        }
    }
    for (size_t i = reversed.count; i > 0; i--)
        add(middle->arena, script, reversed.items[i - 1], 1);
}

static void compare(const struct middle *middle, struct edit_script *script)
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
                   is_equal(middle->sequences, middle->start + (size_t)row, middle->start + (size_t)(row - k)))
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

struct edit_script edit_script_make(struct arena *arena, const struct edit_sequences *sequences)
{
    struct edit_script script = {0};
    size_t before = sequences->before, after = sequences->after, start = 0, end = 0;
    while (start < before && start < after && is_equal(sequences, start, start))
        start++;
    while (end < before - start && end < after - start && is_equal(sequences, before - 1 - end, after - 1 - end))
        end++;
    add(arena, &script, EDIT_KEEP, start);
    struct middle middle = {arena, sequences, start, before - start - end, after - start - end};
    compare(&middle, &script);
    add(arena, &script, EDIT_KEEP, end);
    return script;
}
