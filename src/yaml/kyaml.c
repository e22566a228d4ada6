#include "yaml/kyaml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "doc/scalar.h"
#include "yaml/text.h"

// Bounds on what the aliases of one document may expand to.
enum { ALIAS_NODES_MAX = 1 << 18, KYAML_DEPTH_MAX = 2 * NODE_DEPTH_MAX };

struct writer {
    struct buffer *out;
    struct diagnostics *diagnostics;
    size_t aliased, depth;  // nodes that aliases expanded to; the depth of the current one
    bool in_alias;
};

static bool equals_ignoring_case(struct slice text, const char *word)
{
    return slice_equal_ignoring_case(text, slice_from(word));
}

// --- Keys that could be read as another type.

static bool is_word(struct slice key)
{
    static const char *const any_case[] = {"null", "y", "yes", "on", "n", "no", "off", "true", "false", NULL};
    static const char *const exact[] = {"t", "T", "f", "F", NULL};
    for (const char *const *word = any_case; *word; word++)
        if (equals_ignoring_case(key, *word))
            return true;
    return slice_is_one_of(key, exact);
}

// An integer that fits into 64 bits, with any of the prefixes 0b, 0o, 0x, and 0.
static bool is_integer(const char *text)
{
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    int base = 10;
    if (text[0] == '0' && text[1]) {
        int letter = text[1] | 0x20;
        base = letter == 'b' ? 2 : letter == 'o' ? 8 : letter == 'x' ? 16 : 8;
        text += letter == 'b' || letter == 'o' || letter == 'x' ? 2 : 1;
    }
    if (*text == '-' || *text == '+' || *text == ' ' || !*text || (base == 16 && (text[1] | 0x20) == 'x'))
        return false;
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, base);
    unsigned long long most = negative ? 1ull << 63 : (1ull << 63) - 1;
    return !*end && !errno && number <= most;
}

// A 64-bit number as Go reads it: hexadecimal needs an exponent, and a number that is too large is a string.
static bool is_float(const char *text)
{
    const char *digits = text + (*text == '-' || *text == '+');
    if (equals_ignoring_case(slice_from(digits), "inf") || equals_ignoring_case(slice_from(digits), "infinity") ||
        equals_ignoring_case(slice_from(text), "nan"))
        return true;
    bool hexadecimal = digits[0] == '0' && (digits[1] | 0x20) == 'x';
    if (!(*digits >= '0' && *digits <= '9') && *digits != '.')
        return false;
    if (hexadecimal && !strpbrk(digits, "pP"))
        return false;
    char *end;
    double number = strtod(text, &end);
    return end != text && !*end && number <= 1.7976931348623157e308 && number >= -1.7976931348623157e308;
}

static bool is_number(struct slice key)
{
    enum { LENGTH_MAX = 400 };  // more than the longest number in range has
    char text[LENGTH_MAX + 1];
    size_t length = 0;
    for (size_t i = 0; i < key.length && length < LENGTH_MAX; i++)
        if (key.data[i] != '_')
            text[length++] = key.data[i];
    text[length] = '\0';
    return is_integer(text) || is_float(text);
}

bool kyaml_key_needs_quotes(struct slice key)
{
    // A timestamp with a time has a colon, so it needs quotes anyway.
    bool is_date = scalar_resolve(key).type == SCALAR_TIMESTAMP;
    if (!key.length || is_word(key) || is_number(key) || is_date)
        return true;
    for (size_t at = 0; at < key.length;) {
        struct character character = character_at(key, at);
        bool inside = at > 0 && at + character.length < key.length;
        uint32_t code = character.code;
        if (!character_is_letter(code) && !character_is_number(code) && code != '_' &&
            !(inside && (code == '-' || code == '.' || code == '/')))
            return true;
        at += character.length;
    }
    return false;
}

// --- Strings.

static void add_indent(struct buffer *out, size_t levels)
{
    while (levels--)
        buffer_add_text(out, "  ");
}

static void add_escaped(struct buffer *out, uint32_t code)
{
    char letter = yaml_short_escape(code);
    if (letter)
        buffer_add_format(out, "\\%c", letter);
    else
        buffer_add_format(out,
                          code < ' ' || code == 0x7F ? "\\x%02x"
                          : code < 0x10000           ? "\\u%04x"
                                                     : "\\U%08x",
                          (unsigned)code);
}

static void add_character(struct buffer *out, struct slice text, size_t at, struct character character, bool on_lines)
{
    uint32_t code = character.code;
    if (!character.valid)
        buffer_add_format(out, "\\x%02x", (unsigned)(unsigned char)text.data[at]);
    else if (code == '\n' && on_lines)
        buffer_add_text(out, "\\n\\\n");
    else if (code == '\t' && on_lines)
        buffer_add_byte(out, '\t');
    else if (code != '"' && code != '\\' && character_is_printed(code))
        buffer_add_slice(out, slice_part(text, at, at + character.length));
    else
        add_escaped(out, code);
}

// A multi-line string is written on several lines, each of which ends with \n and an escaped line break. A space marks
// the start of each line; if the line itself starts with white space, a backslash does.
static void add_string(struct buffer *out, struct slice text, size_t indent, bool on_lines)
{
    bool several = on_lines && slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
    buffer_add_text(out, several ? "\"\\\n" : "\"");
    bool starts = several;
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(text, at);
        if (starts) {
            add_indent(out, indent);
            buffer_add_byte(out, character.valid && character_is_space(character.code) && character.code != '\n' ? '\\'
                                                                                                                 : ' ');
        }
        add_character(out, text, at, character, on_lines);
        starts = several && character.code == '\n';
        at += character.length;
    }
    if (several) {
        if (!starts)
            buffer_add_text(out, "\\\n");
        add_indent(out, indent);
    }
    buffer_add_byte(out, '"');
}

static void add_key(struct buffer *out, struct slice key)
{
    if (slice_find_byte(key, '\n') == SLICE_NOT_FOUND && !kyaml_key_needs_quotes(key))
        buffer_add_slice(out, key);
    else
        add_string(out, key, 0, false);
}

// --- Comments.

static void add_comment(struct buffer *out, struct slice comment, size_t indent)
{
    struct slice line;
    for (bool first = true; comment.length; first = false) {
        slice_cut(comment, '\n', &line, &comment);
        if (!first) {
            buffer_add_byte(out, '\n');
            add_indent(out, indent);
        }
        buffer_add_slice(out, line);
    }
}

static void add_line_comment(struct buffer *out, struct slice comment)
{
    if (!comment.length)
        return;
    buffer_add_byte(out, ' ');
    add_comment(out, comment, 0);
}

// Comments on lines of their own. The cursor is already indented before the first one, and afterwards before what
// follows.
static void add_comments_before(struct buffer *out, struct slice first, struct slice second, size_t indent)
{
    const struct slice comments[] = {first, second};
    for (size_t i = 0; i < 2; i++)
        if (comments[i].length) {
            add_comment(out, comments[i], indent);
            buffer_add_byte(out, '\n');
            add_indent(out, indent);
        }
}

static void add_comments_after(struct buffer *out, struct slice first, struct slice second, size_t indent)
{
    const struct slice comments[] = {first, second};
    for (size_t i = 0; i < 2; i++)
        if (comments[i].length) {
            add_indent(out, indent);
            add_comment(out, comments[i], indent);
            buffer_add_byte(out, '\n');
        }
}

// --- Nodes.

static bool write_node(struct writer *, const struct tree *, size_t indent);

static bool write_alias(struct writer *writer, const struct tree *alias, size_t indent)
{
    bool inside = writer->in_alias;
    writer->in_alias = true;
    bool good = write_node(writer, alias->target, indent + 1);
    writer->in_alias = inside;
    return good;
}

static bool write_scalar(struct writer *writer, const struct tree *scalar, size_t indent)
{
    static const char *const bare[] = {"!!int", "!!float", "!!bool", "!!null", NULL};
    // As a value, `<<` merges nothing.
    static const char *const texts[] = {"!!str", "!!timestamp", "!!merge", NULL};
    if (slice_is_one_of(scalar->tag, bare))
        buffer_add_slice(writer->out, scalar->text);
    else if (slice_is_one_of(scalar->tag, texts))
        add_string(writer->out, scalar->text, indent + 1, true);
    else
        return diagnose(writer->diagnostics, scalar->position, "KYAML does not support the tag %.*s",
                        SLICE_ARGS(scalar->tag));
    return true;
}

static bool is_collection(const struct tree *node)
{
    for (int steps = 0; node && node->kind == TREE_ALIAS && steps < 100; steps++)
        node = node->target;
    return node && (node->kind == TREE_MAP || node->kind == TREE_SEQUENCE);
}

// True for a list of maps or lists without comments; its brackets share lines with those of its items.
static bool are_cuddled(const struct tree *sequence)
{
    for (uint32_t i = 0; i < sequence->count; i++) {
        const struct tree *item = sequence->items[i];
        if (!is_collection(item) || item->head.length || item->line.length || item->foot.length)
            return false;
    }
    return true;
}

static bool write_cuddled(struct writer *writer, const struct tree *sequence, size_t indent)
{
    buffer_add_byte(writer->out, '[');
    for (uint32_t i = 0; i < sequence->count; i++) {
        if (i)
            buffer_add_text(writer->out, ", ");
        if (!write_node(writer, sequence->items[i], indent))
            return false;
    }
    buffer_add_byte(writer->out, ']');
    return true;
}

static bool write_items(struct writer *writer, const struct tree *sequence, size_t indent)
{
    struct buffer *out = writer->out;
    buffer_add_text(out, "[\n");
    for (uint32_t i = 0; i < sequence->count; i++) {
        const struct tree *item = sequence->items[i];
        add_indent(out, indent + 1);
        add_comments_before(out, item->head, (struct slice){0}, indent + 1);
        if (!write_node(writer, item, indent + 1))
            return false;
        buffer_add_byte(out, ',');
        add_line_comment(out, item->line);
        buffer_add_byte(out, '\n');
        add_comments_after(out, item->foot, (struct slice){0}, indent + 1);
    }
    add_indent(out, indent);
    buffer_add_byte(out, ']');
    return true;
}

static bool write_sequence(struct writer *writer, const struct tree *sequence, size_t indent)
{
    if (!sequence->count) {
        buffer_add_text(writer->out, "[]");
        return true;
    }
    return are_cuddled(sequence) ? write_cuddled(writer, sequence, indent) : write_items(writer, sequence, indent);
}

static bool write_entry(struct writer *writer, const struct tree *key, const struct tree *value, size_t indent)
{
    struct buffer *out = writer->out;
    if (key->kind != TREE_SCALAR)
        return diagnose(writer->diagnostics, key->position, "KYAML allows only strings as keys");
    add_indent(out, indent);
    add_comments_before(out, key->head, value->head, indent);
    add_key(out, key->text);
    buffer_add_text(out, ": ");
    if (!write_node(writer, value, indent))
        return false;
    buffer_add_byte(out, ',');
    add_line_comment(out, key->line.length ? key->line : value->line);
    buffer_add_byte(out, '\n');
    add_comments_after(out, key->foot, value->foot, indent);
    return true;
}

static bool write_map(struct writer *writer, const struct tree *map, size_t indent)
{
    if (!map->count) {
        buffer_add_text(writer->out, "{}");
        return true;
    }
    buffer_add_text(writer->out, "{\n");
    for (uint32_t i = 0; i + 1 < map->count; i += 2)
        if (!write_entry(writer, map->items[i], map->items[i + 1], indent + 1))
            return false;
    add_indent(writer->out, indent);
    buffer_add_byte(writer->out, '}');
    return true;
}

static bool write_node(struct writer *writer, const struct tree *node, size_t indent)
{
    static bool (*const writers[])(struct writer *, const struct tree *, size_t) = {[TREE_SCALAR] = write_scalar,
                                                                                    [TREE_MAP] = write_map,
                                                                                    [TREE_SEQUENCE] = write_sequence,
                                                                                    [TREE_ALIAS] = write_alias};
    if (writer->depth == KYAML_DEPTH_MAX || (writer->in_alias && ++writer->aliased > ALIAS_NODES_MAX))
        return diagnose(writer->diagnostics, node->position, "the aliases of the document expand to too many values");
    writer->depth++;
    bool good = writers[node->kind](writer, node, indent);
    writer->depth--;
    return good;
}

bool kyaml_write_document(struct diagnostics *diagnostics, struct buffer *out, const struct tree_document *document)
{
    struct writer writer = {.out = out, .diagnostics = diagnostics};
    const struct tree *root = document->root;
    buffer_add_text(out, "---\n");
    add_comments_before(out, document->head, root->head, 0);
    bool good = write_node(&writer, root, 0);
    add_line_comment(out, root->line);
    const struct slice feet[] = {root->foot, document->foot};
    for (size_t i = 0; i < countof(feet); i++)
        if (feet[i].length) {
            buffer_add_byte(out, '\n');
            add_comment(out, feet[i], 0);
        }
    buffer_add_byte(out, '\n');
    return good;
}

// --- Files that are KYAML already.

// The next line that isn't blank or a comment; empty at the end.
static struct slice next_content(struct slice *rest)
{
    struct slice line;
    while (rest->length) {
        slice_cut(*rest, '\n', &line, rest);
        line = slice_trim(line, " \t\r");
        if (line.length && line.data[0] != '#')
            return line;
    }
    return (struct slice){0};
}

bool kyaml_is_text(struct slice text)
{
    struct slice marker, comment, first = next_content(&text), second = next_content(&text);
    // A comment may follow the marker.
    bool has_comment = slice_cut(first, '#', &marker, &comment) && !slice_equals(marker, "---");
    return slice_equals(has_comment ? slice_trim(marker, " \t") : first, "---") && second.length &&
           (second.data[0] == '{' || second.data[0] == '[');
}

static void swap_fields(struct tree *map, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < 2; i++) {
        struct tree *item = map->items[a + i];
        map->items[a + i] = map->items[b + i];
        map->items[b + i] = item;
    }
}

// An insertion sort, because maps have few fields at the top.
static void sort_fields(struct tree *map, const struct yaml_order *order)
{
    for (uint32_t i = 2; i + 1 < map->count; i += 2)
        for (uint32_t k = i; k >= 2; k -= 2) {
            if (yaml_order_find(order, map->items[k - 2]->text) <= yaml_order_find(order, map->items[k]->text))
                break;
            swap_fields(map, k - 2, k);
        }
}

// The comments before the first line `---`, which the reader assigns to no document.
static struct slice comments_in_front(struct arena *arena, struct slice text)
{
    struct arena_text comments = {0};
    struct slice line;
    while (text.length && text.data[0] != '-') {
        slice_cut(text, '\n', &line, &text);
        line = slice_trim(line, " \t\r");
        if (line.length && comments.slice.length)
            arena_text_add(arena, &comments, slice_literal("\n"));
        arena_text_add(arena, &comments, line);
    }
    return comments.slice;
}

static void put_in_front(struct arena *arena, struct tree_document *document, struct slice comments)
{
    if (comments.length)
        document->head = document->head.length
                             ? arena_format(arena, "%.*s\n%.*s", SLICE_ARGS(comments), SLICE_ARGS(document->head))
                             : comments;
}

// --- Comments after an opening bracket, which the tree can't hold.

struct offsets {
    size_t *items;
    size_t count, capacity;
};

static void find_opening_comments(struct arena *arena, struct slice text, const struct tree *node,
                                  struct offsets *offsets)
{
    if (node->kind != TREE_MAP && node->kind != TREE_SEQUENCE)
        return;
    size_t at = node->span.content + 1;
    while (node->style == STYLE_FLOW && node->count && at < text.length &&
           (text.data[at] == ' ' || text.data[at] == '\t'))
        at++;
    if (node->style == STYLE_FLOW && node->count && at < text.length && text.data[at] == '#')
        list_append(arena, offsets, at);
    for (uint32_t i = 0; i < node->count; i++)
        find_opening_comments(arena, text, node->items[i], offsets);
}

// Moves such comments to lines of their own, which makes them comments of the first entry.
static struct slice open_comments(struct arena *arena, struct slice text)
{
    const struct tree *root = tree_read_spans(arena, text);
    struct offsets offsets = {0};
    struct arena_text opened = {0};
    size_t done = 0;
    if (root)
        find_opening_comments(arena, text, root, &offsets);
    for (size_t i = 0; i < offsets.count; i++) {
        arena_text_add(arena, &opened, slice_part(text, done, offsets.items[i]));
        arena_text_add(arena, &opened, slice_literal("\n"));
        done = offsets.items[i];
    }
    arena_text_add(arena, &opened, slice_from_index(text, done));
    return offsets.count ? opened.slice : text;
}

static bool has_carriage_returns(struct slice text)
{
    size_t end = slice_find_byte(text, '\n');
    return end != SLICE_NOT_FOUND && end > 0 && text.data[end - 1] == '\r';
}

static void end_lines_with_carriage_returns(struct buffer *out, size_t start)
{
    struct buffer lines = {0};
    for (size_t i = start; i < out->length; i++) {
        if (out->data[i] == '\n')
            buffer_add_byte(&lines, '\r');
        buffer_add_byte(&lines, out->data[i]);
    }
    out->length = start;
    buffer_add_slice(out, buffer_slice(&lines));
    buffer_free(&lines);
}

bool kyaml_rewrite(struct read_context *read, const struct source *source, const struct yaml_order *order,
                   struct buffer *out)
{
    struct tree_documents documents = {0};
    struct source opened = *source;
    size_t start = out->length;
    opened.content = open_comments(read->arena, source->content);
    if (!tree_read(read, &opened, &documents))
        return false;
    if (documents.count && kyaml_is_text(source->content))
        put_in_front(read->arena, documents.items[0], comments_in_front(read->arena, source->content));
    for (size_t i = 0; i < documents.count; i++) {
        if (order && documents.items[i]->root->kind == TREE_MAP)
            sort_fields(documents.items[i]->root, order);
        if (!kyaml_write_document(read->diagnostics, out, documents.items[i]))
            return false;
    }
    if (has_carriage_returns(source->content))
        end_lines_with_carriage_returns(out, start);
    return true;
}
