// `kiln check` on finished resources: references to other roots, settings in .kiln.yaml, and positions of findings.
#include "tests/call.h"

#include <string.h>

#define API ", checked against the API of Kubernetes 1.37"

static void add_file(struct world *world, const char *path, const char *text)
{
    world_write(world, arena_format(&world->arena, "repo/%s", path).data, text);
}

static size_t count_of(struct slice text, const char *part)
{
    size_t count = 0, at;
    while ((at = slice_find(text, slice_from(part))) != SLICE_NOT_FOUND) {
        count++;
        text = slice_from_index(text, at + strlen(part));
    }
    return count;
}

#define POD(fields) "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n" fields
#define USER                                                                                                           \
    POD("  serviceAccountName: worker\n"                                                                               \
        "  containers:\n"                                                                                              \
        "  - {name: web, image: nginx, envFrom: [{configMapRef: {name: settings}}]}\n")
#define SETTINGS "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}\n"
#define WORKER "---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: worker}}\n"

// --- References.

static void another_root_provides_the_referenced_object(void **state)
{
    struct world *world = *state;
    add_root(world, "web", "namespace: shop\nresources: [web.yaml]\n");
    add_file(world, "web/web.yaml", USER);
    add_root(world, "base", "namespace: shop\nresources: [all.yaml]\n");
    add_file(world, "base/all.yaml", SETTINGS WORKER);
    expect_call(world, "check web", "web/web.yaml:7:63: warning: ConfigMap 'settings' is not in the build");
    expect_call(world, "check web", "web/web.yaml:5:23: warning: ServiceAccount 'worker' is not in the build");
    expect_no(world, "check --all", "ref-missing");
    // A ConfigMap in another namespace doesn't count.
    add_root(world, "base", "namespace: other\nresources: [all.yaml]\n");
    expect_call(world, "check --all", "ConfigMap 'settings' is not in the build");
    // Whoever applies a resource without a namespace chooses its namespace.
    add_root(world, "base", "resources: [all.yaml]\n");
    expect_no(world, "check --all", "ref-missing");
    add_root(world, "base", "namespace: other\nresources: [all.yaml]\n");
    add_root(world, "web", "resources: [web.yaml]\n");
    expect_no(world, "check --all", "ref-missing");
}

static void objects_listed_in_the_settings_are_external(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [web.yaml]\n");
    add_file(world, "web.yaml", USER);
    world_run(world, "git init -q repo");
    add_file(world, ".kiln.yaml", "check: {external: [ConfigMap/set*, ServiceAccount/worker]}\n");
    expect_no(world, "check", "ref-missing");
    add_file(world, ".kiln.yaml", "check: {external: [Secret/set*, ServiceAccount/worker]}\n");
    expect_call(world, "check", "ConfigMap 'settings' is not in the build");
    add_file(world, ".kiln.yaml", "check: {external: [settings]}\n");
    expect_call(world, "check", ".kiln.yaml:1:20: an entry of check.external must be KIND/NAME, not 'settings'");
}

static void operators_make_secrets(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [web.yaml, more.yaml]\n");
    add_file(world, "web.yaml",
             POD("  volumes:\n"
                 "  - {name: a, secret: {secretName: from-certificate}}\n"
                 "  - {name: b, secret: {secretName: database-app}}\n"
                 "  - {name: c, secret: {secretName: nobody}}\n"
                 "  - {name: d, secret: {secretName: maybe, optional: true}}\n"
                 "  - {name: e, secret: {secretName: '${NAME}-later'}}\n"
                 "  - {name: f, configMap: {name: kube-root-ca.crt}}\n"
                 "  containers: [{name: web, image: nginx}]\n"));
    add_file(world, "more.yaml",
             "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: x}, spec: {secretName: "
             "from-certificate}}\n---\n"
             "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: database}}\n");
    struct slice said = call(world, "check --rules ref-missing");
    expect_contains(said, "web.yaml:8:36: note: Secret 'nobody' is not in the build [ref-missing]\n");
    assert_int_equal(count_of(said, "[ref-missing]"), 1);
    // Almost the name of a resource in the build.
    add_root(world, ".", "resources: [web.yaml]\nsecretGenerator: [{name: nobodys, literals: [a=b]}]\n");
    expect_contains(call(world, "check --rules ref-missing"),
                    "web.yaml:8:36: warning: Secret 'nobody' is not in the build [ref-missing]\n");
    expect_contains(call(world, "check --rules ref-missing"), "hint: did you mean 'nobodys'?");
}

// Two candidates are about equally near. The one that nothing else refers to comes first. Both appear under the names
// that they have before prefixes.
static void several_names_may_be_meant(void **state)
{
    struct world *world = *state;
    static const char web[] = POD("  containers:\n"
                                  "  - {name: web, image: nginx, envFrom: [{configMapRef: {name: shop-b}}]}\n"
                                  "  volumes:\n"
                                  "  - {name: a, configMap: {name: %s}}\n");
    static const char *const rows[][2] = {
        {"shop-a", "  hint: did you mean 'shop-c' or 'shop-b'?\n"},
        {"nginx", "  hint: did you mean 'shop-nginx'?\n"},
        {"shop-nginx-settings", "  hint: did you mean 'shop-nginx'?\n"},
    };
    add_root(world, ".",
             "resources: [web.yaml]\nnamePrefix: prod-\n"
             "configMapGenerator: [{name: shop-b}, {name: shop-c}, {name: shop-nginx}]\n");
    for (size_t i = 0; i < countof(rows); i++) {
        add_file(world, "web.yaml", arena_format(&world->arena, web, rows[i][0]).data);
        expect_contains(call(world, "check --rules ref-missing"), rows[i][1]);
    }
}

// What a hint says to write is right in the file that it is about, whatever an overlay does to names.
static void hints_use_the_names_of_the_file(void **state)
{
    struct world *world = *state;
    static const char ingress[] = "apiVersion: networking.k8s.io/v1\n"
                                  "kind: Ingress\n"
                                  "metadata: {name: cart}\n"
                                  "spec:\n"
                                  "  rules:\n"
                                  "  - http: {paths: [{path: /, pathType: Prefix, backend: {%s}}]}\n"
                                  "---\n"
                                  "apiVersion: v1\n"
                                  "kind: Service\n"
                                  "metadata: {name: cart}\n"
                                  "spec: {clusterIP: None}\n";
    static const char *const rows[][2] = {
        {"serviceName: cart, servicePort: http",
         "hint: write `service: {name: cart, port: {name: http}}` instead of `serviceName` and `servicePort`\n"},
        {"serviceName: \"cart\", servicePort: http", "hint: write `service: {name: cart, port: {name: http}}` "},
        {"service: {name: cart-uss, port: {name: http}}", "hint: did you mean 'cart'?\n"},
        {"service: {name: my-cat-us, port: {name: http}}", "hint: did you mean 'cart'?\n"},
        {"service: {name: carts, port: {name: http}}", "hint: did you mean 'cart'?\n"},
    };
    add_root(world, "base", "resources: [cart.yaml]\n");
    add_root(world, "eu", "resources: [../base]\nnamePrefix: my-\nnameSuffix: -us\n");
    for (size_t i = 0; i < countof(rows); i++) {
        add_file(world, "base/cart.yaml", arena_format(&world->arena, ingress, rows[i][0]).data);
        expect_contains(call(world, "check eu"), rows[i][1]);
    }
    // In a file that is loaded after the renaming, the new name is right.
    add_file(world, "base/cart.yaml", arena_format(&world->arena, ingress, "").data);
    add_root(world, "top", "resources: [../eu, web.yaml]\n");
    add_file(world, "top/web.yaml",
             "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\n"
             "spec: {defaultBackend: {service: {name: my-cat-us, port: {number: 80}}}}\n");
    expect_contains(call(world, "check top"), "hint: did you mean 'my-cart-us'?\n");
    // Replacements run after the renaming, and find resources by both names.
    add_root(world, "eu",
             "resources: [../base]\nnameSuffix: -production\nreplacements:\n"
             "- source: {kind: Service, name: cart, fieldPath: metadata.name}\n"
             "  targets:\n"
             "  - {select: {kind: Ingress, name: cat}, fieldPaths: [metadata.name]}\n");
    expect_contains(call(world, "check eu"), "hint: did you mean Ingress 'cart'?\n");
    add_root(world, "eu",
             "resources: [../base]\nnameSuffix: -production\nreplacements:\n"
             "- source: {kind: Service, name: cat, fieldPath: metadata.name}\n"
             "  targets:\n"
             "  - {select: {kind: Ingress, name: cart}, fieldPaths: [metadata.name]}\n");
    expect_contains(call(world, "check eu"), "hint: did you mean 'cart'?\n");
}

// Two conflicting values may be in different files.
static void a_finding_names_the_place_of_the_other_value(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [web.yaml]\npatches: [{path: more.yaml}]\n");
    add_file(world, "web.yaml",
             POD("  containers:\n"
                 "  - name: web\n"
                 "    image: nginx\n"
                 "    resources: {limits: {memory: 256Mi}}\n"
                 "    securityContext: {privileged: true}\n"
                 "    env: [{name: A, value: a}]\n"
                 "  volumes: [{name: data, emptyDir: {}}]\n"));
    add_file(world, "more.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
             "  - name: web\n"
             "    resources: {requests: {memory: 512Mi}}\n"
             "    securityContext: {allowPrivilegeEscalation: false}\n"
             "  volumes: [{name: data, secret: {secretName: s}}]\n");
    struct slice said = call(world, "check --rules request-over-limit,object-invalid,schema-one-of");
    expect_contains(said, "  hint: the limit is at web.yaml:8:34\n");
    expect_contains(said, "  hint: remove `privileged: true` or this field (`privileged` is at web.yaml:9:35)\n");
    expect_contains(said,
                    "  hint: make the patch remove `emptyDir`, too, which is set at web.yaml:11:26: set it to null, "
                    "or use `op: remove` in a JSON patch\n");
    add_root(world, ".", "resources: [web.yaml]\n");
    add_file(world, "web.yaml",
             POD("  containers:\n"
                 "  - name: web\n"
                 "    image: nginx\n"
                 "    resources:\n"
                 "      limits: {memory: 1Gi}\n"
                 "      requests: {memory: 2Gi}\n"));
    expect_contains(call(world, "check --rules request-over-limit"), "  hint: the limit is on line 9\n");
}

static void a_missing_field_to_replace_gets_a_hint_with_the_other_keys(void **state)
{
    struct world *world = *state;
    add_file(world, "web.yaml",
             POD("  containers:\n  - {name: web, image: nginx, resources: {limits: {memory: 1Gi}}}\n"));
    add_root(world, ".",
             "resources: [web.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |\n"
             "    - {op: replace, path: /spec/containers/0/resources/limits/cpu, value: 1}\n"
             "    - {op: replace, path: /spec/containers/0/resources/limits/storage, value: 1Gi}\n");
    expect_contains(
        call(world, "check --rules json-patch-replace-missing"),
        "'/spec/containers/0/resources/limits/cpu' does not exist: the build adds it instead of replacing it "
        "[json-patch-replace-missing]\n");
    expect_contains(call(world, "check --rules json-patch-replace-missing"),
                    "  hint: if the path is right, use `op: add`; the only other key of 'limits' is 'memory' "
                    "('containers/0' is 'web')\n");
    add_root(world, ".",
             "resources: [web.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |\n"
             "    - {op: replace, path: /spec/containers/0/imag, value: a}\n");
    expect_contains(call(world, "check --rules json-patch-replace-missing"),
                    "  hint: did you mean '/spec/containers/0/image'? If the path is right, use `op: add` "
                    "('containers/0' is 'web')\n");
    add_root(world, ".",
             "namePrefix: shop-\nresources: [web.yaml]\npatches:\n- target: {kind: Pod}\n  patch: |\n"
             "    - {op: replace, path: /metadata/finalizer, value: [a]}\n");
    expect_contains(call(world, "check --rules json-patch-replace-missing"),
                    "use `op: add`; the other keys of 'metadata' are 'name' and 'labels'\n");
}

static void referenced_keys_must_exist(void **state)
{
    struct world *world = *state;
    const char *web = POD("  containers:\n"
                          "  - name: web\n"
                          "    image: nginx\n"
                          "    env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: pasword}}}]\n");
    add_root(world, ".", "resources: [web.yaml, secret.yaml]\n");
    add_file(world, "web.yaml", web);
    add_file(world, "secret.yaml",
             "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2}\n");
    expect_call(world, "check",
                "web.yaml:8:63: error: Secret 'db' has no key 'pasword' [ref-missing-key]\n"
                "    8 |     env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: pasword}}}]\n"
                "      |                                                               ^~~~~~~\n"
                "  hint: did you mean 'password'?\n"
                "  in Pod/web spec.containers[0].env[0].valueFrom.secretKeyRef.key\n");
    expect_no(world, "check", "hunter2");
    // A key that a broken line was meant to set isn't also reported as missing.
    add_root(world, ".", "resources: [web.yaml]\nsecretGenerator: [{name: db, envs: [db.env]}]\n");
    static const char *const lines[] = {"pasword: x\n", "pasword = x\n", "export pasword=x\n", "pasword\t=x\n"};
    for (size_t i = 0; i < countof(lines); i++) {
        add_file(world, "db.env", lines[i]);
        expect_call(world, "check", "generator-key-invalid");
        expect_no(world, "check", "ref-missing-key");
    }
    add_file(world, "db.env", "paswords: x\n");
    expect_call(world, "check", "ref-missing-key");
    add_root(world, ".", "resources: [web.yaml, secret.yaml]\n");
    // An operator fills it in.
    add_file(world, "secret.yaml",
             "apiVersion: v1\nkind: Secret\nmetadata: {name: db, annotations: {example.com/copy-of: x/db}}\n"
             "stringData: {password: hunter2}\n");
    expect_no(world, "check", "ref-missing-key");
    add_file(world, "secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n");
    expect_no(world, "check", "ref-missing-key");
}

static void the_step_that_drops_a_key_is_named(void **state)
{
    struct world *world = *state;
    const char *web = POD("  containers:\n"
                          "  - name: web\n"
                          "    image: nginx\n"
                          "    env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: COLOR}}}]\n");
    add_root(world, "base",
             "resources: [web.yaml]\n"
             "configMapGenerator: [{name: settings, literals: [COLOR=red, COLORS=all]}]\n");
    add_file(world, "base/web.yaml", web);
    const char *const replacing = "resources: [../base]\n"
                                  "configMapGenerator: [{name: settings, behavior: replace, literals: [COLORS=no]}]\n";
    const char *const said =
        "  hint: write `behavior: merge` at over/kustomization.yaml:2:22, where `behavior: replace` "
        "drops the key\n";
    add_root(world, "over", replacing);
    expect_call(world, "check over", "base/web.yaml:8:72: error: ConfigMap 'settings-");
    expect_call(world, "check over", said);
    // A later entry that merges doesn't hide the one that replaces.
    add_root(world, "later",
             "resources: [../over]\n"
             "configMapGenerator: [{name: settings, behavior: merge, literals: [SIZE=tiny]}]\n");
    expect_call(world, "check later", said);
    add_root(world, "later",
             "resources: [../over]\n"
             "configMapGenerator: [{name: settings, behavior: merge, literals: [COLOR=blue]}]\n");
    expect_no(world, "check later", "ref-missing-key");
    // A reference that is added after the step can't have relied on the dropped key.
    add_root(world, "base", "configMapGenerator: [{name: settings, literals: [COLOR=red, COLORS=all]}]\n");
    add_root(world, "later", "resources: [../over, web.yaml]\n");
    add_file(world, "later/web.yaml", web);
    expect_call(world, "check later", "  hint: did you mean 'COLORS'?\n");
    add_root(world, "base",
             "resources: [web.yaml]\n"
             "configMapGenerator: [{name: settings, literals: [COLOR=red, COLORS=all]}]\n");
    add_root(world, "over",
             "resources: [../base]\n"
             "patches: [{target: {kind: ConfigMap}, patch: '- {op: remove, path: /data/COLOR}'}]\n");
    expect_call(world, "check over",
                "  hint: change the patch at over/kustomization.yaml:2:20 so that it does not drop the key\n");
    add_root(world, "over",
             "resources: [../base]\n"
             "patches:\n"
             "- patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {COLOR: null}}'\n");
    expect_call(world, "check over",
                "  hint: change the patch at over/kustomization.yaml:3:11 so that it does not drop the key\n");
    add_root(world, "over",
             "resources: [../base]\n"
             "patches:\n"
             "- patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, $patch: delete}'\n");
    expect_call(world, "check over",
                "  hint: remove the reference, too, or keep the resource: a patch at over/kustomization.yaml:3:11 "
                "deletes it\n");
}

// --- Selectors.

#define SELECTING(selector)                                                                                            \
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{port: 80}]\n  selector: " selector "\n"

static void selectors_are_looked_up_everywhere(void **state)
{
    struct world *world = *state;
    add_root(world, "one", "namespace: shop\nresources: [service.yaml, other.yaml]\n");
    add_file(world, "one/service.yaml", SELECTING("{app: web, tier: front}"));
    add_file(world, "one/other.yaml",
             "{apiVersion: v1, kind: Pod, metadata: {name: x, labels: {app: other}}, spec: {containers: [{name: a, "
             "image: b}]}}\n");
    add_root(world, "two", "namespace: shop\nresources: [web.yaml]\n");
    add_file(world, "two/web.yaml",
             "{apiVersion: v1, kind: Pod, metadata: {name: x, labels: {app: web, tier: front, more: x}}, spec: "
             "{containers: [{name: a, image: b}]}}\n");
    expect_call(world, "check one",
                "one/service.yaml:6:13: warning: the selector of Service 'web' matches no Pod template "
                "[selector-matches-nothing]");
    expect_no(world, "check --all", "selector-matches-nothing");
    add_root(world, "two", "namespace: other\nresources: [web.yaml]\n");
    expect_call(world, "check --all", "selector-matches-nothing");
    // Without workloads next to it, a selector isn't reported.
    add_root(world, "one", "namespace: shop\nresources: [service.yaml]\n");
    expect_no(world, "check one", "selector-matches-nothing");
}

// --- Budgets and autoscalers.

#define BUDGET(name, fields, selector)                                                                                 \
    "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: " name fields                             \
    "}\nspec:\n  minAvailable: 1\n  selector: " selector "\n"
#define AUTOSCALER(version, name, target)                                                                              \
    "---\napiVersion: autoscaling/" version "\nkind: HorizontalPodAutoscaler\nmetadata: {name: " name                  \
    "}\nspec:\n  maxReplicas: 5\n  scaleTargetRef: " target "\n"
#define WORKLOAD(fields)                                                                                               \
    "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web" fields                                          \
    "}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web, tier: front}}\n"  \
    "    spec: {containers: [{name: web, image: nginx}]}\n"

static void a_pod_has_one_budget(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [web.yaml, one.yaml, two.yaml]\n");
    add_file(world, "web.yaml", WORKLOAD(""));
    add_file(world, "one.yaml", BUDGET("one", "", "{matchLabels: {app: web}}"));
    add_file(world, "two.yaml", BUDGET("two", "", "{matchLabels: {tier: front}}"));
    const char *message = "two.yaml:7:13: warning: the Pods of Deployment 'web' are already selected by "
                          "PodDisruptionBudget 'one' [pdb-overlap]";
    expect_call(world, "check", message);
    expect_call(world, "check", "remove this budget or the budget at one.yaml:7:13");
    add_file(world, "two.yaml", BUDGET("two", "", "{matchExpressions: [{key: tier, operator: In, values: [front]}]}"));
    expect_call(world, "check", message);
    add_file(world, "two.yaml", BUDGET("two", "", "{}"));
    expect_call(world, "check", message);
    // The order of the output doesn't matter.
    add_root(world, ".", "resources: [web.yaml, two.yaml, one.yaml]\n");
    expect_call(world, "check",
                "one.yaml:7:13: warning: the Pods of Deployment 'web' are already selected by "
                "PodDisruptionBudget 'two'");
    add_root(world, ".", "resources: [web.yaml, one.yaml, two.yaml]\n");

    // Nothing is reported if labels set at run time, or placeholders, could change what is selected.
    const char *const unsure[] = {"{matchLabels: {app: web, role: leader}}",
                                  "{matchLabels: {app: web}, matchExpressions: [{key: role, operator: DoesNotExist}]}",
                                  "{matchExpressions: [{key: role, operator: NotIn, values: [leader]}]}",
                                  "{matchExpressions: [{key: app, operator: In, values: ['${APP}']}]}",
                                  "{matchLabels: {app: '${APP}'}}"};
    for (size_t i = 0; i < countof(unsure); i++) {
        add_file(world, "two.yaml", arena_format(&world->arena, BUDGET("two", "", "%s"), unsure[i]).data);
        expect_no(world, "check", "pdb-overlap");
    }
    // No Pod in the build has this label.
    add_file(world, "one.yaml", BUDGET("one", "", "{matchLabels: {app: other}}"));
    add_file(world, "two.yaml", BUDGET("two", "", "{matchLabels: {app: other}}"));
    expect_no(world, "check", "pdb-overlap");
}

static void budgets_in_other_namespaces_do_not_overlap(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [all.yaml]\n");
    add_file(world, "all.yaml",
             WORKLOAD(", namespace: a") WORKLOAD(", namespace: b")
                 BUDGET("one", ", namespace: a", "{matchLabels: {app: web}}")
                     BUDGET("two", ", namespace: b", "{matchLabels: {app: web}}")
                         BUDGET("three", "", "{matchLabels: {app: web}}"));
    expect_no(world, "check", "pdb-overlap");
    add_file(world, "all.yaml",
             WORKLOAD(", namespace: b") BUDGET("one", ", namespace: b", "{matchLabels: {app: web}}")
                 BUDGET("two", ", namespace: b", "{matchLabels: {app: web}}"));
    expect_call(world, "check", "remove this budget or the budget on line 16");
}

static void a_workload_has_one_autoscaler(void **state)
{
    struct world *world = *state;
    const char *file = "all.yaml";
    add_root(world, ".", "resources: [all.yaml]\n");
    add_file(world, file,
             WORKLOAD("") AUTOSCALER("v2", "one", "{apiVersion: apps/v1, kind: Deployment, name: web}")
                 AUTOSCALER("v1", "two", "{kind: Deployment, name: web}"));
    expect_call(world, "check",
                "all.yaml:23:19: warning: Deployment 'web' is already scaled by HorizontalPodAutoscaler 'one' "
                "[hpa-same-target]");
    expect_call(world, "check", "combine the metrics of both autoscalers in one: the other autoscaler is on line 16");
    // Not in the build, of another kind, or of another group.
    add_file(world, file,
             AUTOSCALER("v2", "one", "{kind: Deployment, name: web}")
                 AUTOSCALER("v2", "two", "{kind: Deployment, name: web}"));
    expect_no(world, "check", "hpa-same-target");
    add_file(world, file,
             WORKLOAD("") AUTOSCALER("v2", "one", "{kind: Deployment, name: web}")
                 AUTOSCALER("v2", "two", "{kind: StatefulSet, name: web}"));
    expect_no(world, "check", "hpa-same-target");
    add_file(world, file,
             WORKLOAD("") AUTOSCALER("v2", "one", "{kind: Deployment, name: web}")
                 AUTOSCALER("v2", "two", "{apiVersion: example.com/v1, kind: Deployment, name: web}"));
    expect_no(world, "check", "hpa-same-target");
    // One autoscaler in two versions of its API.
    add_file(world, file,
             WORKLOAD("") AUTOSCALER("v2", "one", "{kind: Deployment, name: web}")
                 AUTOSCALER("v1", "one", "{kind: Deployment, name: web}"));
    expect_no(world, "check", "hpa-same-target");
}

static void labels_may_be_set_at_run_time(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [service.yaml, web.yaml]\n");
    add_file(world, "web.yaml", POD("  containers: [{name: web, image: nginx}]\n"));
    add_file(world, "service.yaml", SELECTING("{app: web, vault-active: 'true'}"));
    expect_call(world, "check",
                "service.yaml:6:38: warning: no Pod template has the label 'vault-active: true' "
                "[selector-matches-nothing]");
    world_run(world, "git init -q repo");
    add_file(world, ".kiln.yaml", "check: {external: [Label/vault-active]}\n");
    expect_no(world, "check", "selector-matches-nothing");
    add_file(world, ".kiln.yaml", "check: {external: [Label/vault-active=false]}\n");
    expect_call(world, "check", "selector-matches-nothing");
    // A wrong value of a label that the template has.
    add_file(world, "service.yaml", SELECTING("{app: wep}"));
    expect_call(world, "check", "service.yaml:6:13: warning: the selector of Service 'web' matches no Pod template");
    add_file(world, "web.yaml",
             "{apiVersion: v1, kind: Pod, metadata: {name: x, labels: {app: web, tier: front}}, spec: {containers: "
             "[{name: a, image: b}]}}\n");
    add_file(world, "service.yaml", SELECTING("{app: web, tier: frnot}"));
    expect_call(world, "check",
                "service.yaml:6:30: error: no Pod template has the label 'tier: frnot' [selector-matches-nothing]\n"
                "    6 |   selector: {app: web, tier: frnot}\n"
                "      |                              ^~~~~\n"
                "  hint: write `tier: front` to select Pod 'x', which the other labels match\n"
                "  in Service/web spec.selector\n");
    // A resource of an operator has the name.
    add_file(world, "service.yaml",
             SELECTING("{prometheus: main}") "---\n{apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: "
                                             "{name: main}}\n");
    expect_no(world, "check", "selector-matches-nothing");
    add_file(world, "service.yaml",
             "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: ExternalName, externalName: "
             "example.com, selector: {app: x}}}\n");
    expect_no(world, "check", "selector-matches-nothing");
}

static void monitors_must_match_a_service(void **state)
{
    struct world *world = *state;
    const char *monitor = "apiVersion: monitoring.coreos.com/v1\n"
                          "kind: ServiceMonitor\n"
                          "metadata: {name: web, namespace: monitoring}\n"
                          "spec: {namespaceSelector: {matchNames: [shop]}, selector: {matchLabels: {app: %s}}}\n";
    add_root(world, ".", "resources: [service.yaml, monitor.yaml]\n");
    add_file(
        world, "service.yaml",
        "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {ports: "
        "[{port: 80}]}}\n");
    add_file(world, "monitor.yaml", arena_format(&world->arena, monitor, "web").data);
    expect_no(world, "check", "selector-matches-nothing");
    add_file(world, "monitor.yaml", arena_format(&world->arena, monitor, "wep").data);
    expect_call(world, "check", "the selector of ServiceMonitor 'web' matches no Service [selector-matches-nothing]");
}

// --- Namespaces.

static void namespaces_and_scopes_come_from_all_roots(void **state)
{
    struct world *world = *state;
    add_root(world, "web", "namespace: shop\nresources: [map.yaml]\n");
    add_file(world, "web/map.yaml", SETTINGS "---\n{apiVersion: example.com/v1, kind: Cup, metadata: {name: cup}}\n");
    // No root has the Namespace.
    expect_no(world, "check web", "namespace-missing");
    add_root(world, "cluster", "resources: [all.yaml]\n");
    add_file(world, "cluster/all.yaml",
             "{apiVersion: v1, kind: Namespace, metadata: {name: other}}\n---\n"
             "apiVersion: apiextensions.k8s.io/v1\n"
             "kind: CustomResourceDefinition\n"
             "metadata: {name: cups.example.com}\n"
             "spec: {group: example.com, scope: Cluster, names: {kind: Cup, plural: cups}}\n");
    struct slice said = call(world, "check --all");
    expect_contains(said, "web/kustomization.yaml:1:12: note: no root builds the Namespace 'shop' [namespace-missing]");
    expect_contains(said, "web/kustomization.yaml:1:12: warning: the cluster-scoped Cup 'cup' has a namespace");
    assert_int_equal(count_of(said, "[namespace-missing]"), 1);
    expect_no(world, "check web", "namespace-on-cluster-scoped");
    add_root(world, "web", "namespace: other\nresources: [map.yaml]\n");
    expect_no(world, "check --all", "namespace-missing");
    // Scopes of kinds that kustomize doesn't know come from the table of kinds, for all versions of a kind.
    add_file(
        world, "web/map.yaml",
        "{apiVersion: storage.k8s.io/v1, kind: VolumeAttributesClass, metadata: {name: a, namespace: shop}}\n---\n"
        "{apiVersion: storagemigration.k8s.io/v1alpha1, kind: StorageVersionMigration, metadata: {name: b, namespace: "
        "shop}}\n---\n"
        "{apiVersion: resource.k8s.io/v1beta1, kind: ResourceClaim, metadata: {name: c, namespace: shop}}\n");
    add_root(world, "web", "resources: [map.yaml]\n");
    said = call(world, "check web");
    expect_contains(said, "the cluster-scoped VolumeAttributesClass 'a' has a namespace");
    expect_contains(said, "the cluster-scoped StorageVersionMigration 'b' has a namespace");
    assert_int_equal(count_of(said, "[namespace-on-cluster-scoped]"), 2);
}

// --- Sizes.

static void large_data_is_reported_by_its_size(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *kib, *said;
    } sizes[] = {
        {"1100", "kustomization.yaml:1:37: error: ConfigMap 'a' has 1100 KiB of data [configmap-too-large]"},
        {"1000", "warning: ConfigMap 'a' has 1000 KiB of data"},
        {"300", "note: ConfigMap 'a' has 300 KiB of data"},
    };
    add_root(world, ".",
             "generatorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator: [{name: a, files: [a.txt]}]\n");
    for (size_t i = 0; i < countof(sizes); i++) {
        world_run(world,
                  arena_format(&world->arena, "head -c %sK /dev/zero | tr '\\0' a >repo/a.txt", sizes[i].kib).data);
        expect_call(world, "check", strchr(sizes[i].said, ' ') + 1);
    }
    world_run(world, "head -c 200K /dev/zero | tr '\\0' a >repo/a.txt");
    expect_no(world, "check", "configmap-too-large");
}

// --- Positions of findings.

#define CONTAINERS "{containers: [{name: main, image: a}, {name: main, image: b}]}"

static void findings_point_to_their_source(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [pod.yaml]\n");
    add_file(world, "pod.yaml",
             "\xef\xbb\xbf"
             "apiVersion: v1\r\nkind: Pod\r\nmetadata: {name: web}\r\nspec:\r\n"
             "  containers:\r\n  - image: a\r\n    name: main\r\n  - image: b\t# x\r\n    name: main\r\n");
    expect_call(world, "check",
                "pod.yaml:9:11: error: the container 'main' is already defined [duplicate-name]\n"
                "    9 |     name: main\n"
                "      |           ^~~~\n"
                "  hint: see the first one on line 7\n");
    add_file(world, "pod.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: " CONTAINERS "}\n");
    expect_call(world, "check", "pod.yaml:1:103: error: the container 'main' is already defined");
    add_root(world, ".", "resources: [pod.json]\n");
    add_file(world, "pod.json",
             "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"web\"},\n"
             "  \"spec\": {\"containers\": [\n"
             "    {\"name\": \"main\", \"image\": \"a\"},\n"
             "    {\"name\": \"main\", \"image\": \"b\"}]}}\n");
    expect_call(world, "check", "pod.json:4:14: error: the container 'main' is already defined");
    // The position of a value from a patch is in the patch.
    add_root(world, ".",
             "resources: [pod.yaml]\n"
             "patches:\n"
             "- target: {kind: Pod}\n"
             "  patch: |\n"
             "    - op: add\n"
             "      path: /spec/containers/-\n"
             "      value: {name: main, image: b}\n");
    add_file(world, "pod.yaml",
             "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main, image: a}]}}\n");
    expect_call(world, "check", "kustomization.yaml:7:21: error: the container 'main' is already defined");
    // Items of a List are resources.
    add_root(world, ".", "resources: [list.yaml]\n");
    add_file(
        world, "list.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: one}, spec: " CONTAINERS
        "}\n- {apiVersion: v1, kind: Pod, metadata: {name: two}, spec: " CONTAINERS "}\n");
    world_run(world, "rm repo/pod.*");
    struct slice said = call(world, "check");
    expect_contains(said, "list.yaml:4:105: error: the container 'main' is already defined");
    expect_contains(said, "list.yaml:5:105: error: the container 'main' is already defined");
    expect_contains(said, "2 errors, 0 warnings in 1 root (2 resources)" API "\nstatus 1");
}

static void a_finding_in_forty_roots_is_reported_once(void **state)
{
    struct world *world = *state;
    add_root(world, "base", "resources: [pod.yaml]\n");
    add_file(world, "base/pod.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: " CONTAINERS "}\n");
    for (int i = 0; i < 40; i++)
        add_root(world, arena_format(&world->arena, "root-%02d", i).data, "resources: [../base]\nnamePrefix: x-\n");
    struct slice said = call(world, "check --all");
    assert_int_equal(count_of(said, "[duplicate-name]"), 1);
    expect_contains(said, "in Pod/x-web spec.containers[1].name, built by root-00 and 39 more roots\n");
    expect_contains(said, "1 error, 0 warnings in 40 roots (40 resources)" API "\nstatus 1");
}

static void lines_of_secrets_are_not_shown(void **state)
{
    struct world *world = *state;
    static const char *const forms[] = {"check", "check --format json", "check --rule secret-in-plain=error"};
    add_root(world, ".", "resources: [secret.yaml]\n");
    add_file(world, "secret.yaml",
             "{apiVersion: v1, kind: Secret, metadata: {name: Not_Valid, labels: {a: b c}}, stringData: {password: "
             "hunter2-and-more}}\n");
    for (size_t i = 0; i < countof(forms); i++) {
        expect_call(world, forms[i], "name-invalid");
        expect_no(world, forms[i], "hunter2");
    }
    expect_call(world, forms[2], "secret.yaml:1:92: error: the value of 'password' is in plain text [secret-in-plain]");
    expect_no(world, forms[0], "secret-in-plain");
    // Values encrypted by SOPS are fine.
    add_file(world, "secret.yaml",
             "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {password: 'ENC[AES256_GCM,data:x]'}, "
             "sops: {version: 3.9.0}}\n");
    expect_no(world, forms[2], "secret-in-plain");
}

static void findings_in_chart_objects_point_to_the_chart_entry(void **state)
{
    struct world *world = *state;
    world_write_script(world, "bin/helm",
                       "case $1 in version) echo v3.15.0 ;; *) printf 'apiVersion: v1\\nkind: ConfigMap\\n"
                       "metadata: {name: Web_1}\\n---\\napiVersion: v1\\nkind: ConfigMap\\n"
                       "metadata: {name: Web_2}\\n' ;; esac\n");
    world_put_on_path(world, "bin");
    add_root(world, ".", "# kiln: ignore-file file-not-used\nhelmCharts: [{name: web}]\n");
    add_file(world, "charts/web/values.yaml", "");
    add_file(world, "charts/web/Chart.yaml", "{apiVersion: v2, name: web, version: 1.0.0}\n");
    struct slice said = call(world, "check --enable-helm");
    expect_contains(said, "kustomization.yaml:2:14: error: 'Web_1' is not a valid name for a resource of its kind "
                          "(output of helm for web, line 3) [name-invalid]\n"
                          "    2 | helmCharts: [{name: web}]\n");
    expect_contains(said, "kustomization.yaml:2:14: error: 'Web_2' is not a valid name for a resource of its kind "
                          "(output of helm for web, line 7) [name-invalid]\n");
}

// --- Changes between revisions.

static void changes_to_immutable_fields_are_reported(void **state)
{
    struct world *world = *state;
    const char *job = "{apiVersion: batch/v1, kind: Job, metadata: {name: %s}, spec: {template: {spec: {containers: "
                      "[{name: a, image: '%s'}]}}}}\n";
    const char *service = "---\n{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {%sports: [{port: %s}]}}\n";
    add_root(world, "one", "resources: [all.yaml]\n");
    add_file(world, "one/all.yaml",
             arena_format(&world->arena, "%s%s", arena_format(&world->arena, job, "a", "nginx:1").data,
                          arena_format(&world->arena, service, "", "80").data)
                 .data);
    world_commit(world, "repo");
    add_file(world, "one/all.yaml",
             arena_format(&world->arena, "%s%s", arena_format(&world->arena, job, "a", "nginx:2").data,
                          arena_format(&world->arena, service, "clusterIP: None, ", "81").data)
                 .data);
    struct slice said = call(world, "check --since HEAD");
    expect_contains(said, "one/all.yaml:1:73: warning: spec.template of Job 'a' has changed, but the field is "
                          "immutable [immutable-change]\n");
    expect_contains(said, "one/all.yaml:3:72: warning: spec.clusterIP of Service 'a' has changed, but the field is "
                          "immutable [immutable-change]\n");
    assert_int_equal(count_of(said, "[immutable-change]"), 2);
    expect_no(world, "check one", "immutable-change");
    expect_no(world, "check --since HEAD --rules -immutable-change", "immutable-change");
    expect_no(world, "check --staged", "immutable-change");
    world_run(world, "cd repo && git add .");
    expect_call(world, "check --staged", "spec.template of Job 'a' has changed");
    // A resource with another name, or in another root, is a different one.
    add_file(world, "one/all.yaml", arena_format(&world->arena, job, "b", "nginx:2").data);
    add_root(world, "two", "resources: [all.yaml]\n");
    add_file(world, "two/all.yaml", arena_format(&world->arena, job, "a", "nginx:3").data);
    world_run(world, "cd repo && git add .");
    expect_no(world, "check --since HEAD", "immutable-change");
}

static void only_immutable_data_must_stay_the_same(void **state)
{
    struct world *world = *state;
    const char *map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, %sdata: {a: %s}}\n";
    add_root(world, ".", "resources: [one.yaml, two.yaml]\n");
    add_file(world, "one.yaml", arena_format(&world->arena, map, "one", "immutable: true, ", "x").data);
    add_file(world, "two.yaml", arena_format(&world->arena, map, "two", "", "x").data);
    world_commit(world, "repo");
    add_file(world, "one.yaml", arena_format(&world->arena, map, "one", "immutable: true, ", "y").data);
    add_file(world, "two.yaml", arena_format(&world->arena, map, "two", "immutable: true, ", "y").data);
    struct slice said = call(world, "check --since HEAD");
    expect_contains(said, "warning: data of ConfigMap 'one' has changed, but the field is immutable");
    assert_int_equal(count_of(said, "[immutable-change]"), 1);
}

// --- Levels.

static void objects_are_only_checked_by_check(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [pod.yaml]\n");
    add_file(world, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
             "  - {name: main, image: nginx}\n  - {name: main, image: nginx}\n");
    expect_call(world, "check", "pod.yaml:7:12: error: the container 'main' is already defined");
    expect_call(world, "build --strict", "status 0");
    expect_no(world, "build --strict", "duplicate-name");
    expect_no(world, "check", "image-latest");
    expect_call(world, "check --rule image-latest=note", "note: the image 'nginx' has no tag [image-latest]");
    add_file(world, "latest/pod.yaml", POD("  containers: [{name: main, image: 'localhost:5000/nginx:latest'}]\n"));
    add_root(world, "latest", "resources: [pod.yaml]\n");
    expect_call(world, "check latest --rule image-latest=note",
                "note: the image 'localhost:5000/nginx:latest' has the tag 'latest' [image-latest]");
    // Comments and annotations ignore findings.
    add_file(world, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
             "  - {name: main, image: nginx}\n"
             "  - {name: main, image: nginx}  # kiln: ignore duplicate-name: on purpose\n");
    expect_text(call(world, "check"), "0 errors, 0 warnings, 1 ignored in 1 root (1 resource)" API "\nstatus 0");
    add_file(world, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: {kiln.dev/ignore: duplicate-name}}\nspec:\n"
             "  containers:\n  - {name: main, image: nginx}\n  - {name: main, image: nginx}\n");
    expect_text(call(world, "check"), "0 errors, 0 warnings, 1 ignored in 1 root (1 resource)" API "\nstatus 0");
}

// Correct resources as found in public repositories.
static void correct_objects_have_no_findings(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [all.yaml]\n");
    add_file(
        world, "all.yaml",
        "apiVersion: apps/v1\n"
        "kind: StatefulSet\n"
        "metadata: {name: web, labels: {app.kubernetes.io/name: web, empty: ''}}\n"
        "spec:\n"
        "  serviceName: web\n"
        "  selector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: In, values: [a, b]}]}\n"
        "  template:\n"
        "    metadata: {labels: {app: web, tier: b}}\n"
        "    spec:\n"
        "      serviceAccountName: default\n"
        "      priorityClassName: system-node-critical\n"
        "      volumes: [{name: token, projected: {sources: [{configMap: {name: none, optional: true}}]}}]\n"
        "      initContainers:\n"
        "      - {name: first, image: a, ports: [{name: http, containerPort: 80}]}\n"
        "      containers:\n"
        "      - name: web\n"
        "        image: a\n"
        "        ports: [{name: http, containerPort: 80}, {name: dns, containerPort: 80, protocol: UDP}]\n"
        "        resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: '0.5', memory: 1024Mi}}\n"
        "        livenessProbe: {httpGet: {path: /, port: http}}\n"
        "        readinessProbe: {tcpSocket: {port: 80}}\n"
        "        volumeMounts: [{name: data, mountPath: /a}, {name: token, mountPath: /b}]\n"
        "  volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: '', accessModes: [ReadWriteOnce], "
        "resources: {requests: {storage: 1Gi}}}}]\n"
        "---\n"
        "apiVersion: v1\n"
        "kind: Service\n"
        "metadata: {name: web}\n"
        "spec:\n"
        "  selector: {app: web}\n"
        "  ports: [{name: a, port: 80, targetPort: http}, {name: b, port: 80, protocol: UDP, targetPort: 8080}]\n"
        "---\n"
        "apiVersion: policy/v1\n"
        "kind: PodDisruptionBudget\n"
        "metadata: {name: web}\n"
        "spec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: Exists}]}}\n"
        "---\n"
        "apiVersion: networking.k8s.io/v1\n"
        "kind: NetworkPolicy\n"
        "metadata: {name: all}\n"
        "spec: {podSelector: {}}\n"
        "---\n"
        "apiVersion: rbac.authorization.k8s.io/v1\n"
        "kind: RoleBinding\n"
        "metadata: {name: 'shop:view'}\n"
        "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
        "subjects:\n"
        "- {kind: Group, name: team, apiGroup: rbac.authorization.k8s.io}\n"
        "- {kind: ServiceAccount, name: controller, namespace: of-others}\n");
    expect_text(call(world, "check"), "0 errors, 0 warnings in 1 root (5 resources)" API "\nstatus 0");
}

static const struct CMUnitTest tests[] = {
    world_test(another_root_provides_the_referenced_object),
    world_test(objects_listed_in_the_settings_are_external),
    world_test(operators_make_secrets),
    world_test(several_names_may_be_meant),
    world_test(hints_use_the_names_of_the_file),
    world_test(a_finding_names_the_place_of_the_other_value),
    world_test(a_missing_field_to_replace_gets_a_hint_with_the_other_keys),
    world_test(referenced_keys_must_exist),
    world_test(the_step_that_drops_a_key_is_named),
    world_test(selectors_are_looked_up_everywhere),
    world_test(a_pod_has_one_budget),
    world_test(budgets_in_other_namespaces_do_not_overlap),
    world_test(a_workload_has_one_autoscaler),
    world_test(labels_may_be_set_at_run_time),
    world_test(monitors_must_match_a_service),
    world_test(namespaces_and_scopes_come_from_all_roots),
    world_test(large_data_is_reported_by_its_size),
    world_test(findings_point_to_their_source),
    world_test(a_finding_in_forty_roots_is_reported_once),
    world_test(lines_of_secrets_are_not_shown),
    world_test(findings_in_chart_objects_point_to_the_chart_entry),
    world_test(changes_to_immutable_fields_are_reported),
    world_test(only_immutable_data_must_stay_the_same),
    world_test(objects_are_only_checked_by_check),
    world_test(correct_objects_have_no_findings),
};

int test_check_objects(void)
{
    return cmocka_run_group_tests_name("check_objects", tests, NULL, NULL);
}
