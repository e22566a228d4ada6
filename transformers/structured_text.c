#include "transformers/structured_text.h"

#include "base/utf8.h"
#include "json/json.h"
#include "yaml/read.h"
#include "yaml/tree.h"

// Positions in such a string are relative to it, and must not be confused with those in the surrounding file.
static const uint32_t no_file = UINT32_MAX;

static const struct source *source_of(struct transform_context *context, struct slice text)
{
    struct source *source = arena_new(context->arena, struct source);
    source->content = text;
    source->file = no_file;
    return source;
}

bool structured_text_read(struct transform_context *context, struct slice text, struct structured_text *parsed,
                          struct slice *problem)
{
    struct read_context read = transform_read_context(context);
    size_t mark = context->diagnostics->count;
    *parsed = (struct structured_text){.text = text};
    if (!tree_read_first(&read, source_of(context, text), &parsed->document)) {
        *problem = arena_format(context->arena, "the string is not valid YAML: %.*s",
                                SLICE_ARGS(context->diagnostics->items[mark].message));
        diagnostics_forget(context->diagnostics, mark);
        return false;
    }
    if (!parsed->document)
        *problem = slice_literal("the string that the path leads into is empty");
    return parsed->document;
}

// --- JSON.

// The reader skips empty documents.
static void write_empty(struct buffer *out, const struct tree *root)
{
    buffer_add_text(out, root->kind == TREE_MAP ? "{}" : root->kind == TREE_SEQUENCE ? "[]" : "null");
}

// Like kustomize, prints YAML and reads it back.
static bool write_compact(struct transform_context *context, struct slice yaml, const struct tree *root,
                          struct buffer *out)
{
    struct read_context read = transform_read_context(context);
    struct node_list documents = {0};
    if (!yaml_read_resources(&read, source_of(context, yaml), &documents))
        return false;
    if (documents.count)
        return json_write(out, documents.items[0], true, context->diagnostics);
    write_empty(out, root);
    return true;
}

static bool write_json(struct transform_context *context, const struct structured_text *parsed, struct slice yaml,
                       struct slice *text)
{
    struct buffer compact = {0}, indented = {0};
    size_t mark = context->diagnostics->count;
    bool written = write_compact(context, yaml, parsed->document->root, &compact);
    diagnostics_forget(context->diagnostics, mark);
    bool lines = slice_find_byte(parsed->text, '\n') != SLICE_NOT_FOUND &&
                 slice_find(parsed->text, slice_literal("  ")) != SLICE_NOT_FOUND;
    if (written && lines)
        json_indent(&indented, buffer_slice(&compact));
    if (written)
        *text = arena_copy(context->arena, buffer_slice(lines ? &indented : &compact));
    buffer_free(&compact);
    buffer_free(&indented);
    return written;
}

bool structured_text_write(struct transform_context *context, const struct structured_text *parsed, struct slice *text)
{
    struct buffer out = {0};
    struct tree_writer writer = {.out = &out};
    tree_write_document(&writer, parsed->document);
    struct slice yaml = arena_copy(context->arena, buffer_slice(&out)), trimmed = text_trim_space(parsed->text);
    buffer_free(&out);
    if (trimmed.data[0] == '{' || trimmed.data[0] == '[')
        return write_json(context, parsed, yaml, text);
    *text = text_trim_space(yaml);
    return true;
}
