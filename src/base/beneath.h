// base/beneath.h
//
// Opens files below a directory that is held open. No symbolic link is followed on the way, so whatever somebody
// exchanges between a check and its use, what is opened is below that directory.
//
//     struct file_root root;
//     if (file_root_open(&root, slice_literal("/srv/app")))
//         file = beneath_open(&root, slice_literal("/srv/app/base/a.yaml"), O_RDONLY, 0);
//
// Links are resolved before, by the caller, who also decides where they may lead. When a link has appeared on a path
// that had none, opening fails with ELOOP or EXDEV: resolve it again, BENEATH_ATTEMPTS times at most.
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

// Opens the directory at an absolute path whose links have been resolved. The path is not copied. False: errno says
// why.
bool file_root_open(struct file_root *, struct slice path);
void file_root_close(struct file_root *);

// Opens an absolute, clean path that ends with NUL. A path that is not below the root, or any without a root (NULL), is
// opened from `/` by the same rules. Below 0: errno says why; `beneath_has_moved` tells whether to resolve again.
int beneath_open(const struct file_root *, struct slice path, int flags, mode_t mode);
// The same for a clean path relative to a directory's descriptor; `.` is the directory itself.
int beneath_open_at(int directory, const char *path, int flags, mode_t mode);
// A descriptor of a directory, for the *at functions. It cannot be read from.
int beneath_open_directory(int directory, const char *path);
// What is at a path below a directory. A link is what it is, not what it leads to. False: errno says why.
bool beneath_look(int directory, const char *path, struct stat *);
bool beneath_has_moved(int error);

// Everything in an open file that fstat has looked at. A pipe is read to its end. False: errno says why; EFBIG: there
// is more than FILE_SIZE_MAX.
#define FILE_SIZE_MAX ((size_t)1 << 30)
bool file_read_all(int file, const struct stat *, struct arena *, struct slice *content);

// What a path that the system is asked about is copied to, with NUL behind it. NULL: it has a NUL inside, and errno is
// EINVAL. Every path passes through here.
char *file_path(struct arena *, struct slice path);
extern const char file_path_refused[];  // the reason for that

// For tests: opens by a walk over the elements, as where the kernel lacks openat2.
void beneath_walk_always(bool);
