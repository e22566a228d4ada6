// Image references, by the grammar of container runtimes.
#include "tests/support.h"

#include <string.h>

#include "images/reference.h"

#define HASH "0123456789012345678901234567890123456789012345678901234567890123"

struct example {
    const char *text, *registry, *repository, *tag, *digest, *normalized;
};

static const struct example valid[] = {
    {"nginx", "docker.io", "library/nginx", "", "", "docker.io/library/nginx:latest"},
    {"nginx:1.27", "docker.io", "library/nginx", "1.27", "", "docker.io/library/nginx:1.27"},
    {"index.docker.io/nginx", "docker.io", "library/nginx", "", "", "docker.io/library/nginx:latest"},
    {"team/web", "docker.io", "team/web", "", "", "docker.io/team/web:latest"},
    {"a:5000/x", "a:5000", "x", "", "", "a:5000/x:latest"},
    {"a.b/c/d:e", "a.b", "c/d", "e", "", "a.b/c/d:e"},
    {"localhost/x", "localhost", "x", "", "", "localhost/x:latest"},
    {"[::1]:5000/x:1", "[::1]:5000", "x", "1", "", "[::1]:5000/x:1"},
    {"a/b/c@sha256:" HASH, "docker.io", "a/b/c", "", "sha256:" HASH, "docker.io/a/b/c@sha256:" HASH},
    {"x:1@sha256:" HASH, "docker.io", "library/x", "1", "sha256:" HASH, "docker.io/library/x:1@sha256:" HASH},
    {"u/a__b.c---d", "docker.io", "u/a__b.c---d", "", "", "docker.io/u/a__b.c---d:latest"},
    {"x:_Tag.v-1", "docker.io", "library/x", "_Tag.v-1", "", "docker.io/library/x:_Tag.v-1"},
    {"Host.EXAMPLE/x", "Host.EXAMPLE", "x", "", "", "Host.EXAMPLE/x:latest"},
};

static const char *const invalid[] = {
    "",
    "X",
    "Team/web",
    "a..b/c/D",
    "a/",
    "/a",
    "a//b",
    "a:",
    "a:-1",
    "a:b:c",
    "a@",
    "a@sha256:12",
    "a@sha256:" HASH "0",
    "a@:" HASH,
    "a@sha+:" HASH,
    "a b",
    "a/b ",
    "https://a/b:1",
    "a___b",
    "a-",
    "-a",
    ".a",
    "a.:5000/x",
    "a:x/y",
    "-a.b/c",
    "[::1/x",
    "a@sha256:" HASH "@sha256:" HASH,
    "\xFF",
};

static void each_part_of_a_reference_is_found(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < countof(valid); i++) {
        struct image_reference found;
        if (!image_reference_parse(&arena, slice_from(valid[i].text), &found))
            fail_msg("'%s' is refused", valid[i].text);
        assert_true(slice_equals(found.registry, valid[i].registry));
        assert_true(slice_equals(found.repository, valid[i].repository));
        assert_true(slice_equals(found.tag, valid[i].tag));
        assert_true(slice_equals(found.digest, valid[i].digest));
        assert_true(slice_equals(found.normalized, valid[i].normalized));
    }
    arena_free(&arena);
}

static void an_invalid_reference_has_no_parts(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < countof(invalid); i++) {
        struct image_reference found;
        if (image_reference_parse(&arena, slice_from(invalid[i]), &found))
            fail_msg("'%s' is accepted", invalid[i]);
        assert_int_equal(found.registry.length + found.repository.length + found.normalized.length, 0);
    }
    arena_free(&arena);
}

static void lengths_are_bounded(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct image_reference found;
    char name[300], tag[300];
    memset(name, 'a', sizeof name);
    assert_true(image_reference_parse(&arena, (struct slice){name, 255}, &found));
    assert_false(image_reference_parse(&arena, (struct slice){name, 256}, &found));
    memset(tag, 'a', sizeof tag);
    tag[1] = ':';
    assert_true(image_reference_parse(&arena, (struct slice){tag, 2 + 128}, &found));
    assert_false(image_reference_parse(&arena, (struct slice){tag, 2 + 129}, &found));
    arena_free(&arena);
}

int test_images(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_of_a_reference_is_found),
        cmocka_unit_test(an_invalid_reference_has_no_parts),
        cmocka_unit_test(lengths_are_bounded),
    };
    return cmocka_run_group_tests_name("images", tests, NULL, NULL);
}
