#include "schema/comment_schema.h"

#include "doc/json.h"
#include "doc/yaml_comments.h"

struct comment {
    uint32_t line;   // of the first of its lines
    uint32_t until;  // of the last; 0: it stands behind something
    struct slice text;
    bool read;
    struct schema_type type;
};

// Those that begin as an object does, in the order of their lines.
struct source_comments {
    struct comment *items;
    size_t count, capacity;
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

// From the brace on; empty when the comment at `at` does not begin with one.
static struct slice object_in(struct slice line, size_t at)
{
    while (at < line.length && (line.data[at] == '#' || is_blank(line.data[at])))
        at++;
    if (at == line.length || line.data[at] != '{')
        return (struct slice){0};
    return slice_trim(slice_from_index(line, at), " \t\r");
}

static bool may_have_objects(struct slice content)
{
    for (size_t at = 0; at < content.length; at++) {
        const char *found = memchr(content.data + at, '#', content.length - at);
        if (!found)
            return false;
        at = (size_t)(found - content.data);
        if (object_in(content, at).length)
            return true;
    }
    return false;
}

static struct source_comments *find_comments(struct arena *arena, struct slice content)
{
    struct source_comments *found = arena_new(arena, struct source_comments);
    struct yaml_comments comments = {0};
    if (may_have_objects(content))
        yaml_comments_read(arena, content, &comments);
    struct comment *group = NULL;
    for (size_t i = 0; i < comments.count; i++) {
        const struct yaml_comment *comment = &comments.items[i], *above = i ? &comments.items[i - 1] : NULL;
        if (comment->own_line && above && above->own_line && above->line + 1 == comment->line) {
            if (group)
                group->until = comment->line;
            continue;
        }
        struct slice text = object_in(comment->text, 0);
        if (text.length)
            list_append(arena, found, ((struct comment){.line = comment->line,
                                                        .until = comment->own_line ? comment->line : 0,
                                                        .text = text}));
        group = comment->own_line && text.length ? &found->items[found->count - 1] : NULL;
    }
    return found;
}

// An OpenAPI document around the object makes a schema of it.
static struct schema_type type_from(struct arena *arena, struct name_table *names, struct slice text)
{
    struct sources sources = {.arena = arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, arena, &sources);
    struct name_cache *cache = arena_new(arena, struct name_cache);
    cache->table = names;
    const struct node *object = json_read(arena, cache, sources_add(&sources, (struct slice){0}, text), &ignored);
    if (!node_is_map(object) || !object->count)
        return (struct schema_type){0};
    struct slice document = arena_format(
        arena, "{\"definitions\":{\"comment\":{\"properties\":{\"field\":%.*s},\"x-kubernetes-group-version-kind\":"
               "[{\"group\":\"comment\",\"version\":\"v1\",\"kind\":\"Comment\"}]}}}", SLICE_ARGS(text));
    const struct node *around = json_read(arena, cache, sources_add(&sources, (struct slice){0}, document), &ignored);
    const struct schema *schema = around ? schema_from_openapi(arena, around, &ignored) : NULL;
    if (!schema)
        return (struct schema_type){0};
    struct schema_type comment = schema_of_kind(schema, slice_literal("comment/v1"), slice_literal("Comment"));
    struct schema_type field = schema_field(comment, slice_literal("field"));
    // An object that says nothing of a merge still stands in the place of what would be known without it.
    return schema_type_known(field) ? field : comment;
}

static struct schema_type type_of(struct arena *arena, struct name_table *names, struct comment *comment)
{
    if (!comment->read)
        comment->type = type_from(arena, names, comment->text);
    comment->read = true;
    return comment->type;
}

// The number of comments that begin above this line.
static size_t count_before(const struct source_comments *comments, uint32_t line)
{
    size_t low = 0, high = comments->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (comments->items[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct schema_type comment_schema_of(struct comment_schemas *known, struct arena *arena, struct name_table *names,
                                     const struct sources *sources, struct position key)
{
    const struct source *source = sources_get(sources, key.file);
    struct schema_type none = {0};
    if (!source || !key.line)
        return none;
    while (known->count <= key.file)
        list_append(arena, known, NULL);
    if (!known->items[key.file])
        known->items[key.file] = find_comments(arena, source->content);
    const struct source_comments *comments = known->items[key.file];
    if (!comments->count)
        return none;
    size_t at = count_before(comments, key.line);
    struct comment *behind = at < comments->count ? &comments->items[at] : NULL;
    struct schema_type type = behind && behind->line == key.line && !behind->until ? type_of(arena, names, behind) : none;
    struct comment *above = at ? &comments->items[at - 1] : NULL;
    if (!schema_type_known(type) && above && above->until == key.line - 1 && above->until)
        type = type_of(arena, names, above);
    return type;
}
