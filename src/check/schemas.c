#include "check/schemas.h"

#include "base/recovery.h"
#include "base/text_set.h"
#include "check/findings.h"
#include "check/schema_files.h"
#include "check/validation.h"

enum { STEPS_MAX = 4000000 };

struct schemas {
    const struct schema_settings *settings;
    struct schema_files files;
    struct custom_kinds pool;  // of all roots, the first root's first
};

// A kind that no schema was found for, or whose schema has rules that are not checked.
struct noted_kind {
    struct slice api_version, kind;
};

struct noted_kinds {
    struct noted_kind *items;
    size_t count, capacity;
    struct hash_index by_kind;
};

// The state of one root.
struct root_schemas {
    struct custom_types types;
    struct custom_kinds own;      // while the root is judged
    struct custom_kinds offered;  // for other roots
    struct noted_kinds unknown, with_rules;
    size_t rules_sighting;  // 1 + the number of the sighting about the first of these
};

static struct schemas *schemas_of(const struct judge *judge)
{
    return judge->check->schemas;
}

bool schemas_are_needed(const struct levels *levels)
{
    static const struct rule *const of_schemas[] = {
        &schema_type_rule,      &schema_unknown_field_rule,   &schema_required_rule,     &schema_enum_rule,
        &schema_format_rule,    &schema_range_rule,           &schema_pattern_rule,      &schema_duplicate_item_rule,
        &schema_null_rule,      &schema_one_of_rule,          &schema_unknown_kind_rule, &schema_not_checked_rule,
        &quantity_invalid_rule, &type_changed_by_quotes_rule, &api_removed_rule,         &api_deprecated_rule,
        &api_not_yet_rule,      &schema_file_invalid_rule,    &kind_unknown_rule,        &object_invalid_rule,
    };
    for (size_t i = 0; i < countof(of_schemas); i++)
        if (levels_have(levels, of_schemas[i]))
            return true;
    return false;
}

struct schemas *schemas_new(struct check *check, const struct schema_settings *settings)
{
    struct schemas *schemas = piece_new(sizeof *schemas);
    schemas->settings = settings;
    schema_files_init(&schemas->files, settings, check->files);
    return schemas;
}

void schemas_free(struct schemas *schemas)
{
    if (!schemas)
        return;
    schema_files_free(&schemas->files);
    piece_free(schemas);
}

// --- Objects.

struct object {
    const struct resource *resource;
    struct slice api_version, kind;
    const struct node *version_node, *kind_node;
};

static struct object object_of(const struct resource *resource)
{
    struct object object = {.resource = resource,
                            .version_node = node_map_get(resource->root, NAME(apiVersion)),
                            .kind_node = node_map_get(resource->root, NAME(kind))};
    if (node_is_scalar(object.version_node))
        object.api_version = node_text(object.version_node);
    object.kind = resource->id.gvk.kind->text;
    return object;
}

static struct position version_position(const struct object *object)
{
    return (object->version_node ? object->version_node : object->resource->root)->position;
}

static bool is_recorded(const struct noted_kinds *kinds, const struct object *object)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&kinds->by_kind, slice_hash_pair(object->api_version, object->kind));
         hash_cursor_next(&at, &number);)
        if (slice_equal(kinds->items[number].kind, object->kind) &&
            slice_equal(kinds->items[number].api_version, object->api_version))
            return true;
    return false;
}

// False: it has already been recorded.
static bool note_kind(struct judge *judge, struct noted_kinds *kinds, const struct object *object)
{
    if (is_recorded(kinds, object))
        return false;
    const struct noted_kind kind = {arena_copy(&judge->arena, object->api_version),
                                    arena_copy(&judge->arena, object->kind)};
    hash_index_add(&judge->arena, &kinds->by_kind, slice_hash_pair(kind.api_version, kind.kind),
                   (uint32_t)kinds->count);
    list_append(&judge->arena, kinds, kind);
    return true;
}

static struct validation validation_of(struct judge *judge, const struct object *object)
{
    const struct schema_settings *settings = schemas_of(judge)->settings;
    return (struct validation){
        .judge = judge,
        .resource = object->resource,
        .release = settings->last,
        .is_range = settings->first != settings->last,
        .is_secret = slice_equals(object->kind, "Secret"),
        .budget = STEPS_MAX,
        .types = &judge->schemas->types,
    };
}

// --- Added and removed API versions.

static struct slice component_release(struct judge *judge, struct slice component, unsigned release)
{
    return arena_format(&judge->arena, "%.*s %u.%u",
                        SLICE_ARGS(component.length ? component : slice_literal("Kubernetes")), release / 100,
                        release % 100);
}

static void hint_replacement(struct judge *judge, struct sighting *sighting, struct slice replacement)
{
    if (replacement.length)
        sighting_hint(judge, sighting, "use %.*s", SLICE_ARGS(replacement));
}

static struct sighting *find_version(struct judge *judge, const struct rule *rule, const struct object *object,
                                     struct slice message)
{
    judge->rule = rule;
    struct sighting *sighting = judge_find(judge, version_position(object), "%.*s", SLICE_ARGS(message));
    sighting_about(judge, sighting, object->resource, "apiVersion");
    return sighting;
}

// True if one of the releases no longer has the API version.
static bool judge_removal(struct judge *judge, const struct object *object)
{
    struct api_removal removal;
    if (!api_removal_find(object->api_version, object->kind, &removal))
        return false;
    unsigned release = 100 + schemas_of(judge)->settings->last;
    struct arena *arena = &judge->arena;
    bool is_other = removal.component.length, is_gone = removal.removed && (is_other || removal.removed <= release);
    struct slice removed = component_release(judge, removal.component, removal.removed), message;
    if (is_gone) {
        message = arena_format(arena, "%.*s %.*s has not been served since %.*s", SLICE_ARGS(object->api_version),
                               SLICE_ARGS(object->kind), SLICE_ARGS(removed));
        // The release of another component is unknown.
        const struct rule *rule = is_other ? &api_deprecated_rule : &api_removed_rule;
        hint_replacement(judge, find_version(judge, rule, object, message), removal.replacement);
    } else if (removal.deprecated && removal.deprecated <= release) {
        message = arena_format(arena, "%.*s %.*s has been deprecated since %.*s%s%.*s", SLICE_ARGS(object->api_version),
                               SLICE_ARGS(object->kind),
                               SLICE_ARGS(component_release(judge, removal.component, removal.deprecated)),
                               removal.removed ? ", and is planned to be removed in " : "",
                               SLICE_ARGS(removal.removed ? removed : (struct slice){0}));
        hint_replacement(judge, find_version(judge, &api_deprecated_rule, object, message), removal.replacement);
    }
    return is_gone && !is_other;
}

static void judge_added_later(struct judge *judge, const struct object *object, const struct api_kind *kind)
{
    unsigned first = schemas_of(judge)->settings->first;
    if (kind->first <= first || kind->first == api_oldest)
        return;
    struct slice message = arena_format(&judge->arena, "%.*s %.*s first appears in Kubernetes 1.%u",
                                        SLICE_ARGS(object->api_version), SLICE_ARGS(object->kind), kind->first);
    find_version(judge, &api_not_yet_rule, object, message);
}

// --- Kinds of Kubernetes.

static bool judge_builtin(struct judge *judge, const struct object *object)
{
    const struct schema_settings *settings = schemas_of(judge)->settings;
    struct api_kind kind;
    bool is_gone = judge_removal(judge, object);
    if (!api_kind_find(object->api_version, object->kind, &kind))
        return is_gone;
    judge_added_later(judge, object, &kind);
    struct validation validation = validation_of(judge, object);
    const struct step top = {0};
    for (unsigned release = settings->first; release <= settings->last; release++) {
        validation.release = release;
        if (api_kind_is_in(&kind, release))
            validate_definition(&validation, &top, kind.definition, object->resource->root,
                                object->resource->root->style == STYLE_FLOW);
    }
    buffer_free(&validation.scratch);
    return true;
}

// --- Custom kinds.

static void note_rules(struct judge *judge, const struct object *object)
{
    struct root_schemas *own = judge->schemas;
    if (!note_kind(judge, &own->with_rules, object) || own->rules_sighting)
        return;
    judge->rule = &schema_not_checked_rule;
    struct sighting *sighting = judge_find(judge, version_position(object), "CEL rules");
    if (!sighting)
        return;
    sighting->identity = slice_literal("CEL rules");
    own->rules_sighting = judge->sightings.count;
}

static void note_unchecked(struct judge *judge, const struct object *object)
{
    const struct custom_root *root = judge->schemas->types.root;
    if (root->has_rules)
        note_rules(judge, object);
    if (!root->unknown.length)
        return;
    judge->rule = &schema_not_checked_rule;
    struct sighting *sighting = judge_find(
        judge, version_position(object), "the schema of %.*s %.*s has '%.*s', which is not checked",
        SLICE_ARGS(object->api_version), SLICE_ARGS(object->kind), SLICE_ARGS(root->unknown));
    if (sighting)
        sighting->identity = sighting->message;
}

static void validate_by(struct judge *judge, const struct object *object, const struct node *schema, bool is_structural,
                        bool ignores_status)
{
    struct validation validation = validation_of(judge, object);
    const struct step top = {0};
    validation.is_range = false;
    validation.ignores_status = ignores_status;
    custom_types_enter(validation.types, schema, is_structural);
    validate_custom(&validation, &top, custom_type_of(validation.types, schema), object->resource->root, false);
    buffer_free(&validation.scratch);
    note_unchecked(judge, object);
}

static void report_not_served(struct judge *judge, const struct object *object, struct slice served)
{
    struct slice message = arena_format(&judge->arena, "%.*s %.*s is not served by its CustomResourceDefinition",
                                        SLICE_ARGS(object->api_version), SLICE_ARGS(object->kind));
    struct sighting *sighting = find_version(judge, &api_removed_rule, object, message);
    if (served.length)
        sighting_hint(judge, sighting, "use %.*s, which it serves", SLICE_ARGS(served));
}

// False: none of the kinds describes the object.
static bool judge_by_kinds(struct judge *judge, const struct object *object, const struct custom_kinds *kinds)
{
    const struct custom_kind *other = NULL;
    struct slice group = object->resource->id.gvk.group->text;
    const struct custom_kind *kind = custom_kinds_find(kinds, group, object->kind,
                                                       object->resource->id.gvk.version->text, &other);
    if (!kind && !other)
        return false;
    if (!kind || !kind->served)
        report_not_served(judge, object, custom_kinds_served(&judge->arena, kinds, group, object->kind));
    else if (kind->schema)
        validate_by(judge, object, kind->schema, kind->is_structural, kind->ignores_status);
    return true;
}

static bool judge_by_file(struct judge *judge, const struct object *object)
{
    struct schemas *schemas = schemas_of(judge);
    const struct gvk *gvk = &object->resource->id.gvk;
    const struct schema_file *file = schema_files_find(&schemas->files, judge->build->names, gvk->group->text,
                                                       object->kind, gvk->version->text, schemas->settings->last);
    if (file)
        validate_by(judge, object, file->document, false, false);
    return file != NULL;
}

// --- Unknown kinds.

static struct slice kind_text(struct judge *judge, struct slice group, struct slice kind)
{
    return arena_format(&judge->arena, "kind %.*s/%.*s", SLICE_ARGS(group), SLICE_ARGS(kind));
}

static void note_unknown(struct judge *judge, const struct object *object)
{
    bool is_complete = object->api_version.length && object->kind.length;
    if (!is_complete || !note_kind(judge, &judge->schemas->unknown, object))
        return;
    struct slice group = object->resource->id.gvk.group->text;
    struct slice nearest = api_kind_nearest(object->api_version, object->kind);
    // Other groups may have a kind of the same name.
    struct slice version = api_is_own_group(group) ? api_version_of_kind(object->kind) : (struct slice){0};
    // The group of a custom resource has a dot.
    bool is_wrong = (version.length && slice_find_byte(group, '.') == SLICE_NOT_FOUND) || nearest.length;
    judge->rule = is_wrong ? &kind_unknown_rule : &schema_unknown_kind_rule;
    const struct node *place = object->kind_node ? object->kind_node : object->resource->root;
    struct sighting *sighting = judge_find(
        judge, place->position,
        is_wrong ? "unknown kind: %.*s %.*s" : "no schema for %.*s %.*s: the fields of such resources are not checked",
        SLICE_ARGS(object->api_version), SLICE_ARGS(object->kind));
    sighting_about(judge, sighting, object->resource, NULL);
    if (!sighting)
        return;
    sighting->identity = sighting->message;
    sighting_needs(judge, sighting, kind_text(judge, group, object->kind));
    if (version.length)
        sighting_hint(judge, sighting, "did you mean `apiVersion: %.*s`?", SLICE_ARGS(version));
    else
        sighting_suggest(judge, sighting, nearest);
}

static void judge_object(struct judge *judge, const struct resource *resource)
{
    const struct object object = object_of(resource);
    struct schemas *schemas = schemas_of(judge);
    if (judge_builtin(judge, &object) || judge_by_kinds(judge, &object, &judge->schemas->own) ||
        judge_by_kinds(judge, &object, schema_files_kinds(&schemas->files, judge->build->names)) ||
        judge_by_file(judge, &object))
        return;
    note_unknown(judge, &object);
}

// --- CustomResourceDefinitions of a root.

static void offer(struct judge *judge, const struct node *definition)
{
    struct root_schemas *own = judge->schemas;
    const struct node *spec = judge_field(definition, "spec");
    if (judge->check->root_count < 2)
        return;
    custom_kinds_add_copy(&judge->arena, &own->offered, definition);
    judge_offer(judge, kind_text(judge, judge_text(spec, "group"), judge_text(judge_field(spec, "names"), "kind")));
}

static struct root_schemas *start(struct judge *judge)
{
    if (!judge->schemas)
        judge->schemas = arena_new(&judge->arena, struct root_schemas);
    judge->schemas->types = (struct custom_types){.arena = &judge->arena};
    return judge->schemas;
}

void judge_schemas(struct judge *judge)
{
    const struct resource_map *resources = &judge->build->resources;
    if (!schemas_of(judge))
        return;
    start(judge);
    judge->visit = SIZE_MAX;
    for (size_t i = 0; i < resources->count; i++) {
        const struct object object = object_of(resources->items[i]);
        if (!is_definition(object.api_version, object.kind))
            continue;
        custom_kinds_add(&judge->arena, &judge->schemas->own, object.resource->root);
        offer(judge, object.resource->root);
    }
    for (size_t i = 0; i < resources->count; i++)
        judge_object(judge, resources->items[i]);
    judge->schemas->own = (struct custom_kinds){0};
}

// --- Several roots.

// Uses the first root that defines a kind, so that the order of builds has no effect.
static void fill_pool(struct check *check)
{
    struct custom_kinds *pool = &check->schemas->pool;
    for (size_t i = 0; i < check->root_count; i++) {
        const struct root_schemas *own = check->judges[i] ? check->judges[i]->schemas : NULL;
        size_t before = pool->count;
        for (size_t k = 0; own && k < own->offered.count; k++) {
            const struct custom_kind *kind = &own->offered.items[k], *other = NULL;
            const struct custom_kind *known = custom_kinds_find(pool, kind->group, kind->kind, kind->version, &other);
            bool is_of_earlier = known || (other && (size_t)(other - pool->items) < before);
            if (!is_of_earlier)
                custom_kinds_add_kind(&check->arena, pool, *kind);
        }
    }
}

static bool is_in_pool(const struct check *check, const struct noted_kind *kind)
{
    const struct custom_kind *other = NULL;
    struct slice group, version;
    if (!slice_cut(kind->api_version, '/', &group, &version))
        return false;
    return custom_kinds_find(&check->schemas->pool, group, kind->kind, version, &other) || other;
}

size_t schemas_pending(struct check *check, size_t *numbers)
{
    size_t count = 0;
    if (!check->schemas)
        return 0;
    fill_pool(check);
    for (size_t i = 0; check->schemas->pool.count && i < check->root_count; i++) {
        const struct root_schemas *own = check->judges[i] ? check->judges[i]->schemas : NULL;
        bool is_pending = false;
        for (size_t k = 0; own && !is_pending && k < own->unknown.count; k++)
            is_pending = is_in_pool(check, &own->unknown.items[k]);
        if (is_pending)
            numbers[count++] = i;
    }
    return count;
}

void judge_schemas_again(struct judge *judge, struct build *build)
{
    const struct resource_map *resources = &build->resources;
    judge->build = build;
    judge->visit = SIZE_MAX;
    const struct root_schemas *own = start(judge);
    for (size_t i = 0; i < resources->count; i++) {
        const struct object object = object_of(resources->items[i]);
        if (is_recorded(&own->unknown, &object))
            judge_by_kinds(judge, &object, &schemas_of(judge)->pool);
    }
    judge->build = NULL;
}

// --- Findings about the run.

static void count_rules(struct judge *whole)
{
    const struct check *check = whole->check;
    struct text_set names = {0};
    for (size_t i = 0; i < check->root_count; i++) {
        const struct root_schemas *own = check->judges[i] ? check->judges[i]->schemas : NULL;
        for (size_t k = 0; own && k < own->with_rules.count; k++) {
            const struct noted_kind *kind = &own->with_rules.items[k];
            text_set_add(
                &whole->arena, &names,
                arena_format(&whole->arena, "%.*s %.*s", SLICE_ARGS(kind->api_version), SLICE_ARGS(kind->kind)));
        }
    }
    if (!names.count)
        return;
    struct slice message = arena_format(&whole->arena, "%zu kind%s CEL rules that are not checked: %.*s%s", names.count,
                                        names.count == 1 ? " has" : "s have", SLICE_ARGS(names.items[0]),
                                        names.count > 1 ? ", …" : "");
    for (size_t i = 0; i < check->root_count; i++) {
        const struct root_schemas *own = check->judges[i] ? check->judges[i]->schemas : NULL;
        if (own && own->rules_sighting)
            check->judges[i]->sightings.items[own->rules_sighting - 1].message = message;
    }
}

void schemas_end(struct judge *whole)
{
    struct schemas *schemas = whole->check->schemas;
    if (!schemas)
        return;
    count_rules(whole);
    whole->rule = &schema_file_invalid_rule;
    const struct diagnostic *problem;
    struct slice file;
    for (size_t i = 0; (problem = schema_files_problem(&schemas->files, i, &file)); i++) {
        struct sighting *sighting = judge_find_file(whole, file, "%.*s", SLICE_ARGS(problem->message));
        if (problem->hint.length)
            sighting_hint(whole, sighting, "%.*s", SLICE_ARGS(problem->hint));
        if (!sighting || !problem->position.line)
            continue;
        sighting->line = sighting->end_line = sighting->key_line = problem->position.line;
        sighting->column = sighting->end_column = sighting->key_column = problem->position.column;
    }
}
