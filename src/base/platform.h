// base/platform.h
//
// What differs between systems or doesn't exist on some. Only platform.c and this header check which system they are
// compiled for; everything else uses POSIX.
//
// kiln is developed and tested on Linux. It compiles and links for macOS but has never run there.
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

// Opens a file or directory that this user may not be allowed to read. On systems without O_PATH, the file must be
// readable. On Linux, files that use it define _GNU_SOURCE.
#if !defined(O_PATH) && !defined(__linux__)
#define O_PATH O_RDONLY
#endif

// The nanoseconds of a time in a struct stat: `m` for changes of the content, `c` for changes of the rest.
#ifdef __APPLE__
#define platform_nanoseconds(status, which) ((uint32_t)(status)->st_##which##timespec.tv_nsec)
#else
#define platform_nanoseconds(status, which) ((uint32_t)(status)->st_##which##tim.tv_nsec)
#endif

// openat2: opens a path below a directory in one step, without following links. False if the system can't, and the
// caller has to walk the path. Otherwise, *file is the descriptor or, with errno set, negative.
bool platform_open_beneath(int directory, const char *path, int flags, mode_t mode, int *file);

// For a variable that the system fills in: not zeroed first.
#if defined(__has_attribute)
#if __has_attribute(uninitialized)
#define UNINITIALIZED __attribute__((uninitialized))
#endif
#endif
#ifndef UNINITIALIZED
#define UNINITIALIZED
#endif

// The names in an open directory. With glibc on Linux, listing them allocates nothing, so that a build that has run out
// of memory can clean up.
struct platform_names {
    int directory;
    unsigned char type;  // of the last name: DT_REG, DT_DIR, …, or DT_UNKNOWN where the system does not say
#ifdef __GLIBC__
    ssize_t length, at;
    bool is_last;
    _Alignas(8) char entries[8192];
#else
    DIR *stream;
#endif
};

// Takes over the descriptor, even if it returns false.
bool platform_names_begin(struct platform_names *, int directory);
// NULL at the end, with errno 0, or if the directory can't be read, with errno set.
const char *platform_names_next(struct platform_names *);
void platform_names_end(struct platform_names *);

// Random bytes for names of temporary files. False if the system has none.
bool platform_random(void *bytes, size_t size);

// Called between fork and exec: the system kills the child when the thread that forked it ends, even by SIGKILL. macOS
// can't do that; a child whose parent is killed goes on until it ends or has no reader.
void platform_end_with_parent(void);

// Keeps other programs of this user from reading the memory, and crashes from writing a core file (on macOS, only the
// latter).
void platform_keep_memory_private(void);

// The number of processors that this process may use, as far as the system tells.
long platform_count_processors(void);

// True if libraries can be loaded at run time.
bool platform_has_loader(void);
