#include "compare/trace_field.h"

#include "base/hash_index.h"
#include "base/json_pointer.h"
#include "doc/scalar.h"
#include "yaml/read.h"

// --- Syntax.

static void add_element(struct arena *arena, struct trace_field *field, struct slice text, bool brackets)
{
    bool opens = !brackets && (slice_equals(text, "!json") || slice_equals(text, "!yaml"));
    struct trace_element element = {.text = text, .brackets = brackets};
    if (opens && field->inside == SIZE_MAX) {
        field->inside = field->count;
        field->marker = slice_equals(text, "!json") ? "!json" : "!yaml";
    } else {
        list_append(arena, field, element);
    }
}

static void parse_pointer(struct arena *arena, struct slice text, struct trace_field *field)
{
    struct slice element, rest = slice_from_index(text, 1);
    for (bool more = true; more;) {
        more = slice_cut(rest, '/', &element, &rest);
        add_element(arena, field, json_pointer_unescape(arena, element), false);
    }
}

// A key up to a dot or a bracket. `*at` ends up after it.
static struct slice parse_key(struct arena *arena, struct slice text, size_t *at)
{
    struct buffer key = {0};
    for (; *at < text.length && text.data[*at] != '.' && text.data[*at] != '['; ++*at) {
        if (text.data[*at] == '\\' && *at + 1 < text.length)
            ++*at;
        buffer_add_byte(&key, text.data[*at]);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&key));
    buffer_free(&key);
    return copy;
}

bool trace_field_parse(struct arena *arena, struct slice text, struct trace_field *field, struct slice *problem)
{
    *field = (struct trace_field){.inside = SIZE_MAX};
    if (text.length && text.data[0] == '/') {
        parse_pointer(arena, text, field);
        return true;
    }
    for (size_t at = text.length && text.data[0] == '.'; at < text.length;) {
        if (text.data[at] == '[') {
            struct slice rest = slice_from_index(text, at + 1);
            size_t close = slice_find_byte(rest, ']');
            if (close == SLICE_NOT_FOUND) {
                *problem = slice_literal("missing ']'");
                return false;
            }
            add_element(arena, field, slice_part(rest, 0, close), true);
            at += close + 2;
        } else {
            size_t start = at;
            struct slice key = parse_key(arena, text, &at);
            if (at == start) {
                *problem = slice_literal("a name is missing between two dots");
                return false;
            }
            add_element(arena, field, key, false);
        }
        if (at < text.length && text.data[at] == '.' && ++at == text.length) {
            *problem = slice_literal("a name is missing after the last dot");
            return false;
        }
    }
    if (!field->count)
        *problem = slice_literal("the path is empty");
    return field->count > 0;
}

static struct element_context elements_of(const struct trace *trace)
{
    return (struct element_context){trace->arena, trace->observed->names};
}

// --- Paths.

static struct slice add_key(struct arena *arena, struct slice path, struct slice key)
{
    struct buffer out = {0};
    buffer_add_slice(&out, path);
    if (path.length)
        buffer_add_byte(&out, '.');
    for (size_t i = 0; i < key.length; i++) {
        if (key.data[i] == '.' || key.data[i] == '[' || key.data[i] == '\\')
            buffer_add_byte(&out, '\\');
        buffer_add_byte(&out, key.data[i]);
    }
    struct slice text = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}

static struct slice add_item(const struct trace *trace, struct slice path, const struct trace_element *element,
                             size_t index)
{
    const struct element_context context = elements_of(trace);
    struct slice label = element_label(&context, element, index);
    return arena_format(trace->arena, "%.*s[%.*s]", SLICE_ARGS(path), SLICE_ARGS(label));
}

static struct schema_type type_of_root(const struct trace *trace, const struct node *root)
{
    const struct node *version = node_map_get(root, NAME(apiVersion)), *kind = node_map_get(root, NAME(kind));
    if (!node_is_scalar(version) || !node_is_scalar(kind))
        return (struct schema_type){0};
    return schema_of_kind(trace->observed->resource_context.schema, node_text(version), node_text(kind));
}

// The nodes from the root to a field, in one state.
struct way {
    const struct node **nodes;  // one more than there are elements; NULL from where the field doesn't exist
    size_t place;               // in the innermost list; SIZE_MAX: none
};

static const struct node *child_by_key(const struct trace *trace, const struct node *map, struct slice key)
{
    return node_map_get(map, name_intern(trace->observed->names, key));
}

// Follows the field as it is written, and records how to find its elements in other states. `*reached` is how many
// elements existed.
static bool follow_written(struct trace *trace, struct trace_field *field, const struct trace_state *state,
                           struct way *way, size_t *reached)
{
    const struct element_context context = elements_of(trace);
    const struct node *node = state->root;
    struct schema_type type = node ? type_of_root(trace, node) : (struct schema_type){0};
    way->place = SIZE_MAX;
    way->nodes[0] = node;
    for (*reached = 0; node && *reached < field->inside && *reached < field->count; ++*reached) {
        struct trace_element *element = &field->items[*reached];
        const struct node *child = NULL;
        if (node->kind == NODE_MAP) {
            child = child_by_key(trace, node, element->text);
        } else if (node->kind == NODE_SEQUENCE) {
            size_t index = element_find_written(&context, node, type, element->text);
            if (index != SIZE_MAX) {
                child = node->items[index];
                struct schema_merge merge = element_keys(&context, node, type);
                element_describe(&context, &merge, child, element);
                way->place = index;
            }
        }
        if (!child)
            return false;
        type = element_type_below(type, node, element->text);
        node = way->nodes[*reached + 1] = child;
    }
    return node != NULL;
}

static size_t count_nodes(const struct node *node)
{
    size_t count = 1;
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        count += count_nodes(node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
    return count;
}

// The nodes of the build that the elements of the list were copied from.
static const struct node **originals_of(struct trace *trace, const struct trace_state *state, const struct node *list)
{
    const struct node **originals = arena_array(trace->arena, const struct node *, list->count + 1);
    size_t number = trace_node_number(state->root, list) + 1;
    for (uint32_t i = 0; i < list->count; i++) {
        originals[i] = state->nodes[number];
        number += count_nodes(list->items[i]);
    }
    return originals;
}

// The element of `list` that was the same node as `item` in the neighboring state.
static size_t find_same(struct trace *trace, const struct trace_state *state, const struct node *list,
                        const struct trace_state *near, const struct node *near_list, const struct node *near_item)
{
    const struct node **originals = originals_of(trace, state, list);
    const struct node **near_originals = originals_of(trace, near, near_list);
    struct hash_index by_node = {0};
    size_t place = 0;
    for (uint32_t i = 0; i < list->count; i++)
        hash_index_add(trace->arena, &by_node, (uintptr_t)originals[i] >> 4, i);
    while (place < near_list->count && near_list->items[place] != near_item)
        place++;
    bool is_rewritten = true;
    for (uint32_t i = 0; i < near_list->count; i++) {
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&by_node, (uintptr_t)near_originals[i] >> 4);
             hash_cursor_next(&at, &number);) {
            if (originals[number] != near_originals[i])
                continue;
            if (i == place)
                return number;
            is_rewritten = false;
        }
    }
    // A single element may have been replaced in its place.
    bool replaced = list->count == near_list->count;
    for (uint32_t i = 0; i < near_list->count && replaced; i++)
        replaced = near_originals[i] != originals[place];
    return (is_rewritten || replaced) && place < list->count ? place : SIZE_MAX;
}

// Follows the field in a state, based on what is known about it in the neighboring state.
static void follow(struct trace *trace, const struct trace_field *field, const struct trace_state *state,
                   struct way *way, const struct trace_state *near, const struct way *near_way)
{
    const struct element_context context = elements_of(trace);
    const struct node *node = way->nodes[0] = state->root;
    way->place = SIZE_MAX;
    for (size_t i = 0; node && i < field->inside && i < field->count; i++) {
        const struct trace_element *element = &field->items[i];
        const struct node *child = NULL;
        if (node->kind == NODE_MAP) {
            child = child_by_key(trace, node, element->text);
        } else if (node->kind == NODE_SEQUENCE) {
            size_t index = element->follow == FOLLOW_MERGE_KEYS ? element_find(&context, element, node) : SIZE_MAX;
            if (element->follow != FOLLOW_MERGE_KEYS && near_way->nodes[i] && near_way->nodes[i + 1] &&
                near_way->nodes[i]->kind == NODE_SEQUENCE)
                index = find_same(trace, state, node, near, near_way->nodes[i], near_way->nodes[i + 1]);
            child = index == SIZE_MAX ? NULL : node->items[index];
            way->place = index;
        }
        node = way->nodes[i + 1] = child;
    }
}

// --- Values inside strings.

static struct source *source_of_text(struct trace *trace, const struct node *scalar)
{
    struct source *source = arena_new(trace->arena, struct source);
    source->content = node_text(scalar);
    source->file = scalar->position.file;
    return source;
}

// The position in the file of a value inside a string, as exactly as the style of the string allows.
static struct position position_inside(const struct trace *trace, const struct node *scalar, struct position inside)
{
    const struct source *source = sources_get(&trace->observed->sources, scalar->position.file);
    struct position at = scalar->position;
    struct slice line;
    if (!source || !source_line(source, at.line, &line))
        return at;
    if (at.line == 1 && at.column == 1 && slice_equal(source->content, node_text(scalar)))
        return (struct position){at.file, inside.line, inside.column};
    struct slice rest = slice_from_index(line, at.column && at.column <= line.length ? at.column - 1 : line.length);
    bool block = rest.length && (rest.data[0] == '|' || rest.data[0] == '>');
    if (!block || !source_line(source, at.line + 1, &line))
        return at;
    return (struct position){at.file, at.line + inside.line, inside.column + (uint32_t)slice_count_leading(line, ' ')};
}

// The value that the elements after `inside` lead to.
static struct trace_value look_inside(struct trace *trace, const struct trace_field *field, const struct node *scalar)
{
    struct trace_value value = {.place = SIZE_MAX};
    struct sources sources = {.arena = trace->arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, trace->arena, &sources);
    struct read_context read = {trace->arena, &trace->observed->name_cache, &ignored};
    struct node *node = NULL;
    if (!node_is_scalar(scalar) || !yaml_read_first(&read, source_of_text(trace, scalar), &node))
        return value;
    for (size_t i = field->inside; node && i < field->count; i++) {
        struct node *child = NULL;
        if (node->kind == NODE_MAP) {
            child = node_map_get(node, name_intern(trace->observed->names, field->items[i].text));
        } else if (node->kind == NODE_SEQUENCE) {
            const struct element_context context = elements_of(trace);
            size_t index = element_find_written(&context, node, (struct schema_type){0}, field->items[i].text);
            child = index == SIZE_MAX ? NULL : node->items[index];
            value.place = index;
        }
        node = child;
    }
    value.node = node;
    if (node)
        value.position = position_inside(trace, scalar, node->position);
    return value;
}

static struct trace_value value_of(struct trace *trace, const struct trace_field *field, const struct way *way)
{
    size_t last = field->inside < field->count ? field->inside : field->count;
    const struct node *node = way->nodes[last];
    if (field->inside < field->count)
        return look_inside(trace, field, node);
    return (struct trace_value){node, node ? node->position : (struct position){0}, way->place};
}

// --- Changes of a field.

// True if both print the same. `*moved`: something in them has a different position.
static bool equal(const struct node *a, const struct node *b, bool *moved)
{
    if (a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == NODE_SCALAR) {
        *moved |= !position_equal(a->position, b->position);
        return slice_equal(node_text(a), node_text(b)) && node_resolved_tag(a) == node_resolved_tag(b);
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->kind == NODE_MAP && a->entries[i].key != b->entries[i].key)
            return false;
        if (!equal(a->kind == NODE_MAP ? a->entries[i].value : a->items[i],
                   b->kind == NODE_MAP ? b->entries[i].value : b->items[i], moved))
            return false;
    }
    return true;
}

// The output of programs always has new positions, so they say nothing about changes.
static bool keeps_positions(const struct trace_step *step)
{
    return !step->event.program.length;
}

// False: the step did not touch the value.
static bool compare(const struct trace_step *step, const struct trace_value *before, const struct trace_value *after,
                    enum trace_change_kind *kind)
{
    bool moved = false;
    if (!before->node && !after->node)
        return false;
    if (!before->node || !after->node) {
        *kind = before->node ? CHANGE_DELETED : CHANGE_CREATED;
        return true;
    }
    if (!equal(before->node, after->node, &moved)) {
        *kind = CHANGE_VALUE;
        return true;
    }
    *kind = before->place != after->place ? CHANGE_MOVED : CHANGE_NONE;
    return before->place != after->place || (moved && keeps_positions(step));
}

// What is directly below a map or list.
struct children {
    struct trace *trace;
    const struct node *node;
    struct element_context context;
    struct schema_merge merge;  // of a list
};

static struct children children_of(struct trace *trace, const struct node *node, struct schema_type type)
{
    struct children children = {trace, node, elements_of(trace), {0}};
    if (node->kind == NODE_SEQUENCE)
        children.merge = element_keys(&children.context, node, type);
    return children;
}

// A key, or what is between the brackets of an element.
static struct slice child_name(const struct children *children, uint32_t index)
{
    struct trace_element element = {0};
    if (children->node->kind == NODE_MAP)
        return children->node->entries[index].key->text;
    element_describe(&children->context, &children->merge, children->node->items[index], &element);
    return element_label(&children->context, &element, index);
}

static struct slice child_path(const struct children *children, struct slice parent, uint32_t index)
{
    struct trace_element element = {0};
    if (children->node->kind == NODE_MAP)
        return add_key(children->trace->arena, parent, children->node->entries[index].key->text);
    element_describe(&children->context, &children->merge, children->node->items[index], &element);
    return add_item(children->trace, parent, &element, index);
}

static void suggest_field(struct trace *trace, const struct trace_field *field, const struct way *way, size_t reached,
                          struct schema_type type, struct slice parent)
{
    enum { SHOWN = 12 };
    struct diagnostics *diagnostics = &trace->build->diagnostics;
    const struct node *node = way->nodes[reached];
    if (!node || node->kind == NODE_SCALAR || !node->count)
        return;
    const struct children children = children_of(trace, node, type);
    struct slice *names = arena_array(trace->arena, struct slice, node->count);
    for (uint32_t i = 0; i < node->count; i++)
        names[i] = child_name(&children, i);
    struct slice nearest = nearest_text(field->items[reached].text, names, node->count);
    for (uint32_t i = 0; i < node->count && nearest.length; i++) {
        if (!slice_equal(names[i], nearest))
            continue;
        struct slice path = child_path(&children, parent, i);
        for (size_t k = reached + 1; k < field->count; k++)
            path = field->items[k].brackets
                       ? arena_format(trace->arena, "%.*s[%.*s]", SLICE_ARGS(path), SLICE_ARGS(field->items[k].text))
                       : add_key(trace->arena, path, field->items[k].text);
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(path));
        return;
    }
    struct slice list = {0};
    bool is_list = node->kind == NODE_SEQUENCE;
    for (uint32_t i = 0; i < node->count && i < SHOWN; i++)
        list = arena_format(trace->arena, "%.*s%s%s%.*s%s", SLICE_ARGS(list), i ? ", " : "", is_list ? "[" : "",
                            SLICE_ARGS(names[i]), is_list ? "]" : "");
    diagnose_hint(diagnostics, "choose %s of %.*s: %.*s%s", is_list ? "an item" : "a field",
                  SLICE_ARGS(parent.length ? parent : slice_literal("the resource")), SLICE_ARGS(list),
                  node->count > SHOWN ? ", …" : "");
}

static struct slice path_of(struct trace *trace, const struct trace_field *field, size_t count, size_t place)
{
    struct slice path = {0};
    for (size_t i = 0; i < count; i++) {
        const struct trace_element *element = &field->items[i];
        if (i == field->inside)
            path = arena_format(trace->arena, "%.*s.%s", SLICE_ARGS(path), field->marker);
        size_t index = place;
        if (element->follow == FOLLOW_MERGE_KEYS)
            path = add_item(trace, path, element, 0);
        else if (element->brackets || (element->follow == FOLLOW_NODE && element_parse_place(element->text, &index)))
            path = arena_format(trace->arena, "%.*s[%.*s]", SLICE_ARGS(path), SLICE_ARGS(element->text));
        else
            path = add_key(trace->arena, path, element->text);
    }
    return path;
}

static struct way new_way(struct trace *trace, const struct trace_field *field)
{
    return (struct way){arena_array(trace->arena, const struct node *, field->count + 1), SIZE_MAX};
}

// The type of what the first elements of the field lead to.
static struct schema_type type_at(const struct trace *trace, const struct trace_field *field, const struct way *way,
                                  size_t count)
{
    struct schema_type type = type_of_root(trace, way->nodes[0]);
    for (size_t i = 0; i < count; i++)
        type = element_type_below(type, way->nodes[i], field->items[i].text);
    return type;
}

static bool diagnose_no_field(struct trace *trace, const struct trace_field *field, struct slice text,
                              const struct way *way, size_t reached)
{
    struct slice what = resource_text(trace->arena, trace->resource);
    diagnose(&trace->build->diagnostics, (struct position){0}, "%.*s has no field '%.*s'", SLICE_ARGS(what),
             SLICE_ARGS(text));
    if (way->nodes && reached < field->count && reached < field->inside)
        suggest_field(trace, field, way, reached, type_at(trace, field, way, reached),
                      path_of(trace, field, reached, 0));
    return false;
}

// The last state that has the field. SIZE_MAX: diagnosed.
static size_t find_reference(struct trace *trace, struct trace_field *field, struct slice text, struct way *way)
{
    size_t best = 0;
    struct way best_way = {0};
    for (size_t i = trace->steps.count; i-- > 0;) {
        struct way tried = new_way(trace, field);
        size_t reached;
        if (follow_written(trace, field, &trace->steps.items[i].state, &tried, &reached) &&
            value_of(trace, field, &tried).node) {
            *way = tried;
            return i;
        }
        if (trace->steps.items[i].state.root && (!best_way.nodes || reached > best)) {
            best = reached;
            best_way = tried;
        }
    }
    diagnose_no_field(trace, field, text, &best_way, best);
    return SIZE_MAX;
}

bool trace_field_changes(struct trace *trace, struct trace_field *field, struct slice text,
                         struct trace_changes *changes)
{
    struct trace_steps *steps = &trace->steps;
    struct way *ways = arena_array(trace->arena, struct way, steps->count + 1);
    struct way reference_way;
    size_t reference = find_reference(trace, field, text, &reference_way);
    if (reference == SIZE_MAX)
        return false;
    ways[reference] = reference_way;
    for (size_t i = reference; i-- > 0;) {
        ways[i] = new_way(trace, field);
        follow(trace, field, &steps->items[i].state, &ways[i], &steps->items[i + 1].state, &ways[i + 1]);
    }
    for (size_t i = reference + 1; i < steps->count; i++) {
        ways[i] = new_way(trace, field);
        follow(trace, field, &steps->items[i].state, &ways[i], &steps->items[i - 1].state, &ways[i - 1]);
    }
    struct slice path = path_of(trace, field, field->count, reference_way.place);
    struct trace_value before = {.place = SIZE_MAX};
    for (size_t i = 0; i < steps->count; i++) {
        struct trace_change change = {.step = &steps->items[i], .path = path, .before = before};
        change.after = value_of(trace, field, &ways[i]);
        if (compare(change.step, &before, &change.after, &change.kind))
            list_append(trace->arena, changes, change);
        before = change.after;
    }
    return true;
}

// --- Changes of the whole object.

struct difference {
    struct trace *trace;
    const struct trace_step *step;
    struct trace_changes *changes;
};

static void add_change(struct difference *difference, struct slice path, const struct node *before,
                       const struct node *after, enum trace_change_kind kind)
{
    struct trace_change change = {.step = difference->step, .kind = kind, .path = path};
    change.before = (struct trace_value){before, before ? before->position : (struct position){0}, SIZE_MAX};
    change.after = (struct trace_value){after, after ? after->position : (struct position){0}, SIZE_MAX};
    list_append(difference->trace->arena, difference->changes, change);
}

static void differ(struct difference *, struct slice path, const struct node *before, const struct node *after,
                   struct schema_type);

static void differ_maps(struct difference *difference, struct slice path, const struct node *before,
                        const struct node *after, struct schema_type type)
{
    struct arena *arena = difference->trace->arena;
    for (uint32_t i = 0; i < before->count; i++) {
        const struct map_entry *entry = &before->entries[i];
        struct slice child = add_key(arena, path, entry->key->text);
        const struct node *now = node_map_get(after, entry->key);
        if (now)
            differ(difference, child, entry->value, now, element_type_below(type, before, entry->key->text));
        else
            add_change(difference, child, entry->value, NULL, CHANGE_DELETED);
    }
    for (uint32_t i = 0; i < after->count; i++)
        if (!node_map_get(before, after->entries[i].key))
            add_change(difference, add_key(arena, path, after->entries[i].key->text), NULL, after->entries[i].value,
                       CHANGE_CREATED);
}

// Finds the elements of a list by their merge keys or indexes.
struct list_index {
    const struct node *list;
    struct trace_element *elements;
    struct hash_index by_keys;
};

static uint64_t hash_of_element(const struct trace_element *element)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < element->merge_key_count; i++)
        hash = hash_combine(hash, slice_hash(element->merge_keys[i].value));
    return hash;
}

static struct list_index index_list(struct trace *trace, const struct node *list, struct schema_type type)
{
    struct list_index index = {list, arena_array(trace->arena, struct trace_element, list->count + 1), {0}};
    const struct element_context context = elements_of(trace);
    struct schema_merge merge = element_keys(&context, list, type);
    for (uint32_t i = 0; i < list->count; i++) {
        element_describe(&context, &merge, list->items[i], &index.elements[i]);
        if (index.elements[i].follow == FOLLOW_MERGE_KEYS)
            hash_index_add(trace->arena, &index.by_keys, hash_of_element(&index.elements[i]), i);
    }
    return index;
}

static size_t find_element(const struct trace *trace, const struct list_index *index,
                           const struct trace_element *element, size_t place)
{
    const struct element_context context = elements_of(trace);
    if (element->follow != FOLLOW_MERGE_KEYS)
        return place < index->list->count && index->elements[place].follow != FOLLOW_MERGE_KEYS ? place : SIZE_MAX;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&index->by_keys, hash_of_element(element));
         hash_cursor_next(&at, &number);)
        if (element_has_keys(&context, element, index->list->items[number]))
            return number;
    return SIZE_MAX;
}

static void differ_lists(struct difference *difference, struct slice path, const struct node *before,
                         const struct node *after, struct schema_type type)
{
    struct trace *trace = difference->trace;
    struct schema_type item_type = element_type_below(type, before, (struct slice){0});
    struct list_index old = index_list(trace, before, type), new = index_list(trace, after, type);
    for (uint32_t i = 0; i < before->count; i++) {
        struct slice child = add_item(trace, path, &old.elements[i], i);
        size_t place = find_element(trace, &new, &old.elements[i], i);
        if (place == SIZE_MAX)
            add_change(difference, child, before->items[i], NULL, CHANGE_DELETED);
        else
            differ(difference, child, before->items[i], after->items[place], item_type);
    }
    for (uint32_t i = 0; i < after->count; i++)
        if (find_element(trace, &old, &new.elements[i], i) == SIZE_MAX)
            add_change(difference, add_item(trace, path, &new.elements[i], i), NULL, after->items[i], CHANGE_CREATED);
}

static void differ(struct difference *difference, struct slice path, const struct node *before,
                   const struct node *after, struct schema_type type)
{
    bool moved = false;
    if (equal(before, after, &moved) && (!moved || !keeps_positions(difference->step)))
        return;
    if (before->kind != after->kind)
        add_change(difference, path, before, after, CHANGE_VALUE);
    else if (before->kind == NODE_MAP)
        differ_maps(difference, path, before, after, type);
    else if (before->kind == NODE_SEQUENCE)
        differ_lists(difference, path, before, after, type);
    else
        add_change(difference, path, before, after,
                   slice_equal(node_text(before), node_text(after)) &&
                           node_resolved_tag(before) == node_resolved_tag(after)
                       ? CHANGE_NONE
                       : CHANGE_VALUE);
}

void trace_step_changes(struct trace *trace, size_t step, struct trace_changes *changes)
{
    struct difference difference = {trace, &trace->steps.items[step], changes};
    const struct node *before = step ? trace->steps.items[step - 1].state.root : NULL;
    const struct node *after = trace->steps.items[step].state.root;
    if (before && after)
        differ(&difference, (struct slice){0}, before, after, type_of_root(trace, after));
    else
        add_change(&difference, (struct slice){0}, before, after, before ? CHANGE_DELETED : CHANGE_CREATED);
}

// --- Leaves.

struct leaves {
    struct trace *trace;
    void (*visit)(void *state, struct slice path, const struct node *);
    void *state;
};

static void visit_leaves(const struct leaves *leaves, struct slice path, const struct node *node,
                         struct schema_type type)
{
    struct arena *arena = leaves->trace->arena;
    if (node->kind == NODE_SCALAR || !node->count) {
        leaves->visit(leaves->state, path, node);
        return;
    }
    struct list_index index = {0};
    if (node->kind == NODE_SEQUENCE)
        index = index_list(leaves->trace, node, type);
    for (uint32_t i = 0; i < node->count; i++) {
        struct slice key = node->kind == NODE_MAP ? node->entries[i].key->text : (struct slice){0};
        struct slice child = node->kind == NODE_MAP ? add_key(arena, path, key)
                                                    : add_item(leaves->trace, path, &index.elements[i], i);
        visit_leaves(leaves, child, node->kind == NODE_MAP ? node->entries[i].value : node->items[i],
                     element_type_below(type, node, key));
    }
}

bool trace_leaves(struct trace *trace, const struct node *root, struct trace_field *field, struct slice text,
                  void (*visit)(void *state, struct slice path, const struct node *), void *state)
{
    const struct leaves leaves = {trace, visit, state};
    if (!root)
        return true;
    if (!field) {
        visit_leaves(&leaves, (struct slice){0}, root, type_of_root(trace, root));
        return true;
    }
    const struct trace_state whole = {.root = (struct node *)root};
    struct way way = new_way(trace, field);
    size_t reached;
    if (!follow_written(trace, field, &whole, &way, &reached) || !value_of(trace, field, &way).node)
        return diagnose_no_field(trace, field, text, &way, reached);
    struct trace_value value = value_of(trace, field, &way);
    bool is_inside = field->inside < field->count;
    struct schema_type type = is_inside ? (struct schema_type){0} : type_at(trace, field, &way, field->count);
    visit_leaves(&leaves, path_of(trace, field, field->count, way.place), value.node, type);
    return true;
}
