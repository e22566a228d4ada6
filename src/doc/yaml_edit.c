// doc/yaml_edit.c
//
// The text is parsed twice: by yaml_read into data, and here into spans, where each value stands in the
// bytes. Both trees and the wanted one are walked together; where data and wanted differ, a replacement of a
// span is noted. The notes are applied at the end, from first to last.
#include "doc/yaml_edit.h"

#include <stdlib.h>

#include <yaml.h>

#include "doc/scalar.h"
#include "doc/yaml_write.h"

// Where a value stands. Offsets are bytes of the source.
struct span {
    size_t start, end;        // of the value itself; equal for an absent value
    size_t column;            // of the first character, in characters
    bool flow, block_scalar;
    bool opaque;              // an alias, or a map with merge keys: kept or replaced as a whole
    char quote;               // ' or " around a scalar, 0: none
    enum node_kind kind;
    struct span **children;   // values of a map or items of a sequence
    size_t *starts;           // where the key, or the dash, of each child stands
    size_t count, capacity;
};

struct change {
    size_t start, end;
    struct slice text;
    size_t order;  // of two insertions at one place the earlier comes first
};

struct editor {
    struct read_context *read;
    struct slice source;
    struct yaml_writer *writer;
    const char *newline;
    bool indent_lists;  // the text indents lists below their key
    struct {
        struct change *items;
        size_t count, capacity;
    } changes;
    // While spans are read:
    yaml_parser_t *parser;
    size_t byte, character;  // a place that both counts are known of
};

// --- Equality.

static bool scalar_is_text(const struct node *node)
{
    return node->tag == TAG_STRING || node->tag == TAG_OTHER ||
           (node->tag == TAG_IMPLICIT && !scalar_needs_quotes(node_text(node)));
}

bool node_equal(const struct node *a, const struct node *b)
{
    if (node_is_null(a) || node_is_null(b))
        return node_is_null(a) && node_is_null(b);
    if (a->kind != b->kind || (a->kind != NODE_SCALAR && a->count != b->count))
        return false;
    switch ((enum node_kind)a->kind) {
    case NODE_SCALAR:
        return scalar_is_text(a) == scalar_is_text(b) && slice_equal(node_text(a), node_text(b));
    case NODE_SEQUENCE:
        for (uint32_t i = 0; i < a->count; i++)
            if (!node_equal(a->items[i], b->items[i]))
                return false;
        return true;
    case NODE_MAP:
        for (uint32_t i = 0; i < a->count; i++) {
            const struct map_entry *other = node_map_find(b, a->entries[i].key);
            if (!other || !node_equal(a->entries[i].value, other->value))
                return false;
        }
        return true;
    }
    return false;
}

// --- Spans.

// libyaml counts characters; its marks come in rising order, so the walk is linear.
static size_t byte_of(struct editor *editor, size_t character)
{
    if (character < editor->character)
        editor->byte = editor->character = 0;
    if (editor->byte == 0 && slice_starts_with(editor->source, slice_literal("\xEF\xBB\xBF")))
        editor->byte = 3;
    while (editor->character < character && editor->byte < editor->source.length) {
        editor->byte++;
        while (editor->byte < editor->source.length && ((unsigned char)editor->source.data[editor->byte] & 0xC0) == 0x80)
            editor->byte++;
        editor->character++;
    }
    return editor->byte;
}

static struct span *read_span(struct editor *editor, yaml_event_t *event);

static void add_child(struct editor *editor, struct span *span, struct span *child, size_t start)
{
    struct arena *arena = editor->read->arena;
    if (span->count == span->capacity) {
        size_t capacity = span->capacity ? span->capacity * 2 : 4;
        span->children = arena_grow(arena, span->children, span->count, capacity, sizeof *span->children, 16);
        span->starts = arena_grow(arena, span->starts, span->count, capacity, sizeof *span->starts, 16);
        span->capacity = capacity;
    }
    span->children[span->count] = child;
    span->starts[span->count++] = start;
}

// The dash in front of an item.
static size_t dash_before(struct slice source, size_t at)
{
    while (at > 0 && source.data[at - 1] != '-')
        at--;
    return at ? at - 1 : 0;
}

static bool next_event(struct editor *editor, yaml_event_t *event)
{
    return yaml_parser_parse(editor->parser, event);
}

static bool read_children(struct editor *editor, struct span *span, yaml_event_type_t end)
{
    for (;;) {
        yaml_event_t event;
        if (!next_event(editor, &event))
            return false;
        if (event.type == end) {
            if (span->flow)
                span->end = byte_of(editor, event.end_mark.index);
            yaml_event_delete(&event);
            return true;
        }
        size_t start = byte_of(editor, event.start_mark.index);
        if (span->kind == NODE_MAP) {
            bool merge = event.type == YAML_SCALAR_EVENT && event.data.scalar.length == 2 &&
                         memcmp(event.data.scalar.value, "<<", 2) == 0;
            bool simple = event.type == YAML_SCALAR_EVENT;
            struct span *key = read_span(editor, &event);
            if (!key || !next_event(editor, &event))
                return false;
            span->opaque |= merge || !simple;
        } else if (!span->flow) {
            start = dash_before(editor->source, start);
        }
        struct span *child = read_span(editor, &event);
        if (!child)
            return false;
        add_child(editor, span, child, start);
        if (!span->flow && child->end > span->end)
            span->end = child->end;
    }
}

// Takes over the event.
static struct span *read_span(struct editor *editor, yaml_event_t *event)
{
    struct span *span = arena_new(editor->read->arena, struct span);
    span->start = byte_of(editor, event->start_mark.index);
    span->column = event->start_mark.column;
    span->end = span->start;
    bool done = true;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        span->kind = NODE_SCALAR;
        span->end = byte_of(editor, event->end_mark.index);
        span->block_scalar = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
                             event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
        span->quote = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE   ? '\''
                      : event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? '"'
                                                                                    : '\0';
        // Empty lines behind a block belong to what follows.
        while (span->block_scalar && span->end > span->start &&
               strchr(" \r\n", editor->source.data[span->end - 1]))
            span->end--;
        break;
    case YAML_ALIAS_EVENT:
        span->kind = NODE_SCALAR;
        span->opaque = true;
        span->end = byte_of(editor, event->end_mark.index);
        break;
    case YAML_MAPPING_START_EVENT:
        span->kind = NODE_MAP;
        span->flow = event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        span->opaque = event->data.mapping_start.anchor != NULL;
        done = read_children(editor, span, YAML_MAPPING_END_EVENT);
        break;
    case YAML_SEQUENCE_START_EVENT:
        span->kind = NODE_SEQUENCE;
        span->flow = event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        done = read_children(editor, span, YAML_SEQUENCE_END_EVENT);
        break;
    default:
        done = false;
    }
    yaml_event_delete(event);
    return done ? span : NULL;
}

static struct span *read_document(struct editor *editor)
{
    for (;;) {
        yaml_event_t event;
        if (!next_event(editor, &event))
            return NULL;
        if (event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT) {
            yaml_event_delete(&event);
            continue;
        }
        return read_span(editor, &event);
    }
}

// --- Text of new values.

static void add_lines(struct buffer *out, struct slice text, size_t indent, const char *newline)
{
    while (text.length) {
        struct slice line;
        slice_cut(text, '\n', &line, &text);
        if (line.length)
            buffer_add_format(out, "%*s", (int)indent, "");
        buffer_add_slice(out, line);
        buffer_add_text(out, newline);
    }
}

static struct node *wrap(struct editor *editor, const struct name *key, const struct node *value)
{
    struct node *map = node_new_map(editor->read->arena, (struct position){0});
    node_map_set(editor->read->arena, map, key, (struct node *)value);
    return map;
}

// "key: value" with its newline, as the stream's writer prints it.
static void print_entry(struct editor *editor, const struct name *key, const struct node *value, struct buffer *out)
{
    size_t mark = editor->read->diagnostics->count;
    if (!yaml_write_document(editor->writer, out, wrap(editor, key, value)))
        diagnostics_forget(editor->read->diagnostics, mark);
}

static bool is_block(const struct node *value)
{
    return value->kind != NODE_SCALAR && value->count > 0;
}

static void print_block(struct editor *editor, const struct node *value, size_t indent, struct buffer *out);

// What stands behind "key:" or "-", with the final newline.
static void print_value(struct editor *editor, const struct node *value, size_t indent, struct buffer *out)
{
    if (is_block(value)) {
        buffer_add_text(out, editor->newline);
        print_block(editor, value, indent, out);
        return;
    }
    struct buffer line = {0};
    print_entry(editor, name_intern_cached(editor->read->names, slice_literal("k")), value, &line);
    struct slice text = slice_from_index(buffer_slice(&line), 2), first;
    slice_cut(text, '\n', &first, &text);
    buffer_add_slice(out, first);
    buffer_add_text(out, editor->newline);
    // Lines of a block scalar stand two behind their key.
    add_lines(out, text, indent >= 2 ? indent - 2 : 0, editor->newline);
    buffer_free(&line);
}

static void print_item(struct editor *editor, const struct node *item, size_t indent, struct buffer *out)
{
    buffer_add_format(out, "%*s-", (int)indent, "");
    if (!is_block(item)) {
        print_value(editor, item, indent + 2, out);
        return;
    }
    struct buffer block = {0};
    print_block(editor, item, indent + 2, &block);
    // The first line moves up behind the dash.
    buffer_add_byte(out, ' ');
    buffer_add_slice(out, slice_from_index(buffer_slice(&block), indent + 2));
    buffer_free(&block);
}

static void print_field(struct editor *editor, const struct name *key, const struct node *value, size_t indent,
                        struct buffer *out)
{
    struct buffer name = {0};
    print_entry(editor, key, node_new_sequence(editor->read->arena, (struct position){0}), &name);
    // "key: []\n" without what stands behind the colon.
    buffer_add_format(out, "%*s%.*s", (int)indent, "", (int)(name.length - 4), name.data);
    buffer_free(&name);
    size_t below = value->kind == NODE_SEQUENCE && !editor->indent_lists ? indent : indent + 2;
    print_value(editor, value, below, out);
}

static int compare_entries(const void *left, const void *right)
{
    const struct map_entry *const *a = left, *const *b = right;
    return yaml_key_compare((*a)->key->text, (*b)->key->text);
}

static void print_block(struct editor *editor, const struct node *value, size_t indent, struct buffer *out)
{
    if (value->kind == NODE_SEQUENCE) {
        for (uint32_t i = 0; i < value->count; i++)
            print_item(editor, value->items[i], indent, out);
        return;
    }
    const struct map_entry **entries = arena_array(editor->read->arena, const struct map_entry *, value->count);
    for (uint32_t i = 0; i < value->count; i++)
        entries[i] = &value->entries[i];
    qsort(entries, value->count, sizeof *entries, compare_entries);
    for (uint32_t i = 0; i < value->count; i++)
        print_field(editor, entries[i]->key, entries[i]->value, indent, out);
}

// --- Noting changes.

static void change(struct editor *editor, size_t start, size_t end, struct buffer *text)
{
    struct change item = {start, end, arena_copy(editor->read->arena, buffer_slice(text)), editor->changes.count};
    list_append(editor->read->arena, &editor->changes, item);
    buffer_free(text);
}

static size_t line_end(struct slice source, size_t at)
{
    while (at < source.length && source.data[at] != '\n')
        at++;
    return at;
}

// Behind the newline of the line.
static size_t next_line(struct slice source, size_t at)
{
    at = line_end(source, at);
    return at < source.length ? at + 1 : at;
}

static size_t line_start(struct slice source, size_t at)
{
    while (at > 0 && source.data[at - 1] != '\n')
        at--;
    return at;
}

// Inserts whole lines behind the line that holds `at`; the last line of a file may lack its newline.
static void insert_lines(struct editor *editor, size_t at, struct buffer *lines)
{
    size_t place = next_line(editor->source, at);
    if (place == editor->source.length && place > 0 && editor->source.data[place - 1] != '\n') {
        struct buffer text = {0};
        buffer_add_text(&text, editor->newline);
        buffer_add_slice(&text, buffer_slice(lines));
        buffer_free(lines);
        *lines = text;
    }
    change(editor, place, place, lines);
}

static size_t last_byte(const struct span *span)
{
    return span->end > span->start ? span->end - 1 : span->start;
}

// True when only spaces stand before `at` in its line.
static bool begins_line(struct slice source, size_t at)
{
    while (at > 0 && source.data[at - 1] == ' ')
        at--;
    return at == 0 || source.data[at - 1] == '\n';
}

static size_t column_of(struct slice source, size_t at)
{
    return at - line_start(source, at);
}

// --- Walking the three trees.

static void edit(struct editor *editor, const struct span *span, const struct node *is, const struct node *wanted,
                 size_t parent_indent);

static bool only_scalars(const struct node *node)
{
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *child = node->kind == NODE_MAP ? node->entries[i].value : node->items[i];
        if (child->kind != NODE_SCALAR || slice_find_byte(node_text(child), '\n') != SLICE_NOT_FOUND)
            return false;
    }
    return true;
}

// A scalar in one line, for a flow collection or in the place of another scalar.
static void print_scalar(struct editor *editor, const struct node *scalar, bool flow, struct buffer *out)
{
    struct node *copy = node_copy(editor->read->arena, scalar);
    struct buffer line = {0};
    print_value(editor, copy, 2, &line);
    struct slice text = slice_trim(buffer_slice(&line), " \r\n");
    bool plain = text.length && text.data[0] != '"' && text.data[0] != '\'';
    bool unsafe = false;
    for (size_t i = 0; flow && plain && i < text.length; i++)
        unsafe = unsafe || strchr(",[]{}", text.data[i]);
    if (unsafe)
        buffer_add_format(out, "\"%.*s\"", SLICE_ARGS(text));
    else
        buffer_add_slice(out, text);
    buffer_free(&line);
}

static void print_flow(struct editor *editor, const struct node *value, struct buffer *out)
{
    bool map = value->kind == NODE_MAP;
    buffer_add_byte(out, map ? '{' : '[');
    for (uint32_t i = 0; i < value->count; i++) {
        if (i)
            buffer_add_text(out, ", ");
        if (map) {
            struct node *key = node_new_string(editor->read->arena, value->entries[i].key->text, value->position);
            print_scalar(editor, key, true, out);
            buffer_add_text(out, ": ");
        }
        print_scalar(editor, map ? value->entries[i].value : value->items[i], true, out);
    }
    buffer_add_byte(out, map ? '}' : ']');
}

// Old quotes stay around a text that needs no escapes.
static bool print_in_old_quotes(const struct span *span, const struct node *wanted, struct buffer *out)
{
    if (!span->quote || wanted->kind != NODE_SCALAR || !wanted->count)
        return false;
    for (uint32_t i = 0; i < wanted->count; i++)
        if ((unsigned char)wanted->text[i] < ' ' || strchr("'\"\\", wanted->text[i]) || wanted->text[i] == 0x7F)
            return false;
    buffer_add_format(out, "%c%.*s%c", span->quote, SLICE_ARGS(node_text(wanted)), span->quote);
    return true;
}

// Another value in the place of one: what follows in its last line stays.
static void replace_value(struct editor *editor, const struct span *span, const struct node *wanted, size_t parent_indent)
{
    struct buffer text = {0};
    bool one_line = wanted->kind == NODE_SCALAR && slice_find_byte(node_text(wanted), '\n') == SLICE_NOT_FOUND;
    if (print_in_old_quotes(span, wanted, &text)) {
        change(editor, span->start, span->end, &text);
        return;
    }
    if (span->flow && only_scalars(wanted)) {
        print_flow(editor, wanted, &text);
        change(editor, span->start, span->end, &text);
        return;
    }
    bool separate = span->start > 0 && editor->source.data[span->start - 1] == ':';
    if (one_line || !(is_block(wanted) || wanted->kind == NODE_SCALAR)) {
        bool alone = span->start > 0 && begins_line(editor->source, span->start) && column_of(editor->source, span->start) > 0;
        size_t start = span->start;
        if (alone && span->kind != NODE_SCALAR) {
            // A block below its key: the new value moves up behind the colon.
            start = line_start(editor->source, start) - 1;
            if (start > 0 && editor->source.data[start - 1] == '\r')
                start--;
            separate = true;
        }
        if (separate)
            buffer_add_byte(&text, ' ');
        print_scalar(editor, wanted, false, &text);
        change(editor, start, span->end, &text);
        return;
    }
    size_t indent = wanted->kind == NODE_SEQUENCE && !editor->indent_lists ? parent_indent : parent_indent + 2;
    print_value(editor, wanted, indent, &text);
    // Without the final newline: the line of the old value has one.
    while (text.length && strchr("\r\n", text.data[text.length - 1]))
        text.length--;
    size_t start = span->start;
    if (span->kind != NODE_SCALAR && !span->flow && begins_line(editor->source, start)) {
        start = line_start(editor->source, start) - 1;
        if (start > 0 && editor->source.data[start - 1] == '\r')
            start--;
    } else if (is_block(wanted)) {
        while (start > 0 && editor->source.data[start - 1] == ' ')
            start--;
    } else if (separate) {
        struct buffer spaced = {0};
        buffer_add_byte(&spaced, ' ');
        buffer_add_slice(&spaced, slice_trim(buffer_slice(&text), " "));
        buffer_free(&text);
        text = spaced;
    }
    size_t end = span->end;
    if (span->start == span->end && is_block(wanted)) {
        // Nothing stood there: a comment behind the colon stays in its line.
        start = end = line_end(editor->source, span->start);
        if (start > 0 && editor->source.data[start - 1] == '\r')
            start = --end;
    }
    change(editor, start, end, &text);
}

// Takes the lines of a child out.
static void remove_child(struct editor *editor, const struct span *span, size_t index)
{
    struct slice source = editor->source;
    struct buffer nothing = {0};
    size_t start = span->starts[index], end = next_line(source, last_byte(span->children[index]));
    if (begins_line(source, start)) {
        change(editor, line_start(source, start), end, &nothing);
        return;
    }
    // The first key of a list item shares its line with the dash: the next key moves up.
    size_t next = index + 1 < span->count ? span->starts[index + 1] : end;
    change(editor, start, next, &nothing);
}

static void edit_map(struct editor *editor, const struct span *span, const struct node *is, const struct node *wanted)
{
    struct slice source = editor->source;
    size_t indent = column_of(source, span->starts[0]);
    for (size_t i = 0; i < span->count; i++) {
        const struct map_entry *entry = node_map_find(wanted, is->entries[i].key);
        bool last = node_map_find(is, is->entries[i].key) == &is->entries[i];
        if (!entry)
            remove_child(editor, span, i);
        else if (last)
            edit(editor, span->children[i], is->entries[i].value, entry->value, indent);
    }
    struct buffer added = {0};
    for (uint32_t i = 0; i < wanted->count; i++)
        if (!node_map_find(is, wanted->entries[i].key))
            print_field(editor, wanted->entries[i].key, wanted->entries[i].value, indent, &added);
    if (added.length)
        insert_lines(editor, last_byte(span->children[span->count - 1]), &added);
}

static struct slice name_of(const struct node *item)
{
    const struct node *name = node_map_get(item, NAME(name));
    return node_is_scalar(name) ? node_text(name) : (struct slice){0};
}

// Which wanted item each present one becomes, rising: equal ones first, then ones of the same name.
static void pair_items(const struct node *is, const struct node *wanted, size_t *pairs)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < is->count; i++) {
        pairs[i] = SIZE_MAX;
        for (uint32_t k = next; k < wanted->count; k++) {
            struct slice name = name_of(is->items[i]);
            bool same = node_equal(is->items[i], wanted->items[k]) ||
                        (name.length && slice_equal(name, name_of(wanted->items[k])));
            if (!same)
                continue;
            pairs[i] = k;
            next = k + 1;
            break;
        }
    }
}

static void edit_sequence(struct editor *editor, const struct span *span, const struct node *is, const struct node *wanted)
{
    size_t indent = column_of(editor->source, span->starts[0]);
    size_t *pairs = arena_array(editor->read->arena, size_t, is->count + 1);
    pair_items(is, wanted, pairs);
    // As many as before and none recognised: each becomes its successor in place.
    bool recognised = false;
    for (uint32_t i = 0; i < is->count; i++)
        recognised = recognised || pairs[i] != SIZE_MAX;
    for (uint32_t i = 0; !recognised && is->count == wanted->count && i < is->count; i++)
        pairs[i] = i;

    size_t next = 0;
    for (uint32_t i = 0; i <= is->count; i++) {
        size_t until = i < is->count ? pairs[i] : wanted->count;
        if (until == SIZE_MAX) {
            remove_child(editor, span, i);
            continue;
        }
        struct buffer added = {0};
        for (; next < until; next++)
            print_item(editor, wanted->items[next], indent, &added);
        if (added.length && i > 0) {
            insert_lines(editor, last_byte(span->children[i - 1]), &added);
        } else if (added.length) {
            size_t start = line_start(editor->source, span->starts[0]);
            change(editor, start, start, &added);
        }
        if (i < is->count) {
            edit(editor, span->children[i], is->items[i], wanted->items[until], indent);
            next = until + 1;
        }
    }
}

static void edit(struct editor *editor, const struct span *span, const struct node *is, const struct node *wanted,
                 size_t parent_indent)
{
    if (node_equal(is, wanted))
        return;
    bool inside = span->kind == wanted->kind && span->kind != NODE_SCALAR && !span->flow && !span->opaque &&
                  span->count == is->count && span->count && wanted->count && is->kind == span->kind;
    if (!inside)
        replace_value(editor, span, wanted, parent_indent);
    else if (span->kind == NODE_MAP)
        edit_map(editor, span, is, wanted);
    else
        edit_sequence(editor, span, is, wanted);
}

// --- All of it.

// How the text indents lists below their key: as the first list in it.
static bool indents_lists(const struct editor *editor, const struct span *span)
{
    for (size_t i = 0; i < span->count; i++) {
        const struct span *child = span->children[i];
        if (span->kind == NODE_MAP && child->kind == NODE_SEQUENCE && !child->flow && child->count)
            return column_of(editor->source, child->starts[0]) > column_of(editor->source, span->starts[i]);
    }
    return false;
}

static int compare_changes(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void apply(struct editor *editor, struct buffer *out)
{
    if (editor->changes.count)
        qsort(editor->changes.items, editor->changes.count, sizeof *editor->changes.items, compare_changes);
    size_t at = 0;
    for (size_t i = 0; i < editor->changes.count; i++) {
        const struct change *item = &editor->changes.items[i];
        if (item->start > at)
            buffer_add_slice(out, slice_part(editor->source, at, item->start));
        buffer_add_slice(out, item->text);
        if (item->end > at)
            at = item->end;
        else if (item->start > at)
            at = item->start;
    }
    buffer_add_slice(out, slice_from_index(editor->source, at));
}

static void append_fields(struct editor *editor, const struct node *wanted)
{
    struct buffer added = {0};
    for (uint32_t i = 0; i < wanted->count; i++)
        print_field(editor, wanted->entries[i].key, wanted->entries[i].value, 0, &added);
    size_t end = editor->source.length;
    if (end && editor->source.data[end - 1] != '\n') {
        struct buffer newline = {0};
        buffer_add_text(&newline, editor->newline);
        change(editor, end, end, &newline);
    }
    change(editor, end, end, &added);
}

bool yaml_edit(struct read_context *read, const struct source *source, const struct node *wanted, struct buffer *out)
{
    struct node *is;
    if (!yaml_read_first(read, source, &is))
        return false;
    size_t line_feed = slice_find_byte(source->content, '\n');
    bool carriage = line_feed != SLICE_NOT_FOUND && line_feed && source->content.data[line_feed - 1] == '\r';
    yaml_parser_t parser;
    struct editor editor = {
        .read = read,
        .source = source->content,
        .newline = carriage ? "\r\n" : "\n",
        .writer = yaml_writer_new(read->diagnostics),
        .parser = &parser,
    };
    if (!is || !yaml_parser_initialize(&parser)) {
        append_fields(&editor, wanted);
    } else {
        yaml_parser_set_input_string(&parser, (const unsigned char *)source->content.data, source->content.length);
        struct span *root = read_document(&editor);
        yaml_parser_delete(&parser);
        if (root) {
            editor.indent_lists = indents_lists(&editor, root);
            edit(&editor, root, is, wanted, 0);
        }
    }
    apply(&editor, out);
    yaml_writer_free(editor.writer);
    return true;
}
