#include "resource/resource.h"

#include "base/memory.h"
#include "doc/scalar.h"
#include "json/json.h"
#include "resource/identity.h"
#include "resource/written.h"
#include "schema/well_known_names.h"

static const struct slice build_annotation_prefix = {"internal.config.kubernetes.io/", 30};

// Annotations that never reach the stream, whoever set them; the first list comes after the prefix above.
static const char *const internal_annotations[] = {
    "previousKinds",
    "previousNames",
    "previousNamespaces",
    "prefixes",
    "suffixes",
    "refBy",
    "generatorBehavior",
    "needsHashSuffix",
    "allowNameChange",
    "allowKindChange",
    "path",
    "index",
    "seqindent",
    "id",
    "annotations-migration-resource-id",
    "helm-generated",
    NULL,
};
static const char *const other_build_annotations[] = {
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id",
    "config.kubernetes.io/origin",
    "alpha.config.kubernetes.io/transformations",
    NULL,
};

static bool is_build_annotation(struct slice key)
{
    if (slice_starts_with(key, build_annotation_prefix))
        return slice_is_one_of(slice_from_index(key, build_annotation_prefix.length), internal_annotations);
    return slice_is_one_of(key, other_build_annotations);
}

bool gvk_equal(struct gvk a, struct gvk b)
{
    return a.kind == b.kind && a.group == b.group && a.version == b.version;
}

void gvk_from_api_version(struct name_table *names, struct slice api_version, struct gvk *gvk)
{
    size_t slash = slice_find_byte(api_version, '/');
    bool grouped = slash != SLICE_NOT_FOUND;
    gvk->group = grouped ? name_intern(names, slice_part(api_version, 0, slash)) : NAME(empty);
    gvk->version = name_intern(names, grouped ? slice_from_index(api_version, slash + 1) : api_version);
}

bool resource_refresh_id(struct resource_context *context, struct resource *resource)
{
    const struct node *root = resource->root;
    struct slice kind = scalar_text(node_map_get(root, NAME(kind)));
    // A null keeps its source text: `null` and `~` are different versions.
    const struct node *version = node_map_get(root, NAME(apiVersion));
    struct slice api_version = node_is_scalar(version) ? node_text(version) : (struct slice){0};
    const struct node *metadata = node_map_get(root, NAME(metadata));
    struct slice name = scalar_text(node_map_get(metadata, NAME(name)));
    struct slice namespace = scalar_text(node_map_get(metadata, NAME(namespace)));
    if (!kind.length || (!name.length && !slice_ends_with(kind, slice_literal("List"))))
        return identity_diagnose(context, root);
    gvk_from_api_version(context->names, api_version, &resource->id.gvk);
    resource->id.gvk.kind = name_intern(context->names, kind);
    if (resource->id.gvk.kind == NAME(Secret))
        memory_hold_secret();
    resource->id.name = name_intern(context->names, name);
    resource->id.namespace = name_intern(context->names, namespace);
    resource->cluster_scoped = schema_scope(context->schema, context->diagnostics->release, api_version, kind) ==
                               SCOPE_CLUSTER;
    return true;
}

void resource_take_hash_annotation(struct resource *resource)
{
    const struct node *annotations = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    const struct node *request = node_is_map(annotations) ? node_map_get(annotations, NAME(needs_hash_suffix)) : NULL;
    if (request)
        resource->needs_hash = slice_equals(scalar_text(request), "enabled");
}

struct resource *resource_new(struct resource_context *context, struct node *root)
{
    if (!node_is_map(root) || (!node_map_find(root, NAME(apiVersion)) && !node_map_find(root, NAME(kind)) &&
                               !node_map_find(root, NAME(metadata)))) {
        identity_refuse_other(context, root);
        return NULL;
    }
    struct resource *resource = arena_new(context->arena, struct resource);
    resource->root = root;
    if (!resource_refresh_id(context, resource))
        return NULL;
    if (resource->id.gvk.version == NAME(empty))
        identity_warn_of_version(context, root);
    resource_take_hash_annotation(resource);
    context->hash_is_requested |= resource->needs_hash;
    return resource;
}

// True for a list of resources: its kind ends in List, and it has a field `items`.
static bool is_list(const struct node *document)
{
    struct slice kind = scalar_text(node_map_get(document, NAME(kind)));
    return slice_ends_with(kind, slice_literal("List")) && node_map_find(document, NAME(items));
}

static bool diagnose_items(struct resource_context *context, const struct node *items)
{
    diagnose(context->diagnostics, items->position, "expected a list of resources for 'items', found %s",
             node_kind_phrase(items));
    if (node_is_map(items))
        diagnose_hint(context->diagnostics, "write '- ' before the first key, and indent the others to match");
    return false;
}

bool resources_from_documents(struct resource_context *context, const struct node_list *documents,
                              struct resource_list *resources)
{
    struct node_list queue = {0};
    const struct node *only = documents->count == 1 && !documents->skipped ? documents->items[0] : NULL;
    struct slice only_kind = scalar_text(node_map_get(only, NAME(kind)));
    if (only && (slice_equals(only_kind, "List") || slice_equals(only_kind, "ResourceList")) &&
        (node_map_find(only, NAME(items)) || node_map_find(only, NAME(functionConfig)))) {
        const struct node *items = node_map_get(only, NAME(items));
        if (node_is_map(items) && items->count)
            return diagnose_items(context, items);
        for (uint32_t i = 0; node_is_sequence(items) && i < items->count; i++)
            if (!node_is_null(items->items[i]))
                list_append(context->arena, &queue, items->items[i]);
    } else {
        for (size_t i = 0; i < documents->count; i++)
            list_append(context->arena, &queue, documents->items[i]);
    }

    // Items of nested lists go after the remaining resources.
    size_t unconverted = queue.count;
    bool good = true;
    for (size_t i = 0; i < queue.count; i++) {
        struct node *document = queue.items[i];
        if (!is_list(document)) {
            struct resource *resource = resource_new(context, document);
            good &= resource != NULL;
            if (!good && !diagnostics_may_continue(context->diagnostics))
                return false;
            if (!resource)
                continue;
            if (resource->needs_hash)
                written_begin(context, resource, i >= unconverted);
            list_append(context->arena, resources, resource);
            continue;
        }
        struct node *items = node_map_get(document, NAME(items));
        if (node_is_null(items))
            continue;
        if (!node_is_sequence(items))
            return diagnose_items(context, items);
        for (uint32_t k = 0; k < items->count; k++) {
            if (!node_through_data(context->arena, context->names, items->items[k], context->diagnostics))
                return false;
            list_append(context->arena, &queue, items->items[k]);
        }
    }
    return good;
}

const struct name *effective_namespace(const struct resource_id *id, bool cluster_scoped)
{
    if (cluster_scoped)
        return NAME(empty);
    return name_is_empty(id->namespace) ? NAME(default_) : id->namespace;
}

const struct name *resource_effective_namespace(const struct resource *resource)
{
    return effective_namespace(&resource->id, resource->cluster_scoped);
}

void resource_require_annotations(struct resource_context *context, struct resource *resource)
{
    struct node *metadata = node_map_ensure(context->arena, resource->root, NAME(metadata));
    node_map_ensure(context->arena, metadata, NAME(annotations));
}

static void note(struct resource *resource, enum name_note kind)
{
    uint8_t *at = resource->noted;
    while (*at != NOTE_NONE && *at != kind)
        at++;
    *at = (uint8_t)kind;
}

void resource_remember_id(struct resource_context *context, struct resource *resource)
{
    resource_require_annotations(context, resource);
    struct previous_id previous = {resource->id.gvk.kind, resource->id.name, resource_effective_namespace(resource)};
    list_append(context->arena, &resource->previous, previous);
    if (resource->prefixes.count)
        note(resource, NOTE_PREFIXES);
    if (resource->suffixes.count)
        note(resource, NOTE_SUFFIXES);
    note(resource, NOTE_PREVIOUS);
    // Record this now, so that it comes before whatever later steps add.
    if (resource->written)
        written_update(context, resource);
}

bool resource_has_state(const struct resource *resource)
{
    return resource->previous.count || resource->needs_hash || resource->prefixes.count || resource->suffixes.count;
}

void resource_forget_state(struct resource *resource)
{
    resource->needs_hash = false;
    resource->previous.items = NULL;
    resource->previous.count = resource->previous.capacity = resource->previous.indexed = 0;
    resource->prefixes = (struct name_list){0};
    resource->suffixes = (struct name_list){0};
    memset(resource->noted, 0, sizeof resource->noted);
}

struct resource_id resource_original_id(const struct resource *resource)
{
    struct resource_id id = resource->id;
    if (resource->previous.count) {
        id.gvk.kind = resource->previous.items[0].kind;
        id.name = resource->previous.items[0].name;
        id.namespace = resource->previous.items[0].namespace;
    }
    return id;
}

bool resource_has_id(const struct resource *resource, const struct resource_id *id)
{
    return resource->id.name == id->name && gvk_equal(resource->id.gvk, id->gvk) &&
           resource_effective_namespace(resource) == effective_namespace(id, resource->cluster_scoped);
}

bool resource_has_or_had_id(const struct resource *resource, const struct resource_id *id)
{
    if (resource_has_id(resource, id))
        return true;
    if (resource->id.gvk.group != id->gvk.group || resource->id.gvk.version != id->gvk.version)
        return false;
    for (size_t i = 0; i < resource->previous.count; i++) {
        const struct previous_id *previous = &resource->previous.items[i];
        // The previous kind may have had another scope.
        const struct name *namespace = effective_namespace(id, name_is_empty(previous->namespace));
        if (previous->name == id->name && previous->kind == id->gvk.kind && previous->namespace == namespace)
            return true;
    }
    return false;
}

struct position resource_position(const struct resource *resource)
{
    return resource->root ? resource->root->position : (struct position){0};
}

struct position resource_name_position(const struct resource *resource)
{
    const struct node *name = node_get_path(resource->root, NAME(metadata), NAME(name), NULL);
    return name ? name->position : resource_position(resource);
}

struct position resource_definition_position(const struct resource *resource)
{
    struct position whole = resource_position(resource), name = resource_name_position(resource);
    return !resource->generated && name.line && name.file == whole.file ? name : whole;
}

static struct slice text_without_namespace(struct arena *arena, const struct resource *resource)
{
    return arena_format(arena, "%.*s '%.*s'", SLICE_ARGS(resource->id.gvk.kind->text),
                        SLICE_ARGS(resource->id.name->text));
}

struct slice resource_text(struct arena *arena, const struct resource *resource)
{
    if (name_is_empty(resource->id.namespace))
        return text_without_namespace(arena, resource);
    return arena_format(arena, "%.*s '%.*s' in namespace '%.*s'", SLICE_ARGS(resource->id.gvk.kind->text),
                        SLICE_ARGS(resource->id.name->text), SLICE_ARGS(resource->id.namespace->text));
}

void resource_diagnose_defined(struct resource_context *context, const struct resource *resource,
                               const struct resource *present)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct position first = resource_definition_position(present);
    struct slice what = resource->cluster_scoped ? text_without_namespace(context->arena, resource)
                                                 : resource_text(context->arena, resource);
    diagnose(diagnostics, resource_definition_position(resource), "%.*s is already defined at %.*s", SLICE_ARGS(what),
             SLICE_ARGS(position_text(diagnostics->sources, context->arena, first)));
}

static struct slice text_or(const struct name *name, const char *otherwise)
{
    return !name || name_is_empty(name) ? slice_from(otherwise) : name->text;
}

struct slice resource_typed_text(struct arena *arena, const struct resource *resource)
{
    const struct gvk *gvk = &resource->id.gvk;
    struct slice text = resource_text(arena, resource);
    if (name_is_empty(gvk->group) && name_is_empty(gvk->version))
        return arena_format(arena, "%.*s without an apiVersion", SLICE_ARGS(text));
    if (name_is_empty(gvk->group) && slice_equals(gvk->version->text, "null"))
        return arena_format(arena, "%.*s with the apiVersion null", SLICE_ARGS(text));
    return arena_format(arena, "%.*s%s%.*s %.*s", SLICE_ARGS(gvk->group->text), name_is_empty(gvk->group) ? "" : "/",
                        SLICE_ARGS(gvk->version->text), SLICE_ARGS(text));
}

struct slice resource_id_text(struct arena *arena, const struct resource_id *id)
{
    struct slice kind = text_or(id->gvk.kind, "[noKind]");
    struct slice version = text_or(id->gvk.version, "[noVer]");
    struct slice group = text_or(id->gvk.group, "[noGrp]");
    struct slice name = text_or(id->name, "[noName]");
    struct slice namespace = text_or(id->namespace, "[noNs]");
    return arena_format(arena, "%.*s.%.*s.%.*s/%.*s.%.*s", SLICE_ARGS(kind), SLICE_ARGS(version), SLICE_ARGS(group),
                        SLICE_ARGS(name), SLICE_ARGS(namespace));
}

static void set_metadata(struct resource_context *context, struct resource *resource, const struct name *field,
                         struct slice text)
{
    struct node *metadata = node_map_ensure(context->arena, resource->root, NAME(metadata));
    const struct node *old = node_map_get(metadata, field);
    struct node *value = node_new_string(context->arena, text, old ? old->position : metadata->position);
    // kustomize keeps the quotes of the old value.
    if (node_is_scalar(old) && old->style != STYLE_PLAIN)
        value->style = old->style;
    if (node_is_scalar(old))
        value->read_from = old->read_from;
    node_map_set(context->arena, metadata, field, value);
}

void resource_set_namespace(struct resource_context *context, struct resource *resource, struct slice namespace)
{
    set_metadata(context, resource, NAME(namespace), namespace);
    resource->id.namespace = name_intern(context->names, namespace);
}

void resource_set_name(struct resource_context *context, struct resource *resource, struct slice name)
{
    set_metadata(context, resource, NAME(name), name);
    resource->id.name = name_intern(context->names, name);
}

static void become_string(struct node *node)
{
    struct slice text = node->kind == NODE_SCALAR ? node_text(node) : (struct slice){0};
    if (node->kind != NODE_SCALAR)
        node->read_from = 0;
    bool lines = slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
    node->kind = NODE_SCALAR;
    node->style = lines ? STYLE_LITERAL : STYLE_PLAIN;
    node->tag = TAG_STRING;
    node->flags = 0;
    node_set_text(node, text);
}

// `annotations: [a, b]` means the pair a: b.
static struct node *map_from_pairs(struct resource_context *context, const struct node *list)
{
    struct node *map = node_new_map(context->arena, list->position);
    for (uint32_t i = 0; i + 1 < list->count; i += 2) {
        struct slice key = scalar_text(list->items[i]);
        node_map_set(context->arena, map, name_intern(context->names, key), list->items[i + 1]);
    }
    return map;
}

static bool rewrite_annotations(struct resource_context *context, struct resource *resource, bool keep_build)
{
    struct node *metadata = node_map_get(resource->root, NAME(metadata));
    if (!metadata) {
        metadata = node_new_map(context->arena, resource->root->position);
        node_map_set(context->arena, resource->root, NAME(metadata), metadata);
    }
    if (!node_is_map(metadata) && !node_is_null(metadata))
        return diagnose(context->diagnostics, metadata->position, "expected a map for 'metadata', found %s",
                        node_kind_phrase(metadata));
    struct node *annotations = node_map_get(metadata, NAME(annotations));
    if (!annotations)
        return true;
    if (node_is_sequence(annotations)) {
        if (annotations->count % 2)
            return diagnose(context->diagnostics, annotations->position,
                            "expected a map for 'metadata.annotations', found a list");
        annotations = map_from_pairs(context, annotations);
        node_map_set(context->arena, metadata, NAME(annotations), annotations);
    }
    if (!node_is_map(annotations)) {
        node_map_remove(metadata, NAME(annotations));
        return true;
    }
    // A repeated key keeps its last value. Most maps don't need to be rebuilt.
    bool rebuild = false;
    for (uint32_t i = 0; i < annotations->count && !rebuild; i++)
        rebuild = (!keep_build && is_build_annotation(annotations->entries[i].key->text)) ||
                  node_map_find(annotations, annotations->entries[i].key) != &annotations->entries[i];
    if (rebuild) {
        struct node *kept = node_new_map(context->arena, annotations->position);
        for (uint32_t i = 0; i < annotations->count; i++)
            if (keep_build || !is_build_annotation(annotations->entries[i].key->text))
                node_map_set(context->arena, kept, annotations->entries[i].key, annotations->entries[i].value);
        node_map_set(context->arena, metadata, NAME(annotations), kept);
        annotations = kept;
    }
    for (uint32_t i = 0; i < annotations->count; i++) {
        struct map_entry *entry = &annotations->entries[i];
        struct slice key = entry->key->text;
        // kustomize rewrites the keys without quotes; v5.8.3 can then print some that aren't strings.
        enum node_tag tag = scalar_resolve_tag(key);
        if (tag != TAG_STRING && context->diagnostics->release < RELEASE_V5_8_3) {
            diagnose(context->diagnostics,
                     (struct position){annotations->position.file, entry->key_line, entry->key_column},
                     "kustomize does not read the annotation name '%.*s' as a string, even in quotes", SLICE_ARGS(key));
            return false;
        }
        if (entry->value->flags & NODE_SHARED)
            entry->value = node_copy(context->arena, entry->value);
        become_string(entry->value);
        // Later steps adopt the style.
        if (keep_build && scalar_is_ambiguous(node_text(entry->value)))
            entry->value->style = STYLE_DOUBLE_QUOTED;
        entry->key_tag = tag;
    }
    if (!annotations->count)
        node_map_remove(metadata, NAME(annotations));
    return true;
}

bool resource_normalize_annotations(struct resource_context *context, struct resource *resource)
{
    return rewrite_annotations(context, resource, false);
}

bool resource_rewrite_annotations(struct resource_context *context, struct resource *resource)
{
    if (!rewrite_annotations(context, resource, true))
        return false;
    if (resource_has_state(resource))
        resource_require_annotations(context, resource);
    return true;
}

void resource_settle_end(struct resource_context *context, struct resource *resource)
{
    const struct node *grown = node_settle_end(context->arena, resource->root);
    if (!grown)
        return;
    diagnose_warning(context->diagnostics, grown->position,
                     "the string gains a line break: kustomize adds one because of the comment after it");
    diagnose_hint(context->diagnostics,
                  "move the comment above the field, or start the string with '%c' instead of '%c+'",
                  grown->style == STYLE_FOLDED ? '>' : '|', grown->style == STYLE_FOLDED ? '>' : '|');
}
