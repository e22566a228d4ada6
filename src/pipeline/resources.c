// pipeline/resources.c
//
// The entries of `resources` and `components`: files, and directories, which are built first.
#include "pipeline/kust_target.h"

#include "load/path.h"
#include "pipeline/observer.h"
#include "pipeline/origin.h"
#include "pipeline/read_ahead.h"

// --- Resources.

static void report_read(struct kust_target *target, const struct resource *resource, const struct resource_map *into)
{
    const struct build_observer *observer = target->build->options.observer;
    observer->notify(observer->state, &(struct build_event){.kind = EVENT_READ,
                                                            .build = target->build,
                                                            .field = "resources",
                                                            .index = SIZE_MAX,
                                                            .directory = target->files,
                                                            .resources = into,
                                                            .made = resource});
}

// For a file of a kind that holds no resources, whose errors are otherwise about its syntax.
static void hint_other_file(struct diagnostics *diagnostics, struct slice path)
{
    if (slice_ends_with(path, slice_literal("Chart.yaml"))) {
        diagnose_hint(diagnostics, "list the chart under `helmCharts`, not its files under `resources`");
        return;
    }
    static const char *const endings[] = {".md",  ".txt",  ".sh",        ".env",  ".properties", ".conf",
                                          ".ini", ".toml", ".cfg",       ".html", ".js",         ".py",
                                          ".xml", ".tf",   "Dockerfile", ".crt",  ".pem",        ".key"};
    for (size_t i = 0; i < countof(endings); i++)
        if (slice_ends_with(path, slice_from(endings[i]))) {
            diagnose_hint(diagnostics,
                          "list only YAML and JSON files with resources; to put this file into a ConfigMap, "
                          "list it under `%s` of `configMapGenerator`",
                          strcmp(endings[i], ".env") == 0 ? "envs" : "files");
            return;
        }
}

static bool add_documents(struct kust_target *target, const struct node_list *documents, struct slice path,
                          struct resource_map *into)
{
    struct resource_list resources = {0};
    if (!resources_from_documents(&target->build->resource_context, documents, &resources)) {
        hint_other_file(&target->build->diagnostics, path);
        return false;
    }
    const struct origin *origin = target->shared->track_origins ? origin_of_file(target->files, path) : NULL;
    for (size_t i = 0; i < resources.count; i++) {
        if (!origin_add(&target->build->resource_context, resources.items[i], origin) ||
            !resource_map_append(into, resources.items[i]))
            return false;
        if (target->build->options.observer)
            report_read(target, resources.items[i], into);
    }
    return true;
}

bool kust_target_add_objects(struct kust_target *target, const struct source *source, struct slice path,
                             struct resource_map *into)
{
    struct read_context read = build_read_context(target->build);
    struct node_list documents = {0};
    if (yaml_read_resources(&read, source, &documents))
        return add_documents(target, &documents, path, into);
    hint_other_file(&target->build->diagnostics, path);
    return false;
}

static bool load_resource_file(struct kust_target *target, struct text path, struct resource_map *into)
{
    const struct source *source = file_loader_read(target->files, path);
    return source && kust_target_add_objects(target, source, path.slice, into);
}

static bool check_depth(struct kust_target *target, struct text path)
{
    size_t depth = 0;
    for (const struct file_loader *at = target->files; at; at = at->parent)
        depth++;
    return depth < DIRECTORY_DEPTH_MAX ||
           diagnose(&target->build->diagnostics, path.position,
                    "directories refer to each other more than %d levels deep", DIRECTORY_DEPTH_MAX);
}

static struct file_loader *open_directory(struct kust_target *target, struct text path)
{
    return check_depth(target, path) ? file_loader_open(target->files, path) : NULL;
}

static bool build_base(struct kust_target *target, struct text path, struct file_loader *files,
                       struct accumulation *into)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    if (files->known->work->kustomization->component) {
        diagnose(diagnostics, path.position, "expected a Kustomization, but '%.*s' is a Component",
                 SLICE_ARGS(path.slice));
        diagnose_hint(diagnostics, "move it to `components`");
        return false;
    }
    struct accumulation below;
    accumulation_init(&below, target->build);
    if (!kust_target_reuse_bare(target, files, &below) &&
        !(accumulate_count(target->shared, path.position) && accumulate_directory(target->shared, files, &below)))
        return false;
    kust_target_note_base(target, files, &below);
    return accumulation_absorb(into, &below);
}

static bool load_base(struct kust_target *target, struct text path, struct file_loader *files,
                      struct accumulation *into)
{
    return accumulate_read(target->shared, files, path.position) ? build_base(target, path, files, into)
                                                                 : accumulate_examine(target->shared, files);
}

static void push_context(struct kust_target *target, const char *field, struct slice entry)
{
    struct slice shown = url_shown(&target->build->arena, entry);
    diagnostics_push(&target->build->diagnostics, "%s %.*s", field, SLICE_ARGS(shown));
}

static bool load_directory(struct kust_target *target, const char *noun, struct text path, struct accumulation *into)
{
    push_context(target, noun, path.slice);
    struct file_loader *files = open_directory(target, path);
    bool done = files && load_base(target, path, files, into);
    diagnostics_pop(&target->build->diagnostics);
    return done;
}

static bool load_directory_ahead(struct kust_target *target, struct text path, struct file_loader *files)
{
    push_context(target, "resource", path.slice);
    bool done = check_depth(target, path) && load_base(target, path, files, target->into);
    diagnostics_pop(&target->build->diagnostics);
    return done;
}

static bool load_entry(struct kust_target *target, size_t index)
{
    struct text path = target->kustomization->resources.items[index];
    // Take what was read ahead, since a later visit to the directory must not use it again.
    struct resource_ahead nothing = {0}, *ahead = target->ahead ? &target->ahead[index] : &nothing;
    struct file_loader *directory = ahead->directory;
    struct file_reading *reading = ahead->reading;
    ahead->directory = NULL;
    ahead->reading = NULL;
    if (directory)
        return load_directory_ahead(target, path, directory);
    if (ahead->is_directory)
        return load_directory(target, "resource", path, target->into);
    struct node_list documents = {0};
    if (reading && read_ahead_take(target->build, reading, &documents))
        return add_documents(target, &documents, path.slice, &target->into->resources);
    if (reading) {
        hint_other_file(&target->build->diagnostics, path.slice);
        return false;
    }
    if (ahead->source)
        return kust_target_add_objects(target, ahead->source, path.slice, &target->into->resources);
    return kust_target_load_resource(target, "resource", path, target->into);
}

// The index of an earlier entry for the same file or directory, or `index` if there is none.
static size_t find_same_entry(struct kust_target *target, size_t index)
{
    const struct text_list *entries = &target->kustomization->resources;
    struct arena *arena = &target->build->arena;
    struct slice path = path_clean(arena, entries->items[index].slice);
    for (size_t i = 0; i < index; i++)
        if (slice_equal(path_clean(arena, entries->items[i].slice), path))
            return i;
    return index;
}

// Replaces an error about what was loaded with a clearer one about the entry, if the entry is the mistake.
static void explain_entry(struct kust_target *target, size_t index, size_t mark)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    struct text path = target->kustomization->resources.items[index];
    if (url_is_http(path.slice) || diagnostics->count <= mark)
        return;
    struct slice phrase = diagnostics->items[diagnostics->count - 1].phrase;
    bool is_twin = slice_starts_with(phrase, slice_literal(RESOURCE_ID_TAKEN));
    size_t same = is_twin ? find_same_entry(target, index) : index;
    if (same != index) {
        diagnostics_forget(diagnostics, mark);
        diagnose(diagnostics, path.position, "'%.*s' is listed twice in resources",
                 SLICE_ARGS(url_shown(&target->build->arena, path.slice)));
        diagnose_phrase(diagnostics, "%.*s", SLICE_ARGS(phrase));
        diagnose_hint(
            diagnostics, "remove this entry: it is already listed on line %u",
            sources_line_in_file(diagnostics->sources, target->kustomization->resources.items[same].position));
    } else if (kustomization_is_file_name(path_base(path.slice))) {
        struct slice directory = path_directory(path.slice);
        diagnostics_forget(diagnostics, mark);
        diagnose(diagnostics, path.position, "expected a file of resources, but '%.*s' is a kustomization",
                 SLICE_ARGS(path.slice));
        diagnose_phrase(diagnostics, "%.*s", SLICE_ARGS(phrase));
        if (slice_equals(directory, "."))
            diagnose_hint(diagnostics, "remove this entry: a kustomization does not list itself");
        else
            diagnose_hint(diagnostics, "list its directory: `- %.*s`", SLICE_ARGS(directory));
    } else if (is_twin) {
        kust_target_explain_twin(target, index, mark);
    }
}

bool kust_target_load_entry(struct kust_target *target, size_t index)
{
    size_t mark = target->build->diagnostics.count;
    bool done = load_entry(target, index);
    if (!done)
        explain_entry(target, index, mark);
    return done;
}

// --- URLs. They are tried as a file first, then as a directory in a Git repository.

// True for a URL that Git could clone.
static bool is_clonable(struct kust_target *target, struct slice url)
{
    return file_loader_is_repository(target->files, url);
}

static bool is_diagnosed_since(const struct diagnostics *diagnostics, size_t mark)
{
    for (size_t i = mark; i < diagnostics->count; i++)
        if (diagnostics->items[i].severity == SEVERITY_ERROR)
            return true;
    return false;
}

bool kust_target_is_remote(struct kust_target *target, struct slice path)
{
    return url_is_http(path) || (path.length && file_loader_kind(target->files, path) == FILE_MISSING &&
                                 file_loader_is_repository(target->files, path));
}

// The address of a page that shows a file or directory of a repository in a browser:
// https://github.com/OWNER/REPOSITORY/blob/main/a.yaml, https://gitlab.com/OWNER/REPOSITORY/-/tree/main/deploy
static bool hint_page(struct diagnostics *diagnostics, struct slice url)
{
    static const char *const pages[][2] = {
        {"/-/blob/", "/-/raw/"}, {"/-/tree/", NULL}, {"/blob/", "/raw/"}, {"/tree/", NULL}};
    for (size_t i = 0; i < countof(pages); i++) {
        struct slice sign = slice_from(pages[i][0]);
        size_t at = slice_find(url, sign);
        if (at == SLICE_NOT_FOUND || slice_find_byte(url, '?') != SLICE_NOT_FOUND)
            continue;
        struct slice repository = slice_part(url, 0, at), rest = slice_from_index(url, at + sign.length);
        struct slice host, owner, name, reference, directory;
        if (!slice_cut(url_without_scheme(repository), '/', &host, &name) || !slice_cut(name, '/', &owner, &name))
            continue;
        slice_cut(rest, '/', &reference, &directory);
        if (pages[i][1])
            diagnose_hint(diagnostics, "write '%.*s%s%.*s' for the file itself: this is the address of a web page",
                          SLICE_ARGS(repository), pages[i][1], SLICE_ARGS(rest));
        else  // git does not use plain HTTP
            diagnose_hint(
                diagnostics,
                "write 'https://%.*s%s%.*s?ref=%.*s' for the directory itself: this is the address of a web page",
                SLICE_ARGS(url_without_scheme(repository)), directory.length ? "//" : "", SLICE_ARGS(directory),
                SLICE_ARGS(reference));
        return true;
    }
    return false;
}

static bool load_url(struct kust_target *target, const char *noun, struct text url, struct accumulation *into)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    size_t mark = diagnostics->count;
    enum http_outcome outcome;
    const struct source *source = file_loader_fetch(target->files, url, &outcome);
    if (source && kust_target_add_objects(target, source, url.slice, &into->resources))
        return true;
    if (!is_clonable(target, url.slice) || !is_diagnosed_since(diagnostics, mark))
        return false;
    // The response may have been a repository's web page. If Git fails as well, the error about the file is reported.
    struct diagnostic as_file = diagnostics->items[diagnostics->count - 1];
    diagnostics_forget(diagnostics, mark);
    push_context(target, noun, url.slice);
    struct file_loader *files = open_directory(target, url);
    if (!files && source) {
        diagnostics_forget(diagnostics, mark);
        diagnose(diagnostics, as_file.position, "%.*s", SLICE_ARGS(as_file.message));
        diagnose_cause(diagnostics, as_file.cause);
        if (!hint_page(diagnostics, url_shown(&target->build->arena, url.slice)) && as_file.hint.length)
            diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(as_file.hint));
    } else if (!files) {
        struct slice hint = diagnostics->items[diagnostics->count - 1].hint;
        bool plain_http = slice_starts_with(url.slice, slice_literal("http:"));
        if (!hint_page(diagnostics, url_shown(&target->build->arena, url.slice)) && (!hint.length || plain_http))
            diagnose_hint(diagnostics, "%.*s%s not a file, either: %.*s", SLICE_ARGS(hint),
                          hint.length ? "; the URL is" : "check the URL, which is", SLICE_ARGS(as_file.message));
    }
    bool done = files && load_base(target, url, files, into);
    diagnostics_pop(diagnostics);
    return done;
}

// The line where a list of the kustomization names the directory; 0: nowhere.
static uint32_t line_that_lists(struct kust_target *target, const struct text_list *list, struct slice directory)
{
    struct arena *arena = &target->build->arena;
    struct slice wanted = path_join(arena, target->files->path, directory);
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(path_join(arena, target->files->path, list->items[i].slice), wanted))
            return sources_line_in_file(target->build->diagnostics.sources, list->items[i].position);
    return 0;
}

// Adds a hint for one of several files of a directory that should be listed instead of them. False: it is the only one.
static bool hint_one_of_several(struct kust_target *target, struct text path, struct slice directory)
{
    const struct text_list *resources = &target->kustomization->resources;
    struct arena *arena = &target->build->arena;
    struct slice wanted = path_join(arena, target->files->path, directory);
    const struct text *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < resources->count; i++) {
        struct slice own = path_directory(resources->items[i].slice);
        if (slice_equal(path_join(arena, target->files->path, own), wanted) && !count++)
            first = &resources->items[i];
    }
    if (count < 2)
        return false;
    struct diagnostics *diagnostics = &target->build->diagnostics;
    uint32_t line = sources_line_in_file(diagnostics->sources, first->position);
    if (position_equal(first->position, path.position))
        diagnose_hint(diagnostics, "list '%.*s' once, instead of its files: the directory has a kustomization",
                      SLICE_ARGS(directory));
    else
        diagnose_hint(diagnostics,
                      "remove this entry once line %u lists '%.*s'; if its kustomization does not list '%.*s', add it "
                      "there",
                      line, SLICE_ARGS(directory), SLICE_ARGS(path_base(path.slice)));
    return true;
}

// Always returns false.
static bool hint_listed_directory(struct kust_target *target, struct text path, struct slice directory)
{
    uint32_t line = line_that_lists(target, &target->kustomization->resources, directory);
    if (!line)
        line = line_that_lists(target, &target->kustomization->components, directory);
    if (line)
        diagnose_hint(&target->build->diagnostics,
                      "remove this entry: '%.*s' is already listed on line %u; if its kustomization does not list "
                      "'%.*s', add it there",
                      SLICE_ARGS(directory), line, SLICE_ARGS(path_base(path.slice)));
    else if (!hint_one_of_several(target, path, directory))
        diagnose_hint(&target->build->diagnostics,
                      "list '%.*s', which has a kustomization, instead of a file in it; or, to read the file without "
                      "the changes that kustomization makes, build with --load-restrictor LoadRestrictionsNone",
                      SLICE_ARGS(directory));
    return false;
}

// If listing the directory of a file outside the root could help, replaces the hint with one that says so. Always
// returns false.
static bool hint_directory_of(struct kust_target *target, struct text path)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    if (!diagnostics_caused_by(diagnostics, CAUSE_OUTSIDE_FILE))
        return false;
    struct slice directory = arena_copy(&target->build->arena, path_directory(path.slice));
    // A directory above is probably one that lists this one.
    if (slice_equals(path_base(directory), ".") || slice_equals(path_base(directory), ".."))
        return false;
    for (size_t i = 0; i < countof(kustomization_file_names); i++)
        if (file_loader_kind(target->files, path_join(&target->build->arena, directory,
                                                      slice_from(kustomization_file_names[i]))) == FILE_REGULAR)
            return hint_listed_directory(target, path, directory);
    // A directory above the kustomization can't be its base, because that would be a cycle. A link would still lead
    // outside.
    struct slice absolute = path_join(&target->build->arena, target->files->path, path.slice);
    struct slice above = path_join(&target->build->arena, target->files->path, directory);
    if (!path_is_absolute(path.slice) && !path_is_within(absolute, target->files->path) &&
        !path_is_within(target->files->path, above))
        diagnose_hint(diagnostics,
                      "copy the file into that directory and change the path to '%.*s'; or create a kustomization in "
                      "'%.*s', list '%.*s' in it, and list '%.*s' here; or build with --load-restrictor "
                      "LoadRestrictionsNone",
                      SLICE_ARGS(path_base(path.slice)), SLICE_ARGS(directory), SLICE_ARGS(path_base(path.slice)),
                      SLICE_ARGS(directory));
    return false;
}

bool kust_target_load_resource(struct kust_target *target, const char *noun, struct text path,
                               struct accumulation *into)
{
    if (url_is_http(path.slice))
        return load_url(target, noun, path, into);
    enum file_kind kind = path.slice.length ? file_loader_kind(target->files, path.slice) : FILE_MISSING;
    if (kind == FILE_DIRECTORY || (kind == FILE_MISSING && file_loader_is_repository(target->files, path.slice)))
        return load_directory(target, noun, path, into);
    return load_resource_file(target, path, &into->resources) || hint_directory_of(target, path);
}

// --- Components.

static bool load_component_directory(struct kust_target *target, struct text path)
{
    struct diagnostics *diagnostics = &target->build->diagnostics;
    if (!path.slice.length) {
        diagnose(diagnostics, path.position, "the path of the component is empty");
        diagnose_hint(diagnostics, "name a directory, or remove this entry");
        return false;
    }
    struct file_loader *files = open_directory(target, path);
    bool is_file = !files && file_loader_kind(target->files, path.slice) == FILE_REGULAR;
    struct slice directory = path_directory(path.slice);
    if (is_file && kustomization_is_file_name(path_base(path.slice)) && !slice_equals(directory, "."))
        diagnose_hint(diagnostics, "list its directory: `- %.*s`", SLICE_ARGS(directory));
    else if (is_file)
        diagnose_hint(diagnostics, "list files under `resources`: `components` is for directories");
    if (!files)
        return false;
    struct kustomization *component = accumulate_read(target->shared, files, path.position);
    if (!component)
        return accumulate_examine(target->shared, files);
    if (!component->component) {
        diagnose(diagnostics, path.position, "expected a Component, but '%.*s' is a Kustomization",
                 SLICE_ARGS(path.slice));
        diagnose_hint(diagnostics,
                      "set `kind: Component` and `apiVersion: kustomize.config.k8s.io/v1alpha1` in it; or, if "
                      "it changes only its own resources, list it under `resources`");
        return false;
    }
    return accumulate_count(target->shared, path.position) && accumulate_directory(target->shared, files, target->into);
}

bool kust_target_load_component(struct kust_target *target, struct text path)
{
    push_context(target, "component", path.slice);
    bool done = load_component_directory(target, path);
    diagnostics_pop(&target->build->diagnostics);
    return done;
}

void kust_target_examine_component(struct kust_target *target, struct text path)
{
    struct kust_target alone = *target;
    struct accumulation nothing;
    bool before = target->shared->examines;
    if (kust_target_is_remote(target, path.slice))
        return;
    accumulation_init(&nothing, target->build);
    alone.into = &nothing;
    target->shared->examines = true;
    kust_target_load_component(&alone, path);
    target->shared->examines = before;
}
