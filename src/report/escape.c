#include "report/escape.h"

#include "base/shown.h"
#include "base/utf8.h"

// GitHub turns `https://` and `www.` into links, wherever they are.
static bool begins_link(struct slice text, size_t at)
{
    struct slice rest = slice_from_index(text, at);
    return slice_starts_with(rest, slice_literal("://")) ||
           (rest.data[0] == '.' && slice_ends_with(slice_part(text, 0, at), slice_literal("www")));
}

// Also turns the bytes of `marks` into entities. `plain`: prevents links and mentions.
static void escape_entities(struct buffer *out, struct slice text, const char *marks, bool plain)
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
            if ((shown.data[i] && strchr(marks, shown.data[i])) || (plain && begins_link(buffer_slice(&shown), i)))
                buffer_add_format(out, "&#%d;", shown.data[i]);
            else
                buffer_add_byte(out, shown.data[i]);
        }
        // GitHub looks for names and numbers after decoding entities.
        if (plain && (shown.data[i] == '@' || shown.data[i] == '#'))
            buffer_add_text(out, "<!-- -->");
    }
    buffer_free(&shown);
}

void escape_html(struct buffer *out, struct slice text)
{
    escape_entities(out, text, "'", false);
}

void escape_markdown(struct buffer *out, struct slice text)
{
    escape_entities(out, text, "'[](!*_`@#\\|~", true);
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

static bool is_line_break(char byte)
{
    return byte == '\n' || byte == '\r';
}

// A title is a single line without control characters.
static void escape_github_property(struct buffer *out, struct slice text)
{
    struct buffer shown = {0};
    shown_escape(text, &shown);
    escape_percent(out, buffer_slice(&shown), "%:,");
    buffer_free(&shown);
}

// GitHub looks up a path after undoing the escapes of line breaks.
static void escape_github_path(struct buffer *out, struct slice path)
{
    while (path.length) {
        size_t end = 0;
        while (end < path.length && !is_line_break(path.data[end]))
            end++;
        escape_github_property(out, slice_part(path, 0, end));
        escape_percent(out, slice_part(path, end, end + 1), "\r\n");
        path = slice_from_index(path, end + 1);
    }
}

void escape_github(struct buffer *out, const struct github_annotation *annotation)
{
    buffer_add_format(out, "::%s ", annotation->level);
    if (annotation->file.length) {
        buffer_add_text(out, "file=");
        escape_github_path(out, annotation->file);
        if (annotation->line)
            buffer_add_format(out, ",line=%u", annotation->line);
        if (annotation->line && annotation->column)
            buffer_add_format(out, ",col=%u", annotation->column);
        if (annotation->line && annotation->end_column)
            buffer_add_format(out, ",endColumn=%u", annotation->end_column);
        buffer_add_byte(out, ',');
    }
    buffer_add_text(out, "title=");
    escape_github_property(out, annotation->title);
    buffer_add_text(out, "::");
    escape_github_data(out, annotation->message);
    buffer_add_byte(out, '\n');
}

void escape_github_notice(struct buffer *out, struct slice file, uint32_t line, uint32_t column, struct slice title,
                          struct slice message)
{
    escape_github(
        out, &(struct github_annotation){
                 .level = "notice", .file = file, .line = line, .column = column, .title = title, .message = message});
}

static bool is_xml(uint32_t code)
{
    return code >= ' ' ? code != 0xFFFE && code != 0xFFFF : code == '\t' || code == '\r' || code == '\n';
}

void escape_xml(struct buffer *out, struct slice text)
{
    struct buffer valid = {0};
    text_add_valid(&valid, text);
    struct slice rest = buffer_slice(&valid);
    while (rest.length) {
        struct character character = character_at(rest, 0);
        uint32_t code = character.code;
        if (!is_xml(code))
            buffer_add_byte(out, '?');
        else if (code < ' ' || (code < 0x80 && strchr("&<>\"", (int)code)))
            buffer_add_format(out, "&#%u;", code);
        else
            buffer_add_slice(out, slice_part(rest, 0, character.length));
        rest = slice_from_index(rest, character.length);
    }
    buffer_free(&valid);
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
