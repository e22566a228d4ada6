#include "check/suppression.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "yaml/chunk.h"
#include "yaml/tree.h"

static const struct slice word = {"kiln: ignore", 12};
enum { FILE_LINES = 10 };

static size_t indentation(struct slice line)
{
    size_t at = 0;
    while (at < line.length && line.data[at] == ' ')
        at++;
    return at;
}

static bool is_blank(struct slice line)
{
    struct slice rest = slice_trim(line, " \t\r");
    return !rest.length || rest.data[0] == '#';
}

static bool is_item(struct slice line)
{
    struct slice rest = slice_trim(line, " ");
    return rest.length && rest.data[0] == '-' && (rest.length == 1 || rest.data[1] == ' ');
}

// Finds the node that begins in the first line that isn't blank, up to the last line that belongs to it.
static void find_node(struct slice text, uint32_t number, uint32_t *first, uint32_t *last)
{
    struct slice line;
    size_t indent = 0;
    bool item = false, begun = false;
    *first = *last = number;
    for (; text.length; number++) {
        slice_cut(text, '\n', &line, &text);
        if (is_blank(line))
            continue;
        size_t own = indentation(line);
        if (!begun) {
            begun = true;
            indent = own;
            item = is_item(line);
            *first = number;
        } else if (own < indent || (own == indent && (item || !is_item(line)))) {
            return;
        }
        *last = number;
    }
}

static uint32_t column_of(struct slice line, const char *at)
{
    return 1 + (uint32_t)text_width(slice_part(line, 0, (size_t)(at - line.data)));
}

// `names` is the text after the keyword, up to the colon before the reason.
static void add_names(struct arena *arena, struct slice line, struct slice names, struct suppression about,
                      struct suppressions *list)
{
    struct slice name, reason;
    slice_cut(names, ':', &names, &reason);
    while (names.length) {
        slice_cut(names, ',', &name, &names);
        name = slice_trim(name, " \t\r");
        if (!name.length)
            continue;
        about.rule = rule_find(name);
        about.name = arena_copy(arena, name);
        about.column = column_of(line, name.data);
        about.end_column = about.column + (uint32_t)name.length;
        list_append(arena, list, about);
    }
}

// Reads comments from top to bottom, each once.
struct reading {
    struct arena *arena;
    struct slice text, line;
    size_t at, next;       // start of the line, and of the next one
    uint32_t number;       // of the line, from 1
    uint32_t first, last;  // lines of the node below the last comment on its own line
    struct suppressions *list;
};

static void go_to_line(struct reading *reading, size_t offset)
{
    struct slice rest;
    while (!reading->number || (offset >= reading->next && reading->next < reading->text.length)) {
        reading->at = reading->next;
        slice_cut(slice_from_index(reading->text, reading->at), '\n', &reading->line, &rest);
        reading->next = reading->text.length - rest.length;
        reading->number++;
    }
}

// Comments on consecutive lines apply to the same node.
static void set_node(struct reading *reading, struct suppression *about)
{
    if (reading->first <= reading->number)
        find_node(slice_from_index(reading->text, reading->next), reading->number + 1, &reading->first, &reading->last);
    about->first = reading->first;
    about->last = reading->last;
}

static void read_comment(struct reading *reading, struct slice comment)
{
    size_t at = slice_find(comment, word);
    if (at == SLICE_NOT_FOUND)
        return;
    go_to_line(reading, (size_t)(comment.data - reading->text.data));
    struct slice names = slice_from_index(comment, at + word.length);
    struct suppression about = {.line = reading->number, .first = reading->number, .last = reading->number};
    const struct slice of_file = {"-file ", 6};
    if (slice_starts_with(names, of_file)) {
        if (reading->number > FILE_LINES)
            return;
        names = slice_from_index(names, of_file.length);
        about.first = 0;
        about.last = UINT32_MAX;
    } else if (!names.length || names.data[0] != ' ') {
        return;
    } else if (is_blank(reading->line)) {
        set_node(reading, &about);
    }
    add_names(reading->arena, reading->line, names, about, reading->list);
}

// By rule, and outer ones first. Comments apply to nodes, which are either nested or separate.
static int compare(const void *left, const void *right)
{
    const struct suppression *a = left, *b = right;
    if (a->rule != b->rule)
        return (uintptr_t)a->rule < (uintptr_t)b->rule ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static void link_outer(struct suppressions *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < list->count; i++) {
        struct suppression *item = &list->items[i];
        size_t outer = i && list->items[i - 1].rule == item->rule ? i - 1 : SIZE_MAX;
        while (outer != SIZE_MAX && list->items[outer].last < item->first)
            outer = list->items[outer].longer;
        bool is_twin = outer != SIZE_MAX && list->items[outer].last == item->last;
        item->outer = outer;
        item->longer = is_twin ? list->items[outer].longer : outer;
    }
}

void suppressions_read(struct arena *arena, struct slice text, struct suppressions *list)
{
    if (slice_find(text, word) == SLICE_NOT_FOUND)
        return;
    struct arena own = {0};
    struct sources sources = {.arena = &own};
    const struct source *source = sources_add(&sources, (struct slice){0}, text);
    struct diagnostics ignored;
    diagnostics_init(&ignored, &own, &sources);
    struct reading reading = {.arena = arena, .text = text, .list = list};
    struct yaml_splitter splitter = {.source = source, .rest = text};
    struct yaml_chunk chunk;
    while (yaml_splitter_next(&splitter, &ignored, &chunk) == YAML_CHUNK) {
        struct tree_comment_lines comments = {0};
        tree_read_comments(&own, chunk.text, &comments);
        for (size_t i = 0; i < comments.count; i++)
            read_comment(&reading, comments.items[i]);
    }
    arena_free(&own);
    link_outer(list);
}

bool suppressions_use(struct suppressions *list, const struct rule *rule, uint32_t line)
{
    struct suppression wanted = {.rule = rule, .first = line, .line = UINT32_MAX};
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&list->items[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low || list->items[low - 1].rule != rule)
        return false;
    size_t at = low - 1;
    while (at != SIZE_MAX && list->items[at].last < line)
        at = list->items[at].longer;
    bool found = at != SIZE_MAX;
    // A suppression around a used one counts as used, too.
    for (; at != SIZE_MAX && !list->items[at].used; at = list->items[at].outer)
        list->items[at].used = true;
    return found;
}
