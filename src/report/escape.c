#include "report/escape.h"

#include "base/shown.h"

// The bytes of `marks` become entities, too.
static void escape_entities(struct buffer *out, struct slice text, const char *marks)
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
        default:
            if (shown.data[i] && strchr(marks, shown.data[i]))
                buffer_add_format(out, "&#%d;", shown.data[i]);
            else
                buffer_add_byte(out, shown.data[i]);
        }
    }
    buffer_free(&shown);
}

void escape_html(struct buffer *out, struct slice text)
{
    escape_entities(out, text, "'");
}

void escape_markdown(struct buffer *out, struct slice text)
{
    escape_entities(out, text, "'[](!*_`@#\\|~");
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

// A path or a title: on one line, and nothing that a terminal would act on.
static void escape_github_property(struct buffer *out, struct slice text)
{
    struct buffer shown = {0};
    shown_escape(text, &shown);
    escape_percent(out, buffer_slice(&shown), "%:,");
    buffer_free(&shown);
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

void escape_dot(struct buffer *out, struct slice text)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\n')
            buffer_add_text(out, "\\n");
        else if (text.data[i] == '"' || text.data[i] == '\\')
            buffer_add_format(out, "\\%c", text.data[i]);
        else
            buffer_add_byte(out, text.data[i]);
    }
    buffer_add_byte(out, '"');
}

void escape_git_path(struct buffer *out, struct slice text)
{
    static const char plain[] = "\a\b\f\n\r\t\v\"\\", letters[] = "abfnrtv\"\\";
    bool quoted = false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        quoted = quoted || byte < ' ' || byte == 0x7F || byte == '"' || byte == '\\';
    }
    if (quoted)
        buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        const char *escaped = quoted && byte ? strchr(plain, byte) : NULL;
        if (escaped)
            buffer_add_format(out, "\\%c", letters[escaped - plain]);
        else if (byte < ' ' || byte == 0x7F)
            buffer_add_format(out, "\\%03o", byte);
        else
            buffer_add_byte(out, (char)byte);
    }
    if (quoted)
        buffer_add_byte(out, '"');
}
