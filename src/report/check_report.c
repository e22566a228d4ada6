#include "report/check_report.h"

#define CHECK_FORMAT(name) extern const struct check_format check_##name##_format;
#include "report/check_registry.h"
#undef CHECK_FORMAT

#define CHECK_FORMAT(name) &check_##name##_format,
const struct check_format *const check_formats[] = {
#include "report/check_registry.h"
    NULL};
#undef CHECK_FORMAT

const struct check_format *check_format_find(struct slice name)
{
    for (size_t i = 0; check_formats[i]; i++)
        if (slice_equals(name, check_formats[i]->name))
            return check_formats[i];
    return NULL;
}
