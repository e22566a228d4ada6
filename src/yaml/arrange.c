// yaml/arrange.c
//
// The file is cut into one piece per field: the comments above it, its lines, and the comments after them that still
// belong to it. The pieces are sorted and joined. Anything before the first piece or after the last stays where it is.
#include "yaml/arrange.h"

#include <stdlib.h>

#include "base/hash_index.h"
#include "base/utf8.h"
#include "yaml/editor.h"

struct piece {
    size_t lead, start, end, tail_end;  // [lead, start) comments; [start, end) the field; [end, tail_end) comments
    size_t rank, index;                 // index: its original position
    bool blank_before;
};

struct arrangement {
    struct slice source;  // ends with a newline unless it is empty
    const char *newline;
    struct piece *pieces;
    size_t count;
    size_t header_end, footer;  // [0, header_end) stays at the start, [footer, …) at the end
};

// --- Lines.

static size_t skip_comments(struct slice text, size_t at, size_t end)
{
    while (at < end && yaml_is_comment(text, at))
        at = yaml_next_line(text, at);
    return at;
}

// `# - name: x` is an item that is commented out, and `#   value: y` continues it.
static size_t skip_commented_items(struct slice text, size_t at, size_t end)
{
    for (bool inside = false; at < end && yaml_is_comment(text, at); at = yaml_next_line(text, at)) {
        struct slice words = slice_from_index(yaml_line(text, at), 1);
        size_t spaces = 0;
        while (spaces < words.length && words.data[spaces] == ' ')
            spaces++;
        bool item = slice_starts_with(slice_from_index(words, spaces), slice_literal("- "));
        if (!item && !(inside && spaces > 1))
            break;
        inside = true;
    }
    return at;
}

// --- Comments between two fields.

// The end of the comments that belong to the field above: indented comments, comments that a blank line separates from
// the next field, and items that are commented out.
static size_t end_of_tail(const struct arrangement *all, const struct tree *above, size_t start, size_t end, bool last)
{
    size_t column = yaml_column(all->source, above->span.entry_start), tail = start;
    for (size_t at = start; at < end; at = yaml_next_line(all->source, at))
        if (yaml_is_comment(all->source, at)) {
            size_t sign = at;
            while (all->source.data[sign] == ' ')
                sign++;
            tail = sign - at > column ? yaml_next_line(all->source, at) : tail;
        }
    size_t after = skip_comments(all->source, tail, end);
    if (after < end || last)
        return after;
    return above->kind == TREE_SEQUENCE ? skip_commented_items(all->source, tail, end) : tail;
}

// Words of comments that are about the whole file, and must stay at its top.
static bool is_about_the_file(struct slice line)
{
    static const char *const words[] = {
        "yaml-language-server:", "SPDX-",    "Copyright",      "copyright", "vim:", "-*-",
        "prettier-ignore",       "yamllint", "Code generated", "#!"};
    for (size_t i = 0; i < countof(words); i++)
        if (slice_find(line, slice_from(words[i])) != SLICE_NOT_FOUND)
            return true;
    return false;
}

// Everything before the first field: directives, `---`, and comments down to the last blank line.
static size_t end_of_header(const struct arrangement *all, size_t first)
{
    size_t header = 0;
    for (size_t at = 0; at < first; at = yaml_next_line(all->source, at))
        if (!yaml_is_comment(all->source, at) || is_about_the_file(yaml_line(all->source, at)))
            header = yaml_next_line(all->source, at);
    return header;
}

// --- Cutting.

size_t yaml_order_find(const struct yaml_order *order, struct slice key)
{
    for (size_t i = 0; i < order->count; i++)
        if (slice_equal_ignoring_case(key, slice_from(order->names[i])))
            return i;
    return order->count;
}

static bool cut(struct arrangement *all, struct arena *arena, const struct tree *map, const struct yaml_order *order)
{
    all->count = child_count(map);
    all->pieces = arena_array(arena, struct piece, child_count(map));
    for (size_t i = 0; i < child_count(map); i++) {
        const struct tree *field = child_at(map, i);
        if (!yaml_begins_line(all->source, field->span.entry_start))
            return false;
        all->pieces[i] = (struct piece){
            .start = yaml_line_start(all->source, field->span.entry_start),
            .end = yaml_next_line(all->source, editor_last_byte(field)),
            .rank = yaml_order_find(order, editor_key_text(arena, key_at(map, i))),
            .index = i,
        };
    }
    all->header_end = end_of_header(all, all->pieces[0].start);
    all->pieces[0].lead = all->header_end;
    size_t blank_count = 0;
    for (size_t i = 0; i < child_count(map); i++) {
        struct piece *piece = &all->pieces[i], *next = i + 1 < child_count(map) ? piece + 1 : NULL;
        // Another document may follow the last field.
        size_t end = piece->end;
        while (end < all->source.length && (yaml_is_blank(all->source, end) || yaml_is_comment(all->source, end)))
            end = yaml_next_line(all->source, end);
        if (next && (next->start < piece->end || end != next->start))
            return false;
        piece->tail_end = end_of_tail(all, child_at(map, i), piece->end, end, !next);
        if (!next) {
            all->footer = piece->tail_end;
            break;
        }
        next->lead = piece->tail_end;
        next->blank_before = yaml_is_blank(all->source, next->lead);
        blank_count += next->blank_before;
    }
    // Nothing is above the first field, so at its new position it follows the majority of the others.
    all->pieces[0].blank_before = blank_count * 2 > child_count(map) - 1;
    return true;
}

// --- Joining.

static int compare_pieces(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static void add_lines(const struct arrangement *all, size_t start, size_t end, struct buffer *out)
{
    buffer_add_slice(out, slice_part(all->source, start, end));
}

// Comments, with runs of blank lines reduced to one and none at the start.
static void add_comments(const struct arrangement *all, size_t start, size_t end, bool last_blank, struct buffer *out)
{
    bool blank = false, any = false;
    for (size_t at = start; at < end; at = yaml_next_line(all->source, at)) {
        if (yaml_is_blank(all->source, at)) {
            blank = any;
            continue;
        }
        if (blank)
            buffer_add_text(out, all->newline);
        add_lines(all, at, yaml_next_line(all->source, at), out);
        blank = false;
        any = true;
    }
    if (blank && last_blank)
        buffer_add_text(out, all->newline);
}

static void add_tail(const struct arrangement *all, const struct piece *piece, struct buffer *out)
{
    if (piece->end < piece->tail_end && yaml_is_blank(all->source, piece->end))
        buffer_add_text(out, all->newline);
    add_comments(all, piece->end, piece->tail_end, false, out);
}

static bool needs_blank(const struct piece *piece, const struct piece *before)
{
    bool neighbors = piece->index == before->index + 1;
    return piece->blank_before || (!neighbors && before->end < before->tail_end);
}

static void join(const struct arrangement *all, struct buffer *out)
{
    add_comments(all, 0, all->header_end, true, out);
    for (size_t i = 0; i < all->count; i++) {
        const struct piece *piece = &all->pieces[i];
        if (i && needs_blank(piece, piece - 1))
            buffer_add_text(out, all->newline);
        add_comments(all, piece->lead, piece->start, true, out);
        add_lines(all, piece->start, piece->end, out);
        add_tail(all, piece, out);
    }
    size_t end = all->source.length;
    size_t suffix = all->footer;
    while (suffix < end && (yaml_is_blank(all->source, suffix) || yaml_is_comment(all->source, suffix)))
        suffix = yaml_next_line(all->source, suffix);
    if (skip_comments(all->source, all->footer, suffix) < suffix) {
        size_t before = out->length;
        buffer_add_text(out, all->newline);
        size_t with_blank = out->length;
        add_comments(all, all->footer, suffix, suffix < end, out);
        if (out->length == with_blank)
            out->length = before;
    }
    add_lines(all, suffix, end, out);
}

static bool reads_as(struct read_context *read, const struct source *source, struct slice text,
                     const struct node *wanted)
{
    struct source copy = *source;
    struct node *is = NULL;
    size_t mark = read->diagnostics->count;
    copy.content = arena_copy(read->arena, text);
    bool same = yaml_read_first(read, &copy, &is) && is && node_equal(is, wanted);
    diagnostics_forget(read->diagnostics, mark);
    return same;
}

static bool arrange(struct read_context *read, const struct source *source, const struct yaml_order *order,
                    struct buffer *out)
{
    struct arrangement all = {.source = source->content, .newline = "\n"};
    struct node *is = NULL;
    size_t mark = read->diagnostics->count;
    bool good = yaml_read_first(read, source, &is);
    diagnostics_forget(read->diagnostics, mark);
    // Don't decide by the first line: when a file mixes both line endings, arranging it twice must give the same
    // result.
    char last = source->content.length ? source->content.data[source->content.length - 1] : '\n';
    if (last == '\r' || slice_find(source->content, slice_literal("\r\n")) != SLICE_NOT_FOUND)
        all.newline = "\r\n";
    if (last != '\n')
        all.source = arena_join(read->arena, source->content, slice_from(last == '\r' ? "\n" : all.newline));
    const struct tree *root = tree_read_spans(read->arena, all.source);
    if (!good || !is || !root || root->kind != TREE_MAP || is_flow(root) || !root->count ||
        !cut(&all, read->arena, root, order))
        return false;
    qsort(all.pieces, all.count, sizeof *all.pieces, compare_pieces);
    size_t start = out->length;
    join(&all, out);
    if (reads_as(read, source, slice_from_index(buffer_slice(out), start), is))
        return true;
    out->length = start;
    return false;
}

bool yaml_arrange(struct read_context *read, const struct source *source, const struct yaml_order *order,
                  struct buffer *out)
{
    // Columns are counted without a byte order mark.
    struct source text = *source;
    size_t start = out->length, mark = text_mark_length(source->content);
    text.content = slice_from_index(source->content, mark);
    buffer_add_slice(out, slice_part(source->content, 0, mark));
    if (arrange(read, &text, order, out))
        return true;
    out->length = start;
    buffer_add_slice(out, source->content);
    return false;
}

// --- Comments that were lost.

struct lost_comment {
    size_t at;  // in `after`
    size_t order;
    struct slice text;
};

static int compare_lost(const void *left, const void *right)
{
    const struct lost_comment *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static size_t field_count(const struct tree *map)
{
    return map && map->kind == TREE_MAP ? child_count(map) : 0;
}

// The key of the field whose lines include the offset; NULL: the offset is before all fields.
static const struct tree *key_before(const struct tree *map, size_t at)
{
    const struct tree *found = NULL;
    for (size_t i = 0; i < field_count(map) && key_at(map, i)->span.start <= at; i++)
        found = key_at(map, i);
    return found;
}

static const struct tree *key_of_name(struct arena *arena, const struct tree *map, struct slice name)
{
    for (size_t i = 0; i < field_count(map); i++)
        if (slice_equal_ignoring_case(editor_key_text(arena, key_at(map, i)), name))
            return key_at(map, i);
    return NULL;
}

// Marks an unused comment with this text as used. False: there is none.
static bool mark_used(const struct tree_comment_lines *comments, const struct hash_index *index, bool *used,
                      struct slice text)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(index, slice_hash(text)); hash_cursor_next(&at, &number);) {
        if (used[number] || !slice_equal(comments->items[number], text))
            continue;
        used[number] = true;
        return true;
    }
    return false;
}

void yaml_keep_comments(struct arena *arena, struct slice before, struct slice after,
                        struct slice (*successor)(struct slice), struct buffer *out)
{
    struct tree_comment_lines old = {0}, kept = {0};
    const struct tree *old_root = tree_read_spans(arena, before), *root = tree_read_spans(arena, after);
    struct hash_index index = {0};
    struct {
        struct lost_comment *items;
        size_t count, capacity;
    } lost = {0};
    size_t mark = text_mark_length(after);
    tree_read_comments(arena, before, &old);
    tree_read_comments(arena, after, &kept);
    bool *used = arena_array(arena, bool, kept.count + 1);
    for (size_t i = 0; i < kept.count; i++)
        hash_index_add(arena, &index, slice_hash(kept.items[i]), (uint32_t)i);
    for (size_t i = 0; i < old.count; i++) {
        struct slice text = old.items[i];
        if (mark_used(&kept, &index, used, text))
            continue;
        const struct tree *key = key_before(old_root, (size_t)(text.data - before.data));
        key = key ? key_of_name(arena, root, successor(editor_key_text(arena, key))) : NULL;
        size_t at = key ? yaml_line_start(after, key->span.start) : after.length;
        at = at > mark ? at : mark;
        struct lost_comment comment = {at, i, text};
        list_append(arena, &lost, comment);
    }
    if (lost.count)
        qsort(lost.items, lost.count, sizeof *lost.items, compare_lost);
    size_t written = 0;
    bool carriage = slice_find_byte(after, '\r') != SLICE_NOT_FOUND;
    for (size_t i = 0; i < lost.count; i++) {
        size_t at = lost.items[i].at, indent = 0;
        const char *newline = carriage ? "\r\n" : "\n";
        buffer_add_slice(out, slice_part(after, written, at));
        // As the line below it, and in a line of its own.
        while (at + indent < after.length && after.data[at + indent] == ' ')
            indent++;
        if (at > written && at > mark && after.data[at - 1] != '\n')
            buffer_add_text(out, newline);
        buffer_add_format(out, "%*s%.*s%s", (int)indent, "", SLICE_ARGS(lost.items[i].text), newline);
        written = at;
    }
    buffer_add_slice(out, slice_from_index(after, written));
}
