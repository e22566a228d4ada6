#include "report/report.h"

#define FORMAT(name) extern const struct report_format name##_format;
#include "report/registry.h"
#undef FORMAT

#define FORMAT(name) &name##_format,
const struct report_format *const report_formats[] = {
#include "report/registry.h"
    NULL,
};
#undef FORMAT

const struct report_format *report_format_find(struct slice name)
{
    for (const struct report_format *const *format = report_formats; *format; format++)
        if (slice_equals(name, (*format)->name))
            return *format;
    return NULL;
}

struct report_totals report_totals(const struct report *report)
{
    struct report_totals totals = {0};
    for (size_t i = 0; i < report->failed_count; i++)
        totals.roots_changed += report->failed[i].failed_before != report->failed[i].failed_after;
    for (size_t i = 0; i < report->count; i++) {
        totals.roots_changed += comparison_differs(report->comparisons[i]);
        for (size_t k = 0; k < countof(totals.objects); k++)
            totals.objects[k] += report->comparisons[i]->counts[k];
    }
    return totals;
}
