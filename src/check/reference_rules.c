// check/reference_rules.c
//
// Paths and URLs in kustomizations.
#include "base/text_set.h"
#include "check/examples.h"
#include "check/findings.h"
#include "kustomization/kustomization.h"
#include "kustomization/references.h"
#include "load/loader.h"
#include "load/path.h"
#include "load/remote_url.h"
#include "pipeline/accumulate.h"

static bool is_remote(struct judge *judge, struct slice path)
{
    struct git_url url;
    return url_is_http(path) || git_url_parse(&judge->arena, path, &url);
}

// --- Missing paths.

// Charts may be pulled, and patterns aren't paths.
static bool names_a_path(const struct reference *reference)
{
    return reference->kind != REFERENCE_CHART && reference->kind != REFERENCE_CHART_HOME &&
           !reference_may_be_inline(reference) && reference_path(reference).length;
}

struct missing_search {
    struct judge *judge;
    struct text_set directories;  // still to be checked, absolute
};

static void add_directory(struct missing_search *search, struct slice directory)
{
    text_set_add(&search->judge->arena, &search->directories, arena_copy(&search->judge->arena, directory));
}

static void find_missing_in(struct missing_search *search, struct slice directory, const struct source *source)
{
    struct judge *judge = search->judge;
    struct build *build = judge->build;
    struct read_context read = build_read_context(build);
    struct reference_list references = {0};
    struct node *root;
    size_t mark = build->diagnostics.count;
    bool reads = yaml_read_first(&read, source, &root);
    diagnostics_forget(&build->diagnostics, mark);
    if (reads && root)
        references_in_kustomization(&judge->arena, root, &references);
    for (size_t i = 0; i < references.count; i++) {
        const struct reference *reference = &references.items[i];
        struct slice path = reference_path(reference);
        if (!names_a_path(reference) || is_remote(judge, path))
            continue;
        struct slice absolute = arena_copy(&judge->arena, path_join(&judge->arena, directory, path));
        const struct file_system *system = judge->check->files;
        enum file_kind kind = system->kind(system->state, absolute);
        if (kind == FILE_MISSING)
            judge_find(judge, reference->path.position, "'%.*s' does not exist", SLICE_ARGS(path));
        else if (kind == FILE_DIRECTORY)
            add_directory(search, path_clean(&judge->arena, absolute));
    }
}

// The build stopped before it reached the directory.
static void find_missing_below(struct missing_search *search, struct slice directory)
{
    struct judge *judge = search->judge;
    const struct file_system *system = judge->check->files;
    struct arena *arena = &judge->build->arena;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice file = path_join(arena, directory, slice_from(kustomization_file_names[i])), content, reason;
        if (system->kind(system->state, file) != FILE_REGULAR ||
            !system->read(system->state, arena, file, &content, &reason))
            continue;
        struct slice shown = path_relative(arena, judge->check->current, file);
        find_missing_in(search, directory, sources_add(&judge->build->sources, shown, content));
        return;
    }
}

static void find_missing(struct judge *judge)
{
    struct missing_search search = {.judge = judge};
    for (size_t i = 0; i < judge->visits.count; i++)
        if (!judge->visits.items[i].is_remote)
            add_directory(&search, judge->visits.items[i].files->path);
    size_t visited = search.directories.count;
    for (size_t i = 0; i < judge->visits.count; i++) {
        const struct file_loader *files = judge->visits.items[i].files;
        judge->visit = i;
        if (!judge->visits.items[i].is_remote)
            find_missing_in(&search, files->path, files->known->kustomization);
    }
    judge->visit = SIZE_MAX;
    for (size_t i = visited; i < search.directories.count; i++)
        find_missing_below(&search, search.directories.items[i]);
}

const struct rule reference_missing_rule = {
    .id = "reference-missing",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a path doesn't exist",
    .why = "The root doesn't build. kiln reports all such paths in the root's kustomizations at once.",
    .remedy = "correct the path, or add the file",
    .found = "resources: [wep.yaml]\n",
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB,
    .failed = find_missing,
};

// --- URLs.

static bool is_hex(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!text.data[i] || !strchr("0123456789abcdefABCDEF", text.data[i]))
            return false;
    return true;
}

// True if it looks like a version: a digit, perhaps after a `v`, or after a name and a dash.
static bool is_tag_like(struct slice reference)
{
    for (size_t i = 0; i < reference.length; i++) {
        bool digit = reference.data[i] >= '0' && reference.data[i] <= '9';
        bool starts = i == 0 || strchr("vV-_/", reference.data[i - 1]);
        if (digit && starts)
            return true;
    }
    return false;
}

static bool is_pinned(struct slice reference)
{
    enum { COMMIT_MIN = 7 };
    if (slice_starts_with(reference, slice_literal("refs/tags/")))
        return true;
    if (slice_starts_with(reference, slice_literal("refs/heads/")) ||
        slice_starts_with(reference, slice_literal("release-")))
        return false;
    return (reference.length >= COMMIT_MIN && is_hex(reference)) || is_tag_like(reference);
}

// The revision at the beginning of a path: `main` of `main/a/b.yaml`, `refs/tags/v1` of `refs/tags/v1/b.yaml`.
static struct slice first_revision(struct slice path)
{
    size_t length = 0, parts = slice_starts_with(path, slice_literal("refs/")) ? 3 : 1;
    while (length < path.length && (path.data[length] != '/' || --parts))
        length++;
    return slice_part(path, 0, length);
}

// The parts of a URL by which hosts show a file: owner, repository, a fixed word, revision, and path.
static struct slice revision_of_view(struct slice url)
{
    static const char *const words[] = {"/raw/", "/blob/"};
    for (size_t i = 0; i < countof(words); i++) {
        size_t at = slice_find(url, slice_from(words[i]));
        if (at != SLICE_NOT_FOUND)
            return first_revision(slice_from_index(url, at + strlen(words[i])));
    }
    return (struct slice){0};
}

// The part of a file's URL that names a revision; empty: unknown.
static struct slice revision_of_file(struct slice url)
{
    struct slice raw = slice_literal("raw.githubusercontent.com/"), rest, part;
    size_t at = slice_find(url, raw);
    if (at != SLICE_NOT_FOUND) {
        rest = slice_from_index(url, at + raw.length);
        slice_cut(rest, '/', &part, &rest);
        slice_cut(rest, '/', &part, &rest);
        return first_revision(rest);
    }
    if (slice_find(url, slice_literal("/releases/latest/")) != SLICE_NOT_FOUND)
        return slice_literal("latest");
    bool is_known_host = slice_find(url, slice_literal("://github.com/")) != SLICE_NOT_FOUND ||
                         slice_find(url, slice_literal("/-/")) != SLICE_NOT_FOUND;
    return is_known_host ? revision_of_view(url) : (struct slice){0};
}

static struct reference_list remote_references(struct judge *judge, const struct node *root)
{
    struct reference_list all = {0}, remote = {0};
    references_in_kustomization(&judge->arena, root, &all);
    for (size_t i = 0; i < all.count; i++)
        if (!reference_may_be_inline(&all.items[i]) && is_remote(judge, all.items[i].path.slice))
            list_append(&judge->arena, &remote, all.items[i]);
    return remote;
}

static void judge_revision(struct judge *judge, const struct reference *reference)
{
    struct slice text = reference->path.slice, revision;
    struct git_url url;
    bool is_repository = git_url_parse(&judge->arena, text, &url) && !path_is_yaml(text);
    revision = is_repository ? url.reference : revision_of_file(text);
    if (!revision.length && is_repository)
        sighting_hint(judge, judge_find(judge, reference->path.position, "the URL does not name a revision"),
                      "add '?ref=' with a tag or a commit");
    else if (revision.length && !is_pinned(revision))
        sighting_hint(
            judge, judge_find(judge, reference->path.position, "'%.*s' is not a fixed revision", SLICE_ARGS(revision)),
            "name a tag or a commit");
}

static void find_not_pinned(struct judge *judge, const struct node *root)
{
    struct reference_list remote = remote_references(judge, root);
    for (size_t i = 0; i < remote.count; i++)
        judge_revision(judge, &remote.items[i]);
}

const struct rule remote_not_pinned_rule = {
    .id = "remote-not-pinned",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a remote base or file has no fixed revision",
    .why = "The result can change from one day to the next, without a commit in this repository.",
    .remedy = "name a tag or a commit",
    .found = "resources: ['https://github.com/example/base//web?ref=main']\n",
    .not_found = "resources: ['https://github.com/example/base//web?ref=v1.2.0']\n",
    .needs_more = true,
    .kustomization = find_not_pinned,
};

static void find_plain_http(struct judge *judge, const struct node *root)
{
    struct reference_list remote = remote_references(judge, root);
    for (size_t i = 0; i < remote.count; i++)
        if (slice_starts_with(remote.items[i].path.slice, slice_literal("http://")))
            sighting_hint(judge,
                          judge_find(judge, remote.items[i].path.position,
                                     "anyone on the network path can change what is fetched over plain HTTP"),
                          "write https:// instead of http://");
}

const struct rule remote_http_rule = {
    .id = "remote-http",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a file or base is fetched over plain HTTP",
    .why = "Anyone on the network path can change what you apply.",
    .remedy = "use HTTPS",
    .found = "resources: ['http://example.com/web-1.0.yaml']\n",
    .not_found = "resources: ['https://example.com/web-1.0.yaml']\n",
    .needs_more = true,
    .kustomization = find_plain_http,
};

// --- Outside the directory.

static void find_outside(struct judge *judge, const struct node *root)
{
    struct reference_list references = {0};
    if (!judge->build->options.unrestricted)
        return;
    references_in_kustomization(&judge->arena, root, &references);
    for (size_t i = 0; i < references.count; i++) {
        const struct reference *reference = &references.items[i];
        struct slice path = path_clean(&judge->arena, reference_path(reference));
        bool is_file = reference->kind == REFERENCE_FILE || reference->kind == REFERENCE_KEYED_FILE ||
                       path_is_yaml(path);
        if (is_file && names_a_path(reference) && slice_starts_with(path, slice_literal("../")))
            judge_find(judge, reference->path.position,
                       "'%.*s' is outside the directory: the build needs --load-restrictor "
                       "LoadRestrictionsNone",
                       SLICE_ARGS(path));
    }
}

const struct rule load_restrictor_needed_rule = {
    .id = "load-restrictor-needed",
    .level = LEVEL_NOTE,
    .since = "0.2",
    .summary = "a file is outside the directory of its kustomization",
    .why = "The root builds only with `--load-restrictor LoadRestrictionsNone`, which other tools may not allow.",
    .remedy =
        "copy the file into the directory of the kustomization. If the file's directory isn't above that one, you "
        "can instead add a kustomization there and list that directory",
    .found = "resources: [../shared.yaml]\n",
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB,
    .needs_more = true,
    .kustomization = find_outside,
};
