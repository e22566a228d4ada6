// edit/vars.c
//
// Converts variables to replacements. All files that the kustomization reaches are searched for `$(NAME)`, one variable
// after the other, because a string may contain several:
//
//     value: $(HOST)/path    →    value: HOST_PLACEHOLDER/path
//                                 fieldPaths: [spec.value], options: {delimiter: /}
#include <inttypes.h>

#include "edit/fix.h"
#include "kustomization/kustomization.h"
#include "load/loader.h"
#include "load/path.h"

// A file that a kustomization refers to.
struct searched_file {
    struct slice path;
    const struct node *patch;  // its entry in `patches`; NULL: it is a resource
    struct slice content;
    bool changed;
};

struct searched_files {
    struct searched_file *items;
    size_t count, capacity;
};

struct search {
    struct edit *edit;
    struct searched_files files;
};

// --- Collecting the files.

// False: diagnosed.
static bool add_file(struct search *search, struct slice path, const struct node *patch)
{
    struct searched_file file = {.path = path, .patch = patch};
    enum edit_reading reading = edit_read_file(search->edit, path, &file.content);
    // Duplicates are harmless, because their contents are the same.
    if (reading == EDIT_READ)
        list_append(&search->edit->build->arena, &search->files, file);
    return reading != EDIT_UNREADABLE;
}

static bool collect(struct search *search, const struct node *kustomization, struct slice directory, size_t depth);

static bool collect_directory(struct search *search, struct slice directory, size_t depth)
{
    struct edit *edit = search->edit;
    if (depth > DIRECTORY_DEPTH_MAX)
        return edit_refuse(edit, "'%.*s': directories refer to each other more than %d levels deep",
                           SLICE_ARGS(directory), DIRECTORY_DEPTH_MAX);
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice path = path_join(&edit->build->arena, directory, slice_from(kustomization_file_names[i])), content;
        struct node *root;
        enum edit_reading reading = edit_read_file(edit, path, &content);
        if (reading == EDIT_UNREADABLE)
            return false;
        if (reading == EDIT_NO_FILE)
            continue;
        if (!yaml_read_first(&edit->read, sources_add(&edit->build->sources, path, content), &root))
            return false;
        if (node_is_map(root) && !collect(search, root, directory, depth + 1))
            return false;
    }
    return true;
}

static bool collect(struct search *search, const struct node *kustomization, struct slice directory, size_t depth)
{
    struct arena *arena = &search->edit->build->arena;
    const struct node *resources = edit_get(kustomization, "resources"), *patches = edit_get(kustomization, "patches");
    for (uint32_t i = 0; node_is_sequence(resources) && i < resources->count; i++) {
        if (!node_is_scalar(resources->items[i]) || !resources->items[i]->count)
            continue;
        struct slice path = path_join(arena, directory, node_text(resources->items[i]));
        if (!collect_directory(search, path, depth) || !add_file(search, path, NULL))
            return false;
    }
    for (uint32_t i = 0; node_is_sequence(patches) && i < patches->count; i++) {
        struct slice path = edit_get_text(patches->items[i], "path");
        if (path.length && !add_file(search, path_join(arena, directory, path), patches->items[i]))
            return false;
    }
    return true;
}

// The last patch that names a file decides its target.
static const struct node *patch_of(const struct search *search, struct slice path)
{
    for (size_t i = search->files.count; i-- > 0;)
        if (search->files.items[i].patch && slice_equal(search->files.items[i].path, path))
            return search->files.items[i].patch;
    return NULL;
}

// --- A variable in a document.

struct variable {
    struct search *search;
    struct slice name, reference;  // NAME, $(NAME)
    struct slice file;
    const struct node *document;
    struct node *targets;
};

static struct node *new_number(struct edit *edit, size_t number)
{
    return node_new_scalar(&edit->build->arena, arena_format(&edit->build->arena, "%zu", number), STYLE_PLAIN,
                           TAG_IMPLICIT, (struct position){0});
}

static size_t count_byte(struct slice text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == byte;
    return count;
}

// Finds the piece between delimiters that consists of the reference alone.
static bool find_piece(struct slice text, char delimiter, struct slice reference, size_t *index)
{
    *index = 0;
    for (bool more = true; more; ++*index) {
        struct slice piece;
        more = slice_cut(text, delimiter, &piece, &text);
        if (slice_equal(piece, reference))
            return true;
    }
    return false;
}

// The `options` of the target; NULL: none. False: the reference is not delimited.
static bool delimit(const struct variable *variable, struct slice text, struct node **options)
{
    struct edit *edit = variable->search->edit;
    struct slice reference = variable->reference;
    *options = NULL;
    if (slice_equal(text, reference))
        return true;
    size_t start = slice_find(text, reference), end = start + reference.length, index = 0;
    char delimiter = start == 0 ? text.data[end] : text.data[start - 1];
    if (start > 0 && end >= text.length) {
        index = count_byte(text, delimiter);
    } else if (start > 0 && (text.data[end] != delimiter || !find_piece(text, delimiter, reference, &index))) {
        edit_refuse(edit, "%.*s: '%.*s' does not have the same delimiter on both sides of %.*s",
                    SLICE_ARGS(variable->file), SLICE_ARGS(text), SLICE_ARGS(reference));
        return edit_phrase(edit, "error with %.*s: cannot convert all vars to replacements; %.*s is not delimited",
                           SLICE_ARGS(variable->file), SLICE_ARGS(reference));
    }
    *options = edit_new_map(edit);
    edit_set_text(edit, *options, "delimiter", (struct slice){&delimiter, 1});
    if (index)
        edit_set(edit, *options, "index", new_number(edit, index));
    return true;
}

static void set_group_version(struct edit *edit, struct node *selector, struct slice api_version)
{
    struct slice group, version;
    if (!slice_cut(api_version, '/', &group, &version)) {
        version = group;
        group = (struct slice){0};
    }
    edit_set_text(edit, selector, "group", group);
    edit_set_text(edit, selector, "version", version);
}

static struct slice metadata_text(const struct node *document, const char *field)
{
    return edit_get_text(edit_get(document, "metadata"), field);
}

static struct node *select_document(const struct variable *variable)
{
    struct edit *edit = variable->search->edit;
    const struct node *document = variable->document, *patch = patch_of(variable->search, variable->file);
    const struct node *options = edit_get(patch, "options");
    bool name_changes = edit_get_bool(options, "allowNameChange"),
         kind_changes = edit_get_bool(options, "allowKindChange");
    if (patch && !(name_changes && kind_changes)) {
        const struct node *target = edit_get(patch, "target");
        struct node *selector = target ? node_for_writer(&edit->build->arena, target) : edit_new_map(edit);
        if (name_changes)
            edit_set_text(edit, selector, "name", metadata_text(document, "name"));
        if (kind_changes)
            edit_set_text(edit, selector, "kind", edit_get_text(document, "kind"));
        if (metadata_text(document, "namespace").length)
            edit_set_text(edit, selector, "namespace", metadata_text(document, "namespace"));
        return selector;
    }
    struct node *selector = edit_new_map(edit);
    set_group_version(edit, selector, edit_get_text(document, "apiVersion"));
    edit_set_text(edit, selector, "kind", edit_get_text(document, "kind"));
    edit_set_text(edit, selector, "name", metadata_text(document, "name"));
    edit_set_text(edit, selector, "namespace", metadata_text(document, "namespace"));
    return selector;
}

static bool add_target(const struct variable *variable, struct slice path, struct slice text)
{
    struct edit *edit = variable->search->edit;
    struct arena *arena = &edit->build->arena;
    struct node *options, *target = edit_new_map(edit), *paths = edit_new_list(edit);
    if (!delimit(variable, text, &options))
        return false;
    node_sequence_append(arena, paths, edit_new_text(edit, path));
    edit_set(edit, target, "select", select_document(variable));
    edit_set(edit, target, "fieldPaths", paths);
    if (options)
        edit_set(edit, target, "options", options);
    node_sequence_append(arena, variable->targets, target);
    return true;
}

// `path` is the path of the node: spec.containers.0.image, metadata.annotations.[a.b/c]
static bool search_node(const struct variable *variable, const struct node *node, struct slice path)
{
    struct arena *arena = &variable->search->edit->build->arena;
    const char *dot = path.length ? "." : "";
    switch ((enum node_kind)node->kind) {
    case NODE_SCALAR:
        return slice_find(node_text(node), variable->reference) == SLICE_NOT_FOUND ||
               add_target(variable, path, node_text(node));
    case NODE_SEQUENCE:
        for (uint32_t i = 0; i < node->count; i++)
            if (!search_node(variable, node->items[i], arena_format(arena, "%.*s%s%" PRIu32, SLICE_ARGS(path), dot, i)))
                return false;
        return true;
    case NODE_MAP:
        for (uint32_t i = 0; i < node->count; i++) {
            struct slice key = slice_trim(node->entries[i].key->text, " \t\n");
            bool dotted = slice_find_byte(key, '.') != SLICE_NOT_FOUND;
            struct slice below = arena_format(arena, "%.*s%s%s%.*s%s", SLICE_ARGS(path), dot, dotted ? "[" : "",
                                              SLICE_ARGS(key), dotted ? "]" : "");
            if (!search_node(variable, node->entries[i].value, below))
                return false;
        }
        return true;
    }
    return true;
}

static bool search_document(struct variable *variable, const struct node *document)
{
    const struct node *items = edit_get(document, "items");
    if (node_is_map(document) && slice_equals(edit_get_text(document, "kind"), "List") && node_is_sequence(items)) {
        for (uint32_t i = 0; i < items->count; i++) {
            variable->document = items->items[i];
            if (!search_node(variable, items->items[i], (struct slice){0}))
                return false;
        }
        return true;
    }
    variable->document = document;
    return search_node(variable, document, (struct slice){0});
}

static bool search_file(struct variable *variable, const struct searched_file *file)
{
    struct edit *edit = variable->search->edit;
    struct node_list documents = {0};
    size_t mark = edit->build->diagnostics.count;
    variable->file = file->path;
    if (slice_find(file->content, variable->reference) == SLICE_NOT_FOUND)
        return true;
    if (!yaml_read_resources(&edit->read, sources_add(&edit->build->sources, file->path, file->content), &documents)) {
        diagnostics_forget(&edit->build->diagnostics, mark);
        return true;
    }
    for (size_t i = 0; i < documents.count; i++)
        if (!search_document(variable, documents.items[i]))
            return false;
    return true;
}

// --- All variables.

static void put_placeholder(struct variable *variable, struct searched_file *file)
{
    struct slice rest = file->content;
    struct buffer text = {0};
    for (size_t at; (at = slice_find(rest, variable->reference)) != SLICE_NOT_FOUND;) {
        buffer_add_slice(&text, slice_part(rest, 0, at));
        buffer_add_format(&text, "%.*s_PLACEHOLDER", SLICE_ARGS(variable->name));
        rest = slice_from_index(rest, at + variable->reference.length);
        file->changed = true;
    }
    buffer_add_slice(&text, rest);
    file->content = arena_copy(&variable->search->edit->build->arena, buffer_slice(&text));
    buffer_free(&text);
}

static struct node *source_of(struct edit *edit, const struct node *var)
{
    const struct node *object = edit_get(var, "objref");
    struct node *source = edit_new_map(edit);
    set_group_version(edit, source, edit_get_text(object, "apiVersion"));
    edit_set_text(edit, source, "kind", edit_get_text(object, "kind"));
    edit_set_text(edit, source, "name", edit_get_text(object, "name"));
    edit_set_text(edit, source, "namespace", edit_get_text(object, "namespace"));
    edit_set_text(edit, source, "fieldPath", edit_get_text(edit_get(var, "fieldref"), "fieldPath"));
    return source;
}

static bool convert(struct search *search, const struct node *var, struct node *replacements)
{
    struct edit *edit = search->edit;
    struct variable variable = {.search = search, .name = edit_get_text(var, "name"), .targets = edit_new_list(edit)};
    variable.reference = arena_format(&edit->build->arena, "$(%.*s)", SLICE_ARGS(variable.name));
    for (size_t i = 0; i < search->files.count; i++)
        if (!search_file(&variable, &search->files.items[i]))
            return false;
    for (size_t i = 0; i < search->files.count; i++)
        put_placeholder(&variable, &search->files.items[i]);
    struct node *replacement = edit_new_map(edit);
    edit_set(edit, replacement, "source", source_of(edit, var));
    if (variable.targets->count)
        edit_set(edit, replacement, "targets", variable.targets);
    node_sequence_append(&edit->build->arena, replacements, replacement);
    return true;
}

static bool is_listed(const struct edit *edit, struct slice path)
{
    for (size_t i = 0; i < edit->others.count; i++)
        if (slice_equal(edit->others.items[i].path, path))
            return true;
    return false;
}

bool edit_fix_vars(struct edit *edit)
{
    const struct node *vars = edit_get(edit->root, "vars");
    struct search search = {.edit = edit};
    if (!vars || !vars->count)
        return true;
    if (!collect(&search, edit->root, (struct slice){0}, 0))
        return false;
    struct node *replacements = node_new_sequence(&edit->build->arena, vars->position);
    for (uint32_t i = 0; i < vars->count; i++)
        if (!convert(&search, vars->items[i], replacements))
            return false;
    edit_note_replaced(edit, "vars", "replacements");
    edit_drop(edit->root, "vars");
    edit_set(edit, edit->root, "replacements", replacements);
    for (size_t i = 0; i < search.files.count; i++) {
        const struct searched_file *file = &search.files.items[i];
        struct edit_output output = {file->path, file->content};
        if (file->changed && !is_listed(edit, file->path))
            list_append(&edit->build->arena, &edit->others, output);
    }
    return true;
}
