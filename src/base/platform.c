#define _GNU_SOURCE  // getdents64, O_PATH, sched_getaffinity, syscall
#include "base/platform.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#else
#include <sys/resource.h>
#endif
#ifdef __APPLE__
#include <sys/random.h>
#endif

// --- Opening below a directory.

#ifdef SYS_openat2
enum { NO_MAGIC_LINKS = 0x02, NO_SYMLINKS = 0x04, BENEATH = 0x08 };

// The argument of openat2, which older headers lack.
struct open_beneath {
    uint64_t flags, mode, resolve;
};

bool platform_open_beneath(int directory, const char *path, int flags, mode_t mode, int *file)
{
    struct open_beneath how = {
        .flags = (uint64_t)(flags | O_CLOEXEC),
        .mode = flags & O_CREAT ? mode : 0,
        .resolve = NO_SYMLINKS | NO_MAGIC_LINKS | (path[0] == '/' ? 0 : BENEATH),
    };
    do
        *file = (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
    while (*file < 0 && (errno == EAGAIN || errno == EINTR));
    // Filters of system calls return EPERM for calls that they don't know.
    return *file >= 0 || (errno != ENOSYS && errno != EPERM);
}
#else
bool platform_open_beneath(int directory, const char *path, int flags, mode_t mode, int *file)
{
    (void)directory, (void)path, (void)flags, (void)mode, (void)file;
    return false;
}
#endif

// --- Names in a directory.

#ifdef __GLIBC__
bool platform_names_begin(struct platform_names *names, int directory)
{
    names->directory = directory;
    names->length = names->at = 0;
    names->is_last = false;
    return true;
}

const char *platform_names_next(struct platform_names *names)
{
    _Static_assert(_Alignof(struct dirent64) <= 8, "entries are aligned to 8 bytes");
    if (names->at == names->length) {
        errno = 0;
        names->length = names->is_last ? 0 : getdents64(names->directory, names->entries, sizeof names->entries);
        names->at = 0;
    }
    if (names->length <= 0)
        return NULL;
    const struct dirent64 *entry = (const void *)(names->entries + names->at);
    names->at += entry->d_reclen;
    names->type = entry->d_type;
    // ext4 and others end with the greatest offset. Nothing can follow it, so no further call is needed.
    names->is_last = entry->d_off == INT64_MAX;
    return entry->d_name;
}

void platform_names_end(struct platform_names *names)
{
    close(names->directory);
}
#else
bool platform_names_begin(struct platform_names *names, int directory)
{
    names->directory = directory;
    names->stream = fdopendir(directory);
    if (!names->stream)
        close(directory);
    return names->stream;
}

const char *platform_names_next(struct platform_names *names)
{
    errno = 0;
    const struct dirent *entry = readdir(names->stream);
    if (!entry)
        return NULL;
    names->type = entry->d_type;
    return entry->d_name;
}

void platform_names_end(struct platform_names *names)
{
    closedir(names->stream);
}
#endif

bool platform_random(void *bytes, size_t size)
{
    return getentropy(bytes, size) == 0;
}

// --- Processes and processors.

#ifdef __linux__
void platform_end_with_parent(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

void platform_keep_memory_private(void)
{
    prctl(PR_SET_DUMPABLE, 0);
}

// sysconf would count all processors, and read a file to do so.
long platform_count_processors(void)
{
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) == 0)
        return CPU_COUNT(&usable);
    return sysconf(_SC_NPROCESSORS_ONLN);
}
#else
void platform_end_with_parent(void)
{
}

void platform_keep_memory_private(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0});
}

long platform_count_processors(void)
{
    return sysconf(_SC_NPROCESSORS_ONLN);
}
#endif

// A statically linked program has no loader. If the linker found a dlopen for it anyway, a loaded library would bring a
// second C library along and crash when it starts a thread, as libcurl does to look up a host.
#ifdef __ELF__
#pragma weak dlopen
#pragma weak dlsym
bool platform_has_loader(void)
{
#ifdef __linux__
    if (getauxval(AT_BASE) == 0)
        return false;
#endif
    return dlopen && dlsym;
}
#else
bool platform_has_loader(void)
{
    return true;
}
#endif
