#include "pipeline/select.h"

#include "base/hash_index.h"
#include "base/near_names.h"
#include "base/text_set.h"
#include "base/word_list.h"
#include "load/glob.h"
#include "schema/similar_kind.h"

// --- Patterns.

static struct slice lower(struct arena *arena, struct slice text)
{
    char *copy = arena_array(arena, char, text.length + 1);
    for (size_t i = 0; i < text.length; i++)
        copy[i] = text.data[i] >= 'A' && text.data[i] <= 'Z' ? (char)(text.data[i] - 'A' + 'a') : text.data[i];
    return (struct slice){copy, text.length};
}

bool select_parse(struct arena *arena, struct diagnostics *diagnostics, const char *flag, struct slice text,
                  struct select_pattern *pattern)
{
    static const char form[] =
        "use a form like 'Deployment', 'Deployment.apps', 'Deployment/web', or 'Deployment/NAMESPACE/web'";
    struct slice any = slice_literal("*"), kind, group, first, second, rest, ignored;
    *pattern = (struct select_pattern){.text = text, .group = any, .namespace = any, .name = any};
    bool has_name = slice_cut(text, '/', &kind, &rest);
    bool has_namespace = has_name && slice_cut(rest, '/', &first, &second);
    bool wrong = has_namespace && slice_cut(second, '/', &ignored, &ignored);
    if (slice_cut(kind, '.', &kind, &group))
        pattern->group = lower(arena, group);
    pattern->kind = lower(arena, kind);
    if (has_name)
        pattern->name = has_namespace ? second : rest;
    if (has_namespace)
        pattern->namespace = first;
    bool matches;
    if (!wrong && kind.length && pattern->name.length && glob_match(pattern->kind, any, &matches) &&
        glob_match(pattern->group, any, &matches) && glob_match(pattern->namespace, any, &matches) &&
        glob_match(pattern->name, any, &matches))
        return true;
    diagnose(diagnostics, (struct position){0}, "%s: invalid pattern '%.*s'", flag, SLICE_ARGS(text));
    diagnose_hint(diagnostics, "%s", form);
    return false;
}

static bool fits(struct slice pattern, struct slice text)
{
    bool matches = false;
    return slice_equals(pattern, "*") || (glob_match(pattern, text, &matches) && matches);
}

bool select_matches(struct arena *arena, const struct select_pattern *pattern, const struct resource *resource)
{
    const struct resource_id *id = &resource->id;
    return fits(pattern->name, id->name->text) && fits(pattern->kind, lower(arena, id->gvk.kind->text)) &&
           fits(pattern->group, lower(arena, id->gvk.group->text)) &&
           fits(pattern->namespace, resource_effective_namespace(resource)->text);
}

// The objects of a build, prepared for matching many patterns.
struct choice {
    struct build *build;
    struct slice *kinds, *groups;  // of each object, in lower case
    struct hash_index by_name;
    size_t hinted;
};

static struct choice choice_of(struct build *build)
{
    struct arena *arena = &build->arena;
    size_t count = build->resources.count;
    struct choice choice = {.build = build,
                            .kinds = arena_array(arena, struct slice, count + 1),
                            .groups = arena_array(arena, struct slice, count + 1)};
    for (size_t i = 0; i < count; i++) {
        const struct resource_id *id = &build->resources.items[i]->id;
        choice.kinds[i] = lower(arena, id->gvk.kind->text);
        choice.groups[i] = lower(arena, id->gvk.group->text);
        hash_index_add(arena, &choice.by_name, id->name->hash, (uint32_t)i);
    }
    return choice;
}

static bool fits_all(const struct choice *choice, const struct select_pattern *pattern, size_t number)
{
    const struct resource *resource = choice->build->resources.items[number];
    return fits(pattern->name, resource->id.name->text) && fits(pattern->kind, choice->kinds[number]) &&
           fits(pattern->group, choice->groups[number]) &&
           fits(pattern->namespace, resource_effective_namespace(resource)->text);
}

// --- Hints for a pattern that matches nothing.

enum { SHOWN = 8 };

static void hint_list(struct diagnostics *diagnostics, const char *what, const struct text_set *names)
{
    struct slice text = {0};
    for (size_t i = 0; i < names->count && i < SHOWN; i++)
        text = arena_format(diagnostics->arena, "%.*s%s%.*s", SLICE_ARGS(text), i ? ", " : "",
                            SLICE_ARGS(names->items[i]));
    diagnose_hint(diagnostics, "%s: %.*s%s", what, SLICE_ARGS(text), names->count > SHOWN ? " …" : "");
}

static void hint_fact(struct diagnostics *diagnostics, const char *noun, const char *rest, const struct slice *names,
                      size_t count)
{
    if (count)
        diagnose_hint(diagnostics, "%.*s",
                      SLICE_ARGS(word_list_fact(diagnostics->arena, noun, slice_from(rest), names, count, SHOWN)));
    else
        diagnose_hint(diagnostics, "list resources in the kustomization: the build has none");
}

static void hint_kinds(struct build *build, const struct select_pattern *pattern)
{
    struct text_set kinds = {0};
    for (size_t i = 0; i < build->resources.count; i++)
        text_set_add(&build->arena, &kinds, build->resources.items[i]->id.gvk.kind->text);
    struct slice nearest = nearest_kind(pattern->kind, kinds.items, kinds.count);
    if (nearest.length) {
        size_t slash = slice_find_byte(pattern->text, '/');
        struct slice rest = slash == SLICE_NOT_FOUND ? (struct slice){0} : slice_from_index(pattern->text, slash);
        diagnose_hint(&build->diagnostics, "did you mean '%.*s%.*s'?", SLICE_ARGS(nearest), SLICE_ARGS(rest));
        return;
    }
    hint_fact(&build->diagnostics, "kind", " in the build", kinds.items, kinds.count);
}

static void hint(const struct choice *choice, const struct select_pattern *pattern)
{
    struct build *build = choice->build;
    struct arena *arena = &build->arena;
    struct text_set groups = {0}, namespaces = {0};
    struct {
        struct slice *items;
        size_t count, capacity;
    } names = {0};
    struct slice kind = {0};
    bool has_no_namespace = false, has_no_group = false;
    for (size_t i = 0; i < build->resources.count; i++) {
        const struct resource *resource = build->resources.items[i];
        if (!fits(pattern->kind, choice->kinds[i]))
            continue;
        kind = resource->id.gvk.kind->text;
        bool group = fits(pattern->group, choice->groups[i]);
        if (!group && name_is_empty(resource->id.gvk.group))
            has_no_group = true;
        else if (!group)
            text_set_add(arena, &groups, resource->id.gvk.group->text);
        else if (!fits(pattern->name, resource->id.name->text))
            list_append(arena, &names, resource->id.name->text);
        else if (resource->cluster_scoped)
            has_no_namespace = true;
        else
            text_set_add(arena, &namespaces, resource_effective_namespace(resource)->text);
    }
    if (!kind.length) {
        hint_kinds(build, pattern);
    } else if (has_no_namespace) {
        diagnose_hint(&build->diagnostics, "leave out the namespace: %.*s resources have none", SLICE_ARGS(kind));
    } else if (namespaces.count) {
        hint_list(&build->diagnostics, "use another namespace", &namespaces);
    } else if (!names.count && !groups.count && has_no_group) {
        diagnose_hint(&build->diagnostics, "leave out the group: %.*s resources have none", SLICE_ARGS(kind));
    } else if (!names.count) {
        hint_list(&build->diagnostics, "use another group", &groups);
    } else {
        struct near_names near = near_names(pattern->name, names.items, names.count);
        for (size_t i = 0; i < near.count; i++)
            near.items[i] = arena_format(arena, "%.*s/%.*s", SLICE_ARGS(kind), SLICE_ARGS(near.items[i]));
        if (near.count)
            diagnose_hint(&build->diagnostics, "did you mean %.*s?", SLICE_ARGS(near_names_text(arena, &near)));
        else
            hint_fact(&build->diagnostics, "resource", " of that kind", names.items, names.count);
    }
}

// --- Selecting.

// Marks the objects that the pattern matches. False: it matches none.
static bool mark_one(const struct choice *choice, const struct select_pattern *pattern, bool *marked)
{
    bool used = false;
    if (glob_is_literal(pattern->name)) {
        const struct name *name = name_intern(choice->build->names, pattern->name);
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&choice->by_name, name->hash); hash_cursor_next(&at, &number);)
            if (fits_all(choice, pattern, number))
                marked[number] = used = true;
        return used;
    }
    for (size_t i = 0; i < choice->build->resources.count; i++)
        if (fits_all(choice, pattern, i))
            marked[i] = used = true;
    return used;
}

// Marks the objects that one of the patterns matches. A pattern that matches nothing is an error if `all_used` is given
// (it becomes false), and a warning otherwise. False: diagnosed (a pattern is malformed).
static bool mark(struct choice *choice, const char *flag, const struct slice *texts, size_t count, bool *marked,
                 bool *all_used)
{
    enum { HINTED = 20 };  // a limit, because each hint examines all objects
    struct build *build = choice->build;
    for (size_t i = 0; i < count; i++) {
        struct select_pattern pattern;
        if (!select_parse(&build->arena, &build->diagnostics, flag, texts[i], &pattern))
            return false;
        if (mark_one(choice, &pattern, marked))
            continue;
        if (all_used) {
            diagnose(&build->diagnostics, (struct position){0}, "%s: no resource matches '%.*s'", flag,
                     SLICE_ARGS(texts[i]));
            *all_used = false;
        } else {
            diagnose_warning(&build->diagnostics, (struct position){0}, "%s: no resource matches '%.*s'", flag,
                             SLICE_ARGS(texts[i]));
        }
        if (choice->hinted++ < HINTED)
            hint(choice, &pattern);
    }
    return true;
}

bool build_select(struct build *build, const struct slice *select, size_t select_count, const struct slice *exclude,
                  size_t exclude_count)
{
    struct resource_map *resources = &build->resources;
    bool *selected = arena_array(&build->arena, bool, resources->count + 1);
    bool *excluded = arena_array(&build->arena, bool, resources->count + 1);
    struct choice choice = choice_of(build);
    bool all_used = true;
    if (!mark(&choice, "--select", select, select_count, selected, &all_used) ||
        !mark(&choice, "--exclude", exclude, exclude_count, excluded, NULL) || !all_used)
        return false;
    for (size_t i = 0; i < resources->count; i++)
        if ((select_count && !selected[i]) || excluded[i])
            resource_map_remove(resources, resources->items[i]);
    resource_map_drop_removed(resources);
    return true;
}
