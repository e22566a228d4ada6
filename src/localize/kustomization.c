// localize/kustomization.c
//
// Localizes a kustomization: each field that has paths, and the file itself.
#include "kustomization/encode.h"
#include "load/path.h"
#include "localize/localizer.h"
#include "pipeline/plugins.h"
#include "yaml/write.h"

// --- Decoded fields, by name.

static const struct decode_field *find_field(const struct decode_type *type, const char *name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (strcmp(type->fields[i].name, name) == 0)
            return &type->fields[i];
    return NULL;
}

static void *value_of(const struct decode_type *type, void *base, const char *name)
{
    return (char *)base + find_field(type, name)->offset;
}

// --- Single fields.

static bool localize_list(struct localized_root *root, struct text_list *list, localize_entry *localize)
{
    for (size_t i = 0; i < list->count; i++)
        if (!localize(root, &list->items[i]))
            return false;
    return true;
}

localize_entry *localize_reference(enum reference_kind kind)
{
    static localize_entry *const entries[] = {
        [REFERENCE_FILE] = localize_file,
        [REFERENCE_KEYED_FILE] = localize_file_source,
        [REFERENCE_OBJECTS] = localize_object,
        [REFERENCE_DIRECTORY] = localize_directory,
        [REFERENCE_RESOURCE] = localize_resource,
        [REFERENCE_PLUGIN] = localize_plugin,
        [REFERENCE_CHART_HOME] = localize_chart_home,
    };
    return entries[kind];
}

static bool localize_member(struct localized_root *root, const struct decode_type *type, void *entry, const char *name,
                            localize_entry *localize)
{
    const struct decode_field *member = find_field(type, name);
    void *value = (char *)entry + member->offset;
    return member->kind == DECODE_TEXT ? localize(root, value) : localize_list(root, value, localize);
}

static bool localize_map(struct localized_root *root, struct text_map *map, const char *key, localize_entry *localize)
{
    for (size_t i = 0; i < map->count; i++)
        if (slice_equals(map->items[i].key.slice, key))
            return localize(root, &map->items[i].value);
    return true;
}

static bool localize_field(struct localized_root *root, const struct reference_field *row, void *decoded)
{
    const struct decode_field *field = find_field(&root->localizer->shape, row->field);
    localize_entry *localize = localize_reference(row->kind);
    void *value = (char *)decoded + field->offset;
    if (!row->member)
        return localize_list(root, value, localize);
    if (field->kind == DECODE_TEXT_MAP)
        return localize_map(root, value, row->member, localize);
    if (field->kind == DECODE_STRUCT) {
        void *entry = *(void **)value;
        return !entry || localize_member(root, field->type, entry, row->member, localize);
    }
    const struct decode_list *entries = value;
    for (size_t k = 0; k < entries->count; k++)
        if (!localize_member(root, field->type, entries->items[k], row->member, localize))
            return false;
    return true;
}

static bool localize_fields(struct localized_root *root, void *decoded)
{
    for (size_t i = 0; i < reference_field_count; i++)
        if (!localize_field(root, &reference_fields[i], decoded))
            return false;
    return true;
}

// Copies the default chart home if no other is set.
static bool localize_default_home(struct localized_root *root, void *decoded)
{
    const struct decode_type *shape = &root->localizer->shape;
    void **globals = value_of(shape, decoded, "helmGlobals");
    const struct decode_list *charts = value_of(shape, decoded, "helmCharts");
    struct text unset = {0};
    return *globals || !charts->count || localize_chart_home(root, &unset);
}

// --- The whole file.

// NULL: diagnosed.
static void *decode(struct localizer *localizer, const struct source *source)
{
    struct build *build = localizer->build;
    struct read_context read = build_read_context(build);
    struct node *root;
    if (!yaml_read_first(&read, source, &root))
        return NULL;
    if (root && root->kind != NODE_MAP) {
        diagnose(&build->diagnostics, root->position, "expected a kustomization, which is a map, found %s",
                 node_kind_phrase(root));
        return NULL;
    }
    return decode_strict(&build->arena, &build->diagnostics, &localizer->shape, root);
}

static bool write_kustomization(struct localized_root *root, struct slice name, const void *decoded)
{
    struct build *build = root->localizer->build;
    const struct encode_context form = {&build->arena, build->names};
    struct yaml_writer *writer = yaml_writer_new(&build->diagnostics);
    struct buffer text = {0};
    bool done = yaml_write_document(writer, &text, kustomization_encode(&form, &root->localizer->shape, decoded)) &&
                destination_write(&root->localizer->destination, path_join(&build->arena, root->copy, name),
                                  buffer_slice(&text));
    yaml_writer_free(writer);
    buffer_free(&text);
    return done;
}

bool localize_kustomization(struct localized_root *root, struct position asked_for)
{
    struct localizer *localizer = root->localizer;
    const struct source *source = file_loader_kustomization(root->files, asked_for);
    void *decoded = source ? decode(localizer, source) : NULL;
    return decoded && destination_make_directory(&localizer->destination, root->copy) &&
           localize_fields(root, decoded) && localize_default_home(root, decoded) &&
           write_kustomization(root, path_base(source->path), decoded);
}
