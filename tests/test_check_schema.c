// `kiln check`: validation against the schemas of Kubernetes, of CustomResourceDefinitions, and of files.
#include "tests/call.h"

#include <string.h>

static struct slice check(struct world *world, const char *flags)
{
    return call(world, arena_format(&world->arena, "check %s", flags).data);
}

static void expect_finding(struct world *world, const char *flags, const char *part)
{
    expect_contains(check(world, flags), part);
}

static void write_objects(struct world *world, const char *objects)
{
    world_write(world, "repo/kustomization.yaml", "resources: [all.yaml]\n");
    world_write(world, "repo/all.yaml", objects);
}

#define RELEASE "--kube-version 1.36 "

// --- Built-in kinds.

#define POD(fields)                                                                                                    \
    "apiVersion: v1\n"                                                                                                 \
    "kind: Pod\n"                                                                                                      \
    "metadata: {name: web}\n"                                                                                          \
    "spec:\n"                                                                                                          \
    "  containers:\n"                                                                                                  \
    "  - name: main\n"                                                                                                 \
    "    image: nginx\n" fields

static void expect_pod(struct world *world, const char *fields, const char *part)
{
    write_objects(world, arena_format(&world->arena, POD("%s"), fields).data);
    expect_finding(world, RELEASE, part);
}

static void expect_fine(struct world *world, const char *flags, const char *objects)
{
    write_objects(world, objects);
    struct slice said = check(world, flags);
    expect_absent(said, "[schema-");
    expect_absent(said, "[quantity-");
    expect_absent(said, "[type-");
    expect_absent(said, "[api-");
}

static void seven_mistakes_in_one_deployment_are_found(void **state)
{
    struct world *world = *state;
    write_objects(world, "apiVersion: apps/v1\n"
                         "kind: Deployment\n"
                         "metadata: {name: web}\n"
                         "spec:\n"
                         "  replicas: \"3\"\n"
                         "  selector: {matchLabels: {app: web}}\n"
                         "  template:\n"
                         "    metadata: {labels: {app: web}}\n"
                         "    spec:\n"
                         "      restartPolicy: Allways\n"
                         "      containers:\n"
                         "      - name: main\n"
                         "        image: nginx\n"
                         "        livenesProbe: {httpGet: {port: 80}}\n"
                         "        env: [{name: A, value: 1}]\n"
                         "        ports: [{containerPort: 80, protocol: tcp}]\n"
                         "        resources: {requests: {memory: 12Q}}\n"
                         "      - {name: main, image: nginx}\n");
    struct slice said = check(world, RELEASE);
    expect_contains(said, "all.yaml:5:13: error: expected an integer, but '3' is a string [schema-type]");
    expect_contains(said, "hint: write it without quotes");
    expect_contains(said, "all.yaml:10:22: error: 'Allways' is not one of Always, OnFailure, Never [schema-enum]");
    expect_contains(said, "all.yaml:14:9: error: unknown field 'livenesProbe' [schema-unknown-field]");
    expect_contains(said, "hint: did you mean 'livenessProbe'?");
    expect_contains(said, "all.yaml:15:32: error: expected a string, but '1' is an integer [schema-type]");
    expect_contains(said, "hint: write it in quotes: \"1\"");
    expect_contains(said, "error: 'tcp' is not one of TCP, UDP, SCTP [schema-enum]");
    expect_contains(said, "all.yaml:17:40: error: '12Q' is not a quantity [quantity-invalid]");
    expect_contains(said, "[duplicate-name]");
    expect_contains(said, "in Deployment/web spec.template.spec.containers[0].env[0].value");
    expect_contains(
        said, "7 errors, 0 warnings in 1 root (1 resource), checked against the API of Kubernetes 1.36\nstatus 1");
    expect_absent(check(world, "--no-schema"), "Kubernetes");
    expect_absent(check(world, "--no-schema"), "[schema-");
    expect_absent(check(world, "--rules -schema-enum"), "[schema-enum]");
}

static void quantities_are_numbers_or_strings(void **state)
{
    struct world *world = *state;
    static const char *const right[] = {"1",  "500m", "\"0.5\"", "0.5",  "1e3",  "12E", "12Ei", "1.5Gi",
                                        "-1", "+1k",  "5.",      ".5Mi", "100n", "1u",  "2E2",  "0"};
    static const char *const wrong[] = {"12Q", "1 Gi", "''", "Gi", "1K", "1mi", "1.2.3", "e3", "1e", "0x10M"};
    for (size_t i = 0; i < countof(right); i++)
        expect_fine(world, RELEASE,
                    arena_format(&world->arena, POD("    resources: {limits: {cpu: %s}}\n"), right[i]).data);
    for (size_t i = 0; i < countof(wrong); i++)
        expect_pod(world, arena_format(&world->arena, "    resources: {limits: {cpu: %s}}\n", wrong[i]).data,
                   "[quantity-invalid]");
    expect_pod(world, "    resources: {limits: {cpu: true}}\n", "expected a quantity, but 'true' is a boolean");
}

static void numbers_with_an_anchor_or_a_tag_are_not_vars(void **state)
{
    struct world *world = *state;
    expect_pod(world, "    env: [{name: A, value: &a 1}]\n", "expected a string, but '1' is an integer [schema-type]");
    expect_pod(world, "    env: [{name: A, value: !!int \"1\"}]\n", "but '1' is an integer [schema-type]");
}

static void ports_are_integers_or_strings(void **state)
{
    struct world *world = *state;
    expect_fine(world, RELEASE,
                POD("    livenessProbe: {httpGet: {port: 80}}\n    ports: [{name: http, containerPort: 80}]\n"
                    "    readinessProbe: {httpGet: {port: http}}\n"));
    expect_pod(world, "    livenessProbe: {httpGet: {port: true}}\n",
               "expected an integer or a string, but 'true' is a boolean [schema-type]");
    expect_pod(world, "    livenessProbe: {httpGet: {port: 1.5}}\n", "but '1.5' is a number [schema-type]");
    expect_pod(world, "    ports: [{containerPort: 9223372036854775808}]\n", "is out of range for a 32-bit integer");
    expect_pod(world, "  terminationGracePeriodSeconds: 9223372036854775808\n",
               "is out of range for a 64-bit integer [schema-range]");
    expect_fine(world, RELEASE, POD("  terminationGracePeriodSeconds: 9223372036854775807\n"));
}

// What counts is how a program reads the output, not how the value was written.
static void values_are_checked_as_they_are_printed(void **state)
{
    struct world *world = *state;
    static const char *const strings[] = {"yes", "12:30", "no", "2026-01-31", "\"1\"", "0o9", "1_000x"};
    static const char *const numbers[] = {"0o17", "1e3", "0x1f", "1.5", "-3"};
    for (size_t i = 0; i < countof(strings); i++)
        expect_fine(world, RELEASE,
                    arena_format(&world->arena, POD("    env: [{name: A, value: %s}]\n"), strings[i]).data);
    for (size_t i = 0; i < countof(numbers); i++)
        expect_pod(world, arena_format(&world->arena, "    env: [{name: A, value: %s}]\n", numbers[i]).data,
                   "error: expected a string, but ");
    expect_pod(world, "    stdin: yes\n", "expected a boolean, but 'yes' is a string");
    expect_pod(world, "    args: {a: b}\n", "expected a list of strings, found a map");
    expect_pod(world, "    command: nginx\n", "expected a list of strings, but 'nginx' is a string");
    expect_pod(world, "    command: nginx\n", "hint: write it as a list: `[\"nginx\"]`");
}

static void nulls_are_treated_as_servers_do(void **state)
{
    struct world *world = *state;
    expect_fine(world, RELEASE,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata: {name: web, creationTimestamp: null, labels: null}\n"
                "spec: {containers: [{name: a, image: b, ports: null, stdin: ~}], volumes: null}\n"
                "status: {}\n");
    expect_fine(world, RELEASE,
                "apiVersion: apiextensions.k8s.io/v1\n"
                "kind: CustomResourceDefinition\n"
                "metadata: {name: taps.example.com, creationTimestamp: null}\n"
                "spec: {group: example.com, scope: Namespaced, names: {kind: Tap, plural: taps}, versions: []}\n"
                "status: {acceptedNames: {kind: '', plural: ''}, conditions: null, storedVersions: null}\n");
    expect_pod(world, "    ports: [{containerPort: null}]\n",
               "the required field 'containerPort' is null [schema-null]");
    expect_pod(world, "    ports: [null]\n", "error: an item of the list is null [schema-null]");
    expect_pod(world, "    args: [null]\n", "note: an item of the list is null [schema-null]");
    // In a flow map, kustomize prints an empty string.
    expect_pod(world, "  volumes: [{name: a, emptyDir: }]\n", "expected a map, but '' is a string");
    expect_pod(world, "    ports:\n    - containerPort:80\n", "hint: write a space after the ':'\n");
}

static void required_fields_depend_on_the_release(void **state)
{
    struct world *world = *state;
    write_objects(world, "apiVersion: apps/v1\n"
                         "kind: StatefulSet\n"
                         "metadata: {name: web}\n"
                         "spec:\n"
                         "  selector: {matchLabels: {app: web}}\n"
                         "  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: b}]}}\n");
    expect_finding(world, "--kube-version 1.32", "missing required field 'serviceName' [schema-required]");
    expect_absent(check(world, "--kube-version 1.33"), "serviceName");
    expect_finding(world, "--kube-version 1.31..1.34", "missing required field 'serviceName' in Kubernetes 1.31");
    expect_finding(world, "--kube-version 1.31..1.34", "checked against the API of Kubernetes 1.31 to 1.34");
    write_objects(world, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {}}}\n");
    expect_finding(world, RELEASE, "missing required field 'selector' [schema-required]");
    expect_finding(world, RELEASE, "in Deployment/web spec.selector");
}

static void requirements_beyond_the_schemas_are_checked(void **state)
{
    struct world *world = *state;
    expect_pod(world, "    livenessProbe: {periodSeconds: 3}\n", "a probe requires 'exec'");
    expect_pod(world, "    livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 1}}\n",
               "a probe cannot have more than one handler [schema-one-of]");
    expect_pod(world, "    lifecycle: {preStop: {}}\n", "a lifecycle hook requires");
    expect_pod(world, "    env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]\n",
               "a variable has both 'value' and 'valueFrom' [schema-one-of]");
    expect_pod(world, "    env: [{name: A, valueFrom: {}}]\n", "'valueFrom' requires a source");
    expect_pod(world, "  volumes: [{name: a, emptyDir: {}, hostPath: {path: /}}]\n",
               "a volume has more than one source");
    write_objects(world, "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}\n");
    expect_finding(world, RELEASE, "a Pod requires at least one container [schema-required]");
    write_objects(world, "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {}}\n");
    expect_finding(world, RELEASE, "a Service requires 'ports'");
    write_objects(world, "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {}}\n");
    expect_finding(world, RELEASE, "an Ingress requires 'rules' or 'defaultBackend'");
    expect_fine(
        world, RELEASE,
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {clusterIP: None}}\n---\n"
        "{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {type: ExternalName, externalName: a.b}}\n");
    expect_fine(world, RELEASE,
                POD("    env: [{name: A, value: '', valueFrom: {fieldRef: {fieldPath: metadata.name}}}]\n"
                    "  volumes: [{name: a}]\n"));
}

#define OBJECT(api_version, kind, spec)                                                                                \
    "{apiVersion: " api_version ", kind: " kind ", metadata: {name: a}, spec: {" spec "}}\n"
#define WORKLOAD(kind, more, pod)                                                                                      \
    OBJECT("apps/v1", kind,                                                                                            \
           more "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {" pod                  \
                "containers: [{name: a, image: b}]}}")
#define DEPLOYMENT_OF(more, pod) WORKLOAD("Deployment", more, pod)
#define DAEMON_SET(more) WORKLOAD("DaemonSet", more, "")
#define JOB(pod) OBJECT("batch/v1", "Job", "template: {spec: {" pod "containers: [{name: a, image: b}]}}")
#define CRON_JOB(schedule)                                                                                             \
    OBJECT("batch/v1", "CronJob",                                                                                      \
           "schedule: '" schedule "', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: "       \
           "[{name: a, image: b}]}}}}")
#define BACKEND(fields) OBJECT("networking.k8s.io/v1", "Ingress", "defaultBackend: {" fields "}")
#define PATH(fields)                                                                                                   \
    OBJECT("networking.k8s.io/v1", "Ingress",                                                                          \
           "rules: [{http: {paths: [{" fields ", backend: {service: {name: a, port: {number: 80}}}}]}}]")
#define METRIC(fields)                                                                                                 \
    OBJECT("autoscaling/v2", "HorizontalPodAutoscaler",                                                                \
           "scaleTargetRef: {kind: A, name: a}, minReplicas: 2, maxReplicas: 3, metrics: [{" fields "}]")
#define PEER(fields)                                                                                                   \
    OBJECT("networking.k8s.io/v1", "NetworkPolicy", "podSelector: {}, ingress: [{from: [{" fields "}]}]")
#define CLAIM(fields) OBJECT("v1", "PersistentVolumeClaim", fields)
#define SERVICE_OF(fields) OBJECT("v1", "Service", fields)

static void combinations_that_servers_refuse_are_found(void **state)
{
    struct world *world = *state;
    static const char *const wrong[][2] = {
        {BACKEND("service: {name: a}"), "a backend requires the port of its Service [object-invalid]"},
        {BACKEND("service: {name: a, port: {}}"), "the port requires 'number' or 'name'"},
        {BACKEND("service: {name: a, port: {name: a, number: 1}}"), "the port has both a name and a number"},
        {BACKEND("service: {name: a, port: {number: 1}}, resource: {kind: A, name: a}"), "a backend has both"},
        {BACKEND(""), "a backend requires 'service' or 'resource'"},
        {BACKEND("service: {name: a, port: {number: 70000}}"),
         "'70000' is too large: it must be at most 65535 [schema-range]"},
        {PATH("path: a, pathType: Prefix"), "the path of an Ingress must start with '/'"},
        {PATH("pathType: Exact"), "the path type 'Exact' requires 'path'"},
        {SERVICE_OF("ports: [{port: 80}, {port: 81, name: a}]"), "a Service with several ports requires a name"},
        {SERVICE_OF("type: NodePort, clusterIP: None, ports: [{port: 80}]"), "cannot have 'clusterIP: None'"},
        {DEPLOYMENT_OF("", "restartPolicy: Never, "), "must have 'restartPolicy: Always' [object-invalid]"},
        {DEPLOYMENT_OF("strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}, ", ""),
         "cannot have 'rollingUpdate'"},
        {DEPLOYMENT_OF("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}, ", ""), "cannot both be 0"},
        {DAEMON_SET("updateStrategy: {rollingUpdate: {maxUnavailable: 0}}, "), "cannot both be 0"},
        {OBJECT("apps/v1", "Deployment", "selector: {}, template: {spec: {containers: [{name: a, image: b}]}}"),
         "a workload cannot have an empty selector"},
        {JOB(""), "the Pods of a Job require 'restartPolicy': without it, Kubernetes assumes 'Always'"},
        {JOB("restartPolicy: Always, "), "the Pods of a Job cannot have 'restartPolicy: Always'"},
        {CRON_JOB("* * * *"), "the schedule has 4 fields instead of 5"},
        {CRON_JOB("daily"), "the schedule has 1 field instead of 5"},
        {CRON_JOB("@dayly"), "hint: did you mean '@daily'?"},
        {CRON_JOB("TZ=UTC 1 2 3 4 5"), "the schedule cannot contain a time zone"},
        {METRIC("type: Pods"), "a metric of type 'Pods' requires 'pods'"},
        {METRIC("type: Resource, resource: {name: cpu, target: {type: Utilization}}"),
         "the target of a metric requires"},
        {OBJECT("autoscaling/v2", "HorizontalPodAutoscaler",
                "scaleTargetRef: {kind: A, name: a}, minReplicas: 4, maxReplicas: 3"),
         "'maxReplicas' is less than 'minReplicas'"},
        {OBJECT("policy/v1", "PodDisruptionBudget", "minAvailable: 1, maxUnavailable: 1"), "cannot have both"},
        {PEER("ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}"), "a peer with 'ipBlock' cannot have selectors"},
        {PEER(""), "a peer requires 'ipBlock', 'podSelector', or 'namespaceSelector'"},
        {CLAIM("resources: {requests: {storage: 1Gi}}"), "a claim requires 'accessModes'"},
        {CLAIM("accessModes: [ReadWriteOnce]"), "a claim requires 'resources.requests.storage'"},
        {POD("    envFrom: [{}]\n"), "an entry of 'envFrom' requires 'configMapRef' or 'secretRef'"},
        {POD("    securityContext: {privileged: true, allowPrivilegeEscalation: false}\n"), "a privileged container"},
        {POD("  tolerations: [{key: a, operator: Exists, value: b}]\n"), "cannot have a value"},
        {POD("  tolerations: [{effect: NoSchedule}]\n"), "a toleration without a key requires"},
        {POD("  tolerations: [{key: a, effect: NoSchedule, tolerationSeconds: 3}]\n"),
         "requires the effect 'NoExecute'"},
        {PEER("podSelector: {matchExpressions: [{key: a, operator: In}]}"), "the operator 'In' requires 'values'"},
        {PEER("podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}"), "cannot have values"},
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        write_objects(world, wrong[i][0]);
        expect_finding(world, RELEASE, wrong[i][1]);
    }
}

static void combinations_that_servers_accept_are_fine(void **state)
{
    struct world *world = *state;
    static const char *const right[] = {
        BACKEND("service: {name: a, port: {name: http}}"),
        BACKEND("resource: {kind: A, name: a}"),
        PATH("path: /a, pathType: Prefix"),
        PATH("pathType: ImplementationSpecific"),
        PATH("path: '${BASE}/a', pathType: Prefix"),
        SERVICE_OF("ports: [{port: 80}]"),
        SERVICE_OF("ports: [{port: 80, name: a}, {port: 81, name: b, targetPort: http}]"),
        DEPLOYMENT_OF("strategy: {type: Recreate, rollingUpdate: null}, ", "restartPolicy: Always, "),
        DEPLOYMENT_OF("strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}, replicas: 0, ", ""),
        DEPLOYMENT_OF("strategy: {rollingUpdate: {maxUnavailable: 0}}, ", ""),
        DAEMON_SET("updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}, "),
        JOB("restartPolicy: OnFailure, "),
        CRON_JOB("*/5 1-3 * * MON"),
        CRON_JOB("@every 1h"),
        CRON_JOB("${SCHEDULE}"),
        METRIC("type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}"),
        PEER("podSelector: {}, namespaceSelector: {}"),
        PEER("ipBlock: {cidr: 10.0.0.0/8}"),
        CLAIM("accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}"),
        POD("    envFrom: [{prefix: a, secretRef: {name: b}}]\n"
            "  tolerations: [{operator: Exists}, {key: a, effect: NoExecute, tolerationSeconds: 3}, {key: a}]\n"),
    };
    for (size_t i = 0; i < countof(right); i++) {
        write_objects(world, right[i]);
        struct slice said = check(world, RELEASE);
        expect_absent(said, "[object-invalid]");
        expect_absent(said, "[schema-");
    }
}

static void fields_of_earlier_versions_are_explained(void **state)
{
    struct world *world = *state;
    static const char *const wrong[][2] = {
        {BACKEND("serviceName: a, servicePort: http"),
         "hint: write `service: {name: a, port: {name: http}}` instead of `serviceName` and `servicePort`"},
        {BACKEND("serviceName: a, servicePort: 80"), "port: {number: 80}}`"},
        {BACKEND("service: {name: a}, servicePort: http"), "hint: move its value to `service.port.name`"},
        {OBJECT("networking.k8s.io/v1", "Ingress", "backend: {serviceName: a, servicePort: 80}"),
         "hint: write `defaultBackend: {service: {name: a, port: {number: 80}}}` instead of `backend`"},
        {OBJECT("networking.k8s.io/v1", "Ingress", "backend: {service: {name: a, port: {number: 80}}}"),
         "hint: rename it to `defaultBackend`"},
        {METRIC("type: Resource, resource: {name: cpu, targetAverageUtilization: 80}"),
         "hint: write `target: {type: Utilization, averageUtilization: 80}` instead of `targetAverageUtilization`"},
        {OBJECT("apiextensions.k8s.io/v1", "CustomResourceDefinition",
                "group: a.b, names: {kind: A, plural: as}, scope: Namespaced, validation: {}"),
         "hint: move its value to `versions[].schema`"},
        {POD("    livenessProbe: {handler: {exec: {command: [a]}}}\n"),
         "hint: remove this line, and indent the fields"},
        {POD("    resources: {cpu: 1, memory: 1Gi}\n"), "hint: make it a field of `limits` or `requests`"},
        {POD("    volumes: [{name: a, emptyDir: {}}]\n"), "hint: move it to `spec`"},
        {OBJECT("apps/v1", "Deployment", "containers: [{name: a, image: b}]"), "hint: move it to `template.spec`"},
        {OBJECT("apps/v1", "StatefulSet", "strategy: {}"), "hint: rename it to `updateStrategy`"},
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        write_objects(world, wrong[i][0]);
        expect_finding(world, RELEASE, wrong[i][1]);
    }
    // One finding covers both fields, and nothing is reported as missing.
    write_objects(world, BACKEND("serviceName: a, servicePort: http"));
    expect_finding(world, RELEASE, "1 error, 0 warnings in 1 root");
}

static void a_misspelled_field_is_not_missing(void **state)
{
    struct world *world = *state;
    static const char *const wrong[] = {
        POD("    ports: [{containerport: 8080}]\n"),
        POD("    readinessProbe: {httpget: {port: 80}}\n"),
        POD("    env: [{nmae: A, value: b}]\n"),
        POD("  - {name: b, imgae: nginx}\n"),
        SERVICE_OF("ports: [{port: 80, name: a}, {port: 81, nmae: b}]"),
        SERVICE_OF("type: ExternalName, externalname: a.b"),
        METRIC("type: Pods, pod: {metric: {name: a}, target: {type: Value, value: 1}}"),
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        write_objects(world, wrong[i]);
        struct slice said = check(world, RELEASE);
        expect_contains(said, "hint: did you mean '");
        expect_contains(said, "1 error, ");
    }
    // Only the nearer of two keys gets the suggestion. A field that can't hold the value, or that the map already has,
    // is never suggested.
    write_objects(world, POD("    ports: [{containerport: 80, containerPorts: 81}]\n"));
    struct slice said = check(world, RELEASE);
    expect_contains(said, "?\n  in Pod/web spec.containers[0].ports[0].containerport\n");
    expect_contains(said, "~\n  in Pod/web spec.containers[0].ports[0].containerPorts\n");
    write_objects(world, POD("    port: 80\n    ports: []\n    imag: c\n"));
    said = check(world, RELEASE);
    expect_contains(said, "unknown field 'imag'");
    expect_absent(said, "did you mean");
}

static void fields_are_added_and_removed_by_releases(void **state)
{
    struct world *world = *state;
    write_objects(world, POD("  initContainers: [{name: a, image: b, restartPolicy: Always}]\n"));
    expect_finding(world, "--kube-version 1.27", "unknown field 'restartPolicy' [schema-unknown-field]");
    expect_finding(world, "--kube-version v1.27.3", "hint: remove it, or target Kubernetes 1.28 or later");
    expect_finding(world, "--kube-version 1.27..1.29", "unknown field 'restartPolicy' in Kubernetes 1.27");
    expect_absent(check(world, "--kube-version 1.28"), "restartPolicy");
    write_objects(world, POD("  workloadRef: {name: a}\n"));
    expect_finding(world, "--kube-version 1.36", "hint: remove it: Kubernetes 1.36 removed the field");
    write_objects(world, POD("    futureProbe: {}\n  restartPolicy: Sometimes\n"));
    expect_finding(world, "--kube-version 1.60", "warning: unknown field 'futureProbe'");
    expect_finding(world, "--kube-version 1.60", "warning: 'Sometimes' is not one of");
    expect_finding(world, RELEASE, "error: 'Sometimes' is not one of");
}

static void api_versions_are_added_and_removed_by_releases(void **state)
{
    struct world *world = *state;
    const char *budget = "apiVersion: policy/v1beta1\n"
                         "kind: PodDisruptionBudget\n"
                         "metadata: {name: web}\n"
                         "spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n";
    write_objects(world, budget);
    expect_finding(world, "--kube-version 1.25",
                   "all.yaml:1:13: error: policy/v1beta1 PodDisruptionBudget has not been served since Kubernetes 1.25 "
                   "[api-removed]");
    expect_finding(world, "--kube-version 1.25", "hint: use policy/v1 PodDisruptionBudget");
    expect_finding(world, "--kube-version 1.24",
                   "warning: policy/v1beta1 PodDisruptionBudget has been deprecated since Kubernetes "
                   "1.21, and is planned to be removed in Kubernetes 1.25 [api-deprecated]");
    expect_absent(check(world, "--kube-version 1.24"), "[api-removed]");
    expect_finding(world, "--kube-version 1.24..1.26", "[api-removed]");
    write_objects(world, "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: gpu}, spec: {}}\n");
    expect_finding(world, "--kube-version 1.33",
                   "warning: resource.k8s.io/v1 DeviceClass first appears in Kubernetes 1.34 [api-not-yet]");
    expect_absent(check(world, "--kube-version 1.34"), "[api-not-yet]");
    expect_finding(world, "--kube-version 1.33..1.34", "[api-not-yet]");
    write_objects(world, "{apiVersion: cert-manager.io/v1alpha2, kind: Issuer, metadata: {name: a}}\n");
    expect_finding(world, RELEASE,
                   "warning: cert-manager.io/v1alpha2 Issuer has not been served since cert-manager 1.6");
    write_objects(world, "{apiVersion: apps/v1, kind: Deploymnet, metadata: {name: a}}\n");
    expect_finding(world, RELEASE, "error: unknown kind: apps/v1 Deploymnet [kind-unknown]");
    expect_finding(world, RELEASE, "hint: did you mean 'Deployment'?");
}

static void values_of_secrets_are_not_shown(void **state)
{
    struct world *world = *state;
    write_objects(world, "apiVersion: v1\n"
                         "kind: Secret\n"
                         "metadata: {name: a}\n"
                         "data: {a: hunter2 is not, b: aGk=, c: aGk, d: 12345}\n"
                         "stringData: {e: 98765}\n"
                         "type: {a: b}\n");
    struct slice said = check(world, RELEASE);
    expect_contains(said, "expected base64 [schema-format]");
    expect_contains(said, "hint: write `stringData:` instead of `data:` if no value is encoded, or encode every "
                          "value that is plain text");
    expect_contains(said, "expected a string, but the value is an integer");
    expect_contains(said, "in Secret/a data.c");
    expect_absent(said, "hunter2");
    expect_absent(said, "12345");
    expect_absent(said, "98765");
    expect_absent(said, "data.b");
}

static void values_filled_in_later_are_not_checked(void **state)
{
    struct world *world = *state;
    expect_fine(world, RELEASE,
                "apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  replicas: ${replicas:=2}\n"
                "  selector: {matchLabels: {app: web}}\n"
                "  template:\n"
                "    metadata: {labels: {app: web}}\n"
                "    spec: {restartPolicy: \"{{ .Values.policy }}\", containers: [{name: a, image: b}]}\n"
                "---\n"
                "apiVersion: v1\n"
                "kind: Secret\n"
                "metadata: {name: a}\n"
                "data: {a: 'ENC[AES256_GCM,data:x,type:str]', b: '${PASSWORD}'}\n"
                "sops: {mac: 'ENC[AES256_GCM,data:y,type:str]'}\n");
}

// A finding in an alias is reported at the alias, for the field that has it.
static void positions_point_to_the_source(void **state)
{
    struct world *world = *state;
    write_objects(world, "apiVersion: v1\n"
                         "kind: Pod\n"
                         "metadata: {name: web}\n"
                         "spec:\n"
                         "  containers:\n"
                         "  - &main\n"
                         "    name: main\n"
                         "    image: nginx\n"
                         "    tty: &flag no\n"
                         "  initContainers:\n"
                         "  - <<: *main\n"
                         "    stdin: *flag\n");
    struct slice said = check(world, RELEASE);
    expect_contains(said, "all.yaml:9:10: error: expected a boolean, but 'no' is a string [schema-type]");
    expect_contains(said, "all.yaml:11:9: error: expected a boolean, but 'no' is a string (from the anchor on line 9)");
    expect_contains(said,
                    "all.yaml:12:12: error: expected a boolean, but 'no' is a string (from the anchor on line 9)");
    expect_contains(said, "in Pod/web spec.containers[0].tty");
    expect_contains(said, "in Pod/web spec.initContainers[0].tty");
    expect_contains(said, "in Pod/web spec.initContainers[0].stdin");
    // Unknown and missing fields, fields that differ by their index alone, and rules without a schema.
    write_objects(world, "apiVersion: v1\n"
                         "kind: Pod\n"
                         "metadata: {name: web}\n"
                         "spec:\n"
                         "  volumes:\n"
                         "  - {name: a, emptyDir: &disk {medum: Memory}}\n"
                         "  - {name: b, emptyDir: *disk}\n"
                         "  containers:\n"
                         "  - name: &same main\n"
                         "    image: nginx\n"
                         "    volumeMounts:\n"
                         "    - &mount {name: a}\n"
                         "    - *mount\n"
                         "  - {name: *same, image: nginx}\n");
    said = check(world, RELEASE);
    expect_contains(said, "all.yaml:6:32: error: unknown field 'medum'");
    expect_contains(said, "all.yaml:7:25: error: unknown field 'medum' (from the anchor on line 6)");
    expect_contains(said, "all.yaml:12:7: error: missing required field 'mountPath'");
    expect_contains(said, "all.yaml:13:7: error: missing required field 'mountPath' (from the anchor on line 12)");
    expect_contains(said, "all.yaml:14:12: error: the container 'main' is already defined (from the anchor on line 9)");
    // A value from a patch is reported in the patch, even if the rest of the map comes from the base.
    world_write(world, "repo/kustomization.yaml",
                "resources: [all.yaml]\n"
                "patches:\n"
                "- path: patch.yaml\n"
                "- target: {kind: Pod}\n"
                "  patch: |\n"
                "    - {op: add, path: /spec/hostNetwork, value: \"true\"}\n"
                "    - {op: add, path: /spec/hostnetwork, value: true}\n");
    world_write(world, "repo/all.yaml", POD("    tty: true\n"));
    world_write(world, "repo/patch.yaml",
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  containers:\n"
                "  - name: main\n"
                "    comand: [a]\n"
                "    tty: maybe\n");
    said = check(world, RELEASE);
    expect_contains(said, "patch.yaml:7:5: error: unknown field 'comand'");
    expect_contains(said, "patch.yaml:8:10: error: expected a boolean, but 'maybe' is a string");
    expect_contains(said, "kustomization.yaml:6:49: error: expected a boolean, but 'true' is a string");
    expect_contains(said, "kustomization.yaml:7:29: error: unknown field 'hostnetwork'");
}

// --- Custom kinds.

#define CRD_HEAD                                                                                                       \
    "apiVersion: apiextensions.k8s.io/v1\n"                                                                            \
    "kind: CustomResourceDefinition\n"                                                                                 \
    "metadata: {name: taps.example.com}\n"                                                                             \
    "spec:\n"                                                                                                          \
    "  group: example.com\n"                                                                                           \
    "  scope: Namespaced\n"                                                                                            \
    "  names: {kind: Tap, plural: taps}\n"                                                                             \
    "  versions:\n"                                                                                                    \
    "  - {name: v1alpha1, served: false, storage: false, schema: {openAPIV3Schema: {type: object}}}\n"                 \
    "  - name: v1\n"                                                                                                   \
    "    served: true\n"                                                                                               \
    "    storage: true\n"                                                                                              \
    "    subresources: {status: {}}\n"                                                                                 \
    "    schema:\n"                                                                                                    \
    "      openAPIV3Schema:\n"                                                                                         \
    "        type: object\n"                                                                                           \
    "        required: [spec]\n"                                                                                       \
    "        properties:\n"                                                                                            \
    "          status: {type: object, required: [phase], properties: {phase: {type: string}}}\n"                       \
    "          spec:\n"                                                                                                \
    "            type: object\n"                                                                                       \
    "            required: [liters]\n"                                                                                 \
    "            properties:\n"                                                                                        \
    "              liters: {type: integer, minimum: 1, maximum: 10, multipleOf: 2, exclusiveMaximum: true}\n"
#define CRD                                                                                                            \
    CRD_HEAD "              color: {type: string, enum: [red, blue], nullable: true}\n"                                \
             "              name: {type: string, minLength: 2, maxLength: 4, pattern: '^[a-zé]+$'}\n"                 \
             "              port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}\n"      \
             "              extra: {type: object, x-kubernetes-preserve-unknown-fields: true}\n"                       \
             "              labels: {type: object, additionalProperties: {type: string}, maxProperties: 2}\n"          \
             "              pod: {type: object, x-kubernetes-embedded-resource: true, "                                \
             "x-kubernetes-preserve-unknown-fields: true}\n"                                                           \
             "              set: {type: array, x-kubernetes-list-type: set, items: {type: string}, maxItems: 3}\n"     \
             "              pipes:\n"                                                                                  \
             "                type: array\n"                                                                           \
             "                x-kubernetes-list-type: map\n"                                                           \
             "                x-kubernetes-list-map-keys: [name, kind]\n"                                              \
             "                items: {type: object, required: [name], properties: {name: {type: string}, kind: "       \
             "{type: string, default: a}}}\n"                                                                          \
             "              at: {type: string, format: date-time}\n"                                                   \
             "              net: {type: string, format: cidr}\n"                                                       \
             "              slow: {type: string, pattern: '^(a+)+$'}\n"                                                \
             "              source:\n"                                                                                 \
             "                type: object\n"                                                                          \
             "                oneOf: [{required: [file]}, {required: [url]}]\n"                                        \
             "                properties: {file: {type: object, properties: {path: {type: string}}}, url: {type: "     \
             "string}}\n"                                                                                              \
             "              size: {type: object, not: {required: [big]}, properties: {big: {type: integer}}}\n"

static const char *tap(struct world *world, const char *fields)
{
    return arena_format(&world->arena,
                        "apiVersion: example.com/v1\nkind: Tap\nmetadata: {name: tap}\nspec: {liters: 2%s%s}\n",
                        *fields ? ", " : "", fields)
        .data;
}

static void expect_tap(struct world *world, const char *fields, const char *part)
{
    write_objects(world, arena_format(&world->arena, "%s---\n" CRD, tap(world, fields)).data);
    expect_finding(world, RELEASE, part);
}

static void custom_resources_are_checked_by_their_definition(void **state)
{
    struct world *world = *state;
    static const char *const right[] = {
        "",
        "color: red, name: abc",
        "color: null",
        "name: éé",
        "port: 80",
        "port: http",
        "extra: {a: {b: [1]}, c: true}",
        "labels: {a: b}",
        "set: [a, b]",
        "pipes: [{name: a}, {name: a, kind: b}, {name: b}]",
        "at: \"2026-01-31T12:00:00Z\", net: 10.0.0.0/8",
        "slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "source: {url: a}",
        "size: {}",
        "pod: {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {anything: 1}}",
    };
    static const char *const wrong[][2] = {
        {"name: 1", "all.yaml:4:25: error: expected a string, but '1' is an integer [schema-type]"},
        {"nam: abc", "unknown field 'nam' [schema-unknown-field]\n"},
        {"nam: abc", "hint: did you mean 'name'?"},
        {"color: Red", "'Red' is not one of red, blue [schema-enum]"},
        {"name: a", "'a' has 1 character, but at least 2 are required [schema-range]"},
        {"name: abcde", "has 5 characters, but at most 4 are allowed [schema-range]"},
        {"name: ABC", "'ABC' does not match the pattern '^[a-zé]+$' [schema-pattern]"},
        {"port: true", "expected an integer or a string"},
        {"labels: {a: 1}", "expected a string, but '1' is an integer"},
        {"labels: {a: b, c: d, e: f}", "3 fields, but at most 2 are allowed [schema-range]"},
        {"set: [a, b, a]", "duplicate item 'a' [schema-duplicate-item]"},
        {"set: [a, b, c, d]", "4 items, but at most 3 are allowed"},
        {"set: [null]", "an item of the list is null [schema-null]"},
        {"pipes: [{name: a}, {name: a, kind: a}]", "another one has the same 'name', 'kind' [schema-duplicate-item]"},
        {"pipes: [{kind: a}]", "missing required field 'name'"},
        {"at: tomorrow", "'tomorrow' is not a time such as 2026-01-31T12:00:00Z [schema-format]"},
        {"net: 10.0.0.0/33", "is not a network such as"},
        {"slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "does not match the pattern '^(a+)+$'"},
        {"source: {file: {path: a}, url: b}", "only one of 'file' or 'url' is allowed [schema-one-of]"},
        {"source: {}", "missing required field 'file' or 'url' [schema-required]"},
        {"source: {file: {pth: a}}", "hint: did you mean 'path'?"},
        {"size: {big: 1}", "the schema excludes this value [schema-one-of]"},
        {"pod: {metadata: {nme: a}}", "unknown field 'nme'"},
    };
    for (size_t i = 0; i < countof(right); i++)
        expect_fine(world, RELEASE, arena_format(&world->arena, "%s---\n" CRD, tap(world, right[i])).data);
    for (size_t i = 0; i < countof(wrong); i++)
        expect_tap(world, wrong[i][0], wrong[i][1]);
}

static void common_fields_of_custom_resources_are_checked_too(void **state)
{
    struct world *world = *state;
    write_objects(world,
                  "apiVersion: example.com/v1\nkind: Tap\nmetadata: {name: tap, labls: {a: b}}\nspec: {liters: 11}\n"
                  "status: {phase: 3}\n---\n" CRD);
    struct slice said = check(world, RELEASE);
    expect_contains(said, "unknown field 'labls'");
    expect_contains(said, "'11' is too large: it must be below 10 [schema-range]");
    expect_absent(said, "phase");
    write_objects(world, "apiVersion: example.com/v1\nkind: Tap\nmetadata: {name: tap}\nspec: {liters: 3}\n---\n" CRD);
    expect_finding(world, RELEASE, "'3' is not a multiple of 2");
    write_objects(world, "apiVersion: example.com/v1\nkind: Tap\nmetadata: {name: tap}\n---\n" CRD);
    expect_finding(world, RELEASE, "missing required field 'spec' [schema-required]");
    write_objects(world, "apiVersion: example.com/v1alpha1\nkind: Tap\nmetadata: {name: tap}\n---\n" CRD);
    expect_finding(world, RELEASE,
                   "all.yaml:1:13: error: example.com/v1alpha1 Tap is not served by its "
                   "CustomResourceDefinition [api-removed]");
    expect_finding(world, RELEASE, "hint: use v1, which it serves");
}

// API servers fill in defaults before they validate.
static void a_required_field_with_a_default_may_be_absent(void **state)
{
    static const char definition[] =
        "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata: {name: valves.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n"
        "  names: {kind: Valve, plural: valves}\n  versions:\n  - name: v1\n    served: true\n    storage: true\n"
        "    schema:\n      openAPIV3Schema:\n        type: object\n        properties:\n          spec:\n"
        "            type: object\n            required: [mode, size]\n            properties:\n"
        "              mode: {type: string, default: fast}\n              size: {type: integer}\n";
    static const char head[] = "apiVersion: example.com/v1\nkind: Valve\nmetadata: {name: a}\nspec: ";
    struct world *world = *state;
    expect_fine(world, RELEASE, arena_format(&world->arena, "%s{size: 3}\n%s", head, definition).data);
    expect_fine(world, RELEASE, arena_format(&world->arena, "%s{size: 3, mode: null}\n%s", head, definition).data);
    write_objects(world, arena_format(&world->arena, "%s{mode: slow}\n%s", head, definition).data);
    expect_finding(world, RELEASE, "missing required field 'size'");
}

static void kinds_with_cel_rules_are_counted(void **state)
{
    struct world *world = *state;
    write_objects(world,
                  "apiVersion: example.com/v1\nkind: Tap\nmetadata: {name: tap}\nspec: {liters: 2}\n---\n" CRD_HEAD
                  "            x-kubernetes-validations: [{rule: 'self.liters > 3'}]\n");
    expect_finding(world, RELEASE,
                   "note: 1 kind has CEL rules that are not checked: example.com/v1 Tap [schema-not-checked]");
}

static void definitions_in_other_roots_are_used(void **state)
{
    struct world *world = *state;
    world_write(world, "repo/app/kustomization.yaml", "resources: [tap.yaml]\n");
    world_write(world, "repo/app/tap.yaml", tap(world, "name: 1"));
    world_write(world, "repo/other/kustomization.yaml", "resources: [tap.yaml]\n");
    world_write(world, "repo/other/tap.yaml", tap(world, "name: 2"));
    world_write(world, "repo/zebra/kustomization.yaml", "resources: [crd.yaml]\n");
    world_write(world, "repo/zebra/crd.yaml", CRD);
    static const char *const jobs[] = {"--jobs 1", "--jobs 4"};
    for (size_t i = 0; i < countof(jobs); i++) {
        struct slice said = check(world, arena_format(&world->arena, RELEASE "--all %s", jobs[i]).data);
        expect_contains(said, "app/tap.yaml:4:25: error: expected a string, but '1' is an integer [schema-type]");
        expect_contains(said, "other/tap.yaml:4:25: error: expected a string, but '2' is an integer [schema-type]");
        expect_absent(said, "[schema-unknown-kind]");
    }
    struct slice said = check(world, RELEASE "app other");
    expect_contains(
        said,
        "note: no schema for example.com/v1 Tap: the fields of such resources are not checked [schema-unknown-kind]");
    expect_contains(said, "0 errors, 0 warnings, 1 note in 2 roots");
}

// --- Schema files.

static void schemas_come_from_files(void **state)
{
    struct world *world = *state;
    write_objects(world, tap(world, "name: 1"));
    world_write(world, "repo/schemas/example.com/tap_v1.json",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\",\n"
                " \"definitions\": {\"text\": {\"type\": \"string\"}},\n"
                " \"properties\": {\"apiVersion\": {\"type\": \"string\"}, \"kind\": {\"const\": \"Tap\"},\n"
                "  \"spec\": {\"type\": \"object\", \"additionalProperties\": false, \"properties\": {\n"
                "   \"liters\": {\"type\": [\"integer\", \"null\"], \"exclusiveMinimum\": 1},\n"
                "   \"name\": {\"$ref\": \"#/definitions/text\"}, \"end\": {\"if\": {}}}}}}\n");
    static const char *const patterns[] = {
        "'schemas/{group}/{kind}_{version}.json'",
        "'schemas/{{.Group}}/{{ .ResourceKind }}_{{.ResourceAPIVersion}}.json' --schema default",
    };
    for (size_t i = 0; i < countof(patterns); i++)
        expect_finding(world, arena_format(&world->arena, RELEASE "--schema %s", patterns[i]).data,
                       "all.yaml:4:25: error: expected a string, but '1' is an integer [schema-type]");
    write_objects(world, tap(world, "nam: a, end: 1"));
    struct slice said = check(world, RELEASE "--schema 'schemas/{group}/{kind}_{version}.json'");
    expect_contains(said, "unknown field 'nam'");
    expect_contains(said, "note: the schema of example.com/v1 Tap has 'if', which is not checked [schema-not-checked]");
    // Definitions in a directory, in a file, and in the repository's settings.
    world_write(world, "repo/defs/crd.yaml", CRD);
    expect_finding(world, RELEASE "--schema defs", "unknown field 'nam'");
    expect_finding(world, RELEASE "--schema defs/crd.yaml", "unknown field 'nam'");
    world_run(world, "cd repo && git init -q .");
    world_write(world, "repo/.kiln.yaml", "check: {kubeVersion: '1.31', schemas: [defs]}\n");
    expect_finding(world, "", "unknown field 'nam'");
    expect_finding(world, "", "checked against the API of Kubernetes 1.31");
    expect_finding(world, "--kube-version 1.32", "checked against the API of Kubernetes 1.32");
}

static void usage_errors_are_reported(void **state)
{
    struct world *world = *state;
    write_objects(world, POD(""));
    static const char *const calls[][2] = {
        {"--kube-version 1", "--kube-version expects a release such as 1."},
        {"--kube-version 1.34..1.31", "--kube-version expects a release such as 1."},
        {"--kube-version 1.30..1.99", "has more than 30 releases"},
        {"--schema https://example.com/{kind}.json", "kiln does not download schemas"},
        {"--schema 'a/{name}.json'", "unknown placeholder '{name}' in the schema path"},
        {"--schema gone.yaml", "gone.yaml': No such file or directory"},
    };
    for (size_t i = 0; i < countof(calls); i++) {
        struct slice said = check(world, calls[i][0]);
        expect_contains(said, calls[i][1]);
        expect_contains(said, "status 2");
    }
    world_run(world, "cd repo && git init -q .");
    world_write(world, "repo/.kiln.yaml", "check: {kubeVersion: latest}\n");
    expect_finding(world, "", ".kiln.yaml:1:22: check.kubeVersion expects a release");
    world_write(world, "repo/.kiln.yaml", "check: {schemas: ['http://a/b']}\n");
    expect_finding(world, "", ".kiln.yaml:1:19: expected a path, but 'http://a/b' is a URL");
}

// Schemas that refer to themselves, and endless alternatives.
static void an_endless_schema_is_abandoned(void **state)
{
    struct world *world = *state;
    static const char *const schemas[] = {
        "{\"anyOf\": [{\"$ref\": \"#\"}]}",
        "{\"$ref\": \"#/a\", \"a\": {\"$ref\": \"#\"}}",
        "{\"allOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}]}",
        "{\"not\": {\"$ref\": \"#\"}}",
        "{\"not\": {\"not\": {\"$ref\": \"#/not\"}}}",
        "{\"allOf\": [{\"not\": {\"$ref\": \"#/allOf/0\"}}]}",
        "{\"allOf\": [{\"not\": {\"$ref\": \"#\"}}]}",
        "{\"$ref\": \"other.json#/a\"}",
        "{\"$ref\": \"#/none/of/these\"}",
    };
    write_objects(world, tap(world, ""));
    for (size_t i = 0; i < countof(schemas); i++) {
        world_write(world, "repo/s/tap.json", schemas[i]);
        expect_finding(world, RELEASE "--schema 's/{kind}.json'", "0 errors, 0 warnings, 1 note in 1 root");
    }
}

static void a_malformed_schema_file_is_reported(void **state)
{
    struct world *world = *state;
    write_objects(world, tap(world, ""));
    world_write(world, "repo/s/tap.json", "{\n  \"type\": object}\n");
    expect_finding(world, RELEASE "--schema 's/{kind}.json'",
                   "s/tap.json:2:11: error: invalid JSON: expected a value [schema-file-invalid]");
    static const char *const others[][2] = {
        {"[1]", "s/tap.json:1:1: error: expected a JSON Schema, found a list [schema-file-invalid]"},
        {"\"x\"", "s/tap.json:1:1: error: expected a JSON Schema, found a string [schema-file-invalid]"},
        {"true", "0 errors, 0 warnings in 1 root"},
        {"false", "error: no value is allowed here [schema-one-of]"},
    };
    for (size_t i = 0; i < countof(others); i++) {
        world_write(world, "repo/s/tap.json", others[i][0]);
        expect_finding(world, RELEASE "--schema 's/{kind}.json'", others[i][1]);
    }
    world_write(world, "repo/s/empty.yaml", "# nothing\n");
    expect_finding(world, RELEASE "--schema s/empty.yaml",
                   "s/empty.yaml:1:1: error: found no CustomResourceDefinition in this file [schema-file-invalid]\n"
                   "  hint: for JSON Schema, write a pattern such as 'schemas/{group}/{kind}_{version}.json'");
    expect_finding(world, RELEASE "--schema s",
                   "s:1:1: error: found no CustomResourceDefinition in this directory [schema-file-invalid]");
}

static void what_may_be_null_has_no_note(void **state)
{
    struct world *world = *state;
    write_objects(world,
                  "apiVersion: example.com/v1\nkind: Tap\nmetadata: {name: tap}\nspec: {liters: 2}\n---\n" CRD_HEAD
                  "              color: {type: string, nullable: true, enum: [red, null]}\n");
    expect_finding(world, RELEASE, "0 errors, 0 warnings in 1 root (2 resources)");
    world_write(world, "repo/s/tap.json", "{\"properties\": {\"spec\": {\"items\": {\"enum\": [\"red\", null]}}}}");
    write_objects(world, "apiVersion: example.com/v1\nkind: Tap\nmetadata: {name: tap}\nspec: [null, 'null']\n");
    struct slice said = check(world, RELEASE "--schema 's/{kind}.json'");
    expect_contains(said, "all.yaml:4:14: error: 'null' is not one of red, null [schema-enum]");
    expect_contains(said, "1 error, 0 warnings in 1 root");
    assert_true(slice_find(said, slice_literal("did you mean")) == SLICE_NOT_FOUND);
}

static void unknown_releases_are_named(void **state)
{
    struct world *world = *state;
    write_objects(world, POD(""));
    expect_finding(world, "--kube-version 1.99", "so it validates 1.99 as 1.");
    expect_finding(world, "--kube-version 1.24..1.25", "so it validates 1.24 as 1.25");
    assert_true(slice_find(check(world, "--kube-version 1.25..1.36"), slice_literal("judges")) == SLICE_NOT_FOUND);
}

static const struct CMUnitTest tests[] = {
    world_test(seven_mistakes_in_one_deployment_are_found),
    world_test(quantities_are_numbers_or_strings),
    world_test(numbers_with_an_anchor_or_a_tag_are_not_vars),
    world_test(ports_are_integers_or_strings),
    world_test(values_are_checked_as_they_are_printed),
    world_test(nulls_are_treated_as_servers_do),
    world_test(required_fields_depend_on_the_release),
    world_test(requirements_beyond_the_schemas_are_checked),
    world_test(combinations_that_servers_refuse_are_found),
    world_test(combinations_that_servers_accept_are_fine),
    world_test(fields_of_earlier_versions_are_explained),
    world_test(a_misspelled_field_is_not_missing),
    world_test(fields_are_added_and_removed_by_releases),
    world_test(api_versions_are_added_and_removed_by_releases),
    world_test(values_of_secrets_are_not_shown),
    world_test(values_filled_in_later_are_not_checked),
    world_test(positions_point_to_the_source),
    world_test(custom_resources_are_checked_by_their_definition),
    world_test(common_fields_of_custom_resources_are_checked_too),
    world_test(a_required_field_with_a_default_may_be_absent),
    world_test(kinds_with_cel_rules_are_counted),
    world_test(definitions_in_other_roots_are_used),
    world_test(schemas_come_from_files),
    world_test(usage_errors_are_reported),
    world_test(an_endless_schema_is_abandoned),
    world_test(a_malformed_schema_file_is_reported),
    world_test(what_may_be_null_has_no_note),
    world_test(unknown_releases_are_named),
};

int test_check_schema(void)
{
    return cmocka_run_group_tests_name("check_schema", tests, NULL, NULL);
}
