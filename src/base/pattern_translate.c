// base/pattern_translate.c
//
// A scanner reads the whole expression by the rules of RE2, rejects what RE2 doesn't know, and writes an equivalent
// expression that both libraries read in the same way:
//
//     (?i)web-\d{2}$    becomes    (?i)web\x{2d}[0-9]{2,2}(?:\z)
//
// Callers only ask whether an expression matches, so groups don't capture and greediness is dropped.
#include "base/pattern_translate.h"

#include <stdio.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    REPEAT_MAX = 1000,  // of one repetition, and of nested ones multiplied together
    DEPTH_MAX = PATTERN_DEPTH_MAX,
};

struct flags {
    bool ignore_case, multi_line, dot_all;
};

struct group {
    struct flags flags;  // to restore at the end of the group
    unsigned repeats;    // the largest product of nested repetitions before the group
};

struct scanner {
    struct arena *arena;
    struct slice text;
    size_t at;
    struct buffer out;
    struct buffer negated;  // scratch: the negated parts of a class in brackets
    struct slice error;

    struct flags flags;
    bool has_operand;       // there is something to repeat
    bool after_repetition;  // and it is itself a repetition
    unsigned operand_repeats;
    unsigned repeats;  // the largest product in this group
    struct {
        struct group *items;
        size_t count, capacity;
    } groups;
};

static bool fail(struct scanner *scanner, const char *reason, size_t from)
{
    struct slice part = slice_part(scanner->text, from, scanner->at);
    scanner->error = part.length ? arena_format(scanner->arena, "%s: '%.*s'", reason, SLICE_ARGS(part))
                                 : arena_format(scanner->arena, "%s", reason);
    return false;
}

static int peek(const struct scanner *scanner, size_t ahead)
{
    size_t at = scanner->at + ahead;
    return at < scanner->text.length ? (unsigned char)scanner->text.data[at] : -1;
}

// For what peek returns.
static bool is_digit(int byte)
{
    return byte >= 0 && byte_is_digit((char)byte);
}

static bool is_punctuation(int byte)
{
    return byte >= 0 && byte < 0x80 && !byte_is_alphanumeric((char)byte);
}

static int hex_value(int byte)
{
    if (is_digit(byte))
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

// --- Characters.

static void write_code(struct scanner *scanner, uint32_t code)
{
    buffer_add_format(&scanner->out, "\\x{%x}", code);
}

// The character at the cursor; the text is valid UTF-8.
static uint32_t take_character(struct scanner *scanner)
{
    struct character character = character_at(scanner->text, scanner->at);
    scanner->at += character.length;
    return character.code;
}

static bool take_hex_escape(struct scanner *scanner, size_t from, uint32_t *code)
{
    *code = 0;
    if (peek(scanner, 0) != '{') {
        int high = hex_value(peek(scanner, 0)), low = high < 0 ? -1 : hex_value(peek(scanner, 1));
        if (low < 0)
            return fail(scanner, "unknown escape", from);
        *code = (uint32_t)(high * 16 + low);
        scanner->at += 2;
        return true;
    }
    size_t digits = 0;
    for (scanner->at++; hex_value(peek(scanner, 0)) >= 0; scanner->at++, digits++) {
        *code = *code * 16 + (uint32_t)hex_value(peek(scanner, 0));
        if (*code > 0x10FFFF)
            return fail(scanner, "character beyond U+10FFFF", from);
    }
    if (!digits || peek(scanner, 0) != '}')
        return fail(scanner, "unknown escape", from);
    scanner->at++;
    return true;
}

// The character that an escape means; the cursor is at the backslash.
static bool take_escape(struct scanner *scanner, uint32_t *code)
{
    size_t from = scanner->at++;
    int byte = peek(scanner, 0);
    if (byte < 0)
        return fail(scanner, "backslash at the end", from);
    scanner->at++;
    switch (byte) {
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
        if (peek(scanner, 0) < '0' || peek(scanner, 0) > '7')
            return fail(scanner, "backreferences are not supported", from);
        // fall through
    case '0':
        *code = (uint32_t)(byte - '0');
        for (int i = 0; i < 2 && peek(scanner, 0) >= '0' && peek(scanner, 0) <= '7'; i++, scanner->at++)
            *code = *code * 8 + (uint32_t)(peek(scanner, 0) - '0');
        return true;
    case 'x':
        return take_hex_escape(scanner, from, code);
    case 'a':
        *code = 7;
        return true;
    case 'f':
        *code = 12;
        return true;
    case 'n':
        *code = 10;
        return true;
    case 'r':
        *code = 13;
        return true;
    case 't':
        *code = 9;
        return true;
    case 'v':
        *code = 11;
        return true;
    default:
        *code = (uint32_t)byte;
        return is_punctuation(byte) || fail(scanner, "unknown escape", from);
    }
}

// --- Classes of characters.

struct class_name {
    const char *name;
    const char *content;
};

// \d and the others are ASCII only; \s doesn't include the vertical tab.
static const struct class_name escaped_classes[] = {{"d", "0-9"}, {"s", "\\t\\n\\f\\r "}, {"w", "0-9A-Za-z_"}};

static const struct class_name named_classes[] = {
    {"alnum", "0-9A-Za-z"},
    {"alpha", "A-Za-z"},
    {"ascii", "\\x{0}-\\x{7f}"},
    {"blank", "\\t "},
    {"cntrl", "\\x{0}-\\x{1f}\\x{7f}"},
    {"digit", "0-9"},
    {"graph", "!-~"},
    {"lower", "a-z"},
    {"print", " -~"},
    {"punct", "!-\\/:-@\\[-`{-~"},
    {"space", "\\t\\n\\x{b}\\f\\r "},
    {"upper", "A-Z"},
    {"word", "0-9A-Za-z_"},
    {"xdigit", "0-9A-Fa-f"},
};

static const char *find_class(const struct class_name *classes, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equals(name, classes[i].name))
            return classes[i].content;
    return NULL;
}

// Writes a class on its own or as a part of one in brackets. Negated parts are collected separately, because pcre2
// would negate and ignore case in the other order.
static void write_class(struct scanner *scanner, bool in_brackets, bool negated, const char *content)
{
    struct buffer *out = in_brackets && negated ? &scanner->negated : &scanner->out;
    const char *before = !in_brackets ? (negated ? "[^" : "[") : negated ? "|[^" : "";
    buffer_add_format(out, "%s%s%s", before, content, in_brackets && !negated ? "" : "]");
}

// \d, \D, and so on; false if there is no such class at the cursor.
static bool take_escaped_class(struct scanner *scanner, bool in_brackets)
{
    int byte = peek(scanner, 1);
    if (peek(scanner, 0) != '\\' || !byte_is_letter((char)byte))
        return false;
    char name = (char)(byte | 0x20);
    const char *content = find_class(escaped_classes, countof(escaped_classes), (struct slice){&name, 1});
    if (!content)
        return false;
    write_class(scanner, in_brackets, byte != name, content);
    scanner->at += 2;
    return true;
}

// Since 10.40, and unlike Go, pcre2 reads a script name as Script_Extensions unless it has this prefix. The
// library may be older than its header.
static const char *script_prefix(void)
{
    char version[64] = "";
    int major = 0, minor = 0;
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    return sscanf(version, "%d.%d", &major, &minor) == 2 && (major > 10 || minor >= 40) ? "sc:" : "";
}

// A category or a script, at \p or \P; unchanged in brackets.
static bool take_unicode_class(struct scanner *scanner)
{
    size_t from = scanner->at;
    bool negated = peek(scanner, 1) == 'P';
    struct slice name;
    scanner->at += 2;
    if (peek(scanner, 0) == '{') {
        size_t end = slice_find_byte(slice_from_index(scanner->text, scanner->at), '}');
        if (end == SLICE_NOT_FOUND) {
            scanner->at = scanner->text.length;
            return fail(scanner, "unknown character class", from);
        }
        name = slice_part(scanner->text, scanner->at + 1, scanner->at + end);
        scanner->at += end + 1;
    } else if (peek(scanner, 0) < 0) {
        return fail(scanner, "unknown character class", from);
    } else {
        size_t start = scanner->at;
        take_character(scanner);
        name = slice_part(scanner->text, start, scanner->at);
    }
    if (name.length && name.data[0] == '^') {
        negated = !negated;
        name = slice_from_index(name, 1);
    }
    bool letters = name.length > 0;
    for (size_t i = 0; i < name.length; i++)
        letters = letters && (byte_is_letter(name.data[i]) || name.data[i] == '_');
    if (!letters)
        return fail(scanner, "unknown character class", from);

    bool cased = slice_equals(name, "Lu") || slice_equals(name, "Ll") || slice_equals(name, "Lt");
    if (cased && scanner->flags.ignore_case)
        name = slice_literal("L&");
    bool script = name.length > 2 && !slice_equals(name, "Any");
    // `Xan`, `Xwd`, and others exist only in pcre2.
    if (script && name.length == 3 && name.data[0] == 'X')
        return fail(scanner, "unknown character class", from);
    buffer_add_format(&scanner->out, "\\%c{%s%.*s}", negated ? 'P' : 'p', script ? script_prefix() : "",
                      SLICE_ARGS(name));
    return true;
}

// [:alpha:] in brackets. Sets `*taken` to false if the bracket at the cursor is only a character.
static bool take_named_class(struct scanner *scanner, bool *taken)
{
    *taken = false;
    size_t end = slice_find(slice_from_index(scanner->text, scanner->at + 2), slice_literal(":]"));
    if (end == SLICE_NOT_FOUND)
        return true;
    size_t from = scanner->at;
    struct slice name = slice_part(scanner->text, from + 2, from + 2 + end);
    bool negated = name.length && name.data[0] == '^';
    const char *content = find_class(named_classes, countof(named_classes), slice_from_index(name, negated ? 1 : 0));
    scanner->at += end + 4;
    if (!content)
        return fail(scanner, "unknown character class", from);
    write_class(scanner, true, negated, content);
    *taken = true;
    return true;
}

static bool take_class_character(struct scanner *scanner, uint32_t *code)
{
    if (peek(scanner, 0) == '\\')
        return take_escape(scanner, code);
    *code = take_character(scanner);
    return true;
}

static bool take_range(struct scanner *scanner)
{
    size_t from = scanner->at;
    uint32_t low, high;
    if (!take_class_character(scanner, &low))
        return false;
    high = low;
    if (peek(scanner, 0) == '-' && peek(scanner, 1) >= 0 && peek(scanner, 1) != ']') {
        scanner->at++;
        if (!take_class_character(scanner, &high))
            return false;
        if (high < low)
            return fail(scanner, "reversed range", from);
    }
    write_code(scanner, low);
    if (high != low) {
        buffer_add_byte(&scanner->out, '-');
        write_code(scanner, high);
    }
    return true;
}

static bool take_class_part(struct scanner *scanner)
{
    bool taken = false;
    if (peek(scanner, 0) == '[' && peek(scanner, 1) == ':' && !take_named_class(scanner, &taken))
        return false;
    if (taken || take_escaped_class(scanner, true))
        return true;
    if (peek(scanner, 0) == '\\' && (peek(scanner, 1) | 0x20) == 'p')
        return take_unicode_class(scanner);
    return take_range(scanner);
}

// [a-z\D] becomes (?:[a-z]|[^0-9]); [^a-z\D] becomes any character but those.
static bool take_bracket_class(struct scanner *scanner)
{
    size_t from = scanner->at++, start = scanner->out.length;
    bool negated = peek(scanner, 0) == '^';
    scanner->at += negated;
    scanner->negated.length = 0;
    buffer_add_text(&scanner->out, "[");
    for (bool first = true; first || peek(scanner, 0) != ']'; first = false) {
        if (peek(scanner, 0) < 0)
            return fail(scanner, "missing ']'", from);
        if (!take_class_part(scanner))
            return false;
    }
    scanner->at++;

    struct slice parts = arena_copy(scanner->arena, slice_from_index(buffer_slice(&scanner->out), start + 1));
    struct slice others = slice_from_index(buffer_slice(&scanner->negated), parts.length ? 0 : 1);
    if (!scanner->negated.length) {
        buffer_add_byte(&scanner->out, ']');
        if (negated) {
            scanner->out.length = start;
            buffer_add_format(&scanner->out, "[^%.*s]", SLICE_ARGS(parts));
        }
        return true;
    }
    scanner->out.length = start;
    buffer_add_text(&scanner->out, negated ? "(?:(?!" : "(?:");
    if (parts.length)
        buffer_add_format(&scanner->out, "[%.*s]", SLICE_ARGS(parts));
    buffer_add_slice(&scanner->out, others);
    buffer_add_text(&scanner->out, negated ? ")[\\x{0}-\\x{10ffff}])" : ")");
    return true;
}

// --- Groups.

static bool take_group_name(struct scanner *scanner, size_t from)
{
    size_t end = slice_find_byte(slice_from_index(scanner->text, scanner->at), '>');
    struct slice name = slice_part(scanner->text, scanner->at, scanner->at + (end == SLICE_NOT_FOUND ? 0 : end));
    bool valid = name.length > 0;
    for (size_t i = 0; i < name.length; i++) {
        valid = valid && (byte_is_alphanumeric(name.data[i]) || name.data[i] == '_');
    }
    scanner->at = end == SLICE_NOT_FOUND ? scanner->text.length : scanner->at + end + 1;
    if (!valid)
        return fail(scanner, "invalid group name", from);
    return true;
}

static bool open_group(struct scanner *scanner, struct flags flags)
{
    if (scanner->groups.count == DEPTH_MAX)
        return fail(scanner, "groups are nested too deeply", scanner->at);
    struct group group = {scanner->flags, scanner->repeats};
    list_append(scanner->arena, &scanner->groups, group);
    scanner->flags = flags;
    scanner->repeats = 1;
    scanner->has_operand = false;
    return true;
}

// (?flags) and (?flags:…), from after the question mark.
static bool take_flags(struct scanner *scanner, size_t from)
{
    struct flags flags = scanner->flags;
    bool on = true, any = true;
    for (;;) {
        int byte = peek(scanner, 0);
        if (byte >= 0)
            scanner->at++;
        switch (byte) {
        case 'i':
            flags.ignore_case = on;
            any = true;
            continue;
        case 'm':
            flags.multi_line = on;
            any = true;
            continue;
        case 's':
            flags.dot_all = on;
            any = true;
            continue;
        case 'U':
            any = true;
            continue;
        case '-':
            if (!on)
                return fail(scanner, "unknown group syntax", from);
            on = any = false;
            continue;
        case ':':
        case ')':
            if (!any)
                return fail(scanner, "unknown group syntax", from);
            break;
        case '=':
        case '!':
        case '<':
            return fail(scanner, "lookahead and lookbehind are not supported", from);
        default:
            return fail(scanner, "unknown group syntax", from);
        }
        buffer_add_format(&scanner->out, "(?%s%c", flags.ignore_case ? "i" : "-i", byte);
        if (byte == ':')
            return open_group(scanner, flags);
        scanner->flags = flags;
        return true;
    }
}

static bool take_group(struct scanner *scanner)
{
    size_t from = scanner->at++;
    scanner->after_repetition = false;
    if (peek(scanner, 0) != '?') {
        buffer_add_text(&scanner->out, "(?:");
        return open_group(scanner, scanner->flags);
    }
    scanner->at++;
    size_t marker = peek(scanner, 0) == 'P' && peek(scanner, 1) == '<' ? 2 : peek(scanner, 0) == '<' ? 1 : 0;
    int following = peek(scanner, marker);
    if (marker && !(marker == 1 && (following == '=' || following == '!'))) {
        scanner->at += marker;
        if (!take_group_name(scanner, from))
            return false;
        buffer_add_text(&scanner->out, "(?:");
        return open_group(scanner, scanner->flags);
    }
    return take_flags(scanner, from);
}

static bool close_group(struct scanner *scanner)
{
    if (!scanner->groups.count) {
        size_t from = scanner->at++;
        return fail(scanner, "unmatched ')'", from);
    }
    struct group group = scanner->groups.items[--scanner->groups.count];
    scanner->flags = group.flags;
    scanner->operand_repeats = scanner->repeats;
    if (group.repeats > scanner->repeats)
        scanner->repeats = group.repeats;
    scanner->has_operand = true;
    scanner->after_repetition = false;
    scanner->at++;
    buffer_add_byte(&scanner->out, ')');
    return true;
}

// --- Repetitions.

// A number without leading zeros. Numbers beyond the limit are read as the limit plus one.
static bool take_count(struct scanner *scanner, size_t *at, unsigned *count)
{
    const struct slice text = scanner->text;
    if (*at >= text.length || !byte_is_digit(text.data[*at]))
        return false;
    if (text.data[*at] == '0' && *at + 1 < text.length && byte_is_digit(text.data[*at + 1]))
        return false;
    for (*count = 0; *at < text.length && byte_is_digit(text.data[*at]); (*at)++) {
        *count = *count * 10 + (unsigned)(text.data[*at] - '0');
        if (*count > REPEAT_MAX)
            *count = REPEAT_MAX + 1;
    }
    return true;
}

struct repetition {
    unsigned least, most;
    bool unlimited;
};

// {2}, {2,}, or {2,4} at the cursor; otherwise the brace is only a character.
static bool read_counts(struct scanner *scanner, struct repetition *counts, size_t *end)
{
    size_t at = scanner->at + 1;
    struct slice text = scanner->text;
    if (!take_count(scanner, &at, &counts->least))
        return false;
    counts->most = counts->least;
    if (at < text.length && text.data[at] == ',') {
        at++;
        if (at < text.length && text.data[at] == '}')
            counts->unlimited = true;
        else if (!take_count(scanner, &at, &counts->most))
            return false;
    }
    if (at >= text.length || text.data[at] != '}')
        return false;
    *end = at + 1;
    return true;
}

static bool take_repetition(struct scanner *scanner, const struct repetition *counts, size_t end)
{
    size_t from = scanner->at;
    scanner->at = end;
    if (counts && (counts->least > REPEAT_MAX || counts->most > REPEAT_MAX ||
                   (!counts->unlimited && counts->least > counts->most)))
        return fail(scanner, "invalid repetition count", from);
    if (peek(scanner, 0) == '?')
        scanner->at++;
    if (!scanner->has_operand)
        return fail(scanner, "nothing before the repetition", from);
    if (scanner->after_repetition)
        return fail(scanner, "repetition of a repetition", from);
    scanner->after_repetition = true;
    if (!counts) {
        buffer_add_slice(&scanner->out, slice_part(scanner->text, from, end));
        return true;
    }
    unsigned factor = counts->unlimited ? counts->least : counts->most;
    if (factor > 0)
        scanner->operand_repeats *= factor;
    if (scanner->operand_repeats > REPEAT_MAX && factor >= 2)
        return fail(scanner, "invalid repetition count", from);
    if (scanner->operand_repeats > scanner->repeats)
        scanner->repeats = scanner->operand_repeats;
    buffer_add_format(&scanner->out, counts->unlimited ? "{%u,}" : "{%u,%u}", counts->least, counts->most);
    return true;
}

// --- Everything else.

static void write_literal(struct scanner *scanner, uint32_t code)
{
    if (code < 0x80 && byte_is_alphanumeric((char)code))
        buffer_add_byte(&scanner->out, (char)code);
    else
        write_code(scanner, code);
}

static bool take_quoted(struct scanner *scanner)
{
    struct slice rest = slice_from_index(scanner->text, scanner->at + 2);
    size_t length = slice_find(rest, slice_literal("\\E"));
    size_t end = scanner->at + 2 + (length == SLICE_NOT_FOUND ? rest.length : length);
    bool any = scanner->at + 2 < end;
    for (scanner->at += 2; scanner->at < end;)
        write_literal(scanner, take_character(scanner));
    if (length != SLICE_NOT_FOUND)
        scanner->at = end + 2;
    // An empty quotation leaves the operand before it in effect.
    if (any) {
        scanner->has_operand = true;
        scanner->operand_repeats = 1;
    }
    scanner->after_repetition = false;
    return true;
}

static bool take_backslash(struct scanner *scanner)
{
    if (peek(scanner, 1) == 'Q')
        return take_quoted(scanner);
    scanner->has_operand = true;
    scanner->after_repetition = false;
    scanner->operand_repeats = 1;
    switch (peek(scanner, 1)) {
    case 'A':
    case 'z':
    case 'b':
    case 'B':
        buffer_add_format(&scanner->out, "(?:\\%c)", peek(scanner, 1));
        scanner->at += 2;
        return true;
    case 'p':
    case 'P':
        return take_unicode_class(scanner);
    default:
        break;
    }
    uint32_t code;
    if (take_escaped_class(scanner, false))
        return true;
    if (!take_escape(scanner, &code))
        return false;
    write_literal(scanner, code);
    return true;
}

static void add_operand(struct scanner *scanner, const char *text)
{
    buffer_add_text(&scanner->out, text);
    scanner->at++;
    scanner->has_operand = true;
    scanner->after_repetition = false;
    scanner->operand_repeats = 1;
}

static bool take_item(struct scanner *scanner)
{
    struct repetition counts = {0};
    size_t end;
    switch (peek(scanner, 0)) {
    case '(':
        return take_group(scanner);
    case ')':
        return close_group(scanner);
    case '|':
        add_operand(scanner, "|");
        scanner->has_operand = false;
        return true;
    case '^':
        add_operand(scanner, scanner->flags.multi_line ? "(?:\\A|(?<=\\n))" : "(?:\\A)");
        return true;
    case '$':
        add_operand(scanner, scanner->flags.multi_line ? "(?:\\z|(?=\\n))" : "(?:\\z)");
        return true;
    case '.':
        add_operand(scanner, scanner->flags.dot_all ? "[\\x{0}-\\x{10ffff}]" : "[^\\n]");
        return true;
    case '*':
    case '+':
    case '?':
        return take_repetition(scanner, NULL, scanner->at + 1);
    case '{':
        if (read_counts(scanner, &counts, &end))
            return take_repetition(scanner, &counts, end);
        break;
    case '[':
        if (!take_bracket_class(scanner))
            return false;
        scanner->has_operand = true;
        scanner->after_repetition = false;
        scanner->operand_repeats = 1;
        return true;
    case '\\':
        return take_backslash(scanner);
    default:
        break;
    }
    write_literal(scanner, take_character(scanner));
    scanner->has_operand = true;
    scanner->after_repetition = false;
    scanner->operand_repeats = 1;
    return true;
}

static bool translate(struct scanner *scanner)
{
    if (!text_is_utf8(scanner->text))
        return fail(scanner, "the expression is not valid UTF-8", 0);
    scanner->repeats = 1;
    while (scanner->at < scanner->text.length)
        if (!take_item(scanner))
            return false;
    if (scanner->groups.count)
        return fail(scanner, "missing ')'", scanner->at);
    return true;
}

bool pattern_translate(struct arena *arena, struct slice expression, struct slice *translated, struct slice *error)
{
    struct scanner scanner = {.arena = arena, .text = expression};
    bool done = translate(&scanner);
    *translated = arena_copy(arena, buffer_slice(&scanner.out));
    *error = scanner.error;
    buffer_free(&scanner.out);
    buffer_free(&scanner.negated);
    return done;
}
