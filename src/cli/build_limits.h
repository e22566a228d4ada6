// cli/build_limits.h
//
// The limits of a build that its caller sets, by flags or by variables of the environment.
#pragma once

#include "cli/command.h"

// `512MiB`, `4GiB`, `1000000` or `none`, in bytes (SIZE_MAX for `none` and 0). A flag that is absent is NULL: then
// KILN_MAX_MEMORY counts, and *bytes is 0 without either. False: diagnosed.
bool build_limits_memory(struct invocation *, const char *flag, size_t *bytes);

// The same for --cache-limit, without a variable: 0 is 0, and without a flag *bytes stays as it is.
bool build_limits_cache(struct invocation *, const char *flag, size_t *bytes);

// `90`, `90s`, `5m` or `none`. KILN_PROGRAM_TIMEOUT counts where the flag is absent; 0: no limit. False: diagnosed.
bool build_limits_timeout(struct invocation *, const char *flag, unsigned *seconds);
