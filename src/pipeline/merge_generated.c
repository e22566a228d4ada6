#include "pipeline/merge_generated.h"

#include "base/near_names.h"
#include "base/text_set.h"
#include "base/word_list.h"
#include "doc/scalar.h"
#include "generators/object.h"
#include "schema/well_known_names.h"
#include "transform/unlisted.h"

// Adds the entries of `old` that `map` lacks, with their values as strings. A null becomes an empty string, or, with
// `keep_null` (for metadata), keeps its spelling.
static void add_missing(struct arena *arena, struct node *map, const struct node *old, bool keep_null)
{
    for (uint32_t i = 0; i < old->count; i++) {
        struct map_entry entry = old->entries[i];
        if (node_map_find(map, entry.key))
            continue;
        bool is_text = node_is_scalar(entry.value) && (keep_null || !node_is_null(entry.value));
        struct slice text = is_text ? node_text(entry.value) : (struct slice){0};
        entry.value = node_new_string(arena, text, entry.value->position);
        entry.key_tag = scalar_unquoted_key_tag(entry.key->text);
        node_map_append(arena, map, entry);
    }
}

static void merge_field(struct resource_context *context, struct node *into, const struct node *from,
                        const struct name *key)
{
    const struct node *old = node_map_get(from, key);
    struct node *present = node_map_get(into, key);
    if (!node_is_map(old) || !old->count)
        return;
    if (!node_is_map(present)) {
        present = node_new_map(context->arena, old->position);
        node_map_set(context->arena, into, key, present);
    }
    add_missing(context->arena, present, old, key == NAME(labels) || key == NAME(annotations));
}

// --- The stringData of the old object, which v5.8.1 drops.

static bool is_core_secret(const struct resource *resource)
{
    return resource->id.gvk.kind == NAME(Secret) && name_is_empty(resource->id.gvk.group) &&
           slice_equals(resource->id.gvk.version->text, "v1");
}

// Encodes the pairs of stringData for data. NULL: diagnosed.
static struct node *encode_string_data(struct resource_context *context, const struct node *strings)
{
    struct node *encoded = node_new_map(context->arena, strings->position);
    for (uint32_t i = 0; i < strings->count; i++) {
        struct map_entry entry = strings->entries[i];
        if (!node_is_scalar(entry.value)) {
            diagnose(context->diagnostics, entry.value->position, "expected a string for 'stringData.%.*s', found %s",
                     SLICE_ARGS(entry.key->text), node_kind_phrase(entry.value));
            return NULL;
        }
        struct slice text = node_is_null(entry.value) ? (struct slice){0} : node_text(entry.value);
        entry.value = node_new_string(context->arena, generator_base64(context->arena, text), entry.value->position);
        node_map_append(context->arena, encoded, entry);
    }
    return encoded;
}

static void warn_of_lost_strings(struct resource_context *context, const struct resource *old)
{
    struct slice what = resource_text(context->arena, old);
    diagnose_warning(context->diagnostics, node_map_get(old->root, NAME(stringData))->position,
                     "kustomize v5.8.1 drops stringData when a secretGenerator merges into %.*s", SLICE_ARGS(what));
    diagnose_hint(context->diagnostics, "move the values to `data`, or build with --compat=v5.8.3, which keeps them");
}

// Adds stringData to the generated data. False: diagnosed.
static bool merge_string_data(struct resource_context *context, struct resource *generated, const struct resource *old)
{
    const struct node *strings = node_map_get(old->root, NAME(stringData));
    if (!is_core_secret(old) || node_is_null(strings))
        return true;
    if (context->diagnostics->release < RELEASE_V5_8_3) {
        if (strings->count)
            warn_of_lost_strings(context, old);
        return true;
    }
    if (!node_is_map(strings))
        return diagnose(context->diagnostics, strings->position, "expected a map for 'stringData', found %s",
                        node_kind_phrase(strings));
    const struct node *data = node_map_get(old->root, NAME(data));
    if (strings->count && data && !node_is_map(data) && !node_is_null(data))
        return diagnose(context->diagnostics, data->position, "expected a map for 'data', found %s",
                        node_kind_phrase(data));
    struct node *encoded = encode_string_data(context, strings);
    if (!encoded)
        return false;
    struct node *present = node_map_get(generated->root, NAME(data));
    if (encoded->count && !node_is_map(present)) {
        present = node_new_map(context->arena, encoded->position);
        node_map_set(context->arena, generated->root, NAME(data), present);
    }
    if (encoded->count)
        add_missing(context->arena, present, encoded, false);
    return true;
}

// Gives the new object the labels and annotations of both. Returns its metadata. NULL: diagnosed.
static struct node *merge_metadata(struct resource_context *context, struct resource *generated, struct resource *old)
{
    struct node *metadata = node_map_ensure(context->arena, generated->root, NAME(metadata));
    struct node *old_metadata = node_map_ensure(context->arena, old->root, NAME(metadata));
    if (!resource_normalize_annotations(context, old))
        return NULL;
    merge_field(context, metadata, old_metadata, NAME(labels));
    merge_field(context, metadata, old_metadata, NAME(annotations));
    return metadata;
}

// Replaces the old object with the new one, which takes over its place, identity, and history, and merges its labels
// and annotations (and, with `behavior: merge`, data). False: diagnosed.
static bool replace_in_place(struct resource_context *context, struct resource_map *resources, struct resource *old,
                             struct resource *generated)
{
    struct node *metadata = merge_metadata(context, generated, old);
    if (!metadata)
        return false;
    if (generated->behavior == BEHAVIOR_MERGE) {
        if (!merge_string_data(context, generated, old))
            return false;
        merge_field(context, generated->root, old->root, NAME(data));
        merge_field(context, generated->root, old->root, NAME(binaryData));
        const struct node *data = node_map_get(generated->root, NAME(data));
        if (data && !data->count)
            node_map_remove(generated->root, NAME(data));
    }
    resource_set_name(context, generated, old->id.name->text);
    if (name_is_empty(old->id.namespace))
        node_map_remove(metadata, NAME(namespace));
    else
        resource_set_namespace(context, generated, old->id.namespace->text);
    generated->id = old->id;
    const struct node *annotations = node_map_get(metadata, NAME(annotations));
    generated->generated_annotations = annotations ? annotations->count : 0;
    generated->needs_hash = generated->needs_hash && old->needs_hash;
    memcpy(&generated->previous, &old->previous, sizeof generated->previous);
    memcpy(generated->noted, old->noted, sizeof generated->noted);
    generated->prefixes = old->prefixes;
    generated->suffixes = old->suffixes;
    // An object that is replaced, not merged, gets the origin of its replacement.
    if (generated->behavior == BEHAVIOR_MERGE)
        generated->origin = old->origin;
    generated->transformations = old->transformations;
    generated->behavior = old->behavior;
    resource_map_replace(resources, old, generated);
    return true;
}

// --- Errors.

static const char *behavior_text(uint8_t behavior)
{
    static const char *const texts[] = {[BEHAVIOR_UNSPECIFIED] = "create",
                                        [BEHAVIOR_CREATE] = "create",
                                        [BEHAVIOR_REPLACE] = "replace",
                                        [BEHAVIOR_MERGE] = "merge"};
    return texts[behavior];
}

static bool is_map_or_secret(const struct resource *resource)
{
    const struct name *kind = resource->id.gvk.kind;
    return name_is_empty(resource->id.gvk.group) && (kind == NAME(ConfigMap) || kind == NAME(Secret));
}

// For a resource of that name in another namespace, or of the other kind. False: there is none.
static bool hint_namesake(struct resource_context *context, struct resource_map *resources,
                          const struct resource *generated)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct resource_list named = resource_map_named(resources, generated->id.name);
    const struct resource *other = NULL;
    for (size_t i = 0; i < named.count; i++)
        if (is_map_or_secret(named.items[i]) && (!other || named.items[i]->id.gvk.kind == generated->id.gvk.kind))
            other = named.items[i];
    if (!other || !is_map_or_secret(generated))
        return false;
    struct slice where = position_text(diagnostics->sources, context->arena, resource_position(other));
    struct slice namespace = other->id.namespace->text;
    if (other->id.gvk.kind != generated->id.gvk.kind)
        diagnose_hint(diagnostics, "move this entry to `%s`: the resource of that name, at %.*s, is a %.*s",
                      other->id.gvk.kind == NAME(Secret) ? "secretGenerator" : "configMapGenerator", SLICE_ARGS(where),
                      SLICE_ARGS(other->id.gvk.kind->text));
    else if (namespace.length)
        diagnose_hint(diagnostics, "add `namespace: %.*s` to this entry: the resource at %.*s is in that namespace",
                      SLICE_ARGS(namespace), SLICE_ARGS(where));
    else
        diagnose_hint(diagnostics, "remove `namespace` from this entry: the resource at %.*s has none",
                      SLICE_ARGS(where));
    return true;
}

static struct text_set names_of_kind(struct arena *arena, const struct resource_map *resources,
                                     const struct resource *generated)
{
    struct text_set names = {0};
    for (size_t i = 0; i < resources->count; i++)
        if (resources->items[i]->id.gvk.kind == generated->id.gvk.kind && !resources->items[i]->removed)
            text_set_add(arena, &names, resources->items[i]->id.name->text);
    return names;
}

static bool shares_key(const struct resource *present, const struct resource *generated)
{
    const struct node *old = node_map_get(present->root, NAME(data)), *new = node_map_get(generated->root, NAME(data));
    for (uint32_t i = 0; node_is_map(old) && node_is_map(new) && i < new->count; i++)
        if (node_map_find(old, new->entries[i].key))
            return true;
    return false;
}

// Keeps only the names of resources that share a key with the generated one; keeps all names if none does.
static struct near_names with_its_keys(const struct near_names *near, const struct resource_map *resources,
                                       const struct resource *generated)
{
    struct near_names sharing = {0};
    for (size_t i = 0; i < near->count; i++)
        for (size_t k = 0; k < resources->count; k++) {
            const struct resource *present = resources->items[k];
            if (present->id.gvk.kind != generated->id.gvk.kind || present->removed ||
                !slice_equal(present->id.name->text, near->items[i]) || !shares_key(present, generated))
                continue;
            sharing.items[sharing.count++] = near->items[i];
            break;
        }
    return sharing.count ? sharing : *near;
}

static bool diagnose_missing(struct resource_context *context, struct resource_map *resources,
                             const struct resource *generated, struct loader *loader)
{
    struct diagnostics *diagnostics = context->diagnostics;
    diagnose(diagnostics, resource_name_position(generated), "there is no %.*s to %s",
             SLICE_ARGS(resource_text(context->arena, generated)),
             generated->behavior == BEHAVIOR_MERGE ? "merge with" : "replace");
    diagnose_phrase(diagnostics, "id %.*s does not exist; cannot merge or replace",
                    SLICE_ARGS(resource_id_text(context->arena, &generated->id)));
    if (hint_namesake(context, resources, generated))
        return false;
    struct text_set names = names_of_kind(context->arena, resources, generated);
    struct near_names near = near_names(generated->id.name->text, names.items, names.count);
    near = with_its_keys(&near, resources, generated);
    struct slice unlisted = unlisted_hint(context, resources, loader, &generated->id.gvk.kind->text, 1,
                                          generated->id.name->text);
    if (unlisted.length)
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(unlisted));
    else if (near.count)
        diagnose_hint(diagnostics, "did you mean %.*s?", SLICE_ARGS(near_names_text(context->arena, &near)));
    else if (names.count)
        diagnose_hint(diagnostics, "name an existing %.*s (%.*s), or remove `behavior` to create a new one",
                      SLICE_ARGS(generated->id.gvk.kind->text),
                      SLICE_ARGS(word_list_quoted(context->arena, names.items, names.count, HINT_NAMES_MAX, "or")));
    else
        diagnose_hint(diagnostics, "remove `behavior: %s`, or list the base that has a resource of that name",
                      behavior_text(generated->behavior));
    return false;
}

// A behavior that the generator has just warned about is the mistake, so it replaces the warning. Always returns false.
static bool diagnose_existing(struct resource_context *context, const struct resource *generated,
                              const struct resource *present)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct slice what = resource_text(context->arena, generated);
    struct slice where = position_text(diagnostics->sources, context->arena, resource_definition_position(present));
    const struct diagnostic *like_create = diagnostics_caused_by(diagnostics, CAUSE_LIKE_CREATE);
    const struct diagnostic *misspelled = like_create ? like_create
                                                      : diagnostics_caused_by(diagnostics, CAUSE_UNKNOWN_BEHAVIOR);
    if (misspelled && generated->behavior == BEHAVIOR_UNSPECIFIED) {
        struct diagnostic warning = *misspelled;
        diagnostics_forget(diagnostics, diagnostics->count - 1);
        diagnose(diagnostics, warning.position, "%.*s; %.*s is already defined at %.*s", SLICE_ARGS(warning.message),
                 SLICE_ARGS(what), SLICE_ARGS(where));
        bool fits = warning.hint.length && !like_create;
        diagnose_hint(
            diagnostics, "%.*s",
            SLICE_ARGS(fits ? warning.hint : slice_literal("write `behavior: merge` or `behavior: replace`")));
    } else {
        resource_diagnose_defined(context, generated, present);
        bool is_neighbor = present->generated && resource_position(present).file == resource_position(generated).file;
        diagnose_hint(diagnostics, "%s",
                      is_neighbor
                          ? "combine the two entries, give one of them another name, or set `behavior: merge` here"
                          : "set `behavior: merge` to keep its other keys, or `behavior: replace` to drop them");
    }
    return diagnose_phrase(diagnostics,
                           "id %.*s exists; can not use behavior: 'unspecified', behavior must be merge or replace",
                           SLICE_ARGS(resource_id_text(context->arena, &generated->id)));
}

bool merge_generated(struct resource_context *context, struct resource_map *resources, struct resource *generated,
                     struct loader *loader)
{
    struct diagnostics *diagnostics = context->diagnostics;
    struct resource_list found = resource_map_with_id(resources, &generated->id, false);
    struct slice what = resource_text(context->arena, generated);
    struct position position = resource_position(generated);
    bool merges = generated->behavior == BEHAVIOR_MERGE || generated->behavior == BEHAVIOR_REPLACE;
    if (found.count > 1) {
        struct slice first = position_text(diagnostics->sources, context->arena, resource_position(found.items[0]));
        struct slice second = position_text(diagnostics->sources, context->arena, resource_position(found.items[1]));
        diagnose(diagnostics, position, "the generated %.*s matches several resources: %.*s and %.*s", SLICE_ARGS(what),
                 SLICE_ARGS(first), SLICE_ARGS(second));
        if (slice_equal(first, second))
            diagnose_hint(diagnostics, "remove one of the entries of `resources` that include this base: the build "
                                       "contains its resources twice");
        return false;
    }
    if (found.count == 0)
        return merges ? diagnose_missing(context, resources, generated, loader)
                      : resource_map_append(resources, generated);
    if (!merges)
        return diagnose_existing(context, generated, found.items[0]);
    // If a patch has changed the kind, kustomize finds the object by its former ID, but then fails to replace it.
    if (found.items[0]->id.gvk.kind != generated->id.gvk.kind) {
        struct slice now = resource_text(context->arena, found.items[0]);
        return diagnose(diagnostics, position, "cannot change %.*s: it has since become %.*s", SLICE_ARGS(what),
                        SLICE_ARGS(now));
    }
    return replace_in_place(context, resources, found.items[0], generated);
}
