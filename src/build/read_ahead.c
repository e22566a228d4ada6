#include "build/read_ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/fatal.h"

// A file is parsed in parts of this many bytes, so that one large file keeps several threads busy.
enum { PART_SIZE = 256 * 1024 };

// What a thread needs to parse; used by one task at a time.
struct reader_memory {
    struct arena arena;
    struct name_cache names;
    struct reader_memory *next;
};

struct read_ahead {
    struct build *build;
    struct task_pool *pool;
    pthread_mutex_t lock;
    struct reader_memory *idle;
    struct file_reading *readings;
};

struct part_reading {
    struct task task;
    struct read_ahead *ahead;
    struct yaml_part part;
    struct node_list documents;
    struct diagnostics diagnostics;
    bool good;
};

struct file_reading {
    struct file_reading *next;
    struct part_reading *parts;
    size_t count;
};

struct read_ahead *read_ahead_new(struct build *build, struct task_pool *pool)
{
    struct read_ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead)
        fatal_out_of_memory();
    ahead->build = build;
    ahead->pool = pool;
    pthread_mutex_init(&ahead->lock, NULL);
    return ahead;
}

static struct reader_memory *borrow_memory(struct read_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    struct reader_memory *memory = ahead->idle;
    if (memory)
        ahead->idle = memory->next;
    pthread_mutex_unlock(&ahead->lock);
    if (memory)
        return memory;
    memory = calloc(1, sizeof *memory);
    if (!memory)
        fatal_out_of_memory();
    memory->names.table = &ahead->build->names;
    return memory;
}

static void return_memory(struct read_ahead *ahead, struct reader_memory *memory)
{
    pthread_mutex_lock(&ahead->lock);
    memory->next = ahead->idle;
    ahead->idle = memory;
    pthread_mutex_unlock(&ahead->lock);
}

static void read_part(struct task *task)
{
    struct part_reading *reading = (struct part_reading *)(void *)task;
    struct reader_memory *memory = borrow_memory(reading->ahead);
    diagnostics_init(&reading->diagnostics, &memory->arena, NULL);
    struct read_context context = {&memory->arena, &memory->names, &reading->diagnostics};
    reading->good = yaml_read_part(&context, &reading->part, &reading->documents);
    return_memory(reading->ahead, memory);
}

static void end_parts(struct read_ahead *ahead, const struct file_reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        task_pool_wait(ahead->pool, &reading->parts[i].task);
}

void read_ahead_free(struct read_ahead *ahead)
{
    if (!ahead)
        return;
    for (const struct file_reading *reading = ahead->readings; reading; reading = reading->next)
        end_parts(ahead, reading);
    while (ahead->idle) {
        struct reader_memory *memory = ahead->idle;
        ahead->idle = memory->next;
        arena_adopt(&ahead->build->arena, &memory->arena);
        free(memory);
    }
    pthread_mutex_destroy(&ahead->lock);
    free(ahead);
}

// --- Beginning.

static struct file_reading *start_file(struct read_ahead *ahead, const struct source *source)
{
    struct build *build = ahead->build;
    struct read_context context = level_read_context(build);
    struct yaml_parts parts = {0};
    yaml_cut_parts(&context, source, PART_SIZE, &parts);
    struct file_reading *reading = arena_new(&build->arena, struct file_reading);
    *reading = (struct file_reading){ahead->readings, arena_array(&build->arena, struct part_reading, parts.count), parts.count};
    ahead->readings = reading;
    for (size_t i = 0; i < parts.count; i++) {
        reading->parts[i] = (struct part_reading){.task = {.run = read_part}, .ahead = ahead, .part = parts.items[i]};
        task_pool_submit(ahead->pool, &reading->parts[i].task, parts.items[i].text.length);
    }
    return reading;
}

static void read_file(struct read_ahead *ahead, struct file_loader *files, struct text path, struct resource_ahead *entry)
{
    struct diagnostics *diagnostics = &ahead->build->diagnostics;
    size_t mark = diagnostics->count;
    entry->source = file_loader_read(files, path);
    diagnostics_forget(diagnostics, mark);
    if (entry->source)
        entry->reading = start_file(ahead, entry->source);
}

static bool is_local(struct file_loader *files, struct slice path)
{
    return path.length && !url_is_http(path) && !file_loader_is_repository(files, path);
}

// Reads the files among the entries; `directories` false: leaves the directories.
static struct resource_ahead *read_entries(struct accumulate_context *shared, struct file_loader *files,
                                           const struct kustomization *kustomization, bool directories);

static void read_directory(struct accumulate_context *shared, struct file_loader *files, struct text path,
                           struct resource_ahead *entry)
{
    struct build *build = shared->build;
    struct diagnostics *diagnostics = &build->diagnostics;
    size_t mark = diagnostics->count;
    diagnostics_push(diagnostics, "resource %.*s", SLICE_ARGS(path.slice));
    struct file_loader *opened = file_loader_open(files, path);
    struct kustomization *kustomization = opened ? accumulate_read(shared, opened, path.position) : NULL;
    diagnostics_pop(diagnostics);
    if (kustomization) {
        struct directory_ahead *directory = arena_new(&build->arena, struct directory_ahead);
        *directory = (struct directory_ahead){.files = opened, .kustomization = kustomization};
        directory->diagnostic_count = diagnostics->count - mark;
        directory->diagnostics = arena_array(&build->arena, struct diagnostic, directory->diagnostic_count);
        if (directory->diagnostic_count)
            memcpy(directory->diagnostics, diagnostics->items + mark,
                   directory->diagnostic_count * sizeof *directory->diagnostics);
        directory->resources = read_entries(shared, opened, kustomization, false);
        entry->directory = directory;
    }
    diagnostics_forget(diagnostics, mark);
}

static struct resource_ahead *read_entries(struct accumulate_context *shared, struct file_loader *files,
                                           const struct kustomization *kustomization, bool directories)
{
    size_t count = kustomization->resources.count;
    struct resource_ahead *entries = arena_array(&shared->build->arena, struct resource_ahead, count);
    for (size_t i = 0; i < count; i++) {
        struct text path = kustomization->resources.items[i];
        if (!is_local(files, path.slice))
            continue;
        enum file_kind kind = file_loader_kind(files, path.slice);
        if (kind == FILE_REGULAR)
            read_file(shared->read_ahead, files, path, &entries[i]);
        else if (kind == FILE_DIRECTORY && directories)
            read_directory(shared, files, path, &entries[i]);
    }
    return entries;
}

void read_ahead_start(struct level *level)
{
    // A single entry has nothing to be ahead of.
    size_t count = level->kustomization->resources.count;
    if (!level->shared->read_ahead || count < 2)
        return;
    if (!level->ahead) {
        level->ahead = read_entries(level->shared, level->files, level->kustomization, true);
        return;
    }
    // The files were begun with the level above; now the directories.
    for (size_t i = 0; i < count; i++) {
        struct text path = level->kustomization->resources.items[i];
        if (!level->ahead[i].source && is_local(level->files, path.slice) &&
            file_loader_kind(level->files, path.slice) == FILE_DIRECTORY)
            read_directory(level->shared, level->files, path, &level->ahead[i]);
    }
}

// --- Ending.

bool read_ahead_take(struct build *build, struct file_reading *reading, struct node_list *documents)
{
    bool good = true;
    for (size_t i = 0; i < reading->count && good; i++) {
        struct part_reading *part = &reading->parts[i];
        task_pool_wait(part->ahead->pool, &part->task);
        diagnostics_adopt(&build->diagnostics, &part->diagnostics);
        for (size_t k = 0; k < part->documents.count; k++)
            list_append(&build->arena, documents, part->documents.items[k]);
        documents->skipped += part->documents.skipped;
        good = part->good;
    }
    return good;
}
