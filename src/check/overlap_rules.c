// check/overlap_rules.c
//
// PodDisruptionBudgets and HorizontalPodAutoscalers, of which Kubernetes supports only one for each workload.
#include <stdlib.h>

#include "check/label_match.h"
#include "check/visits.h"

// A budget or an autoscaler, and the field that says what it applies to.
struct claim {
    const struct resource *resource;
    const struct node *field;
    const struct resource *target;  // of an autoscaler
};

static int compare_serials(const void *left, const void *right)
{
    const struct resource *const *a = left, *const *b = right;
    return ((*a)->serial > (*b)->serial) - ((*a)->serial < (*b)->serial);
}

// In the order in which the build read them, so that the one that comes later is reported.
static struct resource_list list_kind(struct judge *judge, const char *group, const char *kind)
{
    const struct resource_map *resources = judge_objects(judge)->resources;
    struct resource_list list = {0};
    for (size_t i = 0; i < resources->count; i++)
        if (is_kind(resources->items[i], group, kind))
            list_append(&judge->scratch, &list, resources->items[i]);
    if (list.count)
        qsort(list.items, list.count, sizeof(struct resource *), compare_serials);
    return list;
}

// The same object in two versions of its API is not a second one.
static bool is_second(const struct claim *first, const struct resource *resource)
{
    return first->resource && first->resource->id.name != resource->id.name;
}

// Finds the workload of one of the kinds of a group whose name begins the resource's own: "web-api" for "web-api-hpa",
// if there is one, with the prefix and the suffix that the build has added. NULL: there is none.
static const struct resource *find_namesake(struct judge *judge, const struct resource *resource, struct slice group,
                                            const struct slice *kinds, size_t kind_count)
{
    enum { NAME_LENGTH_MAX = 253 };
    const struct objects *objects = judge_objects(judge);
    struct slice final = resource->id.name->text, name = resource_original_id(resource).name->text;
    struct slice namespace = object_namespace(resource);
    size_t at = slice_find(final, name);
    if (at == SLICE_NOT_FOUND || final.length > NAME_LENGTH_MAX)
        return NULL;
    struct slice prefix = slice_part(final, 0, at), suffix = slice_from_index(final, at + name.length);
    for (size_t length = name.length; length > 0; length--) {
        if (length < name.length && name.data[length] != '-')
            continue;
        struct slice wanted = arena_format(&judge->scratch, "%.*s%.*s%.*s", SLICE_ARGS(prefix), (int)length, name.data,
                                           SLICE_ARGS(suffix));
        for (size_t i = 0; i < kind_count; i++) {
            const struct resource *found = objects_find(objects, kinds[i], wanted, namespace);
            if (found && slice_equal(object_namespace(found), namespace) &&
                slice_equal(found->id.gvk.group->text, group) && !is_defined_above(judge, resource, found))
                return found;
        }
    }
    return NULL;
}

// If the first one was meant for another workload, it is reported, and the second one is the first from now on.
static void blame_first(struct claim *first, struct claim *reported)
{
    const struct claim second = *reported;
    *reported = *first;
    *first = second;
}

// "did you mean Deployment 'api'? If not, ". Empty if `meant` is NULL. `what` comes before the name: "to select the
// Pods of ".
static struct slice question(struct judge *judge, const struct sighting *sighting, const struct resource *meant,
                             const char *what)
{
    if (!sighting || !meant)
        return (struct slice){0};
    struct slice shown = resource_in_file(judge, sighting->position.file, meant);
    return arena_format(&judge->scratch, "did you mean %s%.*s? If not, ", what, SLICE_ARGS(shown));
}

static struct slice place_of(struct judge *judge, const struct sighting *sighting, const struct claim *claim)
{
    return sighting_other_place(judge, sighting, object_place(claim->resource, claim->field));
}

// --- Budgets.

// False if the match could depend on a label that the template doesn't have, such as one set at run time.
static bool surely_fits(const struct requirements *wanted, const struct node *labels)
{
    for (size_t i = 0; i < wanted->count; i++) {
        const struct requirement *requirement = &wanted->items[i];
        const struct node *value = label_find(labels, requirement->key);
        if (!value || is_placeholder(node_text(value)) || !requirement_fits(requirement, labels))
            return false;
        const struct node *values = requirement->values;
        for (uint32_t k = 0; node_is_sequence(values) && k < values->count; k++)
            if (!node_is_scalar(values->items[k]) || is_placeholder(node_text(values->items[k])))
                return false;
    }
    return true;
}

struct budget_search {
    struct judge *judge;
    const struct objects *objects;
    struct resource_list budgets;
    struct claim *first_claims;  // for each Pod, the first budget that selects it
};

static bool selects(struct judge *judge, const struct resource *budget, const struct node *labels)
{
    struct requirements wanted = requirements_of_selector(judge, field_at(budget->root, "spec.selector"));
    return wanted.is_open || requirements_fit(&wanted, labels);
}

// The workload that the budget was probably meant for: it has the budget's name, and no budget selects its Pods. NULL:
// there is none.
static const struct resource *find_unselected(const struct budget_search *search, const struct resource *budget)
{
    const struct slice kinds[] = {slice_literal("Deployment"), slice_literal("StatefulSet"),
                                  slice_literal("DaemonSet")};
    const struct resource *found = find_namesake(search->judge, budget, slice_literal("apps"), kinds, countof(kinds));
    struct pod pod;
    if (!found || !pod_of(found, &pod))
        return NULL;
    for (size_t i = 0; i < search->budgets.count; i++)
        if (namespaces_overlap(object_namespace(search->budgets.items[i]), object_namespace(found)) &&
            selects(search->judge, search->budgets.items[i], pod.labels))
            return NULL;
    return found;
}

static void report_budget(const struct budget_search *search, const struct claim *second, const struct pod *pod,
                          struct claim *first)
{
    struct judge *judge = search->judge;
    struct claim reported = *second;
    bool may_search = judge_may_search(judge);
    const struct resource *meant = may_search ? find_unselected(search, second->resource) : NULL;
    if (may_search && !meant && (meant = find_unselected(search, first->resource)))
        blame_first(first, &reported);
    bool is_pod = is_kind(pod->resource, "", "Pod");
    struct sighting *sighting = judge_find(judge, object_place(reported.resource, reported.field),
                                           "%s%.*s %s already selected by %.*s", is_pod ? "" : "the Pods of ",
                                           SLICE_ARGS(resource_shown(judge, pod->resource)), is_pod ? "is" : "are",
                                           SLICE_ARGS(resource_shown(judge, first->resource)));
    sighting_about(judge, sighting, reported.resource, "spec.selector");
    struct slice start = question(judge, sighting, meant, "to select the Pods of ");
    struct slice where = place_of(judge, sighting, first);
    sighting_hint(judge, sighting, "%.*s%sremove %s%.*s", SLICE_ARGS(start), meant ? "" : "select other Pods, or ",
                  where.length ? "this budget or the budget " : "one of the two budgets", SLICE_ARGS(where));
}

static void judge_budget(struct budget_search *search, const struct resource *resource)
{
    struct judge *judge = search->judge;
    const struct claim budget = {resource, field_at(resource->root, "spec.selector"), NULL};
    struct slice namespace = object_namespace(resource);
    if (!node_is_map(budget.field))
        return;
    struct requirements wanted = requirements_of_selector(judge, budget.field);
    // In v1beta1, an empty selector selects nothing.
    if (wanted.is_open || (!wanted.count && !slice_equals(resource->id.gvk.version->text, "v1")))
        return;
    struct pod_list found = find_matching_pods(judge, search->objects, &wanted, namespace, SIZE_MAX);
    bool is_reported = false;
    for (size_t i = 0; i < found.count; i++) {
        const struct pod *pod = found.items[i];
        struct claim *first = &search->first_claims[pod - search->objects->pods.items];
        if (!slice_equal(object_namespace(pod->resource), namespace) || !surely_fits(&wanted, pod->labels))
            continue;
        if (is_second(first, resource) && !is_reported) {
            report_budget(search, &budget, pod, first);
            is_reported = true;
        }
        if (!first->resource)
            *first = budget;
    }
}

static void find_second_budgets(struct judge *judge)
{
    struct budget_search search = {.judge = judge, .objects = judge_objects(judge)};
    search.budgets = list_kind(judge, "policy", "PodDisruptionBudget");
    search.first_claims = arena_array(&judge->scratch, struct claim, search.objects->pods.count + 1);
    for (size_t i = 0; i < search.budgets.count; i++)
        judge_budget(&search, search.budgets.items[i]);
}

#define WEB                                                                                                            \
    "apiVersion: apps/v1\n"                                                                                            \
    "kind: Deployment\n"                                                                                               \
    "metadata: {name: web}\n"                                                                                          \
    "spec:\n"                                                                                                          \
    "  selector: {matchLabels: {app: web}}\n"                                                                          \
    "  template:\n"                                                                                                    \
    "    metadata: {labels: {app: web, tier: front}}\n"                                                                \
    "    spec: {containers: [{name: web, image: nginx}]}\n"

#define BUDGET(name, labels)                                                                                           \
    "apiVersion: policy/v1\n"                                                                                          \
    "kind: PodDisruptionBudget\n"                                                                                      \
    "metadata: {name: " name "}\n"                                                                                     \
    "spec:\n"                                                                                                          \
    "  minAvailable: 1\n"                                                                                              \
    "  selector: {matchLabels: " labels "}\n"

const struct rule pdb_overlap_rule = {
    .id = "pdb-overlap",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "two PodDisruptionBudgets select the same Pods",
    .why = "The API server refuses to evict a Pod that more than one PodDisruptionBudget selects, so nobody can drain "
           "its node. kiln reports two budgets only if both select the Pods of the same workload in the build.",
    .remedy = "select other Pods, or remove one of the two budgets",
    .found = "resources: [web.yaml, budgets.yaml]\n"
             "--- web.yaml\n" WEB
             "--- budgets.yaml\n" BUDGET("web", "{app: web}") "---\n" BUDGET("front", "{tier: front}"),
    .not_found = "resources: [web.yaml, budgets.yaml]\n"
                 "--- web.yaml\n" WEB "--- budgets.yaml\n" BUDGET("web", "{app: web}"),
    .stream = find_second_budgets,
};

// --- Autoscalers.

struct autoscaler_search {
    struct judge *judge;
    const struct objects *objects;
    struct resource_list autoscalers;
    struct {
        struct claim *items;
        size_t count, capacity;
    } seen;
    struct hash_index by_target;
};

// The object that an autoscaler scales; NULL: the build doesn't have it.
static const struct resource *find_target(const struct autoscaler_search *search, const struct resource *autoscaler,
                                          const struct node *reference)
{
    struct slice namespace = object_namespace(autoscaler), api_version = field_text(reference, "apiVersion");
    struct gvk wanted;
    gvk_from_api_version(search->judge->build->names, api_version, &wanted);
    const struct resource *target = objects_find(search->objects, field_text(reference, "kind"),
                                                 field_text(reference, "name"), namespace);
    bool fits = target && slice_equal(object_namespace(target), namespace) &&
                (!api_version.length || target->id.gvk.group == wanted.group);
    return fits ? target : NULL;
}

static uint64_t target_hash(const struct resource *target)
{
    return object_id_hash(target->id.gvk.kind->text, target->id.name->text, object_namespace(target));
}

static struct claim *find_first(const struct autoscaler_search *search, const struct resource *target)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&search->by_target, target_hash(target));
         hash_cursor_next(&at, &number);)
        if (search->seen.items[number].target == target)
            return &search->seen.items[number];
    return NULL;
}

// The workload that the autoscaler was probably meant for: it has the autoscaler's name, and nothing scales it. NULL:
// there is none.
static const struct resource *find_unscaled(const struct autoscaler_search *search, const struct resource *autoscaler,
                                            const struct gvk *gvk)
{
    const struct resource *found = find_namesake(search->judge, autoscaler, gvk->group->text, &gvk->kind->text, 1);
    for (size_t i = 0; found && i < search->autoscalers.count; i++) {
        const struct resource *other = search->autoscalers.items[i];
        if (find_target(search, other, field_at(other->root, "spec.scaleTargetRef")) == found)
            return NULL;
    }
    return found;
}

static void report_autoscaler(const struct autoscaler_search *search, const struct claim *second, struct claim *first)
{
    struct judge *judge = search->judge;
    const struct resource *target = first->target;
    struct claim reported = *second;
    bool may_search = judge_may_search(judge);
    const struct resource *meant = may_search ? find_unscaled(search, second->resource, &target->id.gvk) : NULL;
    if (may_search && !meant && (meant = find_unscaled(search, first->resource, &target->id.gvk)))
        blame_first(first, &reported);
    struct sighting *sighting = judge_find(judge, object_place(reported.resource, reported.field),
                                           "%.*s is already scaled by %.*s", SLICE_ARGS(resource_shown(judge, target)),
                                           SLICE_ARGS(resource_shown(judge, first->resource)));
    sighting_about(judge, sighting, reported.resource, "spec.scaleTargetRef");
    struct slice start = question(judge, sighting, meant, ""), where = place_of(judge, sighting, first);
    sighting_hint(judge, sighting, "%.*scombine the metrics of both autoscalers in one%s%.*s", SLICE_ARGS(start),
                  where.length ? ": the other autoscaler is " : "", SLICE_ARGS(where));
}

static void judge_autoscaler(struct autoscaler_search *search, const struct resource *resource)
{
    struct judge *judge = search->judge;
    struct claim autoscaler = {.resource = resource, .field = field_at(resource->root, "spec.scaleTargetRef")};
    autoscaler.target = find_target(search, resource, autoscaler.field);
    struct claim *first = autoscaler.target ? find_first(search, autoscaler.target) : NULL;
    if (autoscaler.target && !first) {
        hash_index_add(&judge->scratch, &search->by_target, target_hash(autoscaler.target),
                       (uint32_t)search->seen.count);
        list_append(&judge->scratch, &search->seen, autoscaler);
    } else if (first && is_second(first, resource)) {
        report_autoscaler(search, &autoscaler, first);
    }
}

static void find_second_autoscalers(struct judge *judge)
{
    struct autoscaler_search search = {.judge = judge, .objects = judge_objects(judge)};
    search.autoscalers = list_kind(judge, "autoscaling", "HorizontalPodAutoscaler");
    for (size_t i = 0; i < search.autoscalers.count; i++)
        judge_autoscaler(&search, search.autoscalers.items[i]);
}

#define AUTOSCALER(name)                                                                                               \
    "apiVersion: autoscaling/v2\n"                                                                                     \
    "kind: HorizontalPodAutoscaler\n"                                                                                  \
    "metadata: {name: " name "}\n"                                                                                     \
    "spec:\n"                                                                                                          \
    "  maxReplicas: 5\n"                                                                                               \
    "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"

const struct rule hpa_same_target_rule = {
    .id = "hpa-same-target",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "two HorizontalPodAutoscalers scale the same workload",
    .why = "Depending on the release of Kubernetes, each one undoes what the other does, or neither scales the "
           "workload.",
    .remedy = "combine the metrics of both in one autoscaler",
    .found = "resources: [web.yaml, autoscalers.yaml]\n"
             "--- web.yaml\n" WEB "--- autoscalers.yaml\n" AUTOSCALER("web") "---\n" AUTOSCALER("more"),
    .not_found = "resources: [web.yaml, autoscalers.yaml]\n"
                 "--- web.yaml\n" WEB "--- autoscalers.yaml\n" AUTOSCALER("web"),
    .stream = find_second_autoscalers,
};
