#include "pipeline/read_ahead.h"

#include <pthread.h>

#include "base/recovery.h"
#include "load/path.h"

// Files are parsed in parts of this many bytes, so that several threads can work on one large file.
enum { PART_SIZE = 256 * 1024 };

// How many directories one task examines, and what examining a directory and reading a file cost, measured in bytes to
// parse.
enum { PROBE_RUN = 32, GLANCE_WEIGHT = 512, READ_WEIGHT = 512 };

// What a thread needs for parsing; used by one task at a time.
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

struct late_reading;

struct part_reading {
    struct task task;
    struct read_ahead *ahead;
    struct yaml_part part;
    struct node_list documents;
    struct diagnostics diagnostics;
    bool good;
    struct late_reading *late;  // the file to read first; NULL: it has been read
};

struct file_reading {
    struct file_reading *next;
    struct part_reading *parts;
    size_t count;
};

// A file that is both read and parsed by another thread.
struct late_reading {
    struct file_reading file;  // with one part
    struct part_reading part;
    const struct file_loader *files;
    struct slice path;
    struct source *source;
    bool found;
};

// A run of directories for one task to examine.
struct probe_run {
    struct task task;
    struct read_ahead *ahead;
    const struct file_loader *files;
    struct directory_probe *items;
    size_t count;
};

struct read_ahead *read_ahead_new(struct build *build, struct task_pool *pool)
{
    struct read_ahead *ahead = piece_new(sizeof *ahead);
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
    memory = piece_new(sizeof *memory);
    memory->names.table = ahead->build->names;
    return memory;
}

static void return_memory(struct read_ahead *ahead, struct reader_memory *memory)
{
    pthread_mutex_lock(&ahead->lock);
    memory->next = ahead->idle;
    ahead->idle = memory;
    pthread_mutex_unlock(&ahead->lock);
}

static void parse_part(struct part_reading *reading, struct reader_memory *memory)
{
    diagnostics_init(&reading->diagnostics, &memory->arena, NULL);
    struct read_context context = {&memory->arena, &memory->names, &reading->diagnostics};
    reading->good = yaml_read_part(&context, &reading->part, &reading->documents);
}

static void read_part(struct task *task)
{
    struct part_reading *reading = (struct part_reading *)(void *)task;
    struct reader_memory *memory = borrow_memory(reading->ahead);
    parse_part(reading, memory);
    return_memory(reading->ahead, memory);
}

static bool is_worth_cutting(const struct source *source)
{
    return source->content.length >= 2 * PART_SIZE;
}

static void read_late(struct task *task)
{
    struct part_reading *part = (struct part_reading *)(void *)task;
    struct late_reading *reading = part->late;
    struct reader_memory *memory = borrow_memory(part->ahead);
    reading->found = file_loader_read_ahead(reading->files, &memory->arena, reading->path, &reading->source->content);
    if (reading->found && !is_worth_cutting(reading->source)) {
        part->part = (struct yaml_part){reading->source, reading->source->content, 0};
        parse_part(part, memory);
    }
    return_memory(part->ahead, memory);
}

static void probe(struct task *task)
{
    struct probe_run *run = (struct probe_run *)(void *)task;
    struct reader_memory *memory = borrow_memory(run->ahead);
    for (size_t i = 0; i < run->count; i++)
        if (!run->items[i].resolved.length)
            file_loader_probe(run->files, &memory->arena, &run->items[i]);
    return_memory(run->ahead, memory);
}

static void wait_for_parts(struct read_ahead *ahead, const struct file_reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        task_pool_wait(ahead->pool, &reading->parts[i].task);
}

void read_ahead_free(struct read_ahead *ahead)
{
    if (!ahead)
        return;
    for (const struct file_reading *reading = ahead->readings; reading; reading = reading->next)
        wait_for_parts(ahead, reading);
    while (ahead->idle) {
        struct reader_memory *memory = ahead->idle;
        ahead->idle = memory->next;
        arena_adopt(&ahead->build->arena, &memory->arena);
        piece_free(memory);
    }
    pthread_mutex_destroy(&ahead->lock);
    piece_free(ahead);
}

// --- Starting.

static void start_parts(struct read_ahead *ahead, const struct source *source, struct file_reading *reading)
{
    struct build *build = ahead->build;
    struct read_context context = build_read_context(build);
    struct yaml_parts parts = {0};
    yaml_split_parts(&context, source, PART_SIZE, &parts);
    reading->parts = arena_array(&build->arena, struct part_reading, parts.count);
    reading->count = parts.count;
    for (size_t i = 0; i < parts.count; i++) {
        reading->parts[i] = (struct part_reading){.task = {.run = read_part}, .ahead = ahead, .part = parts.items[i]};
        task_pool_submit(ahead->pool, &reading->parts[i].task, parts.items[i].text.length);
    }
}

static void remember(struct read_ahead *ahead, struct file_reading *reading)
{
    reading->next = ahead->readings;
    ahead->readings = reading;
}

static void start_file(struct read_ahead *ahead, const struct source *source, struct resource_ahead *entry)
{
    struct file_reading *reading = arena_new(&ahead->build->arena, struct file_reading);
    start_parts(ahead, source, reading);
    remember(ahead, reading);
    entry->source = source;
    entry->reading = reading;
}

static void start_late(struct read_ahead *ahead, struct file_loader *files, struct slice path,
                       struct resource_ahead *entry)
{
    struct source *source = file_loader_announce(files, path);
    struct late_reading *reading = arena_new(&ahead->build->arena, struct late_reading);
    *reading = (struct late_reading){
        .file = {.parts = &reading->part, .count = 1},
        .part = {.task = {.run = read_late}, .ahead = ahead, .late = reading},
        .files = files,
        .path = path,
        .source = source,
    };
    remember(ahead, &reading->file);
    task_pool_submit(ahead->pool, &reading->part.task, READ_WEIGHT);
    entry->source = source;
    entry->reading = &reading->file;
}

static void read_file(struct read_ahead *ahead, struct file_loader *files, struct text path,
                      struct resource_ahead *entry)
{
    if (file_loader_kind(files, path.slice) != FILE_REGULAR)
        return;
    struct diagnostics *diagnostics = &ahead->build->diagnostics;
    size_t mark = diagnostics->count;
    const struct source *source = file_loader_read(files, path);
    diagnostics_forget(diagnostics, mark);
    if (source)
        start_file(ahead, source, entry);
}

static bool is_local(struct file_loader *files, struct slice path)
{
    return path.length && !url_is_http(path) && !file_loader_is_repository(files, path);
}

// Starts reading the files among the entries. `late` leaves the reading itself to other threads, which suits many small
// files.
static struct resource_ahead *read_files(struct accumulate_context *shared, struct file_loader *files,
                                         const struct kustomization *kustomization, bool late)
{
    struct read_ahead *ahead = shared->read_ahead;
    size_t count = kustomization->resources.count;
    struct resource_ahead *entries = arena_array(&shared->build->arena, struct resource_ahead, count);
    for (size_t i = 0; i < count; i++) {
        struct text path = kustomization->resources.items[i];
        // Only decides whether a file or a directory is tried first.
        if (!path_is_manifest(path.slice) || !is_local(files, path.slice))
            continue;
        if (late) {
            start_late(ahead, files, path.slice, &entries[i]);
            continue;
        }
        const struct source *source = file_loader_read_plain(files, path.slice);
        if (source)
            start_file(ahead, source, &entries[i]);
        else
            read_file(ahead, files, path, &entries[i]);
    }
    return entries;
}

static void read_directory(struct accumulate_context *shared, struct file_loader *files, struct text path,
                           const struct directory_probe *probe, struct resource_ahead *entry)
{
    struct diagnostics *diagnostics = &shared->build->diagnostics;
    size_t mark = diagnostics->count;
    diagnostics_push(diagnostics, "resource %.*s", SLICE_ARGS(path.slice));
    struct file_loader *opened = file_loader_enter(files, path, probe);
    struct kustomization *kustomization = opened ? accumulate_read(shared, opened, path.position) : NULL;
    diagnostics_pop(diagnostics);
    diagnostics_forget(diagnostics, mark);
    if (kustomization) {
        struct directory_work *work = opened->known->work;
        if (!work->ahead && !work->is_visited)
            work->ahead = read_files(shared, opened, kustomization, true);
        entry->directory = opened;
        entry->is_directory = true;
    }
    if (!opened)
        read_file(shared->read_ahead, files, path, entry);
}

// Starts reading the remaining entries, most of which are directories. Other threads examine them first.
static void read_directories(struct accumulate_context *shared, struct file_loader *files,
                             const struct kustomization *kustomization, struct resource_ahead *entries)
{
    struct arena *arena = &shared->build->arena;
    struct task_pool *pool = shared->read_ahead->pool;
    const struct text *paths = kustomization->resources.items;
    size_t *wanted = arena_array(arena, size_t, kustomization->resources.count), count = 0;
    for (size_t i = 0; i < kustomization->resources.count; i++)
        if (!entries[i].source && is_local(files, paths[i].slice))
            wanted[count++] = i;
    struct directory_probe *probes = arena_array(arena, struct directory_probe, count);
    for (size_t i = 0; i < count; i++) {
        probes[i].path = paths[wanted[i]].slice;
        file_loader_recall(files, &probes[i]);
    }
    struct probe_run *runs = arena_array(arena, struct probe_run, count / PROBE_RUN + 1);
    for (size_t i = 0; i < count; i += PROBE_RUN) {
        struct probe_run *run = &runs[i / PROBE_RUN];
        size_t rest = count - i;
        *run = (struct probe_run){
            {.run = probe}, shared->read_ahead, files, probes + i, rest < PROBE_RUN ? rest : PROBE_RUN};
        task_pool_submit(pool, &run->task, run->count * GLANCE_WEIGHT);
    }
    for (size_t i = 0; i < count; i++) {
        if (i % PROBE_RUN == 0)
            task_pool_wait(pool, &runs[i / PROBE_RUN].task);
        read_directory(shared, files, paths[wanted[i]], &probes[i], &entries[wanted[i]]);
    }
}

// Waits for the files that were left to other threads. Those that could not be read are tried again in their turn, and
// large ones are parsed in parts.
static void finish_late_files(struct kust_target *target)
{
    struct read_ahead *ahead = target->shared->read_ahead;
    for (size_t i = 0; i < target->kustomization->resources.count; i++) {
        struct resource_ahead *entry = &target->ahead[i];
        struct late_reading *late = entry->reading ? entry->reading->parts->late : NULL;
        if (!late)
            continue;
        task_pool_wait(ahead->pool, &late->part.task);
        if (!late->found)
            *entry = (struct resource_ahead){0};
        else if (is_worth_cutting(late->source))
            start_parts(ahead, late->source, &late->file);
    }
}

void read_ahead_start(struct kust_target *target)
{
    struct accumulate_context *shared = target->shared;
    if (!shared->read_ahead)
        return;
    struct directory_work *work = target->files->known->work;
    target->ahead = work->ahead;
    if (work->is_visited)
        return;
    work->is_visited = true;
    bool started = target->ahead;  // reading the kustomization above has already started on the files
    if (started)
        finish_late_files(target);
    // With a single entry, there is nothing to do in the meantime.
    if (target->kustomization->resources.count < 2)
        return;
    if (!started)
        target->ahead = work->ahead = read_files(shared, target->files, target->kustomization, false);
    read_directories(shared, target->files, target->kustomization, target->ahead);
}

// --- Taking the result.

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
