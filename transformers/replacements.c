// transformers/replacements.c
//
// Copies a value from a field of one object to fields of others:
//
//     replacements:
//     - source: {kind: ConfigMap, name: settings, fieldPath: data.host}
//       targets:
//       - select: {kind: Deployment}
//         fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=HOST].value"]
//     - path: replacement.yaml  # one entry, or a list of them
//
// All entries together are one step, and each works on the result of those before it. replacement_source.c finds the
// value, replacement_target.c writes it, and structured_text.c handles fields inside JSON and YAML strings.
#include "transformers/replacement.h"

#include <inttypes.h>

#include "doc/scalar.h"
#include "schema/well_known_names.h"
#include "transform/doubt.h"
#include "transform/field_spec_list.h"
#include "transformers/transformer.h"
#include "yaml/read.h"

static const struct decode_field options_fields[] = {
    {"delimiter", DECODE_TEXT, offsetof(struct replacement_options, delimiter), NULL},
    {"index", DECODE_INTEGER, offsetof(struct replacement_options, index), NULL},
    {"encoding", DECODE_TEXT, offsetof(struct replacement_options, encoding), NULL},
    {"create", DECODE_BOOL, offsetof(struct replacement_options, create), NULL},
};
static const struct decode_type options_type = DECODE_TYPE("options", struct replacement_options, options_fields);

static const struct decode_field source_fields[] = {
    {"group", DECODE_TEXT, offsetof(struct replacement_source, group), NULL, .mistaken_for = "apiVersion"},
    {"version", DECODE_TEXT, offsetof(struct replacement_source, version), NULL, .mistaken_for = "apiVersion"},
    {"kind", DECODE_TEXT, offsetof(struct replacement_source, kind), NULL},
    {"name", DECODE_TEXT, offsetof(struct replacement_source, name), NULL},
    {"namespace", DECODE_TEXT, offsetof(struct replacement_source, namespace), NULL},
    {"fieldPath", DECODE_TEXT, offsetof(struct replacement_source, field_path), NULL},
    {"options", DECODE_STRUCT, offsetof(struct replacement_source, options), &options_type},
};
static const struct decode_type source_type = DECODE_TYPE("source", struct replacement_source, source_fields);

static const struct decode_field target_fields[] = {
    {"select", DECODE_STRUCT, offsetof(struct replacement_target, select), &selector_type, selector_hint_string},
    {"reject", DECODE_LIST, offsetof(struct replacement_target, reject), &selector_type, selector_hint_string},
    {"fieldPaths", DECODE_TEXT_LIST, offsetof(struct replacement_target, field_paths), NULL},
    {"options", DECODE_STRUCT, offsetof(struct replacement_target, options), &options_type},
};
static const struct decode_type target_type = DECODE_TYPE("target", struct replacement_target, target_fields);

static const struct decode_field replacement_fields[] = {
    {"path", DECODE_TEXT, offsetof(struct replacement, path), NULL},
    {"source", DECODE_STRUCT, offsetof(struct replacement, source), &source_type, selector_hint_string},
    {"sourceValue", DECODE_TEXT, offsetof(struct replacement, source_value), NULL},
    {"targets", DECODE_LIST, offsetof(struct replacement, targets), &target_type},
};
static const struct decode_type replacement_type = DECODE_TYPE("replacement", struct replacement, replacement_fields);

struct replacements {
    struct replacement **items;
    size_t count, capacity;
};

// --- Configuring.

// Files and objects are decoded less strictly (`lenient`): unknown fields are ignored, numbers are accepted as strings,
// and `targets: []`, which is an error in kustomization.yaml, does nothing.
static bool add_replacement(struct transform_context *context, const struct node *entry, bool lenient,
                            struct replacements *all)
{
    struct replacement *replacement = lenient ? configuration_object_decode(context, &replacement_type, entry)
                                              : decode_strict(context->arena, context->diagnostics, &replacement_type,
                                                              entry);
    if (!replacement)
        return false;
    const struct node *targets = node_map_get(entry, NAME(targets));
    replacement->has_targets = replacement->targets.count > 0 || (lenient && !node_is_null(targets));
    list_append(context->arena, all, replacement);
    return true;
}

// Files are YAML 1.1, where `yes` is true, but objects are read as YAML 1.2.
static void settle_types(struct transform_context *context, struct node *node)
{
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        settle_types(context, node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
    if (node->kind != NODE_SCALAR || node->tag != TAG_IMPLICIT)
        return;
    struct scalar_value value = scalar_resolve_yaml11(node_text(node));
    if (value.type == SCALAR_STRING)
        node->tag = TAG_STRING;
    else if (value.type == SCALAR_BOOL)
        node_set_text(node, slice_from(value.boolean ? "true" : "false"));
    else if (value.type == SCALAR_INT)
        node_set_text(node, arena_format(context->arena, "%" PRId64, value.integer));
}

static bool add_file(struct transform_context *context, const struct replacement *entry, struct replacements *all)
{
    struct read_context read = transform_read_context(context);
    const struct source *source = file_loader_read(context->files, entry->path);
    struct node *document;
    if (!source || !yaml_read_first(&read, source, &document))
        return false;
    if (document)
        settle_types(context, document);
    if (node_is_map(document)) {
        size_t before = all->count;
        bool added = add_replacement(context, document, true, all);
        if (added)
            all->items[before]->is_wrapped = !node_is_null(
                node_map_get(document, name_intern(context->names, slice_literal("replacements"))));
        return added;
    }
    if (!node_is_sequence(document)) {
        struct position position = document ? document->position : source_position(source, 0, 0);
        diagnose(context->diagnostics, position, "expected a replacement or a list of them, found %s",
                 node_kind_phrase(document));
        return false;
    }
    for (uint32_t i = 0; i < document->count; i++)
        if (!add_replacement(context, document->items[i], true, all))
            return false;
    return true;
}

static bool add_entry(struct transform_context *context, const struct node *entry, bool lenient,
                      struct replacements *all)
{
    size_t before = all->count;
    if (!add_replacement(context, entry, lenient, all))
        return false;
    const struct replacement *replacement = all->items[before];
    if (!replacement->path.slice.length)
        return true;
    if (replacement->source || replacement->targets.count) {
        diagnose(context->diagnostics, replacement->path.position, "the replacement has both 'path' and '%s'",
                 replacement->source ? "source" : "targets");
        diagnose_hint(context->diagnostics, "write '- ' before `source` or `targets` to start another replacement, or "
                                            "remove one of the two");
        return false;
    }
    all->count = before;
    return add_file(context, replacement, all);
}

static const void *configure_list(struct transform_context *context, const struct node *list, bool lenient)
{
    struct replacements *all = arena_new(context->arena, struct replacements);
    for (uint32_t i = 0; list && i < list->count; i++)
        if (!add_entry(context, list->items[i], lenient, all))
            return NULL;
    return all;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    *skip = value->count == 0;
    return configure_list(context, value, false);
}

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    struct node *list = node_map_get(object, name_intern(context->names, slice_literal("replacements")));
    if (node_is_null(list))
        list = NULL;
    if (list && !node_is_sequence(list)) {
        diagnose(context->diagnostics, list->position, "expected a list for 'replacements', found %s",
                 node_kind_phrase(list));
        return NULL;
    }
    return configure_list(context, list, true);
}

// --- Applying.

// As in "from ConfigMap/sizes data.web, part 1 at ':'".
static struct slice origin_text(struct arena *arena, const struct replacement_source *from,
                                const struct resource *resource)
{
    const struct resource_id id = resource_original_id(resource);
    struct slice field = from->field_path.slice.length ? from->field_path.slice : slice_literal("metadata.name");
    struct slice text = arena_format(arena, "from %.*s/%.*s %.*s", SLICE_ARGS(id.gvk.kind->text),
                                     SLICE_ARGS(id.name->text), SLICE_ARGS(field));
    if (!from->options || !from->options->delimiter.slice.length)
        return text;
    return arena_format(arena, "%.*s, part %" PRId64 " at '%.*s'", SLICE_ARGS(text), from->options->index.value,
                        SLICE_ARGS(from->options->delimiter.slice));
}

static void notify(const struct replacement_run *run, const struct replacement *replacement, struct position source)
{
    struct transform_context *context = run->context;
    const struct entry_done done = {
        .position = replacement->position,
        .source = source,
        .detail = replacement->source ? origin_text(context->arena, replacement->source, run->source)
                                      : slice_literal("from sourceValue"),
    };
    context->entries->notify(context->entries->state, &done);
}

bool replacement_failed(struct replacement_run *run)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    if (run->kept)
        diagnostics_keep_independent(diagnostics, run->kept);
    run->kept = diagnostics->count;
    run->context->entries = NULL;
    run->context->matches = NULL;
    // An overlap costs as much to find as an error that is shown.
    enum { OVERLAPS_MAX = 200 };
    return diagnostics_may_continue(diagnostics) && run->overlaps < OVERLAPS_MAX;
}

// Checks what doesn't depend on any resource. False: diagnosed.
static bool is_complete(struct replacement_run *run, const struct replacement *replacement)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    bool has_value = replacement->source_value.position.line > 0;
    if (!replacement->source && !has_value) {
        diagnose(diagnostics, replacement->position, "the replacement has no 'source'");
        diagnose_hint(diagnostics,
                      replacement->is_wrapped
                          ? "write only the list in the file, without `replacements:` above it"
                          : "add one, such as `source: {kind: ConfigMap, name: settings, fieldPath: data.host}`");
        return false;
    }
    if (!replacement->has_targets) {
        diagnose(diagnostics, replacement->position, "the replacement has no 'targets'");
        diagnose_hint(diagnostics, "add `targets:`, a list whose items have `select` and `fieldPaths`");
        return false;
    }
    if (replacement->source && has_value) {
        diagnose(diagnostics, replacement->source_value.position,
                 "the replacement has both 'source' and 'sourceValue'");
        diagnose_hint(diagnostics, "keep one: `source` selects a resource, `sourceValue` is the value itself");
        return false;
    }
    return true;
}

static bool apply_replacement(struct replacement_run *run, const struct replacement *replacement)
{
    const struct node *value = NULL;
    if (is_complete(run, replacement))
        value = replacement_find_value(run, replacement);
    else
        diagnose_independent(run->context->diagnostics);
    // Keep the position, since a target may change the node itself.
    struct position source = value ? value->position : (struct position){0};
    bool good = value != NULL;
    if (!good && !replacement_failed(run))
        return false;
    for (size_t i = 0; i < replacement->targets.count; i++) {
        bool written = replacement_write(run, replacement->targets.items[i], value);
        if (!written && !replacement_failed(run))
            return false;
        good &= written;
    }
    if (good && run->context->entries)
        notify(run, replacement, source);
    return good;
}

static bool apply(struct transform_context *context, const void *settings, struct resource_map *resources)
{
    const struct replacements *all = settings;
    struct replacement_run run = {.context = context, .resources = resources};
    bool good = true;
    for (size_t i = 0; i < all->count && (good || diagnostics_may_continue(context->diagnostics)); i++)
        good &= apply_replacement(&run, all->items[i]);
    // The values are missing for later steps.
    for (size_t i = 0; i < run.plain.count; i++)
        doubt_resource(run.plain.items[i].resource, DOUBT_CONTENT);
    return good;
}

const struct transformer replacements_transformer = {
    .field = "replacements",
    .unit = TRANSFORMER_WHOLE,
    .shape = {"replacements", DECODE_LIST, 0, &replacement_type},
    .kind = "ReplacementTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
    .limits_doubt = true,
};
