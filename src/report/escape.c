#include "report/escape.h"

#include "base/shown.h"

void escape_html(struct buffer *out, struct slice text)
{
    struct buffer shown = {0};
    shown_add(NULL, text, SIZE_MAX, &shown);
    for (size_t i = 0; i < shown.length; i++) {
        switch (shown.data[i]) {
        case '&':
            buffer_add_text(out, "&amp;");
            break;
        case '<':
            buffer_add_text(out, "&lt;");
            break;
        case '>':
            buffer_add_text(out, "&gt;");
            break;
        case '"':
            buffer_add_text(out, "&quot;");
            break;
        case '\'':
            buffer_add_text(out, "&#39;");
            break;
        default:
            buffer_add_byte(out, shown.data[i]);
        }
    }
    buffer_free(&shown);
}

static void escape_percent(struct buffer *out, struct slice text, const char *escaped)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] && strchr(escaped, text.data[i]))
            buffer_add_format(out, "%%%02X", (unsigned char)text.data[i]);
        else
            buffer_add_byte(out, text.data[i]);
    }
}

static void escape_github_data(struct buffer *out, struct slice text)
{
    escape_percent(out, text, "%\r\n");
}

static void escape_github_property(struct buffer *out, struct slice text)
{
    escape_percent(out, text, "%\r\n:,");
}

void escape_github_notice(struct buffer *out, struct slice file, uint32_t line, uint32_t column, struct slice title,
                          struct slice message)
{
    buffer_add_text(out, "::notice ");
    if (file.length) {
        buffer_add_text(out, "file=");
        escape_github_property(out, file);
        if (line)
            buffer_add_format(out, ",line=%u", line);
        if (line && column)
            buffer_add_format(out, ",col=%u", column);
        buffer_add_byte(out, ',');
    }
    buffer_add_text(out, "title=");
    escape_github_property(out, title);
    buffer_add_text(out, "::");
    escape_github_data(out, message);
    buffer_add_byte(out, '\n');
}
