// check/repository_rules.c
//
// Unused files, directories, and components: those that no root of the run has read and no kustomization names.
#include <stdlib.h>

#include "base/text_set.h"
#include "check/examples.h"
#include "check/findings.h"
#include "kustomization/kustomization.h"
#include "kustomization/references.h"
#include "load/path.h"

// --- Facts about the repository.

struct known {
    struct judge *judge;
    struct text_set used;            // files and directories that a build reads, or a kustomization names
    struct text_set kustomizations;  // directories
    struct text_set components;
    struct text_set built;  // directories whose kustomization some root has read
    // Directories of kustomizations in roots that don't build. Their files may seem unused only because a path is
    // misspelled.
    struct text_set doubtful;
    struct text_set charts;
};

static struct slice absolute(const struct judge *judge, struct slice path)
{
    return path_join((struct arena *)&judge->arena, judge->check->current, path);
}

static struct slice shown_path(struct judge *judge, struct slice path)
{
    struct slice current = judge->check->current;
    return path_relative(&judge->arena, current, path);
}

// The path of a directory's kustomization, as in messages.
static struct slice kustomization_shown(struct judge *judge, struct slice directory)
{
    const struct file_system *files = judge->check->files;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        struct slice file = path_join(&judge->arena, directory, slice_from(kustomization_file_names[i]));
        if (files->kind(files->state, file) == FILE_REGULAR)
            return shown_path(judge, file);
    }
    return shown_path(judge, directory);
}

static bool read_file(const struct judge *judge, struct slice path, struct slice *content)
{
    const struct file_system *files = judge->check->files;
    struct slice reason;
    return files->read(files->state, &judge->build->arena, path, content, &reason);
}

static struct node *read_root(struct judge *judge, struct slice file)
{
    struct build *build = judge->build;
    struct read_context read = build_read_context(build);
    struct slice content;
    struct node *root = NULL;
    size_t mark = build->diagnostics.count;
    bool reads = read_file(judge, file, &content) &&
                 yaml_read_first(&read, sources_add(&build->sources, file, content), &root);
    diagnostics_forget(&build->diagnostics, mark);
    return reads && node_is_map(root) ? root : NULL;
}

// Appends as many objects of a file as can be read.
static void read_objects(struct judge *judge, struct slice path, struct node_list *objects)
{
    struct build *build = judge->build;
    struct read_context read = build_read_context(build);
    struct slice content;
    size_t mark = build->diagnostics.count;
    if (read_file(judge, path, &content))
        yaml_read_resources(&read, sources_add(&build->sources, path, content), objects);
    diagnostics_forget(&build->diagnostics, mark);
}

// An object of a built-in plugin names files as well.
static void add_plugin_files(struct known *known, struct slice directory, struct slice path)
{
    struct node_list documents = {0};
    struct reference_list references = {0};
    read_objects(known->judge, path, &documents);
    for (size_t i = 0; i < documents.count; i++)
        references_in_object(&known->judge->arena, documents.items[i], &references);
    for (size_t i = 0; i < references.count; i++)
        text_set_add(&known->judge->arena, &known->used,
                     path_join(&known->judge->arena, directory, reference_path(&references.items[i])));
}

static void add_references(struct known *known, struct slice file)
{
    struct judge *judge = known->judge;
    struct reference_list references = {0};
    struct slice directory = path_directory(file);
    const struct node *root = read_root(judge, file);
    if (!root)
        return;
    if (slice_equals(judge_text(root, "kind"), "Component"))
        text_set_add(&known->judge->arena, &known->components, directory);
    references_in_kustomization(&judge->arena, root, &references);
    for (size_t i = 0; i < references.count; i++) {
        const struct reference *reference = &references.items[i];
        if (reference_may_be_inline(reference))
            continue;
        struct slice path = path_join(&judge->arena, directory, reference_path(reference));
        text_set_add(&known->judge->arena, &known->used, path);
        if (reference->kind == REFERENCE_CHART || reference->kind == REFERENCE_CHART_HOME)
            text_set_add(&known->judge->arena, &known->charts, path);
        if (reference->kind == REFERENCE_PLUGIN)
            add_plugin_files(known, directory, path);
    }
}

// Kustomizations above the directory of the files may also name them.
static void add_above(struct known *known, struct slice top)
{
    const struct file_system *files = known->judge->check->files;
    for (struct slice at = top; at.length > 1;) {
        at = path_directory(at);
        for (size_t i = 0; i < countof(kustomization_file_names); i++) {
            struct slice file = path_join(&known->judge->arena, at, slice_from(kustomization_file_names[i]));
            if (files->kind(files->state, file) == FILE_REGULAR)
                add_references(known, file);
        }
        if (files->kind(files->state, path_join(&known->judge->arena, at, slice_literal(".git"))) != FILE_MISSING)
            return;
    }
}

static struct known learn(struct judge *judge, const struct repository_files *files)
{
    struct known known = {.judge = judge};
    const struct check *check = judge->check;
    for (size_t i = 0; i < check->read.count; i++) {
        const struct checked_file *file = &check->read.items[i];
        if (!file->is_read)
            continue;
        struct slice path = absolute(judge, file->path);
        text_set_add(&judge->arena, &known.used, path);
        if (file->is_doubtful && kustomization_is_file_name(path_base(path)))
            text_set_add(&judge->arena, &known.doubtful, path_directory(path));
    }
    // A list that is dropped because its key is repeated may have the file.
    const struct rule *duplicate = rule_find(slice_literal("key-duplicate"));
    for (size_t i = 0; i < check->root_count; i++)
        for (size_t k = 0; check->judges[i] && k < check->judges[i]->sightings.count; k++) {
            const struct sighting *sighting = &check->judges[i]->sightings.items[k];
            if (sighting->rule == duplicate)
                text_set_add(&judge->arena, &known.doubtful, path_directory(absolute(judge, sighting->file)));
        }
    for (size_t i = 0; i < check->judged_files.count; i++)
        text_set_add(&judge->arena, &known.built, path_directory(absolute(judge, check->judged_files.items[i])));
    for (size_t i = 0; i < files->files.count; i++) {
        struct slice path = files->files.items[i].path;
        if (slice_equals(path_base(path), "Chart.yaml"))
            text_set_add(&judge->arena, &known.charts, path_directory(path));
        if (!kustomization_is_file_name(path_base(path)))
            continue;
        text_set_add(&judge->arena, &known.kustomizations, path_directory(path));
        add_references(&known, path);
    }
    if (files->top.length)
        add_above(&known, files->top);
    return known;
}

// --- Files.

static bool is_for_tests(struct slice name)
{
    static const char *const names[] = {"test", "tests", "charts", "testdata", "examples", "node_modules"};
    for (size_t i = 0; i < countof(names); i++)
        if (slice_equals(name, names[i]))
            return true;
    return false;
}

// The directory of the kustomization that a file belongs to; empty: none, or it belongs to something else.
static struct slice owner_of(const struct known *known, struct slice path, struct slice top)
{
    for (struct slice at = path_directory(path); path_is_within(at, top); at = path_directory(at)) {
        if (text_set_has(&known->charts, at))
            return (struct slice){0};
        if (text_set_has(&known->kustomizations, at))
            return at;
        if (is_for_tests(path_base(at)) || path_base(at).data[0] == '.' || text_set_has(&known->used, at) ||
            at.length <= 1)
            return (struct slice){0};
    }
    return (struct slice){0};
}

// True for text that looks like an object or a patch: a key `kind` or `op` at the start of a line.
static bool reads_like_object(struct slice content)
{
    struct slice line;
    while (content.length) {
        slice_cut(content, '\n', &line, &content);
        if (slice_starts_with(line, slice_literal("kind:")) || slice_starts_with(line, slice_literal("{apiVersion:")) ||
            slice_starts_with(line, slice_literal("- op:")) || slice_starts_with(line, slice_literal("$patch:")))
            return true;
    }
    return false;
}

static void find_unused_files(struct known *known, const struct repository_files *files)
{
    struct judge *judge = known->judge;
    for (size_t i = 0; i < files->files.count; i++) {
        struct slice path = files->files.items[i].path, content;
        if (!path_is_yaml(path) || kustomization_is_file_name(path_base(path)) || path_base(path).data[0] == '.' ||
            text_set_has(&known->used, path))
            continue;
        struct slice owner = owner_of(known, path, files->top);
        if (!owner.length || !text_set_has(&known->built, owner) || text_set_has(&known->doubtful, owner) ||
            !read_file(judge, path, &content) || !reads_like_object(content))
            continue;
        struct sighting *sighting = judge_find_file(judge, shown_path(judge, path), "no kustomization reads this file");
        sighting_hint(judge, sighting, "add it to '%.*s', or remove it", SLICE_ARGS(kustomization_shown(judge, owner)));
        // Its comments may also silence rules.
        check_note_comments(judge->check, shown_path(judge, path), content);
    }
}

static void find_file_not_used(struct judge *judge, const struct repository_view *view)
{
    (void)judge;
    find_unused_files(view->known, view->files);
}

const struct rule file_not_used_rule = {
    .id = "file-not-used",
    .level = LEVEL_WARNING,
    .group = RULE_REPOSITORY,
    .since = "0.2",
    .summary = "no kustomization reads a file that contains resources",
    .why = "The file is probably meant to be applied, but nothing uses it. kiln doesn't report charts, tests, hidden "
           "files, or files without `kind`.",
    .remedy = "add the file to `resources` or `patches`, or remove it",
    .found = "resources: [web.yaml]\n" EXAMPLE_WEB "--- stray.yaml\n"
             "apiVersion: v1\n"
             "kind: ConfigMap\n"
             "metadata: {name: stray}\n",
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB "--- README.md\n"
                 "kind: regards\n",
    .repository = find_file_not_used,
};

// --- Directories.

// Reports the kustomization of a directory that no build has read, unless a comment there silences the rule.
static void find_kustomization(struct judge *judge, struct slice directory, const char *said)
{
    struct slice file = kustomization_shown(judge, directory), content;
    judge_find_file(judge, file, "%s", said);
    if (read_file(judge, absolute(judge, file), &content))
        check_note_comments(judge->check, file, content);
}

static void find_directory_not_used(struct judge *judge, const struct repository_view *view)
{
    const struct known *known = view->known;
    const struct config *config = judge->check->levels->config;
    if (!judge->check->is_whole || !config || (!config->roots.count && !config->not_roots.count))
        return;
    for (size_t i = 0; i < known->kustomizations.count; i++) {
        struct slice directory = known->kustomizations.items[i];
        if (!text_set_has(&known->built, directory) && !text_set_has(&known->components, directory) &&
            !text_set_has(&known->used, directory))
            find_kustomization(judge, directory, "this kustomization is not a root, and no root uses it");
    }
}

const struct rule directory_not_used_rule = {
    .id = "directory-not-used",
    .level = LEVEL_WARNING,
    .group = RULE_REPOSITORY,
    .since = "0.2",
    .summary = "a kustomization is not a root, and no root uses it",
    .why = "`roots` in `.kiln.yaml` excludes it, so nothing builds it. kiln finds this only with `--all`.",
    .remedy = "remove the kustomization, or add it to `roots`",
    .found = "resources: [web.yaml]\n" EXAMPLE_WEB "--- .kiln.yaml\n"
             "roots: ['.', '!old']\n"
             "--- old/kustomization.yaml\n"
             "resources: []\n",
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB,
    .needs_more = true,
    .repository = find_directory_not_used,
};

static void find_component_not_used(struct judge *judge, const struct repository_view *view)
{
    const struct known *known = view->known;
    for (size_t i = 0; judge->check->is_whole && i < known->components.count; i++) {
        struct slice directory = known->components.items[i];
        if (!text_set_has(&known->built, directory) && !text_set_has(&known->used, directory))
            find_kustomization(judge, directory, "no kustomization uses this component");
    }
}

const struct rule component_not_used_rule = {
    .id = "component-not-used",
    .level = LEVEL_WARNING,
    .group = RULE_REPOSITORY,
    .since = "0.2",
    .summary = "no kustomization uses a component",
    .why = "Nothing builds it, so nobody notices when it breaks. kiln finds this only with `--all`.",
    .remedy = "list the component under `components`, or remove it",
    .found = "resources: [web.yaml]\n" EXAMPLE_WEB "--- part/kustomization.yaml\n"
             "apiVersion: kustomize.config.k8s.io/v1alpha1\n"
             "kind: Component\n"
             "namePrefix: a-\n",
    .not_found = "resources: [web.yaml]\n"
                 "components: [part]\n" EXAMPLE_WEB "--- part/kustomization.yaml\n"
                 "apiVersion: kustomize.config.k8s.io/v1alpha1\n"
                 "kind: Component\n"
                 "namePrefix: a-\n",
    .repository = find_component_not_used,
};

// --- Git.

static int compare_files(const void *left, const void *right)
{
    const struct repository_file *a = left, *b = right;
    return slice_compare(a->path, b->path);
}

static const struct repository_file *find_listed(const struct repository_files *files, struct slice path)
{
    const struct repository_file wanted = {.path = path}, *found = NULL;
    if (files->files.count)
        found = bsearch(&wanted, files->files.items, files->files.count, sizeof wanted, compare_files);
    if (!found && files->outside.count)
        found = bsearch(&wanted, files->outside.items, files->outside.count, sizeof wanted, compare_files);
    return found;
}

// A submodule is listed as its directory.
static bool is_in_submodule(const struct repository_files *files, struct slice path)
{
    for (struct slice at = path_directory(path); at.length > files->repository.length; at = path_directory(at))
        if (find_listed(files, at))
            return true;
    return false;
}

// True for a Secret that isn't encrypted.
static bool is_plain_secret(const struct node *object)
{
    return slice_equals(judge_text(object, "kind"), "Secret") && !judge_field(object, "sops");
}

// True for a file whose content must not be public: input of a Secret generator, or a Secret, unless it is encrypted.
static bool is_secret_file(struct judge *judge, const struct checked_file *file, struct slice path)
{
    struct node_list objects = {0};
    struct slice content;
    bool found = false;
    if (file->is_secret)
        return !read_file(judge, path, &content) || slice_find(content, slice_literal("ENC[")) == SLICE_NOT_FOUND;
    if (path_is_yaml(path))
        read_objects(judge, path, &objects);
    for (size_t i = 0; i < objects.count; i++)
        found |= is_plain_secret(objects.items[i]);
    return found;
}

// `path` is the absolute path of the file.
static void hint_not_in_git(struct judge *judge, struct sighting *sighting, const struct checked_file *file,
                            struct slice path, bool is_ignored)
{
    struct slice shown = sighting->file;
    check_path_below_top(judge->check, &judge->arena, shown, &shown);
    if (is_secret_file(judge, file, path))
        sighting_hint(
            judge, sighting,
            "do not commit secrets in plain text: encrypt the file, or %skeep a copy on every machine "
            "that builds this root, and add {rule: file-not-in-git, path: '%.*s'} to `check.ignore` in .kiln.yaml",
            is_ignored ? "" : "list it in .gitignore, ", SLICE_ARGS(shown));
    else
        sighting_hint(judge, sighting,
                      is_ignored ? "if it holds no secrets, add it with 'git add --force'" : "add it with 'git add'");
}

static void find_not_in_git(struct judge *judge, const struct repository_view *view)
{
    const struct repository_files *files = view->files;
    const struct check *check = judge->check;
    struct text_set seen = {0};  // roots may name a file differently
    for (size_t i = 0; files->has_git && i < check->read.count; i++) {
        const struct checked_file *read = &check->read.items[i];
        struct slice path = absolute(judge, read->path);
        const struct repository_file *file = find_listed(files, path);
        if (!read->is_read || !path_is_within(path, files->repository) || (file && file->tracked) ||
            (!file && is_in_submodule(files, path)) || !text_set_add(&judge->arena, &seen, path))
            continue;
        struct sighting *sighting = judge_find_file(judge, read->path,
                                                    file ? "the build reads this file, but it is not in Git"
                                                         : "the build reads this file, but Git ignores it");
        if (sighting)
            hint_not_in_git(judge, sighting, read, path, !file);
    }
}

const struct rule file_not_in_git_rule = {
    .id = "file-not-in-git",
    .level = LEVEL_WARNING,
    .group = RULE_REPOSITORY,
    .since = "0.2",
    .summary = "the build reads a file that isn't in Git",
    .why =
        "The root builds only on this machine: Git ignores the file, or nobody has added it. A file with the input of "
        "a secretGenerator, or with a Secret in plain text, should stay out of Git. Every machine that builds the "
        "root then needs its own copy.",
    .remedy = "if the file holds secrets, encrypt them, or list the file under `check.ignore` in `.kiln.yaml`; "
              "otherwise, add it to Git",
    .found = "resources: [web.yaml]\n" EXAMPLE_WEB "--- .gitignore\n"
             "web.yaml\n",
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB,
    .needs_more = true,
    .repository = find_not_in_git,
};

void judge_repository(struct judge *judge, const struct repository_files *files)
{
    struct known known = learn(judge, files);
    const struct repository_view view = {.files = files, .known = &known};
    for (size_t i = 0; i < rule_count; i++) {
        if (!rules[i]->repository || judge->check->levels->of_rule[i] == LEVEL_OFF)
            continue;
        judge->rule = rules[i];
        rules[i]->repository(judge, &view);
    }
}

// --- Trees without Git.

void repository_files_sort(struct repository_files *files)
{
    if (files->files.count)
        qsort(files->files.items, files->files.count, sizeof *files->files.items, compare_files);
    if (files->outside.count)
        qsort(files->outside.items, files->outside.count, sizeof *files->outside.items, compare_files);
}

void repository_files_walk(struct arena *arena, const struct file_system *system, struct slice top,
                           struct repository_files *files)
{
    enum { FILES_MAX = 1 << 20 };
    struct path_list waiting = {0};
    list_append(arena, &waiting, top);
    for (size_t next = 0; next < waiting.count && files->files.count < FILES_MAX; next++) {
        struct path_list names = {0};
        system->list(system->state, arena, arena_copy(arena, waiting.items[next]), &names);
        for (size_t i = 0; i < names.count; i++) {
            struct slice path = path_join(arena, waiting.items[next], names.items[i]);
            if (names.items[i].data[0] == '.' || slice_equals(names.items[i], "node_modules"))
                continue;
            enum file_kind kind = system->kind(system->state, path);
            struct repository_file file = {path, true};
            if (kind == FILE_DIRECTORY)
                list_append(arena, &waiting, path);
            else if (kind == FILE_REGULAR)
                list_append(arena, &files->files, file);
        }
    }
    files->top = top;
    repository_files_sort(files);
}
