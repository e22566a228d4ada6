// base/clock.h
//
// A clock for time limits. Changes to the time of day don't affect it.
#pragma once

#include <time.h>

static inline long long clock_milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}
