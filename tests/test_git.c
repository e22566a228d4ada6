// Remote bases: clones of local repositories, and what neither they nor a configuration may do.
#include "tests/world.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/signals.h"

#define OBJECT(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

// A repository `repo` with a base and an overlay.
static void write_repository(struct world *world)
{
    world_write(world, "repo/base/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "repo/base/a.yaml", OBJECT("a"));
    world_write(world, "repo/overlay/kustomization.yaml", "resources: [../base]\nnamePrefix: o-\n");
    world_commit(world, "repo");
}

// The same, for tests in which git clones it.
static void make_repository(struct world *world)
{
    world_require_cloning(world);
    write_repository(world);
}

static void name_resource(struct world *world, const char *entry)
{
    world_write(world, "k/kustomization.yaml", arena_format(&world->arena, "resources: ['%s']\n", entry).data);
}

static void a_directory_of_a_repository_is_a_base(void **state)
{
    struct world *world = *state;
    make_repository(world);
    name_resource(world, "file://{W}/repo//overlay");
    world_expect_stream(world, NULL, "k", OBJECT("o-a"));
}

static void a_repository_can_be_the_root(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_expect_stream(world, NULL, "file://{W}/repo//overlay", OBJECT("o-a"));
}

static void a_repository_can_hold_a_component(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "repo/c/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -c\n");
    world_commit(world, "repo");
    world_write(world, "k/a.yaml", OBJECT("a"));
    world_write(world, "k/kustomization.yaml", "resources: [a.yaml]\ncomponents: ['file://{W}/repo//c']\n");
    world_expect_stream(world, NULL, "k", OBJECT("a-c"));
}

static void a_branch_a_tag_and_a_commit_can_be_requested(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_run(world, "cd repo && git tag v1 && git checkout -q -b feature/x");
    world_write(world, "repo/base/a.yaml", OBJECT("b"));
    world_commit(world, "repo");
    struct slice commit = world_run(world, "cd repo && git rev-parse v1");
    world_run(world, "cd repo && git checkout -q -b other");
    world_write(world, "repo/base/a.yaml", OBJECT("c"));
    world_commit(world, "repo");

    world_expect_stream(world, NULL, "file://{W}/repo//base?ref=v1", OBJECT("a"));
    world_expect_stream(world, NULL, "file://{W}/repo//base?ref=feature/x", OBJECT("b"));
    world_expect_stream(world, NULL, "file://{W}/repo//base", OBJECT("c"));
    const char *url = arena_format(&world->arena, "file://{W}/repo//base?ref=%.*s", SLICE_ARGS(commit)).data;
    world_expect_stream(world, NULL, url, OBJECT("a"));
}

static void a_missing_ref_is_reported_with_the_message_of_git(void **state)
{
    struct world *world = *state;
    make_repository(world);
    name_resource(world, "file://{W}/repo//base?ref=v9");
    world_expect_error(world, NULL, "k", "/repo//base?ref=v9': git fetch: fatal: couldn't find remote ref v9");
    world_expect_error(world, NULL, "k", "hint: check 'v9': there is no such branch or tag");
}

static void a_missing_repository_is_reported_with_the_message_of_git(void **state)
{
    struct world *world = *state;
    make_repository(world);
    name_resource(world, "file://{W}/none");
    world_expect_error(world, NULL, "k", "/none' does not appear to be a git repository");
}

static void origins_include_the_repository_and_the_reference(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_run(world, "cd repo && git tag v1");
    world_write(world, "k/kustomization.yaml",
                "resources: ['file://{W}/repo//overlay?ref=v1']\nbuildMetadata: [originAnnotations]\n");
    world_build(world, NULL, "k");
    assert_true(world->succeeded);
    expect_contains(buffer_slice(&world->stream), "      path: base/a.yaml\n      repo: file://");
    expect_contains(buffer_slice(&world->stream), "/repo\n      ref: v1\n");
}

// --- What a clone must not do.

static void git_arguments_that_look_like_options_are_refused(void **state)
{
    struct world *world = *state;
    write_repository(world);
    const char *const urls[] = {
        "file://{W}/repo//base?ref=--upload-pack=touch%20{W}/marker",
        "file://-oProxyCommand=x//base",
        "ssh://-oProxyCommand=touch%20x/a/b",
        "git@-oProxyCommand=x:a/b",
        "ssh://git@-oProxyCommand=x/a/b",
        "file://{W}/repo//base?ref=main:refs/heads/x",
        "file://{W}/repo//base?ref=%2Bmain",
        "file://{W}/repo//base?ref=a%0Ab",
    };
    for (size_t i = 0; i < countof(urls); i++) {
        name_resource(world, urls[i]);
        world_build(world, NULL, "k");
        assert_false(world->succeeded);
        if (slice_find(buffer_slice(&world->messages), slice_literal("git fetch")) != SLICE_NOT_FOUND)
            fail_msg("git was asked for '%s'", urls[i]);
    }
    assert_false(world_has(world, "marker"));
}

static void other_protocols_are_refused(void **state)
{
    struct world *world = *state;
    name_resource(world, "git::http://127.0.0.1:9/a/b");
    world_expect_error(world, NULL, "k", "git is not allowed to use plain http");
    name_resource(world, "ext::sh -c touch");
    world_expect_error(world, NULL, "k", "No such file or directory");
}

static void a_file_outside_its_root_is_refused_regardless_of_the_restriction(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "repo/a.yaml", OBJECT("a"));
    world_write(world, "repo/k/kustomization.yaml", "resources: [../a.yaml]\n");
    world_commit(world, "repo");
    name_resource(world, "file://{W}/repo//k");
    struct build_options unrestricted = {.unrestricted = true};
    world_expect_error(world, &unrestricted, "k", "is not in or below 'file://");
}

static void a_link_that_leaves_the_clone_is_refused(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "secret/kustomization.yaml", "configMapGenerator: [{name: s, literals: [a=b]}]\n");
    world_write(world, "repo/file/kustomization.yaml", "configMapGenerator: [{name: s, files: [passwd]}]\n");
    world_write(world, "repo/base/kustomization.yaml", "resources: [../out]\n");
    world_run(world, "ln -s /etc/passwd repo/file/passwd && ln -s {W}/secret repo/out");
    world_commit(world, "repo");
    struct build_options unrestricted = {.unrestricted = true};
    world_expect_error(world, &unrestricted, "file://{W}/repo//file",
                       "'passwd' resolves, through a symbolic link, to a file that is not in or below 'file://");
    world_expect_error(world, &unrestricted, "file://{W}/repo//base",
                       "') is outside the repository of its kustomization, file://");
    world_expect_error(world, &unrestricted, "file://{W}/repo//out", "'out' is a symbolic link out of the repository");
}

static void make_submodule(struct world *world)
{
    world_require_cloning(world);
    world_write(world, "part/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "part/a.yaml", OBJECT("part"));
    world_commit(world, "part");
    world_write(world, "repo/kustomization.yaml", "resources: [part]\n");
    world_write(world, "repo/base/kustomization.yaml", "resources: [a.yaml]\n");
    world_write(world, "repo/base/a.yaml", OBJECT("a"));
    world_run(world, "cd repo && git init -q -b main . && git -c protocol.file.allow=always submodule --quiet add "
                     "file://{W}/part part");
    world_commit(world, "repo");
}

// The load restrictor only applies to the user's own files.
static void no_path_leads_out_of_a_clone_with_either_setting(void **state)
{
    static const char *const ways[] = {
        "resources: [../../../../secret.yaml]",
        "resources: ['{W}/secret.yaml']",
        "resources: [link.yaml]",
        "resources: [link/secret.yaml]",
        "resources: [chain.yaml]",
        "configMapGenerator: [{name: s, files: [v=link.yaml]}]",
        "configMapGenerator: [{name: s, envs: [link.yaml]}]",
        "resources: [a.yaml]\npatches: [{path: link.yaml}]",
        "resources: [a.yaml]\npatches: [{path: /proc/self/environ}]",
        "resources: [a.yaml]\nreplacements: [{path: '{W}/secret.yaml'}]",
        "resources: [a.yaml]\nopenapi: {path: link.yaml}",
        "resources: [a.yaml]\nconfigurations: [link/secret.yaml]",
        "components: [link]",
        "resources: [/dev/stdin]",
    };
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "secret.yaml", OBJECT("planted"));
    for (size_t i = 0; i < countof(ways); i++) {
        const char *repository = arena_format(&world->arena, "repo%zu", i).data;
        const char *url = arena_format(&world->arena, "file://{W}/%s//k", repository).data;
        world_write(world, arena_format(&world->arena, "%s/k/kustomization.yaml", repository).data, ways[i]);
        world_write(world, arena_format(&world->arena, "%s/k/a.yaml", repository).data, OBJECT("a"));
        world_run(world, arena_format(&world->arena,
                                      "cd %s/k && ln -s {W}/secret.yaml link.yaml && ln -s {W} link && "
                                      "ln -s link.yaml chain.yaml",
                                      repository)
                             .data);
        world_commit(world, repository);
        for (int unrestricted = 0; unrestricted < 2; unrestricted++) {
            struct build_options options = {.unrestricted = unrestricted};
            world_build(world, &options, url);
            assert_false(world->succeeded);
            assert_int_equal(slice_find(buffer_slice(&world->stream), slice_literal("planted")), SLICE_NOT_FOUND);
            assert_int_equal(slice_find(buffer_slice(&world->messages), slice_literal("planted")), SLICE_NOT_FOUND);
        }
    }
}

// The Git configuration of a clone contains the URL with its login.
static void the_git_directory_of_a_clone_cannot_be_read(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "repo/kustomization.yaml", "configMapGenerator: [{name: s, files: [.git/config]}]\n");
    world_commit(world, "repo");
    world_expect_error(world, NULL, "file://{W}/repo", ".git/config': No such file or directory");
}

static void git_directories_of_submodules_are_removed(void **state)
{
    struct world *world = *state;
    make_submodule(world);
    world_write(world, "repo/kustomization.yaml", "configMapGenerator: [{name: s, files: [part/.git]}]\n");
    world_commit(world, "repo");
    setenv("GIT_ALLOW_PROTOCOL", "https:file", 1);
    world_expect_error(world, NULL, "file://{W}/repo", "part/.git': No such file or directory");
}

static void a_repository_that_refers_to_itself_is_a_cycle(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "repo/a/kustomization.yaml", "resources: ['file://{W}/repo//b']\n");
    world_write(world, "repo/b/kustomization.yaml", "resources: ['file://{W}/repo//a']\n");
    world_commit(world, "repo");
    world_expect_error(world, NULL, "file://{W}/repo//a", "cycle: ");
}

static void a_remote_kustomization_cannot_refer_to_a_local_repository(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write(world, "secret/kustomization.yaml", "configMapGenerator: [{name: s, literals: [a=b]}]\n");
    world_commit(world, "secret");
    world_write(world, "repo/kustomization.yaml", "resources: ['file://{W}/secret']\n");
    world_commit(world, "repo");
    // A server that needs no network: the user's Git configuration redirects it to local repositories.
    world_write(world, "home/.gitconfig", "[url \"file://{W}/\"]\n\tinsteadOf = ssh://git@server.example/org/\n");
    world_expect_error(world, NULL, "ssh://git@server.example/org/repo",
                       "a remote kustomization cannot refer to a local repository");
}

static void url_rules_of_the_user_are_applied(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_write(world, "home/.gitconfig", "[url \"file://{W}/\"]\n\tinsteadOf = ssh://git@server.example/org/\n");
    world_expect_stream(world, NULL, "ssh://git@server.example/org/repo//base", OBJECT("a"));
}

static void the_environment_selects_the_configuration(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_write(world, "rules", "[url \"file://{W}/\"]\n\tinsteadOf = ssh://git@server.example/org/\n");
    setenv("GIT_CONFIG_GLOBAL", world_path(world, "rules"), 1);
    world_expect_stream(world, NULL, "ssh://git@server.example/org/repo//base", OBJECT("a"));
    unsetenv("GIT_CONFIG_GLOBAL");
    setenv("GIT_CONFIG_COUNT", "1", 1);
    setenv("GIT_CONFIG_KEY_0", arena_format(&world->arena, "url.file://%s/.insteadOf", world->folder).data, 1);
    setenv("GIT_CONFIG_VALUE_0", "ssh://git@server.example/other/", 1);
    world_expect_stream(world, NULL, "ssh://git@server.example/other/repo//base", OBJECT("a"));
    unsetenv("GIT_CONFIG_COUNT");
    unsetenv("GIT_CONFIG_KEY_0");
    unsetenv("GIT_CONFIG_VALUE_0");
}

static void conditions_in_the_configuration_apply_to_the_clone(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_write(world, "rules", "[url \"file://{W}/\"]\n\tinsteadOf = ssh://git@server.example/org/\n");
    world_write(world, "home/.gitconfig", "[includeIf \"gitdir:/\"]\n\tpath = {W}/rules\n");
    world_expect_stream(world, NULL, "ssh://git@server.example/org/repo//base", OBJECT("a"));
}

static void an_https_url_that_is_not_a_file_is_cloned(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_write(world, "home/.gitconfig", "[url \"file://{W}/\"]\n\tinsteadOf = https://127.0.0.1:9/org/\n");
    name_resource(world, "https://127.0.0.1:9/org/repo//base");
    world_expect_stream(world, NULL, "k", OBJECT("a"));
    name_resource(world, "https://127.0.0.1:9/org/none");
    world_expect_error(world, NULL, "k", "git fetch: fatal: ");
    expect_contains(buffer_slice(&world->messages),
                    "hint: check the URL, which is not a file, either: cannot fetch 'https://127.0.0.1:9/org/none': ");
}

// Every setting that makes git run a program, here one that leaves a file behind.
static void nothing_in_a_configuration_is_executed(void **state)
{
    struct world *world = *state;
    world_write_script(world, "mark", "#!/bin/sh\ntouch {W}/marker\ncat\n");
    world_write_script(world, "hooks/post-checkout", "#!/bin/sh\ntouch {W}/marker\n");
    world_write_script(world, "template/hooks/post-checkout", "#!/bin/sh\ntouch {W}/marker\n");
    world_write(world, "repo/.gitattributes", "* filter=evil\n");
    world_write(world, "home/.config/git/attributes", "* filter=evil\n");
    make_repository(world);
    world_write(
        world, "home/.gitconfig",
        "[core]\n\thooksPath = {W}/hooks\n\tfsmonitor = {W}/mark\n\tsshCommand = {W}/mark\n\taskPass = {W}/mark\n"
        "\tgitProxy = {W}/mark\n\talternateRefsCommand = {W}/mark\n"
        "[init]\n\ttemplateDir = {W}/template\n"
        "[filter \"evil\"]\n\tsmudge = {W}/mark\n\tprocess = {W}/mark\n\trequired = true\n"
        "[credential]\n\thelper = !{W}/mark\n"
        "[uploadpack]\n\tpackObjectsHook = {W}/mark\n"
        "[protocol]\n\tallow = always\n"
        "[url \"ext::{W}/mark \"]\n\tinsteadOf = ssh://git@server.example/\n");
    world_expect_stream(world, NULL, "file://{W}/repo//base", OBJECT("a"));
    world_build(world, NULL, "ssh://git@server.example/org/repo");
    assert_false(world->succeeded);
    expect_contains(buffer_slice(&world->messages), "transport 'ext' not allowed");
    expect_contains(buffer_slice(&world->messages), "hint: use https, ssh, or file, not 'ext'");
    assert_false(world_has(world, "marker"));
}

// A fake ssh that runs git locally, from the user's configuration.
static struct world *world_with_ssh_command(void **state)
{
    struct world *world = *state;
    world_write_script(world, "my-ssh", "#!/bin/sh\ntouch {W}/marker\nfor last; do :; done\neval \"$last\"\n");
    world_write(world, "home/.gitconfig", "[core]\n\tsshCommand = {W}/my-ssh\n[credential]\n\thelper = !{W}/my-ssh\n");
    make_repository(world);
    unsetenv("GIT_SSH_COMMAND");
    return world;
}

#define BEHIND_SSH "ssh://git@server.invalid{W}/repo.git//base"

static void the_ssh_command_of_the_configuration_is_used_if_the_user_allows_it(void **state)
{
    struct world *world = world_with_ssh_command(state);
    world_run(world, "ln -s repo repo.git");
    world_expect_error(world, NULL, BEHIND_SSH,
                       "hint: add --git-config=user to use core.sshCommand of your Git configuration");
    assert_false(world_has(world, "marker"));
    world_expect_stream(world, &(struct build_options){.git_user_configuration = true}, BEHIND_SSH, OBJECT("a"));
    assert_true(world_has(world, "marker"));
    name_resource(world, BEHIND_SSH);
    world_expect_stream(world, &(struct build_options){.git_user_configuration = true}, "k", OBJECT("a"));
}

static void a_remote_kustomization_cannot_use_the_ssh_command(void **state)
{
    world_write(*state, "repo/more/kustomization.yaml", "resources: ['ssh://git@server.invalid{W}/repo.git//base']\n");
    struct world *world = world_with_ssh_command(state);
    world_run(world, "ln -s repo repo.git");
    world_expect_error(world, &(struct build_options){.git_user_configuration = true}, "file://{W}/repo//more",
                       "kiln uses core.sshCommand of your Git configuration only for URLs in your own files");
    assert_false(world_has(world, "marker"));
}

static void http_is_refused_unless_the_user_configuration_is_allowed(void **state)
{
    struct world *world = *state;
    world_expect_error(world, NULL, "http://127.0.0.1:9/org/repo.git",
                       "hint: use https, or set GIT_ALLOW_PROTOCOL=http:https:ssh:file to allow http");
    world_require_cloning(world);
    world_expect_error(world, &(struct build_options){.git_user_configuration = true},
                       "http://127.0.0.1:9/org/repo.git", "git fetch: ");
}

static void variables_of_an_outer_git_command_have_no_effect(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_write(world, "outer/file", "text\n");
    world_commit(world, "outer");
    struct slice before = world_run(world, "cd outer && git rev-parse HEAD && git remote -v");
    setenv("GIT_DIR", world_path(world, "outer/.git"), 1);
    setenv("GIT_INDEX_FILE", world_path(world, "outer/.git/index"), 1);
    setenv("GIT_CONFIG_COUNT", "1", 1);
    world_expect_stream(world, NULL, "file://{W}/repo//base", OBJECT("a"));
    unsetenv("GIT_DIR");
    unsetenv("GIT_INDEX_FILE");
    unsetenv("GIT_CONFIG_COUNT");
    assert_true(slice_equal(before, world_run(world, "cd outer && git rev-parse HEAD && git remote -v")));
}

// --- ssh.

// An ssh server without a port: the client starts it for each connection and talks to its standard input.
static void set_up_ssh(struct world *world)
{
    world_write(world, "sshd_config",
                "HostKey {W}/host\nAuthorizedKeysFile {W}/user.pub\nStrictModes no\nUsePAM no\n"
                "PasswordAuthentication no\nPermitRootLogin yes\n");
    world_write(world, "ssh_config",
                "Host server.example\n  ProxyCommand /usr/sbin/sshd -i -f {W}/sshd_config\n  IdentityFile {W}/user\n"
                "  IdentitiesOnly yes\n  UserKnownHostsFile {W}/known\n  StrictHostKeyChecking accept-new\n"
                "  BatchMode yes\n");
    struct slice worked = world_run(
        world, "(ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f user && "
               "ssh -F ssh_config server.example true) >log 2>&1 && echo yes || echo no");
    if (!slice_equals(worked, "yes"))
        test_skip("no ssh server can be run on this machine");
    setenv("GIT_SSH_COMMAND", arena_format(&world->arena, "ssh -F %s/ssh_config", world->folder).data, 1);
}

static void a_repository_reached_by_ssh_is_a_base(void **state)
{
    struct world *world = *state;
    set_up_ssh(world);
    make_repository(world);
    struct slice user = world_run(world, "id -un");
    struct arena *arena = &world->arena;
    name_resource(world,
                  arena_format(arena, "ssh://%.*s@server.example{W}/repo//overlay?ref=main", SLICE_ARGS(user)).data);
    world_expect_stream(world, NULL, "k", OBJECT("o-a"));
    name_resource(world, "ssh://server.example{W}/repo//base");
    world_expect_stream(world, NULL, "k", OBJECT("a"));
    name_resource(world, arena_format(arena, "%.*s@server.example:{W}/repo//base?ref=main", SLICE_ARGS(user)).data);
    world_expect_stream(world, NULL, "k", OBJECT("a"));
    name_resource(world, "ssh://server.example{W}/repo//base?ref=v9");
    world_expect_error(world, NULL, "k", "couldn't find remote ref v9");
}

static void a_truncated_repository_url_gets_a_hint(void **state)
{
    struct world *world = *state;
    world_require_cloning(world);
    world_write_script(world, "ssh", "#!/bin/sh\necho 'ERROR: Repository not found.' >&2\nexit 1\n");
    setenv("GIT_SSH", world_path(world, "ssh"), 1);
    name_resource(world, "ssh://git@server.example/group/part/repo");
    world_expect_error(world, NULL, "k",
                       "hint: mark the end of the repository with `//` or `.git`: kiln took "
                       "'ssh://git@server.example/group/part' as the repository and 'repo' as a directory in it");
    name_resource(world, "ssh://git@server.example/group/part//repo");
    world_expect_error(world, NULL, "k", "git fetch: ERROR: Repository not found");
    if (slice_find(buffer_slice(&world->messages), slice_literal("mark the end")) != SLICE_NOT_FOUND)
        fail_msg("this URL says where the repository ends");
}

// --- Submodules.

static void a_submodule_is_fetched_by_a_protocol_that_the_user_allows(void **state)
{
    struct world *world = *state;
    make_submodule(world);
    setenv("GIT_ALLOW_PROTOCOL", "https:file", 1);
    world_expect_stream(world, NULL, "file://{W}/repo", OBJECT("part"));
}

static void a_submodule_cannot_refer_to_a_local_repository_by_default(void **state)
{
    struct world *world = *state;
    make_submodule(world);
    world_expect_error(world, NULL, "file://{W}/repo", "transport 'file' not allowed");
    world_expect_stream(world, NULL, "file://{W}/repo//base?submodules=false", OBJECT("a"));
}

static void the_user_can_allow_fewer_protocols(void **state)
{
    struct world *world = *state;
    make_repository(world);
    setenv("GIT_ALLOW_PROTOCOL", "https", 1);
    world_expect_error(world, NULL, "file://{W}/repo//base", "transport 'file' not allowed");
}

// --- Running git.

// A git that records its calls, and runs `extra` before the real git.
static void put_git_on_path(struct world *world, const char *extra)
{
    struct slice git = world_run(world, "command -v git");
    struct slice text = arena_format(&world->arena, "#!/bin/sh\necho \"$1\" >> {W}/calls\n%s\nexec '%.*s' \"$@\"\n",
                                     extra, SLICE_ARGS(git));
    world_write_script(world, "bin/git", text.data);
    world_put_on_path(world, "bin");
}

static size_t count_calls(struct world *world, const char *verb)
{
    struct slice rest = world_read(world, "calls");
    size_t count = 0;
    while (rest.length) {
        struct slice line;
        slice_cut(rest, '\n', &line, &rest);
        count += slice_equals(line, verb);
    }
    return count;
}

static void a_repository_is_fetched_once_per_ref(void **state)
{
    struct world *world = *state;
    make_repository(world);
    world_run(world, "cd repo && git tag v1");
    world_write(world, "repo/more/kustomization.yaml", "resources: [b.yaml]\n");
    world_write(world, "repo/more/b.yaml", OBJECT("b"));
    world_commit(world, "repo");
    put_git_on_path(world, ":");
    world_write(world, "k/kustomization.yaml",
                "resources: ['file://{W}/repo//base', 'file://{W}/repo//overlay', 'file://{W}/repo//more']\n");
    world_expect_stream(world, NULL, "k", OBJECT("a") "---\n" OBJECT("b") "---\n" OBJECT("o-a"));
    assert_int_equal(count_calls(world, "fetch"), 1);
    world_write(world, "k/kustomization.yaml",
                "resources: ['file://{W}/repo//base?ref=v1', 'file://{W}/repo//overlay']\n");
    world_expect_stream(world, NULL, "k", OBJECT("a") "---\n" OBJECT("o-a"));
    assert_int_equal(count_calls(world, "fetch"), 3);
}

// Argo CD installs this wrapper around git for kustomize, against references that look like options.
static void git_is_called_with_arguments_that_argo_cd_allows(void **state)
{
    struct world *world = *state;
    make_repository(world);
    put_git_on_path(world, "if [ \"$1\" = fetch ]; then\n"
                           "    [ \"$#\" = 4 ] && [ \"$2\" = --depth=1 ] || { echo refused >&2; exit 1; }\n"
                           "    set -- \"$1\" \"$2\" --end-of-options \"$3\" \"$4\"\n"
                           "fi");
    world_expect_stream(world, NULL, "file://{W}/repo//overlay?ref=main", OBJECT("o-a"));
    assert_int_equal(count_calls(world, "fetch"), 1);
}

// Programs that git has started end with it. This may take a moment, and so may the process that inherits them.
static void expect_sleeper_ended(struct world *world)
{
    world_run(world,
              "for i in $(seq 20); do case $(ps -o stat= -p $(cat sleeper)) in ''|Z*) exit 0 ;; esac; sleep 0.1; done; "
              "exit 1");
}

static void git_is_stopped_after_the_timeout_of_the_url(void **state)
{
    struct world *world = *state;
    make_repository(world);
    put_git_on_path(world, "if [ \"$1\" = fetch ]; then sleep 30 & echo $! > {W}/sleeper; wait; fi");
    world_expect_error(world, NULL, "file://{W}/repo//base?timeout=1", "git fetch timed out after 1 s");
    expect_sleeper_ended(world);
}

static void a_missing_git_gets_a_hint(void **state)
{
    struct world *world = *state;
    world_write(world, "empty/file", "");
    setenv("PATH", world_path(world, "empty"), 1);
    world_expect_error(world, NULL, "file://{W}/repo//base", "cannot run git: No such file or directory");
    setenv("PATH", world->path_before, 1);
}

// Whatever git this machine has.
static void an_old_git_is_refused(void **state)
{
    static const char *const versions[] = {"2.31.9", "2.30.2", "2.4.11", "1.8.3.1"};
    struct world *world = *state;
    world_put_on_path(world, "bin");
    for (size_t i = 0; i < countof(versions); i++) {
        const char *script = arena_format(&world->arena, "#!/bin/sh\necho git version %s\n", versions[i]).data;
        world_write_script(world, "bin/git", script);
        world_expect_error(world, NULL, "file://{W}/repo//base",
                           arena_format(&world->arena,
                                        "cloning safely requires git 2.32 or newer, found 'git version %s'\n",
                                        versions[i])
                               .data);
    }
}

// The first call after `git version` fails with a message of its own.
static void a_git_that_is_not_old_is_used(void **state)
{
    static const char *const versions[] = {"2.32.0", "2.39.5 (Apple Git-154)", "2.100.1.windows.2", "3.0.0"};
    struct world *world = *state;
    world_put_on_path(world, "bin");
    for (size_t i = 0; i < countof(versions); i++) {
        const char *script =
            arena_format(&world->arena,
                         "#!/bin/sh\n[ \"$1\" != version ] || exec echo 'git version %s'\necho stopped >&2\nexit 1\n",
                         versions[i])
                .data;
        world_write_script(world, "bin/git", script);
        world_expect_error(world, NULL, "file://{W}/repo//base", ": stopped\n");
    }
}

static void an_in_memory_build_fetches_nothing(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: ['file:///tmp/repo//base']\n");
    expect_error(build, ".", "remote access is disabled for this build");
    tree_add(build, "a/kustomization.yaml", "resources: ['http://127.0.0.1:9/a.yaml']\n");
    expect_error(build, "a", "remote access is disabled for this build");
}

static void check_that_a_signal_leaves_nothing(struct world *world, int number)
{
    world_run(world, "rm -f sleeper");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(number, SIG_DFL);
        signals_watch();
        struct build_options options = {0};
        struct build *build = build_new();
        build_run(build, &options, arena_format(&world->arena, "file://%s/repo//base", world->folder));
        _exit(0);
    }
    world_run(world, "for i in $(seq 100); do [ -s sleeper ] && exit 0; sleep 0.05; done; exit 1");
    assert_true(world_run(world, "ls tmp").length > 0);
    kill(child, number);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), number);
    expect_text(world_run(world, "ls tmp"), "");
    expect_sleeper_ended(world);
}

static void a_signal_stops_git_and_removes_the_clone(void **state)
{
    struct world *world = *state;
    make_repository(world);
    put_git_on_path(world, "if [ \"$1\" = fetch ]; then sleep 30 & echo $! > {W}/sleeper; wait; fi");
    check_that_a_signal_leaves_nothing(world, SIGTERM);
    check_that_a_signal_leaves_nothing(world, SIGINT);
    check_that_a_signal_leaves_nothing(world, SIGHUP);
}

static const struct CMUnitTest tests[] = {
    world_test(a_directory_of_a_repository_is_a_base),
    world_test(a_repository_can_be_the_root),
    world_test(a_repository_can_hold_a_component),
    world_test(a_branch_a_tag_and_a_commit_can_be_requested),
    world_test(a_missing_ref_is_reported_with_the_message_of_git),
    world_test(a_missing_repository_is_reported_with_the_message_of_git),
    world_test(origins_include_the_repository_and_the_reference),
    world_test(git_arguments_that_look_like_options_are_refused),
    world_test(other_protocols_are_refused),
    world_test(a_file_outside_its_root_is_refused_regardless_of_the_restriction),
    world_test(a_link_that_leaves_the_clone_is_refused),
    world_test(no_path_leads_out_of_a_clone_with_either_setting),
    world_test(the_git_directory_of_a_clone_cannot_be_read),
    world_test(git_directories_of_submodules_are_removed),
    world_test(a_repository_that_refers_to_itself_is_a_cycle),
    world_test(a_remote_kustomization_cannot_refer_to_a_local_repository),
    world_test(url_rules_of_the_user_are_applied),
    world_test(the_environment_selects_the_configuration),
    world_test(conditions_in_the_configuration_apply_to_the_clone),
    world_test(an_https_url_that_is_not_a_file_is_cloned),
    world_test(nothing_in_a_configuration_is_executed),
    world_test(the_ssh_command_of_the_configuration_is_used_if_the_user_allows_it),
    world_test(a_remote_kustomization_cannot_use_the_ssh_command),
    world_test(http_is_refused_unless_the_user_configuration_is_allowed),
    world_test(variables_of_an_outer_git_command_have_no_effect),
    world_test(a_repository_reached_by_ssh_is_a_base),
    world_test(a_truncated_repository_url_gets_a_hint),
    world_test(a_submodule_is_fetched_by_a_protocol_that_the_user_allows),
    world_test(a_submodule_cannot_refer_to_a_local_repository_by_default),
    world_test(the_user_can_allow_fewer_protocols),
    world_test(a_repository_is_fetched_once_per_ref),
    world_test(git_is_called_with_arguments_that_argo_cd_allows),
    world_test(git_is_stopped_after_the_timeout_of_the_url),
    world_test(a_missing_git_gets_a_hint),
    world_test(an_old_git_is_refused),
    world_test(a_git_that_is_not_old_is_used),
    world_test(a_signal_stops_git_and_removes_the_clone),
    build_test(an_in_memory_build_fetches_nothing),
};

int test_git(void)
{
    return cmocka_run_group_tests_name("git", tests, NULL, NULL);
}
