#include "compare/trace_line.h"

#include "base/hash_index.h"
#include "base/shown.h"
#include "compare/trace_field.h"
#include "compare/trace_mask.h"
#include "doc/scalar.h"
#include "json/json.h"
#include "load/path.h"

struct sighting {
    const struct resource *resource;
    struct slice path;   // as trace_field_parse reads it, with indexes for lists
    struct slice value;  // the original value
    struct position position;
};

struct line_watch {
    struct build_observer observer;
    struct build *build;  // NULL: no step has been reported yet
    struct slice file, directory;
    uint32_t line;
    uint32_t known;  // number of sources that have been checked
    struct {
        uint32_t *items;
        size_t count, capacity;
    } sources;  // the file, and documents inside it
    struct {
        struct sighting *items;
        size_t count, capacity;
    } sightings;  // one per field
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

// True if the text of a scalar covers the line.
static bool is_on_line(const struct line_watch *watch, const struct node *scalar)
{
    bool is_source = false;
    for (size_t i = 0; i < watch->sources.count && !is_source; i++)
        is_source = watch->sources.items[i] == scalar->position.file;
    if (!is_source || !scalar->position.line)
        return false;
    const struct source *source = sources_get(&watch->build->sources, scalar->position.file);
    uint32_t first = source_place(source, scalar->position).line, last = first;
    struct slice rest = node_text(scalar);
    for (size_t at; (at = slice_find_byte(rest, '\n')) != SLICE_NOT_FOUND; last++)
        rest = slice_from_index(rest, at + 1);
    return first <= watch->line && watch->line <= last;
}

// Messages show either a path relative to the current directory, or an absolute one.
static bool is_the_file(const struct line_watch *watch, struct slice path)
{
    if (slice_equal(path, watch->file))
        return true;
    if (!watch->directory.length || !slice_equal(path_base(path), path_base(watch->file)))
        return false;
    struct arena *arena = &watch->build->arena;
    return slice_equal(path_join(arena, watch->directory, path), path_join(arena, watch->directory, watch->file));
}

static void learn_sources(struct line_watch *watch)
{
    const struct sources *sources = &watch->build->sources;
    for (; watch->known < sources->count; watch->known++)
        if (is_the_file(watch, sources->items[watch->known]->path))
            list_append(&watch->build->arena, &watch->sources, sources->items[watch->known]->file);
}

static uint64_t hash_of_field(const struct resource *resource, struct slice path)
{
    return slice_hash(path) ^ (uint64_t)(uintptr_t)resource * UINT64_C(0x9E3779B97F4A7C15);
}

static void add_sighting(struct line_watch *watch, const struct resource *resource, struct slice path,
                         const struct node *scalar)
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

// The target of a generator's merge continues as a new node.
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

static struct element_context elements_of(const struct line_watch *watch)
{
    return (struct element_context){&watch->build->arena, watch->build->names};
}

static struct schema_type type_of(const struct line_watch *watch, const struct node *root)
{
    const struct node *version = node_map_get(root, NAME(apiVersion)), *kind = node_map_get(root, NAME(kind));
    if (!node_is_scalar(version) || !node_is_scalar(kind))
        return (struct schema_type){0};
    return schema_of_kind(watch->build->resource_context.schema, node_text(version), node_text(kind));
}

// A node between the root of an object and a value.
struct level {
    const struct node *node;
    uint32_t child;
    const struct level *outer;
};

static void add_level(const struct line_watch *watch, const struct level *level, struct schema_type *type,
                      struct buffer *path)
{
    const struct element_context context = elements_of(watch);
    const struct node *node = level->node;
    struct slice key = node->kind == NODE_MAP ? node->entries[level->child].key->text : (struct slice){0};
    if (node->kind == NODE_MAP) {
        buffer_add_text(path, path->length ? "." : "");
        for (size_t i = 0; i < key.length; i++) {
            buffer_add_text(path, key.data[i] && strchr(".[\\", key.data[i]) ? "\\" : "");
            buffer_add_byte(path, key.data[i]);
        }
    } else {
        struct trace_element element = {0};
        struct schema_merge merge = element_keys(&context, node, *type);
        element_describe(&context, &merge, node->items[level->child], &element);
        buffer_add_format(path, "[%.*s]", SLICE_ARGS(element_label(&context, &element, level->child)));
    }
    *type = element_type_below(*type, node, key);
}

// Adds the path in the form that trace_field_parse reads.
static void add_path(const struct line_watch *watch, const struct level *level, struct schema_type *type,
                     struct buffer *path)
{
    if (!level->outer)
        *type = type_of(watch, level->node);
    else
        add_path(watch, level->outer, type, path);
    add_level(watch, level, type, path);
}

static void look_for_line(struct line_watch *watch, const struct resource *resource, const struct node *node,
                          const struct level *outer)
{
    if (node->kind == NODE_SCALAR) {
        if (!outer || !is_on_line(watch, node))
            return;
        struct buffer path = {0};
        struct schema_type type;
        add_path(watch, outer, &type, &path);
        add_sighting(watch, resource, buffer_slice(&path), node);
        buffer_free(&path);
        return;
    }
    struct level level = {.node = node, .outer = outer};
    for (; level.child < node->count; level.child++)
        look_for_line(watch, resource,
                      node->kind == NODE_MAP ? node->entries[level.child].value : node->items[level.child], &level);
}

static void watch_line(void *state, const struct build_event *event)
{
    struct line_watch *watch = state;
    watch->build = event->build;
    learn_sources(watch);
    follow_replaced(watch, event);
    if (watch->sources.count && event->kind != EVENT_STEP)
        look_for_line(watch, event->made, event->made->root, NULL);
    for (size_t i = 0; watch->sources.count && event->kind == EVENT_STEP && i < event->resources->count; i++)
        if (event->resources->items[i]->root)
            look_for_line(watch, event->resources->items[i], event->resources->items[i]->root, NULL);
}

// --- The result.

static const struct node *follow(const struct line_watch *watch, const struct node *root, struct slice path)
{
    const struct element_context context = elements_of(watch);
    struct trace_field field;
    struct slice problem;
    const struct node *node = root;
    struct schema_type type = type_of(watch, root);
    if (!trace_field_parse(&watch->build->arena, path, &field, &problem))
        return NULL;
    for (size_t i = 0; node && i < field.count; i++) {
        const struct node *parent = node;
        struct slice text = field.items[i].text;
        if (field.items[i].brackets != (node->kind == NODE_SEQUENCE) || node->kind == NODE_SCALAR)
            return NULL;
        size_t place = field.items[i].brackets ? element_find_written(&context, node, type, text) : SIZE_MAX;
        node = place != SIZE_MAX         ? node->items[place]
               : field.items[i].brackets ? NULL
                                         : node_map_get(node, name_intern(watch->build->names, text));
        type = element_type_below(type, parent, text);
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
    const struct node *now = follow(watch, sighting->resource->root, sighting->path);
    if (!node_is_scalar(now))
        return (struct outcome){FATE_REMOVED, NULL};
    if (!is_on_line(watch, now))
        return (struct outcome){FATE_OVERRIDDEN, now};
    return (struct outcome){slice_equal(node_text(now), sighting->value) ? FATE_KEPT : FATE_CHANGED, now};
}

static void set_value(struct line_watch *watch, const struct compare_options *options, const struct sighting *sighting,
                      const struct node *node, struct arena *into, struct line_value *value)
{
    struct masking masking = trace_masking(watch->build, sighting->resource, options);
    masking.cover = NULL;
    const struct node *masked = trace_masked(&masking, sighting->path, node);
    struct diagnostics ignored;
    struct buffer text = {0}, json = {0};
    diagnostics_init(&ignored, &watch->build->arena, NULL);
    shown_add(NULL, node_text(masked), TRACE_VALUE_SHOWN, &text);
    if (!json_write(&json, masked, true, &ignored)) {
        json.length = 0;
        json_write_string(&json, node_text(masked));
    }
    value->value = arena_copy(into, buffer_slice(&text));
    value->json = arena_copy(into, buffer_slice(&json));
    buffer_wipe(&text);
    buffer_wipe(&json);
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
    const struct position place = sources_file_position(&watch->build->sources, outcome.now->position);
    const struct source *source = sources_get(&watch->build->sources, place.file);
    set_value(watch, options, sighting, outcome.now, into, &value);
    if (source) {
        value.file = arena_copy(into, source->path);
        const struct position shown = source_place(source, place);
        value.line = shown.line;
        value.column = shown.column;
    }
    return value;
}

struct line_watch *trace_line_watch(struct arena *arena, struct slice directory, struct slice file, uint32_t line)
{
    struct line_watch *watch = arena_new(arena, struct line_watch);
    watch->observer = (struct build_observer){watch_line, watch};
    watch->file = file;
    watch->directory = directory;
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
