// cli/build_limits.h
//
// Limits of a build, from flags or environment variables.
#pragma once

#include "cli/command.h"

// Reads `512MiB`, `4GiB`, `1000000`, or `none` as bytes (SIZE_MAX for `none` and 0). If the flag is absent (NULL),
// KILN_MAX_MEMORY applies; without either, *bytes is 0. False: diagnosed.
bool build_limits_memory(struct invocation *, const char *flag, size_t *bytes);

// The same for --cache-limit, which has no environment variable: 0 stays 0, and without a flag *bytes is unchanged.
bool build_limits_cache(struct invocation *, const char *flag, size_t *bytes);

// Reads `90`, `90s`, `5m`, or `none`. If the flag is absent, KILN_PROGRAM_TIMEOUT applies. 0: no limit. False:
// diagnosed.
bool build_limits_timeout(struct invocation *, const char *flag, unsigned *seconds);
