// cli/root_output_report.h
//
// What is said of the outputs of several roots: on standard error for people, and as JSON.
#pragma once

#include "cli/root_output.h"

struct root_totals {
    size_t statuses[3], objects, changed, unchanged;
};

struct root_totals root_totals_count(const struct root_outputs *);

// "[3/12] built overlays/prod", while others are being built.
void root_outputs_show_ended(struct root_outputs *, size_t index);
// What has come of all of them, and how long it took.
void root_outputs_report(const struct root_outputs *, size_t removed);
enum status root_outputs_print_json(const struct root_outputs *);
