#include "check/label_match.h"

#include "doc/scalar.h"

static void add(struct judge *judge, struct requirements *requirements, struct requirement requirement)
{
    requirements->is_open |= is_placeholder(requirement.key) || is_placeholder(requirement.value);
    list_append(&judge->scratch, requirements, requirement);
}

static void add_labels(struct judge *judge, struct requirements *requirements, const struct node *labels)
{
    for (uint32_t i = 0; node_is_map(labels) && i < labels->count; i++) {
        const struct map_entry *entry = &labels->entries[i];
        if (!node_is_scalar(entry->value)) {
            requirements->is_open = true;
            continue;
        }
        add(judge, requirements,
            (struct requirement){.kind = REQUIRE_VALUE,
                                 .key = entry->key->text,
                                 .value = node_is_null(entry->value) ? (struct slice){0} : node_text(entry->value),
                                 .place = entry->value});
    }
}

static void add_expression(struct judge *judge, struct requirements *requirements, const struct node *expression)
{
    static const struct {
        const char *text;
        enum requirement_kind kind;
    } operators[] = {
        {"In", REQUIRE_ONE_OF}, {"NotIn", REQUIRE_NONE_OF}, {"Exists", REQUIRE_KEY}, {"DoesNotExist", REQUIRE_NO_KEY}};
    struct slice operator_ = field_text(expression, "operator");
    for (size_t i = 0; i < countof(operators); i++) {
        if (!slice_equals(operator_, operators[i].text))
            continue;
        add(judge, requirements,
            (struct requirement){.kind = operators[i].kind,
                                 .key = field_text(expression, "key"),
                                 .values = field_get(expression, "values"),
                                 .place = expression});
        return;
    }
    requirements->is_open = true;
}

struct requirements requirements_of_labels(struct judge *judge, const struct node *labels)
{
    struct requirements requirements = {0};
    add_labels(judge, &requirements, labels);
    return requirements;
}

struct requirements requirements_of_selector(struct judge *judge, const struct node *selector)
{
    struct requirements requirements = {0};
    const struct node *expressions = field_get(selector, "matchExpressions");
    add_labels(judge, &requirements, field_get(selector, "matchLabels"));
    for (uint32_t i = 0; node_is_sequence(expressions) && i < expressions->count; i++)
        add_expression(judge, &requirements, expressions->items[i]);
    return requirements;
}

static bool is_among(const struct node *values, struct slice value)
{
    for (uint32_t i = 0; node_is_sequence(values) && i < values->count; i++)
        if (node_is_scalar(values->items[i]) &&
            (slice_equal(node_text(values->items[i]), value) || is_placeholder(node_text(values->items[i]))))
            return true;
    return false;
}

bool label_keys_are_similar(struct slice a, struct slice b)
{
    return nearest_text(a, &b, 1).length || nearest_text(b, &a, 1).length;
}

const struct node *label_find(const struct node *labels, struct slice key)
{
    for (uint32_t i = 0; node_is_map(labels) && i < labels->count; i++)
        if (slice_equal(labels->entries[i].key->text, key) && node_is_scalar(labels->entries[i].value))
            return labels->entries[i].value;
    return NULL;
}

bool label_is(const struct node *labels, struct slice key, struct slice value)
{
    const struct node *label = label_find(labels, key);
    return label && slice_equal(node_text(label), value);
}

struct slice label_text(struct arena *arena, struct slice key, struct slice value)
{
    return arena_format(arena, scalar_needs_quotes(value) ? "%.*s: \"%.*s\"" : "%.*s: %.*s", SLICE_ARGS(key),
                        SLICE_ARGS(value));
}

bool requirement_fits(const struct requirement *requirement, const struct node *labels)
{
    const struct node *label = label_find(labels, requirement->key);
    struct slice value = label && !node_is_null(label) ? node_text(label) : (struct slice){0};
    if (label && is_placeholder(value))
        return true;
    switch (requirement->kind) {
    case REQUIRE_VALUE:
        return label && slice_equal(value, requirement->value);
    case REQUIRE_ONE_OF:
        return label && is_among(requirement->values, value);
    case REQUIRE_NONE_OF:
        return !label || !is_among(requirement->values, value);
    case REQUIRE_KEY:
        return label;
    case REQUIRE_NO_KEY:
        return !label;
    }
    return false;
}

bool requirements_fit(const struct requirements *requirements, const struct node *labels)
{
    for (size_t i = 0; i < requirements->count; i++)
        if (!requirement_fits(&requirements->items[i], labels))
            return false;
    return true;
}

// The requirement whose value occurs least often; NULL: none requires a value.
static const struct requirement *rarest(const struct requirements *requirements, const struct label_index *index)
{
    const struct requirement *found = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < requirements->count; i++) {
        const struct requirement *requirement = &requirements->items[i];
        if (requirement->kind != REQUIRE_VALUE)
            continue;
        size_t count = label_index_count(index, requirement->key, requirement->value);
        if (count < least)
            found = requirement;
        least = count < least ? count : least;
    }
    return found;
}

void for_each_candidate(const struct requirements *requirements, const struct label_index *index, size_t count,
                        bool (*look)(void *state, size_t number), void *state)
{
    const struct requirement *value = rarest(requirements, index);
    uint32_t number;
    for (size_t i = 0; !value && i < count; i++)
        if (!look(state, i))
            return;
    if (!value)
        return;
    for (struct hash_cursor at = hash_index_find(&index->items, slice_hash_pair(value->key, value->value));
         hash_cursor_next(&at, &number);)
        if (!look(state, number))
            return;
}

struct pod_search {
    struct judge *judge;
    const struct objects *objects;
    const struct requirements *requirements;
    struct slice namespace;
    size_t most, looks;
    struct pod_list found;
};

// False: enough have been found.
static bool look_at_pod(void *state, size_t number)
{
    struct pod_search *search = state;
    const struct pod *pod = &search->objects->pods.items[number];
    if (search->looks++ == LOOKS_MAX) {
        search->found.is_cut = true;
        return false;
    }
    if (namespaces_overlap(object_namespace(pod->resource), search->namespace) &&
        requirements_fit(search->requirements, pod->labels))
        list_append(&search->judge->scratch, &search->found, pod);
    search->found.is_cut = search->found.count == search->most;
    return !search->found.is_cut;
}

struct pod_list find_matching_pods(struct judge *judge, const struct objects *objects,
                                   const struct requirements *requirements, struct slice namespace, size_t most)
{
    struct pod_search search = {judge, objects, requirements, namespace, most, 0, {0}};
    for_each_candidate(requirements, &objects->pods_by_label, objects->pods.count, look_at_pod, &search);
    return search.found;
}
