#include "tests/support.h"

#include "json/json.h"
#include "schema/schema.h"
#include "schema/schema_print.h"
#include "yaml/read.h"

static const struct node *document_from(struct test_reader *test, const char *text)
{
    struct node *document;
    assert_true(yaml_read_first(&test->context, reader_source(test, "api.yaml", slice_from(text)), &document));
    return document;
}

static const struct schema *schema_from(struct test_reader *test, const char *text)
{
    return schema_from_openapi(&test->arena, document_from(test, text), &test->diagnostics);
}

// The type at a path of fields; `[]` is an element.
static struct schema_type type_at(const struct schema *schema, const char *api_version, const char *kind,
                                  const char *path)
{
    struct schema_type type = schema_of_kind(schema, slice_from(api_version), slice_from(kind));
    struct slice step, rest = slice_from(path);
    for (bool more = rest.length > 0; more;) {
        more = slice_cut(rest, '/', &step, &rest);
        type = slice_equals(step, "[]") ? schema_items(type) : schema_field(type, step);
    }
    return type;
}

static void expect_merge(struct schema_type type, const char *first, const char *second)
{
    struct schema_merge merge = schema_list_merge(type);
    assert_true(merge.merge);
    assert_int_equal(merge.key_count, (first != NULL) + (second != NULL));
    if (first)
        expect_text(merge.keys[0], first);
    if (second)
        expect_text(merge.keys[1], second);
}

static void lists_merge_as_the_api_defines(void **state)
{
    (void)state;
    const struct schema *schema = schema_builtin();
    expect_merge(type_at(schema, "apps/v1", "Deployment", "spec/template/spec/containers"), "name", NULL);
    expect_merge(type_at(schema, "apps/v1", "Deployment", "spec/template/spec/containers/[]/ports"), "containerPort",
                 "protocol");
    expect_merge(type_at(schema, "v1", "Service", "spec/ports"), "port", "protocol");
    expect_merge(type_at(schema, "v1", "ConfigMap", "metadata/finalizers"), NULL, NULL);
    expect_merge(type_at(schema, "v1", "ServiceAccount", "secrets"), "name", NULL);
    assert_false(schema_list_merge(type_at(schema, "v1", "ServiceAccount", "imagePullSecrets")).merge);
    assert_false(schema_list_merge(type_at(schema, "v1", "Pod", "spec/tolerations")).merge);
    assert_false(schema_list_merge(type_at(schema, "apps/v1", "Deployment", "spec/strategy")).merge);
}

static void scalars_are_known_and_other_fields_are_not(void **state)
{
    (void)state;
    const struct schema *schema = schema_builtin();
    assert_true(schema_type_known(type_at(schema, "apps/v1", "Deployment", "spec/replicas")));
    assert_true(schema_type_known(type_at(schema, "v1", "ConfigMap", "data/any")));
    assert_false(schema_type_known(type_at(schema, "apps/v1", "Deployment", "spec/nothing")));
    assert_false(schema_type_known(type_at(schema, "apps/v1", "Deployment", "spec/replicas/deeper")));
    assert_false(schema_type_known(type_at(schema, "autoscaling/v2", "HorizontalPodAutoscaler", "")));
    assert_false(schema_type_known(type_at(schema, "", "Deployment", "")));
}

static void scopes_are_built_in_for_every_schema(void **state)
{
    (void)state;
    const struct slice v1 = slice_literal("v1");
    assert_int_equal(schema_scope(schema_builtin(), RELEASE_V5_8_1, v1, slice_literal("Namespace")), SCOPE_CLUSTER);
    assert_int_equal(schema_scope(NULL, RELEASE_V5_8_1, v1, slice_literal("Node")), SCOPE_CLUSTER);
    assert_int_equal(schema_scope(NULL, RELEASE_V5_8_1, v1, slice_literal("Pod")), SCOPE_NAMESPACED);
    assert_int_equal(schema_scope(NULL, RELEASE_V5_8_1, slice_literal("foo.io/v1"), slice_literal("Namespace")),
                     SCOPE_UNKNOWN);
}

static const char shop[] =
    "definitions:\n"
    "  io.example.Shop:\n"
    "    properties:\n"
    "      spec: {$ref: '#/definitions/io.example.ShopSpec'}\n"
    "    x-kubernetes-group-version-kind: [{group: example.io, version: v1, kind: Shop}]\n"
    "  io.example.ShopSpec:\n"
    "    properties:\n"
    "      goods:\n"
    "        type: array\n"
    "        items: {$ref: '#/definitions/io.example.Good'}\n"
    "        x-kubernetes-patch-strategy: merge,retainKeys\n"
    "        x-kubernetes-patch-merge-key: code\n"
    "      branches: {additionalProperties: {$ref: '#/definitions/io.example.ShopSpec'}}\n"
    "      lost: {$ref: '#/definitions/nowhere'}\n"
    "      kept: {type: array, x-kubernetes-patch-merge-key: code}\n"
    "  io.example.Good:\n"
    "    properties:\n"
    "      prices: {type: array, x-kubernetes-patch-strategy: merge, items: {},\n"
    "               x-kubernetes-list-map-keys: [country, currency]}\n"
    "paths:\n"
    "  /apis/example.io/v1/namespaces/{namespace}/shops:\n"
    "    get: {x-kubernetes-group-version-kind: {group: example.io, version: v1, kind: Shop}}\n"
    "  /apis/example.io/v1/shops:\n"
    "    get: {x-kubernetes-group-version-kind: {group: example.io, version: v1, kind: Shop}}\n"
    "  /apis/example.io/v1/chains:\n"
    "    get: {x-kubernetes-group-version-kind: {group: example.io, version: v1, kind: Chain}}\n"
    "  /apis/example.io/v1/chains/{name}:\n"
    "    put: {x-kubernetes-group-version-kind: {group: example.io, version: v1, kind: Other}}\n";

static void a_document_becomes_a_schema(void **state)
{
    const struct schema *schema = schema_from(*state, shop);
    assert_non_null(schema);
    expect_merge(type_at(schema, "example.io/v1", "Shop", "spec/goods"), "code", NULL);
    expect_merge(type_at(schema, "example.io/v1", "Shop", "spec/goods/[]/prices"), "country", "currency");
    expect_merge(type_at(schema, "example.io/v1", "Shop", "spec/branches/any/branches/other/goods"), "code", NULL);
    assert_false(schema_type_known(type_at(schema, "example.io/v1", "Shop", "spec/lost")));
    assert_false(schema_list_merge(type_at(schema, "example.io/v1", "Shop", "spec/kept")).merge);
    assert_false(schema_type_known(type_at(schema, "v1", "Pod", "")));
}

static void paths_determine_which_kinds_have_a_namespace(void **state)
{
    const struct schema *schema = schema_from(*state, shop);
    const struct slice v1 = slice_literal("example.io/v1");
    assert_int_equal(schema_scope(schema, RELEASE_V5_8_1, v1, slice_literal("Shop")), SCOPE_NAMESPACED);
    assert_int_equal(schema_scope(schema, RELEASE_V5_8_1, v1, slice_literal("Chain")), SCOPE_CLUSTER);
    assert_int_equal(schema_scope(schema, RELEASE_V5_8_1, v1, slice_literal("Other")), SCOPE_UNKNOWN);
}

// A PodSpec in a custom kind, and a `Container` that differs from the built-in one.
static const char kiosk[] =
    "definitions:\n"
    "  io.example.Kiosk:\n"
    "    properties:\n"
    "      pod: {$ref: '#/definitions/io.k8s.api.core.v1.PodSpec'}\n"
    "    x-kubernetes-group-version-kind: [{group: example.io, version: v1, kind: Kiosk}]\n"
    "  io.k8s.api.core.v1.Container:\n"
    "    properties:\n"
    "      doors: {type: array, x-kubernetes-patch-strategy: merge, items: {}}\n"
    "paths:\n"
    "  /apis/example.io/v1/kiosks:\n"
    "    get: {x-kubernetes-group-version-kind: {group: example.io, version: v1, kind: Kiosk}}\n";

static const struct schema *join(struct test_reader *test, enum schema_join join)
{
    return schema_join_openapi(&test->arena, schema_builtin(), join, document_from(test, kiosk), &test->diagnostics);
}

static void a_document_may_refer_to_built_in_definitions(void **state)
{
    const struct schema *schema = join(*state, SCHEMA_DOCUMENT_COUNTS);
    expect_merge(type_at(schema, "example.io/v1", "Kiosk", "pod/containers"), "name", NULL);
    expect_merge(type_at(schema, "v1", "Pod", "spec/containers"), "name", NULL);
    expect_merge(type_at(schema, "v1", "Pod", "spec/volumes"), "name", NULL);
    assert_int_equal(schema_scope(schema, RELEASE_V5_8_1, slice_literal("example.io/v1"), slice_literal("Kiosk")),
                     SCOPE_CLUSTER);
}

static void one_of_two_definitions_with_the_same_name_wins(void **state)
{
    const struct schema *schema = join(*state, SCHEMA_DOCUMENT_COUNTS);
    expect_merge(type_at(schema, "v1", "Pod", "spec/containers/[]/doors"), NULL, NULL);
    assert_false(schema_type_known(type_at(schema, "v1", "Pod", "spec/containers/[]/ports")));

    schema = join(*state, SCHEMA_BASE_COUNTS);
    assert_false(schema_type_known(type_at(schema, "example.io/v1", "Kiosk", "pod/containers/[]/doors")));
    expect_merge(type_at(schema, "example.io/v1", "Kiosk", "pod/containers/[]/ports"), "containerPort", "protocol");
}

static void a_tracked_schema_records_its_use(void **state)
{
    struct test_reader *test = *state;
    struct schema_use use = {0};
    const struct schema *schema = schema_tracked(&test->arena, schema_builtin(), &use);
    schema_scope(schema, RELEASE_V5_8_1, slice_literal("v1"), slice_literal("Pod"));
    assert_false(use.scopes);
    schema_scope(schema, RELEASE_V5_8_1, slice_literal("v1"), slice_literal("Foo"));
    assert_true(use.scopes);
    assert_false(use.types);
    schema_of_kind(schema, slice_literal("v1"), slice_literal("Pod"));
    assert_true(use.types);
}

static void an_invalid_document_is_refused(void **state)
{
    static const char *const documents[] = {
        "[]\n",
        "definitions: 5\n",
        "definitions: {a: text}\n",
        "definitions: {a: {properties: [], x-kubernetes-group-version-kind: [{version: v1, kind: A}]}}\n",
        "definitions: {a: {x-kubernetes-group-version-kind: [{kind: A}]}}\n",
        "definitions: {a: {x-kubernetes-group-version-kind: [{version: v1, kind: A}], properties: {b: text}}}\n",
    };
    struct test_reader *test = *state;
    for (size_t i = 0; i < countof(documents); i++) {
        assert_null(schema_from(test, documents[i]));
        assert_int_equal(test->diagnostics.count, 1);
        assert_true(test->diagnostics.items[0].position.line == 1);
        diagnostics_forget(&test->diagnostics, 0);
    }
}

static struct slice read_file(struct test_reader *test, const char *path)
{
    struct slice content, reason;
    if (!file_system_posix.read(NULL, &test->arena, slice_from(path), &content, &reason))
        fail_msg("%s: %.*s", path, SLICE_ARGS(reason));
    return content;
}

static void the_built_in_table_is_generated_from_its_facts(void **state)
{
    static const char facts[] = "src/schema/facts/openapi.json";
    struct test_reader *test = *state;
    const struct source *source = reader_source(test, facts, read_file(test, facts));
    const struct node *document = json_read(&test->arena, &test->cache, source, &test->diagnostics);
    assert_non_null(document);
    const struct schema *schema = schema_from_openapi(&test->arena, document, &test->diagnostics);
    assert_non_null(schema);
    struct buffer out = {0};
    schema_print(schema, "src/schema/generate/main.c", facts, &out);
    struct slice table = read_file(test, "src/schema/builtin_table.h");
    if (!slice_equal(table, buffer_slice(&out)))
        fail_msg("make it again: schema-generate %s > src/schema/builtin_table.h", facts);
    buffer_free(&out);
}

int test_schema(void)
{
    static const struct CMUnitTest tests[] = {
        reader_test(lists_merge_as_the_api_defines),
        reader_test(scalars_are_known_and_other_fields_are_not),
        reader_test(scopes_are_built_in_for_every_schema),
        reader_test(a_document_becomes_a_schema),
        reader_test(paths_determine_which_kinds_have_a_namespace),
        reader_test(a_document_may_refer_to_built_in_definitions),
        reader_test(one_of_two_definitions_with_the_same_name_wins),
        reader_test(a_tracked_schema_records_its_use),
        reader_test(an_invalid_document_is_refused),
        reader_test(the_built_in_table_is_generated_from_its_facts),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
