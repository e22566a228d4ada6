#include "doc/path_misfit.h"

#include "base/diagnostics.h"
#include "base/json_pointer.h"
#include "base/word_list.h"
#include "doc/scalar.h"

enum { VISITED_MAX = 2000, DEPTH_MAX = 5, COMPARED_MAX = 64, SHOWN_MAX = 12 };

// --- Parts.

struct path_parts path_parts_of_field(struct arena *arena, const struct field_path *path)
{
    struct path_parts parts = {.text = path->text, .count = path->count};
    parts.items = arena_array(arena, struct path_part, path->count + 1);
    for (size_t i = 0; i < path->count; i++)
        parts.items[i] = (struct path_part){path->elements[i].key->text, path->elements[i].start};
    return parts;
}

// What precedes the first slash has no meaning in kustomize.
struct path_parts path_parts_of_pointer(struct arena *arena, struct slice pointer)
{
    struct path_parts parts = {.text = pointer, .is_pointer = true};
    struct slice part, rest = pointer;
    for (size_t i = 0; i < pointer.length; i++)
        parts.count += pointer.data[i] == '/';
    parts.items = arena_array(arena, struct path_part, parts.count + 1);
    slice_cut(rest, '/', &part, &rest);
    for (size_t i = 0; i < parts.count; i++) {
        slice_cut(rest, '/', &part, &rest);
        parts.items[i] = (struct path_part){json_pointer_unescape(arena, part), (size_t)(part.data - pointer.data)};
    }
    return parts;
}

static struct slice escape_key(struct arena *arena, const struct path_parts *parts, struct slice key)
{
    if (!parts->is_pointer)
        return slice_find_byte(key, '.') == SLICE_NOT_FOUND ? key : arena_format(arena, "[%.*s]", SLICE_ARGS(key));
    struct buffer text = {0};
    json_pointer_add_escaped(&text, key);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

// --- Following a path.

static struct slice name_of(const struct node *item)
{
    const struct node *name = node_map_get_text(item, slice_literal("name"));
    return node_is_scalar(name) ? node_text(name) : (struct slice){0};
}

// The two sides of `[name=web]`. False: the part has another form.
static bool cut_match(struct slice part, struct slice *key, struct slice *value)
{
    return part.length > 2 && part.data[0] == '[' && part.data[part.length - 1] == ']' &&
           slice_cut(slice_part(part, 1, part.length - 1), '=', key, value);
}

struct walk {
    struct arena *arena;
    const struct path_parts *parts;
    size_t visited;
    size_t best;                // the furthest part that was looked for
    const struct node *at;      // in this node
    const struct node *around;  // the map or list that holds it
    bool is_in_text;            // `at` is part of an opened string
    size_t opened;              // how many strings are open
};

static bool matches(const struct node *item, struct slice key, struct slice value, const struct pattern *pattern)
{
    const struct node *compared = key.length ? node_map_get_text(item, key) : item;
    return node_is_scalar(compared) &&
           (slice_equal(node_text(compared), value) || (pattern && pattern_matches(pattern, node_text(compared))));
}

static bool follow(struct walk *walk, size_t i, const struct node *node);

static bool follow_items(struct walk *walk, size_t i, const struct node *list)
{
    struct slice part = walk->parts->items[i].text, key, value, error;
    int64_t index;
    if (!walk->parts->is_pointer && list->count && slice_equals(part, "-"))
        return follow(walk, i + 1, list->items[list->count - 1]);
    if (scalar_parse_decimal(part, &index))
        return index >= 0 && index < list->count && follow(walk, i + 1, list->items[index]);
    bool every = !walk->parts->is_pointer && !walk->parts->is_single && slice_equals(part, "*");
    bool is_match = !walk->parts->is_pointer && cut_match(part, &key, &value);
    const struct pattern *pattern = is_match ? pattern_compile(walk->arena, value, &error) : NULL;
    bool found = false;
    for (uint32_t k = 0; (every || is_match) && !found && k < list->count; k++)
        found = (every || matches(list->items[k], key, value, pattern)) && follow(walk, i + 1, list->items[k]);
    return found;
}

// True if the parts from `i` on lead to something below the node.
static bool follow(struct walk *walk, size_t i, const struct node *node)
{
    if (walk->parts->is_single)
        while (i < walk->parts->count && !walk->parts->items[i].text.length)
            i++;
    if (i > walk->best || !walk->at) {
        walk->best = i;
        walk->around = walk->at;
        walk->at = node;
        walk->is_in_text = walk->opened > 0;
    }
    if (i >= walk->parts->count ||
        (i + walk->parts->optional >= walk->parts->count && (!node_is_scalar(node) || node_is_null(node))))
        return true;
    if (++walk->visited > VISITED_MAX || node_is_null(node))
        return false;
    if (node->kind == NODE_MAP) {
        const struct node *value = node_map_get_text(node, walk->parts->items[i].text);
        return value && follow(walk, i + 1, value);
    }
    if (node->kind == NODE_SEQUENCE)
        return follow_items(walk, i, node);
    const struct node *inside = walk->parts->open ? walk->parts->open(walk->parts->state, node) : NULL;
    if (!inside || inside->kind == NODE_SCALAR)
        return false;
    walk->at = NULL;  // the same part, in the text
    walk->opened++;
    bool found = follow(walk, i, inside);
    walk->opened--;
    return found;
}

static bool leads_on(struct arena *arena, const struct path_parts *parts, size_t i, const struct node *node)
{
    struct walk walk = {.arena = arena, .parts = parts};
    return i < parts->count && follow(&walk, i, node);
}

// --- Other paths.

struct slice path_with_part(struct arena *arena, const struct path_parts *parts, size_t first, size_t end,
                            struct slice part)
{
    struct slice before = slice_part(parts->text, 0, parts->items[first].start);
    struct slice after = {0};
    if (end < parts->count)
        after = slice_from_index(parts->text, parts->items[end].start - (part.length > 0));
    if (!before.length && parts->is_pointer)
        before = slice_literal("/");
    return arena_format(arena, "%.*s%.*s%.*s", SLICE_ARGS(before), SLICE_ARGS(part), SLICE_ARGS(after));
}

// `labels.app.kubernetes.io/name`: several parts are one key.
static struct slice joined_key(struct arena *arena, const struct path_parts *parts, size_t i, const struct node *map)
{
    char separator = parts->is_pointer ? '/' : '.';
    for (uint32_t k = 0; k < map->count; k++) {
        struct slice key = map->entries[k].key->text, rest = key;
        for (size_t end = i; end < parts->count && slice_starts_with(rest, parts->items[end].text); end++) {
            rest = slice_from_index(rest, parts->items[end].text.length);
            if (!rest.length && end > i)
                return path_with_part(arena, parts, i, end + 1, escape_key(arena, parts, key));
            if (!rest.length || rest.data[0] != separator)
                break;
            rest = slice_from_index(rest, 1);
        }
    }
    return (struct slice){0};
}

static struct slice nearest_key(const struct node *map, struct slice wanted)
{
    struct slice keys[COMPARED_MAX] = {0};
    size_t count = 0;
    for (; count < map->count && count < COMPARED_MAX; count++)
        keys[count] = map->entries[count].key->text;
    return nearest_text(wanted, keys, count);
}

// `containers[0]`, `containers[name=web]`, or keys with the other separator between them.
static struct slice split_part(struct arena *arena, const struct path_parts *parts, size_t i, const struct node *map)
{
    struct slice part = parts->items[i].text;
    size_t open = slice_find_byte(part, '[');
    struct slice name = {0};
    if (open != SLICE_NOT_FOUND && open && slice_ends_with(part, slice_literal("]"))) {
        name = slice_part(part, 0, open);
        name = node_map_get_text(map, name) ? name : nearest_key(map, name);
    }
    if (name.length) {
        const struct node *list = node_map_get_text(map, name);
        struct slice item = slice_part(part, open + 1, part.length - 1), key, value;
        if (cut_match(slice_from_index(part, open), &key, &value)) {
            item = slice_from_index(part, open);
            for (uint32_t k = 0; parts->is_pointer && node_is_sequence(list) && k < list->count; k++)
                if (matches(list->items[k], key, value, NULL))
                    item = arena_format(arena, "%u", k);
        }
        return path_with_part(arena, parts, i, i + 1,
                              arena_format(arena, "%.*s%c%.*s", SLICE_ARGS(escape_key(arena, parts, name)),
                                           parts->is_pointer ? '/' : '.', SLICE_ARGS(item)));
    }
    char other = parts->is_pointer ? '.' : '/', own = parts->is_pointer ? '/' : '.';
    if (slice_find_byte(part, own) != SLICE_NOT_FOUND)
        return (struct slice){0};
    struct slice text = arena_copy(arena, part), first, rest;
    for (size_t k = 0; k < text.length; k++)
        if (text.data[k] == other)
            ((char *)text.data)[k] = own;
    while (text.length && text.data[0] == own)
        text = slice_from_index(text, 1);
    if (slice_cut(text, own, &first, &rest) && node_map_get_text(map, first))
        return path_with_part(arena, parts, i, i + 1, text);
    return (struct slice){0};
}

struct deeper {
    struct arena *arena;
    const struct path_parts *parts;
    size_t part, visited;
};

// Finds a map below the node in which the rest of the path leads to something, nearest first. `*way` gets the keys that
// lead to it.
static bool find_deeper(struct deeper *search, const struct node *map, struct slice before, size_t depth,
                        struct slice *way)
{
    for (uint32_t i = 0; node_is_map(map) && i < map->count && search->visited < VISITED_MAX; i++) {
        const struct node *value = map->entries[i].value;
        struct slice key = escape_key(search->arena, search->parts, map->entries[i].key->text);
        search->visited++;
        if (!node_is_map(value))
            continue;
        struct slice path = arena_format(search->arena, "%.*s%.*s%c", SLICE_ARGS(before), SLICE_ARGS(key),
                                         search->parts->is_pointer ? '/' : '.');
        // A part that need not exist says nothing about the place, so the one before it must be found.
        bool fits = depth ? find_deeper(search, value, path, depth - 1, way)
                          : search->part + search->parts->optional < search->parts->count &&
                                leads_on(search->arena, search->parts, search->part, value);
        if (!fits)
            continue;
        if (!depth)
            *way = path;
        return true;
    }
    return false;
}

// `*near` gets the entry whose key replaces the part, if that is all that changes.
static struct slice meant_in_map(struct arena *arena, const struct path_parts *parts, size_t i, const struct node *map,
                                 const struct map_entry **near)
{
    struct slice part = parts->items[i].text, way = {0};
    struct slice meant = joined_key(arena, parts, i, map);
    if (!meant.length)
        meant = split_part(arena, parts, i, map);
    if (meant.length)
        return meant;
    struct slice nearest = nearest_key(map, part);
    if (nearest.length && parts->may_mean && !parts->may_mean(parts->judge, parts, i, nearest))
        nearest = (struct slice){0};
    struct slice renamed = {0};
    if (nearest.length) {
        renamed = path_with_part(arena, parts, i, i + 1, escape_key(arena, parts, nearest));
        *near = node_map_find_text(map, nearest);
        if (i + 1 >= parts->count || leads_on(arena, parts, i + 1, node_map_get_text(map, nearest)))
            return renamed;
    }
    struct deeper search = {arena, parts, i, 0};
    for (size_t depth = 0; depth < DEPTH_MAX; depth++)
        if (find_deeper(&search, map, (struct slice){0}, depth, &way)) {
            *near = NULL;
            return arena_format(arena, "%.*s%.*s%.*s", SLICE_ARGS(slice_part(parts->text, 0, parts->items[i].start)),
                                SLICE_ARGS(way), SLICE_ARGS(slice_from_index(parts->text, parts->items[i].start)));
        }
    // One part too many.
    if (i + 1 + parts->optional < parts->count && leads_on(arena, parts, i + 1, map)) {
        *near = NULL;
        return path_with_part(arena, parts, i, i + 1, (struct slice){0});
    }
    return renamed;
}

static bool is_named(const struct node *item, struct slice name)
{
    return name.length && slice_equal(name_of(item), name);
}

static struct slice item_text(struct arena *arena, const struct path_parts *parts, const struct node *list, uint32_t k)
{
    struct slice name = name_of(list->items[k]);
    if (!parts->is_pointer && name.length)
        return arena_format(arena, "[name=%.*s]", SLICE_ARGS(name));
    return arena_format(arena, "%u", k);
}

static struct slice nearest_name(struct arena *arena, const struct node *list, struct slice wanted)
{
    struct slice *names = arena_array(arena, struct slice, list->count);
    for (uint32_t k = 0; k < list->count; k++)
        names[k] = name_of(list->items[k]);
    return nearest_text(wanted, names, list->count < COMPARED_MAX ? list->count : COMPARED_MAX);
}

static struct slice meant_in_list(struct arena *arena, const struct path_parts *parts, size_t i,
                                  const struct node *list)
{
    struct slice part = parts->items[i].text, key = {0}, value = part;
    bool is_match = cut_match(part, &key, &value);
    int64_t index;
    if (parts->is_pointer && list->count && slice_equals(part, "-"))
        return path_with_part(arena, parts, i, i + 1, arena_format(arena, "%u", list->count - 1));
    if (scalar_parse_decimal(part, &index) || slice_equals(part, "*"))
        return (struct slice){0};
    // `name=web` or `(name=web)`
    struct slice bare_key, bare_value;
    if (!is_match && !parts->is_pointer && slice_cut(slice_trim(part, "()"), '=', &bare_key, &bare_value) &&
        bare_key.length && bare_value.length)
        for (uint32_t k = 0; k < list->count; k++)
            if (matches(list->items[k], bare_key, bare_value, NULL))
                return path_with_part(arena, parts, i, i + 1,
                                      arena_format(arena, "[%.*s=%.*s]", SLICE_ARGS(bare_key), SLICE_ARGS(bare_value)));
    if (is_match && !parts->is_pointer && list->count && !slice_equals(key, "name")) {
        // The key is wrong, not the value.
        struct slice near = node_is_map(list->items[0]) ? nearest_key(list->items[0], key) : (struct slice){0};
        return !near.length || slice_equal(near, key)
                   ? (struct slice){0}
                   : path_with_part(arena, parts, i, i + 1,
                                    arena_format(arena, "[%.*s=%.*s]", SLICE_ARGS(near), SLICE_ARGS(value)));
    }
    struct slice name = nearest_name(arena, list, value);
    for (uint32_t k = 0; k < list->count; k++)
        if (is_named(list->items[k], value))
            return path_with_part(arena, parts, i, i + 1, item_text(arena, parts, list, k));
    for (uint32_t k = 0; !is_match && k < list->count && k < COMPARED_MAX; k++)
        if (leads_on(arena, parts, i, list->items[k])) {
            struct slice item = item_text(arena, parts, list, k);
            return arena_format(arena, "%.*s%.*s%c%.*s", (int)parts->items[i].start, parts->text.data, SLICE_ARGS(item),
                                parts->is_pointer ? '/' : '.',
                                SLICE_ARGS(slice_from_index(parts->text, parts->items[i].start)));
        }
    for (uint32_t k = 0; name.length && k < list->count; k++)
        if (is_named(list->items[k], name))
            return path_with_part(arena, parts, i, i + 1, item_text(arena, parts, list, k));
    return (struct slice){0};
}

// The path through another item of a list along the path: `[name=frontend]` for `[name=web]`, which lacks the field.
// For a JSON pointer, it must be the only such item, because an index says nothing about which one is meant.
static struct slice meant_beside(struct arena *arena, const struct path_parts *parts, size_t end,
                                 const struct node *root)
{
    const struct node *node = root;
    struct slice key, value;
    int64_t index;
    for (size_t i = 0; node && i < end; i++) {
        struct slice part = parts->items[i].text, beside = {0};
        const struct node *next = node_map_get_text(node, part);
        bool is_index = parts->is_pointer && scalar_parse_decimal(part, &index);
        size_t others = 0;
        if (node_is_sequence(node) && !is_index && !cut_match(part, &key, &value))
            break;
        for (uint32_t k = 0; node_is_sequence(node) && k < node->count && k < COMPARED_MAX; k++) {
            if (is_index ? k == index : matches(node->items[k], key, value, NULL))
                next = node->items[k];
            else if (name_of(node->items[k]).length && leads_on(arena, parts, i + 1, node->items[k]) && !others++)
                beside = path_with_part(arena, parts, i, i + 1, item_text(arena, parts, node, k));
        }
        if (others == 1 || (others && !is_index))
            return beside;
        node = next;
    }
    return (struct slice){0};
}

// The path up to the scalar. Empty if the remaining parts may point into the scalar's text: it is empty, has several
// lines, or looks like JSON.
static struct slice meant_scalar(const struct path_parts *parts, size_t i, const struct node *scalar)
{
    if (!i || !node_is_scalar(scalar) || node_is_null(scalar))
        return (struct slice){0};
    struct slice text = slice_trim(node_text(scalar), " \t");
    bool is_structured = slice_starts_with(text, slice_literal("{")) || slice_starts_with(text, slice_literal("["));
    if (!text.length || is_structured || slice_find_byte(node_text(scalar), '\n') != SLICE_NOT_FOUND)
        return (struct slice){0};
    return slice_part(parts->text, 0, parts->items[i].start - 1);
}

static struct path_misfit find_first(struct arena *arena, const struct path_parts *parts, const struct node *root)
{
    struct walk walk = {.arena = arena, .parts = parts};
    struct path_misfit misfit = {.part = parts->count, .start = parts->text.length};
    if (follow(&walk, 0, root) || walk.best >= parts->count)
        return misfit;
    misfit.part = walk.best;
    misfit.start = parts->items[walk.best].start;
    misfit.at = walk.at;
    misfit.is_in_text = walk.is_in_text;
    if (node_is_map(walk.at))
        misfit.meant = meant_in_map(arena, parts, walk.best, walk.at, &misfit.near);
    else if (node_is_sequence(walk.at))
        misfit.meant = meant_in_list(arena, parts, walk.best, walk.at);
    else if (walk.best && node_is_map(walk.around))
        misfit.meant = joined_key(arena, parts, walk.best - 1, walk.around);
    if (!misfit.meant.length && !(parts->is_pointer && parts->optional))
        misfit.meant = meant_beside(arena, parts, walk.best, root);
    if (!misfit.meant.length)
        misfit.meant = meant_scalar(parts, walk.best, walk.at);
    return misfit;
}

// Splits a corrected path. False: it can't be split.
static bool split_again(struct arena *arena, const struct path_parts *parts, struct slice text,
                        struct path_parts *corrected)
{
    struct slice problem = {0};
    const struct field_path *path = parts->names ? field_path_parse(arena, parts->names, text, '.', 0, &problem) : NULL;
    if (!path && !parts->is_pointer)
        return false;
    struct path_parts split = path ? path_parts_of_field(arena, path) : path_parts_of_pointer(arena, text);
    *corrected = *parts;
    corrected->text = split.text;
    corrected->items = split.items;
    corrected->count = split.count;
    return true;
}

// "'containers/0'": the map or list that lacks the part.
static struct slice owner_text(struct arena *arena, const struct path_parts *parts, size_t part)
{
    struct slice key, value;
    int64_t index;
    if (!part)
        return slice_literal("the resource");
    struct slice last = parts->items[part - 1].text;
    bool is_item = part > 1 && (scalar_parse_decimal(last, &index) || cut_match(last, &key, &value));
    size_t first = part - 1 - is_item;
    for (size_t i = 0; i < part; i++)
        if (i != first && slice_equal(parts->items[i].text, parts->items[first].text)) {
            first = 0;  // the part occurs twice, so a shortened path would be ambiguous
            break;
        }
    struct slice owner = slice_part(parts->text, parts->items[first].start, parts->items[part].start);
    owner = slice_trim(owner, parts->is_pointer ? "/" : ".[");
    bool is_whole = parts->is_pointer && first == 0 && part > 1u + is_item;
    return arena_format(arena, "'%s%.*s'", is_whole ? "/" : "", SLICE_ARGS(owner));
}

static struct slice index_fact(struct arena *arena, struct slice owner, const struct node *list)
{
    if (!list->count)
        return slice_literal("add an item first: the list is empty");
    if (list->count == 1)
        return arena_format(arena, "the only index of %.*s is 0", SLICE_ARGS(owner));
    return arena_format(arena, "the indexes of %.*s are 0 %s %u", SLICE_ARGS(owner), list->count == 2 ? "and" : "to",
                        list->count - 1);
}

bool path_entry_is_empty_annotations(const struct path_parts *parts, size_t part, const struct map_entry *entry)
{
    return part == 1 && slice_equals(parts->items[0].text, "metadata") &&
           slice_equals(entry->key->text, "annotations") && node_is_map(entry->value) && !entry->value->count;
}

struct slice path_misfit_alternatives(struct arena *arena, const struct path_parts *parts,
                                      const struct path_misfit *misfit)
{
    const struct node *at = misfit->at;
    struct slice names[SHOWN_MAX] = {{0}}, key, value = {0};
    size_t count = 0;
    int64_t index;
    if (misfit->part >= parts->count || !(node_is_map(at) || node_is_sequence(at)))
        return (struct slice){0};
    struct slice part = parts->items[misfit->part].text, owner = owner_text(arena, parts, misfit->part);
    bool is_match = !parts->is_pointer && cut_match(part, &key, &value) && slice_equals(key, "name");
    for (uint32_t i = 0; i < at->count; i++) {
        struct slice name = node_is_map(at) ? at->entries[i].key->text : name_of(at->items[i]);
        if (node_is_map(at) && path_entry_is_empty_annotations(parts, misfit->part, &at->entries[i]))
            continue;
        if (name.length && count++ < SHOWN_MAX)
            names[count - 1] = name;
    }
    struct slice rest = arena_format(arena, " of %.*s", SLICE_ARGS(owner));
    if (node_is_map(at))
        return count ? word_list_fact(arena, "key", rest, names, count, SHOWN_MAX)
                     : arena_format(arena, "%.*s is empty", SLICE_ARGS(owner));
    if (is_match && count)
        return word_list_fact(arena, "item", rest, names, count, SHOWN_MAX);
    if (parts->is_pointer || scalar_parse_decimal(part, &index) || !count)
        return index_fact(arena, owner, at);
    struct slice list = {0};
    for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
        list = arena_format(arena, "%.*s%s[name=%.*s]", SLICE_ARGS(list), i ? ", " : "", SLICE_ARGS(names[i]));
    return arena_format(arena, "choose an item of the list by its index or name: %.*s%s", SLICE_ARGS(list),
                        count > SHOWN_MAX ? ", …" : "");
}

// If the corrected path still leads to nothing, notes what exists there instead.
static void note_rest(struct arena *arena, const struct path_parts *corrected, const struct path_misfit *last,
                      struct path_misfit *first)
{
    if (last->part >= corrected->count || last->meant.length)
        return;
    first->rest = path_misfit_alternatives(arena, corrected, last);
    first->found = slice_part(corrected->text, 0, corrected->items[last->part].start - 1);
    first->lacks_key = node_is_map(last->at);
}

// A path may have several mistakes: `containers[0].env[0]`.
struct path_misfit path_misfit_find(struct arena *arena, const struct path_parts *parts, const struct node *root)
{
    enum { CORRECTIONS_MAX = 8 };
    struct path_misfit first = find_first(arena, parts, root), last = first;
    struct path_parts corrected = {0};
    for (size_t i = 0; i < CORRECTIONS_MAX && last.meant.length; i++) {
        first.meant = last.meant;
        size_t part = last.part;
        if (!split_again(arena, parts, last.meant, &corrected))
            return first;
        last = find_first(arena, &corrected, root);
        first.is_in_text |= last.is_in_text;
        if (last.part <= part)
            break;
    }
    if (first.meant.length)
        note_rest(arena, &corrected, &last, &first);
    return first;
}

struct slice path_misfit_suggestion(struct arena *arena, const struct path_misfit *misfit)
{
    if (!misfit->rest.length)
        return arena_format(arena, "did you mean '%.*s'?", SLICE_ARGS(misfit->meant));
    return arena_format(arena, "start the path with '%.*s'; %.*s", SLICE_ARGS(misfit->found), SLICE_ARGS(misfit->rest));
}

const struct node *path_parent_map(const struct path_parts *parts, const struct node *node)
{
    for (size_t i = 0; i + 1 < parts->count && node; i++) {
        int64_t index = -1;
        const struct map_entry *entry = node_is_map(node) ? node_map_find_text(node, parts->items[i].text) : NULL;
        bool is_item = node_is_sequence(node) && scalar_parse_decimal(parts->items[i].text, &index);
        index += is_item && index < 0 ? node->count : 0;
        node = entry ? entry->value : is_item && index >= 0 && index < node->count ? node->items[index] : NULL;
    }
    return node_is_map(node) ? node : NULL;
}
