#include "load/directory_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/recovery.h"
#include "base/temporary.h"
#include "load/glob.h"
#include "load/loader.h"
#include "load/path.h"

struct copy_step {
    struct slice from, to;  // absolute
};

struct copying {
    struct file_loader *files;
    struct position position;
    struct slice top, shown;  // the directory with links resolved, and as written
    struct {
        struct copy_step *items;
        size_t count, capacity;
    } waiting;
};

static bool refuse(struct copying *copying, struct slice path, const char *what)
{
    struct loader *loader = copying->files->loader;
    struct slice shown = path_join(loader->arena, copying->shown, path_relative(loader->arena, copying->top, path));
    return diagnose(loader->diagnostics, copying->position, "cannot copy '%.*s' for the program that reads it: %s",
                    SLICE_ARGS(shown), what);
}

static bool copy_file(struct copying *copying, struct copy_step step)
{
    const struct file_loader *files = copying->files;
    const struct file_system *system = files->loader->files;
    // Don't use the build's arena, because charts may be large.
    struct arena arena = {0};
    struct slice content, reason = slice_literal("it is a symbolic link");
    bool done = system->read_below(system->state, &arena, files->root, step.from, &content, &reason) == READ_DONE &&
                temporary_write(&arena, step.to, content, &reason);
    if (!done)
        refuse(copying, step.from, arena_copy(files->loader->arena, reason).data);
    arena_free(&arena);
    return done;
}

static bool copy_entry(struct copying *copying, int directory, const char *name, struct copy_step step)
{
    struct stat status;
    if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return refuse(copying, step.from, strerror(errno));
    if (S_ISREG(status.st_mode))
        return copy_file(copying, step);
    if (!S_ISDIR(status.st_mode))
        return refuse(copying, step.from,
                      S_ISLNK(status.st_mode) ? "it is a symbolic link" : "it is neither a file nor a directory");
    list_append(copying->files->loader->arena, &copying->waiting, step);
    return true;
}

// Copies a directory that is not on the disk.
static bool copy_detached_directory(struct copying *copying, struct copy_step step)
{
    const struct loader *loader = copying->files->loader;
    const struct file_system *system = loader->files;
    struct path_list names = {0};
    if (mkdir(step.to.data, 0700) != 0 || !system->list(system->state, loader->arena, step.from, &names))
        return refuse(copying, step.from, strerror(errno));
    for (size_t i = 0; i < names.count; i++) {
        struct copy_step entry = {arena_copy(loader->arena, path_join(loader->arena, step.from, names.items[i])),
                                  arena_copy(loader->arena, path_join(loader->arena, step.to, names.items[i]))};
        enum file_kind kind = system->kind(system->state, entry.from);
        if (kind == FILE_DIRECTORY)
            list_append(loader->arena, &copying->waiting, entry);
        else if (kind != FILE_REGULAR)
            return refuse(copying, entry.from, "it is neither a file nor a directory");
        else if (!copy_file(copying, entry))
            return false;
    }
    return true;
}

static bool copy_one_directory(struct copying *copying, struct copy_step step)
{
    if (copying->files->loader->files->detached)
        return copy_detached_directory(copying, step);
    struct arena *arena = copying->files->loader->arena;
    struct path_list names = {0};
    int directory = beneath_open(copying->files->root, step.from, O_RDONLY | O_DIRECTORY, 0);
    if (directory < 0 || mkdir(step.to.data, 0700) != 0 || !directory_list_opened(arena, dup(directory), &names)) {
        refuse(copying, step.from, strerror(errno));
        if (directory >= 0)
            close(directory);
        return false;
    }
    struct held held;
    held_push(&held, held_close, &directory);
    bool done = true;
    for (size_t i = 0; i < names.count && done; i++)
        done = copy_entry(
            copying, directory, names.items[i].data,
            (struct copy_step){path_join(arena, step.from, names.items[i]), path_join(arena, step.to, names.items[i])});
    held_pop();
    close(directory);
    return done;
}

// Finds the directory, with links on the way to it resolved.
static bool find_top(struct copying *copying, struct slice written)
{
    const struct file_loader *files = copying->files;
    const struct loader *loader = files->loader;
    struct slice absolute = path_join(loader->arena, files->path, written), reason;
    copying->shown = written;
    copying->top = absolute;
    if (!loader->files->resolve(loader->files->state, loader->arena, absolute, &copying->top, &reason))
        return refuse(copying, absolute, reason.data);
    if (!files->repository || path_is_within(copying->top, files->repository->clone))
        return true;
    copying->top = absolute;
    return refuse(copying, absolute, "it is not in the repository of its kustomization");
}

bool file_loader_copy_directory(struct file_loader *files, struct text directory, struct slice target)
{
    struct copying copying = {.files = files, .position = directory.position};
    if (!find_top(&copying, directory.slice))
        return false;
    list_append(files->loader->arena, &copying.waiting, ((struct copy_step){copying.top, target}));
    while (copying.waiting.count)
        if (!copy_one_directory(&copying, copying.waiting.items[--copying.waiting.count]))
            return false;
    return true;
}
