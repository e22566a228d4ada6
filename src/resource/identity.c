#include "resource/identity.h"

#include "base/utf8.h"
#include "json/roundtrip.h"
#include "schema/well_known_names.h"

// When a field is indented with no-break spaces, it becomes a top-level key of the resource. False: there
// is none.
static bool hint_unusual_space(struct resource_context *context, const struct node *root)
{
    for (uint32_t i = 0; i < root->count; i++) {
        if (!root->entries[i].key->text.length)
            continue;
        const char *space = character_space_name(character_at(root->entries[i].key->text, 0).code);
        if (space) {
            diagnose_hint(context->diagnostics, "indent line %u with ordinary spaces, not with %s",
                          sources_line_in_file(context->diagnostics->sources, key_position(root, &root->entries[i])),
                          space);
            return true;
        }
    }
    return false;
}

// The part of the identity that is missing or wrong.
struct fault {
    const char *field;         // 'kind', 'metadata', or 'metadata.name'
    const struct node *found;  // of the wrong type; NULL: it is missing
};

// True for a value of the wrong type.
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
        diagnose_hint(context->diagnostics, "write one word after `%s:`, without brackets or a list",
                      strcmp(fault->field, "kind") == 0 ? "kind" : "name");
    else if (node_is_sequence(fault->found))
        diagnose_hint(context->diagnostics, "remove the '- ' below `metadata:`");
    else
        diagnose_hint(context->diagnostics, "write `name:` on a line of its own, indented below `metadata:`");
}

// --- Misspelled keys.

static bool is_known_key(struct slice key)
{
    static const char *const known[] = {"apiVersion", "kind", "metadata",     "spec", "data",
                                        "labels",     "name", "generateName", "uid",  NULL};
    return slice_is_one_of(key, known);
}

// The key of a map that is nearly the field, which the map doesn't have: `nmae` for `name`, `Metadata` for `metadata`.
static const struct map_entry *misspelled(const struct node *map, const struct name *field)
{
    const struct map_entry *found = NULL;
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        struct slice key = map->entries[i].key->text;
        if (map->entries[i].key == field)
            return NULL;
        if (slice_equal_ignoring_case(key, field->text))
            found = &map->entries[i];
        else if (!found && !is_known_key(key) && nearest_text(field->text, &key, 1).length)
            found = &map->entries[i];
    }
    return found;
}

// The place of what is missing: a misspelled key or one without a value, otherwise the resource.
struct lack {
    const struct node *map;
    const struct map_entry *entry;  // NULL: no key is near
    const struct name *field;       // that the entry should be, or is
};

static struct lack find_lack(const struct node *map, const struct name *field)
{
    const struct map_entry *empty = node_map_find(map, field);
    return (struct lack){map, empty ? empty : misspelled(map, field), field};
}

static struct position lack_position(const struct lack *lack, const struct node *root)
{
    struct position position = lack->entry ? key_position(lack->map, lack->entry) : root->position;
    return position.line ? position : root->position;
}

static void hint_spelling(struct resource_context *context, struct slice key, struct slice field)
{
    if (text_mark_length(key))
        diagnose_hint(context->diagnostics, "remove the byte order mark (U+FEFF) before '%.*s'", SLICE_ARGS(field));
    else
        diagnose_hint(context->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(field));
}

// False: no key is near.
static bool hint_lack(struct resource_context *context, const struct lack *lack)
{
    if (!lack->entry)
        return false;
    struct slice field = lack->field->text;
    if (lack->entry->key != lack->field)
        hint_spelling(context, lack->entry->key->text, field);
    else
        diagnose_hint(context->diagnostics, "write the %.*s after `%.*s:`", SLICE_ARGS(field), SLICE_ARGS(field));
    return true;
}

static void hint_missing_name(struct resource_context *context, const struct node *root)
{
    const struct map_entry *name = node_map_find(root, NAME(name)), *metadata = node_map_find(root, NAME(metadata));
    const struct node *map = node_map_get(root, NAME(metadata));
    if (node_map_find(map, name_intern(context->names, slice_literal("generateName"))))
        diagnose_hint(
            context->diagnostics,
            "add metadata.name: metadata.generateName is not enough, because a build needs names to refer to");
    else if (name && metadata)
        diagnose_hint(context->diagnostics, "indent `name` on line %u below `metadata:`",
                      sources_line_in_file(context->diagnostics->sources, key_position(root, name)));
    else if (hint_unusual_space(context, root))
        return;
    else if (metadata)
        diagnose_hint(context->diagnostics, "add `name:` below `metadata:`");
    else
        diagnose_hint(context->diagnostics, "add `metadata:` and, indented below it, `name:` with the name");
}

static void diagnose_missing_name(struct resource_context *context, const struct node *root)
{
    const struct node *metadata = node_map_get(root, NAME(metadata));
    const struct map_entry *generate = node_map_find(metadata,
                                                     name_intern(context->names, slice_literal("generateName")));
    const struct map_entry *outside = node_map_find(root, NAME(name));
    struct lack lack = node_is_map(metadata) ? find_lack(metadata, NAME(name))
                                             : (struct lack){root, misspelled(root, NAME(metadata)), NAME(metadata)};
    if (generate || (outside && node_map_find(root, NAME(metadata))))
        lack.entry = NULL;
    diagnose(context->diagnostics, lack_position(&lack, root), "the %.*s has no metadata.name",
             SLICE_ARGS(scalar_text(node_map_get(root, NAME(kind)))));
    if (!hint_lack(context, &lack))
        hint_missing_name(context, root);
}

bool identity_diagnose(struct resource_context *context, const struct node *root)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct fault fault = fault_of(root);
    if (fault.found) {
        diagnose(diagnostics, fault.found->position, "expected a %s for '%s', found %s", needed_kind(&fault),
                 fault.field, node_kind_phrase(fault.found));
        hint_type(context, &fault);
    } else if (strcmp(fault.field, "kind") == 0) {
        struct lack lack = find_lack(root, NAME(kind));
        diagnose(diagnostics, lack_position(&lack, root), "the resource has no kind");
        if (!hint_lack(context, &lack))
            diagnose_hint(diagnostics, RESOURCE_NEEDS_HINT);
    } else {
        diagnose_missing_name(context, root);
    }
    return false;
}

static const struct map_entry *misspelled_version(const struct node *root)
{
    const struct map_entry *near = misspelled(root, NAME(apiVersion));
    return near && key_position(root, near).line ? near : NULL;
}

void identity_warn_of_version(struct resource_context *context, const struct node *root)
{
    const struct map_entry *near = misspelled_version(root);
    if (!near)
        return;
    diagnose_warning(context->diagnostics, key_position(root, near), "the %.*s has no apiVersion",
                     SLICE_ARGS(scalar_text(node_map_get(root, NAME(kind)))));
    hint_spelling(context, near->key->text, slice_literal("apiVersion"));
}

const struct map_entry *resource_misspelled_version(const struct resource *resource)
{
    return misspelled_version(resource->root);
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
        diagnose(diagnostics, cause, "this makes '%s' of %.*s %s, but it must be a %s", fault.field, SLICE_ARGS(what),
                 node_kind_phrase(fault.found), needed_kind(&fault));
    else
        diagnose(diagnostics, cause, "this leaves %.*s without %s", SLICE_ARGS(what),
                 strcmp(fault.field, "kind") == 0 ? "a kind" : fault.field);
    diagnose_hint(diagnostics, "keep the apiVersion, kind, and metadata.name of the resource, which is from %.*s",
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
    if (is_operation(context, root) && root->style == STYLE_FLOW)
        return "put it in a list, `[…]`, and add a `target` to its entry under `patches`: this is an operation of a "
               "JSON patch";
    if (is_operation(context, root))
        return "write '- ' before it, and add a `target` to its entry under `patches`: this is an operation of a JSON "
               "patch";
    if (is_list && is_operation(context, root->items[0]))
        return "list it under `patches`, with a `target`: this is a JSON patch";
    bool is_resources = is_list && node_is_map(root->items[0]) && node_map_find(root->items[0], NAME(kind));
    if (is_resources && root->style == STYLE_FLOW)
        return "write the resources as `items` of a map with `apiVersion: v1` and `kind: List`";
    if (is_resources)
        return "write '---' on a line of its own between two resources, not '- ' before each";
    if (names_chart_values(context, root))
        return "list the values of a Helm chart as the `valuesFile` of an entry of `helmCharts`, not under `resources`";
    if (node_is_map(root) && node_map_find(root, name_intern(context->names, slice_literal("services"))))
        return "convert it with kompose, or write resources: this looks like a Docker Compose file";
    return RESOURCE_NEEDS_HINT;
}

void identity_refuse_other(struct resource_context *context, const struct node *root)
{
    diagnose(context->diagnostics, root ? root->position : (struct position){0},
             "expected a Kubernetes resource, found %s",
             node_is_map(root) ? "a map without apiVersion, kind, and metadata" : node_kind_phrase(root));
    const struct map_entry *near = misspelled(root, NAME(kind));
    if (near)
        diagnose_hint(context->diagnostics,
                      "did you mean 'kind' on line %u? Every resource needs apiVersion, kind, and metadata.name",
                      sources_line_in_file(context->diagnostics->sources, key_position(root, near)));
    else
        diagnose_hint(context->diagnostics, "%s", hint_for_other(context, root));
}
