#define _GNU_SOURCE  // O_PATH
#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/platform.h"

// --- Opening with openat2.

static atomic_bool walk_always;

void beneath_walk_always(bool on)
{
    atomic_store(&walk_always, on);
}

// False if the kernel doesn't support it and the path has to be walked.
static bool open_by_kernel(int directory, const char *path, int flags, mode_t mode, int *file)
{
    if (atomic_load_explicit(&walk_always, memory_order_relaxed))
        return false;
    if (platform_open_beneath(directory, path, flags, mode, file))
        return true;
    atomic_store(&walk_always, true);
    return false;
}

// --- Walking the path.

// With O_DIRECTORY, a link also fails with ENOTDIR; this reports ELOOP instead.
static int open_element(int directory, const char *name, int flags, mode_t mode)
{
    struct stat status;
    int file = openat(directory, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
    if (file >= 0 && (flags & O_PATH) && fstat(file, &status) == 0 && S_ISLNK(status.st_mode)) {
        close(file);
        errno = ELOOP;
        return -1;
    }
    if (file < 0 && errno == ENOTDIR) {
        bool is_link = fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
        errno = is_link ? ELOOP : ENOTDIR;
    }
    return file;
}

static int open_by_walk(int directory, const char *path, int flags, mode_t mode)
{
    char element[NAME_MAX + 1];
    int at = path[0] == '/' ? open("/", O_PATH | O_DIRECTORY | O_CLOEXEC) : directory;
    bool owned = path[0] == '/';
    if (owned && at < 0)
        return -1;
    path += owned;
    for (;;) {
        size_t length = strcspn(path, "/");
        bool last = !path[length];
        int next = -1;
        memcpy(element, path, length <= NAME_MAX ? length : 0);
        element[length <= NAME_MAX ? length : 0] = '\0';
        if (length > NAME_MAX)
            errno = ENAMETOOLONG;
        else if (strcmp(element, "..") == 0)
            errno = EXDEV;
        else
            next = last ? open_element(at, *element ? element : ".", flags, mode)
                        : open_element(at, element, O_PATH | O_DIRECTORY, 0);
        int error = errno;
        if (owned)
            close(at);
        errno = error;
        if (last || next < 0)
            return next;
        at = next;
        owned = true;
        path += length + 1;
    }
}

// --- Opening.

int beneath_open_at(int directory, const char *path, int flags, mode_t mode)
{
    int file;
    return open_by_kernel(directory, path, flags, mode, &file) ? file : open_by_walk(directory, path, flags, mode);
}

int beneath_open_directory(int directory, const char *path)
{
    return beneath_open_at(directory, path, O_PATH | O_DIRECTORY, 0);
}

bool beneath_stat(int directory, const char *path, struct stat *status)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return fstatat(directory, path, status, AT_SYMLINK_NOFOLLOW) == 0;
    char above[PATH_MAX];
    size_t length = (size_t)(slash - path);
    if (length >= sizeof above) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(above, path, length);
    above[length] = '\0';
    int opened = beneath_open_directory(directory, length ? above : "/");
    if (opened < 0)
        return false;
    bool found = fstatat(opened, slash + 1, status, AT_SYMLINK_NOFOLLOW) == 0;
    int error = errno;
    close(opened);
    errno = error;
    return found;
}

bool beneath_has_moved(int error)
{
    return error == ELOOP || error == EXDEV;
}

bool file_root_open(struct file_root *root, struct slice path)
{
    *root = (struct file_root){path, beneath_open_directory(AT_FDCWD, path.data)};
    return root->descriptor >= 0;
}

void file_root_close(struct file_root *root)
{
    if (root->descriptor >= 0)
        close(root->descriptor);
    root->descriptor = -1;
}

int beneath_open(const struct file_root *root, struct slice path, int flags, mode_t mode)
{
    size_t length = root && root->descriptor >= 0 ? root->path.length : 0;
    bool below = length > 1 && path.length > length && path.data[length] == '/' && slice_starts_with(path, root->path);
    return below ? beneath_open_at(root->descriptor, path.data + length + 1, flags, mode)
                 : beneath_open_at(AT_FDCWD, path.data, flags, mode);
}

// --- Reading.

bool file_read_all(int file, const struct stat *status, struct arena *arena, struct slice *content)
{
    // There is room for one byte more than the announced size: if none comes, the file has ended. A pipe announces no
    // size.
    bool regular = S_ISREG(status->st_mode);
    size_t announced = regular && status->st_size > 0 ? (size_t)status->st_size : 0;
    size_t capacity = regular ? announced + 1 : 4096;
    if (announced > FILE_SIZE_MAX) {
        errno = EFBIG;
        return false;
    }
    char *data = arena_allocate(arena, capacity + 1, 1);
    size_t length = 0;
    for (;;) {
        if (length == capacity) {
            capacity = capacity < 4096 ? 4096 : capacity * 2;
            data = arena_grow(arena, data, length, capacity + 1, 1, 1);
        }
        ssize_t count = read(file, data + length, capacity - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        length += (size_t)count;
        if (length > FILE_SIZE_MAX) {
            errno = EFBIG;
            return false;
        }
        if (count == 0 || length == announced)
            break;
    }
    *content = (struct slice){data, length};
    return true;
}

const char file_path_refused[] = "the path contains a NUL character";

char *file_path(struct arena *arena, struct slice path)
{
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND) {
        errno = EINVAL;
        return NULL;
    }
    return (char *)(uintptr_t)arena_copy(arena, path).data;
}
