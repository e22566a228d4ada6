#include "transformers/structured_text.h"

#include "doc/json.h"
#include "doc/scalar.h"
#include "doc/yaml_styled.h"

static const char blanks[] = " \t\r\n\v\f";

// Positions in such a text are its own, and must not be taken for some in the file around it.
static const uint32_t no_file = UINT32_MAX;

static bool has_content(struct slice text)
{
    struct slice line, rest = text;
    for (bool more = true; more;) {
        more = slice_cut(rest, '\n', &line, &rest);
        line = slice_trim(line, blanks);
        if (line.length && line.data[0] != '#' && !slice_equals(line, "---"))
            return true;
    }
    return false;
}

// Only the first document counts; what follows need not even be YAML.
static struct slice first_document(struct slice text)
{
    struct slice separator = slice_literal("\n---");
    for (size_t from = 0;;) {
        size_t at = slice_find(slice_from_index(text, from), separator);
        if (at == SLICE_NOT_FOUND)
            return text;
        at += from;
        if (has_content(slice_part(text, 0, at)))
            return slice_part(text, 0, at + 1);
        from = at + separator.length;
    }
}

bool structured_text_read(struct transform_context *context, const struct node *scalar, struct structured_text *parsed,
                          struct slice *problem)
{
    struct read_context read = {context->arena, context->name_cache, context->diagnostics};
    struct source *source = arena_new(context->arena, struct source);
    source->content = first_document(node_text(scalar));
    source->file = no_file;
    *parsed = (struct structured_text){source, NULL};
    if (!has_content(source->content)) {
        *problem = slice_literal("expected a map in the text, found nothing");
        return false;
    }
    struct node_list documents = {0};
    size_t mark = context->diagnostics->count;
    if (!yaml_read_resources(&read, source, &documents)) {
        *problem = arena_format(context->arena, "the text is no YAML: %.*s",
                                SLICE_ARGS(context->diagnostics->items[mark].message));
        diagnostics_forget(context->diagnostics, mark);
        return false;
    }
    // Null and empty collections are no documents for the reader.
    char first = slice_trim(source->content, blanks).data[0];
    struct position position = {no_file, 1, 1};
    if (documents.count)
        parsed->root = documents.items[0];
    else if (first == '{')
        parsed->root = node_new_map(context->arena, position);
    else if (first == '[')
        parsed->root = node_new_sequence(context->arena, position);
    else
        parsed->root = node_new_scalar(context->arena, slice_literal("null"), STYLE_PLAIN, TAG_NULL, position);
    if (!documents.count && parsed->root->kind != NODE_SCALAR)
        parsed->root->style = STYLE_FLOW;
    return true;
}

// --- JSON.

static bool write_json(struct transform_context *context, struct slice old, const struct node *root, struct slice *text)
{
    struct buffer compact = {0}, indented = {0};
    size_t mark = context->diagnostics->count;
    bool written = json_write(&compact, root, true, context->diagnostics);
    diagnostics_forget(context->diagnostics, mark);
    bool lines = slice_find_byte(old, '\n') != SLICE_NOT_FOUND &&
                 slice_find(old, slice_literal("  ")) != SLICE_NOT_FOUND;
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
    struct slice old = parsed->source->content, trimmed = slice_trim(old, blanks);
    if (trimmed.data[0] == '{' || trimmed.data[0] == '[')
        return write_json(context, old, parsed->root, text);
    struct buffer out = {0};
    yaml_styled_write(&out, parsed->root, parsed->source);
    *text = arena_copy(context->arena, slice_trim(buffer_slice(&out), blanks));
    buffer_free(&out);
    return true;
}
