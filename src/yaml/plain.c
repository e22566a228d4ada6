// yaml/plain.c
//
// Each function reads one form, and returns false at the first byte that it doesn't expect. Forms that need look-ahead
// or depend on their context are left to libyaml.
#include "yaml/plain.h"

#include <stdatomic.h>

#include "base/recovery.h"

enum {
    DEPTH_MAX = 64,
    KEY_MAX = 1000,       // libyaml allows 1024 characters
    TEXT_MAX = 64 << 20,  // so that offsets fit into 32 bits
    EVENTS_FIRST = 64,
};

struct plain {
    const char *text;
    size_t end, at;
    size_t line_start;
    uint32_t line;
    unsigned depth;
    struct plain_events *events;
};

static atomic_bool is_off;

void plain_never(bool on)
{
    atomic_store(&is_off, on);
}

// --- Bytes.

// A set of ASCII characters.
struct set {
    uint64_t bits[2];
};

// Letters, digits, and `_/.$(+~`: what a plain value begins with.
static const struct set first_set = {{0x03ffc91000000000, 0x47fffffe87fffffe}};
// These and `-`: a key.
static const struct set key_set = {{0x03ffe91000000000, 0x47fffffe87fffffe}};
// These and `)@=`: what may follow in a value in brackets.
static const struct set flow_set = {{0x23ffeb1000000000, 0x47fffffe87ffffff}};

static bool is_in(char byte, struct set set)
{
    unsigned code = (unsigned char)byte;
    return code < 128 && (set.bits[code >> 6] >> (code & 63) & 1);
}

// Printable ASCII and line feeds: a byte is a character, and a column.
static bool is_ascii(struct slice text)
{
    unsigned odd = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        odd |= (byte != '\n') & ((unsigned char)(byte - ' ') > '~' - ' ');
    }
    return !odd;
}

static char byte_at(const struct plain *plain, size_t at)
{
    return at < plain->end ? plain->text[at] : '\n';
}

// A blank, or the end of the line or the text.
static bool is_blank_at(const struct plain *plain, size_t at)
{
    char byte = byte_at(plain, at);
    return byte == ' ' || byte == '\n';
}

static size_t column_of(const struct plain *plain)
{
    return plain->at - plain->line_start;
}

static void skip_blanks(struct plain *plain)
{
    while (plain->at < plain->end && plain->text[plain->at] == ' ')
        plain->at++;
}

static void skip_line(struct plain *plain)
{
    const char *from = plain->text + plain->at, *feed = memchr(from, '\n', plain->end - plain->at);
    plain->at = feed ? (size_t)(feed - plain->text) + 1 : plain->end;
    plain->line += feed != NULL;
    plain->line_start = plain->at;
}

// Moves past blank lines and comments. False: nothing follows.
static bool next_content(struct plain *plain)
{
    for (;;) {
        skip_blanks(plain);
        if (plain->at == plain->end)
            return false;
        if (plain->text[plain->at] != '\n' && plain->text[plain->at] != '#')
            return true;
        skip_line(plain);
    }
}

// True if nothing but a comment is left on the line.
static bool ends_line(struct plain *plain)
{
    size_t from = plain->at;
    skip_blanks(plain);
    char byte = byte_at(plain, plain->at);
    return byte == '\n' || (byte == '#' && plain->at > from);
}

// --- Events.

static struct plain_event *add(struct plain *plain, enum plain_event_type type, enum node_style style)
{
    struct plain_events *events = plain->events;
    if (events->count == events->capacity) {
        events->capacity = events->capacity ? events->capacity * 2 : EVENTS_FIRST;
        events->items = piece_resize(events->items, events->capacity * sizeof *events->items);
    }
    struct plain_event *event = &events->items[events->count++];
    *event = (struct plain_event){
        .type = (uint8_t)type,
        .style = (uint8_t)style,
        .line = plain->line,
        .column = (uint32_t)column_of(plain),
        .start = (uint32_t)plain->at,
    };
    return event;
}

static bool add_end(struct plain *plain)
{
    add(plain, PLAIN_END, STYLE_PLAIN);
    plain->depth--;
    return true;
}

static bool add_collection(struct plain *plain, enum plain_event_type type, enum node_style style)
{
    add(plain, type, style);
    return plain->depth++ < DEPTH_MAX;
}

// A scalar from the cursor to `end`, where the cursor is left.
static bool add_scalar(struct plain *plain, enum node_style style, size_t end)
{
    add(plain, PLAIN_SCALAR, style)->end = (uint32_t)end;
    plain->at = end;
    return true;
}

// --- Values on one line.

static bool scan_quoted(struct plain *plain, char quote)
{
    size_t at = plain->at + 1;
    bool single = quote == '\'';
    // A backslash means nothing between single quotes.
    while (byte_at(plain, at) != '\n' && plain->text[at] != quote && (single || plain->text[at] != '\\'))
        at++;
    return byte_at(plain, at) == quote && !(single && byte_at(plain, at + 1) == quote) &&
           add_scalar(plain, single ? STYLE_SINGLE_QUOTED : STYLE_DOUBLE_QUOTED, at + 1);
}

// A dash begins a value if the next character could begin one.
static bool begins(const struct plain *plain)
{
    size_t at = plain->at;
    return is_in(byte_at(plain, at + (byte_at(plain, at) == '-')), first_set);
}

static bool scan_plain(struct plain *plain)
{
    if (!begins(plain))
        return false;
    size_t end = plain->at;
    for (size_t at = plain->at; byte_at(plain, at) != '\n'; at++) {
        char byte = plain->text[at];
        if (byte == ':' && is_blank_at(plain, at + 1))
            return false;
        if (byte == '#' && plain->text[at - 1] == ' ')
            break;
        if (byte != ' ')
            end = at + 1;
    }
    return add_scalar(plain, STYLE_PLAIN, end);
}

static bool scan_flow(struct plain *);

static bool scan_one(struct plain *plain, bool (*scan_unquoted)(struct plain *))
{
    char byte = byte_at(plain, plain->at);
    if (byte == '[' || byte == '{')
        return scan_flow(plain);
    return byte == '"' || byte == '\'' ? scan_quoted(plain, byte) : scan_unquoted(plain);
}

static bool scan_flow_plain(struct plain *plain)
{
    if (!begins(plain))
        return false;
    size_t at = plain->at + 1;
    while (is_in(byte_at(plain, at), flow_set) ||
           (byte_at(plain, at) == ':' && is_in(byte_at(plain, at + 1), first_set)))
        at++;
    return add_scalar(plain, STYLE_PLAIN, at);
}

static size_t key_end(const struct plain *plain)
{
    size_t at = plain->at;
    if (!is_in(byte_at(plain, at), first_set))
        return at;
    while (at - plain->at < KEY_MAX && is_in(byte_at(plain, at), key_set))
        at++;
    return at;
}

// True for `key:` followed by a blank.
static bool is_key(const struct plain *plain, size_t end)
{
    return end > plain->at && byte_at(plain, end) == ':' && is_blank_at(plain, end + 1);
}

static bool scan_flow_key(struct plain *plain)
{
    size_t end = key_end(plain);
    if (!is_key(plain, end) || !add_scalar(plain, STYLE_PLAIN, end))
        return false;
    plain->at++;
    skip_blanks(plain);
    return true;
}

static bool scan_flow(struct plain *plain)
{
    bool is_map = plain->text[plain->at] == '{';
    char close = is_map ? '}' : ']';
    if (!add_collection(plain, is_map ? PLAIN_MAP : PLAIN_LIST, STYLE_FLOW))
        return false;
    plain->at++;
    skip_blanks(plain);
    for (bool first = true; !first || byte_at(plain, plain->at) != close; first = false) {
        if ((is_map && !scan_flow_key(plain)) || !scan_one(plain, scan_flow_plain))
            return false;
        skip_blanks(plain);
        if (byte_at(plain, plain->at) == close)
            break;
        if (byte_at(plain, plain->at) != ',')
            return false;
        plain->at++;
        skip_blanks(plain);
    }
    plain->at++;
    return add_end(plain);
}

// A value with nothing after it on its line. The cursor ends at the content below, as after blocks, or at the end.
static bool scan_value(struct plain *plain)
{
    if (!scan_one(plain, scan_plain) || !ends_line(plain))
        return false;
    skip_line(plain);
    next_content(plain);
    return true;
}

// --- Blocks.

static bool scan_block(struct plain *);

static bool is_dash(const struct plain *plain)
{
    return byte_at(plain, plain->at) == '-' && is_blank_at(plain, plain->at + 1);
}

// True if the block continues in its column. False: it has ended, or the text is not plain, and `*good` is false.
static bool goes_on(const struct plain *plain, size_t column, bool *good)
{
    bool more = plain->at < plain->end;
    *good = !more || column_of(plain) <= column;
    return more && column_of(plain) == column;
}

// The value on the lines below a key or dash in this column. A key's list may begin in the same column.
static bool scan_below(struct plain *plain, size_t column, bool of_key)
{
    if (!next_content(plain))
        return false;
    size_t found = column_of(plain);
    return (found > column || (found == column && of_key && is_dash(plain))) && scan_block(plain);
}

static bool scan_list(struct plain *plain, size_t column)
{
    bool good = true;
    if (!add_collection(plain, PLAIN_LIST, STYLE_PLAIN))
        return false;
    do {
        plain->at++;
        good = ends_line(plain)                ? scan_below(plain, column, false)
               : is_key(plain, key_end(plain)) ? scan_block(plain)
                                               : scan_value(plain);
    } while (good && goes_on(plain, column, &good) && is_dash(plain));
    return good && add_end(plain);
}

static bool scan_map(struct plain *plain, size_t column)
{
    bool good = true;
    if (!add_collection(plain, PLAIN_MAP, STYLE_PLAIN))
        return false;
    do {
        size_t end = key_end(plain);
        if (!is_key(plain, end) || !add_scalar(plain, STYLE_PLAIN, end))
            return false;
        plain->at++;
        good = ends_line(plain) ? scan_below(plain, column, true) : scan_value(plain);
    } while (good && goes_on(plain, column, &good));
    return good && add_end(plain);
}

static bool scan_block(struct plain *plain)
{
    size_t column = column_of(plain);
    return is_dash(plain) ? scan_list(plain, column) : scan_map(plain, column);
}

bool plain_scan(struct slice text, struct plain_events *events)
{
    struct plain plain = {.text = text.data, .end = text.length, .events = events};
    events->count = 0;
    if (atomic_load_explicit(&is_off, memory_order_relaxed) || text.length > TEXT_MAX || !is_ascii(text) ||
        !next_content(&plain))
        return false;
    if (column_of(&plain) == 0 && slice_starts_with(slice_from_index(text, plain.at), slice_literal("---\n"))) {
        skip_line(&plain);
        if (!next_content(&plain))
            return false;
    }
    return scan_block(&plain) && plain.at == plain.end;
}
