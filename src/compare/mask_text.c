#include "compare/mask_text.h"

#include "base/ascii.h"
#include "base/shown.h"

static bool is_word(char byte)
{
    return byte_is_alphanumeric(byte) ||
           byte == '_' || byte == '-' || byte == '.';
}

static bool is_quote(char byte)
{
    return byte == '"' || byte == '\'';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static size_t skip_blanks(struct slice text, size_t at)
{
    while (at < text.length && is_blank(text.data[at]))
        at++;
    return at;
}

static size_t line_end(struct slice text, size_t at)
{
    size_t length = slice_find_byte(slice_from_index(text, at), '\n');
    return length == SLICE_NOT_FOUND ? text.length : at + length;
}

// The name before a `:` or `=`. It may be quoted, with backslashes before the quotes in a string inside a string.
static struct slice name_before(struct slice text, size_t at)
{
    while (at > 0 && (is_blank(text.data[at - 1]) || is_quote(text.data[at - 1]) || text.data[at - 1] == '\\'))
        at--;
    size_t start = at;
    while (start > 0 && is_word(text.data[start - 1]))
        start--;
    return slice_part(text, start, at);
}

// --- Values.

// The extent of a value: its quotes with their backslashes, and what is between them.
struct span {
    size_t start, end;              // all of it
    size_t inner_start, inner_end;  // without the quotes
};

// A quote that opens after a number of backslashes closes after the same number. Each enclosing string doubles the
// backslashes of the text.
static bool ends_quote(size_t backslashes, size_t opening)
{
    return backslashes % (2 * (opening + 1)) == opening;
}

static struct span line_span(struct slice text, size_t at)
{
    size_t end = line_end(text, at);
    return (struct span){at, end, at, end};
}

// The value at `at`, up to its closing quote or the end of the line.
static struct span span_of(struct slice text, size_t at)
{
    size_t opening = 0;
    while (at + opening < text.length && text.data[at + opening] == '\\')
        opening++;
    if (at + opening >= text.length || !is_quote(text.data[at + opening]))
        return line_span(text, at);
    char quote = text.data[at + opening];
    size_t inner = at + opening + 1, backslashes = 0;
    // A string in YAML may continue on the next line.
    for (size_t i = inner; i < text.length; i++) {
        if (text.data[i] == quote && (quote == '\'' || ends_quote(backslashes, opening)))
            return (struct span){at, i + 1, inner, i - (quote == '"' ? opening : 0)};
        backslashes = text.data[i] == '\\' ? backslashes + 1 : 0;
    }
    return line_span(text, at);
}

// True for `true`, `null`, and numbers, together with what ends them. They aren't secrets, but a number may be a
// password.
static bool is_bare_value(struct slice text, size_t at, bool is_password)
{
    static const char *const words[] = {"true", "false", "null", "~", NULL};
    size_t end = at;
    bool digits = true;
    while (end < text.length && !strchr(" \t\r\n,}])\"';", text.data[end]))
        digits = digits && ((text.data[end] >= '0' && text.data[end] <= '9') || text.data[end] == '.'), end++;
    struct slice word = slice_part(text, at, end);
    size_t next = skip_blanks(text, end);
    if (next < text.length && !strchr("\r\n,}])#;", text.data[next]))
        return false;
    return slice_is_one_of(word, words) || (digits && !is_password);
}

// --- Hiding.

struct hiding {
    struct slice text;
    struct buffer *out;
    size_t done;         // everything before it has been written
    bool expects_value;  // a field named a secret, as in `name: DB_PASSWORD`
};

static size_t hide(struct hiding *hiding, size_t start, size_t end)
{
    buffer_add_slice(hiding->out, slice_part(hiding->text, hiding->done, start));
    buffer_add_text(hiding->out, "***");
    return hiding->done = end;
}

static size_t indent_of(struct slice text, size_t at)
{
    size_t start = at;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    return slice_count_leading(slice_part(text, start, at), ' ');
}

static bool is_item(struct slice line)
{
    return slice_starts_with(line, slice_literal("- ")) && slice_find(line, slice_literal(": ")) == SLICE_NOT_FOUND &&
           !slice_ends_with(line, slice_literal(":"));
}

// Hides the following lines that belong to the name: the lines of a block, or the items of a list.
static size_t hide_lines(struct hiding *hiding, size_t at, bool is_block)
{
    struct slice text = hiding->text;
    size_t indent = indent_of(text, at), end = line_end(text, at);
    while (end < text.length) {
        size_t start = end + 1, next = line_end(text, start);
        struct slice line = slice_part(text, start, next), trimmed = slice_trim(line, " \r");
        size_t own = slice_count_leading(line, ' ');
        if (trimmed.length && (is_block ? own <= indent : own < indent || !is_item(trimmed)))
            break;
        if (trimmed.length)
            hide(hiding, start + own + (is_block ? 0 : strlen("- ")), next);
        end = next;
    }
    return end;
}

// Hides a list such as `[a, b]`. A map in it is searched by its own names. False: the list doesn't end soon.
static bool hide_list(struct hiding *hiding, size_t at, size_t *next)
{
    enum { LIST_MAX = 1 << 14 };
    struct slice rest = slice_from_index(hiding->text, at);
    size_t end = slice_find_byte(slice_part(rest, 0, rest.length < LIST_MAX ? rest.length : LIST_MAX), ']');
    if (end == SLICE_NOT_FOUND)
        return false;
    bool is_plain = end > 1 && slice_find_byte(slice_part(rest, 0, end), '{') == SLICE_NOT_FOUND;
    *next = is_plain ? hide(hiding, at + 1, at + end) : at + 1;
    return true;
}

// Hides the value after the sign. Returns where to continue the search.
static size_t hide_value(struct hiding *hiding, struct slice name, size_t sign)
{
    struct slice text = hiding->text;
    size_t start = skip_blanks(text, sign + 1);
    if (start == text.length || text.data[start] == '{')
        return sign + 1;
    if (text.data[start] == '\n' || text.data[start] == '\r')
        return text.data[sign] == ':' ? hide_lines(hiding, sign, false) : sign + 1;
    if ((text.data[start] == '|' || text.data[start] == '>') && text.data[sign] == ':')
        return hide_lines(hiding, sign, true);
    size_t next;
    if (text.data[start] == '[' && hide_list(hiding, start, &next))
        return next;
    struct span span = span_of(text, start);
    if (span.inner_end == span.inner_start || is_bare_value(text, start, is_password_name(name)))
        return sign + 1;
    return hide(hiding, span.start, span.end);
}

bool mask_is_name_field(struct slice key)
{
    return slice_equals(key, "name") || slice_equals(key, "key") || slice_equals(key, "path");
}

// True for an image reference such as `registry/token:1.2`.
static bool is_image(struct slice text, struct slice name, size_t sign)
{
    return name.data > text.data && name.data[-1] == '/' && text.data[sign] == ':' && sign + 1 < text.length &&
           is_word(text.data[sign + 1]);
}

static size_t pass_sign(struct hiding *hiding, size_t at)
{
    struct slice text = hiding->text;
    struct slice name = name_before(text, at);
    if (!name.length || slice_starts_with(slice_from_index(text, at), slice_literal("://")) || is_image(text, name, at))
        return at + 1;
    if (mask_is_name_field(name)) {
        size_t start = skip_blanks(text, at + 1);
        while (start < text.length && (text.data[start] == '\\' || is_quote(text.data[start])))
            start++;
        size_t end = start;
        while (end < text.length && (is_word(text.data[end]) || text.data[end] == '/' || text.data[end] == '~'))
            end++;
        hiding->expects_value = is_secret_name(slice_part(text, start, end));
        return at + 1;
    }
    bool is_value = hiding->expects_value && slice_equals(name, "value");
    hiding->expects_value = hiding->expects_value && !is_value;
    return is_value || is_secret_name(name) ? hide_value(hiding, name, at) : at + 1;
}

// A directive such as `requirepass x` or `password x;`: a line of two words. `proxy_pass` doesn't name a secret there.
static size_t pass_directive(struct hiding *hiding, size_t at)
{
    struct slice text = hiding->text;
    size_t start = skip_blanks(text, at), end = start, stop = line_end(text, at);
    while (end < stop && is_word(text.data[end]))
        end++;
    size_t value = skip_blanks(text, end);
    struct slice name = slice_part(text, start, end), word = slice_part(text, value < stop ? value : stop, stop);
    word = slice_trim(word, " \t\r");
    if (value == end || !word.length || strchr(":=", word.data[0]) || !is_secret_name(name) ||
        slice_ends_with(name, slice_literal("_pass")) || slice_find_byte(word, ' ') != SLICE_NOT_FOUND)
        return at;
    return hide(hiding, value, value + word.length);
}

// A header and its value, separated by a blank: `Header "x"`.
static size_t pass_blank(struct hiding *hiding, size_t at)
{
    struct slice text = hiding->text;
    size_t start = skip_blanks(text, at);
    bool is_quoted = start < text.length && is_quote(text.data[start]) && at && is_word(text.data[at - 1]);
    if (!is_quoted || !is_secret_name(name_before(text, at)))
        return start;
    struct span span = span_of(text, start);
    return span.inner_end > span.inner_start && span.inner_start > span.start ? hide(hiding, span.start, span.end)
                                                                              : start;
}

// A line of `.netrc`: `machine a login b password c`.
static size_t pass_login(struct hiding *hiding, size_t at)
{
    struct slice text = hiding->text;
    struct slice line = slice_part(text, at, line_end(text, at));
    size_t word = slice_find(line, slice_literal(" password "));
    if (word == SLICE_NOT_FOUND || !slice_starts_with(line, slice_literal("machine ")))
        return at;
    size_t start = skip_blanks(text, at + word + strlen(" password")), end = start;
    while (end < text.length && !strchr(" \t\r\n", text.data[end]))
        end++;
    return hide(hiding, start, end);
}

static void hide_named_values(struct slice text, struct buffer *out)
{
    struct hiding hiding = {.text = text, .out = out};
    for (size_t at = 0; at < text.length;) {
        char byte = text.data[at];
        size_t next = at;
        if (!at || text.data[at - 1] == '\n') {
            next = pass_directive(&hiding, at);
            next = next == at ? pass_login(&hiding, at) : next;
        }
        if (next == at)
            next = byte == ':' || byte == '=' ? pass_sign(&hiding, at) : is_blank(byte) ? pass_blank(&hiding, at) : at;
        at = next > at ? next : at + 1;
    }
    buffer_add_slice(out, slice_from_index(text, hiding.done));
}

void mask_text_add(struct sources *sources, struct slice text, struct buffer *out)
{
    struct buffer named = {0};
    hide_named_values(text, &named);
    shown_add_without_secrets(sources, buffer_slice(&named), out);
    buffer_wipe(&named);
}
