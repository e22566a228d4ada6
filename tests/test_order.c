// The legacy order of the stream.
#include "tests/support.h"

#define OBJECT(version, kind, metadata) "apiVersion: " version "\nkind: " kind "\nmetadata: {" metadata "}\n---\n"

static const char objects[] = OBJECT("apps/v1", "Deployment", "name: b")
    OBJECT("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "name: hook")
        OBJECT("v1", "Service", "name: s1, namespace: z") OBJECT("v1", "Service", "name: s2")
            OBJECT("v1", "Service", "name: s-longer-name, namespace: a")
                OBJECT("v1", "Service", "name: s, namespace: a") OBJECT("example.com/v1", "Zebra", "name: a")
                    OBJECT("example.com/v1", "Ant", "name: z") OBJECT("example.com/v1", "Namespace", "name: other")
                        OBJECT("v1", "Namespace", "name: space") OBJECT("apps/v1", "Deployment", "name: a");

// `names` are those of all resources in the order of the stream.
static void expect_order(struct test_build *build, const char *options, const char *names)
{
    struct buffer kustomization = {0}, found = {0};
    buffer_add_format(&kustomization, "resources: [all.yaml]\nsortOptions: {order: legacy%s}\n", options);
    buffer_add_byte(&kustomization, '\0');
    tree_add(build, "kustomization.yaml", kustomization.data);
    tree_add(build, "all.yaml", objects);
    assert_true(test_build_run(build, "."));
    struct slice line, rest = buffer_slice(&build->stream);
    while (rest.length) {
        slice_cut(rest, '\n', &line, &rest);
        if (slice_starts_with(line, slice_literal("  name: ")))
            buffer_add_format(&found, "%.*s ", SLICE_ARGS(slice_from_index(line, 8)));
    }
    expect_text(buffer_slice(&found), names);
    buffer_free(&kustomization);
    buffer_free(&found);
}

static void kinds_come_in_kubernetes_order_then_namespaces_then_names(void **state)
{
    expect_order(*state, "", "space other s s-longer-name s1 s2 a b z a hook ");
}

static void custom_lists_replace_the_order_of_kinds(void **state)
{
    expect_order(*state, ", legacySortOptions: {orderFirst: [Service, Deployment], orderLast: [Ant, Zebra]}",
                 "s s-longer-name s1 s2 a b hook space other z a ");
}

int test_order(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(kinds_come_in_kubernetes_order_then_namespaces_then_names),
        build_test(custom_lists_replace_the_order_of_kinds),
    };
    return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
