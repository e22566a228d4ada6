// check/schema_rules.c
//
// Findings about schemas (check/schemas.h).
#include "check/rule.h"

#define DEPLOYMENT(container) "resources: [web.yaml]\n" WEB(container)

#define WEB(container)                                                                                                 \
    "--- web.yaml\n"                                                                                                   \
    "apiVersion: apps/v1\n"                                                                                            \
    "kind: Deployment\n"                                                                                               \
    "metadata: {name: web}\n"                                                                                          \
    "spec:\n"                                                                                                          \
    "  replicas: 2\n"                                                                                                  \
    "  selector: {matchLabels: {app: web}}\n"                                                                          \
    "  template:\n"                                                                                                    \
    "    metadata: {labels: {app: web}}\n"                                                                             \
    "    spec:\n"                                                                                                      \
    "      containers:\n"                                                                                              \
    "      - name: web\n"                                                                                              \
    "        image: nginx\n" container

#define TAP(fields)                                                                                                    \
    "resources: [crd.yaml, tap.yaml]\n"                                                                                \
    "--- tap.yaml\n"                                                                                                   \
    "{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}, spec: {" fields "}}\n"                             \
    "--- crd.yaml\n"                                                                                                   \
    "apiVersion: apiextensions.k8s.io/v1\n"                                                                            \
    "kind: CustomResourceDefinition\n"                                                                                 \
    "metadata: {name: taps.example.com}\n"                                                                             \
    "spec:\n"                                                                                                          \
    "  group: example.com\n"                                                                                           \
    "  names: {kind: Tap, plural: taps}\n"                                                                             \
    "  scope: Namespaced\n"                                                                                            \
    "  versions:\n"                                                                                                    \
    "  - name: v1\n"                                                                                                   \
    "    served: true\n"                                                                                               \
    "    storage: true\n"                                                                                              \
    "    schema:\n"                                                                                                    \
    "      openAPIV3Schema:\n"                                                                                         \
    "        type: object\n"                                                                                           \
    "        properties:\n"                                                                                            \
    "          spec:\n"                                                                                                \
    "            type: object\n"                                                                                       \
    "            x-kubernetes-validations: [{rule: 'true'}]\n"                                                         \
    "            oneOf: [{required: [pipe]}, {required: [hose]}]\n"                                                    \
    "            properties:\n"                                                                                        \
    "              pipe: {type: string, pattern: '^[a-z]+$'}\n"                                                        \
    "              hose: {type: string}\n"                                                                             \
    "              liters: {type: integer, maximum: 100}\n"                                                            \
    "              colors: {type: array, x-kubernetes-list-type: set, items: {type: string}}\n"

const struct rule schema_type_rule = {
    .id = "schema-type",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a value has the wrong type for its field",
    .why = "The API server rejects the resource. A number or a boolean without quotes is not a string, and a number in "
           "quotes is not a number.",
    .remedy = "write the value with the expected type",
    .found = DEPLOYMENT("        env: [{name: WORKERS, value: 1}]\n"),
    .not_found = DEPLOYMENT("        env: [{name: WORKERS, value: \"1\"}]\n"),
};

#define COUNTED(value)                                                                                                 \
    "resources: [web.yaml]\n"                                                                                          \
    "vars:\n"                                                                                                          \
    "- name: COUNT\n"                                                                                                  \
    "  objref: {apiVersion: apps/v1, kind: Deployment, name: web}\n"                                                   \
    "  fieldref: {fieldPath: spec.replicas}\n" WEB("        env: [{name: WORKERS, value: " value "}]\n")

const struct rule type_changed_by_quotes_rule = {
    .id = "type-changed-by-quotes",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a string becomes a number or a boolean in the build",
    .why = "If a var is the whole value, kustomize replaces it with the value that the var refers to and keeps the "
           "type of that value. Quotes around `$(NAME)` have no effect.",
    .remedy = "make the var refer to a string, such as an annotation",
    .found = COUNTED("$(COUNT)"),
    .not_found = COUNTED("about $(COUNT)"),
};

const struct rule schema_unknown_field_rule = {
    .id = "schema-unknown-field",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a resource has a field that its kind doesn't have",
    .why = "The API server drops the field or rejects the resource. The hint suggests a field with a similar name or "
           "the place where the field belongs, or names an earlier or later release of Kubernetes that has the field.",
    .remedy = "correct the name, move the field to where it belongs, or remove it",
    .found = DEPLOYMENT("        livenesProbe: {httpGet: {port: 80}}\n"),
    .not_found = DEPLOYMENT("        livenessProbe: {httpGet: {port: 80}}\n"),
};

const struct rule schema_required_rule = {
    .id = "schema-required",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a required field is missing",
    .why = "The API server rejects the resource. Only the finished resource is checked, so a patch may leave out "
           "anything.",
    .remedy = "add the field",
    .found = DEPLOYMENT("        ports: [{name: http}]\n"),
    .not_found = DEPLOYMENT("        ports: [{name: http, containerPort: 80}]\n"),
};

const struct rule schema_null_rule = {
    .id = "schema-null",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a required field or an item of a list is null",
    .why = "The API server drops nulls, so the field is missing. In a list of strings in a built-in kind, it turns a "
           "null into an empty string; kiln reports that as a note. A null in an optional field is fine.",
    .remedy = "write a value, or remove the item",
    .found = DEPLOYMENT("        ports: [{name: http, containerPort: null}]\n"),
    .not_found = DEPLOYMENT("        ports: null\n"),
};

const struct rule schema_enum_rule = {
    .id = "schema-enum",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a field doesn't allow its value",
    .why = "The API server rejects the resource. Values are case-sensitive. For a release of Kubernetes newer than "
           "those that kiln knows, the finding is a warning unless an allowed value is similar.",
    .remedy = "write one of the allowed values",
    .found = DEPLOYMENT("        imagePullPolicy: always\n"),
    .not_found = DEPLOYMENT("        imagePullPolicy: Always\n"),
};

const struct rule schema_format_rule = {
    .id = "schema-format",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a string doesn't have the format that its field requires",
    .why = "The API server rejects the resource. For example, `data` of a Secret is base64, and times follow RFC 3339.",
    .remedy = "write the value in the expected format; use `stringData` for plain values of a Secret",
    .found = "resources: [password.yaml]\n"
             "--- password.yaml\n"
             "{apiVersion: v1, kind: Secret, metadata: {name: password}, data: {password: not encoded}}\n",
    .not_found = "resources: [password.yaml]\n"
                 "--- password.yaml\n"
                 "{apiVersion: v1, kind: Secret, metadata: {name: password}, stringData: {password: not encoded}}\n",
};

const struct rule schema_range_rule = {
    .id = "schema-range",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a number, a length, or a count is out of range",
    .why = "The API server rejects the resource.",
    .remedy = "write a value within the limits",
    .found = TAP("pipe: a, liters: 200"),
    .not_found = TAP("pipe: a, liters: 100"),
};

const struct rule schema_pattern_rule = {
    .id = "schema-pattern",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a string doesn't match the pattern of its field",
    .why = "The API server rejects the resource.",
    .remedy = "write a string that matches",
    .found = TAP("pipe: A"),
    .not_found = TAP("pipe: a"),
};

const struct rule schema_duplicate_item_rule = {
    .id = "schema-duplicate-item",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a list has the same item or key twice",
    .why = "The API server rejects the resource: the list is a set, or its items are identified by keys.",
    .remedy = "remove one of the items",
    .found = TAP("pipe: a, colors: [red, red]"),
    .not_found = TAP("pipe: a, colors: [red, blue]"),
};

const struct rule schema_one_of_rule = {
    .id = "schema-one-of",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "mutually exclusive fields are set, or the schema rules out a value",
    .why = "The API server rejects the resource. Often the base sets one field and a merge patch another one. A probe "
           "then has two handlers, a volume two sources, or a variable both a value and a source.",
    .remedy = "in the patch, set the field of the base to null",
    .found = TAP("pipe: a, hose: a"),
    .not_found = TAP("hose: a"),
};

const struct rule quantity_invalid_rule = {
    .id = "quantity-invalid",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a quantity has an unknown suffix",
    .why = "The API server rejects the resource.",
    .remedy = "write a number, alone or with a suffix such as m, k, M, Ki, Mi, or Gi",
    .found = DEPLOYMENT("        resources: {requests: {memory: 12Q}}\n"),
    .not_found = DEPLOYMENT("        resources: {requests: {memory: 12Gi, cpu: 0.5}}\n"),
};

const struct rule kind_unknown_rule = {
    .id = "kind-unknown",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a kind is misspelled, or belongs to another API version",
    .why =
        "The API server doesn't know the kind, so it rejects the resource. Either the same API version has a similar "
        "kind, or another version has this one. kiln can't check resources of this kind.",
    .remedy = "correct the kind, or its API version",
    .found = "resources: [settings.yaml]\n"
             "--- settings.yaml\n"
             "{apiVersion: v1, kind: ConfigMpa, metadata: {name: settings}}\n",
    .not_found = "resources: [settings.yaml]\n"
                 "--- settings.yaml\n"
                 "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}\n",
};

const struct rule schema_unknown_kind_rule = {
    .id = "schema-unknown-kind",
    .level = LEVEL_NOTE,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "there is no schema for a kind",
    .why = "kiln doesn't check resources of this kind. kiln reads schemas from CustomResourceDefinitions in the build, "
           "in other roots of the run, and in files that `--schema` names. kiln reports each kind once.",
    .remedy = "add the definition, or name its file with `--schema`",
    .found = "resources: [tap.yaml]\n"
             "--- tap.yaml\n"
             "{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}}\n",
    .not_found = TAP("pipe: a"),
};

const struct rule schema_not_checked_rule = {
    .id = "schema-not-checked",
    .level = LEVEL_NOTE,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a part of a schema can't be checked",
    .why = "kiln doesn't evaluate CEL rules, patterns that are invalid or take too long, or JSON Schema keywords other "
           "than those of CustomResourceDefinitions, `const`, and `$ref` within the file.",
    .remedy = "let the API server check the resource: `kubectl apply --dry-run=server`",
    .found = TAP("pipe: a"),
    .not_found = DEPLOYMENT(""),
};

const struct rule schema_file_invalid_rule = {
    .id = "schema-file-invalid",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a file that `--schema` names is not a schema",
    .why = "kiln doesn't check the resources of its kind. It reports files that don't parse, JSON Schemas that are "
           "neither a map nor a boolean, and files and directories without a CustomResourceDefinition.",
    .remedy = "correct the file, or the path in `--schema` or `check.schemas`",
    .found = "resources: [tap.yaml]\n"
             "--- tap.yaml\n"
             "{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}}\n"
             "--- .kiln.yaml\n"
             "check: {schemas: ['{kind}.json']}\n"
             "--- tap.json\n"
             "[\"object\"]\n",
    .not_found = "resources: [tap.yaml]\n"
                 "--- tap.yaml\n"
                 "{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}}\n"
                 "--- .kiln.yaml\n"
                 "check: {schemas: ['{kind}.json']}\n"
                 "--- tap.json\n"
                 "{\"type\": \"object\"}\n",
};

const struct rule api_removed_rule = {
    .id = "api-removed",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "an API version is no longer served",
    .why =
        "The API server doesn't know the resource. `--kube-version` sets the Kubernetes release to check against. If "
        "the build itself defines the kind, that definition takes precedence.",
    .remedy = "use the API version that replaces the old one",
    .found = "resources: [budget.yaml]\n"
             "--- budget.yaml\n"
             "apiVersion: policy/v1beta1\n"
             "kind: PodDisruptionBudget\n"
             "metadata: {name: web}\n"
             "spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n",
    .not_found = "resources: [budget.yaml]\n"
                 "--- budget.yaml\n"
                 "apiVersion: policy/v1\n"
                 "kind: PodDisruptionBudget\n"
                 "metadata: {name: web}\n"
                 "spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n",
};

const struct rule api_deprecated_rule = {
    .id = "api-deprecated",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "an API version is deprecated",
    .why = "A later release may no longer serve it. This rule also reports removed versions of cert-manager and "
           "Istio, because kiln doesn't know which releases of them the cluster runs.",
    .remedy = "use the API version that replaces the old one",
    .found = "resources: [class.yaml]\n"
             "--- class.yaml\n"
             "{apiVersion: resource.k8s.io/v1beta1, kind: DeviceClass, metadata: {name: gpu}, spec: {}}\n",
    .not_found = "resources: [class.yaml]\n"
                 "--- class.yaml\n"
                 "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: gpu}, spec: {}}\n",
};

const struct rule api_not_yet_rule = {
    .id = "api-not-yet",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "the Kubernetes release doesn't serve an API version yet",
    .why = "The API server of the release in `--kube-version` doesn't know the resource yet.",
    .remedy = "write a version that the release serves",
    .found = "resources: [class.yaml]\n"
             "--- class.yaml\n"
             "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: gpu}, spec: {}}\n"
             "--- .kiln.yaml\n"
             "check: {kubeVersion: \"1.31\"}\n",
    .not_found = "resources: [class.yaml]\n"
                 "--- class.yaml\n"
                 "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: disk}\n"
                 "--- .kiln.yaml\n"
                 "check: {kubeVersion: \"1.31\"}\n",
};
