// Makes the N-th call of a kind fail, in a kiln with a shared C library: KILN_FAULT is `KIND:N`. It then creates the
// file KILN_FAULT_MARK, so that the caller knows when there are no more such calls.
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE  // with it, headers may define some of these functions themselves
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

static atomic_long left = -1;  // calls until the one that fails; negative: no such fault, or it has already failed
static const char *kind;

__attribute__((constructor)) static void start(void)
{
    const char *fault = getenv("KILN_FAULT"), *number = fault ? strchr(fault, ':') : NULL;
    if (!number)
        return;
    kind = fault;
    atomic_store(&left, atol(number + 1));
}

static bool fails(const char *name)
{
    size_t length = strlen(name);
    if (!kind || strncmp(kind, name, length) != 0 || kind[length] != ':' || atomic_fetch_sub(&left, 1) != 1)
        return false;
    const char *mark = getenv("KILN_FAULT_MARK");
    if (mark) {
        long file = syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT, 0600);
        syscall(SYS_close, file);
    }
    return true;
}

#define ALLOCATION(call) (fails("malloc") ? (errno = ENOMEM, NULL) : (call))

void *malloc(size_t size)
{
    return ALLOCATION(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return ALLOCATION(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    return ALLOCATION(__libc_realloc(old, size));
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

// Replaces a function of the C library, and makes it fail when its turn has come.
#define CALL(name, result, parameters, arguments, as, error)                                                           \
    result name parameters                                                                                             \
    {                                                                                                                  \
        static result(*real) parameters;                                                                               \
        if (!real)                                                                                                     \
            real = (result(*) parameters)next(#name);                                                                  \
        if (fails(as))                                                                                                 \
            return errno = (error), -1;                                                                                \
        return real arguments;                                                                                         \
    }

CALL(read, ssize_t, (int file, void *data, size_t size), (file, data, size), "read", EIO)
CALL(write, ssize_t, (int file, const void *data, size_t size), (file, data, size), "write", ENOSPC)
CALL(rename, int, (const char *from, const char *to), (from, to), "rename", EIO)
CALL(renameat, int, (int a, const char *from, int b, const char *to), (a, from, b, to), "rename", EIO)
CALL(linkat, int, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), "link", EIO)
CALL(unlinkat, int, (int at, const char *name, int flags), (at, name, flags), "unlink", EIO)
CALL(mkdirat, int, (int at, const char *name, mode_t mode), (at, name, mode), "mkdir", EIO)
CALL(mkdir, int, (const char *name, mode_t mode), (name, mode), "mkdir", EIO)
CALL(fchmod, int, (int file, mode_t mode), (file, mode), "chmod", EIO)
CALL(fsync, int, (int file), (file), "fsync", EIO)
CALL(flock, int, (int file, int operation), (file, operation), "flock", ENOLCK)

// The file is closed even if the call fails.
int close(int file)
{
    bool failed = fails("close");
    long result = syscall(SYS_close, file);
    if (!failed)
        return (int)result;
    errno = EIO;
    return -1;
}

static int open_any(int directory, const char *path, int flags, mode_t mode)
{
    if (fails("open")) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_openat, directory, path, flags, mode);
}

#define MODE(flags)                                                                                                    \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                           \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        mode = va_arg(list, mode_t);                                                                                   \
        va_end(list);                                                                                                  \
    }

int open(const char *path, int flags, ...)
{
    MODE(flags)
    return open_any(AT_FDCWD, path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...)
{
    MODE(flags)
    return open_any(directory, path, flags, mode);
}

// kiln calls openat2 through syscall, if the headers that it is compiled with have it.
long syscall(long number, ...)
{
    static long (*real)(long, ...);
    if (!real)
        real = (long (*)(long, ...))next("syscall");
    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long), d = va_arg(list, long),
         e = va_arg(list, long), f = va_arg(list, long);
    va_end(list);
#ifdef SYS_openat2
    if (number == SYS_openat2 && fails("open")) {
        errno = EIO;
        return -1;
    }
#endif
    return real(number, a, b, c, d, e, f);
}
