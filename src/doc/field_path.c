#include "doc/field_path.h"

#include "base/ascii.h"
#include "doc/scalar.h"

// --- Syntax.

struct element_text {
    struct slice text;
    uint32_t start;  // in the path
};

struct element_texts {
    struct element_text *items;
    size_t count, capacity;
};

// `a.b\.c` has the elements `a` and `b.c`. A separator at the start is ignored.
static void split(struct arena *arena, struct slice text, char separator, struct element_texts *elements)
{
    struct slice rest = text, part;
    if (text.length > 0 && text.data[0] == separator)
        rest = slice_from_index(text, 1);
    struct arena_text element = {0};
    uint32_t start = (uint32_t)(text.length - rest.length);
    for (bool more = true; more;) {
        more = slice_cut(rest, separator, &part, &rest);
        if (more && part.length > 0 && part.data[part.length - 1] == '\\') {
            struct slice cut = {part.data + part.length, 1};
            part.length--;
            arena_text_add(arena, &element, part);
            arena_text_add(arena, &element, cut);
            continue;
        }
        arena_text_add(arena, &element, part);
        struct element_text whole = {element.slice, start};
        list_append(arena, elements, whole);
        element = (struct arena_text){0};
        start = (uint32_t)(text.length - rest.length);
    }
}

// Joins the parts of brackets that were split at a dot, such as `[name=a.b]`. Brackets around a key are removed.
static void join_brackets(struct arena *arena, struct element_texts *elements)
{
    size_t kept = 0;
    for (size_t i = 0; i < elements->count; i++) {
        struct arena_text text = {.slice = elements->items[i].text};
        uint32_t start = elements->items[i].start;
        struct slice last = text.slice;
        bool opens = slice_starts_with(last, slice_literal("[")) && !slice_ends_with(last, slice_literal("]"));
        while (opens && !slice_ends_with(last, slice_literal("]")) && i + 1 < elements->count) {
            last = elements->items[++i].text;
            arena_text_add(arena, &text, slice_literal("."));
            arena_text_add(arena, &text, last);
        }
        if (opens && slice_find_byte(text.slice, '=') == SLICE_NOT_FOUND)
            text.slice = slice_trim(text.slice, "[]");
        elements->items[kept++] = (struct element_text){text.slice, start};
    }
    elements->count = kept;
}

// A number with an optional sign. False if the text isn't a number or is too long.
static bool parse_index(struct slice text, bool *negative, size_t *index)
{
    size_t at = text.length > 0 && (text.data[0] == '-' || text.data[0] == '+');
    if (at == text.length || text.length > 18)
        return false;
    size_t value = 0;
    for (size_t i = at; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value * 10 + (size_t)(text.data[i] - '0');
    }
    *negative = text.data[0] == '-' && value > 0;
    *index = value;
    return true;
}

static struct field_path_element parse_element(struct name_table *names, struct slice text, size_t start)
{
    struct field_path_element element = {
        .step = FIELD_PATH_FIELD, .start = (uint32_t)start, .key = name_intern(names, text)};
    bool negative;
    if (text.length == 0) {
        element.step = FIELD_PATH_BLANK;
    } else if (parse_index(text, &negative, &element.index)) {
        element.step = negative ? FIELD_PATH_FIELD : FIELD_PATH_INDEX;
        element.negative = negative;
    } else if (slice_equals(text, "*")) {
        element.step = FIELD_PATH_EVERY;
    } else if (text.data[0] == '[' && text.data[text.length - 1] == ']') {
        element.step = FIELD_PATH_MATCH;
        struct slice key, inner = slice_part(text, 1, text.length - 1);
        if (slice_cut(inner, '=', &key, &element.match_value))
            element.match_key = name_intern(names, key);
    }
    return element;
}

// True for `ports[0]`, with its two parts.
static bool cut_bracketed_index(struct slice text, struct slice *before, struct slice *index)
{
    if (!slice_ends_with(text, slice_literal("]")))
        return false;
    size_t open = slice_find_last_byte(text, '[');
    if (open == SLICE_NOT_FOUND || open + 2 >= text.length)
        return false;
    for (size_t i = open + 1; i + 1 < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    *before = slice_part(text, 0, open);
    *index = slice_part(text, open + 1, text.length - 1);
    return true;
}

struct field_path *field_path_parse(struct arena *arena, struct name_table *names, struct slice text, char separator,
                                    unsigned flags, struct slice *problem)
{
    struct element_texts texts = {0};
    split(arena, text, separator, &texts);
    if (separator == '.')
        join_brackets(arena, &texts);
    if (texts.count > NODE_DEPTH_MAX) {
        *problem = arena_format(arena, "the path has %zu elements; at most %d are allowed", texts.count,
                                (int)NODE_DEPTH_MAX);
        return NULL;
    }
    struct field_path *path = arena_new(arena, struct field_path);
    path->text = text;
    path->elements = arena_array(arena, struct field_path_element, texts.count * 2);
    for (size_t i = 0; i < texts.count; i++) {
        struct slice element = texts.items[i].text, before;
        size_t start = texts.items[i].start;
        if ((flags & FIELD_PATH_BRACKETS) && cut_bracketed_index(element, &before, &element) && before.length) {
            path->elements[path->count++] = parse_element(names, before, start);
            start += before.length + 1;
        }
        if (flags & FIELD_PATH_TRIM)
            element = slice_trim(element, " \t\n\r\v\f");
        path->elements[path->count++] = parse_element(names, element, start);
    }
    return path;
}

// --- Following a path to one place.

static bool expect(struct arena *arena, const struct node *node, enum node_kind kind, struct slice *problem)
{
    if (node->kind == kind)
        return true;
    *problem = arena_format(arena, "expected a %s, found %s", kind == NODE_MAP ? "map" : "list",
                            node_kind_phrase(node));
    return false;
}

static bool require_match(struct arena *arena, const struct field_path_element *element, struct slice *problem)
{
    if (element->match_key)
        return true;
    // Without brackets, a number would be an index.
    bool is_number = slice_find_byte(element->key->text, '[') == 0 && element->key->text.length > 1 &&
                     byte_is_digit(element->key->text.data[1]);
    *problem = arena_format(arena, "'%.*s' must have the form [key=value]%s", SLICE_ARGS(element->key->text),
                            is_number ? "" : "; a key without a dot needs no brackets");
    return false;
}

static struct slice index_problem(struct arena *arena, const struct field_path_element *element)
{
    return arena_format(arena, "'%.*s' is read as the index of a list, but this is a map",
                        SLICE_ARGS(element->key->text));
}

// The string by which elements are compared; empty for maps and lists.
static struct slice comparable_text(const struct node *node)
{
    return node->kind == NODE_SCALAR ? node_text(node) : (struct slice){0};
}

static struct node *first_match(const struct field_path_element *element, const struct node *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct node *item = list->items[i];
        const struct node *compared = name_is_empty(element->match_key) ? item : node_map_get(item, element->match_key);
        if (compared && slice_equal(comparable_text(compared), element->match_value))
            return item;
    }
    return NULL;
}

bool field_path_step_into(struct arena *arena, const struct field_path_element *element, struct node *from,
                          struct node **found, struct slice *problem)
{
    *found = NULL;
    bool last = element->step == FIELD_PATH_FIELD && slice_equals(element->key->text, "-");
    switch (element->step) {
    case FIELD_PATH_BLANK:
        *found = from;
        return true;
    case FIELD_PATH_EVERY:
        *problem = slice_literal("'*' matches many fields, but only one is allowed here");
        return false;
    case FIELD_PATH_FIELD:
        if (element->negative) {
            *problem = arena_format(arena, "the index %.*s must not be negative", SLICE_ARGS(element->key->text));
            return false;
        }
        if (last)
            break;
        if (node_is_null(from))
            return true;
        if (!expect(arena, from, NODE_MAP, problem))
            return false;
        *found = node_map_get(from, element->key);
        return true;
    case FIELD_PATH_MATCH:
        if (!require_match(arena, element, problem))
            return false;
        break;
    case FIELD_PATH_INDEX:
        break;
    }

    if (node_is_null(from))
        return true;
    if (element->step == FIELD_PATH_INDEX && from->kind == NODE_MAP) {
        *problem = index_problem(arena, element);
        return false;
    }
    if (!expect(arena, from, NODE_SEQUENCE, problem))
        return false;
    if (element->step == FIELD_PATH_MATCH)
        *found = first_match(element, from);
    else if (last && from->count)
        *found = from->items[from->count - 1];
    else if (!last && element->index < from->count)
        *found = from->items[element->index];
    return true;
}

bool field_path_get(struct arena *arena, const struct field_path *path, struct node *root, struct node **found,
                    struct slice *problem)
{
    *found = root;
    for (size_t i = 0; *found && i < path->count; i++)
        if (!field_path_step_into(arena, &path->elements[i], *found, found, problem))
            return false;
    return true;
}

// --- Access to nodes of both kinds.

static bool is_unmatched(struct field_path_at at)
{
    return !at.node && !at.tree;
}

static bool is_null(struct field_path_at at)
{
    return at.tree ? tree_is_null(at.tree) : node_is_null(at.node);
}

static bool has_kind(struct field_path_at at, enum node_kind kind)
{
    static const uint8_t kinds[] = {
        [NODE_SCALAR] = TREE_SCALAR, [NODE_MAP] = TREE_MAP, [NODE_SEQUENCE] = TREE_SEQUENCE};
    return at.tree ? at.tree->kind == kinds[kind] : at.node->kind == kind;
}

static struct slice text_of(struct field_path_at scalar)
{
    return scalar.tree ? scalar.tree->text : node_text(scalar.node);
}

static struct field_path_at field_of(struct field_path_at map, const struct name *key)
{
    if (map.tree)
        return (struct field_path_at){.tree = tree_get(map.tree, key->text)};
    return (struct field_path_at){.node = node_map_get(map.node, key)};
}

static size_t count_of(struct field_path_at list)
{
    if (!has_kind(list, NODE_SEQUENCE))
        return 0;
    return list.tree ? list.tree->count : list.node->count;
}

static struct field_path_at item_of(struct field_path_at list, size_t index)
{
    if (list.tree)
        return (struct field_path_at){.tree = list.tree->items[index]};
    return (struct field_path_at){.node = list.node->items[index]};
}

static struct field_path_at new_scalar(const struct field_path_search *settings, bool in_tree, struct slice text)
{
    if (in_tree)
        return (struct field_path_at){.tree = tree_new_scalar(settings->arena, text)};
    return (struct field_path_at){
        .node = node_new_scalar(settings->arena, text, STYLE_PLAIN, TAG_IMPLICIT, settings->position)};
}

static struct field_path_at new_collection(const struct field_path_search *settings, bool in_tree, bool map)
{
    struct arena *arena = settings->arena;
    if (in_tree)
        return (struct field_path_at){.tree = tree_new(arena, map ? TREE_MAP : TREE_SEQUENCE)};
    return (struct field_path_at){.node = map ? node_new_map(arena, settings->position)
                                              : node_new_sequence(arena, settings->position)};
}

// Adding to a null has no effect.
static void set_field(struct arena *arena, struct field_path_at map, const struct name *key, struct field_path_at value)
{
    if (!has_kind(map, NODE_MAP))
        return;
    if (!map.tree) {
        node_map_set_unquoted(arena, map.node, key, value.node);
        return;
    }
    tree_append(arena, map.tree, tree_new_scalar(arena, key->text));
    tree_append(arena, map.tree, value.tree);
}

static void append_item(struct arena *arena, struct field_path_at list, struct field_path_at item)
{
    if (!has_kind(list, NODE_SEQUENCE))
        return;
    if (list.tree)
        tree_append(arena, list.tree, item.tree);
    else
        node_sequence_append(arena, list.node, item.node);
}

static bool expect_at(struct arena *arena, struct field_path_at at, enum node_kind kind, struct slice *problem)
{
    if (!at.tree)
        return expect(arena, at.node, kind, problem);
    if (has_kind(at, kind))
        return true;
    static const char *const texts[] = {
        [TREE_SCALAR] = "string", [TREE_MAP] = "map", [TREE_SEQUENCE] = "list", [TREE_ALIAS] = "alias"};
    const char *article = at.tree->kind == TREE_ALIAS ? "an" : "a";
    *problem = arena_format(arena, "expected a %s, found %s %s", kind == NODE_MAP ? "map" : "list", article,
                            texts[at.tree->kind]);
    return false;
}

// --- Following a path to all places.

struct search {
    const struct field_path_search *settings;
    struct field_path_places *places;
    struct slice *problem;
};

static bool find(struct search *, struct field_path_element *elements, size_t count, struct field_path_at at,
                 bool created);

static void add_place(struct search *search, struct field_path_at at, bool created)
{
    struct field_path_place place = {at, created};
    list_append(search->settings->arena, search->places, place);
}

// Creates the node that `next` leads into.
static struct field_path_at make(struct search *search, const struct field_path_element *next,
                                 struct field_path_at around)
{
    enum node_kind kind = search->settings->create_kind;
    if (next)
        kind = next->step == FIELD_PATH_MATCH || next->step == FIELD_PATH_INDEX ? NODE_SEQUENCE : NODE_MAP;
    return kind == NODE_SCALAR ? new_scalar(search->settings, around.tree, (struct slice){0})
                               : new_collection(search->settings, around.tree, kind == NODE_MAP);
}

// Fields of a map that was just created also count as created.
static bool find_field(struct search *search, struct field_path_element *elements, size_t count,
                       struct field_path_at map, bool created_map)
{
    struct arena *arena = search->settings->arena;
    struct field_path_at field = {0};
    if (!is_null(map)) {
        if (!expect_at(arena, map, NODE_MAP, search->problem))
            return false;
        field = field_of(map, elements[0].key);
    }
    bool created = created_map || (is_unmatched(field) && search->settings->create);
    if (is_unmatched(field) && created) {
        field = make(search, count > 1 ? &elements[1] : NULL, map);
        set_field(arena, map, elements[0].key, field);
    }
    if (is_unmatched(field))
        return true;
    if (count > 1 && has_kind(field, NODE_SCALAR)) {
        bool is_nothing = is_null(field);
        field = (struct field_path_at){
            .tree = search->settings->open(search->settings->state, text_of(field), search->problem)};
        if (!field.tree && is_nothing)
            *search->problem = slice_literal("expected a map or a list along the path, found null");
        if (!field.tree)
            return false;
    }
    return find(search, elements + 1, count - 1, field, created);
}

static bool find_index(struct search *search, struct field_path_element *elements, size_t count,
                       struct field_path_at list)
{
    struct arena *arena = search->settings->arena;
    size_t length = count_of(list);
    bool created = search->settings->create && elements[0].index == length;
    if (created) {
        struct field_path_at item = make(search, count > 1 ? &elements[1] : NULL, list);
        append_item(arena, list, item);
        return find(search, elements + 1, count - 1, item, true);
    }
    if (elements[0].index >= length) {
        *search->problem = arena_format(arena, "index %zu is out of range: the list has %zu item%s", elements[0].index,
                                        length, length == 1 ? "" : "s");
        return false;
    }
    return find(search, elements + 1, count - 1, item_of(list, elements[0].index), false);
}

static bool compile(struct search *search, struct field_path_element *element)
{
    struct slice why = {0};
    if (!element->pattern)
        element->pattern = pattern_compile(search->settings->arena, element->match_value, &why);
    if (!element->pattern)
        *search->problem = arena_format(search->settings->arena, "'%.*s': %.*s", SLICE_ARGS(element->match_value),
                                        SLICE_ARGS(why));
    return element->pattern != NULL;
}

// `[=expression]` ends a path: elements after it are ignored.
static bool find_match_in(struct search *search, struct field_path_element *elements, size_t count,
                          struct field_path_at item, bool created)
{
    bool whole = name_is_empty(elements[0].match_key);
    struct field_path_at compared = whole ? item : field_of(item, elements[0].match_key);
    if (is_unmatched(compared))
        return true;
    if (!compile(search, &elements[0]))
        return false;
    struct slice text = search->settings->print(search->settings->state, compared);
    if (!pattern_matches(elements[0].pattern, text))
        return true;
    if (!whole)
        return find(search, elements + 1, count - 1, item, created);
    add_place(search, item, created);
    return true;
}

static bool find_match(struct search *search, struct field_path_element *elements, size_t count,
                       struct field_path_at list)
{
    struct arena *arena = search->settings->arena;
    size_t before = search->places->count;
    for (size_t i = 0; i < count_of(list); i++)
        if (!find_match_in(search, elements, count, item_of(list, i), false))
            return false;
    if (search->places->count > before || !search->settings->create)
        return true;

    // The new element uses the text of the expression as its value.
    struct field_path_at value = new_scalar(search->settings, list.tree, elements[0].match_value), item = value;
    if (!name_is_empty(elements[0].match_key)) {
        item = new_collection(search->settings, list.tree, true);
        set_field(arena, item, elements[0].match_key, value);
    }
    append_item(arena, list, item);
    if (!find_match_in(search, elements, count, item, true))
        return false;
    if (search->places->count > before)
        return true;
    *search->problem = arena_format(arena, "a new item '%.*s' would not match this expression",
                                    SLICE_ARGS(elements[0].match_value));
    return false;
}

static bool find(struct search *search, struct field_path_element *elements, size_t count, struct field_path_at at,
                 bool created)
{
    if (count == 0) {
        add_place(search, at, created);
        return true;
    }
    enum field_path_step step = elements[0].step;
    if (step == FIELD_PATH_BLANK) {
        *search->problem = slice_literal("the path has an empty element");
        return false;
    }
    if (step == FIELD_PATH_FIELD)
        return find_field(search, elements, count, at, created);
    if (step == FIELD_PATH_MATCH && !require_match(search->settings->arena, &elements[0], search->problem))
        return false;
    if (step == FIELD_PATH_INDEX && has_kind(at, NODE_MAP)) {
        *search->problem = index_problem(search->settings->arena, &elements[0]);
        return false;
    }
    if (!is_null(at) && !expect_at(search->settings->arena, at, NODE_SEQUENCE, search->problem))
        return false;
    if (step == FIELD_PATH_INDEX)
        return find_index(search, elements, count, at);
    if (step == FIELD_PATH_MATCH)
        return find_match(search, elements, count, at);
    for (size_t i = 0; i < count_of(at); i++)
        if (!find(search, elements + 1, count - 1, item_of(at, i), false))
            return false;
    return true;
}

bool field_path_find(const struct field_path_search *settings, struct field_path_element *elements, size_t count,
                     struct field_path_at root, struct field_path_places *places, struct slice *problem)
{
    struct search search = {settings, places, problem};
    return find(&search, elements, count, root, false);
}
