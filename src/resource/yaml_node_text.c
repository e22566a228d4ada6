#include "resource/yaml_node_text.h"

#include "json/json.h"

static void add_string(struct buffer *out, const char *name, struct slice text)
{
    buffer_add_format(out, "\"%s\":", name);
    json_write_string(out, text);
    buffer_add_byte(out, ',');
}

// The numbers are those of kustomize's YAML library.
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

void yaml_node_text(const struct tree *tree, struct buffer *out)
{
    buffer_add_format(out, "{\"Kind\":%u,\"Style\":%u,", kind_number(tree), style_number(tree));
    add_string(out, "Tag", tree->tag);
    add_string(out, "Value", tree->text);
    buffer_add_text(out, "\"Anchor\":\"\",\"Alias\":null,\"Content\":");
    for (uint32_t i = 0; i < tree->count; i++) {
        buffer_add_byte(out, i ? ',' : '[');
        yaml_node_text(tree->items[i], out);
    }
    // An emptied list differs from one that was never filled.
    buffer_add_text(out, tree->count ? "]," : tree->items ? "[]," : "null,");
    add_string(out, "HeadComment", tree->head);
    add_string(out, "LineComment", tree->line);
    add_string(out, "FootComment", tree->foot);
    buffer_add_format(out, "\"Line\":%u,\"Column\":%u}", tree->position.line, tree->position.column);
}
