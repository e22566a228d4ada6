#include "check/template_mismatch.h"

#include "check/visits.h"

struct label {
    struct slice key, value;
};

struct mismatch {
    struct judge *judge;
    const struct objects *objects;
    const struct pod *pod;
    const struct requirement *requirement;
    struct label wanted;            // by the selector
    const struct map_entry *found;  // of the template: the same key, or a similar one with the same value; NULL: none
};

// --- Witnesses for one of two labels.

static bool is_own_label(const struct mismatch *mismatch, struct label label)
{
    return label_is(field_at(mismatch->pod->resource->root, "metadata.labels"), label.key, label.value);
}

static bool is_own_name(const struct mismatch *mismatch, struct label label)
{
    return slice_equal(resource_original_id(mismatch->pod->resource).name->text, label.value);
}

// True if the Service selects the label, and the Pods have all others.
static bool selects(const struct mismatch *mismatch, const struct resource *service, struct label label)
{
    const struct node *selector = field_at(service->root, "spec.selector");
    if (!label_is(selector, label.key, label.value) ||
        !namespaces_overlap(object_namespace(service), object_namespace(mismatch->pod->resource)))
        return false;
    struct requirements others = requirements_of_labels(mismatch->judge, selector);
    for (size_t i = 0; i < others.count; i++)
        if (!slice_equal(others.items[i].key, label.key) && !requirement_fits(&others.items[i], mismatch->pod->labels))
            return false;
    return true;
}

static const struct resource *find_service(const struct mismatch *mismatch, struct label label)
{
    for (size_t i = 0; i < mismatch->objects->services.count && i < LOOKS_MAX; i++)
        if (selects(mismatch, mismatch->objects->services.items[i], label))
            return mismatch->objects->services.items[i];
    return NULL;
}

// Finds out which of two labels is right. `*where` says where else it is; empty: unknown.
static bool is_right(const struct mismatch *mismatch, struct label label, struct label other, struct slice *where)
{
    *where = slice_literal("`metadata.labels`");
    bool own = is_own_label(mismatch, label);
    if (own != is_own_label(mismatch, other))
        return own;
    bool searches = judge_may_search(mismatch->judge);
    const struct resource *service = searches ? find_service(mismatch, label) : NULL;
    const struct resource *against = searches ? find_service(mismatch, other) : NULL;
    if (!service != !against) {
        *where = resource_shown(mismatch->judge, service ? service : against);
        return service;
    }
    *where = slice_literal("`metadata.name`");
    bool named = is_own_name(mismatch, label);
    if (named != is_own_name(mismatch, other))
        return named;
    *where = (struct slice){0};
    return false;
}

// True if the label comes from a patch whose kustomization also renames the workload. It is then a different object
// from that of the base, so its selector can be changed, too.
static bool is_new_object(const struct mismatch *mismatch)
{
    struct judge *judge = mismatch->judge;
    uint32_t file = mismatch->found->value->position.file;
    const struct source *source = sources_get(&judge->build->sources, file);
    bool is_in_patch = source && (source->outer || judge_visit_of(judge, file) == SIZE_MAX);
    size_t visit = is_in_patch ? visit_with_file(judge, file) : SIZE_MAX;
    return visit != SIZE_MAX && visit_renames(judge, visit);
}

// --- The finding.

static struct slice place_text(const struct mismatch *mismatch, const struct node *node)
{
    return position_text(&mismatch->judge->build->sources, &mismatch->judge->arena,
                         object_place(mismatch->pod->resource, node));
}

static struct slice shown_label(const struct mismatch *mismatch, struct label label)
{
    return label_text(&mismatch->judge->scratch, label.key, label.value);
}

static struct sighting *find_at(const struct mismatch *mismatch, const struct node *node, bool is_template)
{
    struct judge *judge = mismatch->judge;
    const struct resource *resource = mismatch->pod->resource;
    struct sighting *sighting = judge_find(
        judge, object_place(resource, node), "the template of %.*s does not have the label '%.*s%s%.*s'",
        SLICE_ARGS(resource_shown(judge, resource)), SLICE_ARGS(mismatch->wanted.key),
        mismatch->wanted.value.length ? ": " : "", SLICE_ARGS(mismatch->wanted.value));
    sighting_about(judge, sighting, resource, is_template ? "spec.template.metadata.labels" : "spec.selector");
    return sighting;
}

// True if a patch or an overlay has replaced the label in the template but not in the selector.
static bool is_replaced(const struct mismatch *mismatch)
{
    const struct node *selected = mismatch->requirement->place;
    uint32_t file = resource_position(mismatch->pod->resource).file;
    return slice_equal(mismatch->wanted.key, mismatch->found->key->text) && selected &&
           selected->position.file == file && mismatch->found->value->position.file != file;
}

static void report_replaced(const struct mismatch *mismatch)
{
    struct judge *judge = mismatch->judge;
    const struct node *value = mismatch->found->value, *selected = mismatch->requirement->place;
    struct sighting *sighting = find_at(mismatch, value, true);
    struct slice key = mismatch->wanted.key;
    // If a Service also selects by this label, it would not select the Pods even with another selector here.
    if (is_new_object(mismatch) && !(judge_may_search(judge) && find_service(mismatch, mismatch->wanted)))
        sighting_hint(judge, sighting,
                      "set the label in `spec.selector.matchLabels`, too, or use a key other than '%.*s': the selector "
                      "at %.*s has `%.*s`",
                      SLICE_ARGS(key), SLICE_ARGS(place_text(mismatch, selected)),
                      SLICE_ARGS(shown_label(mismatch, mismatch->wanted)));
    else
        sighting_hint(judge, sighting, "use a key other than '%.*s', or write `%.*s`, as in the selector at %.*s",
                      SLICE_ARGS(key), SLICE_ARGS(shown_label(mismatch, mismatch->wanted)),
                      SLICE_ARGS(place_text(mismatch, selected)));
}

static void report_other(const struct mismatch *mismatch)
{
    struct judge *judge = mismatch->judge;
    const struct map_entry *found = mismatch->found;
    const struct node *selected = mismatch->requirement->place;
    struct label wanted = mismatch->wanted, other = {found->key->text, node_text(found->value)};
    struct slice where;
    if (is_replaced(mismatch)) {
        report_replaced(mismatch);
        return;
    }
    bool is_wanted = is_right(mismatch, wanted, other, &where);
    if (where.length && is_wanted)
        sighting_hint(judge, find_at(mismatch, found->value, true),
                      "write `%.*s`, as in the selector at %.*s and in %.*s", SLICE_ARGS(shown_label(mismatch, wanted)),
                      SLICE_ARGS(place_text(mismatch, selected)), SLICE_ARGS(where));
    else if (where.length)
        sighting_hint(judge, find_at(mismatch, selected, false), "write `%.*s`, as in the template at %.*s and in %.*s",
                      SLICE_ARGS(shown_label(mismatch, other)), SLICE_ARGS(place_text(mismatch, found->value)),
                      SLICE_ARGS(where));
    else
        sighting_hint(judge, find_at(mismatch, selected, false),
                      "use the same %s in the selector and the template: the template has '%.*s: %.*s' at %.*s",
                      slice_equal(wanted.key, other.key) ? "value" : "key", SLICE_ARGS(other.key),
                      SLICE_ARGS(other.value), SLICE_ARGS(place_text(mismatch, found->value)));
}

// True if the selector's label comes from a file other than the workload's, such as a patch, but the template's labels
// don't.
static bool is_added_to_selector(const struct mismatch *mismatch)
{
    const struct node *selected = mismatch->requirement->place, *labels = mismatch->pod->labels;
    uint32_t file = resource_position(mismatch->pod->resource).file;
    return selected->position.line && selected->position.file != file && node_is_map(labels) &&
           labels->position.file == file;
}

static void report_missing(const struct mismatch *mismatch)
{
    const struct node *labels = mismatch->pod->labels;
    bool has_labels = node_is_map(labels) && labels->position.line;
    bool is_placed = has_labels && !is_added_to_selector(mismatch);
    struct sighting *sighting = find_at(mismatch, is_placed ? labels : mismatch->requirement->place, is_placed);
    struct slice where = place_text(mismatch, mismatch->requirement->place);
    if (mismatch->requirement->kind == REQUIRE_VALUE && is_placed)
        sighting_hint(mismatch->judge, sighting, "add `%.*s`, as in the selector at %.*s",
                      SLICE_ARGS(shown_label(mismatch, mismatch->wanted)), SLICE_ARGS(where));
    else if (mismatch->requirement->kind == REQUIRE_VALUE && has_labels)
        sighting_hint(mismatch->judge, sighting,
                      "add `%.*s` to `spec.template.metadata.labels`, too, or remove it from the selector",
                      SLICE_ARGS(shown_label(mismatch, mismatch->wanted)));
    else if (mismatch->requirement->kind == REQUIRE_VALUE)
        sighting_hint(mismatch->judge, sighting, "add `%.*s` to `spec.template.metadata.labels`",
                      SLICE_ARGS(shown_label(mismatch, mismatch->wanted)));
    else
        sighting_hint(mismatch->judge, sighting, "add it to `spec.template.metadata.labels`");
}

// An expression, such as `{key: app, operator: In, values: [web]}`.
static void report_expression(const struct mismatch *mismatch, const struct map_entry *found)
{
    struct judge *judge = mismatch->judge;
    const struct resource *resource = mismatch->pod->resource;
    bool is_excluded = mismatch->requirement->kind == REQUIRE_NONE_OF || mismatch->requirement->kind == REQUIRE_NO_KEY;
    struct sighting *sighting = judge_find(judge, object_place(resource, mismatch->requirement->place),
                                           "the template of %.*s has the label '%.*s: %.*s', which its selector %s",
                                           SLICE_ARGS(resource_shown(judge, resource)), SLICE_ARGS(found->key->text),
                                           SLICE_ARGS(node_text(found->value)),
                                           is_excluded ? "excludes" : "does not allow");
    sighting_about(judge, sighting, resource, "spec.selector");
    sighting_hint(judge, sighting, "change the expression, or the label at %.*s",
                  SLICE_ARGS(place_text(mismatch, found->value)));
}

// A label with the key; without one, a label with a similar key and the same value.
static const struct map_entry *find_other(const struct node *labels, struct label wanted)
{
    const struct map_entry *similar = NULL;
    for (uint32_t i = 0; node_is_map(labels) && i < labels->count; i++) {
        const struct map_entry *entry = &labels->entries[i];
        if (!node_is_scalar(entry->value))
            continue;
        if (slice_equal(entry->key->text, wanted.key))
            return entry;
        if (slice_equal(node_text(entry->value), wanted.value) && label_keys_are_similar(wanted.key, entry->key->text))
            similar = entry;
    }
    return similar;
}

static struct mismatch mismatch_of(struct judge *judge, const struct objects *objects, const struct pod *pod,
                                   const struct requirement *requirement)
{
    struct mismatch mismatch = {judge, objects, pod, requirement, {requirement->key, requirement->value}, NULL};
    mismatch.found = find_other(pod->labels, mismatch.wanted);
    return mismatch;
}

bool template_is_wrong(struct judge *judge, const struct objects *objects, const struct pod *pod,
                       const struct requirement *requirement)
{
    const struct mismatch mismatch = mismatch_of(judge, objects, pod, requirement);
    struct slice where;
    if (!mismatch.found)
        return !is_added_to_selector(&mismatch);
    if (is_replaced(&mismatch))
        return true;
    return is_right(&mismatch, mismatch.wanted,
                    (struct label){mismatch.found->key->text, node_text(mismatch.found->value)}, &where);
}

void report_template_mismatch(struct judge *judge, const struct objects *objects, const struct pod *pod,
                              const struct requirement *requirement)
{
    const struct mismatch mismatch = mismatch_of(judge, objects, pod, requirement);
    bool has_key = mismatch.found && slice_equal(mismatch.found->key->text, requirement->key);
    if (mismatch.found && requirement->kind == REQUIRE_VALUE)
        report_other(&mismatch);
    else if (has_key)
        report_expression(&mismatch, mismatch.found);
    else
        report_missing(&mismatch);
}
