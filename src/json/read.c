// json/read.c
//
// Reads strict JSON into nodes in one pass. Strings and numbers are slices of the source unless they contain escapes.
#include "json/json.h"

#include <limits.h>
#include <math.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/scalar.h"
#include "json/roundtrip.h"

struct json_reader {
    struct arena *arena;
    struct name_cache *names;
    const struct source *source;
    struct diagnostics *diagnostics;
    const char *at, *end;
    unsigned exact_from;  // the level from which the rules of OpenAPI apply
    bool exact;           // they apply at the current place
    const char *line_start;
    uint32_t line;
    size_t continuation;     // the bytes on this line that don't begin a character
    struct buffer children;  // of the open maps and lists: entries or nodes
    struct buffer text;      // a string that differs from its source
};

// --- Positions.

static struct position position_at(const struct json_reader *reader, const char *at)
{
    return source_position(reader->source, reader->line,
                           (uint32_t)((size_t)(at - reader->line_start) - reader->continuation + 1));
}

static struct position position(const struct json_reader *reader)
{
    return position_at(reader, reader->at);
}

static bool is_at(const struct json_reader *reader, char byte)
{
    return reader->at < reader->end && *reader->at == byte;
}

static bool is_digit(const struct json_reader *reader)
{
    return reader->at < reader->end && byte_is_digit(*reader->at);
}

static void skip_space(struct json_reader *reader)
{
    for (; reader->at < reader->end; reader->at++) {
        if (*reader->at == '\n') {
            reader->line++;
            reader->line_start = reader->at + 1;
            reader->continuation = 0;
        } else if (*reader->at != ' ' && *reader->at != '\t' && *reader->at != '\r') {
            break;
        }
    }
}

// --- Errors. Letters and digits may belong to a value whose quotes are missing, so messages don't show them.

static bool refuse(const struct json_reader *reader, const char *wanted)
{
    static const char structure[] = "{}[]:,'\"/#";
    if (reader->at == reader->end)
        return diagnose(reader->diagnostics, position(reader), "invalid JSON: expected %s, found the end of the input",
                        wanted);
    if (!*reader->at || !strchr(structure, *reader->at))
        return diagnose(reader->diagnostics, position(reader), "invalid JSON: expected %s", wanted);
    diagnose(reader->diagnostics, position(reader), "invalid JSON: expected %s, found '%c'", wanted, *reader->at);
    if (*reader->at == '\'')
        diagnose_hint(reader->diagnostics, "write strings in double quotes");
    else if (*reader->at == '/' || *reader->at == '#')
        diagnose_hint(reader->diagnostics, "remove the comment: JSON has none");
    return false;
}

// Called after an entry of a map or an item of a list.
static bool refuse_after_entry(const struct json_reader *reader, bool is_map)
{
    refuse(reader, is_map ? "',' or '}'" : "',' or ']'");
    if (is_at(reader, is_map ? ']' : '}'))
        diagnose_hint(reader->diagnostics, is_map ? "remove it, or close the map with '}' first"
                                                  : "remove it, or close the list with ']' first");
    else if (is_at(reader, '"') || is_at(reader, '{') || is_at(reader, '['))
        diagnose_hint(reader->diagnostics, "write a comma before it");
    return false;
}

// Called after a comma.
static bool refuse_after_comma(const struct json_reader *reader, const char *wanted, char closing)
{
    refuse(reader, wanted);
    if (is_at(reader, closing))
        diagnose_hint(reader->diagnostics, "remove the comma before it");
    return false;
}

// --- Strings.

static bool read_hex(const struct json_reader *reader, const char *at, uint32_t *code)
{
    *code = 0;
    if (reader->end - at < 4)
        return false;
    for (unsigned i = 0; i < 4; i++) {
        int digit = at[i] >= '0' && at[i] <= '9'   ? at[i] - '0'
                    : at[i] >= 'a' && at[i] <= 'f' ? at[i] - 'a' + 10
                    : at[i] >= 'A' && at[i] <= 'F' ? at[i] - 'A' + 10
                                                   : -1;
        if (digit < 0)
            return false;
        *code = *code << 4 | (uint32_t)digit;
    }
    return true;
}

static void add_character(struct json_reader *reader, uint32_t code)
{
    char bytes[CHARACTER_BYTES_MAX];
    buffer_add(&reader->text, bytes, character_write(code, bytes));
}

// Half of a surrogate pair isn't a character. Go replaces it with U+FFFD, but Kubernetes rejects it.
static bool read_unicode_escape(struct json_reader *reader)
{
    enum { HIGH = 0xD800, LOW = 0xDC00, BEYOND = 0xE000, FIRST_OF_PAIRS = 0x10000 };
    uint32_t code, low;
    if (!read_hex(reader, reader->at + 2, &code))
        return diagnose(reader->diagnostics, position(reader), "invalid JSON: '\\u' requires four hexadecimal digits");
    reader->at += 6;
    bool pair = code >= HIGH && code < LOW && is_at(reader, '\\') && reader->end - reader->at > 1 &&
                reader->at[1] == 'u' && read_hex(reader, reader->at + 2, &low) && low >= LOW && low < BEYOND;
    if (pair) {
        code = FIRST_OF_PAIRS + ((code - HIGH) << 10 | (low - LOW));
        reader->at += 6;
    }
    bool half = code >= HIGH && code < BEYOND;
    if (half && reader->exact)
        return diagnose(reader->diagnostics, position_at(reader, reader->at - 6),
                        "invalid JSON: the escape is half of a surrogate pair");
    add_character(reader, half ? CHARACTER_REPLACEMENT : code);
    return true;
}

static bool read_escape(struct json_reader *reader)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char letter = reader->end - reader->at > 1 ? reader->at[1] : 0;
    if (letter == 'u')
        return read_unicode_escape(reader);
    const char *found = letter ? strchr(letters, letter) : NULL;
    if (!found) {
        diagnose(reader->diagnostics, position(reader), "invalid JSON: unknown escape in a string");
        diagnose_hint(reader->diagnostics, "write a backslash as '\\\\'");
        return false;
    }
    buffer_add_byte(&reader->text, meant[found - letters]);
    reader->at += 2;
    return true;
}

static bool refuse_control(const struct json_reader *reader)
{
    static const char letters[] = "btn?fr";  // starting at U+0008
    unsigned code = (unsigned char)*reader->at;
    diagnose(reader->diagnostics, position(reader),
             "invalid JSON: a string cannot contain the control character U+%04X", code);
    if (code >= '\b' && code <= '\r' && code != '\v')
        diagnose_hint(reader->diagnostics, "write it as '\\%c'", letters[code - '\b']);
    else
        diagnose_hint(reader->diagnostics, "write it as '\\u%04x'", code);
    return false;
}

// Skips characters that need no decoding, up to a quote, an escape, a control character, a byte that isn't UTF-8, or
// the end.
static void skip_plain(struct json_reader *reader)
{
    for (;;) {
        while (reader->at < reader->end && (unsigned char)*reader->at - 0x20u < 0x60 && *reader->at != '"' &&
               *reader->at != '\\')
            reader->at++;
        if (reader->at == reader->end || !((unsigned char)*reader->at & 0x80))
            return;
        struct character character = character_at((struct slice){reader->at, (size_t)(reader->end - reader->at)}, 0);
        if (!character.valid)
            return;
        reader->continuation += character.length - 1u;
        reader->at += character.length;
    }
}

// The string is in the source or in the reader's buffer, where it is valid until the next string.
static bool read_string(struct json_reader *reader, struct slice *text)
{
    struct position start = position(reader);
    const char *from = ++reader->at;
    skip_plain(reader);
    *text = (struct slice){from, (size_t)(reader->at - from)};
    if (!is_at(reader, '"')) {
        reader->text.length = 0;
        for (;; skip_plain(reader)) {
            buffer_add(&reader->text, from, (size_t)(reader->at - from));
            if (reader->at == reader->end)
                return diagnose(reader->diagnostics, start, "invalid JSON: the string has no closing quote");
            if (*reader->at == '"')
                break;
            if (*reader->at & 0x80) {  // handled like half of a surrogate pair
                if (reader->exact)
                    return diagnose(reader->diagnostics, position(reader), "invalid JSON: the string is not UTF-8");
                add_character(reader, CHARACTER_REPLACEMENT);
                reader->at++;
            } else if (*reader->at != '\\') {
                return refuse_control(reader);
            } else if (!read_escape(reader)) {
                return false;
            }
            from = reader->at;
        }
        *text = buffer_slice(&reader->text);
    }
    reader->at++;
    return true;
}

static struct node *read_text(struct json_reader *reader)
{
    struct position start = position(reader);
    struct slice text;
    if (!read_string(reader, &text))
        return NULL;
    if (text.data == reader->text.data)
        text = arena_copy(reader->arena, text);
    return node_new_string(reader->arena, text, start);
}

// --- Numbers and words.

static bool skip_digits(struct json_reader *reader)
{
    if (!is_digit(reader))
        return refuse(reader, "a digit");
    while (is_digit(reader))
        reader->at++;
    return true;
}

static bool skip_number(struct json_reader *reader)
{
    reader->at += is_at(reader, '-');
    if (is_at(reader, '0')) {
        reader->at++;
        if (is_digit(reader))
            return diagnose(reader->diagnostics, position_at(reader, reader->at - 1),
                            "invalid JSON: a number cannot start with a zero");
    } else if (!skip_digits(reader)) {
        return false;
    }
    if (is_at(reader, '.')) {
        reader->at++;
        if (!skip_digits(reader))
            return false;
    }
    if (is_at(reader, 'e') || is_at(reader, 'E')) {
        reader->at++;
        reader->at += is_at(reader, '+') || is_at(reader, '-');
        return skip_digits(reader);
    }
    return true;
}

static struct node *new_plain(struct json_reader *reader, const char *from)
{
    struct slice text = {from, (size_t)(reader->at - from)};
    return node_new_scalar(reader->arena, text, STYLE_PLAIN, TAG_IMPLICIT, position_at(reader, from));
}

// Go reads all numbers into doubles.
static bool is_in_range(const struct json_reader *reader, const char *from)
{
    enum { DIGITS_THAT_FIT = 308 };
    struct slice text = {from, (size_t)(reader->at - from)};
    if (text.length <= DIGITS_THAT_FIT && slice_find_byte(text, 'e') == SLICE_NOT_FOUND &&
        slice_find_byte(text, 'E') == SLICE_NOT_FOUND)
        return true;
    struct scalar_value value = scalar_resolve(text);
    return value.type != SCALAR_STRING && (value.type != SCALAR_FLOAT || isfinite(value.number));
}

static struct node *read_number(struct json_reader *reader)
{
    const char *from = reader->at;
    if (!skip_number(reader))
        return NULL;
    if (reader->exact || is_in_range(reader, from))
        return new_plain(reader, from);
    diagnose(reader->diagnostics, position_at(reader, from), "invalid JSON: the number is out of range");
    diagnose_hint(reader->diagnostics, "write it in quotes if you mean a string");
    return NULL;
}

static struct node *read_word(struct json_reader *reader, struct slice word)
{
    const char *from = reader->at;
    if (!slice_starts_with((struct slice){from, (size_t)(reader->end - from)}, word)) {
        refuse(reader, "a value");
        return NULL;
    }
    reader->at += word.length;
    return new_plain(reader, from);
}

// --- Maps and lists.

static struct node *read_value(struct json_reader *, unsigned depth);

// The last of repeated keys wins, in the place of the first. `entries` has room for all entries of the map.
static bool drop_repeated(struct json_reader *reader, struct node *map, struct map_entry *entries)
{
    uint32_t count = map->count, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct map_entry *entry = &map->entries[i], *first = node_map_find(map, entry->key);
        kept += first == entry;
        if (first == entry)
            continue;
        if (reader->exact)
            return key_refuse_repeated(map, first, entry, reader->diagnostics);
        *first = *entry;
        entry->value = NULL;
    }
    if (kept == count)
        return true;
    kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (map->entries[i].value)
            entries[kept++] = map->entries[i];
    map->entries = NULL;
    map->count = map->capacity = 0;
    node_map_fill(reader->arena, map, entries, kept);
    return true;
}

static bool read_entry(struct json_reader *reader, unsigned depth)
{
    struct position start = position(reader);
    struct slice key;
    if (!read_string(reader, &key))
        return false;
    struct map_entry entry = {.key = name_intern_cached(reader->names, key),
                              .key_line = start.line,
                              .key_column = start.column & 0xFFFFFF,
                              .key_tag = TAG_STRING};
    skip_space(reader);
    if (!is_at(reader, ':'))
        return refuse(reader, "':' after the key");
    reader->at++;
    skip_space(reader);
    if (!(entry.value = read_value(reader, depth)))
        return false;
    buffer_add(&reader->children, (const char *)&entry, sizeof entry);
    return true;
}

static bool read_entries(struct json_reader *reader, unsigned depth)
{
    reader->at++;
    skip_space(reader);
    if (is_at(reader, '}'))
        return true;
    if (!is_at(reader, '"'))
        return refuse(reader, "a key in double quotes, or '}'");
    while (read_entry(reader, depth + 1)) {
        skip_space(reader);
        if (is_at(reader, '}'))
            return true;
        if (!is_at(reader, ','))
            return refuse_after_entry(reader, true);
        reader->at++;
        skip_space(reader);
        if (!is_at(reader, '"'))
            return refuse_after_comma(reader, "a key in double quotes", '}');
    }
    return false;
}

static bool read_items(struct json_reader *reader, unsigned depth)
{
    reader->at++;
    skip_space(reader);
    if (is_at(reader, ']'))
        return true;
    for (;;) {
        struct node *item = read_value(reader, depth + 1);
        if (!item)
            return false;
        buffer_add(&reader->children, (const char *)&item, sizeof item);
        skip_space(reader);
        if (is_at(reader, ']'))
            return true;
        if (!is_at(reader, ','))
            return refuse_after_entry(reader, false);
        reader->at++;
        skip_space(reader);
        if (is_at(reader, ']'))
            return refuse_after_comma(reader, "a value", ']');
    }
}

static struct node *read_collection(struct json_reader *reader, unsigned depth)
{
    struct position start = position(reader);
    size_t first = reader->children.length;
    if (depth > NODE_DEPTH_MAX) {
        diagnose_limit(reader->diagnostics, start, "maps and lists are nested more than %d deep", NODE_DEPTH_MAX);
        return NULL;
    }
    bool map = is_at(reader, '{'), exact_outside = reader->exact;
    reader->exact = depth >= reader->exact_from;
    if (!(map ? read_entries : read_items)(reader, depth))
        return NULL;
    reader->at++;
    size_t size = reader->children.length - first;
    void *children = size ? reader->children.data + first : NULL;
    struct node *node = (map ? node_new_map : node_new_sequence)(reader->arena, start);
    if (map) {
        node_map_fill(reader->arena, node, children, (uint32_t)(size / sizeof(struct map_entry)));
        if (!drop_repeated(reader, node, children))
            return NULL;
    } else {
        node_sequence_fill(reader->arena, node, children, (uint32_t)(size / sizeof(struct node *)));
    }
    reader->children.length = first;
    reader->exact = exact_outside;
    return node;
}

static struct node *read_value(struct json_reader *reader, unsigned depth)
{
    switch (reader->at < reader->end ? *reader->at : 0) {
    case '{':
    case '[':
        return read_collection(reader, depth);
    case '"':
        return read_text(reader);
    case 't':
        return read_word(reader, slice_literal("true"));
    case 'f':
        return read_word(reader, slice_literal("false"));
    case 'n':
        return read_word(reader, slice_literal("null"));
    case '-':
        return read_number(reader);
    default:
        if (is_digit(reader))
            return read_number(reader);
        refuse(reader, "a value");
        return NULL;
    }
}

struct node *json_read(struct arena *arena, struct name_cache *names, const struct source *source,
                       struct diagnostics *diagnostics)
{
    return json_read_openapi(arena, names, source, UINT_MAX, diagnostics);
}

struct node *json_read_openapi(struct arena *arena, struct name_cache *names, const struct source *source,
                               unsigned level, struct diagnostics *diagnostics)
{
    struct slice text = source->content.data ? source->content : slice_literal("");
    struct json_reader reader = {.arena = arena,
                                 .names = names,
                                 .source = source,
                                 .diagnostics = diagnostics,
                                 .exact_from = level,
                                 .exact = level <= 1,
                                 .at = text.data,
                                 .end = text.data + text.length,
                                 .line_start = text.data,
                                 .line = 1};
    skip_space(&reader);
    struct node *node = read_value(&reader, 1);
    skip_space(&reader);
    if (node && reader.at < reader.end) {
        refuse(&reader, "the end of the document");
        node = NULL;
    }
    buffer_free(&reader.children);
    buffer_free(&reader.text);
    return node;
}
