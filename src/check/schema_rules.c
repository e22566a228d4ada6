// check/schema_rules.c
//
// What is found by schemas (check/schemas.h).
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
    "              litres: {type: integer, maximum: 100}\n"                                                            \
    "              colors: {type: array, x-kubernetes-list-type: set, items: {type: string}}\n"

const struct rule schema_type_rule = {
    .id = "schema-type",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a value has another type than its field",
    .why =
        "The API server refuses the object. A number or a boolean without quotes is no string, and what is in quotes "
        "is no number.",
    .remedy = "write the value as the type that is expected",
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
    .why = "A variable that is all of a value is replaced by what it refers to, with its type: quotes that are written "
           "around the variable don't stay.",
    .remedy = "let the variable refer to a string, such as an annotation",
    .found = COUNTED("$(COUNT)"),
    .not_found = COUNTED("about $(COUNT)"),
};

const struct rule schema_unknown_field_rule = {
    .id = "schema-unknown-field",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a field that its object doesn't have",
    .why =
        "The API server drops the field, or refuses the object. The hint says which field may be meant, and whether an "
        "earlier or later release of Kubernetes has it.",
    .remedy = "correct the name, or remove the field",
    .found = DEPLOYMENT("        livenesProbe: {httpGet: {port: 80}}\n"),
    .not_found = DEPLOYMENT("        livenessProbe: {httpGet: {port: 80}}\n"),
};

const struct rule schema_required_rule = {
    .id = "schema-required",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a required field is missing",
    .why = "The API server refuses the object. Only the finished object counts: a patch may leave everything out.",
    .remedy = "add the field",
    .found = DEPLOYMENT("        ports: [{name: http}]\n"),
    .not_found = DEPLOYMENT("        ports: [{name: http, containerPort: 80}]\n"),
};

const struct rule schema_null_rule = {
    .id = "schema-null",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a required field, or an item of a list, is null",
    .why =
        "The API server drops nulls, so that the field is missing. In a list of texts, which it makes an empty text of "
        "it, this is a note. A null in an optional field is fine.",
    .remedy = "write a value, or remove the item",
    .found = DEPLOYMENT("        ports: [{name: http, containerPort: null}]\n"),
    .not_found = DEPLOYMENT("        ports: null\n"),
};

const struct rule schema_enum_rule = {
    .id = "schema-enum",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a value is none of those that the field may have",
    .why = "The API server refuses the object. Upper and lower case differ. For a release that is newer than kiln's "
           "facts, "
           "it is a warning unless another value is near.",
    .remedy = "write one of the values",
    .found = DEPLOYMENT("        imagePullPolicy: always\n"),
    .not_found = DEPLOYMENT("        imagePullPolicy: Always\n"),
};

const struct rule schema_format_rule = {
    .id = "schema-format",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a text has another form than its field",
    .why = "The API server refuses the object: `data` of a Secret is base64, and times are written as in RFC 3339.",
    .remedy = "write the value in the form that is expected; texts of a Secret may stay as they are below `stringData`",
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
    .why = "The API server refuses the object.",
    .remedy = "write a value within the limits",
    .found = TAP("pipe: a, litres: 200"),
    .not_found = TAP("pipe: a, litres: 100"),
};

const struct rule schema_pattern_rule = {
    .id = "schema-pattern",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a text doesn't match the pattern of its field",
    .why = "The API server refuses the object.",
    .remedy = "write a text that matches",
    .found = TAP("pipe: A"),
    .not_found = TAP("pipe: a"),
};

const struct rule schema_duplicate_item_rule = {
    .id = "schema-duplicate-item",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a list has an item twice, though it is a set or its items have keys",
    .why = "The API server refuses the object.",
    .remedy = "remove one of them",
    .found = TAP("pipe: a, colors: [red, red]"),
    .not_found = TAP("pipe: a, colors: [red, blue]"),
};

const struct rule schema_one_of_rule = {
    .id = "schema-one-of",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "fields that exclude each other, or a value that its schema excludes",
    .why = "The API server refuses the object. Often a merge patch sets one of the fields, and the base has another: a "
           "probe "
           "has two handlers then, a volume two sources, a variable a value and a source.",
    .remedy = "set the field of the base to null in the patch",
    .found = TAP("pipe: a, hose: a"),
    .not_found = TAP("hose: a"),
};

const struct rule quantity_invalid_rule = {
    .id = "quantity-invalid",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a quantity has an unknown suffix",
    .why = "The API server refuses the object.",
    .remedy = "write a number, alone or with a suffix such as m, k, M, Ki, Mi, or Gi",
    .found = DEPLOYMENT("        resources: {requests: {memory: 12Q}}\n"),
    .not_found = DEPLOYMENT("        resources: {requests: {memory: 12Gi, cpu: 0.5}}\n"),
};

const struct rule schema_unknown_kind_rule = {
    .id = "schema-unknown-kind",
    .level = LEVEL_NOTE,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "nothing is known of a kind",
    .why = "Its objects are not checked. A CustomResourceDefinition in the build, in another root of the run, or in a "
           "file "
           "that `--schema` names makes the kind known. Each kind is told once.",
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
    .summary = "a part of a schema is not checked",
    .why = "kiln doesn't evaluate rules in CEL, keywords of JSON Schema that CustomResourceDefinitions don't have, and "
           "patterns that take too long.",
    .remedy = "let the API server check: `kubectl apply --dry-run=server`",
    .found = TAP("pipe: a"),
    .not_found = DEPLOYMENT(""),
};

const struct rule api_removed_rule = {
    .id = "api-removed",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "an API version that is no longer served",
    .why = "The API server doesn't know the object. `--kube-version` says by which release kiln judges; a kind that "
           "the build "
           "defines itself is judged by its definition.",
    .remedy = "write the version that replaces it",
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
    .summary = "an API version that is announced to go",
    .why = "A later release will not know the object. Versions of cert-manager and Istio that are gone are told here, "
           "since "
           "kiln doesn't know which release of them runs.",
    .remedy = "write the version that replaces it",
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
    .summary = "an API version that the release doesn't serve yet",
    .why = "The API server of the release in `--kube-version` doesn't know the object.",
    .remedy = "write a version that the release serves",
    .found = "resources: [class.yaml]\n"
             "--- class.yaml\n"
             "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: gpu}, spec: {}}\n",
    .not_found = "resources: [class.yaml]\n"
                 "--- class.yaml\n"
                 "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: disk}\n",
    .needs_more = true,
};
