#include "schema/kind_order.h"

static const char *const first[] = {
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
};

static const char *const last[] = {
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
};

int kind_rank(struct slice kind)
{
    for (size_t i = 0; i < countof(first); i++)
        if (slice_equals(kind, first[i]))
            return (int)i - (int)countof(first);
    for (size_t i = 0; i < countof(last); i++)
        if (slice_equals(kind, last[i]))
            return 1 + (int)i;
    return 0;
}

// The parts of `group_version_kind`, to compare two such strings without building them.
enum { PIECES = 5 };

static void split(struct kind_key key, struct slice pieces[PIECES])
{
    pieces[0] = name_is_empty(key.group) ? slice_literal("~G") : key.group->text;
    pieces[1] = slice_literal("_");
    pieces[2] = name_is_empty(key.version) ? slice_literal("~V") : key.version->text;
    pieces[3] = slice_literal("_");
    pieces[4] = name_is_empty(key.kind) ? slice_literal("~K") : key.kind->text;
}

int kind_compare(struct kind_key a, struct kind_key b)
{
    struct slice x[PIECES], y[PIECES];
    split(a, x);
    split(b, y);
    size_t i = 0, k = 0;
    while (i < PIECES && k < PIECES) {
        size_t common = x[i].length < y[k].length ? x[i].length : y[k].length;
        int order = common ? memcmp(x[i].data, y[k].data, common) : 0;
        if (order)
            return order;
        x[i] = slice_from_index(x[i], common);
        y[k] = slice_from_index(y[k], common);
        i += x[i].length == 0;
        k += y[k].length == 0;
    }
    return (i < PIECES) - (k < PIECES);
}
