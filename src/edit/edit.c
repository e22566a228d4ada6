#include "edit/edit.h"

#include <errno.h>
#include <string.h>

#include "base/memory.h"
#include "base/word_list.h"
#include "doc/decode_messages.h"
#include "edit/layout.h"
#include "kustomization/kustomization.h"
#include "load/path.h"
#include "pipeline/plugins.h"
#include "yaml/kyaml.h"

// --- Fields.

static struct map_entry *find(const struct node *map, const char *field)
{
    struct map_entry *found = NULL;
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        struct slice key = map->entries[i].key->text;
        // The last one counts, in any spelling.
        if (slice_equal_ignoring_case(key, slice_from(field)))
            found = &map->entries[i];
    }
    return found;
}

struct node *edit_get(const struct node *map, const char *field)
{
    const struct map_entry *entry = find(map, field);
    return entry && !node_is_null(entry->value) ? entry->value : NULL;
}

struct slice edit_get_text(const struct node *map, const char *field)
{
    const struct node *value = edit_get(map, field);
    return node_is_scalar(value) ? node_text(value) : (struct slice){0};
}

bool edit_get_bool(const struct node *map, const char *field)
{
    const struct node *value = edit_get(map, field);
    struct scalar_value meaning = node_is_scalar(value) ? scalar_resolve_yaml11(node_text(value))
                                                        : (struct scalar_value){0};
    return meaning.type == SCALAR_BOOL && meaning.boolean;
}

void edit_set(struct edit *edit, struct node *map, const char *field, struct node *value)
{
    struct map_entry *entry = find(map, field);
    if (entry)
        entry->value = value;
    else
        node_map_set(&edit->build->arena, map, name_intern(edit->build->names, slice_from(field)), value);
}

void edit_set_text(struct edit *edit, struct node *map, const char *field, struct slice text)
{
    if (text.length)
        edit_set(edit, map, field, edit_new_text(edit, text));
    else
        edit_drop(map, field);
}

void edit_set_bool(struct edit *edit, struct node *map, const char *field, bool value)
{
    if (!value)
        edit_drop(map, field);
    else
        edit_set(edit, map, field,
                 node_new_scalar(&edit->build->arena, slice_literal("true"), STYLE_PLAIN, TAG_IMPLICIT,
                                 (struct position){0}));
}

void edit_drop(struct node *map, const char *field)
{
    for (const struct map_entry *entry; (entry = find(map, field));)
        node_map_remove(map, entry->key);
}

void edit_drop_empty(struct node *map, const char *field)
{
    const struct node *value = edit_get(map, field);
    if (!value || value->count == 0)
        edit_drop(map, field);
}

static struct node *get_or_make(struct edit *edit, struct node *map, const char *field, enum node_kind kind)
{
    struct node *value = edit_get(map, field);
    if (value && value->kind == kind)
        return value;
    value = kind == NODE_MAP ? edit_new_map(edit) : edit_new_list(edit);
    edit_set(edit, map, field, value);
    return value;
}

struct node *edit_list(struct edit *edit, struct node *map, const char *field)
{
    return get_or_make(edit, map, field, NODE_SEQUENCE);
}

struct node *edit_map(struct edit *edit, struct node *map, const char *field)
{
    return get_or_make(edit, map, field, NODE_MAP);
}

struct node *edit_new_text(struct edit *edit, struct slice text)
{
    return node_new_string(&edit->build->arena, arena_copy(&edit->build->arena, text), (struct position){0});
}

struct node *edit_new_map(struct edit *edit)
{
    return node_new_map(&edit->build->arena, (struct position){0});
}

struct node *edit_new_list(struct edit *edit)
{
    return node_new_sequence(&edit->build->arena, (struct position){0});
}

void edit_set_pair(struct edit *edit, struct node *map, struct slice key, struct slice value)
{
    node_map_set(&edit->build->arena, map, name_intern(edit->build->names, key), edit_new_text(edit, value));
}

bool edit_has_pair(struct edit *edit, const struct node *map, struct slice key)
{
    return node_is_map(map) && node_map_find(map, name_intern(edit->build->names, key));
}

void edit_note_replaced(struct edit *edit, const char *from, const char *to)
{
    list_append(&edit->build->arena, &edit->replaced, ((struct edit_replacement){from, to}));
}

// --- The changes that kustomize makes to each file that it reads.

// Appends the items of one list to another. If the other is absent, the field is renamed, and its lines stay in place.
static void move_list(struct edit *edit, const char *from, const char *to)
{
    struct node *items = edit_get(edit->root, from), *target = edit_get(edit->root, to);
    if (!items)
        return;
    edit_drop(edit->root, from);
    edit_note_replaced(edit, from, to);
    if (!items->count)
        return;
    if (!target || !target->count) {
        edit_set(edit, edit->root, to, items);
        return;
    }
    for (uint32_t i = 0; i < items->count; i++)
        node_sequence_append(&edit->build->arena, target, items->items[i]);
}

static bool move_env(struct edit *edit, const char *generator)
{
    const struct node *entries = edit_get(edit->root, generator);
    bool is_moved = false;
    for (uint32_t i = 0; entries && i < entries->count; i++) {
        struct node *env = edit_get(entries->items[i], "env");
        if (!env || !env->count)
            continue;
        struct node *envs = edit_get(entries->items[i], "envs");
        if (!envs || !envs->count) {
            // With the position of `env`, the new list takes its place in the text.
            envs = node_new_sequence(&edit->build->arena, env->position);
            edit_set(edit, entries->items[i], "envs", envs);
        }
        node_sequence_append(&edit->build->arena, envs, env);
        edit_drop(entries->items[i], "env");
        is_moved = true;
    }
    return is_moved;
}

static void move_chart(struct edit *edit, const struct node *old, struct node *globals)
{
    static const char *const names[][2] = {
        {"chartName", "name"},          {"chartVersion", "version"},     {"chartRepoUrl", "repo"},
        {"values", "valuesFile"},       {"valuesLocal", "valuesInline"}, {"valuesMerge", "valuesMerge"},
        {"releaseName", "releaseName"},
    };
    struct node *chart = edit_new_map(edit);
    for (size_t i = 0; i < countof(names); i++) {
        struct node *value = edit_get(old, names[i][0]);
        if (value && value->count)
            edit_set(edit, chart, names[i][1], value);
    }
    node_sequence_append(&edit->build->arena, edit_list(edit, edit->root, "helmCharts"), chart);
    if (edit_get_text(old, "helmHome").length)
        edit_set(edit, globals, "configHome", edit_get(old, "helmHome"));
    if (edit_get_text(old, "chartHome").length)
        edit_set(edit, globals, "chartHome", edit_get(old, "chartHome"));
}

static void move_charts(struct edit *edit)
{
    const struct node *old = edit_get(edit->root, "helmChartInflationGenerator");
    if (!old)
        return;
    struct node *globals = edit_new_map(edit);
    for (uint32_t i = 0; i < old->count; i++)
        move_chart(edit, old->items[i], globals);
    if (globals->count && !edit_get(edit->root, "helmGlobals"))
        edit_set(edit, edit->root, "helmGlobals", globals);
    edit_drop(edit->root, "helmChartInflationGenerator");
    edit_note_replaced(edit, "helmChartInflationGenerator", "helmCharts");
}

static void repair(struct edit *edit)
{
    struct slice kind = edit_get_text(edit->root, "kind");
    if (!edit_get_text(edit->root, "apiVersion").length)
        edit_set_text(edit, edit->root, "apiVersion",
                      slice_equals(kind, "Component") ? slice_literal("kustomize.config.k8s.io/v1alpha1")
                                                      : slice_literal("kustomize.config.k8s.io/v1beta1"));
    if (!kind.length)
        edit_set_text(edit, edit->root, "kind", slice_literal("Kustomization"));
    move_list(edit, "bases", "resources");
    move_list(edit, "imageTags", "images");
    bool in_maps = move_env(edit, "configMapGenerator"), in_secrets = move_env(edit, "secretGenerator");
    if (in_maps || in_secrets)
        edit_note_replaced(edit, "env", "envs");
    move_charts(edit);
}

// --- Reading.

static bool find_file(struct edit *edit, struct slice directory)
{
    struct slice found = {0}, listed = {0}, names[countof(kustomization_file_names)];
    struct arena *arena = &edit->build->arena;
    size_t count = 0;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice name = slice_from(kustomization_file_names[i]);
        enum file_kind kind = edit->files->kind(edit->files->state, path_join(arena, directory, name));
        if (kind == FILE_MISSING)
            continue;
        if (kind == FILE_UNKNOWN)
            return edit_refuse(edit, "cannot access '%.*s': %s", SLICE_ARGS(name), strerror(errno));
        listed = count ? arena_format(arena, "%.*s %.*s", SLICE_ARGS(listed), SLICE_ARGS(name)) : name;
        found = names[count++] = name;
    }
    if (count > 1) {
        struct slice all = word_list(arena, names, count, countof(names), "and");
        edit_refuse(edit, "'.' has %s%.*s", count == 2 ? "both " : "", SLICE_ARGS(all));
        diagnose_hint(&edit->build->diagnostics, "keep one of them");
        return edit_phrase(edit, "Found multiple kustomization file: [%.*s]", SLICE_ARGS(listed));
    }
    if (count == 0) {
        edit_refuse(edit, "no kustomization file in this directory");
        diagnose_hint(&edit->build->diagnostics, "run '%s create' to create a kustomization.yaml",
                      diagnostics_program(&edit->build->diagnostics));
        return edit_phrase(edit, "Missing kustomization file 'kustomization.yaml'.");
    }
    edit->path = found;
    if (edit->files->kind(edit->files->state, path_join(arena, directory, found)) != FILE_DIRECTORY)
        return true;
    edit_refuse(edit, "expected a file, but '%.*s' is a directory", SLICE_ARGS(found));
    return edit_phrase(edit, "%.*s should be a file", SLICE_ARGS(found));
}

enum edit_reading edit_read_file(struct edit *edit, struct slice path, struct slice *content)
{
    struct arena *arena = &edit->build->arena;
    struct slice directory, reason;
    if (!edit->files->current_directory(edit->files->state, arena, &directory)) {
        edit_refuse(edit, "the current directory no longer exists");
        return EDIT_UNREADABLE;
    }
    struct slice absolute = path_join(arena, directory, path);
    enum file_kind kind = path.length ? edit->files->kind(edit->files->state, absolute) : FILE_MISSING;
    if (kind == FILE_MISSING || kind == FILE_DIRECTORY)
        return EDIT_NO_FILE;
    if (edit->files->read(edit->files->state, arena, absolute, content, &reason))
        return EDIT_READ;
    edit_refuse(edit, "cannot read '%.*s': %.*s", SLICE_ARGS(path), SLICE_ARGS(reason));
    return EDIT_UNREADABLE;
}

static void start(struct edit *edit, struct build *build, const struct file_system *files)
{
    *edit = (struct edit){
        .build = build,
        .files = files,
        .read = {&build->arena, &build->name_cache, &build->diagnostics},
        .shape = plugins_kustomization_shape(&build->arena),
    };
}

// A field with two spellings has a value that neither of them shows.
static bool check_spellings(struct edit *edit, const struct node *root)
{
    const struct map_entry **given = arena_array(&edit->build->arena, const struct map_entry *,
                                                 edit->shape.field_count);
    for (uint32_t i = 0; i < root->count; i++) {
        const struct map_entry *entry = &root->entries[i];
        const struct decode_field *field = decode_field_named(&edit->shape, entry->key->text);
        const struct map_entry **before = field ? &given[field - edit->shape.fields] : NULL;
        if (before && *before && (*before)->key != entry->key) {
            diagnose(&edit->build->diagnostics, key_position(root, entry), "the field '%.*s' is also set as '%.*s'",
                     SLICE_ARGS(entry->key->text), SLICE_ARGS((*before)->key->text));
            diagnose_hint(&edit->build->diagnostics, "write one field, `%s`, with the value that you mean",
                          field->name);
            return false;
        }
        if (before)
            *before = entry;
    }
    return true;
}

static bool read_tree(struct edit *edit)
{
    struct node *root;
    if (!yaml_read_first(&edit->read, edit->source, &root))
        return false;
    if (!root) {
        edit->root = edit_new_map(edit);
        return true;
    }
    if (root->kind != NODE_MAP)
        return diagnose(edit->read.diagnostics, root->position, "expected a kustomization, which is a map, found %s",
                        node_kind_phrase(root));
    if (edit_get(root, "secretGenerator"))
        memory_hold_secret();
    struct decode_context context = {
        .arena = &edit->build->arena,
        .diagnostics = &edit->build->diagnostics,
        // Scripts that run kiln as `kustomize` rely on the failure.
        .keep_unknown = edit->layout == EDIT_IN_PLACE && !edit->build->diagnostics.lead,
    };
    if (!check_spellings(edit, root))
        return false;
    if (!decode_struct(&context, &edit->shape, root))
        return false;
    edit->root = node_copy(&edit->build->arena, root);
    return true;
}

bool edit_open(struct edit *edit, struct build *build, const struct file_system *files, enum edit_layout layout)
{
    struct slice directory, content;
    start(edit, build, files);
    edit->layout = layout;
    if (!files->current_directory(files->state, &build->arena, &directory))
        return edit_refuse(edit, "the current directory no longer exists");
    if (!find_file(edit, directory))
        return false;
    switch (edit_read_file(edit, edit->path, &content)) {
    case EDIT_READ:
        break;
    case EDIT_NO_FILE:
        return edit_refuse(edit, "'%.*s' no longer exists", SLICE_ARGS(edit->path));
    case EDIT_UNREADABLE:
        return false;
    }
    edit->source = sources_add(&build->sources, edit->path, content);
    if (!read_tree(edit))
        return false;
    repair(edit);
    return true;
}

void edit_open_empty(struct edit *edit, struct build *build, const struct file_system *files)
{
    start(edit, build, files);
    edit->layout = EDIT_KUSTOMIZE_LAYOUT;
    edit->path = slice_from(kustomization_file_names[0]);
    edit->source = sources_add(&build->sources, edit->path, (struct slice){0});
    edit->root = edit_new_map(edit);
    repair(edit);
}

static struct slice same_field(struct slice field)
{
    return field;
}

// A KYAML file stays KYAML: an edit adds flow style, which is rewritten in the form of the rest. Comments that have no
// place in that form, such as those after an opening bracket, get lines of their own.
static bool write_kyaml(struct edit *edit, struct buffer *out)
{
    struct arena *arena = &edit->build->arena;
    struct buffer edited = {0}, form = {0}, kept = {0};
    struct source source = *edit->source;
    bool written = yaml_edit(&edit->read, edit->source, edit->root, &edited);
    source.content = arena_copy(arena, buffer_slice(&edited));
    written = written && kyaml_rewrite(&edit->read, &source, NULL, &form);
    if (written) {
        yaml_keep_comments(arena, source.content, buffer_slice(&form), same_field, &kept);
        source.content = arena_copy(arena, buffer_slice(&kept));
        written = kyaml_rewrite(&edit->read, &source, NULL, out);
    }
    buffer_free(&edited);
    buffer_free(&form);
    buffer_free(&kept);
    return written;
}

bool edit_text(struct edit *edit, struct buffer *out)
{
    if (edit->layout == EDIT_KUSTOMIZE_LAYOUT)
        return layout_write(edit, out);
    if (!kyaml_is_text(edit->source->content))
        return yaml_edit(&edit->read, edit->source, edit->root, out);
    return write_kyaml(edit, out);
}
