// kustomization/kustomization.c
//
// Decodes kustomization files with one table: the fields that the build itself uses, followed by those of the
// registered generators and transformers.
#include "kustomization/kustomization.h"

#include <stdalign.h>
#include <string.h>

#include "base/memory.h"
#include "kustomization/foreign.h"
#include "schema/well_known_names.h"

const char *const kustomization_file_names[3] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};

// The contents of a file: the result, and fields that are merged into others after decoding.
struct document {
    struct kustomization result;
    struct text_list bases;
    struct node *image_tags;
    struct node *values[];  // of the plugin fields
};

// --- Shapes of fields that are kept as nodes.

static const struct decode_field var_object_fields[] = {
    {"apiVersion", DECODE_TEXT, offsetof(struct var_object, api_version), NULL},
    {"group", DECODE_TEXT, offsetof(struct var_object, group), NULL},
    {"version", DECODE_TEXT, offsetof(struct var_object, version), NULL},
    {"kind", DECODE_TEXT, offsetof(struct var_object, kind), NULL},
    {"name", DECODE_TEXT, offsetof(struct var_object, name), NULL},
    {"namespace", DECODE_TEXT, offsetof(struct var_object, namespace), NULL},
};
static const struct decode_type var_object_type = DECODE_TYPE("objref", struct var_object, var_object_fields);

static const struct decode_field var_field_fields[] = {
    {"fieldPath", DECODE_TEXT, offsetof(struct var_field, path), NULL},
};
static const struct decode_type var_field_type = DECODE_TYPE("fieldref", struct var_field, var_field_fields);

static const struct decode_field var_fields[] = {
    {"name", DECODE_TEXT, offsetof(struct var, name), NULL},
    {"objref", DECODE_STRUCT, offsetof(struct var, object), &var_object_type},
    {"fieldref", DECODE_STRUCT, offsetof(struct var, field), &var_field_type},
};
const struct decode_type var_type = DECODE_TYPE("vars entry", struct var, var_fields);

static const struct decode_field helm_globals_fields[] = {
    {"chartHome", DECODE_TEXT, offsetof(struct helm_globals, chart_home), NULL},
    {"configHome", DECODE_TEXT, offsetof(struct helm_globals, config_home), NULL},
};
const struct decode_type helm_globals_type = DECODE_TYPE("helmGlobals", struct helm_globals, helm_globals_fields);

static const struct decode_field vars_shape = {"vars", DECODE_LIST, 0, &var_type};
static const struct decode_field helm_globals_field_shape = {"helmGlobals", DECODE_STRUCT, 0, &helm_globals_type};

// --- Fields of the build itself.

static const struct decode_field metadata_fields[] = {
    {"name", DECODE_TEXT, offsetof(struct object_meta, name), NULL},
    {"namespace", DECODE_TEXT, offsetof(struct object_meta, namespace), NULL},
    {"labels", DECODE_TEXT_MAP, offsetof(struct object_meta, labels), NULL},
    {"annotations", DECODE_TEXT_MAP, offsetof(struct object_meta, annotations), NULL},
};
static const struct decode_type metadata_type = DECODE_TYPE("metadata", struct object_meta, metadata_fields);

static const struct decode_field legacy_sort_fields[] = {
    {"orderFirst", DECODE_TEXT_LIST, offsetof(struct legacy_sort_options, order_first), NULL},
    {"orderLast", DECODE_TEXT_LIST, offsetof(struct legacy_sort_options, order_last), NULL},
};
static const struct decode_type legacy_sort_type = DECODE_TYPE("legacySortOptions", struct legacy_sort_options,
                                                               legacy_sort_fields);

static const struct decode_field sort_fields[] = {
    {"order", DECODE_TEXT, offsetof(struct sort_options, order), NULL},
    {"legacySortOptions", DECODE_STRUCT, offsetof(struct sort_options, legacy), &legacy_sort_type},
};
static const struct decode_type sort_type = DECODE_TYPE("sortOptions", struct sort_options, sort_fields);

static bool is_resource(const struct node *node)
{
    return node_map_get(node, NAME(kind)) && node_map_get(node, NAME(metadata));
}

static bool hint_path(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    if (!is_item || found->kind != NODE_MAP)
        return false;
    diagnose_hint(diagnostics, is_resource(found) ? "write the resource in a file of its own, and list that file here"
                                                  : "name a file or directory after '- ', as in `- web.yaml`");
    return true;
}

static bool hint_configuration(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    if (!is_item || found->kind != NODE_MAP)
        return false;
    diagnose_hint(diagnostics, is_resource(found)
                                   ? "write `- |-`, and below it, indented further, the lines of the configuration"
                                   : "name a file with the configuration after '- ', as in `- config.yaml`");
    return true;
}

static bool hint_openapi(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    (void)is_item;
    if (!decode_is_short(found))
        return false;
    diagnose_hint(diagnostics, "write `path: %.*s` below `openapi:`, indented further", SLICE_ARGS(node_text(found)));
    return true;
}

#define OWN(name, kind, member, type, hint) {#name, kind, offsetof(struct document, member), type, hint},
#define UNWRITTEN OWN
#define PLUGIN(name)
static const struct decode_field own_fields[] = {
#include "kustomization/fields.h"
};
#undef OWN
#undef UNWRITTEN
#undef PLUGIN

#define OWN(name, kind, member, type, hint) #name,
#define UNWRITTEN(name, kind, member, type, hint)
#define PLUGIN(name) #name,
const char *const kustomization_field_order[] = {
#include "kustomization/fields.h"
};
const size_t kustomization_field_count = countof(kustomization_field_order);
#undef OWN
#undef UNWRITTEN
#undef PLUGIN

// The whole table: the build's own fields, then those of the plugins as nodes.
static struct decode_type document_type(struct arena *arena, const struct plugin_fields *plugins)
{
    size_t own = countof(own_fields);
    struct decode_field *fields = arena_array(arena, struct decode_field, own + plugins->count);
    memcpy(fields, own_fields, sizeof own_fields);
    for (size_t i = 0; i < plugins->count; i++)
        fields[own + i] = (struct decode_field){
            .name = plugins->items[i].name,
            .kind = DECODE_NODE,
            .offset = offsetof(struct document, values) + i * sizeof(struct node *),
            .type = plugins->items[i].type,
            .hint = plugins->items[i].hint,
            .mistaken_for = plugins->items[i].mistaken_for,
            .node_kind = plugins->items[i].kind,
        };
    return (struct decode_type){"kustomization", fields, own + plugins->count,
                                sizeof(struct document) + plugins->count * sizeof(struct node *)};
}

struct decode_type kustomization_shape(struct arena *arena, const struct plugin_fields *plugins)
{
    enum { ROOM = 64 };
    size_t own = countof(own_fields), count = own + plugins->count;
    struct decode_field *fields = arena_array(arena, struct decode_field, count);
    memcpy(fields, own_fields, sizeof own_fields);
    for (size_t i = 0; i < plugins->count; i++)
        fields[own + i] = plugins->items[i];
    for (size_t i = 0; i < own; i++) {
        if (strcmp(fields[i].name, "vars") == 0)
            fields[i] = vars_shape;
        else if (strcmp(fields[i].name, "helmGlobals") == 0)
            fields[i] = helm_globals_field_shape;
        for (size_t k = 0; k < plugins->count; k++)
            if (strcmp(fields[i].name, "imageTags") == 0 && strcmp(plugins->items[k].name, "images") == 0)
                fields[i] = (struct decode_field){"imageTags", plugins->items[k].kind, 0, plugins->items[k].type};
    }
    for (size_t i = 0; i < count; i++)
        fields[i].offset = (i + 1) * ROOM;
    return (struct decode_type){"kustomization", fields, count, (count + 1) * ROOM};
}

// --- After decoding.

static struct node *null_to_absent(struct node *node)
{
    return node_is_null(node) ? NULL : node;
}

// Checks the shape of a value that its owner will decode again. The owner reports the warnings, and never sees a value
// that is wrong.
static bool check_shape(struct decode_context *context, const struct decode_field *shape, const struct node *value)
{
    alignas(16) unsigned char scratch[64] = {0};
    struct decode_field field = *shape;
    field.offset = 0;
    size_t mark = context->diagnostics->count;
    if (value && !decode_value(context, &field, value, scratch))
        return false;
    diagnostics_forget(context->diagnostics, mark);
    return true;
}

static bool check_shape_of(struct decode_context *context, const struct decode_field *shape, struct node **value)
{
    *value = null_to_absent(*value);
    if (check_shape(context, shape, *value))
        return true;
    *value = NULL;
    return false;
}

static bool check_shapes(struct decode_context *context, struct document *document, const struct plugin_fields *plugins)
{
    bool good = true;
    for (size_t i = 0; i < plugins->count; i++) {
        good &= check_shape_of(context, &plugins->items[i], &document->values[i]);
        if (strcmp(plugins->items[i].name, "images") == 0) {
            struct decode_field shape = plugins->items[i];
            shape.name = "imageTags";
            good &= check_shape_of(context, &shape, &document->image_tags);
        }
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    struct kustomization *result = &document->result;
    result->generator_options = null_to_absent(result->generator_options);
    good &= check_shape_of(context, &vars_shape, &result->vars);
    return (good || diagnostics_may_continue(context->diagnostics)) &&
           check_shape_of(context, &helm_globals_field_shape, &result->helm_globals) && good;
}

// True for a field that is present and not null.
static bool is_present(const struct node *root, const char *field)
{
    for (uint32_t i = 0; i < root->count; i++)
        if (!node_is_null(root->entries[i].value) &&
            slice_equal_ignoring_case(root->entries[i].key->text, slice_from(field)))
            return true;
    return false;
}

// In kustomize's order.
static const struct {
    const char *field, *instead, *state;
} deprecated[] = {
    {"bases", "resources", ""},
    {"commonLabels", "labels", ""},
    {"imageTags", "images", ""},
    {"patchesJson6902", "patches", ""},
    {"patchesStrategicMerge", "patches", ""},
    {"vars", "replacements", " [EXPERIMENTAL]"},
};

bool kustomization_is_file_name(struct slice name)
{
    // Called for every file of a repository.
    bool may_be = name.length && (name.data[0] == 'k' || name.data[0] == 'K');
    for (size_t i = 0; may_be && i < countof(kustomization_file_names); i++)
        if (slice_equals(name, kustomization_file_names[i]))
            return true;
    return false;
}

const char *kustomization_field_instead(const char *field)
{
    for (size_t i = 0; i < countof(deprecated); i++)
        if (strcmp(deprecated[i].field, field) == 0)
            return deprecated[i].instead;
    return NULL;
}

// kustomize's own lines, which scripts look for.
static void notice_deprecated(struct diagnostics *diagnostics, const struct node *root)
{
    for (size_t i = 0; i < countof(deprecated); i++)
        if (is_present(root, deprecated[i].field))
            diagnose_notice(diagnostics,
                            "# Warning: '%s' is deprecated. Please use '%s' instead.%s Run 'kustomize edit fix' to "
                            "update your Kustomization automatically.",
                            deprecated[i].field, deprecated[i].instead, deprecated[i].state);
}

// True when only apiVersion and kind have a value. Empty strings and nulls don't count as values; empty lists do.
static bool is_empty(const struct node *root)
{
    for (uint32_t i = 0; i < root->count; i++) {
        struct slice key = root->entries[i].key->text;
        const struct node *value = root->entries[i].value;
        if (slice_equal_ignoring_case(key, slice_literal("apiVersion")) ||
            slice_equal_ignoring_case(key, slice_literal("kind")) || node_is_null(value) ||
            (node_is_scalar(value) && value->count == 0))
            continue;
        bool moved = slice_equal_ignoring_case(key, slice_literal("bases")) ||
                     slice_equal_ignoring_case(key, slice_literal("imageTags"));
        if (!moved || value->count)
            return false;
    }
    return true;
}

static bool check_kind(struct diagnostics *diagnostics, struct kustomization *result)
{
    struct slice kind = result->kind.slice, api_version = result->api_version.slice;
    result->component = slice_equals(kind, "Component");
    if (kind.length && !result->component && !slice_equals(kind, "Kustomization")) {
        diagnose(diagnostics, result->kind.position, "kind must be Kustomization or Component, not '%.*s'",
                 SLICE_ARGS(kind));
        struct slice nearest = foreign_nearest_kind(kind);
        bool is_component = slice_ends_with(api_version, slice_literal("/v1alpha1"));
        if (nearest.length)
            diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
        else
            diagnose_hint(diagnostics, "write `kind: %s`", is_component ? "Component" : "Kustomization");
        return false;
    }
    const char *wanted = result->component ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
    if (!api_version.length || slice_equals(api_version, wanted))
        return true;
    if (!result->component && slice_equals(api_version, "kustomize.config.k8s.io/v1alpha1")) {
        if (kind.length)
            diagnose(diagnostics, result->kind.position, "with this apiVersion, the kind must be Component, not '%.*s'",
                     SLICE_ARGS(kind));
        else
            diagnose(diagnostics, result->api_version.position,
                     "with this apiVersion, the kind must be Component, but there is no kind");
        diagnose_hint(diagnostics, "%s `kind: Component`; if this is not a component, write `apiVersion: %s`",
                      kind.length ? "write" : "add", wanted);
        return false;
    }
    diagnose(diagnostics, result->api_version.position, "the apiVersion of a %s must be %s, not '%.*s'",
             result->component ? "Component" : "Kustomization", wanted, SLICE_ARGS(api_version));
    diagnose_hint(diagnostics, "write `apiVersion: %s`, or remove the line", wanted);
    return false;
}

static void append_bases(struct arena *arena, struct document *document)
{
    for (size_t i = 0; i < document->bases.count; i++)
        list_append(arena, &document->result.resources, document->bases.items[i]);
}

// An entry that could not be decoded is an empty string in its list.
static void drop_empty(struct kustomization *partial)
{
    struct text_list *const lists[] = {&partial->resources,      &partial->components, &partial->crds,
                                       &partial->configurations, &partial->generators, &partial->transformers,
                                       &partial->validators};
    for (size_t i = 0; i < countof(lists); i++) {
        size_t kept = 0;
        for (size_t k = 0; k < lists[i]->count; k++)
            if (lists[i]->items[k].slice.length)
                lists[i]->items[kept++] = lists[i]->items[k];
        lists[i]->count = kept;
    }
}

// `imageTags` are applied after `images`.
static void append_image_tags(struct arena *arena, struct document *document, const struct plugin_fields *plugins)
{
    for (size_t i = 0; document->image_tags && i < plugins->count; i++) {
        if (strcmp(plugins->items[i].name, "images") != 0)
            continue;
        if (!document->values[i])
            document->values[i] = node_new_sequence(arena, document->image_tags->position);
        for (uint32_t k = 0; k < document->image_tags->count; k++)
            node_sequence_append(arena, document->values[i], document->image_tags->items[k]);
    }
}

static void diagnose_empty(struct diagnostics *diagnostics, const struct source *source)
{
    diagnose(diagnostics, source_position(source, 1, 1), "the kustomization is empty");
    size_t slash = slice_find_last_byte(source->path, '/');
    struct slice name = slash == SLICE_NOT_FOUND ? source->path : slice_from_index(source->path, slash + 1);
    diagnose_phrase(diagnostics, "%.*s is empty", SLICE_ARGS(name));
    diagnose_hint(diagnostics, "list at least one file under `resources`");
}

static bool is_separator(struct slice line)
{
    return slice_starts_with(line, slice_literal("---")) && (line.length == 3 || strchr(" \t\r", line.data[3]));
}

// kustomize silently ignores all documents after the first.
static void warn_about_second(struct diagnostics *diagnostics, const struct source *source, const struct node *root)
{
    struct slice line, rest = source->content;
    uint32_t number = 0, separator = 0;
    if (slice_find(source->content, slice_literal("\n---")) == SLICE_NOT_FOUND)
        return;
    while (rest.length) {
        slice_cut(rest, '\n', &line, &rest);
        number++;
        if (number <= root->position.line)
            continue;
        if (is_separator(line)) {
            separator = number;
            line = slice_from_index(line, 3);
        }
        line = slice_trim(line, " \t\r");
        if (separator && line.length && line.data[0] != '#' && !slice_equals(line, "...")) {
            diagnose_warning(diagnostics, source_position(source, separator, 1),
                             "only the first document of a kustomization is read; the rest is ignored");
            return;
        }
    }
}

struct kustomization *kustomization_read(struct read_context *read, const struct source *source,
                                         const struct plugin_fields *plugins, struct kustomization **partial)
{
    struct node *root;
    *partial = NULL;
    if (!yaml_read_first(read, source, &root))
        return NULL;
    if (!root) {
        diagnose_empty(read->diagnostics, source);
        return NULL;
    }
    struct decode_type type = document_type(read->arena, plugins);
    if (root->kind != NODE_MAP) {
        foreign_refuse_no_map(read->diagnostics, &type, root);
        return NULL;
    }
    if (foreign_refuse(read->arena, read->diagnostics, &type, root))
        return NULL;
    if (is_present(root, "secretGenerator"))
        memory_hold_secret();
    warn_about_second(read->diagnostics, source, root);
    struct decode_context context = {
        .arena = read->arena, .diagnostics = read->diagnostics, .field_instead = kustomization_field_instead};
    void *decoded;
    bool good = decode_struct_into(&context, &type, root, &decoded);
    struct document *document = decoded;
    if (good || diagnostics_may_continue(read->diagnostics))
        good &= check_shapes(&context, document, plugins);
    struct kustomization *result = &document->result;
    result->source = source;
    result->values = document->values;
    if (!good) {
        append_bases(read->arena, document);
        drop_empty(result);
        *partial = diagnostics_may_continue(read->diagnostics) ? result : NULL;
        return NULL;
    }
    notice_deprecated(read->diagnostics, root);
    if (is_empty(root)) {
        diagnose_empty(read->diagnostics, source);
        return NULL;
    }
    if (!check_kind(read->diagnostics, result))
        return NULL;
    append_bases(read->arena, document);
    append_image_tags(read->arena, document, plugins);
    return result;
}

const struct node *kustomization_value(const struct kustomization *kustomization, const struct plugin_fields *plugins,
                                       const char *field)
{
    for (size_t i = 0; i < plugins->count; i++)
        if (strcmp(plugins->items[i].name, field) == 0)
            return kustomization->values[i];
    return NULL;
}
