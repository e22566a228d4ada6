#include "compare/trace_line.h"

#include "base/hash_index.h"
#include "base/shown.h"
#include "compare/trace_field.h"
#include "compare/trace_mask.h"
#include "doc/scalar.h"

struct sighting {
    const struct resource *resource;
    struct slice path;   // as trace_field_parse reads it, with places in lists
    struct slice value;  // as it was first
    struct position position;
};

struct line_watch {
    struct build_observer observer;
    struct build *build;  // NULL: no step has been told of
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
    } sightings;  // one for each field
    struct hash_index by_field;
};

bool trace_line_parse(struct slice text, struct slice *file, uint32_t *line)
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

static uint64_t hash_of_field(const struct resource *resource, struct slice path)
{
    return slice_hash(path) ^ (uint64_t)(uintptr_t)resource * UINT64_C(0x9E3779B97F4A7C15);
}

static void see(struct line_watch *watch, const struct resource *resource, struct slice path, const struct node *scalar)
{
    struct arena *arena = &watch->build->arena;
    uint64_t hash = hash_of_field(resource, path);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&watch->by_field, hash); hash_cursor_next(&at, &number);) {
        const struct sighting *sighting = &watch->sightings.items[number];
        if (sighting->resource == resource && slice_equal(sighting->path, path))
            return;
    }
    struct sighting sighting = {resource, arena_copy(arena, path), arena_copy(arena, node_text(scalar)),
                                scalar->position};
    hash_index_add(arena, &watch->by_field, hash, (uint32_t)watch->sightings.count);
    list_append(arena, &watch->sightings, sighting);
}

// What a generator merges into goes on under another node.
static void follow_replaced(struct line_watch *watch, const struct build_event *event)
{
    for (size_t i = 0; event->replaced && i < watch->sightings.count; i++) {
        struct sighting *sighting = &watch->sightings.items[i];
        if (sighting->resource != event->replaced)
            continue;
        sighting->resource = event->made;
        hash_index_add(&watch->build->arena, &watch->by_field, hash_of_field(event->made, sighting->path), (uint32_t)i);
    }
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
    watch->build = event->build;
    learn_sources(watch);
    follow_replaced(watch, event);
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

struct outcome {
    enum line_fate fate;
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

static struct slice shown_value(struct line_watch *watch, const struct compare_options *options,
                                const struct sighting *sighting, const struct node *node, struct arena *into)
{
    struct masking masking = trace_masking(watch->build, sighting->resource, options);
    masking.cover = NULL;
    struct buffer out = {0};
    shown_add(NULL, node_text(trace_masked(&masking, sighting->path, node)), TRACE_VALUE_SHOWN, &out);
    struct slice text = arena_copy(into, buffer_slice(&out));
    buffer_wipe(&out);
    return text;
}

static struct line_value value_of(struct line_watch *watch, const struct compare_options *options,
                                  const struct sighting *sighting, struct arena *into)
{
    const struct resource *resource = sighting->resource;
    const struct resource_id *id = &resource->id;
    const struct name *first = resource->previous.count ? resource->previous.items[0].name : id->name;
    const struct outcome outcome = outcome_of(watch, sighting);
    struct line_value value = {
        .kind = arena_copy(into, id->gvk.kind->text),
        .name = arena_copy(into, id->name->text),
        .namespace = arena_copy(into, id->namespace->text),
        .first_name = arena_copy(into, first->text),
        .field = arena_copy(into, sighting->path),
        .fate = outcome.fate,
    };
    if (!outcome.now)
        return value;
    const struct source *source = sources_get(&watch->build->sources, outcome.now->position.file);
    value.value = shown_value(watch, options, sighting, outcome.now, into);
    if (source) {
        value.file = arena_copy(into, source->path);
        value.line = outcome.now->position.line + source->line_offset;
        value.column = outcome.now->position.column + source->column_offset;
    }
    return value;
}

struct line_watch *trace_line_watch(struct arena *arena, struct slice file, uint32_t line)
{
    struct line_watch *watch = arena_new(arena, struct line_watch);
    watch->observer = (struct build_observer){watch_line, watch};
    watch->file = file;
    watch->line = line;
    return watch;
}

const struct build_observer *trace_line_observer(const struct line_watch *watch)
{
    return &watch->observer;
}

bool trace_line_values(struct line_watch *watch, struct build *build, const struct compare_options *options,
                       struct arena *into, struct line_values *values)
{
    watch->build = build;
    mask_learn_values(build);
    learn_sources(watch);
    for (size_t i = 0; i < watch->sightings.count; i++)
        list_append(into, values, value_of(watch, options, &watch->sightings.items[i], into));
    return watch->sources.count > 0;
}
