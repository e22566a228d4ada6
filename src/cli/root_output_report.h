// cli/root_output_report.h
//
// Reports on the outputs of several roots: on standard error for people, and as JSON.
#pragma once

#include "cli/root_output.h"

struct root_totals {
    size_t statuses[3], objects, changed, unchanged;
};

struct root_totals root_totals_count(const struct root_outputs *);

// Prints "[3/12] built overlays/prod" while others are being built.
void root_outputs_show_finished(struct root_outputs *, size_t index);
// Prints a summary of all roots, with the time it took.
void root_outputs_report(const struct root_outputs *, size_t removed);
enum status root_outputs_print_json(const struct root_outputs *);
