#include "report/value.h"

#include "base/shown.h"
#include "compare/meaning.h"
#include "doc/scalar.h"
#include "json/json.h"
#include "yaml/write.h"

enum { VALUE_SHOWN_MAX = 4096 };

struct slice object_title(struct arena *arena, const struct resource *object)
{
    struct slice namespace = object->id.namespace->text;
    struct slice title = arena_format(arena, "%.*s/%.*s%s%.*s", SLICE_ARGS(object->id.gvk.kind->text),
                                      SLICE_ARGS(namespace), namespace.length ? "/" : "",
                                      SLICE_ARGS(object->id.name->text));
    struct buffer shown = {0};
    add_shown(&shown, title);
    title = arena_copy(arena, buffer_slice(&shown));
    buffer_free(&shown);
    return title;
}

struct slice rename_text(struct arena *arena, const struct object_difference *object)
{
    const struct resource_id *before = &object->before->id, *after = &object->after->id;
    struct buffer text = {0};
    if (!slice_equal(before->name->text, after->name->text)) {
        buffer_add_text(&text, "name ");
        add_shown(&text, before->name->text);
        buffer_add_text(&text, " → ");
        add_shown(&text, after->name->text);
    }
    if (!slice_equal(before->namespace->text, after->namespace->text)) {
        buffer_add_text(&text, text.length ? ", namespace " : "namespace ");
        add_shown(&text, before->namespace->text);
        buffer_add_text(&text, " → ");
        add_shown(&text, after->namespace->text);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

struct slice references_text(struct arena *arena, const struct object_difference *object)
{
    size_t count = object->references.count;
    return count ? arena_format(arena, "; %zu reference%s", count, count == 1 ? " follows" : "s follow")
                 : (struct slice){0};
}

struct slice count_text(struct arena *arena, size_t count)
{
    struct slice digits = arena_format(arena, "%zu", count);
    struct buffer text = {0};
    for (size_t i = 0; i < digits.length; i++) {
        if (i && (digits.length - i) % 3 == 0)
            buffer_add_byte(&text, ',');
        buffer_add_byte(&text, digits.data[i]);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

struct slice counts_text(struct arena *arena, const size_t counts[OBJECT_ADDED + 1])
{
    static const struct {
        enum object_change kind;
        const char *text;
    } parts[] = {
        {OBJECT_CHANGED, "changed"}, {OBJECT_RENAMED, "renamed"}, {OBJECT_ADDED, "added"}, {OBJECT_REMOVED, "removed"}};
    struct buffer text = {0};
    for (size_t i = 0; i < countof(parts); i++)
        if (counts[parts[i].kind])
            buffer_add_format(&text, "%s%.*s %s", text.length ? ", " : "",
                              SLICE_ARGS(count_text(arena, counts[parts[i].kind])), parts[i].text);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

struct slice place_text(struct arena *arena, const struct change *change)
{
    if (!change->place_side)
        return (struct slice){0};
    const struct source *source = sources_get(&change->place_side->build->sources, change->place.file);
    if (!source)
        return (struct slice){0};
    struct buffer text = {0};
    add_shown(&text, source->path);
    buffer_add_format(&text, ":%u", change->place.line);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

void add_shown(struct buffer *out, struct slice text)
{
    shown_add(NULL, text, SIZE_MAX, out);
}

// --- Values.

// A string without quotes must be read as a string, alone and in a list.
static bool is_plain(struct slice text)
{
    if (!text.length || text.data[0] == ' ' || text.data[text.length - 1] == ' ' || scalar_needs_quotes(text) ||
        scalar_resolve_tag(text) != TAG_STRING)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == '"')
            return false;
    return true;
}

static bool is_string(const struct node *node)
{
    enum node_tag tag = node_resolved_tag(node);
    return tag != TAG_NULL && tag != TAG_BOOL && tag != TAG_INT && tag != TAG_FLOAT;
}

static void add_string(struct buffer *out, struct slice text)
{
    struct buffer shown = {0};
    if (is_plain(text)) {
        add_shown(out, text);
        return;
    }
    json_write_string(&shown, text);
    add_shown(out, buffer_slice(&shown));
    buffer_free(&shown);
}

static void add_flow(struct buffer *out, const struct node *node)
{
    bool map = node->kind == NODE_MAP;
    buffer_add_byte(out, map ? '{' : '[');
    for (uint32_t i = 0; i < node->count; i++) {
        if (i)
            buffer_add_text(out, ", ");
        if (map) {
            add_string(out, node->entries[i].key->text);
            buffer_add_text(out, ": ");
        }
        add_value(out, map ? node->entries[i].value : node->items[i]);
    }
    buffer_add_byte(out, map ? '}' : ']');
}

void add_value(struct buffer *out, const struct node *node)
{
    if (node_is_null(node))
        buffer_add_text(out, "null");
    else if (node->kind != NODE_SCALAR)
        add_flow(out, node);
    else if (is_string(node))
        add_string(out, node_text(node));
    else
        add_shown(out, node_text(node));
}

void add_typed_value(struct buffer *out, const struct node *node, enum value_type type)
{
    // kubectl reads `on` as a boolean, but add_value would print it in quotes.
    if (type == VALUE_BOOL)
        add_shown(out, node_text(node));
    else
        add_value(out, node);
    buffer_add_format(out, " (%s)", value_type_texts[type]);
}

bool changes_type(const struct change *change)
{
    return !change->secret && node_is_scalar(change->before) && node_is_scalar(change->after) &&
           change->type_before != change->type_after;
}

bool has_lines(const struct node *node)
{
    return node_is_scalar(node) && is_string(node) && slice_find_byte(node_text(node), '\n') != SLICE_NOT_FOUND;
}

void add_lines(struct report *report, struct buffer *out, const struct node *node)
{
    size_t mark = report->diagnostics->count, length = out->length;
    if (has_lines(node)) {
        buffer_add_slice(out, node_text(node));
        if (out->data[out->length - 1] != '\n')
            buffer_add_byte(out, '\n');
        return;
    }
    struct yaml_writer *writer = node && node->kind != NODE_SCALAR && node->count ? yaml_writer_new(report->diagnostics)
                                                                                  : NULL;
    bool written = writer && yaml_write_document(writer, out, node);
    yaml_writer_free(writer);
    diagnostics_forget(report->diagnostics, mark);
    if (written)
        return;
    // A value that can't be printed as YAML stays on one line.
    out->length = length;
    add_value(out, node);
    buffer_add_byte(out, '\n');
}
