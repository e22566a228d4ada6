#include "doc/joined_maps.h"

#include "base/hash_index.h"

// --- Where the second map starts.

struct repeated {
    const struct map_entry *start;                      // the first entry whose key an earlier entry has
    size_t count;                                       // of different keys
    bool has_first;                                     // the key of the first entry is one of them
    const struct map_entry *version, *kind, *metadata;  // the second entries with these keys; NULL: there is none
};

static void note_repeated(struct repeated *repeated, const struct map_entry *second)
{
    static const char *const keys[] = {"apiVersion", "kind", "metadata"};
    const struct map_entry **places[] = {&repeated->version, &repeated->kind, &repeated->metadata};
    repeated->count++;
    for (size_t i = 0; i < countof(keys); i++)
        if (slice_equals(second->key->text, keys[i]))
            *places[i] = second;
}

static struct repeated find_repeated(struct arena *arena, const struct node *map)
{
    struct hash_index index = {0};
    struct repeated repeated = {0};
    bool *is_repeated = arena_array(arena, bool, map->count);
    for (uint32_t i = 0; i < map->count; i++) {
        struct slice key = map->entries[i].key->text;
        uint32_t number, first = i;
        for (struct hash_cursor at = hash_index_find(&index, slice_hash(key));
             first == i && hash_cursor_next(&at, &number);)
            if (slice_equal(map->entries[number].key->text, key))
                first = number;
        if (first == i) {
            hash_index_add(arena, &index, slice_hash(key), i);
            continue;
        }
        if (!repeated.start)
            repeated.start = &map->entries[i];
        if (!is_repeated[first])
            note_repeated(&repeated, &map->entries[i]);
        repeated.has_first |= !first;
        is_repeated[first] = true;
    }
    return repeated;
}

static bool kinds_differ(const struct node *map, const struct map_entry *second)
{
    const struct node *first = node_map_get_text(map, slice_literal("kind"));
    return node_is_scalar(first) && node_is_scalar(second->value) &&
           !slice_equal(node_text(first), node_text(second->value));
}

// If only one of the fields is repeated, it is more likely one resource with a field too many.
static bool are_resources(const struct node *map, const struct repeated *repeated)
{
    return (repeated->version || repeated->kind) &&
           (repeated->metadata || (repeated->version && repeated->kind && kinds_differ(map, repeated->kind)));
}

// Items usually start with the same key.
static bool are_items(const struct repeated *repeated)
{
    return repeated->count > 1 && (repeated->has_first || (repeated->kind && repeated->metadata));
}

// True if only the first resource has an apiVersion.
static bool lacks_version(const struct node *map, const struct repeated *repeated)
{
    const struct map_entry *version = node_map_find_text(map, slice_literal("apiVersion"));
    return version && version < repeated->start && !repeated->version && repeated->metadata;
}

// --- What separates the map from what precedes it.

struct lead {
    char last;      // the last byte that isn't a blank or part of a comment; 0: the map starts its document
    uint32_t line;  // its line
};

static struct slice without_comment(struct slice line)
{
    size_t comment = slice_find(line, slice_literal(" #"));
    line = slice_trim(slice_part(line, 0, comment == SLICE_NOT_FOUND ? line.length : comment), " \t\r");
    return line.length && line.data[0] == '#' ? (struct slice){0} : line;
}

static struct lead lead_of(struct sources *all, const struct source *source, struct position position)
{
    struct slice line;
    for (uint32_t number = position.line; number && sources_line(all, source, number, &line); number--) {
        if (number == position.line && line.length >= position.column)
            line.length = position.column - 1;
        bool is_marker = slice_starts_with(line, slice_literal("---"));
        line = without_comment(is_marker ? slice_from_index(line, 3) : line);
        if (line.length && line.data[0] != '%')
            return (struct lead){line.data[line.length - 1], number};
        if (is_marker)
            break;
    }
    return (struct lead){0};
}

// `what`: what to write and where, such as "'- ' before it".
static struct slice dash_remedy(struct sources *all, struct arena *arena, struct position map, struct lead lead,
                                const char *what)
{
    return arena_format(arena, "write %s, in the same column as the '-' on line %u", what,
                        sources_line_in_file(all, (struct position){map.file, lead.line, 1}));
}

static struct slice uncertain_hint(struct arena *arena, const char *noun, struct slice remedy)
{
    return arena_format(arena, "if another %s starts here, %.*s; otherwise, remove one of them", noun,
                        SLICE_ARGS(remedy));
}

struct slice joined_map_item_hint(struct sources *all, struct arena *arena, const struct node *map)
{
    const struct source *source = map->style == STYLE_FLOW ? NULL : sources_get(all, map->position.file);
    struct lead lead = source ? lead_of(all, source, map->position) : (struct lead){0};
    if (lead.last != '-')
        return (struct slice){0};
    return uncertain_hint(arena, "item", dash_remedy(all, arena, map->position, lead, "'- ' before it"));
}

static struct slice braces_remedy(struct sources *all, struct arena *arena, const struct node *map, bool needs_version,
                                  struct lead lead)
{
    const char *version = needs_version ? "add its `apiVersion`" : "";
    if (lead.last == '-')
        return arena_format(arena, "put it in braces of its own, %s%sand %.*s", version, needs_version ? ", " : "",
                            SLICE_ARGS(dash_remedy(all, arena, map->position, lead, "'- ' before them")));
    if (lead.last)
        return arena_format(arena, "put it in braces of its own%s%s", needs_version ? ", and " : "", version);
    return arena_format(arena, "put it in braces of its own, %s%sand write '---' on a line of its own above them",
                        version, needs_version ? ", " : "");
}

static struct slice item_remedy(struct sources *all, struct arena *arena, const struct node *map, bool needs_version,
                                struct lead lead)
{
    if (!needs_version)
        return dash_remedy(all, arena, map->position, lead, "'- ' before it");
    return dash_remedy(all, arena, map->position, lead, "'- ' and its `apiVersion` on a line above it");
}

static struct slice separator_remedy(struct arena *arena, const struct map_entry *start, bool needs_version)
{
    bool is_indented = start->key_column > 1;
    if (!needs_version || is_indented)
        return arena_format(arena, "write '---' on a line of its own above it%s%s",
                            is_indented ? ", in the first column" : "",
                            needs_version ? ", and its `apiVersion` below that" : "");
    return slice_literal("write '---' and its `apiVersion` on lines of their own above it");
}

struct joined_map joined_map_find(struct sources *all, struct arena *arena, const struct node *map)
{
    const struct source *source = node_is_map(map) ? sources_get(all, map->position.file) : NULL;
    struct repeated repeated = source ? find_repeated(arena, map) : (struct repeated){0};
    if (!repeated.count)
        return (struct joined_map){0};
    struct lead lead = lead_of(all, source, map->position);
    bool in_braces = map->style == STYLE_FLOW;
    struct joined_map joined = {.start = repeated.start};
    joined.is_item = lead.last == '-' || (in_braces && (lead.last == '[' || lead.last == ','));
    joined.is_certain = joined.is_item ? are_items(&repeated) : are_resources(map, &repeated);
    bool may_be_item = joined.is_item && !in_braces && repeated.start->key == map->entries[0].key;
    if ((lead.last && !joined.is_item) || (!joined.is_certain && !may_be_item))
        return (struct joined_map){0};
    bool needs_version = lacks_version(map, &repeated);
    joined.remedy = in_braces        ? braces_remedy(all, arena, map, needs_version, lead)
                    : joined.is_item ? item_remedy(all, arena, map, needs_version, lead)
                                     : separator_remedy(arena, joined.start, needs_version);
    return joined;
}

struct slice joined_map_hint(struct sources *all, struct arena *arena, const struct node *map,
                             const struct joined_map *joined, const struct map_entry *place)
{
    const char *noun = joined->is_item ? "item" : "resource";
    if (!joined->is_certain)
        return uncertain_hint(arena, noun, joined->remedy);
    if (joined->start == place)
        return arena_format(arena, "another %s starts here: %.*s", noun, SLICE_ARGS(joined->remedy));
    return arena_format(arena, "another %s starts on line %u: %.*s", noun,
                        sources_line_in_file(all, key_position(map, joined->start)), SLICE_ARGS(joined->remedy));
}
