// base/beneath.h
//
// Opens files below a directory that is held open. No symbolic link on the way is followed, so even if someone swaps a
// path element between a check and its use, the file that opens is below that directory.
//
//     struct file_root root;
//     if (file_root_open(&root, slice_literal("/srv/app")))
//         file = beneath_open(&root, slice_literal("/srv/app/base/a.yaml"), O_RDONLY, 0);
//
// The caller resolves links first and decides where they may lead. If a link has appeared on the path since then,
// opening fails with ELOOP or EXDEV: resolve the path again, at most BENEATH_ATTEMPTS times.
#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/slice.h"

enum { BENEATH_ATTEMPTS = 3 };

struct file_root {
    struct slice path;  // absolute, links resolved
    int descriptor;
};

// Opens a directory by its absolute path, whose links have been resolved. The path isn't copied. On false, errno says
// why.
bool file_root_open(struct file_root *, struct slice path);
void file_root_close(struct file_root *);

// Opens an absolute, clean path that ends with a NUL. If the path isn't below the root, or if there is no root (NULL),
// it is opened from `/` by the same rules. Returns a negative number on failure and sets errno; `beneath_has_moved`
// tells whether to resolve the path again.
int beneath_open(const struct file_root *, struct slice path, int flags, mode_t mode);
// The same for a clean path relative to a directory's descriptor; `.` is the directory itself.
int beneath_open_at(int directory, const char *path, int flags, mode_t mode);
// A descriptor of a directory for the *at functions. Its entries can't be read.
int beneath_open_directory(int directory, const char *path);
// Describes the file at a path below a directory, without following a link. On false, errno says why.
bool beneath_stat(int directory, const char *path, struct stat *);
bool beneath_has_moved(int error);

// Reads everything in an open file that fstat has described. A pipe is read to its end. On false, errno says why; EFBIG
// means more than FILE_SIZE_MAX bytes.
#define FILE_SIZE_MAX ((size_t)1 << 30)
bool file_read_all(int file, const struct stat *, struct arena *, struct slice *content);

// A copy of a path, with a NUL at its end, to pass to the system. If the path contains a NUL, returns NULL and sets
// errno to EINVAL. Every path goes through here.
char *file_path(struct arena *, struct slice path);
extern const char file_path_refused[];  // the message for a path with a NUL

// For tests: opens one path element at a time, as on kernels without openat2.
void beneath_walk_always(bool);
