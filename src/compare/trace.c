#include "compare/trace.h"

#include "base/recovery.h"
#include "compare/mask.h"
#include "doc/scalar.h"

struct trace *trace_new(struct build *build, struct build *observed)
{
    struct trace *trace = piece_new(sizeof *trace);
    trace->build = build;
    trace->observed = observed;
    trace->arena = &build->arena;
    return trace;
}

void trace_free(struct trace *trace)
{
    piece_free(trace);
}

// --- The first build.

static void note_birth(struct trace *trace, const struct build_event *event)
{
    if (trace->births.count == trace->births.capacity) {
        size_t capacity = trace->births.capacity ? trace->births.capacity * 2 : 64;
        trace->births.made = arena_grow(trace->arena, trace->births.made, trace->births.count, capacity,
                                        sizeof *trace->births.made, _Alignof(struct resource *));
        trace->births.replaced = arena_grow(trace->arena, trace->births.replaced, trace->births.count, capacity,
                                            sizeof *trace->births.replaced, _Alignof(struct resource *));
        trace->births.capacity = capacity;
    }
    trace->births.made[trace->births.count] = event->made;
    trace->births.replaced[trace->births.count++] = event->replaced;
}

static bool is_in(const struct resource_map *map, const struct resource *resource)
{
    return resource->serial < map->serial_count && map->by_serial[resource->serial] == resource;
}

// How well an object matches a pattern: by its current name, by a former one, or as a deleted object.
enum fit { FIT_NONE, FIT_DELETED, FIT_FORMER, FIT_PRESENT };

static bool fits_text(struct slice pattern, struct slice text)
{
    return slice_equals(pattern, "*") || slice_equal(pattern, text);
}

static bool fits_id(const struct select_pattern *pattern, const struct name *kind, const struct name *name,
                    const struct name *namespace)
{
    return slice_equal_ignoring_case(pattern->kind, kind->text) && fits_text(pattern->name, name->text) &&
           fits_text(pattern->namespace, namespace->text);
}

static enum fit fit_of(const struct trace *trace, const struct select_pattern *pattern, const struct resource *resource)
{
    struct slice group = resource->id.gvk.group->text;
    if (!slice_equals(pattern->group, "*") && !slice_equal_ignoring_case(pattern->group, group))
        return FIT_NONE;
    bool present = fits_id(pattern, resource->id.gvk.kind, resource->id.name, resource_effective_namespace(resource));
    bool former = false;
    for (size_t i = 0; i < resource->previous.count && !former; i++) {
        const struct previous_id *id = &resource->previous.items[i];
        former = fits_id(pattern, id->kind, id->name, id->namespace);
    }
    if (!present && !former)
        return FIT_NONE;
    if (resource->removed)
        return FIT_DELETED;
    // Objects that only configure a step are not in the result.
    if (trace->built && !is_in(&trace->build->resources, resource))
        return FIT_NONE;
    return present ? FIT_PRESENT : FIT_FORMER;
}

// True if a generator has replaced this object with another one, which continues it.
static bool is_replaced(const struct trace *trace, const struct resource *resource)
{
    for (size_t i = 0; i < trace->births.count; i++)
        if (trace->births.replaced[i] == resource)
            return true;
    return false;
}

static size_t birth_of(const struct trace *trace, const struct resource *resource)
{
    size_t i = trace->births.count;
    while (i && trace->births.made[i - 1] != resource)
        i--;
    return i - 1;
}

static struct slice id_text(struct arena *arena, const struct resource *resource)
{
    const struct resource_id *id = &resource->id;
    return arena_format(arena, "%.*s/%.*s%s%.*s", SLICE_ARGS(id->gvk.kind->text), SLICE_ARGS(id->namespace->text),
                        id->namespace->text.length ? "/" : "", SLICE_ARGS(id->name->text));
}

static bool diagnose_missing(struct trace *trace, const struct select_pattern *pattern)
{
    struct diagnostics *diagnostics = &trace->build->diagnostics;
    struct slice *names = arena_array(trace->arena, struct slice, trace->births.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < trace->births.count; i++) {
        const struct resource *resource = trace->births.made[i];
        if (!trace->built || is_in(&trace->build->resources, resource))
            names[count++] = arena_format(trace->arena, "%.*s/%.*s", SLICE_ARGS(resource->id.gvk.kind->text),
                                          SLICE_ARGS(resource->id.name->text));
    }
    diagnose(diagnostics, (struct position){0}, "no resource is named '%.*s'", SLICE_ARGS(pattern->text));
    struct slice nearest = nearest_text(pattern->text, names, count);
    if (nearest.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    return false;
}

static bool diagnose_ambiguous(struct trace *trace, const struct select_pattern *pattern, const struct resource *one,
                               const struct resource *other)
{
    struct diagnostics *diagnostics = &trace->build->diagnostics;
    struct slice first = id_text(trace->arena, one), second = id_text(trace->arena, other);
    struct slice first_place = position_text(diagnostics->sources, trace->arena, resource_position(one));
    struct slice second_place = position_text(diagnostics->sources, trace->arena, resource_position(other));
    diagnose(diagnostics, (struct position){0}, "'%.*s' is ambiguous: it could be %.*s (%.*s) or %.*s (%.*s)",
             SLICE_ARGS(pattern->text), SLICE_ARGS(first), SLICE_ARGS(first_place), SLICE_ARGS(second),
             SLICE_ARGS(second_place));
    const struct slice kind = one->id.gvk.kind->text, name = one->id.name->text;
    struct slice namespaces[] = {one->id.namespace->text, other->id.namespace->text};
    struct slice groups[] = {one->id.gvk.group->text, other->id.gvk.group->text};
    if (one->id.name != other->id.name || one->id.gvk.kind != other->id.gvk.kind)
        diagnose_hint(diagnostics, "write the kind and the name of one of them");
    else if (one->id.namespace != other->id.namespace)
        diagnose_hint(diagnostics, "write '%.*s/%.*s/%.*s' for the one in namespace '%.*s'", SLICE_ARGS(kind),
                      SLICE_ARGS(namespaces[!namespaces[0].length]), SLICE_ARGS(name),
                      SLICE_ARGS(namespaces[!namespaces[0].length]));
    else
        diagnose_hint(diagnostics, "write '%.*s.%.*s/%.*s' or '%.*s.%.*s/%.*s'", SLICE_ARGS(kind),
                      SLICE_ARGS(groups[0]), SLICE_ARGS(name), SLICE_ARGS(kind), SLICE_ARGS(groups[1]),
                      SLICE_ARGS(name));
    return false;
}

// The index of the event that created the object.
static size_t first_birth_of(const struct trace *trace, const struct resource *resource)
{
    size_t first = birth_of(trace, resource);
    for (const struct resource *replaced; (replaced = trace->births.replaced[first]);)
        first = birth_of(trace, replaced);
    return first;
}

static bool choose(struct trace *trace, const struct select_pattern *pattern)
{
    enum fit best = FIT_NONE;
    const struct resource *other = NULL;
    for (size_t i = 0; i < trace->births.count; i++) {
        const struct resource *resource = trace->births.made[i];
        enum fit fit = fit_of(trace, pattern, resource);
        if (fit == FIT_NONE || fit < best || is_replaced(trace, resource))
            continue;
        other = fit == best ? resource : NULL;
        if (fit > best)
            trace->found = resource;
        best = fit;
    }
    if (!trace->found)
        return diagnose_missing(trace, pattern);
    if (other)
        return diagnose_ambiguous(trace, pattern, trace->found, other);
    return true;
}

// --- States.

static size_t count_nodes(const struct node *node)
{
    size_t count = 1;
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        count += count_nodes(node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
    return count;
}

static void list_nodes(const struct node *node, const struct node **nodes, size_t *count)
{
    nodes[(*count)++] = node;
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        list_nodes(node->kind == NODE_MAP ? node->entries[i].value : node->items[i], nodes, count);
}

static bool find_number(const struct node *node, const struct node *wanted, size_t *number)
{
    if (node == wanted)
        return true;
    ++*number;
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        if (find_number(node->kind == NODE_MAP ? node->entries[i].value : node->items[i], wanted, number))
            return true;
    return false;
}

size_t trace_node_number(const struct node *root, const struct node *node)
{
    size_t number = 0;
    return root && find_number(root, node, &number) ? number : SIZE_MAX;
}

// Equal in their printed form and in their positions.
static bool is_same(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->count != b->count || !position_equal(a->position, b->position))
        return false;
    if (a->kind == NODE_SCALAR)
        return slice_equal(node_text(a), node_text(b)) &&
               (a->tag == b->tag || node_resolved_tag(a) == node_resolved_tag(b));
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->kind == NODE_MAP && a->entries[i].key != b->entries[i].key)
            return false;
        if (!is_same(a->kind == NODE_MAP ? a->entries[i].value : a->items[i],
                     b->kind == NODE_MAP ? b->entries[i].value : b->items[i]))
            return false;
    }
    return true;
}

static struct trace_state state_of(struct trace *trace, const struct node *root)
{
    struct trace_state state = {0};
    if (!root)
        return state;
    size_t count = 0;
    const struct node **nodes = arena_array(trace->arena, const struct node *, count_nodes(root));
    list_nodes(root, nodes, &count);
    state.nodes = nodes;
    state.root = node_copy(trace->arena, root);
    return state;
}

static const char *verb_of(const struct build_event *event, uint8_t behavior)
{
    if (event->kind == EVENT_READ)
        return "set";
    if (event->kind == EVENT_GENERATED)
        return behavior == BEHAVIOR_MERGE ? "merge" : behavior == BEHAVIOR_REPLACE ? "replace" : "generate";
    if (event->program.length)
        return "program";
    static const struct {
        const char *name, *verb;
    } verbs[] = {
        {"patches", "patch"},
        {"patchesStrategicMerge", "patch"},
        {"patchesJson6902", "patch"},
        {"replacements", "replacement"},
        {"name_hash", "name hash"},
        {"name_references", "name reference"},
        {"vars", "var"},
        {"local_config", "local-config"},
        {"managed_by_label", "managed-by label"},
        {"settle", "annotations"},
        {"origins", "buildMetadata"},
    };
    const char *name = event->finish ? event->finish : event->field ? event->field : event->transformer;
    for (size_t i = 0; i < countof(verbs); i++)
        if (strcmp(verbs[i].name, name) == 0)
            return verbs[i].verb;
    return name;
}

static void set_chain(struct trace *trace, struct trace_step *step)
{
    size_t count = 0;
    for (const struct file_loader *at = step->event.directory; at; at = at->parent)
        count++;
    step->chain = arena_array(trace->arena, struct slice, count + 1);
    step->chain_count = count;
    for (const struct file_loader *at = step->event.directory; at; at = at->parent)
        step->chain[--count] = at->shown;
}

static void add_step(struct trace *trace, const struct build_event *event, const struct node *root)
{
    struct trace_step step = {.event = *event, .state = state_of(trace, root)};
    step.behavior = event->behavior;
    step.verb = verb_of(event, step.behavior);
    set_chain(trace, &step);
    step.event.resources = NULL;
    list_append(trace->arena, &trace->steps, step);
}

static void watch_birth(struct trace *trace, const struct build_event *event, bool is_first)
{
    bool goes_on = trace->resource && event->replaced == trace->resource;
    if (!goes_on && !is_first)
        return;
    trace->resource = event->made;
    add_step(trace, event, event->made->root);
}

static void watch_step(struct trace *trace, const struct build_event *event)
{
    const struct resource *resource = trace->resource;
    // A deleted object is no longer in any map, so the first step that sees this is the one that deleted it.
    if (!resource || (!is_in(event->resources, resource) && !resource->removed) || !trace_result(trace))
        return;
    const struct node *root = resource->removed ? NULL : resource->root;
    if (root && is_same(trace_result(trace), root))
        trace->passed++;
    else
        add_step(trace, event, root);
}

// --- The first build. Callers mostly use the name in the object's file, so the first object with that name is observed
// right away.

static bool begins_as(const struct select_pattern *pattern, const struct resource *resource)
{
    const struct resource_id *id = &resource->id;
    return slice_equal_ignoring_case(pattern->kind, id->gvk.kind->text) && slice_equal(pattern->name, id->name->text);
}

struct finding {
    struct trace *trace;
    const struct select_pattern *pattern;
    bool watches;
};

static void find(void *state, const struct build_event *event)
{
    const struct finding *finding = state;
    struct trace *trace = finding->trace;
    if (event->kind == EVENT_STEP) {
        watch_step(trace, event);
        return;
    }
    bool is_first = finding->watches && !trace->resource && begins_as(finding->pattern, event->made);
    if (is_first)
        trace->first = trace->births.count;
    note_birth(trace, event);
    watch_birth(trace, event, is_first);
}

static bool find_in_build(struct trace *trace, const struct build_options *options, struct slice directory,
                          const struct select_pattern *pattern, bool watches)
{
    struct finding finding = {trace, pattern, watches};
    const struct build_observer observer = {.notify = find, .state = &finding};
    trace->options = *options;
    trace->directory = directory;
    struct build_options observed = *options;
    observed.observer = &observer;
    trace->built = build_run(trace->build, &observed, directory);
    if ((!trace->built && !trace->births.count) || !choose(trace, pattern))
        return false;
    size_t first = first_birth_of(trace, trace->found);
    trace->watched = trace->resource == trace->found && trace->first == first;
    trace->first = first;
    return true;
}

bool trace_find(struct trace *trace, const struct build_options *options, struct slice directory,
                const struct select_pattern *pattern)
{
    return find_in_build(trace, options, directory, pattern, true);
}

bool trace_find_result(struct trace *trace, const struct build_options *options, struct slice directory,
                       const struct select_pattern *pattern)
{
    if (!find_in_build(trace, options, directory, pattern, false))
        return false;
    const struct resource *found = trace->found;
    struct trace_step step = {.state.root = found->removed ? NULL : found->root};
    trace->observed = trace->build;
    trace->resource = found;
    list_append(trace->arena, &trace->steps, step);
    mask_learn_values(trace->build);
    return true;
}

// --- The second build.

static void watch(void *state, const struct build_event *event)
{
    struct trace *trace = state;
    if (event->kind == EVENT_STEP)
        watch_step(trace, event);
    else
        watch_birth(trace, event, trace->births.count++ == trace->first);
}

static void build_again(struct trace *trace)
{
    const struct build_observer observer = {.notify = watch, .state = trace};
    struct build_options options = trace->options;
    options.observer = &observer;
    trace->births.count = trace->passed = 0;
    trace->steps = (struct trace_steps){0};
    trace->resource = NULL;
    trace->arena = &trace->observed->arena;
    build_run(trace->observed, &options, trace->directory);
}

void trace_observe(struct trace *trace)
{
    if (trace->watched)
        trace->observed = trace->build;
    else
        build_again(trace);
    mask_learn_values(trace->observed);
}

const struct node *trace_result(const struct trace *trace)
{
    return trace->steps.count ? trace->steps.items[trace->steps.count - 1].state.root : NULL;
}
