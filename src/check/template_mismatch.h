// check/template_mismatch.h
//
// A workload whose selector does not match its own template: which of the two to change.
#pragma once

#include "check/label_match.h"

// Reports that the labels of the template do not meet the requirement of the workload's selector. The finding is placed
// at the side that differs from the workload's own labels, from Services, or from its name; otherwise at the selector.
void report_template_mismatch(struct judge *, const struct objects *, const struct pod *, const struct requirement *);
// True if report_template_mismatch would place the finding at the template, not at the selector.
bool template_is_wrong(struct judge *, const struct objects *, const struct pod *, const struct requirement *);
