#include "kustomization/configuration.h"

#include "doc/decode.h"

struct spec_entry {
    struct position position;
    struct text path, group, version, kind;
    bool create;
};

typedef DECODE_LIST_OF(struct spec_entry) spec_entries;

struct reference_entry {
    struct position position;
    struct text group, version, kind;
    spec_entries specs;
};

struct configuration {
    struct position position;
    spec_entries lists[FIELD_SPECS_COUNT];
    DECODE_LIST_OF(struct reference_entry) references;
};

static const struct decode_field spec_fields[] = {
    {"path", DECODE_STEPS, offsetof(struct spec_entry, path), NULL},
    {"create", DECODE_BOOL, offsetof(struct spec_entry, create), NULL},
    {"group", DECODE_TEXT, offsetof(struct spec_entry, group), NULL},
    {"version", DECODE_TEXT, offsetof(struct spec_entry, version), NULL},
    {"kind", DECODE_TEXT, offsetof(struct spec_entry, kind), NULL},
};
static const struct decode_type spec_type = DECODE_TYPE("field spec", struct spec_entry, spec_fields);

static const struct decode_field reference_fields[] = {
    {"group", DECODE_TEXT, offsetof(struct reference_entry, group), NULL},
    {"version", DECODE_TEXT, offsetof(struct reference_entry, version), NULL},
    {"kind", DECODE_TEXT, offsetof(struct reference_entry, kind), NULL},
    {"fieldSpecs", DECODE_LIST, offsetof(struct reference_entry, specs), &spec_type},
};
static const struct decode_type reference_type = DECODE_TYPE("name reference", struct reference_entry,
                                                             reference_fields);

#define LIST(name, list)                                                                                               \
    {                                                                                                                  \
        name, DECODE_LIST, offsetof(struct configuration, lists[list]), &spec_type                                     \
    }

static const struct decode_field configuration_fields[] = {
    LIST("namePrefix", FIELD_SPECS_NAME_PREFIX),
    LIST("nameSuffix", FIELD_SPECS_NAME_SUFFIX),
    LIST("namespace", FIELD_SPECS_NAMESPACE),
    LIST("commonLabels", FIELD_SPECS_COMMON_LABELS),
    LIST("labels", FIELD_SPECS_LABELS),
    LIST("templateLabels", FIELD_SPECS_TEMPLATE_LABELS),
    LIST("commonAnnotations", FIELD_SPECS_COMMON_ANNOTATIONS),
    {"nameReference", DECODE_LIST, offsetof(struct configuration, references), &reference_type},
    LIST("varReference", FIELD_SPECS_VAR_REFERENCE),
    LIST("images", FIELD_SPECS_IMAGES),
    LIST("replicas", FIELD_SPECS_REPLICAS),
    LIST("volumeClaimTemplateLabels", FIELD_SPECS_CLAIM_LABELS),
};
static const struct decode_type configuration_type = DECODE_TYPE("transformer configuration", struct configuration,
                                                                 configuration_fields);
// v5.8.1 doesn't know the last field.
static const struct decode_type configuration_type_of_v5_8_1 = {
    "transformer configuration", configuration_fields, countof(configuration_fields) - 1, sizeof(struct configuration)};

static struct field_spec make_spec(struct read_context *read, const struct spec_entry *entry)
{
    struct field_spec spec = field_spec_new(read->arena, read->names->table, entry->group.slice, entry->version.slice,
                                            entry->kind.slice, entry->path.slice, entry->create);
    spec.position = entry->position;
    return spec;
}

static struct name_reference make_reference(struct read_context *read, const struct reference_entry *entry)
{
    struct name_reference reference = {
        .group = name_intern(read->names->table, entry->group.slice),
        .version = name_intern(read->names->table, entry->version.slice),
        .kind = name_intern(read->names->table, entry->kind.slice),
    };
    for (size_t i = 0; i < entry->specs.count; i++)
        list_append(read->arena, &reference.specs, make_spec(read, entry->specs.items[i]));
    return reference;
}

// For a resource, a patch, or the configuration of a plugin in place of field specs. A single message is clearer than
// one for each field.
static bool refuse_resource(struct diagnostics *diagnostics, const struct decode_type *type, const struct node *root)
{
    const struct node *kind = NULL, *api_version = NULL;
    for (uint32_t i = 0; node_is_map(root) && i < root->count; i++) {
        struct slice key = root->entries[i].key->text;
        const struct node *value = root->entries[i].value;
        if (decode_type_has(type, key))
            return false;
        if (slice_equals(key, "kind") && node_is_scalar(value))
            kind = value;
        if (slice_equals(key, "apiVersion") && node_is_scalar(value))
            api_version = value;
    }
    if (!kind || !kind->count || !api_version)
        return false;
    diagnose(diagnostics, kind->position, "expected a transformer configuration, found a resource of kind '%.*s'",
             SLICE_ARGS(node_text(kind)));
    decode_phrase_unknown(diagnostics, root->entries[0].key->text);
    diagnose_about(diagnostics, "field-unknown");
    if (!slice_equals(node_text(api_version), "builtin"))
        diagnose_hint(diagnostics, "list a resource under `resources`, and a patch under `patches`");
    else
        diagnose_hint(diagnostics, "list it under `%s`",
                      slice_ends_with(node_text(kind), slice_literal("Generator")) ? "generators" : "transformers");
    return true;
}

struct field_config *configuration_read(struct read_context *read, const struct source *source)
{
    struct node *document;
    if (!yaml_read_first_strict(read, source, &document))
        return NULL;
    struct field_config *config = field_config_new_empty(read->arena, read->names->table);
    if (!document)
        return config;
    const struct decode_type *type = read->diagnostics->release >= RELEASE_V5_8_3 ? &configuration_type
                                                                                  : &configuration_type_of_v5_8_1;
    if (refuse_resource(read->diagnostics, type, document))
        return NULL;
    const struct configuration *configuration = decode_strict(read->arena, read->diagnostics, type, document);
    if (!configuration)
        return NULL;
    for (size_t list = 0; list < FIELD_SPECS_COUNT; list++)
        for (size_t i = 0; i < configuration->lists[list].count; i++)
            field_config_add(config, (enum field_spec_list)list, make_spec(read, configuration->lists[list].items[i]));
    for (size_t i = 0; i < configuration->references.count; i++)
        field_config_add_reference(config, make_reference(read, configuration->references.items[i]));
    field_config_sort(config);
    return config;
}
