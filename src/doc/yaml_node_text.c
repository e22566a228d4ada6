#include "doc/yaml_node_text.h"

#include "doc/json.h"
#include "doc/yaml_piece.h"

static void add_string(struct buffer *out, const char *name, struct slice text)
{
    buffer_add_format(out, "\"%s\":", name);
    json_write_string(out, text);
    buffer_add_byte(out, ',');
}

// The numbers are those of the library that kustomize reads YAML with.
static unsigned kind_number(const struct tree *tree)
{
    static const unsigned numbers[] = {[TREE_SCALAR] = 8, [TREE_MAP] = 4, [TREE_SEQUENCE] = 2};
    return numbers[tree->kind];
}

static unsigned style_number(const struct tree *tree)
{
    static const unsigned numbers[] = {
        [STYLE_PLAIN] = 0,   [STYLE_SINGLE_QUOTED] = 4, [STYLE_DOUBLE_QUOTED] = 2,
        [STYLE_LITERAL] = 8, [STYLE_FOLDED] = 16,       [STYLE_FLOW] = 32,
    };
    return numbers[tree->style] | (tree->tagged ? 1 : 0);
}

static void add_tree(struct buffer *out, const struct tree *tree)
{
    buffer_add_format(out, "{\"Kind\":%u,\"Style\":%u,", kind_number(tree), style_number(tree));
    add_string(out, "Tag", tree->tag);
    add_string(out, "Value", tree->text);
    buffer_add_text(out, "\"Anchor\":\"\",\"Alias\":null,\"Content\":");
    for (uint32_t i = 0; i < tree->count; i++) {
        buffer_add_byte(out, i ? ',' : '[');
        add_tree(out, tree->items[i]);
    }
    buffer_add_text(out, tree->count ? "]," : "null,");
    add_string(out, "HeadComment", tree->head);
    add_string(out, "LineComment", tree->line);
    add_string(out, "FootComment", tree->foot);
    buffer_add_format(out, "\"Line\":%u,\"Column\":%u}", tree->position.line, tree->position.column);
}

static bool is_same(const struct tree *tree, const struct node *node)
{
    if (tree->anchor.length || tree->kind == TREE_ALIAS)
        return false;
    if (node->kind == NODE_SCALAR)
        return tree->kind == TREE_SCALAR && slice_equal(tree->text, node_text(node));
    if (node->kind == NODE_SEQUENCE) {
        bool same = tree->kind == TREE_SEQUENCE && tree->count == node->count;
        for (uint32_t i = 0; i < node->count && same; i++)
            same = is_same(tree->items[i], node->items[i]);
        return same;
    }
    bool same = tree->kind == TREE_MAP && tree->count == 2 * node->count;
    for (uint32_t i = 0; i < node->count && same; i++) {
        const struct tree *key = tree->items[2 * i];
        same = key->kind == TREE_SCALAR && slice_equal(key->text, node->entries[i].key->text) && !key->anchor.length &&
               is_same(tree->items[2 * i + 1], node->entries[i].value);
    }
    return same;
}

// The piece of a file in which a line is, as a file of its own.
static bool find_piece(const struct source *source, uint32_t line, struct diagnostics *ignored, struct source *found)
{
    struct yaml_cutter cutter = {.source = source, .rest = source->content};
    struct yaml_piece piece;
    *found = (struct source){.file = source->file};
    uint32_t lines_before = 0;
    while (yaml_cutter_next(&cutter, ignored, &piece) == YAML_PIECE && piece.lines_before < line) {
        found->content = piece.text;
        lines_before = piece.lines_before;
    }
    found->line_offset = lines_before;
    return found->content.length > 0;
}

bool yaml_node_text(struct arena *arena, const struct source *source, const struct node *root, struct buffer *out)
{
    struct sources sources = {.arena = arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, arena, &sources);
    struct source piece;
    if (!source || !find_piece(source, root->position.line, &ignored, &piece))
        return false;
    struct read_context read = {.arena = arena, .diagnostics = &ignored};
    struct tree_documents documents = {0};
    if (!tree_read(&read, &piece, &documents) || documents.count != 1)
        return false;
    const struct tree *tree = documents.items[0]->root;
    if (tree->position.line + piece.line_offset != root->position.line ||
        tree->position.column != root->position.column || !is_same(tree, root))
        return false;
    add_tree(out, tree);
    return true;
}
