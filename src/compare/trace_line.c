#include "compare/trace_line.h"

#include "base/shown.h"
#include "compare/trace_field.h"
#include "compare/trace_mask.h"
#include "compare/trace_print.h"
#include "doc/scalar.h"
#include "json/json.h"

struct sighting {
    const struct resource *resource;
    struct slice path;   // as trace_field_parse reads it, with places in lists
    struct slice value;  // what was on the line
    struct position position;
};

struct line_watch {
    struct build *build;
    struct slice file;
    uint32_t line;
    uint32_t known;  // so many sources have been looked at
    struct {
        uint32_t *items;
        size_t count, capacity;
    } sources;  // the file, and texts in it
    struct {
        struct sighting *items;
        size_t count, capacity;
    } sightings;
};

static bool parse_line(struct slice text, struct slice *file, uint32_t *line)
{
    size_t colon = slice_find_last_byte(text, ':');
    *line = 0;
    if (colon == SLICE_NOT_FOUND || !colon || text.length - colon > 9)
        return false;
    for (size_t i = colon + 1; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        *line = *line * 10 + (uint32_t)(text.data[i] - '0');
    }
    *file = slice_part(text, 0, colon);
    while (slice_starts_with(*file, slice_literal("./")))
        *file = slice_from_index(*file, 2);
    return *line > 0;
}

// The lines that the text of a scalar takes, from its position on.
static bool is_on_line(const struct line_watch *watch, const struct node *scalar)
{
    bool is_source = false;
    for (size_t i = 0; i < watch->sources.count && !is_source; i++)
        is_source = watch->sources.items[i] == scalar->position.file;
    if (!is_source || !scalar->position.line)
        return false;
    const struct source *source = sources_get(&watch->build->sources, scalar->position.file);
    uint32_t first = scalar->position.line + source->line_offset, last = first;
    struct slice rest = node_text(scalar);
    for (size_t at; (at = slice_find_byte(rest, '\n')) != SLICE_NOT_FOUND; last++)
        rest = slice_from_index(rest, at + 1);
    return first <= watch->line && watch->line <= last;
}

static void learn_sources(struct line_watch *watch)
{
    const struct sources *sources = &watch->build->sources;
    for (; watch->known < sources->count; watch->known++)
        if (slice_equal(sources->items[watch->known]->path, watch->file))
            list_append(&watch->build->arena, &watch->sources, sources->items[watch->known]->file);
}

static void see(struct line_watch *watch, const struct resource *resource, struct slice path, const struct node *scalar)
{
    for (size_t i = 0; i < watch->sightings.count; i++) {
        const struct sighting *sighting = &watch->sightings.items[i];
        if (sighting->resource == resource && slice_equal(sighting->path, path) &&
            slice_equal(sighting->value, node_text(scalar)))
            return;
    }
    struct arena *arena = &watch->build->arena;
    struct sighting sighting = {resource, arena_copy(arena, path), arena_copy(arena, node_text(scalar)),
                                scalar->position};
    list_append(arena, &watch->sightings, sighting);
}

static const struct node *name_of(const struct node *item)
{
    const struct node *name = node_map_get(item, NAME(name));
    return node_is_scalar(name) && !node_is_null(name) ? name : NULL;
}

static void add_item(struct buffer *path, const struct node *item, uint32_t place)
{
    const struct node *name = name_of(item);
    if (name)
        buffer_add_format(path, "[%.*s]", SLICE_ARGS(node_text(name)));
    else
        buffer_add_format(path, "[%u]", place);
}

static void look(struct line_watch *watch, const struct resource *resource, struct buffer *path,
                 const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        if (is_on_line(watch, node))
            see(watch, resource, buffer_slice(path), node);
        return;
    }
    size_t length = path->length;
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP) {
            struct slice key = node->entries[i].key->text;
            buffer_add_text(path, length ? "." : "");
            for (size_t k = 0; k < key.length; k++) {
                buffer_add_text(path, strchr(".[\\", key.data[k]) ? "\\" : "");
                buffer_add_byte(path, key.data[k]);
            }
        } else {
            add_item(path, node->items[i], i);
        }
        look(watch, resource, path, node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
        path->length = length;
    }
}

static void watch_line(void *state, const struct build_event *event)
{
    struct line_watch *watch = state;
    struct buffer path = {0};
    learn_sources(watch);
    // What a generator merges into goes on under another node.
    for (size_t i = 0; event->replaced && i < watch->sightings.count; i++)
        if (watch->sightings.items[i].resource == event->replaced)
            watch->sightings.items[i].resource = event->made;
    if (watch->sources.count && event->kind != EVENT_STEP)
        look(watch, event->made, &path, event->made->root);
    for (size_t i = 0; watch->sources.count && event->kind == EVENT_STEP && i < event->resources->count; i++)
        if (event->resources->items[i]->root)
            look(watch, event->resources->items[i], &path, event->resources->items[i]->root);
    buffer_free(&path);
}

// --- The result.

static const struct node *item_at(const struct node *list, struct slice text)
{
    size_t place = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (name_of(list->items[i]) && slice_equal(node_text(name_of(list->items[i])), text))
            return list->items[i];
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return NULL;
        place = place * 10 + (size_t)(text.data[i] - '0');
    }
    return place < list->count ? list->items[place] : NULL;
}

static const struct node *follow(struct build *build, const struct node *root, struct slice path)
{
    struct trace_field field;
    struct slice problem;
    const struct node *node = root;
    if (!trace_field_parse(&build->arena, path, &field, &problem))
        return NULL;
    for (size_t i = 0; node && i < field.count; i++) {
        struct slice text = field.items[i].text;
        if (field.items[i].brackets != (node->kind == NODE_SEQUENCE) || node->kind == NODE_SCALAR)
            return NULL;
        node = field.items[i].brackets ? item_at(node, text) : node_map_get(node, name_intern(build->names, text));
    }
    return node;
}

enum fate { FATE_KEPT, FATE_CHANGED, FATE_OVERRIDDEN, FATE_REMOVED, FATE_DELETED };

static const char *const fate_names[] = {"kept", "changed", "overridden", "removed", "deleted"};

struct outcome {
    enum fate fate;
    const struct node *now;
};

static struct outcome outcome_of(const struct line_watch *watch, const struct sighting *sighting)
{
    if (sighting->resource->removed || !sighting->resource->root)
        return (struct outcome){FATE_DELETED, NULL};
    const struct node *now = follow(watch->build, sighting->resource->root, sighting->path);
    if (!node_is_scalar(now))
        return (struct outcome){FATE_REMOVED, NULL};
    if (!is_on_line(watch, now))
        return (struct outcome){FATE_OVERRIDDEN, now};
    return (struct outcome){slice_equal(node_text(now), sighting->value) ? FATE_KEPT : FATE_CHANGED, now};
}

// What is on the way to the result does not count where the result has it, too.
static bool is_worth_saying(const struct line_watch *watch, size_t number)
{
    const struct sighting *sighting = &watch->sightings.items[number];
    for (size_t i = number + 1; i < watch->sightings.count; i++)
        if (watch->sightings.items[i].resource == sighting->resource &&
            slice_equal(watch->sightings.items[i].path, sighting->path))
            return false;
    return true;
}

static struct slice shown_value(const struct line_watch *watch, const struct trace_line_print *print,
                                const struct sighting *sighting, const struct node *node)
{
    struct masking masking = trace_masking(watch->build, sighting->resource, print->show_secrets);
    masking.cover = NULL;
    struct buffer out = {0};
    shown_add(NULL, node_text(trace_masked(&masking, sighting->path, node)), TRACE_VALUE_SHOWN, &out);
    struct slice text = arena_copy(masking.arena, buffer_slice(&out));
    buffer_wipe(&out);
    return text;
}

static void write_text(const struct line_watch *watch, const struct trace_line_print *print,
                       const struct sighting *sighting, struct outcome outcome)
{
    struct arena *arena = &watch->build->arena;
    const struct resource_id *id = &sighting->resource->id;
    buffer_add_format(print->out, "%.*s:%u → %.*s/%.*s %.*s: ", SLICE_ARGS(watch->file), watch->line,
                      SLICE_ARGS(id->gvk.kind->text), SLICE_ARGS(id->name->text), SLICE_ARGS(sighting->path));
    struct slice value = outcome.now ? shown_value(watch, print, sighting, outcome.now) : (struct slice){0};
    struct slice place = outcome.now ? position_text(&watch->build->sources, arena, outcome.now->position)
                                     : (struct slice){0};
    switch (outcome.fate) {
    case FATE_KEPT:
        buffer_add_format(print->out, "%.*s, as written\n", SLICE_ARGS(value));
        break;
    case FATE_CHANGED:
        buffer_add_format(print->out, "changed to %.*s\n", SLICE_ARGS(value));
        break;
    case FATE_OVERRIDDEN:
        buffer_add_format(print->out, "overridden with %.*s at %.*s\n", SLICE_ARGS(value), SLICE_ARGS(place));
        break;
    case FATE_REMOVED:
        buffer_add_text(print->out, "the field was removed\n");
        break;
    case FATE_DELETED:
        buffer_add_text(print->out, "the resource was deleted\n");
        break;
    }
}

static void add_string(struct buffer *out, const char *before, const char *key, struct slice text)
{
    buffer_add_format(out, "%s\"%s\":", before, key);
    json_write_string(out, text);
}

static void write_json(const struct line_watch *watch, const struct trace_line_print *print,
                       const struct sighting *sighting, struct outcome outcome)
{
    const struct resource_id *id = &sighting->resource->id;
    add_string(print->out, "{\"object\":{", "kind", id->gvk.kind->text);
    add_string(print->out, ",", "name", id->name->text);
    add_string(print->out, ",", "namespace", id->namespace->text);
    add_string(print->out, "},", "field", sighting->path);
    add_string(print->out, ",", "fate", slice_from(fate_names[outcome.fate]));
    if (outcome.now) {
        const struct source *source = sources_get(&watch->build->sources, outcome.now->position.file);
        add_string(print->out, ",", "value", shown_value(watch, print, sighting, outcome.now));
        add_string(print->out, ",", "file", source ? source->path : (struct slice){0});
        if (source)
            buffer_add_format(print->out, ",\"line\":%u,\"column\":%u",
                              outcome.now->position.line + source->line_offset,
                              outcome.now->position.column + source->column_offset);
    }
    buffer_add_byte(print->out, '}');
}

bool trace_line(struct build *build, const struct build_options *options, struct slice directory, struct slice line,
                const struct trace_line_print *print)
{
    struct line_watch watch = {.build = build};
    const struct build_observer observer = {watch_line, &watch};
    struct build_options observed = *options;
    observed.observer = &observer;
    if (!parse_line(line, &watch.file, &watch.line)) {
        diagnose(&build->diagnostics, (struct position){0}, "--line requires FILE:LINE, found '%.*s'",
                 SLICE_ARGS(line));
        return false;
    }
    if (!build_run(build, &observed, directory))
        return false;
    mask_learn_values(build);
    learn_sources(&watch);
    if (!watch.sources.count)
        return diagnose(&build->diagnostics, (struct position){0}, "the build does not read '%.*s'",
                        SLICE_ARGS(watch.file));
    if (!watch.sightings.count)
        return diagnose(&build->diagnostics, (struct position){0}, "no value is on line %u of '%.*s'", watch.line,
                        SLICE_ARGS(watch.file));
    if (print->json) {
        add_string(print->out, "{\"schemaVersion\":1,", "file", watch.file);
        buffer_add_format(print->out, ",\"line\":%u,\"values\":[", watch.line);
    }
    bool first = true;
    for (size_t i = 0; i < watch.sightings.count; i++) {
        if (!is_worth_saying(&watch, i))
            continue;
        const struct sighting *sighting = &watch.sightings.items[i];
        if (print->json && !first)
            buffer_add_byte(print->out, ',');
        (print->json ? write_json : write_text)(&watch, print, sighting, outcome_of(&watch, sighting));
        first = false;
    }
    if (print->json)
        buffer_add_text(print->out, "]}\n");
    return true;
}
