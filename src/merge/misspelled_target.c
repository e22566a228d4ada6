// merge/misspelled_target.c
//
// A target that matches no resource is not an error: a component may change resources that only some kustomizations
// have. But one that is similar to a resource is probably misspelled:
//
//     target: {kind: Deploymnet}
//
// What differs on purpose gets no warning: web-1 and web-2, web-test and web-rest, TCPRoute and TLSRoute.
#include "merge/misspelled_target.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "schema/similar_kind.h"
#include "transform/resource_typo.h"

enum { LENGTH_MIN = 5, SEGMENT_MIN = 4, DISTANCE_MAX = 2 };

// How many resources a build looks at for these warnings, because each target without a match looks at all of them.
enum { LOOKED_AT_MAX = 100000 };

struct search {
    struct transform_context *context;
    const struct selector *target;
    struct resource_map *resources;
};

// --- Texts.

// True for text that as a regular expression matches only itself, or hardly more.
static bool is_literal(struct slice text)
{
    return slice_consists_of(text, byte_is_path);
}

static bool is_word(struct slice text)
{
    return text.length >= LENGTH_MIN && is_literal(text) && slice_find_byte(text, '.') == SLICE_NOT_FOUND;
}

// `eu` and `us`, `test` and `rest`, but not `app` and `apps`.
static bool are_short_words(struct slice a, struct slice b)
{
    return (a.length < SEGMENT_MIN && b.length < SEGMENT_MIN) || (a.length == SEGMENT_MIN && b.length == SEGMENT_MIN);
}

// `web-test` and `web-rest`: the same number of words, and a short one differs.
static bool differ_in_short_words(struct slice a, struct slice b)
{
    for (bool more_a = true, more_b = true; more_a && more_b;) {
        struct slice word_a, word_b;
        more_a = slice_cut(a, '-', &word_a, &a);
        more_b = slice_cut(b, '-', &word_b, &b);
        if (more_a != more_b)
            return false;
        if (!slice_equal(word_a, word_b) && are_short_words(word_a, word_b))
            return true;
    }
    return false;
}

static bool is_misspelled(struct slice text, struct slice meant)
{
    return slice_edit_distance(text, meant, DISTANCE_MAX) <= DISTANCE_MAX && !slice_equal(text, meant) &&
           !slices_differ_in_digits_only(text, meant) && !differ_in_short_words(text, meant);
}

// --- Warnings.

static void warn_of(const struct search *search, struct text text, struct slice problem, struct slice hint)
{
    diagnose_warning(search->context->diagnostics, text.position, "the target matches no resource: %.*s",
                     SLICE_ARGS(problem));
    diagnose_hint(search->context->diagnostics, "%.*s", SLICE_ARGS(hint));
}

static void warn(const struct search *search, struct text text, struct slice problem, struct slice meant)
{
    warn_of(search, text, problem, arena_format(search->context->arena, "did you mean '%.*s'?", SLICE_ARGS(meant)));
}

static void warn_of_none(const struct search *search, struct text text, const char *what, struct slice meant)
{
    warn(search, text,
         arena_format(search->context->arena, "no resource has the %s '%.*s'", what, SLICE_ARGS(text.slice)), meant);
}

// `similar` has a similar kind. Another resource with that kind may have the target's name.
static void warn_of_kind(const struct search *search, const struct resource *similar)
{
    struct resource_context *context = search->context->resources;
    struct text kind = search->target->kind;
    const struct name *meant = similar->id.gvk.kind;
    struct resource_list named = resource_map_named(search->resources,
                                                    name_intern(context->names, search->target->name.slice));
    for (size_t i = 0; i < named.count; i++)
        if (named.items[i]->id.gvk.kind == meant)
            similar = named.items[i];
    struct slice hint = resource_typo_kind_hint(context, similar, kind.slice);
    if (hint.length)
        warn_of(search, kind,
                arena_format(search->context->arena, "no resource has the kind '%.*s'", SLICE_ARGS(kind.slice)), hint);
    else
        warn_of_none(search, kind, "kind", meant->text);
}

// True if there are no resources of the kind.
static bool check_kind(const struct search *search)
{
    struct text kind = search->target->kind;
    const struct resource_map *resources = search->resources;
    const struct resource *meant = NULL;
    if (!is_word(kind.slice))
        return false;
    for (size_t i = 0; i < resources->count; i++) {
        if (resource_has_kind(resources->items[i], kind.slice))
            return false;
        // Most resources have the same kind as the one before, so skip those.
        const struct name *other = resources->items[i]->id.gvk.kind;
        if ((i == 0 || other != resources->items[i - 1]->id.gvk.kind) && kinds_are_similar(kind.slice, other->text))
            meant = resources->items[i];
    }
    if (meant)
        warn_of_kind(search, meant);
    return true;
}

// True if there are no resources with the name.
static bool check_name(const struct search *search)
{
    struct text name = search->target->name;
    if (!is_word(name.slice) ||
        resource_map_named(search->resources, name_intern(search->context->names, name.slice)).count)
        return false;
    for (size_t i = 0; i < search->resources->count; i++) {
        const struct resource *resource = search->resources->items[i];
        if (resource_has_kind(resource, search->target->kind.slice) &&
            is_misspelled(name.slice, resource->id.name->text)) {
            warn_of_none(search, name, "name", resource->id.name->text);
            break;
        }
    }
    return true;
}

// What the target would select without some of its conditions.
static struct resource_list select_like(const struct search *search, const struct selector *less)
{
    const struct compiled_selector *compiled = selector_compile(search->context->resources, less);
    return compiled ? selector_select(compiled, search->resources) : (struct resource_list){0};
}

// The target names a single resource, which exists in another group or version.
static bool check_type(const struct search *search)
{
    const struct selector *target = search->target;
    struct arena *arena = search->context->arena;
    struct selector less = *target;
    less.group = less.version = (struct text){0};
    if ((!target->group.slice.length && !target->version.slice.length) || !is_literal(target->kind.slice))
        return false;
    struct resource_list found = select_like(search, &less);
    if (!found.count)
        return false;
    const struct gvk *gvk = &found.items[0]->id.gvk;
    bool is_group = is_literal(target->group.slice) && !slice_equal(gvk->group->text, target->group.slice);
    bool is_version = !is_group && is_literal(target->version.slice) &&
                      !slice_equal(gvk->version->text, target->version.slice);
    struct text text = is_group ? target->group : target->version;
    struct slice value = is_group ? gvk->group->text : gvk->version->text;
    bool is_sure = is_literal(target->name.slice) || slice_find_byte(text.slice, '/') != SLICE_NOT_FOUND ||
                   (is_group && is_misspelled(text.slice, value));
    if ((!is_group && !is_version) || !is_sure)
        return true;
    struct slice what = resource_text(arena, found.items[0]);
    const char *part = is_group ? "group" : "version";
    if (value.length)
        warn(search, text, arena_format(arena, "%.*s has the %s '%.*s'", SLICE_ARGS(what), part, SLICE_ARGS(value)),
             value);
    else
        warn_of(search, text, arena_format(arena, "%.*s has no %s", SLICE_ARGS(what), part),
                arena_format(arena, "remove `%s` from the target", part));
    return true;
}

static void check_namespace(const struct search *search)
{
    struct text namespace = search->target->namespace;
    struct selector less = *search->target;
    less.namespace = (struct text){0};
    if (!is_word(namespace.slice))
        return;
    struct resource_list found = select_like(search, &less);
    for (size_t i = 0; i < found.count; i++)
        if (is_misspelled(namespace.slice, found.items[i]->id.namespace->text)) {
            warn_of_none(search, namespace, "namespace", found.items[i]->id.namespace->text);
            return;
        }
}

// --- Labels and annotations.

// `app=web` or `tier==front`. False: it is something else.
static bool cut_pair(struct slice text, struct selector_pair *pair)
{
    struct slice trimmed = text_trim_space(text);
    if (!slice_cut(trimmed, '=', &pair->key, &pair->value) || slice_ends_with(pair->key, slice_literal("!")))
        return false;
    if (slice_starts_with(pair->value, slice_literal("=")))
        pair->value = slice_from_index(pair->value, 1);
    pair->key = text_trim_space(pair->key);
    pair->value = text_trim_space(pair->value);
    return is_literal(pair->key) && is_literal(pair->value);
}

// The label that was meant. False: a resource has the pair, or none has a similar one.
static bool find_similar(const struct resource_list *found, const struct name *field, const struct selector_pair *pair,
                         struct selector_pair *meant)
{
    bool similar = false;
    for (size_t i = 0; i < found->count; i++) {
        const struct node *texts = node_get_path(found->items[i]->root, NAME(metadata), field, NULL);
        for (uint32_t k = 0; node_is_map(texts) && k < texts->count; k++) {
            struct slice key = texts->entries[k].key->text;
            struct slice value = node_is_scalar(texts->entries[k].value) ? node_text(texts->entries[k].value)
                                                                         : (struct slice){0};
            bool same_key = slice_equal(key, pair->key), same_value = slice_equal(value, pair->value);
            if (same_key && same_value)
                return false;
            if ((same_key && pair->value.length >= LENGTH_MIN && is_misspelled(pair->value, value)) ||
                (same_value && pair->key.length >= LENGTH_MIN && is_misspelled(pair->key, key))) {
                *meant = (struct selector_pair){key, value};
                similar = true;
            }
        }
    }
    return similar;
}

bool misspelled_pair_find(struct slice selector, const struct resource_list *found, const struct name *field,
                          struct misspelled_pair *misspelled)
{
    struct slice part, rest = selector;
    for (bool more = true; more && found->count;) {
        more = slice_cut(rest, ',', &part, &rest);
        if (cut_pair(part, &misspelled->written) &&
            find_similar(found, field, &misspelled->written, &misspelled->meant))
            return true;
    }
    return false;
}

static void check_pairs(const struct search *search, struct text selector, const struct name *field, const char *what)
{
    struct selector less = *search->target;
    struct misspelled_pair pair;
    less.label_selector = less.annotation_selector = (struct text){0};
    if (!selector.slice.length)
        return;
    struct resource_list found = select_like(search, &less);
    if (!misspelled_pair_find(selector.slice, &found, field, &pair))
        return;
    struct arena *arena = search->context->arena;
    warn(search, selector,
         arena_format(arena, "no resource has the %s '%.*s=%.*s'", what, SLICE_ARGS(pair.written.key),
                      SLICE_ARGS(pair.written.value)),
         arena_format(arena, "%.*s=%.*s", SLICE_ARGS(pair.meant.key), SLICE_ARGS(pair.meant.value)));
}

void warn_of_misspelled_target(struct transform_context *context, const struct selector *target,
                               struct resource_map *resources)
{
    const struct search search = {context, target, resources};
    size_t *looked_at = &context->resources->looked_at;
    if (*looked_at > LOOKED_AT_MAX)
        return;
    *looked_at += resources->count;
    size_t mark = context->diagnostics->count;
    if (check_kind(&search) || check_name(&search) || check_type(&search))
        return;
    check_namespace(&search);
    if (context->diagnostics->count == mark)
        check_pairs(&search, target->label_selector, NAME(labels), "label");
    if (context->diagnostics->count == mark)
        check_pairs(&search, target->annotation_selector, NAME(annotations), "annotation");
}
