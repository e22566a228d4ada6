// yaml/edit.c
//
// The text is parsed twice: by yaml/read.h into data, and by yaml/tree.h into byte ranges. Both trees and the wanted
// one are walked together; where the data differs from what is wanted, a replacement of a range is recorded. The
// replacements are applied at the end, in order, and the result is read again: only a text that reads as wanted is
// returned.
#include "yaml/edit.h"

#include <stdlib.h>

#include "base/utf8.h"
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

size_t editor_value_end(const struct tree *tree)
{
    return tree->span.end > tree->span.after ? tree->span.end : tree->span.after;
}

size_t editor_last_byte(const struct tree *tree)
{
    size_t end = editor_value_end(tree);
    return end ? end - 1 : 0;
}

size_t editor_lines_end(const struct editor *editor, const struct tree *tree)
{
    return yaml_next_line(editor->source, editor_last_byte(tree));
}

size_t editor_owned_start(const struct editor *editor, const struct tree *parent, size_t index, bool all)
{
    const struct tree *child = child_at(parent, index);
    if (!yaml_begins_line(editor->source, child->span.entry_start))
        return child->span.entry_start;
    size_t start = yaml_line_start(editor->source, child->span.entry_start);
    // Nothing comes before a parent at the root.
    size_t bound = index                ? editor_lines_end(editor, child_at(parent, index - 1))
                   : parent->span.after ? yaml_next_line(editor->source, parent->span.after - 1)
                                        : start;
    while (start > bound) {
        size_t before = yaml_line_start(editor->source, start - 1);
        if (before < bound || !(all || yaml_is_comment(editor->source, before)))
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

// Appends a range of the source with the recorded changes.
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
    return !(editor->expand && place->tree->span.has_alias) && node_equal(place->is, wanted);
}

struct slice editor_edited_text(struct editor *editor, const struct place *place, const struct node *wanted,
                                size_t from, size_t to)
{
    if (editor_may_stay(editor, place, wanted))
        return slice_part(editor->source, from, to);
    struct changes outer = editor->changes;
    bool busy = place->tree->span.busy;
    editor->changes = (struct changes){0};
    place->tree->span.busy = true;
    editor_edit_value(editor, place, wanted);
    struct buffer text = {0};
    apply(editor, from, to, &text);
    editor->changes = outer;
    place->tree->span.busy = busy;
    struct slice result = arena_copy(editor->read->arena, buffer_slice(&text));
    buffer_free(&text);
    return result;
}

// --- Places: from the position of a node to its place in the text.

struct slice editor_key_text(struct arena *arena, const struct tree *key)
{
    struct node node = {.kind = NODE_SCALAR, .tag = key->style == STYLE_PLAIN ? TAG_IMPLICIT : TAG_STRING};
    struct scalar_value value;
    if (key->kind != TREE_SCALAR)
        return (struct slice){0};
    node_set_text(&node, key->text);
    bool other = node.tag == TAG_IMPLICIT && yaml11_resolve(&node, &value) &&
                 (value.type == SCALAR_BOOL || value.type == SCALAR_INT || value.type == SCALAR_FLOAT);
    return other ? scalar_value_text(arena, value) : key->text;
}

const struct name *editor_key(const struct editor *editor, const struct tree *map, size_t index)
{
    return name_intern_cached(editor->read->names, editor_key_text(editor->read->arena, key_at(map, index)));
}

static const struct map_entry *entry_of(struct editor *editor, const struct node *is, const struct tree *map,
                                        size_t index)
{
    return node_map_find(is, editor_key(editor, map, index));
}

static void note_places(struct editor *editor, struct tree *parent, size_t index, struct tree *tree,
                        const struct node *is)
{
    struct place place = {tree, parent, index, is};
    list_append(editor->read->arena, &editor->places, place);
    if (!is_collection(tree) || !is_same_kind(tree, is))
        return;
    for (size_t i = 0; i < child_count(tree); i++) {
        if (tree->kind == TREE_SEQUENCE && child_count(tree) == is->count) {
            note_places(editor, tree, i, child_at(tree, i), is->items[i]);
        } else if (tree->kind == TREE_MAP) {
            const struct map_entry *entry = entry_of(editor, is, tree, i);
            if (entry && entry->value->position.line == child_at(tree, i)->position.line)
                note_places(editor, tree, i, child_at(tree, i), entry->value);
        }
    }
}

static int compare_places(const void *left, const void *right)
{
    const struct position *a = &((const struct place *)left)->tree->position;
    const struct position *b = &((const struct place *)right)->tree->position;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

const struct place *editor_place_of(const struct editor *editor, const struct node *wanted)
{
    if (!wanted->position.line || wanted->position.file != editor->file || !editor->places.count)
        return NULL;
    struct tree tree = {.position = wanted->position};
    struct place key = {.tree = &tree};
    return bsearch(&key, editor->places.items, editor->places.count, sizeof key, compare_places);
}

// --- Maps.

void editor_remove_lines(struct editor *editor, const struct tree *child)
{
    editor_remove(editor, yaml_line_start(editor->source, child->span.entry_start), editor_lines_end(editor, child));
}

// The first key or item shares its line with a dash, so the next one that stays moves up, below the comments between
// them.
void editor_remove_up_to(struct editor *editor, const struct tree *tree, size_t next)
{
    size_t start = child_at(tree, 0)->span.entry_start, end = child_at(tree, next)->span.entry_start;
    struct buffer comments = {0};
    for (size_t at = yaml_next_line(editor->source, start); at < end; at = yaml_next_line(editor->source, at)) {
        if (!yaml_is_comment(editor->source, at))
            continue;
        buffer_add_slice(&comments, yaml_line(editor->source, at));
        buffer_add_format(&comments, "%s%*s", editor->newline, (int)yaml_column(editor->source, end), "");
    }
    editor_change(editor, start, end, &comments);
}

const struct map_entry *editor_renamed_to(struct editor *editor, const struct place *place, const struct tree *child,
                                          const struct node *wanted)
{
    for (uint32_t i = 0; i < wanted->count; i++) {
        if (node_map_find(place->is, wanted->entries[i].key) || !editor_is_block(wanted->entries[i].value))
            continue;
        const struct place *from = editor_place_of(editor, wanted->entries[i].value);
        if (from && from->tree == child)
            return &wanted->entries[i];
    }
    return NULL;
}

static void rename_key(struct editor *editor, const struct tree *old, const struct name *key)
{
    struct buffer text = {0};
    editor_print_flow_key(editor, key, old->style == STYLE_DOUBLE_QUOTED, &text);
    editor_change(editor, old->span.start, old->span.end, &text);
}

// New fields go after the last one, and at the root also after the comments that directly follow it.
static size_t place_of_new_fields(const struct editor *editor, const struct tree *map)
{
    size_t at = editor_lines_end(editor, child_at(map, child_count(map) - 1));
    while (!map->span.after && at < editor->source.length && yaml_is_comment(editor->source, at))
        at = yaml_next_line(editor->source, at);
    return at;
}

// Represents `<<: *base`, which stays; keys of the map override what it brings in.
static const struct map_entry merge_entry;

static bool is_merge(const struct tree *map, size_t index)
{
    const struct tree *key = key_at(map, index);
    return key->kind == TREE_SCALAR && !quote_of(key) && slice_equals(key->text, "<<");
}

bool editor_has_merges(const struct tree *map)
{
    for (size_t i = 0; map->kind == TREE_MAP && i < child_count(map); i++)
        if (is_merge(map, i))
            return true;
    return false;
}

bool editor_has_complex_keys(const struct tree *map)
{
    for (size_t i = 0; map->kind == TREE_MAP && i < child_count(map); i++)
        if (key_at(map, i)->kind != TREE_SCALAR)
            return true;
    return false;
}

// For each child of a map the entry that it should hold; NULL: the child is removed.
static const struct map_entry **entries_of_children(struct editor *editor, const struct place *place,
                                                    const struct node *wanted)
{
    const struct tree *tree = place->tree;
    const struct map_entry **entries = arena_array(editor->read->arena, const struct map_entry *,
                                                   child_count(tree) + 1);
    for (size_t i = 0; i < child_count(tree); i++) {
        entries[i] = is_merge(tree, i) ? &merge_entry : node_map_find(wanted, editor_key(editor, tree, i));
        if (!entries[i])
            entries[i] = editor_renamed_to(editor, place, child_at(tree, i), wanted);
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

// True when the same key follows, which overrides this one.
static bool is_repeated_later(const struct editor *editor, const struct tree *map, size_t index)
{
    const struct name *key = editor_key(editor, map, index);
    for (size_t i = index + 1; i < child_count(map); i++)
        if (editor_key(editor, map, i) == key)
            return true;
    return false;
}

static void edit_map(struct editor *editor, const struct place *place, const struct node *wanted)
{
    struct tree *tree = place->tree;
    const struct map_entry **entries = entries_of_children(editor, place, wanted);
    size_t first = 0;
    while (first < child_count(tree) && !entries[first])
        first++;
    if (first == child_count(tree)) {
        editor_replace_value(editor, place, wanted);
        return;
    }
    bool after_dash = !yaml_begins_line(editor->source, child_at(tree, 0)->span.entry_start);
    bool merges = editor_has_merges(tree), may_repeat = merges || child_count(tree) != place->is->count;
    if (first > 0 && after_dash)
        editor_remove_up_to(editor, tree, first);
    for (size_t i = after_dash ? first : 0; i < child_count(tree); i++) {
        struct tree *child = child_at(tree, i);
        const struct map_entry *is = entry_of(editor, place->is, tree, i);
        if (!entries[i])
            editor_remove_lines(editor, child);
        if (!entries[i] || entries[i] == &merge_entry)
            continue;
        if (entries[i]->key != editor_key(editor, tree, i) && !node_map_find(wanted, is->key))
            rename_key(editor, key_at(tree, i), entries[i]->key);
        if (!may_repeat || !is_repeated_later(editor, tree, i)) {
            struct place at = child_place(tree, i, is->value);
            editor_edit_value(editor, &at, entries[i]->value);
        }
    }
    struct buffer added = {0};
    for (uint32_t i = 0; i < wanted->count; i++) {
        const struct map_entry *is = node_map_find(place->is, wanted->entries[i].key);
        bool merged = merges && is && node_equal(is->value, wanted->entries[i].value);
        if (!merged && !is_given(entries, child_count(tree), &wanted->entries[i]))
            editor_print_field(editor, wanted->entries[i].key, wanted->entries[i].value,
                               yaml_column(editor->source, child_at(tree, 0)->span.entry_start), &added);
    }
    size_t at = place_of_new_fields(editor, tree);
    if (added.length)
        editor_change(editor, at, at, &added);
}

// --- Values.

// A map with merge keys has more entries than lines of its own: merged entries can be overridden, but not removed.
static bool covers_merged(struct editor *editor, const struct place *place, const struct node *wanted)
{
    for (uint32_t i = 0; i < place->is->count; i++) {
        const struct name *key = place->is->entries[i].key;
        bool own = false;
        for (size_t k = 0; k < child_count(place->tree) && !own; k++)
            own = editor_key(editor, place->tree, k) == key;
        if (!own && !node_map_find(wanted, key))
            return false;
    }
    return true;
}

static bool can_edit_inside(struct editor *editor, const struct place *place, const struct node *wanted)
{
    const struct tree *tree = place->tree;
    if (!is_collection(tree) || !is_same_kind(tree, wanted) || !is_same_kind(tree, place->is) || !tree->count ||
        !wanted->count || editor_has_complex_keys(tree))
        return false;
    if (tree->kind == TREE_SEQUENCE)
        return child_count(tree) == place->is->count;
    bool merges = editor_has_merges(tree);
    if (merges && (editor->expand || !covers_merged(editor, place, wanted)))
        return false;
    for (size_t i = 0; i < child_count(tree); i++)
        if (!entry_of(editor, place->is, tree, i) && !is_merge(tree, i))
            return false;
    return !merges || !is_flow(tree);
}

void editor_edit_value(struct editor *editor, const struct place *place, const struct node *wanted)
{
    if (editor_may_stay(editor, place, wanted))
        return;
    if (!can_edit_inside(editor, place, wanted))
        editor_replace_value(editor, place, wanted);
    else if (is_flow(place->tree))
        editor_edit_flow(editor, place, wanted);
    else if (place->tree->kind == TREE_MAP)
        edit_map(editor, place, wanted);
    else
        editor_edit_list(editor, place, wanted);
}

// Takes the indentation of values below a key from the first list and the first map in the text.
static void find_indents(struct editor *editor, const struct tree *tree, bool *list, bool *map)
{
    if (is_flow(tree) || !is_collection(tree))
        return;
    for (size_t i = 0; i < child_count(tree); i++) {
        const struct tree *child = child_at(tree, i);
        bool *known = child->kind == TREE_SEQUENCE ? list : map;
        if (tree->kind == TREE_MAP && editor_starts_below(editor, child) && !*known) {
            size_t own = yaml_column(editor->source, child_at(child, 0)->span.entry_start);
            size_t step = own >= editor_parent_column(editor, child) ? own - editor_parent_column(editor, child) : 0;
            *known = true;
            if (child->kind == TREE_SEQUENCE)
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
    editor->root = tree_read_spans(read->arena, editor->source);
}

// One attempt. The line break that was added at the end is dropped again unless something changed there.
static void edit_once(struct read_context *read, const struct source *source, const struct node *is,
                      const struct node *wanted, bool expand, struct buffer *out)
{
    struct editor editor;
    start(&editor, read, source);
    editor.expand = expand;
    if (!is) {
        append_fields(&editor, wanted);
    } else if (editor.root) {
        bool list = false, map = false;
        find_indents(&editor, editor.root, &list, &map);
        note_places(&editor, NULL, 0, editor.root, is);
        if (editor.places.count > 1)
            qsort(editor.places.items, editor.places.count, sizeof *editor.places.items, compare_places);
        struct place root = {.tree = editor.root, .is = is};
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

// The last resort: everything in the writer's form.
static void rewrite_all(struct read_context *read, const struct source *source, const struct node *wanted,
                        struct buffer *out)
{
    diagnose_warning(read->diagnostics, source_position(source, 0, 0),
                     "rewrote the file without its comments, because it uses YAML that cannot be edited in place");
    struct yaml_writer *writer = yaml_writer_new(read->diagnostics);
    yaml_write_document(writer, out, node_for_writer(read->arena, wanted));
    yaml_writer_free(writer);
}

static bool edit(struct read_context *read, const struct source *source, const struct node *wanted, struct buffer *out)
{
    // When the value of an anchor changes, a second attempt writes out its aliases. When the anchor is gone, the second
    // attempt starts over and writes out all aliases.
    enum { ATTEMPTS = 3 };
    bool expand = false;
    struct source attempt = *source;
    struct node *is;
    size_t mark = read->diagnostics->count;
    if (!yaml_read_first(read, source, &is))
        return false;
    diagnostics_forget(read->diagnostics, mark);  // the caller already reported these when it read the text
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
    rewrite_all(read, source, wanted, out);
    return true;
}

bool yaml_edit(struct read_context *read, const struct source *source, const struct node *wanted, struct buffer *out)
{
    // Columns are counted without a byte order mark.
    struct source text = *source;
    size_t mark = text_mark_length(source->content);
    text.content = slice_from_index(source->content, mark);
    buffer_add_slice(out, slice_part(source->content, 0, mark));
    return edit(read, &text, wanted, out);
}

struct links {
    struct slice *items;
    size_t count, capacity;
};

// "&base" for an anchor, "*base" for an alias.
static void add_links(const struct tree *tree, struct arena *arena, struct links *links)
{
    if (tree->kind == TREE_ALIAS || tree->anchor.length) {
        bool is_alias = tree->kind == TREE_ALIAS;
        list_append(
            arena, links,
            arena_format(arena, "%c%.*s", is_alias ? '*' : '&', SLICE_ARGS(is_alias ? tree->text : tree->anchor)));
    }
    for (uint32_t i = 0; is_collection(tree) && i < tree->count; i++)
        add_links(tree->items[i], arena, links);
}

static int compare_links(const void *left, const void *right)
{
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

static bool has_link(const struct links *links, struct slice link)
{
    return links->count && bsearch(&link, links->items, links->count, sizeof link, compare_links);
}

// All aliases, and the anchors that have one.
static struct links links_of(struct arena *arena, struct slice text)
{
    struct links links = {0};
    const struct tree *root = tree_read_spans(arena, text);
    if (root)
        add_links(root, arena, &links);
    if (links.count)
        qsort(links.items, links.count, sizeof *links.items, compare_links);
    struct links used = {0};
    for (size_t i = 0; i < links.count; i++) {
        struct slice alias = arena_format(arena, "*%.*s", SLICE_ARGS(slice_from_index(links.items[i], 1)));
        if (has_link(&links, alias))
            list_append(arena, &used, links.items[i]);
    }
    return used;
}

bool yaml_keeps_aliases(struct arena *arena, struct slice before, struct slice after)
{
    struct links old = links_of(arena, before), new = links_of(arena, after);
    bool same = old.count == new.count;
    for (size_t i = 0; same && i < old.count; i++)
        same = slice_equal(old.items[i], new.items[i]);
    return same;
}
