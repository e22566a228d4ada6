#include "check/schema_files.h"

#include "json/json.h"
#include "load/path.h"
#include "yaml/read.h"

void schema_files_init(struct schema_files *files, const struct schema_settings *settings,
                       const struct file_system *system)
{
    *files = (struct schema_files){.settings = settings, .system = system};
    files->sources.arena = &files->arena;
    diagnostics_init(&files->diagnostics, &files->arena, &files->sources);
    pthread_mutex_init(&files->lock, NULL);
}

void schema_files_free(struct schema_files *files)
{
    pthread_mutex_destroy(&files->lock);
    arena_free(&files->arena);
}

static struct read_context read_context(struct schema_files *files, struct name_table *names)
{
    if (files->names != names) {
        files->names = names;
        files->cache = arena_new(&files->arena, struct name_cache);
        files->cache->table = names;
    }
    return (struct read_context){&files->arena, files->cache, &files->diagnostics};
}

// NULL: diagnosed.
static const struct source *open_file(struct schema_files *files, struct slice path)
{
    struct slice shown = path_shown(&files->arena, files->system, path), content, reason;
    if (!files->system->read(files->system->state, &files->arena, path, &content, &reason)) {
        diagnose(&files->diagnostics, (struct position){0}, "cannot read '%.*s': %.*s", SLICE_ARGS(shown),
                 SLICE_ARGS(reason));
        return NULL;
    }
    return sources_add(&files->sources, shown, content);
}

// --- CustomResourceDefinitions.

static void add_definitions(struct schema_files *files, struct read_context *read, struct slice path)
{
    struct node_list documents = {0};
    const struct source *source = open_file(files, path);
    if (!source || !yaml_read_resources(read, source, &documents))
        return;
    for (size_t i = 0; i < documents.count; i++)
        if (is_definition(judge_text(documents.items[i], "apiVersion"), judge_text(documents.items[i], "kind")))
            custom_kinds_add(&files->arena, &files->kinds, documents.items[i]);
}

static void report_no_kinds(struct schema_files *files, struct slice path, bool is_directory)
{
    const struct source *source = sources_add(&files->sources, path_shown(&files->arena, files->system, path),
                                              (struct slice){0});
    diagnose(&files->diagnostics, source_position(source, 0, 0), "found no CustomResourceDefinition in this %s",
             is_directory ? "directory" : "file");
    diagnose_hint(&files->diagnostics,
                  "for JSON Schema, write a pattern such as 'schemas/{group}/{kind}_{version}.json'");
}

static void add_directory(struct schema_files *files, struct read_context *read, struct slice path)
{
    struct path_list names = {0};
    if (!files->system->list(files->system->state, &files->arena, path, &names))
        return;
    for (size_t i = 0; i < names.count; i++)
        if (path_is_manifest(names.items[i]))
            add_definitions(files, read, path_join(&files->arena, path, names.items[i]));
}

static void read_kinds(struct schema_files *files, struct name_table *names)
{
    struct read_context read = read_context(files, names);
    const struct path_list *patterns = &files->settings->patterns;
    for (size_t i = 0; i < patterns->count; i++) {
        struct slice path = patterns->items[i];
        if (!schema_pattern_is_plain(path))
            continue;
        size_t known = files->kinds.count, problems = files->diagnostics.count;
        bool is_directory = files->system->kind(files->system->state, path) == FILE_DIRECTORY;
        if (is_directory)
            add_directory(files, &read, path);
        else
            add_definitions(files, &read, path);
        if (files->kinds.count == known && files->diagnostics.count == problems)
            report_no_kinds(files, path, is_directory);
    }
    files->has_kinds = true;
}

const struct custom_kinds *schema_files_kinds(struct schema_files *files, struct name_table *names)
{
    pthread_mutex_lock(&files->lock);
    if (!files->has_kinds)
        read_kinds(files, names);
    pthread_mutex_unlock(&files->lock);
    return &files->kinds;
}

// --- JSON Schema.

static const struct node *read_schema(struct schema_files *files, struct name_table *names, struct slice path)
{
    struct read_context read = read_context(files, names);
    if (files->system->kind(files->system->state, path) != FILE_REGULAR)
        return NULL;
    const struct source *source = open_file(files, path);
    struct node *document = NULL;
    size_t problems = files->diagnostics.count;
    if (!source)
        return NULL;
    if (slice_ends_with(path, slice_literal(".json")))
        document = json_read(read.arena, read.names, source, read.diagnostics);
    else if (!yaml_read_first(&read, source, &document))
        return NULL;
    bool is_schema = node_is_map(document) ||
                     (node_is_scalar(document) && scalar_resolve(node_text(document)).type == SCALAR_BOOL);
    if (!is_schema && files->diagnostics.count == problems)
        diagnose(&files->diagnostics, document ? document->position : source_position(source, 0, 0),
                 "expected a JSON Schema, found %s", document ? node_kind_phrase(document) : "nothing");
    return is_schema ? document : NULL;
}

static struct schema_file *known_file(struct schema_files *files, struct name_table *names, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&files->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(files->files.items[number]->path, path))
            return files->files.items[number];
    struct schema_file *file = arena_new(&files->arena, struct schema_file);
    file->path = arena_copy(&files->arena, path);
    file->document = read_schema(files, names, file->path);
    hash_index_add(&files->arena, &files->by_path, slice_hash(path), (uint32_t)files->files.count);
    list_append(&files->arena, &files->files, file);
    return file;
}

const struct schema_file *schema_files_find(struct schema_files *files, struct name_table *names, struct slice group,
                                            struct slice kind, struct slice version, unsigned release)
{
    const struct path_list *patterns = &files->settings->patterns;
    const struct schema_file *found = NULL;
    struct arena scratch = {0};
    for (size_t i = 0; !found && i < patterns->count; i++) {
        if (schema_pattern_is_plain(patterns->items[i]))
            continue;
        struct slice path = schema_pattern_path(&scratch, patterns->items[i], group, kind, version, release);
        pthread_mutex_lock(&files->lock);
        const struct schema_file *file = known_file(files, names, path);
        pthread_mutex_unlock(&files->lock);
        found = file->document ? file : NULL;
    }
    arena_free(&scratch);
    return found;
}

const struct diagnostic *schema_files_problem(const struct schema_files *files, size_t number, struct slice *file)
{
    if (number >= files->diagnostics.count)
        return NULL;
    const struct diagnostic *diagnostic = &files->diagnostics.items[number];
    const struct source *source = sources_get(&files->sources, diagnostic->position.file);
    *file = source ? source->path : slice_literal(".");
    return diagnostic;
}
