// localize/kustomization.c
//
// One kustomization: each field that holds paths, and the file that is written in its place.
#include "kustomization/encode.h"
#include "load/path.h"
#include "localize/localizer.h"
#include "pipeline/plugins.h"
#include "yaml/write.h"

// --- Fields of what has been decoded, by name.

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

// --- One field each.

static bool localize_list(struct localized_root *root, struct text_list *list, localize_entry *localize)
{
    for (size_t i = 0; i < list->count; i++)
        if (!localize(root, &list->items[i]))
            return false;
    return true;
}

// Fields of the kustomization, and members of the entries of a list.
static const struct {
    const char *field, *member;  // member NULL: the field itself is a list of paths
    localize_entry *localize;
} fields[] = {
    {"bases", NULL, localize_directory},
    {"components", NULL, localize_directory},
    {"configurations", NULL, localize_file},
    {"crds", NULL, localize_file},
    {"resources", NULL, localize_resource},
    {"configMapGenerator", "env", localize_file},
    {"configMapGenerator", "envs", localize_file},
    {"configMapGenerator", "files", localize_file_source},
    {"secretGenerator", "env", localize_file},
    {"secretGenerator", "envs", localize_file},
    {"secretGenerator", "files", localize_file_source},
    {"helmChartInflationGenerator", "values", localize_file},
    {"helmChartInflationGenerator", "chartHome", localize_chart_home},
    {"helmCharts", "valuesFile", localize_file},
    {"helmCharts", "additionalValuesFiles", localize_file},
    {"patches", "path", localize_file},
    {"patchesJson6902", "path", localize_file},
    {"patchesStrategicMerge", NULL, localize_object},
    {"replacements", "path", localize_file},
    // Last: an object that configures a plugin is written anew, also over its own copy.
    {"generators", NULL, localize_plugin},
    {"transformers", NULL, localize_plugin},
    {"validators", NULL, localize_plugin},
};

static bool localize_member(struct localized_root *root, const struct decode_type *type, void *entry, const char *name,
                            localize_entry *localize)
{
    const struct decode_field *member = find_field(type, name);
    void *value = (char *)entry + member->offset;
    return member->kind == DECODE_TEXT ? localize(root, value) : localize_list(root, value, localize);
}

static bool localize_fields(struct localized_root *root, void *decoded)
{
    const struct decode_type *shape = &root->localizer->shape;
    for (size_t i = 0; i < countof(fields); i++) {
        const struct decode_field *field = find_field(shape, fields[i].field);
        void *value = (char *)decoded + field->offset;
        if (!fields[i].member) {
            if (!localize_list(root, value, fields[i].localize))
                return false;
            continue;
        }
        const struct decode_list *entries = value;
        for (size_t k = 0; k < entries->count; k++)
            if (!localize_member(root, field->type, entries->items[k], fields[i].member, fields[i].localize))
                return false;
    }
    return true;
}

static bool localize_openapi(struct localized_root *root, void *decoded)
{
    struct text_map *openapi = value_of(&root->localizer->shape, decoded, "openapi");
    for (size_t i = 0; i < openapi->count; i++)
        if (slice_equals(openapi->items[i].key.slice, "path"))
            return localize_file(root, &openapi->items[i].value);
    return true;
}

// Where charts are: said once for all, or `charts`.
static bool localize_globals(struct localized_root *root, void *decoded)
{
    const struct decode_type *shape = &root->localizer->shape;
    void **globals = value_of(shape, decoded, "helmGlobals");
    const struct decode_list *charts = value_of(shape, decoded, "helmCharts");
    struct text unset = {0};
    if (*globals)
        return localize_chart_home(root, value_of(find_field(shape, "helmGlobals")->type, *globals, "chartHome"));
    return !charts->count || localize_chart_home(root, &unset);
}

// --- The whole file.

// NULL: diagnosed.
static void *decode(struct localizer *localizer, const struct source *source)
{
    struct build *build = localizer->build;
    struct read_context read = {&build->arena, &build->name_cache, &build->diagnostics};
    struct decode_context context = {.arena = &build->arena, .diagnostics = &build->diagnostics};
    struct node *root;
    if (!yaml_read_first(&read, source, &root))
        return NULL;
    if (root && root->kind != NODE_MAP) {
        diagnose(&build->diagnostics, root->position, "a kustomization is a map of fields, found a %s",
                 node_kind_text(root));
        return NULL;
    }
    return decode_struct(&context, &localizer->shape, root);
}

static bool write_kustomization(struct localized_root *root, struct slice name, const void *decoded)
{
    struct build *build = root->localizer->build;
    const struct encode_context form = {&build->arena, &build->names};
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
           localize_openapi(root, decoded) && localize_fields(root, decoded) && localize_globals(root, decoded) &&
           write_kustomization(root, path_base(source->path), decoded);
}
