#include "load/file_overlay.h"

static bool overlay_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                            struct slice *reason)
{
    const struct file_overlay *overlay = state;
    return overlay->files->resolve(overlay->files->state, arena, path, resolved, reason);
}

static bool overlay_resolve_from(void *state, struct arena *arena, struct slice path, size_t known,
                                 struct slice *resolved, enum file_kind *kind, struct slice *reason)
{
    const struct file_overlay *overlay = state;
    return overlay->files->resolve_from(overlay->files->state, arena, path, known, resolved, kind, reason);
}

static enum file_kind overlay_kind(void *state, struct slice path)
{
    const struct file_overlay *overlay = state;
    return overlay->files->kind(overlay->files->state, path);
}

// NULL: the file is not covered.
static const struct covered_file *find(const struct file_overlay *overlay, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&overlay->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(overlay->items[number].path, path))
            return &overlay->items[number];
    return NULL;
}

static bool read_itself(const struct file_overlay *overlay, struct arena *arena, struct slice *content,
                        struct slice *reason)
{
    *reason = slice_literal("it is a symbolic link");
    return overlay->files->read_below(overlay->files->state, arena, NULL, overlay->itself, content, reason) ==
           READ_DONE;
}

static bool overlay_read(void *state, struct arena *arena, struct slice path, struct slice *content,
                         struct slice *reason)
{
    const struct file_overlay *overlay = state;
    const struct covered_file *covered = find(overlay, path);
    if (!covered && slice_equal(path, overlay->itself))
        return read_itself(overlay, arena, content, reason);
    if (!covered)
        return overlay->files->read(overlay->files->state, arena, path, content, reason);
    *content = covered->content;
    return true;
}

// A build over an overlay runs more than once, so pipes can't be read.
static bool overlay_read_any(void *state, struct arena *arena, struct slice path, struct slice *content,
                             struct slice *reason)
{
    return overlay_read(state, arena, path, content, reason);
}

static enum read_outcome overlay_read_below(void *state, struct arena *arena, const struct file_root *root,
                                            struct slice path, struct slice *content, struct slice *reason)
{
    const struct file_overlay *overlay = state;
    const struct covered_file *covered = find(overlay, path);
    if (!covered)
        return overlay->files->read_below(overlay->files->state, arena, root, path, content, reason);
    *content = covered->content;
    return READ_DONE;
}

static bool overlay_open_root(void *state, struct slice path, struct file_root *root)
{
    const struct file_overlay *overlay = state;
    return overlay->files->open_root(overlay->files->state, path, root);
}

static bool overlay_list(void *state, struct arena *arena, struct slice directory, struct path_list *names)
{
    const struct file_overlay *overlay = state;
    return overlay->files->list(overlay->files->state, arena, directory, names);
}

static bool overlay_current_directory(void *state, struct arena *arena, struct slice *path)
{
    const struct file_overlay *overlay = state;
    if (!overlay->directory.length)
        return overlay->files->current_directory(overlay->files->state, arena, path);
    *path = arena_copy(arena, overlay->directory);
    return true;
}

static void overlay_hand_over(void *state, struct slice path)
{
    const struct file_overlay *overlay = state;
    overlay->files->hand_over(overlay->files->state, path);
}

void file_overlay_cover(struct file_overlay *overlay, struct arena *arena, struct slice path, struct slice content)
{
    struct covered_file file = {path, content};
    list_append(arena, overlay, file);
    hash_index_add(arena, &overlay->by_path, slice_hash(path), (uint32_t)(overlay->count - 1));
}

void file_overlay_uncover(struct file_overlay *overlay)
{
    overlay->items = NULL;
    overlay->count = overlay->capacity = 0;
    overlay->by_path = (struct hash_index){0};
}

struct file_system file_overlay_system(struct file_overlay *overlay)
{
    return (struct file_system){
        .resolve = overlay_resolve,
        .resolve_from = overlay_resolve_from,
        .kind = overlay_kind,
        .list = overlay_list,
        .read = overlay_read,
        .read_any = overlay_read_any,
        .read_below = overlay_read_below,
        .open_root = overlay->files->open_root ? overlay_open_root : NULL,
        .current_directory = overlay_current_directory,
        .hand_over = overlay->files->hand_over ? overlay_hand_over : NULL,
        .detached = overlay->files->detached,
        .state = overlay,
    };
}
