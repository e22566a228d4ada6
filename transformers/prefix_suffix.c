// transformers/prefix_suffix.c
//
// Adds a prefix or suffix to the name of every object:
//
//     namePrefix: staging-
//     nameSuffix: -v2
//
// A configuration object can also add both at once:
//
//     apiVersion: builtin
//     kind: PrefixSuffixTransformer
//     metadata: {name: names}
//     prefix: staging-
//     suffix: '-v2'
//     fieldSpecs: [{path: metadata/name}]
#include "schema/well_known_names.h"
#include "transform/field_spec_list.h"
#include "transform/set_fields.h"
#include "transformers/transformer.h"

enum affix_side { AFFIX_PREFIX, AFFIX_SUFFIX };

struct affix {
    enum affix_side side;
    struct text text;
    const struct name *name;  // the text
    const struct field_specs *specs;
};

static const struct decode_field affix_value = {"affix", DECODE_TEXT, 0, NULL};

static const struct affix *new_affix(struct transform_context *context, enum affix_side side, struct text text,
                                     const struct field_specs *specs)
{
    struct affix *affix = arena_new(context->arena, struct affix);
    *affix = (struct affix){side, text, name_intern(context->names, text.slice), specs};
    return affix;
}

static const struct affix *affix_configure(struct transform_context *context, enum affix_side side,
                                           const struct node *value, bool *skip)
{
    struct decode_context decode = {.arena = context->arena, .diagnostics = context->diagnostics};
    struct text text = {0};
    if (!decode_value(&decode, &affix_value, value, &text))
        return NULL;
    *skip = text.slice.length == 0;
    enum field_spec_list list = side == AFFIX_PREFIX ? FIELD_SPECS_NAME_PREFIX : FIELD_SPECS_NAME_SUFFIX;
    return new_affix(context, side, text, field_config_list(context->fields, list));
}

struct affix_object {
    struct position position;
    struct text prefix, suffix;
    struct field_spec_entries specs;
};

static const struct decode_field affix_object_fields[] = {
    {"prefix", DECODE_TEXT, offsetof(struct affix_object, prefix), NULL},
    {"suffix", DECODE_TEXT, offsetof(struct affix_object, suffix), NULL},
    {"fieldSpecs", DECODE_LIST, offsetof(struct affix_object, specs), &field_spec_entry_type},
};
static const struct decode_type affix_object_type = DECODE_TYPE("prefix or suffix transformer", struct affix_object,
                                                                affix_object_fields);

static bool is_null_entry(const struct node *object, size_t number)
{
    const struct node *list = node_map_get(object, NAME(fieldSpecs));
    return node_is_sequence(list) && number < list->count && node_is_null(list->items[number]);
}

static const struct affix *affix_configure_object(struct transform_context *context, enum affix_side side,
                                                  const struct node *object)
{
    const struct affix_object *decoded = configuration_object_decode(context, &affix_object_type, object);
    if (!decoded)
        return NULL;
    if (node_is_null(node_map_get(object, NAME(fieldSpecs)))) {
        diagnose(context->diagnostics, object->position, "the configuration object has no fieldSpecs");
        diagnose_hint(context->diagnostics, "add `fieldSpecs: [{path: metadata/name}]` to change names");
        return NULL;
    }
    // Unlike in other objects, a spec that is null is ignored here.
    struct field_spec_entries specs = {0};
    for (size_t i = 0; i < decoded->specs.count; i++)
        if (!is_null_entry(object, i))
            list_append(context->arena, &specs, decoded->specs.items[i]);
    struct text text = side == AFFIX_PREFIX ? decoded->prefix : decoded->suffix;
    return new_affix(context, side, text, field_specs_from_entries(context, &specs));
}

struct affix_run {
    struct transform_context *context;
    const struct affix *affix;
    const struct set_fields *fields;
};

static bool affix_leaf(void *state, struct node **leaf)
{
    const struct affix_run *run = state;
    struct node *node = *leaf;
    if (!require_scalar(run->context, run->fields->spec, node, "a name"))
        return false;
    struct slice old = node_text(node), text = run->affix->text.slice;
    scalar_set_untyped(node, run->affix->side == AFFIX_PREFIX ? arena_join(run->context->arena, text, old)
                                                              : arena_join(run->context->arena, old, text));
    return true;
}

// The names of these kinds say what they define, so they must not change.
static bool keeps_name(const struct gvk *gvk)
{
    return gvk->kind == NAME(CustomResourceDefinition) || gvk->kind == NAME(Namespace) ||
           (gvk->kind == NAME(APIService) && gvk->group == NAME(apiregistration_group));
}

static bool apply_to(struct set_fields *fields, const struct affix *affix, struct resource *resource)
{
    struct gvk original = resource_original_id(resource).gvk;
    if (keeps_name(&original))
        return true;
    const struct kind_specs *specs = set_fields_of_kind(fields, &original);
    struct name_list *list = affix->side == AFFIX_PREFIX ? &resource->prefixes : &resource->suffixes;
    for (size_t i = 0; i < specs->count; i++) {
        const struct field_spec *spec = specs->items[i];
        if (slice_equals(spec->path, "metadata/name") && affix->text.slice.length) {
            list_append(fields->context->arena, list, affix->name);
            if (!remember_id(fields->context, resource))
                return false;
            resource->id_set_at = affix->text.position;
        }
        const struct gvk *present = &resource->id.gvk;
        if (field_spec_selects(spec, present->group, present->version, present->kind) &&
            !set_field_in(fields, spec, resource))
            return false;
    }
    return true;
}

static bool affix_apply(struct transform_context *context, const struct affix *affix, struct resource_map *resources)
{
    struct affix_run run = {context, affix, NULL};
    struct set_fields fields = set_fields_start(context, resources, affix->specs, FIELD_LEAF_SCALAR, affix_leaf, &run);
    run.fields = &fields;
    for (size_t i = 0; i < resources->count; i++)
        if (!apply_to(&fields, affix, resources->items[i]))
            return false;
    return true;
}

// --- The three transformers.

static bool apply_one(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    return affix_apply(context, settings, resources);
}

static const void *prefix_configure(struct transform_context *context, const struct node *value, bool *skip)
{
    return affix_configure(context, AFFIX_PREFIX, value, skip);
}

static const void *prefix_configure_object(struct transform_context *context, const struct node *object)
{
    return affix_configure_object(context, AFFIX_PREFIX, object);
}

const struct transformer name_prefix_transformer = {
    .field = "namePrefix",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"namePrefix", DECODE_TEXT, 0, NULL, .mistaken_for = "prefix"},
    .kind = "PrefixTransformer",
    .configure = prefix_configure,
    .configure_object = prefix_configure_object,
    .apply = apply_one,
};

static const void *suffix_configure(struct transform_context *context, const struct node *value, bool *skip)
{
    return affix_configure(context, AFFIX_SUFFIX, value, skip);
}

static const void *suffix_configure_object(struct transform_context *context, const struct node *object)
{
    return affix_configure_object(context, AFFIX_SUFFIX, object);
}

const struct transformer name_suffix_transformer = {
    .field = "nameSuffix",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"nameSuffix", DECODE_TEXT, 0, NULL, .mistaken_for = "suffix"},
    .kind = "SuffixTransformer",
    .configure = suffix_configure,
    .configure_object = suffix_configure_object,
    .apply = apply_one,
};

struct prefix_suffix {
    const struct affix *prefix, *suffix;
};

static const void *both_configure_object(struct transform_context *context, const struct node *object)
{
    struct prefix_suffix *both = arena_new(context->arena, struct prefix_suffix);
    both->prefix = affix_configure_object(context, AFFIX_PREFIX, object);
    both->suffix = both->prefix ? affix_configure_object(context, AFFIX_SUFFIX, object) : NULL;
    return both->suffix ? both : NULL;
}

static bool both_apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    const struct prefix_suffix *both = settings;
    return affix_apply(context, both->prefix, resources) && affix_apply(context, both->suffix, resources);
}

const struct transformer prefix_suffix_transformer = {
    .kind = "PrefixSuffixTransformer",
    .configure_object = both_configure_object,
    .apply = both_apply,
};
