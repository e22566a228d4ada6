#include "base/snippet.h"

#include <inttypes.h>

#include "base/secret_patterns.h"
#include "base/secrets.h"
#include "base/shown.h"

// --- Secrets.

// The name before the sign at `at`, without quotes.
static struct slice name_before(struct slice line, size_t at)
{
    while (at > 0 && strchr(" \t\"'", line.data[at - 1]))
        at--;
    size_t start = at;
    while (start > 0 && !strchr(" \t\"'{[,=:;&?", line.data[start - 1]))
        start--;
    return slice_part(line, start, at);
}

static bool is_hidden_field(const struct sources *sources, struct slice key)
{
    return sources->rules && slice_is_one_of(key, sources->rules->hidden_fields);
}

static bool is_bare(struct slice value)
{
    static const char *const words[] = {"", "true", "false", "null", "~", NULL};
    return slice_is_one_of(value, words);
}

static bool is_public_field(const struct sources *sources, struct slice key)
{
    return sources->rules && slice_is_one_of(key, sources->rules->public_fields);
}

// `DB_PASSWORD: x` and `password=x`, but not `{{ if eq .token "x" }}`, which has no value.
static bool has_secret_value(const struct sources *sources, struct slice line, bool is_public)
{
    for (size_t at = 0; at < line.length; at++) {
        if (line.data[at] != ':' && line.data[at] != '=')
            continue;
        struct slice name = name_before(line, at);
        struct slice value = slice_trim(slice_from_index(line, at + 1), " \t\"'{[,}]=");
        bool secret = is_secret_name(name) ||
                      (!is_public && sources->rules && slice_is_one_of(name, sources->rules->secret_fields));
        if (secret && !is_bare(value))
            return true;
    }
    return false;
}

// `KEY=value`, which may also be an item of a list.
static bool is_assignment(struct slice line)
{
    line = slice_trim(line, " \t\r");
    while (slice_starts_with(line, slice_literal("- ")))
        line = slice_trim(slice_from_index(line, 2), " \t");
    if (slice_starts_with(line, slice_literal("export ")))
        line = slice_from_index(line, strlen("export "));
    line = slice_trim(line, "\"'");
    size_t at = slice_find_byte(line, '=');
    if (at == SLICE_NOT_FOUND || at == 0 || (at + 1 < line.length && line.data[at + 1] == '='))
        return false;
    for (size_t i = 0; i < at; i++)
        if (strchr(" \t:/{}()<>!\"'%$", line.data[i]))
            return false;
    // `containers.[name=web].image` and `containers[name=web]` are field paths.
    return slice_find_byte(slice_part(line, 1, at), '[') == SLICE_NOT_FOUND;
}

static bool shows_secret(const struct sources *sources, struct slice line, bool is_public)
{
    size_t start, end;
    return has_secret_value(sources, line, is_public) || (!is_public && is_assignment(line)) ||
           shown_has_url_secret(line) || secret_pattern_find(line, 0, &start, &end);
}

// The key in a line of block YAML: `data` of "  - data: x".
static struct slice key_of(struct slice line)
{
    struct slice key, rest;
    line = slice_trim(line, " ");
    while (slice_starts_with(line, slice_literal("- ")))
        line = slice_trim(slice_from_index(line, 2), " ");
    return slice_cut(line, ':', &key, &rest) ? slice_trim(key, " \"'") : (struct slice){0};
}

static bool is_item(struct slice line)
{
    return slice_starts_with(slice_trim(line, " "), slice_literal("-"));
}

// `- name: DB_PASSWORD`, in the line above the value.
static bool names_secret(struct slice line)
{
    struct slice key, value;
    line = slice_trim(line, " -\t");
    if (slice_cut(line, ':', &key, &value))
        line = value;
    size_t comment = slice_find(line, slice_literal(" #"));
    line = slice_part(line, 0, comment == SLICE_NOT_FOUND ? line.length : comment);
    return is_secret_name(slice_trim(line, " \t\"',{}[]"));
}

// What is known of a line from the lines above it.
enum line_fact {
    BELOW_HIDDEN = 1,       // it belongs to a hidden field
    AFTER_SECRET_NAME = 2,  // the nearest non-blank line above names a secret
    IS_PUBLIC = 4,          // it is a public field, or belongs to one
};

// A line that later lines may belong to.
struct open_line {
    size_t indent;
    bool item;
    bool hidden, public;  // it, or a line that it belongs to, is such a field
};

struct open_lines {
    struct open_line *items;
    size_t count, capacity;
};

// The number of open lines that a line belongs to: those with a smaller indent, and the key of a list.
static size_t count_around(const struct open_lines *open, size_t indent, bool item)
{
    size_t count = open->count;
    while (count && open->items[count - 1].indent >= indent &&
           !(open->items[count - 1].indent == indent && item && !open->items[count - 1].item))
        count--;
    return count;
}

static void find_facts(struct sources *sources, struct source *source)
{
    struct open_lines open = {0};
    bool after_secret_name = false;
    source->line_facts = arena_allocate(sources->arena, source->line_count, 1);
    for (uint32_t i = 0; i < source->line_count; i++) {
        struct slice line;
        sources_line(sources, source, i + 1, &line);
        size_t indent = slice_count_leading(line, ' ');
        bool item = is_item(line);
        size_t around = count_around(&open, indent, item);
        bool hidden = around && open.items[around - 1].hidden;
        bool public = (around && open.items[around - 1].public) || is_public_field(sources, key_of(line));
        source->line_facts[i] = (unsigned char)((hidden ? BELOW_HIDDEN : 0) |
                                                (after_secret_name ? AFTER_SECRET_NAME : 0) | (public ? IS_PUBLIC : 0));
        if (indent == line.length || line.data[indent] == '#')
            continue;
        after_secret_name = names_secret(line);
        open.count = around;
        struct open_line own = {indent, item, hidden || (!public && is_hidden_field(sources, key_of(line))), public};
        list_append(sources->arena, &open, own);
    }
}

// Called after the lines of the source have been counted.
static bool is_confidential(struct sources *sources, const struct source *source, uint32_t number, struct slice line)
{
    if (!source->line_facts)
        find_facts(sources, sources->items[source->file - 1]);
    unsigned char facts = source->line_facts[number - 1];
    bool is_public = facts & IS_PUBLIC;
    if (shows_secret(sources, line, is_public) || (!is_public && is_hidden_field(sources, key_of(line))))
        return slice_trim(line, " -").length > key_of(line).length + 1;
    return facts & BELOW_HIDDEN || (facts & AFTER_SECRET_NAME && slice_equals(key_of(line), "value"));
}

// --- Characters.

struct character {
    size_t length;  // bytes
    unsigned width;
    bool hidden;  // must not be sent to a terminal
};

static bool is_within(uint32_t code, const uint32_t ranges[][2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i][0] && code <= ranges[i][1])
            return true;
    return false;
}

static struct character character_at(struct slice text)
{
    // East Asian characters, and emoji that terminals show two columns wide without a variation selector.
    static const uint32_t wide[][2] = {
        {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
        {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
        {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
        {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
        {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
        {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
        {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
        {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
        {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FB},
        {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
        {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3},
        {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC},
        {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596},
        {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2},
        {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EF}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A},
        {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};
    // Combining marks: accents, and those of Hebrew, Arabic, Devanagari, Thai, and Korean.
    static const uint32_t narrow[][2] = {
        {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x5BF, 0x5BF},   {0x5C1, 0x5C2},   {0x5C4, 0x5C5},
        {0x5C7, 0x5C7},   {0x610, 0x61A},   {0x64B, 0x65F},   {0x670, 0x670},   {0x6D6, 0x6DC},   {0x6DF, 0x6E4},
        {0x6E7, 0x6E8},   {0x6EA, 0x6ED},   {0x900, 0x902},   {0x93A, 0x93A},   {0x93C, 0x93C},   {0x941, 0x948},
        {0x94D, 0x94D},   {0x951, 0x957},   {0x962, 0x963},   {0xE31, 0xE31},   {0xE34, 0xE3A},   {0xE47, 0xE4E},
        {0x1160, 0x11FF}, {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF}, {0x200B, 0x200D}, {0x2060, 0x2064}, {0x20D0, 0x20FF},
        {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};
    struct character result = {.width = 1};
    uint32_t code;
    result.length = shown_character(text, &code, &result.hidden);
    if (code == '\t')
        result.width = 4;
    else if (is_within(code, narrow, sizeof narrow / sizeof *narrow))
        result.width = 0;
    else if (is_within(code, wide, sizeof wide / sizeof *wide))
        result.width = 2;
    return result;
}

// --- The text.

// Longer lines, as in a JSON file without line breaks, are not shown, because each message would scan all of it.
enum { LINE_MAX_SHOWN = 8192 };

// The line is cut to this width around the column.
enum { WIDTH_MAX = 100, WIDTH_MIN = 20 };

// Three fifths of the width are for text before the column.
static size_t width_before(size_t width)
{
    return width / 5 * 3;
}

// Where the shown part starts. `*before` is the width from there to the column.
static size_t start_of_part(struct slice line, uint32_t column, size_t width, size_t *before)
{
    size_t at = 0, start = 0;
    *before = 0;
    for (uint32_t i = 1; i < column && at < line.length; i++) {
        struct character character = character_at(slice_from_index(line, at));
        at += character.length;
        *before += character.width;
        while (*before > width_before(width) && start < at) {
            struct character dropped = character_at(slice_from_index(line, start));
            start += dropped.length;
            *before -= dropped.width;
        }
    }
    return start;
}

static bool fits(struct slice line, size_t width)
{
    size_t used = 0;
    for (size_t at = 0; at < line.length && used <= width;) {
        struct character character = character_at(slice_from_index(line, at));
        at += character.length;
        used += character.width;
    }
    return used <= width;
}

static void add_part(struct slice line, size_t start, size_t width, struct buffer *out)
{
    size_t used = 0, at = start;
    if (start > 0)
        buffer_add_text(out, "…");
    while (at < line.length && used < width) {
        struct character character = character_at(slice_from_index(line, at));
        if (used + character.width > width)
            break;
        if (character.hidden)
            buffer_add_text(out, "\xEF\xBF\xBD");
        else if (character.width == 4)
            buffer_add_text(out, "    ");
        else
            buffer_add_slice(out, slice_part(line, at, at + character.length));
        at += character.length;
        used += character.width;
    }
    if (at < line.length)
        buffer_add_text(out, "…");
}

static uint32_t count_digits(uint32_t number)
{
    uint32_t digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

// A tab looks like spaces, so the mark below it is as wide as the blanks that start with it.
static size_t width_of_mark(struct slice line, uint32_t column)
{
    size_t at = 0, width = 0;
    for (uint32_t i = 1; i < column && at < line.length; i++)
        at += character_at(slice_from_index(line, at)).length;
    if (at >= line.length || line.data[at] != '\t')
        return 1;
    for (; at < line.length && width < WIDTH_MIN && strchr(" \t", line.data[at]); at++)
        width += character_at(slice_from_index(line, at)).width;
    return width;
}

void snippet_add(struct sources *sources, struct position position, size_t columns, struct buffer *out)
{
    const struct source *source = sources ? sources_get(sources, position.file) : NULL;
    struct slice line;
    if (source && position.line) {
        position = source_place(source, position);
        // The offsets of an inner text lead directly to the outermost file.
        while (source->outer && !source->hidden)
            source = sources_get(sources, source->outer);
    }
    if (!source || source->hidden || !position.line || !sources_line(sources, source, position.line, &line) ||
        line.length > LINE_MAX_SHOWN || !slice_trim(line, " \t").length ||
        slice_find_byte(line, '\0') != SLICE_NOT_FOUND || secrets_are_in_line(sources, source, position.line) ||
        is_confidential(sources, source, position.line, line))
        return;
    uint32_t number = position.line, gutter = count_digits(number) < 5 ? 5 : count_digits(number);
    // The line needs room for the gutter and for a sign on each side where it is cut.
    size_t taken = gutter + 3 + 2, width = WIDTH_MAX, before = 0;
    if (columns && columns < taken + width)
        width = columns < taken + WIDTH_MIN ? WIDTH_MIN : columns - taken;
    size_t start = fits(line, width) ? 0 : start_of_part(line, position.column, width, &before);
    if (start == 0) {
        before = 0;
        size_t at = 0;
        for (uint32_t i = 1; i < position.column && at < line.length; i++) {
            struct character character = character_at(slice_from_index(line, at));
            at += character.length;
            before += character.width;
        }
    } else {
        before++;  // for the sign that marks the cut
    }
    buffer_add_format(out, "%*" PRIu32 " | ", (int)gutter, number);
    add_part(line, start, width, out);
    buffer_add_byte(out, '\n');
    if (!position.column)
        return;
    static const char mark[] = "^^^^^^^^^^^^^^^^^^^^^^^^";
    _Static_assert(sizeof mark - 1 >= WIDTH_MIN + 4 - 1, "long enough for every mark");
    buffer_add_format(out, "%*s | %*s%.*s\n", (int)gutter, "", (int)before, "",
                      (int)width_of_mark(line, position.column), mark);
}
