#include "tests/support.h"

#include <stdlib.h>

#include "resource/resource_map.h"
#include "schema/well_known_names.h"

// Resources in a map, without a build.
struct mapped {
    struct test_reader reader;
    struct schema_use *use;
    struct resource_context context;
    struct resource_map map;
};

static struct resource *made(struct mapped *mapped, const char *kind, const char *name, const char *namespace)
{
    struct slice text = arena_format(
        &mapped->reader.arena, "apiVersion: %s\nkind: %s\nmetadata: {name: \"%s\", namespace: \"%s\"}\n",
        strncmp(kind, "Cluster", 7) == 0 ? "rbac.authorization.k8s.io/v1" : "v1", kind, name, namespace);
    struct node *root = reader_resource(&mapped->reader, "a.yaml", text.data);
    struct resource *resource = resource_new(&mapped->context, root);
    assert_non_null(resource);
    return resource;
}

static struct resource *added(struct mapped *mapped, const char *kind, const char *name, const char *namespace)
{
    struct resource *resource = made(mapped, kind, name, namespace);
    assert_true(resource_map_append(&mapped->map, resource));
    return resource;
}

static void rename_to(struct mapped *mapped, struct resource *resource, const char *name)
{
    resource_remember_id(&mapped->context, resource);
    resource_set_name(&mapped->context, resource, slice_from(name));
    resource_map_reindex(&mapped->map, resource);
}

static struct resource_list named(struct mapped *mapped, const char *name)
{
    return resource_map_named(&mapped->map, name_intern(&mapped->reader.names, slice_from(name)));
}

static int begin(void **state)
{
    struct mapped *mapped = calloc(1, sizeof *mapped);
    reader_begin(&mapped->reader);
    mapped->context = (struct resource_context){
        .arena = &mapped->reader.arena,
        .names = &mapped->reader.names,
        .diagnostics = &mapped->reader.diagnostics,
        .schema = schema_builtin(),
    };
    resource_map_init(&mapped->map, &mapped->context);
    *state = mapped;
    return 0;
}

static int end(void **state)
{
    struct mapped *mapped = *state;
    reader_end(&mapped->reader);
    free(mapped);
    return 0;
}

#define map_test(function) cmocka_unit_test_setup_teardown(function, begin, end)

static void an_object_is_found_by_its_former_names(void **state)
{
    struct mapped *mapped = *state;
    struct resource *web = added(mapped, "Service", "web", "");
    rename_to(mapped, web, "a-web");
    assert_int_equal(named(mapped, "web").count, 1);
    // The index by name exists now and is updated.
    rename_to(mapped, web, "b-a-web");

    assert_ptr_equal(named(mapped, "web").items[0], web);
    assert_int_equal(named(mapped, "a-web").count, 1);
    assert_int_equal(named(mapped, "b-a-web").count, 1);
    assert_int_equal(named(mapped, "b-web").count, 0);
}

static void an_object_is_found_by_its_former_ids(void **state)
{
    struct mapped *mapped = *state;
    struct resource *web = added(mapped, "Service", "web", "");
    struct resource_id before = web->id;
    rename_to(mapped, web, "a-web");
    rename_to(mapped, web, "b-a-web");

    assert_int_equal(resource_map_with_id(&mapped->map, &before, false).count, 1);
    assert_int_equal(resource_map_with_id(&mapped->map, &before, true).count, 0);
    assert_int_equal(resource_map_with_id(&mapped->map, &web->id, true).count, 1);
}

// Former IDs have the resource's current group and version.
static void a_former_id_follows_a_new_version(void **state)
{
    struct mapped *mapped = *state;
    struct resource *web = added(mapped, "Service", "web", "");
    struct resource_id before = web->id;
    rename_to(mapped, web, "a-web");
    node_map_set(&mapped->reader.arena, web->root, NAME(apiVersion),
                 node_new_string(&mapped->reader.arena, slice_literal("v2"), web->root->position));
    assert_true(resource_refresh_id(&mapped->context, web));
    resource_map_reindex(&mapped->map, web);

    assert_int_equal(resource_map_with_id(&mapped->map, &before, false).count, 0);
    before.gvk.version = web->id.gvk.version;
    assert_int_equal(resource_map_with_id(&mapped->map, &before, false).count, 1);
}

static void objects_are_found_in_the_order_in_which_they_were_added(void **state)
{
    struct mapped *mapped = *state;
    struct resource *first = added(mapped, "Service", "one", "");
    struct resource *second = added(mapped, "ConfigMap", "web", "");
    struct resource *third = added(mapped, "Secret", "web", "");
    assert_int_equal(named(mapped, "web").count, 2);
    rename_to(mapped, first, "web");  // is added to the index last

    struct resource_list list = named(mapped, "web");
    assert_int_equal(list.count, 3);
    assert_ptr_equal(list.items[0], first);
    assert_ptr_equal(list.items[1], second);
    assert_ptr_equal(list.items[2], third);
}

static void no_namespace_means_the_namespace_default(void **state)
{
    struct mapped *mapped = *state;
    added(mapped, "Service", "web", "");
    added(mapped, "Service", "web", "blue");
    added(mapped, "ConfigMap", "web", "default");

    assert_false(resource_map_append(&mapped->map, made(mapped, "Service", "web", "default")));
    assert_false(resource_map_append(&mapped->map, made(mapped, "Service", "web", "blue")));
    assert_int_equal(mapped->map.count, 3);
    assert_int_equal(mapped->reader.diagnostics.error_count, 2);
}

static void a_cluster_scoped_object_has_no_namespace(void **state)
{
    struct mapped *mapped = *state;
    struct resource *role = added(mapped, "ClusterRole", "view", "blue");
    struct resource_id elsewhere = role->id;
    elsewhere.namespace = NAME(empty);

    assert_false(resource_map_append(&mapped->map, made(mapped, "ClusterRole", "view", "green")));
    assert_int_equal(resource_map_with_id(&mapped->map, &elsewhere, true).count, 1);
}

static void a_former_id_is_free_again(void **state)
{
    struct mapped *mapped = *state;
    struct resource *web = added(mapped, "Service", "web", "");
    rename_to(mapped, web, "a-web");
    struct resource *other = added(mapped, "Service", "web", "");

    assert_true(resource_map_check_unique(&mapped->map));
    assert_int_equal(resource_map_with_id(&mapped->map, &other->id, false).count, 2);
    rename_to(mapped, other, "a-web");
    assert_false(resource_map_check_unique_id(&mapped->map, other));
    assert_false(resource_map_check_unique(&mapped->map));
}

static void a_removed_object_is_no_longer_found(void **state)
{
    struct mapped *mapped = *state;
    struct resource *web = added(mapped, "Service", "web", "");
    struct resource *shop = added(mapped, "Service", "shop", "");
    assert_int_equal(named(mapped, "web").count, 1);
    resource_map_remove(&mapped->map, web);
    assert_int_equal(named(mapped, "web").count, 0);
    assert_int_equal(resource_map_with_id(&mapped->map, &web->id, true).count, 0);
    // Its ID is available again at once.
    struct resource *again = added(mapped, "Service", "web", "");
    resource_map_drop_removed(&mapped->map);

    assert_int_equal(mapped->map.count, 2);
    assert_ptr_equal(mapped->map.items[0], shop);
    assert_ptr_equal(mapped->map.items[1], again);
    assert_int_equal(named(mapped, "web").count, 1);
}

static void a_replaced_object_gives_up_its_place(void **state)
{
    struct mapped *mapped = *state;
    added(mapped, "Service", "one", "");
    struct resource *web = added(mapped, "Service", "web", "");
    added(mapped, "Service", "two", "");
    resource_map_remove(&mapped->map, mapped->map.items[0]);
    resource_map_drop_removed(&mapped->map);  // numbers and indices differ now
    struct resource *by = made(mapped, "Service", "shop", "");
    resource_map_replace(&mapped->map, web, by);

    assert_true(web->removed);
    assert_ptr_equal(mapped->map.items[0], by);
    assert_int_equal(named(mapped, "web").count, 0);
    assert_ptr_equal(named(mapped, "shop").items[0], by);
}

static void an_empty_map_checks_absorbed_objects_for_duplicates(void **state)
{
    struct mapped *mapped = *state;
    struct resource_map base;
    resource_map_init(&base, &mapped->context);
    assert_true(resource_map_append(&base, made(mapped, "Service", "web", "")));
    struct resource *shop = made(mapped, "Service", "shop", "");
    assert_true(resource_map_append(&base, shop));
    resource_set_name(&mapped->context, shop, slice_literal("web"));
    resource_map_reindex(&base, shop);

    assert_false(resource_map_absorb(&mapped->map, &base));
}

static void absorbed_objects_come_last_and_the_other_map_is_empty(void **state)
{
    struct mapped *mapped = *state;
    struct resource_map base;
    resource_map_init(&base, &mapped->context);
    struct resource *shop = made(mapped, "Service", "shop", "");
    assert_true(resource_map_append(&base, shop));
    added(mapped, "Service", "web", "");
    assert_true(resource_map_absorb(&mapped->map, &base));

    assert_int_equal(base.count, 0);
    assert_int_equal(mapped->map.count, 2);
    assert_ptr_equal(mapped->map.items[1], shop);
    assert_int_equal(named(mapped, "shop").count, 1);
    assert_true(resource_map_append(&base, made(mapped, "Service", "shop", "")));
    assert_false(resource_map_absorb(&mapped->map, &base));
}

static void a_printed_map_shows_former_ids(void **state)
{
    struct mapped *mapped = *state;
    struct resource *web = added(mapped, "Service", "web", "");
    added(mapped, "ClusterRole", "reader", "")->needs_hash = true;
    rename_to(mapped, web, "a-web");
    list_append(mapped->context.arena, &web->prefixes, name_intern(&mapped->reader.names, slice_literal("a-")));

    expect_text(resource_map_dump(mapped->context.arena, &mapped->map),
                "v1 Service a-web, a.yaml:1:1\n"
                "  was Service web in default\n"
                "  prefixes a-\n"
                "rbac.authorization.k8s.io/v1 ClusterRole reader, a.yaml:1:1, cluster-scoped, needs-hash\n");
}

int test_resource_map(void)
{
    static const struct CMUnitTest tests[] = {
        map_test(a_printed_map_shows_former_ids),
        map_test(an_object_is_found_by_its_former_names),
        map_test(an_object_is_found_by_its_former_ids),
        map_test(a_former_id_follows_a_new_version),
        map_test(objects_are_found_in_the_order_in_which_they_were_added),
        map_test(no_namespace_means_the_namespace_default),
        map_test(a_cluster_scoped_object_has_no_namespace),
        map_test(a_former_id_is_free_again),
        map_test(a_removed_object_is_no_longer_found),
        map_test(a_replaced_object_gives_up_its_place),
        map_test(an_empty_map_checks_absorbed_objects_for_duplicates),
        map_test(absorbed_objects_come_last_and_the_other_map_is_empty),
    };
    return cmocka_run_group_tests_name("resource_map", tests, NULL, NULL);
}
