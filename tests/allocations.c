#include "tests/allocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

static atomic_long live, asked;
static atomic_long failing;  // the number of the call that fails; 0: none
static atomic_bool failing_forever;

static bool fails(void)
{
    long number = atomic_fetch_add(&asked, 1) + 1, chosen = atomic_load(&failing);
    bool failed = chosen && (number == chosen || (number > chosen && atomic_load(&failing_forever)));
    if (failed)
        errno = ENOMEM;
    return failed;
}

static void *count(void *memory)
{
    if (memory)
        atomic_fetch_add(&live, 1);
    return memory;
}

void *malloc(size_t size)
{
    return fails() ? NULL : count(__libc_malloc(size));
}

void *calloc(size_t number, size_t size)
{
    return fails() ? NULL : count(__libc_calloc(number, size));
}

void *realloc(void *memory, size_t size)
{
    if (fails())
        return NULL;
    void *grown = __libc_realloc(memory, size);
    if (memory && !grown && !size)
        atomic_fetch_sub(&live, 1);
    return memory ? grown : count(grown);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : count(__libc_memalign(alignment, size));
}

void *memalign(size_t alignment, size_t size)
{
    return aligned_alloc(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    void *aligned = aligned_alloc(alignment, size);
    if (aligned)
        *memory = aligned;
    return aligned ? 0 : ENOMEM;
}

void free(void *memory)
{
    if (memory)
        atomic_fetch_sub(&live, 1);
    __libc_free(memory);
}

bool allocations_are_counted(void)
{
    return true;
}

long allocations_live(void)
{
    return atomic_load(&live);
}

long allocations_asked(void)
{
    return atomic_load(&asked);
}

void allocations_fail(long number, bool forever)
{
    atomic_store(&failing_forever, forever);
    atomic_store(&failing, number ? atomic_load(&asked) + number : 0);
}

#else

bool allocations_are_counted(void)
{
    return false;
}

long allocations_live(void)
{
    return 0;
}

long allocations_asked(void)
{
    return 0;
}

void allocations_fail(long number, bool forever)
{
    (void)number, (void)forever;
}

#endif
