// yaml/edit_flow.c
//
// Changes flow maps and lists. Each entry keeps the text around it:
//
//     [            lead of a: line break and spaces
//       a,  # one  tail of a: the comment
//       b
//     ]
#include "yaml/editor.h"

struct flow_entry {
    struct slice lead, text, tail;
};

struct flow_entries {
    struct flow_entry *items;
    size_t count, capacity;
};

struct flow {
    struct editor *editor;
    const struct place *place;
    const struct node *wanted;
    bool quote_all;       // as in JSON
    bool trailing_comma;  // after the last entry
    struct flow_entry *old;
    struct slice close;  // the text before the closing bracket
};

// Cuts the text between the brackets.
static void cut(struct flow *flow)
{
    struct editor *editor = flow->editor;
    const struct tree *tree = flow->place->tree;
    size_t at = tree->span.content + 1, close = tree->span.end - 1;
    flow->old = arena_array(editor->read->arena, struct flow_entry, child_count(tree));
    for (size_t i = 0; i < child_count(tree); i++) {
        const struct tree *child = child_at(tree, i);
        size_t next = i + 1 < child_count(tree) ? child_at(tree, i + 1)->span.entry_start : close;
        size_t text_end = editor_value_end(child);
        size_t comma = child->span.comma;
        size_t from = comma ? comma + 1 : text_end;
        flow->trailing_comma = comma && i + 1 == child_count(tree);
        size_t line_end = yaml_line_end(editor->source, from);
        line_end -= line_end > from && editor->source.data[line_end - 1] == '\r';
        size_t tail_end = line_end < next ? line_end : from;
        flow->old[i] = (struct flow_entry){
            .lead = slice_part(editor->source, at, child->span.entry_start),
            .text = slice_part(editor->source, child->span.entry_start, text_end),
            .tail = slice_part(editor->source, from, tail_end),
        };
        at = tail_end;
    }
    flow->close = slice_part(editor->source, at, close);
}

static bool has_line_break(struct slice text)
{
    return slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
}

// The last line break of a lead and what follows it.
static struct slice last_line(struct slice lead)
{
    size_t at = slice_find_last_byte(lead, '\n');
    return slice_from_index(lead, at && lead.data[at - 1] == '\r' ? at - 1 : at);
}

// The text before a new entry.
static struct slice new_lead(const struct flow *flow)
{
    size_t count = child_count(flow->place->tree);
    struct slice lead = flow->old[count - 1].lead;
    if (has_line_break(lead))
        return last_line(lead);
    if (has_line_break(flow->old[0].lead))
        return last_line(flow->old[0].lead);
    return count > 1 ? lead : slice_literal(" ");
}

static void add_new(struct flow *flow, const struct name *key, const struct node *value, struct flow_entries *entries)
{
    struct buffer text = {0};
    struct arena *arena = flow->editor->read->arena;
    if (key) {
        editor_print_flow_key(flow->editor, key, flow->quote_all, &text);
        buffer_add_text(&text, ": ");
    }
    editor_print_flow(flow->editor, value, flow->quote_all, &text);
    struct flow_entry entry = {.lead = new_lead(flow), .text = arena_copy(arena, buffer_slice(&text))};
    list_append(arena, entries, entry);
    buffer_free(&text);
}

static void add_old(struct flow *flow, size_t index, const struct node *is, const struct node *value,
                    struct flow_entries *entries)
{
    struct flow_entry entry = flow->old[index];
    struct tree *tree = flow->place->tree;
    struct place at = child_place(tree, index, is);
    size_t start = child_at(tree, index)->span.entry_start;
    entry.text = editor_edited_text(flow->editor, &at, value, start, start + entry.text.length);
    list_append(flow->editor->read->arena, entries, entry);
}

// An entry under another key, which takes over its value.
static void add_renamed(struct flow *flow, size_t index, const struct node *is, const struct map_entry *renamed,
                        struct flow_entries *entries)
{
    struct editor *editor = flow->editor;
    struct flow_entry entry = flow->old[index];
    struct tree *tree = flow->place->tree;
    struct place at = child_place(tree, index, is);
    size_t key_end = key_at(tree, index)->span.end, start = child_at(tree, index)->span.entry_start;
    struct buffer text = {0};
    buffer_add_slice(&text, slice_part(editor->source, start, key_at(tree, index)->span.start));
    editor_print_flow_key(editor, renamed->key, flow->quote_all, &text);
    buffer_add_slice(&text, editor_edited_text(editor, &at, renamed->value, key_end, start + entry.text.length));
    entry.text = arena_copy(editor->read->arena, buffer_slice(&text));
    list_append(editor->read->arena, entries, entry);
    buffer_free(&text);
}

static void collect_map(struct flow *flow, struct flow_entries *entries)
{
    const struct tree *tree = flow->place->tree;
    bool *given = arena_array(flow->editor->read->arena, bool, flow->wanted->count + 1);
    for (size_t i = 0; i < child_count(tree); i++) {
        const struct name *key = editor_key(flow->editor, tree, i);
        const struct node *value = node_map_get(flow->wanted, key);
        const struct map_entry *renamed = value ? NULL
                                                : editor_renamed_to(flow->editor, flow->place, child_at(tree, i),
                                                                    flow->wanted);
        if (value)
            add_old(flow, i, node_map_get(flow->place->is, key), value, entries);
        else if (renamed)
            add_renamed(flow, i, node_map_get(flow->place->is, key), renamed, entries);
        if (renamed)
            given[renamed - flow->wanted->entries] = true;
    }
    for (uint32_t i = 0; i < flow->wanted->count; i++) {
        const struct map_entry *entry = &flow->wanted->entries[i];
        if (!given[i] && !node_map_find(flow->place->is, entry->key))
            add_new(flow, entry->key, entry->value, entries);
    }
}

static bool holds(const struct editor *editor, const struct node *list, const struct node *item)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (node_equal(list->items[i], item) || editor_same_name(editor, list->items[i], item, true))
            return true;
    return false;
}

static void collect_list(struct flow *flow, struct flow_entries *entries)
{
    const struct node *is = flow->place->is;
    bool *used = arena_array(flow->editor->read->arena, bool, is->count + 1);
    uint32_t first_unused = 0;
    for (uint32_t i = 0; i < flow->wanted->count; i++) {
        const struct node *item = flow->wanted->items[i];
        uint32_t found = UINT32_MAX;
        for (uint32_t k = first_unused; k < is->count && found == UINT32_MAX; k++)
            if (!used[k] && node_equal(is->items[k], item))
                found = k;
        for (uint32_t k = first_unused; k < is->count && found == UINT32_MAX; k++)
            if (!used[k] && editor_same_name(flow->editor, is->items[k], item, true))
                found = k;
        // An item that isn't wanted elsewhere is replaced in place.
        if (found == UINT32_MAX && is->count == flow->wanted->count && !used[i] &&
            !holds(flow->editor, flow->wanted, is->items[i]))
            found = i;
        if (found == UINT32_MAX) {
            add_new(flow, NULL, item, entries);
            continue;
        }
        used[found] = true;
        while (first_unused < is->count && used[first_unused])
            first_unused++;
        add_old(flow, found, is->items[found], item, entries);
    }
}

// If a comment follows the previous entry, whatever comes next needs a new line.
static void end_comment(const struct flow *flow, const struct flow_entries *entries, size_t index, struct buffer *out)
{
    struct slice next = index < entries->count ? entries->items[index].lead : flow->close;
    if (index > 0 && slice_find_byte(entries->items[index - 1].tail, '#') != SLICE_NOT_FOUND &&
        !slice_starts_with(next, slice_literal("\n")) && !slice_starts_with(next, slice_literal("\r\n")))
        buffer_add_text(out, flow->editor->newline);
}

static void print(const struct flow *flow, const struct flow_entries *entries, struct buffer *out)
{
    bool lines = has_line_break(flow->old[0].lead);
    for (size_t i = 0; i < entries->count; i++) {
        const struct flow_entry *entry = &entries->items[i];
        // On one line, spaces belong to positions, not to entries.
        struct slice lead = i == 0 && !lines ? flow->old[0].lead : entry->lead;
        if (i > 0 && !lead.length && !lines)
            lead = child_count(flow->place->tree) > 1 ? flow->old[1].lead : slice_literal(" ");
        end_comment(flow, entries, i, out);
        buffer_add_slice(out, lead);
        buffer_add_slice(out, entry->text);
        if (i + 1 < entries->count || flow->trailing_comma)
            buffer_add_byte(out, ',');
        buffer_add_slice(out, entry->tail);
    }
    end_comment(flow, entries, entries->count, out);
    buffer_add_slice(out, flow->close);
}

void editor_edit_flow(struct editor *editor, const struct place *place, const struct node *wanted)
{
    const struct tree *tree = place->tree;
    struct flow flow = {.editor = editor, .place = place, .wanted = wanted};
    flow.quote_all = tree->items[0]->style == STYLE_DOUBLE_QUOTED;
    cut(&flow);
    struct flow_entries entries = {0};
    if (tree->kind == TREE_MAP)
        collect_map(&flow, &entries);
    else
        collect_list(&flow, &entries);
    struct buffer text = {0};
    print(&flow, &entries, &text);
    editor_change(editor, tree->span.content + 1, tree->span.end - 1, &text);
}
