#include "check/key_places.h"

#include "base/json_pointer.h"
#include "base/utf8.h"
#include "doc/field_path.h"
#include "doc/path_misfit.h"
#include "merge/json_patch.h"

struct added_key {
    struct text path;
    size_t start;   // where the key begins in it
    bool replaces;  // by the operation `replace` of a JSON patch
};

struct key_places {
    struct {
        struct added_key *items;
        size_t count, capacity;
    } added;
    // Number of an added key, by the position of a map that a JSON patch put in place of a list.
    struct hash_index over_lists;
    // Number of an added key, by the key and what caused it: the position of the value or path that it comes from, or
    // the object.
    struct hash_index by_cause;
};

// --- Paths.

static void index_key(struct judge *judge, struct slice key, uint64_t cause)
{
    struct key_places *places = judge->key_places;
    hash_index_add(&judge->arena, &places->by_cause, hash_combine(slice_hash(key), cause),
                   (uint32_t)(places->added.count - 1));
}

static size_t pointer_end(struct slice pointer)
{
    size_t slash = slice_find_last_byte(pointer, '/');
    return slash == SLICE_NOT_FOUND ? 0 : slash + 1;
}

// True if the first target has a list at the path.
static bool leads_to_list(struct judge *judge, const struct match *match, const struct node *path)
{
    if (!match->targets->count)
        return false;
    struct path_parts parts = path_parts_of_pointer(&judge->scratch, node_text(path));
    const struct node *map = path_parent_map(&parts, match->targets->items[0]->root);
    return map && parts.count && node_is_sequence(node_map_get_text(map, parts.items[parts.count - 1].text));
}

static void note_operation(struct judge *judge, const struct match *match, size_t number)
{
    const struct node *path = json_patch_path(match->json, number), *value = json_patch_value(match->json, number);
    if (!path)
        return;
    bool replaces = slice_equals(slice_from(json_patch_operation(match->json, number)), "replace");
    const struct added_key added = {{node_text(path), path->position}, pointer_end(node_text(path)), replaces};
    struct slice key = json_pointer_unescape(&judge->scratch, slice_from_index(added.path.slice, added.start));
    list_append(&judge->arena, &judge->key_places->added, added);
    if (value)
        index_key(judge, key, position_hash(value->position));
    if (node_is_map(value) && leads_to_list(judge, match, path))
        hash_index_add(&judge->arena, &judge->key_places->over_lists, position_hash(value->position),
                       (uint32_t)(judge->key_places->added.count - 1));
    for (size_t i = 0; !value && i < match->targets->count; i++)
        index_key(judge, key, (uintptr_t)match->targets->items[i]);
}

// A replacement may create each field on the way.
static void note_field_path(struct judge *judge, const struct match *match)
{
    for (size_t i = 0; i < match->path->count; i++) {
        const struct field_path_element *element = &match->path->elements[i];
        bool is_condition = element->step == FIELD_PATH_MATCH && element->match_key;
        const struct added_key added = {match->name, element->start + is_condition, false};
        if (element->step != FIELD_PATH_FIELD && !is_condition)
            continue;
        list_append(&judge->arena, &judge->key_places->added, added);
        struct slice key = (is_condition ? element->match_key : element->key)->text;
        // The nodes that the replacement creates have the position of its path.
        index_key(judge, key, position_hash(match->name.position));
        index_key(judge, key, (uintptr_t)match->resource);
    }
}

// A field spec, such as `spec/template/metadata/labels`, may create each field on the way, too.
static void note_field_spec(struct judge *judge, const struct match *match)
{
    struct slice part, rest = match->name.slice;
    for (bool more = match->count > 0; more;) {
        more = slice_cut(rest, '/', &part, &rest);
        const struct added_key added = {match->name, (size_t)(part.data - match->name.slice.data), false};
        if (slice_ends_with(part, slice_literal("[]")))
            part = slice_part(part, 0, part.length - 2);
        list_append(&judge->arena, &judge->key_places->added, added);
        index_key(judge, part, (uintptr_t)match->resource);
    }
}

void key_places_note(struct judge *judge, const struct match *match)
{
    if (!judge->key_places)
        judge->key_places = arena_new(&judge->arena, struct key_places);
    if (match->kind == MATCH_PATH)
        note_field_path(judge, match);
    if (match->kind == MATCH_FIELD)
        note_field_spec(judge, match);
    for (size_t i = 0; match->kind == MATCH_PATCH_BEFORE && match->json && i < json_patch_count(match->json); i++)
        note_operation(judge, match, i);
}

struct text path_over_list(const struct judge *judge, const struct node *map, bool *replaces)
{
    const struct key_places *places = judge->key_places;
    uint32_t number;
    if (!places)
        return (struct text){0};
    struct hash_cursor at = hash_index_find(&places->over_lists, position_hash(map->position));
    if (!hash_cursor_next(&at, &number))
        return (struct text){0};
    *replaces = places->added.items[number].replaces;
    return places->added.items[number].path;
}

// The last step that added the key.
static const struct added_key *find_added(const struct judge *judge, const struct map_entry *entry, uint64_t cause)
{
    const struct key_places *places = judge->key_places;
    const struct added_key *found = NULL;
    uint32_t number;
    if (!places)
        return NULL;
    for (struct hash_cursor at = hash_index_find(&places->by_cause, hash_combine(slice_hash(entry->key->text), cause));
         hash_cursor_next(&at, &number);)
        found = &places->added.items[number];
    return found;
}

// --- Texts.

struct slice line_from(struct judge *judge, struct position position)
{
    struct sources *sources = &judge->build->sources;
    const struct source *source = sources_get(sources, position.file);
    struct slice line;
    if (!source || !position.line || !sources_line(sources, source, position.line, &line))
        return (struct slice){0};
    return slice_from_index(line, text_column_start(line, position.column));
}

static size_t skip_quote(struct slice text)
{
    return text.length && (text.data[0] == '"' || text.data[0] == '\'');
}

// A key with an escape, or from an alias, isn't compared.
static bool is_key_at(struct judge *judge, struct position position, struct slice key)
{
    struct slice text = line_from(judge, position);
    size_t start = skip_quote(text);
    bool is_spelled_otherwise = start ? slice_find_byte(text, '\\') != SLICE_NOT_FOUND
                                      : slice_starts_with(text, slice_literal("*"));
    return text.length && (is_spelled_otherwise || slice_starts_with(slice_from_index(text, start), key));
}

struct position path_part_place(struct judge *judge, struct text path, size_t start)
{
    struct slice text = line_from(judge, path.position);
    struct position place = path.position;
    size_t quote = skip_quote(text);
    if (!slice_starts_with(slice_from_index(text, quote), path.slice))
        return place;
    place.column += (uint32_t)text_width(slice_part(text, 0, quote + start));
    return place;
}

struct position pointer_end_place(struct judge *judge, const struct node *pointer)
{
    const struct text path = {node_text(pointer), pointer->position};
    return path_part_place(judge, path, pointer_end(path.slice));
}

// For `owner: web` in a list of labels, of which only the value is known. Line 0: the key isn't next to it.
static struct position place_before(struct judge *judge, const struct map_entry *entry)
{
    struct position place = entry->value->position, start = {place.file, place.line, 1};
    struct slice line = line_from(judge, start), key = entry->key->text, rest = line_from(judge, place);
    struct slice before = slice_trim(slice_part(line, 0, line.length - rest.length), " ");
    if (!slice_ends_with(before, slice_literal(":")))
        return (struct position){0};
    before = slice_part(before, 0, before.length - 1);
    bool is_quoted = slice_ends_with(before, slice_literal("\"")) || slice_ends_with(before, slice_literal("'"));
    before = slice_part(before, 0, before.length - is_quoted);
    if (!slice_ends_with(before, key))
        return (struct position){0};
    size_t at = (size_t)(before.data - line.data) + before.length - key.length - is_quoted;
    start.column += (uint32_t)text_width(slice_part(line, 0, at));
    return start;
}

static const struct added_key *find_by_value(const struct judge *judge, const struct map_entry *entry)
{
    return find_added(judge, entry, position_hash(entry->value->position));
}

// True if the entry has the position of the path, so the replacement has created it.
static bool is_created(const struct added_key *added, const struct map_entry *entry)
{
    return added && position_equal(added->path.position, entry->value->position);
}

bool key_is_created(const struct judge *judge, const struct map_entry *entry)
{
    return is_created(find_by_value(judge, entry), entry);
}

struct position key_place(struct judge *judge, const struct resource *resource, const struct node *map,
                          const struct map_entry *entry)
{
    // A merge patch brings the lines of its keys into maps of other files, but a JSON patch only brings a value.
    struct position own = {node_read_from(entry->value), entry->key_line, entry->key_column};
    struct position of_map = key_position(map, entry);
    const struct added_key *added = find_by_value(judge, entry);
    bool is_written = !is_created(added, entry);
    if (is_written && is_key_at(judge, own, entry->key->text))
        return own;
    if (is_written && of_map.file != own.file && is_key_at(judge, of_map, entry->key->text))
        return of_map;
    if (!added)
        added = find_added(judge, entry, (uintptr_t)resource);
    if (added)
        return path_part_place(judge, added->path, added->start);
    struct position before = place_before(judge, entry);
    return before.line ? before : entry->value->position;
}
