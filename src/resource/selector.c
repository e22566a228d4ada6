#include "resource/selector.h"

#include "base/pattern.h"
#include "resource/label_selector.h"
#include "schema/well_known_names.h"

static bool hint_labels(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    (void)found, (void)is_item;
    diagnose_hint(diagnostics, "write it as one string, such as `labelSelector: \"app=web\"`");
    return true;
}

static bool hint_annotations(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    (void)found, (void)is_item;
    diagnose_hint(diagnostics, "write it as one string, such as `annotationSelector: \"app=web\"`");
    return true;
}

static const struct decode_field selector_fields[] = {
    {"group", DECODE_TEXT, offsetof(struct selector, group), NULL, .mistaken_for = "apiVersion"},
    {"version", DECODE_TEXT, offsetof(struct selector, version), NULL, .mistaken_for = "apiVersion"},
    {"kind", DECODE_TEXT, offsetof(struct selector, kind), NULL},
    {"name", DECODE_TEXT, offsetof(struct selector, name), NULL},
    {"namespace", DECODE_TEXT, offsetof(struct selector, namespace), NULL},
    {"labelSelector", DECODE_TEXT, offsetof(struct selector, label_selector), NULL, hint_labels,
     .mistaken_for = "labels matchLabels selector"},
    {"annotationSelector", DECODE_TEXT, offsetof(struct selector, annotation_selector), NULL, hint_annotations,
     .mistaken_for = "annotations"},
};

bool selector_hint_string(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    struct slice kind, name;
    bool fits = decode_is_short(found) && slice_cut(node_text(found), '/', &kind, &name) && kind.length &&
                name.length && kind.data[0] >= 'A' && kind.data[0] <= 'Z' &&
                slice_find_byte(name, '/') == SLICE_NOT_FOUND;
    // Names have no capitals.
    bool is_kind = !fits && decode_is_short(found) && node_text(found).data[0] >= 'A' &&
                   node_text(found).data[0] <= 'Z' && slice_find_byte(node_text(found), '/') == SLICE_NOT_FOUND;
    if (is_kind)
        diagnose_hint(diagnostics, "write `%skind: %.*s`%s", is_item ? "- " : "", SLICE_ARGS(node_text(found)),
                      is_item ? "" : " below the key, indented further");
    if (fits)
        diagnose_hint(diagnostics, "write `%skind: %.*s`, and `name: %.*s` on the next line%s", is_item ? "- " : "",
                      SLICE_ARGS(kind), SLICE_ARGS(name), is_item ? "" : ", both below the key and indented further");
    return fits || is_kind;
}

const struct decode_type selector_type = DECODE_TYPE("target", struct selector, selector_fields);

// An expression. Most are plain names, which are compared directly.
struct answer {
    const struct name *name;
    bool fits;
};

struct condition {
    const struct name *exact;
    const struct pattern *pattern;  // both NULL: everything matches
    struct answer answers[16];
};

// A label selector, parsed on first use.
struct label_condition {
    struct text text;
    const struct label_selector *parsed;
};

struct compiled_selector {
    const struct selector *written;
    struct resource_context *context;
    struct condition group, version, kind, name, namespace;
    struct label_condition labels, annotations;
    const struct name *no_namespace;  // matched as the namespace of a cluster-scoped resource
    bool failed;
};

static bool compile(struct resource_context *context, struct text expression, const char *field,
                    struct condition *condition)
{
    if (!expression.slice.length)
        return true;
    struct slice error;
    condition->pattern = pattern_compile_whole(context->arena, expression.slice, &error);
    if (!condition->pattern) {
        diagnose(context->diagnostics, expression.position, "%s: invalid regular expression '%.*s': %.*s", field,
                 SLICE_ARGS(expression.slice), SLICE_ARGS(error));
        bool is_glob = expression.slice.data[0] == '*';
        diagnose_hint(context->diagnostics, "%s",
                      is_glob ? "write '.*' to match any string, not '*': this is a regular expression"
                              : "use RE2 syntax: https://github.com/google/re2/wiki/Syntax");
        return false;
    }
    if (pattern_is_literal(condition->pattern))
        condition->exact = name_intern(context->names, expression.slice);
    return true;
}

struct compiled_selector *selector_compile(struct resource_context *context, const struct selector *selector)
{
    struct compiled_selector *compiled = arena_new(context->arena, struct compiled_selector);
    compiled->written = selector;
    compiled->context = context;
    compiled->no_namespace = name_intern(context->names, slice_literal("_non_namespaceable_"));
    compiled->labels.text = selector->label_selector;
    compiled->annotations.text = selector->annotation_selector;
    bool compiles = compile(context, selector->group, "group", &compiled->group) &&
                    compile(context, selector->version, "version", &compiled->version) &&
                    compile(context, selector->kind, "kind", &compiled->kind) &&
                    compile(context, selector->name, "name", &compiled->name) &&
                    compile(context, selector->namespace, "namespace", &compiled->namespace);
    return compiles ? compiled : NULL;
}

const struct selector *selector_written(const struct compiled_selector *selector)
{
    return selector->written;
}

bool selector_failed(const struct compiled_selector *selector)
{
    return selector->failed;
}

static bool fits(const struct condition *condition, const struct name *name)
{
    if (condition->exact)
        return condition->exact == name;
    return !condition->pattern || pattern_matches(condition->pattern, name->text);
}

// For kinds, groups, versions, and namespaces, of which there are few: the last answers are cached.
static bool fits_often(const struct condition *constant, const struct name *name)
{
    struct condition *condition = (struct condition *)constant;
    if (condition->exact || !condition->pattern)
        return fits(condition, name);
    struct answer *answer = &condition->answers[name->hash % countof(condition->answers)];
    if (answer->name != name)
        *answer = (struct answer){name, pattern_matches(condition->pattern, name->text)};
    return answer->fits;
}

static bool parse_labels(struct compiled_selector *selector, struct label_condition *condition)
{
    struct resource_context *context = selector->context;
    if (condition->text.slice.length && !condition->parsed && !selector->failed) {
        condition->parsed = label_selector_parse(context->arena, context->diagnostics, condition->text);
        selector->failed = !condition->parsed;
    }
    return !selector->failed;
}

static bool labels_fit(struct compiled_selector *selector, struct label_condition *condition,
                       const struct resource *resource, const struct name *field)
{
    return !condition->text.slice.length ||
           (parse_labels(selector, condition) &&
            label_selector_matches(condition->parsed, node_get_path(resource->root, NAME(metadata), field, NULL)));
}

bool selector_parse_labels(const struct compiled_selector *constant)
{
    struct compiled_selector *selector = (struct compiled_selector *)constant;  // it parses when first asked
    return parse_labels(selector, &selector->annotations) && parse_labels(selector, &selector->labels);
}

bool selector_has_labels(const struct compiled_selector *selector)
{
    return selector->labels.text.slice.length || selector->annotations.text.slice.length;
}

bool selector_has_id(const struct compiled_selector *selector)
{
    const struct condition *const conditions[] = {&selector->group, &selector->version, &selector->kind,
                                                  &selector->name, &selector->namespace};
    for (size_t i = 0; i < countof(conditions); i++)
        if (conditions[i]->exact || conditions[i]->pattern)
            return true;
    return false;
}

const struct name *selector_exact_name(const struct compiled_selector *selector)
{
    return selector->name.exact;
}

bool selector_matches_labels(const struct compiled_selector *constant, const struct resource *resource)
{
    struct compiled_selector *selector = (struct compiled_selector *)constant;  // it parses when first asked
    return labels_fit(selector, &selector->labels, resource, NAME(labels)) &&
           labels_fit(selector, &selector->annotations, resource, NAME(annotations));
}

static bool namespace_fits(const struct compiled_selector *selector, const struct resource_id *id, bool cluster_scoped)
{
    const struct name *namespace = effective_namespace(id, cluster_scoped);
    return fits_often(&selector->namespace, name_is_empty(namespace) ? selector->no_namespace : namespace);
}

static bool id_fits(const struct compiled_selector *selector, const struct name *kind, const struct name *name,
                    const struct name *namespace)
{
    return fits_often(&selector->kind, kind) && fits(&selector->name, name) &&
           fits_often(&selector->namespace, namespace);
}

bool selector_matches_any_id(const struct compiled_selector *selector, const struct resource *resource)
{
    const struct resource_id *id = &resource->id;
    if (!fits_often(&selector->group, id->gvk.group) || !fits_often(&selector->version, id->gvk.version))
        return false;
    if (id_fits(selector, id->gvk.kind, id->name, id->namespace))
        return true;
    for (size_t i = 0; i < resource->previous.count; i++) {
        const struct previous_id *previous = &resource->previous.items[i];
        bool none = name_is_empty(previous->namespace);  // they are stored in their effective form
        if (id_fits(selector, previous->kind, previous->name, none ? selector->no_namespace : previous->namespace))
            return true;
    }
    return false;
}

bool selector_matches(const struct compiled_selector *selector, const struct resource *resource)
{
    const struct resource_id *id = &resource->id;
    struct resource_id original = resource_original_id(resource);
    // Previous namespaces are stored in their effective form, because the kind may have had another scope.
    bool was_cluster_scoped = resource->previous.count ? name_is_empty(original.namespace) : resource->cluster_scoped;
    return fits_often(&selector->kind, id->gvk.kind) && fits_often(&selector->group, id->gvk.group) &&
           fits_often(&selector->version, id->gvk.version) &&
           (fits(&selector->name, id->name) || (original.name != id->name && fits(&selector->name, original.name))) &&
           (namespace_fits(selector, id, resource->cluster_scoped) ||
            namespace_fits(selector, &original, was_cluster_scoped)) &&
           selector_matches_labels(selector, resource);
}

struct resource_list selector_select(const struct compiled_selector *selector, struct resource_map *map)
{
    struct resource_list candidates = {.items = map->items, .count = map->count};
    if (selector->name.exact)
        candidates = resource_map_named(map, selector->name.exact);
    struct resource_list selected = {0};
    for (size_t i = 0; i < candidates.count && !selector->failed; i++)
        if (!candidates.items[i]->removed && selector_matches(selector, candidates.items[i]))
            list_append(map->context->arena, &selected, candidates.items[i]);
    return selected;
}
