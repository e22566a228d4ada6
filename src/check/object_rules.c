// check/object_rules.c
//
// Objects that are incomplete because of their kustomizations.
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/examples.h"
#include "check/findings.h"
#include "check/object_fields.h"
#include "load/loader.h"
#include "load/path.h"
#include "pipeline/accumulate.h"

// --- The stream as a whole.

static void find_empty(struct judge *judge)
{
    if (judge->build->resources.count || !judge->visits.count)
        return;
    judge->visit = 0;
    const struct source *source = judge->visits.items[0].files->known->kustomization;
    struct sighting *sighting = judge_find(judge, source_position(source, 1, 1), "the root builds no resource");
    // A kustomization without any entries may be intended.
    if (sighting && !judge->made_count)
        sighting->level = LEVEL_NOTE;
}

const struct rule stream_empty_rule = {
    .id = "stream-empty",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a root builds nothing",
    .why = "With pruning, applying an empty stream deletes everything that was applied before. If the kustomizations "
           "don't list any resources, the finding is a note.",
    .remedy = "add resources, or remove the kustomization",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {kind: Deployment}\n"
             "  patch: '{$patch: delete, kind: Deployment, metadata: {name: any}}'\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB,
    .stream = find_empty,
};

// --- Single objects.

static void find_no_api_version(struct judge *judge, const struct resource *resource)
{
    const struct node *version = node_map_get(resource->root, NAME(apiVersion));
    if (node_is_scalar(version) && !node_is_null(version) && version->count)
        return;
    sighting_about(judge,
                   judge_find(judge, resource_position(resource), "%.*s has no apiVersion",
                              SLICE_ARGS(resource_shown(judge, resource))),
                   resource, "apiVersion");
}

const struct rule object_no_api_version_rule = {
    .id = "object-no-api-version",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a resource has no apiVersion",
    .why = "kustomize builds the resource, but the API server rejects it.",
    .remedy = "add `apiVersion`",
    .found = "resources: [map.yaml]\n"
             "--- map.yaml\n"
             "{kind: ConfigMap, metadata: {name: a}}\n",
    .not_found = "resources: [map.yaml]\n"
                 "--- map.yaml\n"
                 "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
    .resource = find_no_api_version,
};

struct container_search {
    struct judge *judge;
    const struct resource *resource;
};

static bool is_filled_in_later(struct slice name)
{
    // Whatever injects the container also sets its image.
    return slice_equals(name, "istio-proxy");
}

// The schema has a finding about a key that is meant to be `image`.
static bool is_image_misspelled(const struct judge *judge, const struct node *container)
{
    enum { EDITS_MAX = 2 };
    for (uint32_t i = 0; judge->check->schemas && i < container->count; i++)
        if (node_is_scalar(container->entries[i].value) &&
            slice_edit_distance(container->entries[i].key->text, slice_literal("image"), EDITS_MAX) <= EDITS_MAX)
            return true;
    return false;
}

static struct slice nearest_name(struct judge *judge, const struct node *list, uint32_t index, struct slice name)
{
    struct slice *names = arena_array(&judge->arena, struct slice, list->count);
    for (uint32_t i = 0; i < list->count; i++)
        names[i] = i == index ? (struct slice){0} : judge_text(list->items[i], "name");
    return nearest_text(name, names, list->count);
}

// "'web' and 'proxy'": the containers from the file of the resource; empty: there are none.
static struct slice other_names(const struct container_search *search, const struct node *list)
{
    struct judge *judge = search->judge;
    struct text_set names = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        struct slice name = judge_text(list->items[i], "name");
        if (name.length && list->items[i]->position.file == resource_position(search->resource).file)
            text_set_add(&judge->scratch, &names, name);
    }
    return word_list_quoted(&judge->arena, names.items, names.count, HINT_NAMES_MAX, "and");
}

static void judge_container(const struct container_search *search, const struct node *list, uint32_t index)
{
    struct judge *judge = search->judge;
    const struct node *container = list->items[index], *name_node = judge_field(container, "name");
    struct slice name = judge_text(container, "name");
    if (!node_is_map(container) || judge_text(container, "image").length || is_filled_in_later(name) ||
        is_placeholder(name) || is_image_misspelled(judge, container))
        return;
    // A container in the object's own file doesn't come from a patch.
    bool is_added = container->position.file != resource_position(search->resource).file;
    struct slice nearest = is_added && judge_may_search(judge) ? nearest_name(judge, list, index, name)
                                                               : (struct slice){0};
    struct sighting *sighting = judge_find(judge, (name_node ? name_node : container)->position,
                                           "the container '%.*s' has no image", SLICE_ARGS(name));
    sighting_about(judge, sighting, search->resource, NULL);
    struct slice others = is_added && !nearest.length ? other_names(search, list) : nearest;
    if (nearest.length)
        sighting_hint(judge, sighting, "did you mean '%.*s'? No other container is named '%.*s', so the build adds one",
                      SLICE_ARGS(nearest), SLICE_ARGS(name));
    else if (others.length)
        sighting_hint(
            judge, sighting,
            "correct the name, or give the container an image: no other container has this name, so the build "
            "adds a container next to %.*s",
            SLICE_ARGS(others));
}

static void judge_containers(void *state, const struct node *spec)
{
    static const char *const lists[] = {"containers", "initContainers"};
    for (size_t i = 0; i < countof(lists); i++) {
        const struct node *list = judge_field(spec, lists[i]);
        for (uint32_t k = 0; node_is_sequence(list) && k < list->count; k++)
            judge_container(state, list, k);
    }
}

static void find_no_image(struct judge *judge, const struct resource *resource)
{
    struct container_search search = {judge, resource};
    for_each_pod_spec(resource, judge_containers, &search);
}

const struct rule container_no_image_rule = {
    .id = "container-no-image",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a container has no image",
    .why = "If a merge patch names a container that the resource doesn't have, it adds a new container. The API server "
           "rejects the resource.",
    .remedy = "correct the name of the container in the patch",
    .found = "resources: [web.yaml]\n"
             "patches:\n"
             "- patch: |\n"
             "    apiVersion: apps/v1\n"
             "    kind: Deployment\n"
             "    metadata: {name: web}\n"
             "    spec: {template: {spec: {containers: [{name: wep, tty: true}]}}}\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "patches:\n"
                 "- patch: |\n"
                 "    apiVersion: apps/v1\n"
                 "    kind: Deployment\n"
                 "    metadata: {name: web}\n"
                 "    spec: {template: {spec: {containers: [{name: web, tty: true}]}}}\n" EXAMPLE_WEB,
    .resource = find_no_image,
};

static bool is_empty_selector(const struct node *selector)
{
    for (uint32_t i = 0; node_is_map(selector) && i < selector->count; i++)
        if (!node_is_null(selector->entries[i].value) && selector->entries[i].value->count)
            return false;
    return true;
}

static void find_empty_budget(struct judge *judge, const struct resource *resource)
{
    if (!is_kind(resource, "policy", "PodDisruptionBudget"))
        return;
    const struct node *spec = judge_field(resource->root, "spec"), *selector = judge_field(spec, "selector");
    if (!is_empty_selector(selector))
        return;
    bool selects_all = node_is_map(selector);
    struct sighting *sighting = judge_find(judge, selector ? selector->position : resource_position(resource),
                                           selects_all
                                               ? "%.*s has an empty selector: it applies to all Pods in the namespace"
                                               : "%.*s has no selector: it applies to no Pod",
                                           SLICE_ARGS(resource_shown(judge, resource)));
    sighting_about(judge, sighting, resource, "spec.selector");
}

const struct rule pdb_empty_selector_rule = {
    .id = "pdb-empty-selector",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a PodDisruptionBudget has an empty selector",
    .why = "It applies to every Pod in the namespace, so a Pod of another application that isn't ready can keep nodes "
           "from being drained.",
    .remedy = "write the labels of the Pods that it should protect",
    .found =
        "resources: [budget.yaml]\n"
        "--- budget.yaml\n"
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 1, selector: "
        "{}}}\n",
    .not_found = "resources: [budget.yaml]\n"
                 "--- budget.yaml\n"
                 "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 1, "
                 "selector: {matchLabels: {app: web}}}}\n",
    .resource = find_empty_budget,
};

// --- Labels in selectors, recognized by their position.

// The kustomization that contains the value in its own field, not in a patch; SIZE_MAX: none.
static size_t set_by(const struct judge *judge, const struct node *value)
{
    const struct source *source = node_is_scalar(value) ? sources_get(&judge->build->sources, value->position.file)
                                                        : NULL;
    return source && !source->outer ? judge_visit_of(judge, value->position.file) : SIZE_MAX;
}

static bool is_selecting(const struct resource *resource)
{
    return is_kind(resource, "apps", "Deployment") || is_kind(resource, "apps", "StatefulSet") ||
           is_kind(resource, "apps", "DaemonSet") || is_kind(resource, "apps", "ReplicaSet");
}

static const struct node *selector_labels(const struct resource *resource)
{
    return judge_field(judge_field(judge_field(resource->root, "spec"), "selector"), "matchLabels");
}

static uint64_t key_hash(const struct resource *resource, const struct map_entry *entry)
{
    return hash_combine((uintptr_t)resource, entry->key->hash);
}

static uint64_t pair_hash(const struct resource *resource, const struct map_entry *entry)
{
    return hash_combine(key_hash(resource, entry), slice_hash(node_text(entry->value)));
}

// Notes the selector's labels before any kustomization adds to them.
static void note_selector(struct judge *judge, const struct build_event *event)
{
    if (event->kind != EVENT_READ || !event->made || !is_selecting(event->made))
        return;
    const struct node *labels = selector_labels(event->made);
    for (uint32_t i = 0; node_is_map(labels) && i < labels->count; i++)
        if (node_is_scalar(labels->entries[i].value)) {
            hash_index_add(&judge->arena, &judge->written_labels, pair_hash(event->made, &labels->entries[i]), 0);
            hash_index_add(&judge->arena, &judge->written_labels, key_hash(event->made, &labels->entries[i]), 0);
        }
}

static bool was_written(const struct judge *judge, const struct resource *resource, const struct map_entry *entry)
{
    return hash_index_has(&judge->written_labels, pair_hash(resource, entry));
}

static void find_label_in_selector(struct judge *judge, const struct resource *resource)
{
    if (!is_selecting(resource))
        return;
    const struct node *labels = selector_labels(resource);
    const struct source *own = sources_get(&judge->build->sources, resource_position(resource).file);
    for (uint32_t i = 0; own && node_is_map(labels) && i < labels->count; i++) {
        size_t visit = set_by(judge, labels->entries[i].value);
        // A workload next to the kustomization was written together with its labels.
        if (visit == SIZE_MAX || was_written(judge, resource, &labels->entries[i]) ||
            slice_equal(path_directory(own->path), path_directory(judge->visits.items[visit].file)))
            continue;
        judge->visit = visit;
        struct sighting *sighting = judge_find(judge, labels->entries[i].value->position,
                                               "the label changes the selector of %.*s, which comes from a base",
                                               SLICE_ARGS(resource_shown(judge, resource)));
        sighting_about(judge, sighting, resource, "spec.selector.matchLabels");
        // With `includeTemplates`, only the template would get another value.
        if (hash_index_has(&judge->written_labels, key_hash(resource, &labels->entries[i])))
            sighting_hint(judge, sighting,
                          "use a key other than '%.*s', and set `includeTemplates` instead of `includeSelectors` in "
                          "`labels`: the selector of an existing workload cannot be changed",
                          SLICE_ARGS(labels->entries[i].key->text));
        else
            sighting_hint(judge, sighting,
                          "use `labels` with `includeTemplates` instead of `includeSelectors`, and a key that no "
                          "selector in a base has: the selector of an existing workload cannot be changed");
    }
}

const struct rule label_in_selector_rule = {
    .id = "label-in-selector",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a kustomization adds labels to the selector of a workload that comes from a base",
    .why = "Selectors are immutable: if the label is added or changed later, the workload must be deleted and created "
           "again.",
    .remedy = "use `labels` with `includeTemplates` instead of `commonLabels` or `includeSelectors`",
    .found = "resources: [base]\n"
             "labels: [{pairs: {env: prod}, includeSelectors: true}]\n"
             "--- base/kustomization.yaml\n"
             "resources: [web.yaml]\n"
             "--- base/web.yaml\n"
             "apiVersion: apps/v1\n"
             "kind: Deployment\n"
             "metadata: {name: web}\n"
             "spec:\n"
             "  selector: {matchLabels: {app: web}}\n"
             "  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}\n",
    .not_found = "resources: [web.yaml]\n"
                 "labels: [{pairs: {env: prod}, includeSelectors: true}]\n" EXAMPLE_WEB,
    .event = note_selector,
    .resource = find_label_in_selector,
};

static void find_in_peers(struct judge *judge, const struct resource *resource, const struct node *rules_,
                          const char *peers_field)
{
    for (uint32_t i = 0; node_is_sequence(rules_) && i < rules_->count; i++) {
        const struct node *peers = judge_field(rules_->items[i], peers_field);
        for (uint32_t k = 0; node_is_sequence(peers) && k < peers->count; k++) {
            const struct node *labels = judge_field(judge_field(peers->items[k], "podSelector"), "matchLabels");
            for (uint32_t m = 0; node_is_map(labels) && m < labels->count; m++) {
                const struct node *value = labels->entries[m].value;
                size_t visit = set_by(judge, value);
                if (visit == SIZE_MAX)
                    continue;
                judge->visit = visit;
                struct sighting *sighting = judge_find(judge, value->position,
                                                       "the label is also added to the peers of %.*s",
                                                       SLICE_ARGS(resource_shown(judge, resource)));
                sighting_about(judge, sighting, resource, NULL);
                sighting_hint(judge, sighting,
                              "use `labels` with `includeTemplates`: the policy blocks Pods without the label");
            }
        }
    }
}

static void find_peer_labels(struct judge *judge, const struct resource *resource)
{
    if (!is_kind(resource, "networking.k8s.io", "NetworkPolicy"))
        return;
    const struct node *spec = judge_field(resource->root, "spec");
    find_in_peers(judge, resource, judge_field(spec, "ingress"), "from");
    find_in_peers(judge, resource, judge_field(spec, "egress"), "to");
}

const struct rule label_in_network_policy_peer_rule = {
    .id = "label-in-network-policy-peer",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a label is added to the peers of a NetworkPolicy",
    .why = "Peers are often Pods of other applications. They don't have the label, so the policy blocks them.",
    .remedy = "use `labels` with `includeTemplates` instead of `commonLabels` or `includeSelectors`",
    .found = "resources: [policy.yaml]\n"
             "labels: [{pairs: {team: a}, includeSelectors: true}]\n"
             "--- policy.yaml\n"
             "apiVersion: networking.k8s.io/v1\n"
             "kind: NetworkPolicy\n"
             "metadata: {name: web}\n"
             "spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: front}}}]}]}\n",
    .not_found = "resources: [policy.yaml]\n"
                 "labels: [{pairs: {team: a}, includeTemplates: true}]\n"
                 "--- policy.yaml\n"
                 "apiVersion: networking.k8s.io/v1\n"
                 "kind: NetworkPolicy\n"
                 "metadata: {name: web}\n"
                 "spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: front}}}]}]}\n",
    .resource = find_peer_labels,
};

// --- Charts.

static void find_chart_objects(struct judge *judge)
{
    for (size_t i = 0; i < judge->generated.count; i++) {
        const struct generated *generated = &judge->generated.items[i];
        const struct resource *made = generated->resource;
        if (!generated->is_chart || !generated->has_namespace || made->removed || !name_is_empty(made->id.namespace) ||
            schema_scope(NULL, judge->build->diagnostics.release, judge_text(made->root, "apiVersion"),
                         made->id.gvk.kind->text) != SCOPE_NAMESPACED)
            continue;
        judge->visit = generated->visit;
        struct sighting *sighting = judge_find(judge, generated->ordered_by,
                                               "%.*s of the chart has no namespace, but its chart sets one",
                                               SLICE_ARGS(resource_shown(judge, made)));
        sighting_about(judge, sighting, made, NULL);
        sighting_hint(judge, sighting,
                      "add it with a patch or in the templates: kustomize does not set it on resources of charts");
    }
}

const struct rule chart_object_no_namespace_rule = {
    .id = "chart-object-no-namespace",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "resources of a chart have no namespace",
    .why =
        "kustomize passes the namespace to the templates, but doesn't set it on the resources of the chart. If a "
        "template doesn't set the namespace, its resource ends up in whatever namespace is current when you apply it.",
    .remedy = "add the namespace with a patch, or in the templates",
    .found = "helmCharts: [{name: web, namespace: shop}]\n"
             "--- charts/web/Chart.yaml\n"
             "{apiVersion: v2, name: web, version: 1.0.0}\n"
             "--- charts/web/templates/web.yaml\n"
             "{apiVersion: v1, kind: ConfigMap, metadata: {name: web}}\n",
    .not_found = "helmCharts: [{name: web, namespace: shop}]\n"
                 "--- charts/web/Chart.yaml\n"
                 "{apiVersion: v2, name: web, version: 1.0.0}\n"
                 "--- charts/web/templates/web.yaml\n"
                 "{apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: shop}}\n",
    .needs_more = true,
    .stream = find_chart_objects,
};
