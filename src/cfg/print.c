#include "cfg/print.h"

#include "json/json.h"
#include "load/path.h"
#include "yaml/tree.h"

static bool clean(struct cfg *cfg, const struct print_request *request, struct tree *root)
{
    static const char *const origin[] = {CFG_INDEX, CFG_OLD_INDEX, CFG_SEQUENCE_INDENT};
    static const char *const path[] = {CFG_OLD_PATH, CFG_PATH};
    for (size_t i = 0; !request->keep_origin && i < countof(origin); i++)
        if (!cfg_clear_annotation(cfg, root, origin[i]))
            return false;
    for (size_t i = 0; request->clear_path && i < countof(path); i++)
        if (!cfg_clear_annotation(cfg, root, path[i]))
            return false;
    if (!cfg_clear_empty_annotations(cfg, root))
        return false;
    if (request->styled) {
        root->style = request->flow ? STYLE_FLOW : STYLE_PLAIN;
        root->tagged = request->tagged;
    }
    return true;
}

// --- JSON.

static void break_line(struct buffer *out, int depth)
{
    buffer_add_byte(out, '\n');
    for (int i = 0; i < depth; i++)
        buffer_add_text(out, "  ");
}

// Indents JSON over several lines.
static void indent_json(struct buffer *out, struct slice json)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < json.length; i++) {
        char byte = json.data[i];
        bool empty = i + 1 < json.length && (json.data[i + 1] == '}' || json.data[i + 1] == ']');
        if (quoted) {
            buffer_add_byte(out, byte);
            if (byte == '\\')
                buffer_add_byte(out, json.data[++i]);
            quoted = byte != '"';
            continue;
        }
        if ((byte == '}' || byte == ']') && json.data[i - 1] != '{' && json.data[i - 1] != '[')
            break_line(out, --depth);
        else if (byte == '}' || byte == ']')
            depth--;
        buffer_add_byte(out, byte);
        quoted = byte == '"';
        if (byte == '{' || byte == '[')
            depth++;
        if (((byte == '{' || byte == '[') && !empty) || byte == ',')
            break_line(out, depth);
        if (byte == ':')
            buffer_add_byte(out, ' ');
    }
    buffer_add_byte(out, '\n');
}

static bool print_json(struct cfg *cfg, const struct tree *root, struct buffer *out)
{
    struct buffer text = {0}, json = {0};
    tree_write(&text, root);
    struct source *source = sources_add(&cfg->build->sources, slice_literal("the JSON to be written"),
                                        arena_copy(cfg->arena, buffer_slice(&text)));
    struct node_list documents = {0};
    bool printed = yaml_read_resources(&cfg->read, source, &documents);
    if (printed && documents.count)
        printed = json_write(&json, documents.items[0], true, cfg->diagnostics);
    else if (printed)
        buffer_add_text(&json, "{}");
    if (printed)
        indent_json(out, buffer_slice(&json));
    buffer_free(&text);
    buffer_free(&json);
    return printed;
}

static bool is_for_json(const struct print_request *request, const struct tree_documents *objects)
{
    if (request->wrap_kind.length || objects->count != 1)
        return false;
    const struct tree *annotations = cfg_meta_of(objects->items[0]->root).annotations;
    const char *key = tree_get(annotations, slice_literal(CFG_PATH)) ? CFG_PATH : CFG_OLD_PATH;
    return slice_ends_with(cfg_annotation(objects->items[0]->root, key), slice_literal(".json"));
}

// --- A list.

static void add_field(struct cfg *cfg, struct tree *map, const char *key, const struct tree *value)
{
    if (!value)
        return;
    tree_append(cfg->arena, map, tree_new_scalar(cfg->arena, slice_from(key)));
    tree_append(cfg->arena, map, (struct tree *)value);
}

static void print_list(struct cfg *cfg, const struct print_request *request, const struct tree_documents *objects,
                       struct buffer *out)
{
    struct tree *list = tree_new(cfg->arena, TREE_MAP), *items = tree_new(cfg->arena, TREE_SEQUENCE);
    if (request->styled && request->flow)
        list->style = STYLE_FLOW;
    for (size_t i = 0; i < objects->count; i++)
        tree_append(cfg->arena, items, objects->items[i]->root);
    add_field(cfg, list, "apiVersion", tree_new_scalar(cfg->arena, request->wrap_version));
    add_field(cfg, list, "kind", tree_new_scalar(cfg->arena, request->wrap_kind));
    add_field(cfg, list, "items", items);
    add_field(cfg, list, "functionConfig", request->function_config);
    add_field(cfg, list, "results", request->results);
    tree_write(out, list);
}

bool print_objects(struct cfg *cfg, const struct print_request *request, const struct tree_documents *objects,
                   struct buffer *out)
{
    bool json = is_for_json(request, objects);
    struct tree_documents copies = {0};
    for (size_t i = 0; i < objects->count; i++) {
        struct tree_document *copy = arena_new(cfg->arena, struct tree_document);
        *copy = *objects->items[i];
        copy->root = tree_copy(cfg->arena, copy->root);
        if (!clean(cfg, request, copy->root))
            return false;
        list_append(cfg->arena, &copies, copy);
    }
    if (json)
        return print_json(cfg, copies.items[0]->root, out);
    if (request->wrap_kind.length) {
        print_list(cfg, request, &copies, out);
        return true;
    }
    struct tree_writer writer = {.out = out};
    for (size_t i = 0; i < copies.count; i++)
        tree_write_document(&writer, copies.items[i]);
    return true;
}
