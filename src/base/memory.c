#include "base/memory.h"

#include <stdio.h>

#include <sodium.h>

_Thread_local struct memory_budget *memory_budget_of_thread;

struct memory_budget *memory_budget_enter(struct memory_budget *budget)
{
    struct memory_budget *before = memory_budget_of_thread;
    memory_budget_of_thread = budget;
    return before;
}

static _Atomic(void (*)(void)) first_secret;

void memory_watch_secrets(void (*begin)(void))
{
    atomic_store(&first_secret, begin);
}

void memory_hold_secret(void)
{
    if (memory_budget_of_thread)
        atomic_store_explicit(&memory_budget_of_thread->is_secret, true, memory_order_relaxed);
    if (!atomic_load_explicit(&first_secret, memory_order_relaxed))
        return;
    void (*begin)(void) = atomic_exchange(&first_secret, NULL);
    if (begin)
        begin();
}

void memory_overwrite(void *memory, size_t size)
{
    // In small parts, because the C library fills short ranges with vector stores but longer ones with `rep stosb`,
    // which callgrind counts byte by byte.
    enum { PART = 1024 };
    char *at = memory;
    for (; size > PART; at += PART, size -= PART)
        sodium_memzero(at, PART);
    sodium_memzero(at, size);
}

bool memory_charge(struct memory_budget *budget, size_t size)
{
    long long held = atomic_fetch_add_explicit(&budget->held, (long long)size, memory_order_relaxed) + (long long)size;
    return !budget->limit || held <= (long long)budget->limit;
}

static bool is_passed(const struct memory_budget *budget)
{
    return budget && budget->limit && atomic_load(&budget->held) > (long long)budget->limit;
}

const char *memory_failure_text(void)
{
    static _Thread_local char text[128];
    if (!is_passed(memory_budget_of_thread))
        return "out of memory";
    const char *unit = "bytes";
    size_t limit = memory_budget_of_thread->limit;
    for (size_t i = 0; i < 2 && limit % 1024 == 0; i++, limit /= 1024)
        unit = i ? "MiB" : "KiB";
    snprintf(text, sizeof text, "the build needs more than %zu %s of memory\n  hint: raise the limit with --max-memory",
             limit, unit);
    return text;
}
