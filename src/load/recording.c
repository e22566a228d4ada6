#include "load/recording.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/hash_index.h"
#include "base/recovery.h"
#include "load/glob.h"
#include "load/path.h"

struct recording {
    const struct file_system *inner;
    struct file_system files;
    pthread_mutex_t lock;  // guards everything below
    struct arena arena;
    struct lookup_list lookups;
    struct hash_index by_path;
    struct path_list forgotten;
};

static struct lookup *find(struct recording *recording, struct slice path, uint64_t hash)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&recording->by_path, hash); hash_cursor_next(&at, &number);)
        if (slice_equal(recording->lookups.items[number].path, path))
            return &recording->lookups.items[number];
    return NULL;
}

// Call this with the lock held.
static void add(struct recording *recording, struct slice path, enum lookup_kind kind)
{
    uint64_t hash = slice_hash(path);
    struct lookup *known = find(recording, path, hash);
    if (known) {
        if (kind < known->kind)
            known->kind = kind;
        return;
    }
    struct lookup lookup = {arena_copy(&recording->arena, path), kind};
    hash_index_add(&recording->arena, &recording->by_path, hash, (uint32_t)recording->lookups.count);
    list_append(&recording->arena, &recording->lookups, lookup);
}

static void note(struct recording *recording, struct slice path, enum lookup_kind kind)
{
    struct held lock;
    pthread_mutex_lock(&recording->lock);
    held_push_lock(&lock, &recording->lock);
    add(recording, path, kind);
    held_pop();
    pthread_mutex_unlock(&recording->lock);
}

// Records a path that failed as missing or unreadable.
static void note_failure(struct recording *recording, struct slice path)
{
    bool missing = recording->inner->kind(recording->inner->state, path) == FILE_MISSING;
    note(recording, path, missing ? LOOKUP_MISSING : LOOKUP_UNREADABLE);
}

static void note_resolved(struct recording *recording, struct slice path, struct slice resolved)
{
    if (!slice_equal(path, resolved))
        note(recording, path, LOOKUP_LINK);
    note(recording, resolved, LOOKUP_FOUND);
}

static bool record_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                           struct slice *reason)
{
    struct recording *recording = state;
    bool found = recording->inner->resolve(recording->inner->state, arena, path, resolved, reason);
    if (found)
        note_resolved(recording, path, *resolved);
    else
        note_failure(recording, path);
    return found;
}

static bool record_resolve_from(void *state, struct arena *arena, struct slice path, size_t known,
                                struct slice *resolved, enum file_kind *kind, struct slice *reason)
{
    struct recording *recording = state;
    bool found = recording->inner->resolve_from(recording->inner->state, arena, path, known, resolved, kind, reason);
    if (found)
        note_resolved(recording, path, *resolved);
    else
        note_failure(recording, path);
    return found;
}

static enum file_kind record_kind(void *state, struct slice path)
{
    struct recording *recording = state;
    enum file_kind kind = recording->inner->kind(recording->inner->state, path);
    note(recording, path,
         kind == FILE_MISSING   ? LOOKUP_MISSING
         : kind == FILE_UNKNOWN ? LOOKUP_UNREADABLE
                                : LOOKUP_FOUND);
    return kind;
}

static bool record_outcome(struct recording *recording, struct slice path, bool done)
{
    if (done)
        note(recording, path, LOOKUP_READ);
    else
        note_failure(recording, path);
    return done;
}

static bool record_read(void *state, struct arena *arena, struct slice path, struct slice *content,
                        struct slice *reason)
{
    struct recording *recording = state;
    return record_outcome(recording, path,
                          recording->inner->read(recording->inner->state, arena, path, content, reason));
}

static bool record_read_any(void *state, struct arena *arena, struct slice path, struct slice *content,
                            struct slice *reason)
{
    struct recording *recording = state;
    return record_outcome(recording, path,
                          recording->inner->read_any(recording->inner->state, arena, path, content, reason));
}

static enum read_outcome record_read_below(void *state, struct arena *arena, const struct file_root *root,
                                           struct slice path, struct slice *content, struct slice *reason)
{
    struct recording *recording = state;
    enum read_outcome outcome = recording->inner->read_below(recording->inner->state, arena, root, path, content,
                                                             reason);
    // If there is a link on the way, the path is resolved next, and recorded then.
    if (outcome != READ_MOVED)
        record_outcome(recording, path, outcome == READ_DONE);
    return outcome;
}

static bool record_open_root(void *state, struct slice path, struct file_root *root)
{
    struct recording *recording = state;
    return recording->inner->open_root(recording->inner->state, path, root);
}

static bool record_list(void *state, struct arena *arena, struct slice directory, struct path_list *names)
{
    struct recording *recording = state;
    bool done = recording->inner->list(recording->inner->state, arena, directory, names);
    if (done)
        note(recording, directory, LOOKUP_LISTED);
    else
        note_failure(recording, directory);
    return done;
}

static bool record_current_directory(void *state, struct arena *arena, struct slice *path)
{
    struct recording *recording = state;
    return recording->inner->current_directory(recording->inner->state, arena, path);
}

static void record_hand_over(void *state, struct slice path)
{
    note(state, path, LOOKUP_TREE);
}

static struct shared_text *record_shared_text(void *state, struct slice content)
{
    struct recording *recording = state;
    return recording->inner->shared_text(recording->inner->state, content);
}

struct recording *recording_new(const struct file_system *inner)
{
    struct recording *recording = piece_new(sizeof *recording);
    recording->inner = inner;
    pthread_mutex_init(&recording->lock, NULL);
    recording->files = (struct file_system){
        .resolve = record_resolve,
        .resolve_from = record_resolve_from,
        .kind = record_kind,
        .read = record_read,
        .read_any = record_read_any,
        .read_below = record_read_below,
        .open_root = inner->open_root ? record_open_root : NULL,
        .list = record_list,
        .current_directory = record_current_directory,
        .hand_over = record_hand_over,
        .shared_text = inner->shared_text ? record_shared_text : NULL,
        .detached = inner->detached,
        .state = recording,
    };
    return recording;
}

void recording_free(struct recording *recording)
{
    if (!recording)
        return;
    pthread_mutex_destroy(&recording->lock);
    arena_free(&recording->arena);
    piece_free(recording);
}

const struct file_system *recording_files(struct recording *recording)
{
    return &recording->files;
}

void recording_forget_below(struct recording *recording, struct slice directory)
{
    if (directory.length)
        list_append(&recording->arena, &recording->forgotten, arena_copy(&recording->arena, directory));
}

static bool is_forgotten(const struct recording *recording, struct slice path)
{
    for (size_t i = 0; i < recording->forgotten.count; i++)
        if (path_is_within(path, recording->forgotten.items[i]))
            return true;
    return false;
}

static int compare_lookups(const void *a, const void *b)
{
    return slice_compare(((const struct lookup *)a)->path, ((const struct lookup *)b)->path);
}

void recording_list(struct recording *recording, struct arena *arena, bool missing, struct lookup_list *list)
{
    size_t start = list->count;
    for (size_t i = 0; i < recording->lookups.count; i++) {
        struct lookup lookup = recording->lookups.items[i];
        if ((lookup.kind == LOOKUP_MISSING && !missing) || is_forgotten(recording, lookup.path))
            continue;
        lookup.path = arena_copy(arena, lookup.path);
        list_append(arena, list, lookup);
    }
    if (list->count > start)
        qsort(list->items + start, list->count - start, sizeof *list->items, compare_lookups);
}
