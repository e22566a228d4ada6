// json/write.c
//
// JSON as Go's encoding/json writes it: map keys in byte order, floats in Go's form, `<` as \u003c.
#include "json/json.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "doc/key_order.h"
#include "doc/scalar.h"
#include "json/roundtrip.h"

enum { JSON_EXPONENT_LIMIT = 21 };

// The letter after `\` in the short escape of a byte; 0 if it has none.
static char json_escape(unsigned char byte)
{
    switch (byte) {
    case '"':
    case '\\':
        return (char)byte;
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    default:
        return 0;
    }
}

static bool is_written_raw(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\' && byte != '<' && byte != '>' && byte != '&';
}

void json_write_string(struct buffer *out, struct slice text)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        while (i < text.length && is_written_raw((unsigned char)text.data[i]))
            i++;
        if (i > start)
            buffer_add(out, text.data + start, i - start);
        if (i == text.length)
            break;
        struct character character = character_at(text, i);
        char letter = character.code < 0x80 ? json_escape((unsigned char)character.code) : 0;
        if (letter) {
            buffer_add_byte(out, '\\');
            buffer_add_byte(out, letter);
        } else if (!character.valid || character.code < 0x80 || character.code == CHARACTER_LINE_SEPARATOR ||
                   character.code == CHARACTER_PARAGRAPH_SEPARATOR) {
            buffer_add_format(out, "\\u%04" PRIx32, character.code);
        } else {
            buffer_add(out, text.data + i, character.length);
        }
        i += character.length;
    }
    buffer_add_byte(out, '"');
}

struct json_writer {
    struct buffer *out;
    const struct node *object;
    bool exact_integers;
    struct diagnostics *diagnostics;
    struct buffer scratch;
    struct key_order order;
};

static bool write_scalar(struct json_writer *writer, const struct node *node, bool in_flow)
{
    struct roundtrip_scalar passed;
    if (!scalar_roundtrip(node, in_flow, &writer->scratch, writer->diagnostics, &passed))
        return false;
    struct buffer *out = writer->out;
    switch (passed.value.type) {
    case SCALAR_NULL:
        buffer_add_text(out, "null");
        break;
    case SCALAR_BOOL:
        buffer_add_text(out, passed.value.boolean ? "true" : "false");
        break;
    case SCALAR_INT:
        if (writer->exact_integers)
            buffer_add_format(out, "%" PRId64, passed.value.integer);
        else
            scalar_write_float(out, (double)passed.value.integer, JSON_EXPONENT_LIMIT);
        break;
    case SCALAR_UINT:
        if (writer->exact_integers)
            buffer_add_format(out, "%" PRIu64, passed.value.unsigned_integer);
        else
            scalar_write_float(out, (double)passed.value.unsigned_integer, JSON_EXPONENT_LIMIT);
        break;
    case SCALAR_FLOAT:
        scalar_write_float(out, passed.value.number, JSON_EXPONENT_LIMIT);
        break;
    default:
        json_write_string(out, passed.text);
    }
    return true;
}

static bool write_node(struct json_writer *writer, const struct node *node, bool in_flow)
{
    if (node->kind == NODE_SCALAR)
        return write_scalar(writer, node, in_flow);
    in_flow |= node->style == STYLE_FLOW;
    if (node->kind == NODE_SEQUENCE) {
        buffer_add_byte(writer->out, '[');
        for (uint32_t i = 0; i < node->count; i++) {
            if (i)
                buffer_add_byte(writer->out, ',');
            if (!write_node(writer, node->items[i], in_flow))
                return false;
        }
        buffer_add_byte(writer->out, ']');
        return true;
    }
    size_t first = key_order_push_bytewise(&writer->order, node);
    if (!keys_are_strings(&writer->order, first)) {
        writer->order.count = first;
        struct key_rules rules = {.arena = writer->diagnostics->arena,
                                  .diagnostics = writer->diagnostics,
                                  .top_level = node == writer->object,
                                  .in_flow = in_flow};
        node = keys_copied_as_strings(&rules, node);
        if (!node)
            return false;
        key_order_push_bytewise(&writer->order, node);
    }
    size_t end = writer->order.count;
    if (!keys_differ(node, &writer->order, first, writer->diagnostics))
        return false;
    buffer_add_byte(writer->out, '{');
    for (size_t i = first; i < end; i++) {
        const struct map_entry *entry = writer->order.items[i].entry;
        if (i > first)
            buffer_add_byte(writer->out, ',');
        json_write_string(writer->out, entry->key->text);
        buffer_add_byte(writer->out, ':');
        if (!write_node(writer, entry->value, in_flow))
            return false;
    }
    buffer_add_byte(writer->out, '}');
    writer->order.count = first;
    return true;
}

static bool write_all(struct json_writer *writer, const struct node *node)
{
    bool written = write_node(writer, node, false);
    buffer_free(&writer->scratch);
    key_order_free(&writer->order);
    return written;
}

bool json_write(struct buffer *out, const struct node *node, bool exact_integers, struct diagnostics *diagnostics)
{
    struct json_writer writer = {.out = out, .exact_integers = exact_integers, .diagnostics = diagnostics};
    return write_all(&writer, node);
}

bool json_write_object(struct buffer *out, const struct node *node, bool exact_integers,
                       struct diagnostics *diagnostics)
{
    struct json_writer writer = {
        .out = out, .object = node, .exact_integers = exact_integers, .diagnostics = diagnostics};
    return write_all(&writer, node);
}

// --- Lines.

static void break_line(struct buffer *out, size_t depth)
{
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < depth; i++)
        buffer_add_text(out, "  ");
}

void json_write_member(struct buffer *out, const char *key, struct slice text)
{
    buffer_add_format(out, "\"%s\":", key);
    json_write_string(out, text);
}

void json_indent(struct buffer *out, struct slice json)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < json.length; i++) {
        char byte = json.data[i];
        if (in_string) {
            buffer_add_byte(out, byte);
            if (byte == '\\')
                buffer_add_byte(out, json.data[++i]);
            in_string = byte != '"';
            continue;
        }
        bool opens = byte == '{' || byte == '[', closes = byte == '}' || byte == ']';
        bool was_open = i > 0 && (json.data[i - 1] == '{' || json.data[i - 1] == '[');
        depth -= closes;
        if ((closes && !was_open) || (!closes && was_open))
            break_line(out, depth);
        buffer_add_byte(out, byte);
        if (byte == ',')
            break_line(out, depth);
        if (byte == ':')
            buffer_add_byte(out, ' ');
        depth += opens;
        in_string = byte == '"';
    }
}
