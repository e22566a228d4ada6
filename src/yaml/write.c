// yaml/write.c
//
// Prints a tree in one pass with the same result as kustomize's five steps: print, read, convert to JSON, read that as
// YAML 1.1, print again. json/roundtrip.c does what the first two do to a scalar, and yaml/text.c the styles of
// strings; this file has the structure, the choice of a style, and numbers.
//
//     metadata:           a map in a map is indented by two,
//       labels: {}
//     spec:
//     - - a               a sequence in a map is not,
//       - b
//     ? long key…         and a key that is long or has line breaks gets a line of its own
//     : value
#include "yaml/write.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/recovery.h"
#include "base/utf8.h"
#include "doc/key_order.h"
#include "doc/scalar.h"
#include "doc/text_traits.h"
#include "json/roundtrip.h"
#include "yaml/text.h"

enum {
    INDENT = 2,
    SIMPLE_KEY_MAX = 128,  // bytes of a key that is written without `?`
    JSON_KEY_MAX = 1024,   // characters of a key, quotes included, that YAML readers accept in a flow map
};

struct yaml_writer {
    struct diagnostics *diagnostics;
    const struct node *root;  // of the document
    struct yaml_lines lines;
    struct key_order order;
    struct buffer scratch;   // a string that the round trip changed
    struct buffer unfolded;  // and a string without NEL
};

// What comes before a value on its line.
enum place { AT_ROOT, AFTER_KEY, AFTER_INDICATOR };

struct yaml_writer *yaml_writer_new(struct diagnostics *diagnostics)
{
    struct yaml_writer *writer = piece_new(sizeof *writer);
    writer->diagnostics = diagnostics;
    return writer;
}

void yaml_writer_free(struct yaml_writer *writer)
{
    if (!writer)
        return;
    key_order_free(&writer->order);
    buffer_free(&writer->scratch);
    buffer_free(&writer->unfolded);
    piece_free(writer);
}

// --- Numbers.

static void write_unsigned(struct buffer *out, uint64_t number, bool negative)
{
    char digits[24];
    char *at = digits + sizeof digits;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    if (negative)
        *--at = '-';
    buffer_add(out, at, (size_t)(digits + sizeof digits - at));
}

static void write_integer(struct buffer *out, int64_t number)
{
    write_unsigned(out, number < 0 ? -(uint64_t)number : (uint64_t)number, number < 0);
}

// A float without a fraction becomes an integer on its way through JSON, as long as 64 bits hold the digits that JSON
// writes for it: the shortest ones, padded with zeros.
static bool write_as_integer(struct buffer *out, double number)
{
    if (fabs(number) < 1e15) {
        write_integer(out, (int64_t)number);
        return true;
    }
    if (fabs(number) >= 1e21)
        return false;
    size_t start = out->length;
    scalar_write_float(out, number, 21);
    struct scalar_value value = scalar_resolve((struct slice){out->data + start, out->length - start});
    out->length = start;
    if (value.type == SCALAR_INT)
        write_integer(out, value.integer);
    else if (value.type == SCALAR_UINT)
        write_unsigned(out, value.unsigned_integer, false);
    else
        return false;
    return true;
}

static void write_float(struct buffer *out, double number)
{
    // Doubles from 2^53 on have no fraction.
    bool whole = fabs(number) >= 0x1p53 || number == (double)(int64_t)number;
    if (!whole || !write_as_integer(out, number))
        scalar_write_float(out, number, 6);
}

// --- Strings.

static bool refuse_character(struct yaml_writer *writer, struct slice text, struct position position)
{
    for (size_t i = 0; i < text.length;) {
        struct character character = character_at(text, i);
        struct slice one = slice_part(text, i, i + character.length);
        if (!character.valid)
            return diagnose(writer->diagnostics, position, "the string is not valid UTF-8");
        if (text_traits(one) & (TEXT_FORBIDDEN | TEXT_NEXT_LINE))
            return diagnose(writer->diagnostics, position, "the character U+%04" PRIX32 " cannot be printed here",
                            character.code);
        i += character.length;
    }
    return diagnose(writer->diagnostics, position, "the string cannot be printed");
}

static void write_literal(struct yaml_lines *lines, struct slice text, uint32_t traits, size_t indent)
{
    yaml_write_block_header(lines, '|', text);
    yaml_end_line(lines);
    yaml_write_literal_lines(lines, text, traits, indent);
}

// With `may_fold`, the string may also become a block and have line breaks.
static void write_string(struct yaml_writer *writer, struct slice text, uint32_t traits, size_t indent, bool may_fold)
{
    if (traits & TEXT_LINE_FEED) {
        if (may_fold && !(traits & TEXT_TAB) && traits_allow_block(traits))
            write_literal(&writer->lines, text, traits, indent);
        else
            yaml_write_double_quoted(&writer->lines, text, traits, indent, may_fold);
    } else if (scalar_needs_quotes(text)) {
        yaml_write_double_quoted(&writer->lines, text, traits, indent, may_fold);
    } else if (traits_allow_plain(traits)) {
        yaml_write_plain(&writer->lines, text, traits, indent, may_fold);
    } else if (traits_allow_single_quotes(traits)) {
        yaml_write_single_quoted(&writer->lines, text, traits, indent, may_fold);
    } else {
        yaml_write_double_quoted(&writer->lines, text, traits, indent, may_fold);
    }
}

static bool write_scalar(struct yaml_writer *writer, const struct node *node, size_t indent, bool in_flow)
{
    struct buffer *out = writer->lines.out;
    struct roundtrip_scalar passed;
    if (!scalar_roundtrip(node, in_flow, &writer->scratch, writer->diagnostics, &passed))
        return false;
    switch (passed.value.type) {
    case SCALAR_NULL:
        buffer_add(out, "null", 4);
        break;
    case SCALAR_BOOL:
        buffer_add_text(out, passed.value.boolean ? "true" : "false");
        break;
    case SCALAR_INT:
        write_integer(out, passed.value.integer);
        break;
    case SCALAR_UINT:
        write_unsigned(out, passed.value.unsigned_integer, false);
        break;
    case SCALAR_FLOAT:
        write_float(out, passed.value.number);
        break;
    default:
        if (passed.traits & (TEXT_FORBIDDEN | TEXT_NEXT_LINE)) {
            if (passed.traits & TEXT_FORBIDDEN || !text_fold_next_lines(&writer->unfolded, passed.text))
                return refuse_character(writer, passed.text, node->position);
            passed.text = buffer_slice(&writer->unfolded);
            passed.traits = text_traits(passed.text);
        }
        write_string(writer, passed.text, passed.traits, indent, true);
    }
    if (out->length > writer->lines.line_start)
        yaml_end_line(&writer->lines);
    return true;
}

// --- Structure. Each function starts where its node's text starts, and ends the line.

static bool write_value(struct yaml_writer *, const struct node *, size_t indent, bool in_flow, enum place);

// True when a key has more characters than readers accept for a key in JSON.
static bool too_long_in_json(struct slice key)
{
    size_t length = 2;
    for (size_t i = 0; i < key.length; i++) {
        unsigned char byte = (unsigned char)key.data[i];
        if (strchr("\"\\\n\r\t\b\f", byte) && byte)
            length += 2;
        else if (byte < 0x20 || byte == '<' || byte == '>' || byte == '&')
            length += 6;
        else
            length += (byte & 0xC0) != 0x80;
    }
    return length > JSON_KEY_MAX;
}

static bool write_key(struct yaml_writer *writer, const struct node *map, const struct map_entry *entry, size_t indent,
                      bool *simple)
{
    struct slice text = entry->key->text;
    uint32_t traits = text_traits(text);
    if (traits & (TEXT_FORBIDDEN | TEXT_NEXT_LINE | TEXT_INVALID))
        return refuse_character(writer, text, key_position(map, entry));
    *simple = !(traits & TEXT_BREAK) && text.length <= SIMPLE_KEY_MAX;
    if (*simple) {
        write_string(writer, text, traits, 0, false);
        return true;
    }
    if (text.length > JSON_KEY_MAX / 6 && too_long_in_json(text))
        return diagnose(writer->diagnostics, key_position(map, entry), "the key is longer than %d characters",
                        JSON_KEY_MAX);
    buffer_add(writer->lines.out, "? ", 2);
    write_string(writer, text, traits, indent + INDENT, true);
    if (writer->lines.out->length > writer->lines.line_start)
        yaml_end_line(&writer->lines);
    yaml_add_spaces(&writer->lines, indent);
    return true;
}

// A copy of the map in which all keys are strings; it shares the values. NULL: diagnosed.
static const struct node *with_string_keys(struct yaml_writer *writer, const struct node *map, bool in_flow)
{
    struct key_rules rules = {.arena = writer->diagnostics->arena,
                              .diagnostics = writer->diagnostics,
                              .top_level = map == writer->root,
                              .in_flow = in_flow};
    return keys_copied_as_strings(&rules, map);
}

static bool write_map(struct yaml_writer *writer, const struct node *map, size_t indent, bool in_flow)
{
    in_flow |= map->style == STYLE_FLOW;
    size_t first = key_order_push_natural(&writer->order, map);
    if (!keys_are_strings(&writer->order, first)) {
        writer->order.count = first;
        map = with_string_keys(writer, map, in_flow);
        if (!map)
            return false;
        key_order_push_natural(&writer->order, map);
    }
    size_t end = writer->order.count;
    if (!keys_differ(map, &writer->order, first, writer->diagnostics))
        return false;
    for (size_t i = first; i < end; i++) {
        struct ordered_entry item = writer->order.items[i];  // the stack may move below
        if (i > first)
            yaml_add_spaces(&writer->lines, indent);
        bool simple = true;
        if (item.facts & KEY_PLAIN)
            buffer_add_slice(writer->lines.out, item.entry->key->text);
        else if (!write_key(writer, map, item.entry, indent, &simple))
            return false;
        buffer_add_byte(writer->lines.out, ':');
        if (!write_value(writer, item.entry->value, indent, in_flow, simple ? AFTER_KEY : AFTER_INDICATOR))
            return false;
    }
    writer->order.count = first;
    return true;
}

static bool write_sequence(struct yaml_writer *writer, const struct node *sequence, size_t indent, bool in_flow)
{
    in_flow |= sequence->style == STYLE_FLOW;
    for (uint32_t i = 0; i < sequence->count; i++) {
        if (i)
            yaml_add_spaces(&writer->lines, indent);
        buffer_add_byte(writer->lines.out, '-');
        if (!write_value(writer, sequence->items[i], indent, in_flow, AFTER_INDICATOR))
            return false;
    }
    return true;
}

// `indent` is that of the collection that contains the value.
static bool write_value(struct yaml_writer *writer, const struct node *node, size_t indent, bool in_flow,
                        enum place place)
{
    bool block = node->kind != NODE_SCALAR && node->count;
    if (block && place == AFTER_KEY) {
        if (node->kind == NODE_MAP)
            indent += INDENT;
        yaml_end_line(&writer->lines);
        yaml_add_spaces(&writer->lines, indent);
    } else if (place != AT_ROOT) {
        buffer_add_byte(writer->lines.out, ' ');
        indent += block ? INDENT : 0;
    }
    if (node->kind == NODE_SCALAR)
        return write_scalar(writer, node, indent + INDENT, in_flow);
    if (!node->count) {
        buffer_add(writer->lines.out, node->kind == NODE_MAP ? "{}" : "[]", 2);
        yaml_end_line(&writer->lines);
        return true;
    }
    return node->kind == NODE_MAP ? write_map(writer, node, indent, in_flow)
                                  : write_sequence(writer, node, indent, in_flow);
}

bool yaml_write_document(struct yaml_writer *writer, struct buffer *out, const struct node *root)
{
    writer->lines = (struct yaml_lines){.out = out, .line_start = out->length};
    writer->order.count = 0;
    writer->root = root;
    return write_value(writer, root, 0, false, AT_ROOT);
}
