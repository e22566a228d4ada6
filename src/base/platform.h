// base/platform.h
//
// What systems do in different ways, or not at all. platform.c and this header are the only files that ask which
// system they are compiled for; elsewhere POSIX is enough.
//
// Linux is what kiln is developed and tested on. For macOS it compiles and links; it has never run there.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#if defined(__linux__)
#define PLATFORM_SYSTEM "linux"
#elif defined(__APPLE__)
#define PLATFORM_SYSTEM "darwin"
#elif defined(__FreeBSD__)
#define PLATFORM_SYSTEM "freebsd"
#else
#define PLATFORM_SYSTEM "unknown"
#endif

#if defined(__x86_64__)
#define PLATFORM_PROCESSOR "amd64"
#elif defined(__aarch64__)
#define PLATFORM_PROCESSOR "arm64"
#elif defined(__arm__)
#define PLATFORM_PROCESSOR "arm"
#elif defined(__i386__)
#define PLATFORM_PROCESSOR "386"
#elif defined(__riscv)
#define PLATFORM_PROCESSOR "riscv64"
#elif defined(__powerpc64__)
#define PLATFORM_PROCESSOR "ppc64le"
#elif defined(__s390x__)
#define PLATFORM_PROCESSOR "s390x"
#else
#define PLATFORM_PROCESSOR "unknown"
#endif

// A descriptor of a place that needs no permission to read it. Elsewhere reading it must be allowed. On Linux,
// whoever uses this defines _GNU_SOURCE.
#if !defined(O_PATH) && !defined(__linux__)
#define O_PATH O_RDONLY
#endif

// The nanoseconds of a time in a struct stat: `m` for when the content has changed, `c` for the rest.
#ifdef __APPLE__
#define platform_nanoseconds(status, which) ((uint32_t)(status)->st_##which##timespec.tv_nsec)
#else
#define platform_nanoseconds(status, which) ((uint32_t)(status)->st_##which##tim.tv_nsec)
#endif

// openat2: opens below a directory, without links on the way, in one step. False: the system can't, and the caller
// has to walk. Otherwise *file is the descriptor, or below 0 with errno.
bool platform_open_beneath(int directory, const char *path, int flags, mode_t mode, int *file);

// For what the system fills in: it is not zeroed before.
#if defined(__has_attribute)
#if __has_attribute(uninitialized)
#define UNINITIALIZED __attribute__((uninitialized))
#endif
#endif
#ifndef UNINITIALIZED
#define UNINITIALIZED
#endif

// The names in a directory that is open. On Linux with glibc, listing them takes no memory: a build that has none
// cleans up, too.
struct platform_names {
#ifdef __GLIBC__
    int directory;
    ssize_t length, at;
    _Alignas(8) char entries[8192];
#else
    DIR *stream;
#endif
};

// Takes the descriptor, also where it returns false.
bool platform_names_begin(struct platform_names *, int directory);
// NULL: there are no more.
const char *platform_names_next(struct platform_names *);
void platform_names_end(struct platform_names *);

// For names of temporary files. False: the system has no randomness for us.
bool platform_random(void *bytes, size_t size);

// Between fork and exec: the child is killed when the thread that forked it ends, even by SIGKILL. On macOS nothing
// does that: a child whose parent is killed goes on until it has no reader or reaches its end.
void platform_end_with_parent(void);

// Other programs of this user can no longer read the memory, and a crash leaves no core file. On macOS only the second.
void platform_keep_memory_private(void);

// The processors that this process may use, as far as the system tells.
long platform_count_processors(void);

// Whether libraries can be loaded at run time.
bool platform_has_loader(void);
