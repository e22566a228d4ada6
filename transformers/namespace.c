// transformers/namespace.c
//
// Moves all namespaced objects to one namespace:
//
//     namespace: staging
//
// In addition to `metadata.namespace`, this changes the subjects of role bindings and the fields that field specs name,
// such as the name of a Namespace. Objects rendered from charts are not changed.
#include "schema/well_known_names.h"
#include "transform/field_spec_list.h"
#include "transform/set_fields.h"
#include "transformers/transformer.h"

// Which subjects of a RoleBinding or ClusterRoleBinding move.
enum subject_mode { SUBJECTS_NAMED_DEFAULT, SUBJECTS_SERVICE_ACCOUNTS, SUBJECTS_NONE };

struct namespace_settings {
    struct text text;
    const struct name *name;
    bool unset_only;  // objects that have a namespace keep it
    enum subject_mode subjects;
    struct field_spec own;  // metadata/namespace
    const struct field_specs *specs;
};

static struct namespace_settings *new_settings(struct transform_context *context, struct text text,
                                               const struct field_specs *specs)
{
    struct namespace_settings *settings = arena_new(context->arena, struct namespace_settings);
    struct slice any = {0};
    settings->text = text;
    settings->name = name_intern(context->names, text.slice);
    settings->own = field_spec_new(context->arena, context->names, any, any, any, slice_literal("metadata/namespace"),
                                   true);
    settings->specs = specs;
    return settings;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    static const struct decode_field field = {"namespace", DECODE_TEXT, 0, NULL};
    struct decode_context decode = {.arena = context->arena, .diagnostics = context->diagnostics};
    struct text text = {0};
    if (!decode_value(&decode, &field, value, &text))
        return NULL;
    *skip = text.slice.length == 0;
    return new_settings(context, text, field_config_list(context->fields, FIELD_SPECS_NAMESPACE));
}

struct namespace_metadata {
    struct position position;
    struct text namespace;
};

static const struct decode_field namespace_metadata_fields[] = {
    {"namespace", DECODE_TEXT, offsetof(struct namespace_metadata, namespace), NULL},
};
static const struct decode_type namespace_metadata_type = DECODE_TYPE("metadata", struct namespace_metadata,
                                                                      namespace_metadata_fields);

struct namespace_object {
    struct position position;
    struct namespace_metadata *metadata;
    struct field_spec_entries specs;
    bool unset_only;
    struct text subjects;
};

static const struct decode_field namespace_object_fields[] = {
    {"metadata", DECODE_STRUCT, offsetof(struct namespace_object, metadata), &namespace_metadata_type},
    {"fieldSpecs", DECODE_LIST, offsetof(struct namespace_object, specs), &field_spec_entry_type},
    {"unsetOnly", DECODE_BOOL, offsetof(struct namespace_object, unset_only), NULL},
    {"setRoleBindingSubjects", DECODE_TEXT, offsetof(struct namespace_object, subjects), NULL},
};
static const struct decode_type namespace_object_type = DECODE_TYPE("NamespaceTransformer", struct namespace_object,
                                                                    namespace_object_fields);

static bool subject_mode_from(struct transform_context *context, const struct text *text, enum subject_mode *mode)
{
    static const char *const words[] = {"defaultOnly", "allServiceAccounts", "none"};
    *mode = SUBJECTS_NAMED_DEFAULT;
    if (!text->slice.length)
        return true;
    for (size_t i = 0; i < countof(words); i++)
        if (slice_equals(text->slice, words[i])) {
            *mode = (enum subject_mode)i;
            return true;
        }
    return diagnose(context->diagnostics, text->position,
                    "setRoleBindingSubjects must be defaultOnly, allServiceAccounts, or none, not '%.*s'",
                    SLICE_ARGS(text->slice));
}

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    const struct namespace_object *decoded = configuration_object_decode(context, &namespace_object_type, object);
    enum subject_mode mode;
    if (!decoded || !subject_mode_from(context, &decoded->subjects, &mode))
        return NULL;
    struct text text = decoded->metadata ? decoded->metadata->namespace : (struct text){0};
    struct namespace_settings *settings = new_settings(context, text,
                                                       field_specs_from_entries(context, &decoded->specs));
    settings->unset_only = decoded->unset_only;
    settings->subjects = mode;
    return settings;
}

// --- Applying.

struct namespace_run {
    struct transform_context *context;
    const struct namespace_settings *settings;
    struct set_fields fields;
};

// For `unset_only`. If the spec may create the field, a null counts as a value if it is written out (`null`), but not
// if its text is empty. Field specs other than our own also turn such a null into a string.
static bool keeps_value(const struct namespace_run *run, struct node *node)
{
    if (!node->count)
        return false;
    if (!node_is_null(node))
        return true;
    if (!run->fields.spec || !run->fields.spec->create)
        return false;
    if (run->fields.spec != &run->settings->own)
        node->tag = TAG_STRING;
    return true;
}

static bool set_namespace(void *state, struct node **leaf)
{
    const struct namespace_run *run = state;
    struct node *node = *leaf;
    if (!require_scalar(run->context, run->fields.spec, node, "a namespace"))
        return false;
    if (run->settings->unset_only && keeps_value(run, node))
        return true;
    scalar_set_typed(node, run->settings->text.slice, TAG_STRING);
    node_move(node, run->settings->text.position);
    return true;
}

// Excludes fields from the specs: metadata.namespace and subjects have their own rules, and metadata.name applies only
// to the core group's Namespace.
static bool concerns(const struct field_spec *spec, const struct gvk *gvk)
{
    if (slice_equals(spec->path, "metadata/namespace"))
        return false;
    if (slice_equals(spec->path, "metadata/name") && (gvk->version != NAME(v1) || !name_is_empty(gvk->group)))
        return false;
    return !slice_equals(spec->path, "subjects/namespace") ||
           (spec->kind != NAME(RoleBinding) && spec->kind != NAME(ClusterRoleBinding));
}

static bool set_subject(struct namespace_run *run, struct node *subject)
{
    struct transform_context *context = run->context;
    if (node_is_null(subject))
        return true;
    if (!node_is_map(subject))
        return diagnose(context->diagnostics, subject->position,
                        "expected a map for a subject of a role binding, found %s", node_kind_phrase(subject));
    bool by_kind = run->settings->subjects == SUBJECTS_SERVICE_ACCOUNTS;
    const struct node *field = node_map_get(subject, by_kind ? NAME(kind) : NAME(name));
    if (node_is_null(field))
        return true;
    if (!require_scalar(context, NULL, field, by_kind ? "the kind of a subject" : "the name of a subject"))
        return false;
    if (!slice_equals(node_text(field), by_kind ? "ServiceAccount" : "default"))
        return true;
    if (!node_map_find(subject, NAME(namespace)))
        node_map_set(context->arena, subject, NAME(namespace),
                     node_new_scalar(context->arena, slice_literal(""), STYLE_PLAIN, TAG_IMPLICIT, subject->position));
    return set_namespace(run, &node_map_find(subject, NAME(namespace))->value);
}

static bool set_subjects(struct namespace_run *run, const struct resource *resource)
{
    const struct name *kind = resource->id.gvk.kind;
    if ((kind != NAME(RoleBinding) && kind != NAME(ClusterRoleBinding)) || run->settings->subjects == SUBJECTS_NONE)
        return true;
    run->fields.spec = NULL;
    const struct node *subjects = node_map_get(resource->root, NAME(subjects));
    if (node_is_null(subjects))
        return true;
    if (!node_is_sequence(subjects))
        return diagnose(run->context->diagnostics, subjects->position, "expected a list for 'subjects', found %s",
                        node_kind_phrase(subjects));
    for (uint32_t i = 0; i < subjects->count; i++)
        if (!set_subject(run, subjects->items[i]))
            return false;
    return true;
}

static bool set_own_namespace(struct namespace_run *run, struct resource *resource)
{
    if (resource->cluster_scoped)
        return true;
    run->fields.spec = &run->settings->own;
    if (!field_spec_walk(&run->fields.walk, run->fields.spec, resource->root))
        return false;
    const struct node *namespace = node_get_path(resource->root, NAME(metadata), NAME(namespace), NULL);
    resource->id.namespace = run->settings->unset_only && node_is_scalar(namespace)
                                 ? name_intern(run->context->names, node_text(namespace))
                                 : run->settings->name;
    return true;
}

static bool apply(struct transform_context *context, const void *opaque, struct resource_map *resources)
{
    struct namespace_run run = {.context = context, .settings = opaque};
    if (!run.settings->text.slice.length)
        return true;
    run.fields = set_fields_start(context, resources, run.settings->specs, FIELD_LEAF_SCALAR, set_namespace, &run);
    run.fields.concerns = concerns;
    for (size_t i = 0; i < resources->count; i++) {
        struct resource *resource = resources->items[i];
        if (resource->helm_generated)
            continue;
        if (!remember_id(context, resource) || !set_own_namespace(&run, resource) || !set_subjects(&run, resource) ||
            !set_fields_in(&run.fields, resource))
            return false;
        if (resource->id.namespace == run.settings->name)
            resource->id_set_at = run.settings->text.position;
        resource_map_reindex(resources, resource);
        if (!resource_map_check_unique_id(resources, resource))
            return false;
    }
    return true;
}

const struct transformer namespace_transformer = {
    .field = "namespace",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"namespace", DECODE_TEXT, 0, NULL},
    .kind = "NamespaceTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
};
