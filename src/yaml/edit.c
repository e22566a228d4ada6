// yaml/edit.c
//
// The text is parsed twice: by yaml_read into data, and by yaml_spans into places in the bytes. Both trees and the
// wanted one are walked together; where data and wanted differ, a replacement of a range is noted. The notes are
// applied at the end, from first to last, and the result is read again: only what reads as wanted is handed out.
#include "yaml/edit.h"

#include <stdlib.h>

#include "doc/yaml11.h"
#include "yaml/editor.h"

// --- Equality.

static bool is_string(enum scalar_type type)
{
    return type == SCALAR_STRING || type == SCALAR_TIMESTAMP || type == SCALAR_MERGE;
}

static bool scalar_equal(const struct node *a, const struct node *b)
{
    struct scalar_value left, right;
    if (!yaml11_resolve(a, &left))
        left.type = SCALAR_STRING;
    if (!yaml11_resolve(b, &right))
        right.type = SCALAR_STRING;
    if (is_string(left.type) || is_string(right.type))
        return is_string(left.type) && is_string(right.type) && slice_equal(node_text(a), node_text(b));
    if (left.type != right.type)
        return false;
    switch (left.type) {
    case SCALAR_BOOL:
        return left.boolean == right.boolean;
    case SCALAR_INT:
        return left.integer == right.integer;
    case SCALAR_UINT:
        return left.unsigned_integer == right.unsigned_integer;
    case SCALAR_FLOAT:
        return memcmp(&left.number, &right.number, sizeof left.number) == 0;
    default:
        return true;
    }
}

bool node_equal(const struct node *a, const struct node *b)
{
    if (node_is_null(a) || node_is_null(b))
        return node_is_null(a) && node_is_null(b);
    if (a->kind != b->kind || (a->kind != NODE_SCALAR && a->count != b->count))
        return false;
    switch ((enum node_kind)a->kind) {
    case NODE_SCALAR:
        return scalar_equal(a, b);
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

// --- Lines.

size_t editor_line_end(const struct editor *editor, size_t at)
{
    while (at < editor->source.length && editor->source.data[at] != '\n')
        at++;
    return at;
}

size_t editor_next_line(const struct editor *editor, size_t at)
{
    at = editor_line_end(editor, at);
    return at < editor->source.length ? at + 1 : at;
}

size_t editor_line_start(const struct editor *editor, size_t at)
{
    while (at > 0 && editor->source.data[at - 1] != '\n')
        at--;
    return at;
}

size_t editor_column(const struct editor *editor, size_t at)
{
    return at - editor_line_start(editor, at);
}

bool editor_begins_line(const struct editor *editor, size_t at)
{
    while (at > 0 && editor->source.data[at - 1] == ' ')
        at--;
    return at == 0 || editor->source.data[at - 1] == '\n';
}

struct slice editor_line(const struct editor *editor, size_t start)
{
    return slice_trim(slice_part(editor->source, start, editor_line_end(editor, start)), " \t\r");
}

bool editor_is_comment(const struct editor *editor, size_t line_start)
{
    struct slice line = editor_line(editor, line_start);
    return line.length && line.data[0] == '#';
}

size_t editor_last_byte(const struct yaml_span *span)
{
    size_t end = span->end > span->after ? span->end : span->after;
    return end ? end - 1 : 0;
}

size_t editor_lines_end(const struct editor *editor, const struct yaml_span *span)
{
    return editor_next_line(editor, editor_last_byte(span));
}

size_t editor_owned_start(const struct editor *editor, const struct yaml_span *parent, size_t index, bool all)
{
    const struct yaml_span *child = parent->items[index];
    if (!editor_begins_line(editor, child->entry_start))
        return child->entry_start;
    size_t start = editor_line_start(editor, child->entry_start);
    // A parent at the root has nothing in front of it.
    size_t bound = index           ? editor_lines_end(editor, parent->items[index - 1])
                   : parent->after ? editor_next_line(editor, parent->after - 1)
                                   : start;
    while (start > bound) {
        size_t before = editor_line_start(editor, start - 1);
        if (before < bound || !(all || editor_is_comment(editor, before)))
            break;
        start = before;
    }
    return start;
}

// --- Changes.

void editor_change(struct editor *editor, size_t start, size_t end, struct buffer *text)
{
    struct change item = {start, end, arena_copy(editor->read->arena, buffer_slice(text)), editor->changes.count};
    list_append(editor->read->arena, &editor->changes, item);
    buffer_free(text);
}

void editor_remove(struct editor *editor, size_t start, size_t end)
{
    struct buffer nothing = {0};
    editor_change(editor, start, end, &nothing);
}

static int compare_changes(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

// Appends a range of the source with the changes that begin in it.
static void apply(struct editor *editor, size_t from, size_t to, struct buffer *out)
{
    if (editor->changes.count)
        qsort(editor->changes.items, editor->changes.count, sizeof *editor->changes.items, compare_changes);
    size_t at = from;
    for (size_t i = 0; i < editor->changes.count; i++) {
        const struct change *item = &editor->changes.items[i];
        if (item->start > at)
            buffer_add_slice(out, slice_part(editor->source, at, item->start));
        buffer_add_slice(out, item->text);
        if (item->start > at)
            at = item->start;
        if (item->end > at)
            at = item->end;
    }
    if (at < to)
        buffer_add_slice(out, slice_part(editor->source, at, to));
}

bool editor_may_stay(const struct editor *editor, const struct place *place, const struct node *wanted)
{
    return !(editor->expand && place->span->has_alias) && node_equal(place->is, wanted);
}

struct slice editor_edited_text(struct editor *editor, const struct place *place, const struct node *wanted,
                                size_t from, size_t to)
{
    if (editor_may_stay(editor, place, wanted))
        return slice_part(editor->source, from, to);
    struct changes outer = editor->changes;
    bool busy = place->span->busy;
    editor->changes = (struct changes){0};
    place->span->busy = true;
    editor_edit_value(editor, place, wanted);
    struct buffer text = {0};
    apply(editor, from, to, &text);
    editor->changes = outer;
    place->span->busy = busy;
    struct slice result = arena_copy(editor->read->arena, buffer_slice(&text));
    buffer_free(&text);
    return result;
}

// --- Places: from the position of a node to where it stands.

static const struct map_entry *entry_of(struct editor *editor, const struct node *map, const struct yaml_span *child)
{
    return node_map_find(map, name_intern_cached(editor->read->names, child->key));
}

static void note_places(struct editor *editor, struct yaml_span *parent, size_t index, struct yaml_span *span,
                        const struct node *is)
{
    struct place place = {span, parent, index, is};
    list_append(editor->read->arena, &editor->places, place);
    if (span->kind == NODE_SCALAR || span->kind != is->kind)
        return;
    for (size_t i = 0; i < span->count; i++) {
        if (span->kind == NODE_SEQUENCE && span->count == is->count) {
            note_places(editor, span, i, span->items[i], is->items[i]);
        } else if (span->kind == NODE_MAP) {
            const struct map_entry *entry = entry_of(editor, is, span->items[i]);
            if (entry && entry->value->position.line == span->items[i]->line)
                note_places(editor, span, i, span->items[i], entry->value);
        }
    }
}

static int compare_places(const void *left, const void *right)
{
    const struct yaml_span *a = ((const struct place *)left)->span, *b = ((const struct place *)right)->span;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

const struct place *editor_place_of(const struct editor *editor, const struct node *wanted)
{
    if (!wanted->position.line || wanted->position.file != editor->file || !editor->places.count)
        return NULL;
    struct yaml_span wanted_span = {.line = wanted->position.line, .column = wanted->position.column};
    struct place key = {.span = &wanted_span};
    return bsearch(&key, editor->places.items, editor->places.count, sizeof key, compare_places);
}

// --- Maps.

// Takes the lines of a child out; comments above it stay.
void editor_remove_lines(struct editor *editor, const struct yaml_span *child)
{
    editor_remove(editor, editor_line_start(editor, child->entry_start), editor_lines_end(editor, child));
}

// The first key or item shares its line with a dash: the next that stays moves up, below the comments between them.
void editor_remove_up_to(struct editor *editor, const struct yaml_span *span, size_t next)
{
    size_t start = span->items[0]->entry_start, end = span->items[next]->entry_start;
    struct buffer comments = {0};
    for (size_t at = editor_next_line(editor, start); at < end; at = editor_next_line(editor, at)) {
        if (!editor_is_comment(editor, at))
            continue;
        buffer_add_slice(&comments, editor_line(editor, at));
        buffer_add_format(&comments, "%s%*s", editor->newline, (int)editor_column(editor, end), "");
    }
    editor_change(editor, start, end, &comments);
}

// A removed key whose value another key takes over: `bases` that become `resources`.
static const struct map_entry *renamed_to(struct editor *editor, const struct place *place,
                                          const struct yaml_span *child, const struct node *wanted)
{
    for (uint32_t i = 0; i < wanted->count; i++) {
        if (node_map_find(place->is, wanted->entries[i].key) || !editor_is_block(wanted->entries[i].value))
            continue;
        const struct place *from = editor_place_of(editor, wanted->entries[i].value);
        if (from && from->span == child)
            return &wanted->entries[i];
    }
    return NULL;
}

static void rename_key(struct editor *editor, const struct yaml_span *child, const struct name *key)
{
    struct buffer text = {0};
    editor_print_flow_key(editor, key, child->key_quote == '"', &text);
    editor_change(editor, child->entry_start, child->key_end, &text);
}

// Where new fields go: behind the last one; at the root also behind the comments that follow it at once.
static size_t place_of_new_fields(const struct editor *editor, const struct yaml_span *map)
{
    size_t at = editor_lines_end(editor, map->items[map->count - 1]);
    while (!map->after && at < editor->source.length && editor_is_comment(editor, at))
        at = editor_next_line(editor, at);
    return at;
}

// `<<: *base` stays: what comes from there is covered by keys of the map.
static const struct map_entry merge_entry;

static bool is_merge(const struct yaml_span *map, size_t index)
{
    return map->merges && !map->items[index]->key_quote && slice_equals(map->items[index]->key, "<<");
}

// What becomes of each child of a map: the entry that it is to hold, NULL when it goes.
static const struct map_entry **entries_of_children(struct editor *editor, const struct place *place,
                                                    const struct node *wanted)
{
    const struct yaml_span *span = place->span;
    const struct map_entry **entries = arena_array(editor->read->arena, const struct map_entry *, span->count + 1);
    for (size_t i = 0; i < span->count; i++) {
        const struct name *key = name_intern_cached(editor->read->names, span->items[i]->key);
        entries[i] = is_merge(span, i) ? &merge_entry : node_map_find(wanted, key);
        if (!entries[i])
            entries[i] = renamed_to(editor, place, span->items[i], wanted);
    }
    return entries;
}

static bool is_given(const struct map_entry *const *entries, size_t count, const struct map_entry *entry)
{
    for (size_t i = 0; i < count; i++)
        if (entries[i] == entry)
            return true;
    return false;
}

// True when the same key follows: then this one does not count.
static bool is_repeated_later(const struct yaml_span *map, const struct node *is, size_t index)
{
    if (map->count == is->count && !map->merges)
        return false;
    for (size_t i = index + 1; i < map->count; i++)
        if (slice_equal(map->items[i]->key, map->items[index]->key))
            return true;
    return false;
}

static void edit_map(struct editor *editor, const struct place *place, const struct node *wanted)
{
    struct yaml_span *span = place->span;
    const struct map_entry **entries = entries_of_children(editor, place, wanted);
    size_t first = 0;
    while (first < span->count && !entries[first])
        first++;
    if (first == span->count) {
        editor_replace_value(editor, place, wanted);
        return;
    }
    bool behind_dash = !editor_begins_line(editor, span->items[0]->entry_start);
    if (first > 0 && behind_dash)
        editor_remove_up_to(editor, span, first);
    for (size_t i = behind_dash ? first : 0; i < span->count; i++) {
        struct yaml_span *child = span->items[i];
        const struct map_entry *is = entry_of(editor, place->is, child);
        if (!entries[i])
            editor_remove_lines(editor, child);
        if (!entries[i] || entries[i] == &merge_entry)
            continue;
        if (!slice_equal(entries[i]->key->text, child->key) && !node_map_find(wanted, is->key))
            rename_key(editor, child, entries[i]->key);
        if (!is_repeated_later(span, place->is, i)) {
            struct place at = child_place(span, i, is->value);
            editor_edit_value(editor, &at, entries[i]->value);
        }
    }
    struct buffer added = {0};
    for (uint32_t i = 0; i < wanted->count; i++) {
        const struct map_entry *is = node_map_find(place->is, wanted->entries[i].key);
        bool merged = span->merges && is && node_equal(is->value, wanted->entries[i].value);
        if (!merged && !is_given(entries, span->count, &wanted->entries[i]))
            editor_print_field(editor, wanted->entries[i].key, wanted->entries[i].value,
                               editor_column(editor, span->items[0]->entry_start), &added);
    }
    size_t at = place_of_new_fields(editor, span);
    if (added.length)
        editor_change(editor, at, at, &added);
}

// --- All of it.

// A map with merge keys says more than its own lines: what comes from there can be covered, not taken away.
static bool covers_merged(struct editor *editor, const struct place *place, const struct node *wanted)
{
    for (uint32_t i = 0; i < place->is->count; i++) {
        const struct name *key = place->is->entries[i].key;
        bool own = false;
        for (size_t k = 0; k < place->span->count && !own; k++)
            own = name_intern_cached(editor->read->names, place->span->items[k]->key) == key;
        if (!own && !node_map_find(wanted, key))
            return false;
    }
    return true;
}

static bool can_edit_inside(struct editor *editor, const struct place *place, const struct node *wanted)
{
    const struct yaml_span *span = place->span;
    if (span->kind == NODE_SCALAR || span->kind != wanted->kind || span->kind != place->is->kind || !span->count ||
        !wanted->count || span->odd)
        return false;
    if (span->kind == NODE_SEQUENCE)
        return span->count == place->is->count;
    if (span->merges && (editor->expand || !covers_merged(editor, place, wanted)))
        return false;
    for (size_t i = 0; i < span->count; i++)
        if (!entry_of(editor, place->is, span->items[i]) && !is_merge(span, i))
            return false;
    return !span->merges || !span->flow;
}

void editor_edit_value(struct editor *editor, const struct place *place, const struct node *wanted)
{
    if (editor_may_stay(editor, place, wanted))
        return;
    if (!can_edit_inside(editor, place, wanted))
        editor_replace_value(editor, place, wanted);
    else if (place->span->flow)
        editor_edit_flow(editor, place, wanted);
    else if (place->span->kind == NODE_MAP)
        edit_map(editor, place, wanted);
    else
        editor_edit_list(editor, place, wanted);
}

// How the text indents what stands below a key: as the first of its kind in it.
static void find_indents(struct editor *editor, const struct yaml_span *span, bool *list, bool *map)
{
    if (span->flow || span->kind == NODE_SCALAR)
        return;
    for (size_t i = 0; i < span->count; i++) {
        const struct yaml_span *child = span->items[i];
        bool *known = child->kind == NODE_SEQUENCE ? list : map;
        if (span->kind == NODE_MAP && editor_stands_below(editor, child) && !*known) {
            size_t own = editor_column(editor, child->items[0]->entry_start);
            size_t step = own >= editor_parent_column(editor, child) ? own - editor_parent_column(editor, child) : 0;
            *known = true;
            if (child->kind == NODE_SEQUENCE)
                editor->list_indent = step;
            else if (step > 0)
                editor->map_indent = step;
        }
        find_indents(editor, child, list, map);
    }
}

static void append_fields(struct editor *editor, const struct node *wanted)
{
    struct buffer added = {0};
    editor_print_block(editor, wanted, 0, &added);
    editor_change(editor, editor->source.length, editor->source.length, &added);
}

static const char *newline_of(struct slice text)
{
    size_t line_feed = slice_find_byte(text, '\n');
    return line_feed != SLICE_NOT_FOUND && line_feed && text.data[line_feed - 1] == '\r' ? "\r\n" : "\n";
}

bool editor_same_name(const struct editor *editor, const struct node *a, const struct node *b, bool empty)
{
    const struct node *left = node_map_get(a, editor->name_key), *right = node_map_get(b, editor->name_key);
    return node_is_scalar(left) && node_is_scalar(right) && (empty || left->count) &&
           slice_equal(node_text(left), node_text(right));
}

static void start(struct editor *editor, struct read_context *read, const struct source *source)
{
    const char *newline = newline_of(source->content);
    *editor = (struct editor){
        .read = read,
        .source = source->content,
        .file = source->file,
        .name_key = name_intern_cached(read->names, slice_literal("name")),
        .newline = newline,
        .map_indent = 2,
        .writer = yaml_writer_new(read->diagnostics),
    };
    if (editor->source.length && editor->source.data[editor->source.length - 1] != '\n')
        editor->source = arena_join(read->arena, editor->source, slice_from(newline));
    yaml_spans_read(read->arena, editor->source, &editor->spans);
}

// One attempt. The text lost its missing line break at the end only where something was added there.
static void edit_once(struct read_context *read, const struct source *source, const struct node *is,
                      const struct node *wanted, bool expand, struct buffer *out)
{
    struct editor editor;
    start(&editor, read, source);
    editor.expand = expand;
    if (!is) {
        append_fields(&editor, wanted);
    } else if (editor.spans.root) {
        bool list = false, map = false;
        find_indents(&editor, editor.spans.root, &list, &map);
        note_places(&editor, NULL, 0, editor.spans.root, is);
        if (editor.places.count > 1)
            qsort(editor.places.items, editor.places.count, sizeof *editor.places.items, compare_places);
        struct place root = {.span = editor.spans.root, .is = is};
        editor_edit_value(&editor, &root, wanted);
    }
    size_t added = editor.source.length - source->content.length;
    bool end_changed = false;
    for (size_t i = 0; i < editor.changes.count; i++)
        end_changed |= editor.changes.items[i].end > source->content.length ||
                       editor.changes.items[i].start >= source->content.length;
    apply(&editor, 0, editor.source.length, out);
    if (!end_changed && out->length >= added)
        out->length -= added;
    yaml_writer_free(editor.writer);
}

// Everything in the writer's form, as the last resort.
static void write_anew(struct read_context *read, const struct source *source, const struct node *wanted,
                       struct buffer *out)
{
    diagnose_warning(
        read->diagnostics, source_position(source, 0, 0),
        "the file is written anew, without its comments: it uses YAML in a way that cannot be edited in place");
    struct yaml_writer *writer = yaml_writer_new(read->diagnostics);
    yaml_write_document(writer, out, node_for_writer(read->arena, wanted));
    yaml_writer_free(writer);
}

bool yaml_edit(struct read_context *read, const struct source *source, const struct node *wanted, struct buffer *out)
{
    // An alias whose anchor was changed needs a second attempt, which writes its value out; where the anchor has gone,
    // the second begins anew and writes all of them out.
    enum { ATTEMPTS = 3 };
    bool expand = false;
    struct source attempt = *source;
    struct node *is;
    size_t mark = read->diagnostics->count;
    if (!yaml_read_first(read, source, &is))
        return false;
    diagnostics_forget(read->diagnostics, mark);  // whoever made the wanted tree has read the text before
    for (int i = 0; i < ATTEMPTS; i++) {
        if (is ? node_equal(is, wanted) : !wanted->count) {
            buffer_add_slice(out, attempt.content);
            return true;
        }
        struct buffer text = {0};
        edit_once(read, &attempt, is, wanted, expand, &text);
        attempt.content = arena_copy(read->arena, buffer_slice(&text));
        attempt.file = UINT32_MAX;  // no node comes from this text
        buffer_free(&text);
        bool good = yaml_read_first(read, &attempt, &is);
        diagnostics_forget(read->diagnostics, mark);
        if (!good && expand)
            break;
        if (!good) {
            expand = true;
            attempt = *source;
            yaml_read_first(read, source, &is);
            diagnostics_forget(read->diagnostics, mark);
            continue;
        }
        if (is && node_equal(is, wanted)) {
            buffer_add_slice(out, attempt.content);
            return true;
        }
    }
    write_anew(read, source, wanted, out);
    return true;
}
