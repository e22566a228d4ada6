#include "base/columns.h"

#include "base/utf8.h"

enum { GAP = 2 };

static void write_row(const struct columns_row *row, const size_t *widths, struct buffer *out)
{
    size_t blanks = 0;
    for (size_t i = 0; i < COLUMNS_MAX; i++) {
        struct slice cell = row->cells[i];
        size_t width = text_width(cell);
        for (; cell.length && blanks; blanks--)
            buffer_add_byte(out, ' ');
        buffer_add_slice(out, cell);
        if (widths[i])
            blanks += (widths[i] > width ? widths[i] - width : 0) + GAP;
    }
    buffer_add_byte(out, '\n');
}

void columns_write(const struct columns *columns, size_t width_max, struct buffer *out)
{
    size_t widths[COLUMNS_MAX] = {0};
    for (size_t row = 0; row < columns->count; row++)
        for (size_t i = 0; i < COLUMNS_MAX; i++) {
            size_t width = text_width(columns->items[row].cells[i]);
            if (width > widths[i])
                widths[i] = width < width_max ? width : width_max;
        }
    for (size_t row = 0; row < columns->count; row++)
        write_row(&columns->items[row], widths, out);
}
