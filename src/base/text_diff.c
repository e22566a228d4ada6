// base/text_diff.c
//
// The diff is an edit script whose items are lines.
#include "base/text_diff.h"

#include "base/edit_script.h"

struct lines {
    struct slice *items;
    size_t count, capacity;
    bool unfinished;  // the last one has no line break
};

struct line {
    enum edit_step step;
    struct slice text;
    bool unfinished;
};

struct script {
    struct line *items;
    size_t count, capacity;
};

struct texts {
    struct lines before, after;
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

static void add(struct arena *arena, struct script *script, enum edit_step step, const struct lines *from, size_t index)
{
    struct line line = {step, from->items[index], from->unfinished && index + 1 == from->count};
    list_append(arena, script, line);
}

static bool is_equal(const void *state, size_t i, size_t k)
{
    const struct texts *texts = state;
    const struct lines *a = &texts->before, *b = &texts->after;
    return slice_equal(a->items[i], b->items[k]) &&
           (a->unfinished && i + 1 == a->count) == (b->unfinished && k + 1 == b->count);
}

static struct script make_script(struct arena *arena, const struct texts *texts)
{
    struct edit_sequences sequences = {texts->before.count, texts->after.count, is_equal, texts};
    struct edit_script steps = edit_script_make(arena, &sequences);
    struct script script = {0};
    size_t row = 0, column = 0;
    for (size_t i = 0; i < steps.count; i++) {
        enum edit_step step = steps.items[i];
        bool from_after = step == EDIT_PUT_IN;
        add(arena, &script, step, from_after ? &texts->after : &texts->before, from_after ? column : row);
        row += step != EDIT_PUT_IN;
        column += step != EDIT_TAKE_OUT;
    }
    return script;
}

static void print_range(struct buffer *out, char sign, size_t before, size_t count)
{
    // An empty range is named by the line before it.
    buffer_add_format(out, " %c%zu", sign, count ? before + 1 : before);
    if (count != 1)
        buffer_add_format(out, ",%zu", count);
}

static void print_hunk(const struct script *script, size_t start, size_t end, size_t row, size_t column,
                       struct buffer *out)
{
    size_t taken = 0, put = 0;
    for (size_t i = start; i < end; i++) {
        taken += script->items[i].step != EDIT_PUT_IN;
        put += script->items[i].step != EDIT_TAKE_OUT;
    }
    buffer_add_text(out, "@@");
    print_range(out, '-', row, taken);
    print_range(out, '+', column, put);
    buffer_add_text(out, " @@\n");
    for (size_t i = start; i < end; i++) {
        const struct line *line = &script->items[i];
        buffer_add_format(out, "%c%.*s\n", " -+"[line->step], SLICE_ARGS(line->text));
        if (line->unfinished)
            buffer_add_text(out, "\\ No newline at end of file\n");
    }
}

static size_t next_change(const struct script *script, size_t at)
{
    while (at < script->count && script->items[at].step == EDIT_KEEP)
        at++;
    return at;
}

void text_diff(struct arena *arena, const struct text_diff_request *request, struct slice before, struct slice after,
               struct buffer *out)
{
    struct texts texts = {lines_of(arena, before), lines_of(arena, after)};
    struct script script = make_script(arena, &texts);
    size_t context = request->context;
    size_t change = next_change(&script, 0), counted = 0, row = 0, column = 0;
    if (change == script.count)
        return;
    if (request->before.length)
        buffer_add_format(out, "--- %.*s\n+++ %.*s\n", SLICE_ARGS(request->before), SLICE_ARGS(request->after));
    while (change < script.count) {
        size_t start = change < counted + context ? counted : change - context, end = change;
        for (size_t next = change; next < script.count && next <= end + 2 * context; next = next_change(&script, end))
            for (end = next; end < script.count && script.items[end].step != EDIT_KEEP;)
                end++;
        change = next_change(&script, end);
        end = context < script.count - end ? end + context : script.count;
        for (; counted < start; counted++) {
            row += script.items[counted].step != EDIT_PUT_IN;
            column += script.items[counted].step != EDIT_TAKE_OUT;
        }
        print_hunk(&script, start, end, row, column, out);
        for (; counted < end; counted++) {
            row += script.items[counted].step != EDIT_PUT_IN;
            column += script.items[counted].step != EDIT_TAKE_OUT;
        }
    }
}
