#include "load/shared_files.h"

#include "base/hash_index.h"
#include "base/memory.h"
#include "base/recovery.h"
#include "load/glob.h"
#include "load/path.h"

// What is known about a path. Each part is written once, under the lock of its shard.
struct shared_path {
    struct slice path;
    bool has_kind, has_resolved, has_read;
    bool resolves;
    enum file_kind kind;
    struct slice resolved, resolve_reason;
    enum read_outcome outcome;
    struct slice content, read_reason;
    struct shared_text *text;  // for the content
    bool is_older;             // the content and the text belong to the older state
};

struct shard {
    pthread_mutex_t lock;  // guards everything below
    struct arena arena;
    struct {
        struct shared_path **items;
        size_t count, capacity;
    } paths;
    struct hash_index by_path;
};

enum { SHARDS = 64 };

struct shared_files {
    const struct file_system *inner;
    struct shared_files *older;  // NULL: none
    struct shared_texts texts;
    struct slice current;
    bool has_current;
    struct arena arena;  // of `current`
    struct shard shards[SHARDS];
    pthread_mutex_t content_lock;
    struct arena content_arena;
    struct {
        struct shared_text **items;
        size_t count, capacity;
    } contents;
    struct hash_index by_content;
};

struct view {
    struct shared_files *files;
    struct slice own;
    struct file_system system;
};

// --- Entries.

static struct shard *shard_of(struct shared_files *files, uint64_t hash)
{
    return &files->shards[(hash >> 40) % SHARDS];
}

// Call this with the lock held.
static struct shared_path *find_locked(const struct shard *shard, struct slice path, uint64_t hash)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&shard->by_path, hash); hash_cursor_next(&at, &number);)
        if (slice_equal(shard->paths.items[number]->path, path))
            return shard->paths.items[number];
    return NULL;
}

// A copy of what is known; if nothing is, everything in it is false.
static struct shared_path look_up(struct shared_files *files, struct slice path)
{
    uint64_t hash = slice_hash(path);
    struct shard *shard = shard_of(files, hash);
    pthread_mutex_lock(&shard->lock);
    const struct shared_path *found = find_locked(shard, path, hash);
    struct shared_path known = found ? *found : (struct shared_path){0};
    pthread_mutex_unlock(&shard->lock);
    return known;
}

// Shared memory doesn't count toward the budget of a build.
struct locked {
    struct shard *shard;
    struct held held;
    struct memory_budget *budget;
};

static struct shared_path *enter(struct shared_files *files, struct slice path, struct locked *locked)
{
    uint64_t hash = slice_hash(path);
    struct shard *shard = locked->shard = shard_of(files, hash);
    pthread_mutex_lock(&shard->lock);
    held_push_lock(&locked->held, &shard->lock);
    locked->budget = memory_budget_enter(NULL);
    struct shared_path *found = find_locked(shard, path, hash);
    if (found)
        return found;
    found = arena_new(&shard->arena, struct shared_path);
    found->path = arena_copy(&shard->arena, path);
    hash_index_add(&shard->arena, &shard->by_path, hash, (uint32_t)shard->paths.count);
    list_append(&shard->arena, &shard->paths, found);
    return found;
}

static void leave(struct locked *locked)
{
    memory_budget_enter(locked->budget);
    held_pop();
    pthread_mutex_unlock(&locked->shard->lock);
}

static bool is_own(const struct view *view, struct slice path)
{
    return view->own.length && slice_equal(path_directory(path), view->own);
}

// --- Kinds and links.

static enum file_kind view_kind(void *state, struct slice path)
{
    struct view *view = state;
    const struct file_system *inner = view->files->inner;
    if (is_own(view, path))
        return inner->kind(inner->state, path);
    struct shared_path known = look_up(view->files, path);
    if (known.has_kind)
        return known.kind;
    enum file_kind kind = inner->kind(inner->state, path);
    struct locked locked;
    struct shared_path *entry = enter(view->files, path, &locked);
    if (!entry->has_kind) {
        entry->kind = kind;
        entry->has_kind = true;
    }
    kind = entry->kind;
    leave(&locked);
    return kind;
}

// The length of the directory at the start of the path that is known to have no links on the way.
static size_t known_length(struct shared_files *files, struct slice path)
{
    for (struct slice at = path_directory(path); at.length > 1; at = path_directory(at)) {
        struct shared_path known = look_up(files, at);
        if (known.has_resolved && known.resolves && slice_equal(known.resolved, at))
            return at.length;
    }
    return 0;
}

static void keep_resolved(struct shared_files *files, struct slice path, bool resolves, struct slice *resolved,
                          struct slice *reason)
{
    struct locked locked;
    struct shared_path *entry = enter(files, path, &locked);
    if (!entry->has_resolved) {
        entry->resolves = resolves;
        if (resolves)
            entry->resolved = slice_equal(path, *resolved) ? entry->path : arena_copy(&locked.shard->arena, *resolved);
        else
            entry->resolve_reason = arena_copy(&locked.shard->arena, *reason);
        entry->has_resolved = true;
    }
    struct shared_path kept = *entry;
    leave(&locked);
    *resolved = kept.resolved;
    *reason = kept.resolve_reason;
}

// If there is no link on the way to a path, there is none on the way to its directories.
static void keep_directories(struct shared_files *files, struct slice path, size_t known)
{
    for (struct slice at = path_directory(path); at.length > known && at.length > 1; at = path_directory(at)) {
        struct slice resolved = at, reason;
        keep_resolved(files, at, true, &resolved, &reason);
    }
}

static bool resolve_unknown(struct view *view, struct arena *arena, struct slice path, size_t known,
                            struct slice *resolved, struct slice *reason)
{
    const struct file_system *inner = view->files->inner;
    enum file_kind kind;
    size_t shared = known_length(view->files, path);
    if (shared > known)
        known = shared;
    if (!known || known >= path.length)
        return inner->resolve(inner->state, arena, path, resolved, reason);
    bool resolves = inner->resolve_from(inner->state, arena, path, known, resolved, &kind, reason);
    if (resolves && slice_equal(path, *resolved))
        keep_directories(view->files, path, known);
    return resolves;
}

static bool resolve_known(struct view *view, struct arena *arena, struct slice path, size_t length,
                          struct slice *resolved, struct slice *reason)
{
    struct shared_path known = look_up(view->files, path);
    if (!known.has_resolved) {
        bool resolves = resolve_unknown(view, arena, path, length, resolved, reason);
        if (is_own(view, path))
            return resolves;
        keep_resolved(view->files, path, resolves, resolved, reason);
        known = look_up(view->files, path);
    }
    *resolved = known.resolved;
    *reason = known.resolve_reason;
    return known.resolves;
}

static bool view_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                         struct slice *reason)
{
    return resolve_known(state, arena, path, 0, resolved, reason);
}

static bool view_resolve_from(void *state, struct arena *arena, struct slice path, size_t known, struct slice *resolved,
                              enum file_kind *kind, struct slice *reason)
{
    struct view *view = state;
    const struct file_system *inner = view->files->inner;
    if (is_own(view, path))
        return inner->resolve_from(inner->state, arena, path, known, resolved, kind, reason);
    if (!resolve_known(view, arena, path, known, resolved, reason))
        return false;
    *kind = view_kind(view, *resolved);
    return true;
}

// --- Contents.

static void add_content(struct shared_files *files, struct shared_path *entry)
{
    struct held lock;
    pthread_mutex_lock(&files->content_lock);
    held_push_lock(&lock, &files->content_lock);
    hash_index_add(&files->content_arena, &files->by_content, (uint64_t)(uintptr_t)entry->content.data >> 4,
                   (uint32_t)files->contents.count);
    list_append(&files->content_arena, &files->contents, entry->text);
    held_pop();
    pthread_mutex_unlock(&files->content_lock);
}

// Takes the content from the older state if it is the same there. The caller holds a lock of the newer state. To avoid
// a deadlock, nothing that holds a lock of the older state takes one of the newer.
static bool take_from_older(const struct shared_files *files, struct slice path, struct slice content,
                            struct shared_path *entry)
{
    struct shared_path known = files->older ? look_up(files->older, path) : (struct shared_path){0};
    if (!known.has_read || known.outcome != READ_DONE || !slice_equal(known.content, content))
        return false;
    entry->content = known.content;
    entry->text = known.text;
    return entry->is_older = true;
}

static void keep_content(struct shared_files *files, struct slice path, enum read_outcome outcome,
                         struct slice *content, struct slice *reason)
{
    struct locked locked;
    struct shared_path *entry = enter(files, path, &locked);
    if (!entry->has_read) {
        entry->outcome = outcome;
        if (outcome == READ_DONE && take_from_older(files, path, *content, entry)) {
            add_content(files, entry);
        } else if (outcome == READ_DONE) {
            // Aligned, because the index hashes only the upper bits of the address.
            char *copy = arena_allocate(&locked.shard->arena, content->length + 1, 16);
            if (content->length)
                memcpy(copy, content->data, content->length);
            entry->content = (struct slice){copy, content->length};
            entry->text = arena_new(&locked.shard->arena, struct shared_text);
            shared_text_init(entry->text, &files->texts, entry->content);
            add_content(files, entry);
        } else {
            entry->read_reason = arena_copy(&locked.shard->arena, *reason);
        }
        entry->has_read = true;
    }
    *content = entry->content;
    *reason = entry->read_reason;
    leave(&locked);
}

static enum read_outcome view_read_below(void *state, struct arena *arena, const struct file_root *root,
                                         struct slice path, struct slice *content, struct slice *reason)
{
    struct view *view = state;
    const struct file_system *inner = view->files->inner;
    struct shared_path known = look_up(view->files, path);
    if (!known.has_read && is_own(view, path))
        return inner->read_below(inner->state, arena, root, path, content, reason);
    if (!known.has_read) {
        char room[2048];  // for most files
        struct arena scratch = arena_over(room, sizeof room);
        memset(room, 0, sizeof room);
        enum read_outcome outcome = inner->read_below(inner->state, &scratch, root, path, content, reason);
        // A link may have appeared, so the path is resolved next.
        if (outcome != READ_MOVED)
            keep_content(view->files, path, outcome, content, reason);
        arena_free(&scratch);
        if (outcome == READ_MOVED)
            return outcome;
        known = look_up(view->files, path);
    }
    *content = known.content;
    *reason = known.read_reason;
    return known.outcome;
}

static bool view_read(void *state, struct arena *arena, struct slice path, struct slice *content, struct slice *reason)
{
    struct view *view = state;
    struct slice resolved;
    if (view_resolve(state, arena, path, &resolved, reason) &&
        view_read_below(state, arena, NULL, resolved, content, reason) == READ_DONE)
        return true;
    return view->files->inner->read(view->files->inner->state, arena, path, content, reason);
}

static struct shared_text *view_shared_text(void *state, struct slice content)
{
    struct view *view = state;
    struct shared_files *files = view->files;
    struct shared_text *found = NULL;
    uint32_t number;
    if (!content.length)
        return NULL;
    pthread_mutex_lock(&files->content_lock);
    for (struct hash_cursor at = hash_index_find(&files->by_content, (uint64_t)(uintptr_t)content.data >> 4);
         hash_cursor_next(&at, &number);)
        if (files->contents.items[number]->content.data == content.data)
            found = files->contents.items[number];
    pthread_mutex_unlock(&files->content_lock);
    return found;
}

// --- What is not shared.

static bool view_read_any(void *state, struct arena *arena, struct slice path, struct slice *content,
                          struct slice *reason)
{
    struct view *view = state;
    return view->files->inner->read_any(view->files->inner->state, arena, path, content, reason);
}

static bool view_open_root(void *state, struct slice path, struct file_root *root)
{
    struct view *view = state;
    return view->files->inner->open_root(view->files->inner->state, path, root);
}

static bool view_list(void *state, struct arena *arena, struct slice directory, struct path_list *names)
{
    struct view *view = state;
    return view->files->inner->list(view->files->inner->state, arena, directory, names);
}

static bool view_current_directory(void *state, struct arena *arena, struct slice *path)
{
    (void)arena;
    struct view *view = state;
    *path = view->files->current;
    return view->files->has_current;
}

static void view_hand_over(void *state, struct slice path)
{
    struct view *view = state;
    const struct file_system *inner = view->files->inner;
    if (inner->hand_over)
        inner->hand_over(inner->state, path);
}

const struct file_system *shared_files_view(struct shared_files *files, struct arena *arena, struct slice own)
{
    struct view *view = arena_new(arena, struct view);
    *view = (struct view){.files = files, .own = own};
    view->system = (struct file_system){
        .resolve = view_resolve,
        .resolve_from = view_resolve_from,
        .kind = view_kind,
        .read = view_read,
        .read_any = view_read_any,
        .read_below = view_read_below,
        .open_root = files->inner->open_root ? view_open_root : NULL,
        .list = view_list,
        .current_directory = view_current_directory,
        .hand_over = view_hand_over,
        .shared_text = view_shared_text,
        .detached = files->inner->detached,
        .state = view,
    };
    return &view->system;
}

struct shared_files *shared_files_new(const struct file_system *inner, struct name_table *names, size_t tree_limit,
                                      struct shared_files *older)
{
    struct shared_files *files = piece_new(sizeof *files);
    files->inner = inner;
    files->older = older;
    shared_texts_init(&files->texts, names, tree_limit);
    pthread_mutex_init(&files->content_lock, NULL);
    for (size_t i = 0; i < SHARDS; i++)
        pthread_mutex_init(&files->shards[i].lock, NULL);
    files->has_current = inner->current_directory(inner->state, &files->arena, &files->current);
    return files;
}

void shared_files_free(struct shared_files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &files->shards[i];
        for (size_t k = 0; k < shard->paths.count; k++)
            if (shard->paths.items[k]->has_read && shard->paths.items[k]->outcome == READ_DONE &&
                !shard->paths.items[k]->is_older)
                shared_text_free(shard->paths.items[k]->text);
        pthread_mutex_destroy(&shard->lock);
        arena_free(&shard->arena);
    }
    pthread_mutex_destroy(&files->content_lock);
    arena_free(&files->content_arena);
    arena_free(&files->arena);
    shared_texts_free(&files->texts);
    piece_free(files);
}
