#include "schema/default_field_specs.h"

// The paths of Pods and Pod templates in the kinds that contain them.
#define IN_POD "spec/"
#define IN_POD_TEMPLATE "template/spec/"
#define IN_WORKLOAD "spec/template/spec/"
#define IN_CRON_JOB "spec/jobTemplate/spec/template/spec/"

static const struct default_spec metadata_name[] = {
    {"metadata/name", NULL, NULL, NULL, false},
};

static const struct default_spec namespace_specs[] = {
    {"metadata/name", "Namespace", NULL, NULL, true},
    {"spec/service/namespace", "APIService", "apiregistration.k8s.io", NULL, true},
    {"spec/conversion/webhook/clientConfig/service/namespace", "CustomResourceDefinition", "apiextensions.k8s.io", NULL,
     false},
};

// --- Labels and annotations.

// kustomize sets these labels before those of the selector. The order affects the hash of such a resource.
#define LABELS_BEFORE_SELECTOR                                                        \
    {"metadata/labels", NULL, NULL, NULL, true},                                      \
    {"spec/template/metadata/labels", "ReplicationController", NULL, "v1", true},     \
    {"spec/template/metadata/labels", "Deployment", NULL, NULL, true},                \
    {"spec/template/metadata/labels", "ReplicaSet", NULL, NULL, true},                \
    {"spec/template/metadata/labels", "DaemonSet", NULL, NULL, true}

#define LABELS_AFTER_SELECTOR                                                        \
    {"spec/template/metadata/labels", "StatefulSet", "apps", NULL, true},             \
    {"spec/template/metadata/labels", "Job", "batch", NULL, true},                    \
    {"spec/jobTemplate/metadata/labels", "CronJob", "batch", NULL, true},             \
    {"spec/jobTemplate/spec/template/metadata/labels", "CronJob", "batch", NULL, true}

#define CLAIM_LABELS {"spec/volumeClaimTemplates[]/metadata/labels", "StatefulSet", "apps", NULL, true}

#define AFFINITY_LABELS(affinity, kind)                                                                    \
    {IN_WORKLOAD "affinity/" affinity "/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/"  \
                 "labelSelector/matchLabels", kind, "apps", NULL, false},                                  \
    {IN_WORKLOAD "affinity/" affinity "/requiredDuringSchedulingIgnoredDuringExecution/"                   \
                 "labelSelector/matchLabels", kind, "apps", NULL, false}

#define SCHEDULING_LABELS(kind)                  \
    AFFINITY_LABELS("podAffinity", kind),        \
    AFFINITY_LABELS("podAntiAffinity", kind),    \
    {IN_WORKLOAD "topologySpreadConstraints/labelSelector/matchLabels", kind, "apps", NULL, false}

static const struct default_spec common_labels[] = {
    LABELS_BEFORE_SELECTOR,
    {"spec/selector", "Service", NULL, "v1", true},
    {"spec/selector", "ReplicationController", NULL, "v1", true},
    {"spec/selector/matchLabels", "Deployment", NULL, NULL, true},
    SCHEDULING_LABELS("Deployment"),
    {"spec/selector/matchLabels", "ReplicaSet", NULL, NULL, true},
    {"spec/selector/matchLabels", "DaemonSet", NULL, NULL, true},
    {"spec/selector/matchLabels", "StatefulSet", "apps", NULL, true},
    SCHEDULING_LABELS("StatefulSet"),
    {"spec/selector/matchLabels", "Job", "batch", NULL, false},
    {"spec/jobTemplate/spec/selector/matchLabels", "CronJob", "batch", NULL, false},
    {"spec/selector/matchLabels", "PodDisruptionBudget", "policy", NULL, false},
    {"spec/podSelector/matchLabels", "NetworkPolicy", "networking.k8s.io", NULL, false},
    {"spec/ingress/from/podSelector/matchLabels", "NetworkPolicy", "networking.k8s.io", NULL, false},
    {"spec/egress/to/podSelector/matchLabels", "NetworkPolicy", "networking.k8s.io", NULL, false},
    LABELS_AFTER_SELECTOR,
    CLAIM_LABELS,
};

static const struct default_spec template_labels[] = {LABELS_BEFORE_SELECTOR, LABELS_AFTER_SELECTOR};
static const struct default_spec template_labels_of_v5_8_1[] = {LABELS_BEFORE_SELECTOR, LABELS_AFTER_SELECTOR,
                                                                CLAIM_LABELS};
static const struct default_spec claim_labels[] = {CLAIM_LABELS};

static const struct default_spec common_annotations[] = {
    {"metadata/annotations", NULL, NULL, NULL, true},
    {"spec/template/metadata/annotations", "ReplicationController", NULL, "v1", true},
    {"spec/template/metadata/annotations", "Deployment", NULL, NULL, true},
    {"spec/template/metadata/annotations", "ReplicaSet", NULL, NULL, true},
    {"spec/template/metadata/annotations", "DaemonSet", NULL, NULL, true},
    {"spec/template/metadata/annotations", "StatefulSet", NULL, NULL, true},
    {"spec/template/metadata/annotations", "Job", "batch", NULL, true},
    {"spec/jobTemplate/metadata/annotations", "CronJob", "batch", NULL, true},
    {"spec/jobTemplate/spec/template/metadata/annotations", "CronJob", "batch", NULL, true},
};

// --- Images and replicas.

#define IMAGES                                                       \
    {IN_POD "containers[]/image", NULL, NULL, NULL, true},            \
    {IN_POD "initContainers[]/image", NULL, NULL, NULL, true},        \
    {IN_POD "volumes[]/image/reference", NULL, NULL, NULL, true},     \
    {IN_WORKLOAD "containers[]/image", NULL, NULL, NULL, true},       \
    {IN_WORKLOAD "initContainers[]/image", NULL, NULL, NULL, true},   \
    {IN_WORKLOAD "volumes[]/image/reference", NULL, NULL, NULL, true}

static const struct default_spec images_of_v5_8_1[] = {IMAGES};
static const struct default_spec images[] = {
    IMAGES,
    {IN_CRON_JOB "volumes[]/image/reference", NULL, NULL, NULL, true},
};

static const struct default_spec replicas[] = {
    {"spec/replicas", "Deployment", NULL, NULL, true},
    {"spec/replicas", "ReplicationController", NULL, NULL, true},
    {"spec/replicas", "ReplicaSet", NULL, NULL, true},
    {"spec/replicas", "StatefulSet", NULL, NULL, true},
};

// --- Variables.

#define CONTAINER_VARIABLES(pod, containers, kind)                      \
    {pod containers "/args", kind, NULL, NULL, false},                  \
    {pod containers "/command", kind, NULL, NULL, false},               \
    {pod containers "/env/value", kind, NULL, NULL, false},             \
    {pod containers "/volumeMounts/mountPath", kind, NULL, NULL, false}

#define POD_VARIABLES(pod, kind)                        \
    CONTAINER_VARIABLES(pod, "containers", kind),       \
    CONTAINER_VARIABLES(pod, "initContainers", kind)

#define WORKLOAD_VARIABLES(kind)            \
    POD_VARIABLES(IN_WORKLOAD, kind),       \
    {IN_WORKLOAD "volumes/nfs/server", kind, NULL, NULL, false}

static const struct default_spec var_references[] = {
    POD_VARIABLES(IN_CRON_JOB, "CronJob"),
    {"spec/jobTemplate/spec/template/volumes/nfs/server", "CronJob", NULL, NULL, false},
    WORKLOAD_VARIABLES("DaemonSet"),
    WORKLOAD_VARIABLES("Deployment"),
    {"spec/template/metadata/annotations", "Deployment", NULL, NULL, false},
    {"spec/rules/host", "Ingress", NULL, NULL, false},
    {"spec/tls/hosts", "Ingress", NULL, NULL, false},
    {"spec/tls/secretName", "Ingress", NULL, NULL, false},
    WORKLOAD_VARIABLES("Job"),
    POD_VARIABLES(IN_POD, "Pod"),
    {IN_POD "volumes/nfs/server", "Pod", NULL, NULL, false},
    WORKLOAD_VARIABLES("ReplicaSet"),
    {"spec/ports/port", "Service", NULL, NULL, false},
    {"spec/ports/targetPort", "Service", NULL, NULL, false},
    POD_VARIABLES(IN_WORKLOAD, "StatefulSet"),
    {"spec/volumeClaimTemplates/spec/nfs/server", "StatefulSet", NULL, NULL, false},
    {"spec/nfs/server", "PersistentVolume", NULL, NULL, false},
    {"metadata/labels", NULL, NULL, NULL, false},
    {"metadata/annotations", NULL, NULL, NULL, false},
};

#define SPECS(array) {(array), countof(array)}

static const struct default_specs newest[FIELD_SPECS_COUNT] = {
    [FIELD_SPECS_NAME_PREFIX] = SPECS(metadata_name),
    [FIELD_SPECS_NAME_SUFFIX] = SPECS(metadata_name),
    [FIELD_SPECS_NAMESPACE] = SPECS(namespace_specs),
    [FIELD_SPECS_COMMON_LABELS] = SPECS(common_labels),
    [FIELD_SPECS_TEMPLATE_LABELS] = SPECS(template_labels),
    [FIELD_SPECS_CLAIM_LABELS] = SPECS(claim_labels),
    [FIELD_SPECS_COMMON_ANNOTATIONS] = SPECS(common_annotations),
    [FIELD_SPECS_VAR_REFERENCE] = SPECS(var_references),
    [FIELD_SPECS_IMAGES] = SPECS(images),
    [FIELD_SPECS_REPLICAS] = SPECS(replicas),
};

struct default_specs default_field_specs(enum field_spec_list list, enum release release)
{
    if (release < RELEASE_V5_8_3 && list == FIELD_SPECS_TEMPLATE_LABELS)
        return (struct default_specs)SPECS(template_labels_of_v5_8_1);
    if (release < RELEASE_V5_8_3 && list == FIELD_SPECS_IMAGES)
        return (struct default_specs)SPECS(images_of_v5_8_1);
    return newest[list];
}

// --- Name references: fields that hold the name of a resource of another kind.

static const struct default_spec to_scale_targets[] = {
    {"spec/scaleTargetRef/name", "HorizontalPodAutoscaler", NULL, NULL, false},
};

#define CONFIG_MAPS_OF(pod, kind, version)                                                    \
    {pod "volumes/configMap/name", kind, NULL, version, false},                               \
    {pod "containers/env/valueFrom/configMapKeyRef/name", kind, NULL, version, false},        \
    {pod "initContainers/env/valueFrom/configMapKeyRef/name", kind, NULL, version, false},    \
    {pod "containers/envFrom/configMapRef/name", kind, NULL, version, false},                 \
    {pod "initContainers/envFrom/configMapRef/name", kind, NULL, version, false},             \
    {pod "volumes/projected/sources/configMap/name", kind, NULL, version, false}

static const struct default_spec to_config_maps[] = {
    CONFIG_MAPS_OF(IN_POD, "Pod", "v1"),
    CONFIG_MAPS_OF(IN_POD_TEMPLATE, "PodTemplate", NULL),
    CONFIG_MAPS_OF(IN_WORKLOAD, "Deployment", NULL),
    CONFIG_MAPS_OF(IN_WORKLOAD, "ReplicaSet", NULL),
    CONFIG_MAPS_OF(IN_WORKLOAD, "DaemonSet", NULL),
    CONFIG_MAPS_OF(IN_WORKLOAD, "StatefulSet", NULL),
    CONFIG_MAPS_OF(IN_WORKLOAD, "Job", NULL),
    CONFIG_MAPS_OF(IN_CRON_JOB, "CronJob", NULL),
    {"spec/configSource/configMap", "Node", NULL, NULL, false},
    {"rules/resourceNames", "Role", NULL, NULL, false},
    {"rules/resourceNames", "ClusterRole", NULL, NULL, false},
    {"metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap", "Ingress", NULL, NULL, false},
};

#define SECRETS_OF(pod, kind, version)                                                     \
    {pod "volumes/secret/secretName", kind, NULL, version, false},                         \
    {pod "containers/env/valueFrom/secretKeyRef/name", kind, NULL, version, false},        \
    {pod "initContainers/env/valueFrom/secretKeyRef/name", kind, NULL, version, false},    \
    {pod "containers/envFrom/secretRef/name", kind, NULL, version, false},                 \
    {pod "initContainers/envFrom/secretRef/name", kind, NULL, version, false},             \
    {pod "imagePullSecrets/name", kind, NULL, version, false},                             \
    {pod "volumes/projected/sources/secret/name", kind, NULL, version, false}

static const struct default_spec to_secrets[] = {
    SECRETS_OF(IN_POD, "Pod", "v1"),
    SECRETS_OF(IN_POD_TEMPLATE, "PodTemplate", NULL),
    SECRETS_OF(IN_WORKLOAD, "Deployment", NULL),
    SECRETS_OF(IN_WORKLOAD, "ReplicaSet", NULL),
    SECRETS_OF(IN_WORKLOAD, "DaemonSet", NULL),
    SECRETS_OF(IN_WORKLOAD, "StatefulSet", NULL),
    SECRETS_OF(IN_WORKLOAD, "Job", NULL),
    SECRETS_OF(IN_CRON_JOB, "CronJob", NULL),
    {"spec/tls/secretName", "Ingress", NULL, NULL, false},
    {"metadata/annotations/ingress.kubernetes.io\\/auth-secret", "Ingress", NULL, NULL, false},
    {"metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret", "Ingress", NULL, NULL, false},
    {"metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret", "Ingress", NULL, NULL, false},
    {"spec/tls/secretName", "Ingress", NULL, NULL, false},  // repeated as in kustomize: a second renaming step
    {"imagePullSecrets/name", "ServiceAccount", NULL, NULL, false},
    {"parameters/secretName", "StorageClass", NULL, NULL, false},
    {"parameters/adminSecretName", "StorageClass", NULL, NULL, false},
    {"parameters/userSecretName", "StorageClass", NULL, NULL, false},
    {"parameters/secretRef", "StorageClass", NULL, NULL, false},
    {"rules/resourceNames", "Role", NULL, NULL, false},
    {"rules/resourceNames", "ClusterRole", NULL, NULL, false},
    {IN_WORKLOAD "containers/env/valueFrom/secretKeyRef/name", "Service", "serving.knative.dev", "v1", false},
    {"spec/azureFile/secretName", "PersistentVolume", NULL, NULL, false},
};

static const struct default_spec to_services[] = {
    {"spec/serviceName", "StatefulSet", "apps", NULL, false},
    {"spec/rules/http/paths/backend/serviceName", "Ingress", NULL, NULL, false},
    {"spec/backend/serviceName", "Ingress", NULL, NULL, false},
    {"spec/rules/http/paths/backend/service/name", "Ingress", NULL, NULL, false},
    {"spec/defaultBackend/service/name", "Ingress", NULL, NULL, false},
    {"spec/service/name", "APIService", "apiregistration.k8s.io", NULL, false},
    {"webhooks/clientConfig/service", "ValidatingWebhookConfiguration", "admissionregistration.k8s.io", NULL, false},
    {"webhooks/clientConfig/service", "MutatingWebhookConfiguration", "admissionregistration.k8s.io", NULL, false},
};

#define RBAC "rbac.authorization.k8s.io"

static const struct default_spec to_roles[] = {
    {"roleRef/name", "RoleBinding", RBAC, NULL, false},
};

static const struct default_spec to_cluster_roles[] = {
    {"roleRef/name", "RoleBinding", RBAC, NULL, false},
    {"roleRef/name", "ClusterRoleBinding", RBAC, NULL, false},
};

// A field of the Pod in all kinds with Pods.
#define IN_ALL_WORKLOADS(field)                                           \
    {IN_POD field, "Pod", NULL, NULL, false},                             \
    {IN_WORKLOAD field, "StatefulSet", NULL, NULL, false},                \
    {IN_WORKLOAD field, "Deployment", NULL, NULL, false},                 \
    {IN_WORKLOAD field, "ReplicationController", NULL, NULL, false},      \
    {IN_CRON_JOB field, "CronJob", NULL, NULL, false},                    \
    {IN_WORKLOAD field, "Job", NULL, NULL, false},                        \
    {IN_WORKLOAD field, "DaemonSet", NULL, NULL, false}

static const struct default_spec to_service_accounts[] = {
    {"subjects", "RoleBinding", RBAC, NULL, false},
    {"subjects", "ClusterRoleBinding", RBAC, NULL, false},
    IN_ALL_WORKLOADS("serviceAccountName"),
};

static const struct default_spec to_volume_claims[] = {
    IN_ALL_WORKLOADS("volumes/persistentVolumeClaim/claimName"),
};

static const struct default_spec to_volumes[] = {
    {"spec/volumeName", "PersistentVolumeClaim", NULL, NULL, false},
    {"rules/resourceNames", "ClusterRole", NULL, NULL, false},
};

static const struct default_spec to_storage_classes[] = {
    {"spec/storageClassName", "PersistentVolume", NULL, NULL, false},
    {"spec/storageClassName", "PersistentVolumeClaim", NULL, NULL, false},
    {"spec/volumeClaimTemplates/spec/storageClassName", "StatefulSet", NULL, NULL, false},
};

static const struct default_spec to_priority_classes[] = {
    IN_ALL_WORKLOADS("priorityClassName"),
};

static const struct default_spec to_ingress_classes[] = {
    {"spec/ingressClassName", "Ingress", NULL, NULL, false},
};

static const struct default_spec to_admission_policies[] = {
    {"spec/policyName", "ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io", NULL, false},
};

const struct default_reference default_name_references[] = {
    {"Deployment", NULL, NULL, SPECS(to_scale_targets)},
    {"ReplicationController", NULL, NULL, SPECS(to_scale_targets)},
    {"ReplicaSet", NULL, NULL, SPECS(to_scale_targets)},
    {"StatefulSet", NULL, NULL, SPECS(to_scale_targets)},
    {"ConfigMap", NULL, "v1", SPECS(to_config_maps)},
    {"Secret", NULL, "v1", SPECS(to_secrets)},
    {"Service", NULL, "v1", SPECS(to_services)},
    {"Role", RBAC, NULL, SPECS(to_roles)},
    {"ClusterRole", RBAC, NULL, SPECS(to_cluster_roles)},
    {"ServiceAccount", NULL, "v1", SPECS(to_service_accounts)},
    {"PersistentVolumeClaim", NULL, "v1", SPECS(to_volume_claims)},
    {"PersistentVolume", NULL, "v1", SPECS(to_volumes)},
    {"StorageClass", "storage.k8s.io", "v1", SPECS(to_storage_classes)},
    {"PriorityClass", "scheduling.k8s.io", "v1", SPECS(to_priority_classes)},
    // No resource has this group, so this one never matches, as in kustomize.
    {"IngressClass", "networking.k8s.io/v1", "v1", SPECS(to_ingress_classes)},
    {"ValidatingAdmissionPolicy", "admissionregistration.k8s.io", NULL, SPECS(to_admission_policies)},
};
const size_t default_name_reference_count = countof(default_name_references);
