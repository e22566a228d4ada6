#include "cli/build_limits.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

struct unit {
    const char *text;
    size_t factor;
};

// Parses a number with a unit. False: malformed, or larger than `max`.
static bool parse(const char *text, const struct unit *units, size_t unit_count, size_t max, size_t *value)
{
    struct slice number = slice_from(text);
    if (slice_equals(number, "none")) {
        *value = 0;
        return true;
    }
    if (*text < '0' || *text > '9')
        return false;
    char *end;
    errno = 0;
    unsigned long long count = strtoull(text, &end, 10);
    for (size_t i = 0; errno == 0 && i < unit_count; i++) {
        if (slice_equals(slice_from(end), units[i].text) && count <= max / units[i].factor) {
            *value = (size_t)count * units[i].factor;
            return true;
        }
    }
    return false;
}

// The text of a limit and the name of its source: the flag, or else the environment variable. NULL: unset.
static const char *find(const char *flag, const char **name, const char *variable)
{
    if (flag)
        return flag;
    *name = variable;
    const char *value = getenv(variable);
    return value && *value ? value : NULL;
}

static bool read_size(struct invocation *call, const char *name, const char *text, size_t *bytes)
{
    static const struct unit units[] = {
        {"", 1},         {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
        {"Ki", 1 << 10}, {"Mi", 1 << 20},  {"Gi", 1 << 30},
    };
    return parse(text, units, countof(units), SIZE_MAX / 4, bytes) ||
           diagnose(call->diagnostics, (struct position){0},
                    "invalid value '%s' for %s: expected a size such as '512MiB', or 'none'", text, name);
}

bool build_limits_memory(struct invocation *call, const char *flag, size_t *bytes)
{
    const char *name = "--max-memory", *text = find(flag, &name, "KILN_MAX_MEMORY");
    if (!text)
        return true;
    if (!read_size(call, name, text, bytes))
        return false;
    if (!*bytes)
        *bytes = SIZE_MAX;
    return true;
}

bool build_limits_cache(struct invocation *call, const char *flag, size_t *bytes)
{
    if (!flag)
        return true;
    if (slice_equals(slice_from(flag), "none")) {
        *bytes = SIZE_MAX;
        return true;
    }
    return read_size(call, "--cache-limit", flag, bytes);
}

bool build_limits_timeout(struct invocation *call, const char *flag, unsigned *seconds)
{
    static const struct unit units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}};
    const char *name = "--program-timeout", *text = find(flag, &name, "KILN_PROGRAM_TIMEOUT");
    size_t value = 0;
    if (text && !parse(text, units, countof(units), INT32_MAX, &value))
        return diagnose(call->diagnostics, (struct position){0},
                        "invalid value '%s' for %s: expected a time such as '90s' or '5m', or 'none'", text, name);
    *seconds = (unsigned)value;
    return true;
}
