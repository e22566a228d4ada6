#include "resource/identity.h"

#include "base/utf8.h"
#include "json/roundtrip.h"
#include "schema/well_known_names.h"

// When a field is indented with no-break spaces, it becomes a top-level key of the resource.
static void hint_unusual_space(struct resource_context *context, const struct node *root)
{
    for (uint32_t i = 0; i < root->count; i++) {
        if (!root->entries[i].key->text.length)
            continue;
        const char *space = character_space_name(character_at(root->entries[i].key->text, 0).code);
        if (space) {
            diagnose_hint(context->diagnostics, "line %u is indented with %s: indent with ordinary spaces",
                          sources_line_in_file(context->diagnostics->sources, key_position(root, &root->entries[i])),
                          space);
            return;
        }
    }
}

// The part of the identity that is missing or wrong.
struct fault {
    const char *field;         // 'kind', 'metadata', or 'metadata.name'
    const struct node *found;  // of another type than it must have; NULL: it is missing
};

// True for a value of another type than needed.
static bool is_other(const struct node *node, bool is_needed(const struct node *))
{
    return node && !node_is_null(node) && !is_needed(node);
}

static struct fault fault_of(const struct node *root)
{
    const struct node *kind = node_map_get(root, NAME(kind)), *metadata = node_map_get(root, NAME(metadata));
    const struct node *name = node_map_get(metadata, NAME(name));
    if (!scalar_text(kind).length)
        return (struct fault){"kind", is_other(kind, node_is_scalar) ? kind : NULL};
    if (is_other(metadata, node_is_map))
        return (struct fault){"metadata", metadata};
    return (struct fault){"metadata.name", is_other(name, node_is_scalar) ? name : NULL};
}

static const char *needed_kind(const struct fault *fault)
{
    return strcmp(fault->field, "metadata") == 0 ? "map" : "string";
}

static void hint_type(struct resource_context *context, const struct fault *fault)
{
    if (strcmp(fault->field, "metadata") != 0)
        diagnose_hint(context->diagnostics, "write one word after '%s:', without brackets or a list",
                      strcmp(fault->field, "kind") == 0 ? "kind" : "name");
    else if (node_is_sequence(fault->found))
        diagnose_hint(context->diagnostics, "remove the '- ' below 'metadata:'");
    else
        diagnose_hint(context->diagnostics, "write `name:` on a line of its own, indented below `metadata:`");
}

// For `Metadata` instead of `metadata`. False: no key differs only in case.
static bool hint_capitals(struct resource_context *context, const struct node *root, const struct name *field)
{
    for (uint32_t i = 0; i < root->count; i++) {
        struct slice key = root->entries[i].key->text;
        if (root->entries[i].key == field || !slice_equal_ignoring_case(key, field->text))
            continue;
        diagnose_hint(context->diagnostics, "write '%.*s' on line %u as '%.*s'", SLICE_ARGS(key),
                      sources_line_in_file(context->diagnostics->sources, key_position(root, &root->entries[i])),
                      SLICE_ARGS(field->text));
        return true;
    }
    return false;
}

static void hint_missing_name(struct resource_context *context, const struct node *root)
{
    const struct map_entry *name = node_map_find(root, NAME(name));
    const struct node *metadata = node_map_get(root, NAME(metadata));
    if (node_map_find(metadata, name_intern(context->names, slice_literal("generateName"))))
        diagnose_hint(
            context->diagnostics,
            "add metadata.name: metadata.generateName is not enough, because a build needs names to refer to");
    else if (name && node_map_find(root, NAME(metadata)))
        diagnose_hint(context->diagnostics, "indent `name` on line %u below `metadata:`",
                      sources_line_in_file(context->diagnostics->sources, key_position(root, name)));
    else if (!hint_capitals(context, root, NAME(metadata)))
        hint_unusual_space(context, root);
}

bool identity_diagnose(struct resource_context *context, const struct node *root)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct fault fault = fault_of(root);
    if (fault.found) {
        diagnose(diagnostics, fault.found->position, "expected a %s for '%s', found a %s", needed_kind(&fault),
                 fault.field, node_kind_text(fault.found));
        hint_type(context, &fault);
    } else if (strcmp(fault.field, "kind") == 0) {
        diagnose(diagnostics, root->position, "the resource has no kind");
        if (!hint_capitals(context, root, NAME(kind)))
            diagnose_hint(diagnostics, "every resource needs apiVersion, kind, and metadata.name");
    } else {
        diagnose(diagnostics, root->position, "the %.*s has no metadata.name",
                 SLICE_ARGS(scalar_text(node_map_get(root, NAME(kind)))));
        hint_missing_name(context, root);
    }
    return false;
}

bool resource_blame(struct resource_context *context, const struct resource *resource, struct position cause)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct fault fault = fault_of(resource->root);
    struct slice what = resource_text(context->arena, resource);
    struct slice where = position_text(diagnostics->sources, context->arena, resource_position(resource));
    if (!cause.line)
        return false;
    diagnostics_forget(diagnostics, diagnostics->count - 1);
    if (fault.found)
        diagnose(diagnostics, cause, "this makes '%s' of %.*s a %s, but it must be a %s", fault.field, SLICE_ARGS(what),
                 node_kind_text(fault.found), needed_kind(&fault));
    else
        diagnose(diagnostics, cause, "this leaves %.*s without %s", SLICE_ARGS(what),
                 strcmp(fault.field, "kind") == 0 ? "a kind" : fault.field);
    diagnose_hint(diagnostics, "every resource needs apiVersion, kind, and metadata.name; this one is from %.*s",
                  SLICE_ARGS(where));
    return false;
}

// --- Documents that aren't resources.

// `{op: replace, path: /spec/replicas}`
static bool is_operation(struct resource_context *context, const struct node *node)
{
    return node_is_map(node) && node_map_find(node, NAME(path)) &&
           node_map_find(node, name_intern(context->names, slice_literal("op")));
}

// True for a map in a file such as values.yaml or values-prod.yaml.
static bool names_chart_values(struct resource_context *context, const struct node *root)
{
    const struct source *source = root ? sources_get(context->diagnostics->sources, root->position.file) : NULL;
    struct slice path = source ? source->path : (struct slice){0};
    size_t slash = slice_find_last_byte(path, '/');
    struct slice name = slash == SLICE_NOT_FOUND ? path : slice_from_index(path, slash + 1);
    return node_is_map(root) && slice_starts_with(name, slice_literal("values"));
}

static const char *hint_for_other(struct resource_context *context, const struct node *root)
{
    bool is_list = node_is_sequence(root) && root->count;
    if (is_operation(context, root))
        return "this is an operation of a JSON patch: write `- ` before it; its entry under `patches` needs a `target`";
    if (is_list && is_operation(context, root->items[0]))
        return "this is a JSON patch: list it under `patches`, with a `target`";
    bool is_resources = is_list && node_is_map(root->items[0]) && node_map_find(root->items[0], NAME(kind));
    if (is_resources && root->style == STYLE_FLOW)
        return "write the resources as `items` of a map with `apiVersion: v1` and `kind: List`";
    if (is_resources)
        return "write '---' on a line of its own between two resources, not '- ' before each";
    if (names_chart_values(context, root))
        return "list the values of a Helm chart as `valuesFile` of its entry under `helmCharts`, not under `resources`";
    if (node_is_map(root) && node_map_find(root, name_intern(context->names, slice_literal("services"))))
        return "this looks like a file of Docker Compose: write resources instead, or convert it with kompose";
    return "every resource needs apiVersion, kind, and metadata.name";
}

void identity_refuse_other(struct resource_context *context, const struct node *root)
{
    diagnose(context->diagnostics, root ? root->position : (struct position){0},
             "expected a Kubernetes object, found a %s",
             node_is_map(root) ? "map without apiVersion, kind, and metadata" : node_kind_text(root));
    diagnose_hint(context->diagnostics, "%s", hint_for_other(context, root));
}
