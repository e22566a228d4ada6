#include "cfg/format.h"

#include <stdlib.h>

// The order follows the table of field names in kyaml v0.21. For a name that is listed twice, the later place is used.
static const char *const ranked[] = {
    "name",
    "generateName",
    "namespace",
    "clusterName",
    "apiVersion",
    "kind",
    "metadata",
    "type",
    "labels",
    "annotations",
    "spec",
    "status",
    "stringData",
    "data",
    "binaryData",
    "parallelism",
    "completions",
    "backoffLimit",
    "replicas",
    "selector",
    "manualSelector",
    "template",
    "ttlSecondsAfterFinished",
    "volumeClaimTemplates",
    "service",
    "serviceName",
    "podManagementPolicy",
    "updateStrategy",
    "strategy",
    "minReadySeconds",
    "revision",
    "revisionHistoryLimit",
    "paused",
    "progressDeadlineSeconds",
    "restartPolicy",
    "terminationGracePeriodSeconds",
    "activeDeadlineSeconds",
    "dnsPolicy",
    "serviceAccountName",
    "serviceAccount",
    "automountServiceAccountToken",
    "nodeName",
    "hostNetwork",
    "hostPID",
    "hostIPC",
    "shareProcessNamespace",
    "hostname",
    "subdomain",
    "schedulerName",
    "priorityClassName",
    "priority",
    "runtimeClassName",
    "enableServiceLinks",
    "nodeSelector",
    "hostAliases",
    "initContainers",
    "containers",
    "volumes",
    "imagePullSecrets",
    "affinity",
    "tolerations",
    "dnsConfig",
    "readinessGates",
    "image",
    "command",
    "args",
    "workingDir",
    "ports",
    "envFrom",
    "env",
    "resources",
    "volumeMounts",
    "volumeDevices",
    "livenessProbe",
    "readinessProbe",
    "lifecycle",
    "terminationMessagePath",
    "terminationMessagePolicy",
    "imagePullPolicy",
    "securityContext",
    "stdin",
    "stdinOnce",
    "tty",
    "clusterIP",
    "externalIPs",
    "loadBalancerIP",
    "loadBalancerSourceRanges",
    "externalName",
    "externalTrafficPolicy",
    "sessionAffinity",
    "protocol",
    "port",
    "targetPort",
    "hostPort",
    "containerPort",
    "hostIP",
    "readOnly",
    "mountPath",
    "subPath",
    "subPathExpr",
    "mountPropagation",
    "value",
    "valueFrom",
    "fieldRef",
    "resourceFieldRef",
    "configMapKeyRef",
    "secretKeyRef",
    "prefix",
    "configMapRef",
    "secretRef",
};

unsigned format_rank(struct slice name)
{
    for (unsigned i = 0; i < countof(ranked); i++)
        if (slice_equals(name, ranked[i]))
            return i + 1;
    return 0;
}

// --- Maps.

struct entry {
    struct tree *key, *value;
    unsigned rank;
    uint32_t place;
};

static int compare_places(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_entries(const void *first, const void *second)
{
    const struct entry *a = first, *b = second;
    if (a->rank != b->rank)
        return !b->rank || (a->rank && a->rank < b->rank) ? -1 : 1;
    int order = a->rank ? 0 : slice_compare(a->key->text, b->key->text);
    return order ? order : compare_places(a->place, b->place);
}

static void sort_map(struct arena *arena, struct tree *map)
{
    uint32_t count = map->count / 2;
    struct entry *entries = arena_array(arena, struct entry, count);
    for (uint32_t i = 0; i < count; i++) {
        struct tree *key = map->items[2 * i];
        entries[i] = (struct entry){key, map->items[2 * i + 1], format_rank(key->text), i};
    }
    if (count)
        qsort(entries, count, sizeof *entries, compare_entries);
    for (uint32_t i = 0; i < count; i++) {
        map->items[2 * i] = entries[i].key;
        map->items[2 * i + 1] = entries[i].value;
    }
}

// --- Lists.

struct element {
    struct tree *node;
    struct slice by;
    uint32_t place;
};

static int compare_elements(const void *first, const void *second)
{
    const struct element *a = first, *b = second;
    int order = slice_compare(a->by, b->by);
    return order ? order : compare_places(a->place, b->place);
}

// Sorts by a field of the elements, or by the elements themselves if `field` is NULL.
static void sort_list(struct arena *arena, struct tree *list, const char *field)
{
    struct element *elements = arena_array(arena, struct element, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        struct tree *node = list->items[i];
        const struct tree *value = field ? tree_get(node, slice_from(field)) : node;
        elements[i] = (struct element){node, value ? value->text : (struct slice){0}, i};
    }
    if (list->count)
        qsort(elements, list->count, sizeof *elements, compare_elements);
    for (uint32_t i = 0; i < list->count; i++)
        list->items[i] = elements[i].node;
}

static bool is_among(struct slice text, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equals(text, texts[i]))
            return true;
    return false;
}

static bool has_free_lists(struct slice kind, struct slice api_version)
{
    static const char *const kinds[] = {
        "CronJob", "DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet", "ValidatingWebhookConfiguration"};
    static const char *const versions[] = {
        "apps/v1",       "apps/v1beta1",       "apps/v1beta2", "batch/v1",
        "batch/v1beta1", "extensions/v1beta1", "v1",           "admissionregistration.k8s.io/v1"};
    return is_among(kind, kinds, countof(kinds)) && is_among(api_version, versions, countof(versions));
}

// --- Trees.

struct formatter {
    struct arena *arena;
    bool sorts_lists;
};

static void format(struct formatter *formatter, struct tree *node, struct slice path)
{
    if (node->kind == TREE_MAP)
        sort_map(formatter->arena, node);
    if (node->kind == TREE_SEQUENCE && formatter->sorts_lists) {
        if (slice_equals(path, ".spec.template.spec.containers"))
            sort_list(formatter->arena, node, "name");
        else if (slice_equals(path, ".webhooks.rules.operations"))
            sort_list(formatter->arena, node, NULL);
    }
    for (uint32_t i = 0; i < node->count; i++) {
        bool is_value = node->kind == TREE_MAP && i % 2;
        struct slice below = path;
        if (is_value && formatter->sorts_lists)
            below = arena_format(formatter->arena, "%.*s.%.*s", SLICE_ARGS(path), SLICE_ARGS(node->items[i - 1]->text));
        format(formatter, node->items[i], below);
    }
}

// Decides whether the object must be formatted. False: diagnosed.
static bool read_choice(struct cfg *cfg, const struct tree *root, bool *wanted)
{
    struct tree *metadata, *annotations = NULL, *choice = NULL, *kind = NULL, *api_version = NULL;
    *wanted = false;
    if (!cfg_look_up(cfg, root, slice_literal("metadata"), &metadata) ||
        !cfg_look_up(cfg, metadata, slice_literal("annotations"), &annotations) ||
        !cfg_look_up(cfg, annotations, slice_literal("config.kubernetes.io/formatting"), &choice) ||
        !cfg_look_up(cfg, root, slice_literal("kind"), &kind) ||
        !cfg_look_up(cfg, root, slice_literal("apiVersion"), &api_version))
        return false;
    if (choice && slice_equals(choice->text, "none"))
        return true;
    if (choice && !slice_equals(choice->text, "standard"))
        return diagnose(cfg->diagnostics, choice->position,
                        "the annotation config.kubernetes.io/formatting must be 'standard' or 'none', not '%.*s'",
                        SLICE_ARGS(choice->text));
    *wanted = kind && api_version;
    return true;
}

bool format_objects(struct cfg *cfg, const struct tree_documents *objects)
{
    for (size_t i = 0; i < objects->count; i++) {
        struct tree *root = objects->items[i]->root;
        bool wanted;
        if (!read_choice(cfg, root, &wanted))
            return false;
        if (!wanted)
            continue;
        struct formatter formatter = {cfg->arena, has_free_lists(tree_get(root, slice_literal("kind"))->text,
                                                                 tree_get(root, slice_literal("apiVersion"))->text)};
        format(&formatter, root, (struct slice){0});
    }
    return true;
}
