#include "resource/yaml_node_text.h"

#include <stdlib.h>

#include "doc/scalar.h"
#include "json/json.h"
#include "schema/well_known_names.h"
#include "yaml/chunk.h"
#include "yaml/tree.h"

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

// How many nodes are in a map or list, while they are added.
struct content {
    struct buffer *out;
    size_t count;
};

struct writer {
    struct arena *arena;
    struct buffer *out;
    uint32_t file;                   // that the object was read from
    const struct node *annotations;  // the map that gets the notes
    const struct yaml_notes *notes;
    struct name_table *names;
    bool generated;
    bool foreign;  // a node came from another file, so that it has a place
};

static void next(struct content *content)
{
    buffer_add_byte(content->out, content->count++ ? ',' : '[');
}

static void begin(struct buffer *out, unsigned kind, unsigned style, struct slice tag, struct slice text)
{
    buffer_add_format(out, "{\"Kind\":%u,\"Style\":%u,", kind, style);
    add_string(out, "Tag", tag);
    add_string(out, "Value", text);
    buffer_add_text(out, "\"Anchor\":\"\",\"Alias\":null,\"Content\":");
}

// `tree` has the comments and the place; NULL: there are none.
static void end(struct content *content, const struct tree *tree)
{
    static const struct tree none = {0};
    const struct tree *from = tree ? tree : &none;
    buffer_add_text(content->out, content->count ? "]," : "null,");
    add_string(content->out, "HeadComment", from->head);
    add_string(content->out, "LineComment", from->line);
    add_string(content->out, "FootComment", from->foot);
    buffer_add_format(content->out, "\"Line\":%u,\"Column\":%u}", from->position.line, from->position.column);
}

static void add_scalar(struct buffer *out, unsigned style, struct slice tag, struct slice text, const struct tree *tree)
{
    struct content none = {.out = out};
    begin(out, kind_number(&(struct tree){.kind = TREE_SCALAR}), style, tag, text);
    end(&none, tree);
}

static void add_read_scalar(struct buffer *out, const struct tree *tree)
{
    add_scalar(out, style_number(tree), tree->tag, tree->text, tree);
}

// kustomize puts a value in quotes that YAML 1.1 would not read as a string.
static bool reads_as_string(struct writer *writer, struct slice text)
{
    struct sources sources = {.arena = writer->arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, writer->arena, &sources);
    struct name_cache names = {.table = writer->names};
    struct read_context read = {.arena = writer->arena, .names = &names, .diagnostics = &ignored};
    const struct source source = {.content = text};
    struct node *document;
    if (!text.length || !yaml_read_first(&read, &source, &document))
        return true;
    return document && document->kind == NODE_SCALAR &&
           (document->style != STYLE_PLAIN || scalar_resolve_yaml11(node_text(document)).type == SCALAR_STRING);
}

static unsigned style_of_made(struct writer *writer, const struct node *node)
{
    struct slice text = node_text(node);
    enum node_style style = (enum node_style)node->style;
    if (writer->generated && style != STYLE_SINGLE_QUOTED && node_resolved_tag(node) == TAG_STRING)
        style = slice_find_byte(text, '\n') != SLICE_NOT_FOUND ? STYLE_LITERAL
                : reads_as_string(writer, text)                ? STYLE_PLAIN
                                                               : STYLE_DOUBLE_QUOTED;
    return style_number(&(struct tree){.style = style});
}

static int compare_keys(const void *left, const void *right)
{
    const struct map_entry *a = left, *b = right;
    return slice_compare(a->key->text, b->key->text);
}

// The entries of a map as a generator writes them, in the order of the keys.
static const struct map_entry *entries_of(struct writer *writer, const struct node *map, bool sorted)
{
    if (!sorted || map->count < 2)
        return map->entries;
    struct map_entry *entries = arena_array(writer->arena, struct map_entry, map->count);
    memcpy(entries, map->entries, map->count * sizeof *entries);
    qsort(entries, map->count, sizeof *entries, compare_keys);
    return entries;
}

static void add_key(struct buffer *out, struct slice key)
{
    add_scalar(out, 0, (struct slice){0}, key, NULL);
}

static void add_notes_from(struct writer *writer, size_t first, size_t last, struct content *content)
{
    for (size_t i = first; i < last; i++) {
        const struct yaml_note *note = &writer->notes->items[i];
        next(content);
        add_key(writer->out, slice_from(note->key));
        next(content);
        add_scalar(writer->out, style_number(&(struct tree){.style = note->style}), slice_literal("!!str"), note->text,
                   NULL);
    }
}

static void add_notes(struct writer *writer, const struct node *map, struct content *content)
{
    if (map == writer->annotations)
        add_notes_from(writer, 0, writer->notes->count, content);
}

// A node that kustomize made.
static void add_made(struct writer *writer, const struct node *node, bool sorted)
{
    writer->foreign |= node_read_from(node) != writer->file;
    struct content content = {.out = writer->out};
    if (node->kind == NODE_SCALAR) {
        bool typed = !(node->flags & NODE_UNTYPED);
        add_scalar(writer->out, style_of_made(writer, node),
                   typed ? tree_tag_text(node_resolved_tag(node)) : (struct slice){0}, node_text(node), NULL);
        return;
    }
    begin(writer->out, node->kind == NODE_MAP ? 4 : 2, 0, (struct slice){0}, (struct slice){0});
    bool map = node->kind == NODE_MAP;
    const struct map_entry *entries = map ? entries_of(writer, node, sorted) : NULL;
    for (uint32_t i = 0; i < node->count; i++) {
        next(&content);
        if (map) {
            add_key(writer->out, entries[i].key->text);
            next(&content);
        }
        add_made(writer, map ? entries[i].value : node->items[i], false);
    }
    add_notes(writer, node, &content);
    end(&content, NULL);
}

static bool add_both(struct writer *, const struct tree *, const struct node *);

static bool add_changed_scalar(struct writer *writer, const struct tree *tree, const struct node *node)
{
    if (slice_equal(tree->text, node_text(node)) && !(node->flags & NODE_UNTYPED)) {
        add_read_scalar(writer->out, tree);
    } else if (node->flags & NODE_REPLACED) {
        add_scalar(writer->out, style_number(tree), tree->tag, node_text(node), tree);
    } else {
        bool typed = !(node->flags & NODE_UNTYPED);
        add_scalar(writer->out, style_number(tree), typed ? slice_literal("!!str") : (struct slice){0}, node_text(node),
                   NULL);
    }
    return true;
}

static bool is_in(const struct tree *map, struct slice key)
{
    return tree_find(map, key) != SLICE_NOT_FOUND;
}

static const struct map_entry *find_entry(const struct node *map, struct slice key)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (slice_equal(map->entries[i].key->text, key))
            return &map->entries[i];
    return NULL;
}

static bool add_changed_map(struct writer *writer, const struct tree *tree, const struct node *node)
{
    struct content content = {.out = writer->out};
    begin(writer->out, kind_number(tree), style_number(tree), tree->tag, (struct slice){0});
    for (uint32_t i = 0; i + 1 < tree->count; i += 2) {
        const struct tree *key = tree->items[i];
        const struct map_entry *entry = key->kind == TREE_SCALAR && !key->anchor.length ? find_entry(node, key->text)
                                                                                        : NULL;
        if (!entry)
            return false;
        next(&content);
        add_read_scalar(writer->out, key);
        next(&content);
        if (!add_both(writer, tree->items[i + 1], entry->value))
            return false;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        if (is_in(tree, node->entries[i].key->text))
            continue;
        next(&content);
        add_key(writer->out, node->entries[i].key->text);
        next(&content);
        add_made(writer, node->entries[i].value, false);
    }
    add_notes(writer, node, &content);
    end(&content, tree);
    return true;
}

static bool add_changed_sequence(struct writer *writer, const struct tree *tree, const struct node *node)
{
    struct content content = {.out = writer->out};
    if (tree->count != node->count)
        return false;
    begin(writer->out, kind_number(tree), style_number(tree), tree->tag, (struct slice){0});
    for (uint32_t i = 0; i < node->count; i++) {
        next(&content);
        if (!add_both(writer, tree->items[i], node->items[i]))
            return false;
    }
    end(&content, tree);
    return true;
}

// What a patch put there comes from another file.
static bool add_both(struct writer *writer, const struct tree *tree, const struct node *node)
{
    static const uint8_t kinds[] = {
        [NODE_SCALAR] = TREE_SCALAR, [NODE_MAP] = TREE_MAP, [NODE_SEQUENCE] = TREE_SEQUENCE};
    if (tree->anchor.length || tree->kind != kinds[node->kind] || node_read_from(node) != writer->file)
        return false;
    if (node->kind == NODE_SCALAR)
        return add_changed_scalar(writer, tree, node);
    return node->kind == NODE_MAP ? add_changed_map(writer, tree, node) : add_changed_sequence(writer, tree, node);
}

// The chunk of a file in which a line is, as a file of its own.
static bool find_piece(struct yaml_document_search *search, const struct source *source, uint32_t line,
                       struct diagnostics *ignored)
{
    if (search->splitter.source != source || line <= search->found.line_offset)
        *search = (struct yaml_document_search){.splitter = {.source = source, .rest = source->content}};
    struct yaml_chunk *next = &search->next;
    while (next->source || yaml_splitter_next(&search->splitter, ignored, next) == YAML_CHUNK) {
        if (next->lines_before >= line)
            break;
        search->found = (struct source){.file = source->file, .content = next->text, .line_offset = next->lines_before};
        next->source = NULL;
    }
    return search->found.content.length > 0;
}

bool yaml_node_text(struct arena *arena, struct yaml_document_search *search, const struct source *source,
                    const struct node *root, const struct node *annotations, const struct yaml_notes *notes,
                    struct buffer *out)
{
    struct sources sources = {.arena = arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, arena, &sources);
    if (!source || !find_piece(search, source, root->position.line, &ignored))
        return false;
    struct read_context read = {.arena = arena, .diagnostics = &ignored};
    struct tree_documents documents = {0};
    if (!tree_read(&read, &search->found, &documents) || documents.count != 1)
        return false;
    const struct tree *tree = documents.items[0]->root;
    if (tree->position.line + search->found.line_offset != root->position.line ||
        tree->position.column != root->position.column)
        return false;
    struct writer writer = {
        .arena = arena, .out = out, .file = root->position.file, .annotations = annotations, .notes = notes};
    return add_both(&writer, tree, root);
}

bool yaml_node_text_generated(struct arena *arena, struct name_table *names, const struct node *root,
                              const struct node *annotations, const struct yaml_notes *notes, struct buffer *out)
{
    struct writer writer = {.arena = arena,
                            .out = out,
                            .file = root->position.file,
                            .annotations = annotations,
                            .notes = notes,
                            .names = names,
                            .generated = true};
    struct content content = {.out = out};
    struct tree tree = {.kind = TREE_MAP, .tag = slice_literal("!!map"), .position = {.line = 2, .column = 1}};
    // Else a replacement wrote it, which leaves the node what it was.
    bool kind_is_patched = root->count > 1 && !(root->entries[1].value->flags & NODE_REPLACED);
    if (root->count < 2 || root->entries[0].key != NAME(apiVersion) || root->entries[1].key != NAME(kind))
        return false;
    begin(out, kind_number(&tree), 0, tree.tag, (struct slice){0});
    for (uint32_t i = 0; i < 2; i++) {
        struct slice key = root->entries[i].key->text;
        struct tree scalar = {.kind = TREE_SCALAR, .position = {.line = 2 + i, .column = 1}};
        next(&content);
        add_scalar(out, 0, slice_literal("!!str"), key, &scalar);
        scalar.position.column = (uint32_t)key.length + 3;
        next(&content);
        if (kind_is_patched)
            add_scalar(out, 0, (struct slice){0}, node_text(root->entries[i].value), NULL);
        else
            add_scalar(out, 0, slice_literal("!!str"), node_text(root->entries[i].value), &scalar);
    }
    for (int immutable = 0; immutable < 2; immutable++) {  // it comes last
        for (uint32_t i = 2; i < root->count; i++) {
            if ((root->entries[i].key == NAME(immutable)) != immutable)
                continue;
            next(&content);
            add_key(out, root->entries[i].key->text);
            next(&content);
            add_made(&writer, root->entries[i].value, root->entries[i].key != NAME(metadata));
        }
    }
    end(&content, &tree);
    return !writer.foreign;
}
