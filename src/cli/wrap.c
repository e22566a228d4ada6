#include "cli/wrap.h"

#include "base/utf8.h"

static bool is_indented(struct slice line)
{
    return slice_starts_with(line, slice_literal(" "));
}

// Adds the words of `text`, as many per line as fit. `used` columns of the first line are taken.
static void fill(struct slice text, size_t used, size_t indent, size_t columns, struct buffer *out)
{
    bool first = true;
    while (text.length) {
        struct slice word;
        slice_cut(text, ' ', &word, &text);
        if (!word.length)
            continue;
        size_t width = text_width(word);
        if (!first && used + 1 + width > columns) {
            buffer_add_format(out, "\n%*s", (int)indent, "");
            used = indent;
        } else if (!first) {
            buffer_add_byte(out, ' ');
            used++;
        }
        buffer_add_slice(out, word);
        used += width;
        first = false;
    }
    buffer_add_byte(out, '\n');
}

// Adds an indented line. The text before a second column, as in `  --select KIND   only these`, keeps its spaces. If
// there is too little room, the second column goes below the first.
static void wrap_line(struct slice line, size_t columns, struct buffer *out)
{
    enum { LEAST_WIDTH = 20 };
    size_t start = slice_count_leading(line, ' '), indent = start, second = start;
    while (second + 1 < line.length && (line.data[second] != ' ' || line.data[second + 1] != ' '))
        second++;
    struct slice front = slice_part(line, 0, second);
    while (second < line.length && line.data[second] == ' ')
        second++;
    if (second + 1 >= line.length) {
        front = slice_part(line, 0, start);
    } else if (text_width(slice_part(line, 0, second)) + LEAST_WIDTH <= columns) {
        front = slice_part(line, 0, second);
        indent = text_width(front);
    } else {
        buffer_add_slice(out, front);
        indent = start + 4;
        buffer_add_format(out, "\n%*s", (int)indent, "");
        fill(slice_from_index(line, second), indent, indent, columns, out);
        return;
    }
    buffer_add_slice(out, front);
    fill(slice_from_index(line, front.length), text_width(front), indent, columns, out);
}

// `words`: lines, each followed by a space.
static void end_paragraph(struct buffer *lines, struct buffer *words, bool fits, size_t columns, struct buffer *out)
{
    if (fits)
        buffer_add_slice(out, buffer_slice(lines));
    else
        fill(buffer_slice(words), 0, 0, columns, out);
    lines->length = words->length = 0;
}

void wrap_text(struct slice text, size_t columns, struct buffer *out)
{
    struct buffer lines = {0}, words = {0};
    bool examples = false, fits = true;
    while (text.length) {
        struct slice line;
        slice_cut(text, '\n', &line, &text);
        if (line.length && !is_indented(line)) {
            examples = slice_equals(line, "Examples:");
            fits = fits && text_width(line) <= columns;
            buffer_add_slice(&lines, line);
            buffer_add_byte(&lines, '\n');
            buffer_add_slice(&words, line);
            buffer_add_byte(&words, ' ');
            continue;
        }
        end_paragraph(&lines, &words, fits, columns, out);
        fits = true;
        if (!examples && text_width(line) > columns) {
            wrap_line(line, columns, out);
        } else {
            buffer_add_slice(out, line);
            buffer_add_byte(out, '\n');
        }
    }
    end_paragraph(&lines, &words, fits, columns, out);
    buffer_free(&lines);
    buffer_free(&words);
}
