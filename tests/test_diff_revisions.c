// `kiln diff` between states of a Git repository, from outside.
#include "tests/world.h"

#define GIT "git -c user.name=a -c user.email=a@example.com -c protocol.file.allow=always "
#define KUSTOMIZATION(count) "resources: [../base]\nreplicas: [{name: web, count: " count "}]\n"

#define TOKEN(value) "configMapGenerator: [{name: a, literals: [note=" value "]}]\n"

// A base and an overlay with two commits.
static struct world *repository(void **state)
{
    struct world *world = *state;
    world_run(world, arena_format(&world->arena, "mkdir -p bin && ln -s '%s' bin/kiln && %s init -q -b main repo",
                                  test_program(), GIT)
                         .data);
    world_put_on_path(world, "bin");
    world_write(world, "repo/base/kustomization.yaml", "resources: [web.yaml]\n");
    world_write(world, "repo/base/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/prod/kustomization.yaml", KUSTOMIZATION("3"));
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m one");
    world_write(world, "repo/prod/kustomization.yaml", KUSTOMIZATION("4"));
    world_run(world, "cd repo && " GIT "commit -q -a -m two");
    return world;
}

#define DIFF(arguments) "cd repo && { kiln diff " arguments " 2>&1; echo status $?; }"

static void the_work_tree_is_compared_with_a_revision(void **state)
{
    struct world *world = repository(state);
    expect_text(world_run(world, DIFF("--against HEAD prod")), "status 0");
    struct slice text = world_run(world, DIFF("--against HEAD~1 prod"));
    expect_contains(text, "prod\n~ Deployment/web\n    spec.replicas  3 → 4");
    expect_contains(text, "1 changed in 1 of 1 root\nstatus 1");
    expect_contains(world_run(world, "cd repo/prod && { kiln diff --exact-against HEAD~1; echo status $?; }"), "3 → 4");
}

static void untracked_files_count_as_new(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/prod/kustomization.yaml", "resources: [../base, service.yaml]\n");
    world_write(world, "repo/prod/service.yaml", SERVICE("web"));
    expect_contains(world_run(world, DIFF("--against HEAD prod")), "+ Service/web\n");
    // The index has the old kustomization.
    expect_text(world_run(world, DIFF("--staged prod")), "status 0");
    expect_contains(world_run(world, "cd repo && git add -A && { kiln diff --staged prod; echo status $?; }"),
                    "+ Service/web\n");
}

static void two_revisions_are_compared(void **state)
{
    struct world *world = repository(state);
    world_run(world, "rm -r repo/base repo/prod");
    expect_contains(world_run(world, DIFF("HEAD~1..HEAD prod")), "3 → 4");
    expect_contains(world_run(world, DIFF("HEAD~1.. prod")), "3 → 4");
    expect_contains(world_run(world, DIFF("HEAD..HEAD~1 prod")), "4 → 3");
    expect_text(world_run(world, DIFF("HEAD...HEAD~1 prod")), "status 0");
}

static void a_bare_repository_has_two_revisions(void **state)
{
    struct world *world = repository(state);
    world_run(world, GIT "clone -q --bare repo bare");
    expect_contains(world_run(world, "cd bare && { kiln diff HEAD~1..HEAD prod; echo status $?; }"), "3 → 4");
    expect_contains(world_run(world, "cd bare && { kiln diff --against HEAD~1 prod 2>&1; echo status $?; }"),
                    "a bare repository has no work tree");
    // Without directories, compares the roots that the change affects.
    expect_contains(world_run(world, "cd bare && { kiln diff HEAD~1..HEAD; echo status $?; }"),
                    "prod\n~ Deployment/web\n    spec.replicas  3 → 4");
}

static void a_repository_is_not_written_to(void **state)
{
    struct world *world = repository(state);
    world_run(world, "find repo -printf '%p %T@ %s\\n' | sort > before; chmod -R a-w repo");
    expect_contains(world_run(world, DIFF("--against HEAD~1 prod")), "3 → 4");
    world_run(world, DIFF("--staged prod"));
    world_run(world, "chmod -R u+w repo; find repo -printf '%p %T@ %s\\n' | sort | cmp - before");
}

static void links_lead_to_files_of_the_same_revision(void **state)
{
    struct world *world = repository(state);
    world_write(world, "outside/kustomization.yaml", "resources: []\n");
    world_run(world, "cd repo && ln -s prod live && ln -s ../outside out && git add -A && " GIT "commit -q -m links");
    world_write(world, "repo/prod/kustomization.yaml", KUSTOMIZATION("5"));
    expect_contains(world_run(world, DIFF("--against HEAD live")), "4 → 5");
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m five");
    expect_contains(world_run(world, DIFF("HEAD~1..HEAD live")), "4 → 5");
    expect_contains(world_run(world, DIFF("HEAD~1..HEAD out")), "no kustomization in 'out' on either side");
}

static void a_link_that_leaves_the_root_is_refused_as_on_disk(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/secret.yaml", SERVICE("beyond"));
    world_write(world, "repo/prod/kustomization.yaml", "resources: [../base, link.yaml]\n");
    world_run(world, "cd repo && ln -s ../secret.yaml prod/link.yaml && git add -A && " GIT "commit -q -m link");
    world_write(world, "repo/prod/kustomization.yaml", "resources: [../base]\n");
    struct slice text = world_run(world, DIFF("--against HEAD prod"));
    expect_contains(text, "was broken, and now builds: prod/kustomization.yaml:1:22: ");
    expect_absent(text, "beyond");
    world_run(world, "cd repo && rm prod/link.yaml && ln -s ../prod/own.yaml prod/link.yaml");
    world_write(world, "repo/prod/own.yaml", SERVICE("own"));
    world_write(world, "repo/prod/kustomization.yaml", "resources: [../base, link.yaml]\n");
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m own && rm prod/own.yaml");
    expect_contains(world_run(world, DIFF("HEAD~2..HEAD prod")), "+ Service/own\n");
}

// Files in the work tree with the same path are used only if they have the same content.
static void contents_come_from_the_revision(void **state)
{
    struct world *world = repository(state);
    expect_contains(
        world_run(world, "cd repo && printf '# \\r\\n' >> prod/kustomization.yaml && git config core.autocrlf true && "
                         "git add -A 2>/dev/null; git stash -q; git config core.autocrlf false; "
                         "{ kiln diff HEAD~1..HEAD prod; echo status $?; }"),
        "3 → 4");
    world_run(world, GIT "init -q -b main --object-format=sha256 other && cp -r repo/base repo/prod other");
    world_run(world, "cd other && git add -A && " GIT "commit -q -m one");
    world_write(world, "other/prod/kustomization.yaml", KUSTOMIZATION("7"));
    expect_contains(world_run(world, "cd other && { kiln diff --against HEAD prod; echo status $?; }"), "4 → 7");
    world_run(world, "cd other && rm base/web.yaml && mkdir base/web.yaml");
    expect_contains(world_run(world, "cd other && { kiln diff HEAD..HEAD prod; echo status $?; }"), "status 0");
}

static void a_submodule_is_read_in_its_own_repository(void **state)
{
    struct world *world = repository(state);
    world_run(world, GIT "init -q -b main shared");
    world_write(world, "shared/kustomization.yaml", "resources: [service.yaml]\n");
    world_write(world, "shared/service.yaml", SERVICE("one"));
    world_run(world, "cd shared && git add -A && " GIT "commit -q -m one");
    world_run(world, "cd repo && " GIT "submodule --quiet add ../shared sub && printf 'resources: [../sub]\\n' "
                     "> prod/kustomization.yaml && git add -A && " GIT "commit -q -m sub");
    world_run(world, "cd repo/sub && sed -i s/one/two/ service.yaml && " GIT "commit -q -a -m two && cd .. && "
                     "git add -A && " GIT "commit -q -m newer");
    struct slice text = world_run(world, DIFF("HEAD~1..HEAD prod"));
    expect_contains(text, "Service/two");
    expect_contains(text, "one → two");
    world_run(world, "rm -rf repo/sub && mkdir repo/sub");
    expect_contains(world_run(world, DIFF("HEAD~1..HEAD prod")), "status 2");
}

static void a_root_may_be_added_or_removed(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/new/kustomization.yaml", "resources: [../base]\n");
    expect_contains(world_run(world, DIFF("--against HEAD new")), "+ Deployment/web\n");
    world_write(world, "repo/new/kustomization.yaml", "resources: [../base, more.yaml]\n");
    world_write(world, "repo/new/more.yaml", SERVICE("a") "---\n" SERVICE("b") "---\n" SERVICE("c"));
    expect_contains(world_run(world, DIFF("--against HEAD new")),
                    "new\n+ Service/a, Service/b, and 2 more: the root is new\n4 added in 1 of 1 root\nstatus 1");
    expect_contains(world_run(world, DIFF("--against HEAD new --show-all")), "+ Service/c\n");
    expect_contains(world_run(world, DIFF("--against HEAD new --format json")), "\"name\": \"c\"");
    world_run(world, "rm -r repo/prod");
    expect_contains(world_run(world, DIFF("--against HEAD prod")), "- Deployment/web\n");
    expect_contains(world_run(world, DIFF("--against HEAD nowhere")), "status 2");
}

static void an_added_or_removed_root_may_be_broken(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/new/kustomization.yaml", "resources: [none.yaml]\n");
    expect_contains(world_run(world, DIFF("--against HEAD new")),
                    "! is new and does not build: new/kustomization.yaml:1:13: ");
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m new && rm -r new");
    expect_contains(world_run(world, DIFF("--against HEAD new")),
                    "! was broken, and is now gone: new/kustomization.yaml:1:13: ");
}

#ifndef ARENA_SANITIZED
// kubectl reads 1 as a difference.
static void a_failure_exits_with_more_than_1(void **state)
{
    struct world *world = repository(state);
    expect_text(world_run(world,
                          "mkdir live merged; for side in live merged; do { printf 'apiVersion: v1\\nkind: ConfigMap\\n"
                          "metadata: {name: a}\\ndata:\\n'; seq -f \"  k%.0f: $side\" 1 300000; } > $side/a; done; "
                          "(ulimit -v 80000; kiln diff --kubectl live merged 2>&1 >/dev/null); echo status $?"),
                "kiln: out of memory\nstatus 2");
    expect_contains(world_run(world, "kiln diff --kubectl live merged 2>&1 >/dev/full; echo status $?"), "status 2");
    expect_contains(world_run(world, "kiln diff --kubectl live none 2>&1; echo status $?"), "status 2");
}
#endif

// Every format, for programs or people, reports a root that builds only on one side.
static void each_format_reports_a_root_that_does_not_build(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/prod/kustomization.yaml", "resources: [none.yaml]\n");
    static const char *const formats[] = {"text",   "unified", "patch",     "json", "markdown",
                                          "github", "stat",    "name-only", "html"};
    for (size_t i = 0; i < countof(formats); i++)
        for (int back = 0; back < 2; back++) {
            const char *command = "cd repo && kiln diff --against HEAD --format %s 2>/dev/null; echo status $?";
            if (back)
                command =
                    "cd repo && git add -A && " GIT "commit -q -m broken && git checkout -q HEAD~1 -- prod && "
                    "kiln diff --against HEAD --format %s 2>/dev/null; echo status $?; git reset -q --soft HEAD~1; "
                    "git reset -q; printf 'resources: [none.yaml]\\n' > prod/kustomization.yaml";
            struct slice text = world_run(world, arena_format(&world->arena, command, formats[i]).data);
            expect_contains(text, "prod");
            expect_contains(text, back ? "status 1" : "status 2");
            if (strcmp(formats[i], "name-only") == 0)
                expect_text(text, back ? "prod\nstatus 1" : "prod\nstatus 2");
        }
    expect_contains(world_run(world, DIFF("--against HEAD --format github 2>/dev/null")),
                    "::error file=prod/kustomization.yaml,line=1,col=13,title=prod::no longer builds: ");
}

static void the_side_that_does_not_build_is_named(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/prod/kustomization.yaml", "resources: [missing.yaml]\n");
    struct slice text = world_run(world, DIFF("--against HEAD prod"));
    expect_contains(text, "! no longer builds: prod/kustomization.yaml:1:13: ");
    expect_contains(text, "status 2");
    world_run(world, "cd repo && " GIT "commit -q -a -m broken");
    world_write(world, "repo/prod/kustomization.yaml", KUSTOMIZATION("4"));
    text = world_run(world, DIFF("--against HEAD prod"));
    expect_contains(text, "! was broken, and now builds: prod/kustomization.yaml:1:13: ");
    expect_contains(text, "status 1");
    text = world_run(world, DIFF("--format json --against HEAD prod"));
    expect_contains(text, "\"failedBefore\": true");
    expect_contains(text, "\"failedAfter\": false");
}

static void errors_exit_with_2(void **state)
{
    struct world *world = repository(state);
    expect_text(world_run(world, DIFF("--against maim")),
                "kiln: unknown revision 'maim'\n  hint: did you mean 'main'?\nstatus 2");
    expect_text(world_run(world, DIFF("--against HEAD --max-bytes 10")),
                "kiln: invalid value '10' for --max-bytes: expected 200 or more\nstatus 2");
    expect_contains(world_run(world, DIFF("--against nope prod")),
                    "unknown revision 'nope'\n  hint: use a branch or tag");
    expect_contains(world_run(world, DIFF("--against nope prod")), "the clone has 'main'\nstatus 2");
    expect_contains(world_run(world, DIFF("--against=-x prod")), "unknown revision '-x'\n  hint: use a branch or tag");
    expect_contains(world_run(world, DIFF("--staged HEAD~1..HEAD prod")),
                    "REV1..REV2 cannot be used with --staged\nstatus 2");
    expect_contains(world_run(world, "{ kiln diff --against HEAD repo/prod 2>&1; echo status $?; }"), "status 2");
    world_write_script(world, "bin/git", "#!/bin/sh\nexit 1\n");
    expect_contains(world_run(world, DIFF("--against HEAD prod")), "status 2");
}

static void a_file_in_lfs_is_reported(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/prod/kustomization.yaml", "resources: [big.yaml]\n");
    world_write(world, "repo/prod/big.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n");
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m lfs");
    expect_contains(world_run(world, DIFF("HEAD..HEAD prod")), "Git LFS");
}

static void no_format_shows_a_secret(void **state)
{
    struct world *world = repository(state);
    static const char kustomization[] = "secretGenerator:\n- name: s\n  literals: [p=planted-%s-value]\n"
                                        "configMapGenerator:\n- name: c\n  literals:\n  - copy=x planted-%s-value y\n"
                                        "  - |-\n    app.properties=db.password=planted-%s-value\n    port=1\n";
    const char *values[] = {"first", "second"};
    for (size_t i = 0; i < countof(values); i++) {
        world_write(world, "repo/prod/kustomization.yaml",
                    arena_format(&world->arena, kustomization, values[i], values[i], values[i]).data);
        world_run(world, "cd repo && " GIT "commit -q -a -m secret");
    }
    static const char *const formats[] = {"text",   "unified",   "patch", "json", "markdown",
                                          "github", "name-only", "stat",  "html"};
    for (size_t i = 0; i < countof(formats); i++) {
        struct slice text = world_run(
            world, arena_format(&world->arena, DIFF("HEAD~1..HEAD prod --format %s"), formats[i]).data);
        expect_contains(text, "status 1");
        expect_absent(text, "planted");
        expect_absent(text, "cGxhbnRlZ");
    }
}

// Two overlays of the base, an independent root, and a root that replaces another one in the newer state.
static struct world *roots(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/test/kustomization.yaml", "resources: [../base]\n");
    world_write(world, "repo/other/kustomization.yaml", "resources: [service.yaml]\n");
    world_write(world, "repo/other/service.yaml", SERVICE("other"));
    world_write(world, "repo/old/kustomization.yaml", TOKEN("one"));
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m three");
    world_run(world, "cd repo && git mv old new && sed -i 's/web:1/web:2/' base/web.yaml");
    return world;
}

static void only_affected_roots_are_compared(void **state)
{
    struct world *world = roots(state);
    const char *text = arena_copy(&world->arena, world_run(world, DIFF("--against HEAD"))).data;
    expect_text(slice_from(text), "new\n+ ConfigMap/a-mhfdgf7f9f\n"
                                  "old\n- ConfigMap/a-mhfdgf7f9f\n"
                                  "prod, test\n~ Deployment/web\n"
                                  "    spec.template.spec.containers[web].image  web:1 → web:2  base/web.yaml:16\n"
                                  "2 changed, 1 added, 1 removed in 4 of 5 roots\nstatus 1");
    // With several threads, the output is the same.
    expect_text(world_run(world, DIFF("--against HEAD --all")), text);
    expect_text(world_run(world, DIFF("--against HEAD -j1")), text);
    expect_text(world_run(world, DIFF("--against HEAD other")), "status 0");
    expect_contains(world_run(world, DIFF("--against HEAD --all prod")), "1 changed in 1 of 1 root\n");
    expect_contains(world_run(world, DIFF("--against HEAD '[pt]*' --all")), "2 changed in 2 of 2 roots\n");
    expect_contains(world_run(world, DIFF("--staged")), "1 added, 1 removed in 2 of 5 roots\n");
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m four");
    expect_text(world_run(world, DIFF("HEAD~1..HEAD")), text);
    expect_text(world_run(world, DIFF("HEAD~1..HEAD --all")), text);
    expect_contains(world_run(world, "cd repo/prod && { kiln diff HEAD~1..HEAD; echo status $?; }"),
                    ".\n~ Deployment/web\n");
    // A base isn't a root, but calling kiln in its directory selects it.
    expect_contains(world_run(world, "cd repo/base && { kiln diff HEAD~1..HEAD; echo status $?; }"),
                    "web:1 → web:2  web.yaml:16\n1 changed in 1 of 1 root\nstatus 1");
    expect_text(world_run(world, DIFF("HEAD..HEAD")), "status 0");
    expect_contains(world_run(world, DIFF("prod test --all")), "--all requires --against, --staged, or REV1..REV2");
}

static void affected_roots_show_their_difference(void **state)
{
    struct world *world = roots(state);
    const char *text = arena_copy(&world->arena, world_run(world, DIFF("--against HEAD"))).data;
    expect_text(world_run(world, "cd repo && { kiln affected --diff 2>&1; echo status $?; }"), text);
    expect_text(world_run(world, "cd repo && { kiln affected --since HEAD --diff 2>&1; echo status $?; }"), text);
    expect_contains(world_run(world, "cd repo && { kiln affected --diff --format json prod; echo status $?; }"),
                    "\"rootsChanged\": 1,");
    expect_contains(world_run(world, "cd repo && { kiln affected --staged --diff; echo status $?; }"),
                    "1 added, 1 removed in 2 of 5 roots\nstatus 1");
    expect_contains(world_run(world, "cd repo && { kiln affected --between=HEAD~2..HEAD~1 --diff; echo status $?; }"),
                    "3 → 4");
    expect_contains(world_run(world, "cd repo && { kiln affected --diff base/web.yaml 2>&1; echo status $?; }"),
                    "it cannot compare a list of files\nstatus 2");
    expect_contains(world_run(world, "cd repo && { kiln affected --diff --format paths 2>&1; echo status $?; }"),
                    "--diff supports only the formats text and json");
}

static void a_pattern_must_match_in_one_root(void **state)
{
    struct world *world = roots(state);
    struct slice text = world_run(world, DIFF("--against HEAD --select Deployment"));
    expect_contains(text, "2 changed in 2 of 5 roots\nstatus 1");
    expect_contains(world_run(world, DIFF("--against HEAD --select Job")),
                    "no resource matches 'Job' on either side\nstatus 2");
}

static void equal_changes_of_roots_are_shown_once(void **state)
{
    struct world *world = repository(state);
    world_run(world,
              "cd repo && for i in $(seq 9); do mkdir r$i && printf 'resources: [../base]\n' >r$i/kustomization.yaml; "
              "done && git add -A && " GIT "commit -q -m roots && sed -i 's/web:1/web:2/' base/web.yaml");
    expect_contains(world_run(world, DIFF("--against HEAD")),
                    "prod, r1, r2, r3, r4, and 5 more\n~ Deployment/web\n    spec.template.spec.containers[web].image  "
                    "web:1 → web:2  base/web.yaml:16\n10 changed in 10 of 10 roots\n");
    struct slice html = world_run(world, DIFF("--against HEAD --format html"));
    expect_contains(html, "<summary>prod, r1, r2, r3, r4, r5, r6, r7, r8, r9: 1 changed</summary>");
}

// A fake helm that prints the chart's values as it finds them.
#define HELM                                                                                                           \
    "#!/bin/sh\ncase $1 in version) echo v4.0.0; exit;; esac\n"                                                        \
    "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\ndata:\\n' && sed 's/^/  /' "                     \
    "\"$3/templates/deep/data\"\n"

static void each_revision_uses_its_charts(void **state)
{
    struct world *world = repository(state);
    world_write_script(world, "bin/helm", HELM);
    world_write(world, "repo/chart/kustomization.yaml", "helmCharts: [{name: web, releaseName: r}]\n");
    world_write(world, "repo/chart/charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 0.1.0\n");
    world_write(world, "repo/chart/charts/web/values.yaml", "a: b\n");
    world_write(world, "repo/chart/charts/web/templates/deep/data", "key: one\n");
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m chart");
    world_write(world, "repo/chart/charts/web/templates/deep/data", "key: two\n");
    expect_contains(world_run(world, DIFF("--against HEAD chart --enable-helm")), "data.key  one → two");
    world_run(world, "cd repo && " GIT "commit -q -a -m two && rm -r chart/charts");
    expect_contains(world_run(world, DIFF("HEAD~1..HEAD --enable-helm")), "data.key  one → two");
}

// A fake kubectl with another image in its cluster: it runs the program in the variable with two directories.
#define KUBECTL                                                                                                        \
    "#!/bin/sh\ntest \"$1 $2 $3 $4 $5\" = 'diff --context prod -f -' || { echo \"called with $*\" >&2; exit 3; }\n"    \
    "mkdir -p LIVE MERGED && cat >MERGED/apps.v1.Deployment.default.web &&\n"                                          \
    "sed 's/web:1/web:0/' <MERGED/apps.v1.Deployment.default.web >LIVE/apps.v1.Deployment.default.web\n"               \
    "exec $KUBECTL_EXTERNAL_DIFF LIVE MERGED\n"

static void kubectl_queries_the_cluster(void **state)
{
    struct world *world = repository(state);
    world_write_script(world, "bin/kubectl", KUBECTL);
    expect_text(world_run(world, DIFF("--live prod prod")),
                "cluster → build\n~ Deployment/web\n    spec.template.spec.containers[web].image  web:0 → web:1\n1 "
                "changed\nstatus 1");
    expect_contains(world_run(world, DIFF("--live prod prod --format name-only")), "Deployment/web\nstatus 1");
    expect_text(world_run(world, DIFF("--live prod prod --quiet")), "status 1");
    expect_contains(world_run(world, DIFF("--live other prod")),
                    "kubectl diff failed: called with diff --context other");
    expect_contains(world_run(world, DIFF("--live other prod")), "status 2");
    expect_contains(world_run(world, DIFF("--live prod prod --ignore spec")), "--ignore cannot be used with --live");
    expect_contains(world_run(world, DIFF("--live prod none")), "status 2");
    world_write_script(world, "bin/kubectl", "#!/bin/sh\ncat >/dev/null\n");
    expect_text(world_run(world, DIFF("--live prod prod")), "status 0");
}

static void masks_of_the_repository_apply(void **state)
{
    struct world *world = repository(state);
    world_write(world, "repo/.kiln.yaml", "diff: {mask: ['ConfigMap/*/data.note']}\n");
    world_write(world, "repo/a/kustomization.yaml", TOKEN("hidden-one"));
    world_run(world, "cd repo && git add -A && " GIT "commit -q -m three");
    world_write(world, "repo/a/kustomization.yaml", TOKEN("hidden-two"));
    expect_contains(world_run(world, DIFF("--against HEAD a")), "data.note  *** (before) → *** (after)");
    // Removing the mask doesn't reveal what it hid.
    world_write(world, "repo/.kiln.yaml", "nameHash: v3\n");
    struct slice text = world_run(world, DIFF("--against HEAD a"));
    expect_contains(text, "data.note  *** (before) → *** (after)");
    expect_absent(text, "hidden-");
    expect_contains(world_run(world, DIFF("--against HEAD a --no-config")), "hidden-one → hidden-two");
    world_write(world, "repo/.kiln.yaml", "diff: {mask: [note]}\n");
    expect_contains(world_run(world, DIFF("--against HEAD a")),
                    "kiln: .kiln.yaml:1:15: invalid value 'note' for diff.mask: expected KIND/NAME/FIELD");
    world_write(world, "repo/.kiln.yaml", "diff: {mask: ['*/*/data.note']}\n");
    world_write(world, "repo/c/kustomization.yaml", TOKEN("hidden-one"));
    expect_absent(world_run(world, DIFF("a c --format json")), "hidden-");
    world_run(world, "cd repo && kiln build a >a.yaml && kiln build c >c.yaml");
    expect_absent(world_run(world, DIFF("a.yaml c.yaml")), "hidden-");
}

static void a_comment_about_many_roots_is_limited(void **state)
{
    struct world *world = repository(state);
    // The same change in 400 roots, and a different one in each of 100.
    world_run(world,
              "cd repo && for i in $(seq 500); do mkdir r$i && printf 'resources: [../base]\\nnamePrefix: p-\\n' "
              "> r$i/kustomization.yaml; done && git add -A && " GIT "commit -q -m roots && "
              "sed -i 's/web:1/web:2/' base/web.yaml && for i in $(seq 100); do "
              "printf 'commonAnnotations: {number: \"%s\", text: \"%s\"}\\n' $i \"$(printf '`%.0s' $(seq $i))\" "
              ">> r$i/kustomization.yaml; done");
    struct slice text = world_run(world,
                                  "cd repo && { kiln diff --format markdown --against HEAD r*; echo status $?; }");
    assert_true(text.length <= 60000 + strlen("status 1\n"));
    expect_contains(text, "status 1");
    expect_contains(text, "and 398 more");
    expect_contains(text, "in 500 of 500 roots");
    // Fences and sections are closed.
    size_t opened = 0, closed = 0, fences = 0;
    struct slice line, rest = text, fence = {0};
    while (rest.length) {
        slice_cut(rest, '\n', &line, &rest);
        opened += slice_starts_with(line, slice_literal("<details>"));
        closed += slice_starts_with(line, slice_literal("</details>"));
        if (!fence.length && slice_starts_with(line, slice_literal("```")) &&
            slice_ends_with(line, slice_literal("diff"))) {
            fence = slice_part(line, 0, line.length - strlen("diff"));
            fences++;
        } else if (slice_equal(line, fence)) {
            fence.length = 0;
        }
    }
    assert_int_equal(opened, closed);
    assert_true(opened > 1);
    assert_true(fences > 1);
    assert_int_equal(fence.length, 0);
}

static const struct CMUnitTest tests[] = {
    world_test(the_work_tree_is_compared_with_a_revision),
    world_test(untracked_files_count_as_new),
    world_test(two_revisions_are_compared),
    world_test(a_bare_repository_has_two_revisions),
    world_test(a_repository_is_not_written_to),
    world_test(links_lead_to_files_of_the_same_revision),
    world_test(a_link_that_leaves_the_root_is_refused_as_on_disk),
    world_test(contents_come_from_the_revision),
    world_test(a_submodule_is_read_in_its_own_repository),
    world_test(a_root_may_be_added_or_removed),
    world_test(an_added_or_removed_root_may_be_broken),
#ifndef ARENA_SANITIZED
    world_test(a_failure_exits_with_more_than_1),
#endif
    world_test(each_format_reports_a_root_that_does_not_build),
    world_test(the_side_that_does_not_build_is_named),
    world_test(errors_exit_with_2),
    world_test(a_file_in_lfs_is_reported),
    world_test(no_format_shows_a_secret),
    world_test(masks_of_the_repository_apply),
    world_test(only_affected_roots_are_compared),
    world_test(affected_roots_show_their_difference),
    world_test(a_pattern_must_match_in_one_root),
    world_test(equal_changes_of_roots_are_shown_once),
    world_test(each_revision_uses_its_charts),
    world_test(kubectl_queries_the_cluster),
    world_test(a_comment_about_many_roots_is_limited),
};

int test_diff_revisions(void)
{
    return cmocka_run_group_tests_name("diff_revisions", tests, NULL, NULL);
}
