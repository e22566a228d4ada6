#include "edit/layout.h"

#include "kustomization/encode.h"
#include "kustomization/kustomization.h"
#include "yaml/write.h"

// --- Comments, and the fields that they belong to.

struct found_field {
    const char *name;
    struct buffer comments;
};

struct found_fields {
    struct found_field *items;
    size_t count, capacity;
};

static bool is_comment_or_blank(struct slice line)
{
    line = slice_from_index(line, slice_count_leading(line, ' '));
    return !line.length || line.data[0] == '#';
}

// The field of a line that starts with its name, in any case, and a colon; NULL: none.
static const char *field_of_line(struct slice line)
{
    for (size_t i = 0; i < kustomization_field_count; i++) {
        size_t length = strlen(kustomization_field_order[i]);
        if (line.length > length && line.data[length] == ':' &&
            slice_equal_ignoring_case(slice_part(line, 0, length), slice_from(kustomization_field_order[i])))
            return kustomization_field_order[i];
    }
    return NULL;
}

static void add_line(struct buffer *out, struct slice line)
{
    buffer_add_slice(out, line);
    buffer_add_byte(out, '\n');
}

// Comments among the lines of a field move above it; those after the last field are lost.
static void find_fields(struct edit *edit, struct found_fields *found)
{
    struct slice rest = edit->source->content, line;
    struct buffer pending = {0};
    while (slice_cut(rest, '\n', &line, &rest)) {
        if (is_comment_or_blank(line)) {
            add_line(&pending, line);
            continue;
        }
        const char *name = field_of_line(line);
        if (name) {
            struct found_field field = {.name = name};
            list_append(&edit->build->arena, found, field);
        }
        if (!pending.length || !found->count)
            continue;
        buffer_add_slice(&found->items[found->count - 1].comments, buffer_slice(&pending));
        pending.length = 0;
    }
    buffer_free(&pending);
}

// --- Fields.

struct layout {
    struct edit *edit;
    const void *decoded;
    struct yaml_writer *writer;
    struct buffer *out;
};

static const struct decode_field *shape_of(const struct edit *edit, const char *name)
{
    for (size_t i = 0; i < edit->shape.field_count; i++)
        if (strcmp(edit->shape.fields[i].name, name) == 0)
            return &edit->shape.fields[i];
    return NULL;
}

static bool write_field(struct layout *layout, const char *name)
{
    struct edit *edit = layout->edit;
    const struct decode_field *field = shape_of(edit, name);
    const struct encode_context form = {&edit->build->arena, edit->build->names};
    struct node *value = field ? kustomization_encode_field(&form, field, layout->decoded) : NULL;
    if (!value)
        return true;
    struct node *document = edit_new_map(edit);
    node_map_set(&edit->build->arena, document, name_intern(edit->build->names, slice_from(name)), value);
    return yaml_write_document(layout->writer, layout->out, document);
}

static bool is_found(const struct found_fields *found, const char *name)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].name == name)
            return true;
    return false;
}

// Warnings were already reported when the file was read.
static void *decode_quietly(struct edit *edit)
{
    struct diagnostics *diagnostics = &edit->build->diagnostics;
    size_t mark = diagnostics->count;
    void *decoded = decode_strict(&edit->build->arena, diagnostics, &edit->shape, edit->root);
    if (decoded)
        diagnostics_forget(diagnostics, mark);
    return decoded;
}

bool layout_write(struct edit *edit, struct buffer *out)
{
    struct found_fields found = {0};
    const void *decoded = decode_quietly(edit);
    if (!decoded)
        return false;
    struct layout layout = {edit, decoded, yaml_writer_new(&edit->build->diagnostics), out};
    find_fields(edit, &found);
    bool written = true;
    for (size_t i = 0; i < found.count; i++) {
        buffer_add_slice(out, buffer_slice(&found.items[i].comments));
        written = written && write_field(&layout, found.items[i].name);
        buffer_free(&found.items[i].comments);
    }
    for (size_t i = 0; written && i < kustomization_field_count; i++)
        if (!is_found(&found, kustomization_field_order[i]))
            written = write_field(&layout, kustomization_field_order[i]);
    yaml_writer_free(layout.writer);
    return written;
}
