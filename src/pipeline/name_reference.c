#include "pipeline/name_reference.h"

#include "base/word_list.h"
#include "doc/scalar.h"
#include "resource/gvk_table.h"
#include "schema/well_known_names.h"
#include "transform/matches.h"
#include "transform/set_fields.h"

// A spec that applies to the objects of one kind. These are looked up once per kind.
struct kind_reference {
    const struct name_reference *reference;
    const struct field_spec *spec;
    bool role_reference;  // the path ends in roleRef/name, so the target must match roleRef's group and kind
};

struct kind_references {
    struct kind_reference *items;
    size_t count, capacity;
};

struct referrals {
    struct resource_context *context;
    struct arena scratch;
    const struct name_references *references;
    struct gvk_table kinds;  // of struct kind_references
    struct resource **resources;
    // Objects by former name and current effective namespace.
    struct hash_index by_name_and_namespace;
    struct hash_index by_name;
    // Sets of hashes: of the (original, current) namespace pairs that occur, with the current one effective or as
    // written, and of the original namespaces.
    struct hash_index namespace_pairs, written_pairs, original_namespaces;

    // The current state.
    struct resource *referrer;
    uint32_t search;              // the number of the current search for candidates
    uint32_t *search_of;          // for each object, the last search that found it
    struct name_list namespaces;  // that the referrer may refer to: its own, and those of a RoleBinding's subjects
    const struct kind_reference *now;
    size_t visited;                        // how many fields matched the current spec
    const struct match_observer *matches;  // told about the specs in the user's files; may be NULL
};

static uint64_t pair_hash(const struct name *a, const struct name *b)
{
    return hash_combine(a->hash, b->hash);
}

static void add_hash(struct referrals *referrals, struct hash_index *index, uint64_t hash)
{
    if (!hash_index_has(index, hash))
        hash_index_add(&referrals->scratch, index, hash, 0);
}

// Returns the empty name if the object was cluster-scoped.
static const struct name *original_namespace(const struct resource *resource)
{
    return resource->previous.count ? resource->previous.items[0].namespace : resource_effective_namespace(resource);
}

static void index_resources(struct referrals *referrals, const struct resource_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct resource *resource = map->items[i];
        const struct name *namespace = resource_effective_namespace(resource);
        const struct name *original = original_namespace(resource);
        if (!name_is_empty(original)) {
            add_hash(referrals, &referrals->namespace_pairs, pair_hash(original, namespace));
            add_hash(referrals, &referrals->written_pairs, pair_hash(original, resource->id.namespace));
            add_hash(referrals, &referrals->original_namespaces, original->hash);
        }
        for (size_t k = 0; k < resource->previous.count; k++) {
            const struct name *name = resource->previous.items[k].name;
            bool repeated = false;
            for (size_t j = 0; j < k; j++)
                repeated = repeated || resource->previous.items[j].name == name;
            if (repeated)
                continue;
            hash_index_add(&referrals->scratch, &referrals->by_name, name->hash, (uint32_t)i);
            hash_index_add(&referrals->scratch, &referrals->by_name_and_namespace, pair_hash(name, namespace),
                           (uint32_t)i);
        }
    }
}

static bool ends_in_role_reference(const struct field_spec *spec)
{
    return slice_ends_with(spec->path, slice_literal("roleRef/name"));
}

static const struct kind_references *references_of(struct referrals *referrals, struct gvk gvk)
{
    struct kind_references *kind = gvk_table_get(&referrals->kinds, &gvk);
    if (kind)
        return kind;

    kind = arena_new(&referrals->scratch, struct kind_references);
    for (size_t i = 0; i < referrals->references->count; i++) {
        const struct name_reference *reference = &referrals->references->items[i];
        for (size_t k = 0; k < reference->specs.count; k++) {
            const struct field_spec *spec = &reference->specs.items[k];
            if (!field_spec_selects(spec, gvk.group, gvk.version, gvk.kind))
                continue;
            spec = field_spec_parsed(&referrals->scratch, referrals->context->names, spec);
            struct kind_reference item = {reference, spec, ends_in_role_reference(spec)};
            list_append(&referrals->scratch, kind, item);
        }
    }
    gvk_table_add(&referrals->scratch, &referrals->kinds, &gvk, kind);
    return kind;
}

// --- Candidates.

static void add_candidate(struct referrals *referrals, struct resource_list *list, uint32_t number)
{
    if (referrals->search_of[number] == referrals->search)
        return;
    referrals->search_of[number] = referrals->search;
    list_append(&referrals->scratch, list, referrals->resources[number]);
}

static bool had_name(const struct resource *resource, const struct name *name)
{
    for (size_t i = 0; i < resource->previous.count; i++)
        if (resource->previous.items[i].name == name)
            return true;
    return false;
}

static bool is_string(const struct node *node)
{
    if (!node_is_scalar(node))
        return false;
    enum node_tag tag = node_resolved_tag(node);
    return tag == TAG_STRING || tag == TAG_OTHER || tag == TAG_BINARY;
}

static bool add_subject_namespace(struct referrals *referrals, const struct node *subject, struct hash_index *seen)
{
    struct diagnostics *diagnostics = referrals->context->diagnostics;
    if (!node_is_map(subject))
        return diagnose(diagnostics, subject->position, "expected a map for a subject of a role binding, found %s",
                        node_kind_phrase(subject));
    const struct node *kind = node_map_get(subject, NAME(kind));
    const struct node *namespace = node_map_get(subject, NAME(namespace));
    if (!kind || !namespace)
        return true;
    if (!is_string(kind))
        return diagnose(diagnostics, kind->position,
                        "expected a string for the kind of a subject that has a namespace, found %s",
                        node_kind_phrase(kind));
    if (!slice_equals(node_text(kind), "ServiceAccount"))
        return true;
    if (!is_string(namespace))
        return diagnose(diagnostics, namespace->position,
                        "expected a string for the namespace of a subject of kind ServiceAccount, found %s",
                        node_kind_phrase(namespace));
    const struct name *name = name_intern(referrals->context->names, node_text(namespace));
    if (hash_index_has(seen, name->id))
        return true;
    hash_index_add(&referrals->scratch, seen, name->id, 0);
    list_append(&referrals->scratch, &referrals->namespaces, name);
    return true;
}

// Adds the namespaces of the service accounts that a RoleBinding names, which may be in other namespaces.
static bool add_subject_namespaces(struct referrals *referrals)
{
    struct hash_index seen = {0};
    const struct node *subjects = node_map_get(referrals->referrer->root, NAME(subjects));
    for (uint32_t i = 0; node_is_sequence(subjects) && i < subjects->count; i++)
        if (!add_subject_namespace(referrals, subjects->items[i], &seen))
            return false;
    return true;
}

// Runs before the first reference is updated, because an update may change the namespaces. False: diagnosed.
static bool find_namespaces(struct referrals *referrals)
{
    const struct resource *referrer = referrals->referrer;
    if (referrals->namespaces.count || referrer->cluster_scoped)
        return true;
    list_append(&referrals->scratch, &referrals->namespaces, resource_effective_namespace(referrer));
    return referrer->id.gvk.kind != NAME(RoleBinding) || add_subject_namespaces(referrals);
}

static void add_candidates_in(struct referrals *referrals, const struct name *name, const struct name *namespace,
                              bool written, struct resource_list *list)
{
    uint32_t number;
    // Objects without a namespace are indexed under `default`.
    const struct name *effective = written && name_is_empty(namespace) ? NAME(default_) : namespace;
    uint64_t hash = pair_hash(name, effective);
    for (struct hash_cursor at = hash_index_find(&referrals->by_name_and_namespace, hash);
         hash_cursor_next(&at, &number);) {
        const struct resource *candidate = referrals->resources[number];
        const struct name *its = written ? candidate->id.namespace : resource_effective_namespace(candidate);
        if (its == namespace && had_name(candidate, name))
            add_candidate(referrals, list, number);
    }
}

// Collects the objects that have had the name and that the referrer can refer to, in the order of the resources.
static void collect_candidates(struct referrals *referrals, const struct name *name, struct resource_list *list)
{
    uint32_t number;
    referrals->search++;
    if (referrals->referrer->cluster_scoped) {
        for (struct hash_cursor at = hash_index_find(&referrals->by_name, name->hash); hash_cursor_next(&at, &number);)
            if (had_name(referrals->resources[number], name))
                add_candidate(referrals, list, number);
        return;
    }
    add_candidates_in(referrals, name, NAME(empty), false, list);
    // The namespace of a subject matches only objects that state it.
    for (size_t i = 0; i < referrals->namespaces.count; i++)
        add_candidates_in(referrals, name, referrals->namespaces.items[i], i > 0, list);
}

// The text of a node as kustomize sees it: a null is the word that was written, and a map or list has no text.
static const struct name *written_name(const struct referrals *referrals, const struct node *node)
{
    return node_is_scalar(node) ? name_intern(referrals->context->names, node_text(node)) : NAME(empty);
}

static bool was_in_namespace(const struct referrals *referrals, const struct name *wanted)
{
    if (referrals->referrer->cluster_scoped)
        return hash_index_has(&referrals->original_namespaces, wanted->hash);
    bool was = hash_index_has(&referrals->namespace_pairs, pair_hash(wanted, NAME(empty)));
    for (size_t i = 0; i < referrals->namespaces.count && !was; i++)
        was = hash_index_has(i ? &referrals->written_pairs : &referrals->namespace_pairs,
                             pair_hash(wanted, referrals->namespaces.items[i]));
    return was;
}

// For a reference with a namespace (even an empty one): keeps the candidates that were in it originally, or, if there
// were none, those that are in it now.
static void keep_in_namespace(struct referrals *referrals, const struct name *wanted, struct resource_list *list)
{
    bool original = was_in_namespace(referrals, wanted);
    size_t kept = 0;
    for (size_t i = 0; i < list->count && !name_is_empty(wanted); i++) {
        const struct resource *candidate = list->items[i];
        if ((original ? original_namespace(candidate) : resource_effective_namespace(candidate)) == wanted)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

static bool fits(const struct name *wanted, const struct name *is)
{
    return !wanted || name_is_empty(wanted) || wanted == is;
}

static bool had_kind(const struct resource *resource, const struct name *group, const struct name *version,
                     const struct name *kind)
{
    if (!fits(group, resource->id.gvk.group) || !fits(version, resource->id.gvk.version))
        return false;
    for (size_t i = 0; i < resource->previous.count; i++)
        if (fits(kind, resource->previous.items[i].kind))
            return true;
    return false;
}

static void keep_kind(const struct referrals *referrals, struct resource_list *list)
{
    const struct name_reference *reference = referrals->now->reference;
    const struct name *role_group = NULL, *role_kind = NULL;
    if (referrals->now->role_reference) {
        const struct node *role = node_map_get(referrals->referrer->root, NAME(roleRef));
        const struct node *group = node_map_get(role, NAME(apiGroup)), *kind = node_map_get(role, NAME(kind));
        if (group && kind) {
            role_group = written_name(referrals, group);
            role_kind = written_name(referrals, kind);
        }
    }
    const struct resource *referrer = referrals->referrer;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct resource *candidate = list->items[i];
        if (!had_kind(candidate, reference->group, reference->version, reference->kind))
            continue;
        if (role_kind && !had_kind(candidate, role_group, NULL, role_kind))
            continue;
        if (!referrer->cluster_scoped && !candidate->cluster_scoped && candidate->id.gvk.kind != NAME(ServiceAccount) &&
            resource_effective_namespace(candidate) != resource_effective_namespace(referrer))
            continue;
        list->items[kept++] = candidate;
    }
    list->count = kept;
}

// Compares two lists of prefixes (or suffixes), innermost first. They fit if the shorter list is the end of the longer.
static bool affixes_fit(const struct name_list *a, const struct name_list *b, bool empty_fits)
{
    if (a->count == 0 || b->count == 0)
        return empty_fits || a->count == b->count;
    size_t shorter = a->count < b->count ? a->count : b->count;
    for (size_t i = 1; i <= shorter; i++)
        if (a->items[a->count - i] != b->items[b->count - i])
            return false;
    return true;
}

static void keep_affixes(const struct referrals *referrals, struct resource_list *list, bool empty_fits)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct resource *candidate = list->items[i];
        if (affixes_fit(&referrals->referrer->prefixes, &candidate->prefixes, empty_fits) &&
            affixes_fit(&referrals->referrer->suffixes, &candidate->suffixes, empty_fits))
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

static bool diagnose_ambiguity(struct referrals *referrals, const struct resource_list *list, const struct node *map,
                               const struct node *name)
{
    struct diagnostics *diagnostics = referrals->context->diagnostics;
    struct arena *arena = referrals->context->arena;
    enum { NAMED_MAX = 8 };
    struct slice candidates[NAMED_MAX];
    for (size_t i = 0; i < list->count && i < NAMED_MAX; i++) {
        struct slice what = resource_text(arena, list->items[i]);
        struct slice where = position_text(diagnostics->sources, arena, resource_position(list->items[i]));
        candidates[i] = arena_format(arena, "%.*s (%.*s)", SLICE_ARGS(what), SLICE_ARGS(where));
    }
    struct slice all = word_list(arena, candidates, list->count, NAMED_MAX, "or");
    struct slice referrer = resource_text(arena, referrals->referrer);
    diagnose(diagnostics, name->position, "'%.*s' in %.*s is ambiguous: it could refer to %.*s",
             SLICE_ARGS(node_text(name)), SLICE_ARGS(referrer), SLICE_ARGS(all));
    diagnose_hint(diagnostics, map && !node_map_get(map, NAME(namespace))
                                   ? "add `namespace` next to `name` to choose one"
                                   : "rename one of them, or build them in separate kustomizations");
    return false;
}

// Finds the object that a reference refers to; `*target` is NULL if there is none. Two candidates with the same new
// name are not ambiguous. For a map, they must have the same namespace, too, since the map gets both. False: diagnosed.
static bool select_target(struct referrals *referrals, const struct node *map, const struct node *name_node,
                          struct resource **target)
{
    const struct node *namespace = node_map_get(map, NAME(namespace));
    *target = NULL;
    const struct name *name = written_name(referrals, name_node);
    struct resource_list list = {0};
    if (!hash_index_has(&referrals->by_name, name->hash))
        return true;
    collect_candidates(referrals, name, &list);
    if (list.count && namespace)
        keep_in_namespace(referrals, written_name(referrals, namespace), &list);
    keep_kind(referrals, &list);
    if (list.count > 1)
        keep_affixes(referrals, &list, true);
    if (list.count > 1)
        keep_affixes(referrals, &list, false);
    if (list.count == 0)
        return true;
    for (size_t i = 1; i < list.count; i++) {
        bool same = list.items[i]->id.name == list.items[0]->id.name &&
                    (!map || list.items[i]->id.namespace == list.items[0]->id.namespace);
        if (!same)
            return diagnose_ambiguity(referrals, &list, map, name_node);
    }
    *target = list.items[0];
    return true;
}

// --- Updating. A new name doesn't keep the type of the old one: plain scalars are resolved again.

static bool update_scalar(struct referrals *referrals, struct node *name)
{
    struct resource *target;
    if (!select_target(referrals, NULL, name, &target))
        return false;
    if (target && target->id.name->text.length && !slice_equal(node_text(name), target->id.name->text))
        scalar_set_untyped(name, target->id.name->text);
    return true;
}

static void set_map_namespace(struct referrals *referrals, struct node *map, struct slice text)
{
    struct node *namespace = node_map_get(map, NAME(namespace));
    if (namespace) {
        scalar_set_untyped(namespace, text);
        return;
    }
    bool quoted = scalar_needs_quotes(text);
    node_map_set(referrals->context->arena, map, NAME(namespace),
                 node_new_scalar(referrals->context->arena, text, quoted ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN,
                                 quoted ? TAG_STRING : TAG_IMPLICIT, map->position));
}

static bool update_map(struct referrals *referrals, struct node *map)
{
    struct node *name = node_map_get(map, NAME(name));
    if (!name) {
        diagnose(referrals->context->diagnostics, map->position, "the reference has no field 'name'");
        diagnose_hint(referrals->context->diagnostics,
                      "add `name`, or remove the whole reference; if the file has a name, a patch has removed it");
        return false;
    }
    if (!node_is_scalar(name))
        return true;
    struct resource *target;
    if (!select_target(referrals, map, name, &target))
        return false;
    if (!target)
        return true;
    bool moved = !name_is_empty(target->id.namespace);
    if (moved || !slice_equal(node_text(name), target->id.name->text))
        scalar_set_untyped(name, target->id.name->text);
    if (moved)
        set_map_namespace(referrals, map, target->id.namespace->text);
    return true;
}

static bool update_leaf(void *state, struct node **leaf)
{
    struct referrals *referrals = state;
    struct node *node = *leaf;
    referrals->visited++;
    if (!find_namespaces(referrals))
        return false;
    if (node_is_null(node))
        return true;
    if (node->kind == NODE_SCALAR)
        return update_scalar(referrals, node);
    if (node->kind == NODE_MAP)
        return update_map(referrals, node);
    for (uint32_t i = 0; i < node->count; i++) {
        struct node *item = node->items[i];
        if (item->kind == NODE_SEQUENCE)
            return diagnose(referrals->context->diagnostics, item->position,
                            "expected a name or a map with a name for a reference, found a list");
        if (item->kind == NODE_MAP ? !update_map(referrals, item)
                                   : !node_is_null(item) && !update_scalar(referrals, item))
            return false;
    }
    return true;
}

static void report_spec(const struct referrals *referrals)
{
    const struct field_spec *spec = referrals->now->spec;
    const struct match match = {.kind = MATCH_FIELD,
                                .position = spec->position,
                                .name = {spec->path, spec->position},
                                .count = referrals->visited,
                                .resource = referrals->referrer};
    referrals->matches->notify(referrals->matches->state, &match);
}

static bool update_referrer(struct referrals *referrals, struct resource *referrer)
{
    struct field_walk walk = {
        .arena = referrals->context->arena,
        .diagnostics = referrals->context->diagnostics,
        .overwritten = &referrals->context->overwritten,
        .create_leaf = FIELD_LEAF_ANY,
        .visit = update_leaf,
        .state = referrals,
    };
    const struct kind_references *kind = references_of(referrals, resource_original_id(referrer).gvk);
    referrals->referrer = referrer;
    referrals->namespaces.count = 0;
    // kustomize reads the subjects of every RoleBinding, even if it contains no reference.
    if (kind->count && referrer->id.gvk.kind == NAME(RoleBinding) && !find_namespaces(referrals))
        return false;
    for (size_t i = 0; i < kind->count; i++) {
        referrals->now = &kind->items[i];
        referrals->visited = 0;
        if (!field_spec_walk(&walk, kind->items[i].spec, referrer->root))
            return false;
        if (referrals->matches && kind->items[i].spec->position.line)
            report_spec(referrals);
    }
    return true;
}

bool name_reference_apply(struct resource_context *context, struct resource_map *resources,
                          const struct name_references *references, const struct match_observer *matches)
{
    struct referrals referrals = {
        .context = context, .references = references, .resources = resources->items, .matches = matches};
    referrals.search_of = arena_array(&referrals.scratch, uint32_t, resources->count);
    index_resources(&referrals, resources);
    bool done = true;
    for (size_t i = 0; i < resources->count && done; i++)
        done = update_referrer(&referrals, resources->items[i]);
    arena_free(&referrals.scratch);
    return done;
}
