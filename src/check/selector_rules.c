// check/selector_rules.c
//
// Selectors that find Pods by their labels, and those of the workloads themselves.
#include <stdlib.h>
#include <string.h>

#include "base/text_set.h"
#include "base/word_list.h"
#include "check/selections.h"
#include "check/template_mismatch.h"
#include "check/visits.h"

#define WORKLOAD(name, labels)                                                                                         \
    "apiVersion: apps/v1\n"                                                                                            \
    "kind: Deployment\n"                                                                                               \
    "metadata: {name: " name "}\n"                                                                                     \
    "spec:\n"                                                                                                          \
    "  selector: {matchLabels: {app: web}}\n"                                                                          \
    "  template:\n"                                                                                                    \
    "    metadata: {labels: " labels "}\n"                                                                             \
    "    spec: {containers: [{name: web, image: nginx}]}\n"

// --- Selectors that match nothing.

struct selector_field {
    const char *group, *kind, *path;
    bool is_labels;  // a map of labels; otherwise it has `matchLabels` and `matchExpressions`
    bool services;   // selects Services; otherwise Pods
};

static const struct selector_field selector_fields[] = {
    {"", "Service", "spec.selector", .is_labels = true},
    {"policy", "PodDisruptionBudget", .path = "spec.selector"},
    {"networking.k8s.io", "NetworkPolicy", .path = "spec.podSelector"},
    {"monitoring.coreos.com", "PodMonitor", .path = "spec.selector"},
    {"monitoring.coreos.com", "ServiceMonitor", "spec.selector", .services = true},
};

struct selector_search {
    struct judge *judge;
    const struct objects *objects;
    const struct resource *resource;
    const struct selector_field *field;
    const struct node *selector;
    struct requirements wanted;
    struct slice namespace;  // that it selects in; empty: any
    struct pod_list nearly;  // the Pods that have all but the last label of `wanted`
    bool is_certain;         // true if it is clear which Pod of `nearly` is meant
    size_t templates;        // the number of searches for a wrong template so far
};

// The maximum number of Pods to choose from for one hint, and of searches for a wrong template in one build.
enum { CANDIDATES_MAX = 20, TEMPLATES_MAX = 100 };

// Labels that Kubernetes' own controllers add to their Pods.
static bool is_set_at_run_time(struct judge *judge, struct slice key, struct slice value)
{
    static const char *const keys[] = {"statefulset.kubernetes.io/pod-name",
                                       "apps.kubernetes.io/pod-index",
                                       "pod-template-hash",
                                       "rollouts-pod-template-hash",
                                       "controller-revision-hash",
                                       "job-name",
                                       "controller-uid",
                                       "batch.kubernetes.io/job-name",
                                       "batch.kubernetes.io/controller-uid",
                                       "batch.kubernetes.io/job-completion-index"};
    for (size_t i = 0; i < countof(keys); i++)
        if (slice_equals(key, keys[i]))
            return true;
    struct slice pair = arena_format(&judge->scratch, "%.*s=%.*s", SLICE_ARGS(key), SLICE_ARGS(value));
    return judge_is_external(judge, "Label", key) || judge_is_external(judge, "Label", pair);
}

static void leave_out_run_time(struct judge *judge, struct requirements *wanted)
{
    size_t kept = 0;
    for (size_t i = 0; i < wanted->count; i++)
        if (!is_set_at_run_time(judge, wanted->items[i].key, wanted->items[i].value))
            wanted->items[kept++] = wanted->items[i];
    wanted->is_open |= !kept;
    wanted->count = kept;
}

// Operators label their objects with the name of the custom resource, or with a key of their own domain.
static bool is_operated(const struct selector_search *search)
{
    for (size_t i = 0; i < search->wanted.count; i++) {
        const struct requirement *requirement = &search->wanted.items[i];
        size_t slash = slice_find_byte(requirement->key, '/');
        struct slice domain = slash == SLICE_NOT_FOUND ? (struct slice){0} : slice_part(requirement->key, 0, slash);
        if (objects_have_operator(search->objects, requirement->value, search->namespace) ||
            (domain.length && objects_have_domain(search->objects, domain)))
            return true;
    }
    return false;
}

struct service_search {
    const struct selector_search *of;
    size_t looks;
    bool fits;  // or there are too many to look at
};

static bool look_at_service(void *state, size_t number)
{
    struct service_search *search = state;
    const struct resource *service = search->of->objects->services.items[number];
    search->fits = search->looks++ == LOOKS_MAX ||
                   (namespaces_overlap(object_namespace(service), search->of->namespace) &&
                    requirements_fit(&search->of->wanted, field_at(service->root, "metadata.labels")));
    return !search->fits;
}

static bool fits_some_service(const struct selector_search *search)
{
    const struct objects *objects = search->objects;
    struct service_search services = {search, 0, false};
    for_each_candidate(&search->wanted, &objects->services_by_label, objects->services.count, look_at_service,
                       &services);
    return services.fits;
}

static bool matches_any_candidate(const struct selector_search *search)
{
    if (search->field->services)
        return fits_some_service(search);
    struct pod_list found = find_matching_pods(search->judge, search->objects, &search->wanted, search->namespace, 1);
    return found.count || found.is_cut;
}

static bool requires_values(const struct requirements *requirements)
{
    for (size_t i = 0; i < requirements->count; i++)
        if (requirements->items[i].kind == REQUIRE_VALUE)
            return true;
    return false;
}

struct workload {
    const struct pod *pod;
    const struct node *selector;
    struct requirements wanted;
};

static bool has_own_selector(const struct resource *resource)
{
    return slice_equals(resource->id.gvk.group->text, "apps") || is_kind(resource, "", "ReplicationController") ||
           is_kind(resource, "argoproj.io", "Rollout");
}

// False: the workload has no selector, or it can't be read.
static bool read_workload(struct judge *judge, const struct pod *pod, struct workload *workload)
{
    bool is_labels = is_kind(pod->resource, "", "ReplicationController");
    *workload = (struct workload){.pod = pod, .selector = field_at(pod->resource->root, "spec.selector")};
    if (!has_own_selector(pod->resource) || !node_is_map(workload->selector))
        return false;
    workload->wanted = is_labels ? requirements_of_labels(judge, workload->selector)
                                 : requirements_of_selector(judge, workload->selector);
    return workload->wanted.count && !workload->wanted.is_open;
}

// The requirement in `all` with the key and value of `one`. NULL: there is none, or `one` does not require a value.
static const struct requirement *find_requirement(const struct requirements *all, const struct requirement *one)
{
    for (size_t i = 0; one->kind == REQUIRE_VALUE && i < all->count; i++)
        if (all->items[i].kind == REQUIRE_VALUE && slice_equal(all->items[i].key, one->key) &&
            slice_equal(all->items[i].value, one->value))
            return &all->items[i];
    return NULL;
}

// Finds a workload whose Pods this selector would match if the template had all labels of the workload's own selector.
// Another rule tells users to correct the template.
static const struct pod *find_wrong_template(struct selector_search *search, const struct requirement **missing)
{
    struct judge *judge = search->judge;
    const struct objects *objects = search->objects;
    for (size_t i = 0; i < objects->pods.count && i < LOOKS_MAX; i++) {
        const struct pod *pod = &objects->pods.items[i];
        struct workload workload;
        if (!namespaces_overlap(object_namespace(pod->resource), search->namespace) ||
            !read_workload(judge, pod, &workload))
            continue;
        bool fits = true;
        *missing = NULL;
        for (size_t k = 0; fits && k < search->wanted.count; k++) {
            const struct requirement *wanted = &search->wanted.items[k];
            if (requirement_fits(wanted, pod->labels))
                continue;
            *missing = find_requirement(&workload.wanted, wanted);
            fits = *missing && template_is_wrong(judge, objects, pod, *missing);
        }
        if (fits && *missing)
            return pod;
    }
    return NULL;
}

// Adds a hint to correct the template of a workload whose Pods don't match its own selector. Returns false if it added
// none.
static bool hint_wrong_template(struct selector_search *search, struct sighting *sighting)
{
    struct judge *judge = search->judge;
    const struct requirement *missing = NULL;
    if (!sighting || search->field->services || search->templates++ >= TEMPLATES_MAX)
        return false;
    const struct pod *pod = find_wrong_template(search, &missing);
    if (!pod)
        return false;
    const struct node *value = label_find(pod->labels, missing->key);
    const struct node *at = value ? value : node_is_map(pod->labels) ? pod->labels : NULL;
    struct slice where = at ? sighting_other_place(judge, sighting, object_place(pod->resource, at))
                            : (struct slice){0};
    sighting_hint(judge, sighting,
                  "correct the labels in the template of %.*s%s%.*s: they do not match its own selector, either",
                  SLICE_ARGS(resource_shown(judge, pod->resource)), where.length ? " " : "", SLICE_ARGS(where));
    return true;
}

// Chooses among the Pods that don't match the same label: the only one, the one whose workload has the name of the
// selecting resource, or the one with the nearest value. Otherwise, sets `is_certain` to false and returns the first
// Pod that has the key, or else the first Pod. `nearly` must not be empty.
static const struct pod *choose(struct selector_search *search)
{
    const struct pod_list *pods = &search->nearly;
    const struct requirement *odd = &search->wanted.items[search->wanted.count - 1];
    const struct pod *with_key = NULL;
    struct slice values[CANDIDATES_MAX];
    search->is_certain = true;
    for (size_t i = 0; i < pods->count; i++) {
        const struct node *value = label_find(pods->items[i]->labels, odd->key);
        values[i] = value ? node_text(value) : (struct slice){0};
        if (pods->count == 1 || pods->items[i]->resource->id.name == search->resource->id.name)
            return pods->items[i];
        if (value && !with_key)
            with_key = pods->items[i];
    }
    struct slice near = nearest_text(odd->value, values, pods->count);
    for (size_t i = 0; near.length && i < pods->count; i++)
        if (slice_equal(values[i], near))
            return pods->items[i];
    search->is_certain = false;
    return with_key ? with_key : pods->items[0];
}

// Finds a Pod that has all but one of the labels. Moves that one to the end of `wanted`.
static const struct pod *find_nearly(struct selector_search *search)
{
    struct requirements *wanted = &search->wanted;
    struct requirements less = *wanted;
    if (search->field->services || wanted->count < 2 || !judge_may_search(search->judge))
        return NULL;
    less.count--;
    for (size_t i = wanted->count; i-- > 0;) {
        struct requirement last = wanted->items[wanted->count - 1];
        wanted->items[wanted->count - 1] = wanted->items[i];
        wanted->items[i] = last;
        if (wanted->items[wanted->count - 1].kind == REQUIRE_VALUE && requires_values(&less)) {
            search->nearly = find_matching_pods(search->judge, search->objects, &less, search->namespace,
                                                CANDIDATES_MAX);
            if (search->nearly.count)
                return choose(search);
        }
        wanted->items[i] = wanted->items[wanted->count - 1];
        wanted->items[wanted->count - 1] = last;
    }
    return NULL;
}

// Finds a label with another value or a similar key. Labels that a template lacks may be set at run time.
static const struct map_entry *find_similar_label(struct judge *judge, const struct node *labels, struct slice key)
{
    struct slice *keys = arena_array(&judge->scratch, struct slice, (labels ? labels->count : 0) + 1);
    for (uint32_t i = 0; node_is_map(labels) && i < labels->count; i++)
        keys[i] = labels->entries[i].key->text;
    struct slice near = label_find(labels, key) ? key : nearest_text(key, keys, labels ? labels->count : 0);
    for (uint32_t i = 0; near.length && i < labels->count; i++)
        if (slice_equal(keys[i], near) && node_is_scalar(labels->entries[i].value))
            return &labels->entries[i];
    return NULL;
}

// The Pods of the workload that has the name of the selecting resource or, if there is none, of the only workload.
// NULL: no workload has the name, and there isn't exactly one.
static const struct pod *find_meant(const struct selector_search *search)
{
    const struct pod *only = NULL, *named = NULL;
    size_t count = 0;
    for (size_t i = 0; i < search->objects->pods.count && i < LOOKS_MAX; i++) {
        const struct pod *pod = &search->objects->pods.items[i];
        if (!namespaces_overlap(object_namespace(pod->resource), search->namespace))
            continue;
        count++;
        only = pod;
        if (!named && pod->resource->id.name == search->resource->id.name)
            named = pod;
    }
    return named ? named : count == 1 ? only : NULL;
}

// True if the file of the selector can rely on the label: it isn't added by another kustomization, such as an overlay.
static bool is_known_to_selector(const struct selector_search *search, const struct pod *pod, const struct node *label)
{
    struct judge *judge = search->judge;
    uint32_t file = object_place(pod->resource, label).file;
    return file == resource_position(pod->resource).file ||
           visit_with_file(judge, file) ==
               visit_with_file(judge, object_place(search->resource, search->selector).file);
}

// Lists, as strings, the Pod's labels that the selector doesn't require but could. Stores the first HINT_NAMES_MAX, and
// returns the total.
static size_t other_labels(const struct selector_search *search, const struct pod *pod, struct slice *texts)
{
    size_t count = 0;
    for (uint32_t i = 0; pod && node_is_map(pod->labels) && i < pod->labels->count; i++) {
        const struct map_entry *entry = &pod->labels->entries[i];
        bool is_selected = false;
        for (size_t k = 0; k < search->wanted.count; k++)
            is_selected |= slice_equal(search->wanted.items[k].key, entry->key->text) &&
                           requirement_fits(&search->wanted.items[k], pod->labels);
        if (node_is_scalar(entry->value) && !is_selected && is_known_to_selector(search, pod, entry->value) &&
            count++ < HINT_NAMES_MAX)
            texts[count - 1] = arena_format(&search->judge->scratch, "%.*s: %.*s", SLICE_ARGS(entry->key->text),
                                            SLICE_ARGS(node_text(entry->value)));
    }
    return count;
}

// For a label that the template lacks, and which may be set at run time. A match of the other labels may mean nothing,
// because builds often add the same label to everything.
static void hint_missing_label(const struct selector_search *search, struct sighting *sighting,
                               const struct pod *nearly)
{
    struct judge *judge = search->judge;
    const struct requirement *odd = &search->wanted.items[search->wanted.count - 1];
    const struct pod *meant = find_meant(search), *pod = meant ? meant : nearly;
    struct slice texts[HINT_NAMES_MAX];
    size_t count = other_labels(search, pod, texts);
    struct slice shown = resource_shown(judge, count ? pod->resource : nearly->resource);
    if (count)
        sighting_hint(judge, sighting,
                      "select %.*s by a label that its Pods have (%.*s), or add `Label/%.*s` to `check.external` in "
                      ".kiln.yaml if it is set at run time",
                      SLICE_ARGS(shown),
                      SLICE_ARGS(word_list_quoted(&judge->scratch, texts, count, HINT_NAMES_MAX, "or")),
                      SLICE_ARGS(odd->key));
    else
        sighting_hint(judge, sighting,
                      "add `Label/%.*s` to `check.external` in .kiln.yaml if this label is set at run time: the others "
                      "match %.*s",
                      SLICE_ARGS(odd->key), SLICE_ARGS(shown));
}

// "`tier: web` to select Deployment 'a' or `tier: db` to select Deployment 'b'". Empty: the Pods have fewer than two
// different values for the key.
static struct slice choices_text(const struct selector_search *search, struct slice key)
{
    struct arena *arena = &search->judge->scratch;
    struct text_set values = {0};
    struct slice texts[CANDIDATES_MAX];
    for (size_t i = 0; i < search->nearly.count; i++) {
        const struct pod *pod = search->nearly.items[i];
        const struct node *value = label_find(pod->labels, key);
        if (value && text_set_add(arena, &values, node_text(value)))
            texts[values.count - 1] = arena_format(arena, "`%.*s` to select %.*s",
                                                   SLICE_ARGS(label_text(arena, key, node_text(value))),
                                                   SLICE_ARGS(resource_shown(search->judge, pod->resource)));
    }
    return values.count > 1 ? word_list(arena, texts, values.count, HINT_NAMES_MAX, "or") : (struct slice){0};
}

static struct sighting *find_typo(struct selector_search *search, const struct pod *nearly)
{
    struct judge *judge = search->judge;
    const struct requirement *odd = &search->wanted.items[search->wanted.count - 1];
    const struct map_entry *meant = find_similar_label(judge, nearly->labels, odd->key);
    struct slice shown = resource_shown(judge, nearly->resource);
    struct sighting *sighting = judge_find(judge, object_place(search->resource, odd->place),
                                           "no Pod template has the label '%.*s: %.*s'", SLICE_ARGS(odd->key),
                                           SLICE_ARGS(odd->value));
    if (sighting && !meant)
        sighting->level = LEVEL_WARNING;
    if (hint_wrong_template(search, sighting))
        return sighting;
    struct slice choices = meant && !search->is_certain ? choices_text(search, meant->key->text) : (struct slice){0};
    if (choices.length)
        sighting_hint(judge, sighting, "write %.*s", SLICE_ARGS(choices));
    else if (meant)
        sighting_hint(judge, sighting, "write `%.*s` to select %.*s, which the other labels match",
                      SLICE_ARGS(label_text(&judge->scratch, meant->key->text, node_text(meant->value))),
                      SLICE_ARGS(shown));
    else if (label_is(field_at(nearly->resource->root, "metadata.labels"), odd->key, odd->value))
        sighting_hint(
            judge, sighting,
            "add the label to the template of %.*s, or set `includeTemplates: true` in the entry of `labels`: only "
            "the workload's own metadata has it",
            SLICE_ARGS(shown));
    else
        hint_missing_label(search, sighting, nearly);
    return sighting;
}

// Finds a label of a template with the key of a requirement and nearly its value, or nearly its key and its value.
static const struct map_entry *find_near_label(const struct selector_search *search, const struct pod **pod)
{
    if (search->field->services || search->wanted.count != 1 || search->wanted.items[0].kind != REQUIRE_VALUE ||
        !judge_may_search(search->judge))
        return NULL;
    const struct requirement *wanted = &search->wanted.items[0];
    for (size_t i = 0; i < search->objects->pods.count && i < LOOKS_MAX; i++) {
        *pod = &search->objects->pods.items[i];
        const struct node *labels = (*pod)->labels;
        if (!namespaces_overlap(object_namespace((*pod)->resource), search->namespace))
            continue;
        for (uint32_t k = 0; node_is_map(labels) && k < labels->count; k++) {
            const struct map_entry *entry = &labels->entries[k];
            struct slice value = node_is_scalar(entry->value) ? node_text(entry->value) : (struct slice){0};
            if ((slice_equal(entry->key->text, wanted->key) && nearest_text(wanted->value, &value, 1).length) ||
                (slice_equal(value, wanted->value) && label_keys_are_similar(wanted->key, entry->key->text)))
                return entry;
        }
    }
    return NULL;
}

static void hint_labels(const struct selector_search *search, struct sighting *sighting)
{
    struct judge *judge = search->judge;
    const struct pod *meant = find_meant(search);
    struct slice texts[HINT_NAMES_MAX];
    size_t shown = other_labels(search, meant, texts);
    if (!shown)
        return;
    struct slice owner = arena_format(&judge->scratch, " of %s%.*s", meant->path[0] ? "the Pods of " : "",
                                      SLICE_ARGS(resource_shown(judge, meant->resource)));
    if (shown < meant->labels->count)
        sighting_hint(judge, sighting, "the labels%.*s include %.*s", SLICE_ARGS(owner),
                      SLICE_ARGS(word_list_quoted(&judge->scratch, texts, shown, HINT_NAMES_MAX, "and")));
    else
        sighting_hint(judge, sighting, "%.*s",
                      SLICE_ARGS(word_list_fact(&judge->scratch, "label", owner, texts, shown, HINT_NAMES_MAX)));
}

// Returns the first label value in the selector that comes from another file, such as a patch, and that no candidate
// has. The candidates are Services if the selector selects Services, and Pods otherwise. If there is no such value,
// returns the selector.
static const struct node *find_overriding_value(const struct selector_search *search)
{
    uint32_t file = object_place(search->resource, search->selector).file;
    const struct label_index *labels = search->field->services ? &search->objects->services_by_label
                                                               : &search->objects->pods_by_label;
    for (size_t i = 0; i < search->wanted.count; i++) {
        const struct requirement *wanted = &search->wanted.items[i];
        bool is_written = wanted->place && wanted->place->position.line &&
                          object_place(search->resource, wanted->place).file != file;
        if (is_written && wanted->kind == REQUIRE_VALUE && !label_index_count(labels, wanted->key, wanted->value))
            return wanted->place;
    }
    return search->selector;
}

static struct sighting *find_nothing(struct selector_search *search)
{
    struct judge *judge = search->judge;
    const char *what = search->field->services ? "Service" : "Pod template";
    struct sighting *sighting = judge_find(judge, object_place(search->resource, find_overriding_value(search)),
                                           "the selector of %.*s matches no %s",
                                           SLICE_ARGS(resource_shown(judge, search->resource)), what);
    if (sighting)
        sighting->level = LEVEL_WARNING;
    if (hint_wrong_template(search, sighting))
        return sighting;
    if (sighting && search->namespace.length && !search->field->services) {
        struct pod_list elsewhere = find_matching_pods(judge, search->objects, &search->wanted, (struct slice){0}, 1);
        if (elsewhere.count)
            sighting_hint(judge, sighting, "set the same namespace in both: %.*s is in '%.*s'",
                          SLICE_ARGS(resource_shown(judge, elsewhere.items[0]->resource)),
                          SLICE_ARGS(object_namespace(elsewhere.items[0]->resource)));
    }
    const struct pod *pod;
    const struct map_entry *near = sighting && !sighting->hint.length ? find_near_label(search, &pod) : NULL;
    if (near)
        sighting_hint(judge, sighting, "write `%.*s` to select %.*s",
                      SLICE_ARGS(label_text(&judge->scratch, near->key->text, node_text(near->value))),
                      SLICE_ARGS(resource_shown(judge, pod->resource)));
    else if (sighting && !sighting->hint.length && !search->field->services && judge_may_search(judge))
        hint_labels(search, sighting);
    return sighting;
}

static bool has_candidates(const struct selector_search *search)
{
    return search->field->services ? search->objects->services.count : search->objects->pods.count;
}

static void judge_selector(struct selector_search *search)
{
    struct judge *judge = search->judge;
    search->wanted = search->field->is_labels ? requirements_of_labels(judge, search->selector)
                                              : requirements_of_selector(judge, search->selector);
    leave_out_run_time(judge, &search->wanted);
    if (search->wanted.is_open || matches_any_candidate(search) || is_operated(search))
        return;
    const struct pod *nearly = find_nearly(search);
    // A build has only a few workloads in the namespaces of the cluster itself.
    if (!nearly && is_given_namespace(search->namespace))
        return;
    struct sighting *sighting = nearly ? find_typo(search, nearly) : find_nothing(search);
    sighting_about(judge, sighting, search->resource, search->field->path);
    sighting_selects(judge, sighting, search->field->services, &search->wanted, search->namespace);
}

// A ServiceMonitor names the namespaces of its Services itself.
static void judge_in_namespaces(struct selector_search *search)
{
    const struct node *chosen = field_at(search->resource->root, "spec.namespaceSelector");
    const struct node *names = field_get(chosen, "matchNames");
    bool is_monitor = slice_equals(search->resource->id.gvk.group->text, "monitoring.coreos.com");
    search->namespace = object_namespace(search->resource);
    if (is_monitor && slice_equals(field_text(chosen, "any"), "true"))
        search->namespace = (struct slice){0};
    if (is_monitor && node_is_sequence(names) && names->count)
        search->namespace = names->count == 1 && node_is_scalar(names->items[0]) ? node_text(names->items[0])
                                                                                 : (struct slice){0};
    judge_selector(search);
}

static void judge_object(struct selector_search *search)
{
    const struct node *root = search->resource->root;
    for (size_t i = 0; i < countof(selector_fields); i++) {
        search->field = &selector_fields[i];
        if (!is_kind(search->resource, search->field->group, search->field->kind))
            continue;
        search->selector = field_at(root, search->field->path);
        if (node_is_map(search->selector) && search->selector->count && has_candidates(search) &&
            !slice_equals(field_text(field_get(root, "spec"), "type"), "ExternalName"))
            judge_in_namespaces(search);
    }
}

static void offer_labels(struct judge *judge, const struct objects *objects)
{
    for (size_t i = 0; i < objects->pods.count; i++)
        judge_offer_labels(judge, false, objects->pods.items[i].resource, objects->pods.items[i].labels);
    for (size_t i = 0; i < objects->services.count; i++)
        judge_offer_labels(judge, true, objects->services.items[i],
                           field_at(objects->services.items[i]->root, "metadata.labels"));
}

static void find_unfitting(struct judge *judge)
{
    struct selector_search search = {.judge = judge, .objects = judge_objects(judge)};
    const struct resource_map *resources = search.objects->resources;
    for (size_t i = 0; i < resources->count; i++) {
        search.resource = resources->items[i];
        judge_object(&search);
    }
    if (judge_has_others(judge))
        offer_labels(judge, search.objects);
}

#define SERVICE(selector)                                                                                              \
    "resources: [web.yaml, service.yaml]\n"                                                                            \
    "--- web.yaml\n" WORKLOAD("web", "{app: web, tier: front}") "--- service.yaml\n"                                   \
                                                                "apiVersion: v1\n"                                     \
                                                                "kind: Service\n"                                      \
                                                                "metadata: {name: web}\n"                              \
                                                                "spec:\n"                                              \
                                                                "  ports: [{port: 80}]\n"                              \
                                                                "  selector: " selector "\n"

const struct rule selector_matches_nothing_rule = {
    .id = "selector-matches-nothing",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a selector matches no Pod, though the root has workloads",
    .why = "The Service has no endpoints, or the PodDisruptionBudget or NetworkPolicy protects nothing, and nothing "
           "reports it. The finding is an error if the template that fits best has all of the labels but one and, "
           "for that one, has another value or a similar key. Otherwise, it is a warning: the Pods may come from an "
           "operator. It is also a warning if the selector has only one label. List labels that are set at run time as "
           "`Label/KEY` or `Label/KEY=VALUE` under `check.external` in `.kiln.yaml`.",
    .remedy = "correct the labels",
    .found = SERVICE("{app: web, tier: frnt}"),
    .not_found = SERVICE("{app: web, statefulset.kubernetes.io/pod-name: web-0}"),
    .stream = find_unfitting,
};

// --- Selectors of workloads.

static void find_own_templates(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    struct workload workload;
    for (size_t i = 0; i < objects->pods.count; i++) {
        const struct pod *pod = &objects->pods.items[i];
        if (!read_workload(judge, pod, &workload))
            continue;
        size_t k = 0;
        while (k < workload.wanted.count && requirement_fits(&workload.wanted.items[k], pod->labels))
            k++;
        if (k < workload.wanted.count)
            report_template_mismatch(judge, objects, pod, &workload.wanted.items[k]);
    }
}

const struct rule selector_not_own_template_rule = {
    .id = "selector-not-own-template",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a workload's selector doesn't match its own template",
    .why = "The API server rejects the resource.",
    .remedy = "write the same labels in both places",
    .found = "resources: [web.yaml]\n"
             "--- web.yaml\n" WORKLOAD("web", "{app: wep}"),
    .not_found = "resources: [web.yaml]\n"
                 "--- web.yaml\n" WORKLOAD("web", "{app: web, tier: front}"),
    .stream = find_own_templates,
};

// --- Workloads with the same selector.

static int compare_requirements(const void *left, const void *right)
{
    const struct requirement *a = left, *b = right;
    int keys = slice_compare(a->key, b->key);
    return keys ? keys : slice_compare(a->value, b->value);
}

// Only for sorted labels.
static bool sort_labels(struct workload *workload)
{
    for (size_t i = 0; i < workload->wanted.count; i++)
        if (workload->wanted.items[i].kind != REQUIRE_VALUE)
            return false;
    qsort(workload->wanted.items, workload->wanted.count, sizeof *workload->wanted.items, compare_requirements);
    return true;
}

static uint64_t workload_hash(const struct workload *workload)
{
    uint64_t hash = slice_hash(object_namespace(workload->pod->resource));
    for (size_t i = 0; i < workload->wanted.count; i++)
        hash = hash_combine(hash, slice_hash_pair(workload->wanted.items[i].key, workload->wanted.items[i].value));
    return hash;
}

static bool is_same_selector(const struct workload *a, const struct workload *b)
{
    if (a->wanted.count != b->wanted.count ||
        !slice_equal(object_namespace(a->pod->resource), object_namespace(b->pod->resource)))
        return false;
    for (size_t i = 0; i < a->wanted.count; i++)
        if (compare_requirements(&a->wanted.items[i], &b->wanted.items[i]) != 0)
            return false;
    return true;
}

static const struct workload *find_same(const struct workload *workloads, const struct hash_index *index,
                                        const struct workload *workload)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(index, workload_hash(workload)); hash_cursor_next(&at, &number);)
        if (is_same_selector(&workloads[number], workload))
            return &workloads[number];
    return NULL;
}

static void find_overlaps(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    struct workload *workloads = arena_array(&judge->scratch, struct workload, objects->pods.count + 1);
    struct hash_index index = {0};
    for (size_t i = 0; i < objects->pods.count; i++) {
        struct workload *workload = &workloads[i];
        if (!read_workload(judge, &objects->pods.items[i], workload) || !sort_labels(workload))
            continue;
        const struct workload *same = find_same(workloads, &index, workload);
        if (!same) {
            hash_index_add(&judge->scratch, &index, workload_hash(workload), (uint32_t)i);
            continue;
        }
        const struct resource *resource = workload->pod->resource;
        struct sighting *sighting = judge_find(
            judge, object_place(resource, workload->selector), "%.*s has the same selector as %.*s",
            SLICE_ARGS(resource_shown(judge, resource)), SLICE_ARGS(resource_shown(judge, same->pod->resource)));
        sighting_about(judge, sighting, resource, "spec.selector");
    }
}

const struct rule selector_overlap_rule = {
    .id = "selector-overlap",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "two workloads in a namespace have the same selector",
    .why = "A Service, an autoscaler, or a PodDisruptionBudget can't tell their Pods apart, and one workload may "
           "adopt orphaned Pods or ReplicaSets of the other.",
    .remedy = "give each workload a label of its own",
    .found = "resources: [web.yaml, more.yaml]\n"
             "--- web.yaml\n" WORKLOAD("web", "{app: web}") "--- more.yaml\n" WORKLOAD("more", "{app: web}"),
    .not_found = "resources: [web.yaml, canary.yaml]\n"
                 "--- web.yaml\n" WORKLOAD("web", "{app: web}") "--- canary.yaml\n"
                                                                "apiVersion: apps/v1\n"
                                                                "kind: Deployment\n"
                                                                "metadata: {name: canary}\n"
                                                                "spec:\n"
                                                                "  selector: {matchLabels: {app: web, track: canary}}\n"
                                                                "  template:\n"
                                                                "    metadata: {labels: {app: web, track: canary}}\n"
                                                                "    spec: {containers: [{name: web, image: nginx}]}\n",
    .stream = find_overlaps,
};
