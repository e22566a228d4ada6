// yaml/edit_replace.c
//
// Replaces a value. Whatever is next to it stays, including a comment on its line.
//
//     images: []   # none        images:   # none
//                            →   - name: app
#include "doc/yaml11.h"
#include "yaml/editor.h"

// Keeps the old quotes around a string that needs no escapes.
static bool print_in_old_quotes(const struct tree *tree, const struct node *wanted, struct buffer *out)
{
    struct scalar_value value;
    char quote = quote_of(tree);
    if (!quote || wanted->kind != NODE_SCALAR ||
        (yaml11_resolve(wanted, &value) && value.type != SCALAR_STRING && value.type != SCALAR_TIMESTAMP &&
         value.type != SCALAR_MERGE))
        return false;
    for (uint32_t i = 0; i < wanted->count; i++)
        if ((unsigned char)wanted->text[i] < ' ' || strchr("'\"\\", wanted->text[i]) || wanted->text[i] == 0x7F)
            return false;
    buffer_add_format(out, "%c%.*s%c", quote, SLICE_ARGS(node_text(wanted)), quote);
    return true;
}

static bool only_scalars(const struct node *value)
{
    for (uint32_t i = 0; i < value->count; i++)
        if (editor_is_block(value->kind == NODE_MAP ? value->entries[i].value : value->items[i]))
            return false;
    return true;
}

size_t editor_parent_column(const struct editor *editor, const struct tree *tree)
{
    return yaml_column(editor->source, tree->span.entry_start);
}

bool editor_starts_below(const struct editor *editor, const struct tree *tree)
{
    return is_collection(tree) && !is_flow(tree) && tree->count &&
           yaml_begins_line(editor->source, child_at(tree, 0)->span.entry_start) &&
           child_at(tree, 0)->span.entry_start > tree->span.after && tree->span.after;
}

// Adds a space before text that would touch a colon, dash, or comma.
static void separate(const struct editor *editor, size_t at, struct buffer *text)
{
    if (at == 0 || !strchr(":-,", editor->source.data[at - 1]))
        return;
    struct buffer spaced = {0};
    buffer_add_byte(&spaced, ' ');
    buffer_add_slice(&spaced, buffer_slice(text));
    buffer_free(text);
    *text = spaced;
}

static void replace_with_line(struct editor *editor, const struct tree *tree, struct buffer *text)
{
    if (!editor_starts_below(editor, tree)) {
        size_t start = tree->span.tagged ? tree->span.start : tree->span.content;
        separate(editor, start, text);
        editor_change(editor, start, tree->span.end, text);
        return;
    }
    // The new value moves up to the colon; an anchor there is removed.
    separate(editor, tree->span.after, text);
    size_t end = tree->span.after;
    if (tree->span.start < tree->span.content && tree->span.start < yaml_line_end(editor->source, tree->span.after))
        end = yaml_line_end(editor->source, tree->span.after);
    editor_change(editor, tree->span.after, end, text);
    editor_remove(editor, yaml_line_start(editor->source, child_at(tree, 0)->span.entry_start),
                  editor_lines_end(editor, tree));
}

// Text with line breaks: the first line replaces the value, the others get lines of their own.
static void replace_with_lines(struct editor *editor, const struct tree *tree, struct slice text)
{
    struct slice first, rest = text;
    slice_cut(rest, '\n', &first, &rest);
    struct buffer head = {0}, body = {0};
    buffer_add_slice(&head, slice_trim(first, " \r"));
    buffer_add_slice(&body, rest);
    if (is_block_scalar(tree)) {
        // The old block already ends with a line break.
        buffer_add_text(&head, editor->newline);
        while (body.length && strchr("\r\n", body.data[body.length - 1]))
            body.length--;
        buffer_add_slice(&head, buffer_slice(&body));
        buffer_free(&body);
        editor_change(editor, tree->span.content, tree->span.end, &head);
        return;
    }
    replace_with_line(editor, tree, &head);
    size_t below = yaml_next_line(editor->source,
                                  editor_starts_below(editor, tree) ? tree->span.after : editor_last_byte(tree));
    editor_change(editor, below, below, &body);
}

// True if the value itself becomes a part of its replacement, with all its lines.
static bool moves_inside(const struct editor *editor, const struct tree *tree, const struct node *wanted)
{
    const struct place *place = editor_is_block(wanted) ? editor_place_of(editor, wanted) : NULL;
    if (place && place->tree == tree && is_same_kind(tree, wanted))
        return editor_may_stay(editor, place, wanted);
    for (uint32_t i = 0; wanted->kind != NODE_SCALAR && i < wanted->count; i++)
        if (moves_inside(editor, tree, wanted->kind == NODE_MAP ? wanted->entries[i].value : wanted->items[i]))
            return true;
    return false;
}

static void replace_with_block(struct editor *editor, const struct tree *tree, const struct node *wanted,
                               bool in_sequence)
{
    size_t parent = tree->span.after ? editor_parent_column(editor, tree) : 0;
    size_t step = !tree->span.after ? 0 : wanted->kind == NODE_SEQUENCE ? editor->list_indent : editor->map_indent;
    struct buffer text = {0};
    if (editor_starts_below(editor, tree)) {
        size_t indent = is_same_kind(tree, wanted) ? yaml_column(editor->source, child_at(tree, 0)->span.entry_start)
                                                   : parent + step;
        size_t start = yaml_line_start(editor->source, child_at(tree, 0)->span.entry_start);
        editor_print_block(editor, wanted, indent, &text);
        // The comments above it have moved along.
        if (moves_inside(editor, tree, wanted))
            start = editor_owned_start(editor, tree, 0, true);
        editor_change(editor, start, editor_lines_end(editor, tree), &text);
        return;
    }
    if (in_sequence || !tree->span.after) {
        // After a dash, or at the root, the first line starts right there.
        size_t indent = in_sequence ? parent + 2 : 0;
        editor_print_block(editor, wanted, indent, &text);
        struct slice lines = slice_from_index(buffer_slice(&text), indent);
        struct buffer moved = {0};
        buffer_add_slice(&moved, slice_trim(slice_part(lines, 0, 1), " "));
        buffer_add_slice(&moved, slice_from_index(lines, 1));
        buffer_free(&text);
        while (moved.length && strchr("\r\n", moved.data[moved.length - 1]))
            moved.length--;
        separate(editor, tree->span.start, &moved);
        editor_change(editor, tree->span.start, tree->span.end, &moved);
        return;
    }
    // Remove what follows the colon, but keep a comment on that line.
    if (tree->span.end > tree->span.after)
        editor_remove(editor, tree->span.after, tree->span.end);
    editor_print_block(editor, wanted, parent + step, &text);
    size_t below = editor_lines_end(editor, tree);
    editor_change(editor, below, below, &text);
}

void editor_replace_value(struct editor *editor, const struct place *place, const struct node *wanted)
{
    const struct tree *tree = place->tree, *outer = editor->replaced;
    bool busy = tree->span.busy;
    editor->replaced = tree;
    place->tree->span.busy = true;
    bool in_flow = place->parent && is_flow(place->parent);
    struct buffer text = {0};
    if (!tree->span.tagged && print_in_old_quotes(tree, wanted, &text)) {
        editor_change(editor, tree->span.content, tree->span.end, &text);
    } else if (in_flow || (is_flow(tree) && editor_is_block(wanted) && only_scalars(wanted))) {
        bool quote_all = in_flow && place->parent->kind == TREE_MAP &&
                         place->parent->items[0]->style == STYLE_DOUBLE_QUOTED;
        editor_print_flow(editor, wanted, quote_all, &text);
        separate(editor, tree->span.start, &text);
        editor_change(editor, tree->span.start, tree->span.end, &text);
    } else if (editor_is_block(wanted)) {
        replace_with_block(editor, tree, wanted, place->parent && place->parent->kind == TREE_SEQUENCE);
    } else if (wanted->kind == NODE_SCALAR && slice_find_byte(node_text(wanted), '\n') != SLICE_NOT_FOUND) {
        editor_print_value(editor, wanted, editor_parent_column(editor, tree), &text);
        if (slice_find_byte(buffer_slice(&text), '\n') + 1 < text.length) {
            replace_with_lines(editor, tree, buffer_slice(&text));
            buffer_free(&text);
        } else {
            struct buffer line = {0};
            buffer_add_slice(&line, slice_trim(buffer_slice(&text), " \r\n"));
            buffer_free(&text);
            replace_with_line(editor, tree, &line);
        }
    } else {
        editor_print_scalar(editor, wanted, &text);
        replace_with_line(editor, tree, &text);
    }
    editor->replaced = outer;
    place->tree->span.busy = busy;
}
