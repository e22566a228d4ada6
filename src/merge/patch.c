#include "merge/patch.h"

#include "base/secrets.h"
#include "doc/scalar.h"
#include "merge/misspelled_target.h"
#include "merge/strategic_merge.h"
#include "resource/written.h"
#include "schema/well_known_names.h"
#include "transform/doubt.h"
#include "transform/matches.h"
#include "transform/misfit.h"
#include "transform/parallel_for.h"
#include "yaml/read.h"

bool patch_read_objects(struct transform_context *context, const struct source *source, struct resource_list *objects)
{
    struct read_context read = transform_read_context(context);
    struct node_list documents = {0};
    return yaml_read_resources(&read, source, &documents) &&
           resources_from_documents(context->resources, &documents, objects);
}

// --- Finding the target.

// A field that is part of the identity, with its position.
static struct text part_of(const struct node *map, const struct name *field)
{
    const struct node *value = node_map_get(map, field);
    return node_is_scalar(value) ? (struct text){node_text(value), value->position} : (struct text){0};
}

// True unless the patch is written in a kustomization.
static bool is_file(const struct diagnostics *diagnostics, const struct resource *patch)
{
    struct position position = resource_position(patch);
    const struct source *source = diagnostics->sources && position.line
                                      ? sources_get(diagnostics->sources, position.file)
                                      : NULL;
    return source && !source->outer;
}

static void diagnose_missing_target(struct transform_context *context, struct resource_map *resources,
                                    const struct resource *patch)
{
    struct diagnostics *diagnostics = context->diagnostics;
    const struct node *metadata = node_map_get(patch->root, NAME(metadata));
    const struct sought sought = {
        .api_version = part_of(patch->root, NAME(apiVersion)),
        .kind = part_of(patch->root, NAME(kind)),
        .name = part_of(metadata, NAME(name)),
        .namespace = name_is_empty(patch->id.namespace) ? (struct text){0} : part_of(metadata, NAME(namespace)),
        .is_exact = true,
        .position = resource_name_position(patch),
    };
    struct misfit misfit = misfit_find(context->resources, resources, &sought, context->files->loader);
    const struct map_entry *near = misfit.is_type ? resource_misspelled_version(patch) : NULL;
    if (near)  // adding an apiVersion as well would leave two of them
        misfit = (struct misfit){
            .position = key_position(patch->root, near),
            .hint = arena_format(context->arena, "correct '%.*s' first", SLICE_ARGS(near->key->text)),
            .is_type = true,
        };
    struct slice what = misfit.is_type ? resource_typed_text(context->arena, patch)
                                       : resource_text(context->arena, patch);
    struct slice id = resource_id_text(context->arena, &patch->id);
    diagnose(diagnostics, misfit.position, "the patch matches no resource: there is no %.*s", SLICE_ARGS(what));
    diagnose_about(diagnostics, "patch-no-match");
    diagnose_phrase(diagnostics,
                    "no resource matches strategic merge patch \"%.*s\": no matches for Id %.*s; failed to find "
                    "unique target for patch %.*s",
                    SLICE_ARGS(id), SLICE_ARGS(id), SLICE_ARGS(id));
    diagnose_about_missing(diagnostics, resources, patch->id.gvk.kind->text, patch->id.name->text);
    if (misfit.hint.length)
        diagnose_hint(diagnostics, "%.*s%s", SLICE_ARGS(misfit.hint),
                      misfit.is_new && is_file(diagnostics, patch)
                          ? "; if the file is a new resource, list it under `resources`"
                          : "");
}

static struct resource *find_target(struct transform_context *context, struct resource_map *resources,
                                    const struct resource *patch)
{
    struct resource_list found = resource_map_with_id(resources, &patch->id, false);
    if (found.count == 1)
        return found.items[0];
    if (!found.count) {
        diagnose_missing_target(context, resources, patch);
        return NULL;
    }
    struct diagnostics *diagnostics = context->diagnostics;
    struct slice what = resource_text(context->arena, patch);
    struct slice first = position_text(diagnostics->sources, context->arena, resource_position(found.items[0]));
    struct slice second = position_text(diagnostics->sources, context->arena, resource_position(found.items[1]));
    diagnose(diagnostics, resource_name_position(patch), "the patch for %.*s matches several resources: %.*s and %.*s",
             SLICE_ARGS(what), SLICE_ARGS(first), SLICE_ARGS(second));
    diagnose_phrase(diagnostics, "multiple matches for Id %.*s; failed to find unique target for patch %.*s",
                    SLICE_ARGS(resource_id_text(context->arena, &patch->id)),
                    SLICE_ARGS(resource_id_text(context->arena, &patch->id)));
    return NULL;
}

// --- Labels and annotations as strings.

static void add_text(struct transform_context *context, struct node *texts, const struct name *key,
                     const struct node *value)
{
    struct slice text = value->kind == NODE_SCALAR ? node_text(value) : (struct slice){0};
    struct node *string = node_new_string(context->arena, text, value->position);
    if (scalar_is_ambiguous(text))
        string->style = STYLE_DOUBLE_QUOTED;
    node_map_set(context->arena, texts, key, string);
}

static bool convert_to_strings(struct transform_context *context, struct node *metadata, const struct name *field)
{
    struct node *old = node_map_get(metadata, field);
    if (!old)
        return true;
    // kustomize takes every other item of a list as a key.
    if (node_is_sequence(old) && old->count % 2)
        return diagnose(context->diagnostics, old->position, "expected a map for 'metadata.%.*s', found a list",
                        SLICE_ARGS(field->text));
    struct node *texts = node_new_map(context->arena, old->position);
    for (uint32_t i = 0; node_is_map(old) && i < old->count; i++)
        add_text(context, texts, old->entries[i].key, old->entries[i].value);
    for (uint32_t i = 0; node_is_sequence(old) && i < old->count; i += 2) {
        struct slice key = node_is_scalar(old->items[i]) ? node_text(old->items[i]) : (struct slice){0};
        add_text(context, texts, name_intern(context->names, key), old->items[i + 1]);
    }
    if (texts->count)
        node_map_set(context->arena, metadata, field, texts);
    else
        node_map_remove(metadata, field);
    return true;
}

// kustomize stores its options in the annotations of the patch, which turns the annotations into strings.
static bool note_options(struct transform_context *context, struct node *metadata)
{
    if (!convert_to_strings(context, metadata, NAME(annotations)))
        return false;
    if (!node_map_find(metadata, NAME(annotations)))
        node_map_set(context->arena, metadata, NAME(annotations), node_new_map(context->arena, metadata->position));
    return true;
}

// If a patch has a target, kustomize sets the patch's kind and name again, without quotes and without a type.
static void make_untyped(struct node *map, const struct name *field)
{
    struct node *value = node_map_get(map, field);
    if (!node_is_scalar(value))
        return;
    value->style = STYLE_PLAIN;
    value->tag = TAG_IMPLICIT;
    value->flags = NODE_UNTYPED;
}

// Prepares a copy of the patch for merging into `target`. NULL: diagnosed.
static struct node *prepare(struct transform_context *context, const struct resource *target,
                            const struct resource *patch, const struct patch_options *options, bool aimed)
{
    struct arena *arena = context->arena;
    struct node *root = node_copy(arena, patch->root);
    struct node *metadata = node_map_get(root, NAME(metadata));
    if (!node_is_map(metadata))
        return root;
    bool changes_id = options && (options->allow_name_change || options->allow_kind_change);
    if (aimed && (!convert_to_strings(context, metadata, NAME(labels)) ||
                  !convert_to_strings(context, metadata, NAME(annotations))))
        return NULL;
    if (changes_id && !note_options(context, metadata))
        return NULL;
    if (!aimed)
        return root;
    node_map_remove(metadata, NAME(namespace));
    make_untyped(metadata, NAME(name));
    make_untyped(root, NAME(kind));
    const struct node *api_version = node_map_get(target->root, NAME(apiVersion));
    if (api_version)
        node_map_set(arena, root, NAME(apiVersion), node_copy(arena, api_version));
    else
        node_map_remove(root, NAME(apiVersion));
    return root;
}

// --- The state that kustomize keeps in annotations of the object.

static bool replaces_all(const struct node *map)
{
    const struct node *directive = node_map_get(map, NAME(patch_directive));
    return node_is_scalar(directive) &&
           (slice_equals(node_text(directive), "delete") || slice_equals(node_text(directive), "replace"));
}

static bool removes_annotations(const struct node *root)
{
    const struct node *metadata = node_map_get(root, NAME(metadata));
    if (!node_is_map(metadata) || replaces_all(metadata))
        return true;
    const struct node *annotations = node_map_get(metadata, NAME(annotations));
    return annotations && (node_is_null(annotations) || replaces_all(annotations));
}

// An annotation in a patch that sets such state; NULL: it is absent.
static const struct node *state_annotation(struct transform_context *context, const struct node *root, const char *name)
{
    const struct node *annotations = node_get_path(root, NAME(metadata), NAME(annotations), NULL);
    if (!node_is_map(annotations))
        return NULL;
    struct slice key = arena_format(context->arena, "internal.config.kubernetes.io/%s", name);
    return node_map_get(annotations, name_intern(context->names, key));
}

static bool is_enabled(const struct node *annotation)
{
    return node_is_scalar(annotation) && slice_equals(node_text(annotation), "enabled");
}

// The options of the entry, and those that the patch itself sets in kustomize's annotations.
static struct patch_options all_options(struct transform_context *context, const struct resource *patch,
                                        const struct patch_options *given)
{
    struct patch_options options = given ? *given : (struct patch_options){0};
    options.allow_name_change |= is_enabled(state_annotation(context, patch->root, "allowNameChange"));
    options.allow_kind_change |= is_enabled(state_annotation(context, patch->root, "allowKindChange"));
    return options;
}

// --- Restoring the identity.

// Restores a scalar, in the style of the one that it replaces and without its type.
static void put_back(struct transform_context *context, struct node *map, const struct name *key,
                     const struct node *saved)
{
    struct node *value = node_map_get(map, key);
    bool same = node_is_scalar(value) && value->text == saved->text && value->tag == saved->tag;
    if (!same) {
        const struct node *present = value;
        value = node_copy(context->arena, saved);
        if (node_is_scalar(present))
            value->style = present->style;
        else
            value->style = scalar_is_ambiguous(node_text(saved)) ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN;
        node_map_set(context->arena, map, key, value);
    }
    value->flags = NODE_UNTYPED;
    if (value->style != STYLE_PLAIN)
        value->tag = TAG_STRING;
    else if (saved->tag != TAG_STRING || saved->style != STYLE_PLAIN || saved->flags & NODE_REPLACED)
        value->tag = TAG_IMPLICIT;
}

// Like kustomize, also restores fields that the object lacked (the name of a list, the apiVersion), as null or, if the
// patch had quotes, as an empty string in quotes.
static void put_null(struct transform_context *context, struct node *map, const struct name *key,
                     const struct node *patched)
{
    bool quoted = node_is_scalar(patched) &&
                  (patched->style == STYLE_SINGLE_QUOTED || patched->style == STYLE_DOUBLE_QUOTED);
    struct slice nothing = slice_literal("");
    node_map_set(context->arena, map, key,
                 quoted ? node_new_scalar(context->arena, nothing, STYLE_DOUBLE_QUOTED, TAG_STRING, map->position)
                        : node_new_scalar(context->arena, nothing, STYLE_PLAIN, TAG_IMPLICIT, map->position));
}

// Contains copies, because a merge changes scalars in place.
struct identity {
    struct node kind, name, namespace;
    bool has_kind, has_name, has_namespace;
};

static bool keep(const struct node *node, struct node *copy)
{
    if (node)
        *copy = *node;
    return node != NULL;
}

static struct identity identity_of(const struct resource *resource)
{
    const struct node *metadata = node_map_get(resource->root, NAME(metadata));
    const struct node *namespace = node_map_get(metadata, NAME(namespace));
    struct identity identity = {0};
    identity.has_kind = keep(node_map_get(resource->root, NAME(kind)), &identity.kind);
    identity.has_name = keep(node_map_get(metadata, NAME(name)), &identity.name);
    if (node_is_scalar(namespace) && !node_is_typed_null(namespace) && namespace->count)
        identity.has_namespace = keep(namespace, &identity.namespace);
    return identity;
}

static void put_identity_back(struct transform_context *context, struct resource *resource,
                              const struct identity *identity, const struct patch_options *options)
{
    struct node *metadata = node_map_ensure(context->arena, resource->root, NAME(metadata));
    if (identity->has_kind && !options->allow_kind_change)
        put_back(context, resource->root, NAME(kind), &identity->kind);
    if (identity->has_name && !options->allow_name_change)
        put_back(context, metadata, NAME(name), &identity->name);
    else if (!options->allow_name_change)
        put_null(context, metadata, NAME(name), NULL);
    if (identity->has_namespace)
        put_back(context, metadata, NAME(namespace), &identity->namespace);
    else
        node_map_remove(metadata, NAME(namespace));
}

// --- The tree from which the hash of an object is computed.

static bool wants_own_hash(const struct resource *resource)
{
    return resource->id.gvk.kind == NAME(ConfigMap) || resource->id.gvk.kind == NAME(Secret);
}

// Creates the tree of an object before it is patched, if it may be needed: it can't be created afterwards.
static void ensure_tree(struct transform_context *context, struct resource *target, const struct patch_options *options)
{
    if (target->written)
        return;
    bool hashed = target->needs_hash || context->resources->hash_is_requested;
    bool may_change = options->allow_kind_change || context->resources->kind_may_change;
    if (hashed && (may_change || !wants_own_hash(target)))
        written_begin_late(context->resources, target);
    else
        written_discard(target);
}

static void note_option(struct resource_context *context, struct tree *patch, const char *option)
{
    struct tree *annotations = written_texts(context->arena, patch, "annotations");
    struct slice key = arena_format(context->arena, "internal.config.kubernetes.io/%s", option);
    written_set_field(context, annotations, key, written_new_scalar(context->arena, slice_literal("enabled")),
                      STYLE_PLAIN);
    written_set_texts(context, patch, "annotations", annotations);
}

static void set_text(struct resource_context *context, struct tree *map, const char *field, struct slice text)
{
    written_set_field(context, map, slice_from(field), written_new_scalar(context->arena, text), STYLE_PLAIN);
}

static struct slice text_at(const struct tree *map, const char *field)
{
    const struct tree *value = tree_get(map, slice_from(field));
    return value && value->kind == TREE_SCALAR && !written_is_null(value) ? value->text : (struct slice){0};
}

static void aim_written(struct resource_context *context, const struct resource *target, struct tree *patch)
{
    struct tree *metadata = tree_get(patch, slice_literal("metadata"));
    written_set_texts(context, patch, "labels", written_texts(context->arena, patch, "labels"));
    written_set_texts(context, patch, "annotations", written_texts(context->arena, patch, "annotations"));
    set_text(context, metadata, "name", text_at(metadata, "name"));
    written_clear_field(metadata, slice_literal("namespace"));
    set_text(context, patch, "kind", text_at(patch, "kind"));
    set_text(context, patch, "apiVersion", text_at(target->written->root, "apiVersion"));
}

// Like `prepare`, for the tree of the patch. NULL: the tree is not needed, or the hash can no longer be determined.
static struct written *prepare_written(struct transform_context *context, struct resource *target,
                                       const struct tree *patch, const struct node *root,
                                       const struct patch_options *given, bool aimed)
{
    struct resource_context *resources = context->resources;
    if (!target->written || !written_update(resources, target))
        return NULL;
    struct tree *copy = patch ? tree_copy(context->arena, patch) : NULL;
    if (!copy || !tree_get(copy, slice_literal("metadata"))) {
        written_discard(target);
        return NULL;
    }
    if (given && given->allow_name_change)
        note_option(resources, copy, "allowNameChange");
    if (given && given->allow_kind_change)
        note_option(resources, copy, "allowKindChange");
    if (aimed)
        aim_written(resources, target, copy);
    if (written_pair_nodes(resources, target->written, root, copy))
        return target->written;
    written_discard(target);
    return NULL;
}

// The identity in the tree of an object, before a merge.
struct written_identity {
    struct slice kind, name, namespace;
};

static struct written_identity written_identity_of(const struct written *written)
{
    if (!written)
        return (struct written_identity){0};
    const struct tree *metadata = tree_get(written->root, slice_literal("metadata"));
    return (struct written_identity){text_at(written->root, "kind"), text_at(metadata, "name"),
                                     text_at(metadata, "namespace")};
}

static void put_written_back(struct transform_context *context, struct resource *target,
                             const struct written_identity *identity, const struct patch_options *options)
{
    struct tree *root = target->written->root;
    struct tree *metadata = written_ensure_map(context->resources, root, slice_literal("metadata"));
    if (!options->allow_kind_change)
        set_text(context->resources, root, "kind", identity->kind);
    if (!options->allow_name_change)
        set_text(context->resources, metadata, "name", identity->name);
    if (identity->namespace.length)
        set_text(context->resources, metadata, "namespace", identity->namespace);
    else
        written_clear_field(metadata, slice_literal("namespace"));
    written_set_tree(context->resources, target, root);
}

static bool merge_into(struct transform_context *context, struct resource *target, struct node *root,
                       struct written *written)
{
    bool forgets = removes_annotations(root);
    const struct node *hash = state_annotation(context, root, "needsHashSuffix");
    bool wants_hash = is_enabled(hash);
    if (!strategic_merge(context->resources, &target->root, root, written))
        return false;
    if (forgets)
        resource_forget_state(target);
    if (hash)
        target->needs_hash = wants_hash;
    return true;
}

// How the resource map must be updated for a patched object. This happens after all have been patched.
enum outcome { OUTCOME_SAME_ID, OUTCOME_NEW_ID, OUTCOME_REMOVED };

// The position in a patch of what may have changed an object's ID.
static struct position naming_position(const struct resource *patch, const struct json_patch *json)
{
    return json ? json_patch_naming_position(json) : resource_name_position(patch);
}

static bool refresh_id(struct transform_context *context, struct resource *resource, const struct resource *patch,
                       const struct json_patch *json, enum outcome *outcome)
{
    struct resource_id before = resource->id;
    bool was_cluster_scoped = resource->cluster_scoped;
    if (!resource_refresh_id(context->resources, resource))
        return resource_blame(context->resources, resource, naming_position(patch, json));
    // Former IDs are not compared, since each was the current one before.
    bool same = gvk_equal(before.gvk, resource->id.gvk) && before.name == resource->id.name &&
                before.namespace == resource->id.namespace && was_cluster_scoped == resource->cluster_scoped;
    *outcome = same ? OUTCOME_SAME_ID : OUTCOME_NEW_ID;
    if (!same)
        resource->id_set_at = naming_position(patch, json);
    return true;
}

static bool merge_object(struct transform_context *context, struct resource *target, const struct resource *patch,
                         const struct tree *patch_tree, const struct patch_options *given, bool aimed,
                         enum outcome *outcome)
{
    struct node *root = prepare(context, target, patch, given, aimed);
    if (!root)
        return false;
    struct patch_options options = all_options(context, patch, given);
    struct identity identity = identity_of(target);
    const struct node *type = node_map_get(target->root, NAME(apiVersion));
    const struct node *patched_type = type ? NULL : node_map_get(patch->root, NAME(apiVersion));
    bool has_type = !aimed || !node_is_null(type);
    if (options.allow_name_change || options.allow_kind_change)
        resource_remember_id(context->resources, target);
    struct written *written = prepare_written(context, target, patch_tree, root, given, aimed);
    struct written_identity written_identity = written_identity_of(written);
    if (!merge_into(context, target, root, written))
        return false;
    if (!target->root || !target->root->count) {
        *outcome = OUTCOME_REMOVED;
        return true;
    }
    put_identity_back(context, target, &identity, &options);
    if (!has_type)
        put_null(context, target->root, NAME(apiVersion), patched_type);
    if (written)
        put_written_back(context, target, &written_identity, &options);
    return refresh_id(context, target, patch, NULL, outcome);
}

static void update_map(struct resource_map *resources, struct resource *resource, enum outcome outcome)
{
    if (outcome == OUTCOME_REMOVED)
        resource_map_remove(resources, resource);
    else if (outcome == OUTCOME_NEW_ID)
        resource_map_reindex(resources, resource);
}

// The context that messages show while an object is being patched.
static struct slice describe_target(struct arena *arena, const void *target)
{
    return arena_join(arena, slice_literal("patching "), resource_text(arena, target));
}

static void push_target(struct transform_context *context, const struct resource *target)
{
    diagnostics_push_subject(context->diagnostics, describe_target, target);
}

static bool merge_one(struct transform_context *context, struct resource_map *resources, struct resource *target,
                      const struct resource *patch, const struct patch_options *options, bool aimed)
{
    enum outcome outcome;
    struct patch_options all = all_options(context, patch, options);
    ensure_tree(context, target, &all);
    const struct tree *tree = target->written->root ? written_read(context->resources, patch->root) : NULL;
    if (!merge_object(context, target, patch, tree, options, aimed, &outcome))
        return false;
    update_map(resources, target, outcome);
    return !aimed || outcome == OUTCOME_REMOVED || resource_map_check_unique_id(resources, target);
}

static bool merge_pushed(struct transform_context *context, struct resource_map *resources, struct resource *target,
                         const struct resource *patch, const struct patch_options *options, bool aimed)
{
    push_target(context, target);
    bool merged = merge_one(context, resources, target, patch, options, aimed);
    diagnostics_pop(context->diagnostics);
    return merged;
}

static bool merge_reported(struct transform_context *context, struct resource_map *resources, struct resource *target,
                           const struct resource *patch, const struct patch_options *options, bool aimed)
{
    if (!context->matches)
        return merge_pushed(context, resources, target, patch, options, aimed);
    const struct resource_list targets = {.items = &target, .count = 1};
    struct match match = {.kind = MATCH_PATCH_BEFORE,
                          .position = patch->root->position,
                          .resources = resources,
                          .targets = &targets,
                          .patch = patch,
                          .has_target = aimed};
    notify_match(context, match);
    bool merged = merge_pushed(context, resources, target, patch, options, aimed);
    match.kind = MATCH_PATCH;
    if (merged)
        notify_match(context, match);
    return merged;
}

bool patch_merge_each(struct transform_context *context, struct resource_map *resources,
                      const struct resource_list *patches, const struct patch_options *options, bool aimed)
{
    struct diagnostics *diagnostics = context->diagnostics;
    bool merged = true;
    for (size_t i = 0; i < patches->count && (merged || diagnostics_may_continue(diagnostics)); i++) {
        const struct resource *patch = patches->items[i];
        size_t mark = diagnostics->count;
        struct resource *target = find_target(context, resources, patch);
        if (target && merge_reported(context, resources, target, patch, options, aimed))
            continue;
        struct patch_options all = all_options(context, patch, options);
        enum doubt doubt = all.allow_name_change || all.allow_kind_change ? DOUBT_IDENTITY : DOUBT_CONTENT;
        if (target)
            doubt_resource(target, doubt);
        else
            doubt_similar_resources(resources, patch->id.gvk.kind, patch->id.name, doubt);
        if (!merged)
            diagnostics_keep_independent(diagnostics, mark);
        merged = false;
        context->matches = NULL;
    }
    return merged;
}

// --- Many objects.

struct many {
    struct resource_list targets;
    enum outcome *outcomes;  // one per target
    const struct resource *merge;
    const struct tree *tree;  // of the patch; NULL: not needed
    const struct patch_options *options;
    const struct json_patch *json;
    bool remember;
    struct patch_notes notes;
};

static void report_many(const struct transform_context *context, enum match_kind kind, struct resource_map *resources,
                        const struct compiled_selector *selector, const struct many *many)
{
    const struct selector *written = selector_written(selector);
    const struct match match = {.kind = kind,
                                .position = written->position,
                                .resources = resources,
                                .selector = written,
                                .targets = &many->targets,
                                .patch = many->merge,
                                .json = many->json,
                                .has_target = true,
                                .notes = &many->notes};
    if (context->matches)
        notify_match(context, match);
}

static bool merge_some(struct transform_context *context, const void *opaque, size_t first, size_t end)
{
    const struct many *many = opaque;
    bool merged = true;
    for (size_t i = first; i < end && merged; i++) {
        push_target(context, many->targets.items[i]);
        merged = merge_object(context, many->targets.items[i], many->merge, many->tree, many->options, true,
                              &many->outcomes[i]);
        diagnostics_pop(context->diagnostics);
    }
    return merged;
}

// A patch for Secrets can't always be recognized by its target, so mark it once its targets are known.
static void expect_secrets(struct transform_context *context, const struct resource_list *targets, uint32_t file)
{
    for (size_t i = 0; i < targets->count; i++)
        if (targets->items[i]->id.gvk.kind == NAME(Secret)) {
            secrets_expect_patch(context->diagnostics->sources, file);
            return;
        }
}

// False: diagnosed.
static bool select_targets(struct transform_context *context, struct resource_map *resources,
                           const struct compiled_selector *selector, struct many *many)
{
    many->targets = selector_select(selector, resources);
    if (selector_failed(selector)) {
        doubt_all_resources(resources, DOUBT_IDENTITY);
        return false;
    }
    if (!many->targets.count && !context->matches)  // an observer of matches reports more than this
        warn_of_misspelled_target(context, selector_written(selector), resources);
    return true;
}

bool patch_merge_selected(struct transform_context *context, struct resource_map *resources,
                          const struct compiled_selector *selector, const struct resource *patch,
                          const struct patch_options *options)
{
    struct many many = {.merge = patch, .options = options};
    if (!select_targets(context, resources, selector, &many))
        return false;
    expect_secrets(context, &many.targets, patch->root->position.file);
    report_many(context, MATCH_PATCH_BEFORE, resources, selector, &many);
    struct patch_options all = all_options(context, patch, options);
    bool one_by_one = all.allow_name_change || all.allow_kind_change;  // each new ID must be unique
    for (size_t i = 0; one_by_one && i < many.targets.count; i++)
        if (!merge_pushed(context, resources, many.targets.items[i], patch, options, true)) {
            doubt_resources(&many.targets, DOUBT_IDENTITY);
            return false;
        }
    if (one_by_one) {
        report_many(context, MATCH_PATCH, resources, selector, &many);
        return true;
    }
    for (size_t i = 0; i < many.targets.count; i++) {
        ensure_tree(context, many.targets.items[i], &all);
        if (!many.tree && many.targets.items[i]->written->root)
            many.tree = written_read(context->resources, patch->root);
    }
    many.outcomes = arena_array(context->arena, enum outcome, many.targets.count);
    bool merged = parallel_for(context, many.targets.count, merge_some, &many);
    for (size_t i = 0; i < many.targets.count; i++) {
        struct resource *target = many.targets.items[i];
        push_target(context, target);
        update_map(resources, target, many.outcomes[i]);
        merged = merged && (many.outcomes[i] == OUTCOME_REMOVED || resource_map_check_unique_id(resources, target));
        diagnostics_pop(context->diagnostics);
    }
    if (merged)
        report_many(context, MATCH_PATCH, resources, selector, &many);
    else
        doubt_resources(&many.targets, DOUBT_CONTENT);
    return merged;
}

static bool apply_json_to_some(struct transform_context *context, const void *opaque, size_t first, size_t end)
{
    struct many *many = (struct many *)opaque;  // notes are only collected on a single thread
    struct patch_notes *notes = context->matches ? &many->notes : NULL;
    bool applied = true;
    for (size_t i = first; i < end && applied; i++) {
        struct resource *target = many->targets.items[i];
        if (many->remember)
            resource_remember_id(context->resources, target);
        push_target(context, target);
        applied = json_patch_apply(context->resources, many->json, target, many->targets.count > 1, notes);
        applied = applied ? refresh_id(context, target, NULL, many->json, &many->outcomes[i])
                          : diagnose_about_resource(context->diagnostics, target);
        diagnostics_pop(context->diagnostics);
    }
    return applied;
}

bool patch_apply_json(struct transform_context *context, struct resource_map *resources,
                      const struct compiled_selector *selector, const struct json_patch *patch, bool remember)
{
    struct many many = {.json = patch, .remember = remember};
    if (!select_targets(context, resources, selector, &many))
        return false;
    expect_secrets(context, &many.targets, json_patch_file(patch));
    report_many(context, MATCH_PATCH_BEFORE, resources, selector, &many);
    many.outcomes = arena_array(context->arena, enum outcome, many.targets.count);
    bool applied = parallel_for(context, many.targets.count, apply_json_to_some, &many);
    for (size_t i = 0; i < many.targets.count; i++)
        update_map(resources, many.targets.items[i], many.outcomes[i]);
    if (!applied) {
        doubt_resources(&many.targets, json_patch_doubt(patch));
        return false;
    }
    report_many(context, MATCH_PATCH, resources, selector, &many);
    return true;
}
