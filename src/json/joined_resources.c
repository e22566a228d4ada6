#include "json/joined_resources.h"

static const struct map_entry *repeated_entry(const struct node *map, const char *key)
{
    bool is_repeated = false;
    for (uint32_t i = 0; i < map->count; i++) {
        if (!slice_equals(map->entries[i].key->text, key))
            continue;
        if (is_repeated)
            return &map->entries[i];
        is_repeated = true;
    }
    return NULL;
}

static const struct map_entry *earlier(const struct map_entry *a, const struct map_entry *b)
{
    return !b || (a && a < b) ? a : b;
}

static bool kinds_differ(const struct node *map, const struct map_entry *second)
{
    const struct node *first = node_map_find_text(map, slice_literal("kind"))->value;
    return node_is_scalar(first) && node_is_scalar(second->value) &&
           !slice_equal(node_text(first), node_text(second->value));
}

// NULL: the map is a single resource.
static const struct map_entry *start_of_second(const struct node *map)
{
    const struct map_entry *version = repeated_entry(map, "apiVersion"), *kind = repeated_entry(map, "kind"),
                           *metadata = repeated_entry(map, "metadata");
    // If only 'metadata' is repeated, it's more likely one resource whose metadata was split by mistake.
    bool is_joined = (version || kind) && (metadata || (kind && kinds_differ(map, kind)));
    return is_joined ? earlier(earlier(version, kind), metadata) : NULL;
}

static bool has_api_version(const struct node *map, const struct map_entry *start)
{
    for (const struct map_entry *entry = start; entry < map->entries + map->count; entry++)
        if (slice_equals(entry->key->text, "apiVersion"))
            return true;
    return false;
}

// What precedes a map in its document.
struct lead {
    char last;      // the last byte that isn't a blank or part of a comment; 0: none
    uint32_t line;  // its line
};

static void read_line(struct lead *lead, struct slice line, uint32_t number)
{
    if (slice_starts_with(line, slice_literal("---"))) {
        *lead = (struct lead){0};
        line = slice_from_index(line, 3);
    }
    size_t comment = slice_find(line, slice_literal(" #"));
    if (comment != SLICE_NOT_FOUND)
        line.length = comment;
    line = slice_trim(line, " \t\r");
    if (line.length && line.data[0] != '#' && line.data[0] != '%')
        *lead = (struct lead){line.data[line.length - 1], number};
}

static struct lead lead_of(const struct source *source, struct position position)
{
    struct lead lead = {0};
    struct slice rest = source->content;
    for (uint32_t number = 1; number < position.line && rest.length; number++)
        read_line(&lead, slice_cut_line(&rest), number);
    struct slice line = slice_cut_line(&rest);
    if (line.length >= position.column)
        line.length = position.column - 1;
    read_line(&lead, line, position.line);
    return lead;
}

struct joined_resource joined_resource_find(const struct sources *all, struct arena *arena, const struct node *map)
{
    const struct map_entry *start = node_is_map(map) ? start_of_second(map) : NULL;
    const struct source *source = start ? sources_get(all, map->position.file) : NULL;
    if (!source)
        return (struct joined_resource){0};
    struct lead lead = lead_of(source, map->position);
    bool in_brackets = map->style == STYLE_FLOW;
    bool is_item = lead.last == '-' || (in_brackets && (lead.last == '[' || lead.last == ','));
    if (lead.last && !is_item)
        return (struct joined_resource){0};
    const char *version = has_api_version(map, start) ? "" : " and its `apiVersion`";
    struct slice remedy;
    if (in_brackets)
        remedy = arena_format(arena, "put it%s in brackets of its own%s", version,
                              is_item ? "" : ", with '---' on a line of its own before them");
    else if (is_item)
        remedy = arena_format(arena, "write '-'%s before it, below the '-' on line %u", version,
                              sources_line_in_file(all, (struct position){map->position.file, lead.line, 1}));
    else
        remedy = arena_format(arena, "write '---'%s on %s above it", version,
                              *version ? "lines of their own" : "a line of its own");
    return (struct joined_resource){start, remedy};
}
