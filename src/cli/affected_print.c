// cli/affected_print.c
//
// The output formats of `kiln affected`.
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/output_file.h"
#include "base/shown.h"
#include "base/utf8.h"
#include "cli/affected.h"
#include "cli/root_report.h"
#include "engine/words.h"
#include "json/machine.h"
#include "load/path.h"
#include "report/escape.h"

enum { REASONS_MAX = 10 };

struct printer {
    struct invocation *call;
    const struct affected_settings *settings;
    struct affected *affected;
    struct buffer *out;
};

static const char *const status_texts[] = {
    [CHANGE_MODIFIED] = "modified",
    [CHANGE_ADDED] = "added",
    [CHANGE_REMOVED] = "removed",
    [CHANGE_IGNORED] = "ignored",
};

// --- Paths.

// Relative to the current directory, or absolute if the settings ask for it.
static struct slice output_path(const struct printer *printer, struct slice shown)
{
    struct arena *arena = &printer->affected->build->arena;
    return printer->settings->absolute ? path_join(arena, printer->affected->current, shown) : shown;
}

static struct slice path_of(const struct printer *printer, struct slice path)
{
    return output_path(printer, affected_shown(printer->affected, path));
}

static struct slice node_path(const struct printer *printer, uint32_t node)
{
    struct slice path = printer->affected->graph.nodes.items[node].path;
    if (slice_ends_with(path, slice_literal("/")))
        path.length--;
    return path_of(printer, path);
}

static void add_line(const struct printer *printer, struct slice path)
{
    if (printer->settings->null_output)
        buffer_add_slice(printer->out, path);
    else
        escape_git_path(printer->out, path);
    buffer_add_byte(printer->out, printer->settings->null_output ? '\0' : '\n');
}

static void print_paths(const struct printer *printer)
{
    for (size_t i = 0; i < printer->affected->roots.count; i++)
        add_line(printer, output_path(printer, printer->affected->roots.items[i].path));
}

// --- Text.

static void add_chain(const struct printer *printer, const struct affected_root *root,
                      const struct affected_reason *reason)
{
    const struct graph *graph = &printer->affected->graph;
    struct buffer *out = printer->out;
    struct slice file = reason->change->path;
    if (reason->change->status != CHANGE_MODIFIED)
        buffer_add_format(out, "(%s) ", status_texts[reason->change->status]);
    root_report_path(out, path_of(printer, file));
    for (size_t i = 0; i < reason->edge_count; i++) {
        const struct graph_node *from = &graph->nodes.items[graph->edges.items[reason->edges[i]].from];
        if (slice_equal(from->path, file) || slice_ends_with(from->path, slice_literal("/")))
            continue;
        buffer_add_text(out, " ← ");
        root_report_path(out, path_of(printer, from->path));
    }
    if (!reason->edge_count) {
        buffer_add_text(out, " ← ");
        root_report_path(out, node_path(printer, root->node));
    }
}

static void print_why(const struct printer *printer)
{
    enum { GAP = 4 };
    struct affected *affected = printer->affected;
    struct buffer *out = printer->out;
    size_t width = 0;
    for (size_t i = 0; i < affected->roots.count; i++) {
        size_t length = text_width(output_path(printer, affected->roots.items[i].path));
        width = length > width ? length : width;
    }
    for (size_t i = 0; i < affected->roots.count; i++) {
        const struct affected_root *root = &affected->roots.items[i];
        struct slice path = output_path(printer, root->path);
        struct affected_reasons reasons = {0};
        affected_explain(affected, root, 1, &reasons);
        root_report_path(out, path);
        for (size_t k = text_width(path); k < width + GAP && reasons.count; k++)
            buffer_add_byte(out, ' ');
        if (reasons.count)
            add_chain(printer, root, &reasons.items[0]);
        buffer_add_text(out, root->is_certain ? "\n" : " (possibly)\n");
    }
}

static void print_text(const struct printer *printer)
{
    if (printer->settings->why)
        print_why(printer);
    else
        print_paths(printer);
}

// --- JSON.

static json_t *json_changed(const struct printer *printer)
{
    const struct changes *changes = &printer->affected->changes;
    json_t *list = machine_array();
    for (size_t i = 0; i < changes->list.count; i++) {
        json_t *change = machine_object();
        machine_set(change, "path", machine_text(path_of(printer, changes->list.items[i].path)));
        machine_set(change, "status", json_string(status_texts[changes->list.items[i].status]));
        machine_append(list, change);
    }
    return list;
}

static json_t *json_edge(const struct printer *printer, const struct graph_edge *edge)
{
    json_t *object = machine_object();
    machine_set(object, "kustomization", machine_text(path_of(printer, edge->file)));
    machine_set(object, "line", json_integer(edge->line));
    machine_set(object, "field", machine_text(edge->field));
    if (!edge->is_after)
        machine_set(object, "removed", json_true());
    return object;
}

static json_t *json_reason(const struct printer *printer, const struct affected_reason *reason)
{
    const struct graph *graph = &printer->affected->graph;
    json_t *object = machine_object(), *via = machine_array();
    machine_set(object, "file", machine_text(path_of(printer, reason->change->path)));
    machine_set(object, "status", json_string(status_texts[reason->change->status]));
    machine_set(object, "via", via);
    for (size_t i = 0; i < reason->edge_count; i++)
        if (graph->edges.items[reason->edges[i]].file.length)
            machine_append(via, json_edge(printer, &graph->edges.items[reason->edges[i]]));
    return object;
}

static json_t *json_root(const struct printer *printer, const struct affected_root *root)
{
    struct affected_reasons reasons = {0};
    json_t *object = machine_object(), *list = machine_array();
    affected_explain(printer->affected, root, REASONS_MAX, &reasons);
    machine_set(object, "path", machine_text(output_path(printer, root->path)));
    machine_set(object, "reasons", list);
    for (size_t i = 0; i < reasons.count; i++)
        machine_append(list, json_reason(printer, &reasons.items[i]));
    machine_set(object, "certainty", json_string(root->is_certain ? "certain" : "possible"));
    return object;
}

static json_t *json_unknown(const struct printer *printer)
{
    struct affected_unknowns unknown = {0};
    json_t *list = machine_array();
    affected_find_unknown(printer->affected, &unknown);
    for (size_t i = 0; i < unknown.count; i++) {
        json_t *object = machine_object();
        machine_set(object, "root", machine_text(output_path(printer, unknown.items[i].root)));
        machine_set(object, "why", machine_text(unknown.items[i].why));
        machine_append(list, object);
    }
    return list;
}

static json_t *json_unparsed(const struct printer *printer)
{
    const struct graph *graph = &printer->affected->graph;
    json_t *list = machine_array();
    for (size_t i = 0; i < graph->unparsed.count; i++) {
        const struct graph_unparsed *unparsed = &graph->unparsed.items[i];
        json_t *object = machine_object();
        machine_set(object, "file", machine_text(path_of(printer, unparsed->path)));
        if (unparsed->line)
            machine_set(object, "line", json_integer(unparsed->line));
        machine_set(
            object, "message",
            machine_text(shown_text(printer->call->arena, &printer->affected->build->sources, unparsed->message)));
        machine_append(list, object);
    }
    return list;
}

static void print_json(const struct printer *printer)
{
    struct affected *affected = printer->affected;
    json_t *root = machine_object(), *roots = machine_array(), *removed = machine_array(), *added = machine_array();
    for (size_t i = 0; i < affected->roots.count; i++) {
        machine_append(roots, json_root(printer, &affected->roots.items[i]));
        if (affected->roots.items[i].is_new)
            machine_append(added, machine_text(output_path(printer, affected->roots.items[i].path)));
    }
    for (size_t i = 0; i < affected->removed.count; i++)
        machine_append(removed, machine_text(output_path(printer, affected->removed.items[i])));
    machine_set(root, "schemaVersion", json_integer(1));
    machine_set(root, "base", machine_text_or_null(affected->changes.base));
    machine_set(root, "head", machine_text(affected->changes.head));
    machine_set(root, "changed", json_changed(printer));
    machine_set(root, "roots", roots);
    machine_set(root, "unknown", json_unknown(printer));
    machine_set(root, "removedRoots", removed);
    machine_set(root, "newRoots", added);
    machine_set(root, "unparsed", json_unparsed(printer));
    machine_set(root, "totalRoots", json_integer((json_int_t)affected->total));
    machine_write(printer->out, root, JSON_COMPACT);
}

// --- GitHub's matrix.

// Characters allowed in the names of jobs and files.
static struct slice job_name(struct arena *arena, struct slice path)
{
    char *name = arena_allocate(arena, path.length + 1, 1);
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i];
        bool plain = byte_is_alphanumeric(c) || c == '.' || c == '_';
        name[i] = '-';
        if (plain)
            name[i] = c;
    }
    return (struct slice){name, path.length};
}

static json_t *job(const char *key, struct slice roots, struct slice name)
{
    json_t *object = machine_object();
    machine_set(object, key, machine_text(roots));
    machine_set(object, "name", machine_text(name));
    return object;
}

// The roots from `start` to before `end`.
static json_t *chunk(const struct printer *printer, size_t start, size_t end, struct slice name)
{
    struct buffer roots = {0};
    for (size_t i = start; i < end; i++) {
        if (i > start)
            buffer_add_byte(&roots, ' ');
        words_add(&roots, output_path(printer, printer->affected->roots.items[i].path));
    }
    json_t *object = job("roots", buffer_slice(&roots), name);
    buffer_free(&roots);
    return object;
}

static void print_matrix(const struct printer *printer)
{
    struct arena *arena = printer->call->arena;
    size_t count = printer->affected->roots.count, chunks = printer->settings->chunk_count;
    json_t *root = machine_object(), *jobs = machine_array();
    bool is_packed = chunks && chunks < count;
    for (size_t i = 0; i < count && !is_packed; i++) {
        struct slice path = output_path(printer, printer->affected->roots.items[i].path);
        struct slice name = job_name(arena, path);
        machine_append(jobs, chunks ? chunk(printer, i, i + 1, name) : job("root", path, name));
    }
    for (size_t i = 0; i < chunks && is_packed; i++)
        machine_append(jobs, chunk(printer, count * i / chunks, count * (i + 1) / chunks,
                                   arena_format(arena, "%zu-of-%zu", i + 1, chunks)));
    machine_set(root, "include", jobs);
    machine_write(printer->out, root, JSON_COMPACT);
}

// --- DOT.

static void dot_node(const struct printer *printer, uint32_t number)
{
    const struct affected *affected = printer->affected;
    const struct graph_node *node = &affected->graph.nodes.items[number];
    bool changed = affected->first_touch[number] != GRAPH_NONE;
    buffer_add_text(printer->out, "  ");
    escape_dot(printer->out, node_path(printer, number));
    buffer_add_format(printer->out, " [shape=%s%s%s];\n", node->is_before || node->is_after ? "box" : "note",
                      affected->listed[number] ? ",style=bold" : "", changed ? ",color=red" : "");
}

// Marks the nodes on the way from the changes to a listed root.
static uint32_t mark_ways(const struct printer *printer)
{
    struct affected *affected = printer->affected;
    struct graph *graph = &affected->graph;
    uint32_t mark = ++graph->last_mark;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } waiting = {0};
    for (size_t i = 0; i < affected->roots.count; i++)
        list_append(printer->call->arena, &waiting, affected->roots.items[i].node);
    for (size_t next = 0; next < waiting.count; next++) {
        struct graph_node *node = &graph->nodes.items[waiting.items[next]];
        if (node->mark == mark)
            continue;
        node->mark = mark;
        for (uint32_t i = node->first_out; i != GRAPH_NONE; i = graph->edges.items[i].next_out)
            if (affected->reached[graph->edges.items[i].to])
                list_append(printer->call->arena, &waiting, graph->edges.items[i].to);
    }
    return mark;
}

static void dot_edge(const struct printer *printer, const struct graph_edge *edge)
{
    buffer_add_text(printer->out, "  ");
    escape_dot(printer->out, node_path(printer, edge->to));
    buffer_add_text(printer->out, " -> ");
    escape_dot(printer->out, node_path(printer, edge->from));
    if (edge->field.length) {
        buffer_add_text(printer->out, " [label=");
        escape_dot(printer->out, edge->field);
        buffer_add_text(printer->out, edge->is_after ? "]" : ",style=dashed]");
    }
    buffer_add_text(printer->out, ";\n");
}

static void print_dot(const struct printer *printer)
{
    const struct graph *graph = &printer->affected->graph;
    uint32_t mark = mark_ways(printer);
    buffer_add_text(printer->out, "digraph affected {\n  rankdir=RL;\n");
    for (size_t i = 0; i < graph->nodes.count; i++)
        if (graph->nodes.items[i].mark == mark)
            dot_node(printer, (uint32_t)i);
    for (size_t i = 0; i < graph->edges.count; i++) {
        const struct graph_edge *edge = &graph->edges.items[i];
        if (graph->nodes.items[edge->to].mark == mark && graph->nodes.items[edge->from].mark == mark)
            dot_edge(printer, edge);
    }
    buffer_add_text(printer->out, "}\n");
}

// --- Standard error.

static void add_unparsed_files(const struct printer *printer)
{
    const struct graph *graph = &printer->affected->graph;
    struct buffer text = {0};
    for (size_t i = 0; i < graph->unparsed.count; i++) {
        const struct graph_unparsed *unparsed = &graph->unparsed.items[i];
        buffer_add_text(&text, "kiln: ");
        root_report_path(&text, path_of(printer, unparsed->path));
        if (unparsed->line)
            buffer_add_format(&text, ":%u", unparsed->line);
        buffer_add_text(&text, ": cannot be read: ");
        shown_add(&printer->affected->build->sources, unparsed->message, SHOWN_MAX, &text);
        buffer_add_byte(&text, '\n');
    }
    write_all(STDERR_FILENO, buffer_slice(&text));
    buffer_free(&text);
}

static void add_unknown_inputs(const struct printer *printer)
{
    struct affected_unknowns unknown = {0};
    struct buffer text = {0};
    affected_find_unknown(printer->affected, &unknown);
    for (size_t i = 0; i < unknown.count; i++) {
        buffer_add_text(&text, "unknown: ");
        root_report_path(&text, output_path(printer, unknown.items[i].root));
        buffer_add_text(&text, ": ");
        shown_add(NULL, unknown.items[i].why, SHOWN_MAX, &text);
        buffer_add_byte(&text, '\n');
    }
    write_all(STDERR_FILENO, buffer_slice(&text));
    buffer_free(&text);
}

static void add_removed_roots(const struct printer *printer)
{
    enum { SHOWN_MOST = 10 };
    const struct path_list *removed = &printer->affected->removed;
    struct buffer text = {0};
    for (size_t i = 0; i < removed->count && i < SHOWN_MOST; i++) {
        buffer_add_text(&text, "no longer a root: ");
        root_report_path(&text, output_path(printer, removed->items[i]));
        buffer_add_byte(&text, '\n');
    }
    if (removed->count > SHOWN_MOST)
        buffer_add_format(&text, "no longer a root: %zu others\n", removed->count - SHOWN_MOST);
    write_all(STDERR_FILENO, buffer_slice(&text));
    buffer_free(&text);
}

static void add_totals(const struct printer *printer)
{
    const struct affected *affected = printer->affected;
    struct buffer text = {0};
    root_report_number(&text, affected->roots.count);
    buffer_add_text(&text, " of ");
    bool all = printer->settings->all_kustomizations;
    size_t total = all ? affected->kustomization_total : affected->total;
    root_report_number(&text, total);
    buffer_add_format(&text, " %s%s, from ", all ? "kustomization" : "root", total == 1 ? "" : "s");
    root_report_number(&text, affected->changes.list.count);
    buffer_add_text(&text, affected->changes.list.count == 1 ? " changed file\n" : " changed files\n");
    write_all(STDERR_FILENO, buffer_slice(&text));
    buffer_free(&text);
}

void affected_print(struct invocation *call, const struct affected_settings *settings, struct affected *affected,
                    struct buffer *out)
{
    static void (*const prints[])(const struct printer *) = {
        [AFFECTED_TEXT] = print_text,     [AFFECTED_JSON] = print_json, [AFFECTED_PATHS] = print_paths,
        [AFFECTED_MATRIX] = print_matrix, [AFFECTED_DOT] = print_dot,
    };
    struct printer printer = {call, settings, affected, out};
    prints[settings->format](&printer);
}

void affected_report(struct invocation *call, const struct affected_settings *settings, struct affected *affected)
{
    struct printer printer = {.call = call, .settings = settings, .affected = affected};
    bool nothing = !affected->roots.count && !affected->removed.count;
    if (settings->quiet)
        return;
    add_unparsed_files(&printer);
    if (settings->why && settings->format == AFFECTED_TEXT)
        add_unknown_inputs(&printer);
    if (settings->format == AFFECTED_TEXT && !nothing) {
        add_removed_roots(&printer);
        add_totals(&printer);
    }
}
