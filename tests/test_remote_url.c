// load/remote_url: which strings are git URLs, and their parts. The table is kustomize's behavior.
#include "tests/support.h"

#include "load/remote_url.h"

struct expectation {
    const char *text;
    const char *repository, *directory, *reference;  // NULL as repository: not a git URL
};

static const struct expectation expectations[] = {
    {"https://github.com/org/repo", "https://github.com/org/repo", "", ""},
    {"https://github.com/org/repo/", "https://github.com/org/repo", "", ""},
    {"https://github.com/org/repo/a/b", "https://github.com/org/repo", "a/b", ""},
    {"https://github.com/org/repo//a/b?ref=v1", "https://github.com/org/repo", "a/b", "v1"},
    {"https://github.com/org/repo.git/a/b", "https://github.com/org/repo.git", "a/b", ""},
    {"https://github.com/org/repo.git//a/b", "https://github.com/org/repo.git", "a/b", ""},
    {"https://github.com/org/repo//a?version=v1&ref=v2", "https://github.com/org/repo", "a", "v2"},
    {"https://github.com/org/repo//a?version=v1", "https://github.com/org/repo", "a", "v1"},
    {"https://github.com/org/repo//a?ref=v1;x", "https://github.com/org/repo", "a", ""},
    {"https://github.com/org/repo//a?ref=%zz", "https://github.com/org/repo", "a", ""},
    {"https://github.com/org/repo//a?ref=feature%2Fx", "https://github.com/org/repo", "a", "feature/x"},
    {"https://bitbucket.org/org/repo.git?ref=a#frag", "https://bitbucket.org/org/repo.git", "", "a#frag"},
    {"https://github.com/org/repo/tree/main/a", "https://github.com/org/repo", "tree/main/a", ""},
    {"github.com/org/repo/a", "https://github.com/org/repo", "a", ""},
    {"GitHub.com/org/repo/a", "https://github.com/org/repo", "a", ""},
    {"github.com:org/repo/a", "https://github.com/org/repo", "a", ""},
    {"git@github.com:org/repo.git", "git@github.com:org/repo.git", "", ""},
    {"git@github.com/org/repo/a", "git@github.com:org/repo", "a", ""},
    {"ssh://git@github.com/org/repo/a", "git@github.com:org/repo", "a", ""},
    {"ssh://github.com/org/repo", "github.com:org/repo", "", ""},
    {"https://user@github.com/org/repo", "user@github.com:org/repo", "", ""},
    {"https://user:pw@github.com/org/repo", "https://user:pw@github.com/org/repo", "", ""},
    {"https://gitlab.com/a/b/c/d", "https://gitlab.com/a/b", "c/d", ""},
    {"https://gitlab.com/a/b/c.git/d", "https://gitlab.com/a/b/c.git", "d", ""},
    {"https://gitlab.com/a/b/c//d", "https://gitlab.com/a/b/c", "d", ""},
    {"https://host:8443/a/b/c", "https://host:8443/a/b", "c", ""},
    {"https://user@dev.azure.com/org/proj/_git/repo/x/y", "https://user@dev.azure.com/org/proj/_git/repo", "x/y", ""},
    {"git@ssh.dev.azure.com:v3/org/proj/repo//x", "git@ssh.dev.azure.com:v3/org/proj/repo", "x", ""},
    {"user@host.xz:a/b/c", "user@host.xz:a/b", "c", ""},
    {"user@host.xz/a/b/c", "user@host.xz/a/b", "c", ""},
    {"ssh://user@host:22/a/b/c", "ssh://user@host:22/a/b", "c", ""},
    {"git@host:~/repo.git//x", "git@host:~/repo.git", "x", ""},
    {"file:///tmp/repo", "file:///tmp/repo", "", ""},
    {"file:///tmp/repo//sub", "file:///tmp/repo", "sub", ""},
    {"file:///tmp/repo.git/sub", "file:///tmp/repo.git", "sub", ""},
    {"FILE:///tmp/repo", "file:///tmp/repo", "", ""},
    {"https://github.com/org/repo.github.io/a", "https://github.com/org/repo.git", "hub.io/a", ""},
    {"http://host/a/b//c//d", "http://host/a/b", "c//d", ""},
    {"git::https://host/a/b", "https://host/a/b", "", ""},
    {"https://host/a", NULL, NULL, NULL},
    {"https://host", NULL, NULL, NULL},
    {"https://github.com/org", NULL, NULL, NULL},
    {"user@host.xz:a", NULL, NULL, NULL},
    {"host.xz/a/b", NULL, NULL, NULL},
    {"host.xz:a/b", NULL, NULL, NULL},
    {"gh:org/repo", NULL, NULL, NULL},
    {"git://host/a/b", NULL, NULL, NULL},
    {"s3::https://x/a/b", NULL, NULL, NULL},
    {"ssh://git@host.xz:a/b", NULL, NULL, NULL},
    {"1user@host.xz:a/b", NULL, NULL, NULL},
    {"https://github.com/org/repo//../x", NULL, NULL, NULL},
    {"https://github.com/org/repo//a/../../x", NULL, NULL, NULL},
    {"https://github.com/org/repo/../x", NULL, NULL, NULL},
    {"/srv/repo.git", NULL, NULL, NULL},
    {"../base", NULL, NULL, NULL},
    {"", NULL, NULL, NULL},
};

static void urls_are_split_as_in_kustomize(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < countof(expectations); i++) {
        const struct expectation *expected = &expectations[i];
        struct git_url url;
        bool is_git = git_url_parse(&arena, slice_from(expected->text), &url);
        if (is_git != (expected->repository != NULL))
            fail_msg("'%s' %s a git URL", expected->text, is_git ? "is taken for" : "is not seen as");
        if (!is_git)
            continue;
        expect_text(url.repository, expected->repository);
        expect_text(url.directory, expected->directory);
        expect_text(url.reference, expected->reference);
    }
    arena_free(&arena);
}

static unsigned timeout_of(const char *query)
{
    struct arena arena = {0};
    struct git_url url;
    struct slice text = arena_format(&arena, "https://host/a/b?timeout=%s", query);
    assert_true(git_url_parse(&arena, text, &url));
    arena_free(&arena);
    return url.timeout_seconds;
}

static void a_timeout_is_seconds_or_a_duration(void **state)
{
    (void)state;
    assert_int_equal(timeout_of("90"), 90);
    assert_int_equal(timeout_of("2m"), 120);
    assert_int_equal(timeout_of("1h1m1s"), 3661);
    assert_int_equal(timeout_of("1500ms"), 2);
    assert_int_equal(timeout_of("99999999999999999999"), 27);
}

static void an_invalid_timeout_leaves_the_default(void **state)
{
    (void)state;
    const char *const texts[] = {"", "0", "-5", "-5s", "5x", "s", "x", "1m-1s", "0s"};
    for (size_t i = 0; i < countof(texts); i++)
        assert_int_equal(timeout_of(texts[i]), 27);
}

static void submodules_are_fetched_unless_a_boolean_says_otherwise(void **state)
{
    (void)state;
    const struct {
        const char *text;
        bool wanted;
    } cases[] = {{"false", false}, {"0", false}, {"F", false}, {"true", true}, {"no", true}, {"", true}};
    struct arena arena = {0};
    for (size_t i = 0; i < countof(cases); i++) {
        struct git_url url;
        assert_true(git_url_parse(&arena, arena_format(&arena, "https://host/a/b?submodules=%s", cases[i].text), &url));
        assert_int_equal(url.submodules, cases[i].wanted);
    }
    arena_free(&arena);
}

static void an_origin_has_no_login(void **state)
{
    (void)state;
    static const char *const urls[][2] = {
        {"https://user:token@example.com/o/r", "https://example.com/o/r"},
        {"https://token@example.com/o/r", "https://example.com/o/r"},
        {"http://a@b:c@example.com", "http://example.com"},
        {"ssh://git:pw@example.com/o/r", "ssh://git@example.com/o/r"},
        {"ssh://git@example.com/o/r", "ssh://git@example.com/o/r"},
        {"git@example.com:o/r", "git@example.com:o/r"},
        {"https://example.com/o@v/r", "https://example.com/o@v/r"},
        {"file:///srv/a@b", "file:///srv/a@b"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(urls); i++)
        expect_text(url_without_login(&arena, slice_from(urls[i][0])), urls[i][1]);
    arena_free(&arena);
}

static void a_password_is_not_shown(void **state)
{
    (void)state;
    struct arena arena = {0};
    expect_text(url_shown(&arena, slice_literal("https://me:secret@host/a?b=c")), "https://***@host/a?***");
    expect_text(url_shown(&arena, slice_literal("https://me:se@cret@host/a")), "https://***@host/a");
    expect_text(url_shown(&arena, slice_literal("https://token@host:80/a@b:c")), "https://***@host:80/a@b:c");
    expect_text(url_shown(&arena, slice_literal("https://host:80/a@b:c")), "https://host:80/a@b:c");
    expect_text(url_shown(&arena, slice_literal("ssh://git@host/a?ref=v1&timeout=9&sig=x#y")),
                "ssh://git@host/a?ref=v1&timeout=9&***#***");
    expect_text(url_shown(&arena, slice_literal("git::https://token@host/a")), "git::https://***@host/a");
    expect_text(url_shown(&arena, slice_literal("token@github.com/a/b?access_token=x")), "***@github.com/a/b?***");
    expect_text(url_shown(&arena, slice_literal("git@host:a/b")), "git@host:a/b");
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(urls_are_split_as_in_kustomize),
    cmocka_unit_test(a_timeout_is_seconds_or_a_duration),
    cmocka_unit_test(an_invalid_timeout_leaves_the_default),
    cmocka_unit_test(submodules_are_fetched_unless_a_boolean_says_otherwise),
    cmocka_unit_test(an_origin_has_no_login),
    cmocka_unit_test(a_password_is_not_shown),
};

int test_remote_url(void)
{
    return cmocka_run_group_tests_name("remote_url", tests, NULL, NULL);
}
