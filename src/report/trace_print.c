#include "report/trace_print.h"

#include <inttypes.h>

#include "base/columns.h"
#include "base/shown.h"
#include "compare/trace_alias.h"
#include "compare/trace_mask.h"
#include "doc/scalar.h"
#include "json/json.h"
#include "report/escape.h"

// --- Values.

static const struct node *presentable(const struct trace *trace, const struct trace_print *print, struct slice path,
                                      const struct node *node)
{
    const struct masking masking = trace_masking(trace->observed, trace->resource, print->options);
    return trace_masked(&masking, path, node);
}

static void write_json(const struct trace *trace, const struct node *node, struct buffer *out)
{
    struct sources sources = {.arena = &trace->observed->arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, &trace->observed->arena, &sources);
    size_t start = out->length;
    if (!node) {
        buffer_add_text(out, "null");
    } else if (!json_write(out, node, true, &ignored)) {
        out->length = start;
        json_write_string(out, node->kind == NODE_SCALAR ? node_text(node) : (struct slice){0});
    }
}

static bool needs_quotes(const struct node *node)
{
    struct slice text = node_text(node);
    return node_resolved_tag(node) == TAG_STRING &&
           (!text.length || scalar_resolve_tag(text) != TAG_STRING || slice_find_byte(text, '\n') != SLICE_NOT_FOUND ||
            text.data[0] == ' ' || text.data[text.length - 1] == ' ');
}

// A value that has already been masked.
static struct slice masked_text(const struct trace *trace, const struct node *open)
{
    struct arena *arena = &trace->observed->arena;
    struct buffer raw = {0}, shown = {0};
    if (open->kind == NODE_SCALAR && !needs_quotes(open))
        buffer_add_slice(&raw, node_text(open));
    else
        write_json(trace, open, &raw);
    shown_add_public(buffer_slice(&raw), TRACE_VALUE_SHOWN, &shown);
    struct slice text = arena_copy(arena, buffer_slice(&shown));
    buffer_wipe(&raw);
    buffer_wipe(&shown);
    return text;
}

static struct slice value_text(const struct trace *trace, const struct trace_print *print, struct slice path,
                               const struct node *node)
{
    return node ? masked_text(trace, presentable(trace, print, path, node)) : slice_literal("(absent)");
}

// --- Places.

static struct slice place_text(const struct trace *trace, struct position position)
{
    const struct sources *sources = &trace->observed->sources;
    return position_text(sources, &trace->observed->arena, sources_file_position(sources, position));
}

// Where the text of a changed value is. Line 0: it has no place of its own, because it was made from several parts.
static struct position place_of_value(const struct trace_change *change)
{
    if (change->step->event.program.length || !change->after.node || change->step->event.detail.length)
        return (struct position){0};
    if (change->before.node && position_equal(change->before.position, change->after.position))
        return (struct position){0};
    return change->after.position;
}

static struct position place_of_change(const struct trace_change *change)
{
    struct position place = place_of_value(change);
    if (!place.line && !change->step->event.program.length)
        place = change->step->event.ordered_by;
    if (!place.line && change->step->event.finish && change->after.node)
        place = change->after.position;
    return place;
}

// "patches[0]"
static struct slice entry_text(const struct trace *trace, const struct trace_step *step)
{
    struct arena *arena = &trace->observed->arena;
    if (!step->event.field || step->event.kind == EVENT_READ)
        return (struct slice){0};
    if (step->event.index == SIZE_MAX)
        return slice_from(step->event.field);
    return arena_format(arena, "%s[%zu]", step->event.field, step->event.index);
}

// The object that a reference follows: it has the new name, and had the old one.
static const struct resource *referred(const struct trace *trace, const struct trace_change *change)
{
    const struct trace_step *step = change->step;
    const struct node *after = change->after.node, *before = change->before.node;
    if (!step->event.finish || strcmp(step->event.finish, "name_references") != 0 || !node_is_scalar(after) ||
        !node_is_scalar(before))
        return NULL;
    const struct resource_map *resources = &trace->observed->resources;
    const struct resource *found = NULL;
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource *resource = resources->items[i];
        bool was = false;
        for (size_t k = 0; k < resource->previous.count && !was; k++)
            was = slice_equal(resource->previous.items[k].name->text, node_text(before));
        if (!was || !slice_equal(resource->id.name->text, node_text(after)))
            continue;
        if (found)
            return NULL;
        found = resource;
    }
    return found;
}

// The place of the field, if its text is at an anchor.
static struct position alias_of(const struct trace *trace, const struct trace_change *change)
{
    struct position place = place_of_value(change);
    return place.line && change->after.node->kind == NODE_SCALAR
               ? trace_find_alias((struct trace *)trace, place, change->path)
               : (struct position){0};
}

// The chart template that a text comes from: helm puts a comment before it. Empty: unknown.
static struct slice template_of(const struct trace *trace, struct position position)
{
    static const struct slice mark = {"# Source: ", 10};
    const struct source *source = sources_get(&trace->observed->sources, position.file);
    struct slice line, rest, template = {0};
    if (!source || !source->printed_for.line || !position.line)
        return template;
    rest = source->content;
    for (uint32_t number = 1; number <= position.line && rest.length; number++) {
        slice_cut(rest, '\n', &line, &rest);
        if (slice_starts_with(line, mark))
            template = slice_trim(slice_from_index(line, mark.length), " \r");
    }
    return template;
}

// The note of a step, next to the values.
static struct slice note_text(const struct trace *trace, const struct trace_change *change)
{
    struct arena *arena = &trace->observed->arena;
    const struct build_event *event = &change->step->event;
    const struct resource *resource = referred(trace, change);
    struct slice note = event->program.length ? event->program : event->detail;
    if (resource)
        note = arena_format(arena, "follows %.*s/%.*s (%.*s)", SLICE_ARGS(resource->id.gvk.kind->text),
                            SLICE_ARGS(resource->id.name->text),
                            SLICE_ARGS(place_text(trace, resource_name_position(resource))));
    if (event->kind == EVENT_GENERATED && change->after.node && !note.length)
        note = template_of(trace, change->after.node->position);
    if (event->source.line)
        note = arena_format(arena, "%.*s (%.*s)", SLICE_ARGS(note), SLICE_ARGS(place_text(trace, event->source)));
    const char *more = change->kind == CHANGE_NONE ? "no change"
                       : change->kind == CHANGE_CREATED && change->before.node == NULL && change->step->chain_count &&
                               event->kind == EVENT_STEP
                           ? "created"
                       : change->kind == CHANGE_DELETED ? "deleted"
                                                        : "";
    struct position alias = alias_of(trace, change);
    if (alias.line)
        note = arena_format(arena, "%.*s%sby the alias at %.*s", SLICE_ARGS(note), note.length ? ", " : "",
                            SLICE_ARGS(place_text(trace, alias)));
    if (change->kind == CHANGE_MOVED)
        more = arena_format(arena, "moved from [%zu] to [%zu]", change->before.place, change->after.place).data;
    return arena_format(arena, "%.*s%s%s", SLICE_ARGS(note), note.length && *more ? ", " : "", more);
}

// --- Text: rows of cells.

enum { WIDTH_MAX = 80 };

static struct slice change_text(const struct trace *trace, const struct trace_print *print,
                                const struct trace_change *change)
{
    struct arena *arena = &trace->observed->arena;
    struct slice before = value_text(trace, print, change->path, change->before.node);
    struct slice after = value_text(trace, print, change->path, change->after.node);
    if (change->kind == CHANGE_CREATED || change->kind == CHANGE_MOVED)
        return after;
    if (change->kind == CHANGE_NONE)
        return arena_format(arena, "%.*s = %.*s", SLICE_ARGS(before), SLICE_ARGS(after));
    return arena_format(arena, "%.*s → %.*s", SLICE_ARGS(before), SLICE_ARGS(after));
}

// Names, keys, and paths come from the user, so they must not be able to fake a line.
static void add_row(struct arena *arena, struct columns *rows, struct columns_row row)
{
    for (size_t i = 0; i < countof(row.cells); i++)
        row.cells[i] = shown_escaped(arena, row.cells[i]);
    list_append(arena, rows, row);
}

static struct columns_row row_of_step(const struct trace *trace, const struct trace_change *change, size_t number)
{
    const struct build_event *event = &change->step->event;
    struct arena *arena = &trace->observed->arena;
    struct position place = place_of_change(change);
    struct columns_row row = {0};
    row.cells[0] = arena_format(arena, "%3zu", number);
    row.cells[1] = place_text(trace, place);
    row.cells[2] = slice_from(change->step->verb);
    struct slice entry = entry_text(trace, change->step);
    bool same_line = place.file == event->ordered_by.file && place.line == event->ordered_by.line;
    row.cells[4] = !event->ordered_by.line || same_line
                       ? entry
                       : arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(place_text(trace, event->ordered_by)),
                                      entry.length ? "  " : "", SLICE_ARGS(entry));
    row.cells[5] = note_text(trace, change);
    return row;
}

// "Deployment/web, namespace shop"
static struct slice title_of(const struct trace *trace)
{
    const struct resource_id *id = &trace->resource->id;
    const struct resource_id original = resource_original_id(trace->resource);
    struct arena *arena = &trace->observed->arena;
    struct slice title = arena_format(arena, "%.*s/%.*s", SLICE_ARGS(id->gvk.kind->text), SLICE_ARGS(id->name->text));
    if (id->namespace->text.length)
        title = arena_format(arena, "%.*s, namespace %.*s", SLICE_ARGS(title), SLICE_ARGS(id->namespace->text));
    if (original.name != id->name)
        title = arena_format(arena, "%.*s, was %.*s", SLICE_ARGS(title), SLICE_ARGS(original.name->text));
    return shown_escaped(arena, title);
}

static void write_passed(size_t others, struct buffer *out)
{
    if (others)
        buffer_add_format(out, "%zu other step%s did not touch it\n", others, others == 1 ? "" : "s");
}

static void print_field_text(struct trace *trace, const struct trace_changes *changes, const struct trace_print *print)
{
    const struct trace_change *last = &changes->items[changes->count - 1];
    struct arena *arena = &trace->observed->arena;
    struct columns rows = {0};
    struct position place = {0};
    for (size_t i = 0; i < changes->count; i++) {
        const struct trace_change *change = &changes->items[i];
        struct columns_row row = row_of_step(trace, change, i + 1);
        struct position own = change->step->event.detail.length ? change->step->event.source : place_of_value(change);
        if (own.line && change->after.node)
            place = own;
        else if (change->step->event.program.length)
            place = (struct position){0};
        row.cells[3] = print->without_values ? (struct slice){0} : change_text(trace, print, change);
        add_row(arena, &rows, row);
    }
    struct slice value = value_text(trace, print, last->path, last->after.node);
    buffer_add_format(print->out, "%.*s: %.*s    %.*s\n", SLICE_ARGS(shown_escaped(arena, last->path)),
                      SLICE_ARGS(value), SLICE_ARGS(title_of(trace)));
    columns_write(&rows, WIDTH_MAX, print->out);
    write_passed(trace->passed + trace->steps.count - changes->count, print->out);
    if (!last->after.node)
        buffer_add_format(print->out, "deleted by %s\n", last->step->verb);
    else if (place.line)
        buffer_add_format(print->out, "this value is written at %.*s\n",
                          SLICE_ARGS(shown_escaped(arena, place_text(trace, place))));
}

// Maps that a step adds for its own use and removes later.
static bool is_bookkeeping(const struct trace_change *change)
{
    const struct node *node = change->after.node ? change->after.node : change->before.node;
    return slice_equals(change->path, "metadata.annotations") && node && node->kind == NODE_MAP && !node->count;
}

// The changes of a step that are worth a line. Values that were set again count only if there are no others.
static struct trace_changes visible_changes(struct trace *trace, size_t step)
{
    struct trace_changes all = {0}, visible = {0};
    trace_step_changes(trace, step, &all);
    bool changes_values = false;
    for (size_t i = 0; i < all.count; i++)
        changes_values |= all.items[i].kind != CHANGE_NONE && !is_bookkeeping(&all.items[i]);
    for (size_t i = 0; i < all.count; i++)
        if (!is_bookkeeping(&all.items[i]) && (all.items[i].kind != CHANGE_NONE || !changes_values))
            list_append(trace->arena, &visible, all.items[i]);
    return visible;
}

// The effect of the step on the object as a whole.
static struct trace_change whole_change(const struct trace_step *step)
{
    const struct node *root = step->state.root;
    struct trace_change whole = {.step = step, .kind = root ? CHANGE_VALUE : CHANGE_DELETED};
    if (step->event.kind != EVENT_STEP && root)
        whole.after = (struct trace_value){root, root->position, SIZE_MAX};
    return whole;
}

static void print_steps_text(struct trace *trace, const struct trace_print *print)
{
    struct arena *arena = &trace->observed->arena;
    struct buffer *out = print->out;
    buffer_add_format(out, "%.*s\n", SLICE_ARGS(title_of(trace)));
    struct columns rows = {0};
    size_t number = 0;
    for (size_t i = 0; i < trace->steps.count; i++) {
        const struct trace_step *step = &trace->steps.items[i];
        const struct trace_changes changes = visible_changes(trace, i);
        const struct node *root = step->state.root;
        if (!changes.count)
            continue;
        const struct trace_change whole = whole_change(step);
        add_row(arena, &rows, row_of_step(trace, &whole, ++number));
        for (size_t k = 0; k < changes.count && i && root && !print->without_values; k++) {
            struct columns_row row = {0};
            row.cells[1] = arena_format(arena, "  %.*s", SLICE_ARGS(changes.items[k].path));
            row.cells[3] = change_text(trace, print, &changes.items[k]);
            row.cells[4] = place_text(trace, place_of_value(&changes.items[k]));
            row.cells[5] = changes.items[k].kind == CHANGE_NONE      ? slice_literal("no change")
                           : changes.items[k].kind == CHANGE_CREATED ? slice_literal("created")
                           : changes.items[k].kind == CHANGE_DELETED ? slice_literal("deleted")
                                                                     : (struct slice){0};
            add_row(arena, &rows, row);
        }
    }
    columns_write(&rows, WIDTH_MAX, out);
    write_passed(trace->passed + trace->steps.count - number, out);
    if (!trace_result(trace) && trace->steps.count)
        buffer_add_format(out, "deleted by %s\n", trace->steps.items[trace->steps.count - 1].verb);
}

// --- GitHub annotations.

static void add_notice(const struct trace *trace, struct position place, struct slice title, struct slice message,
                       struct buffer *out)
{
    place = sources_file_position(&trace->observed->sources, place);
    const struct source *source = place.line ? sources_get(&trace->observed->sources, place.file) : NULL;
    place = source_place(source, place);
    if (source)
        escape_github_notice(out, source->path, place.line, place.column, title, message);
    else
        escape_github_notice(out, (struct slice){0}, 0, 0, title, message);
}

// "2. replicas: 3 → 5 (replicas[0])"
static void add_step_words(const struct trace *trace, const struct trace_change *change, size_t number,
                           struct slice values, struct buffer *message)
{
    struct slice entry = entry_text(trace, change->step);
    struct slice note = shown_escaped(&trace->observed->arena, note_text(trace, change));
    buffer_add_format(message, "%zu. %s%s%.*s", number, change->step->verb, values.length ? ": " : "",
                      SLICE_ARGS(values));
    if (entry.length)
        buffer_add_format(message, " (%.*s)", SLICE_ARGS(entry));
    if (note.length)
        buffer_add_format(message, ", %.*s", SLICE_ARGS(note));
}

// GitHub shows ten of these, so the last one counts all of them.
static void end_notices(const struct trace *trace, struct slice title, size_t number, struct buffer *out)
{
    size_t others = trace->passed + trace->steps.count - number;
    struct slice counts = arena_format(&trace->observed->arena, "%zu step%s; %zu other%s did not touch it", number,
                                       number == 1 ? "" : "s", others, others == 1 ? "" : "s");
    escape_github_notice(out, (struct slice){0}, 0, 0, title, counts);
}

static void print_field_github(struct trace *trace, const struct trace_changes *changes,
                               const struct trace_print *print)
{
    const struct trace_change *last = &changes->items[changes->count - 1];
    struct slice title = arena_format(&trace->observed->arena, "%.*s %.*s", SLICE_ARGS(title_of(trace)),
                                      SLICE_ARGS(last->path));
    for (size_t i = 0; i < changes->count; i++) {
        const struct trace_change *change = &changes->items[i];
        struct buffer message = {0};
        add_step_words(trace, change, i + 1,
                       print->without_values ? (struct slice){0} : change_text(trace, print, change), &message);
        add_notice(trace, place_of_change(change), title, buffer_slice(&message), print->out);
        buffer_wipe(&message);
    }
    end_notices(trace, title, changes->count, print->out);
}

static void print_steps_github(struct trace *trace, const struct trace_print *print)
{
    struct slice title = title_of(trace);
    size_t number = 0;
    for (size_t i = 0; i < trace->steps.count; i++) {
        const struct trace_changes changes = visible_changes(trace, i);
        const struct trace_change whole = whole_change(&trace->steps.items[i]);
        struct buffer message = {0};
        if (!changes.count)
            continue;
        add_step_words(trace, &whole, ++number, (struct slice){0}, &message);
        for (size_t k = 0; k < changes.count && i && whole.step->state.root && !print->without_values; k++)
            buffer_add_format(&message, "\n%.*s: %.*s",
                              SLICE_ARGS(shown_escaped(&trace->observed->arena, changes.items[k].path)),
                              SLICE_ARGS(change_text(trace, print, &changes.items[k])));
        add_notice(trace, place_of_change(&whole), title, buffer_slice(&message), print->out);
        buffer_wipe(&message);
    }
    end_notices(trace, title, number, print->out);
}

// --- JSON.

// File, line, and column as members, without braces.
static void add_place(const struct trace *trace, struct position position, struct buffer *out)
{
    position = sources_file_position(&trace->observed->sources, position);
    const struct source *source = sources_get(&trace->observed->sources, position.file);
    json_write_member(out, "file", source ? source->path : (struct slice){0});
    position = source_place(source, position);
    if (source && position.line)
        buffer_add_format(out, ",\"line\":%" PRIu32 ",\"column\":%" PRIu32, position.line, position.column);
}

static void add_value(const struct trace *trace, const struct trace_print *print, const char *key, struct slice path,
                      const struct node *node)
{
    buffer_add_format(print->out, ",\"%s\":", key);
    write_json(trace, presentable(trace, print, path, node), print->out);
}

static void add_json_object(const struct trace *trace, struct buffer *out)
{
    const struct resource *resource = trace->resource;
    const struct resource_id *id = &resource->id;
    struct slice group = id->gvk.group->text;
    buffer_add_text(out, "{\"schemaVersion\":1,\"object\":{");
    json_write_member(out, "apiVersion",
                      arena_format(&trace->observed->arena, "%.*s%s%.*s", SLICE_ARGS(group), group.length ? "/" : "",
                                   SLICE_ARGS(id->gvk.version->text)));
    buffer_add_byte(out, ',');
    json_write_member(out, "kind", id->gvk.kind->text);
    buffer_add_byte(out, ',');
    json_write_member(out, "name", id->name->text);
    buffer_add_byte(out, ',');
    json_write_member(out, "namespace", id->namespace->text);
    buffer_add_text(out, ",\"was\":[");
    for (size_t i = 0; i < resource->previous.count; i++) {
        buffer_add_text(out, i ? ",{" : "{");
        json_write_member(out, "name", resource->previous.items[i].name->text);
        buffer_add_byte(out, ',');
        json_write_member(out, "namespace", resource->previous.items[i].namespace->text);
        buffer_add_byte(out, '}');
    }
    buffer_add_text(out, "]}");
}

static void add_json_step(const struct trace *trace, const struct trace_print *print, const struct trace_change *change)
{
    const struct trace_step *step = change->step;
    struct buffer *out = print->out;
    struct position place = place_of_change(change);
    buffer_add_byte(out, '{');
    json_write_member(out, "step", step->event.kind == EVENT_READ ? slice_literal("read") : slice_from(step->verb));
    if (step->event.transformer) {
        buffer_add_byte(out, ',');
        json_write_member(out, "transformer", slice_from(step->event.transformer));
    }
    if (step->event.program.length) {
        buffer_add_byte(out, ',');
        json_write_member(out, "program", step->event.program);
    }
    if (place.file) {
        buffer_add_byte(out, ',');
        add_place(trace, place, out);
    }
    struct slice entry = entry_text(trace, step);
    if (step->event.ordered_by.line) {
        buffer_add_text(out, ",\"orderedBy\":{");
        add_place(trace, step->event.ordered_by, out);
        buffer_add_text(out, entry.length ? "," : "");
        if (entry.length)
            json_write_member(out, "field", entry);
        buffer_add_byte(out, '}');
    }
    struct slice note = note_text(trace, change);
    if (note.length) {
        buffer_add_byte(out, ',');
        json_write_member(out, "note", note);
    }
}

static void end_json_step(const struct trace_step *step, struct buffer *out)
{
    buffer_add_text(out, ",\"chain\":[");
    for (size_t i = 0; i < step->chain_count; i++) {
        buffer_add_text(out, i ? "," : "");
        json_write_string(out, step->chain[i]);
    }
    buffer_add_text(out, "]}");
}

static void add_json_values(const struct trace *trace, const struct trace_print *print,
                            const struct trace_change *change)
{
    if (print->without_values)
        return;
    if (change->before.node)
        add_value(trace, print, "before", change->path, change->before.node);
    if (change->after.node)
        add_value(trace, print, "after", change->path, change->after.node);
}

static void print_field_json(struct trace *trace, const struct trace_changes *changes, const struct trace_print *print)
{
    const struct trace_change *last = &changes->items[changes->count - 1];
    struct buffer *out = print->out;
    add_json_object(trace, out);
    buffer_add_byte(out, ',');
    json_write_member(out, "field", last->path);
    add_value(trace, print, "value", last->path, last->after.node);
    if (last->after.node) {
        buffer_add_text(out, ",\"origin\":{");
        add_place(trace, last->after.position, out);
        buffer_add_byte(out, '}');
    }
    buffer_add_text(out, ",\"steps\":[");
    for (size_t i = 0; i < changes->count; i++) {
        buffer_add_text(out, i ? "," : "");
        add_json_step(trace, print, &changes->items[i]);
        add_json_values(trace, print, &changes->items[i]);
        end_json_step(changes->items[i].step, out);
    }
    buffer_add_format(out, "],\"otherSteps\":%zu}\n", trace->passed + trace->steps.count - changes->count);
}

static void print_steps_json(struct trace *trace, const struct trace_print *print)
{
    struct buffer *out = print->out;
    add_json_object(trace, out);
    buffer_add_format(out, ",\"deleted\":%s,\"steps\":[", trace_result(trace) ? "false" : "true");
    size_t number = 0;
    for (size_t i = 0; i < trace->steps.count; i++) {
        const struct trace_step *step = &trace->steps.items[i];
        const struct node *root = step->state.root;
        const struct trace_changes changes = visible_changes(trace, i);
        if (!changes.count)
            continue;
        const struct trace_change whole = whole_change(step);
        buffer_add_text(out, number++ ? "," : "");
        add_json_step(trace, print, &whole);
        buffer_add_text(out, ",\"changes\":[");
        for (size_t k = 0; k < changes.count && i && root && !print->without_values; k++) {
            buffer_add_text(out, k ? ",{" : "{");
            json_write_member(out, "field", changes.items[k].path);
            add_json_values(trace, print, &changes.items[k]);
            buffer_add_byte(out, '}');
        }
        buffer_add_byte(out, ']');
        end_json_step(step, out);
    }
    buffer_add_format(out, "],\"otherSteps\":%zu}\n", trace->passed + trace->steps.count - number);
}

// --- Leaves.

struct leaf_rows {
    struct trace *trace;
    const struct trace_print *print;
    struct columns rows;
    size_t count;
};

static void visit_leaf(void *state, struct slice path, const struct node *node)
{
    struct leaf_rows *leaves = state;
    const struct trace *trace = leaves->trace;
    struct buffer *out = leaves->print->out;
    if (leaves->print->format == TRACE_JSON) {
        buffer_add_text(out, leaves->count++ ? ",{" : "{");
        json_write_member(out, "field", path);
        buffer_add_text(out, ",\"value\":");
        write_json(trace, node, out);
        buffer_add_byte(out, ',');
        add_place(trace, node->position, out);
        buffer_add_byte(out, '}');
        return;
    }
    if (leaves->print->format == TRACE_GITHUB) {
        add_notice(trace, node->position, path, masked_text(trace, node), out);
        return;
    }
    struct arena *arena = &leaves->trace->observed->arena;
    struct columns_row row = {0};
    row.cells[0] = arena_format(arena, "%.*s:", SLICE_ARGS(path));
    row.cells[1] = masked_text(trace, node);
    row.cells[2] = place_text(trace, node->position);
    add_row(arena, &leaves->rows, row);
}

bool trace_print_leaves(struct trace *trace, struct trace_field *field, struct slice text,
                        const struct trace_print *print)
{
    struct leaf_rows leaves = {trace, print, {0}, 0};
    if (print->format == TRACE_JSON) {
        add_json_object(trace, print->out);
        buffer_add_text(print->out, ",\"leaves\":[");
    } else if (print->format == TRACE_TEXT) {
        buffer_add_format(print->out, "%.*s\n", SLICE_ARGS(title_of(trace)));
    }
    if (!trace_leaves(trace, presentable(trace, print, (struct slice){0}, trace_result(trace)), field, text, visit_leaf,
                      &leaves))
        return false;
    if (print->format == TRACE_JSON)
        buffer_add_text(print->out, "]}\n");
    else
        columns_write(&leaves.rows, WIDTH_MAX, print->out);
    return true;
}

void trace_print_field(struct trace *trace, const struct trace_changes *changes, const struct trace_print *print)
{
    (print->format == TRACE_JSON     ? print_field_json
     : print->format == TRACE_GITHUB ? print_field_github
                                     : print_field_text)(trace, changes, print);
}

void trace_print_steps(struct trace *trace, const struct trace_print *print)
{
    (print->format == TRACE_JSON     ? print_steps_json
     : print->format == TRACE_GITHUB ? print_steps_github
                                     : print_steps_text)(trace, print);
}
