// yaml/edit_print.c
//
// The text of values that are new in a YAML file: as the stream's writer prints them, but indented like their
// surroundings, and on one line where the writer would fold. Values that come from elsewhere in the file keep their
// text.
#include <stdlib.h>

#include "doc/key_order.h"
#include "doc/text_traits.h"
#include "doc/yaml11.h"
#include "yaml/editor.h"
#include "yaml/text.h"

bool editor_is_block(const struct node *value)
{
    return value->kind != NODE_SCALAR && value->count > 0;
}

// --- Scalars.

static struct node *scalar_for_writer(struct arena *arena, const struct node *scalar)
{
    struct scalar_value value;
    if (!yaml11_resolve(scalar, &value))
        value.type = SCALAR_STRING;
    struct slice text = scalar_value_text(arena, value);
    struct buffer number = {0};
    if (value.type == SCALAR_FLOAT) {
        scalar_write_float(&number, value.number, 21);
        text = arena_copy(arena, buffer_slice(&number));
        buffer_free(&number);
    } else if (value.type == SCALAR_NULL) {
        text = slice_literal("null");
    } else if (!text.length) {
        return node_new_string(arena, arena_copy(arena, node_text(scalar)), scalar->position);
    }
    return node_new_scalar(arena, text, STYLE_PLAIN, TAG_IMPLICIT, scalar->position);
}

struct node *node_for_writer(struct arena *arena, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return scalar_for_writer(arena, node);
    struct node *copy = node->kind == NODE_MAP ? node_new_map(arena, node->position)
                                               : node_new_sequence(arena, node->position);
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP) {
            struct map_entry entry = node->entries[i];
            entry.key_tag = TAG_STRING;
            entry.value = node_for_writer(arena, entry.value);
            node_map_append(arena, copy, entry);
        } else {
            node_sequence_append(arena, copy, node_for_writer(arena, node->items[i]));
        }
    }
    return copy;
}

// Appends "key: value" with its line break, as the stream's writer prints it.
static void print_entry(struct editor *editor, const struct name *key, const struct node *value, struct buffer *out)
{
    struct arena *arena = editor->read->arena;
    size_t mark = editor->read->diagnostics->count;
    struct node *map = node_new_map(arena, (struct position){0});
    node_map_append(arena, map,
                    (struct map_entry){.key = key, .value = node_for_writer(arena, value), .key_tag = TAG_STRING});
    // A string that YAML can't hold is noticed when the result is read.
    if (!yaml_write_document(editor->writer, out, map))
        diagnostics_forget(editor->read->diagnostics, mark);
}

// Appends the string on one line.
static void print_quoted(struct slice text, struct buffer *out)
{
    yaml_write_double_quoted(&(struct yaml_lines){.out = out}, text, text_traits(text), 0, false);
}

static const struct name *short_key(struct editor *editor)
{
    return name_intern_cached(editor->read->names, slice_literal("k"));
}

// What follows "k:", with the final line break.
static struct slice print_with_writer(struct editor *editor, const struct node *value, struct buffer *line)
{
    print_entry(editor, short_key(editor), value, line);
    return slice_from_index(buffer_slice(line), 2);
}

void editor_print_scalar(struct editor *editor, const struct node *value, struct buffer *out)
{
    struct buffer line = {0};
    struct slice text = slice_trim(print_with_writer(editor, value, &line), " \n");
    bool one_line = slice_find_byte(text, '\n') == SLICE_NOT_FOUND;
    if (one_line)
        buffer_add_slice(out, text);
    else
        print_quoted(node_text(value), out);
    buffer_free(&line);
}

// --- Blocks.

void editor_shift_lines(struct editor *editor, struct slice lines, size_t from, size_t to, struct buffer *out)
{
    while (lines.length) {
        struct slice line;
        bool broken = slice_cut(lines, '\n', &line, &lines);
        if (line.length && line.data[line.length - 1] == '\r')
            line.length--;
        size_t spaces = 0;
        while (spaces < line.length && line.data[spaces] == ' ')
            spaces++;
        struct slice text = slice_from_index(line, spaces);
        size_t indent = spaces + to >= from ? spaces + to - from : 0;
        if (text.length)
            buffer_add_format(out, "%*s%.*s", (int)indent, "", SLICE_ARGS(text));
        if (broken)
            buffer_add_text(out, editor->newline);
    }
}

// Appends the lines of a block from elsewhere in the text, starting with its comments. False: there is no such block.
static bool reuse_block(struct editor *editor, const struct node *value, size_t indent, struct buffer *out)
{
    const struct place *place = editor_place_of(editor, value);
    if (!place || !is_same_kind(place->tree, value) || is_flow(place->tree) || !place->tree->count ||
        editor_has_merges(place->tree) || editor_has_complex_keys(place->tree) ||
        (editor->expand && place->tree->span.has_alias) || (place->tree->span.busy && !node_equal(place->is, value)))
        return false;
    const struct tree *first = child_at(place->tree, 0);
    size_t column = yaml_column(editor->source, first->span.entry_start);
    size_t from = editor_owned_start(editor, place->tree, 0, true);
    struct slice text = editor_edited_text(editor, place, value, from, editor_lines_end(editor, place->tree));
    if (from == first->span.entry_start) {
        // The block starts after a dash, so its first line lacks the indentation.
        buffer_add_format(out, "%*s", (int)indent, "");
        struct slice line;
        slice_cut(text, '\n', &line, &text);
        buffer_add_slice(out, slice_trim(line, "\r"));
        buffer_add_text(out, editor->newline);
    }
    editor_shift_lines(editor, text, column, indent, out);
    return true;
}

static bool is_block_item(const struct place *place)
{
    return place && place->parent && place->parent->kind == TREE_SEQUENCE && !is_flow(place->parent);
}

// Appends the lines of an item from another list in the text.
static bool reuse_item(struct editor *editor, const struct node *item, size_t indent, struct buffer *out)
{
    const struct place *place = editor_place_of(editor, item);
    if (!is_block_item(place) || place->tree->kind == TREE_ALIAS || !is_same_kind(place->tree, item) ||
        !yaml_begins_line(editor->source, place->tree->span.entry_start) ||
        (editor->expand && place->tree->span.has_alias) || (place->tree->span.busy && !node_equal(place->is, item)))
        return false;
    size_t from = editor_owned_start(editor, place->parent, place->index, true);
    struct slice text = editor_edited_text(editor, place, item, from, editor_lines_end(editor, place->tree));
    editor_shift_lines(editor, text, yaml_column(editor->source, place->tree->span.entry_start), indent, out);
    return true;
}

// Appends the comments above an item that has become another kind of value.
static void reuse_comments(struct editor *editor, const struct node *item, size_t indent, struct buffer *out)
{
    const struct place *place = editor_place_of(editor, item);
    if (!is_block_item(place) || is_same_kind(place->tree, item) ||
        !yaml_begins_line(editor->source, place->tree->span.entry_start))
        return;
    size_t from = editor_owned_start(editor, place->parent, place->index, true);
    struct slice comments = slice_part(editor->source, from,
                                       yaml_line_start(editor->source, place->tree->span.entry_start));
    editor_shift_lines(editor, comments, yaml_column(editor->source, place->tree->span.entry_start), indent, out);
}

// Appends the rest of the line of a scalar from elsewhere in the text.
static bool reuse_scalar(struct editor *editor, const struct node *value, struct buffer *out)
{
    const struct place *place = editor_place_of(editor, value);
    if (!place || place->tree->kind != TREE_SCALAR || value->kind != NODE_SCALAR || is_block_scalar(place->tree) ||
        !place->parent || is_flow(place->parent) || !node_equal(place->is, value))
        return false;
    size_t end = place->tree == editor->replaced ? place->tree->span.end
                                                 : yaml_line_end(editor->source, place->tree->span.start);
    struct slice text = slice_part(editor->source, place->tree->span.content, end);
    if (place->tree->span.end > place->tree->span.content + text.length)
        return false;
    buffer_add_byte(out, ' ');
    buffer_add_slice(out, slice_trim(text, "\r"));
    buffer_add_text(out, editor->newline);
    return true;
}

void editor_print_value(struct editor *editor, const struct node *value, size_t parent, struct buffer *out)
{
    if (editor_is_block(value)) {
        buffer_add_text(out, editor->newline);
        bool list = value->kind == NODE_SEQUENCE;
        editor_print_block(editor, value, parent + (list ? editor->list_indent : editor->map_indent), out);
        return;
    }
    if (reuse_scalar(editor, value, out))
        return;
    struct buffer line = {0};
    struct slice text = print_with_writer(editor, value, &line), first;
    slice_cut(text, '\n', &first, &text);
    bool folded = text.length && slice_find_byte(node_text(value), '\n') == SLICE_NOT_FOUND;
    if (folded) {
        buffer_add_byte(out, ' ');
        editor_print_scalar(editor, value, out);
        buffer_add_text(out, editor->newline);
    } else {
        buffer_add_slice(out, first);
        buffer_add_text(out, editor->newline);
        editor_shift_lines(editor, text, 0, parent, out);
    }
    buffer_free(&line);
}

void editor_print_item(struct editor *editor, const struct node *item, size_t indent, struct buffer *out)
{
    if (reuse_item(editor, item, indent, out))
        return;
    reuse_comments(editor, item, indent, out);
    buffer_add_format(out, "%*s-", (int)indent, "");
    if (!editor_is_block(item)) {
        editor_print_value(editor, item, indent, out);
        return;
    }
    struct buffer block = {0};
    editor_print_block(editor, item, indent + 2, &block);
    // The first line moves up to the dash.
    buffer_add_byte(out, ' ');
    buffer_add_slice(out, slice_trim(slice_part(buffer_slice(&block), 0, indent + 2), " "));
    buffer_add_slice(out, slice_from_index(buffer_slice(&block), indent + 2));
    buffer_free(&block);
}

void editor_print_field(struct editor *editor, const struct name *key, const struct node *value, size_t indent,
                        struct buffer *out)
{
    struct buffer name = {0};
    print_entry(editor, key, node_new_sequence(editor->read->arena, (struct position){0}), &name);
    // "key: []\n" without what follows the colon.
    if (name.length > 4)
        buffer_add_format(out, "%*s%.*s", (int)indent, "", (int)(name.length - 4), name.data);
    buffer_free(&name);
    editor_print_value(editor, value, indent, out);
}

static int compare_entries(const void *left, const void *right)
{
    const struct map_entry *const *a = left, *const *b = right;
    return key_compare_natural((*a)->key->text, (*b)->key->text);
}

void editor_print_block(struct editor *editor, const struct node *value, size_t indent, struct buffer *out)
{
    if (reuse_block(editor, value, indent, out))
        return;
    if (value->kind == NODE_SEQUENCE) {
        for (uint32_t i = 0; i < value->count; i++)
            editor_print_item(editor, value->items[i], indent, out);
        return;
    }
    const struct map_entry **entries = arena_array(editor->read->arena, const struct map_entry *, value->count);
    for (uint32_t i = 0; i < value->count; i++)
        entries[i] = &value->entries[i];
    qsort(entries, value->count, sizeof *entries, compare_entries);
    for (uint32_t i = 0; i < value->count; i++)
        editor_print_field(editor, entries[i]->key, entries[i]->value, indent, out);
}

// --- Flow style.

static void print_flow_scalar(struct editor *editor, const struct node *value, bool quote_all, struct buffer *out)
{
    struct scalar_value meaning;
    bool string = value->kind == NODE_SCALAR && (!yaml11_resolve(value, &meaning) || meaning.type == SCALAR_STRING ||
                                                 meaning.type == SCALAR_TIMESTAMP || meaning.type == SCALAR_MERGE);
    if (string && quote_all) {
        print_quoted(node_text(value), out);
        return;
    }
    struct buffer text = {0};
    editor_print_scalar(editor, value, &text);
    bool plain = string && text.length && text.data[0] != '"' && text.data[0] != '\'';
    bool special = false;
    for (size_t i = 0; plain && i < text.length; i++)
        special = special || strchr(",[]{}?", text.data[i]);
    if (special)
        print_quoted(node_text(value), out);
    else
        buffer_add_slice(out, buffer_slice(&text));
    buffer_free(&text);
}

void editor_print_flow_key(struct editor *editor, const struct name *key, bool quote_all, struct buffer *out)
{
    print_flow_scalar(editor, node_new_string(editor->read->arena, key->text, (struct position){0}), quote_all, out);
}

void editor_print_flow(struct editor *editor, const struct node *value, bool quote_all, struct buffer *out)
{
    if (!editor_is_block(value)) {
        print_flow_scalar(editor, value, quote_all, out);
        return;
    }
    bool map = value->kind == NODE_MAP;
    buffer_add_byte(out, map ? '{' : '[');
    for (uint32_t i = 0; i < value->count; i++) {
        if (i)
            buffer_add_text(out, ", ");
        if (map) {
            editor_print_flow_key(editor, value->entries[i].key, quote_all, out);
            buffer_add_text(out, ": ");
        }
        editor_print_flow(editor, map ? value->entries[i].value : value->items[i], quote_all, out);
    }
    buffer_add_byte(out, map ? '}' : ']');
}
